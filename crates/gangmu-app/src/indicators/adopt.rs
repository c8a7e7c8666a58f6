//! Taking the indicators of an approved edition over into the catalogue (纲要指标入库): looked through first, then all that
//! were chosen in one operation.
//!
//! What two people have approved is a definition with its target at once. An indicator that another plan of the same
//! organisation has named before stays one: it gets one more source, and its target a version. Doing it again changes
//! nothing.

mod candidate;

use super::{
    DEFINE, IndicatorRefusal, READ,
    define::keep,
    district, object, organisation_named,
    present::{self, address},
    views::{AdoptRow, AdoptView},
};
use crate::{
    app::{App, day_of},
    failure::Failure,
    operate::{Done, Operation, Record, Work, look, operate},
    plan::{
        Opened, Presenter,
        permission::{permission, reason},
        views::EditionHead,
    },
    session::Session,
};
use candidate::{Candidate, candidates};
use gangmu_indicators::{
    contract::{State, in_force},
    definition::folded,
    measure::Measure,
};
use gangmu_kernel::{
    ClauseRef,
    ids::{EditionId, OrganisationId},
    refusal::{Reason, Reasons},
};
use gangmu_plan::edition::Stage;
use gangmu_store::{
    Fault, Tx,
    indicators::{
        clauses::{self as sources, ClauseRow},
        definitions::{self as rows, IndicatorRow},
        targets::{self, TargetRow},
    },
    journal::{Hash, Object},
    plan::{clauses, editions},
};
use std::collections::{BTreeMap, BTreeSet};

/// An indicator that was chosen (选定的指标).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Number of the commitment.
    pub number: u32,
    /// What a person says it measures: one of them, or that it is open; none leaves what the words tell.
    pub measure: Option<Option<Measure>>,
}

/// How a candidate stands to the catalogue.
enum Standing {
    New,
    Known(Box<IndicatorRow>),
    Adopted(Box<IndicatorRow>),
    Conflict(Box<IndicatorRow>, IndicatorRefusal),
}

/// What is known when candidates are looked at.
struct Ground {
    opened: Opened,
    organisation: Option<OrganisationId>,
    candidates: Vec<Candidate>,
    adopted: BTreeMap<u32, gangmu_kernel::ids::IndicatorId>,
}

impl Ground {
    fn load(tx: &mut Tx<'_>, plan: &str, edition: Option<u32>) -> Result<Self, Failure> {
        let opened = Opened::at(tx, plan, edition)?;
        let id = opened.edition.id;
        let organisation = editions::owner(tx, opened.plan.id)?.0;
        let adopted = sources::of_edition(tx, id)?.into_iter().map(|row| (row.commitment, row.indicator)).collect();
        Ok(Self { organisation, adopted, candidates: candidates(tx, id)?, opened })
    }

    fn standing(&self, tx: &mut Tx<'_>, candidate: &Candidate) -> Result<Standing, Failure> {
        let definition = &candidate.definition;
        let known = rows::named(tx, self.organisation, &definition.name)?;
        if let Some(id) = self.adopted.get(&candidate.number()) {
            // A person may have renamed it since.
            let row = match known.filter(|row| row.id == *id) {
                Some(row) => row,
                None => rows::find(tx, *id)?.ok_or(Failure::Absent("indicator"))?,
            };
            return Ok(Standing::Adopted(Box::new(row)));
        }
        let Some(row) = known else { return Ok(Standing::New) };
        if row.definition.unit == definition.unit {
            return Ok(Standing::Known(Box::new(row)));
        }
        let unit = |unit: &Option<String>| unit.clone().unwrap_or_else(|| "—".to_owned());
        let refusal = IndicatorRefusal::UnitDiffers {
            name: definition.name.clone(),
            ours: unit(&row.definition.unit),
            theirs: unit(&definition.unit),
        };
        Ok(Standing::Conflict(Box::new(row), refusal))
    }

    /// What speaks against taking over anything.
    fn against(&self, tx: &mut Tx<'_>) -> Result<Vec<IndicatorRefusal>, Fault> {
        let mut wrong = Vec::new();
        if self.opened.stage() == Stage::InReview {
            wrong.push(IndicatorRefusal::NotApproved {});
        }
        if district(tx)?.is_none() {
            wrong.push(IndicatorRefusal::NoDistrict {});
        }
        Ok(wrong)
    }
}

/// The indicators of an edition, and how each stands to the catalogue.
pub async fn preview(app: &App, session: &Session, plan: &str, edition: Option<u32>) -> Result<AdoptView, Failure> {
    let (app_, asks, plan) = (app.clone(), session.clone(), plan.to_owned());
    look(app, session, READ, move |tx| {
        let ground = Ground::load(tx, &plan, edition)?;
        let opened = &ground.opened;
        let headings = clauses::headings(tx, opened.edition.id)?;
        let commitments: Vec<_> = ground.candidates.iter().map(|c| c.row.clone()).collect();
        let presenter = Presenter::load(tx, opened.edition.id, &opened.address, &headings, &commitments, Vec::new())?;
        let mut listed = Vec::new();
        for candidate in &ground.candidates {
            let said = presenter.commitment(&candidate.row);
            let (standing, row, reasons) = match ground.standing(tx, candidate)? {
                Standing::New => ("new", None, Vec::new()),
                Standing::Known(row) => ("known", Some(row), Vec::new()),
                Standing::Adopted(row) => ("adopted", Some(row), Vec::new()),
                Standing::Conflict(row, why) => ("conflict", Some(row), vec![reason(&Reason::from(&why))]),
            };
            let target = promise(&ground, candidate, 0).map(|row| present::target(&row, &candidate.definition, true));
            listed.push(AdoptRow {
                number: candidate.number(),
                definition: candidate.definition.clone(),
                target,
                reference: said.reference,
                address: said.address,
                standing,
                indicator: row.map(|row| address(row.id)),
                reasons,
            });
        }
        let head: EditionHead = opened.head(tx)?;
        let against = ground.against(tx)?;
        let ready = listed.iter().filter(|row| matches!(row.standing, "new" | "known")).count();
        Ok(AdoptView {
            plan: opened.plan_head(),
            edition: head,
            ready: u32::try_from(ready).unwrap_or(u32::MAX),
            adopt: permission(&app_, &asks, DEFINE, &against),
            rows: listed,
            measures: Measure::ALL.to_vec(),
        })
    })
    .await
}

/// Takes over what was chosen; how many indicators are new or got this plan as a source.
pub async fn adopt(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    chosen: Vec<Choice>,
) -> Result<u32, Failure> {
    let plan = plan.to_owned();
    operate(app, session, Operation::under("indicators.adopt", "indicators.define"), move |work| {
        let ground = Ground::load(work.tx, &plan, edition)?;
        let taken = chosen_of(work.tx, &ground, &chosen)?;
        if taken.is_empty() {
            return Ok(Done::nothing(0));
        }
        let area = district(work.tx)?.map_or(0, |place| place.code);
        let (mut leaves, mut clauses): (Vec<(String, Hash)>, BTreeSet<u32>) = (Vec::new(), BTreeSet::new());
        for (candidate, known) in &taken {
            let taken = take(work, &ground, candidate, known.as_ref(), area)?;
            leaves.push((object(taken.0.id).id, work.digest(&taken)));
            clauses.insert(candidate.row.commitment.clause);
        }
        leaves.sort();
        let paths = paths(work.tx, ground.opened.edition.id, &clauses)?;
        let key = &ground.opened.plan.key;
        let record = Record::on(Object::new("edition", ground.opened.edition.id))
            .rows(leaves)
            .clauses(paths.into_iter().map(|path| ClauseRef::clause(key, path)));
        Ok(Done::recorded(u32::try_from(taken.len()).unwrap_or(u32::MAX), record))
    })
    .await
}

/// What is to be taken over, each with the indicator that is there already; or every reason why not.
fn chosen_of(
    tx: &mut Tx<'_>,
    ground: &Ground,
    chosen: &[Choice],
) -> Result<Vec<(Candidate, Option<IndicatorRow>)>, Failure> {
    let mut reasons: Vec<Reason> = ground.against(tx)?.iter().map(Reason::from).collect();
    if chosen.is_empty() {
        reasons.push(Reason::from(&IndicatorRefusal::Nothing {}));
    }
    let (mut taken, mut names) = (Vec::new(), BTreeSet::new());
    for choice in chosen {
        let Some(candidate) = ground.candidates.iter().find(|c| c.number() == choice.number) else {
            reasons.push(Reason::from(&IndicatorRefusal::NoIndicator { number: choice.number }));
            continue;
        };
        let mut candidate = candidate.clone();
        if let Some(measure) = choice.measure {
            candidate.measured(measure);
        }
        let standing = ground.standing(tx, &candidate)?;
        if !matches!(standing, Standing::Adopted(_)) && !names.insert(folded(&candidate.definition.name)) {
            reasons.push(Reason::from(&IndicatorRefusal::Twice { name: candidate.definition.name.clone() }));
        }
        match standing {
            Standing::Adopted(_) => {}
            Standing::New => {
                reasons.extend(candidate.definition.against().iter().map(Reason::from));
                taken.push((candidate, None));
            }
            Standing::Known(row) => taken.push((candidate, Some(*row))),
            Standing::Conflict(_, why) => reasons.push(Reason::from(&why)),
        }
    }
    Reasons::gather(reasons).map_or(Ok(taken), |reasons| Err(reasons.into()))
}

/// Takes one over: the definition where it is new, the source, the target where it differs from the one in force. Gives
/// all that stands in the catalogue then by this act.
fn take(
    work: &mut Work<'_, '_>,
    ground: &Ground,
    candidate: &Candidate,
    known: Option<&IndicatorRow>,
    area: i64,
) -> Result<(IndicatorRow, ClauseRow, Option<TargetRow>), Failure> {
    let row = match known {
        Some(row) => row.clone(),
        None => {
            let lead = organisation_named(work.tx, candidate.definition.lead.first().map(String::as_str))?;
            let account = work.session.actor.account;
            let row = rows::add(work.tx, ground.organisation, lead, account, &candidate.definition)?;
            keep(work, &row, "")?;
            row
        }
    };
    let edition = ground.opened.edition.id;
    let (commitment, clause) = (candidate.number(), candidate.row.commitment.clause);
    let source = ClauseRow { edition, commitment, clause, indicator: row.id };
    sources::add(work.tx, source)?;
    let Some(mut promised) = promise(ground, candidate, area) else { return Ok((row, source, None)) };
    promised.indicator = row.id;
    promised.at = work.now;
    let before = targets::of(work.tx, row.id)?;
    let of_period = before.iter().filter(|one| one.area == area && one.period == promised.period);
    let versions: Vec<_> = of_period.map(TargetRow::version).collect();
    if in_force(&versions, promised.effective_from).is_some_and(|holds| holds.terms == promised.terms) {
        return Ok((row, source, None));
    }
    promised.number = versions.iter().map(|one| one.number).max().unwrap_or(0) + 1;
    targets::add(work.tx, &promised)?;
    Ok((row, source, Some(promised)))
}

/// The target as the approved edition promises it: who approved the edition has confirmed it.
fn promise(ground: &Ground, candidate: &Candidate, area: i64) -> Option<TargetRow> {
    let (period, terms) = candidate.terms.clone()?;
    let edition = &ground.opened.edition;
    let decided = match (edition.approved_at, edition.approver, &edition.approver_name) {
        (Some(at), Some(account), Some(name)) => Some((at, account, name.clone())),
        _ => None,
    };
    Some(TargetRow {
        indicator: gangmu_kernel::ids::IndicatorId(0),
        area,
        period,
        number: 1,
        state: State::Effective,
        terms,
        document: ground.opened.plan.title.clone(),
        reason: String::new(),
        effective_from: day_of(edition.approved_at.unwrap_or(edition.imported_at)),
        origin: Some((edition.id, candidate.number())),
        at: edition.approved_at.unwrap_or(edition.imported_at),
        account: edition.account,
        account_name: edition.account_name.clone(),
        behalf: None,
        decided,
        note: String::new(),
    })
}

fn paths(tx: &mut Tx<'_>, edition: EditionId, numbers: &BTreeSet<u32>) -> Result<Vec<String>, Fault> {
    let ids: Vec<i64> = numbers.iter().map(|number| gangmu_store::plan::clause_id(edition, *number).0).collect();
    Ok(clauses::by_ids(tx, &ids)?.into_iter().map(|row| row.path).collect())
}
