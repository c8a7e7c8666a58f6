//! What joining the files of an edition gave (归并结果): contradictions, rows of the division of work, clauses without one.

use super::{
    about::About,
    caller::Caller,
    desk::{Decision, decided},
    imports::{SortedFile, Why},
    input::{Asked, Body, Named},
    plans::Which,
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{extract::State, response::Response};
use gangmu_app::plan::{
    decide::Desk,
    joined,
    reconcile::{self, reconcile},
    views::{ConflictSide, ConflictView, JoinedRow, OpenClause},
};
use gangmu_join::Place;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Where a row stands (表内位置).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowPlace {
    /// The file (文件名).
    pub file: String,
    /// The sheet, in spreadsheets (工作表).
    pub sheet: Option<String>,
    /// The table's number, in documents (第几个表).
    pub table: Option<u32>,
    /// The row, from 1 (行号).
    pub row: u32,
}

impl From<Place> for RowPlace {
    fn from(place: Place) -> Self {
        let Place { file, sheet, table, row } = place;
        Self { file, sheet, table, row }
    }
}

/// What joining the files of an edition gave (归并结果).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Joined {
    /// Number of the edition (版本序号).
    pub edition: u32,
    /// The files; none for an edition of one file (文件).
    pub files: Vec<SortedFile>,
    /// Where two sources disagree (矛盾).
    pub contradictions: Vec<Contradiction>,
    /// Rows of the division of work (分工表各行).
    pub rows: Vec<DivisionRow>,
    /// The value of after for the next rows; null on the last (下一页的 after).
    pub next: Option<u32>,
    /// Paths of clauses that no row takes up (没有分工的条款).
    pub open: Vec<String>,
    /// Number of the last decision in the edition (最近一次决定的序号).
    pub revision: u32,
}

/// Two sources that disagree (矛盾).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Contradiction {
    /// Its number (序号).
    pub number: u32,
    /// The indicator's name, or the clause's path (事项).
    pub subject: String,
    /// What they disagree about (不一致之处).
    pub differences: Vec<Disagreement>,
    /// Both sources, the text first (两处出处).
    pub sources: Vec<Told>,
    /// Can one be chosen here (可否在此裁定)?
    pub decidable: bool,
    /// `text` or `table`; null while nobody has decided (以哪一方为准).
    pub holds: Option<String>,
}

/// What two sources disagree about (不一致之处).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Disagreement {
    /// `target`, `baseline`, `change`, `unit`, `attribute`, `period`, `lead` (哪一项).
    pub about: String,
    /// What the text says (正文说法).
    pub text: String,
    /// What the table says (表中说法).
    pub table: String,
}

/// Where something is told (出处).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Told {
    /// Path of the clause (条款路径).
    pub clause: Option<String>,
    /// The row (表内位置).
    pub place: Option<RowPlace>,
}

/// A row of the division of work (分工表行).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DivisionRow {
    /// Its number (序号).
    pub number: u32,
    /// `unmatched`, `unclear`, `flagged`, `beside`, `attached` (对应情况).
    pub state: String,
    /// Where it stands (出处).
    pub place: RowPlace,
    /// What it asks for (任务).
    pub task: String,
    /// Paths of its clauses (对应条款).
    pub clauses: Vec<String>,
    /// Who leads (牵头单位).
    pub lead: Vec<String>,
    /// Who supports (配合单位).
    pub support: Vec<String>,
    /// Until when (完成时限).
    pub deadline: Option<String>,
    /// What is doubtful about it (疑点).
    pub flags: Vec<String>,
    /// How far its clauses are to be trusted, 0 to 1 (把握).
    pub confidence: String,
    /// How many commitments took its units over (涉及事项数).
    pub commitments: u32,
}

impl From<ConflictView> for Contradiction {
    fn from(view: ConflictView) -> Self {
        let told = |side: ConflictSide| Told {
            clause: side.clause.map(|clause| clause.path),
            place: side.place.map(RowPlace::from),
        };
        let differences = view.differences.into_iter().map(|d| Disagreement {
            about: d.kind.to_owned(),
            text: d.first,
            table: d.second,
        });
        Self {
            number: view.number,
            subject: view.subject,
            differences: differences.collect(),
            sources: view.sides.into_iter().map(told).collect(),
            decidable: view.decidable,
            holds: view.holds.map(|at| if at == 0 { "text" } else { "table" }.to_owned()),
        }
    }
}

impl From<JoinedRow> for DivisionRow {
    fn from(row: JoinedRow) -> Self {
        Self {
            number: row.number,
            state: row.state.to_owned(),
            place: row.place.into(),
            task: row.task,
            clauses: row.clauses.into_iter().map(|clause: OpenClause| clause.path).collect(),
            lead: row.lead,
            support: row.support,
            deadline: row.deadline,
            flags: row.flags.into_iter().map(str::to_owned).collect(),
            confidence: row.confidence,
            commitments: row.commitments,
        }
    }
}

/// Which edition, and which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Number of the edition; without it the one in force (版本序号，不写为现行版本).
    edition: Option<u32>,
    /// Rows in one state alone (只看一种对应情况).
    state: Option<String>,
    /// The rows of one commitment alone (只看一个事项的出处).
    commitment: Option<u32>,
    /// Rows behind this number (从这一行之后).
    after: Option<u32>,
}

/// Shows what joining the files of an edition gave.
pub const SHOW: About = About::gives::<Joined>("joined.show").asked::<Shown>();

/// `GET /api/v1/plans/{key}/joined`.
pub async fn show(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(shown): Asked<Shown>,
) -> Result<Response, Halt> {
    let Shown { edition, state, commitment, after } = shown;
    let (commitment, after) = (reply::number("?commitment", commitment)?, reply::number("?after", after)?);
    let asked = joined::Asked { edition, state, commitment, after: after.unwrap_or(0) };
    let view = joined::joined(&web.app, &caller.session, &key, asked).await?;
    let files = view.files.into_iter().map(|file| SortedFile {
        name: file.name,
        role: file.role.to_owned(),
        why: Why::from(file.why),
    });
    reply::json(&Joined {
        edition: view.edition.number,
        files: files.collect(),
        contradictions: view.conflicts.into_iter().map(Contradiction::from).collect(),
        rows: view.rows.into_iter().map(DivisionRow::from).collect(),
        next: view.next,
        open: view.open.into_iter().map(|clause| clause.path).collect(),
        revision: view.revision,
    })
}

/// Which of two sources (出处).
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Source {
    Text,
    Table,
}

/// Which source holds (裁定).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Holds {
    /// The one that holds (以哪一方为准).
    source: Source,
    /// Number of the last decision that was seen; what was decided since on the same commitments refuses (已看到的决定).
    seen: Option<u32>,
}

/// Decides a contradiction: one of the sources holds.
pub const DECIDE: About = About::gives::<Decision>("joined.decide").asked::<Which>().takes::<Holds>();

/// `POST /api/v1/plans/{key}/joined/{number}`.
pub async fn decide(
    State(web): State<Web>,
    caller: Caller,
    Named((key, number)): Named<(String, u32)>,
    Asked(which): Asked<Which>,
    body: Body<Holds>,
) -> Result<Response, Halt> {
    let side = match body.value.source {
        Source::Text => reconcile::Side::Text,
        Source::Table => reconcile::Side::Table,
    };
    let session = caller.session.on(caller.terms(body.digest, decided)?);
    let desk = Desk { plan: key, edition: which.edition, seen: body.value.seen };
    let value = reconcile(&web.app, &session, desk, number, side).await?;
    Ok(reply::answered(decided(&value), false))
}
