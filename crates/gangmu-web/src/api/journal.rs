//! The journal (操作日志), for auditors: searched, one entry with what stands behind it, the history of an object, proofs,
//! checkpoints, the chain verified and exported whole.

use super::{
    about::{About, Given},
    caller::Caller,
    imports::Why,
    input::{Asked, Body, Named, Nothing},
    problem::Halt,
    reply,
};
use crate::{journal as pages, web::Web};
use axum::{extract::State, http::Uri, response::Response};
use gangmu_app::{
    Failure,
    journal::{
        self, Search,
        checkpoint::{self, Checkpoint},
        differences::Difference,
        history::{self, EntryView, ObjectView, Standing},
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is given as a plain text.
const TEXT: Given = Given::File("text/plain; charset=utf-8");

/// An entry of the journal (日志条目).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JournalEntry {
    /// Its number (编号).
    pub number: i64,
    /// When (时间).
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who, masked unless a purpose was given (谁).
    pub who: String,
    /// In which post (职务).
    pub post: Option<String>,
    /// The organisation's name (单位).
    pub organisation: Option<String>,
    /// What was done, as a word that never changes (操作).
    pub operation: String,
    /// On what (对象).
    pub object: JournalObject,
    /// The reason given (理由).
    pub reason: Option<String>,
    /// The clauses concerned (有关条款).
    pub clauses: Vec<JournalClause>,
    /// What changed, where it is kept (改动).
    pub differences: Vec<JournalDifference>,
    /// Rows that an operation on many touched (涉及条数).
    pub rows: Option<i64>,
    /// `none`, `agrees`, `differs`, `missing` or `erased`: the values beside the chain (明细状态).
    pub details: String,
    /// Its hash in the chain (哈希).
    pub hash: String,
}

/// What was acted on (对象).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JournalObject {
    /// Its kind (对象类型).
    pub kind: String,
    /// Its key (对象编号).
    pub object: String,
    /// What people call it (名称).
    pub label: Option<String>,
    /// The page that shows it (页面地址).
    pub page: Option<String>,
}

/// A clause of a plan (条款).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JournalClause {
    /// Key of the plan (规划代号).
    pub plan: String,
    /// Path of the clause (条款路径).
    pub path: String,
}

/// A field before and after (改前与改后).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JournalDifference {
    /// The row, of an operation on many (条目).
    pub item: Option<String>,
    /// The field (字段).
    pub field: String,
    /// Before (改前).
    pub before: Vec<String>,
    /// After (改后).
    pub after: Vec<String>,
}

impl From<ObjectView> for JournalObject {
    fn from(view: ObjectView) -> Self {
        Self { kind: view.kind, object: view.id, label: view.label, page: view.address }
    }
}

impl From<EntryView> for JournalEntry {
    fn from(view: EntryView) -> Self {
        let difference =
            |d: Difference| JournalDifference { item: d.item, field: d.field, before: d.before, after: d.after };
        let clause = |clause: history::ClauseLink| JournalClause { plan: clause.plan, path: clause.path };
        Self {
            number: view.seq,
            at: view.at,
            who: view.who,
            post: view.post,
            organisation: view.organisation,
            operation: view.operation,
            object: view.object.into(),
            reason: view.reason,
            clauses: view.clauses.into_iter().map(clause).collect(),
            differences: view.differences.into_iter().map(difference).collect(),
            rows: view.rows,
            details: word(view.details).to_owned(),
            hash: view.hash,
        }
    }
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::None => "none",
        Standing::Agrees => "agrees",
        Standing::Differs => "differs",
        Standing::Missing => "missing",
        Standing::Erased => "erased",
    }
}

/// Which entries.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Sought {
    /// A login, or a name as it stands in the entries (账号或姓名).
    who: Option<String>,
    /// An operation, or the noun of some (操作或操作类别).
    operation: Option<String>,
    /// The kind of the object (对象类型).
    kind: Option<String>,
    /// Its key (对象编号).
    object: Option<String>,
    /// Not before (起始时间).
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Before (截止时间).
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// Concerning a plan or a clause of it: 145 or 145/2.1 (规划代号，或加条款路径).
    clause: Option<String>,
    /// Rows of the page (每页条数).
    limit: Option<u32>,
    /// What the page before gave as next (上一页给出的 next).
    after: Option<String>,
}

impl Sought {
    fn search(self) -> Result<Search, Halt> {
        let clause = self.clause.map(|clause| match clause.split_once('/') {
            Some((plan, path)) => (plan.to_owned(), path.to_owned()),
            None => (clause, String::new()),
        });
        Ok(Search {
            limit: Some(reply::limit(self.limit)?),
            older_than: reply::opened_as(self.after.as_deref())?,
            who: self.who,
            operation: self.operation,
            kind: self.kind,
            object: self.object,
            from: self.from,
            until: self.until,
            clause,
        })
    }
}

fn page(uri: &Uri, found: history::Entries) -> Result<Response, Halt> {
    let next = found.older_than.map(|number| number.to_string());
    reply::page(uri, found.entries.into_iter().map(JournalEntry::from).collect(), next)
}

/// Lists entries, newest first.
pub const LIST: About = About::pages::<JournalEntry>("journal.list").asked::<Sought>();

/// `GET /api/v1/journal/entries`.
pub async fn list(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(sought): Asked<Sought>,
) -> Result<Response, Halt> {
    page(&uri, journal::search(&web.app, &caller.session, sought.search()?, false).await?)
}

/// For what something is seen or taken along (用途).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// The purpose; the journal keeps it (用途，记入日志).
    #[schema(min_length = 2, max_length = 200)]
    purpose: String,
}

impl Purpose {
    fn said(&self) -> Result<&str, Halt> {
        match self.purpose.chars().count() {
            0..=200 => Ok(&self.purpose),
            _ => Err(reply::misfit("/purpose", "more than 200 characters")),
        }
    }
}

/// Lists entries with names and what is masked, for a purpose.
pub const REVEAL: About = About::pages::<JournalEntry>("journal.reveal").asked::<Sought>().takes::<Purpose>().unkeyed();

/// `POST /api/v1/journal/entries/reveal`.
pub async fn reveal(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(sought): Asked<Sought>,
    body: Body<Purpose>,
) -> Result<Response, Halt> {
    let search = sought.search()?;
    journal::reveal(&web.app, &caller.session, body.value.said()?).await?;
    page(&uri, journal::search(&web.app, &caller.session, search, true).await?)
}

/// An entry with what stands behind it in the chain (日志条目全文).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JournalEntryInFull {
    /// The entry (条目).
    pub entry: JournalEntry,
    /// Digest of what stood before (改前摘要).
    pub before: Option<String>,
    /// Digest of what stands now (改后摘要).
    pub after: Option<String>,
    /// The digests are salted, because they are of personal data (摘要是否加盐).
    pub salted: bool,
    /// Merkle root of the rows of an operation on many (默克尔根).
    pub root: Option<String>,
    /// Key of the first of these rows (首条编号).
    pub first: Option<String>,
    /// Key of the last (末条编号).
    pub last: Option<String>,
}

/// Shows an entry.
pub const SHOW: About = About::gives::<JournalEntryInFull>("journal.show");

/// `GET /api/v1/journal/entries/{id}`.
pub async fn show(State(web): State<Web>, caller: Caller, Named(id): Named<i64>) -> Result<Response, Halt> {
    let found = history::entry(&web.app, &caller.session, id, false).await?;
    let (view, recorded) = found.ok_or(Halt::Absent)?;
    let (said, digest) = (&recorded.entry, |digest: &[u8; 32]| pages::hex(digest));
    let many = said.many.as_ref();
    reply::json(&JournalEntryInFull {
        entry: view.into(),
        before: said.before.as_ref().map(digest),
        after: said.after.as_ref().map(digest),
        salted: said.salted,
        root: many.map(|many| pages::hex(&many.root)),
        first: many.map(|many| many.first.clone()),
        last: many.map(|many| many.last.clone()),
    })
}

/// Which value is to be proved.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Proven {
    /// `before`, `after`, or the key of a row (改前、改后，或某一条的编号).
    of: String,
}

/// Gives the proof of a value of an entry.
pub const PROOF: About = About::new("journal.proof", TEXT).asked::<Proven>();

/// `GET /api/v1/journal/entries/{id}/proof`.
pub async fn proof(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    Asked(proven): Asked<Proven>,
) -> Result<Response, Halt> {
    Ok(pages::proved(&web, &caller.session, id, &proven.of).await?)
}

/// Lists what was done to an object, newest first.
pub const HISTORY: About = About::pages::<JournalEntry>("journal.history").asked::<super::plans::Paging>();

/// `GET /api/v1/journal/history/{kind}/{object}`.
pub async fn history(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Named((kind, object)): Named<(String, String)>,
    Asked(paging): Asked<super::plans::Paging>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(paging.limit)?, reply::opened_as(paging.after.as_deref())?);
    let (_, found) = history::of(&web.app, &caller.session, &kind, &object, after, limit).await?;
    page(&uri, found)
}

/// A signed checkpoint (检查点).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JournalCheckpoint {
    /// Number of the entry that it keeps (条目编号).
    pub number: i64,
    /// The entry's hash (哈希).
    pub hash: String,
    /// When it was signed (签发时间).
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The public key that signed it, Ed25519 (公钥).
    pub key: String,
    /// The signature (签名).
    pub signature: String,
}

impl From<Checkpoint> for JournalCheckpoint {
    fn from(checkpoint: Checkpoint) -> Self {
        Self {
            number: checkpoint.head.seq,
            hash: pages::hex(&checkpoint.head.hash),
            at: checkpoint.at,
            key: pages::hex(&checkpoint.key),
            signature: pages::hex(&checkpoint.signature),
        }
    }
}

/// Lists the checkpoints, newest first.
pub const CHECKPOINTS: About = About::pages::<JournalCheckpoint>("journal.checkpoints").asked::<super::plans::Paging>();

/// `GET /api/v1/journal/checkpoints`.
pub async fn checkpoints(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(paging): Asked<super::plans::Paging>,
) -> Result<Response, Halt> {
    let (limit, before) = (reply::limit(paging.limit)?, reply::opened_as(paging.after.as_deref())?);
    let mut found = checkpoint::page(&web.app, &caller.session, before, limit + 1).await?;
    let next = reply::more(&mut found, limit, |checkpoint| checkpoint.head.seq);
    reply::page(&uri, found.into_iter().map(JournalCheckpoint::from).collect(), next)
}

/// Signs a checkpoint.
pub const SIGN: About = About::step("journal.sign");

/// `POST /api/v1/journal/checkpoints`.
pub async fn sign(State(web): State<Web>, caller: Caller, body: Body<Nothing>) -> Result<Response, Halt> {
    reply::done(journal::checkpoint(&web.app, &caller.once(body.digest)?).await.map(drop))
}

/// What the verification of the whole chain found (核验结果).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JournalVerdict {
    /// It holds (是否完整).
    pub whole: bool,
    /// Entries that were checked (已核条数).
    pub entries: i64,
    /// Number of the last entry (末条编号).
    pub number: i64,
    /// Its hash (末条哈希).
    pub hash: String,
    /// Checkpoints of the database that agree (库内相符的检查点数).
    pub stored: u32,
    /// Lines of the checkpoint file that agree (文件内相符的检查点数).
    pub filed: u32,
    /// Keys of checkpoints that are not this installation's (不是本系统的公钥).
    pub strangers: Vec<String>,
    /// Where it breaks (断在何处).
    pub broken: Option<Why>,
}

/// Verifies the whole journal.
pub const VERIFY: About = About::gives::<JournalVerdict>("journal.verify");

/// `GET /api/v1/journal/verification`.
pub async fn verify(State(web): State<Web>, caller: Caller) -> Result<Response, Halt> {
    let found = pages::Verdict::of(journal::verify(&web.app, &caller.session, Vec::new()).await?);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    reply::json(&JournalVerdict {
        whole: found.whole,
        entries: found.entries,
        number: found.seq,
        hash: found.hash,
        stored: count(found.stored),
        filed: count(found.filed),
        strangers: found.strangers,
        broken: found.broken.map(|broken| Why { code: broken.code, fields: broken.fields }),
    })
}

/// Gives the whole journal as canonical lines with a signed head, for a purpose.
pub const EXPORT: About = About::new("journal.export", TEXT).takes::<Purpose>().unkeyed();

/// `POST /api/v1/journal/export`.
pub async fn export(State(web): State<Web>, caller: Caller, body: Body<Purpose>) -> Result<Response, Halt> {
    let exported: Result<Response, Failure> = pages::exported(&web, &caller.session, body.value.said()?).await;
    Ok(exported?)
}
