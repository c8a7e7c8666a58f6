//! Lines and what they are.

use gangmu_kernel::source::SourceKind;

use super::WORDS;
use super::marks::{self, Mark};
use crate::compile::fold::is_blank;
use crate::compile::ground::{Ground, LineHint};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing in it.
    Blank,
    /// Text.
    Body,
    /// A line above the text: title, number, addressee's place, page.
    Head,
    /// A heading begins here.
    Heading,
    /// A heading goes on here.
    Continued,
    /// A row of a table.
    Row,
    /// An entry of the table of contents, or its head.
    Contents,
    /// The page around the text.
    Furniture,
}

/// A heading found in a line.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Its mark.
    pub mark: Mark,
    /// One past the last code point of the title, in code points of the text.
    pub title_end: u32,
    /// Where the paragraph that runs on in the line begins.
    pub runs_on: Option<u32>,
    /// Is the title only the first words of an untitled paragraph?
    pub untitled: bool,
    /// The rule that accepted it.
    pub rule: &'static str,
}

/// The lines with their marks and classes.
pub(super) struct Scan<'g, 's> {
    pub ground: &'g Ground<'s>,
    /// First code point of each line after Markdown's own marks.
    pub from: Vec<u32>,
    pub class: Vec<Class>,
    pub marks: Vec<Option<Mark>>,
    pub found: Vec<Option<Found>>,
    /// Are blank lines rare, so that one of them means something?
    pub blanks_rare: bool,
}

impl<'g, 's> Scan<'g, 's> {
    /// Looks at every line by itself.
    pub fn new(ground: &'g Ground<'s>) -> Self {
        let n = ground.lines.len();
        let markdown = ground.source.kind == SourceKind::Md;
        let mut scan = Self {
            ground,
            from: Vec::with_capacity(n),
            class: Vec::with_capacity(n),
            marks: Vec::with_capacity(n),
            found: vec![None; n],
            blanks_rare: false,
        };
        let (mut blank, mut full) = (0usize, 0usize);
        for line in &ground.lines {
            let mut from = line.start;
            if markdown {
                while from < line.end && matches!(ground.at(from), '#' | '>' | '*' | ' ') {
                    from += 1;
                }
            }
            let text = ground.folded(from, line.end);
            // No heading is longer than this together with the paragraph's first sentence.
            let mark = marks::mark(&text[..text.len().min(400)]);
            let class = classify(ground, line.hint, text, mark.as_ref(), line.is_blank());
            if class == Class::Blank {
                blank += 1
            } else {
                full += 1
            }
            scan.from.push(from);
            scan.class.push(class);
            scan.marks.push(if matches!(class, Class::Body | Class::Row) { mark } else { None });
        }
        scan.blanks_rare = blank * 2 < full;
        scan.mark_cell_lines();
        scan.mark_page_numbers();
        scan
    }

    /// The folded text of a line.
    pub fn text(&self, index: usize) -> &[char] {
        self.ground.folded(self.from[index], self.ground.lines[index].end)
    }

    /// The first line after `index` that is not blank and no furniture.
    pub fn next_full(&self, index: usize) -> Option<usize> {
        (index + 1..self.class.len()).find(|i| !matches!(self.class[*i], Class::Blank | Class::Furniture))
    }

    /// The first code point of a mark's title in the text.
    pub fn title_start(&self, index: usize, mark: &Mark) -> u32 {
        self.from[index] + mark.title as u32
    }

    /// A table whose cells stand one a line: three heads of columns in a row, then short lines.
    fn mark_cell_lines(&mut self) {
        let n = self.class.len();
        let mut index = 0;
        while index < n {
            let run = self.head_run(index);
            if run.len() < 3
                || !run.iter().any(|i| self.text(*i).contains(&'指'))
                || !run.iter().any(|i| names_value(self.text(*i)))
            {
                index += 1;
                continue;
            }
            let last = run.last().copied().unwrap_or(index);
            let mut end = last + 1;
            while end < n {
                if self.class[end] == Class::Blank {
                    end += 1;
                    continue;
                }
                let text = self.text(end);
                let stops = text.len() > 40 && text.contains(&'。') || begins_with(text, "table-note");
                let heading = self.marks[end]
                    .as_ref()
                    .is_some_and(|m| m.kind <= marks::MarkKind::Section || m.kind == marks::MarkKind::Box);
                if self.class[end] != Class::Body || stops || heading {
                    break;
                }
                end += 1;
            }
            for line in index..end {
                if self.class[line] == Class::Body {
                    self.class[line] = Class::Row;
                    self.marks[line] = None;
                }
            }
            index = end.max(index + 1);
        }
    }

    /// The lines from `index` on that are each the head of a column.
    fn head_run(&self, index: usize) -> Vec<usize> {
        let mut run = Vec::new();
        for line in index..self.class.len().min(index + 20) {
            match self.class[line] {
                Class::Blank if !run.is_empty() => {}
                Class::Body if is_word(self.text(line), "table-head") || names_value(self.text(line)) => run.push(line),
                _ => break,
            }
        }
        run
    }

    /// Lone numbers that count up through the text are page numbers.
    fn mark_page_numbers(&mut self) {
        let mut pages: Vec<(usize, u32)> = Vec::new();
        for index in 0..self.class.len() {
            if self.class[index] != Class::Body {
                continue;
            }
            let Some(page) = page_number(self.text(index)) else { continue };
            pages.push((index, page));
        }
        // Longest chain in text order: each next page is one more and stands at least 150 code points later.
        let mut chain: Vec<usize> = Vec::new();
        let mut last: Option<(u32, u32)> = None;
        for &(index, page) in &pages {
            let at = self.ground.lines[index].start;
            match last {
                Some((p, pos)) if page == p + 1 && at >= pos + 150 => chain.push(index),
                Some(_) if chain.len() >= 3 => continue,
                _ => chain = vec![index],
            }
            last = Some((page, at));
        }
        if chain.len() >= 3 {
            for index in chain {
                self.class[index] = Class::Furniture;
                self.marks[index] = None;
            }
        }
        for index in 0..self.class.len() {
            if self.class[index] == Class::Body && is_framed_page_number(self.text(index)) {
                self.class[index] = Class::Furniture;
                self.marks[index] = None;
            }
        }
    }
}

/// What a line is when one looks at it alone.
fn classify(ground: &Ground<'_>, hint: LineHint, text: &[char], mark: Option<&Mark>, blank: bool) -> Class {
    use marks::MarkKind as K;
    if blank {
        return Class::Blank;
    }
    match hint {
        LineHint::Furniture => return Class::Furniture,
        LineHint::Cell(table) => {
            let wide = table.and_then(|t| ground.source.tables.get(t as usize)).is_none_or(|t| t.columns > 1);
            if wide {
                return Class::Row;
            }
        }
        LineHint::Heading(_) => return Class::Body,
        LineHint::None => {}
    }
    if text.first() == Some(&'|') && text.iter().filter(|c| **c == '|').count() >= 3 {
        return Class::Row;
    }
    let tabs = text.iter().filter(|c| **c == '\t').count();
    let chapter = mark.is_some_and(|m| matches!(m.kind, K::Part | K::Chapter | K::Section | K::Item | K::Box));
    if tabs > usize::from(chapter) { Class::Row } else { Class::Body }
}

/// 2025 年, 2030 年目标值, “十五五”目标: the head of a column of values.
fn names_value(text: &[char]) -> bool {
    if text.len() > 14 {
        return false;
    }
    let bare: Vec<char> = text.iter().copied().filter(|c| !is_blank(*c)).collect();
    let digits = bare.iter().take_while(|c| c.is_ascii_digit()).count();
    let year = digits == 4
        && matches!(bare.get(4), Some('年'))
        && matches!(bare.get(5), None | Some('目' | '基' | '现' | '完' | '预' | '实' | '规' | '/'));
    year || bare.ends_with(&['目', '标', '值']) || bare.ends_with(&['基', '期', '值'])
}

/// A lone number of at most three digits.
fn page_number(text: &[char]) -> Option<u32> {
    if text.len() > 3 || text.is_empty() || !text.iter().all(char::is_ascii_digit) {
        return None;
    }
    text.iter().collect::<String>().parse().ok()
}

/// — 12 —, - 12 -, 第 3 页, 第3页 共40页, 3/40.
fn is_framed_page_number(text: &[char]) -> bool {
    if text.len() > 16 {
        return false;
    }
    let bare: Vec<char> = text.iter().copied().filter(|c| !is_blank(*c)).collect();
    let digits = bare.iter().filter(|c| c.is_ascii_digit()).count();
    if digits == 0 {
        return false;
    }
    let dash = |c: Option<&char>| matches!(c, Some('—' | '-' | '·'));
    if dash(bare.first()) && dash(bare.last()) {
        return bare.iter().all(|c| c.is_ascii_digit() || matches!(c, '—' | '-' | '·'));
    }
    bare.first() == Some(&'第')
        && bare.iter().all(|c| c.is_ascii_digit() || matches!(c, '第' | '页' | '共' | '/' | '，'))
        && bare.contains(&'页')
}

/// Is the whole line one of the group's words, blanks aside?
pub(super) fn is_word(text: &[char], group: &str) -> bool {
    if text.len() > 16 {
        return false;
    }
    let bare: String = text.iter().filter(|c| !is_blank(**c)).collect();
    WORDS.group(group).iter().any(|w| folded_eq(w, &bare))
}

/// Does the line begin with one of the group's words?
pub(super) fn begins_with(text: &[char], group: &str) -> bool {
    WORDS.group(group).iter().any(|w| {
        // Markdown's bold marks around a label are no part of it.
        let mut rest = text.iter().filter(|c| **c != '*');
        w.chars().map(crate::compile::fold::fold).all(|c| rest.next() == Some(&c))
    })
}

/// Does the line end with one of the group's words?
pub(super) fn ends_with(text: &[char], group: &str) -> bool {
    WORDS.group(group).iter().any(|w| {
        let word: Vec<char> = w.chars().collect();
        text.ends_with(&word)
    })
}

fn folded_eq(word: &str, bare: &str) -> bool {
    word.chars().map(crate::compile::fold::fold).eq(bare.chars())
}
