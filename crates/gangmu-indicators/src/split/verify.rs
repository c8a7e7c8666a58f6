//! Checking a certificate (核验分解凭证) without splitting anything again.
//!
//! It only adds, multiplies and compares whole numbers, so that an auditor can follow it by hand; it shares no step
//! with the splitting itself.

use super::{Reading, Rule, Split, whole};
use crate::measure::words;
use num_bigint::{BigInt, Sign};
use rust_decimal::Decimal;

words! {
    /// What a certificate doesn't keep (凭证的不符之处).
    pub enum Broken {
        /// There is not one value, part and weight a year (个数不符).
        Counts = "counts",
        /// The parts don't add up to the sum (合计不符).
        Sum = "sum",
        /// The sum isn't the way from the baseline to the target, or the total (与目标不符).
        Target = "target",
        /// A value isn't what the parts before it lead to (与分量不符).
        Parts = "parts",
        /// A value isn't the rule's, rounded (与规则不符).
        Rule = "rule",
        /// A value has more decimals than stated (小数位不符).
        Decimals = "decimals",
    }
}

/// Everything in which values and certificate disagree; an empty list is a proof.
pub fn verify(split: &Split) -> Vec<Broken> {
    let proof = &split.certificate;
    let count = split.years.len();
    if count == 0 || [split.values.len(), proof.parts.len(), proof.weights.len()].iter().any(|n| *n != count) {
        return vec![Broken::Counts];
    }
    let way = match proof.baseline {
        Some(baseline) => whole::difference(proof.target, baseline),
        None => Some(proof.target),
    };
    let (head, tail) = split.values.split_at(count - 1);
    let checks = [
        (Broken::Counts, proof.baseline.is_some() == (proof.reading == Reading::Levels)),
        (Broken::Sum, whole::sum(&proof.parts) == Some(proof.sum)),
        (Broken::Target, way == Some(proof.sum) && (proof.baseline.is_none() || tail == [proof.target])),
        (Broken::Parts, parts_lead_there(split)),
        (Broken::Decimals, head.iter().all(|value| value.normalize().scale() <= proof.decimals)),
        (Broken::Rule, (1..count).all(|passed| near_the_rule(split, passed) == Some(true))),
    ];
    checks.into_iter().filter(|(_, kept)| !kept).map(|(broken, _)| broken).collect()
}

fn parts_lead_there(split: &Split) -> bool {
    let proof = &split.certificate;
    match proof.baseline {
        None => split.values == proof.parts,
        Some(baseline) => (1..=split.values.len()).all(|passed| {
            let steps = [&[baseline], &proof.parts[..passed]].concat();
            whole::sum(&steps) == Some(split.values[passed - 1])
        }),
    }
}

/// Is the value after so many years within half a last place of what the rule says?
fn near_the_rule(split: &Split, passed: usize) -> Option<bool> {
    let proof = &split.certificate;
    let value = split.values[passed - 1];
    let scale = [proof.target.scale(), proof.baseline.map_or(0, |b| b.scale()), value.scale(), proof.decimals];
    // One place more, so that half a last place is a whole number.
    let scale = scale.into_iter().max()? + 1;
    let half = whole::ten(scale - proof.decimals) / 2;
    let (value, target) = (whole::units(value, scale), whole::units(proof.target, scale));
    let start = whole::units(proof.baseline.unwrap_or_default(), scale);
    if proof.rule == Rule::Compound {
        let years = u32::try_from(split.values.len()).ok()?;
        return Some(near_the_growth(&value, &half, (&start, &target), u32::try_from(passed).ok()?, years));
    }
    let finest = proof.weights.iter().map(Decimal::scale).max()?;
    let shares: Vec<BigInt> = proof.weights.iter().map(|weight| whole::units(*weight, finest)).collect();
    let all: BigInt = shares.iter().sum();
    if all.sign() == Sign::NoSign {
        let still = if proof.baseline.is_some() { start } else { BigInt::ZERO };
        return Some(whole::magnitude(&(value - still)) <= half);
    }
    let share: BigInt = match proof.reading {
        Reading::Levels => shares[..passed].iter().sum(),
        Reading::Amounts => shares[passed - 1].clone(),
    };
    // |value − (start + (target − start)·share/all)| ≤ half, multiplied by all.
    let off = (value - &start) * &all - (target - start) * share;
    Some(whole::magnitude(&off) <= half * whole::magnitude(&all))
}

/// Is value^n within (value ± half)^n of start^(n−k)·end^k?
fn near_the_growth(value: &BigInt, half: &BigInt, ends: (&BigInt, &BigInt), passed: u32, years: u32) -> bool {
    if value.sign() != Sign::NoSign && value.sign() != ends.0.sign() {
        return false;
    }
    let exact = whole::magnitude(ends.0).pow(years - passed) * whole::magnitude(ends.1).pow(passed);
    let value = whole::magnitude(value);
    let below = if value > *half { (&value - half).pow(years) } else { BigInt::ZERO };
    below <= exact && exact <= (value + half).pow(years)
}
