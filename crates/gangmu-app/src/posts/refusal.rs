//! Why the rules of posts say no (任职方面的拒绝理由).

use gangmu_kernel::refusal::Refusal;
use std::collections::BTreeMap;

/// A reason why a post or a deputy can't be as it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostRefusal {
    /// The title is empty or longer than allowed.
    BadTitle,
    /// The last day comes before the first one, or is past already.
    BadDays,
    /// The day is none.
    BadDay {
        /// What was typed.
        day: String,
    },
    /// There is no such area.
    UnknownArea {
        /// The code.
        code: String,
    },
    /// The reason is missing.
    ReasonNeeded,
    /// Nobody has this login.
    NoSuchPerson {
        /// The login.
        login: String,
    },
    /// Nobody is his own deputy.
    OwnDeputy,
    /// Another deputy acts in the post on some of these days.
    AnotherDeputy {
        /// Who.
        name: String,
    },
    /// The post is not held on these days.
    NotHeld,
}

impl Refusal for PostRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::BadTitle => "posts.bad_title",
            Self::BadDays => "posts.bad_days",
            Self::BadDay { .. } => "posts.bad_day",
            Self::UnknownArea { .. } => "posts.unknown_area",
            Self::ReasonNeeded => "posts.reason_needed",
            Self::NoSuchPerson { .. } => "posts.no_such_person",
            Self::OwnDeputy => "posts.own_deputy",
            Self::AnotherDeputy { .. } => "posts.another_deputy",
            Self::NotHeld => "posts.not_held",
        }
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::UnknownArea { code } => BTreeMap::from([("code", code.clone())]),
            Self::BadDay { day } => BTreeMap::from([("day", day.clone())]),
            Self::NoSuchPerson { login } => BTreeMap::from([("login", login.clone())]),
            Self::AnotherDeputy { name } => BTreeMap::from([("name", name.clone())]),
            _ => BTreeMap::new(),
        }
    }
}
