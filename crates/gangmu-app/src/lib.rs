//! Gangmu app.

pub mod plan;
