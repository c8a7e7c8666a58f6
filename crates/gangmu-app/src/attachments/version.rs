//! The version of a file's row (附件版本): another one as soon as it was renamed, opened, closed, removed or had back.

use super::place;
use crate::failure::Failure;
use gangmu_kernel::ids::AttachmentId;
use gangmu_store::{
    Tx,
    attachments::{self, AttachmentRow},
    journal::{canonical::hex, digest},
};

/// The version of that file now; of what lies outside of the scope there is none.
pub fn of(tx: &mut Tx<'_>, id: AttachmentId) -> Result<String, Failure> {
    let row = attachments::find(tx, id)?.ok_or(Failure::Absent("attachment"))?;
    place::find(tx, &row.object())?;
    Ok(of_row(&row))
}

pub(super) fn of_row(row: &AttachmentRow) -> String {
    hex(&digest::plain(row))[..16].to_owned()
}
