//! Quantities (数量): numbers with their units, and what the text says in words instead of numbers.
//!
//! *In:* the reading. *Out:* measures in text order that do not overlap. *Never:* a date, a document number, a name.
//!
//! One pass over the code points of each sentence: an Arabic or Chinese number that has a unit is an amount
//! ([`amount`]), the words around it qualify it ([`qualify`]); a key word may begin a phrase without a number
//! ([`shapes`]). Subject ([`subject`]), period ([`times`]) and role ([`role`]) are then read from what stands around it and
//! from the part of the plan it stands in ([`context`]).

mod amount;
pub(crate) mod context;
mod numbers;
pub(crate) mod qualify;
mod role;
pub(crate) mod shapes;
mod subject;
pub(crate) mod times;
pub(crate) mod words;

use gangmu_kernel::source::Span;
use rust_decimal::Decimal;

use self::amount::{Amount, Value};
use self::context::Parts;
use self::qualify::{Qualified, Way};
use self::role::Situation;
use self::shapes::{Phrase, Shape};
use self::subject::{Earlier, Noun};
use self::times::{From, Time};
use super::lexicon::origin;
use super::reading::{Reading, SentenceKind};
use crate::compiled::{Comparator, Direction, Level, Quantity, QuantityRole};
use gangmu_kernel::numerals;

/// A quantity as the grammar sees it; offsets are in code points of the piece of text it was found in.
#[derive(Debug, Clone)]
pub(crate) struct Measure {
    /// From the qualifier before to the one after.
    pub start: usize,
    pub end: usize,
    /// Where the comma-clause begins.
    pub piece: usize,
    pub shape: Shape,
    pub digits: bool,
    pub range: bool,
    pub value: Option<Decimal>,
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    pub unit: Option<String>,
    pub comparator: Comparator,
    pub no_comparator: bool,
    pub way: Way,
    pub direction: Option<Direction>,
    pub annual: bool,
    pub suffix: bool,
    pub borrowed: bool,
    pub rule: &'static str,
}

/// A measure in its place.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub measure: Measure,
    pub span: Span,
    pub subject: Option<String>,
    pub period: Option<String>,
    /// The period was named in the sentence itself.
    pub period_here: bool,
    pub role: QuantityRole,
    /// Which rule gave the role.
    pub role_rule: &'static str,
    pub clause: usize,
    /// Index into `Reading::sentences`; none in a heading.
    pub sentence: Option<usize>,
    /// Does the clause set goals?
    pub goals: bool,
}

/// Finds the measures of a text; `rows` are the rows of indicator tables, which are read elsewhere.
pub(crate) fn measures(reading: &Reading<'_>, parts: &Parts, rows: &[Span]) -> Vec<Placed> {
    let mut out = Vec::new();
    let mut inherited: Option<(usize, u32, Time)> = None;
    let mut intro: Option<(usize, Time)> = None;
    for region in regions(reading) {
        if region.row
            && rows.get(rows.partition_point(|r| r.end <= region.span.start)).is_some_and(|r| r.overlaps(region.span))
        {
            continue;
        }
        let text = reading.ground.folded(region.span.start, region.span.end);
        let clause = reading.clause_at(region.span.start);
        let paragraph = region.sentence.map_or(0, |s| reading.sentences[s].paragraph);
        if inherited.as_ref().is_some_and(|(c, p, _)| (*c, *p) != (clause, paragraph)) {
            inherited = None;
        }
        let times = if text.len() > 3 { times::times(text) } else { Vec::new() };
        let carried = inherited
            .as_ref()
            .map(|(_, _, t)| t.clone())
            .or_else(|| intro.as_ref().filter(|(c, _)| *c == clause).map(|(_, t)| t.clone()));
        let mut before: Option<Earlier> = None;
        for measure in scan(text, region.row) {
            let (end, way) = (measure.end, measure.way);
            let subject = subject::subject(text, measure.start, end, noun(&measure), before.as_ref());
            out.push(place(reading, parts, &region, text, measure, &times, carried.as_ref(), clause, subject));
            before = Some(Earlier { end, way, subject: subject.or(before.and_then(|b| b.subject)) });
        }
        if let Some(time) = times.iter().rev().find(|t| matches!(t.kind, From::By | From::Year | From::Span)) {
            inherited = Some((clause, paragraph, time.clone()));
            if time.kind == From::By && paragraph == 1 && parts.goals.get(clause) == Some(&true) {
                intro = Some((clause, time.clone()));
            }
        }
    }
    out
}

/// A piece of text to scan: a sentence, a row or a heading.
struct Region {
    span: Span,
    sentence: Option<usize>,
    row: bool,
}

/// Sentences and numbered headings in text order.
fn regions(reading: &Reading<'_>) -> Vec<Region> {
    let mut out: Vec<Region> = reading
        .sentences
        .iter()
        .enumerate()
        .map(|(i, s)| Region { span: s.span, sentence: Some(i), row: s.kind == SentenceKind::Row })
        .collect();
    out.extend(
        reading
            .headings
            .iter()
            .filter(|h| {
                matches!(
                    h.level,
                    Level::Part
                        | Level::Chapter
                        | Level::Section
                        | Level::Item
                        | Level::Subitem
                        | Level::Point
                        | Level::Subpoint
                )
            })
            .map(|h| {
                let number = h.number.as_deref().map_or(0, |n| n.chars().count()) as u32;
                Region { span: Span::new((h.start + number).min(h.end), h.end), sentence: None, row: false }
            }),
    );
    out.sort_by_key(|r| r.span.start);
    out
}

/// The measures of one piece of text, leftmost first.
pub(crate) fn scan(text: &[char], row: bool) -> Vec<Measure> {
    let mut out: Vec<Measure> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let c = text[at];
        let mut next = at + 1;
        let found = if c.is_ascii_digit() {
            match numbers::arabic(text, at) {
                Some(number) => {
                    next = number.end;
                    amount::arabic_amount(text, &number).map(|a| measure(text, &a))
                }
                None => {
                    // 1.2.3 and the like: step over the whole run.
                    while next < text.len() && (text[next].is_ascii_digit() || text[next] == '.') {
                        next += 1;
                    }
                    None
                }
            }
        } else {
            let phrase = shapes::phrase_at(text, at).map(|p| phrased(text, &p));
            if phrase.is_some() {
                phrase
            } else if numerals::is_numeral(c) || c == '半' {
                let amount = amount::chinese_amount(text, at);
                if amount.is_none() {
                    while next < text.len() && numerals::is_numeral(text[next]) {
                        next += 1;
                    }
                }
                amount.map(|a| measure(text, &a))
            } else {
                None
            }
        };
        if let Some(mut m) = found {
            let taken = out.last().map_or(0, |l| l.end);
            if m.end > taken && (!row || m.shape == Shape::Number) {
                next = m.end.max(next);
                m.start = m.start.max(taken);
                m.piece = m.piece.min(m.start);
                out.push(m);
            }
        }
        at = next;
    }
    out
}

/// A measure from an amount.
fn measure(text: &[char], amount: &Amount) -> Measure {
    let Qualified { start, end, comparator, way, direction, annual, suffix } = qualify::qualify(text, amount);
    let (value, low, high) = match amount.value {
        Value::One(v) | Value::ToOne(v) => (Some(v), None, None),
        Value::Range(a, b) => (None, Some(a), Some(b)),
        Value::Ratio => (None, None, None),
    };
    let way = if way == Way::Plain && begins(text, start) { Way::From } else { way };
    let shape = match amount.value {
        Value::Ratio | Value::ToOne(_) => Shape::Ratio,
        _ if amount.level => Shape::Level,
        _ => Shape::Number,
    };
    let rule = match (amount.arabic, shape, amount.borrowed) {
        (_, Shape::Ratio, _) => "quantity:ratio",
        (true, _, true) => "quantity:listed",
        (true, _, _) if matches!(amount.value, Value::Range(..)) => "quantity:range",
        (true, ..) => "quantity:number",
        (false, Shape::Level, _) => "quantity:level",
        (false, ..) => "quantity:chinese-number",
    };
    Measure {
        start,
        end,
        piece: subject::piece_start(text, start),
        shape,
        digits: amount.arabic,
        range: matches!(amount.value, Value::Range(..)),
        value,
        low,
        high,
        unit: amount.unit.clone(),
        comparator,
        no_comparator: amount.value == Value::Ratio
            || matches!(amount.value, Value::Range(..)) && comparator == Comparator::Eq,
        way,
        direction,
        annual,
        suffix,
        borrowed: amount.borrowed,
        rule,
    }
}

/// A measure from a phrase.
fn phrased(text: &[char], phrase: &Phrase) -> Measure {
    let digits = text[phrase.start..phrase.end].iter().any(char::is_ascii_digit) && phrase.shape == Shape::Rank;
    Measure {
        start: phrase.start,
        end: phrase.end,
        piece: subject::piece_start(text, phrase.start),
        shape: phrase.shape,
        digits,
        range: false,
        value: phrase.value,
        low: None,
        high: None,
        unit: phrase.unit.map(str::to_owned),
        comparator: phrase.comparator.unwrap_or(Comparator::Eq),
        no_comparator: phrase.comparator.is_none(),
        way: Way::Reach,
        direction: phrase.direction,
        annual: false,
        suffix: false,
        borrowed: false,
        rule: phrase.rule,
    }
}

/// Gives a measure its subject, period and role.
#[allow(clippy::too_many_arguments)] // The walk's whole state; a struct would live for one call.
fn place(
    reading: &Reading<'_>,
    parts: &Parts,
    region: &Region,
    text: &[char],
    measure: Measure,
    times: &[Time],
    carried: Option<&Time>,
    clause: usize,
    subject: Option<(usize, usize)>,
) -> Placed {
    let before = &times[..times.partition_point(|t| t.start < measure.start)];
    let start = before.last().filter(|t| t.kind == From::Start && measure.start <= t.end + 2);
    let named = start.or_else(|| before.iter().rev().take(6).find(|t| !matches!(t.kind, From::Base | From::Start)));
    // 提高到 2030 年的 72%: the year stands inside the measure.
    let named =
        times.iter().find(|t| t.start >= measure.start && t.end <= measure.end && t.kind != From::Base).or(named);
    let here = named.is_some();
    // Where a way began is dated only by a time of its own.
    let time = if measure.way == Way::From { start } else { named.or(carried) };
    let (period, year) = match time {
        Some(Time { kind: From::Relative(offset), .. }) => {
            let year = parts.years.filter(|y| y.from == y.to).and_then(|y| y.from.checked_add_signed(*offset));
            (year.map(|y| y.to_string()), year.map(|y| (y, From::Year)))
        }
        Some(t) => (Some(t.text()), Some((t.to, t.kind))),
        None => (None, None),
    };
    let review = parts.review.get(clause).copied().unwrap_or(false);
    let goals = parts.goals.get(clause).copied().unwrap_or(false);
    let (role, role_rule) = role::role(&measure, &Situation { text, review, goals, parts, year });
    let span = Span::new(region.span.start + measure.start as u32, region.span.start + measure.end as u32);
    debug_assert!(span.end <= reading.ground.len());
    Placed {
        subject: subject
            .map(|(a, b)| reading.ground.tidy(region.span.start + a as u32, region.span.start + b as u32))
            .filter(|s| !s.is_empty()),
        span,
        period,
        period_here: here,
        role,
        role_rule,
        clause,
        sentence: region.sentence,
        goals,
        measure,
    }
}

/// The quantities in the contract's form, one for each measure.
pub(crate) fn quantities(reading: &Reading<'_>, measures: &[Placed]) -> Vec<Quantity> {
    measures
        .iter()
        .map(|m| Quantity {
            start: m.span.start,
            end: m.span.end,
            text: reading.ground.text(m.span.start, m.span.end).to_owned(),
            value: m.measure.value,
            low: m.measure.low,
            high: m.measure.high,
            unit: m.measure.unit.clone(),
            comparator: (!m.measure.no_comparator).then_some(m.measure.comparator),
            subject: m.subject.clone(),
            period: m.period.clone(),
            role: m.role,
            clause: reading.clauses.get(m.clause).map_or_else(String::new, |c| c.path.clone()),
            origin: origin(m.measure.rule, &signs(m)),
        })
        .collect()
}

/// Does 由 or 从 stand before, so that this is where a way began: 由 2025 年的 66%?
fn begins(text: &[char], start: usize) -> bool {
    text[start.saturating_sub(10)..start]
        .iter()
        .rev()
        .take_while(|c| !matches!(c, '，' | '。' | '；' | '到' | '为'))
        .any(|c| matches!(c, '由' | '从'))
}

/// Where the noun of a measure is to be looked for.
fn noun(measure: &Measure) -> Noun {
    let behind = matches!(measure.shape, Shape::Level | Shape::Grid) || measure.rule == "quantity:prevent";
    if measure.shape == Shape::PerEach {
        Noun::Bare
    } else if behind || measure.unit.as_deref() == Some("级") {
        Noun::Behind
    } else if measure.unit.as_deref().is_some_and(counts) {
        Noun::Counted
    } else if measure.way == Way::Plain
        && (measure.comparator == Comparator::Eq || measure.suffix && measure.comparator == Comparator::Le)
    {
        Noun::Bare
    } else {
        Noun::Before
    }
}

/// Does the unit count things?
fn counts(unit: &str) -> bool {
    let unit: Vec<char> = unit.chars().collect();
    let bare = words::MAGNITUDE.at(&unit, 0).filter(|m| *m < unit.len()).map_or(&unit[..], |m| &unit[m..]);
    words::COUNT_UNIT.contains(bare)
}

/// The named signs that move the confidence of a measure.
pub(crate) fn signs(m: &Placed) -> Vec<(&'static str, i64)> {
    let mut signs = Vec::new();
    if m.subject.is_none() {
        signs.push(("no-subject", -8));
    }
    if m.measure.borrowed {
        signs.push(("unit-borrowed", -5));
    }
    if m.role == QuantityRole::Other {
        signs.push(("role-unclear", -5));
    }
    signs
}

#[cfg(test)]
mod tests;
