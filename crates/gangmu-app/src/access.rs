//! Who may do what (权限): the committed matrix `access.csv`, action × role, where everything that is not granted is
//! denied. A cell says how far: `yes` everywhere, `tree` as far as the role was granted, `own` what one made oneself,
//! `whole` everywhere but only for a role that was granted everywhere.
//!
//! Everybody, logged in or not, holds the role `public`. What depends on the object and its history (who approves
//! decided nothing) is no matter of this table; the engines refuse it with a reason.

use crate::session::Session;
use gangmu_store::Scope;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// The committed matrix.
const MATRIX: &str = include_str!("../access.csv");

/// What a person is to the district (角色).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everybody, also without logging in (公众).
    Public,
    /// Imports plans and decides proposals (规划人员).
    Planner,
    /// Decides proposals and approves editions (审定人员).
    Reviewer,
    /// Answers for a unit's tasks (联络员).
    Liaison,
    /// Publishes and withdraws (领导).
    Leader,
    /// Reads everything: congress and audit (监督：人大、审计).
    Supervisor,
    /// Keeps the program itself, and adds accounts and organisations without any right (系统管理员).
    System,
    /// Gives and takes roles, locks and unlocks (安全管理员).
    Security,
    /// Reads the journal and who holds what (审计管理员).
    Audit,
}

impl Role {
    /// All roles, in the order of the matrix.
    pub const ALL: [Self; 9] = [
        Self::Public,
        Self::Planner,
        Self::Reviewer,
        Self::Liaison,
        Self::Leader,
        Self::Supervisor,
        Self::System,
        Self::Security,
        Self::Audit,
    ];

    /// The word in tables, files and the locale.
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Planner => "planner",
            Self::Reviewer => "reviewer",
            Self::Liaison => "liaison",
            Self::Leader => "leader",
            Self::Supervisor => "supervisor",
            Self::System => "system",
            Self::Security => "security",
            Self::Audit => "audit",
        }
    }

    /// The role of that word that an account can hold; `public` is nobody's.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().skip(1).find(|role| role.word() == word)
    }

    /// Is this one of the three that keep the house (三员)?
    pub fn administers(self) -> bool {
        matches!(self, Self::System | Self::Security | Self::Audit)
    }

    /// Does somebody in this role decide on what the district does?
    pub fn decides(self) -> bool {
        matches!(self, Self::Planner | Self::Reviewer | Self::Liaison | Self::Leader)
    }

    /// May the two never meet in one account (不相容)? The one place where this rule stands: the three administrators
    /// are three people, and none of them decides.
    pub fn excludes(self, other: Self) -> bool {
        let one_way = |a: Self, b: Self| a.administers() && (b.administers() || b.decides());
        self != other && (one_way(self, other) || one_way(other, self))
    }
}

/// The pairs of these roles that must not meet in one account (不相容角色), each once.
pub fn meetings(roles: &BTreeSet<Role>) -> Vec<(Role, Role)> {
    let after = |one: &Role| roles.range((std::ops::Bound::Excluded(*one), std::ops::Bound::Unbounded));
    roles.iter().flat_map(|one| after(one).filter(|other| one.excludes(**other)).map(|other| (*one, *other))).collect()
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Why a person may not do something (无权的原因).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// Nobody is logged in, and this is not for everybody.
    #[error("{action} wants somebody who is logged in")]
    NotLoggedIn {
        /// The action.
        action: String,
    },
    /// The person holds none of the roles that may.
    #[error("{action} is for {}, not for {}", words(needed), words(held))]
    WrongRole {
        /// The action.
        action: String,
        /// The roles that the person holds.
        held: BTreeSet<Role>,
        /// The roles that may.
        needed: BTreeSet<Role>,
    },
    /// The person must choose a new password first.
    #[error("{action} waits until the password was changed")]
    PasswordFirst {
        /// The action.
        action: String,
    },
    /// The person may, the token not.
    #[error("{action} lies outside the scope of the token")]
    OutOfScope {
        /// The action.
        action: String,
    },
    /// The post in which the token acts is over, or is not held yet.
    #[error("the post {post:?} of the token is not held today")]
    PostEnded {
        /// What it is called, with its organisation.
        post: String,
    },
    /// The matrix has no such action, so nobody may.
    #[error("{action} is in no row of the matrix")]
    Unlisted {
        /// The action.
        action: String,
    },
}

fn words(roles: &BTreeSet<Role>) -> String {
    let words: Vec<_> = roles.iter().map(|role| role.word()).collect();
    if words.is_empty() { "nobody".to_owned() } else { words.join(", ") }
}

/// The matrix, read (权限表).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    rows: BTreeMap<String, Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    granted: BTreeSet<Role>,
    reach: BTreeMap<Role, Reach>,
}

/// How far a role reaches in an action (权限范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// Everywhere, `yes` (全部).
    All,
    /// As far as the grant: an organisation with all that stands below it, the organisations of an area, or everywhere,
    /// `tree` (授权范围).
    Tree,
    /// What the person made, `own` (本人).
    Own,
    /// Everywhere, but only where the grant reaches everywhere, `whole` (仅全部): what can't be cut in pieces.
    Whole,
}

impl Reach {
    /// The word in the matrix.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "yes",
            Self::Tree => "tree",
            Self::Own => "own",
            Self::Whole => "whole",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        [Self::All, Self::Tree, Self::Own, Self::Whole].into_iter().find(|reach| reach.word() == word)
    }
}

/// A matrix that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the access matrix: {problem}")]
pub struct BadMatrix {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

impl Access {
    /// The matrix that was committed with this program.
    pub fn committed() -> Self {
        Self::parse(MATRIX).expect("a test reads the committed matrix")
    }

    /// Reads a matrix: a head with all roles in order, then one row per action, sorted, each cell `yes`, `tree`,
    /// `own`, `whole` or `-`.
    pub fn parse(text: &str) -> Result<Self, BadMatrix> {
        let bad = |line: usize, problem: &str| BadMatrix { line: line + 1, problem: problem.to_owned() };
        let mut lines = text.lines().enumerate();
        let head = lines.next().map(|(_, head)| head).unwrap_or_default();
        let expected = format!("action,{}", Role::ALL.map(Role::word).join(","));
        if head != expected {
            return Err(bad(0, &format!("the head must be {expected}")));
        }
        let mut rows = BTreeMap::new();
        for (at, line) in lines {
            let mut cells = line.split(',');
            let action = cells.next().unwrap_or_default();
            let cells: Vec<_> = cells.collect();
            let known = |cell: &&str| *cell == "-" || Reach::of_word(cell).is_some();
            if cells.len() != Role::ALL.len() || !cells.iter().all(known) {
                return Err(bad(at, "each role has a cell, `yes`, `tree`, `own`, `whole` or `-`"));
            }
            if action.split_once('.').is_none_or(|(noun, verb)| noun.is_empty() || verb.is_empty()) {
                return Err(bad(at, "an action is named noun.verb"));
            }
            if rows.last_key_value().is_some_and(|(last, _): (&String, _)| last.as_str() >= action) {
                return Err(bad(at, "the rows are sorted and each action has one"));
            }
            let cells = Role::ALL.into_iter().zip(cells);
            let reach: BTreeMap<Role, Reach> =
                cells.filter_map(|(role, cell)| Some((role, Reach::of_word(cell)?))).collect();
            rows.insert(action.to_owned(), Row { granted: reach.keys().copied().collect(), reach });
        }
        Ok(Self { rows })
    }

    /// The actions with the roles that may.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &BTreeSet<Role>)> {
        self.rows.iter().map(|(action, row)| (action.as_str(), &row.granted))
    }

    /// The roles that may do this.
    pub fn roles_for(&self, action: &str) -> BTreeSet<Role> {
        self.rows.get(action).map(|row| row.granted.clone()).unwrap_or_default()
    }

    /// How far that role reaches in that action; `None` where it may not do it.
    pub fn reach(&self, action: &str, role: Role) -> Option<Reach> {
        self.rows.get(action)?.reach.get(&role).copied()
    }

    /// On what somebody may do this (权限范围): the one place where it is computed. What the roles of the post grant is
    /// added up; a role that reaches as far as its grant reaches everywhere where the grant has no bound.
    pub fn scope(&self, action: &str, session: &Session) -> Scope {
        let mut scope = Scope::default();
        for role in std::iter::once(Role::Public).chain(session.roles.iter().copied()) {
            match self.reach(action, role) {
                None => {}
                Some(Reach::All) => scope.everything = true,
                Some(Reach::Own) => scope.own = Some(session.actor.account),
                Some(Reach::Whole) => scope.everything |= !session.bounds.contains_key(&role),
                Some(Reach::Tree) => scope.add(session.bounds.get(&role)),
            }
        }
        scope
    }

    /// May everybody do this, logged in or not?
    pub fn is_public(&self, action: &str) -> bool {
        self.rows.get(action).is_some_and(|row| row.granted.contains(&Role::Public))
    }

    /// Why may somebody with these roles not do this? `None` says that they may.
    pub fn why_not(&self, action: &str, held: &BTreeSet<Role>) -> Option<Forbidden> {
        let action_name = || action.to_owned();
        let Some(Row { granted: needed, .. }) = self.rows.get(action) else {
            return Some(Forbidden::Unlisted { action: action_name() });
        };
        if needed.contains(&Role::Public) || !needed.is_disjoint(held) {
            return None;
        }
        if held.is_empty() {
            return Some(Forbidden::NotLoggedIn { action: action_name() });
        }
        Some(Forbidden::WrongRole { action: action_name(), held: held.clone(), needed: needed.clone() })
    }
}
