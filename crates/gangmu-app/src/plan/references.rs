//! Outside numbers of commitments (外部编号): under which key another system keeps what a commitment promises. They come in
//! bulk from that system and are read with the commitments; the other system stays their source.

use super::open::Opened;
use crate::{
    app::App,
    failure::Failure,
    operate::look,
    session::Session,
    staging::{Kind, StagingRefusal},
};
use gangmu_store::{Tx, plan::commitments, staging as rows};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// Batches of outside numbers.
pub const KIND: Kind = Kind { word: "references", action: "plan.review", check };

/// An outside number (外部编号).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Number of the commitment within the edition.
    pub commitment: u32,
    /// The other system.
    pub system: String,
    /// Its key there.
    pub key: String,
}

/// The place of an edition's batches, for who may bring some.
pub async fn place(app: &App, session: &Session, plan: &str, edition: Option<u32>) -> Result<String, Failure> {
    let plan = plan.to_owned();
    look(app, session, KIND.action, move |tx| Ok(Opened::at(tx, &plan, edition)?.edition.id.0.to_string())).await
}

/// Every row that names no commitment of the edition, or no system and key.
fn check(tx: &mut Tx<'_>, place: &str, more: &[(String, Json)]) -> Result<Vec<StagingRefusal>, Failure> {
    let edition = gangmu_kernel::ids::EditionId(place.parse().map_err(|_| Failure::Absent("edition"))?);
    let read: Vec<Option<Reference>> = more.iter().map(|(_, body)| serde_json::from_value(body.clone()).ok()).collect();
    let numbers: BTreeSet<u32> = read.iter().flatten().map(|row| row.commitment).collect();
    let numbers: Vec<u32> = numbers.into_iter().collect();
    let known: BTreeSet<u32> = match numbers.is_empty() {
        true => BTreeSet::new(),
        false => commitments::by_numbers(tx, edition, &numbers)?.into_iter().map(|row| row.commitment.number).collect(),
    };
    let fits = |text: &str, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
    let mut refusals = Vec::new();
    for (row, reference) in (1..).zip(read) {
        let problem = match reference {
            None => Some("staging-row-shape"),
            Some(r) if !known.contains(&r.commitment) => Some("staging-row-no-commitment"),
            Some(r) if !fits(&r.system, 40) || !fits(&r.key, 100) => Some("staging-row-system-key"),
            Some(_) => None,
        };
        refusals.extend(problem.map(|problem| StagingRefusal::Row { row, problem }));
    }
    Ok(refusals)
}

/// A page of outside numbers that are shown, after that batch and position.
pub async fn page(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    after: (i64, i64),
    limit: u32,
) -> Result<(Vec<Reference>, Option<(i64, i64)>), Failure> {
    let plan = plan.to_owned();
    look(app, session, "plan.read", move |tx| {
        let place = Opened::at(tx, &plan, edition)?.edition.id.0.to_string();
        let mut found = rows::shown(tx, KIND.word, &place, after, limit + 1)?;
        let more = found.len() > limit as usize;
        found.truncate(limit as usize);
        let next = found.last().filter(|_| more).map(|row| (row.batch, row.position));
        let read = found.into_iter().filter_map(|row| serde_json::from_value(row.body).ok());
        Ok((read.collect(), next))
    })
    .await
}
