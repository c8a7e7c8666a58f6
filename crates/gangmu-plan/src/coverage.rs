//! Coverage (覆盖率): of the commitments of an edition, the share with owner, measure, cadence and fresh evidence.
//!
//! A part whose module is not there yet is 未接入: it leaves both sides of the fraction.

#[cfg(test)]
mod tests;

use rust_decimal::{Decimal, RoundingStrategy};

/// One of the four parts (覆盖率分项).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// 责任: a lead unit is named.
    Owner,
    /// 口径: it is said how it is measured.
    Measure,
    /// 频次: it is said how often it is reported.
    Cadence,
    /// 实证: evidence that is not stale.
    Evidence,
}

impl Part {
    /// All parts in order.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Measure, Self::Cadence, Self::Evidence];

    /// The word in files and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Measure => "measure",
            Self::Cadence => "cadence",
            Self::Evidence => "evidence",
        }
    }
}

/// Which parts have a module (接入): `None` is 未接入.
pub type Connected = [Option<()>; 4];

/// What one commitment has, part by part; parts that are not connected are ignored.
pub type Parts = [bool; 4];

/// The share of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartShare {
    /// Which part.
    pub part: Part,
    /// Commitments that have it; none for 未接入.
    pub have: Option<u32>,
}

/// The coverage of an edition, a chapter or a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Commitments that have every connected part.
    pub have: u32,
    /// Commitments.
    pub of: u32,
    /// The four partial shares.
    pub parts: [PartShare; 4],
}

impl Coverage {
    /// Counts commitments.
    pub fn count(items: impl IntoIterator<Item = Parts>, connected: Connected) -> Self {
        let (mut have, mut of, mut each) = (0, 0, [0; 4]);
        for item in items {
            of += 1;
            have += u32::from((0..4).all(|i| item[i] || connected[i].is_none()));
            (0..4).for_each(|i| each[i] += u32::from(item[i]));
        }
        let share = |i: usize| PartShare { part: Part::ALL[i], have: connected[i].map(|()| each[i]) };
        // Where nothing is connected, nothing is covered.
        let have = if connected.iter().any(Option::is_some) { have } else { 0 };
        Self { have, of, parts: [share(0), share(1), share(2), share(3)] }
    }

    /// Coverage while only owners are connected, from two counts.
    pub fn of_owners(owners: u32, of: u32) -> Self {
        let share = |part| PartShare { part, have: (part == Part::Owner).then_some(owners) };
        Self { have: owners, of, parts: Part::ALL.map(share) }
    }

    /// The headline in per cent, one decimal; none where there are no commitments.
    pub fn percent(&self) -> Option<Decimal> {
        percent(self.have, self.of)
    }
}

/// A share in per cent with one decimal, half away from zero; 100 only where nothing is missing.
pub fn percent(have: u32, of: u32) -> Option<Decimal> {
    let share = (Decimal::from(have) * Decimal::ONE_HUNDRED).checked_div(Decimal::from(of))?;
    let rounded = share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    let nearly = Decimal::new(999, 1);
    Some(if have < of && rounded > nearly { nearly } else { rounded })
}
