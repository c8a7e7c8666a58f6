//! Explanation (解释): which rule spoke for a stretch of text, and which came near.

use gangmu_kernel::SourceText;
use gangmu_kernel::source::Span;
use serde::{Deserialize, Serialize};

use crate::compile::tasks::Phrases;
use crate::compile::trace::{NearMiss, Trace};
use crate::compile::{Names, Reading, compile, figures_near, notices, outline, promises};
use crate::compiled::{CompiledPlan, Origin};

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
    outline::outline(&reading.ground, &mut trace);
    figures_near::find(&reading, &mut trace);
    let promises = promises::find(&reading, &phrases, &mut trace);
    notices::find(&reading, &phrases, notices::Found { projects: &promises.projects }, &mut trace);
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
