//! `gangmu plan join`: an outline and the files beside it as one, as JSON or in short (归并).

use super::source;
use crate::{
    console::{Console, Outcome, Stop},
    files, packs,
};
use gangmu_join::{Document, FileKind, Flag, Joined, join};
use gangmu_plan::compile::Names;
use std::path::{Path, PathBuf};

pub fn run(outline: &Path, files: &[PathBuf], json: bool, pack: Option<&Path>, console: &Console) -> Outcome {
    let names = packs::names(pack, console)?;
    let outline = document(outline, &names, console)?;
    let files = files.iter().map(|file| document(file, &names, console)).collect::<Result<Vec<_>, _>>()?;
    let joined = join(&outline, &files, &names);
    if json {
        let text = serde_json::to_string(&joined)
            .map_err(|error| console.stop("command-output", &[("problem", error.to_string())]))?;
        return console.print(&(text + "\n"));
    }
    console.print(&summary(&joined, console))
}

fn document(file: &Path, names: &Names, console: &Console) -> Result<Document, Stop> {
    Ok(Document::new(files::name(file), source(file, console)?, names))
}

/// What each file is, how much was joined, and what is left for a person.
fn summary(joined: &Joined, console: &Console) -> String {
    let mut lines: Vec<String> = joined
        .files
        .iter()
        .map(|file| console.about(&file.file, &console.say(&format!("command-join-kind-{}", word(file.kind)), &[])))
        .collect();
    let count = |flag: Flag| joined.rows.iter().filter(|row| row.flags.contains(&flag)).count();
    let fields = [
        ("rows", joined.rows.len()),
        ("joined", joined.rows.iter().filter(|row| !row.clauses.is_empty()).count()),
        ("none", count(Flag::NoClause)),
        ("several", count(Flag::AmbiguousClause)),
        ("flagged", joined.rows.iter().filter(|row| !row.flags.is_empty()).count()),
        ("open", joined.clauses_without_row.len()),
    ];
    let fields = fields.map(|(name, value)| (name, value.to_string()));
    lines.push(console.say("command-join-rows", &fields));
    let fields = [("rows", joined.annex.len().to_string()), ("conflicts", joined.conflicts.len().to_string())];
    lines.push(console.say("command-join-annex", &fields));
    lines.join("\n") + "\n"
}

fn word(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Annex => "annex",
        FileKind::Assignments => "assignments",
        FileKind::Projects => "projects",
        FileKind::Plan => "plan",
        FileKind::Unknown => "unknown",
    }
}
