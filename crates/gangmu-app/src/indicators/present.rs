//! Rows of indicators as pages show them (呈现).

use super::views::TargetView;
use gangmu_indicators::{
    contract::{Basis, in_force},
    definition::Definition,
    measure::Comparator,
};
use gangmu_kernel::{ids::IndicatorId, masking};
use gangmu_store::indicators::targets::TargetRow;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The page of an indicator.
pub(crate) fn address(id: IndicatorId) -> String {
    format!("/indicators/{}", id.0)
}

/// The sign of a comparison.
fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Ge => "≥",
        Comparator::Gt => "＞",
        Comparator::Le | Comparator::UpToRank => "≤",
        Comparator::Lt => "＜",
        Comparator::About => "约",
        Comparator::Eq => "",
    }
}

/// A value with its sign and range, as text.
fn value(low: Option<Decimal>, high: Option<Decimal>, value: Option<Decimal>) -> String {
    let plain = |value: Decimal| value.normalize().to_string();
    match (value, low, high) {
        (Some(value), ..) => plain(value),
        (None, Some(low), Some(high)) => format!("{}～{}", plain(low), plain(high)),
        (None, Some(one), None) | (None, None, Some(one)) => plain(one),
        (None, None, None) => String::new(),
    }
}

/// A version of a target.
pub(super) fn target(row: &TargetRow, definition: &Definition, holds: bool) -> TargetView {
    let terms = &row.terms;
    TargetView {
        number: row.number,
        state: row.state.word(),
        in_force: holds,
        period: row.period.clone(),
        basis: terms.basis.word(),
        comparator: match (terms.low, terms.high) {
            (Some(_), Some(_)) => "",
            _ => sign(terms.comparator),
        },
        value: value(terms.low, terms.high, terms.value),
        unit: match terms.basis {
            Basis::AverageGrowth => "%".to_owned(),
            _ => definition.unit.clone().unwrap_or_default(),
        },
        open: terms.is_open(),
        text: terms.text.clone(),
        baseline: terms.baseline.map(|baseline| baseline.normalize().to_string()),
        baseline_period: terms.baseline_period.clone(),
        document: row.document.clone(),
        reason: row.reason.clone(),
        effective_from: row.effective_from,
        by: masking::name(&row.account_name),
        at: row.at,
        decided_by: row.decided.as_ref().map(|(_, _, name)| masking::name(name)),
        note: row.note.clone(),
    }
}

/// Targets by area and period, each with its versions as they were made.
pub(super) fn contracts(rows: &[TargetRow]) -> BTreeMap<(i64, &str), Vec<&TargetRow>> {
    let mut all: BTreeMap<(i64, &str), Vec<&TargetRow>> = BTreeMap::new();
    for row in rows {
        all.entry((row.area, row.period.as_str())).or_default().push(row);
    }
    all
}

/// The version of a contract that holds on that day.
pub(super) fn holding<'r>(versions: &[&'r TargetRow], day: Date) -> Option<&'r TargetRow> {
    let plain: Vec<_> = versions.iter().map(|row| row.version()).collect();
    let number = in_force(&plain, day)?.number;
    versions.iter().copied().find(|row| row.number == number)
}

/// The target that holds for an area on that day, of the latest period.
pub(super) fn latest(rows: &[TargetRow], area: i64, day: Date) -> Option<&TargetRow> {
    let of_area = contracts(rows).into_iter().filter(|((place, _), _)| *place == area);
    of_area.filter_map(|(_, versions)| holding(&versions, day)).next_back()
}
