//! Units and how they multiply (单位运算): 亿元 ÷ 万人 is 亿元/万人, and times 人 it is 元 again.

use crate::number::Number;
use gangmu_kernel::unit::{Dimension, Unit};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One simple unit, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    kind: Kind,
    symbol: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Known(Unit),
    /// 工作日: days of a calendar, which are no stretch of time.
    Workday,
    /// A counted noun that a declaration brought along (级, 格).
    Noun,
}

/// What an atom measures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Measured {
    Kernel(Dimension),
    Workday,
    Noun(String),
}

/// Units multiplied and divided (复合单位); none of them is a rate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Units(Vec<(Atom, i8)>);

/// Does the text name a unit?
pub fn is_unit(text: &str) -> bool {
    Atom::known(text).is_some()
}

impl Atom {
    /// A unit that everybody knows.
    fn known(text: &str) -> Option<Self> {
        let text = text.trim();
        if matches!(text, "工作日" | "个工作日" | "天工作日") {
            return Some(Self { kind: Kind::Workday, symbol: "工作日".to_owned() });
        }
        let unit: Unit = text.parse().ok()?;
        let (simple, per) = unit.split();
        let symbol = text.strip_prefix('个').filter(|rest| rest.parse() == Ok(simple)).unwrap_or(text);
        per.is_none().then(|| Self { kind: Kind::Known(simple), symbol: symbol.replace('％', "%") })
    }

    /// A counted noun of its own; figures and signs are none.
    fn noun(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = (1..=12).contains(&text.chars().count()) && text.chars().all(char::is_alphabetic);
        fits.then(|| Self { kind: Kind::Noun, symbol: text.to_owned() })
    }

    fn measured(&self) -> Measured {
        match &self.kind {
            Kind::Known(unit) => Measured::Kernel(unit.dimension().0),
            Kind::Workday => Measured::Workday,
            Kind::Noun => Measured::Noun(self.symbol.clone()),
        }
    }

    /// One of it in the dimension's own unit.
    fn factor(&self) -> Option<Number> {
        match &self.kind {
            Kind::Known(unit) => {
                let (numerator, denominator) = unit.factor();
                Number::fraction(i128::try_from(numerator).ok()?, denominator)
            }
            Kind::Workday | Kind::Noun => Some(Number::ONE),
        }
    }
}

impl Units {
    /// No unit.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Is there no unit?
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads `万元`, `元/人`, `吨/万元/年`; nouns that nobody knows count where `nouns` says so.
    pub fn read(text: &str, nouns: bool) -> Option<Self> {
        let mut units = Self::none();
        for (at, part) in text.split(['/', '／']).enumerate() {
            for factor in part.split(['·', '*', '×']) {
                let atom = Atom::known(factor).or_else(|| Atom::noun(factor).filter(|_| nouns))?;
                units.put(atom, if at == 0 { 1 } else { -1 });
            }
        }
        Some(units)
    }

    /// Multiplies by a power of a unit that has another dimension.
    fn put(&mut self, atom: Atom, power: i8) {
        match self.0.iter_mut().find(|(own, _)| *own == atom) {
            Some((_, own)) => *own += power,
            None => self.0.push((atom, power)),
        }
        self.0.retain(|(_, power)| *power != 0);
    }

    /// The single unit that is a rate (%, 倍) with its factor, or that is 百分点.
    pub(super) fn rate(&self) -> Option<Number> {
        match self.0.as_slice() {
            [(atom, 1)] if atom.measured() == Measured::Kernel(Dimension::Ratio) => atom.factor(),
            _ => None,
        }
    }

    pub(super) fn is_points(&self) -> bool {
        matches!(self.0.as_slice(), [(atom, 1)] if atom.measured() == Measured::Kernel(Dimension::PercentagePoint))
    }

    /// What is measured, in an order of its own.
    fn dimensions(&self) -> Vec<(Measured, i8)> {
        let mut dimensions: Vec<_> = self.0.iter().map(|(atom, power)| (atom.measured(), *power)).collect();
        dimensions.sort();
        dimensions
    }

    /// Do both measure the same?
    pub fn agrees_with(&self, other: &Self) -> bool {
        self.dimensions() == other.dimensions()
    }

    /// One of these in the dimensions' own units; none where it is too long.
    fn factor(&self) -> Option<Number> {
        self.0
            .iter()
            .try_fold(Number::ONE, |product, (atom, power)| product.times(atom.factor()?.to_the(i32::from(*power))?))
    }

    /// What a number in these units is multiplied by to be one in the others (换算系数).
    pub fn to(&self, other: &Self) -> Option<Number> {
        self.factor()?.divided_by(other.factor()?)
    }

    /// The units of a product or quotient, and what the figures' product is multiplied by (乘除后的单位).
    pub fn joined(&self, other: &Self, sign: i8) -> Option<(Self, Number)> {
        let (mut units, mut factor) = (self.clone(), Number::ONE);
        for (atom, power) in &other.0 {
            let power = power.checked_mul(sign)?;
            let of_same = units.0.iter().position(|(own, _)| own.measured() == atom.measured());
            let Some(at) = of_same else {
                units.0.push((atom.clone(), power));
                continue;
            };
            let convert = atom.factor()?.divided_by(units.0[at].0.factor()?)?;
            factor = factor.times(convert.to_the(i32::from(power))?)?;
            units.0[at].1 = units.0[at].1.checked_add(power)?;
            units.0.retain(|(_, power)| *power != 0);
        }
        Some((units, factor))
    }

    /// Is it a length of time: 日, 工作日, 月, 年, 小时?
    pub fn is_time(&self) -> bool {
        self.time().is_some()
    }

    /// Days, working days, months or seconds, and how many of them one of this unit is.
    pub fn time(&self) -> Option<(TimeUnit, Number)> {
        let [(atom, 1)] = self.0.as_slice() else { return None };
        let factor = atom.factor()?;
        match atom.measured() {
            Measured::Workday => Some((TimeUnit::Workdays, Number::ONE)),
            Measured::Kernel(Dimension::Months) => Some((TimeUnit::Months, factor)),
            Measured::Kernel(Dimension::Duration) => {
                let days = factor.divided_by(Number::whole(86_400))?;
                Some(if days.as_whole().is_some() { (TimeUnit::Days, days) } else { (TimeUnit::Seconds, factor) })
            }
            _ => None,
        }
    }

    /// Is it a quotient, so that values of parts don't add up to that of the whole?
    pub fn is_quotient(&self) -> bool {
        self.0.iter().any(|(_, power)| *power < 0)
    }
}

/// What a length of time counts (时长单位).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Seconds.
    Seconds,
    /// Days.
    Days,
    /// Days of the calendar that are worked.
    Workdays,
    /// Months.
    Months,
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for (atom, power) in self.0.iter().filter(|(_, power)| *power > 0) {
            for _ in 0..*power {
                write!(f, "{}{}", if first { "" } else { "·" }, atom.symbol)?;
                first = false;
            }
        }
        if first {
            f.write_str("1")?;
        }
        for (atom, power) in self.0.iter().filter(|(_, power)| *power < 0) {
            for _ in 0..power.unsigned_abs() {
                write!(f, "/{}", atom.symbol)?;
            }
        }
        Ok(())
    }
}

impl From<Units> for String {
    fn from(units: Units) -> Self {
        if units.is_none() { Self::new() } else { units.to_string() }
    }
}

impl TryFrom<String> for Units {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(Self::none());
        }
        match text.strip_prefix("1/") {
            Some(below) => {
                let below = Self::read(below, true).ok_or(text.clone())?;
                Self::none().joined(&below, -1).map(|(units, _)| units).ok_or(text)
            }
            None => Self::read(&text, true).ok_or(text),
        }
    }
}
