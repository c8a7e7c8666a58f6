//! Handing in a roster (提交名册): read in a child process, kept as a draft, nothing else done yet.

use super::{ACTION, RosterRefusal, column::Vocabulary, sheet};
use crate::{
    app::App,
    failure::Failure,
    operate::{authorise, housekeep_for},
    session::Session,
};
use gangmu_documents::Unreadable;
use gangmu_kernel::{
    refusal::{Reason, Reasons},
    source::SourceKind,
};
use gangmu_store::rosters as rows;
use jiff::SignedDuration;
use std::collections::BTreeMap;

/// Rows that one file may have.
const ROWS: usize = 5_000;
/// Drafts that nobody decided on are forgotten after this, because they hold personal data.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Reads a file and keeps its rows as a draft; the key under which it is looked at and applied.
pub async fn submit(
    app: &App,
    session: &Session,
    name: &str,
    bytes: Vec<u8>,
    vocabulary: &Vocabulary,
) -> Result<i64, Failure> {
    authorise(app, session, ACTION)?;
    if bytes.is_empty() {
        return Err(Failure::refused(RosterRefusal::NoFile {}));
    }
    let file = name.to_owned();
    let source = app.reader.read(bytes, name).await.map_err(|why| unreadable(&file, &why))?;
    if source.kind != SourceKind::Xlsx {
        return Err(Failure::refused(RosterRefusal::NoSpreadsheet { file }));
    }
    let draft = sheet::draft(&source, vocabulary);
    let count: usize = draft.sheets.iter().map(|sheet| sheet.rows.len()).sum();
    if draft.sheets.is_empty() {
        return Err(Failure::refused(RosterRefusal::NoHeads { file }));
    }
    if count == 0 {
        return Err(Failure::refused(RosterRefusal::NoRows { file }));
    }
    if count > ROWS {
        return Err(Failure::refused(RosterRefusal::TooManyRows { file, rows: count, limit: ROWS }));
    }
    let body = serde_json::to_value(&draft).expect("texts and numbers can be written as JSON");
    let (now, by, sha256) = (app.now(), session.by(), source.sha256);
    housekeep_for(app, session, move |tx| {
        rows::sweep(tx, now - KEPT, now)?;
        Ok(rows::add(tx, &file, &sha256, body, now, by.account, &by.name)?)
    })
    .await
}

/// The reason why a file can't be read, with its name.
fn unreadable(file: &str, why: &Unreadable) -> Failure {
    let mut fields: BTreeMap<_, _> = why.fields().into_iter().collect();
    fields.insert("file", file.to_owned());
    let reason = Reason { code: why.code(), fields };
    Reasons::gather(vec![reason]).map_or(Failure::Absent("file"), Failure::Refused)
}
