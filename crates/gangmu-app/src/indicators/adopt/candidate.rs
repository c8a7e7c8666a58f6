//! An indicator as an edition names it (拟入库指标): out of the commitment that a person accepted, and of what the compiler
//! read beside it in the table.

use crate::failure::Failure;
use gangmu_indicators::{
    contract::{Basis, Terms},
    definition::{Change, Definition, Told, direction_told, measure_told},
    measure::{Comparator, Direction, LegalKind, Measure},
};
use gangmu_kernel::{ids::EditionId, period::Period};
use gangmu_plan::{
    compiled::{self, Attribute, ChangeKind, CompiledPlan, Indicator},
    proposal::{CommitmentKind, Form},
};
use gangmu_store::{
    Tx,
    plan::{
        commitments::CommitmentRow,
        editions,
        register::{self, Filter, Page},
    },
};

/// Indicators that an edition has at most.
const MOST: u32 = 2000;

/// An indicator as an edition names it.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The commitment.
    pub row: CommitmentRow,
    /// What it would be.
    pub definition: Definition,
    /// The period of its target, and what is promised; none where the plan names no period.
    pub terms: Option<(String, Terms)>,
}

impl Candidate {
    /// Number of the commitment.
    pub fn number(&self) -> u32 {
        self.row.commitment.number
    }

    /// What a person says it measures, or that this is open: direction and comparator follow where the plan names none.
    pub fn measured(&mut self, measure: Option<Measure>) {
        if self.definition.measure == measure {
            return;
        }
        self.definition.measure = measure;
        let Some(measure) = measure else {
            self.definition.direction = None;
            return;
        };
        let said = self.row.commitment.form.goal.as_ref().and_then(|goal| goal.comparator).and_then(compared);
        let usual = Direction::usual(measure, said.unwrap_or(Comparator::Ge));
        let direction = match measure {
            Measure::Cap | Measure::Rank => usual,
            _ => self.definition.direction.unwrap_or(usual),
        };
        self.definition.direction = Some(direction);
        if let (None, Some((_, terms))) = (said, &mut self.terms) {
            terms.comparator = if direction == Direction::Lower { Comparator::Le } else { Comparator::Ge };
        }
    }
}

/// The indicators of an edition that are in force, in text order.
pub(super) fn candidates(tx: &mut Tx<'_>, edition: EditionId) -> Result<Vec<Candidate>, Failure> {
    let filter = Filter {
        kind: Some(CommitmentKind::Indicator.word().to_owned()),
        standing: Some("in_force".to_owned()),
        ..Filter::default()
    };
    let rows = register::page(tx, edition, &filter, Page::First, MOST)?;
    // What a person entered by hand stands in no table; a text that another version compiled may not be read any more.
    let plan: Option<CompiledPlan> = editions::compiled(tx, edition)?.and_then(|text| serde_json::from_str(&text).ok());
    let read = plan.map(|plan| plan.indicators).unwrap_or_default();
    let candidate = |row: &CommitmentRow| {
        let beside = read.iter().find(|one| (one.start, one.end) == row.commitment.span);
        let form = &row.commitment.form;
        let period = period_of(form).or_else(|| period_beside(&rows, row.commitment.clause));
        let terms = period.map(|period| (period.to_string(), terms(form, beside)));
        Candidate { definition: definition(form, beside), terms, row: row.clone() }
    };
    Ok(rows.iter().map(candidate).collect())
}

/// The period of the target, as the row itself names it.
fn period_of(form: &Form) -> Option<Period> {
    let named = form.goal.as_ref().and_then(|goal| goal.period.as_deref()).or(form.deadline.as_deref());
    named?.parse().ok()
}

/// The period that all other rows of the same table name: it stands in the head of the column.
fn period_beside(rows: &[CommitmentRow], clause: u32) -> Option<Period> {
    let mut named = rows.iter().filter(|row| row.commitment.clause == clause);
    let first = named.find_map(|row| period_of(&row.commitment.form))?;
    named.filter_map(|row| period_of(&row.commitment.form)).all(|other| other == first).then_some(first)
}

/// The name without the number of its row, and without its unit in brackets.
fn name_of(form: &Form) -> String {
    let text = form.text.trim();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < text.len() && rest.starts_with(['.', '．', '、']);
    let name = if numbered { rest.trim_start_matches(['.', '．', '、']) } else { text };
    let unit = form.goal.as_ref().and_then(|goal| goal.unit.as_deref()).filter(|unit| !unit.is_empty());
    let bare = unit.and_then(|unit| {
        [format!("（{unit}）"), format!("({unit})")].iter().find_map(|end| name.strip_suffix(end.as_str()))
    });
    bare.unwrap_or(name).trim().to_owned()
}

fn change_of(beside: Option<&Indicator>, form: &Form) -> Option<Change> {
    let beside = beside?;
    // The change is the target only where the row has no value of its own.
    let target = &beside.target;
    if target.value.is_some() || target.low.is_some() || target.high.is_some() {
        return None;
    }
    let stated = form.goal.as_ref().is_some_and(|goal| goal.value.is_some() && goal.value == beside.change.value);
    let kind = beside.change.kind.filter(|_| stated)?;
    Some(match kind {
        ChangeKind::Annual => Change::Annual,
        ChangeKind::Cumulative => Change::Cumulative,
    })
}

fn definition(form: &Form, beside: Option<&Indicator>) -> Definition {
    let goal = form.goal.clone().unwrap_or_default();
    let name = name_of(form);
    let comparator = goal.comparator.and_then(compared);
    let told = Told { name: &name, unit: goal.unit.as_deref(), comparator, change: change_of(beside, form) };
    let measure = measure_told(told);
    let direction = direction_told(told);
    let places =
        [goal.value, goal.baseline, goal.low, goal.high].into_iter().flatten().map(|value| value.normalize().scale());
    Definition {
        category: beside.and_then(|one| one.category.clone()).unwrap_or_default(),
        legal: form.attribute.map(|attribute| match attribute {
            Attribute::Binding => LegalKind::Binding,
            Attribute::Anticipatory => LegalKind::Anticipatory,
        }),
        measure,
        direction,
        decimals: places.max().unwrap_or(0).min(4),
        lead: form.owners.lead.clone(),
        unit: goal.unit.clone().filter(|unit| !unit.is_empty()),
        ..Definition::named(&name)
    }
}

fn terms(form: &Form, beside: Option<&Indicator>) -> Terms {
    let goal = form.goal.clone().unwrap_or_default();
    let basis = match change_of(beside, form) {
        Some(Change::Annual) => Basis::AverageGrowth,
        Some(Change::Cumulative) => Basis::Cumulative,
        None => Basis::Level,
    };
    let lower = definition(form, beside).direction == Some(Direction::Lower);
    let usual = if lower { Comparator::Le } else { Comparator::Ge };
    Terms {
        basis,
        comparator: goal.comparator.and_then(compared).unwrap_or(usual),
        value: goal.value,
        low: goal.low,
        high: goal.high,
        baseline: goal.baseline,
        baseline_period: goal.baseline_period,
        text: goal.text.unwrap_or_default(),
    }
}

/// How the plan compares; a bare figure in a table says nothing of that, so the direction does.
fn compared(comparator: compiled::Comparator) -> Option<Comparator> {
    match comparator {
        compiled::Comparator::Eq => None,
        compiled::Comparator::Ge => Some(Comparator::Ge),
        compiled::Comparator::Gt => Some(Comparator::Gt),
        compiled::Comparator::Le => Some(Comparator::Le),
        compiled::Comparator::Lt => Some(Comparator::Lt),
        compiled::Comparator::About => Some(Comparator::About),
        compiled::Comparator::UpToRank => Some(Comparator::UpToRank),
    }
}
