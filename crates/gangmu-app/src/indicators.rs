//! Indicators (指标): what a district measures, out of its approved plans, and how each is defined.
//!
//! Reading order: `views` is what pages know; `adopt` takes indicators out of an approved edition; `define` and `revise`
//! are a person's hand; `list` and `show` read; `export` sends the catalogue round.

mod adopt;
mod define;
mod export;
mod list;
mod present;
mod refusal;
mod show;
pub mod views;

pub use adopt::{Choice, adopt, preview};
pub use define::{Draft, define, revise, seen};
pub use export::{CatalogueFile, export};
pub use list::list;
pub(crate) use present::address;
pub use refusal::IndicatorRefusal;
pub use show::show;

use crate::failure::Failure;
use gangmu_kernel::ids::{IndicatorId, OrganisationId};
use gangmu_store::{Fault, Tx, areas, journal::Object, organisations};

/// Who looks at indicators.
const READ: &str = "indicators.read";
/// Who defines them.
const DEFINE: &str = "indicators.define";

/// The indicator as an object of the journal.
fn object(id: IndicatorId) -> Object {
    Object::new("indicator", id.0)
}

/// The key in an address; what is none is absent.
pub(crate) fn key_of(key: &str) -> Result<IndicatorId, Failure> {
    key.parse().map(IndicatorId).map_err(|_| Failure::Absent("indicator"))
}

/// An area: its code as a number, as targets and values keep it, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The code.
    pub code: i64,
    /// The name.
    pub name: String,
}

/// The district itself; none before a pack was loaded.
pub(crate) fn district(tx: &mut Tx<'_>) -> Result<Option<Place>, Fault> {
    let Some(manifest) = crate::packs::manifest(tx)? else { return Ok(None) };
    let name = areas::newest(tx, &manifest.area)?.map_or_else(|| manifest.area.clone(), |area| area.label);
    Ok(manifest.area.parse().ok().map(|code| Place { code, name }))
}

/// The organisation that a unit's name in a plan means; none where no name of any is that.
fn organisation_named(tx: &mut Tx<'_>, name: Option<&str>) -> Result<Option<OrganisationId>, Fault> {
    let Some(name) = name else { return Ok(None) };
    let all = organisations::all(tx)?;
    let named = all.iter().find(|(_, row)| {
        row.label == name || row.short.as_deref() == Some(name) || row.aliases.iter().any(|alias| alias == name)
    });
    Ok(named.map(|(id, _)| *id))
}
