//! How periods and values are kept: as whole numbers, because millions of them are (压缩编码).

use gangmu_kernel::period::{Grain, Period};
use rust_decimal::Decimal;

/// Codes of one year.
const YEAR: i64 = 1000;

/// The code of a period of reports: `2024000` the year, `2024011` its first half, `2024023` its third quarter, `2024105`
/// its May, `2024206` its January to June; none of other periods.
pub fn period_code(period: Period) -> Option<i64> {
    let last = period.last_day();
    let month = i64::from(last.month());
    let within = match period.grain() {
        Grain::Year => 0,
        Grain::Half => 10 + month / 6,
        Grain::Quarter => 20 + month / 3,
        Grain::Month => 100 + month,
        Grain::Months if period.is_cumulative() => 200 + month,
        _ => return None,
    };
    Some(i64::from(last.year()) * YEAR + within)
}

/// The period of a code.
pub fn period_of(code: i64) -> Option<Period> {
    let year = i16::try_from(code.div_euclid(YEAR)).ok()?;
    let within = code.rem_euclid(YEAR);
    let part = |base: i64| i8::try_from(within - base).ok();
    match within {
        0 => Period::year(year),
        11 | 12 => Period::half(year, part(10)?),
        21..=24 => Period::quarter(year, part(20)?),
        101..=112 => Period::month(year, part(100)?),
        202..=212 => Period::months(year, 1, part(200)?),
        _ => None,
    }
}

/// A decimal as a whole number and how many of its digits stand behind the point; none beyond 18 digits.
pub fn pack(value: Decimal) -> Option<(i64, i64)> {
    const MOST: i64 = 1_000_000_000_000_000_000;
    let plain = value.normalize();
    let digits = i64::try_from(plain.mantissa()).ok().filter(|digits| digits.abs() < MOST)?;
    Some((digits, i64::from(plain.scale())))
}

/// The decimal of a whole number with that many digits behind the point.
pub fn unpack(digits: i64, scale: i64) -> Option<Decimal> {
    Decimal::try_new(digits, u32::try_from(scale).ok()?).ok()
}
