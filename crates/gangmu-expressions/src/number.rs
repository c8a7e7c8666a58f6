//! Exact numbers (精确数): a decimal as long as it can be one, otherwise a fraction of two whole numbers.
//!
//! Nothing is rounded unless somebody says so. What needs more than 28 digits above or below the fraction line has no
//! answer ([`None`]); the evaluator makes it *unknown: overflow*. Whether that happens depends on the value alone and
//! never on the way to it: a fraction is reduced before it is given up.

mod text;
mod wide;

use gangmu_kernel::quantity::Rounding;
use rust_decimal::Decimal;
use std::cmp::Ordering;

pub use text::BadNumber;

/// Digits that a number may have on either side of the fraction line (位数上限).
pub const DIGITS: u8 = 28;

/// The first whole number that is too long.
const LIMIT: u128 = 10_u128.pow(DIGITS as u32);

/// The powers of ten that fit.
const TENS: [i128; DIGITS as usize + 1] = {
    let mut tens = [1; DIGITS as usize + 1];
    let mut at = 1;
    while at < tens.len() {
        tens[at] = tens[at - 1] * 10;
        at += 1;
    }
    tens
};

/// An exact number (精确数): `numerator / (denominator · 10^scale)`; at least one of denominator and power is 1.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    numerator: i128,
    denominator: u128,
    scale: u8,
}

impl Number {
    /// Nothing.
    pub const ZERO: Self = Self::whole_unchecked(0);
    /// One.
    pub const ONE: Self = Self::whole_unchecked(1);
    /// A hundred.
    pub const HUNDRED: Self = Self::whole_unchecked(100);

    const fn whole_unchecked(numerator: i128) -> Self {
        Self { numerator, denominator: 1, scale: 0 }
    }

    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Self::whole_unchecked(i128::from(value))
    }

    /// `mantissa · 10^-scale`.
    pub fn decimal(mantissa: i128, scale: u8) -> Option<Self> {
        if mantissa.unsigned_abs() < LIMIT && scale <= DIGITS {
            return Some(Self { numerator: mantissa, denominator: 1, scale });
        }
        wide::decimal(mantissa, scale)
    }

    /// `numerator / denominator`, reduced only where it would be too long.
    pub fn fraction(numerator: i128, denominator: u128) -> Option<Self> {
        match denominator {
            0 => None,
            1 => Self::decimal(numerator, 0),
            _ if numerator.unsigned_abs() < LIMIT && denominator <= LIMIT => {
                Some(Self { numerator, denominator, scale: 0 })
            }
            _ => {
                let (numerator, denominator) = reduced(numerator, denominator);
                let fits = numerator.unsigned_abs() < LIMIT && denominator <= LIMIT;
                fits.then_some(Self { numerator, denominator, scale: 0 })
            }
        }
    }

    /// Above and below the fraction line.
    fn over(self) -> (i128, u128) {
        (self.numerator, self.denominator * TENS[usize::from(self.scale)].unsigned_abs())
    }

    /// Above and below the fraction line, with nothing left to cancel (最简分数).
    pub fn as_fraction(self) -> (i128, u128) {
        let (numerator, denominator) = self.over();
        reduced(numerator, denominator)
    }

    /// Is it nothing?
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Is it below nothing?
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// The whole number that it is, if it is one.
    pub fn as_whole(self) -> Option<i64> {
        let (numerator, denominator) = self.as_fraction();
        (denominator == 1).then(|| i64::try_from(numerator).ok())?
    }

    /// The decimal that it is, if it ends within 28 places (有限小数).
    pub fn as_decimal(self) -> Option<Decimal> {
        let (mantissa, scale) = self.ended()?;
        Decimal::try_from_i128_with_scale(mantissa, u32::from(scale)).ok()
    }

    /// Mantissa and places, if it ends within 28 places; no zeros at its end.
    fn ended(self) -> Option<(i128, u8)> {
        let (numerator, denominator) = self.as_fraction();
        let (mut rest, mut twos, mut fives) = (denominator, 0_u32, 0_u32);
        while rest.is_multiple_of(2) {
            (rest, twos) = (rest / 2, twos + 1);
        }
        while rest.is_multiple_of(5) {
            (rest, fives) = (rest / 5, fives + 1);
        }
        let places = twos.max(fives);
        if rest != 1 || places > u32::from(DIGITS) {
            return None;
        }
        let factor = 2_i128.checked_pow(places - twos)?.checked_mul(5_i128.checked_pow(places - fives)?)?;
        let mantissa = numerator.checked_mul(factor).filter(|m| m.unsigned_abs() < LIMIT)?;
        Some((mantissa, u8::try_from(places).ok()?))
    }

    /// The same number without its sign.
    pub fn abs(self) -> Self {
        Self { numerator: self.numerator.abs(), ..self }
    }

    /// The number with the other sign.
    pub fn negated(self) -> Self {
        Self { numerator: -self.numerator, ..self }
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            let scale = self.scale.max(other.scale);
            let left = self.numerator.checked_mul(TENS[usize::from(scale - self.scale)]);
            let right = other.numerator.checked_mul(TENS[usize::from(scale - other.scale)]);
            if let (Some(left), Some(right)) = (left, right)
                && let Some(sum) = left.checked_add(right)
            {
                return Self::decimal(sum, scale);
            }
            return wide::plus(self, other);
        }
        let ((a, b), (c, d)) = (self.over(), other.over());
        if b == d {
            return Self::fraction(a + c, b);
        }
        Self::sum_of_fractions((a, b), (c, d)).unwrap_or_else(|| wide::plus(self, other))
    }

    /// The sum of two fractions where it can be had without wide arithmetic.
    fn sum_of_fractions((a, b): (i128, u128), (c, d): (i128, u128)) -> Option<Option<Self>> {
        let common = greatest_common_divisor(b, d);
        let (left, right) = (i128::try_from(d / common).ok()?, i128::try_from(b / common).ok()?);
        let above = a.checked_mul(left)?.checked_add(c.checked_mul(right)?)?;
        let below = (b / common).checked_mul(d)?;
        Some(Self::fraction(above, below))
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        if self.denominator == 1 && other.denominator == 1 {
            return match self.numerator.checked_mul(other.numerator) {
                Some(product) => Self::decimal(product, self.scale + other.scale),
                None => wide::times(self, other),
            };
        }
        let ((a, b), (c, d)) = (self.over(), other.over());
        Self::product_of_fractions((a, b), (c, d)).unwrap_or_else(|| wide::times(self, other))
    }

    fn product_of_fractions((a, b): (i128, u128), (c, d): (i128, u128)) -> Option<Option<Self>> {
        Some(Self::fraction(a.checked_mul(c)?, b.checked_mul(d)?))
    }

    /// The quotient; none for nothing below the line, which the caller has to ask for before.
    pub fn divided_by(self, other: Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        if self.denominator == 1 && other.denominator == 1 {
            // A quotient of two decimals needs only the difference of their places.
            let places = i16::from(other.scale) - i16::from(self.scale);
            let shift = TENS[usize::from(places.unsigned_abs())];
            let sign = other.numerator.signum();
            let (above, below) = if places >= 0 {
                (self.numerator.checked_mul(shift), Some(other.numerator.abs()))
            } else {
                (Some(self.numerator), other.numerator.abs().checked_mul(shift))
            };
            return match (above, below) {
                (Some(above), Some(below)) => Self::fraction(above * sign, below.unsigned_abs()),
                _ => wide::divided(self, other),
            };
        }
        let ((a, b), (c, d)) = (self.over(), other.over());
        let inverse = i128::try_from(d).ok().map(|d| (d * c.signum(), c.unsigned_abs()));
        inverse
            .and_then(|inverse| Self::product_of_fractions((a, b), inverse))
            .unwrap_or_else(|| wide::divided(self, other))
    }

    /// The whole power (整数次幂); none where it is too long, or nothing is below the line.
    pub fn to_the(self, exponent: i32) -> Option<Self> {
        let mut product = Self::ONE;
        for _ in 0..exponent.unsigned_abs() {
            product = product.times(self)?;
            // A thousand factors of one are one.
            if product == Self::ONE && self == Self::ONE || product.is_zero() {
                break;
            }
        }
        if exponent < 0 { Self::ONE.divided_by(product) } else { Some(product) }
    }

    /// The root of that degree to that many decimals, half up (开方); none below nothing.
    pub fn root(self, degree: u32, decimals: u8) -> Option<Self> {
        wide::root(self, degree, decimals)
    }

    /// The number with that many decimals by a named rule (修约); negative decimals round to tens and hundreds.
    pub fn rounded(self, decimals: i8, rule: Rounding) -> Option<Self> {
        if self.denominator == 1 && i16::from(self.scale) <= i16::from(decimals) {
            return Some(self);
        }
        let (numerator, denominator) = self.over();
        let shift = TENS.get(usize::from(decimals.unsigned_abs())).copied()?;
        let (above, below) = if decimals >= 0 {
            (numerator.checked_mul(shift), Some(denominator))
        } else {
            (Some(numerator), denominator.checked_mul(shift.unsigned_abs()))
        };
        let (Some(above), Some(below)) = (above, below) else { return wide::rounded(self, decimals, rule) };
        let Ok(below) = i128::try_from(below) else { return wide::rounded(self, decimals, rule) };
        let whole = above / below
            + step(
                above.signum(),
                (above % below).unsigned_abs(),
                below.unsigned_abs(),
                (above / below) % 2 != 0,
                rule,
            );
        Self::of_places(whole, decimals)
    }

    /// `whole · 10^-places` for places of either sign.
    fn of_places(whole: i128, places: i8) -> Option<Self> {
        match u8::try_from(places) {
            Ok(places) => Self::decimal(whole, places),
            Err(_) => Self::decimal(whole.checked_mul(*TENS.get(usize::from(places.unsigned_abs()))?)?, 0),
        }
    }
}

/// What rounding adds to a quotient cut off toward zero: −1, 0 or 1.
fn step(sign: i128, remainder: u128, divisor: u128, odd: bool, rule: Rounding) -> i128 {
    let against_half = remainder.cmp(&(divisor - remainder));
    let up = match rule {
        Rounding::HalfUp => against_half != Ordering::Less,
        Rounding::HalfEven => against_half == Ordering::Greater || against_half == Ordering::Equal && odd,
        Rounding::Down => false,
        Rounding::Up => remainder != 0,
    };
    if up { sign } else { 0 }
}

fn reduced(numerator: i128, denominator: u128) -> (i128, u128) {
    let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator);
    // The divisor is at most the numerator, so it fits.
    (numerator / i128::try_from(divisor).unwrap_or(1), denominator / divisor)
}

/// Never zero: of two nothings it is one.
fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    if a == 0 || b == 0 {
        return (a | b).max(1);
    }
    let twos = (a | b).trailing_zeros();
    let (mut a, mut b) = (a >> a.trailing_zeros(), b >> b.trailing_zeros());
    while a != b {
        if let (Ok(small), Ok(other)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(odd_divisor(small, other)) << twos;
        }
        if a < b {
            (a, b) = (b, a);
        }
        a -= b;
        a >>= a.trailing_zeros();
    }
    a << twos
}

/// The greatest common divisor of two odd numbers.
fn odd_divisor(mut a: u64, mut b: u64) -> u64 {
    while a != b {
        if a < b {
            (a, b) = (b, a);
        }
        a -= b;
        a >>= a.trailing_zeros();
    }
    a
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator && self.scale == other.scale {
            return self.numerator.cmp(&other.numerator);
        }
        let signs = self.numerator.signum().cmp(&other.numerator.signum());
        if signs != Ordering::Equal {
            return signs;
        }
        let ((a, b), (c, d)) = (self.over(), other.over());
        let sizes = wide::product(a.unsigned_abs(), d).cmp(&wide::product(c.unsigned_abs(), b));
        if a < 0 { sizes.reverse() } else { sizes }
    }
}

#[cfg(test)]
mod tests;
