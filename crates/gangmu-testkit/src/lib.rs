//! Gangmu testkit.
