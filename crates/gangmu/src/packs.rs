//! Packs (数据包): those embedded in the program, and folders that a person names.

use crate::{
    console::{Console, Stop},
    files,
};
use gangmu_app::{
    packs::{self, Pack},
    ports::PackFiles,
};
use gangmu_plan::compile::names::{KnownArea, KnownOrganisation, Names};
use std::path::{Path, PathBuf};

#[derive(rust_embed::Embed)]
#[folder = "../../packs/"]
struct Files;

/// The packs that the program carries.
#[derive(Debug, Clone, Copy)]
pub struct Embedded;

impl PackFiles for Embedded {
    fn list(&self) -> Vec<String> {
        Files::iter().map(std::borrow::Cow::into_owned).collect()
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        Files::get(path).map(|file| file.data.into_owned())
    }
}

/// A folder of packs.
struct Folder {
    root: PathBuf,
    paths: Vec<String>,
}

impl PackFiles for Folder {
    fn list(&self) -> Vec<String> {
        self.paths.clone()
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        // Only what was listed: a path of a pack never leads out of its folder.
        self.paths.iter().any(|listed| listed == path).then(|| files::bytes(&self.root.join(path)))?
    }
}

/// The names that the pack in that folder gives; none without a pack.
pub fn names(folder: Option<&Path>, console: &Console) -> Result<Names, Stop> {
    let Some(folder) = folder else { return Ok(Names::default()) };
    let failed = |problem: String| {
        console.stop("command-file-failed", &[("file", folder.display().to_string()), ("problem", problem)])
    };
    let folder = folder.canonicalize().map_err(|error| failed(error.to_string()))?;
    let id = files::name(&folder);
    let root = folder.parent().unwrap_or(&folder).to_owned();
    let paths = files::below(&root).map_err(|error| failed(error.to_string()))?;
    let pack = packs::read(&Folder { root, paths }, &id).map_err(|faults| console.bad_pack(&faults))?;
    Ok(of_pack(&pack))
}

/// The names of a pack's organisations and areas; former and short names are aliases.
fn of_pack(pack: &Pack) -> Names {
    let mut organisations: Vec<KnownOrganisation> = Vec::new();
    for row in &pack.organisations {
        let at = organisations.iter().position(|known| known.id == row.code).unwrap_or_else(|| {
            organisations.push(KnownOrganisation {
                id: row.code.clone(),
                name: row.label.clone(),
                aliases: Vec::new(),
            });
            organisations.len() - 1
        });
        let known = &mut organisations[at];
        for spelling in std::iter::once(&row.label).chain(&row.short).chain(&row.aliases) {
            if *spelling != known.name && !known.aliases.contains(spelling) {
                known.aliases.push(spelling.clone());
            }
        }
    }
    let areas = pack
        .areas
        .iter()
        .map(|row| KnownArea { code: row.code.clone(), name: row.label.clone(), aliases: Vec::new() })
        .collect();
    Names { organisations, areas }
}
