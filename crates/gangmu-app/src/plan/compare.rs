//! Two editions of a plan side by side (版本对比): what became of each clause.

use super::{
    address::Address,
    open::{Opened, address_of, head},
    views::{ClauseSide, ComparedLine, ComparisonView, FigurePair, SentencePair},
};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_plan::{
    comparison::{Changed, Collation, Comparison, Figure, Place, SentenceChange, Version, wordings},
    compiled::CompiledPlan,
};
use gangmu_store::{
    Fault, Tx,
    plan::editions::{self, EditionRow},
};
use std::collections::HashMap;

/// Characters of a clause that a line quotes.
const QUOTED: usize = 240;

/// Compares two editions of a plan; without numbers the newest with the one before it.
///
/// A plan of one edition has nothing to compare: the view then names one edition and holds no line.
pub async fn compare(
    app: &App,
    session: &Session,
    plan: &str,
    old: Option<u32>,
    new: Option<u32>,
) -> Result<ComparisonView, Failure> {
    let plan = plan.to_owned();
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, new)?;
        let all = opened.editions.clone();
        // Without a number the newest is the new one, in force or not.
        let new = new.map_or_else(|| all.first(), |_| Some(&opened.edition)).ok_or(Failure::Absent("edition"))?;
        let before = match old {
            Some(number) => Some(all.iter().find(|e| e.number == i64::from(number)).ok_or(Failure::Absent("edition"))?),
            None => all.iter().find(|e| e.number < new.number),
        };
        let heads = opened.heads(tx)?;
        let new_address = address_of(&opened.plan, new, &all);
        let mut view = ComparisonView {
            plan: opened.plan_head(),
            editions: heads,
            old: None,
            new: head(tx, new, &new_address)?,
            lines: Vec::new(),
        };
        if let Some(before) = before {
            let old_address = address_of(&opened.plan, before, &all);
            view.old = Some(head(tx, before, &old_address)?);
            let (old, new) = (Text::load(tx, before, old_address)?, Text::load(tx, new, new_address)?);
            view.lines = lines(&old, &new);
        }
        Ok(view)
    })
    .await
}

/// An edition with all that a comparison quotes.
struct Text {
    text: String,
    signs: Vec<char>,
    plan: CompiledPlan,
    address: Address,
}

impl Text {
    fn load(tx: &mut Tx<'_>, edition: &EditionRow, address: Address) -> Result<Self, Failure> {
        let text = editions::text(tx, edition.id)?.ok_or(Failure::Absent("edition"))?;
        let compiled = editions::compiled(tx, edition.id)?.ok_or(Failure::Absent("edition"))?;
        let plan = serde_json::from_str(&compiled).map_err(|error| Fault::Column {
            column: 0,
            wanted: "a compiled plan",
            got: error.to_string(),
        })?;
        Ok(Self { signs: text.chars().collect(), text, plan, address })
    }

    fn version(&self) -> Version<'_> {
        Version { text: &self.text, plan: &self.plan }
    }

    fn said(&self, place: &Place) -> String {
        self.signs.get(place.start as usize..place.end as usize).unwrap_or_default().iter().collect()
    }

    /// A clause as lines show it.
    fn side(&self, place: &Place, titles: &HashMap<&str, &str>) -> ClauseSide {
        let clause = self.plan.clauses.iter().find(|c| c.start == place.start && c.end == place.end);
        let title =
            clause.and_then(|c| c.heading.as_deref()).and_then(|id| titles.get(id)).copied().unwrap_or_default();
        let words: Vec<String> = self.said(place).split_whitespace().map(str::to_owned).collect();
        let said: String = words.join(" ");
        let quoted: String = said.chars().take(QUOTED).collect();
        let cut = quoted.len() < said.len();
        ClauseSide {
            path: place.clause.clone(),
            address: self.address.clause(&place.clause),
            title: title.to_owned(),
            quoted: if cut { quoted + "……" } else { quoted },
        }
    }

    fn titles(&self) -> HashMap<&str, &str> {
        self.plan.outline.iter().map(|h| (h.id.as_str(), h.title.as_str())).collect()
    }
}

fn lines(old: &Text, new: &Text) -> Vec<ComparedLine> {
    let found = Collation::of(old.version(), new.version()).comparison();
    let titles = (old.titles(), new.titles());
    let before = |places: &[&Place]| places.iter().map(|p| old.side(p, &titles.0)).collect::<Vec<_>>();
    let after = |places: &[&Place]| places.iter().map(|p| new.side(p, &titles.1)).collect::<Vec<_>>();
    let line = |kind: &'static str, olds: &[&Place], news: &[&Place]| ComparedLine {
        kind,
        at: olds.iter().chain(news).map(|p| p.start).next().unwrap_or(0),
        old: before(olds),
        new: after(news),
        moved: false,
        figures: Vec::new(),
        sentences: Vec::new(),
    };
    let Comparison { same, moved, changed, split, merged, added, dropped, ambiguous, .. } = &found;
    let mut lines: Vec<ComparedLine> = Vec::new();
    lines.extend(same.iter().map(|k| line("same", &[&k.old], &[&k.new])));
    lines.extend(moved.iter().map(|k| line("moved", &[&k.old], &[&k.new])));
    lines.extend(changed.iter().map(|c| ComparedLine {
        moved: c.moved,
        figures: figures(c),
        sentences: c.sentences.iter().map(|s| sentence(s, old, new)).collect(),
        ..line("changed", &[&c.old], &[&c.new])
    }));
    lines.extend(split.iter().map(|s| line("split", &[&s.old], &s.new.iter().collect::<Vec<_>>())));
    lines.extend(merged.iter().map(|m| line("merged", &m.old.iter().collect::<Vec<_>>(), &[&m.new])));
    lines.extend(added.iter().map(|a| line("added", &[], &[&a.new])));
    lines.extend(dropped.iter().map(|d| line("dropped", &[&d.old], &[])));
    lines.extend(
        ambiguous
            .iter()
            .map(|a| line("ambiguous", &[&a.old], &a.candidates.iter().map(|c| &c.place).collect::<Vec<_>>())),
    );
    // In the order of the old text; what is new stands where the new text has it.
    lines.sort_by_key(|line| line.at);
    lines
}

fn figures(changed: &Changed) -> Vec<FigurePair> {
    let text = |figure: &Option<Figure>| figure.as_ref().map(|f| f.text.clone());
    changed.numbers.iter().map(|n| FigurePair { old: text(&n.old), new: text(&n.new) }).collect()
}

fn sentence(change: &SentenceChange, old: &Text, new: &Text) -> SentencePair {
    let joined = |text: &Text, places: &[Place]| places.iter().map(|p| text.said(p)).collect::<String>();
    let (before, after) = wordings(&joined(old, &change.old), &joined(new, &change.new));
    SentencePair { old: before, new: after }
}
