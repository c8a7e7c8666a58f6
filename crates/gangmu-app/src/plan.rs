//! The living plan (规划): import, review, approval, publication, reading.
//!
//! `views` is what pages show; `address`, `open`, `lines`, `present` and `outline` make views out of rows; then one file
//! for each verb.

pub mod views;

mod address;
mod lines;
pub(crate) mod open;
mod outline;
pub(crate) mod permission;
mod present;
mod tell;

pub mod import;

pub mod accept_in_bulk;
pub mod approve;
pub mod assign_in_bulk;
pub mod decide;
pub mod publish;
pub mod reconcile;
pub mod settle;
pub mod version;
pub mod withdraw;

pub mod changes;
pub mod references;
pub mod rows;

pub mod compare;
pub mod edition;
pub mod export_register;
pub mod find_clause;
pub mod joined;
pub mod list;
pub mod owners;
pub mod public;
pub mod read;
pub mod register;
pub mod review;

pub(crate) use address::segment;
pub(crate) use lines::Lines;
pub(crate) use open::Opened;
pub use permission::{forbidden, number_of};
pub(crate) use present::{Presenter, event, standing_word};
