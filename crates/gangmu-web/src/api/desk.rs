//! Deciding on commitments and doubts (审校): each decision names the version it was made on.

use super::{
    about::About,
    caller::Caller,
    commitments::{Commitment, Form, Goal, Kind},
    input::{Asked, Body, Named, Nothing},
    plans::{Which, doubt_version},
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{extract::State, http::StatusCode, response::Response};
use gangmu_app::{
    Failure,
    plan::{
        accept_in_bulk::{Reach, accept_in_bulk, preview},
        changes,
        decide::{Decided, Desk, decide, undo_last},
        rows,
        settle::settle as settle_doubt,
        version,
        views::Permission,
    },
    terms::Answer,
};
use gangmu_plan::{
    compiled,
    proposal::{self, Owners},
    review::{Command, RejectReason},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A decision that was taken (决定).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Decision {
    /// Number of the decision within the edition (决定序号).
    pub decision: u32,
    /// Commitments that it touched or made (相关事项序号).
    pub commitments: Vec<u32>,
}

pub(super) fn decided(value: &Decided) -> Answer {
    let made = Decision { decision: value.decision, commitments: value.numbers.clone() };
    let version = Some(format!("{}.{}", value.edition.0, value.decision));
    Answer { version, ..reply::answer(StatusCode::OK, &made) }
}

/// What is decided, where, by whom, on which version.
pub(super) struct Act<'a> {
    pub web: &'a Web,
    pub caller: &'a Caller,
    pub key: String,
    pub which: Which,
    pub number: u32,
    pub digest: [u8; 32],
}

impl Act<'_> {
    pub async fn take(self, command: Command) -> Result<Response, Halt> {
        let Self { web, caller, key, which, number, digest } = self;
        let (plan, edition) = (key.clone(), which.edition);
        let terms = caller.terms_on(digest, decided, move |tx| version::of_commitment(tx, &plan, edition, number))?;
        let desk = Desk { plan: key.clone(), edition, seen: None };
        match decide(&web.app, &caller.session.on(terms), desk, command).await {
            Ok(value) => Ok(reply::answered(decided(&value), false)),
            Err(Failure::Outdated { current }) => {
                let since = changes::since(&web.app, &caller.session, &key, edition, number, caller.seen()).await?;
                Err(Halt::Outdated { version: current, changes: since.changes })
            }
            Err(other) => Err(other.into()),
        }
    }
}

/// Accepts as proposed.
pub const ACCEPT: About = About::gives::<Decision>("commitments.accept").asked::<Which>().held().tagged();

/// `POST …/commitments/{number}/accept`.
pub async fn accept(
    State(web): State<Web>,
    caller: Caller,
    Named((key, number)): Named<(String, u32)>,
    Asked(which): Asked<Which>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let act = Act { web: &web, caller: &caller, key, which, number, digest: body.digest };
    act.take(Command::Accept { number }).await
}

/// What a commitment shall say (改后的内容).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// All of it, not only what changes (改后的全部内容).
    form: Form,
}

/// Accepts with changes.
pub const CHANGE: About =
    About::gives::<Decision>("commitments.change").asked::<Which>().takes::<Change>().held().tagged();

/// `POST …/commitments/{number}/change`.
pub async fn change(
    State(web): State<Web>,
    caller: Caller,
    Named((key, number)): Named<(String, u32)>,
    Asked(which): Asked<Which>,
    body: Body<Change>,
) -> Result<Response, Halt> {
    let form = Box::new(entered(body.value.form, "/form")?);
    let act = Act { web: &web, caller: &caller, key, which, number, digest: body.digest };
    act.take(Command::Change { number, form }).await
}

/// The parts that take a commitment's place (拆分).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// What each part says (各部分的内容).
    #[schema(min_items = 2, max_items = 50)]
    parts: Vec<Form>,
}

/// Splits into parts.
pub const SPLIT: About =
    About::gives::<Decision>("commitments.split").asked::<Which>().takes::<Parts>().held().tagged();

/// `POST …/commitments/{number}/split`.
pub async fn split(
    State(web): State<Web>,
    caller: Caller,
    Named((key, number)): Named<(String, u32)>,
    Asked(which): Asked<Which>,
    body: Body<Parts>,
) -> Result<Response, Halt> {
    let mut parts = Vec::new();
    for (at, form) in body.value.parts.into_iter().enumerate() {
        parts.push((entered(form, &format!("/parts/{at}"))?, None));
    }
    let act = Act { web: &web, caller: &caller, key, which, number, digest: body.digest };
    act.take(Command::Split { number, parts }).await
}

/// Why a commitment is rejected, with words (否决).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    /// Why: background, duplicate, misread, or other, which needs words (否决理由).
    reason: RejectWord,
    /// Words (说明).
    #[serde(default)]
    #[schema(required = false, max_length = 2000)]
    note: String,
}

/// Why a commitment is rejected (否决理由).
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum RejectWord {
    Background,
    Duplicate,
    Misread,
    Other,
}

/// Rejects.
pub const REJECT: About =
    About::gives::<Decision>("commitments.reject").asked::<Which>().takes::<Rejection>().held().tagged();

/// `POST …/commitments/{number}/reject`.
pub async fn reject(
    State(web): State<Web>,
    caller: Caller,
    Named((key, number)): Named<(String, u32)>,
    Asked(which): Asked<Which>,
    body: Body<Rejection>,
) -> Result<Response, Halt> {
    let reason = match body.value.reason {
        RejectWord::Background => RejectReason::Background,
        RejectWord::Duplicate => RejectReason::Duplicate,
        RejectWord::Misread => RejectReason::Misread,
        RejectWord::Other => RejectReason::Other,
    };
    let note = body.value.note.trim().to_owned();
    let act = Act { web: &web, caller: &caller, key, which, number, digest: body.digest };
    act.take(Command::Reject { number, reason, note }).await
}

/// What is in doubt (存疑).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DoubtNote {
    /// Words (说明).
    #[schema(max_length = 2000)]
    note: String,
}

/// Keeps as a doubt.
pub const DOUBT: About =
    About::gives::<Decision>("commitments.doubt").asked::<Which>().takes::<DoubtNote>().held().tagged();

/// `POST …/commitments/{number}/doubt`.
pub async fn doubt(
    State(web): State<Web>,
    caller: Caller,
    Named((key, number)): Named<(String, u32)>,
    Asked(which): Asked<Which>,
    body: Body<DoubtNote>,
) -> Result<Response, Halt> {
    let note = body.value.note.trim().to_owned();
    let act = Act { web: &web, caller: &caller, key, which, number, digest: body.digest };
    act.take(Command::Doubt { number, note }).await
}

/// A commitment that the compiler did not see (补录).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Addition {
    /// Path of its clause (条款路径).
    clause: String,
    /// Its words, as they stand in the clause (原文中的话).
    #[schema(min_length = 1, max_length = 2000)]
    text: String,
    /// Its kind (事项类型).
    kind: Kind,
}

/// Adds a commitment.
pub const ADD: About =
    About::gives::<Decision>("commitments.add").asked::<Which>().takes::<Addition>().status(StatusCode::CREATED);

/// `POST …/commitments`.
pub async fn add(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
    body: Body<Addition>,
) -> Result<Response, Halt> {
    let Addition { clause, text, kind } = body.value;
    let place = match rows::place(&web.app, &caller.session, &key, which.edition, &clause).await {
        Err(Failure::Absent("clause")) => return Err(reply::misfit("/clause", "no clause has this path")),
        found => found?,
    };
    let text = text.trim();
    let byte = Some(text).filter(|text| !text.is_empty()).and_then(|text| place.text.find(text));
    let Some(byte) = byte else { return Err(reply::misfit("/text", "these words do not stand in the clause")) };
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let start = place.start + count(&place.text[..byte]);
    let span = (start, start + count(text));
    let kind: proposal::CommitmentKind = kind.into();
    let figure = matches!(kind, proposal::CommitmentKind::Indicator | proposal::CommitmentKind::Target);
    let form = proposal::Form {
        kind,
        text: text.to_owned(),
        degree: (!figure).then_some(compiled::Degree::Advance),
        owners: Owners::default(),
        deadline: None,
        goal: None,
        attribute: None,
    };
    let (plan, edition) = (key.clone(), which.edition);
    let answer = move |value: &Decided| {
        let number = value.numbers.first().copied().unwrap_or_default();
        let asked = edition.map_or_else(String::new, |edition| format!("?edition={edition}"));
        let location = format!("/api/v1/plans/{plan}/commitments/{number}{asked}");
        Answer { status: 201, location: Some(location), ..decided(value) }
    };
    let terms = caller.terms(body.digest, answer.clone())?;
    let desk = Desk { plan: key, edition, seen: None };
    let command = Command::Add { clause: place.number, span, form: Box::new(form) };
    let value = decide(&web.app, &caller.session.on(terms), desk, command).await?;
    Ok(reply::answered(answer(&value), false))
}

/// Undoes the caller's own last decision.
pub const UNDO: About = About::gives::<Decision>("commitments.undo").asked::<Which>();

/// `POST …/undo`.
pub async fn undo(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let terms = caller.terms(body.digest, decided)?;
    let desk = Desk { plan: key, edition: which.edition, seen: None };
    let value = undo_last(&web.app, &caller.session.on(terms), desk).await?;
    Ok(reply::answered(decided(&value), false))
}

/// How a doubt is to be read (了结疑点).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// In words (说明).
    #[schema(min_length = 1, max_length = 2000)]
    words: String,
}

/// Settles a doubt.
pub const SETTLE: About = About::new("doubts.settle", super::about::Given::Nothing)
    .asked::<Which>()
    .takes::<Settlement>()
    .held()
    .status(StatusCode::NO_CONTENT);

/// `POST …/doubts/{number}/settle`.
pub async fn settle(
    State(web): State<Web>,
    caller: Caller,
    Named((key, number)): Named<(String, u32)>,
    Asked(which): Asked<Which>,
    body: Body<Settlement>,
) -> Result<Response, Halt> {
    let answer = |(): &()| Answer { status: 204, location: None, version: None, body: String::new() };
    let terms = caller.terms_on(body.digest, answer, doubt_version(key.clone(), which.edition, number))?;
    let desk = Desk { plan: key, edition: which.edition, seen: None };
    settle_doubt(&web.app, &caller.session.on(terms), desk, number, &body.value.words).await?;
    Ok(reply::answered(answer(&()), false))
}

/// Which proposals in bulk.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct BulkAsked {
    /// Number of the edition; without it the one in force (版本序号，不写为现行版本).
    edition: Option<u32>,
    /// Path of a clause (条款路径).
    path: String,
    /// The clause alone, or its whole chapter (范围).
    #[param(inline)]
    scope: Scope,
}

/// How far an acceptance in bulk reaches (批量采纳的范围).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Scope {
    Clause,
    Chapter,
}

impl From<Scope> for Reach {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Clause => Self::Clause,
            Scope::Chapter => Self::Chapter,
        }
    }
}

/// What an acceptance in bulk would take (批量采纳预览).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Bulk {
    /// Path of the clause or chapter (条款路径).
    pub path: String,
    /// How far it reaches (范围).
    pub scope: Scope,
    /// What would be accepted (将采纳的事项).
    pub commitments: Vec<Commitment>,
    /// To be sent back, so that what was seen is what is accepted (封签).
    pub seal: String,
    /// May the caller do it now (是否可以)?
    pub allowed: bool,
    /// Codes of what speaks against it (不可以的理由).
    pub reasons: Vec<String>,
}

/// Shows what an acceptance in bulk would take.
pub const BULK: About = About::gives::<Bulk>("commitments.bulk").asked::<BulkAsked>();

/// `GET …/bulk`.
pub async fn bulk(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(asked): Asked<BulkAsked>,
) -> Result<Response, Halt> {
    let view = preview(&web.app, &caller.session, &key, asked.edition, &asked.path, asked.scope.into()).await?;
    let clause = |reference: &str| reference.split(" ¶").next().unwrap_or_default().to_owned();
    let Permission { allowed, reasons } = view.accept;
    reply::json(&Bulk {
        path: view.path,
        scope: asked.scope,
        seal: view.seal,
        allowed,
        reasons: reasons.into_iter().map(|reason| reason.code).collect(),
        commitments: view
            .commitments
            .into_iter()
            .map(|view| {
                let clause = clause(&view.reference);
                Commitment::new(view, clause)
            })
            .collect(),
    })
}

/// What was seen and is to be accepted (批量采纳).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkSeen {
    /// Path of the clause (条款路径).
    path: String,
    /// How far it reaches (范围).
    scope: Scope,
    /// The seal of the preview (封签).
    seal: String,
    /// How many the preview showed (预览的条数).
    #[schema(minimum = 0, maximum = 100_000)]
    count: u32,
}

/// Accepts exactly what a preview showed.
pub const ACCEPT_BULK: About =
    About::gives::<Decision>("commitments.accept_in_bulk").asked::<Which>().takes::<BulkSeen>();

/// `POST …/bulk`.
pub async fn accept_bulk(
    State(web): State<Web>,
    caller: Caller,
    Named(key): Named<String>,
    Asked(which): Asked<Which>,
    body: Body<BulkSeen>,
) -> Result<Response, Halt> {
    let BulkSeen { path, scope, seal, count } = body.value;
    let count = usize::try_from(count.min(100_000)).unwrap_or(0);
    let session = caller.session.on(caller.terms(body.digest, decided)?);
    let desk = Desk { plan: key, edition: which.edition, seen: None };
    let value = accept_in_bulk(&web.app, &session, desk, &path, scope.into(), &seal, count).await?;
    Ok(reply::answered(decided(&value), false))
}

/// What a program enters as what a commitment says; what can't be read is named with its place.
fn entered(form: Form, place: &str) -> Result<proposal::Form, Halt> {
    let mut misfits = Vec::new();
    let mut wrong = |name: &str, said: &str| {
        misfits.push(super::problem::Misfit { pointer: format!("{place}/{name}"), said: said.to_owned() });
    };
    if form.deadline.as_deref().is_some_and(|text| text.is_empty() || !crate::plan::form::is_deadline(text)) {
        wrong("deadline", "2025, 2025-12, 2025-12-31, yearly, yearly-12 or ongoing");
    }
    let goal = form.goal.map(|goal| {
        let mut number = |name: &str, text: Option<&String>| {
            let value = text.map(|text| text.parse::<Decimal>());
            if matches!(value, Some(Err(_))) {
                wrong(&format!("goal/{name}"), "a decimal number as text");
            }
            value.and_then(Result::ok)
        };
        let Goal { ref value, ref low, ref high, ref baseline, .. } = goal;
        let figures = (
            number("value", value.as_ref()),
            number("low", low.as_ref()),
            number("high", high.as_ref()),
            number("baseline", baseline.as_ref()),
        );
        proposal::Goal {
            value: figures.0,
            low: figures.1,
            high: figures.2,
            baseline: figures.3,
            unit: goal.unit,
            comparator: goal.comparator.map(Into::into),
            direction: goal.direction.map(Into::into),
            period: goal.period,
            text: goal.text,
            baseline_period: goal.baseline_period,
        }
    });
    if !misfits.is_empty() {
        return Err(Halt::Misfit(misfits));
    }
    let units = |units: Vec<String>| -> Vec<String> {
        units.iter().map(|unit| unit.trim().to_owned()).filter(|unit| !unit.is_empty()).collect()
    };
    Ok(proposal::Form {
        kind: form.kind.into(),
        text: form.text.trim().to_owned(),
        degree: form.degree.map(Into::into),
        owners: Owners { lead: units(form.lead), support: units(form.support), ..Owners::default() },
        deadline: form.deadline,
        goal,
        attribute: form.attribute.map(Into::into),
    })
}
