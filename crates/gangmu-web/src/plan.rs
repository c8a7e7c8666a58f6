//! Pages of a plan (规划).

pub mod bulk;
pub mod edition;
pub mod list;
pub mod ranks;
pub mod reader;
pub mod register;
pub mod review;
