//! What is required from now on (后期所需进度) so that the target is still met.

use crate::split::whole;
use num_bigint::BigInt;
use rust_decimal::Decimal;

/// The step of each period left (每期所需增量), half up; none where no period is left.
pub fn required_step(value: Decimal, target: Decimal, left: u32, decimals: u32) -> Option<Decimal> {
    let way = whole::difference(target, value)?;
    let units = whole::units(way, way.scale()) * whole::ten(decimals);
    let under = BigInt::from(left) * whole::ten(way.scale());
    (left > 0).then(|| whole::decimal(&whole::quotient(&units, &under), decimals)).flatten()
}

/// The growth of each period left (后期年均所需增速), in percent, half up; none where no rate leads there.
pub fn required_growth(value: Decimal, target: Decimal, left: u32, decimals: u32) -> Option<Decimal> {
    if value <= Decimal::ZERO || target <= Decimal::ZERO {
        return None;
    }
    rate((target, 1), (value, 1), left, decimals)
}

/// The average growth of the periods left (后期所需年均增速) when a plan promised `goal` percent a year on average and
/// has had `so_far`: ((1 + goal)^periods ÷ (1 + so_far)^passed)^(1 ÷ left) − 1.
pub fn required_average(goal: Decimal, so_far: Decimal, periods: u32, passed: u32, decimals: u32) -> Option<Decimal> {
    let factor = |percent: Decimal| percent.checked_add(Decimal::ONE_HUNDRED).filter(|factor| *factor > Decimal::ZERO);
    let left = periods.checked_sub(passed)?;
    // In percent both: the hundreds left over are those of the periods left.
    let (goal, so_far) = (factor(goal)?, factor(so_far)?);
    let (over, under) = ((goal, periods), (so_far, passed));
    rate_of(over, under, left, decimals, whole::ten(2).pow(left))
}

fn rate(over: (Decimal, u32), under: (Decimal, u32), left: u32, decimals: u32) -> Option<Decimal> {
    rate_of(over, under, left, decimals, BigInt::from(1))
}

/// 100·((over ÷ (under·more))^(1/left) − 1), rounded once.
fn rate_of(
    (over, times): (Decimal, u32),
    (under, often): (Decimal, u32),
    left: u32,
    decimals: u32,
    more: BigInt,
) -> Option<Decimal> {
    if left == 0 || left > 200 || times > 200 || often > 200 {
        return None;
    }
    let (above, below) = (over.scale() * times, under.scale() * often);
    let over = whole::units(over, over.scale()).pow(times) * whole::ten(below);
    let under = whole::units(under, under.scale()).pow(often) * whole::ten(above) * more;
    // Twice the factor in last places of a percentage, rounded down.
    let twice = (over * whole::ten((decimals + 2) * left) * BigInt::from(2).pow(left) / under).nth_root(left);
    let factor: BigInt = (twice + 1_u32) / 2_u32;
    whole::decimal(&(factor - whole::ten(decimals + 2)), decimals)
}
