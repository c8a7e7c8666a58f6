//! Why a decision is refused (拒绝理由).

use std::collections::BTreeMap;

/// An obstacle to a decision; a command is answered with all of them at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The edition was approved.
    Frozen,
    /// There is no commitment of that number.
    NoSuchCommitment {
        /// The number.
        number: u32,
    },
    /// It stands so already.
    StandsAlready {
        /// The number.
        number: u32,
        /// Where it stands.
        standing: &'static str,
    },
    /// It was split; its parts are decided instead, or the split is undone.
    Divided {
        /// The number.
        number: u32,
    },
    /// Somebody decided it since the page was made.
    DecidedMeanwhile {
        /// The number.
        number: u32,
    },
    /// The changed form says the same as before.
    NothingChanged,
    /// A commitment without words.
    EmptyText,
    /// More than a commitment may hold.
    TextTooLong {
        /// Code points allowed.
        limit: usize,
    },
    /// A range whose lower end is above its upper end.
    RangeReversed,
    /// A split needs two parts at least, and fifty at most.
    WrongNumberOfParts {
        /// Parts given.
        got: usize,
    },
    /// A part reaches beyond what is split, or an addition beyond its clause.
    SpanOutside {
        /// First code point.
        start: u32,
        /// One past the last.
        end: u32,
    },
    /// There is no clause of that number.
    NoSuchClause {
        /// The number.
        clause: u32,
    },
    /// The reason 其他 needs words; a doubt does too.
    WordsNeeded,
    /// There is nothing that may be accepted in bulk.
    NothingToAccept,
    /// What may be accepted is not what was previewed.
    PreviewOutdated {
        /// Previewed.
        seen: usize,
        /// That may be accepted now.
        now: usize,
    },
    /// There is no decision of that number.
    NoSuchDecision {
        /// The number.
        decision: u32,
    },
    /// It was undone before, or is itself an undoing.
    CannotBeUndone {
        /// The number.
        decision: u32,
    },
    /// Somebody else decided it.
    NotYours,
    /// Something was decided on the same commitments since.
    DecidedSince {
        /// The later decision.
        decision: u32,
    },
}

impl gangmu_kernel::refusal::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Frozen => "plan-decide-frozen",
            Self::NoSuchCommitment { .. } => "plan-decide-no-such-commitment",
            Self::StandsAlready { .. } => "plan-decide-stands-already",
            Self::Divided { .. } => "plan-decide-divided",
            Self::DecidedMeanwhile { .. } => "plan-decide-decided-meanwhile",
            Self::NothingChanged => "plan-decide-nothing-changed",
            Self::EmptyText => "plan-decide-empty-text",
            Self::TextTooLong { .. } => "plan-decide-text-too-long",
            Self::RangeReversed => "plan-decide-range-reversed",
            Self::WrongNumberOfParts { .. } => "plan-decide-wrong-number-of-parts",
            Self::SpanOutside { .. } => "plan-decide-span-outside",
            Self::NoSuchClause { .. } => "plan-decide-no-such-clause",
            Self::WordsNeeded => "plan-decide-words-needed",
            Self::NothingToAccept => "plan-decide-nothing-to-accept",
            Self::PreviewOutdated { .. } => "plan-decide-preview-outdated",
            Self::NoSuchDecision { .. } => "plan-decide-no-such-decision",
            Self::CannotBeUndone { .. } => "plan-decide-cannot-be-undone",
            Self::NotYours => "plan-decide-not-yours",
            Self::DecidedSince { .. } => "plan-decide-decided-since",
        }
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        let one = |name, value: String| BTreeMap::from([(name, value)]);
        match self {
            Self::NoSuchCommitment { number } | Self::Divided { number } | Self::DecidedMeanwhile { number } => {
                one("number", number.to_string())
            }
            Self::StandsAlready { number, standing } => {
                BTreeMap::from([("number", number.to_string()), ("standing", (*standing).into())])
            }
            Self::TextTooLong { limit } => one("limit", limit.to_string()),
            Self::WrongNumberOfParts { got } => one("got", got.to_string()),
            Self::SpanOutside { start, end } => {
                BTreeMap::from([("start", start.to_string()), ("end", end.to_string())])
            }
            Self::NoSuchClause { clause } => one("clause", clause.to_string()),
            Self::PreviewOutdated { seen, now } => {
                BTreeMap::from([("seen", seen.to_string()), ("now", now.to_string())])
            }
            Self::NoSuchDecision { decision } | Self::CannotBeUndone { decision } | Self::DecidedSince { decision } => {
                one("decision", decision.to_string())
            }
            _ => BTreeMap::new(),
        }
    }
}
