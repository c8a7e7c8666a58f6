//! How long personal data is kept (保存期限): declared in one list, held by a job each night.

use super::erase::forget;
use crate::{
    accounts::object,
    app::App,
    failure::Failure,
    jobs::{Job, Registry, Schedule, finish},
    operate::{Done, Operation, Record, Work, housekeep, look, operate},
    plan::import,
    session::Session,
};
use gangmu_kernel::ids::AccountId;
use gangmu_store::{Tx, journal::Object, personal as rows, rosters};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// The kind of the job.
const KIND: &str = "personal.retain";

/// People that one night's run takes at most; the others follow the night after.
const AT_ONCE: i64 = 1_000;

/// What is kept how long (保存规则).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The word of its sentence.
    pub word: &'static str,
    /// After how many days it goes.
    pub days: i64,
}

/// Everything that goes by itself, as the page shows it and the job does it.
pub const RULES: [Rule; 5] = [ENDED, NEVER_OPENED, DRAFTS, WAITING, LOOKS];

/// Contacts, log-ins and former passwords of accounts that ended.
const ENDED: Rule = Rule { word: "ended", days: 180 };
/// Contacts of accounts that nobody opened.
const NEVER_OPENED: Rule = Rule { word: "never-opened", days: 90 };
/// Rosters that nobody imported.
const DRAFTS: Rule = Rule { word: "drafts", days: 7 };
/// Imports that nobody sorted, with their files.
const WAITING: Rule = Rule { word: "waiting", days: 30 };
/// Who looked at whose data.
const LOOKS: Rule = Rule { word: "looks", days: 3 * 365 };

impl Rule {
    fn before(self, now: Timestamp) -> Timestamp {
        now.checked_sub(SignedDuration::from_hours(24 * self.days)).unwrap_or(Timestamp::MIN)
    }
}

/// A rule with how many people it will meet next (到期人数).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The rule.
    pub rule: Rule,
    /// People whose time is over and whose turn is the coming night.
    pub people: usize,
}

/// The rules, with whom they will meet.
pub async fn due(app: &App, session: &Session) -> Result<Vec<Due>, Failure> {
    let now = app.now();
    look(app, session, "personal.read", move |tx| {
        let everything = tx.scope().everything;
        let (ended, unopened) = if everything { over(tx, now)? } else { Default::default() };
        let people = |rule: Rule| match rule {
            ENDED => ended.len(),
            NEVER_OPENED => unopened.len(),
            _ => 0,
        };
        Ok(RULES.map(|rule| Due { rule, people: people(rule) }).into())
    })
    .await
}

fn over(tx: &mut Tx<'_>, now: Timestamp) -> Result<(Vec<AccountId>, Vec<AccountId>), gangmu_store::Fault> {
    let ended = rows::ended_before(tx, ENDED.before(now), AT_ONCE)?;
    let unopened = rows::never_opened(tx, NEVER_OPENED.before(now), AT_ONCE)?;
    Ok((ended, unopened))
}

/// Lets the job hold the rules each night.
pub fn register(registry: Registry) -> Registry {
    registry.on(KIND, |app: App, job: Job| async move { retain(&app, Some(job)).await.map(drop) }).timer(
        "personal-retain",
        KIND,
        Schedule::daily(2, 40),
    )
}

/// Takes away what is kept no longer; of how many people something went.
pub async fn retain(app: &App, job: Option<Job>) -> Result<usize, Failure> {
    let now = app.now();
    // What names nobody's account is nobody's act.
    housekeep(app, move |tx| {
        rows::start_clocks(tx, now)?;
        rosters::sweep(tx, DRAFTS.before(now), now)?;
        import::expire(tx, WAITING.before(now))?;
        rows::forget_looks(tx, LOOKS.before(now))
    })
    .await?;
    operate(app, &Session::system(), Operation::under("personal.retain", "personal.confirm_erasure"), move |work| {
        let (ended, unopened) = over(work.tx, work.now)?;
        let mut people: Vec<AccountId> = ended.into_iter().chain(unopened).collect();
        people.sort();
        people.dedup();
        if people.is_empty() {
            return Ok(Done::nothing(0));
        }
        let mut leaves = Vec::new();
        for id in &people {
            forget(work, *id)?;
            leaves.push((id.to_string(), gone(work, *id)?));
        }
        if let Some(job) = &job {
            finish(work, job)?;
        }
        leaves.sort();
        let record = Record::on(Object::new("retention", "people")).rows(leaves).salted();
        Ok(Done::recorded(people.len(), record))
    })
    .await
}

/// What the journal's root sees of a person of whom something went.
fn gone(work: &mut Work<'_, '_>, id: AccountId) -> Result<gangmu_store::journal::Hash, Failure> {
    Ok(work.personal_digest(&object(id), &"retained")?)
}
