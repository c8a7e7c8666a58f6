//! Loading a pack (加载数据包): journaled, and nothing happens where the same pack is loaded already.

use super::Pack;
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, operate},
    session::Session,
};
use gangmu_kernel::refusal::Refusal;
use gangmu_store::{areas, journal::Object, organisations, packs as rows};
use std::collections::BTreeMap;

/// What loading did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loaded {
    /// The pack is new here.
    New,
    /// It took the place of what there was of it.
    Changed,
    /// It was here already, file by file.
    Same,
}

/// Another district's pack is loaded already (已加载其他辖区).
#[derive(Debug)]
struct OtherDistrict {
    id: String,
}

impl Refusal for OtherDistrict {
    fn code(&self) -> &'static str {
        "packs.load.other_district"
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::from([("id", self.id.clone())])
    }
}

/// Loads a pack.
pub async fn load(app: &App, session: &Session, pack: Pack) -> Result<Loaded, Failure> {
    operate(app, session, Operation::new("packs.load"), move |work| {
        let digest = pack.digest();
        let id = pack.manifest.id.clone();
        if let Some(other) = rows::all(work.tx)?.into_iter().find(|other| other.id != id) {
            return Err(Failure::refused(OtherDistrict { id: other.id }));
        }
        let found = rows::find(work.tx, &id)?;
        if found.as_ref().is_some_and(|found| found.digest == digest) {
            return Ok(Done::nothing(Loaded::Same));
        }
        let row = rows::PackRow { id: id.clone(), name: pack.manifest.label, digest, loaded_at: work.now };
        let files: Vec<(String, Vec<u8>)> = pack.files.into_iter().collect();
        rows::save(work.tx, &row, &files)?;
        areas::replace(work.tx, &id, &pack.areas)?;
        organisations::replace(work.tx, &id, &pack.organisations)?;
        let record = Record::on(Object::new("pack", &id)).after(digest);
        Ok(match found {
            None => Done::recorded(Loaded::New, record),
            Some(found) => Done::recorded(Loaded::Changed, record.before(found.digest)),
        })
    })
    .await
}
