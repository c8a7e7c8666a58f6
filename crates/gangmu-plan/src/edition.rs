//! The life of an edition (规划文本版本): in review → approved → published ⇄ withdrawn.
//!
//! Whoever approves has decided none of its proposals; whoever publishes is a leader and not the approver. What is
//! approved is frozen.

pub mod merge;
#[cfg(test)]
mod tests;

use gangmu_kernel::ids::AccountId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Where an edition stands (版本状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 审校中.
    InReview,
    /// 已审定: frozen.
    Approved,
    /// 已公开.
    Published,
    /// 已撤下: it was public.
    Withdrawn,
}

impl Stage {
    /// The word in files, tables and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The stage of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::InReview, Self::Approved, Self::Published, Self::Withdrawn].into_iter().find(|s| s.word() == word)
    }
}

/// An edition, as far as its life goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Where it stands.
    pub stage: Stage,
    /// Who approved it.
    pub approver: Option<AccountId>,
}

/// What the district knew at that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// Who asks.
    pub actor: AccountId,
    /// Is that person a leader?
    pub leads: bool,
    /// Who decided proposals of this edition, undone decisions left out.
    pub deciders: BTreeSet<AccountId>,
    /// Proposals that nobody has decided.
    pub undecided: u32,
    /// Commitments in force.
    pub in_force: u32,
    /// Number of another edition of the same plan that is public.
    pub published: Option<u32>,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 审定.
    Approve,
    /// 公开.
    Publish,
    /// 撤下.
    Withdraw {
        /// Why.
        reason: String,
    },
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum Event {
    /// 已审定.
    Approved {
        /// By whom.
        by: AccountId,
    },
    /// 已公开.
    Published {
        /// By whom.
        by: AccountId,
    },
    /// 已撤下.
    Withdrawn {
        /// By whom.
        by: AccountId,
        /// Why.
        reason: String,
    },
}

/// An obstacle; all of them are told at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Only an edition in review is approved.
    NotInReview {
        /// Where it stands.
        stage: Stage,
    },
    /// Only an approved or withdrawn edition is published.
    NotApproved {
        /// Where it stands.
        stage: Stage,
    },
    /// Only a published edition is withdrawn.
    NotPublished {
        /// Where it stands.
        stage: Stage,
    },
    /// The approver has decided proposals.
    DecidedByYou,
    /// The publisher has approved.
    ApprovedByYou,
    /// Publication is a leader's decision.
    NotALeader,
    /// Proposals wait for a decision.
    Undecided {
        /// How many.
        count: u32,
    },
    /// There is no commitment in force.
    NothingInForce,
    /// Another edition of the plan is public; it is withdrawn first.
    AnotherIsPublic {
        /// Its number.
        edition: u32,
    },
    /// A withdrawal gives its reason.
    ReasonNeeded,
}

impl gangmu_kernel::refusal::Refusal for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotInReview { .. } => "plan-edition-not-in-review",
            Self::NotApproved { .. } => "plan-edition-not-approved",
            Self::NotPublished { .. } => "plan-edition-not-published",
            Self::DecidedByYou => "plan-edition-decided-by-you",
            Self::ApprovedByYou => "plan-edition-approved-by-you",
            Self::NotALeader => "plan-edition-not-a-leader",
            Self::Undecided { .. } => "plan-edition-undecided",
            Self::NothingInForce => "plan-edition-nothing-in-force",
            Self::AnotherIsPublic { .. } => "plan-edition-another-is-public",
            Self::ReasonNeeded => "plan-edition-reason-needed",
        }
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        let one = |name, value: String| BTreeMap::from([(name, value)]);
        match self {
            Self::NotInReview { stage } | Self::NotApproved { stage } | Self::NotPublished { stage } => {
                one("stage", stage.word().to_owned())
            }
            Self::Undecided { count } => one("count", count.to_string()),
            Self::AnotherIsPublic { edition } => one("edition", edition.to_string()),
            _ => BTreeMap::new(),
        }
    }
}

/// Decides a command: the event that follows, or every reason why it is refused.
pub fn decide(edition: &Edition, command: &Command, situation: &Situation) -> Result<Event, Vec<Refusal>> {
    let refusals = match command {
        Command::Approve => against_approval(edition, situation),
        Command::Publish => against_publication(edition, situation),
        Command::Withdraw { reason } => {
            let mut refusals = against_withdrawal(edition, situation);
            if reason.trim().is_empty() {
                refusals.push(Refusal::ReasonNeeded);
            }
            refusals
        }
    };
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let by = situation.actor;
    Ok(match command {
        Command::Approve => Event::Approved { by },
        Command::Publish => Event::Published { by },
        Command::Withdraw { reason } => Event::Withdrawn { by, reason: reason.trim().to_owned() },
    })
}

/// What speaks against approval by this person now (审定).
pub fn against_approval(edition: &Edition, situation: &Situation) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if edition.stage != Stage::InReview {
        refusals.push(Refusal::NotInReview { stage: edition.stage });
    }
    if situation.deciders.contains(&situation.actor) {
        refusals.push(Refusal::DecidedByYou);
    }
    if situation.undecided > 0 {
        refusals.push(Refusal::Undecided { count: situation.undecided });
    }
    if situation.in_force == 0 {
        refusals.push(Refusal::NothingInForce);
    }
    refusals
}

/// What speaks against publication by this person now (公开).
pub fn against_publication(edition: &Edition, situation: &Situation) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if !matches!(edition.stage, Stage::Approved | Stage::Withdrawn) {
        refusals.push(Refusal::NotApproved { stage: edition.stage });
    }
    if !situation.leads {
        refusals.push(Refusal::NotALeader);
    }
    if edition.approver == Some(situation.actor) {
        refusals.push(Refusal::ApprovedByYou);
    }
    if let Some(other) = situation.published {
        refusals.push(Refusal::AnotherIsPublic { edition: other });
    }
    refusals
}

/// What speaks against withdrawal by this person now (撤下), the reason left out.
pub fn against_withdrawal(edition: &Edition, situation: &Situation) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if edition.stage != Stage::Published {
        refusals.push(Refusal::NotPublished { stage: edition.stage });
    }
    if !situation.leads {
        refusals.push(Refusal::NotALeader);
    }
    refusals
}

/// Moves the edition on; it can't refuse, for what happened happened.
pub fn evolve(edition: Edition, event: &Event) -> Edition {
    match event {
        Event::Approved { by } => Edition { stage: Stage::Approved, approver: Some(*by) },
        Event::Published { .. } => Edition { stage: Stage::Published, ..edition },
        Event::Withdrawn { .. } => Edition { stage: Stage::Withdrawn, ..edition },
    }
}
