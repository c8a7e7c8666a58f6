//! The table of contents (目录): told from the body by its repetition and by its page numbers.

use super::lines::{Class, Scan, is_word};
use crate::compile::fold::is_blank;

/// Entries of a table of contents are no longer than this.
const ENTRY: usize = 80;

/// Finds the table of contents and marks its lines.
pub(super) fn mark_contents(scan: &mut Scan<'_, '_>) {
    let n = scan.class.len();
    let head = (0..n).find(|i| scan.class[*i] == Class::Body && is_word(scan.text(*i), "contents"));
    if let Some(head) = head {
        mark_after(scan, head);
    }
    for index in 0..n {
        if matches!(scan.class[index], Class::Body | Class::Row) && has_leaders(scan.text(index)) {
            scan.class[index] = Class::Contents;
            scan.marks[index] = None;
        }
    }
}

/// Marks the entries under the word 目录.
fn mark_after(scan: &mut Scan<'_, '_>, head: usize) {
    let n = scan.class.len();
    let mut first: Option<Vec<char>> = None;
    let (mut end, mut marks) = (head + 1, 0usize);
    for index in head + 1..n {
        if scan.class[index] == Class::Blank {
            continue;
        }
        let text = scan.text(index);
        if text.len() > ENTRY || text.contains(&'。') {
            break;
        }
        // 前言 after the entries begins the text, before them it is one.
        if first.is_some() && marks >= 2 && is_word(text, "preface") {
            break;
        }
        let key = key(text);
        match &first {
            Some(first) if *first == key => break,
            Some(_) => {}
            None => first = Some(key),
        }
        marks += usize::from(scan.marks[index].is_some());
        end = index + 1;
    }
    if marks < 2 {
        return;
    }
    for index in head..end {
        if scan.class[index] != Class::Blank {
            scan.class[index] = Class::Contents;
            scan.marks[index] = None;
        }
    }
}

/// An entry without blanks, leaders and page number.
fn key(text: &[char]) -> Vec<char> {
    let mut key: Vec<char> = text.iter().copied().filter(|c| !is_blank(*c)).collect();
    while key.last().is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '—' | '-' | '（' | '）'))
        && key.len() > 2
    {
        key.pop();
    }
    key
}

/// Does the line end with leaders and a page number?
fn has_leaders(text: &[char]) -> bool {
    if text.len() > ENTRY + 80 {
        return false;
    }
    let mut at = text.len();
    while at > 0 && (text[at - 1].is_ascii_digit() || is_blank(text[at - 1]) || matches!(text[at - 1], '—' | '-')) {
        at -= 1;
    }
    let digits = text[at..].iter().any(char::is_ascii_digit);
    let leader = |c: &char| matches!(c, '…' | '.' | '·');
    digits
        && at >= 3
        && text[..at].iter().rev().take_while(|c| leader(c) || is_blank(**c)).filter(|c| leader(c)).count() >= 2
}
