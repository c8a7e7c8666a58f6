//! The verifier against exports that a test writes by the description alone.

#![allow(clippy::unwrap_used, reason = "a test that can't go on says where")]

mod flips;
mod made;
mod proofs;
mod whole;
