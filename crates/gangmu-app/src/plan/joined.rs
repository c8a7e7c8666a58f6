//! What joining a folder gave (归并结果): the files, contradictions with both sources, rows of the division of work with
//! their clauses, and clauses that no row takes up.

use super::{
    address::Address,
    open::Opened,
    permission::permission,
    present::{goal_view, standing_word},
    views::{
        ConflictSide, ConflictView, DifferenceView, JoinedFile, JoinedRow, JoinedView, OpenClause, ReasonView,
        StandingWord,
    },
};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_join::{Assignment, ConflictKind, Place, Role, SourceOf, Why};
use gangmu_kernel::ids::EditionId;
use gangmu_plan::{edition::Stage, review::Refusal};
use gangmu_store::{
    Fault, Tx,
    plan::{
        commitments::{self, CommitmentRow},
        joins::{self, JoinRow},
    },
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a page.
const PAGE: u32 = 100;
/// Rows that one statement reads where all of them are wanted.
const AT_ONCE: u32 = 1_000;

/// A file of the folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FileBody {
    pub name: String,
    pub role: Role,
    pub by_hand: bool,
    pub why: Why,
    pub unread: Vec<UnreadTable>,
}

/// A table that nobody read, because its head is not known.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct UnreadTable {
    pub table: String,
    pub rows: String,
}

/// How a row is listed (对应情况).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowState {
    /// No clause comes near.
    Unmatched,
    /// Several clauses come equally near, or its reference says another one.
    Unclear,
    /// Its clause is known, and something about it is doubtful.
    Flagged,
    /// Its clause is known, and gives its own owners.
    Beside,
    /// Its units are proposed as owners.
    Attached,
}

impl RowState {
    pub fn word(self) -> &'static str {
        match self {
            Self::Unmatched => "unmatched",
            Self::Unclear => "unclear",
            Self::Flagged => "flagged",
            Self::Beside => "beside",
            Self::Attached => "attached",
        }
    }

    const ALL: [Self; 5] = [Self::Unmatched, Self::Unclear, Self::Flagged, Self::Beside, Self::Attached];
}

/// A row of a division of work with the commitments that took its units over.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RowBody {
    #[serde(flatten)]
    pub row: Assignment,
    pub commitments: Vec<u32>,
}

/// What two sources disagree about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Difference {
    pub kind: ConflictKind,
    /// Value and unit on each side.
    pub values: Vec<(Option<String>, Option<String>)>,
}

/// Two sources that disagree.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ConflictBody {
    pub subject: String,
    pub differences: Vec<Difference>,
    pub sources: Vec<SourceOf>,
    /// The commitments that say what each side says.
    pub sides: Vec<Vec<u32>>,
    /// The row of the division of work, where it is the second source.
    pub row: Option<Assignment>,
}

impl ConflictBody {
    /// Is it about who leads?
    pub fn is_of_lead(&self) -> bool {
        self.differences.iter().any(|d| d.kind == ConflictKind::Lead)
    }
}

/// Reads what this program wrote itself.
pub(crate) fn body<T: DeserializeOwned>(row: &JoinRow) -> Result<T, Fault> {
    serde_json::from_str(&row.body).map_err(|error| Fault::Column {
        column: 3,
        wanted: "what a join gave",
        got: error.to_string(),
    })
}

/// Which rows are asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Number of the edition; none for the one in force.
    pub edition: Option<u32>,
    /// One state alone.
    pub state: Option<String>,
    /// The rows whose units this commitment took over, alone.
    pub commitment: Option<u32>,
    /// Behind this row.
    pub after: u32,
}

/// What joining the files of an edition gave.
pub async fn joined(app: &App, session: &Session, plan: &str, asked: Asked) -> Result<JoinedView, Failure> {
    let plan = plan.to_owned();
    let (app, session) = (app.clone(), session.clone());
    look(&app.clone(), &session.clone(), "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, asked.edition)?;
        let edition = opened.edition.id;
        let counts = joins::counts(tx, edition)?;
        let state = RowState::ALL.map(RowState::word).into_iter().find(|word| asked.state.as_deref() == Some(word));
        let mut found = match asked.commitment {
            None => joins::part(tx, edition, "row", state, asked.after, PAGE + 1)?,
            Some(number) => rows_of(tx, edition, number, asked.after)?,
        };
        let more = found.len() > PAGE as usize;
        found.truncate(PAGE as usize);
        let next = found.last().filter(|_| more).map(|row| row.number);
        let rows = rows(tx, &opened, &found)?;
        let conflicts = conflicts(tx, &opened)?;
        let open = every(tx, edition, "open")?;
        let files = every(tx, edition, "file")?;
        let frozen = if opened.stage() == Stage::InReview { Vec::new() } else { vec![Refusal::Frozen] };
        let of_state = |word: &str| counts.get(&("row".to_owned(), word.to_owned())).copied().unwrap_or(0);
        Ok(JoinedView {
            plan: opened.plan_head(),
            edition: opened.head(tx)?,
            files: files.iter().map(file_view).collect::<Result<_, Fault>>()?,
            undecided: conflicts.iter().filter(|c| c.holds.is_none()).count().try_into().unwrap_or(u32::MAX),
            conflicts,
            states: RowState::ALL.iter().map(|s| (s.word(), of_state(s.word()))).collect(),
            state,
            commitment: asked.commitment,
            rows,
            next,
            open: open
                .iter()
                .map(|row| body::<String>(row).map(|path| OpenClause { address: opened.address.clause(&path), path }))
                .collect::<Result<_, Fault>>()?,
            review: permission(&app, &session, "plan.review", &frozen),
            revision: opened.edition.decisions,
            address: opened.address.joined(&[]),
        })
    })
    .await
}

/// All rows of a part.
fn every(tx: &mut Tx<'_>, edition: EditionId, part: &str) -> Result<Vec<JoinRow>, Fault> {
    let mut all: Vec<JoinRow> = Vec::new();
    loop {
        let after = all.last().map_or(0, |row| row.number);
        let read = joins::part(tx, edition, part, None, after, AT_ONCE)?;
        let whole = read.len() == AT_ONCE as usize;
        all.extend(read);
        if !whole {
            return Ok(all);
        }
    }
}

/// The rows behind that number whose units a commitment took over: a page, and one more where there are more.
fn rows_of(tx: &mut Tx<'_>, edition: EditionId, commitment: u32, after: u32) -> Result<Vec<JoinRow>, Fault> {
    let (mut found, mut after) = (Vec::new(), after);
    loop {
        let read = joins::part(tx, edition, "row", None, after, AT_ONCE)?;
        let whole = read.len() == AT_ONCE as usize;
        for row in read {
            after = row.number;
            if body::<RowBody>(&row)?.commitments.contains(&commitment) {
                found.push(row);
            }
            if found.len() > PAGE as usize {
                return Ok(found);
            }
        }
        if !whole {
            return Ok(found);
        }
    }
}

fn file_view(row: &JoinRow) -> Result<JoinedFile, Fault> {
    let file: FileBody = body(row)?;
    let unread = file.unread.into_iter().map(|table| ReasonView {
        code: "sorted-unread".to_owned(),
        fields: BTreeMap::from([("table".to_owned(), table.table), ("rows".to_owned(), table.rows)]),
    });
    Ok(JoinedFile {
        name: file.name,
        role: file.role.word(),
        by_hand: file.by_hand,
        why: ReasonView { code: format!("sorted-{}", file.why.code), fields: file.why.fields },
        unread: unread.collect(),
    })
}

fn rows(tx: &mut Tx<'_>, opened: &Opened, found: &[JoinRow]) -> Result<Vec<JoinedRow>, Failure> {
    let read: Vec<RowBody> = found.iter().map(body).collect::<Result<_, Fault>>()?;
    let numbers: BTreeSet<u32> = read.iter().flat_map(|row| row.commitments.iter().copied()).collect();
    let known = load(tx, opened, numbers)?;
    let rows = found.iter().zip(read).map(|(row, RowBody { row: said, commitments })| {
        let first = commitments.iter().find_map(|number| known.get(number).map(|c| (number, c)));
        let path = said.clauses.first().cloned();
        let review = path.as_deref().map(|path| opened.address.review(path, first.map(|(number, _)| *number)));
        JoinedRow {
            number: row.number,
            state: RowState::ALL.map(RowState::word).into_iter().find(|w| *w == row.state).unwrap_or("unclear"),
            place: said.place,
            task: said.task,
            clauses: said.clauses.iter().map(|path| clause(&opened.address, path)).collect(),
            lead: said.lead,
            support: said.support,
            deadline: said.deadline,
            flags: said.flags.iter().map(|flag| flag.word()).collect(),
            confidence: format!("{:.2}", said.confidence),
            commitments: u32::try_from(commitments.len()).unwrap_or(u32::MAX),
            undecided: commitments
                .iter()
                .filter_map(|number| known.get(number))
                .filter(|c| standing_word(c.commitment.standing) == StandingWord::Proposed)
                .count()
                .try_into()
                .unwrap_or(u32::MAX),
            review,
        }
    });
    Ok(rows.collect())
}

fn clause(address: &Address, path: &str) -> OpenClause {
    OpenClause { path: path.to_owned(), address: address.clause(path) }
}

fn load(tx: &mut Tx<'_>, opened: &Opened, numbers: BTreeSet<u32>) -> Result<BTreeMap<u32, CommitmentRow>, Fault> {
    if numbers.is_empty() {
        return Ok(BTreeMap::new());
    }
    let numbers: Vec<u32> = numbers.into_iter().collect();
    let rows = commitments::by_numbers(tx, opened.edition.id, &numbers)?;
    Ok(rows.into_iter().map(|row| (row.commitment.number, row)).collect())
}

fn conflicts(tx: &mut Tx<'_>, opened: &Opened) -> Result<Vec<ConflictView>, Failure> {
    let found = every(tx, opened.edition.id, "conflict")?;
    let read: Vec<ConflictBody> = found.iter().map(body).collect::<Result<_, Fault>>()?;
    let numbers = read.iter().flat_map(|c| c.sides.iter().flatten().copied()).collect();
    let known = load(tx, opened, numbers)?;
    let views = found.iter().zip(read).map(|(row, conflict)| {
        let holds = holding(&conflict, &known);
        ConflictView {
            number: row.number,
            subject: conflict.subject.clone(),
            lead: conflict.is_of_lead(),
            differences: conflict.differences.iter().map(difference).collect(),
            decidable: is_decidable(&conflict),
            sides: (0..2).map(|at| side(&conflict, at, &known, &opened.address)).collect(),
            holds,
        }
    });
    Ok(views.collect())
}

fn difference(difference: &Difference) -> DifferenceView {
    let said = |at: usize| {
        let (value, unit) = difference.values.get(at).cloned().unwrap_or_default();
        let value = value.unwrap_or_else(|| "—".to_owned());
        match unit.filter(|unit| !value.contains(unit.as_str()) && difference.kind != ConflictKind::Attribute) {
            Some(unit) => format!("{value}{unit}"),
            None => value,
        }
    };
    DifferenceView { kind: kind_word(difference.kind), first: said(0), second: said(1) }
}

fn kind_word(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::Target => "target",
        ConflictKind::Baseline => "baseline",
        ConflictKind::Change => "change",
        ConflictKind::Unit => "unit",
        ConflictKind::Attribute => "attribute",
        ConflictKind::Period => "period",
        ConflictKind::Lead => "lead",
    }
}

fn side(conflict: &ConflictBody, at: usize, known: &BTreeMap<u32, CommitmentRow>, address: &Address) -> ConflictSide {
    let commitment = conflict.sides.get(at).and_then(|side| side.first()).and_then(|number| known.get(number));
    let path = match conflict.sources.get(at) {
        Some(SourceOf::Text { clause, .. }) => Some(clause.clone()),
        _ => commitment.and_then(|row| row.proposal.as_ref()).map(|p| p.path.clone()),
    };
    let place: Option<Place> = match conflict.sources.get(at) {
        Some(SourceOf::Row(place)) => Some(place.clone()),
        _ => None,
    };
    ConflictSide {
        clause: path.as_deref().map(|path| clause(address, path)),
        place,
        said: commitment.map(|row| row.commitment.form.text.clone()),
        goal: commitment.and_then(|row| row.commitment.form.goal.as_ref()).map(goal_view),
        standing: commitment.map(|row| standing_word(row.commitment.standing)),
        review: commitment.zip(path).map(|(row, path)| address.review(&path, Some(row.commitment.number))),
    }
}

/// Can one side be chosen here? Both stand as commitments of their own, or the row says who leads instead.
pub(crate) fn is_decidable(conflict: &ConflictBody) -> bool {
    let side = |at: usize| conflict.sides.get(at).map(Vec::as_slice).unwrap_or_default();
    if conflict.is_of_lead() {
        return conflict.row.is_some() && !side(0).is_empty();
    }
    !side(0).is_empty() && !side(1).is_empty() && side(0) != side(1)
}

/// The side that holds, where somebody has decided: 0 or 1.
fn holding(conflict: &ConflictBody, known: &BTreeMap<u32, CommitmentRow>) -> Option<usize> {
    let side = |at: usize| -> Vec<&CommitmentRow> {
        conflict.sides.get(at).into_iter().flatten().filter_map(|number| known.get(number)).collect()
    };
    let in_force =
        |rows: &[&CommitmentRow]| !rows.is_empty() && rows.iter().all(|r| r.commitment.standing.is_in_force());
    let gone = |rows: &[&CommitmentRow]| rows.iter().all(|row| !row.commitment.standing.is_listed());
    if conflict.is_of_lead() {
        let rows = side(0);
        let from_row = rows.iter().any(|row| row.commitment.form.owners.row.is_some());
        return in_force(&rows).then_some(usize::from(from_row));
    }
    match (side(0), side(1)) {
        (a, b) if in_force(&a) && gone(&b) => Some(0),
        (a, b) if in_force(&b) && gone(&a) => Some(1),
        _ => None,
    }
}
