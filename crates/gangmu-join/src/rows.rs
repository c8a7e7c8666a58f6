//! Rows of a division of work (分工表行): heads, sections, merged cells, continued tables.

pub(crate) mod heads;

use crate::{
    Document,
    deadline::Years,
    grid::{Row, Table},
    joined::Place,
    lexicon,
    recognise::TableKind,
    units::{self, Role, Said},
};
use heads::{Column, Head};
use regex::Regex;
use std::sync::LazyLock;

/// A row of a division of work, before it is joined to clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Where it stands.
    pub place: Place,
    /// What it asks for, as written: the columns that are its own.
    pub task: String,
    /// What it shares with its neighbours: merged cells and columns of groups.
    pub context: Vec<String>,
    /// The headings of the table above it, the outermost first.
    pub sections: Vec<String>,
    /// The clause that it names itself.
    pub reference: Option<String>,
    /// Whom it names.
    pub said: Said,
    /// The first named leads, says the head of the table.
    pub first_leads: bool,
    /// Its deadline as written.
    pub deadline: String,
    /// The years that help to read the deadline.
    pub years: Years,
}

/// The rows of all divisions of work in a file.
pub(crate) fn entries(file: &Document, tables: &[Table], kinds: &[TableKind]) -> Vec<Entry> {
    let mut out = Vec::new();
    let mut state: Option<State> = None;
    for (table, kind) in tables.iter().zip(kinds) {
        match kind {
            TableKind::Assignments => {
                let Some(head) = heads::find(table, 0) else { continue };
                let begun = state.as_ref().is_some_and(|open| open.head.same_columns(&head));
                let next = match state.take() {
                    // A table that repeats the head of the one before goes on with it.
                    Some(open) if begun => State { head, resumed: true, ..open },
                    _ => State::new(head),
                };
                state = Some(read(file, table, next, &mut out));
            }
            TableKind::Continued => {
                if let Some(open) = state.take() {
                    let head = Head { below: 0, ..open.head.clone() };
                    state = Some(read(file, table, State { head, resumed: true, ..open }, &mut out));
                }
            }
            _ => state = None,
        }
    }
    out
}

/// What is carried from row to row.
#[derive(Debug, Clone)]
struct State {
    head: Head,
    /// Headings of the table, with the rank of their form.
    sections: Vec<(u8, String)>,
    /// The serial number of the last entry.
    serial: String,
    /// The head was repeated just now: the next row may go on with the last one.
    resumed: bool,
    title_year: Option<u32>,
}

impl State {
    fn new(head: Head) -> Self {
        Self { head, sections: Vec::new(), serial: String::new(), resumed: false, title_year: None }
    }
}

fn read(file: &Document, table: &Table, mut state: State, out: &mut Vec<Entry>) -> State {
    let from = out.len();
    state.title_year = state.title_year.or_else(|| title_year(file, table, state.head.below));
    let mut index = state.head.below;
    while index < table.rows.len() {
        let row = &table.rows[index];
        if let Some(head) = heads::at(table, index) {
            index = head.below;
            state.resumed = state.head.same_columns(&head);
            state.head = head;
            continue;
        }
        index += 1;
        take(file, table, row, &mut state, out, from);
    }
    state
}

fn take(file: &Document, table: &Table, row: &Row, state: &mut State, out: &mut Vec<Entry>, from: usize) {
    let texts = row.texts();
    let Some(first) = texts.first() else { return };
    if row.is_empty() || is_note(first) || lexicon::holds(first, "continued") && texts.len() == 1 {
        return;
    }
    let read = Fields::of(row, &state.head);
    if lexicon::is(&dense(first), "total") || lexicon::is(&dense(&read.own), "total") {
        return;
    }
    if let Some(section) = section(row, &read, &state.head) {
        let rank = rank(&section);
        state.sections.retain(|(r, _)| *r < rank);
        state.sections.push((rank, section));
        return;
    }
    let goes_on = !out.is_empty() && (out.len() > from || state.resumed) && continues(&read, state, out.last());
    let resumed = std::mem::take(&mut state.resumed);
    if goes_on && let Some(last) = out.last_mut() {
        append(last, read, resumed);
        return;
    }
    if read.own.is_empty() && read.shared.is_empty() {
        return;
    }
    if !read.serial.is_empty() {
        state.serial = read.serial.clone();
    }
    let task = if read.own.is_empty() { read.shared.last().cloned().unwrap_or_default() } else { read.own };
    let place = Place { file: file.name.clone(), sheet: table.sheet.clone(), table: table.number, row: row.number };
    out.push(Entry {
        place,
        task,
        context: read.groups.into_iter().chain(read.shared).collect(),
        sections: state.sections.iter().map(|(_, text)| text.clone()).collect(),
        reference: Some(read.reference).filter(|r| !r.is_empty()),
        said: read.said,
        first_leads: state.head.first_leads,
        deadline: read.deadline,
        years: Years { title: state.title_year, plan: None },
    });
}

/// What stands in the columns of a row.
#[derive(Debug, Clone, Default)]
struct Fields {
    serial: String,
    /// The row's own words.
    own: String,
    /// Task columns whose merged cell began above.
    shared: Vec<String>,
    groups: Vec<String>,
    reference: String,
    said: Said,
    deadline: String,
}

impl Fields {
    fn of(row: &Row, head: &Head) -> Self {
        let mut out = Self::default();
        let mut own: Vec<&str> = Vec::new();
        for (spot, column) in row.spots.iter().zip(&head.columns) {
            let text = spot.text.trim();
            if text.is_empty() || spot.from_left && *column != Column::Task {
                continue;
            }
            match column {
                Column::Serial => out.serial = dense(text),
                Column::Group => out.groups.push(text.to_owned()),
                Column::Task if spot.from_left => {}
                Column::Task if spot.from_above => out.shared.push(text.to_owned()),
                Column::Task => own.push(text),
                Column::Clause => {
                    if !out.reference.is_empty() {
                        out.reference.push(' ');
                    }
                    out.reference.push_str(text);
                }
                Column::Deadline => out.deadline = text.to_owned(),
                Column::Lead => add(&mut out.said, units::read(text, Role::Lead)),
                Column::Support => add(&mut out.said, units::read(text, Role::Support)),
                Column::Responsible => {
                    let role = if head.has_lead { Role::Support } else { Role::Responsible };
                    add(&mut out.said, units::read(text, role));
                }
                Column::Project | Column::Other => {}
            }
        }
        out.own = own.join("\n");
        out
    }
}

fn add(said: &mut Said, more: Said) {
    said.lead.extend(more.lead);
    said.support.extend(more.support);
    said.responsible.extend(more.responsible);
}

fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_note(text: &str) -> bool {
    let text = dense(text);
    lexicon::begins(&text, "note") || text == "注" || text == "说明"
}

/// The heading that a row is: one text alone, merged over the table, or in front of empty columns.
fn section(row: &Row, read: &Fields, head: &Head) -> Option<String> {
    let own: Vec<&crate::grid::Spot> =
        row.spots.iter().filter(|s| !s.from_left && !s.from_above && !s.text.is_empty()).collect();
    let names_nobody = read.said == Said::default() && read.deadline.is_empty() && read.reference.is_empty();
    match own.as_slice() {
        [only] => {
            let wide = only.columns as usize >= 2 && only.columns as usize * 2 >= row.spots.len();
            let at = row.spots.iter().position(|s| std::ptr::eq(s, *only))?;
            let in_task = head.columns.get(at) == Some(&Column::Task);
            let numbered = rank(&only.text) < 9;
            let short = only.text.chars().count() <= 30;
            let alone = !in_task
                && !matches!(
                    head.columns.get(at),
                    Some(Column::Deadline | Column::Lead | Column::Support | Column::Responsible)
                );
            let merged_beside = row.spots.iter().any(|s| s.from_above && !s.text.is_empty());
            (names_nobody && !merged_beside && (wide || alone || in_task && numbered && short))
                .then(|| only.text.clone())
        }
        // 一、 | 建设空铁枢纽, the number in the column of serial numbers.
        [number, title] if names_nobody => {
            let at = row.spots.iter().position(|s| std::ptr::eq(s, *number))?;
            let chinese = dense(&number.text).chars().all(|c| "一二三四五六七八九十百（）()、第章节篇".contains(c));
            let serial = head.columns.get(at) == Some(&Column::Serial);
            (serial && chinese && title.text.chars().count() <= 40).then(|| format!("{}{}", number.text, title.text))
        }
        _ => None,
    }
}

/// The rank of a heading by its form; 9 where it has no number.
fn rank(text: &str) -> u8 {
    static FORMS: LazyLock<Vec<(Regex, u8)>> = LazyLock::new(|| {
        [
            ("^第[一二三四五六七八九十百0-9]+[篇编部]", 0),
            ("^第[一二三四五六七八九十百0-9]+章", 1),
            ("^第[一二三四五六七八九十百0-9]+节", 2),
            ("^[一二三四五六七八九十]+、?", 3),
            ("^[（(][一二三四五六七八九十]+[)）]", 4),
            ("^[0-9]+[.、．]", 5),
            ("^[（(][0-9]+[)）]", 6),
        ]
        .into_iter()
        .map(|(form, rank)| (Regex::new(form).expect("the forms of headings are well formed"), rank))
        .collect()
    });
    let bare = dense(text);
    FORMS.iter().find(|(form, _)| form.is_match(&bare)).map_or(9, |(_, rank)| *rank)
}

/// Does a row go on with the one before, in a 续表 or as more units of the same task?
fn continues(read: &Fields, state: &State, last: Option<&Entry>) -> bool {
    let Some(last) = last else { return false };
    // More units under a task whose cells are merged.
    if read.own.is_empty() && (!read.shared.is_empty() || read.serial.is_empty()) {
        let same = read.shared.iter().all(|s| last.context.contains(s) || last.task.contains(s.as_str()));
        return same && read.groups.iter().all(|g| last.context.contains(g) || !read.shared.is_empty());
    }
    if !state.resumed || !state.head.columns.contains(&Column::Serial) && open(&last.task) {
        return state.resumed && read.serial.is_empty() && open(&last.task);
    }
    let serial = read.serial.trim_end_matches("（续）").trim_end_matches("(续)").trim_end_matches('续');
    let numbered = state.head.columns.contains(&Column::Serial) && !state.serial.is_empty();
    numbered && (serial.is_empty() || serial == state.serial)
}

/// Is the text broken off: no stop at its end?
fn open(text: &str) -> bool {
    !text.trim_end().ends_with(['。', '；', '！', '？', ';', '.'])
}

/// Adds what the next row goes on with.
fn append(last: &mut Entry, read: Fields, resumed: bool) {
    let more = read.own.trim_start_matches("（续）").trim_start_matches("(续)");
    if !more.is_empty() && !last.task.contains(more) {
        if !(resumed && open(&last.task)) {
            last.task.push('\n');
        }
        last.task.push_str(more);
    }
    let joined = |known: &mut Vec<String>, more: Vec<String>| {
        for name in more {
            if !known.contains(&name) {
                known.push(name);
            }
        }
    };
    joined(&mut last.said.lead, read.said.lead);
    joined(&mut last.said.support, read.said.support);
    joined(&mut last.said.responsible, read.said.responsible);
    if last.deadline.is_empty() {
        last.deadline = read.deadline;
    }
    if last.reference.is_none() && !read.reference.is_empty() {
        last.reference = Some(read.reference);
    }
}

/// The one year that the title of a table names: 2024年重点任务分工表.
fn title_year(file: &Document, table: &Table, below: usize) -> Option<u32> {
    static ONE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("(20[0-9]{2})年").expect("the pattern of years is well formed"));
    static SPAN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("20[0-9]{2}年?[-—~至]20[0-9]{2}|十[一二三四五六七八九]五")
            .expect("the pattern of spans is well formed")
    });
    let above = table.rows.iter().take(below.saturating_sub(1)).flat_map(|row| row.texts());
    let titles: Vec<&str> =
        above.chain([table.before.as_str()]).chain(table.sheet.as_deref()).chain([file.name.as_str()]).collect();
    titles
        .iter()
        .find(|t| ONE.is_match(t) && !SPAN.is_match(t))
        .and_then(|t| ONE.captures(t)?.get(1)?.as_str().parse().ok())
}

#[cfg(test)]
mod tests;
