//! What an indicator is (指标定义, D4): its name and unit, what kind of figure it is, who answers for it, how it is counted.
//!
//! *In:* what a person or a plan says of it. *Out:* a definition without contradiction, or everything that contradicts.
//! *Never:* decides what nobody has said: a measure that the words don't tell is left open for a person.

#[cfg(test)]
mod tests;

use crate::measure::{Comparator, Direction, Frequency, LegalKind, Measure, Prices};
use gangmu_kernel::{refusals, unit::Unit};
use serde::{Deserialize, Serialize};

/// Characters that a name may have.
const NAME: usize = 80;
/// Characters that a unit may have.
const UNIT: usize = 20;
/// Characters that a text may have.
const TEXT: usize = 2000;
/// Decimals that values may be shown with.
const DECIMALS: u32 = 6;

/// The definition of an indicator (指标定义): one version of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// 名称.
    pub name: String,
    /// 类别, as the plan's table groups it; empty where it has none.
    pub category: String,
    /// 计量单位, as it is written beside the figure.
    pub unit: Option<String>,
    /// 约束性 or 预期性; none where no plan says so.
    pub legal: Option<LegalKind>,
    /// 计量性质; none until a person has said so.
    pub measure: Option<Measure>,
    /// 方向; none until a person has said so.
    pub direction: Option<Direction>,
    /// 现价 or 不变价, for money and growth.
    pub prices: Option<Prices>,
    /// 频度.
    pub frequency: Frequency,
    /// 小数位数.
    pub decimals: u32,
    /// 可否分区相加: the values of towns add up to the district's.
    pub additive: bool,
    /// 责任单位, as plans name them.
    pub lead: Vec<String>,
    /// 口径: what is counted and what is not.
    pub statement: String,
    /// 数据来源: where the values come from.
    pub source: String,
}

refusals! {
    /// Why a definition can't stand (定义方面的拒绝理由).
    #[derive(Clone)]
    pub enum DefinitionRefusal {
        /// It has no name.
        #[error("no name")]
        NoName {} = "indicators-define-no-name",
        /// A field is longer than anybody reads.
        #[error("{field} has more than {most} characters")]
        TooLong { field: &'static str, most: usize } = "indicators-define-too-long",
        /// More decimals than values are shown with.
        #[error("{decimals} decimals")]
        Decimals { decimals: u32, most: u32 } = "indicators-define-decimals",
        /// Rates, growth and ranks of areas are never added.
        #[error("{measure} is not added over areas")]
        NotAdditive { measure: Measure } = "indicators-define-not-additive",
        /// Growth and ratios are counted in percent, permille and their like.
        #[error("{measure} in {unit}")]
        UnitOfRate { measure: Measure, unit: String } = "indicators-define-unit-of-rate",
        /// Only money and growth have prices.
        #[error("prices of {unit}")]
        PricesOf { unit: String } = "indicators-define-prices",
        /// The same indicator is there already.
        #[error("{name} is there already")]
        Known { name: String } = "indicators-define-known",
        /// A change of a definition says why.
        #[error("no reason")]
        NoReason {} = "indicators-define-no-reason",
        /// Nothing differs from what holds now.
        #[error("nothing changed")]
        Same {} = "indicators-define-same",
    }
}

impl Definition {
    /// A definition that says nothing but a name.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            category: String::new(),
            unit: None,
            legal: None,
            measure: None,
            direction: None,
            prices: None,
            frequency: Frequency::Year,
            decimals: 2,
            additive: false,
            lead: Vec::new(),
            statement: String::new(),
            source: String::new(),
        }
    }

    /// Everything that speaks against it; empty where it can stand.
    pub fn against(&self) -> Vec<DefinitionRefusal> {
        let mut wrong = Vec::new();
        if self.name.trim().is_empty() {
            wrong.push(DefinitionRefusal::NoName {});
        }
        let unit = self.unit.as_deref().unwrap_or_default();
        let fields = [
            ("name", self.name.as_str(), NAME),
            ("category", &self.category, NAME),
            ("unit", unit, UNIT),
            ("statement", &self.statement, TEXT),
            ("source", &self.source, TEXT),
        ];
        for (field, text, most) in fields {
            if text.chars().count() > most {
                wrong.push(DefinitionRefusal::TooLong { field, most });
            }
        }
        if self.decimals > DECIMALS {
            wrong.push(DefinitionRefusal::Decimals { decimals: self.decimals, most: DECIMALS });
        }
        self.against_measure(&mut wrong);
        wrong
    }

    fn against_measure(&self, wrong: &mut Vec<DefinitionRefusal>) {
        let unit = self.unit.clone().unwrap_or_default();
        if let Some(measure) = self.measure {
            if self.additive && !measure.may_add_over_areas() {
                wrong.push(DefinitionRefusal::NotAdditive { measure });
            }
            // A unit that the table does not know may be any kind of rate, such as 件/万人.
            let rate = self.read_unit().is_none_or(Unit::is_ratio);
            if measure.is_growth() && !unit.is_empty() && !rate {
                wrong.push(DefinitionRefusal::UnitOfRate { measure, unit: unit.clone() });
            }
        }
        let growth = self.measure.is_some_and(Measure::is_growth);
        if self.prices.is_some() && !growth && !self.is_money() {
            wrong.push(DefinitionRefusal::PricesOf { unit });
        }
    }

    /// The unit, where the table of units knows it.
    pub fn read_unit(&self) -> Option<Unit> {
        self.unit.as_deref()?.parse().ok()
    }

    fn is_money(&self) -> bool {
        let yuan: Option<Unit> = "元".parse().ok();
        matches!((self.read_unit(), yuan), (Some(unit), Some(yuan)) if unit.agrees_with(yuan))
    }
}

/// What a plan's words tell of an indicator (文本线索), for a first definition that a person looks through.
#[derive(Debug, Clone, Copy)]
pub struct Told<'t> {
    /// Its name.
    pub name: &'t str,
    /// Its unit.
    pub unit: Option<&'t str>,
    /// How its target is compared.
    pub comparator: Option<Comparator>,
    /// The target is stated as a yearly growth (年均) or as a sum over the years (累计, 〔〕).
    pub change: Option<Change>,
}

/// How a target over the years is stated (变化方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// 年均.
    Annual,
    /// 累计.
    Cumulative,
}

/// Words in names by which a level at the end of a period is told.
const LEVELS: [&str; 13] =
    ["余额", "人口", "里程", "保有量", "床位", "企业", "机构", "寿命", "面积", "年限", "库容", "拥有", "建成"];
/// Words in names by which a quantity of a period is told.
const FLOWS: [&str; 12] =
    ["生产总值", "收入", "零售总额", "投资", "产值", "增加值", "成交额", "新增", "产量", "事故", "出口", "支出"];

/// The measure that the words tell; none where they don't, so that a person says it.
pub fn measure_told(told: Told<'_>) -> Option<Measure> {
    let unit: Option<Unit> = told.unit.and_then(|unit| unit.parse().ok());
    let rate = unit.is_some_and(Unit::is_ratio);
    let names = |words: &[&str]| words.iter().any(|word| told.name.contains(word));
    match (told.change, told.comparator) {
        (Some(Change::Annual), _) if rate => Some(Measure::AverageGrowth),
        (Some(Change::Cumulative), _) if rate => Some(Measure::CumulativeChange),
        _ if names(&["位次", "排名"]) => Some(Measure::Rank),
        (_, Some(Comparator::UpToRank)) => Some(Measure::Rank),
        _ if names(&["增速", "增长率"]) => Some(Measure::Growth),
        (_, Some(Comparator::Le | Comparator::Lt)) => Some(Measure::Cap),
        _ if rate && names(&["降低", "下降", "减少"]) => Some(Measure::CumulativeChange),
        _ if rate => Some(Measure::Ratio),
        _ if names(&FLOWS) => Some(Measure::Flow),
        _ if names(&LEVELS) => Some(Measure::Stock),
        _ => None,
    }
}

/// The direction that the words tell.
pub fn direction_told(told: Told<'_>) -> Option<Direction> {
    let measure = measure_told(told)?;
    if ["降低", "下降", "减少"].iter().any(|word| told.name.contains(word)) && measure == Measure::CumulativeChange
    {
        return Some(Direction::Higher);
    }
    if ["事故", "死亡", "失业率"].iter().any(|word| told.name.contains(word)) {
        return Some(Direction::Lower);
    }
    Some(Direction::usual(measure, told.comparator.unwrap_or(Comparator::Ge)))
}

/// The name by which two plans speak of the same indicator (同名归并): without number, unit in brackets, blanks and
/// width of letters.
pub fn folded(name: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    let plain: String = name.chars().map(narrow).filter(|c| !c.is_whitespace() && *c != '*').collect();
    let plain = plain.to_lowercase();
    // `1.` in front is the row of the table, not the indicator's name.
    let digits = plain.trim_start_matches(|c: char| c.is_ascii_digit());
    let plain = match digits.strip_prefix(['.', '、']) {
        Some(rest) if digits.len() < plain.len() => rest,
        _ => plain.as_str(),
    };
    // What else stands in brackets, such as 现价, tells two indicators apart.
    let unit = plain.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    match unit {
        Some((name, unit)) if !name.is_empty() && unit.parse::<Unit>().is_ok() => name.to_owned(),
        _ => plain.to_owned(),
    }
}
