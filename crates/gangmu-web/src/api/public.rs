//! What everybody may read (公众): published plans, without any token; and the description of the API itself.

use super::{
    about::{About, Given},
    caller::Caller,
    commitments::{Attribute, Degree, Kind},
    document::document,
    input::Named,
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};
use gangmu_app::plan::{
    public::{PublicPlan as Published, public as read, public_list},
    views::{PublicClause as Clause, PublicCommitment as Commitment, PublicView},
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A published plan (已公开的规划).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicPlan {
    /// Its title (名称).
    pub title: String,
    /// The page that shows it (页面地址).
    pub page: String,
    /// When it was published (公开时间).
    #[schema(value_type = String, format = DateTime)]
    pub published_at: Timestamp,
}

/// Lists the published plans.
pub const LIST: About = About::pages::<PublicPlan>("public.list");

/// `GET /api/v1/public/plans`.
pub async fn list(State(web): State<Web>, uri: Uri) -> Result<Response, Halt> {
    let view = |plan: Published| PublicPlan { title: plan.title, page: plan.address, published_at: plan.published_at };
    reply::page(&uri, public_list(&web.app).await?.into_iter().map(view).collect(), None)
}

/// A published plan at one of its chapters (公众版).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicText {
    /// Short key in addresses (规划代号).
    pub key: String,
    /// Its title (名称).
    pub title: String,
    /// Number of the edition (版本序号).
    pub edition: u32,
    /// When it was published (公开时间).
    #[schema(value_type = String, format = DateTime)]
    pub published_at: Timestamp,
    /// Its chapters; the one that was asked for has its clauses (各章).
    pub chapters: Vec<PublicChapter>,
}

/// A chapter (章).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicChapter {
    /// Its path (章的路径).
    pub path: String,
    /// As written (序号).
    pub number: Option<String>,
    /// Its title (标题).
    pub title: String,
    /// Commitments in force in it (事项数).
    pub commitments: u32,
    /// Its clauses, where it was asked for (条款).
    pub clauses: Vec<PublicClause>,
}

/// A clause with what it promises (条款).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicClause {
    /// Its path (条款路径).
    pub path: String,
    /// The plan's own words (各段原文).
    pub paragraphs: Vec<String>,
    /// What it promises (承诺事项).
    pub commitments: Vec<PublicCommitment>,
}

/// A commitment in force (承诺事项).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicCommitment {
    /// Its kind (事项类型).
    pub kind: Kind,
    /// The promise (内容).
    pub text: String,
    /// Firmness (程度).
    pub degree: Option<Degree>,
    /// Binding or anticipatory (性质).
    pub attribute: Option<Attribute>,
    /// The goal in one line (目标值写法).
    pub goal: Option<String>,
    /// Who leads, where a person has confirmed it (牵头单位).
    pub lead: Vec<String>,
    /// Who supports (配合单位).
    pub support: Vec<String>,
    /// Until when (时限).
    pub deadline: Option<String>,
}

fn commitment(view: Commitment) -> PublicCommitment {
    PublicCommitment {
        kind: view.kind.into(),
        text: view.text,
        degree: view.degree.map(Degree::from),
        attribute: view.attribute.map(Attribute::from),
        goal: view.goal.map(|goal| goal.line),
        lead: view.lead,
        support: view.support,
        deadline: view.deadline,
    }
}

fn text(view: PublicView) -> (PublicText, String) {
    let clause = |c: Clause| PublicClause {
        path: c.path,
        paragraphs: c.paragraphs,
        commitments: c.commitments.into_iter().map(commitment).collect(),
    };
    let chapters = view.chapters.into_iter().map(|c| PublicChapter {
        path: c.path,
        number: c.number,
        title: c.title,
        commitments: c.commitments,
        clauses: c.clauses.into_iter().map(clause).collect(),
    });
    let text = PublicText {
        key: view.key,
        title: view.title,
        edition: view.edition,
        published_at: view.published_at,
        chapters: chapters.collect(),
    };
    (text, view.etag.trim_matches('"').to_owned())
}

/// Shows a published plan at its first chapter.
pub const SHOW: About = About::gives::<PublicText>("public.show").tagged();

/// `GET /api/v1/public/plans/{key}`.
pub async fn show(State(web): State<Web>, headers: HeaderMap, Named(key): Named<String>) -> Result<Response, Halt> {
    let (text, version) = text(read(&web.app, &key, None).await?);
    reply::versioned(&text, &version, &headers)
}

/// Shows a published plan at a chapter.
pub const CHAPTER: About = About::gives::<PublicText>("public.chapter").tagged();

/// `GET /api/v1/public/plans/{key}/chapters/{path}`.
pub async fn chapter(
    State(web): State<Web>,
    headers: HeaderMap,
    Named((key, path)): Named<(String, String)>,
) -> Result<Response, Halt> {
    let (text, version) = text(read(&web.app, &key, Some(&path)).await?);
    reply::versioned(&text, &version, &headers)
}

/// The description of the API.
pub const DOCUMENT: About = About::new("api.document", Given::File("application/json"));

/// `GET /api/v1/openapi.json`.
pub async fn describe(State(web): State<Web>, caller: Caller) -> Result<Response, Halt> {
    reply::json(document(&web.pages.words, caller.language))
}
