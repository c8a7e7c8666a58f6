//! The version of a post (任职版本): another one as soon as its days or roles were changed.

use super::told;
use crate::{accounts::find, failure::Failure};
use gangmu_kernel::ids::PostId;
use gangmu_store::{
    Tx,
    journal::{canonical::hex, digest},
    posts::{self as rows, PostRow},
};

/// The version of that post of the person of that login now.
pub fn of(tx: &mut Tx<'_>, login: &str, post: PostId) -> Result<String, Failure> {
    let person = find(tx, login)?;
    let row = rows::find(tx, post)?.filter(|row| row.account == person.id).ok_or(Failure::Absent("post"))?;
    Ok(of_row(&row))
}

pub(super) fn of_row(row: &PostRow) -> String {
    of_text(&told::text(row))
}

/// The version of a post in its form in the journal.
pub(super) fn of_text(text: &str) -> String {
    hex(&digest::plain_text(text))[..16].to_owned()
}
