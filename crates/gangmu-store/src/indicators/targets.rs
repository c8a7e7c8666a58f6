//! Targets as contracts (目标约定) as rows: every version there was, what it promises and where it stands.

use super::{json, read_json};
use crate::{db::Tx, fault::Fault, params, value::Row};
use gangmu_indicators::contract::{State, Terms, Version};
use gangmu_kernel::ids::{AccountId, EditionId, IndicatorId};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// A version of a target (约定版本).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TargetRow {
    /// The indicator.
    pub indicator: IndicatorId,
    /// For which area: its code as a number.
    pub area: i64,
    /// For which period, in canonical text.
    pub period: String,
    /// Its number within the contract, from 1.
    pub number: u32,
    /// Where it stands.
    pub state: State,
    /// What it promises.
    pub terms: Terms,
    /// The document that decides it.
    pub document: String,
    /// Why it changes.
    pub reason: String,
    /// From when on.
    pub effective_from: Date,
    /// The commitment of a plan that says it.
    pub origin: Option<(EditionId, u32)>,
    /// When it was proposed.
    pub at: Timestamp,
    /// By whom.
    pub account: AccountId,
    /// The name of that person.
    pub account_name: String,
    /// For whom a deputy proposed it.
    pub behalf: Option<AccountId>,
    /// When it was decided on, and by whom.
    pub decided: Option<(Timestamp, AccountId, String)>,
    /// What was said with the decision.
    pub note: String,
}

impl TargetRow {
    /// The version as rules see it.
    pub fn version(&self) -> Version {
        Version {
            number: self.number,
            state: self.state,
            terms: self.terms.clone(),
            effective_from: self.effective_from,
            proposers: [Some(self.account), self.behalf].into_iter().flatten().collect(),
        }
    }
}

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT indicator, area, period, number, state, terms, document, reason, effective_from, edition, commitment,
              at, account, account_name, behalf, decided_at, decider, decider_name, note FROM indicator_targets ",
            $rest
        )
    };
}

crate::statements! {
    OF = (columns!("WHERE indicator = $1 ORDER BY area, period, number"));
    OF_MANY = {
      sqlite: columns!("WHERE indicator IN (SELECT value FROM json_each($1)) AND area = $2
        ORDER BY indicator, period, number"),
      postgres: columns!("WHERE indicator IN (SELECT jsonb_array_elements_text($1)::bigint) AND area = $2
        ORDER BY indicator, period, number") };
    ADD = "INSERT INTO indicator_targets (indicator, area, period, number, state, open, terms, document, reason,
        effective_from, edition, commitment, at, account, account_name, behalf, decided_at, decider, decider_name, note)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    DECIDE = "UPDATE indicator_targets SET state = $5, decided_at = $6, decider = $7, decider_name = $8, note = $9
      WHERE indicator = $1 AND area = $2 AND period = $3 AND number = $4 AND state = 'proposed'";
}

fn target(row: &Row<'_>) -> Result<TargetRow, Fault> {
    let state: String = row.get(4)?;
    let state = State::read(&state).ok_or(Fault::Column { column: 4, wanted: "a state", got: state })?;
    let origin = row.get::<Option<EditionId>>(9)?.zip(row.get::<Option<u32>>(10)?);
    let decider = row.get::<Option<AccountId>>(16)?.zip(row.get::<Option<String>>(17)?);
    let decided = row.get::<Option<Timestamp>>(15)?.zip(decider).map(|(at, (account, name))| (at, account, name));
    Ok(TargetRow {
        indicator: row.get(0)?,
        area: row.get(1)?,
        period: row.get(2)?,
        number: row.get(3)?,
        state,
        terms: read_json(row, 5, "the terms of a target")?,
        document: row.get(6)?,
        reason: row.get(7)?,
        effective_from: row.get(8)?,
        origin,
        at: row.get(11)?,
        account: row.get(12)?,
        account_name: row.get(13)?,
        behalf: row.get(14)?,
        decided,
        note: row.get(18)?,
    })
}

/// Every version of every target of an indicator.
pub fn of(tx: &mut Tx<'_>, indicator: IndicatorId) -> Result<Vec<TargetRow>, Fault> {
    tx.query(OF, params![indicator], target)
}

/// Every version of the targets of those indicators for that area.
pub fn of_many(tx: &mut Tx<'_>, indicators: &[IndicatorId], area: i64) -> Result<Vec<TargetRow>, Fault> {
    let keys: Vec<i64> = indicators.iter().map(|id| id.0).collect();
    tx.query(OF_MANY, params![serde_json::json!(keys), area], target)
}

/// Adds a version.
pub fn add(tx: &mut Tx<'_>, row: &TargetRow) -> Result<(), Fault> {
    let (decided_at, decider, decider_name) = match &row.decided {
        Some((at, account, name)) => (Some(*at), Some(*account), Some(name.as_str())),
        None => (None, None, None),
    };
    let params = params![
        row.indicator,
        row.area,
        &row.period,
        row.number,
        row.state.word(),
        row.terms.is_open(),
        json(&row.terms),
        &row.document,
        &row.reason,
        row.effective_from,
        row.origin.map(|origin| origin.0),
        row.origin.map(|origin| origin.1),
        row.at,
        row.account,
        &row.account_name,
        row.behalf,
        decided_at,
        decider,
        decider_name,
        &row.note,
    ];
    tx.execute(ADD, params)?;
    Ok(())
}

/// Decides on a version that waits; the row is as it is then. Did it wait?
pub fn decide(tx: &mut Tx<'_>, row: &TargetRow) -> Result<bool, Fault> {
    let Some((at, account, name)) = &row.decided else { return Ok(false) };
    let key = (row.indicator, row.area, &row.period, row.number);
    let params = params![key.0, key.1, key.2, key.3, row.state.word(), *at, *account, name, &row.note];
    Ok(tx.execute(DECIDE, params)? > 0)
}
