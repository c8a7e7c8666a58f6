//! What was done (操作经过): the history of one object, and the journal as an auditor searches it.

use super::{
    differences::{Difference, differences},
    veil,
};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_kernel::{
    ClauseRef,
    actor::FOR,
    ids::{AccountId, EditionId, OrganisationId, PostId},
};
pub use gangmu_store::journal::Recorded;
use gangmu_store::{
    Fault, Tx, accounts, areas,
    journal::{
        self, By, Filter, Object,
        canonical::hex,
        details::{self, Agreement, Details},
    },
    organisations, personal,
    plan::editions,
    posts,
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// Entries on a page.
pub const PAGE: u32 = 50;

/// What an auditor asks for (检索条件).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// A login, or a name as it stands in the entries.
    pub who: Option<String>,
    /// The operation, or the noun that it belongs to.
    pub operation: Option<String>,
    /// The kind of the object.
    pub kind: Option<String>,
    /// Its key.
    pub object: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Concerning that clause: plan and path, the path may be empty.
    pub clause: Option<(String, String)>,
    /// Older than that entry: the next page.
    pub older_than: Option<i64>,
    /// Entries of the page; as many as a page has where nothing is said.
    pub limit: Option<u32>,
}

/// A page of entries, newest first (日志页).
#[derive(Debug, Clone, Serialize)]
pub struct Entries {
    /// They.
    pub entries: Vec<EntryView>,
    /// The number to go on from; none where there are no older ones.
    pub older_than: Option<i64>,
}

/// An entry as a page shows it (日志条目).
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The person's name, masked unless it was asked for with a purpose.
    pub who: String,
    /// The post in which the person acted.
    pub post: Option<String>,
    /// The organisation.
    pub organisation: Option<String>,
    /// The operation.
    pub operation: String,
    /// What was acted on.
    pub object: ObjectView,
    /// The reason given.
    pub reason: Option<String>,
    /// Was a reason given that was erased since?
    pub reason_erased: bool,
    /// The clauses concerned.
    pub clauses: Vec<ClauseLink>,
    /// What changed.
    pub differences: Vec<Difference>,
    /// How many rows an operation on many touched.
    pub rows: Option<i64>,
    /// Do the values agree with the digests in the chain?
    pub details: Standing,
    /// Its hash.
    pub hash: String,
}

/// How the values behind an entry stand to its digests (明细状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The entry speaks of no values.
    None,
    /// They are what was digested.
    Agrees,
    /// They were altered beside the chain.
    Differs,
    /// They were not kept.
    Missing,
    /// They were erased as the rules on personal data demand.
    Erased,
}

/// An object with its name and address, where it has them (对象).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObjectView {
    /// Its kind.
    pub kind: String,
    /// Its key.
    pub id: String,
    /// What people call it.
    pub label: Option<String>,
    /// Where it is shown.
    pub address: Option<String>,
}

/// A clause with its address (条款链接).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseLink {
    /// The plan's key.
    pub plan: String,
    /// The clause's path.
    pub path: String,
}

impl From<&ClauseRef> for ClauseLink {
    fn from(clause: &ClauseRef) -> Self {
        Self { plan: clause.plan.clone(), path: clause.path.clone() }
    }
}

/// The journal as an auditor searches it.
pub async fn search(app: &App, session: &Session, search: Search, open: bool) -> Result<Entries, Failure> {
    look(app, session, "journal.read", move |tx| {
        let limit = search.limit.unwrap_or(PAGE);
        let Some(filter) = filter(tx, search)? else { return Ok(Entries { entries: Vec::new(), older_than: None }) };
        Ok(page(tx, &filter, open, limit)?)
    })
    .await
}

/// What was done to an object.
pub async fn history(
    app: &App,
    session: &Session,
    object: Object,
    older_than: Option<i64>,
    open: bool,
    limit: u32,
) -> Result<(ObjectView, Entries), Failure> {
    look(app, session, "journal.read", move |tx| {
        let view = Names::default().object(tx, &object)?;
        let filter = Filter { kind: Some(object.kind), object: Some(object.id), older_than, ..Filter::default() };
        Ok((view, page(tx, &filter, open, limit)?))
    })
    .await
}

/// What was done to an object that an address names: by its key, an account also by its login.
pub async fn of(
    app: &App,
    session: &Session,
    kind: &str,
    id: &str,
    older_than: Option<i64>,
    limit: u32,
) -> Result<(ObjectView, Entries), Failure> {
    let (kind, id) = (kind.to_owned(), id.to_owned());
    let object = look(app, session, "journal.read", move |tx| {
        let account = if kind == "account" { accounts::by_login(tx, &id.to_lowercase())? } else { None };
        Ok(account.map_or_else(|| Object::new(&kind, &id), |account| Object::new("account", account.id)))
    });
    let object = object.await?;
    history(app, session, object, older_than, false, limit).await
}

/// One entry with all that stands behind it.
pub async fn entry(
    app: &App,
    session: &Session,
    seq: i64,
    open: bool,
) -> Result<Option<(EntryView, Recorded)>, Failure> {
    look(app, session, "journal.read", move |tx| {
        let found = journal::after(tx, seq - 1, 1)?.into_iter().find(|found| found.seq == seq);
        let Some(recorded) = found else { return Ok(None) };
        let kept = details::find(tx, seq)?;
        let view = view(tx, &recorded, &kept, &mut Names::default(), open)?;
        Ok(Some((view, recorded)))
    })
    .await
}

/// The filter of a search; none where it names somebody whom no entry can name.
pub(super) fn filter(tx: &mut Tx<'_>, search: Search) -> Result<Option<Filter>, Fault> {
    let mut filter = Filter {
        operation: search.operation,
        kind: search.kind,
        object: search.object,
        clause: search.clause,
        older_than: search.older_than,
        ..Filter::default()
    };
    if let Some(who) = search.who {
        match accounts::by_login(tx, &who.to_lowercase())? {
            Some(account) => filter.account = Some(account.id),
            None => filter.name = Some(who),
        }
    }
    if search.from.is_some() || search.until.is_some() {
        let (from, until) = (search.from.unwrap_or(Timestamp::MIN), search.until.unwrap_or(Timestamp::MAX));
        let Some(range) = journal::within(tx, from, until)? else { return Ok(None) };
        (filter.range, filter.from, filter.until) = (Some(range), search.from, search.until);
    }
    Ok(Some(filter))
}

/// A page under a filter, newest first.
pub(super) fn page(tx: &mut Tx<'_>, filter: &Filter, open: bool, limit: u32) -> Result<Entries, Fault> {
    let mut found = journal::page(tx, filter, i64::from(limit) + 1)?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let seqs: Vec<i64> = found.iter().map(|recorded| recorded.seq).collect();
    let kept = details::of(tx, &seqs)?;
    let (mut names, none) = (Names::default(), Details::default());
    let entries: Result<Vec<EntryView>, Fault> = found
        .iter()
        .map(|recorded| view(tx, recorded, kept.get(&recorded.seq).unwrap_or(&none), &mut names, open))
        .collect();
    let entries = entries?;
    Ok(Entries { older_than: entries.last().filter(|_| more).map(|last| last.seq), entries })
}

fn view(
    tx: &mut Tx<'_>,
    recorded: &Recorded,
    kept: &Details,
    names: &mut Names,
    open: bool,
) -> Result<EntryView, Fault> {
    let entry = &recorded.entry;
    let (before, after) = details::agreement(tx, entry, kept)?;
    let sides = [(entry.before, before), (entry.after, after)];
    let told = |wanted: Agreement| sides.iter().any(|(digest, agreement)| digest.is_some() && *agreement == wanted);
    let details = match () {
        () if entry.before.is_none() && entry.after.is_none() => Standing::None,
        () if told(Agreement::Differs) => Standing::Differs,
        () if kept.erased => Standing::Erased,
        () if told(Agreement::Gone) => Standing::Missing,
        () => Standing::Agrees,
    };
    let mut found = match details {
        Standing::Agrees => differences(kept.before.as_deref(), kept.after.as_deref()),
        _ => Vec::new(),
    };
    for difference in &mut found {
        let called = match difference.field.rsplit('.').next() {
            Some("organisation") => Names::organisation,
            Some("account" | "approver" | "approver_behalf") => Names::account,
            Some("area") => Names::area,
            _ => continue,
        };
        for value in difference.before.iter_mut().chain(&mut difference.after) {
            *value = called(names, tx, value)?;
        }
    }
    if !open {
        found.iter_mut().for_each(|difference| veil::difference(difference, entry.salted));
    }
    // In the first form a reason stands in the chain; what was done to somebody who was erased is not told all the same.
    let about = match entry.object.kind.as_str() {
        "account" => names.erased(tx, AccountId(key(&entry.object.id)))?,
        _ => false,
    };
    let reason = entry.reason.clone().filter(|_| !about);
    Ok(EntryView {
        seq: recorded.seq,
        at: entry.at,
        who: names.who(tx, &entry.by, open)?,
        post: if names.erased(tx, entry.by.account)? { None } else { entry.by.post.clone() },
        organisation: entry.by.organisation.clone(),
        operation: entry.operation.clone(),
        object: names.object(tx, &entry.object)?,
        reason_erased: reason.is_none() && (entry.beside.why.is_some() || entry.reason.is_some()),
        reason,
        clauses: entry.clauses.iter().map(ClauseLink::from).collect(),
        differences: found,
        rows: entry.many.as_ref().map(|many| many.count),
        details,
        hash: hex(&recorded.hash),
    })
}

/// Names and addresses of objects, each looked up once.
#[derive(Default)]
struct Names {
    objects: BTreeMap<(String, String), ObjectView>,
    erased: BTreeMap<AccountId, bool>,
}

impl Names {
    fn object(&mut self, tx: &mut Tx<'_>, object: &Object) -> Result<ObjectView, Fault> {
        let key = (object.kind.clone(), object.id.clone());
        if let Some(found) = self.objects.get(&key) {
            return Ok(found.clone());
        }
        let (label, address) = match object.kind.as_str() {
            "account" => account(tx, &object.id)?,
            "edition" => edition(tx, &object.id)?,
            "import" => (None, Some(format!("/imports/{}", object.id))),
            "post" => post(tx, &object.id)?,
            _ => (None, None),
        };
        let view = ObjectView { kind: object.kind.clone(), id: object.id.clone(), label, address };
        self.objects.insert(key, view.clone());
        Ok(view)
    }
}

impl Names {
    /// Was the person of that account erased?
    fn erased(&mut self, tx: &mut Tx<'_>, account: AccountId) -> Result<bool, Fault> {
        if let Some(known) = self.erased.get(&account) {
            return Ok(*known);
        }
        let erased = personal::is_erased(tx, account)?;
        self.erased.insert(account, erased);
        Ok(erased)
    }

    /// The name of who acted, masked unless it was asked for. Where it was erased with another person, the account still
    /// has its name; where it is the person's own, there is none. In the first form the name
    /// stands in the chain, with that of whom a deputy acted for, which is told as long as somebody bears it.
    fn who(&mut self, tx: &mut Tx<'_>, by: &By, open: bool) -> Result<String, Fault> {
        if self.erased(tx, by.account)? {
            return Ok(crate::personal::erase::NOBODY.to_owned());
        }
        let name = match by.name.as_str() {
            "" => accounts::find(tx, by.account)?.map(|account| account.name).unwrap_or_default(),
            name => match name.split_once(FOR) {
                Some((deputy, held)) if by.behalf.is_none() && !personal::is_borne(tx, held)? => deputy.to_owned(),
                _ => name.to_owned(),
            },
        };
        Ok(if open { name } else { veil::actor(by.account, &name) })
    }

    /// The name of the organisation of that key, as it is called last.
    fn organisation(&mut self, tx: &mut Tx<'_>, key: &str) -> Result<String, Fault> {
        let Ok(id) = key.parse() else { return Ok(key.to_owned()) };
        let found = organisations::newest(tx, OrganisationId(id))?;
        Ok(found.map_or_else(|| key.to_owned(), |found| found.shown().to_owned()))
    }

    /// The name of the area of that code, as it is called last.
    fn area(&mut self, tx: &mut Tx<'_>, code: &str) -> Result<String, Fault> {
        Ok(areas::newest(tx, code)?.map_or_else(|| code.to_owned(), |area| area.label))
    }

    /// The login of the account of that key.
    fn account(&mut self, tx: &mut Tx<'_>, key: &str) -> Result<String, Fault> {
        let Ok(id) = key.parse() else { return Ok(key.to_owned()) };
        let named = self.object(tx, &Object::new("account", AccountId(id)))?;
        Ok(named.label.unwrap_or_else(|| key.to_owned()))
    }
}

type Named = (Option<String>, Option<String>);

fn key(id: &str) -> i64 {
    id.rsplit('_').next().and_then(|key| key.parse().ok()).unwrap_or(0)
}

/// An account is called by its login, which is no personal datum.
fn account(tx: &mut Tx<'_>, id: &str) -> Result<Named, Fault> {
    let found = accounts::find(tx, AccountId(key(id)))?;
    Ok(found.map_or((None, None), |account| {
        let address = format!("/accounts/{}", account.login);
        (Some(account.login), Some(address))
    }))
}

/// A post is called by its organisation and the login of its holder; its title is shown where it changed.
fn post(tx: &mut Tx<'_>, id: &str) -> Result<Named, Fault> {
    let Some(found) = posts::find(tx, PostId(key(id)))? else { return Ok((None, None)) };
    let unit = match found.organisation {
        Some(id) => organisations::newest(tx, id)?.map(|unit| unit.shown().to_owned()),
        None => None,
    };
    let (login, address) = account(tx, &found.account.to_string())?;
    Ok((Some([unit, login].into_iter().flatten().collect::<Vec<_>>().join(" ")), address))
}

fn edition(tx: &mut Tx<'_>, id: &str) -> Result<Named, Fault> {
    let Some(found) = editions::find(tx, EditionId(key(id)))? else { return Ok((None, None)) };
    let plan = editions::plan_of(tx, found.plan)?;
    Ok((Some(found.title), plan.map(|plan| format!("/plans/{}/edition?edition={}", plan.key, found.number))))
}
