//! `gangmu plan explain`: which rule said this, which came near (规则说明).

use super::source;
use crate::{
    console::{Console, Outcome},
    packs,
};
use gangmu_kernel::source::Span;
use gangmu_plan::explain::{Explanation, explain};
use std::path::Path;

pub fn run(file: &Path, range: &str, json: bool, pack: Option<&Path>, console: &Console) -> Outcome {
    let span = span(range).ok_or_else(|| console.stop("command-bad-range", &[("range", range.to_owned())]))?;
    let names = packs::names(pack, console)?;
    let source = source(file, console)?;
    let chars = u32::try_from(source.text.chars().count()).unwrap_or(u32::MAX);
    if span.start >= chars {
        return Err(console.stop("command-range-outside", &[("range", range.to_owned()), ("chars", chars.to_string())]));
    }
    let found = explain(&source, &names, span);
    if json {
        let text = serde_json::to_string(&found)
            .map_err(|error| console.stop("command-output", &[("problem", error.to_string())]))?;
        return console.print(&(text + "\n"));
    }
    let quoted: String = source.text.chars().skip(span.start as usize).take(span.len() as usize).collect();
    console.print(&told(&found, &quoted, console))
}

/// `12..40` as a span; it must hold something.
fn span(range: &str) -> Option<Span> {
    let (start, end) = range.split_once("..")?;
    let span = Span::new(start.trim().parse().ok()?, end.trim().parse().ok()?);
    (!span.is_empty()).then_some(span)
}

fn told(found: &Explanation, quoted: &str, console: &Console) -> String {
    let place = found.sentence.clone().unwrap_or_else(|| found.clause.clone());
    let mut lines = vec![format!("{place}  {}..{}", found.start, found.end), quoted.trim().to_owned(), String::new()];
    if found.spoken.is_empty() {
        lines.push(console.say("command-explain-nothing", &[]));
    }
    for spoken in &found.spoken {
        let signs: Vec<String> =
            spoken.origin.signs.iter().map(|sign| format!("{} {}", sign.name, sign.delta)).collect();
        let signs = if signs.is_empty() { String::new() } else { format!(" ({})", signs.join(", ")) };
        lines.push(format!(
            "{}  {}  {}{signs}  {}..{}  {}",
            spoken.category, spoken.origin.rule, spoken.origin.confidence, spoken.start, spoken.end, spoken.text
        ));
    }
    if !found.near.is_empty() {
        lines.push(String::new());
        lines.push(console.say("command-explain-near", &[]));
    }
    for near in &found.near {
        lines.push(format!("{}  {}  {}..{}  ✕ {}", near.category, near.rule, near.start, near.end, near.rejected_by));
    }
    lines.join("\n") + "\n"
}
