//! Tests of the pages.

mod accounts;
mod client;
mod locale;
mod render;
mod security;
