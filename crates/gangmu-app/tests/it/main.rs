//! Stories of operations, on both databases.

mod access;
mod accounts;
mod door;
mod packs;
