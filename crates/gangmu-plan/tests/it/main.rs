//! Tests of the plan compiler through its public face.

pub mod gold;
mod robust;
