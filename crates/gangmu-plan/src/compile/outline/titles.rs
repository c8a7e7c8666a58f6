//! Headings broken over lines (断行标题): a title goes on where it is open, empty, or wrapped.

use super::lines::{Class, Scan};
use super::marks::MarkKind;
use crate::compile::fold::{ends_sentence, is_blank};

/// A line that a title goes on with is no longer than this.
const REST: usize = 50;

/// Joins the lines of broken titles.
pub(super) fn extend_titles(scan: &mut Scan<'_, '_>) {
    for index in 0..scan.class.len() {
        let Some(found) = scan.found[index].as_ref() else { continue };
        if found.runs_on.is_some() || found.untitled || found.mark.kind == MarkKind::Subpoint {
            continue;
        }
        let (mut line, mut end) = (index, found.title_end);
        for _ in 0..3 {
            let Some(next) = goes_on(scan, index, line, end) else { break };
            scan.class[next] = Class::Continued;
            end = scan.ground.lines[next].end;
            line = next;
        }
        if let Some(found) = scan.found[index].as_mut() {
            found.title_end = end;
        }
    }
}

/// The line with which the title goes on after `line`, if it does.
fn goes_on(scan: &Scan<'_, '_>, index: usize, line: usize, end: u32) -> Option<usize> {
    let found = scan.found[index].as_ref()?;
    let title = scan.ground.folded(scan.title_start(index, &found.mark).min(end), end);
    let next = (line + 1..scan.class.len().min(line + 3)).find(|i| scan.class[*i] != Class::Blank)?;
    if scan.class[next] != Class::Body || scan.found[next].is_some() || scan.marks[next].is_some() {
        return None;
    }
    let rest = scan.text(next);
    if rest.len() > REST || rest.iter().any(|c| ends_sentence(*c)) || rest.starts_with(&['—']) {
        return None;
    }
    let last = title.iter().rev().find(|c| !is_blank(**c));
    let open = match last {
        None => true,
        Some(c) => matches!(c, '，' | '、' | '（' | '“' | '《') || unbalanced(title),
    };
    let adjacent = next == line + 1;
    let high = found.mark.kind <= MarkKind::Section;
    let wrapped = high
        && adjacent
        && title.len() >= 10
        && rest.len() <= 24
        && !rest.iter().any(|c| matches!(c, '：' | '；'))
        && {
            // Something that reads as text or as a heading must follow, or the line is an ordinary short line.
            scan.next_full(next).is_some_and(|i| scan.found[i].is_some() || scan.text(i).len() >= 40)
        };
    (open || wrapped).then_some(next)
}

/// Is a bracket or quotation mark open at the end?
fn unbalanced(title: &[char]) -> bool {
    let count = |c: char| title.iter().filter(|x| **x == c).count();
    count('（') > count('）') || count('“') > count('”') || count('《') > count('》')
}
