//! What doesn't fit into machine words on the way, though its result may (中间结果过长): seldom, and slower.

use super::{DIGITS, LIMIT, Number, step};
use gangmu_kernel::quantity::Rounding;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

fn big(number: Number) -> BigRational {
    let (numerator, denominator) = number.over();
    BigRational::new(numerator.into(), denominator.into())
}

/// The number, if it fits after all.
fn fitting(big: &BigRational) -> Option<Number> {
    let numerator = big.numer().to_i128().filter(|n| n.unsigned_abs() < LIMIT)?;
    let denominator = big.denom().to_u128().filter(|d| *d <= LIMIT)?;
    let plain = Number { numerator, denominator, scale: 0 };
    // What ends is kept as a decimal, so that the quick ways stay open.
    Some(plain.ended().map_or(plain, |(numerator, scale)| Number { numerator, denominator: 1, scale }))
}

pub(super) fn decimal(mantissa: i128, scale: u8) -> Option<Number> {
    fitting(&BigRational::new(mantissa.into(), BigInt::from(10).pow(u32::from(scale))))
}

pub(super) fn plus(a: Number, b: Number) -> Option<Number> {
    fitting(&(big(a) + big(b)))
}

pub(super) fn times(a: Number, b: Number) -> Option<Number> {
    fitting(&(big(a) * big(b)))
}

pub(super) fn divided(a: Number, b: Number) -> Option<Number> {
    fitting(&(big(a) / big(b)))
}

pub(super) fn rounded(number: Number, decimals: i8, rule: Rounding) -> Option<Number> {
    let (numerator, denominator) = number.over();
    let shift = BigInt::from(10).pow(u32::from(decimals.unsigned_abs()));
    let (mut above, mut below) = (BigInt::from(numerator), BigInt::from(denominator));
    if decimals >= 0 {
        above *= shift
    } else {
        below *= shift
    }
    let (whole, rest) = (&above / &below, (&above % &below).abs());
    let odd = whole.bit(0);
    // Halves are compared on the doubled remainder, so that any length may be rounded.
    let doubled: BigInt = &rest * 2;
    let against = doubled.cmp(&below);
    let (remainder, divisor) = match against {
        std::cmp::Ordering::Less => (u128::from(rest != BigInt::ZERO), 3),
        std::cmp::Ordering::Equal => (1, 2),
        std::cmp::Ordering::Greater => (2, 3),
    };
    let whole = whole + step(numerator.signum(), remainder, divisor, odd, rule);
    Number::of_places(whole.to_i128()?, decimals)
}

pub(super) fn root(number: Number, degree: u32, decimals: u8) -> Option<Number> {
    if number.is_negative() || degree == 0 || degree > 200 || decimals >= DIGITS {
        return None;
    }
    let (numerator, denominator) = number.over();
    // One digit more decides the half.
    let shift = BigInt::from(10).pow((u32::from(decimals) + 1) * degree);
    let cut: BigInt = (BigInt::from(numerator) * shift / BigInt::from(denominator)).nth_root(degree);
    let whole: BigInt = (cut + 5) / 10;
    Number::decimal(whole.to_i128()?, decimals)
}

/// The exact product of two lengths, high word first, for comparing.
pub(super) fn product(a: u128, b: u128) -> (u128, u128) {
    if let Some(low) = a.checked_mul(b) {
        return (0, low);
    }
    const HALF: u128 = u64::MAX as u128;
    let (a1, a0, b1, b0) = (a >> 64, a & HALF, b >> 64, b & HALF);
    let low = a0 * b0;
    let (middle, carried) = (a1 * b0).overflowing_add(a0 * b1);
    let (low, over) = low.overflowing_add(middle << 64);
    (a1 * b1 + (middle >> 64) + (u128::from(carried) << 64) + u128::from(over), low)
}

/// The first 28 digits of a number that doesn't end, half to even.
pub(super) fn first_digits(number: Number) -> (i128, u8) {
    let (numerator, denominator) = number.as_fraction();
    let whole = numerator.unsigned_abs() / denominator;
    // Zeros right after the point are no digits of the number, but there are no more than 28 places.
    let digits = whole.checked_ilog10().map_or(0, |log| log + 1);
    let mut places = i8::try_from(u32::from(DIGITS).saturating_sub(digits)).unwrap_or(0);
    loop {
        if let Some(rounded) = rounded(number, places, Rounding::HalfEven) {
            return (rounded.numerator, rounded.scale);
        }
        places -= 1;
    }
}
