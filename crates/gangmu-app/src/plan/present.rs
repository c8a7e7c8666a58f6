//! Rows as pages show them (呈现): commitments, goals, doubts, records.

use super::{
    address::Address,
    lines::Lines,
    views::{CommitmentView, DoubtView, GoalView, RecordView, SignView, StandingWord},
};
use gangmu_kernel::{ids::EditionId, masking};
use gangmu_plan::{
    proposal::{Certainty, Goal, Proposal},
    register::{comparator_sign, direction_word, goal_line, goal_value},
    review::Standing,
};
use gangmu_store::{
    Fault, Tx,
    plan::{
        clause_id,
        clauses::{self, HeadingRow},
        commitments::CommitmentRow,
        decisions::{self, DecisionRow},
        editions::{self, DocumentRow, EventRow},
        notices::{self, NoticeRow},
    },
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// How many numbers a line of the record names.
const NAMED: u32 = 6;

/// Makes views of commitments and doubts of one edition, whatever clauses they stand in.
pub(crate) struct Presenter<'p> {
    address: &'p Address,
    lines: BTreeMap<u32, Lines<'p>>,
    doubts: BTreeMap<u32, NoticeRow>,
    documents: Vec<DocumentRow>,
}

impl<'p> Presenter<'p> {
    /// Loads what those commitments and doubts need: their clauses and the doubts that touch them.
    pub fn load(
        tx: &mut Tx<'_>,
        edition: EditionId,
        address: &'p Address,
        headings: &'p [HeadingRow],
        commitments: &[CommitmentRow],
        more: Vec<NoticeRow>,
    ) -> Result<Self, Fault> {
        let numbers: BTreeSet<u32> =
            commitments.iter().filter_map(|c| c.proposal.as_ref()).flat_map(|p| &p.doubts).map(|d| d + 1).collect();
        let numbers: Vec<u32> = numbers.into_iter().collect();
        let mut doubts: BTreeMap<u32, NoticeRow> = more.into_iter().map(|n| (n.number, n)).collect();
        if !numbers.is_empty() {
            doubts.extend(notices::by_numbers(tx, edition, &numbers)?.into_iter().map(|n| (n.number, n)));
        }
        let mut wanted: BTreeSet<u32> = commitments.iter().map(|c| c.commitment.clause).collect();
        wanted.extend(doubts.values().map(|d| d.clause));
        let ids: Vec<i64> = wanted.into_iter().map(|number| clause_id(edition, number).0).collect();
        let rows = if ids.is_empty() { Vec::new() } else { clauses::by_ids(tx, &ids)? };
        let lines = rows.into_iter().map(|row| (row.number, Lines::of(row, headings))).collect();
        Ok(Self { address, lines, doubts, documents: editions::documents(tx, edition)? })
    }

    /// A commitment.
    pub fn commitment(&self, row: &CommitmentRow) -> CommitmentView {
        let c = &row.commitment;
        let lines = self.lines.get(&c.clause);
        let touching = row.proposal.iter().flat_map(|p| &p.doubts).filter_map(|d| self.doubts.get(&(d + 1)));
        let certainty = c.confidence.map(Certainty::of);
        CommitmentView {
            id: row.id.0,
            number: c.number,
            address: lines.map_or_else(|| self.address.plan(), |l| l.address(self.address, c.span.0)),
            reference: lines.map_or_else(String::new, |l| l.reference(c.span.0)),
            standing: standing_word(c.standing),
            form: c.form.clone(),
            goal: c.form.goal.as_ref().map(goal_view),
            rule: row.proposal.as_ref().map(|p| p.origin.rule.clone()),
            confidence: c.confidence.map(|d| format!("{d:.2}")),
            certainty,
            cells: c.confidence.map_or(0, cells),
            doubts: touching.map(|d| self.doubt(d)).collect(),
            start: c.span.0,
            end: c.span.1,
            annex: self.annex(c.span.0),
            reject_reason: match c.standing {
                Standing::Rejected(reason) => Some(reason.number()),
                _ => None,
            },
            split_from: c.split_from,
            version: super::version::of_row(row),
        }
    }

    fn annex(&self, offset: u32) -> Option<String> {
        let document = self.documents.iter().rfind(|d| d.span_start <= offset)?;
        (document.position > 0).then(|| document.name.clone())
    }

    /// A doubt.
    pub fn doubt(&self, row: &NoticeRow) -> DoubtView {
        let first = row.notice.spans.first().copied().unwrap_or_default();
        let lines = self.lines.get(&row.clause);
        DoubtView {
            number: row.number,
            kind: row.notice.kind,
            message: row.notice.message.clone(),
            fields: row.notice.fields.clone(),
            spans: row.notice.spans.clone(),
            quote: lines.map_or_else(String::new, |l| l.words(first)),
            address: lines.map_or_else(|| self.address.plan(), |l| l.address(self.address, first.0)),
            reference: lines.map_or_else(String::new, |l| l.reference(first.0)),
            settled: row.settled.clone(),
        }
    }
}

/// Filled cells of five: one for each fifth begun, five only for 有把握.
pub(super) fn cells(confidence: Decimal) -> u8 {
    match Certainty::of(confidence) {
        Certainty::Sure => 5,
        Certainty::Likely => 4,
        Certainty::Unsure if confidence >= Decimal::new(60, 2) => 3,
        Certainty::Unsure if confidence >= Decimal::new(40, 2) => 2,
        Certainty::Unsure => 1,
    }
}

/// The word for pages.
pub(crate) fn standing_word(standing: Standing) -> StandingWord {
    match standing {
        Standing::Proposed => StandingWord::Proposed,
        Standing::Accepted => StandingWord::Accepted,
        Standing::Changed => StandingWord::Changed,
        Standing::Added => StandingWord::Added,
        Standing::Doubted => StandingWord::Doubted,
        Standing::Rejected(_) => StandingWord::Rejected,
        Standing::Divided => StandingWord::Divided,
    }
}

/// A goal in parts.
pub(crate) fn goal_view(goal: &Goal) -> GoalView {
    let value = goal_value(goal);
    let baseline = goal.baseline.map(|b| {
        let unit = goal.unit.as_deref().unwrap_or_default();
        match &goal.baseline_period {
            Some(period) => format!("{}{unit}（{period}）", b.normalize()),
            None => format!("{}{unit}", b.normalize()),
        }
    });
    GoalView {
        comparator: comparator_sign(goal.comparator),
        direction: goal.direction.filter(|_| value.is_empty()).map(direction_word),
        value,
        unit: goal.unit.clone(),
        period: goal.period.clone(),
        baseline,
        line: goal_line(goal),
    }
}

/// Signs that moved a confidence.
pub(crate) fn signs(proposal: Option<&Proposal>) -> Vec<SignView> {
    let signs = proposal.iter().flat_map(|p| &p.origin.signs).map(|sign| {
        let lowers = sign.delta.is_sign_negative();
        let amount = sign.delta.abs();
        SignView { name: sign.name.clone(), delta: format!("{}{amount:.2}", if lowers { '−' } else { '+' }), lowers }
    });
    signs.collect()
}

/// Words of the record that pages know.
pub(crate) fn verb(word: &str) -> &'static str {
    const VERBS: [&str; 15] = [
        "imported",
        "accepted",
        "accepted_in_bulk",
        "assigned",
        "reconciled",
        "changed",
        "split",
        "rejected",
        "added",
        "doubted",
        "undone",
        "approved",
        "published",
        "withdrawn",
        "settled",
    ];
    VERBS.into_iter().find(|v| *v == word).unwrap_or("imported")
}

/// A decision in the record.
pub(crate) fn record(tx: &mut Tx<'_>, edition: EditionId, row: &DecisionRow) -> Result<RecordView, Fault> {
    Ok(RecordView {
        at: row.at,
        who: masking::name(&row.account_name),
        verb: verb(&row.verb),
        numbers: decisions::touched(tx, edition, row.number, NAMED)?,
        count: row.touched,
        note: Some(row.note.clone()).filter(|n| !n.is_empty()),
        journal: row.journal,
        undone: row.undone,
    })
}

/// Something that happened to the edition, in the record.
pub(crate) fn event(row: &EventRow) -> RecordView {
    RecordView {
        at: row.at,
        who: masking::name(&row.account_name),
        verb: verb(&row.verb),
        numbers: Vec::new(),
        count: row.touched,
        note: Some(row.note.clone()).filter(|n| !n.is_empty()),
        journal: row.journal,
        undone: false,
    }
}
