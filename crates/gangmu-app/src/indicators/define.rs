//! Defining an indicator by hand (新增指标) and changing a definition (修订定义): a change is a version, never an overwriting.

use super::{IndicatorRefusal, key_of, object, organisation_named};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, Work, operate},
    plan::import::owner,
    session::Session,
};
use gangmu_indicators::definition::{Definition, DefinitionRefusal};
use gangmu_kernel::{
    ids::IndicatorId,
    refusal::{Reason, Reasons},
};
use gangmu_store::{
    Tx,
    indicators::{
        definitions::{self as rows, IndicatorRow, VersionRow},
        targets,
    },
};

/// A definition that somebody wants (拟定义).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The definition.
    pub definition: Definition,
    /// Why it is changed.
    pub reason: String,
}

/// Defines a new indicator; its key.
pub async fn define(app: &App, session: &Session, definition: Definition) -> Result<IndicatorId, Failure> {
    operate(app, session, Operation::under("indicators.define", "indicators.define"), move |work| {
        let scope = work.tx.scope().clone();
        let organisation = owner(work.tx, &scope, work.session.actor.organisation)?;
        let mut wrong = definition.against();
        if rows::named(work.tx, organisation, &definition.name)?.is_some() {
            wrong.push(DefinitionRefusal::Known { name: definition.name.clone() });
        }
        if let Some(reasons) = Reasons::of(&wrong) {
            return Err(reasons.into());
        }
        let lead = organisation_named(work.tx, definition.lead.first().map(String::as_str))?;
        let row = rows::add(work.tx, organisation, lead, work.session.actor.account, &definition)?;
        keep(work, &row, "")?;
        Ok(Done::recorded(row.id, Record::on(object(row.id)).made(&row)))
    })
    .await
}

/// Keeps the version that a row has now.
pub(super) fn keep(work: &mut Work<'_, '_>, row: &IndicatorRow, reason: &str) -> Result<(), Failure> {
    let (by, journal) = (work.session.by(), work.entry()?);
    let version = VersionRow {
        number: row.version,
        definition: row.definition.clone(),
        reason: reason.to_owned(),
        at: work.now,
        account: by.account,
        account_name: by.name,
        journal,
    };
    Ok(rows::add_version(work.tx, row.id, &version)?)
}

/// Changes the definition of an indicator; `seen` is the version that the change was made on.
pub async fn revise(app: &App, session: &Session, key: &str, draft: Draft, seen: u32) -> Result<(), Failure> {
    let key = key.to_owned();
    operate(app, session, Operation::under("indicators.revise", "indicators.define"), move |work| {
        let before = rows::find(work.tx, key_of(&key)?)?.ok_or(Failure::Absent("indicator"))?;
        let Draft { definition, reason } = draft;
        let reasons = against(work.tx, &before, &definition, &reason, seen)?;
        if let Some(reasons) = Reasons::gather(reasons) {
            return Err(reasons.into());
        }
        let lead = organisation_named(work.tx, definition.lead.first().map(String::as_str))?;
        let after = IndicatorRow { lead, version: before.version + 1, definition, ..before.clone() };
        rows::change(work.tx, &after)?;
        keep(work, &after, reason.trim())?;
        let record = Record::on(object(after.id)).changed(&before, &after).reason(Some(reason.trim().to_owned()));
        Ok(Done::recorded((), record))
    })
    .await
}

fn against(
    tx: &mut Tx<'_>,
    before: &IndicatorRow,
    definition: &Definition,
    reason: &str,
    seen: u32,
) -> Result<Vec<Reason>, Failure> {
    let mut wrong = definition.against();
    if seen == before.version && *definition == before.definition {
        wrong.push(DefinitionRefusal::Same {});
    }
    if reason.trim().is_empty() {
        wrong.push(DefinitionRefusal::NoReason {});
    }
    let namesake = rows::named(tx, before.organisation, &definition.name)?;
    if namesake.is_some_and(|other| other.id != before.id) {
        wrong.push(DefinitionRefusal::Known { name: definition.name.clone() });
    }
    let mut reasons: Vec<Reason> = wrong.iter().map(Reason::from).collect();
    // Targets are figures in the unit of the definition: another unit would change what was promised.
    if definition.unit != before.definition.unit && !targets::of(tx, before.id)?.is_empty() {
        let unit = before.definition.unit.clone().unwrap_or_default();
        reasons.push(Reason::from(&IndicatorRefusal::UnitOfTargets { unit }));
    }
    if seen != before.version {
        reasons.push(Reason::from(&IndicatorRefusal::Changed { version: before.version }));
    }
    Ok(reasons)
}

/// The version of an indicator's definition now, for whoever edits at the same time.
pub fn seen(tx: &mut Tx<'_>, key: &str) -> Result<String, Failure> {
    let row = rows::find(tx, key_of(key)?)?.ok_or(Failure::Absent("indicator"))?;
    Ok(row.version.to_string())
}
