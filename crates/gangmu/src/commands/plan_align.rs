//! `gangmu plan align`: our plan beside another one (规划衔接).

use super::source;
use crate::{
    console::{Console, Outcome},
    packs,
};
use gangmu_plan::{
    alignment::{Alignment, align},
    comparison::{Place, Version},
    compile::compile,
};
use std::path::Path;

pub fn run(ours: &Path, other: &Path, json: bool, pack: Option<&Path>, console: &Console) -> Outcome {
    let names = packs::names(pack, console)?;
    let (ours, other) = (source(ours, console)?, source(other, console)?);
    let plans = (compile(&ours, &names), compile(&other, &names));
    let version = |text, plan| Version { text, plan };
    let found = align(version(&ours.text, &plans.0), version(&other.text, &plans.1));
    if json {
        let text = serde_json::to_string(&found)
            .map_err(|error| console.stop("command-output", &[("problem", error.to_string())]))?;
        return console.print(&(text + "\n"));
    }
    console.print(&told(&found, console))
}

/// The pairs with their reasons, then the conflicts.
fn told(found: &Alignment, console: &Console) -> String {
    let count = |key: &str, count: usize| console.say(key, &[("count", count.to_string())]);
    let path = |place: &Option<Place>| place.as_ref().map_or("—", |place| place.clause.as_str()).to_owned();
    let mut lines = vec![count("command-align-pairs", found.pairs.len())];
    lines.extend(found.pairs.iter().map(|pair| {
        format!("  {} ～ {}  {}  {}", pair.a.clause, pair.b.clause, pair.score, pair.reason).trim_end().to_owned()
    }));
    lines.push(count("command-align-conflicts", found.conflicts.len()));
    lines.extend(found.conflicts.iter().map(|conflict| {
        let kind = console.say(&format!("command-align-{}", conflict.kind.word()), &[]);
        format!("  {kind}  {} ～ {}  {}", path(&conflict.a), path(&conflict.b), conflict.message)
    }));
    lines.join("\n") + "\n"
}
