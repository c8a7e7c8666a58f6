//! Writing an edition (写入): piece by piece unseen, then visible in one step through the door.

use super::{ACTION, ImportRefusal, failure::Stopped, prepare::Prepared};
use crate::plan::{
    Opened,
    tell::{Happened, tell},
};
use crate::{
    app::App,
    attachments::add::{Source, attach_sources, keep_sources},
    failure::Failure,
    operate::{Done, Operation, Record, Work, housekeep, operate},
    session::Session,
};
use gangmu_kernel::ids::{EditionId, OrganisationId};
use gangmu_store::{
    Fault, Scope, Tx,
    journal::Object,
    organisations,
    plan::{
        clause_id, clauses, commitment_id, commitments,
        editions::{self, DocumentRow, EventRow, NewEdition},
        imports, joins, notices,
    },
    scope,
    search::{self, Kind},
};

/// Rows that one job writes.
const BATCH: usize = 300;

/// Is there an edition with exactly these files?
pub(super) async fn known(app: &App, session: &Session, digests: Vec<String>) -> Result<Option<Stopped>, Stopped> {
    let scope = app.access().scope(ACTION, session);
    let found = app.db.read(move |tx| {
        tx.within(scope);
        with_files(tx, digests)
    });
    let found = found.await.map_err(Failure::Fault)?;
    Ok(found.map(|(plan, edition)| Stopped::Known { plan, edition }))
}

/// The plan's key and the visible edition with exactly these files.
fn with_files(tx: &mut Tx<'_>, mut digests: Vec<String>) -> Result<Option<(String, EditionId)>, Fault> {
    digests.sort();
    let Some(first) = digests.first() else { return Ok(None) };
    for edition in editions::with_document(tx, first)? {
        let mut files: Vec<String> = editions::documents(tx, edition)?.into_iter().map(|d| d.sha256).collect();
        files.sort();
        if files == digests {
            let row = editions::find(tx, edition)?;
            let plan = row.map(|e| editions::plan_of(tx, e.plan)).transpose()?.flatten();
            return Ok(plan.map(|plan| (plan.key, edition)));
        }
    }
    Ok(None)
}

/// Writes the edition; when this returns well it is visible.
pub(super) async fn write(
    app: &App,
    session: &Session,
    import: i64,
    plan: Option<String>,
    prepared: Prepared,
) -> Result<(), Stopped> {
    let files = prepared.documents.iter().map(|(row, bytes)| (source(row), bytes.clone())).collect();
    keep_sources(app, files).await?;
    let edition = stage(app, session, import, plan, &prepared).await?;
    let written = match batches(app, import, edition, &prepared).await {
        Ok(()) => show(app, session, import, edition, prepared).await,
        Err(stopped) => Err(stopped),
    };
    if written.is_err() {
        // Should this fail too, the next start sweeps it.
        if let Err(failure) = housekeep(app, move |tx| editions::drop_edition(tx, edition)).await {
            tracing::warn!(edition.id = edition.0, failure = %failure, "an unseen edition is left for the next start");
        }
    }
    written
}

/// A file of the import as an attachment of its edition.
fn source(row: &DocumentRow) -> Source {
    Source { name: row.name.clone(), kind: row.kind.clone(), sha256: row.sha256.clone(), size: row.size }
}

/// The organisation to which what a person brings belongs: his own, or that as far as which his right reaches.
pub(crate) fn owner(
    tx: &mut Tx<'_>,
    scope: &Scope,
    acts_for: Option<OrganisationId>,
) -> Result<Option<OrganisationId>, Fault> {
    if scope::holds(tx, scope, acts_for)? {
        return Ok(acts_for);
    }
    if let Some(root) = scope.roots.first() {
        return Ok(Some(*root));
    }
    let before = tx.scope().clone();
    tx.within(scope.clone());
    let first = organisations::within(tx);
    tx.within(before);
    Ok(first?.first().map(|(id, _)| *id))
}

/// Is there a plan of that key that lies outside of the scope?
fn is_foreign(tx: &mut Tx<'_>, scope: &Scope, key: &str) -> Result<bool, Fault> {
    tx.within(Scope::everything());
    let anywhere = editions::plan_of_key(tx, key)?.is_some();
    tx.within(scope.clone());
    let mine = editions::plan_of_key(tx, key)?.is_some();
    tx.within(Scope::everything());
    Ok(anywhere && !mine)
}

/// The plan's key where nobody named one: the number of the five-year plan, or the import's own.
fn key_for(tx: &mut Tx<'_>, scope: &Scope, found: Option<&str>, title: &str, import: i64) -> Result<String, Fault> {
    let base = found.map_or_else(|| format!("plan-{import}"), str::to_owned);
    for attempt in 1..100 {
        let key = if attempt == 1 { base.clone() } else { format!("{base}-{attempt}") };
        match editions::plan_of_key(tx, &key)? {
            // The same title under the same key is the next edition of the same plan.
            Some(plan) if plan.title != title || is_foreign(tx, scope, &key)? => continue,
            _ => return Ok(key),
        }
    }
    Ok(format!("{base}-{import}"))
}

async fn stage(
    app: &App,
    session: &Session,
    import: i64,
    plan: Option<String>,
    prepared: &Prepared,
) -> Result<EditionId, Stopped> {
    let (now, by) = (app.now(), session.by());
    let by_account = by.account;
    let (title, found) = (prepared.title.clone(), prepared.key.clone());
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let compiled = &prepared.merged.plan;
    let mut new = NewEdition {
        plan: gangmu_kernel::ids::PlanId(0),
        title: title.clone(),
        at: now,
        account: by.account,
        account_name: by.name,
        chars: compiled.source.chars,
        clauses: count(prepared.clauses.len()),
        compiler: compiled.compiler.clone(),
        lexicon: compiled.lexicon.clone(),
        proposals: count(prepared.commitments.len()),
    };
    let documents = prepared.documents.clone();
    let (text, compiled) = (prepared.merged.text.clone(), prepared.compiled.clone());
    let headings = prepared.headings.clone();
    let (scope, acts_for, account) = (app.access().scope(ACTION, session), session.actor.organisation, by_account);
    let staged = housekeep(app, move |tx| {
        let key = match plan {
            Some(key) if is_foreign(tx, &scope, &key)? => return Ok(Err(key)),
            Some(key) => key,
            None => key_for(tx, &scope, found.as_deref(), &title, import)?,
        };
        let owner = owner(tx, &scope, acts_for)?;
        new.plan = editions::make_plan(tx, &key, &title, now, (owner, account))?;
        let edition = editions::stage(tx, &new)?;
        for (document, bytes) in &documents {
            editions::add_document(tx, edition, document, bytes)?;
        }
        editions::add_text(tx, edition, &text, &compiled)?;
        clauses::add_headings(tx, edition, &headings)?;
        Ok(Ok(edition))
    });
    staged.await?.map_err(|key| Stopped::Refused(ImportRefusal::KeyTaken { key }))
}

async fn batches(app: &App, import: i64, edition: EditionId, prepared: &Prepared) -> Result<(), Stopped> {
    let total = prepared.clauses.len()
        + prepared.commitments.len()
        + prepared.notices.len()
        + prepared.words.len()
        + prepared.joins.len();
    let mut written = 0;
    macro_rules! write {
        ($rows:expr, |$tx:ident, $batch:ident| $add:expr) => {
            for batch in $rows.chunks(BATCH) {
                written += batch.len();
                let $batch = batch.to_vec();
                let (done, of) = (u32::try_from(written).unwrap_or(0), u32::try_from(total).unwrap_or(0));
                housekeep(app, move |$tx| {
                    $add?;
                    imports::advance($tx, import, "write", done, of)
                })
                .await?;
            }
        };
    }
    write!(prepared.clauses, |tx, batch| clauses::add(tx, edition, &batch));
    write!(prepared.commitments, |tx, batch| commitments::add(tx, edition, &batch));
    write!(prepared.notices, |tx, batch| notices::add(tx, edition, &batch));
    write!(prepared.joins, |tx, batch| joins::add(tx, edition, &batch));
    let keyed = |(kind, number, words): &search::Words| {
        let number = u32::try_from(*number).unwrap_or(0);
        let key = match kind {
            Kind::Clause => clause_id(edition, number).0,
            _ => commitment_id(edition, number).0,
        };
        (*kind, key, words.clone())
    };
    let words: Vec<search::Words> = prepared.words.iter().map(keyed).collect();
    write!(words, |tx, batch| search::add(tx, &batch));
    Ok(())
}

/// The short step: visible, numbered, journaled.
async fn show(
    app: &App,
    session: &Session,
    import: i64,
    edition: EditionId,
    prepared: Prepared,
) -> Result<(), Stopped> {
    let shown = operate(app, session, Operation::under("plan.import", ACTION), move |work| {
        // Somebody else may have brought the same files meanwhile.
        let digests = prepared.documents.iter().map(|d| d.0.sha256.clone()).collect();
        if let Some(known) = with_files(work.tx, digests)? {
            return Ok(Done::nothing(Some(known)));
        }
        flip(work, import, edition, &prepared)
    });
    match shown.await? {
        Some((plan, edition)) => Err(Stopped::Known { plan, edition }),
        None => Ok(()),
    }
}

fn flip(
    work: &mut Work<'_, '_>,
    import: i64,
    edition: EditionId,
    prepared: &Prepared,
) -> Result<Done<Option<(String, EditionId)>>, Failure> {
    editions::show(work.tx, edition)?.ok_or(Failure::Absent("edition"))?;
    search::add(work.tx, &[(Kind::Edition, edition.0, prepared.title_words.clone())])?;
    let row = editions::find(work.tx, edition)?.ok_or(Failure::Absent("edition"))?;
    editions::name_plan(work.tx, row.plan, &row.title)?;
    let sources: Vec<Source> = prepared.documents.iter().map(|(row, _)| source(row)).collect();
    attach_sources(work, &Object::new("edition", edition), &sources)?;
    let by = work.session.by();
    let event = EventRow {
        verb: "imported".to_owned(),
        at: work.now,
        account: by.account,
        account_name: by.name,
        note: prepared.documents.iter().map(|d| d.0.name.as_str()).collect::<Vec<_>>().join("、"),
        touched: u32::try_from(prepared.commitments.len()).unwrap_or(u32::MAX),
        journal: Some(work.entry()?),
    };
    editions::add_event(work.tx, edition, &event)?;
    let plan = editions::plan_of(work.tx, row.plan)?.map(|p| p.key);
    imports::finish(work.tx, import, "done", &[], plan.as_deref(), Some(edition))?;
    let opened = Opened::of(work.tx, edition)?;
    tell(work, &opened, &Happened::Imported(prepared.commitments.len()))?;
    let record = Record::on(Object::new("edition", edition)).made(&row).rows(prepared.digests.clone());
    Ok(Done::recorded(None, record))
}
