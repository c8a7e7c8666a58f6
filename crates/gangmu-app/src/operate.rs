//! The one door (唯一入口): authorise → load, decide, save with event → journal, all in one transaction → announce.
//!
//! The door also hands the transaction the scope of the action, so that what lies outside of it is absent.
//! Every operation is one file named by its verb and passes here. Nothing else in this crate writes to the database; a
//! test reads the sources for it.

use crate::{app::App, failure::Failure, session::Session};
use gangmu_kernel::{ClauseRef, ids::AccountId};
use gangmu_store::{
    Fault, Tx,
    journal::{
        self, Beside, By, Entry, Hash, Many, Object,
        details::{self, Details},
        digest,
    },
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// What is to be done: its name in the journal, and the action of the access matrix that it falls under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Such as `plan.accept`.
    pub name: &'static str,
    /// Such as `plan.review`.
    pub action: &'static str,
}

impl Operation {
    /// An operation that is an action of the matrix itself.
    pub const fn new(name: &'static str) -> Self {
        Self { name, action: name }
    }

    /// An operation that falls under a wider action of the matrix.
    pub const fn under(name: &'static str, action: &'static str) -> Self {
        Self { name, action }
    }
}

/// The transaction in which an operation works.
pub struct Work<'w, 'c> {
    /// The database.
    pub tx: &'w mut Tx<'c>,
    /// The instant at which the operation happens.
    pub now: Timestamp,
    /// Who acts.
    pub session: &'w Session,
    /// Who is told of it in the same transaction.
    told: Vec<AccountId>,
    /// Becomes the salt of an object with personal data that has none yet; fresh for each operation.
    salt: Hash,
    /// Was a job handed in that somebody should be woken for after the commit?
    pub(crate) wakes: bool,
}

impl Work<'_, '_> {
    /// The day on which the operation happens, in the time of the district.
    pub fn today(&self) -> Date {
        crate::app::day_of(self.now)
    }

    /// Notes that this person gets a message, for pages that follow along.
    pub(crate) fn tells(&mut self, account: AccountId) {
        self.told.push(account);
    }

    /// The number of the journal entry under which this operation will stand.
    pub fn entry(&mut self) -> Result<i64, Fault> {
        journal::next(self.tx)
    }

    /// The digest of an object without personal data.
    pub fn digest(&self, object: &impl Serialize) -> Hash {
        digest::plain(object)
    }

    /// The salted digest of an object with personal data; its record must be marked with [`Record::salted`].
    pub fn personal_digest(&mut self, object: &Object, value: &impl Serialize) -> Result<Hash, Fault> {
        let salt = digest::salt(self.tx, object, self.salt)?;
        Ok(digest::salted(&salt, value))
    }
}

/// What the journal is to say of an operation (日志内容).
#[derive(Debug, Clone)]
pub struct Record {
    object: Object,
    before: Side,
    after: Side,
    salted: bool,
    reason: Option<String>,
    clauses: Vec<ClauseRef>,
    many: Option<Many>,
    leaves: Vec<(String, Hash)>,
    by: Option<By>,
}

/// One side of a change.
#[derive(Debug, Clone)]
enum Side {
    /// There was nothing.
    None,
    /// Its digest alone is known.
    Digest(Hash),
    /// The value, as it is digested and kept beside the entry.
    Value(String),
}

impl Side {
    fn digest(&self, salt: Option<&Hash>) -> Option<Hash> {
        match (self, salt) {
            (Self::None, _) => None,
            (Self::Digest(digest), _) => Some(*digest),
            (Self::Value(value), None) => Some(digest::plain_text(value)),
            (Self::Value(value), Some(salt)) => Some(digest::salted_text(salt, value)),
        }
    }

    fn value(self) -> Option<String> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }
}

impl Record {
    /// Of an operation on that object.
    pub fn on(object: Object) -> Self {
        Self {
            object,
            before: Side::None,
            after: Side::None,
            salted: false,
            reason: None,
            clauses: Vec::new(),
            many: None,
            leaves: Vec::new(),
            by: None,
        }
    }

    /// The object before and after: their digests stand in the entry, the values beside it, so that the history can
    /// say in words what changed. What holds personal data is marked with [`Record::salted`].
    #[must_use]
    pub fn changed(self, before: &impl Serialize, after: &impl Serialize) -> Self {
        self.removed(before).made(after)
    }

    /// The object that is new.
    #[must_use]
    pub fn made(mut self, after: &impl Serialize) -> Self {
        self.after = Side::Value(digest::canonical(after));
        self
    }

    /// The object that is gone.
    #[must_use]
    pub fn removed(mut self, before: &impl Serialize) -> Self {
        self.before = Side::Value(digest::canonical(before));
        self
    }

    /// The digest of what stood before, where the value itself is kept elsewhere.
    #[must_use]
    pub fn before(mut self, digest: Hash) -> Self {
        self.before = Side::Digest(digest);
        self
    }

    /// The digest of what stands now, where the value itself is kept elsewhere.
    #[must_use]
    pub fn after(mut self, digest: Hash) -> Self {
        self.after = Side::Digest(digest);
        self
    }

    /// The object holds personal data: its digests are salted, and its values can be erased.
    #[must_use]
    pub fn salted(mut self) -> Self {
        self.salted = true;
        self
    }

    /// The reason that the person gave.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<Option<String>>) -> Self {
        self.reason = reason.into();
        self
    }

    /// The clauses that it concerns.
    #[must_use]
    pub fn clauses(mut self, clauses: impl IntoIterator<Item = ClauseRef>) -> Self {
        self.clauses.extend(clauses);
        self
    }

    /// The rows of an operation on many.
    #[must_use]
    pub fn many(mut self, many: impl Into<Option<Many>>) -> Self {
        self.many = many.into();
        self
    }

    /// The rows of an operation on many with their keys and digests, in order: any of them can be proved later.
    #[must_use]
    pub fn rows(mut self, rows: Vec<(String, Hash)>) -> Self {
        self.many = Many::of(&rows);
        self.leaves = rows;
        self
    }

    /// Who acted, where it is not the session: somebody who logs in has none yet.
    #[must_use]
    pub fn by(mut self, by: By) -> Self {
        self.by = Some(by);
        self
    }
}

/// What an operation gives back: its value, and what the journal is to say.
pub struct Done<T> {
    value: T,
    record: Option<Record>,
}

impl<T> Done<T> {
    /// Something was done.
    pub fn recorded(value: T, record: Record) -> Self {
        Self { value, record: Some(record) }
    }

    /// Nothing had to be done; should the closure have written all the same, that is undone.
    pub fn nothing(value: T) -> Self {
        Self { value, record: None }
    }
}

/// What is told after a commit (通知): for pages that follow along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// The operation.
    pub operation: &'static str,
    /// What it was done on.
    pub object: Object,
    /// The number of its journal entry.
    pub seq: i64,
    /// Who got a message of it.
    pub told: Vec<AccountId>,
}

/// Why the transaction's work is not kept.
enum Undone<T> {
    Nothing(T),
    Failure(Failure),
}

impl<T> From<Fault> for Undone<T> {
    fn from(fault: Fault) -> Self {
        Self::Failure(fault.into())
    }
}

/// Does an operation: authorises, runs the closure in the writer's transaction, journals, commits, announces.
///
/// The closure loads, decides and saves. It must not wait for anything; hash passwords and read documents before.
pub async fn operate<T: Send + 'static>(
    app: &App,
    session: &Session,
    operation: Operation,
    act: impl FnOnce(&mut Work<'_, '_>) -> Result<Done<T>, Failure> + Send + 'static,
) -> Result<T, Failure> {
    authorise(app, session, operation.action)?;
    let (now, salt, session) = (app.now(), app.random.bytes32(), session.clone());
    let scope = app.access().scope(operation.action, &session);
    let written = app.db.write(move |tx| {
        // The version of what lies outside is as absent as what it is a version of.
        tx.within(scope);
        session.terms.begin(tx, session.actor.account, now).map_err(Undone::Failure)?;
        let mut work = Work { tx, now, session: &session, told: Vec::new(), salt, wakes: false };
        let done = act(&mut work).map_err(Undone::Failure)?;
        let wakes = work.wakes;
        let Some(record) = done.record else { return Err(Undone::Nothing(done.value)) };
        let told = std::mem::take(&mut work.told);
        let object = record.object.clone();
        let head = append(tx, operation, now, &session, salt, record)?;
        session.terms.keep(tx, session.actor.account, now, &done.value)?;
        let announcement = Announcement { operation: operation.name, object, seq: head.seq, told };
        Ok((done.value, announcement, wakes))
    });
    match written.await {
        Ok((value, announcement, wakes)) => {
            app.announce(announcement);
            if wakes {
                app.wake_jobs();
            }
            Ok(value)
        }
        Err(Undone::Nothing(value)) => Ok(value),
        Err(Undone::Failure(failure)) => Err(failure),
    }
}

/// Appends the entry to the chain, and what stands behind it beside the chain.
fn append(
    tx: &mut Tx<'_>,
    operation: Operation,
    at: Timestamp,
    session: &Session,
    fresh: Hash,
    record: Record,
) -> Result<journal::Head, Fault> {
    let has_value = matches!((&record.before, &record.after), (Side::Value(_), _) | (_, Side::Value(_)));
    let salt = if record.salted && has_value { Some(digest::salt(tx, &record.object, fresh)?) } else { None };
    let entry = Entry {
        at,
        by: record.by.unwrap_or_else(|| session.by()),
        operation: operation.name.to_owned(),
        object: record.object,
        before: record.before.digest(salt.as_ref()),
        after: record.after.digest(salt.as_ref()),
        salted: record.salted,
        reason: record.reason,
        clauses: record.clauses,
        many: record.many,
        beside: Beside::default(),
    };
    let head = journal::append(tx, &entry, fresh)?;
    let (before, after) = (record.before.value(), record.after.value());
    details::add(tx, head.seq, &Details { before, after, leaves: record.leaves, erased: false })?;
    Ok(head)
}

/// Looks without changing anything: authorises, and runs the closure on a reader.
pub async fn look<T: Send + 'static>(
    app: &App,
    session: &Session,
    action: &str,
    look: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    authorise(app, session, action)?;
    let scope = app.access().scope(action, session);
    app.db
        .read(move |tx| {
            tx.within(scope);
            look(tx)
        })
        .await
}

/// May this person do this? The refusal says why not.
pub fn authorise(app: &App, session: &Session, action: &str) -> Result<(), Failure> {
    session.why_not(app.access(), action).map_or(Ok(()), |forbidden| Err(forbidden.into()))
}

/// Writes what is nobody's act and therefore has no journal entry: when a session was last used, how often an unknown
/// login was tried, how far an import is that nobody sees yet. Nothing that a person would call a change passes here.
pub(crate) async fn housekeep<T: Send + 'static>(
    app: &App,
    keep: impl FnOnce(&mut Tx<'_>) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Failure> {
    Ok(app.db.write(keep).await?)
}

/// Keeps house for a request that leads to no operation yet, under the same terms as one: done once, on what was seen.
pub(crate) async fn housekeep_for<T: Send + 'static>(
    app: &App,
    session: &Session,
    keep: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let (now, by, terms) = (app.now(), session.actor.account, session.terms.clone());
    let written = app.db.write(move |tx| {
        terms.begin(tx, by, now)?;
        let value = keep(tx)?;
        terms.keep(tx, by, now, &value)?;
        Ok::<_, Failure>(value)
    });
    written.await
}
