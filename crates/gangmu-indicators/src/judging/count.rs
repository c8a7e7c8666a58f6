//! Counting as plans do in their first clause (指标完成情况统计): met, else likely, else not; by kind and legal type.

use super::{Edition, Judgement, Status};
use crate::measure::LegalKind;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

/// A judged indicator (计数对象).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Binding or anticipatory.
    pub legal: LegalKind,
    /// Its category in the plan.
    pub category: String,
    /// How it stands.
    pub judgement: Judgement,
    /// How likely its end target is met.
    pub probability: Option<Decimal>,
}

/// So many of each legal kind (按指标属性计数).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ByKind {
    /// Anticipatory ones.
    pub anticipatory: usize,
    /// Binding ones.
    pub binding: usize,
}

/// The counts (完成情况).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All indicators.
    pub all: ByKind,
    /// Met already (提前完成).
    pub met: ByKind,
    /// Expected to be met (预计能够完成).
    pub likely: ByKind,
    /// Not expected to be met (预计不能完成).
    pub unlikely: ByKind,
    /// Neither value nor forecast (无数据): counted apart, never as met.
    pub unknown: ByKind,
}

impl ByKind {
    /// Both kinds.
    pub fn total(self) -> usize {
        self.anticipatory + self.binding
    }

    fn add(&mut self, legal: LegalKind) {
        match legal {
            LegalKind::Anticipatory => self.anticipatory += 1,
            LegalKind::Binding => self.binding += 1,
        }
    }
}

impl Counts {
    /// The named facts of the summary's sentence (`judging-summary`).
    pub fn facts(&self) -> Vec<(&'static str, usize)> {
        let Self { all, met, likely, unlikely, unknown } = self;
        vec![
            ("all", all.total()),
            ("all_anticipatory", all.anticipatory),
            ("all_binding", all.binding),
            ("met", met.total()),
            ("met_anticipatory", met.anticipatory),
            ("met_binding", met.binding),
            ("likely", likely.total()),
            ("likely_anticipatory", likely.anticipatory),
            ("likely_binding", likely.binding),
            ("unlikely", unlikely.total()),
            ("unlikely_anticipatory", unlikely.anticipatory),
            ("unlikely_binding", unlikely.binding),
            ("unknown", unknown.total()),
        ]
    }
}

/// Counts all, and each category.
pub fn counts<'a>(
    edition: &Edition,
    rows: impl IntoIterator<Item = &'a Counted>,
) -> (Counts, BTreeMap<String, Counts>) {
    let (mut all, mut categories) = (Counts::default(), BTreeMap::<String, Counts>::new());
    for row in rows {
        for counts in [&mut all, categories.entry(row.category.clone()).or_default()] {
            counts.all.add(row.legal);
            let part = match (row.judgement.status, row.probability) {
                (Status::Met, _) => &mut counts.met,
                (_, Some(probability)) if probability >= edition.likely => &mut counts.likely,
                (_, Some(_)) => &mut counts.unlikely,
                (_, None) => &mut counts.unknown,
            };
            part.add(row.legal);
        }
    }
    (all, categories)
}
