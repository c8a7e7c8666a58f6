//! Quantities (数量): exact decimals with a unit, converted exactly or not at all (D20).

use crate::{
    numerals, refusals,
    unit::{Dimension, Unit, greatest_common_divisor},
};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::{cmp::Ordering, fmt};

/// A decimal with its unit (数量), such as 1682.15 亿元.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// The figure in front of the unit.
    pub value: Decimal,
    /// The unit.
    pub unit: Unit,
}

refusals! {
    /// Why two quantities can't be joined or converted (数量运算的拒绝理由).
    #[derive(Clone)]
    pub enum QuantityRefusal {
        /// The dimensions differ, such as 亩 and 万元 (量纲不同).
        #[error("{left} and {right} measure different things")]
        DimensionsDiffer { left: Unit, right: Unit } = "quantity-dimensions-differ",
        /// Rates are not added (比率不能相加): 3 % and 5 % of different wholes are not 8 % of anything.
        #[error("rates are not added")]
        SumOfRates {} = "quantity-sum-of-rates",
        /// The value in the new unit has no end as a decimal (换算不能除尽); name a rounding rule.
        #[error("{value} {unit} has no exact value in {target}")]
        NotExact { value: Decimal, unit: Unit, target: Unit } = "quantity-not-exact",
        /// The figure has more digits than an exact decimal holds (数值过大).
        #[error("the figure is too large")]
        TooLarge {} = "quantity-too-large",
    }
}

/// A named rounding rule (修约规则).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Half away from zero (四舍五入).
    HalfUp,
    /// Half to the even digit, as GB/T 8170 rules (四舍六入五成双).
    HalfEven,
    /// Toward zero (去尾).
    Down,
    /// Away from zero (进一).
    Up,
}

impl Rounding {
    /// The value with that many decimals.
    pub fn round(self, value: Decimal, decimals: u32) -> Decimal {
        let strategy = match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
            Self::Down => RoundingStrategy::ToZero,
            Self::Up => RoundingStrategy::AwayFromZero,
        };
        value.round_dp_with_strategy(decimals, strategy)
    }
}

impl Quantity {
    /// A quantity of that value and unit.
    pub fn new(value: Decimal, unit: Unit) -> Self {
        Self { value, unit }
    }

    /// The same quantity in another unit, exactly (换算).
    pub fn in_unit(self, unit: Unit) -> Result<Self, QuantityRefusal> {
        let (numerator, denominator) = self.ratio_to(unit)?;
        let product = self.value.checked_mul(numerator).ok_or(QuantityRefusal::TooLarge {})?;
        let value = product.checked_div(denominator).ok_or(QuantityRefusal::TooLarge {})?;
        if !ends(product, denominator) || value.checked_mul(denominator) != Some(product) {
            return Err(QuantityRefusal::NotExact { value: self.value, unit: self.unit, target: unit });
        }
        Ok(Self { value: value.normalize(), unit })
    }

    /// The same quantity in another unit, rounded by a named rule.
    pub fn in_unit_rounded(self, unit: Unit, decimals: u32, rule: Rounding) -> Result<Self, QuantityRefusal> {
        let (numerator, denominator) = self.ratio_to(unit)?;
        let product = self.value.checked_mul(numerator).ok_or(QuantityRefusal::TooLarge {})?;
        let value = product.checked_div(denominator).ok_or(QuantityRefusal::TooLarge {})?;
        Ok(Self { value: rule.round(value, decimals), unit })
    }

    /// The fraction by which a value in this unit becomes one in the other.
    fn ratio_to(self, unit: Unit) -> Result<(Decimal, Decimal), QuantityRefusal> {
        if !self.unit.agrees_with(unit) {
            return Err(differ(self.unit, unit));
        }
        let ((a, b), (c, d)) = (self.unit.factor(), unit.factor());
        let numerator = a.checked_mul(d).ok_or(QuantityRefusal::TooLarge {})?;
        let denominator = b.checked_mul(c).ok_or(QuantityRefusal::TooLarge {})?;
        let divisor = greatest_common_divisor(numerator, denominator);
        Ok((whole(numerator / divisor)?, whole(denominator / divisor)?))
    }

    /// The sum, in this quantity's unit; a rate takes percentage points, but no other rate.
    pub fn plus(self, other: Self) -> Result<Self, QuantityRefusal> {
        if self.unit.is_ratio() && other.unit.is_ratio() {
            return Err(QuantityRefusal::SumOfRates {});
        }
        let value = self.value.checked_add(self.points_or_same(other)?).ok_or(QuantityRefusal::TooLarge {})?;
        Ok(Self { value, unit: self.unit })
    }

    /// The difference, in this quantity's unit; the difference of two rates is in percentage points (百分点).
    pub fn minus(self, other: Self) -> Result<Self, QuantityRefusal> {
        if self.unit.is_ratio() && other.unit.is_ratio() {
            let (a, b) = (self.in_unit(Unit::percent())?, other.in_unit(Unit::percent())?);
            let value = a.value.checked_sub(b.value).ok_or(QuantityRefusal::TooLarge {})?;
            return Ok(Self { value, unit: Unit::percentage_point() });
        }
        let value = self.value.checked_sub(self.points_or_same(other)?).ok_or(QuantityRefusal::TooLarge {})?;
        Ok(Self { value, unit: self.unit })
    }

    /// The other's value in this unit, where percentage points may move a percentage.
    fn points_or_same(self, other: Self) -> Result<Decimal, QuantityRefusal> {
        if self.unit == Unit::percent() && other.unit.dimension() == (Dimension::PercentagePoint, None) {
            return Ok(other.value);
        }
        if !self.unit.agrees_with(other.unit) {
            return Err(differ(self.unit, other.unit));
        }
        Ok(other.in_unit(self.unit)?.value)
    }

    /// Which of two is larger, exactly, whatever their units' magnitudes.
    pub fn compare(self, other: Self) -> Result<Ordering, QuantityRefusal> {
        let (numerator, denominator) = self.ratio_to(other.unit)?;
        let left = self.value.checked_mul(numerator).ok_or(QuantityRefusal::TooLarge {})?;
        let right = other.value.checked_mul(denominator).ok_or(QuantityRefusal::TooLarge {})?;
        Ok(left.cmp(&right))
    }

    /// The quantity with its figure rounded by a named rule.
    pub fn rounded(self, decimals: u32, rule: Rounding) -> Self {
        Self { value: rule.round(self.value, decimals), unit: self.unit }
    }
}

/// Does the quotient end as a decimal of at most 28 places?
fn ends(product: Decimal, denominator: Decimal) -> bool {
    let divisor = denominator.mantissa().unsigned_abs();
    let mut rest = divisor / greatest_common_divisor(product.mantissa().unsigned_abs(), divisor);
    let (mut twos, mut fives) = (0, 0);
    while rest.is_multiple_of(2) {
        (rest, twos) = (rest / 2, twos + 1);
    }
    while rest.is_multiple_of(5) {
        (rest, fives) = (rest / 5, fives + 1);
    }
    rest == 1 && product.scale() + twos.max(fives) <= Decimal::MAX_SCALE
}

fn differ(left: Unit, right: Unit) -> QuantityRefusal {
    QuantityRefusal::DimensionsDiffer { left, right }
}

fn whole(n: u128) -> Result<Decimal, QuantityRefusal> {
    i128::try_from(n)
        .ok()
        .and_then(|n| Decimal::try_from_i128_with_scale(n, 0).ok())
        .ok_or(QuantityRefusal::TooLarge {})
}

/// How figures are set (数字排版).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FigureStyle {
    /// Decimals shown; `None` shows them as they are. The caller has rounded before by a rule of its choice.
    pub decimals: Option<u32>,
    /// What stands between groups of three digits; `None` sets plain digits.
    pub thousands: Option<char>,
}

impl FigureStyle {
    /// The figure as text, with − for minus.
    pub fn set(self, value: Decimal) -> String {
        let mut value = value;
        if let Some(decimals) = self.decimals {
            value = Rounding::HalfUp.round(value, decimals);
            value.rescale(decimals);
        }
        let digits = value.abs().to_string();
        let (whole, fraction) = digits.split_once('.').map_or((digits.as_str(), None), |(w, f)| (w, Some(f)));
        let mut text = String::new();
        if value.is_sign_negative() && !value.is_zero() {
            text.push('−');
        }
        for (at, digit) in whole.char_indices() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                text.extend(self.thousands);
            }
            text.push(digit);
        }
        if let Some(fraction) = fraction {
            text.push('.');
            text.push_str(fraction);
        }
        text
    }
}

impl fmt::Display for Quantity {
    /// Plain digits, then the unit; no space before %.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if matches!(self.unit.to_string().as_str(), "%" | "‰") { "" } else { " " };
        write!(f, "{}{space}{}", self.value, self.unit)
    }
}

/// A range of values of one unit (区间); both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QuantityRange {
    /// The lower end.
    pub low: Decimal,
    /// The upper end.
    pub high: Decimal,
    /// The unit of both.
    pub unit: Unit,
}

impl QuantityRange {
    /// Does the quantity lie in the range?
    pub fn contains(self, quantity: Quantity) -> Result<bool, QuantityRefusal> {
        let above = quantity.compare(Quantity::new(self.low, self.unit))?.is_ge();
        Ok(above && quantity.compare(Quantity::new(self.high, self.unit))?.is_le())
    }
}

impl fmt::Display for QuantityRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let high = Quantity::new(self.high, self.unit).to_string();
        write!(f, "{}～{high}", self.low)
    }
}

/// What a text such as 12.5 亿元 or 5～6 个 says (数量或区间).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// One value.
    Exact(Quantity),
    /// A range.
    Range(QuantityRange),
}

/// Reads a whole text as a quantity or a range (数量识别): `1682.15亿元`, `5～6个`, `65%—70%`, `三十五万亩`, `百分之三`, `三成`.
///
/// `None` where it is something else. Finding quantities inside a text is the plan compiler's work.
pub fn read(text: &str) -> Option<Amount> {
    let text = numerals::half_width(text.trim());
    let text = text.trim();
    if let Some(quantity) = read_one(text) {
        return Some(Amount::Exact(quantity));
    }
    text.char_indices().filter(|(_, c)| "~～—–-至到".contains(*c)).find_map(|(at, mark)| {
        let (left, right) = (text[..at].trim_end(), text[at + mark.len_utf8()..].trim_start_matches(mark).trim_start());
        let high = read_one(right)?;
        let low = match numerals::number(left) {
            Some(value) => value,
            None => read_one(left)?.in_unit(high.unit).ok()?.value,
        };
        (low <= high.value).then_some(Amount::Range(QuantityRange { low, high: high.value, unit: high.unit }))
    })
}

fn read_one(text: &str) -> Option<Quantity> {
    if let Some(value) = numerals::percent(text) {
        return Some(Quantity::new(value, Unit::percent()));
    }
    // The longest unit wins: 2 千瓦 is two kilowatts, not two thousand 瓦.
    text.char_indices().skip(1).find_map(|(at, _)| {
        let unit = text[at..].trim_start().parse().ok()?;
        Some(Quantity::new(numerals::number(&text[..at])?, unit))
    })
}

#[cfg(test)]
mod tests;
