//! Targets as contracts (目标约定, D5): what is promised for an area and a period, by whom it was decided, on which document,
//! from when on; a new version never overwrites the one before.
//!
//! *In:* the versions there are, and what somebody wants. *Out:* the next version, or every reason why not. A version is
//! proposed by one person and confirmed by another; what a plan that was approved says is confirmed with it.

#[cfg(test)]
mod tests;

use crate::measure::Comparator;
use gangmu_kernel::{ids::AccountId, refusals};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What the value of a target is (目标口径).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The indicator's own value in the period (期末值、期内值).
    Level,
    /// Its average growth a year from the baseline on, in percent (年均增长).
    AverageGrowth,
    /// Its sum over all years of the period (累计).
    Cumulative,
}

impl Basis {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Level, Self::AverageGrowth, Self::Cumulative];

    /// The word in files, tables and interfaces.
    pub fn word(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::AverageGrowth => "average_growth",
            Self::Cumulative => "cumulative",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// What is promised (目标内容). Without value and range it is a question that is still open (待补录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What the value is.
    pub basis: Basis,
    /// How a value is compared with it.
    pub comparator: Comparator,
    /// The value.
    pub value: Option<Decimal>,
    /// The lower end of a range.
    pub low: Option<Decimal>,
    /// The upper end of a range.
    pub high: Option<Decimal>,
    /// The value from which it starts (基期值).
    pub baseline: Option<Decimal>,
    /// The period of that value.
    pub baseline_period: Option<String>,
    /// In the words of who decided it.
    pub text: String,
}

impl Terms {
    /// Has nobody said yet how much it is?
    pub fn is_open(&self) -> bool {
        self.value.is_none() && self.low.is_none() && self.high.is_none()
    }
}

/// Where a version stands (约定状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Proposed, waiting for another person (待确认).
    Proposed,
    /// Holds from its day on, until a later one does (生效).
    Effective,
    /// Not confirmed (未通过).
    Refused,
}

impl State {
    /// The word in files, tables and interfaces.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Effective => "effective",
            Self::Refused => "refused",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        [Self::Proposed, Self::Effective, Self::Refused].into_iter().find(|one| one.word() == word)
    }
}

/// A version as it is decided on (约定版本).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number within the contract, from 1.
    pub number: u32,
    /// Where it stands.
    pub state: State,
    /// What it promises.
    pub terms: Terms,
    /// From when on.
    pub effective_from: Date,
    /// Who proposed it: the person, and for whom where it was a deputy.
    pub proposers: Vec<AccountId>,
}

/// A version that somebody wants (提出的约定).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// What it promises.
    pub terms: Terms,
    /// The document that decides it (依据文件).
    pub document: String,
    /// Why it changes.
    pub reason: String,
    /// From when on.
    pub effective_from: Date,
}

refusals! {
    /// Why a target can't be set so (目标约定方面的拒绝理由).
    #[derive(Clone)]
    pub enum ContractRefusal {
        /// Another version waits for confirmation.
        #[error("version {number} waits")]
        Waiting { number: u32 } = "indicators-target-waiting",
        /// No document is named.
        #[error("no document")]
        NoDocument {} = "indicators-target-no-document",
        /// A change says why.
        #[error("no reason")]
        NoReason {} = "indicators-target-no-reason",
        /// A range whose ends are the wrong way round.
        #[error("{low} to {high}")]
        Range { low: Decimal, high: Decimal } = "indicators-target-range",
        /// A value and a range at once.
        #[error("a value and a range")]
        ValueAndRange {} = "indicators-target-value-and-range",
        /// It is what holds already.
        #[error("nothing changed")]
        Same {} = "indicators-target-same",
        /// Before the version that holds.
        #[error("{from} is before {holds}")]
        TooEarly { from: Date, holds: Date } = "indicators-target-too-early",
        /// Who proposed it does not confirm it.
        #[error("proposed by the same person")]
        ProposedByYou {} = "indicators-target-proposed-by-you",
        /// It was decided before.
        #[error("version {number} is decided")]
        Decided { number: u32 } = "indicators-target-decided",
    }
}

/// The version that holds on that day (现行约定).
pub fn in_force(versions: &[Version], day: Date) -> Option<&Version> {
    versions
        .iter()
        .filter(|version| version.state == State::Effective && version.effective_from <= day)
        .max_by_key(|version| (version.effective_from, version.number))
}

/// The number of the next version, or everything that speaks against proposing it.
pub fn propose(versions: &[Version], proposed: &Proposed) -> Result<u32, Vec<ContractRefusal>> {
    let mut wrong = Vec::new();
    if let Some(waiting) = versions.iter().find(|version| version.state == State::Proposed) {
        wrong.push(ContractRefusal::Waiting { number: waiting.number });
    }
    if proposed.document.trim().is_empty() {
        wrong.push(ContractRefusal::NoDocument {});
    }
    let effective = versions.iter().filter(|version| version.state == State::Effective);
    let newest = effective.max_by_key(|version| (version.effective_from, version.number));
    if newest.is_some() && proposed.reason.trim().is_empty() {
        wrong.push(ContractRefusal::NoReason {});
    }
    let terms = &proposed.terms;
    match (terms.low, terms.high) {
        (Some(low), Some(high)) if low > high => wrong.push(ContractRefusal::Range { low, high }),
        _ => {}
    }
    if terms.value.is_some() && (terms.low.is_some() || terms.high.is_some()) {
        wrong.push(ContractRefusal::ValueAndRange {});
    }
    if let Some(newest) = newest {
        let same = Terms { text: newest.terms.text.clone(), ..terms.clone() } == newest.terms;
        if same {
            wrong.push(ContractRefusal::Same {});
        }
        if proposed.effective_from < newest.effective_from {
            let (from, holds) = (proposed.effective_from, newest.effective_from);
            wrong.push(ContractRefusal::TooEarly { from, holds });
        }
    }
    let next = versions.iter().map(|version| version.number).max().unwrap_or(0) + 1;
    if wrong.is_empty() { Ok(next) } else { Err(wrong) }
}

/// Everything that speaks against this person's confirming or refusing a version.
pub fn against_decision(version: &Version, actor: AccountId, behalf: Option<AccountId>) -> Vec<ContractRefusal> {
    let mut wrong = Vec::new();
    if version.state != State::Proposed {
        wrong.push(ContractRefusal::Decided { number: version.number });
    }
    // A deputy and the holder of the post are one in this.
    if version.proposers.contains(&actor) || behalf.is_some_and(|behalf| version.proposers.contains(&behalf)) {
        wrong.push(ContractRefusal::ProposedByYou {});
    }
    wrong
}
