//! Which number marks are headings: those that are plausible in their sequence.

use gangmu_kernel::source::Span;

use super::frame::Frame;
use super::lines::{Class, Found, Scan};
use super::marks::{Mark, MarkKind};
use crate::compile::fold::{ends_sentence, is_blank};
use crate::compile::trace::Trace;

/// A titled paragraph's first sentence is no longer than this.
const RUN_IN: usize = 36;
/// A line of its own that is no longer than this may be a title though it ends with a stop.
const OWN_LINE: usize = 36;
/// A title of its own line is no longer than this.
const TITLE: usize = 90;

/// Accepts the marks of the body.
pub(super) fn accept_marks(scan: &mut Scan<'_, '_>, frame: &Frame, trace: &mut Trace) {
    elsewhere(scan, trace);
    let decimals = decimal_scheme(scan, frame);
    let mut sequence = Sequence::default();
    let mut in_box = BoxState::None;
    for index in frame.body_line..scan.class.len() {
        if scan.class[index] == Class::Blank && scan.blanks_rare {
            if in_box == BoxState::Filled {
                in_box = BoxState::None;
            }
            continue;
        }
        if !matches!(scan.class[index], Class::Body) {
            continue;
        }
        let Some(mark) = scan.marks[index].clone() else {
            if in_box == BoxState::Open {
                in_box = BoxState::Filled;
            }
            continue;
        };
        let text = scan.text(index);
        if in_box == BoxState::Open && mark.kind != MarkKind::Box {
            in_box = BoxState::Filled;
        }
        let judged = extent(scan, index, text, &mark).and_then(|extent| {
            let short = !extent.untitled && extent.runs_on.is_none();
            let rule = match mark.kind {
                MarkKind::Decimal if !decimals => Err("decimals_do_not_follow_each_other"),
                MarkKind::Entry if in_box == BoxState::None => Err("outside_a_box"),
                MarkKind::Box if !short || text.contains(&'。') => Err("sentence_and_no_title"),
                MarkKind::Point if decimals && is_decimal_root(scan, index, &mark) => Ok("outline:decimal"),
                MarkKind::Decimal | MarkKind::Entry | MarkKind::Box => Ok(usual(mark.kind)),
                _ => sequence.accept(&mark, short).ok_or("out_of_sequence"),
            };
            rule.map(|rule| (rule, extent))
        });
        let (rule, extent) = match judged {
            Ok(found) => found,
            Err(sign) => {
                near(scan, index, &mark, sign, trace);
                continue;
            }
        };
        match mark.kind {
            MarkKind::Box => in_box = BoxState::Open,
            MarkKind::Part | MarkKind::Chapter | MarkKind::Section => in_box = BoxState::None,
            _ => {}
        }
        if in_box == BoxState::None || mark.kind < MarkKind::Point {
            sequence.note(&mark);
        }
        let from = scan.from[index];
        let mut mark = mark;
        if rule == "outline:decimal" {
            mark.kind = MarkKind::Decimal;
        }
        scan.found[index] = Some(Found {
            title_end: from + extent.title_end as u32,
            runs_on: extent.runs_on.map(|r| from + r as u32),
            untitled: extent.untitled,
            rule,
            mark,
        });
        scan.class[index] = Class::Heading;
    }
}

/// The rule that speaks for a form in its place.
fn usual(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Part => "outline:part",
        MarkKind::Chapter => "outline:chapter",
        MarkKind::Section => "outline:section",
        MarkKind::Item => "outline:item",
        MarkKind::Subitem => "outline:subitem",
        MarkKind::Point => "outline:point",
        MarkKind::Subpoint => "outline:subpoint",
        MarkKind::Decimal => "outline:decimal",
        MarkKind::Entry => "outline:box-entry",
        MarkKind::Box => "outline:box",
    }
}

/// Keeps a mark that became no heading.
fn near(scan: &Scan<'_, '_>, index: usize, mark: &Mark, sign: &str, trace: &mut Trace) {
    trace.miss("outline", Span::new(scan.from[index], scan.ground.lines[index].end), usual(mark.kind), sign);
}

/// Keeps the marks of lines that cannot be headings for what they are.
fn elsewhere(scan: &Scan<'_, '_>, trace: &mut Trace) {
    for (index, mark) in scan.marks.iter().enumerate().filter_map(|(i, m)| Some((i, m.as_ref()?))) {
        match scan.class[index] {
            Class::Contents => near(scan, index, mark, "entry_of_the_contents", trace),
            Class::Row => near(scan, index, mark, "row_of_a_table", trace),
            Class::Head => near(scan, index, mark, "above_the_text", trace),
            _ => {}
        }
    }
}

#[derive(PartialEq)]
enum BoxState {
    None,
    /// The title was read, nothing of the content yet.
    Open,
    Filled,
}

/// The last numbers seen of each form.
#[derive(Default)]
struct Sequence {
    last: [u32; 10],
    /// The same, never begun anew: points may run through the whole text.
    through: [u32; 10],
}

impl Sequence {
    /// Is the mark a first one or a next one? Short lines of their own may also skip some numbers.
    fn accept(&self, mark: &Mark, short: bool) -> Option<&'static str> {
        let (value, last) = (mark.last(), self.last[mark.kind as usize]);
        if value == last + 1 || value == 1 || value == self.through[mark.kind as usize] + 1 {
            return Some(usual(mark.kind));
        }
        let skips = mark.kind <= MarkKind::Subitem || (value > last && value <= last + 3);
        (short && skips).then_some("outline:out-of-sequence")
    }

    /// Remembers a mark.
    fn note(&mut self, mark: &Mark) {
        self.last[mark.kind as usize] = mark.last();
        self.through[mark.kind as usize] = mark.last();
        // Points and below begin anew under every item.
        if mark.kind < MarkKind::Point {
            for lower in [MarkKind::Point, MarkKind::Subpoint] {
                self.last[lower as usize] = 0;
            }
        }
    }
}

/// How far a title reaches in its line.
struct Extent {
    title_end: usize,
    /// Where the paragraph runs on.
    runs_on: Option<usize>,
    /// Is there no title at all?
    untitled: bool,
}

/// The extent of the title behind a mark, or what tells that there can be none.
fn extent(scan: &Scan<'_, '_>, index: usize, text: &[char], mark: &Mark) -> Result<Extent, &'static str> {
    let titled = |title_end| Extent { title_end, runs_on: None, untitled: false };
    let untitled = || Extent { title_end: mark.end, runs_on: Some(mark.title), untitled: true };
    let stop = first_stop(text, mark.title);
    let top = mark.kind <= MarkKind::Section || matches!(mark.kind, MarkKind::Box);
    let Some((at, colon)) = stop else {
        let len = text.len() - mark.title;
        if len > TITLE {
            return if top { Err("title_too_long") } else { Ok(untitled()) };
        }
        return Ok(titled(text.len()));
    };
    let mut after = at + 1;
    while text.get(after).is_some_and(|c| is_blank(*c) || matches!(c, '”' | '）')) {
        after += 1;
    }
    let len = at - mark.title;
    if after >= text.len() {
        // The only sentence of the line.
        if colon || top {
            return if len <= TITLE { Ok(titled(text.len())) } else { Err("title_too_long") };
        }
        let next = scan.next_full(index);
        let same = next.and_then(|n| scan.marks[n].as_ref()).is_some_and(|m| nesting(m) <= nesting(mark));
        let alone = len <= OWN_LINE && !same && next.is_some();
        return Ok(if alone { titled(text.len()) } else { untitled() });
    }
    // A sentence followed by nothing but a bracket — (负责部门：…) — is the paragraph, not its title.
    if text[at..].get(1).is_some() && only_bracket(&text[at + 1..]) {
        return if top { Err("sentence_and_no_title") } else { Ok(untitled()) };
    }
    let run_in = Extent { title_end: at + 1, runs_on: Some(after), untitled: false };
    if top {
        let short = len <= RUN_IN && text.len() < 400 && mark.kind == MarkKind::Section;
        return if short { Ok(run_in) } else { Err("text_runs_on_behind_it") };
    }
    Ok(if len <= RUN_IN && len > 0 { run_in } else { untitled() })
}

/// How deep a mark nests: the smaller, the higher.
fn nesting(mark: &Mark) -> usize {
    match mark.kind {
        MarkKind::Decimal => mark.value.len().min(5),
        MarkKind::Entry => 8,
        kind => kind as usize,
    }
}

/// Is there nothing but one bracket and perhaps a stop?
pub(super) fn only_bracket(rest: &[char]) -> bool {
    let from = rest.iter().take_while(|c| is_blank(**c)).count();
    let rest = &rest[from..];
    if rest.first() != Some(&'（') {
        return false;
    }
    let mut depth = 0usize;
    for (at, c) in rest.iter().enumerate() {
        match c {
            '（' => depth += 1,
            '）' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return rest[at + 1..].iter().all(|c| is_blank(*c) || matches!(c, '。' | '；'));
                }
            }
            _ => {}
        }
    }
    false
}

/// The first 。！？ outside brackets, or a colon that ends a short label; and whether it is a colon.
fn first_stop(text: &[char], from: usize) -> Option<(usize, bool)> {
    let mut depth = 0i32;
    for (at, &c) in text.iter().enumerate().skip(from) {
        match c {
            '（' | '《' => depth += 1,
            '）' | '》' => depth -= 1,
            '：' if depth <= 0 && at - from <= 16 && !text[from..at].contains(&'，') => return Some((at, true)),
            _ if ends_sentence(c) && depth <= 0 => return Some((at, false)),
            _ => {}
        }
    }
    None
}

/// Are decimal numbers (1, 1.1, 1.1.1) the headings of this text?
fn decimal_scheme(scan: &Scan<'_, '_>, frame: &Frame) -> bool {
    let (mut all, mut good) = (0usize, 0usize);
    let mut last: Vec<u32> = Vec::new();
    for index in frame.body_line..scan.class.len() {
        let Some(mark) = scan.marks[index].as_ref().filter(|m| m.kind == MarkKind::Decimal && m.value.len() > 1) else {
            continue;
        };
        if scan.class[index] != Class::Body {
            continue;
        }
        all += 1;
        good += usize::from(mark.last() == 1 || follows(&last, &mark.value));
        last.clone_from(&mark.value);
    }
    good >= 2 && good * 10 >= all * 7
}

/// Is `next` the successor of `last` at some depth?
fn follows(last: &[u32], next: &[u32]) -> bool {
    let depth = next.len();
    last.len() >= depth && last[..depth - 1] == next[..depth - 1] && last[depth - 1] + 1 == next[depth - 1]
}

/// Is the point the parent of decimals that follow: `2.` before `2.1`?
fn is_decimal_root(scan: &Scan<'_, '_>, index: usize, mark: &Mark) -> bool {
    (index + 1..scan.class.len().min(index + 12))
        .filter_map(|i| scan.marks[i].as_ref())
        .find(|m| m.kind == MarkKind::Decimal)
        .is_some_and(|m| m.value.len() > 1 && m.value[0] == mark.last())
}
