//! Which objects can have attachments (附件归属): one line for each noun.

use crate::{app::App, failure::Failure, operate::authorise, plan::open::Opened, session::Session};
use gangmu_kernel::ids::EditionId;
use gangmu_plan::edition::Stage;
use gangmu_store::{Tx, journal::Object};

/// A noun whose objects can have attachments: its word, and what one must be allowed to see it.
struct Noun {
    kind: &'static str,
    read: &'static str,
}

const NOUNS: [Noun; 1] = [Noun { kind: "edition", read: "plan.read" }];

/// An object that has attachments (附件归属).
#[derive(Debug, Clone)]
pub struct Place {
    /// The object.
    pub object: Object,
    /// What it is called.
    pub title: String,
    /// Its page.
    pub address: String,
    /// Is it public itself?
    pub public: bool,
}

/// May this person see objects of that kind at all?
pub(super) fn admitted(app: &App, session: &Session, kind: &str) -> Result<(), Failure> {
    let noun = NOUNS.iter().find(|noun| noun.kind == kind).ok_or(Failure::Absent("object"))?;
    authorise(app, session, noun.read)
}

/// The object of that kind and key.
pub(super) fn find(tx: &mut Tx<'_>, object: &Object) -> Result<Place, Failure> {
    let absent = || Failure::Absent("object");
    match object.kind.as_str() {
        "edition" => {
            let id: EditionId = object.id.parse().map_err(|_| absent())?;
            let opened = Opened::of(tx, id)?;
            Ok(Place {
                object: object.clone(),
                title: opened.plan.title.clone(),
                address: opened.address.edition(),
                public: opened.stage() == Stage::Published,
            })
        }
        _ => Err(absent()),
    }
}
