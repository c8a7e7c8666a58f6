//! Found entries as an Excel file (检索结果导出), for auditors who go on working with them.
//!
//! Whoever takes entries along says for what; that is an entry itself. Names stay masked unless they are asked for, and
//! the entry then says so too.

use super::{
    JournalRefusal, Search,
    differences::Difference,
    history::{EntryView, Standing, filter, page},
    words::{Words, field, kind, minute, operation, value},
};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, look, operate},
    session::Session,
};
use gangmu_documents::{CellValue, Column, Properties, Sheet, Workbook};
use gangmu_store::{Fault, journal::Object};
use jiff::Timestamp;

/// Entries that a file holds at most.
const ROWS: usize = 10_000;

/// Entries that are read at once.
const BATCH: u32 = 500;

/// A file ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFile {
    /// Its name.
    pub name: String,
    /// Its bytes: XLSX.
    pub bytes: Vec<u8>,
}

/// What is taken along, and for what (导出事由).
#[derive(Debug, Clone)]
pub struct Taking {
    /// What was searched.
    pub search: Search,
    /// The search in the words of the form: label and value of each condition.
    pub conditions: Vec<(String, String)>,
    /// For what.
    pub purpose: String,
    /// With the names of people?
    pub names: bool,
}

/// The entries of a search as XLSX, newest first; `words` finds the words of a key in the language of the file.
pub async fn export_found(app: &App, session: &Session, taking: Taking, words: Words) -> Result<JournalFile, Failure> {
    let purpose = taking.purpose.trim().to_owned();
    if purpose.chars().count() < 2 {
        return Err(Failure::refused(JournalRefusal::PurposeNeeded {}));
    }
    let object = Object::new("journal", if taking.names { "found-with-names" } else { "found" });
    operate(app, session, Operation::under("journal.export_found", "journal.export"), move |_| {
        Ok(Done::recorded((), Record::on(object).reason(Some(purpose))))
    })
    .await?;
    let (search, names) = (taking.search.clone(), taking.names);
    let (entries, more) = look(app, session, "journal.export", move |tx| {
        let mut found: Vec<EntryView> = Vec::new();
        let Some(mut filter) = filter(tx, search)? else { return Ok((found, false)) };
        loop {
            let next = page(tx, &filter, names, BATCH)?;
            found.extend(next.entries);
            filter.older_than = next.older_than;
            if next.older_than.is_none() || found.len() >= ROWS {
                found.truncate(ROWS);
                return Ok((found, next.older_than.is_some()));
            }
        }
    })
    .await?;
    let (now, day) = (app.now(), app.today());
    let say = |key: &str| words(key).unwrap_or_else(|| key.to_owned());
    let title = say("journal-found");
    let name = format!("{title}-{day}.xlsx");
    let mut sheet = sheet(&entries, &words);
    sheet.notes = notes(&taking, more, now, &say);
    let properties =
        Properties { title, created: now.strftime("%Y-%m-%dT%H:%M:%S").to_string(), ..Properties::default() };
    let book = Workbook { sheets: vec![sheet], properties };
    let broken = |problem: String| Failure::Fault(Fault::Panicked(problem));
    let bytes = tokio::task::spawn_blocking(move || book.to_xlsx()).await.map_err(|e| broken(e.to_string()))?;
    Ok(JournalFile { name, bytes: bytes.map_err(|e| broken(e.to_string()))? })
}

fn sheet(entries: &[EntryView], words: &Words) -> Sheet {
    let say = |key: &str| words(key).unwrap_or_else(|| key.to_owned());
    let columns = vec![
        Column::number(say("journal-number"), 9.0),
        Column::code(say("journal-when"), 17.0),
        Column::code(say("journal-who"), 12.0),
        Column::text(say("unit"), 22.0),
        Column::text(say("post-title"), 18.0),
        Column::text(say("journal-what"), 16.0),
        Column::text(say("journal-object"), 26.0),
        Column::text(say("journal-changes"), 50.0),
        Column::text(say("journal-reason"), 24.0),
        Column::text(say("journal-clause"), 14.0),
        Column::code(say("journal-details"), 14.0),
        Column::text(say("journal-hash"), 36.0),
    ];
    let row = |entry: &EntryView| {
        let clauses: Vec<String> = entry.clauses.iter().map(|c| format!("{}/{}", c.plan, c.path)).collect();
        let object = entry.object.label.as_ref().unwrap_or(&entry.object.id);
        vec![
            CellValue::Integer(entry.seq),
            minute(entry.at).into(),
            entry.who.clone().into(),
            entry.organisation.clone().into(),
            entry.post.clone().into(),
            operation(words, &entry.operation).into(),
            format!("{} {object}", kind(words, &entry.object.kind)).into(),
            filled(changes(entry, words)),
            entry.reason.clone().into(),
            filled(clauses.join("、")),
            filled(standing(entry.details, &say)),
            entry.hash.clone().into(),
        ]
    };
    Sheet {
        name: say("journal-found"),
        title: Some(say("journal-found")),
        mark: None,
        columns,
        rows: entries.iter().map(row).collect(),
        notes: Vec::new(),
    }
}

fn filled(text: String) -> CellValue {
    if text.is_empty() { CellValue::Empty } else { CellValue::Text(text) }
}

/// What changed, a line for each field.
fn changes(entry: &EntryView, words: &Words) -> String {
    let side = |difference: &Difference, values: &[String]| {
        let shown: Vec<String> = values.iter().map(|one| value(words, &difference.field, one)).collect();
        if shown.is_empty() { "—".to_owned() } else { shown.join("、") }
    };
    let line = |difference: &Difference| {
        let item = difference.item.as_ref().map_or(String::new(), |item| format!("[{item}] "));
        let (before, after) = (side(difference, &difference.before), side(difference, &difference.after));
        format!("{item}{}：{before} → {after}", field(words, &entry.object.kind, &difference.field))
    };
    let mut lines: Vec<String> = entry.differences.iter().map(line).collect();
    let say = |key: &str| words(key).unwrap_or_else(|| key.to_owned());
    lines.extend(entry.rows.map(|rows| format!("{}：{rows}", say("journal-rows"))));
    lines.join("\n")
}

fn standing(standing: Standing, say: &dyn Fn(&str) -> String) -> String {
    match standing {
        Standing::None => String::new(),
        Standing::Agrees => say("details-short-agrees"),
        Standing::Differs => say("details-short-differs"),
        Standing::Missing => say("details-short-missing"),
        Standing::Erased => say("details-short-erased"),
    }
}

fn notes(taking: &Taking, more: bool, now: Timestamp, say: &dyn Fn(&str) -> String) -> Vec<String> {
    let mut notes: Vec<String> = taking.conditions.iter().map(|(label, value)| format!("{label}：{value}")).collect();
    notes.push(format!("{}：{}", say("journal-purpose"), taking.purpose.trim()));
    notes.push(format!("{}：{}", say("journal-found-at"), minute(now)));
    notes.push(say(if taking.names { "journal-found-with-names" } else { "journal-found-masked" }));
    if more {
        notes.push(say("journal-found-more"));
    }
    notes.push(say("journal-found-proof"));
    notes
}
