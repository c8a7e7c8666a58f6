//! Personal data (个人信息): masked, for a purpose unmasked; how long it is kept; erasure by two people.

use super::{
    about::About,
    caller::Caller,
    input::{Asked, Body, Named, Nothing},
    posts::Numbered,
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};
use gangmu_app::personal::{
    self, Look, Masked, Revealed,
    erase::{self, Erasure},
    retention,
};
use gangmu_kernel::masking;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person as others see him or her (脱敏信息).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonMasked {
    /// The login (账号).
    pub login: String,
    /// The name, masked (姓名).
    pub name: String,
    /// The telephone number, masked (手机号).
    pub phone: Option<String>,
    /// The address for e-mail, masked (电子邮箱).
    pub email: Option<String>,
    /// The identity number, masked (身份证号).
    pub id_number: Option<String>,
    /// The account is disabled (是否停用).
    pub disabled: bool,
    /// The person was erased (是否已清除).
    pub erased: bool,
    /// It is asked that the person be erased (是否已申请清除).
    pub asked: bool,
    /// Who looked, the last first (查看记录).
    pub looks: Vec<PersonalLook>,
}

/// Somebody looked (查看记录).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonalLook {
    /// When (时间).
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who, masked (谁).
    pub by: String,
    /// In which post (职务).
    pub post: Option<String>,
    /// For which purpose (用途).
    pub purpose: String,
    /// What was written to it (说明).
    pub note: String,
}

impl From<Look> for PersonalLook {
    fn from(look: Look) -> Self {
        Self {
            at: look.at.parse().unwrap_or_default(),
            by: masking::name(&look.by),
            post: look.post,
            purpose: look.purpose,
            note: look.note,
        }
    }
}

impl From<Masked> for PersonMasked {
    fn from(masked: Masked) -> Self {
        let Masked { login, name, phone, email, id_number, disabled, erased, asked, looks } = masked;
        let looks = looks.into_iter().map(PersonalLook::from).collect();
        Self { login, name, phone, email, id_number, disabled, erased, asked, looks }
    }
}

/// Shows a person, masked.
pub const SHOW: About = About::gives::<PersonMasked>("personal.show");

/// `GET /api/v1/accounts/{login}/personal`.
pub async fn show(State(web): State<Web>, caller: Caller, Named(login): Named<String>) -> Result<Response, Halt> {
    reply::json(&PersonMasked::from(personal::masked(&web.app, &caller.session, &login).await?))
}

/// For what personal data is looked at (查看用途).
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonalPurpose {
    /// Reaching the person about work (工作联系).
    Contact,
    /// Making sure who it is (核实身份).
    Identify,
    /// Correcting what is wrong (更正信息).
    Correct,
    /// An inspection or an audit (监督检查).
    Inspect,
    /// What the person asked for (本人申请).
    Request,
}

impl PersonalPurpose {
    fn word(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Identify => "identify",
            Self::Correct => "correct",
            Self::Inspect => "inspect",
            Self::Request => "request",
        }
    }
}

/// Why somebody wants to see what is masked (查看理由).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonalReason {
    /// The purpose (用途).
    purpose: PersonalPurpose,
    /// In words; the journal and the person keep it (说明，记入日志，本人可见).
    #[schema(min_length = 4, max_length = 200)]
    note: String,
}

/// What was masked, for this once (完整信息).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonRevealed {
    /// The name (姓名).
    pub name: String,
    /// The telephone number (手机号).
    pub phone: Option<String>,
    /// The address for e-mail (电子邮箱).
    pub email: Option<String>,
    /// The identity number (身份证号).
    pub id_number: Option<String>,
}

/// Shows what is masked, for a purpose.
pub const REVEAL: About = About::gives::<PersonRevealed>("personal.reveal").takes::<PersonalReason>().unkeyed();

/// `POST /api/v1/accounts/{login}/personal/reveal`.
pub async fn reveal(
    State(web): State<Web>,
    caller: Caller,
    Named(login): Named<String>,
    body: Body<PersonalReason>,
) -> Result<Response, Halt> {
    let PersonalReason { purpose, note } = body.value;
    let revealed = personal::reveal(&web.app, &caller.session, &login, purpose.word(), &note).await?;
    let Revealed { name, phone, email, id_number } = revealed;
    reply::json(&PersonRevealed { name, phone, email, id_number })
}

/// Why somebody is to be erased (清除理由).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasureReason {
    /// The reason (理由).
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// Asks that a person be erased whose account is disabled; another confirms it.
pub const ASK: About = About::gives::<Numbered>("personal.ask_erasure").takes::<ErasureReason>();

/// `POST /api/v1/accounts/{login}/personal/erase`.
pub async fn ask(
    State(web): State<Web>,
    caller: Caller,
    Named(login): Named<String>,
    body: Body<ErasureReason>,
) -> Result<Response, Halt> {
    let answer = |id: &i64| reply::answer(StatusCode::OK, &Numbered { id: *id });
    let session = caller.session.on(caller.terms(body.digest, answer)?);
    let id = erase::ask(&web.app, &session, &login, &body.value.reason).await?;
    Ok(reply::answered(answer(&id), false))
}

/// Somebody is to be erased (清除申请).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErasureAsked {
    /// Its number (编号).
    pub id: i64,
    /// The login of the account (账号).
    pub login: String,
    /// The name, masked (姓名).
    pub name: String,
    /// Why (理由).
    pub reason: String,
    /// When it was asked (申请时间).
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Timestamp,
    /// Who asked, masked (申请人).
    pub asked_by: String,
    /// The caller asked it and can't confirm it (是否本人所申请).
    pub own: bool,
}

impl From<Erasure> for ErasureAsked {
    fn from(erasure: Erasure) -> Self {
        Self {
            id: erasure.id,
            login: erasure.login,
            name: erasure.name,
            reason: erasure.reason,
            asked_at: erasure.asked_at.parse().unwrap_or_default(),
            asked_by: masking::name(&erasure.asked_by),
            own: erasure.own,
        }
    }
}

/// Lists who is to be erased.
pub const ERASURES: About = About::pages::<ErasureAsked>("personal.erasures").asked::<super::plans::Paging>();

/// `GET /api/v1/personal/erasures`.
pub async fn erasures(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(paging): Asked<super::plans::Paging>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(paging.limit)?, reply::opened(paging.after.as_deref())?);
    let open = erase::open(&web.app, &caller.session).await?;
    let (open, next) = reply::cut(open, limit, after.as_deref(), |erasure: &erase::Erasure| erasure.id.to_string());
    reply::page(&uri, open.into_iter().map(ErasureAsked::from).collect(), next)
}

/// Confirms an erasure: the person is erased, for ever.
pub const CONFIRM: About = About::step("personal.confirm_erasure");

/// `POST /api/v1/personal/erasures/{id}/confirm`.
pub async fn confirm(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    reply::done(erase::confirm(&web.app, &caller.once(body.digest)?, id).await)
}

/// Refuses an erasure.
pub const REFUSE: About = About::step("personal.refuse_erasure");

/// `POST /api/v1/personal/erasures/{id}/refuse`.
pub async fn refuse(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    reply::done(erase::refuse(&web.app, &caller.once(body.digest)?, id).await)
}

/// How long something is kept (保存期限).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RetentionRule {
    /// The rule, as a word that never changes (规则代码).
    pub rule: String,
    /// In words (规则).
    pub words: String,
    /// Days (天数).
    pub days: i64,
    /// People whom it meets the coming night (今夜到期人数).
    pub people: u32,
}

/// Lists how long what is kept.
pub const RETENTION: About = About::pages::<RetentionRule>("personal.retention");

/// `GET /api/v1/personal/retention`.
pub async fn retention(State(web): State<Web>, caller: Caller, uri: Uri) -> Result<Response, Halt> {
    let rules = retention::due(&web.app, &caller.session).await?;
    let row = |due: retention::Due| {
        let key = format!("retention-{}", due.rule.word);
        RetentionRule {
            words: web.pages.words.say_with(caller.language, &key, &[]).unwrap_or(key),
            rule: due.rule.word.to_owned(),
            days: due.rule.days,
            people: u32::try_from(due.people).unwrap_or(u32::MAX),
        }
    };
    reply::page(&uri, rules.into_iter().map(row).collect(), None)
}
