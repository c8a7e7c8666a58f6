//! The public page (公众页): the text and the commitments in force, nothing else; no login, cacheable.
//!
//! Doubts, confidence, undecided and rejected proposals and unconfirmed owners never appear here.

use super::{
    address::Address,
    lines::Lines,
    open::{Opened, stage_of},
    outline::Outline,
    present::goal_view,
    views::{KindCount, PublicChapter, PublicClause, PublicCommitment, PublicView},
};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_plan::{
    edition::Stage,
    proposal::{CommitmentKind, OwnerRule},
};
use gangmu_store::{
    Tx,
    plan::{
        clauses,
        commitments::{self, CommitmentRow},
        editions,
    },
};
use std::collections::HashMap;

/// A plan that the public may read.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PublicPlan {
    /// Its title.
    pub title: String,
    /// Where it is read.
    pub address: String,
    /// When it was published.
    pub published_at: jiff::Timestamp,
}

/// The plans that the public may read, newest publication first.
pub async fn public_list(app: &App) -> Result<Vec<PublicPlan>, Failure> {
    look(app, &Session::public(), "public.read", |tx| {
        let mut plans = Vec::new();
        for edition in editions::published(tx)? {
            if let (Some(plan), Some(published_at)) = (editions::plan_of(tx, edition.plan)?, edition.published_at) {
                let address = Address::new(&plan.key, None).public(None);
                plans.push(PublicPlan { title: plan.title, address, published_at });
            }
        }
        Ok(plans)
    })
    .await
}

/// The public page of a plan at one of its chapters, the first where none is named.
pub async fn public(app: &App, plan: &str, chapter: Option<&str>) -> Result<PublicView, Failure> {
    let (plan, chapter) = (plan.to_owned(), chapter.map(str::to_owned));
    look(app, &Session::public(), "public.read", move |tx| {
        let mut opened = Opened::at(tx, &plan, None).map_err(hidden)?;
        let published = opened.editions.iter().find(|e| stage_of(e) == Stage::Published).cloned();
        opened.edition = published.ok_or(Failure::Absent("plan"))?;
        let outline = Outline::load(tx, opened.edition.id)?;
        // The plan's own title is no chapter, unless something is promised beneath it.
        let is_chapter = |position: i64| {
            outline.in_force_of(position) > 0 || outline.heading(position).is_some_and(|h| h.level != "title")
        };
        let chapters: Vec<(i64, String)> = outline
            .chapters()
            .into_iter()
            .filter(|(position, _)| is_chapter(*position))
            .map(|(position, first)| {
                (position, outline.heading(position).map_or_else(|| first.path.clone(), |h| h.path.clone()))
            })
            .collect();
        let current = match &chapter {
            Some(path) => chapters.iter().find(|c| c.1 == *path).ok_or(Failure::Absent("chapter"))?,
            None => chapters
                .iter()
                .find(|c| outline.in_force_of(c.0) > 0)
                .or(chapters.first())
                .ok_or(Failure::Absent("chapter"))?,
        };
        let shown = self::clauses(tx, &opened, &outline, current.0)?;
        let edition = &opened.edition;
        let published_at = edition.published_at.ok_or(Failure::Absent("plan"))?;
        let view = |(position, path): &(i64, String)| PublicChapter {
            path: path.clone(),
            number: outline.heading(*position).and_then(|h| h.mark.clone()),
            title: outline.heading(*position).map_or_else(|| edition.title.clone(), |h| h.title.clone()),
            address: opened.address.public(Some(path)),
            current: *position == current.0,
            commitments: outline.in_force_of(*position),
            clauses: if *position == current.0 { shown.clone() } else { Vec::new() },
        };
        let kinds = commitments::kinds_in_force(tx, edition.id)?
            .into_iter()
            .filter_map(|(word, count)| CommitmentKind::of_word(&word).map(|kind| KindCount { kind, count }));
        Ok(PublicView {
            key: opened.plan.key.clone(),
            title: opened.plan.title.clone(),
            edition: u32::try_from(edition.number).unwrap_or(0),
            published_at,
            // A published edition is frozen, so that its key and the moment of publication name its content.
            etag: format!("\"{}-{}-{}\"", edition.id.0, published_at.as_microsecond(), current.0),
            kinds: kinds.collect(),
            chapters: chapters.iter().map(view).collect(),
        })
    })
    .await
}

/// What is not public is absent, whatever it is.
fn hidden(failure: Failure) -> Failure {
    match failure {
        Failure::Absent(_) => Failure::Absent("plan"),
        other => other,
    }
}

fn clauses(tx: &mut Tx<'_>, opened: &Opened, outline: &Outline, chapter: i64) -> Result<Vec<PublicClause>, Failure> {
    let edition = opened.edition.id;
    let mut promised: HashMap<u32, Vec<PublicCommitment>> = HashMap::new();
    for row in commitments::of_chapter(tx, edition, chapter)? {
        if row.commitment.standing.is_in_force() {
            promised.entry(row.commitment.clause).or_default().push(commitment(&row));
        }
    }
    let rows = clauses::of_chapter(tx, edition, chapter)?;
    let clause = |row: clauses::ClauseRow| {
        let (number, path) = (row.number, row.path.clone());
        let (headings, paragraphs) = Lines::of(row, &outline.headings).plain();
        PublicClause { path, headings, paragraphs, commitments: promised.remove(&number).unwrap_or_default() }
    };
    Ok(rows.into_iter().map(clause).collect())
}

fn commitment(row: &CommitmentRow) -> PublicCommitment {
    let form = &row.commitment.form;
    // A person has confirmed owners who accepted, changed or entered the commitment, unless the compiler had to guess
    // who leads.
    let guessed = form.owners.note.is_some() && form.owners.rule != Some(OwnerRule::Entered);
    let units = |names: &[String]| if guessed { Vec::new() } else { names.to_vec() };
    PublicCommitment {
        kind: form.kind,
        text: form.text.clone(),
        degree: form.degree,
        attribute: form.attribute,
        goal: form.goal.as_ref().map(goal_view),
        lead: units(&form.owners.lead),
        support: units(&form.owners.support),
        deadline: form.deadline.clone(),
    }
}
