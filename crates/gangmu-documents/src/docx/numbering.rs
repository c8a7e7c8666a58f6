//! Automatic numbering (自动编号): the number text that Word shows before a paragraph.

use crate::{
    Limits, Unreadable,
    xml::{Node, Xml, attribute, name},
};
use std::collections::{HashMap, HashSet};

mod form;

use form::Form;

/// Levels of a list.
const LEVELS: usize = 9;

/// One level of a list definition.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    form: Form,
    /// Such as `第%1章` or `%1.%2`.
    text: String,
    /// Numbers of higher levels are shown as digits.
    legal: bool,
    /// The level after which this one starts again; none for the level above.
    restart: Option<u8>,
    /// The paragraph style that carries this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, form: Form::Decimal, text: String::new(), legal: false, restart: None, style: None }
    }
}

/// A list as paragraphs use it.
#[derive(Debug, Clone, Default)]
struct List {
    definition: u32,
    starts: HashMap<u8, u32>,
    levels: HashMap<u8, Level>,
}

/// The lists of a document and how far they have counted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbering {
    definitions: HashMap<u32, Vec<Level>>,
    lists: HashMap<u32, List>,
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<u32>,
}

impl Numbering {
    /// The level that belongs to a paragraph style in a list.
    pub fn level_of_style(&self, list: u32, style: &str) -> Option<u8> {
        let definition = self.definitions.get(&self.lists.get(&list)?.definition)?;
        let at = definition.iter().position(|level| level.style.as_deref() == Some(style))?;
        u8::try_from(at).ok()
    }

    /// Counts a paragraph and gives the text of its number, with the blank that follows it.
    pub fn next(&mut self, list: u32, level: u8) -> Option<String> {
        let at = usize::from(level).min(LEVELS - 1);
        let used = self.lists.get(&list)?.clone();
        let levels: Vec<Level> = {
            let defined = self.definitions.get(&used.definition)?;
            (0..LEVELS)
                .map(|at| {
                    let own = u8::try_from(at).ok().and_then(|at| used.levels.get(&at));
                    own.or_else(|| defined.get(at)).cloned().unwrap_or_default()
                })
                .collect()
        };
        let counters = self.counters.entry(used.definition).or_default();
        if self.begun.insert(list) {
            for (level, start) in &used.starts {
                if let Some(counter) = counters.get_mut(usize::from(*level)) {
                    // The next step makes it the start.
                    *counter = start.checked_sub(1);
                }
            }
        }
        for above in 0..at {
            counters[above].get_or_insert(levels[above].start);
        }
        let start = used.starts.get(&level).copied().unwrap_or(levels[at].start);
        counters[at] = Some(counters[at].map_or(start, |count| count.saturating_add(1)));
        for below in at + 1..LEVELS {
            let keeps = levels[below].restart.is_some_and(|after| usize::from(after) <= at);
            if !keeps {
                counters[below] = None;
            }
        }
        Some(shown(&levels, at, counters))
    }
}

/// The number text with the blank that parts it from the paragraph.
fn shown(levels: &[Level], at: usize, counters: &[Option<u32>; LEVELS]) -> String {
    let level = &levels[at];
    let mut text = String::new();
    match level.form {
        Form::None => {}
        Form::Bullet => text.push_str(bullet(&level.text)),
        _ => {
            let mut characters = level.text.chars().peekable();
            while let Some(character) = characters.next() {
                let digit = characters.peek().and_then(|next| next.to_digit(10)).filter(|digit| *digit > 0);
                match (character, digit) {
                    ('%', Some(digit)) => {
                        characters.next();
                        let of = digit as usize - 1;
                        let form = if level.legal && of != at { Form::Decimal } else { levels[of].form };
                        text.push_str(&form.write(counters[of].unwrap_or(levels[of].start)));
                    }
                    _ => text.push(character),
                }
            }
        }
    }
    if text.is_empty() || text.ends_with(['、', '．', '.', '）', ')', '：', '—', '·', '•', ' ', '\u{3000}']) {
        text
    } else {
        text + " "
    }
}

/// Bullets drawn with a picture font have no character of their own.
fn bullet(text: &str) -> &str {
    let drawn = text.chars().any(|character| matches!(character, '\u{e000}'..='\u{f8ff}'));
    if drawn || text.chars().all(|character| character.is_ascii_alphabetic()) { "•" } else { text }
}

pub(crate) fn read(source: &str, part: &str, limits: &Limits) -> Result<Numbering, Unreadable> {
    let mut xml = Xml::new(source, part, limits);
    let mut numbering = Numbering::default();
    let mut aliases: HashMap<u32, String> = HashMap::new();
    let mut style_links: HashMap<String, u32> = HashMap::new();
    loop {
        match xml.next()? {
            Node::Open(element) if name(&element) == "abstractNum" => {
                let id = number(attribute(&element, "abstractNumId"));
                let found = definition(&mut xml)?;
                if let Some(style) = found.defines {
                    style_links.insert(style, id);
                }
                if let Some(style) = found.uses {
                    aliases.insert(id, style);
                }
                numbering.definitions.insert(id, found.levels);
            }
            Node::Open(element) if name(&element) == "num" => {
                let id = number(attribute(&element, "numId"));
                let list = list(&mut xml)?;
                numbering.lists.insert(id, list);
            }
            Node::End => break,
            _ => {}
        }
    }
    for list in numbering.lists.values_mut() {
        if let Some(target) = aliases.get(&list.definition).and_then(|style| style_links.get(style)) {
            list.definition = *target;
        }
    }
    Ok(numbering)
}

fn number(text: Option<String>) -> u32 {
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// A definition: its levels, the list style that it defines, or the one that it stands for.
#[derive(Default)]
struct Definition {
    levels: Vec<Level>,
    defines: Option<String>,
    uses: Option<String>,
}

fn definition(xml: &mut Xml<'_>) -> Result<Definition, Unreadable> {
    let mut definition = Definition::default();
    loop {
        match xml.next()? {
            Node::Open(element) => match name(&element) {
                "lvl" => {
                    let at = number(attribute(&element, "ilvl")) as usize;
                    let level = level(xml)?;
                    if at < LEVELS {
                        while definition.levels.len() <= at {
                            definition.levels.push(Level::default());
                        }
                        definition.levels[at] = level;
                    }
                }
                "styleLink" => {
                    definition.defines = attribute(&element, "val");
                    xml.skip()?;
                }
                "numStyleLink" => {
                    definition.uses = attribute(&element, "val");
                    xml.skip()?;
                }
                _ => xml.skip()?,
            },
            Node::Close => return Ok(definition),
            Node::Text(_) => {}
            Node::End => return Err(xml.broken()),
        }
    }
}

fn level(xml: &mut Xml<'_>) -> Result<Level, Unreadable> {
    let mut level = Level::default();
    let mut depth = 1;
    while depth > 0 {
        match xml.next()? {
            Node::Open(element) => {
                depth += 1;
                let value = attribute(&element, "val");
                match name(&element) {
                    "start" => level.start = value.and_then(|text| text.parse().ok()).unwrap_or(1),
                    "numFmt" => level.form = Form::named(value.as_deref().unwrap_or_default()),
                    "lvlText" => level.text = value.unwrap_or_default(),
                    "isLgl" => level.legal = value.is_none_or(|value| value != "0" && value != "false"),
                    "lvlRestart" => level.restart = value.and_then(|text| text.parse().ok()),
                    "pStyle" => level.style = value,
                    _ => {}
                }
            }
            Node::Close => depth -= 1,
            Node::Text(_) => {}
            Node::End => return Err(xml.broken()),
        }
    }
    Ok(level)
}

fn list(xml: &mut Xml<'_>) -> Result<List, Unreadable> {
    let mut list = List::default();
    let mut depth = 1;
    let mut overridden = 0;
    while depth > 0 {
        match xml.next()? {
            Node::Open(element) => match name(&element) {
                "abstractNumId" => {
                    list.definition = number(attribute(&element, "val"));
                    xml.skip()?;
                }
                "lvlOverride" => {
                    overridden = u8::try_from(number(attribute(&element, "ilvl"))).unwrap_or(0);
                    depth += 1;
                }
                "startOverride" => {
                    list.starts.insert(overridden, number(attribute(&element, "val")));
                    xml.skip()?;
                }
                "lvl" => {
                    let level = level(xml)?;
                    list.levels.insert(overridden, level);
                }
                _ => xml.skip()?,
            },
            Node::Close => depth -= 1,
            Node::Text(_) => {}
            Node::End => return Err(xml.broken()),
        }
    }
    Ok(list)
}
