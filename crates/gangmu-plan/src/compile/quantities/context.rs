//! The parts of the plan (部位): where it looks back, where it sets goals, and which years it covers.

use super::numbers::{self, skip};
use super::times::{From, times};
use super::words as w;
use crate::compile::fold::is_han;
use crate::compile::reading::Reading;
use crate::compiled::Level;

/// Years that the plan covers (规划期).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlanYears {
    pub from: u32,
    pub to: u32,
}

/// The parts of the plan by clause.
pub(crate) struct Parts {
    /// Clauses that look back.
    pub review: Vec<bool>,
    /// Clauses that set goals.
    pub goals: Vec<bool>,
    /// The plan's years, where title or text name them.
    pub years: Option<PlanYears>,
}

impl Parts {
    /// Reads the parts off the headings.
    pub fn read(reading: &Reading<'_>) -> Self {
        let n = reading.headings.len();
        let mut review = vec![false; n];
        let mut goals = vec![false; n];
        let mut top = 0usize;
        for (i, heading) in reading.headings.iter().enumerate() {
            let parent = heading
                .parent
                .as_deref()
                .and_then(|p| p.strip_prefix('h'))
                .and_then(|p| p.parse::<usize>().ok())
                .map(|p| p - 1);
            if parent.is_none()
                && !matches!(
                    heading.level,
                    Level::Title | Level::Furniture | Level::Toc | Level::Preface | Level::Lead | Level::Dash
                )
            {
                top += 1;
            }
            let title: Vec<char> = heading.title.chars().map(crate::compile::fold::fold).collect();
            let up = parent.is_some_and(|p| review[p]);
            review[i] = up || (top <= 2 && looks_back(&title));
            goals[i] = parent.is_some_and(|p| goals[p]) || w::GOAL_TITLE.find(&title, 0).is_some();
        }
        let of_clause = |flags: &[bool]| {
            reading
                .clauses
                .iter()
                .map(|c| {
                    c.heading
                        .as_deref()
                        .and_then(|h| h[1..].parse::<usize>().ok())
                        .is_some_and(|h| flags.get(h - 1).copied().unwrap_or(false))
                })
                .collect::<Vec<bool>>()
        };
        Self { review: of_clause(&review), goals: of_clause(&goals), years: plan_years(reading) }
    }
}

/// Does the heading announce a look back?
fn looks_back(title: &[char]) -> bool {
    if w::REVIEW_ANY.find(title, 0).is_some() {
        return true;
    }
    let bare = &title[..title.iter().rposition(|c| is_han(*c)).map_or(0, |i| i + 1)];
    w::REVIEW_TITLE.before(bare, bare.len()).is_some() && w::REVIEW_NOT.at(bare, 0).is_none() && !bare.contains(&'，')
}

/// The plan's years: from its title; or the year in its title; or the year of the document itself.
fn plan_years(reading: &Reading<'_>) -> Option<PlanYears> {
    let ground = &reading.ground;
    let squeezed = |start: u32, end: u32| -> Vec<char> {
        ground.folded(start, end).iter().copied().filter(|c| !matches!(c, ' ' | '\n')).collect()
    };
    let titles: Vec<Vec<char>> =
        reading.headings.iter().filter(|h| h.level == Level::Title).map(|h| squeezed(h.start, h.end)).collect();
    let first: Vec<Vec<char>> =
        reading.sentences.iter().take(4).map(|s| squeezed(s.span.start, s.span.end.min(s.span.start + 400))).collect();
    let find = |texts: &[Vec<char>], kind: From| {
        texts.iter().flat_map(|t| times(t)).find(|t| t.kind == kind).and_then(|t| t.years())
    };
    find(&titles, From::Span)
        .or_else(|| find(&titles, From::Year))
        .or_else(|| document_year(reading))
        .or_else(|| find(&first, From::Span))
}

/// The year of the document: of its number 〔2021〕, of the dates above and below it.
fn document_year(reading: &Reading<'_>) -> Option<PlanYears> {
    let ground = &reading.ground;
    let head = reading.clauses.first().filter(|c| c.path == "0.title").map(|c| (c.start, c.end.min(c.start + 1500)));
    let body = reading.clauses.iter().find(|c| c.path == "0").map(|c| (c.start, c.end.min(c.start + 1500)));
    let tail =
        reading.clauses.last().filter(|c| c.path.starts_with("tail")).map(|c| (c.start, c.end.min(c.start + 200)));
    [head, tail, body].into_iter().flatten().find_map(|(start, end)| {
        let text = ground.folded(start, end);
        let mut at = 0;
        while at < text.len() {
            if text[at] != '2' || (at > 0 && text[at - 1].is_ascii_digit()) {
                at += 1;
                continue;
            }
            let number = numbers::arabic(text, at).filter(|n| n.end - n.start == 4);
            at += 1;
            let Some(number) = number else { continue };
            let year = u32::try_from(number.value.mantissa()).ok().filter(|y| (2000..=2100).contains(y));
            let after = skip(text, number.end);
            let issued = number.start > 0 && text[number.start - 1] == '〔' && text.get(number.end) == Some(&'〕');
            let dated = text.get(after) == Some(&'年')
                && numbers::arabic(text, skip(text, after + 1))
                    .is_some_and(|m| text.get(skip(text, m.end)) == Some(&'月'))
                || text.get(after) == Some(&'-')
                    && numbers::arabic(text, after + 1).is_some_and(|m| m.end - m.start <= 2);
            if let (Some(year), true) = (year, issued || dated) {
                return Some(PlanYears { from: year, to: year });
            }
        }
        None
    })
}
