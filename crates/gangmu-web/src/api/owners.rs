//! Who could lead, and who shall (责任建议、定责).

use super::{
    about::About,
    caller::Caller,
    commitments::Commitment,
    desk::{Act, Decision, decided},
    input::{Asked, Body, Named},
    plans::Which,
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{extract::State, response::Response};
use gangmu_app::plan::{
    assign_in_bulk::{assign_in_bulk, preview},
    decide::Desk,
    owners::suggest,
    views::{OwnerView, Permission, WordView},
};
use gangmu_plan::review::Command;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A word that speaks for a unit (依据词).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReasonWord {
    /// As the commitment writes it (词).
    pub text: String,
    /// It stands in the functions or the name of the unit (见于职责).
    pub functions: bool,
    /// Decisions that hold it (先例条数).
    pub precedents: u32,
}

impl From<WordView> for ReasonWord {
    fn from(word: WordView) -> Self {
        Self { text: word.text, functions: word.own, precedents: word.decisions }
    }
}

/// A unit that could lead (建议单位).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Owner {
    /// Code of the organisation (单位代码).
    pub organisation: String,
    /// The name that plans use (简称).
    pub name: String,
    /// From 0 to 1, a decimal as text (把握).
    pub confidence: String,
    /// Its functions are an example of the pack, no official text (示例职责).
    pub example: bool,
    /// The words that speak for it (依据词).
    pub words: Vec<ReasonWord>,
}

impl From<OwnerView> for Owner {
    fn from(view: OwnerView) -> Self {
        Self {
            organisation: view.department,
            name: view.name,
            confidence: view.confidence,
            example: view.example,
            words: view.words.into_iter().map(ReasonWord::from).collect(),
        }
    }
}

/// Who could lead a commitment (责任建议).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Suggestions {
    /// Units, the most likely first (建议单位).
    pub ranked: Vec<Owner>,
    /// Why the first is no suggestion; null where it is one: nothing_known, no_words, undecided (不作建议的原因).
    pub silence: Option<&'static str>,
}

/// Says who could lead.
pub const SUGGEST: About = About::gives::<Suggestions>("commitments.suggest").asked::<Which>();

/// `GET …/commitments/{number}/suggestions`.
pub async fn suggestions(
    State(web): State<Web>,
    caller: Caller,
    Named((key, number)): Named<(String, u32)>,
    Asked(which): Asked<Which>,
) -> Result<Response, Halt> {
    let view = suggest(&web.app, &caller.session, &key, which.edition, number).await?;
    let ranked = view.ranked.into_iter().map(Owner::from).collect();
    reply::json(&Suggestions { ranked, silence: view.silence })
}

/// Who shall lead (牵头单位).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// Names of the units that lead (牵头单位).
    #[schema(min_items = 1, max_items = 20)]
    lead: Vec<String>,
}

/// Says who leads, and decides nothing else.
pub const ASSIGN: About =
    About::gives::<Decision>("commitments.assign").asked::<Which>().takes::<Lead>().held().tagged();

/// `POST …/commitments/{number}/assign`.
pub async fn assign(
    State(web): State<Web>,
    caller: Caller,
    Named((key, number)): Named<(String, u32)>,
    Asked(which): Asked<Which>,
    body: Body<Lead>,
) -> Result<Response, Halt> {
    let names = body.value.lead.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let leads = [(number, names.collect())].into();
    let act = Act { web: &web, caller: &caller, key, which, number, digest: body.digest };
    act.take(Command::Assign { leads }).await
}

/// Of which chapter.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ChapterAsked {
    /// Number of the edition; without it the one in force (版本序号，不写为现行版本).
    edition: Option<u32>,
    /// Path of a clause in the chapter (条款路径).
    path: String,
}

/// A commitment with the unit that would lead (定责预览的一行).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Assignment {
    /// The commitment (事项).
    pub commitment: Commitment,
    /// The unit (单位).
    pub owner: Owner,
}

/// What an assignment of a chapter would do (成章定责预览).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Assignments {
    /// Path of the clause (条款路径).
    pub path: String,
    /// Commitments that nobody leads, each with the unit that would, the surest first (可定责的事项).
    pub rows: Vec<Assignment>,
    /// Commitments that nobody leads and for which nothing is suggested (不作建议的事项).
    pub silent: Vec<Commitment>,
    /// To be sent back, so that what was seen is what is assigned (封签).
    pub seal: String,
    /// May the caller do it now (是否可以)?
    pub allowed: bool,
    /// Codes of what speaks against it (不可以的理由).
    pub reasons: Vec<String>,
}

/// Shows what an assignment of a chapter would do.
pub const CHAPTER: About = About::gives::<Assignments>("commitments.assignments").asked::<ChapterAsked>();

/// `GET …/owners`.
pub async fn chapter(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(asked): Asked<ChapterAsked>,
) -> Result<Response, Halt> {
    let view = preview(&web.app, &caller.session, &key, asked.edition, &asked.path).await?;
    let commitment = |view: gangmu_app::plan::views::CommitmentView| {
        let clause = view.reference.split(" ¶").next().unwrap_or_default().to_owned();
        Commitment::new(view, clause)
    };
    let row = |row: gangmu_app::plan::views::AssignRow| Assignment {
        commitment: commitment(row.commitment),
        owner: row.owner.into(),
    };
    let Permission { allowed, reasons } = view.assign;
    reply::json(&Assignments {
        path: view.path,
        rows: view.rows.into_iter().map(row).collect(),
        silent: view.silent.into_iter().map(commitment).collect(),
        seal: view.seal,
        allowed,
        reasons: reasons.into_iter().map(|reason| reason.code).collect(),
    })
}

/// What was seen, and which of it is assigned (成章定责).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// Path of the clause (条款路径).
    path: String,
    /// The seal of the preview (封签).
    seal: String,
    /// How many the preview showed (预览的条数).
    #[schema(minimum = 0, maximum = 100_000)]
    count: u32,
    /// Numbers of the commitments that are assigned (选中的事项序号).
    #[schema(max_items = 100_000)]
    commitments: Vec<u32>,
}

/// Assigns what was chosen of a preview.
pub const ASSIGN_CHAPTER: About =
    About::gives::<Decision>("commitments.assign_in_bulk").asked::<Which>().takes::<Chosen>();

/// `POST …/owners`.
pub async fn assign_chapter(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
    body: Body<Chosen>,
) -> Result<Response, Halt> {
    let Chosen { path, seal, count, commitments } = body.value;
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let session = caller.session.on(caller.terms(body.digest, decided)?);
    let desk = Desk { plan: key, edition: which.edition, seen: None };
    let chosen = commitments.into_iter().collect();
    let value = assign_in_bulk(&web.app, &session, desk, &path, &seal, count, chosen).await?;
    Ok(reply::answered(decided(&value), false))
}
