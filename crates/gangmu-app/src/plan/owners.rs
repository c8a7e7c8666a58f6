//! Who could lead (责任建议): what the program knows of departments, and what it suggests where nobody is named.
//!
//! Everything is learned when it is asked: the functions that the pack gives, and every decision that the person may
//! see. Nothing of it is kept, so that nothing of it can be out of date.

use super::{
    open::Opened,
    outline::Outline,
    present::cells,
    views::{OwnerView, OwnersView},
};
use crate::{app::App, failure::Failure, operate::look, packs, session::Session};
use gangmu_plan::{
    owners::{Advice, Advisor, Department, Precedent, Question},
    proposal::{Certainty, OwnerRule},
    review::Commitment,
};
use gangmu_store::{
    Fault, Tx, organisations,
    plan::commitments::{self, CommitmentRow},
};
use std::collections::{BTreeMap, BTreeSet};

/// Decisions that are learned, the newest first.
const LEARNED: u32 = 5_000;

/// The mark of functions that the makers of a pack wrote.
const EXAMPLE: &str = "example";

/// What is known of departments.
pub(super) struct Known {
    advisor: Advisor,
    /// The names that plans use, by code.
    names: BTreeMap<String, String>,
    /// Codes of those whose functions are an example.
    examples: BTreeSet<String>,
}

impl Known {
    /// Learns it, as far as the person sees decisions.
    pub fn load(tx: &mut Tx<'_>) -> Result<Self, Fault> {
        let functions = packs::functions(tx)?;
        let examples = functions.iter().filter(|f| f.source == EXAMPLE).map(|f| f.organisation.clone()).collect();
        let mut said: BTreeMap<String, String> = functions.into_iter().map(|f| (f.organisation, f.text)).collect();
        let (mut names, mut spellings) = (BTreeMap::new(), BTreeMap::new());
        let mut departments: BTreeMap<String, Department> = BTreeMap::new();
        let mut current = BTreeSet::new();
        for (_, row) in organisations::all(tx)? {
            if row.until.is_none() {
                current.insert(row.code.clone());
            }
            let known = departments.entry(row.code.clone()).or_insert_with(|| Department {
                key: row.code.clone(),
                names: Vec::new(),
                functions: said.remove(&row.code).unwrap_or_default(),
            });
            // The span that holds today gives the name; former names are learned all the same.
            if row.until.is_none() || !names.contains_key(&row.code) {
                names.insert(row.code.clone(), row.shown().to_owned());
            }
            for name in std::iter::once(row.label).chain(row.short).chain(row.aliases) {
                spellings.insert(name.clone(), row.code.clone());
                known.names.push(name);
            }
        }
        let decided = decided(tx, &spellings)?;
        // What was learned of a department that is gone leads nowhere.
        departments.retain(|code, _| current.contains(code));
        let departments: Vec<Department> = departments.into_values().collect();
        Ok(Self { advisor: Advisor::of(&departments, &decided), names, examples })
    }

    /// What is suggested for a commitment below those headings.
    pub fn advise(&self, text: &str, around: &str) -> OwnersView {
        let Advice { ranked, silence } = self.advisor.advise(Question { text, around });
        let view = |suggestion: gangmu_plan::owners::Suggestion| OwnerView {
            name: self.names.get(&suggestion.department).cloned().unwrap_or_default(),
            example: self.examples.contains(&suggestion.department),
            confidence: format!("{:.2}", suggestion.confidence),
            certainty: Certainty::of(suggestion.confidence),
            cells: cells(suggestion.confidence),
            words: suggestion.words.into_iter().map(Into::into).collect(),
            department: suggestion.department,
        };
        OwnersView { ranked: ranked.into_iter().map(view).collect(), silence: silence.map(|s| s.word()) }
    }
}

/// Who was decided to lead what: all that is in force, and what else a person entered.
fn decided(tx: &mut Tx<'_>, spellings: &BTreeMap<String, String>) -> Result<Vec<Precedent>, Fault> {
    let codes = |names: &[String]| names.iter().filter_map(|name| spellings.get(name).cloned()).collect();
    let mut seen = BTreeSet::new();
    let mut precedents = Vec::new();
    for (standing, form) in commitments::owned(tx, LEARNED)? {
        let by_a_person = form.owners.rule == Some(OwnerRule::Entered);
        // The same words in an older edition are the same decision.
        if (standing.is_in_force() || by_a_person) && seen.insert(form.text.clone()) {
            let (lead, support) = (codes(&form.owners.lead), codes(&form.owners.support));
            precedents.push(Precedent { text: form.text, lead, support });
        }
    }
    Ok(precedents)
}

/// The headings above a commitment, from the outermost down.
pub(super) fn around(outline: &Outline, opened: &Opened, commitment: &Commitment) -> String {
    let Some(place) = outline.place_of(commitment.clause) else { return String::new() };
    let crumbs = outline.breadcrumb(&opened.address, "", place);
    crumbs.into_iter().skip(1).map(|crumb| crumb.text).collect::<Vec<_>>().join("　")
}

/// Who could lead one commitment.
pub async fn suggest(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    number: u32,
) -> Result<OwnersView, Failure> {
    let plan = plan.to_owned();
    look(app, session, "plan.review", move |tx| {
        let opened = Opened::at(tx, &plan, edition)?;
        let rows = commitments::by_numbers(tx, opened.edition.id, &[number])?;
        let CommitmentRow { commitment, .. } = rows.into_iter().next().ok_or(Failure::Absent("commitment"))?;
        let outline = Outline::load(tx, opened.edition.id)?;
        let around = around(&outline, &opened, &commitment);
        Ok(Known::load(tx)?.advise(&commitment.form.text, &around))
    })
    .await
}
