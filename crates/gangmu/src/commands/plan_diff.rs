//! `gangmu plan diff`: two editions clause by clause (版本对比).

use super::source;
use crate::{
    console::{Console, Outcome},
    packs,
};
use gangmu_plan::{
    comparison::{Collation, Comparison, Figure, FigureChange, Place, Version},
    compile::compile,
};
use std::path::Path;

pub fn run(old: &Path, new: &Path, json: bool, pack: Option<&Path>, console: &Console) -> Outcome {
    let names = packs::names(pack, console)?;
    let (old, new) = (source(old, console)?, source(new, console)?);
    let plans = (compile(&old, &names), compile(&new, &names));
    let version = |text, plan| Version { text, plan };
    let found = Collation::of(version(&old.text, &plans.0), version(&new.text, &plans.1)).comparison();
    if json {
        let text = serde_json::to_string(&found)
            .map_err(|error| console.stop("command-output", &[("problem", error.to_string())]))?;
        return console.print(&(text + "\n"));
    }
    console.print(&told(&found, console))
}

/// The comparison in lines: how many clauses stayed, then everything that did not.
fn told(found: &Comparison, console: &Console) -> String {
    let mut lines = vec![console.say("command-diff-same", &[("count", found.same.len().to_string())])];
    let mut tell = |key: &str, old: &[&Place], new: &[&Place], figures: &[FigureChange]| {
        let figures: Vec<String> = figures.iter().map(|change| figure(change, console)).collect();
        let arrow = if old.is_empty() || new.is_empty() { "" } else { " → " };
        let word = console.say(key, &[]);
        lines
            .push(format!("{word}  {}{arrow}{}  {}", paths(old), paths(new), figures.join("；")).trim_end().to_owned());
    };
    for kept in &found.moved {
        tell("command-diff-moved", &[&kept.old], &[&kept.new], &[]);
    }
    for changed in &found.changed {
        tell("command-diff-changed", &[&changed.old], &[&changed.new], &changed.numbers);
    }
    for split in &found.split {
        tell("command-diff-split", &[&split.old], &split.new.iter().collect::<Vec<_>>(), &[]);
    }
    for merged in &found.merged {
        tell("command-diff-merged", &merged.old.iter().collect::<Vec<_>>(), &[&merged.new], &[]);
    }
    for added in &found.added {
        tell("command-diff-added", &[], &[&added.new], &[]);
    }
    for dropped in &found.dropped {
        tell("command-diff-dropped", &[&dropped.old], &[], &[]);
    }
    for open in &found.ambiguous {
        tell(
            "command-diff-ambiguous",
            &[&open.old],
            &open.candidates.iter().map(|c| &c.place).collect::<Vec<_>>(),
            &[],
        );
    }
    lines.join("\n") + "\n"
}

fn paths(places: &[&Place]) -> String {
    places.iter().map(|place| place.clause.as_str()).collect::<Vec<_>>().join("、")
}

fn figure(change: &FigureChange, console: &Console) -> String {
    let text = |figure: &Option<Figure>| {
        figure.as_ref().map_or_else(|| console.say("command-diff-none", &[]), |figure| figure.text.clone())
    };
    format!("{} → {}", text(&change.old), text(&change.new))
}
