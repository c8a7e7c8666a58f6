//! Units and their dimensions (单位与量纲): 亿元 and 万元 are one dimension, 公顷 and 万元 are two.
//!
//! Factors are whole-number fractions, because 1 亩 is 2000/3 m². Counting words (个, 家, 项 …) do not mix:
//! three 家 and two 项 are not five of anything.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

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

/// A row of the unit table.
struct Base {
    /// The symbol that is shown.
    symbol: &'static str,
    /// Other spellings.
    aliases: &'static [&'static str],
    dimension: Dimension,
    /// One of it is `numerator / denominator` of the dimension's own unit.
    numerator: u64,
    denominator: u64,
}

const fn base(
    symbol: &'static str,
    aliases: &'static [&'static str],
    dimension: Dimension,
    numerator: u64,
    denominator: u64,
) -> Base {
    Base { symbol, aliases, dimension, numerator, denominator }
}

const fn count(symbol: &'static str, aliases: &'static [&'static str]) -> Base {
    base(symbol, aliases, Dimension::Count(symbol), 1, 1)
}

use Dimension as D;

#[rustfmt::skip]
static BASES: &[Base] = &[
    base("元", &["人民币元", "元人民币", "圆"], D::Yuan, 1, 1),
    base("美元", &[], D::Dollar, 1, 1),
    base("港元", &["港币"], D::HongKongDollar, 1, 1),
    base("吨标准煤", &["吨标煤", "tce"], D::StandardCoal, 1, 1),
    base("千克标准煤", &["公斤标准煤", "千克标煤"], D::StandardCoal, 1, 1000),
    base("吨二氧化碳", &["吨二氧化碳当量", "吨CO2", "吨CO₂"], D::Carbon, 1, 1),
    base("千瓦时", &["度", "kWh", "千瓦小时"], D::Electricity, 1, 1),
    base("千瓦", &["kW"], D::Power, 1, 1),
    base("兆瓦", &["MW"], D::Power, 1000, 1),
    base("吨", &["t"], D::Mass, 1000, 1),
    base("千克", &["公斤", "kg"], D::Mass, 1, 1),
    base("斤", &["市斤"], D::Mass, 1, 2),
    base("克", &["g"], D::Mass, 1, 1000),
    base("毫克", &["mg"], D::Mass, 1, 1_000_000),
    base("微克", &["μg", "ug"], D::Mass, 1, 1_000_000_000),
    base("公里", &["千米", "km"], D::Length, 1000, 1),
    base("里", &["华里"], D::Length, 500, 1),
    base("米", &["m"], D::Length, 1, 1),
    base("厘米", &["cm"], D::Length, 1, 100),
    base("毫米", &["mm"], D::Length, 1, 1000),
    base("平方公里", &["平方千米", "km²", "km2"], D::Area, 1_000_000, 1),
    base("公顷", &["hm²", "hm2", "ha"], D::Area, 10_000, 1),
    base("亩", &["市亩"], D::Area, 2000, 3),
    base("平方米", &["m²", "㎡", "m2", "平米", "平方"], D::Area, 1, 1),
    base("立方米", &["m³", "m3", "方"], D::Volume, 1, 1),
    base("升", &["L"], D::Volume, 1, 1000),
    base("%", &["％"], D::Ratio, 1, 100),
    base("‰", &[], D::Ratio, 1, 1000),
    base("成", &[], D::Ratio, 1, 10),
    base("倍", &[], D::Ratio, 1, 1),
    base("百分点", &["个百分点"], D::PercentagePoint, 1, 1),
    base("秒", &["秒钟"], D::Duration, 1, 1),
    base("分钟", &["min"], D::Duration, 60, 1),
    base("小时", &["个小时", "h"], D::Duration, 3600, 1),
    base("天", &["日", "个自然日"], D::Duration, 86_400, 1),
    base("个月", &["月"], D::Months, 1, 1),
    base("年", &[], D::Months, 12, 1),
    base("岁", &["周岁"], D::Age, 1, 1),
    base("分", &[], D::Score, 1, 1),
    base("Mbps", &[], D::DataRate, 1, 1),
    base("Gbps", &[], D::DataRate, 1000, 1),
    base("分贝", &["dB"], D::Loudness, 1, 1),
    base("℃", &["摄氏度", "°C"], D::Temperature, 1, 1),
    count("人", &["名", "位"]), count("人次", &[]), count("人年", &[]), count("户", &[]), count("个", &[]), count("家", &[]),
    count("项", &[]), count("条", &[]), count("处", &[]), count("座", &[]), count("所", &[]), count("间", &[]), count("件", &[]),
    count("辆", &[]), count("辆次", &["车次"]), count("架", &[]), count("架次", &[]), count("班次", &[]), count("台", &[]),
    count("套", &[]), count("张", &[]), count("场", &[]), count("场次", &[]), count("次", &[]), count("例", &[]), count("起", &[]),
    count("宗", &[]), count("笔", &[]), count("只", &[]), count("头", &[]), count("羽", &[]), count("株", &[]), count("棵", &[]),
    count("篇", &[]), count("部", &[]), count("种", &[]), count("类", &[]), count("批", &[]), count("对", &[]), count("艘", &[]),
    count("列", &[]), count("班", &[]), count("片", &[]), count("块", &[]), count("本", &[]), count("册", &[]), count("支", &[]),
    count("队", &[]), count("栋", &["幢"]), count("层", &[]), count("孔", &[]), count("口", &[]), count("站", &[]), count("枚", &[]),
    count("届", &[]), count("期", &[]), count("村", &["个村"]), count("标准箱", &["TEU"]), count("标台", &[]),
    count("车位", &["个车位", "泊位", "个泊位"]), count("床位", &["张床位", "床"]), count("学位", &["个学位"]), count("岗位", &["个岗位"]),
    count("事项", &["项事项"]), count("道", &[]), count("路", &[]), count("组", &[]), count("幅", &[]), count("根", &[]), count("盏", &[]),
];

/// The words of magnitude that may stand before a unit: 万元, 亿千瓦时, 千人.
#[rustfmt::skip]
static PREFIXES: &[(&str, u64)] = &[
    ("万亿", 1_000_000_000_000), ("千亿", 100_000_000_000), ("百亿", 10_000_000_000), ("十亿", 1_000_000_000), ("亿", 100_000_000),
    ("千万", 10_000_000), ("百万", 1_000_000), ("十万", 100_000), ("万", 10_000), ("千", 1000), ("百", 100),
];

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
