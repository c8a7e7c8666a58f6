//! Why a request of a program stops (问题说明): problem details after RFC 9457, in the caller's language, with every reason
//! at once, a pointer to the place in what was sent, and the number of a fault.

use crate::{failure::Stop, locale::Language, web::Web};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use gangmu_app::{
    Failure, Forbidden, faults,
    plan::{
        changes::{ChangedView, FieldChange},
        views::ReasonView,
    },
    terms::Answer,
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// How one shows who one is.
pub const CHALLENGE: &str = "Bearer realm=\"gangmu\"";

/// Why a request stops (问题说明, RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// Where this kind of problem is explained (问题类型的说明地址).
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words (问题类型).
    pub title: String,
    /// The status of the answer (状态码).
    pub status: u16,
    /// What happened, in words (说明).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub detail: Option<String>,
    /// The address that was asked (请求地址).
    pub instance: String,
    /// The kind as a word that never changes (问题代码).
    pub code: String,
    /// Every reason at once (全部理由).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub reasons: Vec<Reason>,
    /// The number under which a fault is logged (故障编号).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reference: Option<String>,
    /// The version that holds now, for `If-Match` (现行版本).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub version: Option<String>,
    /// What was changed since the version that was sent (期间的改动).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub changes: Vec<Change>,
}

/// A reason (理由).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reason {
    /// The reason as a word that never changes (理由代码).
    pub code: String,
    /// In words, with what to do next (说明与办法).
    pub message: String,
    /// Place in the body, as a JSON pointer; a parameter of the address as `?name` (所在位置).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pointer: Option<String>,
    /// The facts of the sentence (数据项).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(required = false)]
    pub fields: BTreeMap<String, String>,
}

/// What somebody changed meanwhile (改动).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Change {
    /// When (时间).
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who, masked (谁).
    pub who: String,
    /// What was done (做了什么).
    pub verb: String,
    /// Words that came with it (附言).
    pub note: Option<String>,
    /// Fields before and after (改前与改后).
    pub fields: Vec<Field>,
}

/// A field before and after (改前与改后).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Field {
    /// Its name (字段).
    pub name: String,
    /// Before (改前).
    pub old: Option<String>,
    /// After (改后).
    pub new: Option<String>,
}

impl From<ChangedView> for Change {
    fn from(view: ChangedView) -> Self {
        let field = |f: FieldChange| Field { name: f.name.to_owned(), old: f.old, new: f.new };
        Self {
            at: view.at,
            who: view.who,
            verb: view.verb.to_owned(),
            note: view.note,
            fields: view.fields.into_iter().map(field).collect(),
        }
    }
}

/// A place in what was sent that can't be taken.
#[derive(Debug, Clone)]
pub struct Misfit {
    /// Such as `/form/text` or `?limit`.
    pub pointer: String,
    /// What the reader says, in English: it speaks to a programmer.
    pub said: String,
}

/// Why a request of a program stops.
#[derive(Debug, Clone)]
pub enum Halt {
    /// No token, or one that opens nothing.
    NotLoggedIn,
    /// The person or the token may not.
    Forbidden(Forbidden),
    /// There is no such thing, or the caller may not know of it.
    Absent,
    /// This address does not know the method.
    Method,
    /// The rules say no.
    Refused(Vec<ReasonView>),
    /// What was sent is not what is described.
    Misfit(Vec<Misfit>),
    /// What was sent is no JSON.
    NotJson(String),
    /// The media type or the encoding of what was sent is not taken.
    Unsupported,
    /// More than may be sent at once.
    TooLarge,
    /// A change of what has a version needs `If-Match`.
    NeedsVersion,
    /// It is no longer what was seen.
    Outdated {
        /// The version that holds now.
        version: String,
        /// What happened since.
        changes: Vec<ChangedView>,
    },
    /// Too many requests; again after these seconds.
    Limited(u64),
    /// It took too long.
    Late,
    /// The program has too much to do just now.
    Busy,
    /// The world failed.
    Fault(String),
    /// Answered before under the same key; no problem at all.
    Answered(Answer),
}

impl Halt {
    /// The word that never changes, and the status.
    pub fn kind(&self) -> (&'static str, StatusCode) {
        match self {
            Self::NotLoggedIn => ("not-authenticated", StatusCode::UNAUTHORIZED),
            Self::Forbidden(_) => ("forbidden", StatusCode::FORBIDDEN),
            Self::Absent => ("absent", StatusCode::NOT_FOUND),
            Self::Method => ("method", StatusCode::METHOD_NOT_ALLOWED),
            // What was sent must change, or what stands must.
            Self::Refused(reasons) if reasons.iter().all(|r| pointer(&r.code).is_some()) => {
                ("invalid", StatusCode::UNPROCESSABLE_ENTITY)
            }
            Self::Refused(_) => ("refused", StatusCode::CONFLICT),
            Self::Misfit(_) => ("invalid", StatusCode::UNPROCESSABLE_ENTITY),
            Self::NotJson(_) => ("malformed", StatusCode::BAD_REQUEST),
            Self::Unsupported => ("unsupported", StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Self::TooLarge => ("too-large", StatusCode::PAYLOAD_TOO_LARGE),
            Self::NeedsVersion => ("needs-version", StatusCode::PRECONDITION_REQUIRED),
            Self::Outdated { .. } => ("outdated", StatusCode::PRECONDITION_FAILED),
            Self::Limited(_) => ("limited", StatusCode::TOO_MANY_REQUESTS),
            Self::Late => ("late", StatusCode::REQUEST_TIMEOUT),
            Self::Busy => ("busy", StatusCode::SERVICE_UNAVAILABLE),
            Self::Fault(_) => ("fault", StatusCode::INTERNAL_SERVER_ERROR),
            Self::Answered(_) => ("answered", StatusCode::OK),
        }
    }

    /// Every kind of problem, for the reference.
    pub const KINDS: [&'static str; 15] = [
        "malformed",
        "not-authenticated",
        "forbidden",
        "absent",
        "method",
        "late",
        "refused",
        "outdated",
        "too-large",
        "unsupported",
        "invalid",
        "needs-version",
        "limited",
        "fault",
        "busy",
    ];
}

/// Where in the body the cause of a refusal stands; none where what stands in the house speaks against it.
fn pointer(code: &str) -> Option<&'static str> {
    Some(match code {
        "accounts.add.bad_login" | "accounts.add.login_taken" => "/login",
        "accounts.add.bad_name" => "/name",
        "accounts.add.unknown_organisation" => "/organisation",
        "posts.bad_title" => "/title",
        "posts.bad_days" => "/until",
        "posts.reason_needed" | "personal.erase.no_reason" | "jobs-reason-needed" => "/reason",
        "posts.no_such_person" | "posts.own_deputy" => "/login",
        "personal.reveal.no_words" => "/note",
        "journal-purpose-needed" => "/purpose",
        "attachments.name.ending" => "/name",
        "rosters.requests.nothing_chosen" => "/accounts",
        "accounts.roles.unknown_role" | "accounts.roles.no_role" => "/roles",
        code if code.starts_with("accounts.password.") => "/password",
        "plan-decide-empty-text" | "plan-decide-text-too-long" => "/form/text",
        "plan-decide-range-reversed" => "/form/goal/low",
        "plan-decide-wrong-number-of-parts" => "/parts",
        "plan-decide-words-needed" => "/note",
        "plan-decide-span-outside" => "/text",
        "plan.form.not_in_clause" => "/text",
        "plan-edition-reason-needed" => "/reason",
        "plan-import-no-files" | "plan-import-too-many-files" | "plan-import-empty-file" => "/files",
        "plan-import-bad-key" => "?plan",
        "plan-import-bad-title" => "?title",
        "staging-too-many" | "staging-row-shape" | "staging-row-no-commitment" | "staging-row-system-key" => "/rows",
        "api-key-other-request" | "api-key-bad" => "header:Idempotency-Key",
        _ => return None,
    })
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Forbidden(Forbidden::NotLoggedIn { .. }) => Self::NotLoggedIn,
            Failure::Forbidden(why) => Self::Forbidden(why),
            Failure::Absent(_) => Self::Absent,
            Failure::Refused(refused) => Self::Refused(crate::failure::reasons(&refused)),
            Failure::Outdated { current } => Self::Outdated { version: current, changes: Vec::new() },
            Failure::Answered(answer) => Self::Answered(answer),
            Failure::Fault(fault) if fault.is_busy() => Self::Busy,
            other => Self::Fault(crate::failure::chain(&other)),
        }
    }
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::NotLoggedIn | Stop::Csrf | Stop::Expired(_) => Self::NotLoggedIn,
            Stop::PasswordFirst => Self::Forbidden(Forbidden::PasswordFirst { action: String::new() }),
            Stop::Denied(action) => Self::Forbidden(Forbidden::Unlisted { action }),
            Stop::Forbidden | Stop::NoRole => Self::Forbidden(Forbidden::Unlisted { action: String::new() }),
            Stop::Hidden => Self::Absent,
            Stop::Refused(reasons) => Self::Refused(reasons),
            Stop::TooLarge => Self::TooLarge,
            Stop::Malformed => Self::NotJson("the body can't be read".to_owned()),
            Stop::Fault(said) => Self::Fault(said),
            Stop::Outdated { version } => Self::Outdated { version, changes: Vec::new() },
            Stop::Answered(answer) => Self::Answered(answer),
        }
    }
}

impl IntoResponse for Halt {
    fn into_response(self) -> Response {
        let mut response = self.kind().1.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What halted an answer: our own word for it, or what a layer said by its status alone.
pub fn halted(response: &Response) -> Option<Halt> {
    if let Some(halt) = response.extensions().get::<Halt>() {
        return Some(halt.clone());
    }
    if let Some(stop) = response.extensions().get::<Stop>() {
        return Some(stop.clone().into());
    }
    let json = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == MEDIA_TYPE);
    match response.status() {
        _ if json => None,
        StatusCode::METHOD_NOT_ALLOWED => Some(Halt::Method),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Halt::Unsupported),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Halt::TooLarge),
        StatusCode::REQUEST_TIMEOUT => Some(Halt::Late),
        StatusCode::NOT_FOUND => Some(Halt::Absent),
        status if status.is_server_error() => Some(Halt::Fault(format!("a layer answered {status}"))),
        status if status.is_client_error() => Some(Halt::NotJson(format!("the request can't be read: {status}"))),
        _ => None,
    }
}

/// The answer to a halted request.
pub async fn dressed(web: &Web, language: Language, address: &str, place: &str, halt: Halt) -> Response {
    if let Halt::Answered(answer) = halt {
        return super::reply::answered(answer, true);
    }
    let (code, status) = halt.kind();
    let words = &web.pages.words;
    let say = |key: String| words.say_with(language, &key, &[]).unwrap_or(key);
    let said = |reason: &ReasonView, pointer: Option<&str>| Reason {
        message: words.reason(language, &reason.code, &reason.fields).unwrap_or_else(|_| reason.code.clone()),
        pointer: pointer.map(str::to_owned),
        code: reason.code.clone(),
        fields: reason.fields.clone(),
    };
    let mut problem = Problem {
        kind: format!("/api/reference#problem-{code}"),
        title: say(format!("problem-{code}")),
        status: status.as_u16(),
        detail: Some(say(format!("problem-{code}-what"))),
        instance: address.to_owned(),
        code: code.to_owned(),
        reasons: Vec::new(),
        reference: None,
        version: None,
        changes: Vec::new(),
    };
    let mut headers: Vec<(header::HeaderName, String)> = Vec::new();
    match halt {
        Halt::NotLoggedIn => headers.push((header::WWW_AUTHENTICATE, CHALLENGE.to_owned())),
        Halt::Forbidden(why) => problem.reasons.push(said(&gangmu_app::plan::forbidden(&why), None)),
        Halt::Refused(reasons) => problem.reasons = reasons.iter().map(|r| said(r, pointer(&r.code))).collect(),
        Halt::Misfit(misfits) => {
            let reason = |m: Misfit| {
                let fields = BTreeMap::from([("place".to_owned(), m.pointer.clone()), ("said".to_owned(), m.said)]);
                said(&ReasonView { code: "api-misfit".to_owned(), fields }, Some(&m.pointer))
            };
            problem.reasons = misfits.into_iter().map(reason).collect();
        }
        Halt::NotJson(said) => problem.detail = problem.detail.map(|detail| format!("{detail} ({said})")),
        Halt::Outdated { version, changes } => {
            headers.push((header::ETAG, format!("\"{version}\"")));
            problem.version = Some(version);
            problem.changes = changes.into_iter().map(Change::from).collect();
        }
        Halt::Limited(seconds) => headers.push((header::RETRY_AFTER, seconds.to_string())),
        Halt::Busy => headers.push((header::RETRY_AFTER, "1".to_owned())),
        Halt::Fault(error) => {
            let number = faults::number(&web.app);
            tracing::error!(%number, %error, place, "a request failed");
            faults::record(&web.app, &number, place, &error).await;
            problem.reference = Some(number);
        }
        _ => {}
    }
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = (status, [(header::CONTENT_TYPE, MEDIA_TYPE)], body).into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            out.insert(name, value);
        }
    }
    response
}
