//! Explanation (解释): which rule spoke for a stretch of text, and which came near.

use gangmu_kernel::SourceText;
use gangmu_kernel::source::Span;
use serde::{Deserialize, Serialize};

use crate::compile::tasks::Phrases;
use crate::compile::{Names, Reading, compile, figures_near, promises};
use crate::compiled::{CompiledPlan, Origin};

/// A candidate that a rule looked at and left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearMiss {
    /// What it would have been: `quantity`, `target`, `task`, `project`, `mechanism`, `responsibility`, `cited`,
    /// `organisation`.
    pub category: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The rule that came near.
    pub rule: String,
    /// The sign or rule that turned it away.
    pub rejected_by: String,
}

/// Collects near misses where somebody asked for them; otherwise it costs nothing.
#[derive(Debug, Default)]
pub struct Trace {
    on: bool,
    misses: Vec<NearMiss>,
}

impl Trace {
    /// A trace that keeps nothing.
    pub fn off() -> Self {
        Self::default()
    }

    /// A trace that keeps what the passes turn away.
    pub fn on() -> Self {
        Self { on: true, misses: Vec::new() }
    }

    /// Keeps a candidate that was turned away.
    pub fn miss(&mut self, category: &str, span: Span, rule: &str, rejected_by: &str) {
        if self.on {
            self.misses.push(NearMiss {
                category: category.to_owned(),
                start: span.start,
                end: span.end,
                rule: rule.to_owned(),
                rejected_by: rejected_by.to_owned(),
            });
        }
    }

    /// What was kept.
    pub fn into_misses(self) -> Vec<NearMiss> {
        self.misses
    }
}

/// An extraction that a rule made in the stretch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spoken {
    /// `outline`, `quantity`, `target`, `indicator`, `task`, `project`, `mechanism`, `responsibility`, `cited`,
    /// `organisation` or `notice`.
    pub category: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// What was extracted, in short: a name, a text or a kind.
    pub text: String,
    /// Which rule, how sure, which signs.
    #[serde(flatten)]
    pub origin: Origin,
}

/// What the compiler made of a stretch of text, and what it turned away there (解释).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// First code point of the stretch.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// Path of the clause it begins in.
    pub clause: String,
    /// The address of the sentence it begins in, where it begins in one.
    pub sentence: Option<String>,
    /// The stance of the section: `work`, `background`, `goal` … Only `work` makes tasks.
    pub stance: String,
    /// The rules that spoke.
    pub spoken: Vec<Spoken>,
    /// The candidates that came near, with what turned them away.
    pub near: Vec<NearMiss>,
}

/// Says which rule spoke for every extraction that overlaps a stretch, and which came near.
pub fn explain(source: &SourceText, names: &Names, range: Span) -> Explanation {
    let plan = compile(source, names);
    let reading = Reading::read(source, names);
    let phrases = Phrases::read(&reading);
    let mut trace = Trace::on();
    promises::find(&reading, &phrases, &mut trace);
    figures_near::find(&reading, &mut trace);
    let stance = phrases
        .passages
        .iter()
        .find(|p| phrases.span(&p.range).overlaps(range))
        .map_or_else(|| "frame".to_owned(), |p| p.stance.name().to_owned());
    let mut near: Vec<NearMiss> =
        trace.into_misses().into_iter().filter(|m| Span::new(m.start, m.end).overlaps(range)).collect();
    near.sort_by(|a, b| (a.start, a.end, &a.category).cmp(&(b.start, b.end, &b.category)));
    Explanation {
        start: range.start,
        end: range.end,
        clause: reading.path_at(range.start).to_owned(),
        sentence: reading.sentence_at(range.start).map(|s| reading.address(s)),
        stance,
        spoken: spoken(&plan, range),
        near,
    }
}

/// Everything of the compiled plan that overlaps the stretch, in text order.
fn spoken(plan: &CompiledPlan, range: Span) -> Vec<Spoken> {
    let mut out = Vec::new();
    let mut say = |category: &str, start: u32, end: u32, text: &str, origin: &Origin| {
        if Span::new(start, end).overlaps(range) {
            out.push(Spoken {
                category: category.to_owned(),
                start,
                end,
                text: text.to_owned(),
                origin: origin.clone(),
            });
        }
    };
    plan.outline.iter().for_each(|x| say("outline", x.start, x.end, &x.title, &x.origin));
    plan.quantities.iter().for_each(|x| say("quantity", x.start, x.end, &x.text, &x.origin));
    plan.targets.iter().for_each(|x| say("target", x.start, x.end, &x.text, &x.origin));
    plan.indicators.iter().for_each(|x| say("indicator", x.start, x.end, &x.name, &x.origin));
    plan.tasks.iter().for_each(|x| say("task", x.start, x.end, &x.text, &x.origin));
    plan.projects.iter().for_each(|x| say("project", x.start, x.end, &x.name, &x.origin));
    plan.mechanisms.iter().for_each(|x| say("mechanism", x.start, x.end, &x.name, &x.origin));
    plan.responsibilities.iter().for_each(|x| say("responsibility", x.start, x.end, &x.text, &x.origin));
    plan.cited.iter().for_each(|x| say("cited", x.start, x.end, &x.title, &x.origin));
    plan.organisations.iter().for_each(|x| say("organisation", x.start, x.end, &x.name, &x.origin));
    for notice in &plan.notices {
        for (start, end) in &notice.spans {
            say("notice", *start, *end, &notice.message, &notice.origin);
        }
    }
    out.sort_by_key(|s| (s.start, s.end));
    out
}
