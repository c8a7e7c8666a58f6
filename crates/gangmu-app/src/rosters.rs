//! Rosters (名册): organisations and people from a spreadsheet, many at once.
//!
//! A file is read ([`submit()`]) and kept as a draft; looking at it ([`preview()`]) shows row by row what is new, changed
//! or unchanged, and cell by cell what is wrong; applying it ([`apply()`]) does all of it, or what is sound, in one
//! operation. The people come without password and without rights: slips with codes ([`slips()`]) open their accounts,
//! and what roles the file asks for is only asked for ([`requests`]).
//!
//! Codes instead of passwords of the first day: a code is long and random, so one SHA-256 keeps it as safely as argon2
//! keeps a password, five hundred take no time, and a sheet of slips that is lost can be made anew without any password
//! ever having been on paper.
//!
//! Reading order: `column` is what a sheet holds; `sheet` finds it in a file; `known` is what is there already; `check`
//! compares; then the operations.

mod apply;
mod check;
mod column;
mod draft;
mod known;
mod organisation;
mod person;
mod preview;
mod refusal;
pub mod requests;
mod sheet;
mod slips;
mod submit;
mod template;

pub use apply::{Mode, apply, drop_draft};
pub use check::{Change, Fault, Finding, Standing};
pub use column::{Column, Sort, Vocabulary};
pub use preview::{Listed, Preview, preview, recent};
pub use refusal::RosterRefusal;
pub use slips::{Slip, slips, slips_book};
pub use submit::submit;
pub use template::template;

pub use gangmu_store::rosters::Tally;

use gangmu_store::journal::Object;

/// The action of the access matrix: who adds accounts.
const ACTION: &str = "accounts.add";

/// The roster as an object of the journal.
fn object(id: i64) -> Object {
    Object::new("roster", id)
}
