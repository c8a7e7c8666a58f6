//! Plans with their editions, outline, clauses, doubts and coverage (规划).

use super::{
    about::About,
    caller::Caller,
    commitments::{Commitment, Doubt, Record},
    input::{Asked, Named},
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};
use gangmu_app::{
    Failure,
    plan::{
        edition::edition,
        list::list as plans,
        read::{Reading, read},
        rows, version,
        views::{self, StageWord},
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Where an edition stands (版本状态).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Stage {
    InReview,
    Approved,
    Published,
    Withdrawn,
}

impl From<StageWord> for Stage {
    fn from(word: StageWord) -> Self {
        match word {
            StageWord::InReview => Self::InReview,
            StageWord::Approved => Self::Approved,
            StageWord::Published => Self::Published,
            StageWord::Withdrawn => Self::Withdrawn,
        }
    }
}

/// A plan (规划).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Plan {
    /// Short key in addresses (规划代号).
    pub key: String,
    /// Its title (名称).
    pub title: String,
    /// The edition in force: the newest approved one, else the newest (现行版本).
    pub edition: Edition,
    /// Coverage of that edition (承诺覆盖率).
    pub coverage: Coverage,
    /// All editions, newest first (全部版本).
    pub editions: Vec<Edition>,
    /// May everybody read it (是否公开)?
    pub public: bool,
}

/// An edition of a plan (规划文本版本).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Edition {
    /// Counted from 1 within the plan (版本序号).
    pub number: u32,
    /// Its key as an object of attachments and of the journal (作为附件和日志对象的编号).
    pub object: String,
    /// Title of its text (文本名称).
    pub title: String,
    /// Where it stands (状态).
    pub stage: Stage,
    /// When it was imported (导入时间).
    #[schema(value_type = String, format = DateTime)]
    pub imported_at: Timestamp,
    /// By whom, masked (导入人).
    pub imported_by: String,
    /// Length of its text in code points (字数).
    pub chars: u32,
    /// Number of its clauses (条款数).
    pub clauses: u32,
    /// Version of the compiler (编译器版本).
    pub compiler: String,
    /// Version of its words (词表版本).
    pub lexicon: String,
    /// Its commitments by standing (事项进度).
    pub counts: Counts,
    /// Open doubts of the compiler (未了结的疑点数).
    pub doubts: u32,
    /// The files behind it (来源文件).
    pub documents: Vec<Document>,
}

/// Commitments by standing (事项进度).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Counts {
    /// All that stand in lists (在列).
    pub total: u32,
    /// Nobody has decided (待定).
    pub proposed: u32,
    /// Accepted as proposed (采纳).
    pub accepted: u32,
    /// Accepted with changes (改后采纳).
    pub changed: u32,
    /// Entered by a person (补录).
    pub added: u32,
    /// Kept as a doubt (存疑).
    pub doubted: u32,
    /// Rejected (否决).
    pub rejected: u32,
    /// Split into parts (已拆分).
    pub divided: u32,
}

/// A file behind an edition (来源文件).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Document {
    /// Its name (文件名).
    pub name: String,
    /// Its kind, such as `docx` (类型).
    pub kind: String,
    /// SHA-256 of its bytes (校验值).
    pub sha256: String,
    /// Bytes (字节数).
    pub bytes: u64,
    /// An annex, not the outline itself (是否附件).
    pub annex: bool,
}

/// How much of what is promised has what it needs (承诺覆盖率).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Coverage {
    /// It counts proposals, because the edition is in review (是否按编译建议统计).
    pub proposed: bool,
    /// Commitments with every connected part (齐全的事项数).
    pub have: u32,
    /// Commitments (事项数).
    pub of: u32,
    /// Percent with one decimal; null where there is nothing to divide by (百分比).
    pub percent: Option<String>,
    /// The partial shares (分项).
    pub parts: Vec<CoveragePart>,
}

/// One partial share (覆盖率分项).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CoveragePart {
    /// `owner`, `measure`, `cadence` or `evidence` (分项名).
    pub name: String,
    /// It is counted; what is not connected yet leaves both sides of the fraction (是否接入).
    pub connected: bool,
    /// Commitments that have it (具备的事项数).
    pub have: u32,
    /// Of how many (事项数).
    pub of: u32,
    /// Percent with one decimal (百分比).
    pub percent: Option<String>,
}

impl From<views::CoverageView> for Coverage {
    fn from(view: views::CoverageView) -> Self {
        let part = |p: views::CoveragePart| CoveragePart {
            name: p.name.to_owned(),
            connected: p.connected,
            have: p.have,
            of: p.of,
            percent: p.percent,
        };
        Self {
            proposed: view.proposed,
            have: view.have,
            of: view.of,
            percent: view.percent,
            parts: view.parts.into_iter().map(part).collect(),
        }
    }
}

impl From<views::EditionHead> for Edition {
    fn from(head: views::EditionHead) -> Self {
        let c = head.counts;
        let counts = Counts {
            total: c.total,
            proposed: c.proposed,
            accepted: c.accepted,
            changed: c.changed,
            added: c.added,
            doubted: c.doubted,
            rejected: c.rejected,
            divided: c.divided,
        };
        let document = |d: views::DocumentView| Document {
            name: d.name,
            kind: d.kind,
            sha256: d.sha256,
            bytes: d.bytes,
            annex: d.annex,
        };
        Self {
            object: gangmu_kernel::ids::EditionId(head.id).to_string(),
            number: head.number,
            title: head.title,
            stage: head.stage.into(),
            imported_at: head.imported_at,
            imported_by: head.imported_by,
            chars: head.chars,
            clauses: head.clauses,
            compiler: head.compiler,
            lexicon: head.lexicon,
            counts,
            doubts: head.doubts,
            documents: head.documents.into_iter().map(document).collect(),
        }
    }
}

impl From<views::PlanCard> for Plan {
    fn from(card: views::PlanCard) -> Self {
        Self {
            key: card.plan.key,
            title: card.plan.title,
            edition: card.current.into(),
            coverage: card.coverage.into(),
            editions: card.editions.into_iter().map(Edition::from).collect(),
            public: card.public_address.is_some(),
        }
    }
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// Rows of the page (每页条数).
    pub limit: Option<u32>,
    /// What the page before gave as next (上一页给出的 next).
    pub after: Option<String>,
}

/// Lists the plans.
pub const LIST: About = About::pages::<Plan>("plans.list").asked::<Paging>();

/// `GET /api/v1/plans`.
pub async fn list(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(paging): Asked<Paging>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(paging.limit)?, reply::opened(paging.after.as_deref())?);
    let cards = plans(&web.app, &caller.session).await?.plans;
    let begin = after.map_or(0, |key| cards.iter().position(|card| card.plan.key == key).map_or(0, |at| at + 1));
    let shown: Vec<Plan> = cards.iter().skip(begin).take(limit as usize).cloned().map(Plan::from).collect();
    let more = cards.len() > begin + shown.len();
    let next = shown.last().filter(|_| more).map(|plan| plan.key.clone());
    reply::page(&uri, shown, next)
}

/// Shows a plan.
pub const SHOW: About = About::gives::<Plan>("plans.show");

/// `GET /api/v1/plans/{key}`.
pub async fn show(State(web): State<Web>, caller: Caller, Named(key): Named<String>) -> Result<Response, Halt> {
    let cards = plans(&web.app, &caller.session).await?.plans;
    let card = cards.into_iter().find(|card| card.plan.key == key).ok_or(Halt::Absent)?;
    reply::json(&Plan::from(card))
}

/// Which edition.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Which {
    /// Number of the edition; without it the one in force (版本序号，不写为现行版本).
    pub edition: Option<u32>,
}

/// A heading with what stands below it (目录).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(no_recursion)]
pub struct Heading {
    /// Path of the clause at this heading (条款路径).
    pub path: String,
    /// `part`, `chapter`, `section`, `item` and so on (层级).
    pub level: String,
    /// As written, such as 第三节 (序号).
    pub number: Option<String>,
    /// Its title (标题).
    pub title: String,
    /// Commitments in it (事项数).
    pub commitments: u32,
    /// Open doubts in it (疑点数).
    pub doubts: u32,
    /// Undecided proposals in it (待定数).
    pub pending: u32,
    /// Headings below (下级).
    pub children: Vec<Heading>,
}

impl From<views::OutlineNode> for Heading {
    fn from(node: views::OutlineNode) -> Self {
        Self {
            path: node.path,
            level: node.level,
            number: node.number,
            title: node.title,
            commitments: node.commitments,
            doubts: node.doubts,
            pending: node.pending,
            children: node.children.into_iter().map(Self::from).collect(),
        }
    }
}

/// The outline of an edition (目录).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Outline {
    /// Number of the edition (版本序号).
    pub edition: u32,
    /// The uppermost headings (第一层标题).
    pub headings: Vec<Heading>,
}

/// Shows the outline.
pub const OUTLINE: About = About::gives::<Outline>("plans.outline").asked::<Which>();

/// `GET /api/v1/plans/{key}/outline`.
pub async fn outline(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
) -> Result<Response, Halt> {
    let (edition, nodes) = rows::outline(&web.app, &caller.session, &key, which.edition).await?;
    reply::json(&Outline { edition, headings: nodes.into_iter().map(Heading::from).collect() })
}

/// Shows the coverage.
pub const COVERAGE: About = About::gives::<Coverage>("plans.coverage").asked::<Which>();

/// `GET /api/v1/plans/{key}/coverage`.
pub async fn coverage(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
) -> Result<Response, Halt> {
    let view = edition(&web.app, &caller.session, &key, which.edition).await?;
    reply::json(&Coverage::from(view.coverage))
}

/// Which page of which edition.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct PagingIn {
    /// Number of the edition; without it the one in force (版本序号，不写为现行版本).
    pub edition: Option<u32>,
    /// Rows of the page (每页条数).
    pub limit: Option<u32>,
    /// What the page before gave as next (上一页给出的 next).
    pub after: Option<String>,
}

/// A clause with its text (条款).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Clause {
    /// Path, such as 5.2.二 (条款路径).
    pub path: String,
    /// Number and title of the heading it stands under (所在标题).
    pub title: String,
    /// The plan's own words (原文).
    pub text: String,
    /// First code point in the text of the edition (起点).
    pub start: u32,
    /// One past the last (终点).
    pub end: u32,
    /// SHA-256 of its text (校验值).
    pub sha256: String,
}

/// Lists the clauses.
pub const CLAUSES: About = About::pages::<Clause>("clauses.list").asked::<PagingIn>();

/// `GET /api/v1/plans/{key}/clauses`.
pub async fn clauses(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Named(key): Named<String>,
    Asked(paging): Asked<PagingIn>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(paging.limit)?, reply::opened_number(paging.after.as_deref())?);
    let found = rows::clauses_page(&web.app, &caller.session, &key, paging.edition, after, limit).await?;
    let clause = |c: rows::ClauseText| Clause {
        path: c.path,
        title: c.title,
        text: c.text,
        start: c.start,
        end: c.end,
        sha256: c.sha256,
    };
    reply::page(&uri, found.rows.into_iter().map(clause).collect(), found.next)
}

/// A clause with everything that is known of it (条款详情).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClauseDetail {
    /// Path, such as 5.2.二 (条款路径).
    pub path: String,
    /// Number of the edition (版本序号).
    pub edition: u32,
    /// Its paragraphs, each with its sentences: the plan's own words (各段各句原文).
    pub paragraphs: Vec<Vec<String>>,
    /// Its commitments (承诺事项).
    pub commitments: Vec<Commitment>,
    /// Who is responsible, as written (责任).
    pub responsibilities: Vec<Responsibility>,
    /// Doubts of the compiler (疑点).
    pub doubts: Vec<Doubt>,
    /// The newest decisions on it (记录).
    pub record: Vec<Record>,
}

/// A bracket or cell that names who is responsible (责任).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Responsibility {
    /// As the text writes it (原文).
    pub text: String,
    /// Who leads (牵头单位).
    pub lead: Vec<String>,
    /// Who supports (配合单位).
    pub support: Vec<String>,
    /// Until when (时限).
    pub deadline: Option<String>,
}

/// Shows a clause.
pub const CLAUSE: About = About::gives::<ClauseDetail>("clauses.show").asked::<Which>();

/// `GET /api/v1/plans/{key}/clauses/{path}`.
pub async fn clause(
    State(web): State<Web>,
    caller: Caller,
    Named((key, path)): Named<(String, String)>,
    Asked(which): Asked<Which>,
) -> Result<Response, Halt> {
    let reading =
        Reading { plan: key, edition: which.edition, path: Some(path.clone()), paragraph: None, sentence: None };
    let view = read(&web.app, &caller.session, reading).await?;
    let clause = view.section.clauses.into_iter().find(|clause| clause.path == path).ok_or(Halt::Absent)?;
    let words = |s: views::SentenceView| s.pieces.into_iter().map(|piece| piece.text).collect::<String>();
    let paragraphs = clause.paragraphs.into_iter().map(|p| p.sentences.into_iter().map(words).collect());
    let responsibility = |r: views::ResponsibilityView| Responsibility {
        text: r.text,
        lead: r.lead,
        support: r.support,
        deadline: r.deadline,
    };
    reply::json(&ClauseDetail {
        edition: view.edition.number,
        paragraphs: paragraphs.collect(),
        commitments: view.panel.commitments.into_iter().map(|c| Commitment::new(c, path.clone())).collect(),
        responsibilities: view.panel.responsibilities.into_iter().map(responsibility).collect(),
        doubts: view.panel.doubts.into_iter().map(|d| Doubt::new(d, path.clone())).collect(),
        record: view.panel.record.into_iter().map(Record::from).collect(),
        path,
    })
}

/// Lists the doubts of the compiler.
pub const DOUBTS: About = About::pages::<Doubt>("doubts.list").asked::<PagingIn>();

/// `GET /api/v1/plans/{key}/doubts`.
pub async fn doubts(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Named(key): Named<String>,
    Asked(paging): Asked<PagingIn>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(paging.limit)?, reply::opened_number(paging.after.as_deref())?);
    let found = rows::doubts_page(&web.app, &caller.session, &key, paging.edition, after, limit).await?;
    let rows = found.rows.into_iter().map(|row| Doubt::new(row.view, row.clause)).collect();
    reply::page(&uri, rows, found.next)
}

/// Shows a doubt with its version.
pub const DOUBT: About = About::gives::<Doubt>("doubts.show").asked::<Which>().tagged();

/// `GET /api/v1/plans/{key}/doubts/{number}`.
pub async fn doubt(
    State(web): State<Web>,
    caller: Caller,
    headers: HeaderMap,
    Named((key, number)): Named<(String, u32)>,
    Asked(which): Asked<Which>,
) -> Result<Response, Halt> {
    let before = number.checked_sub(1).ok_or(Halt::Absent)?;
    let found = rows::doubts_page(&web.app, &caller.session, &key, which.edition, before, 1).await?;
    let row = found.rows.into_iter().find(|row| row.view.number == number).ok_or(Halt::Absent)?;
    let version = row.version.clone();
    reply::versioned(&Doubt::new(row.view, row.clause), &version, &headers)
}

/// The version of a doubt, for `If-Match`.
pub(super) fn doubt_version(
    key: String,
    edition: Option<u32>,
    number: u32,
) -> impl Fn(&mut gangmu_app::terms::Tx<'_>) -> Result<String, Failure> + Send + Sync + 'static {
    move |tx| version::of_doubt(tx, &key, edition, number)
}
