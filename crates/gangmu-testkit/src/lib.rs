//! A district in a box for tests (测试区): fresh databases, a clock moved by hand, seeded randomness, actors by role.
//!
//! Only ever a dev-dependency, used from `tests/it`.

pub mod databases;
