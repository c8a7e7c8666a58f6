//! The living plan (规划): import, review, approval, publication, reading.

pub mod views;
