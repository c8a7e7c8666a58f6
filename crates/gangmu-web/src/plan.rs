//! Pages of a plan (规划).

pub mod assign;
pub mod bulk;
pub mod compare;
pub mod conflict;
pub mod decide;
pub mod edition;
pub mod form;
pub mod joined;
pub mod list;
pub mod ranks;
pub mod reader;
pub mod register;
pub mod review;
