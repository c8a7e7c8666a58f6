//! Decimals as whole numbers of their last place (整数化), so that quotients and roots are rounded once and exactly.

use num_bigint::{BigInt, Sign};
use rust_decimal::Decimal;

/// The value in units of ten to the minus `scale`, which is at least its own.
pub fn units(value: Decimal, scale: u32) -> BigInt {
    BigInt::from(value.mantissa()) * ten(scale.saturating_sub(value.scale()))
}

/// Ten to that power.
pub fn ten(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

/// So many units of ten to the minus `scale` as a decimal, where 28 digits hold it.
pub fn decimal(units: &BigInt, scale: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(i128::try_from(units).ok()?, scale).ok()
}

/// The quotient as a whole number, half away from zero (四舍五入).
pub fn quotient(over: &BigInt, under: &BigInt) -> BigInt {
    let negative = (over.sign() == Sign::Minus) != (under.sign() == Sign::Minus);
    let (over, under) = (magnitude(over), magnitude(under));
    let rounded: BigInt = (over * 2 + &under) / (under * 2);
    if negative { -rounded } else { rounded }
}

/// The number without its sign.
pub fn magnitude(number: &BigInt) -> BigInt {
    BigInt::from(number.magnitude().clone())
}

/// The exact sum, where 28 digits hold it.
pub fn sum(values: &[Decimal]) -> Option<Decimal> {
    let scale = values.iter().map(Decimal::scale).max().unwrap_or(0);
    decimal(&values.iter().map(|value| units(*value, scale)).sum(), scale)
}

/// The exact difference, where 28 digits hold it.
pub fn difference(left: Decimal, right: Decimal) -> Option<Decimal> {
    sum(&[left, -right])
}
