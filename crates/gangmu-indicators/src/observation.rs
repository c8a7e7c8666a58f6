//! What is known of an indicator (观测值, D6): every value with its vintage, and which of them is read on a day.
//!
//! *In:* values as they were handed in, one after the other. *Out:* the value that is shown, what it replaced, and which
//! other source says something else. *Never:* overwrites, averages, or hides that two sources disagree.

mod code;
#[cfg(test)]
mod tests;

pub use code::{pack, period_code, period_of, unpack};

use crate::{definition::Definition, measure::Frequency};
use gangmu_kernel::{
    period::{Grain, Period},
    quantity::Quantity,
    refusals,
    unit::Unit,
};
use jiff::{Timestamp, civil::Date};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a value is to those who read it (数据状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The first figure, still to be checked (初步).
    Preliminary,
    /// Checked (核实).
    Final,
    /// Changed after it was checked (修订).
    Revised,
    /// Estimated, also of a period that is not over (估计).
    Estimated,
    /// There is none (缺失).
    Missing,
    /// Counted otherwise than the values before (口径断点).
    Break,
}

impl Status {
    /// All of them; the place in this list is the code in the database and is never given to another one.
    pub const ALL: [Self; 6] =
        [Self::Preliminary, Self::Final, Self::Revised, Self::Estimated, Self::Missing, Self::Break];

    /// The word in files, tables and interfaces.
    pub fn word(self) -> &'static str {
        match self {
            Self::Preliminary => "preliminary",
            Self::Final => "final",
            Self::Revised => "revised",
            Self::Estimated => "estimated",
            Self::Missing => "missing",
            Self::Break => "break",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Its code in the database.
    pub fn code(self) -> i64 {
        Self::ALL.iter().position(|one| *one == self).map_or(0, |at| at as i64)
    }

    /// The one of that code.
    pub fn of_code(code: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }
}

/// Who says it (数据来源类别): earlier ones win over later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Official statistics (统计).
    Statistics,
    /// The department that answers for it (部门).
    Department,
    /// Whoever reports of themselves (自报).
    Reported,
}

impl Source {
    /// All of them, the weightiest first; the place in this list is the code in the database.
    pub const ALL: [Self; 3] = [Self::Statistics, Self::Department, Self::Reported];

    /// The word in files, tables and interfaces.
    pub fn word(self) -> &'static str {
        match self {
            Self::Statistics => "statistics",
            Self::Department => "department",
            Self::Reported => "reported",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Its code in the database.
    pub fn code(self) -> i64 {
        Self::ALL.iter().position(|one| *one == self).map_or(0, |at| at as i64)
    }

    /// The one of that code.
    pub fn of_code(code: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }
}

/// A value as it was handed in (数据版次).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vintage {
    /// Who says it.
    pub source: Source,
    /// The operation that brought it; later ones have higher numbers.
    pub entry: i64,
    /// When it became known.
    pub recorded_at: Timestamp,
    /// What it is.
    pub status: Status,
    /// The value; none where there is none.
    pub value: Option<Decimal>,
}

/// What is known of one indicator, area and period (读数).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The value that is shown.
    pub current: Vintage,
    /// What other sources say last, where it is something else.
    pub disagreeing: Vec<Vintage>,
    /// What later ones of the same source replaced, newest first.
    pub replaced: Vec<Vintage>,
}

/// Reads vintages as they were known at that moment, or as they are known now; none where nothing was known.
///
/// Of each source the last word counts. Among the sources the weightiest that has a value is shown.
pub fn read(vintages: &[Vintage], as_of: Option<Timestamp>) -> Option<Reading> {
    let mut known: Vec<Vintage> =
        vintages.iter().copied().filter(|one| as_of.is_none_or(|as_of| one.recorded_at <= as_of)).collect();
    known.sort_by_key(|one| (one.source, std::cmp::Reverse((one.recorded_at, one.entry))));
    let (mut last, mut replaced): (Vec<Vintage>, Vec<Vintage>) = (Vec::new(), Vec::new());
    for one in known {
        match last.last() {
            Some(before) if before.source == one.source => replaced.push(one),
            _ => last.push(one),
        }
    }
    let shown = last.iter().position(|one| one.value.is_some()).unwrap_or(0);
    if last.is_empty() {
        return None;
    }
    let current = last.remove(shown);
    let disagreeing = last.into_iter().filter(|one| one.value.is_some() && one.value != current.value).collect();
    replaced.sort_by_key(|one| std::cmp::Reverse((one.recorded_at, one.entry)));
    Some(Reading { current, disagreeing, replaced })
}

/// A value that somebody hands in (填报值).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// For which period.
    pub period: Period,
    /// What it is.
    pub status: Status,
    /// The value; none where there is none.
    pub value: Option<Decimal>,
    /// In which unit, where that is written.
    pub unit: Option<String>,
}

refusals! {
    /// Why a value can't be taken (填报方面的拒绝理由).
    #[derive(Clone)]
    pub enum ObservationRefusal {
        /// Finer than the indicator is observed, or no period of reports at all.
        #[error("{period} is no period of an indicator observed by {frequency}")]
        Period { period: String, frequency: Frequency } = "indicators-value-period",
        /// The period is not over yet, and the value is no estimate.
        #[error("{period} is not over")]
        Future { period: String } = "indicators-value-future",
        /// No value, and it is not said to be missing.
        #[error("no value")]
        NoValue {} = "indicators-value-none",
        /// A value that is said to be missing.
        #[error("a missing value")]
        ValueOfMissing {} = "indicators-value-of-missing",
        /// More digits than are kept exactly.
        #[error("{value} has more than 18 digits")]
        Digits { value: Decimal } = "indicators-value-digits",
        /// A unit that is not the indicator's and can't be converted into it exactly.
        #[error("{given} is not {unit}")]
        Unit { given: String, unit: String } = "indicators-value-unit",
    }
}

/// The value as it is kept, in the indicator's unit; or everything that speaks against it.
pub fn take(definition: &Definition, given: &Given, today: Date) -> Result<Option<Decimal>, Vec<ObservationRefusal>> {
    let mut wrong = Vec::new();
    let period = || given.period.to_string();
    if !fits(definition.frequency, given.period) {
        wrong.push(ObservationRefusal::Period { period: period(), frequency: definition.frequency });
    }
    if given.period.last_day() > today && !matches!(given.status, Status::Estimated | Status::Missing) {
        wrong.push(ObservationRefusal::Future { period: period() });
    }
    match (given.value, given.status) {
        (None, Status::Missing) | (Some(_), Status::Preliminary | Status::Final | Status::Revised) => {}
        (Some(_), Status::Estimated | Status::Break) => {}
        (None, _) => wrong.push(ObservationRefusal::NoValue {}),
        (Some(_), Status::Missing) => wrong.push(ObservationRefusal::ValueOfMissing {}),
    }
    let value = match given.value.map(|value| in_unit(definition, value, given.unit.as_deref())).transpose() {
        Ok(value) => value,
        Err(refusal) => {
            wrong.push(refusal);
            None
        }
    };
    if let Some(value) = value.filter(|value| pack(*value).is_none()) {
        wrong.push(ObservationRefusal::Digits { value });
    }
    if wrong.is_empty() { Ok(value.map(|value| value.normalize())) } else { Err(wrong) }
}

/// May an indicator that is observed so often have a value of that period? Coarser ones may, finer ones may not.
fn fits(frequency: Frequency, period: Period) -> bool {
    if period_code(period).is_none() {
        return false;
    }
    match period.grain() {
        Grain::Year => true,
        Grain::Half => frequency >= Frequency::Half,
        Grain::Quarter => frequency >= Frequency::Quarter,
        // 1—9 月 is what quarterly figures are published for.
        Grain::Months => frequency >= Frequency::Quarter,
        _ => frequency >= Frequency::Month,
    }
}

/// The value in the indicator's unit, exactly.
fn in_unit(definition: &Definition, value: Decimal, given: Option<&str>) -> Result<Decimal, ObservationRefusal> {
    let own = definition.unit.as_deref().unwrap_or_default();
    let Some(given) = given.map(str::trim).filter(|given| !given.is_empty() && *given != own) else {
        return Ok(value);
    };
    let refused = || ObservationRefusal::Unit { given: given.to_owned(), unit: own.to_owned() };
    let (from, to): (Unit, Unit) = match (given.parse(), own.parse()) {
        (Ok(from), Ok(to)) => (from, to),
        _ => return Err(refused()),
    };
    Quantity::new(value, from).in_unit(to).map(|quantity| quantity.value).map_err(|_| refused())
}
