//! Measured precision of every rule (D3), and the confidence that follows from it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::compiled::{Origin, Sign};

/// `rule = precision` per line, made by a measured run on the development gold; see the head of the file.
static PRECISION: LazyLock<BTreeMap<&'static str, Decimal>> = LazyLock::new(|| {
    include_str!("precision.txt")
        .lines()
        .filter_map(|line| line.split('#').next()?.split_once('='))
        .filter_map(|(rule, value)| Some((rule.trim(), value.trim().parse().ok()?)))
        .collect()
});

/// The origin of an extraction: the rule's measured precision, moved by the signs (in hundredths), kept in 0–0.99.
///
/// A rule without a measured precision counts 0.75: 拿不准.
pub fn origin(rule: &str, signs: &[(&str, i64)]) -> Origin {
    let base = PRECISION.get(rule).copied().unwrap_or_else(|| Decimal::new(75, 2));
    let moved = signs.iter().fold(base, |sum, (_, delta)| sum + Decimal::new(*delta, 2));
    Origin {
        rule: rule.to_owned(),
        confidence: moved.clamp(Decimal::ZERO, Decimal::new(99, 2)).round_dp(2),
        signs: signs
            .iter()
            .map(|(name, delta)| Sign { name: (*name).to_owned(), delta: Decimal::new(*delta, 2) })
            .collect(),
    }
}
