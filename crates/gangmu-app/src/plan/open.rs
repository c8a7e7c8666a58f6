//! Opening a plan at one of its editions (打开), and its head as pages show it.

use super::{
    address::Address,
    views::{CoveragePart, CoverageView, DocumentView, EditionHead, PlanHead, StageWord, StandingCounts},
};
use crate::failure::Failure;
use gangmu_kernel::{ids::EditionId, masking};
use gangmu_plan::{coverage::Coverage, edition::Stage};
use gangmu_store::{
    Fault, Tx,
    plan::{
        commitments,
        editions::{self, EditionRow, PlanRow},
        notices,
    },
};
use std::collections::BTreeMap;

/// A plan opened at one of its editions.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    /// The plan.
    pub plan: PlanRow,
    /// The edition.
    pub edition: EditionRow,
    /// All editions, newest first.
    pub editions: Vec<EditionRow>,
    /// Addresses within the edition.
    pub address: Address,
}

impl Opened {
    /// The plan of that key, at the edition of that number or at the one in force.
    pub fn at(tx: &mut Tx<'_>, key: &str, number: Option<u32>) -> Result<Self, Failure> {
        let plan = editions::plan_of_key(tx, key)?.ok_or(Failure::Absent("plan"))?;
        let all = editions::of_plan(tx, plan.id)?;
        let edition = match number {
            Some(number) => all.iter().find(|e| e.number == i64::from(number)),
            None => in_force(&all),
        };
        let edition = edition.cloned().ok_or(Failure::Absent("edition"))?;
        let address = address_of(&plan, &edition, &all);
        Ok(Self { plan, edition, editions: all, address })
    }

    /// The plan of an edition, opened at it.
    pub fn of(tx: &mut Tx<'_>, edition: EditionId) -> Result<Self, Failure> {
        let edition = editions::find(tx, edition)?.ok_or(Failure::Absent("edition"))?;
        let plan = editions::plan_of(tx, edition.plan)?.ok_or(Failure::Absent("plan"))?;
        let all = editions::of_plan(tx, plan.id)?;
        let address = address_of(&plan, &edition, &all);
        Ok(Self { plan, edition, editions: all, address })
    }

    /// The plan's head.
    pub fn plan_head(&self) -> PlanHead {
        plan_head(&self.plan)
    }

    /// The stage of the edition.
    pub fn stage(&self) -> Stage {
        stage_of(&self.edition)
    }

    /// Its head.
    pub fn head(&self, tx: &mut Tx<'_>) -> Result<EditionHead, Fault> {
        head(tx, &self.edition, &self.address)
    }

    /// Heads of all editions, newest first.
    pub fn heads(&self, tx: &mut Tx<'_>) -> Result<Vec<EditionHead>, Fault> {
        self.editions.iter().map(|e| head(tx, e, &address_of(&self.plan, e, &self.editions))).collect()
    }
}

/// The edition that the plan's own address shows: the newest approved one, else the newest.
pub(crate) fn in_force(all: &[EditionRow]) -> Option<&EditionRow> {
    all.iter().find(|e| e.stage != Stage::InReview.word()).or(all.first())
}

/// Addresses within an edition, named unless it is the one in force.
pub(crate) fn address_of(plan: &PlanRow, edition: &EditionRow, all: &[EditionRow]) -> Address {
    let named = in_force(all).is_none_or(|e| e.id != edition.id);
    Address::new(&plan.key, named.then_some(edition.number))
}

/// The head of a plan.
pub(crate) fn plan_head(plan: &PlanRow) -> PlanHead {
    PlanHead { key: plan.key.clone(), title: plan.title.clone(), address: Address::new(&plan.key, None).plan() }
}

/// The stage of an edition.
pub(crate) fn stage_of(edition: &EditionRow) -> Stage {
    // The column is written from the stage's word alone.
    Stage::of_word(&edition.stage).unwrap_or(Stage::InReview)
}

/// The word for pages.
pub(crate) fn stage_word(stage: Stage) -> StageWord {
    match stage {
        Stage::InReview => StageWord::InReview,
        Stage::Approved => StageWord::Approved,
        Stage::Published => StageWord::Published,
        Stage::Withdrawn => StageWord::Withdrawn,
    }
}

/// The head of an edition.
pub(crate) fn head(tx: &mut Tx<'_>, edition: &EditionRow, address: &Address) -> Result<EditionHead, Fault> {
    let documents = editions::documents(tx, edition.id)?.into_iter().map(|d| DocumentView {
        annex: d.position > 0,
        name: d.name,
        kind: d.kind,
        sha256: d.sha256,
        bytes: d.size.try_into().unwrap_or(0),
    });
    let documents: Vec<DocumentView> = documents.collect();
    Ok(EditionHead {
        id: edition.id.0,
        number: edition.number.try_into().unwrap_or(0),
        title: edition.title.clone(),
        stage: stage_word(stage_of(edition)),
        joined_address: (documents.len() > 1).then(|| address.joined(&[])),
        documents,
        imported_at: edition.imported_at,
        imported_by: masking::name(&edition.account_name),
        chars: edition.chars,
        clauses: edition.clauses,
        compiler: edition.compiler.clone(),
        lexicon: edition.lexicon.clone(),
        counts: counts(&commitments::standings(tx, edition.id)?),
        doubts: notices::count(tx, edition.id)?,
        address: address.plan(),
        register_address: address.register(&[]),
        review_address: address.desk(),
        edition_address: address.edition(),
    })
}

/// Counts by standing out of the words.
pub(crate) fn counts(words: &BTreeMap<String, (u32, u32)>) -> StandingCounts {
    let of = |word: &str| words.get(word).map_or(0, |n| n.0);
    let mut counts = StandingCounts {
        total: 0,
        proposed: of("proposed"),
        accepted: of("accepted"),
        changed: of("changed"),
        added: of("added"),
        doubted: of("doubted"),
        rejected: of("rejected"),
        divided: of("divided"),
        decided: 0,
    };
    counts.total = counts.proposed + counts.accepted + counts.changed + counts.added + counts.doubted;
    counts.decided = counts.total - counts.proposed + counts.rejected + counts.divided;
    counts
}

/// Coverage out of the same words: proposals count while in review, what is in force afterwards.
pub(crate) fn coverage(stage: Stage, words: &BTreeMap<String, (u32, u32)>) -> CoverageView {
    let counted: &[&str] = match stage {
        Stage::InReview => &["proposed", "accepted", "changed", "added", "doubted"],
        _ => &["accepted", "changed", "added"],
    };
    let (of, owners) = counted.iter().filter_map(|w| words.get(*w)).fold((0, 0), |sum, n| (sum.0 + n.0, sum.1 + n.1));
    coverage_view(stage == Stage::InReview, owners, of)
}

/// Coverage from two counts: so far only owners are connected.
pub(crate) fn coverage_view(proposed: bool, owners: u32, of: u32) -> CoverageView {
    let coverage = Coverage::of_owners(owners, of);
    let percent = |have: u32| gangmu_plan::coverage::percent(have, of).map(|p| format!("{p:.1}"));
    let parts = coverage.parts.iter().map(|share| CoveragePart {
        name: share.part.word(),
        connected: share.have.is_some(),
        have: share.have.unwrap_or(0),
        of: if share.have.is_some() { of } else { 0 },
        percent: share.have.and_then(percent),
    });
    CoverageView { proposed, have: coverage.have, of, percent: percent(coverage.have), parts: parts.collect() }
}
