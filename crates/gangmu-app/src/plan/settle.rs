//! Settling a doubt of the compiler (了结疑点): a person says in words how it is to be read.

use super::{decide::Desk, open::Opened};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, operate},
    session::Session,
};
use gangmu_kernel::{ClauseRef, refusal::Reasons};
use gangmu_plan::{edition::Stage, review::Refusal};
use gangmu_store::{
    journal::Object,
    plan::{
        clauses,
        editions::{self, EventRow},
        notices,
    },
};
use serde::Serialize;

/// A doubt as the journal's digests see it.
#[derive(Serialize)]
struct Settled<'a> {
    doubt: u32,
    words: Option<&'a str>,
}

/// Settles the doubt of that number with these words; they take the place of earlier ones.
pub async fn settle(app: &App, session: &Session, desk: Desk, doubt: u32, words: &str) -> Result<(), Failure> {
    let words = words.trim().to_owned();
    operate(app, session, Operation::under("plan.settle", "plan.review"), move |work| {
        let opened = Opened::at(work.tx, &desk.plan, desk.edition)?;
        let edition = opened.edition.id;
        let found = notices::by_numbers(work.tx, edition, &[doubt])?;
        let row = found.into_iter().next().ok_or(Failure::Absent("doubt"))?;
        let mut refusals = Vec::new();
        if opened.stage() != Stage::InReview {
            refusals.push(Refusal::Frozen);
        }
        if words.is_empty() {
            refusals.push(Refusal::WordsNeeded);
        }
        if let Some(reasons) = Reasons::of(&refusals) {
            return Err(reasons.into());
        }
        let by = work.session.by();
        notices::settle(work.tx, edition, doubt, &words, work.now, (by.account, &by.name))?;
        let event = EventRow {
            verb: "settled".to_owned(),
            at: work.now,
            account: by.account,
            account_name: by.name,
            note: words.clone(),
            touched: 0,
            journal: Some(work.entry()?),
        };
        editions::add_event(work.tx, edition, &event)?;
        let clause = clauses::by_number(work.tx, edition, row.clause)?;
        let record = Record::on(Object::new("edition", edition))
            .changed(&Settled { doubt, words: row.settled.as_deref() }, &Settled { doubt, words: Some(&words) })
            .reason(words)
            .clauses(clause.map(|c| ClauseRef::clause(&opened.plan.key, c.path)));
        Ok(Done::recorded((), record))
    })
    .await
}
