//! Plans and their editions (规划、规划文本版本) as rows.

use crate::{db::Tx, fault::Fault, params, scope::plan_within, value::Row};
use gangmu_kernel::ids::{AccountId, EditionId, OrganisationId, PlanId};
use jiff::Timestamp;
use serde::Serialize;

/// A plan (规划).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanRow {
    /// Its key in the database.
    pub id: PlanId,
    /// Its key in addresses.
    pub key: String,
    /// Its title.
    pub title: String,
}

/// An edition (规划文本版本). Its form in JSON is what the journal's digests see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditionRow {
    /// Its key in the database.
    pub id: EditionId,
    /// Its plan.
    pub plan: PlanId,
    /// Counted from 1 within the plan.
    pub number: i64,
    /// Title of the text.
    pub title: String,
    /// Word of its stage.
    pub stage: String,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// By whom.
    pub account: AccountId,
    /// The name of that person; the journal has the number.
    #[serde(skip)]
    pub account_name: String,
    /// Length of the text in code points.
    pub chars: u32,
    /// Number of clauses.
    pub clauses: u32,
    /// Compiler version.
    pub compiler: String,
    /// Lexicon version.
    pub lexicon: String,
    /// Number of the last decision.
    pub decisions: u32,
    /// Number of the last commitment.
    pub commitments_made: u32,
    /// Who approved it.
    pub approver: Option<AccountId>,
    /// The name of that person.
    #[serde(skip)]
    pub approver_name: Option<String>,
    /// When it was approved.
    pub approved_at: Option<Timestamp>,
    /// When it was last published.
    pub published_at: Option<Timestamp>,
    /// For whom a deputy approved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver_behalf: Option<AccountId>,
}

/// A file behind an edition (来源文件).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    /// 0 is the outline, then the annexes.
    pub position: u32,
    /// The file's name.
    pub name: String,
    /// Word of its kind.
    pub kind: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// First code point in the joint text.
    pub span_start: u32,
    /// One past the last.
    pub span_end: u32,
}

/// Something that happened to an edition as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// `imported`, `approved`, `published`, `withdrawn`.
    pub verb: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub account: AccountId,
    /// The name of that person.
    pub account_name: String,
    /// Reason or other words.
    pub note: String,
    /// How many commitments it concerned.
    pub touched: u32,
    /// Number of its journal entry.
    pub journal: Option<i64>,
}

macro_rules! columns {
    ($rest:expr) => {
        concat!(
            "SELECT e.id, e.plan, e.number, e.title, e.stage, e.imported_at, e.account, e.account_name, e.chars,
              e.clauses, e.compiler, e.lexicon, e.decisions, e.commitments_made, e.approver, e.approver_name,
              e.approved_at, e.published_at, e.approver_behalf FROM editions e ",
            $rest
        )
    };
}

macro_rules! plans {
    ($engine:ident) => {
        concat!(
            "SELECT p.id, p.key, p.title FROM plans p
            WHERE EXISTS (SELECT 1 FROM editions e WHERE e.plan = p.id AND e.visible = TRUE) AND ",
            plan_within!($engine "p.id" "$1" "$2" "$3"),
            " ORDER BY p.id DESC"
        )
    };
}

macro_rules! plan_of_key {
    ($engine:ident) => {
        concat!(
            "SELECT p.id, p.key, p.title FROM plans p WHERE p.key = $1 AND ",
            plan_within!($engine "p.id" "$2" "$3" "$4")
        )
    };
}

macro_rules! with_document {
    ($engine:ident) => {
        concat!(
            "SELECT d.edition FROM documents d JOIN editions e ON e.id = d.edition
            WHERE d.sha256 = $1 AND e.visible = TRUE AND ",
            plan_within!($engine "e.plan" "$2" "$3" "$4"),
            " ORDER BY d.edition DESC"
        )
    };
}

macro_rules! recent_events {
    ($engine:ident) => {
        concat!(
            "SELECT v.edition, v.verb, v.at, v.account, v.account_name, v.note, v.touched, v.journal
            FROM edition_events v JOIN editions e ON e.id = v.edition WHERE e.visible = TRUE AND ",
            plan_within!($engine "e.plan" "$2" "$3" "$4"),
            " ORDER BY v.id DESC LIMIT $1"
        )
    };
}

crate::statements! {
    PLANS = { sqlite: plans!(sqlite), postgres: plans!(postgres) };
    PLAN = { sqlite: plan_of_key!(sqlite), postgres: plan_of_key!(postgres) };
    PLAN_BY_ID = "SELECT id, key, title FROM plans WHERE id = $1";
    OWNER = "SELECT organisation, account FROM plans WHERE id = $1";
    MAKE_PLAN = "INSERT INTO plans (key, title, created_at, organisation, account) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id";
    NAME_PLAN = "UPDATE plans SET title = $2 WHERE id = $1";
    OF_PLAN = (columns!("WHERE e.plan = $1 AND e.visible = TRUE ORDER BY e.number DESC"));
    FIND = { sqlite: columns!(concat!("WHERE e.id = $1 AND e.visible = TRUE AND ",
        plan_within!(sqlite "e.plan" "$2" "$3" "$4"))),
      postgres: columns!(concat!("WHERE e.id = $1 AND e.visible = TRUE AND ",
        plan_within!(postgres "e.plan" "$2" "$3" "$4"))) };
    PUBLISHED = (columns!("WHERE e.stage = 'published' AND e.visible = TRUE ORDER BY e.published_at DESC"));
    IN_STAGE = { sqlite: columns!(concat!("WHERE e.stage = $1 AND e.visible = TRUE AND ",
        plan_within!(sqlite "e.plan" "$2" "$3" "$4"), " ORDER BY e.imported_at DESC LIMIT 50")),
      postgres: columns!(concat!("WHERE e.stage = $1 AND e.visible = TRUE AND ",
        plan_within!(postgres "e.plan" "$2" "$3" "$4"), " ORDER BY e.imported_at DESC LIMIT 50")) };
    STAGE = "INSERT INTO editions (plan, number, title, visible, stage, imported_at, account, account_name, chars,
        clauses, compiler, lexicon, decisions, commitments_made)
      VALUES ($1, (SELECT COALESCE(MIN(number), 0) - 1 FROM editions WHERE plan = $1 AND number < 0), $2, FALSE,
        'in_review', $3, $4, $5, $6, $7, $8, $9, 0, $10) RETURNING id";
    SHOW = "UPDATE editions SET visible = TRUE,
        number = (SELECT COALESCE(MAX(number), 0) + 1 FROM editions o WHERE o.plan = editions.plan AND o.visible = TRUE)
      WHERE id = $1 AND visible = FALSE RETURNING number";
    COUNT_DECISION = "UPDATE editions SET decisions = $2, commitments_made = $3 WHERE id = $1";
    APPROVE = "UPDATE editions SET stage = 'approved', approver = $2, approver_name = $3, approved_at = $4,
        approver_behalf = $5
      WHERE id = $1";
    PUBLISH = "UPDATE editions SET stage = 'published', published_at = $2 WHERE id = $1";
    WITHDRAW = "UPDATE editions SET stage = 'withdrawn' WHERE id = $1";
    ADD_FILE = "INSERT INTO document_files (sha256, bytes) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING";
    FILE = "SELECT bytes FROM document_files WHERE sha256 = $1";
    ADD_DOCUMENT = "INSERT INTO documents (edition, position, name, kind, sha256, size, span_start, span_end)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    DOCUMENTS = "SELECT position, name, kind, sha256, size, span_start, span_end FROM documents
      WHERE edition = $1 ORDER BY position";
    WITH_DOCUMENT = { sqlite: with_document!(sqlite), postgres: with_document!(postgres) };
    ADD_TEXT = "INSERT INTO edition_texts (edition, text, compiled) VALUES ($1, $2, $3)";
    TEXT = "SELECT text FROM edition_texts WHERE edition = $1";
    COMPILED = "SELECT compiled FROM edition_texts WHERE edition = $1";
    ADD_EVENT = "INSERT INTO edition_events (edition, verb, at, account, account_name, note, touched, journal)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    EVENTS = "SELECT verb, at, account, account_name, note, touched, journal FROM edition_events
      WHERE edition = $1 ORDER BY id DESC";
    COUNT_EVENTS = "SELECT count(*) FROM edition_events WHERE edition = $1";
    RECENT_EVENTS = { sqlite: recent_events!(sqlite), postgres: recent_events!(postgres) };
    LEFTOVERS = "SELECT id FROM editions WHERE visible = FALSE";
    DROP_WORDS = { sqlite: "DELETE FROM search_words WHERE rowid BETWEEN $1 AND $2",
      postgres: "DELETE FROM search_words WHERE id BETWEEN $1 AND $2" };
    DROP_STEPS = "DELETE FROM decision_steps WHERE edition = $1";
    DROP_DOUBTS = "DELETE FROM commitment_doubts WHERE edition = $1";
    DROP_UNITS = "DELETE FROM commitment_units WHERE edition = $1";
    DROP_COMMITMENTS = "DELETE FROM commitments WHERE edition = $1";
    DROP_NOTICES = "DELETE FROM notices WHERE edition = $1";
    DROP_CLAUSES = "DELETE FROM clauses WHERE edition = $1";
    DROP_HEADINGS = "DELETE FROM headings WHERE edition = $1";
    DROP_TEXT = "DELETE FROM edition_texts WHERE edition = $1";
    DROP_JOINS = "DELETE FROM edition_joins WHERE edition = $1";
    DROP_DOCUMENTS = "DELETE FROM documents WHERE edition = $1";
    DROP_EVENTS = "DELETE FROM edition_events WHERE edition = $1";
    DROP_EDITION = "DELETE FROM editions WHERE id = $1 AND visible = FALSE";
    DROP_FILES = "DELETE FROM document_files WHERE NOT EXISTS
      (SELECT 1 FROM documents d WHERE d.sha256 = document_files.sha256)";
    DROP_PLANS = "DELETE FROM plans WHERE NOT EXISTS (SELECT 1 FROM editions e WHERE e.plan = plans.id)";
}

fn plan(row: &Row<'_>) -> Result<PlanRow, Fault> {
    Ok(PlanRow { id: row.get(0)?, key: row.get(1)?, title: row.get(2)? })
}

fn edition(row: &Row<'_>) -> Result<EditionRow, Fault> {
    Ok(EditionRow {
        id: row.get(0)?,
        plan: row.get(1)?,
        number: row.get(2)?,
        title: row.get(3)?,
        stage: row.get(4)?,
        imported_at: row.get(5)?,
        account: row.get(6)?,
        account_name: row.get(7)?,
        chars: row.get(8)?,
        clauses: row.get(9)?,
        compiler: row.get(10)?,
        lexicon: row.get(11)?,
        decisions: row.get(12)?,
        commitments_made: row.get(13)?,
        approver: row.get(14)?,
        approver_name: row.get(15)?,
        approved_at: row.get(16)?,
        published_at: row.get(17)?,
        approver_behalf: row.get(18)?,
    })
}

/// The plans within the scope that have a visible edition, newest first.
pub fn plans(tx: &mut Tx<'_>) -> Result<Vec<PlanRow>, Fault> {
    let params = tx.scoped(params![]);
    tx.query(PLANS, &params, plan)
}

/// The plan of that key in addresses, where it lies within the scope.
pub fn plan_of_key(tx: &mut Tx<'_>, key: &str) -> Result<Option<PlanRow>, Fault> {
    let params = tx.scoped(params![key]);
    tx.maybe(PLAN, &params, plan)
}

/// The plan of that key in the database.
pub fn plan_of(tx: &mut Tx<'_>, id: PlanId) -> Result<Option<PlanRow>, Fault> {
    tx.maybe(PLAN_BY_ID, params![id], plan)
}

/// The plan of that key in addresses, made where there is none: it belongs to the organisation and was brought by the
/// account.
pub fn make_plan(
    tx: &mut Tx<'_>,
    key: &str,
    title: &str,
    at: Timestamp,
    owner: (Option<OrganisationId>, AccountId),
) -> Result<PlanId, Fault> {
    tx.one(MAKE_PLAN, params![key, title, at, owner.0, owner.1], |row| row.get(0))
}

/// To which organisation a plan belongs, and who brought it first.
pub fn owner(tx: &mut Tx<'_>, id: PlanId) -> Result<(Option<OrganisationId>, Option<AccountId>), Fault> {
    tx.one(OWNER, params![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Gives the plan a title: that of its newest edition.
pub fn name_plan(tx: &mut Tx<'_>, id: PlanId, title: &str) -> Result<(), Fault> {
    tx.execute(NAME_PLAN, params![id, title]).map(drop)
}

/// The visible editions of a plan, newest first.
pub fn of_plan(tx: &mut Tx<'_>, id: PlanId) -> Result<Vec<EditionRow>, Fault> {
    tx.query(OF_PLAN, params![id], edition)
}

/// The visible edition of that key, where it lies within the scope.
pub fn find(tx: &mut Tx<'_>, id: EditionId) -> Result<Option<EditionRow>, Fault> {
    let params = tx.scoped(params![id]);
    tx.maybe(FIND, &params, edition)
}

/// All published editions.
pub fn published(tx: &mut Tx<'_>) -> Result<Vec<EditionRow>, Fault> {
    tx.query(PUBLISHED, params![], edition)
}

/// The newest fifty editions within the scope in that stage.
pub fn in_stage(tx: &mut Tx<'_>, stage: &str) -> Result<Vec<EditionRow>, Fault> {
    let params = tx.scoped(params![stage]);
    tx.query(IN_STAGE, &params, edition)
}

/// What an edition is when its import begins to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEdition {
    /// Its plan.
    pub plan: PlanId,
    /// Title of the text.
    pub title: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub account: AccountId,
    /// The name of that person.
    pub account_name: String,
    /// Length of the text in code points.
    pub chars: u32,
    /// Number of clauses.
    pub clauses: u32,
    /// Compiler version.
    pub compiler: String,
    /// Lexicon version.
    pub lexicon: String,
    /// Number of proposals.
    pub proposals: u32,
}

/// Makes an edition that nobody sees yet.
pub fn stage(tx: &mut Tx<'_>, new: &NewEdition) -> Result<EditionId, Fault> {
    let params = params![
        new.plan,
        &new.title,
        new.at,
        new.account,
        &new.account_name,
        new.chars,
        new.clauses,
        &new.compiler,
        &new.lexicon,
        new.proposals,
    ];
    tx.one(STAGE, params, |row| row.get(0))
}

/// Turns a written edition visible and gives it its number; `None` where there is none that waits for it.
pub fn show(tx: &mut Tx<'_>, id: EditionId) -> Result<Option<i64>, Fault> {
    tx.maybe(SHOW, params![id], |row| row.get(0))
}

/// Keeps the numbers that the next decision counts on from.
pub fn count_decision(tx: &mut Tx<'_>, id: EditionId, decisions: u32, commitments_made: u32) -> Result<(), Fault> {
    tx.execute(COUNT_DECISION, params![id, decisions, commitments_made]).map(drop)
}

/// The edition was approved, where a deputy did for somebody.
pub fn approve(
    tx: &mut Tx<'_>,
    id: EditionId,
    by: (AccountId, &str),
    behalf: Option<AccountId>,
    at: Timestamp,
) -> Result<(), Fault> {
    tx.execute(APPROVE, params![id, by.0, by.1, at, behalf]).map(drop)
}

/// The edition was published.
pub fn publish(tx: &mut Tx<'_>, id: EditionId, at: Timestamp) -> Result<(), Fault> {
    tx.execute(PUBLISH, params![id, at]).map(drop)
}

/// The edition was withdrawn.
pub fn withdraw(tx: &mut Tx<'_>, id: EditionId) -> Result<(), Fault> {
    tx.execute(WITHDRAW, params![id]).map(drop)
}

/// Keeps the bytes of a file and its place in the edition.
pub fn add_document(tx: &mut Tx<'_>, id: EditionId, document: &DocumentRow, bytes: &[u8]) -> Result<(), Fault> {
    tx.execute(ADD_FILE, params![&document.sha256, bytes])?;
    let params = params![
        id,
        document.position,
        &document.name,
        &document.kind,
        &document.sha256,
        document.size,
        document.span_start,
        document.span_end,
    ];
    tx.execute(ADD_DOCUMENT, params).map(drop)
}

/// The files of an edition, the outline first.
pub fn documents(tx: &mut Tx<'_>, id: EditionId) -> Result<Vec<DocumentRow>, Fault> {
    tx.query(DOCUMENTS, params![id], |row| {
        Ok(DocumentRow {
            position: row.get(0)?,
            name: row.get(1)?,
            kind: row.get(2)?,
            sha256: row.get(3)?,
            size: row.get(4)?,
            span_start: row.get(5)?,
            span_end: row.get(6)?,
        })
    })
}

/// The bytes of a file.
pub fn file(tx: &mut Tx<'_>, sha256: &str) -> Result<Option<Vec<u8>>, Fault> {
    tx.maybe(FILE, params![sha256], |row| row.get(0))
}

/// The visible editions within the scope that hold a file, newest first.
pub fn with_document(tx: &mut Tx<'_>, sha256: &str) -> Result<Vec<EditionId>, Fault> {
    let params = tx.scoped(params![sha256]);
    tx.query(WITH_DOCUMENT, &params, |row| row.get(0))
}

/// Keeps the text and what the compiler made of it.
pub fn add_text(tx: &mut Tx<'_>, id: EditionId, text: &str, compiled: &str) -> Result<(), Fault> {
    tx.execute(ADD_TEXT, params![id, text, compiled]).map(drop)
}

/// The joint text.
pub fn text(tx: &mut Tx<'_>, id: EditionId) -> Result<Option<String>, Fault> {
    tx.maybe(TEXT, params![id], |row| row.get(0))
}

/// What the compiler made of it, as JSON.
pub fn compiled(tx: &mut Tx<'_>, id: EditionId) -> Result<Option<String>, Fault> {
    tx.maybe(COMPILED, params![id], |row| row.get(0))
}

/// Records what happened to the edition.
pub fn add_event(tx: &mut Tx<'_>, id: EditionId, event: &EventRow) -> Result<(), Fault> {
    let params = params![
        id,
        &event.verb,
        event.at,
        event.account,
        &event.account_name,
        &event.note,
        event.touched,
        event.journal,
    ];
    tx.execute(ADD_EVENT, params).map(drop)
}

fn event(row: &Row<'_>, first: usize) -> Result<EventRow, Fault> {
    Ok(EventRow {
        verb: row.get(first)?,
        at: row.get(first + 1)?,
        account: row.get(first + 2)?,
        account_name: row.get(first + 3)?,
        note: row.get(first + 4)?,
        touched: row.get(first + 5)?,
        journal: row.get(first + 6)?,
    })
}

/// What happened to the edition, newest first.
pub fn events(tx: &mut Tx<'_>, id: EditionId) -> Result<Vec<EventRow>, Fault> {
    tx.query(EVENTS, params![id], |row| event(row, 0))
}

/// How many events an edition has.
pub fn count_events(tx: &mut Tx<'_>, id: EditionId) -> Result<i64, Fault> {
    tx.one(COUNT_EVENTS, params![id], |row| row.get(0))
}

/// What happened to any edition within the scope lately, newest first.
pub fn recent_events(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<(EditionId, EventRow)>, Fault> {
    let params = tx.scoped(params![limit]);
    tx.query(RECENT_EVENTS, &params, |row| Ok((row.get(0)?, event(row, 1)?)))
}

/// Removes what interrupted imports left behind; how many editions that were.
pub fn sweep(tx: &mut Tx<'_>) -> Result<usize, Fault> {
    let left: Vec<EditionId> = tx.query(LEFTOVERS, params![], |row| row.get(0))?;
    for id in &left {
        drop_edition(tx, *id)?;
    }
    tx.execute(DROP_FILES, params![])?;
    tx.execute(DROP_PLANS, params![])?;
    Ok(left.len())
}

/// Removes an edition that never turned visible.
pub fn drop_edition(tx: &mut Tx<'_>, id: EditionId) -> Result<(), Fault> {
    let (first, last) = crate::search::keys_of(id);
    tx.execute(DROP_WORDS, params![first, last])?;
    for statement in [
        DROP_STEPS,
        DROP_DOUBTS,
        DROP_UNITS,
        DROP_COMMITMENTS,
        DROP_NOTICES,
        DROP_CLAUSES,
        DROP_HEADINGS,
        DROP_TEXT,
        DROP_JOINS,
        DROP_DOCUMENTS,
        DROP_EVENTS,
        DROP_EDITION,
    ] {
        tx.execute(statement, params![id])?;
    }
    Ok(())
}
