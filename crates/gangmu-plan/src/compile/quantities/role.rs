//! Roles (作用): baseline, target, deliverable, standard or other.

use super::Measure;
use super::context::Parts;
use super::qualify::Way;
use super::shapes::Shape;
use super::times::From;
use super::words as w;
use crate::compile::fold::is_han;
use crate::compile::lexicon::Words;
use crate::compiled::{Comparator, QuantityRole};

/// What the role is read from.
pub(super) struct Situation<'a> {
    /// The sentence.
    pub text: &'a [char],
    /// Does the clause look back?
    pub review: bool,
    /// Does the clause set goals?
    pub goals: bool,
    pub parts: &'a Parts,
    /// The year that the measure's period ends with, if one is known, and how it was said.
    pub year: Option<(u32, From)>,
}

/// A role with the name of the rule that gave it.
type Role = (QuantityRole, &'static str);

/// The role of a measure with the name of the rule.
pub(super) fn role(measure: &Measure, at: &Situation<'_>) -> Role {
    if let Some((year, _)) = at.year {
        let base = at.parts.years.map(|y| y.from);
        if base.is_some_and(|from| year < from) {
            return (QuantityRole::Baseline, "past-year");
        }
        if at.review && base.is_none_or(|from| year <= from) {
            return (QuantityRole::Baseline, "review");
        }
    } else if at.review {
        return (QuantityRole::Baseline, "review");
    }
    if measure.way == Way::From {
        return (QuantityRole::Baseline, "from");
    }
    match measure.shape {
        Shape::Coverage
        | Shape::CoverageVague
        | Shape::Zero
        | Shape::Sign
        | Shape::Doubling
        | Shape::External
        | Shape::Rank
        | Shape::RankWords => {
            return (QuantityRole::Target, "words");
        }
        Shape::Ratio if measure.value.is_some() && measure.way != Way::Plain => return (QuantityRole::Target, "ratio"),
        Shape::PerEach | Shape::Ratio => return (QuantityRole::Standard, "norm"),
        Shape::Grid => return (QuantityRole::Deliverable, "grid"),
        Shape::Level => {
            // 打造千亿级产业 is an aim, 百亿级项目 a kind of project.
            let rest = &at.text[measure.end..at.text.len().min(measure.end + 3)];
            let kind = measure.digits
                || matches!(
                    rest,
                    ['项', '目', ..] | ['企', '业', ..] | ['工', '程', ..] | ['基', '金', ..] | ['码', '头', ..]
                );
            return if kind { (QuantityRole::Other, "level") } else { (QuantityRole::Target, "level") };
        }
        Shape::Number => {}
    }
    number_role(measure, at)
}

/// What stands around a number.
struct Around<'a> {
    measure: &'a Measure,
    unit: Vec<char>,
    /// From the last stop to the qualifier.
    piece: &'a [char],
    /// After the measure.
    rest: &'a [char],
    /// A verb leads to the number.
    goal_word: bool,
}

impl Around<'_> {
    fn unit_is(&self, set: &Words) -> bool {
        set.contains(&self.unit) || strip_magnitude(&self.unit).is_some_and(|u| set.contains(u))
    }

    fn piece_has(&self, pairs: &[[char; 2]]) -> bool {
        self.piece.windows(2).any(|p| pairs.iter().any(|pair| pair == p))
    }

    /// 3 岁以下, 2000 万元以上的: the number bounds the thing that is named after it.
    fn bound(&self) -> Option<Role> {
        let m = self.measure;
        if self.unit_is(&w::STANDARD_UNIT) && m.way != Way::To {
            let life = self.piece_has(&[['寿', '命'], ['年', '龄']]);
            return Some(if life {
                (QuantityRole::Target, "life")
            } else {
                (QuantityRole::Standard, "bound-of-a-thing")
            });
        }
        if w::META_COUNT.at(self.rest, 0).is_some() {
            return Some((QuantityRole::Other, "parts-of-the-text"));
        }
        let forbids = self.piece_has(&[['禁', '止'], ['不', '得'], ['限', '制'], ['淘', '汰']]);
        let bounds = m.comparator != Comparator::Eq && self.rest.first() == Some(&'的') && (!self.goal_word || forbids);
        bounds.then_some((QuantityRole::Standard, "bound-of-a-thing"))
    }

    /// Hours, days, years and levels.
    fn time(&self) -> Option<Role> {
        let m = self.measure;
        let days = matches!(self.unit.as_slice(), ['工', '作', '日'] | ['个', '工', '作', '日'] | ['日'] | ['天']);
        let hours = matches!(self.unit.as_slice(), ['小', '时'] | ['分', '钟'] | ['秒']);
        if days && m.digits && (self.rest.starts_with(&['内', '办']) || m.suffix) {
            return Some((QuantityRole::Standard, "time-limit"));
        }
        let bare = m.digits && !m.range && m.way == Way::Plain && m.comparator == Comparator::Eq;
        if (days || hours) && bare && !reaches(self.rest) {
            return Some((QuantityRole::Standard, "hours"));
        }
        match self.unit.as_slice() {
            // Years count time, not results, unless they are a deadline.
            ['年'] if !(m.suffix && m.comparator == Comparator::Le) => {
                Some((if m.way == Way::To { QuantityRole::Target } else { QuantityRole::Other }, "years"))
            }
            ['级'] | ['步'] => Some((QuantityRole::Standard, "levels")),
            _ => None,
        }
    }

    /// 三大产业, 百亿元企业: a Chinese numeral that only names a kind or a group.
    fn group(&self) -> Option<Role> {
        let m = self.measure;
        let plain = matches!(m.way, Way::Plain | Way::New) && m.comparator == Comparator::Eq;
        if m.digits || !plain {
            return None;
        }
        if self.unit_is(&w::COUNT_UNIT) || self.unit == ['大'] {
            return Some((if self.goal_word { QuantityRole::Deliverable } else { QuantityRole::Other }, "count"));
        }
        let kind = matches!(
            self.rest,
            ['企' | '产', '业', ..] | ['项', '目', ..] | ['集', '群', ..] | ['工', '程', ..] | ['基', '金', ..]
        );
        (kind && self.unit.ends_with(&['元'])).then_some((QuantityRole::Other, "kind"))
    }

    /// Things and people that are counted.
    fn count(&self, deadline: bool) -> Option<Role> {
        let m = self.measure;
        let named = w::AIM.find(self.piece, 0).is_some();
        if self.unit_is(&w::PEOPLE_UNIT) && (named || self.piece_has(&[['就', '业']])) {
            return Some((QuantityRole::Target, "people"));
        }
        if !self.unit_is(&w::COUNT_UNIT) {
            return None;
        }
        let listed = self.piece.last().is_some_and(|c| *c == '等' || *c == ' ' && self.piece.contains(&'等'));
        let aim = named
            || deadline
            || m.range
            || w::HOLD.find(self.piece, 0).is_some()
            || matches!(m.way, Way::To | Way::New | Way::Reach)
            || m.comparator != Comparator::Eq;
        if aim && !listed {
            return Some((QuantityRole::Target, "count-aimed-at"));
        }
        let named_after = self.rest.first().is_some_and(|c| is_han(*c));
        let made = listed || named_after || w::BUILD.find(self.piece, 0).is_some();
        Some((if made { QuantityRole::Deliverable } else { QuantityRole::Other }, "count"))
    }
}

fn number_role(measure: &Measure, at: &Situation<'_>) -> Role {
    let text = at.text;
    let piece = &text[measure.piece..measure.start];
    let around = Around {
        measure,
        unit: measure.unit.as_deref().unwrap_or("").chars().collect(),
        piece,
        rest: &text[measure.end..text.len().min(measure.end + 12)],
        goal_word: w::GOAL.find(piece, 0).is_some() || matches!(measure.way, Way::To | Way::By | Way::New | Way::Reach),
    };
    let behind = since(&text[measure.start.saturating_sub(160)..measure.start]);
    let already = !at.goals && measure.way != Way::To && w::PAST.find(piece, 0).is_some();
    if (behind || already) && !around.unit_is(&w::STANDARD_UNIT) {
        return (QuantityRole::Baseline, "already");
    }
    let deadline = matches!(at.year, Some((_, From::By | From::Year)))
        || text[..measure.start].windows(2).rev().take(30).any(|p| p == ['年', '内'] || p == ['年', '底']);
    around
        .bound()
        .or_else(|| around.time())
        .or_else(|| around.group())
        .or_else(|| around.count(deadline))
        .unwrap_or((QuantityRole::Target, "measure"))
}

/// 万平方米 without its word of magnitude.
fn strip_magnitude(unit: &[char]) -> Option<&[char]> {
    let len = w::MAGNITUDE.at(unit, 0)?;
    (len < unit.len()).then(|| &unit[len..])
}

/// Does the sentence look back over years: 五年来，, “十三五”以来，?
fn since(head: &[char]) -> bool {
    head.windows(3).any(|p| matches!(p, ['年', '来', '，'] | ['以', '来', '，']))
}

/// Is it a time in which something is reached?
fn reaches(rest: &[char]) -> bool {
    w::REACH_AFTER.find(&rest[..rest.len().min(6)], 0).is_some()
}
