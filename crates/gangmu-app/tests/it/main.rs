//! Stories of operations, on both databases.

mod access;
mod accounts;
mod demo;
mod door;
mod packs;
