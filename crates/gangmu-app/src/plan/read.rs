//! Reading a plan (阅读器): the page of a clause, with everything that is known of the selected one beside it.

use super::{
    address::Address,
    lines::{Drawing, Lines},
    open::{Opened, coverage, stage_of, stage_word},
    outline::{Outline, titled},
    permission::by_role,
    present::{Presenter, record},
    views::{Crumb, KindCount, PanelView, ReaderView, ResponsibilityView, SectionView, VersionView},
};
use crate::{app::App, failure::Failure, indicators::views::NamedIndicator, operate::look, session::Session};
use gangmu_plan::{
    compiled::{Range, Responsibility},
    edition::Stage,
    proposal::CommitmentKind,
};
use gangmu_store::{
    Fault, Tx,
    indicators::clauses as sources,
    plan::{
        clauses::{self, ClausePlaceRow},
        commitments::{self, CommitmentRow},
        decisions,
        notices::{self, NoticeRow},
    },
};

/// Lines of the record.
const RECORD: u32 = 12;

/// What the reader is asked for (读什么).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The plan's key.
    pub plan: String,
    /// The edition's number; none for the one in force.
    pub edition: Option<u32>,
    /// The clause; none for the first.
    pub path: Option<String>,
    /// The paragraph, from 1.
    pub paragraph: Option<u32>,
    /// The sentence, from 1.
    pub sentence: Option<u32>,
}

/// The page of a clause.
pub async fn read(app: &App, session: &Session, reading: Reading) -> Result<ReaderView, Failure> {
    let review = by_role(app, session, "plan.review");
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &reading.plan, reading.edition)?;
        let outline = Outline::load(tx, opened.edition.id)?;
        let selected = match &reading.path {
            Some(path) => outline.place(path),
            None => outline.first(),
        };
        let selected = selected.cloned().ok_or(Failure::Absent("clause"))?;
        let page = Page::load(tx, &opened, &selected)?;
        let words = commitments::standings(tx, opened.edition.id)?;
        let in_review = opened.stage() == Stage::InReview;
        let place = (reading.paragraph, reading.sentence);
        let address = &opened.address;
        Ok(ReaderView {
            plan: opened.plan_head(),
            edition: opened.head(tx)?,
            coverage: coverage(opened.stage(), &words),
            outline: outline.tree(address, in_review, Some(&selected), false),
            breadcrumb: outline.breadcrumb(address, &opened.plan.title, &selected),
            section: page.section(&opened, &outline, &selected, place),
            panel: page.panel(tx, &opened, &outline, &selected, place)?,
            versions: opened.heads(tx)?,
            print_address: address.print(&selected.path),
            review_address: address.review(&selected.path, None),
            review,
        })
    })
    .await
}

/// The clauses of a page with all that stands on them.
struct Page {
    section: i64,
    rows: Vec<clauses::ClauseRow>,
    commitments: Vec<CommitmentRow>,
    doubts: Vec<NoticeRow>,
}

impl Page {
    fn load(tx: &mut Tx<'_>, opened: &Opened, selected: &ClausePlaceRow) -> Result<Self, Fault> {
        let edition = opened.edition.id;
        let rows = clauses::of_section(tx, edition, selected.section)?;
        let (first, last) = (rows.first().map_or(0, |c| c.number), rows.last().map_or(0, |c| c.number));
        Ok(Self {
            section: selected.section,
            commitments: commitments::of_clauses(tx, edition, first, last)?,
            doubts: notices::of_clauses(tx, edition, first, last)?,
            rows,
        })
    }

    fn of(&self, clause: u32) -> (Vec<CommitmentRow>, Vec<NoticeRow>) {
        let commitments = self.commitments.iter().filter(|c| c.commitment.clause == clause).cloned();
        (commitments.collect(), self.doubts.iter().filter(|d| d.clause == clause).cloned().collect())
    }

    fn section(
        &self,
        opened: &Opened,
        outline: &Outline,
        selected: &ClausePlaceRow,
        place: (Option<u32>, Option<u32>),
    ) -> SectionView {
        let in_force = opened.stage() != Stage::InReview;
        let views = self.rows.iter().map(|row| {
            let (commitments, doubts) = self.of(row.number);
            let drawing = Drawing {
                address: &opened.address,
                commitments: &commitments,
                doubts: &doubts,
                selected: (row.number == selected.number).then_some(place),
                desk: None,
                in_force,
            };
            Lines::of(row.clone(), &outline.headings).view(&drawing)
        });
        let sections = outline.sections();
        let at = sections.iter().position(|s| s.0 == self.section);
        let crumb = |at: Option<usize>| {
            let (position, first) = at.and_then(|at| sections.get(at))?;
            let text = outline.heading(*position).map_or_else(|| first.path.clone(), titled);
            Some(Crumb { text, address: opened.address.clause(&first.path) })
        };
        let heading = outline.heading(self.section);
        SectionView {
            path: heading.map_or_else(|| selected.path.clone(), |h| h.path.clone()),
            number: heading.and_then(|h| h.mark.clone()),
            title: heading.map_or_else(|| opened.edition.title.clone(), |h| h.title.clone()),
            clauses: views.collect(),
            previous: crumb(at.and_then(|at| at.checked_sub(1))),
            next: crumb(at.map(|at| at + 1)),
        }
    }

    fn panel(
        &self,
        tx: &mut Tx<'_>,
        opened: &Opened,
        outline: &Outline,
        selected: &ClausePlaceRow,
        place: (Option<u32>, Option<u32>),
    ) -> Result<PanelView, Failure> {
        let row = self.rows.iter().find(|r| r.number == selected.number).ok_or(Failure::Absent("clause"))?;
        let lines = Lines::of(row.clone(), &outline.headings);
        let span = place.0.and_then(|paragraph| lines.span_of(paragraph, place.1));
        let within = |s: Range| span.is_none_or(|span| s.0 < span.1 && span.0 < s.1);
        let begins = |s: Range| span.is_none_or(|span| span.0 <= s.0 && s.0 < span.1);
        let (commitments, doubts) = self.of(selected.number);
        let in_force = opened.stage() != Stage::InReview;
        let counts = |c: &CommitmentRow| match in_force {
            true => c.commitment.standing.is_in_force(),
            false => c.commitment.standing.is_listed(),
        };
        let commitments: Vec<_> = commitments.into_iter().filter(|c| counts(c) && begins(c.commitment.span)).collect();
        let doubts: Vec<_> = doubts.into_iter().filter(|d| d.notice.spans.iter().any(|s| within(*s))).collect();
        let address = &opened.address;
        let presenter =
            Presenter::load(tx, opened.edition.id, address, &outline.headings, &commitments, doubts.clone())?;
        let owners: Vec<Range> = commitments.iter().filter_map(|c| c.commitment.form.owners.span).collect();
        let responsibilities = responsibilities(&lines, address, |span| within(span) || owners.contains(&span));
        let sentence = span.is_some();
        let reference = match (span, place.1) {
            (Some(span), Some(_)) => lines.reference(span.0),
            (Some(_), None) => format!("{} ¶{}", row.path, place.0.unwrap_or(1)),
            _ => row.path.clone(),
        };
        Ok(PanelView {
            reference,
            address: match span {
                Some(span) => lines.address(address, span.0),
                None => address.clause(&row.path),
            },
            sentence,
            clause_address: address.clause(&row.path),
            kinds: kinds(&commitments),
            degree: commitments.iter().filter_map(|c| c.commitment.form.degree).min(),
            responsibilities,
            doubts: doubts.iter().map(|d| presenter.doubt(d)).collect(),
            indicators: indicators(tx, opened, row.number, &commitments)?,
            versions: versions(tx, opened, row)?,
            record: records(tx, opened, row.number)?,
            commitments: commitments.iter().map(|c| presenter.commitment(c)).collect(),
        })
    }
}

/// The brackets and cells of a clause that are wanted, as written.
fn responsibilities(lines: &Lines<'_>, address: &Address, wanted: impl Fn(Range) -> bool) -> Vec<ResponsibilityView> {
    let brackets = lines.row.marks.responsibilities.iter().filter(|b| wanted((b.start, b.end)));
    let view = |b: &Responsibility| ResponsibilityView {
        text: b.text.clone(),
        lead: b.lead.clone(),
        support: b.support.clone(),
        deadline: b.deadline.clone(),
        note: b.note.clone(),
        address: lines.address(address, b.start),
    };
    brackets.map(view).collect()
}

fn kinds(commitments: &[CommitmentRow]) -> Vec<KindCount> {
    let count = |kind| commitments.iter().filter(|c| c.commitment.form.kind == kind).count();
    let counted = CommitmentKind::ALL.map(|kind| KindCount { kind, count: u32::try_from(count(kind)).unwrap_or(0) });
    counted.into_iter().filter(|k| k.count > 0).collect()
}

/// The indicators of the catalogue that those commitments of a clause name.
fn indicators(
    tx: &mut Tx<'_>,
    opened: &Opened,
    clause: u32,
    commitments: &[CommitmentRow],
) -> Result<Vec<NamedIndicator>, Fault> {
    let named = sources::of_clause(tx, opened.edition.id, clause)?;
    let here = |number: u32| commitments.iter().any(|c| c.commitment.number == number);
    let view = |(_, id, name)| NamedIndicator { name, address: crate::indicators::address(id) };
    Ok(named.into_iter().filter(|(number, ..)| here(*number)).map(view).collect())
}

fn versions(tx: &mut Tx<'_>, opened: &Opened, row: &clauses::ClauseRow) -> Result<Vec<VersionView>, Fault> {
    let found = clauses::in_editions(tx, opened.plan.id, &row.path)?;
    let view = |(id, sha256): (gangmu_kernel::ids::EditionId, String)| {
        let edition = opened.editions.iter().find(|e| e.id == id)?;
        let address = super::open::address_of(&opened.plan, edition, &opened.editions);
        Some(VersionView {
            edition: u32::try_from(edition.number).unwrap_or(0),
            title: edition.title.clone(),
            stage: stage_word(stage_of(edition)),
            address: address.clause(&row.path),
            same: sha256 == row.sha256,
            current: id == opened.edition.id,
        })
    };
    Ok(found.into_iter().filter_map(view).collect())
}

/// The newest decisions on a clause.
pub(super) fn records(tx: &mut Tx<'_>, opened: &Opened, clause: u32) -> Result<Vec<super::views::RecordView>, Fault> {
    let edition = opened.edition.id;
    let rows = decisions::of_clause(tx, edition, clause, RECORD)?;
    rows.iter().map(|row| record(tx, edition, row)).collect()
}
