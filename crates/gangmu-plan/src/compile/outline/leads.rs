//! Run-in leads (段首句) and dash items: a short first sentence that stands as the title of its paragraph.

use gangmu_kernel::source::Span;

use super::Paragraph;
use super::accept::only_bracket;
use crate::compile::fold::{ends_sentence, is_blank, is_han};
use crate::compile::ground::Ground;
use crate::compile::trace::Trace;
use crate::compiled::Level;
use gangmu_kernel::numerals;

/// A lead or the head of a dash item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead {
    pub level: Level,
    /// From its first code point to its stop, included.
    pub span: Span,
    /// First code point of its title.
    pub title: u32,
    /// Does the paragraph's text begin after it? Otherwise it is only the mark of an untitled item.
    pub titled: bool,
    pub rule: &'static str,
}

/// A short first sentence.
const SHORT: &str = "outline:lead";

/// A lead is no longer than this.
const LEAD: usize = 26;
/// The head of a dash item, or a lead that counts (一是…), is no longer than this.
const DASH: usize = 40;

/// Looks for the lead at the beginning of a paragraph. `next` is the paragraph after it in the same clause.
/// `runs_on`: the paragraph follows a title in the same line, so that its first sentence is none.
pub(super) fn lead(
    ground: &Ground<'_>,
    paragraph: &Paragraph,
    next: Option<&Paragraph>,
    runs_on: bool,
    trace: &mut Trace,
) -> Option<Lead> {
    if paragraph.row || runs_on {
        return None;
    }
    let (start, end) = (paragraph.span.start, paragraph.span.end);
    let text = ground.folded(start, end.min(start + 400));
    let full = end - start <= 400;
    if let Some(lead) = dash(start, text, full).or_else(|| counted(start, text, next)) {
        return Some(lead);
    }
    let near = match short(start, text, full) {
        Ok(lead) => return Some(lead),
        Err(near) => near,
    };
    let lead = label(start, text, full, next);
    if let (None, Some((span, sign))) = (&lead, near) {
        trace.miss("outline", span, SHORT, sign);
    }
    lead
}

/// The first 。！？ and where the text goes on after it.
fn first_sentence(text: &[char], from: usize) -> Option<(usize, usize)> {
    let stop = (from..text.len()).find(|i| ends_sentence(text[*i]))?;
    let mut after = stop + 1;
    while after < text.len() && (is_blank(text[after]) || text[after] == '\n') {
        after += 1;
    }
    Some((stop, after))
}

/// —— 坚持系统观念。 and the text.
fn dash(start: u32, text: &[char], full: bool) -> Option<Lead> {
    let marks = text.iter().take_while(|c| matches!(c, '—' | '●' | '■' | '◆' | '▲' | '★' | '◇' | '□')).count();
    let hyphens = text.iter().take_while(|c| **c == '-').count();
    let marks = if marks > 0 {
        marks
    } else if hyphens >= 2 || (hyphens == 1 && text.get(1) == Some(&' ')) {
        hyphens
    } else {
        0
    };
    if marks == 0 {
        return None;
    }
    let title = (marks..text.len()).find(|i| !is_blank(text[*i]))?;
    let lead = |to: usize, titled: bool, rule| Lead {
        level: Level::Dash,
        span: Span::new(start, start + to as u32),
        title: start + title as u32,
        titled,
        rule,
    };
    let colon = (title..text.len().min(title + 20))
        .find(|i| text[*i] == '：')
        .filter(|c| !text[title..*c].iter().any(|x| matches!(x, '，' | '。')));
    if let Some(colon) = colon {
        return Some(lead(colon + 1, true, "outline:dash"));
    }
    match first_sentence(text, title) {
        Some((stop, after)) if stop - title <= DASH && (after < text.len() || !full) => {
            Some(lead(stop + 1, true, "outline:dash"))
        }
        _ => Some(lead(title, false, "outline:dash-untitled")),
    }
}

/// 一是…。 at the beginning of a paragraph.
fn counted(start: u32, text: &[char], next: Option<&Paragraph>) -> Option<Lead> {
    let digits = text.iter().take(3).take_while(|c| numerals::is_numeral(**c)).count();
    if digits == 0 || text.get(digits) != Some(&'是') {
        return None;
    }
    let (stop, after) = first_sentence(text, digits)?;
    let alone = after >= text.len();
    if stop > DASH || (alone && next.is_none()) || text[..stop].contains(&'；') {
        return None;
    }
    Some(Lead {
        level: Level::Lead,
        span: Span::new(start, start + stop as u32 + 1),
        title: start + digits as u32 + 1,
        titled: true,
        rule: "outline:lead-counted",
    })
}

/// A short first sentence without a comma, before more of the paragraph; or the sentence that lacks one of these only.
fn short(start: u32, text: &[char], full: bool) -> Result<Lead, Option<(Span, &'static str)>> {
    let (stop, after) = first_sentence(text, 0).ok_or(None)?;
    let span = Span::new(start, start + stop as u32 + 1);
    let near = |sign| Err(Some((span, sign)));
    let head = &text[..stop];
    let len = head.iter().filter(|c| !is_blank(**c)).count();
    let parted = head.iter().any(|c| matches!(c, '，' | '；' | '：' | '（'));
    let alone = after >= text.len() && full;
    if !(3..=DASH).contains(&len) || matches!(text[stop], '？' | '！') || usize::from(parted) + usize::from(alone) > 1
    {
        return Err(None);
    }
    if len > LEAD {
        return if parted || alone { Err(None) } else { near("too_long_for_a_lead") };
    }
    if alone {
        return near("nothing_behind_it");
    }
    if parted {
        return near("more_than_one_phrase");
    }
    if only_bracket(&text[stop + 1..]) {
        return near("only_a_bracket_behind_it");
    }
    let spaced = text.get(stop + 1).is_some_and(|c| is_blank(*c))
        || text.get(stop.wrapping_sub(1)).is_some_and(|c| is_blank(*c));
    // A statement with a figure, or one that places itself in time, is not a title.
    let figure = head.windows(2).any(|w| w[0].is_ascii_digit() && (w[1] == '%' || is_han(w[1]) || w[1] == ' '));
    if figure || (!spaced && head[0].is_ascii_digit()) {
        return near("states_a_figure");
    }
    if super::lines::begins_with(head, "no-lead") {
        return near("places_itself_in_time");
    }
    let rule = if spaced { "outline:lead-spaced" } else { SHORT };
    Ok(Lead { level: Level::Lead, span, title: start, titled: true, rule })
}

/// 一核：…。 on a line of its own, before the paragraphs that it announces.
fn label(start: u32, text: &[char], full: bool, next: Option<&Paragraph>) -> Option<Lead> {
    next?;
    let colon = text.iter().take(14).position(|c| *c == '：')?;
    let label = &text[..colon];
    let announces = label.iter().any(|c| numerals::digit(*c).is_some_and(|d| d > 0));
    let (stop, after) = first_sentence(text, colon)?;
    let single = full && after >= text.len() && stop <= 90;
    let plain = !label.iter().any(|c| matches!(c, '，' | '、' | '年' | '月'));
    (announces && single && plain && colon >= 2).then_some(Lead {
        level: Level::Lead,
        span: Span::new(start, start + stop as u32 + 1),
        title: start,
        titled: true,
        rule: "outline:lead-label",
    })
}
