//! `gangmu restore FILE --into URL`: makes a database of a backup in an empty place (恢复).

use crate::{
    config::Config,
    console::{Console, Outcome},
    vault,
};
use gangmu_store::Location;
use std::path::Path;

pub fn run(config: &Config, file: &Path, into: &str, data: Option<&Path>, console: &Console) -> Outcome {
    let into = Location::parse(into);
    // The attachments of a database in a file stand beside it, where a server on that folder looks for them.
    let beside = match &into {
        Location::Sqlite(path) => path.parent().map(Path::to_owned),
        Location::Postgres(_) => None,
    };
    let data = data.map(Path::to_owned).or(beside).unwrap_or_else(|| config.data.clone());
    let restored = vault::restore(file, &into, &data).map_err(|fault| console.refused(&fault.reason()))?;
    let fields = [
        ("rows", restored.rows.to_string()),
        ("blobs", restored.blobs.to_string()),
        ("journal", restored.journal.to_string()),
        ("from", restored.from.to_string()),
        ("to", restored.to.to_string()),
        ("folder", data.display().to_string()),
    ];
    let mut lines = vec![console.say("restore-done", &fields)];
    if restored.from != restored.to {
        lines.push(console.say("restore-upgraded", &fields));
    }
    lines.push(console.say("restore-next", &fields));
    console.print(&(lines.join("\n") + "\n"))
}
