//! Tests of the pages.

mod locale;
mod render;
