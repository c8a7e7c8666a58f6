//! A district in a box for tests (测试区): fresh databases, a clock moved by hand, seeded randomness, actors by role.
//!
//! Only ever a dev-dependency, used from `tests/it`.
//!
//! ```text
//! each_database(async |district| {
//!     let planner = district.planner();
//!     … operate(&district.app, &planner, …).await …
//! });
//! ```

#![allow(clippy::print_stdout, reason = "a test that skips says so")]

pub mod databases;
mod district;
mod pack;
mod ports;
mod vault;

pub use district::{PASSWORD, TestDistrict, application, each_database};
/// The rows behind the application, for tests that look at them or break them.
pub use gangmu_store as store;
pub use pack::example_pack;
pub use ports::{HandClock, InProcess, Kept, Seeded};
pub use vault::MemoryVault;

/// The folder of outside data that some tests measure on; `None`, said in words, where none is named.
pub fn corpus() -> Option<std::path::PathBuf> {
    let found = std::env::var_os("GANGMU_CORPUS").map(Into::into);
    if found.is_none() {
        println!("skipped: GANGMU_CORPUS names no folder of outside data");
    }
    found
}
