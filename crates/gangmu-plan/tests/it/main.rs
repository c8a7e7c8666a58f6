//! Tests of the plan compiler through its public face.

mod alignment;
mod comparison;
mod dice;
mod docs;
pub mod gold;
mod near;
mod owners;
mod promises;
mod robust;
