//! Rows of an annex (附表行) and the indicators of the text: one list with all sources, and where they disagree.

mod compare;

use crate::{
    Document,
    grid::Table,
    has_sheets,
    joined::{AnnexFlag, AnnexRow, Conflict, JoinedIndicator, Place, SourceOf},
    recognise::TableKind,
};
use compare::{Statement, disagreements};
use gangmu_plan::compiled::{Attribute, ChangeKind, Comparator, Indicator};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::collections::{BTreeSet, HashMap};

/// A row of an annex with the indicator that the compiler read from it.
#[derive(Debug, Clone)]
pub(crate) struct Read {
    row: AnnexRow,
    indicator: Indicator,
}

/// The rows of a file's tables of indicators.
pub(crate) fn rows(file: &Document, tables: &[Table], kinds: &[TableKind]) -> Vec<Read> {
    let mut out = Vec::new();
    for indicator in &file.plan.indicators {
        let Some(&(start, _)) = indicator.rows.first() else { continue };
        let at = tables.iter().zip(kinds).find(|(t, _)| t.span.0 <= start && start < t.span.1.max(t.span.0 + 1));
        let place = match at {
            Some((_, TableKind::Assignments | TableKind::Continued | TableKind::Projects)) => continue,
            Some((table, _)) => Place {
                file: file.name.clone(),
                sheet: table.sheet.clone(),
                table: table.number,
                row: table.row_at(start).map_or(0, |row| row.number),
            },
            None if has_sheets(&file.source) => continue,
            // Cells that stand one a line are no table of the file.
            None => Place { file: file.name.clone(), sheet: None, table: Some(1), row: line(file, start) },
        };
        let flags = own_flags(indicator).into_iter().collect();
        out.push(Read { row: row(indicator, place, flags), indicator: indicator.clone() });
    }
    out
}

fn line(file: &Document, start: u32) -> u32 {
    let before = file.source.text.chars().take(start as usize).filter(|c| *c == '\n').count();
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

fn row(indicator: &Indicator, place: Place, flags: Vec<AnnexFlag>) -> AnnexRow {
    AnnexRow {
        place,
        span: (indicator.start, indicator.end),
        name: indicator.name.clone(),
        parent: indicator.parent.clone(),
        unit: indicator.unit.clone(),
        category: indicator.category.clone(),
        attribute: indicator.attribute,
        baseline: indicator.baseline.clone(),
        target: indicator.target.clone(),
        change: indicator.change.clone(),
        flags,
    }
}

/// The doubts that a row raises by itself.
fn own_flags(indicator: &Indicator) -> BTreeSet<AnnexFlag> {
    let mut flags = BTreeSet::new();
    let (target, change) = (&indicator.target, &indicator.change);
    if target.value.is_none() && target.low.is_none() && target.high.is_none() && change.value.is_none() {
        flags.insert(AnnexFlag::TargetWithoutValue);
    }
    if arithmetic_fails(indicator) {
        flags.insert(AnnexFlag::Arithmetic);
    }
    let ratio = |text: &str| text.contains(['∶', '：', ':']) && text.chars().any(|c| c.is_ascii_digit());
    if target.text.as_deref().is_some_and(ratio) || is_share_of_one(indicator) {
        flags.insert(AnnexFlag::RatioValue);
    }
    let category = indicator.category.as_deref().unwrap_or_default();
    let denied = match indicator.attribute {
        Some(Attribute::Binding) => category.contains("预期性"),
        Some(Attribute::Anticipatory) => category.contains("约束性"),
        None => false,
    };
    if denied {
        flags.insert(AnnexFlag::AttributeConflict);
    }
    flags
}

/// 0.72 under %: a share of one where per cent is said.
fn is_share_of_one(indicator: &Indicator) -> bool {
    let share = |value: Option<Decimal>| value.is_some_and(|v| v > Decimal::ZERO && v < Decimal::ONE);
    let large = |value: Option<Decimal>| value.is_some_and(|v| v > Decimal::TEN);
    let (base, target) = (indicator.baseline.value, indicator.target.value);
    let percent = indicator.unit.as_deref() == Some("%");
    let rate = ["率", "比重", "占比", "比例", "水平"].iter().any(|end| indicator.name.ends_with(end));
    percent
        && (share(base) && large(target)
            || share(target) && large(base)
            || rate && share(base) && target.is_some_and(|t| t > Decimal::ZERO && t <= Decimal::ONE))
}

/// Do base, target and change of a row contradict each other, in whatever way the change may be meant?
fn arithmetic_fails(indicator: &Indicator) -> bool {
    let exact = |c: Option<Comparator>| matches!(c, None | Some(Comparator::Eq));
    if !exact(indicator.target.comparator) || !exact(indicator.change.comparator) {
        return false;
    }
    let year = |period: &Option<String>| period.as_deref().and_then(|p| p.parse::<i32>().ok());
    let numbers = (
        indicator.baseline.value.and_then(|v| v.to_f64()),
        indicator.target.value.and_then(|v| v.to_f64()),
        indicator.change.value.and_then(|v| v.to_f64()),
        year(&indicator.baseline.period),
        year(&indicator.target.period),
    );
    let (Some(base), Some(target), Some(change), Some(from), Some(to)) = numbers else { return false };
    let years = f64::from(to - from);
    if years <= 0.0 || base <= 0.0 || target <= 0.0 {
        return false;
    }
    let growth = ((target / base).powf(1.0 / years) - 1.0) * 100.0;
    let possible = match indicator.change.kind {
        Some(ChangeKind::Cumulative) => vec![target - base, (target / base - 1.0) * 100.0, target],
        _ => vec![growth, (target - base) / years, (target / base - 1.0) * 100.0 / years],
    };
    // Stated figures are rounded, the base more coarsely than the growth.
    let near = |meant: &f64| (meant.abs() - change.abs()).abs() <= 0.06_f64.max(change.abs() * 0.04);
    !possible.iter().any(near)
}

/// The annexes merged with the outline.
pub(crate) struct Merged {
    pub indicators: Vec<JoinedIndicator>,
    pub rows: Vec<AnnexRow>,
    pub conflicts: Vec<Conflict>,
}

/// Joins rows to the indicators of the text by their names; what disagrees stays, with both sources.
pub(crate) fn merge(outline: &Document, mut rows: Vec<Read>) -> Merged {
    let mut indicators: Vec<JoinedIndicator> = outline
        .plan
        .indicators
        .iter()
        .map(|indicator| JoinedIndicator { sources: vec![in_text(outline, indicator)], indicator: indicator.clone() })
        .collect();
    let texts: Vec<(Indicator, SourceOf)> =
        indicators.iter().map(|joined| (joined.indicator.clone(), joined.sources[0].clone())).collect();
    let mut named: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, (indicator, _)) in texts.iter().enumerate() {
        named.entry(compare::key(indicator)).or_default().push(index);
    }
    let mut conflicts = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for at in 0..rows.len() {
        let key = compare::key(&rows[at].indicator);
        let own = SourceOf::Row(rows[at].row.place.clone());
        let mut flags: BTreeSet<AnnexFlag> = rows[at].row.flags.iter().copied().collect();
        if let Some(&before) = seen.get(&key) {
            flags.insert(AnnexFlag::DuplicateRow);
            let (here, there) =
                (Statement::of(&rows[at].indicator, &own), SourceOf::Row(rows[before].row.place.clone()));
            let found = disagreements(&Statement::of(&rows[before].indicator, &there), &here);
            found.iter().for_each(|c| mark(&mut flags, c));
            conflicts.extend(found);
        } else {
            seen.insert(key.clone(), at);
        }
        let same = named.get(&key).cloned().unwrap_or_default();
        let mut agreed = None;
        for &index in &same {
            let (text, source) = &texts[index];
            if !compare::comparable(text, &rows[at].indicator) {
                continue;
            }
            let found = disagreements(&Statement::of(text, source), &Statement::of(&rows[at].indicator, &own));
            found.iter().for_each(|c| mark(&mut flags, c));
            agreed = agreed.or(Some(index));
            conflicts.extend(found);
        }
        rows[at].row.flags = flags.into_iter().collect();
        match agreed {
            Some(index) => {
                fill(&mut indicators[index].indicator, &rows[at].indicator);
                indicators[index].sources.push(own);
            }
            None => {
                let indicator = Indicator { clause: String::new(), ..rows[at].indicator.clone() };
                indicators.push(JoinedIndicator { indicator, sources: vec![own] });
            }
        }
    }
    conflicts.dedup();
    Merged { indicators, rows: rows.into_iter().map(|read| read.row).collect(), conflicts }
}

fn mark(flags: &mut BTreeSet<AnnexFlag>, conflict: &Conflict) {
    use crate::joined::ConflictKind as Kind;
    flags.insert(match conflict.kind {
        Kind::Unit => AnnexFlag::UnitConflict,
        Kind::Attribute => AnnexFlag::AttributeConflict,
        _ => AnnexFlag::TextTableConflict,
    });
}

fn in_text(outline: &Document, indicator: &Indicator) -> SourceOf {
    SourceOf::Text {
        file: outline.name.clone(),
        clause: indicator.clause.clone(),
        start: indicator.start,
        end: indicator.end,
    }
}

/// Takes over what the text left out.
fn fill(known: &mut Indicator, row: &Indicator) {
    known.unit = known.unit.take().or_else(|| row.unit.clone());
    known.attribute = known.attribute.or(row.attribute);
    known.category = known.category.take().or_else(|| row.category.clone());
    known.parent = known.parent.take().or_else(|| row.parent.clone());
    if known.baseline.value.is_none() {
        known.baseline = row.baseline.clone();
    }
    let target = &known.target;
    if target.value.is_none() && target.low.is_none() && target.high.is_none() && target.text.is_none() {
        known.target = row.target.clone();
    }
    if known.change.value.is_none() && known.change.text.is_none() {
        known.change = row.change.clone();
    }
}

#[cfg(test)]
mod tests;
