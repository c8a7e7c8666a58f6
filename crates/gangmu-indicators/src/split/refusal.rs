//! Why a target can't be split (不能分解的理由), each with the smallest set of givens that can't hold together.

use super::Rule;
use gangmu_kernel::refusals;
use rust_decimal::Decimal;

refusals! {
    /// Why a target can't be split (不能分解的理由).
    #[derive(Clone)]
    pub enum SplitRefusal {
        /// No year lies between them (没有年份).
        #[error("no year from {from} to {to}")]
        NoYears { from: i32, to: i32 } = "split-no-years",
        /// More years than one split has (年份太多).
        #[error("more than {most} years from {from} to {to}")]
        TooManyYears { from: i32, to: i32, most: i32 } = "split-too-many-years",
        /// More decimals than figures have (小数位太多).
        #[error("{decimals} decimals are more than {most}")]
        TooManyDecimals { decimals: u32, most: u32 } = "split-too-many-decimals",
        /// The rule needs weights (缺权重).
        #[error("the rule {rule} needs {years} weights")]
        WeightsMissing { rule: Rule, years: usize } = "split-weights-missing",
        /// Not one weight a year (权重个数不符).
        #[error("{given} weights for {years} years")]
        WeightsCount { given: usize, years: usize } = "split-weights-count",
        /// A share below nothing (权重为负).
        #[error("weight {number} is {weight}")]
        NegativeWeight { number: usize, weight: Decimal } = "split-negative-weight",
        /// All weights together are nothing (权重合计为零).
        #[error("the weights add up to nothing")]
        WeightsOfNothing {} = "split-weights-of-nothing",
        /// What was decided adds up neither to one, nor to a hundred, nor to the way (自定分解合不拢).
        #[error("the weights add up to {sum}, not to 1, 100 or {way}")]
        WeightsDoNotAddUp { sum: Decimal, way: Decimal } = "split-weights-do-not-add-up",
        /// Growth needs a level to start from (缺基期值).
        #[error("compound growth needs a baseline")]
        BaselineMissing {} = "split-baseline-missing",
        /// No growth rate leads from nothing or to nothing (复合增长不能经过零).
        #[error("no growth rate leads from {baseline} to {target}")]
        GrowthThroughZero { baseline: Decimal, target: Decimal } = "split-growth-through-zero",
        /// No growth rate leads from below zero to above (复合增长不能变号).
        #[error("no growth rate leads from {baseline} to {target}")]
        GrowthChangesSign { baseline: Decimal, target: Decimal } = "split-growth-changes-sign",
        /// Rounded so coarsely the path turns back, or the remainder stands against the total (小数位太少).
        #[error("{decimals} decimals are too few, {enough} suffice")]
        TooFewDecimals { decimals: u32, enough: u32 } = "split-too-few-decimals",
        /// A figure has more digits than an exact decimal holds (数值过大).
        #[error("a figure is too large")]
        TooLarge {} = "split-too-large",
        /// The year isn't one of the split's (没有这一年).
        #[error("{year} is not between {first} and {last}")]
        NoSuchYear { year: i32, first: i32, last: i32 } = "split-no-such-year",
        /// The moved value lies beyond what comes before or after (越过了起点或终点).
        #[error("{value} in {year} is not between {low} and {high}")]
        OutOfTheWay { year: i32, value: Decimal, low: Decimal, high: Decimal } = "split-out-of-the-way",
        /// The market decides it (市场决定，不分解).
        #[error("what the market decides is not split")]
        Undivided {} = "split-undivided",
        /// There is nobody to split it to (没有分解对象).
        #[error("there is no unit to split to")]
        NoUnits {} = "split-no-units",
        /// A unit stands twice (分解对象重复).
        #[error("{unit} stands twice")]
        UnitTwice { unit: String } = "split-unit-twice",
        /// The rule needs a figure of the unit (分解对象缺数).
        #[error("{unit} has no {what}")]
        UnitWithout { unit: String, what: &'static str } = "split-unit-without",
        /// The units' floors alone are above the total (底线之和超过总目标).
        #[error("the floors of {units} add up to {sum}, more than {target}")]
        FloorsAboveTarget { units: String, sum: Decimal, target: Decimal } = "split-floors-above-target",
        /// What was decided for the units isn't the total (各单位之和不等于总目标).
        #[error("the parts add up to {sum}, not to {target}")]
        PartsDoNotAddUp { sum: Decimal, target: Decimal } = "split-parts-do-not-add-up",
    }
}

impl SplitRefusal {
    /// The smallest set of givens that can't hold together (最小冲突集): mending any one of them can help, and none
    /// can be left out.
    pub fn conflict(&self) -> Vec<String> {
        let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        match self {
            Self::NoYears { .. } | Self::TooManyYears { .. } => named(&["from", "to"]),
            Self::TooManyDecimals { .. } => named(&["decimals"]),
            Self::WeightsMissing { .. } => named(&["rule", "weights"]),
            Self::WeightsCount { .. } => named(&["weights", "from", "to"]),
            Self::NegativeWeight { number, .. } => vec![format!("weights[{}]", number - 1)],
            Self::WeightsOfNothing {} => named(&["weights"]),
            Self::WeightsDoNotAddUp { .. } => named(&["rule", "weights"]),
            Self::BaselineMissing {} => named(&["rule", "baseline"]),
            Self::GrowthThroughZero { baseline, .. } if baseline.is_zero() => named(&["rule", "baseline"]),
            Self::GrowthThroughZero { .. } => named(&["rule", "target"]),
            Self::GrowthChangesSign { .. } => named(&["rule", "baseline", "target"]),
            Self::TooFewDecimals { .. } => named(&["decimals", "target"]),
            Self::TooLarge {} => named(&["target"]),
            Self::NoSuchYear { .. } => named(&["year"]),
            Self::OutOfTheWay { .. } => named(&["value", "target"]),
            Self::Undivided {} => named(&["undivided"]),
            Self::NoUnits {} => named(&["units"]),
            Self::UnitTwice { unit } | Self::UnitWithout { unit, .. } => vec![unit.clone()],
            Self::FloorsAboveTarget { units, .. } => {
                units.split('、').map(str::to_owned).chain(["target".to_owned()]).collect()
            }
            Self::PartsDoNotAddUp { .. } => named(&["units", "target"]),
        }
    }
}
