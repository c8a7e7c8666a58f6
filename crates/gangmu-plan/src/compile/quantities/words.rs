//! The word sets of the quantity grammar, parsed once.

use std::sync::LazyLock;

use crate::compile::lexicon::{Lexicon, Words};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/quantities.txt")));

macro_rules! sets {
    ($($(#[$doc:meta])* $name:ident = $($group:literal),+;)+) => {
        $($(#[$doc])* pub(crate) static $name: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&[$($group),+]));)+
    };
}

sets! {
    UNIT = "unit";
    MAGNITUDE = "magnitude";
    NO_QUANTITY_AFTER = "no-quantity-after";
    CN_UNIT = "cn-unit";
    CN_NO = "cn-no";
    BEFORE_GE = "before-ge";
    BEFORE_GT = "before-gt";
    BEFORE_LE = "before-le";
    BEFORE_LT = "before-lt";
    BEFORE_ABOUT = "before-about";
    REACH = "reach";
    TO_UP = "to-up";
    TO_DOWN = "to-down";
    TO = "to";
    BY_UP = "by-up";
    BY_DOWN = "by-down";
    ANNUAL = "annual";
    NEW = "new";
    PARTICLE = "particle";
    AFTER_GE = "after-ge";
    AFTER_LE = "after-le";
    AFTER_ABOUT = "after-about";
    AFTER_GT = "after-gt";
    RANK_BEFORE = "rank-before";
    SCOPE = "scope";
    RANK_WORDS = "rank-words";
    COVERAGE = "coverage";
    COVERAGE_VAGUE = "coverage-vague";
    EVERY = "every";
    ZERO = "zero-take";
    PREVENT = "prevent";
    SIGN = "sign";
    DOUBLING = "doubling";
    CAP_BEFORE = "cap-before";
    CAP_SETTER = "cap-setter";
    CAP_GIVEN = "cap-given";
    CAP_NOUN = "cap-noun";
    THRESHOLD = "threshold";
    STANDARD_UNIT = "standard-unit";
    COUNT_UNIT = "count-unit";
    BUILD = "build";
    GOAL = "goal";
    PAST = "past";
    REVIEW_TITLE = "review-title";
    REVIEW_ANY = "review-any";
    REVIEW_NOT = "review-not";
    GOAL_TITLE = "goal-title";
    SUBJECT_START = "subject-start";
    INDEX_NOUN = "index-noun";
    LEVEL_AFTER = "level-after";
    UNIT_NOT = "unit-not";
    UNIT_YET = "unit-yet";
    META_COUNT = "meta-count";
    SUBJECT_VERB = "subject-verb";
    SUBJECT_VERB_NOT = "subject-verb-not";
    REACH_AFTER = "reach-after";
    HOLD = "hold";
    AIM = "aim";
    SUBJECT_END = "subject-end";
    PEOPLE_UNIT = "people-unit";
    PER = "per";
}
