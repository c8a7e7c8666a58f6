//! Sentences (句): the paragraphs of the body split at their stops.

use gangmu_kernel::source::Span;

use super::fold::ends_sentence;
use super::ground::Ground;

/// A stop inside a bracket or quotation that closes within this many code points does not end the sentence.
const BRACKET: usize = 400;

/// Splits a paragraph into sentences: at 。！？ outside brackets, closing quotation marks and brackets included.
pub fn split(ground: &Ground<'_>, paragraph: Span, out: &mut Vec<Span>) {
    let text = ground.folded(paragraph.start, paragraph.end);
    let (mut from, mut at, mut inside) = (0usize, 0usize, 0usize);
    while at < text.len() {
        let c = text[at];
        if at >= inside && matches!(c, '（' | '〔' | '《') {
            inside = closing(text, at).unwrap_or(inside);
        }
        at += 1;
        if at <= inside || !ends_sentence(c) {
            continue;
        }
        while at < text.len() && (matches!(text[at], '”' | '’' | '）' | '"' | '」') || ends_sentence(text[at])) {
            at += 1;
        }
        // A closing quotation mark that is followed by more of the sentence: “…！”的口号.
        push(text, paragraph.start, from, at, out);
        from = at;
    }
    push(text, paragraph.start, from, text.len(), out);
}

/// One past the bracket that closes the one at `open`, if it stands near.
fn closing(text: &[char], open: usize) -> Option<usize> {
    let close = match text[open] {
        '（' => '）',
        '〔' => '〕',
        _ => '》',
    };
    let mut depth = 0usize;
    for (offset, &c) in text[open..].iter().take(BRACKET).enumerate() {
        if c == text[open] {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(open + offset + 1);
            }
        }
    }
    None
}

/// Adds a sentence without the blanks at its ends.
fn push(text: &[char], base: u32, mut from: usize, mut to: usize, out: &mut Vec<Span>) {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\n');
    while from < to && blank(text[from]) {
        from += 1;
    }
    while to > from && blank(text[to - 1]) {
        to -= 1;
    }
    if from < to {
        out.push(Span::new(base + from as u32, base + to as u32));
    }
}
