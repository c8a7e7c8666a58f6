//! Why there is no value (缺值原因): all reasons, each once.

use crate::syntax::Span;
use std::{collections::BTreeSet, sync::Arc};

/// A reason why there is no value (缺值原因).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Why {
    /// What it is.
    pub code: WhyCode,
    /// The name, period or area it is about.
    pub subject: Option<Arc<str>>,
    /// Where in the formula.
    pub span: Span,
}

/// What kind of reason (缺值原因代码).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhyCode {
    /// No value was given for the name (未取得).
    NoValue,
    /// It has not been asked yet (未采集).
    NotAsked,
    /// The field was saved blank, or the look-up answered nothing (空白).
    Blank,
    /// There is no row for period and area (没有对应数据).
    NoRow,
    /// Something is divided by nothing (除数为零).
    DivisionByZero,
    /// The number needs more than 28 digits (超出 28 位).
    Overflow,
    /// The smallest or the mean of nothing at all (没有可计算的值).
    Empty,
    /// Growth on a base that is nothing or negative (基期不为正).
    BaseNotPositive,
    /// Nobody said which day it is (未给出当日).
    NoToday,
    /// Nobody said which period is meant (未给出期间).
    NoPeriod,
    /// Nobody said which area is meant, or it has no parts (未给出地区).
    NoArea,
    /// The day lies beyond the years that calendars have (超出日期范围).
    DateOutOfRange,
    /// A number that the function can't work with (参数不适用).
    BadArgument,
    /// Days, working days and months were compared without a date (时长不能换算).
    SpansDoNotConvert,
    /// The value given is of another kind than the formula needs (值的类型不符).
    WrongKind,
}

impl WhyCode {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::NoValue,
        Self::NotAsked,
        Self::Blank,
        Self::NoRow,
        Self::DivisionByZero,
        Self::Overflow,
        Self::Empty,
        Self::BaseNotPositive,
        Self::NoToday,
        Self::NoPeriod,
        Self::NoArea,
        Self::DateOutOfRange,
        Self::BadArgument,
        Self::SpansDoNotConvert,
        Self::WrongKind,
    ];

    /// The word that programs read.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoValue => "no_value",
            Self::NotAsked => "not_asked",
            Self::Blank => "blank",
            Self::NoRow => "no_row",
            Self::DivisionByZero => "division_by_zero",
            Self::Overflow => "overflow",
            Self::Empty => "empty",
            Self::BaseNotPositive => "base_not_positive",
            Self::NoToday => "no_today",
            Self::NoPeriod => "no_period",
            Self::NoArea => "no_area",
            Self::DateOutOfRange => "date_out_of_range",
            Self::BadArgument => "bad_argument",
            Self::SpansDoNotConvert => "spans_do_not_convert",
            Self::WrongKind => "wrong_kind",
        }
    }
}

impl Why {
    /// A reason at a place of the formula.
    pub fn new(code: WhyCode, span: Span) -> Self {
        Self { code, subject: None, span }
    }

    /// About a name, a period or an area.
    #[must_use]
    pub fn about(self, subject: &str) -> Self {
        Self { subject: Some(subject.into()), ..self }
    }
}

/// All the reasons why there is no value, each once (缺值原因清单).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence(Arc<BTreeSet<Why>>);

impl Absence {
    /// One reason.
    pub fn of(why: Why) -> Self {
        Self(Arc::new(BTreeSet::from([why])))
    }

    /// The reasons of both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        if self.0.is_superset(&other.0) {
            return self.clone();
        }
        Self(Arc::new(self.0.union(&other.0).cloned().collect()))
    }

    /// The reasons, in the order of their kinds.
    pub fn reasons(&self) -> impl Iterator<Item = &Why> {
        self.0.iter()
    }
}
