//! Everything on one indicator (指标页).

use super::{
    DEFINE, READ, district, key_of,
    present::{address, contracts, holding, latest, target},
    views::{ContractView, IndicatorView, OriginView, VersionView},
};
use crate::{
    app::App,
    failure::Failure,
    operate::look,
    plan::{Lines, Opened, permission::by_role},
    session::Session,
};
use gangmu_indicators::definition::Definition;
use gangmu_kernel::{ids::IndicatorId, masking};
use gangmu_store::{
    Tx, areas,
    indicators::{
        clauses as sources,
        definitions::{self as rows, VersionRow},
        targets::{self, TargetRow},
    },
    plan::{clauses, commitments},
};
use jiff::civil::Date;

/// The indicator of that key.
pub async fn show(app: &App, session: &Session, key: &str) -> Result<IndicatorView, Failure> {
    let (today, define, key) = (app.today(), by_role(app, session, DEFINE), key.to_owned());
    look(app, session, READ, move |tx| {
        let row = rows::find(tx, key_of(&key)?)?.ok_or(Failure::Absent("indicator"))?;
        let area = district(tx)?.map_or(0, |place| place.code);
        let promised = targets::of(tx, row.id)?;
        Ok(IndicatorView {
            id: row.id.0,
            address: address(row.id),
            version: row.version,
            versions: versions(&rows::versions(tx, row.id)?),
            origins: origins(tx, row.id)?,
            contracts: agreed(tx, &promised, &row.definition, today)?,
            target: latest(&promised, area, today).map(|one| target(one, &row.definition, true)),
            definition: row.definition,
            define,
        })
    })
    .await
}

/// The versions, newest first, each with what differs from the one before.
fn versions(rows: &[VersionRow]) -> Vec<VersionView> {
    let view = |(at, row): (usize, &VersionRow)| VersionView {
        number: row.number,
        reason: row.reason.clone(),
        changed: rows.get(at + 1).map_or_else(Vec::new, |before| changed(&before.definition, &row.definition)),
        at: row.at,
        by: masking::name(&row.account_name),
        journal: row.journal,
    };
    rows.iter().enumerate().map(view).collect()
}

/// The fields in which two definitions differ.
fn changed(a: &Definition, b: &Definition) -> Vec<&'static str> {
    let fields = [
        ("name", a.name != b.name),
        ("category", a.category != b.category),
        ("unit", a.unit != b.unit),
        ("legal", a.legal != b.legal),
        ("measure", a.measure != b.measure),
        ("direction", a.direction != b.direction),
        ("prices", a.prices != b.prices),
        ("frequency", a.frequency != b.frequency),
        ("decimals", a.decimals != b.decimals),
        ("additive", a.additive != b.additive),
        ("lead", a.lead != b.lead),
        ("statement", a.statement != b.statement),
        ("source", a.source != b.source),
    ];
    fields.into_iter().filter(|field| field.1).map(|field| field.0).collect()
}

/// The sentences of plans within reach that name the indicator.
fn origins(tx: &mut Tx<'_>, id: IndicatorId) -> Result<Vec<OriginView>, Failure> {
    let mut views = Vec::new();
    for row in sources::of_indicator(tx, id)? {
        let opened = Opened::of(tx, row.edition)?;
        let headings = clauses::headings(tx, row.edition)?;
        let clause = clauses::by_number(tx, row.edition, row.clause)?;
        let commitment = commitments::by_numbers(tx, row.edition, &[row.commitment])?;
        let (Some(clause), Some(commitment)) = (clause, commitment.first()) else { continue };
        let lines = Lines::of(clause, &headings);
        let start = commitment.commitment.span.0;
        views.push(OriginView {
            plan: opened.plan.title.clone(),
            edition: opened.edition.number,
            reference: lines.reference(start),
            address: lines.address(&opened.address, start),
        });
    }
    Ok(views)
}

/// The targets with their versions, latest period first.
fn agreed(
    tx: &mut Tx<'_>,
    rows: &[TargetRow],
    definition: &Definition,
    today: Date,
) -> Result<Vec<ContractView>, Failure> {
    let mut views = Vec::new();
    for ((area, period), versions) in contracts(rows).into_iter().rev() {
        let holds = holding(&versions, today).map(|row| row.number);
        let name = areas::newest(tx, &area.to_string())?.map_or_else(|| area.to_string(), |area| area.label);
        let view = |row: &&TargetRow| target(row, definition, holds == Some(row.number));
        views.push(ContractView {
            area: name,
            period: period.to_owned(),
            versions: versions.iter().rev().map(view).collect(),
        });
    }
    Ok(views)
}
