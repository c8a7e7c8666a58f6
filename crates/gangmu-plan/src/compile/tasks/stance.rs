//! Stance (语气): whether a section tells of the past, states aims or asks for work. Only work makes tasks.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::compile::lexicon::{Lexicon, Words};
use crate::compile::reading::Reading;
use crate::compiled::{Heading, Level};

/// What the sentences of a section do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stance {
    /// They ask for work.
    #[default]
    Work,
    /// They stand before the first heading or are page furniture.
    Frame,
    /// They tell what was and is.
    Background,
    /// They look far ahead.
    Vision,
    /// They say what guides.
    Guidance,
    /// They lay down principles.
    Principle,
    /// They state aims.
    Goal,
}

impl Stance {
    /// The name that explanations give.
    pub fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Frame => "frame",
            Self::Background => "background",
            Self::Vision => "vision",
            Self::Guidance => "guidance",
            Self::Principle => "principle",
            Self::Goal => "goal",
        }
    }
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../lexicon/stance.txt")));

struct Patterns {
    has: Vec<(Stance, Words)>,
    ends: Vec<(Stance, Words)>,
    asks: Words,
    work: Words,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let groups = [
        ("principle", Stance::Principle),
        ("guidance", Stance::Guidance),
        ("vision", Stance::Vision),
        ("goal", Stance::Goal),
        ("background", Stance::Background),
        ("furniture", Stance::Frame),
    ];
    let of = |suffix: &str| {
        groups.iter().map(|(name, stance)| (*stance, LEXICON.words(&[&format!("{name}.{suffix}")]))).collect()
    };
    Patterns { has: of("has"), ends: of("ends"), asks: LEXICON.words(&["asks"]), work: LEXICON.words(&["work.has"]) }
});

/// A longer title is a sentence.
const LONGEST: usize = 40;

/// The stance a title gives, or none where it says nothing.
pub fn of_title(title: &str) -> Option<Stance> {
    let chars: Vec<char> = title.chars().map(crate::compile::fold::fold).filter(|c| !c.is_whitespace()).collect();
    // A sentence that stands as a heading says what it asks, not what the section is.
    if chars.len() > LONGEST {
        return None;
    }
    let patterns = &*PATTERNS;
    let asks = patterns.asks.at(&chars, 0).is_some() || super::head::asks(&chars);
    let found = patterns.has.iter().find(|(_, words)| words.find(&chars, 0).is_some()).map(|(stance, _)| *stance);
    let works = patterns.work.find(&chars, 0).is_some();
    // 主要目标和重点任务: what follows asks for work too.
    if let Some(stance) = found.filter(|s| !(works && *s == Stance::Goal)) {
        // A heading that asks for work (优化…发展环境) and a review of work are both Chinese headlines; the verb decides.
        if asks && matches!(stance, Stance::Background | Stance::Goal) && !works {
            return tells_of_success(&chars).then_some(Stance::Background);
        }
        return Some(stance);
    }
    if works {
        return Some(Stance::Work);
    }
    if asks {
        return None;
    }
    patterns.ends.iter().find(|(_, words)| words.before(&chars, chars.len()).is_some()).map(|(stance, _)| *stance)
}

/// 取得新进展, 再上新台阶: a headline in the perfect tense.
fn tells_of_success(chars: &[char]) -> bool {
    static PERFECT: LazyLock<Words> = LazyLock::new(|| {
        Words::new(["取得新", "取得积极", "取得显著", "取得重大", "取得明显", "迈上新台阶", "新进展新成效"])
    });
    PERFECT.find(chars, 0).is_some()
}

/// The stance of every clause: that of the nearest heading above it that says one.
pub fn of_clauses(reading: &Reading<'_>) -> Vec<Stance> {
    let by_id: HashMap<&str, &Heading> = reading.headings.iter().map(|h| (h.id.as_str(), h)).collect();
    let mut known: HashMap<&str, Option<Stance>> = HashMap::new();
    let headed = reading.clauses.iter().any(|c| c.path != "0" && !c.path.starts_with("0.") && c.path != "tail");
    let mut out = Vec::with_capacity(reading.clauses.len());
    for clause in &reading.clauses {
        if clause.path.starts_with("0.") || clause.path.starts_with("tail") {
            out.push(Stance::Frame);
            continue;
        }
        if clause.path == "0" || clause.path.starts_with("0#") {
            out.push(if headed { Stance::Frame } else { Stance::Work });
            continue;
        }
        let mut chain = Vec::new();
        let mut next = clause.heading.as_deref();
        let mut stance = None;
        while let Some(heading) = next.and_then(|id| by_id.get(id)) {
            if let Some(s) = known.get(heading.id.as_str()) {
                stance = *s;
                break;
            }
            chain.push(heading.id.as_str());
            let own = match heading.level {
                Level::Lead | Level::Dash | Level::Title => None,
                Level::Toc | Level::Furniture | Level::Preface => Some(Stance::Frame),
                _ => of_title(&heading.title),
            };
            if own.is_some() {
                stance = own;
                break;
            }
            if chain.len() > 16 {
                break;
            }
            next = heading.parent.as_deref();
        }
        for id in chain {
            known.insert(id, stance);
        }
        out.push(stance.unwrap_or_default());
    }
    out
}
