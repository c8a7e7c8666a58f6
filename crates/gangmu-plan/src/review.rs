//! The review of an edition (审校): people decide what a plan has promised.
//!
//! *In:* a [`Review`], possibly only the commitments that a command names, and a [`Command`]. *Out:* one
//! [`ReviewEvent`] with a step for every commitment it touches, or every reason why not. *Never:* a decision is lost:
//! events carry what stood before, so that undoing restores exactly.

mod decide;
mod evolve;
mod refusal;
#[cfg(test)]
mod tests;

pub use decide::{bulk_of, decide};
pub use evolve::evolve;
pub use refusal::Refusal;

use crate::{
    compiled::Range,
    proposal::{Certainty, Form},
};
use gangmu_kernel::ids::AccountId;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why a proposal is rejected (否决理由).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    /// 1 不是承诺，是背景.
    Background,
    /// 2 与他条重复.
    Duplicate,
    /// 3 断句错误.
    Misread,
    /// 4 其他: needs words.
    Other,
}

impl RejectReason {
    /// The key that chooses it: 1–4.
    pub fn number(self) -> u8 {
        match self {
            Self::Background => 1,
            Self::Duplicate => 2,
            Self::Misread => 3,
            Self::Other => 4,
        }
    }

    /// The reason of that key.
    pub fn of_number(number: u8) -> Option<Self> {
        [Self::Background, Self::Duplicate, Self::Misread, Self::Other].into_iter().find(|r| r.number() == number)
    }
}

/// Where a commitment stands (事项状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 编译建议: nobody has decided.
    Proposed,
    /// 采纳: as proposed.
    Accepted,
    /// 改后采纳: accepted with changes.
    Changed,
    /// 补录: entered by a person, a part of a divided one included.
    Added,
    /// 存疑待议: kept as a doubt; a person has looked.
    Doubted,
    /// 否决.
    Rejected(RejectReason),
    /// 已拆分: its parts stand in its place.
    Divided,
}

impl Standing {
    /// Does it count as a commitment of the plan?
    pub fn is_in_force(self) -> bool {
        matches!(self, Self::Accepted | Self::Changed | Self::Added)
    }

    /// Does it stand in lists: neither rejected nor divided?
    pub fn is_listed(self) -> bool {
        !matches!(self, Self::Rejected(_) | Self::Divided)
    }

    /// The word in files, tables and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Doubted => "doubted",
            Self::Rejected(_) => "rejected",
            Self::Divided => "divided",
        }
    }

    /// The standing of that word; a rejection needs its reason.
    pub fn of_word(word: &str, reason: Option<u8>) -> Option<Self> {
        Some(match word {
            "proposed" => Self::Proposed,
            "accepted" => Self::Accepted,
            "changed" => Self::Changed,
            "added" => Self::Added,
            "doubted" => Self::Doubted,
            "rejected" => Self::Rejected(RejectReason::of_number(reason?)?),
            "divided" => Self::Divided,
            _ => return None,
        })
    }
}

/// A commitment under review (承诺事项).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// Number within the edition, counted from 1.
    pub number: u32,
    /// Its clause: number within the edition.
    pub clause: u32,
    /// Where it stands in the text.
    pub span: Range,
    /// What it says now.
    pub form: Form,
    /// Where it stands.
    pub standing: Standing,
    /// Confidence of the compiler; none for what a person entered.
    pub confidence: Option<Decimal>,
    /// A doubt of the compiler touches it that nobody has settled.
    #[serde(default)]
    pub doubted: bool,
    /// The commitment that it is a part of.
    pub split_from: Option<u32>,
    /// The last decision on it that was not undone.
    pub decision: Option<u32>,
}

impl Commitment {
    /// May it be accepted without being looked at on its own? Only 有把握, undecided and without doubt it may.
    pub fn is_bulk(&self) -> bool {
        self.standing == Standing::Proposed
            && !self.doubted
            && self.confidence.map(Certainty::of) == Some(Certainty::Sure)
    }
}

/// The state of a review, or the part of it that a command needs (审校).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    /// The edition was approved: nothing may be decided any more.
    pub frozen: bool,
    /// Number of the last decision.
    pub decisions: u32,
    /// Number of the last decision that the person had seen; none where it doesn't matter.
    pub seen: Option<u32>,
    /// Number of the last commitment.
    pub commitments_made: u32,
    /// The commitments that the command names; all of the scope for a bulk acceptance.
    pub commitments: BTreeMap<u32, Commitment>,
    /// The decision that is to be undone, with whether it was undone already.
    pub past: BTreeMap<u32, Past>,
    /// Spans of the clauses that the command names, for what a person enters.
    pub clauses: BTreeMap<u32, Range>,
}

/// A decision of the past.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// Who decided.
    pub by: AccountId,
    /// What happened.
    pub event: ReviewEvent,
    /// It was undone.
    pub undone: bool,
}

/// What a reviewer asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// 采纳.
    Accept {
        /// The commitment.
        number: u32,
    },
    /// 修改: accepts with another form.
    Change {
        /// The commitment.
        number: u32,
        /// What it shall say.
        form: Box<Form>,
    },
    /// 拆分: several commitments take its place.
    Split {
        /// The commitment.
        number: u32,
        /// The parts, each with its span, or none for the span of the whole.
        parts: Vec<(Form, Option<Range>)>,
    },
    /// 否决.
    Reject {
        /// The commitment.
        number: u32,
        /// Why.
        reason: RejectReason,
        /// In words; needed for [`RejectReason::Other`].
        note: String,
    },
    /// 补录: what the compiler did not see.
    Add {
        /// The clause.
        clause: u32,
        /// Where it stands.
        span: Range,
        /// What it says.
        form: Box<Form>,
    },
    /// 存疑待议.
    Doubt {
        /// The commitment.
        number: u32,
        /// What is doubted.
        note: String,
    },
    /// 批量采纳: exactly these, as previewed.
    AcceptInBulk {
        /// The numbers, ascending.
        numbers: Vec<u32>,
    },
    /// 定责: units that lead, where the text names none or a person knows better; nothing else is decided by it.
    Assign {
        /// Commitments, each with the units that shall lead.
        leads: BTreeMap<u32, Vec<String>>,
    },
    /// 矛盾裁定: one of two sources holds, all at once.
    Reconcile {
        /// What is accepted as it stands.
        accept: Vec<u32>,
        /// What is accepted with another form.
        change: Vec<(u32, Form)>,
        /// What says the same otherwise, and is rejected as a duplicate.
        reject: Vec<u32>,
        /// Which source holds, in words.
        note: String,
    },
    /// 撤销 of one's own decision.
    Undo {
        /// The decision.
        decision: u32,
    },
}

/// What was decided (决定).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// 采纳.
    Accepted,
    /// 改后采纳.
    Changed,
    /// 拆分.
    Split,
    /// 否决.
    Rejected,
    /// 补录.
    Added,
    /// 存疑待议.
    Doubted,
    /// 批量采纳.
    AcceptedInBulk,
    /// 定责.
    Assigned,
    /// 矛盾裁定.
    Reconciled,
    /// 撤销.
    Undone,
}

impl Verb {
    /// The word in files, tables and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Changed => "changed",
            Self::Split => "split",
            Self::Rejected => "rejected",
            Self::Added => "added",
            Self::Doubted => "doubted",
            Self::AcceptedInBulk => "accepted_in_bulk",
            Self::Assigned => "assigned",
            Self::Reconciled => "reconciled",
            Self::Undone => "undone",
        }
    }
}

/// A decision that was taken (决定记录): enough to take it back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewEvent {
    /// Its number within the edition.
    pub decision: u32,
    /// What was decided.
    pub verb: Verb,
    /// In words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The decision that it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u32>,
    /// One step for every commitment it touches.
    pub steps: Vec<Step>,
}

/// What a decision did to one commitment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum Step {
    /// It stands otherwise now.
    Moved {
        /// The commitment.
        number: u32,
        /// Where it stood, after which decision.
        was: (Standing, Option<u32>),
        /// Where it stands, after which decision.
        becomes: (Standing, Option<u32>),
        /// What it said and says, where that changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<Box<(Form, Form)>>,
    },
    /// It came into being.
    Made {
        /// The commitment.
        commitment: Box<Commitment>,
    },
    /// It went out of being: what made it was undone.
    Unmade {
        /// The commitment.
        commitment: Box<Commitment>,
    },
}

impl Step {
    /// Number of the commitment.
    pub fn number(&self) -> u32 {
        match self {
            Self::Moved { number, .. } => *number,
            Self::Made { commitment } | Self::Unmade { commitment } => commitment.number,
        }
    }

    /// The step that takes this one back.
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::Moved { number, was, becomes, form } => {
                let form = form.map(|f| Box::new((f.1, f.0)));
                Self::Moved { number, was: becomes, becomes: was, form }
            }
            Self::Made { commitment } => Self::Unmade { commitment },
            Self::Unmade { commitment } => Self::Made { commitment },
        }
    }
}
