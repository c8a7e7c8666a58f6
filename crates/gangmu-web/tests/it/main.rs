//! Tests of the pages.

mod accounts;
mod client;
mod locale;
mod plan;
mod render;
mod security;
