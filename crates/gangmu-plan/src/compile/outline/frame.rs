//! Where the text begins and ends (正文起止): title lines and page above it, signature, annexes and page below it.

use super::lines::{Class, Scan, begins_with, ends_with, is_word};
use super::marks::MarkKind;
use crate::compile::fold::{ends_sentence, is_blank};
use crate::compile::ground::LineHint;
use gangmu_kernel::numerals;

/// The frame of the text, in line indices.
#[derive(Debug, Default, Clone)]
pub(super) struct Frame {
    /// The heading 前言, where there is one.
    pub preface: Option<usize>,
    /// The first line of the text: of the preface, or the first heading.
    pub body_line: usize,
    /// The title, from its first to its last line; several where a letter carries a plan.
    pub titles: Vec<(usize, usize)>,
    /// Lines at which something follows the end of the text: signature, annexes.
    pub tails: Vec<usize>,
}

/// A running text is at least this long.
const RUNNING: usize = 20;

/// Finds the beginning: everything above the first running text or first heading is page head.
pub(super) fn find_beginning(scan: &mut Scan<'_, '_>) -> Frame {
    let n = scan.class.len();
    let mut frame = Frame::default();
    let heading = (0..n).find(|i| scan.class[*i] == Class::Body && is_first_heading(scan, *i));
    let running = (0..n).find(|i| scan.class[*i] == Class::Body && is_running(scan.text(*i)));
    let row = (0..n).find(|i| scan.class[*i] == Class::Row);
    frame.body_line = [heading, running, row].into_iter().flatten().min().unwrap_or(n);
    let mut head: Vec<usize> = (0..frame.body_line).filter(|i| scan.class[*i] == Class::Body).collect();
    frame.preface = head.last().copied().filter(|i| is_word(scan.text(*i), "preface"));
    if let Some(line) = frame.preface {
        frame.body_line = line;
        head.pop();
    }
    for &index in &head {
        let text = scan.text(index);
        let page = is_word(text, "furniture")
            || begins_with(text, "furniture-begin")
            || text.iter().all(|c| matches!(c, '-' | '=' | '*'));
        scan.class[index] = if page { Class::Furniture } else { Class::Head };
        scan.marks[index] = None;
    }
    frame.titles = titles(scan, &head);
    // The second title, where a letter of a few paragraphs carries a plan.
    if let Some(heading) = heading {
        let letter: Vec<usize> = (frame.body_line..heading).filter(|i| scan.class[*i] == Class::Body).collect();
        let inner: Vec<usize> =
            letter.iter().copied().filter(|i| !is_running(scan.text(*i)) && scan.text(*i).len() <= 50).collect();
        for title in titles(scan, &inner) {
            scan.class[title.0..=title.1].iter_mut().filter(|c| **c == Class::Body).for_each(|c| *c = Class::Head);
            frame.titles.push(title);
        }
    }
    frame
}

/// A mark that may begin the numbered body.
fn is_first_heading(scan: &Scan<'_, '_>, index: usize) -> bool {
    let Some(mark) = &scan.marks[index] else {
        return false;
    };
    let first = mark.value.iter().all(|v| *v == 1);
    match mark.kind {
        MarkKind::Part | MarkKind::Chapter | MarkKind::Section => scan.text(index).len() <= 90,
        MarkKind::Item | MarkKind::Subitem | MarkKind::Decimal | MarkKind::Point => first,
        MarkKind::Box => true,
        MarkKind::Subpoint | MarkKind::Entry => false,
    }
}

/// Is this running text, and not a title, date or note above the text?
fn is_running(text: &[char]) -> bool {
    let Some(last) = text.iter().rev().find(|c| !is_blank(**c)) else { return false };
    if begins_with(text, "furniture-begin") {
        return false;
    }
    let stop = text.iter().any(|c| ends_sentence(*c)) && text.len() >= RUNNING;
    let address = *last == '：' && text.len() >= 5 && text.len() <= 200 && !text.contains(&'*');
    stop || address || text.len() >= 160
}

/// The titles among the lines of the page head: what ends with a word such as 规划 or 意见, with the lines before it
/// that it goes on from.
fn titles(scan: &Scan<'_, '_>, head: &[usize]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (k, &index) in head.iter().enumerate() {
        let text = without_note(scan.text(index));
        if scan.class[index] == Class::Furniture || text.len() < 4 || text.len() > 80 || !ends_with(text, "document") {
            continue;
        }
        let mut first = index;
        for &before in head[..k].iter().rev().take(3) {
            if !goes_on(scan, before, first) {
                break;
            }
            first = before;
        }
        out.push((first, index));
    }
    out
}

/// Does the title go on from this line to that one?
fn goes_on(scan: &Scan<'_, '_>, before: usize, line: usize) -> bool {
    let text = scan.text(before);
    let blanks = (before + 1..line).filter(|i| scan.class[*i] == Class::Blank).count();
    scan.class[before] != Class::Furniture
        && blanks <= 1
        && (4..=60).contains(&text.len())
        && !ends_with(without_note(text), "document")
        && !text.iter().any(|c| matches!(c, '。' | '：' | '〔' | '—'))
        && text.last() != Some(&'）')
        && !is_date(text)
        && !is_word(text, "furniture")
        && !text.first().is_some_and(|c| matches!(c, '（' | '〔'))
        && !text.iter().any(char::is_ascii_digit)
}

/// A line without the note in brackets at its end: 规划纲要（草案）.
fn without_note(text: &[char]) -> &[char] {
    let mut end = text.len();
    while end > 0 && (is_blank(text[end - 1]) || matches!(text[end - 1], '*' | '》' | '”' | '"')) {
        end -= 1;
    }
    if end > 0
        && text[end - 1] == '）'
        && let Some(open) = text[..end].iter().rposition(|c| *c == '（')
    {
        end = open;
    }
    &text[..end]
}

/// Finds the end: signature, annexes and the page below the text.
pub(super) fn find_end(scan: &mut Scan<'_, '_>, mut frame: Frame) -> Frame {
    let n = scan.class.len();
    let strong = |scan: &Scan<'_, '_>, i: usize| {
        scan.found[i].as_ref().is_some_and(|f| f.mark.kind <= MarkKind::Subitem || f.mark.kind == MarkKind::Decimal)
    };
    let Some(last) = (0..n).rev().find(|i| strong(scan, *i)) else {
        drop_page_foot(scan, frame.body_line);
        return frame;
    };
    let first = (0..n).find(|i| strong(scan, *i)).unwrap_or(last);
    // Annexes between two numberings.
    for index in first + 1..last {
        if scan.class[index] == Class::Body && is_annex_head(scan.text(index)) {
            let next = (index + 1..=last).find(|i| strong(scan, *i));
            if next.is_some_and(|i| scan.found[i].as_ref().is_some_and(|f| f.mark.last() == 1)) {
                frame.tails.push(index);
            }
        }
    }
    let tail = (last + 1..n).find(|i| ends_text(scan, *i));
    if let Some(tail) = tail {
        frame.tails.push(tail);
        for index in tail..n {
            if let Some(found) = scan.found[index].take() {
                scan.class[index] = Class::Body;
                scan.marks[index] = Some(found.mark);
            }
        }
        drop_page_foot(scan, tail);
    }
    frame
}

/// Does the text end before this line?
fn ends_text(scan: &Scan<'_, '_>, index: usize) -> bool {
    if !matches!(scan.class[index], Class::Body | Class::Heading) {
        return false;
    }
    let text = scan.text(index);
    if text.len() <= 60 && (begins_with(text, "tail-begin") || begins_with(text, "page-foot")) {
        return true;
    }
    if is_date(text) {
        return true;
    }
    let signs = text.len() <= 24 && ends_with(text, "sign-end") && !text.contains(&'。');
    signs && scan.next_full(index).is_some_and(|next| is_date(scan.text(next)))
}

/// 附件, 附件 1 or 附件：… on a line of its own.
fn is_annex_head(text: &[char]) -> bool {
    text.len() <= 60 && (text.starts_with(&['附', '件']) || text.starts_with(&['附', '表'])) && !text.contains(&'。')
}

/// Is the whole line a date?
fn is_date(text: &[char]) -> bool {
    let bare: Vec<char> = text.iter().copied().filter(|c| !is_blank(*c)).collect();
    let bare = match bare.as_slice() {
        ['（', inner @ .., '）'] => inner,
        all => all,
    };
    if bare.len() < 8 || bare.len() > 13 || bare.last() != Some(&'日') {
        return false;
    }
    bare.contains(&'年')
        && bare.contains(&'月')
        && bare.iter().all(|c| c.is_ascii_digit() || numerals::is_numeral(*c) || matches!(c, '年' | '月' | '日'))
}

/// After words such as 温馨提示 everything is the page below the text; lines that offer files are so too.
fn drop_page_foot(scan: &mut Scan<'_, '_>, from: usize) {
    let mut foot = false;
    for index in from..scan.class.len() {
        if !matches!(scan.class[index], Class::Body) || scan.ground.lines[index].hint != LineHint::None {
            continue;
        }
        let text = scan.text(index);
        let short = text.len() <= 60;
        foot = foot || (short && begins_with(text, "page-foot"));
        let offers = text.len() <= 120 && offers_file(text);
        let page = short && (is_word(text, "furniture") || begins_with(text, "furniture-begin"));
        if foot || offers || page {
            scan.class[index] = Class::Furniture;
            scan.marks[index] = None;
        }
    }
}

/// A line that offers a file: ….pdf, 下载附件.
fn offers_file(text: &[char]) -> bool {
    let has = |word: &str| {
        let word: Vec<char> = word.chars().collect();
        text.windows(word.len()).any(|w| w == word)
    };
    has(".pdf") || has(".doc") || has(".xls") || has(".ofd") || has(".zip") || has("下载附件")
}
