//! Tests of the plan compiler through its public face.

mod gold;
