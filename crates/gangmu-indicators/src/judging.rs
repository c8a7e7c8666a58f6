//! Where an indicator stands (研判, D7): the official word by its measure kind, with the formula and its numbers.
//!
//! | measure | r |
//! |---|---|
//! | stock, flow, ratio, cumulative change | the share of the way from the baseline to the target ÷ the share of time |
//! | cap | the period's limit ÷ the value |
//! | growth, average growth | the value ÷ the required rate |
//! | rank | the target rank ÷ the rank |
//!
//! *Met* (提前完成) is said where the end target is kept already; of caps, rates of growth and ranks, which have to hold
//! in the last period, only there. Otherwise r ≥ 1 is on schedule, from the edition's limit on nearly, below behind.
//! Beside it stands the forecast's word. Thresholds are data of the rule edition, which every judgement names.

mod count;
mod required;

use crate::{
    measure::{Comparator, Direction, LegalKind, Measure, words},
    split::whole,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use count::{ByKind, Counted, Counts, counts};
pub use required::{required_average, required_growth, required_step};

words! {
    /// The official word (官方口径的状态).
    pub enum Status {
        /// The end target is met (提前完成).
        Met = "met",
        /// As far as time has passed, or further (达到进度).
        OnSchedule = "on_schedule",
        /// Nearly as far (基本达到).
        Nearly = "nearly",
        /// Not as far (滞后).
        Behind = "behind",
        /// Nothing to judge (无数据).
        NoData = "no_data",
    }
}

words! {
    /// The forecast's word (预测口径的状态), always marked as foreseen.
    pub enum Outlook {
        /// Will probably be met (预计能够完成).
        Likely = "likely",
        /// At risk (预计有风险).
        AtRisk = "at_risk",
        /// Will hardly be met (预计难以完成).
        Unlikely = "unlikely",
    }
}

words! {
    /// Why there is nothing to judge (不能研判的原因).
    pub enum Gap {
        /// No value of the period (无实际值).
        NoValue = "no_value",
        /// The way has no start (无基期值).
        NoBaseline = "no_baseline",
        /// The target is still to be set from outside (目标待定).
        NoTarget = "no_target",
        /// Nothing of the time has passed (尚未开始).
        NotBegun = "not_begun",
        /// A figure has more digits than a decimal holds (数值过大).
        TooLarge = "too_large",
    }
}

/// A rule edition (研判规则版本): its name and its thresholds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its name, which judgements carry.
    pub name: String,
    /// From this r on it is nearly on schedule.
    pub nearly: Decimal,
    /// From this probability on it is likely.
    pub likely: Decimal,
    /// Below this probability it is unlikely.
    pub unlikely: Decimal,
}

impl Default for Edition {
    fn default() -> Self {
        let hundredths = |n: i64| Decimal::new(n, 2);
        Self { name: "1".to_owned(), nearly: hundredths(95), likely: hundredths(50), unlikely: hundredths(20) }
    }
}

/// What is judged (研判对象): an indicator in an area and a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What it measures.
    pub measure: Measure,
    /// Which way is better.
    pub direction: Direction,
    /// How its value is compared.
    pub comparator: Comparator,
    /// Where it started.
    pub baseline: Option<Decimal>,
    /// What is to be reached at the end; none where it is still to be set.
    pub target: Option<Decimal>,
    /// The period's own limit or required rate where it differs from the end's.
    pub due: Option<Decimal>,
    /// What was observed.
    pub value: Option<Decimal>,
    /// How many periods of the plan have passed.
    pub passed: u32,
    /// How many it has.
    pub periods: u32,
    /// How likely the forecast holds the end target.
    pub probability: Option<Decimal>,
}

/// How it stands (研判结果).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// The official word.
    pub status: Status,
    /// r, to four decimals; none where a comparison alone decided.
    pub ratio: Option<Decimal>,
    /// The formula with its numbers.
    pub formula: Option<String>,
    /// Why there is nothing to judge.
    pub gap: Option<Gap>,
    /// The forecast's word.
    pub outlook: Option<Outlook>,
    /// The edition that judged.
    pub edition: String,
}

/// Judges the case by the edition.
pub fn judge(edition: &Edition, case: &Case) -> Judgement {
    let (status, ratio, formula, gap) = match official(edition, case) {
        Ok((status, ratio, formula)) => (status, ratio, Some(formula), None),
        Err(gap) => (Status::NoData, None, None, Some(gap)),
    };
    let outlook = case.probability.map(|probability| edition.outlook(probability));
    Judgement { status, ratio, formula, gap, outlook, edition: edition.name.clone() }
}

impl Edition {
    /// The forecast's word for a probability.
    pub fn outlook(&self, probability: Decimal) -> Outlook {
        if probability >= self.likely {
            Outlook::Likely
        } else if probability >= self.unlikely {
            Outlook::AtRisk
        } else {
            Outlook::Unlikely
        }
    }

    fn word(&self, ratio: Decimal) -> Status {
        if ratio >= Decimal::ONE {
            Status::OnSchedule
        } else if ratio >= self.nearly {
            Status::Nearly
        } else {
            Status::Behind
        }
    }
}

type Official = (Status, Option<Decimal>, String);

fn official(edition: &Edition, case: &Case) -> Result<Official, Gap> {
    let value = case.value.ok_or(Gap::NoValue)?;
    if case.passed == 0 || case.periods == 0 {
        return Err(Gap::NotBegun);
    }
    let target = case.target.or(case.due).ok_or(Gap::NoTarget)?;
    let holds_at_the_end = matches!(case.measure, Measure::Cap | Measure::Rank) || case.measure.is_growth();
    let over = case.passed >= case.periods;
    if case.target.is_some_and(|target| case.comparator.holds(value, target)) && (over || !holds_at_the_end) {
        return Ok((Status::Met, None, compared(case.comparator, value, target)));
    }
    let due = case.due.unwrap_or(target);
    match case.measure {
        Measure::Cap | Measure::Rank => against(edition, case, (due, value), (value, due)),
        Measure::Growth | Measure::AverageGrowth => match case.direction {
            Direction::Lower => against(edition, case, (due, value), (value, due)),
            _ => against(edition, case, (value, due), (value, due)),
        },
        Measure::Stock | Measure::Flow | Measure::Ratio | Measure::CumulativeChange => {
            along_the_way(edition, case, value, target)
        }
    }
}

/// One figure by another, where both are above zero; else the comparison alone decides.
fn against(
    edition: &Edition,
    case: &Case,
    (over, under): (Decimal, Decimal),
    (value, due): (Decimal, Decimal),
) -> Result<Official, Gap> {
    if over <= Decimal::ZERO || under <= Decimal::ZERO {
        let status = if case.comparator.holds(value, due) { Status::OnSchedule } else { Status::Behind };
        return Ok((status, None, compared(case.comparator, value, due)));
    }
    let ratio = quotient(&[over], &[under]).ok_or(Gap::TooLarge)?;
    Ok((edition.word(exact(&ratio)), Some(ratio.shown), format!("{over} ÷ {under} = {}", ratio.shown)))
}

/// The share of the way ÷ the share of time.
fn along_the_way(edition: &Edition, case: &Case, value: Decimal, target: Decimal) -> Result<Official, Gap> {
    // A change is counted from nothing.
    let start = match (case.baseline, case.measure) {
        (Some(baseline), _) => baseline,
        (None, Measure::CumulativeChange) => Decimal::ZERO,
        (None, _) => return Err(Gap::NoBaseline),
    };
    let gone = whole::difference(value, start).ok_or(Gap::TooLarge)?;
    let way = whole::difference(target, start).ok_or(Gap::TooLarge)?;
    if way.is_zero() {
        let status = if case.comparator.holds(value, target) { Status::OnSchedule } else { Status::Behind };
        return Ok((status, None, compared(case.comparator, value, target)));
    }
    let (passed, periods) = (Decimal::from(case.passed), Decimal::from(case.periods));
    let ratio = quotient(&[gone, periods], &[way, passed]).ok_or(Gap::TooLarge)?;
    let formula = format!("(({value} − {start}) ÷ ({target} − {start})) ÷ ({passed} ÷ {periods}) = {}", ratio.shown);
    Ok((edition.word(exact(&ratio)), Some(ratio.shown), signed(&formula)))
}

/// A minus before a figure in brackets reads as one sign.
fn signed(formula: &str) -> String {
    formula.replace("− -", "+ ").replace('-', "−")
}

fn compared(comparator: Comparator, value: Decimal, target: Decimal) -> String {
    let sign = match (comparator, comparator.holds(value, target)) {
        (Comparator::Eq | Comparator::About, true) => "≈",
        (Comparator::Eq | Comparator::About, false) => "≠",
        _ if value > target => ">",
        _ if value == target => "=",
        _ => "<",
    };
    signed(&format!("{value} {sign} {target}"))
}

/// A quotient, shown to four decimals and kept whole for comparing.
struct Quotient {
    shown: Decimal,
    /// Below 1 (or 0.95 …) it must not be rounded up to it: this is rounded toward zero at 12 decimals.
    cut: Decimal,
}

fn exact(quotient: &Quotient) -> Decimal {
    quotient.cut
}

fn quotient(over: &[Decimal], under: &[Decimal]) -> Option<Quotient> {
    const CUT: u32 = 12;
    let product = |factors: &[Decimal]| {
        let units = factors.iter().map(|factor| whole::units(*factor, factor.scale()));
        let scale: u32 = factors.iter().map(Decimal::scale).sum();
        (units.product::<num_bigint::BigInt>(), scale)
    };
    let ((over, above), (under, below)) = (product(over), product(under));
    let (over, under) = (over * whole::ten(below), under * whole::ten(above));
    let shown = whole::decimal(&whole::quotient(&(&over * whole::ten(4)), &under), 4)?;
    let cut = whole::decimal(&(over * whole::ten(CUT) / under), CUT)?;
    Some(Quotient { shown: shown.normalize(), cut })
}

/// What follows from a predicted miss (预计不能完成时的要求): a corrective case and a report, or an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Consequence {
    /// A corrective entry with a due date and the duty to report (整改并报告).
    Correct,
    /// An explanation (说明原因).
    Explain,
}

/// The consequence for an indicator of that kind, where its miss is predicted or it is not met at the end.
pub fn consequence(edition: &Edition, legal: LegalKind, probability: Decimal) -> Option<Consequence> {
    let missed = probability < edition.likely;
    missed.then_some(match legal {
        LegalKind::Binding => Consequence::Correct,
        LegalKind::Anticipatory => Consequence::Explain,
    })
}

#[cfg(test)]
mod tests;
