//! The pages of Gangmu over HTTP.
//!
//! *In:* requests. *Out:* pages, files, and what the operations of the app have decided. *Never:* decides anything,
//! speaks SQL, runs a script that is not served from here, or sends a request to anybody else.

pub mod accounts;
pub mod assets;
pub mod home;
pub mod house;
pub mod imports;
pub mod locale;
pub mod pages;
pub mod plan;
pub mod public;
pub mod samples;
pub mod search;
pub mod signs;
