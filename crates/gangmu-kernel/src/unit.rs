//! Units and their dimensions (单位与量纲): 亿元 and 万元 are one dimension, 公顷 and 万元 are two.
//!
//! Factors are whole-number fractions, because 1 亩 is 2000/3 m². Counting words (个, 家, 项 …) do not mix:
//! three 家 and two 项 are not five of anything.

mod table;

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use table::{BASES, Base, PREFIXES};

/// What a unit measures (量纲).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// Renminbi (人民币).
    Yuan,
    /// US dollars (美元).
    Dollar,
    /// Hong Kong dollars (港元).
    HongKongDollar,
    /// Energy in standard coal (标准煤).
    StandardCoal,
    /// Carbon dioxide and its equivalents (二氧化碳).
    Carbon,
    /// Electric energy (电量).
    Electricity,
    /// Electric power (功率).
    Power,
    /// Mass (质量).
    Mass,
    /// Length (长度).
    Length,
    /// Area (面积).
    Area,
    /// Volume (体积).
    Volume,
    /// A share or a ratio (比率): %, ‰, 成, 倍.
    Ratio,
    /// A difference of two rates (百分点).
    PercentagePoint,
    /// A span of time (时长): 分钟, 小时, 天.
    Duration,
    /// Calendar years and months as a length (年、个月).
    Months,
    /// Age or life expectancy (岁).
    Age,
    /// Points of a score (分).
    Score,
    /// Data rate (带宽).
    DataRate,
    /// Loudness (分贝).
    Loudness,
    /// Temperature (摄氏度).
    Temperature,
    /// Things counted with one counting word (计数); the word is the first symbol of the unit.
    Count(&'static str),
}

/// One side of a unit: a row of the table with a word of magnitude before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Part {
    prefix: Option<usize>,
    base: usize,
}

impl Part {
    fn read(text: &str) -> Option<Self> {
        let find = |text: &str| BASES.iter().position(|b| b.symbol == text || b.aliases.contains(&text));
        if let Some(base) = find(text) {
            return Some(Self { prefix: None, base });
        }
        PREFIXES
            .iter()
            .enumerate()
            .find_map(|(prefix, (word, _))| Some(Self { prefix: Some(prefix), base: find(text.strip_prefix(word)?)? }))
    }

    fn base(self) -> &'static Base {
        &BASES[self.base]
    }

    fn factor(self) -> (u128, u128) {
        let prefix = self.prefix.map_or(1, |p| PREFIXES[p].1);
        (u128::from(self.base().numerator) * u128::from(prefix), u128::from(self.base().denominator))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.prefix.map_or("", |p| PREFIXES[p].0))?;
        f.write_str(self.base().symbol)
    }
}

/// A unit (单位), simple (万元) or a quotient (元/人, 吨标准煤/万元).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Unit {
    top: Part,
    per: Option<Part>,
}

/// A text that is no unit of the table (未知单位).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown unit {0:?}")]
pub struct UnknownUnit(pub String);

impl Unit {
    /// What the unit measures; for a quotient also what it is measured against.
    pub fn dimension(self) -> (Dimension, Option<Dimension>) {
        (self.top.base().dimension, self.per.map(|p| p.base().dimension))
    }

    /// Can values of both be added and compared?
    pub fn agrees_with(self, other: Self) -> bool {
        self.dimension() == other.dimension()
    }

    /// One of this unit in the dimension's own unit, as a reduced fraction.
    pub fn factor(self) -> (u128, u128) {
        let (mut numerator, mut denominator) = self.top.factor();
        if let Some(per) = self.per {
            let (n, d) = per.factor();
            (numerator, denominator) = (numerator * d, denominator * n);
        }
        let divisor = greatest_common_divisor(numerator, denominator);
        (numerator / divisor, denominator / divisor)
    }

    /// The unit above and the unit below the line (分子单位与分母单位): 元/人 is 元 and 人.
    pub fn split(self) -> (Self, Option<Self>) {
        let simple = |top| Self { top, per: None };
        (simple(self.top), self.per.map(simple))
    }

    /// Is it a simple percentage or another ratio?
    pub fn is_ratio(self) -> bool {
        self.dimension() == (Dimension::Ratio, None)
    }

    /// 百分点.
    pub fn percentage_point() -> Self {
        Self { top: Part::read("百分点").expect("the table holds 百分点"), per: None }
    }

    /// %.
    pub fn percent() -> Self {
        Self { top: Part::read("%").expect("the table holds %"), per: None }
    }
}

pub(crate) fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a.max(1) } else { greatest_common_divisor(b, a % b) }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.top.fmt(f)?;
        match self.per {
            Some(per) => write!(f, "/{per}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Unit {
    type Err = UnknownUnit;

    fn from_str(text: &str) -> Result<Self, UnknownUnit> {
        let text = text.trim();
        let unknown = || UnknownUnit(text.to_owned());
        if let Some(top) = Part::read(text) {
            return Ok(Self { top, per: None });
        }
        let (top, per) = text.split_once(['/', '／']).ok_or_else(unknown)?;
        match (Part::read(top.trim()), Part::read(per.trim())) {
            (Some(top), Some(per)) => Ok(Self { top, per: Some(per) }),
            _ => Err(unknown()),
        }
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.to_string()
    }
}

impl TryFrom<String> for Unit {
    type Error = UnknownUnit;

    fn try_from(text: String) -> Result<Self, UnknownUnit> {
        text.parse()
    }
}

#[cfg(test)]
mod tests;
