//! Roles (作用): baseline, target, deliverable, standard or other.

use super::Measure;
use super::context::Parts;
use super::qualify::Way;
use super::shapes::Shape;
use super::times::From;
use super::words as w;
use crate::compile::fold::is_han;
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

/// The role of a measure with the name of the rule.
pub(super) fn role(measure: &Measure, at: &Situation<'_>) -> (QuantityRole, &'static str) {
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

fn number_role(measure: &Measure, at: &Situation<'_>) -> (QuantityRole, &'static str) {
    let text = at.text;
    let unit: Vec<char> = measure.unit.as_deref().unwrap_or("").chars().collect();
    let is = |set: &crate::compile::lexicon::Words| {
        set.contains(&unit) || strip_magnitude(&unit).is_some_and(|u| set.contains(u))
    };
    let piece = &text[measure.piece..measure.start];
    let rest = &text[measure.end..text.len().min(measure.end + 12)];
    let named_after = rest.first().is_some_and(|c| is_han(*c));
    if is(&w::STANDARD_UNIT) && measure.way != Way::To {
        let life = piece.windows(2).any(|p| p == ['寿', '命'] || p == ['年', '龄']);
        return if life { (QuantityRole::Target, "life") } else { (QuantityRole::Standard, "bound-of-a-thing") };
    }
    if since(&text[measure.start.saturating_sub(160)..measure.start])
        || (!at.goals && measure.way != Way::To && already(piece))
    {
        return (QuantityRole::Baseline, "already");
    }
    if w::META_COUNT.at(rest, 0).is_some() {
        return (QuantityRole::Other, "parts-of-the-text");
    }
    // 2000 万元以上的项目, 3 岁以下婴幼儿: the bound describes what follows.
    let goal_word =
        w::GOAL.find(piece, 0).is_some() || matches!(measure.way, Way::To | Way::By | Way::New | Way::Reach);
    let forbids = piece.windows(2).any(|p| matches!(p, ['禁', '止'] | ['不', '得'] | ['限', '制'] | ['淘', '汰']));
    if measure.comparator != Comparator::Eq && rest.first() == Some(&'的') && (!goal_word || forbids) {
        return (QuantityRole::Standard, "bound-of-a-thing");
    }
    let time = matches!(
        unit.as_slice(),
        ['小', '时'] | ['分', '钟'] | ['秒'] | ['工', '作', '日'] | ['个', '工', '作', '日'] | ['天'] | ['日']
    );
    if time
        && measure.digits
        && (rest.starts_with(&['内', '办']) || measure.suffix)
        && matches!(unit.as_slice(), ['工', '作', '日'] | ['个', '工', '作', '日'] | ['日'] | ['天'])
    {
        return (QuantityRole::Standard, "time-limit");
    }
    if time
        && measure.digits
        && !measure.range
        && measure.way == Way::Plain
        && measure.comparator == Comparator::Eq
        && !reaches(rest)
    {
        return (QuantityRole::Standard, "hours");
    }
    // Years count time, not results, unless they are a deadline.
    if matches!(unit.as_slice(), ['年']) && !(measure.suffix && measure.comparator == Comparator::Le) {
        return if measure.way == Way::To { (QuantityRole::Target, "years") } else { (QuantityRole::Other, "years") };
    }
    if matches!(unit.as_slice(), ['级'] | ['步']) {
        return (QuantityRole::Standard, "levels");
    }
    let plain = matches!(measure.way, Way::Plain | Way::New) && measure.comparator == Comparator::Eq;
    if !measure.digits && plain && (is(&w::COUNT_UNIT) || matches!(unit.as_slice(), ['大'])) {
        return if goal_word { (QuantityRole::Deliverable, "count") } else { (QuantityRole::Other, "count") };
    }
    if is(&w::PEOPLE_UNIT) && (w::AIM.find(piece, 0).is_some() || piece.windows(2).any(|p| p == ['就', '业'])) {
        return (QuantityRole::Target, "people");
    }
    // 培育百亿元企业: the figure names a kind.
    let kind = matches!(
        rest,
        ['企', '业', ..] | ['项', '目', ..] | ['产', '业', ..] | ['集', '群', ..] | ['工', '程', ..] | ['基', '金', ..]
    );
    if kind && plain && !measure.digits && unit.ends_with(&['元']) {
        return (QuantityRole::Other, "kind");
    }
    let deadline = matches!(at.year, Some((_, From::By | From::Year)))
        || text[..measure.start].windows(2).rev().take(30).any(|p| p == ['年', '内'] || p == ['年', '底']);
    if is(&w::COUNT_UNIT) {
        let listed = piece.last().is_some_and(|c| *c == '等' || *c == ' ' && piece.contains(&'等'));
        let held = w::HOLD.find(piece, 0).is_some();
        let aim = held
            || w::AIM.find(piece, 0).is_some()
            || measure.range
            || deadline
            || matches!(measure.way, Way::To | Way::New | Way::Reach)
            || !matches!(measure.comparator, Comparator::Eq);
        if !aim || listed {
            return if listed || w::BUILD.find(piece, 0).is_some() || named_after {
                (QuantityRole::Deliverable, "count")
            } else {
                (QuantityRole::Other, "count")
            };
        }
        return (QuantityRole::Target, "count-aimed-at");
    }
    (QuantityRole::Target, "measure")
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

/// Does the piece say that it is so already?
fn already(piece: &[char]) -> bool {
    w::PAST.find(piece, 0).is_some()
}
