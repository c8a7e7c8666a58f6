//! From characters with places to lines and paragraphs (版面还原).

use crate::{composer::Composer, flow::join_line};
use gangmu_kernel::source::{BlockRole, Place};
use std::collections::HashMap;

/// A character with its place on the page, in points from the upper left.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub size: f64,
    pub text: String,
}

/// The characters of a page.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub number: u32,
    pub glyphs: Vec<Glyph>,
}

/// A line of a page.
#[derive(Debug, Clone)]
struct Line {
    page: u32,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
    text: String,
    furniture: bool,
}

/// Margins of the text on a page.
#[derive(Debug, Clone, Copy)]
struct Margins {
    left: f64,
    right: f64,
}

/// Appends the paragraphs of all pages; page furniture follows the paragraph that it interrupts.
pub(crate) fn compose(pages: Vec<Page>, into: &mut Composer) {
    let mut pages: Vec<Vec<Line>> = pages.into_iter().map(lines).collect();
    mark_furniture(&mut pages);
    let mut open: Option<(String, u32, Line)> = None;
    let mut waiting: Vec<Line> = Vec::new();
    for lines in pages {
        let margins = margins(&lines);
        for line in lines {
            if line.furniture {
                waiting.push(line);
                continue;
            }
            match &mut open {
                Some((text, _, last)) if continues(last, &line, margins) => {
                    join_line(text, &line.text);
                    *last = line;
                }
                _ => {
                    close(open.take(), &mut waiting, into);
                    open = Some((line.text.clone(), line.page, line));
                }
            }
        }
    }
    close(open, &mut waiting, into);
}

fn close(open: Option<(String, u32, Line)>, waiting: &mut Vec<Line>, into: &mut Composer) {
    // Furniture from above the paragraph stands before it, furniture met within it after it.
    let page = open.as_ref().map_or(0, |(_, page, _)| *page);
    let before = match &open {
        Some((_, _, last)) if last.page == page => {
            let split = waiting.iter().position(|line| line.page > page || line.page == page && line.y > last.y);
            let after = waiting.split_off(split.unwrap_or(waiting.len()));
            std::mem::replace(waiting, after)
        }
        _ => vec![],
    };
    for line in before {
        into.paragraph(&line.text, BlockRole::Furniture, Place::Page(line.page));
    }
    if let Some((text, page, _)) = open {
        into.paragraph(&text, BlockRole::Paragraph, Place::Page(page));
    }
    for line in waiting.drain(..) {
        into.paragraph(&line.text, BlockRole::Furniture, Place::Page(line.page));
    }
}

/// The lines of a page from top to bottom: characters that share a base line, from left to right.
fn lines(page: Page) -> Vec<Line> {
    let Page { number, mut glyphs } = page;
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if (glyph.y - row[0].y).abs() <= 0.45 * glyph.size.max(row[0].size) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    rows.into_iter().filter_map(|row| line(number, row)).collect()
}

fn line(page: u32, mut row: Vec<Glyph>) -> Option<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut text = String::new();
    let mut last: Option<Glyph> = None;
    let (mut left, mut right, mut size) = (None, 0.0_f64, 0.0_f64);
    for glyph in row {
        // Some makers draw a character twice to make it bold.
        let drawn_again =
            last.as_ref().is_some_and(|last| last.text == glyph.text && (glyph.x - last.x).abs() < 0.2 * glyph.size);
        if drawn_again {
            continue;
        }
        if let Some(last) = &last {
            text.push_str(between(last, &glyph));
        }
        let blank = glyph.text.chars().all(char::is_whitespace);
        if blank {
            if !text.is_empty() && !text.ends_with([' ', '\t']) {
                text.push(' ');
            }
        } else {
            left = left.or(Some(glyph.x));
            right = right.max(glyph.x + glyph.width);
            size = size.max(glyph.size);
            text.extend(glyph.text.chars().filter(|character| !character.is_control()));
        }
        last = Some(glyph);
    }
    let y = last.as_ref()?.y;
    let text = text.trim().to_owned();
    (!text.is_empty()).then_some(Line { page, left: left?, right, y, size, text, furniture: false })
}

/// What the gap between two characters of a line means.
fn between(last: &Glyph, next: &Glyph) -> &'static str {
    let gap = (next.x - (last.x + last.width)) / next.size.max(last.size);
    let latin = |text: &str| text.chars().all(|character| character.is_ascii_alphanumeric());
    if last.text.trim().is_empty() || next.text.trim().is_empty() {
        ""
    } else if gap > 2.4 {
        "\t"
    } else if gap > 0.8 || gap > 0.2 && latin(&last.text) && latin(&next.text) {
        " "
    } else {
        ""
    }
}

/// Where the text of a page begins and ends: the commonest left edge of its longer lines, the farthest right.
fn margins(lines: &[Line]) -> Margins {
    let body = || lines.iter().filter(|line| !line.furniture && !line.text.contains('\t'));
    let longest = body().map(|line| line.right - line.left).fold(0.0, f64::max);
    let right = body().map(|line| line.right).fold(0.0, f64::max);
    let mut edges: HashMap<i64, usize> = HashMap::new();
    for line in body().filter(|line| line.right - line.left > 0.6 * longest) {
        *edges.entry(line.left.round() as i64).or_default() += 1;
    }
    let commonest = edges.into_iter().max_by_key(|(edge, count)| (*count, -edge)).map(|(edge, _)| edge as f64);
    let leftmost = body().map(|line| line.left).fold(f64::INFINITY, f64::min);
    // Many short paragraphs, each with an indent, would make the indent the commonest edge.
    let left = commonest.filter(|edge| *edge < leftmost + 1.0).unwrap_or(leftmost);
    Margins { left, right }
}

/// Does the line go on with the sentence of the line before it?
fn continues(last: &Line, line: &Line, margins: Margins) -> bool {
    let same_size = (last.size - line.size).abs() < 0.12 * last.size.max(line.size);
    let filled = last.right > margins.right - 2.2 * last.size;
    let flush = line.left < margins.left + 0.9 * line.size;
    let near = last.page != line.page || line.y - last.y < 2.6 * line.size;
    let cells = last.text.contains('\t') || line.text.contains('\t');
    same_size && filled && flush && near && !cells
}

/// Marks page numbers, and lines that come again at the head or foot of the pages.
fn mark_furniture(pages: &mut [Vec<Line>]) {
    let mut seen: HashMap<(bool, String), usize> = HashMap::new();
    for page in pages.iter() {
        for (foot, at) in edges(page.len()) {
            *seen.entry((foot, without_digits(&page[at].text))).or_default() += 1;
        }
    }
    let often = (pages.len() / 3).max(3);
    for page in pages.iter_mut() {
        for (foot, at) in edges(page.len()) {
            let line = &page[at];
            let again = line.text.chars().count() < 60
                && seen.get(&(foot, without_digits(&line.text))).is_some_and(|count| *count >= often);
            page[at].furniture |= again || is_page_number(&page[at].text);
        }
    }
}

/// The first and last two lines of a page of so many lines.
fn edges(count: usize) -> Vec<(bool, usize)> {
    let head = (0..count.min(2)).map(|at| (false, at));
    let foot = (count.saturating_sub(2)..count).map(|at| (true, at));
    head.chain(foot).collect()
}

fn without_digits(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).map(|c| if c.is_numeric() { '0' } else { c }).collect()
}

/// `12`, `— 12 —`, `第 12 页`, `第12页 共80页`, `12 / 80`.
fn is_page_number(text: &str) -> bool {
    let bare: String =
        text.chars().filter(|character| !character.is_whitespace() && !"—–-－―·第页共/".contains(*character)).collect();
    let digits = bare.chars().all(|character| character.is_ascii_digit() || ('０'..='９').contains(&character));
    !bare.is_empty() && bare.chars().count() <= 8 && digits && text.chars().count() <= 20
}
