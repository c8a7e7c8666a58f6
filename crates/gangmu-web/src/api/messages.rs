//! Messages to the owner of the token (消息): the inbox, what was read, and how the owner wants to be told.

use super::{
    about::About,
    caller::Caller,
    input::{Asked, Body, Named, Nothing},
    problem::Halt,
    reply,
};
use crate::web::Web;
use axum::{extract::State, http::Uri, response::Response};
use gangmu_app::messages::{
    Kind, Mail, Preferences,
    inbox::{self, MessageView},
    preferences,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// A message (消息).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Message {
    /// Its number (编号).
    pub id: i64,
    /// Its kind, as a word that never changes (种类).
    pub kind: String,
    /// In words (内容).
    pub text: String,
    /// The facts of these words (数据项).
    pub fields: BTreeMap<String, String>,
    /// When (时间).
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// It was read (是否已读).
    pub read: bool,
    /// `none`, `waiting`, `digest`, `sent` or `failed`: where its mail stands (邮件状态).
    pub mail: String,
    /// When the mail is due, was sent or failed (邮件时间).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub mail_at: Option<Timestamp>,
    /// Number of the fault, where the mail failed (邮件的故障编号).
    pub mail_fault: Option<String>,
}

fn message(web: &Web, caller: &Caller, view: MessageView) -> Message {
    let fields: Vec<(&str, String)> = view.fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let said = web.pages.words.say_with(caller.language, &format!("message-{}", view.kind), &fields);
    Message {
        id: view.id,
        text: said.unwrap_or_else(|_| view.kind.to_owned()),
        kind: view.kind.to_owned(),
        fields: view.fields,
        at: view.at.parse().unwrap_or_default(),
        read: view.read,
        mail: view.mail,
        mail_at: view.mail_at.and_then(|at| at.parse().ok()),
        mail_fault: view.mail_fault,
    }
}

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Inbox {
    /// Only those that were not read (只要未读的).
    unread: Option<bool>,
    /// Rows of the page (每页条数).
    limit: Option<u32>,
    /// What the page before gave as next (上一页给出的 next).
    after: Option<String>,
}

/// Lists messages, newest first.
pub const LIST: About = About::pages::<Message>("messages.list").asked::<Inbox>();

/// `GET /api/v1/messages`.
pub async fn list(
    State(web): State<Web>,
    caller: Caller,
    uri: Uri,
    Asked(asked): Asked<Inbox>,
) -> Result<Response, Halt> {
    let (limit, after) = (reply::limit(asked.limit)?, reply::opened_as(asked.after.as_deref())?);
    let unread = asked.unread == Some(true);
    let view = inbox::inbox(&web.app, &caller.session, unread, after, limit as usize).await?;
    let messages = view.messages.into_iter().map(|view| message(&web, &caller, view)).collect();
    reply::page(&uri, messages, view.older.map(|older| older.to_string()))
}

/// How many messages wait to be read (未读消息).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Unread {
    /// How many (条数).
    pub unread: i64,
    /// Number of the newest message, 0 where there is none (最新消息的编号).
    pub newest: i64,
}

/// Counts the messages that were not read.
pub const UNREAD: About = About::gives::<Unread>("messages.unread");

/// `GET /api/v1/messages/unread`.
pub async fn unread(State(web): State<Web>, caller: Caller) -> Result<Response, Halt> {
    let (unread, newest) = inbox::unread(&web.app, &caller.session).await?;
    reply::json(&Unread { unread, newest })
}

/// Where a message leads (消息所指).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Opened {
    /// The page (页面地址).
    pub page: String,
}

/// Reads a message: it counts as read from now on.
pub const READ: About = About::gives::<Opened>("messages.read").unkeyed();

/// `POST /api/v1/messages/{id}/read`.
pub async fn read(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    _: Body<Nothing>,
) -> Result<Response, Halt> {
    reply::json(&Opened { page: inbox::open(&web.app, &caller.session, id).await? })
}

/// Up to which message everything counts as read (读到哪一条).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpTo {
    /// Number of that message (消息编号).
    #[schema(minimum = 0)]
    newest: i64,
}

/// How many turned from unread to read (新标为已读的条数).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MessagesRead {
    /// How many (条数).
    pub count: u64,
}

/// Reads everything up to a message; what came later stays unread.
pub const READ_UP_TO: About = About::gives::<MessagesRead>("messages.read_up_to").takes::<UpTo>().unkeyed();

/// `POST /api/v1/messages/read`.
pub async fn read_up_to(State(web): State<Web>, caller: Caller, body: Body<UpTo>) -> Result<Response, Halt> {
    if body.value.newest < 0 {
        return Err(reply::misfit("/newest", "a number from 0 on"));
    }
    let count = inbox::read_up_to(&web.app, &caller.session, body.value.newest).await?;
    reply::json(&MessagesRead { count })
}

/// How the owner of the token wants to be told (提醒设置).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessagePreferences {
    /// The language of mails (邮件语言).
    language: MailLanguage,
    /// Minute of the day from which nothing is mailed; null where no hours are quiet (免打扰开始，一天中的第几分钟).
    #[schema(minimum = 0, maximum = 1439)]
    quiet_from: Option<i64>,
    /// Minute of the day until which nothing is mailed (免打扰结束).
    #[schema(minimum = 0, maximum = 1439)]
    quiet_until: Option<i64>,
    /// Nothing is mailed on days off (节假日不发).
    workdays_only: bool,
    /// Minute of the day of the digest (汇总时间).
    #[schema(minimum = 0, maximum = 1439)]
    digest_at: i64,
    /// Kinds of messages that are mailed otherwise than usual, each with `at_once`, `digest` or `never` (另行设置的种类).
    kinds: BTreeMap<String, MailWay>,
}

/// A language of mails (邮件语言).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub enum MailLanguage {
    /// Chinese (中文).
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English (英文).
    #[serde(rename = "en")]
    English,
}

/// When a message is mailed (邮件方式).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailWay {
    /// On its own (即时).
    AtOnce,
    /// With the others of the day (每日汇总).
    Digest,
    /// Not at all (不发).
    Never,
}

impl From<Mail> for MailWay {
    fn from(mail: Mail) -> Self {
        match mail {
            Mail::AtOnce => Self::AtOnce,
            Mail::Digest => Self::Digest,
            Mail::Never => Self::Never,
        }
    }
}

impl From<MailWay> for Mail {
    fn from(way: MailWay) -> Self {
        match way {
            MailWay::AtOnce => Self::AtOnce,
            MailWay::Digest => Self::Digest,
            MailWay::Never => Self::Never,
        }
    }
}

impl From<Preferences> for MessagePreferences {
    fn from(held: Preferences) -> Self {
        let way = |(kind, mail): (Kind, Mail)| (kind.word().to_owned(), mail.into());
        Self {
            language: if held.language == "en" { MailLanguage::English } else { MailLanguage::Chinese },
            quiet_from: held.quiet.map(|quiet| quiet.0),
            quiet_until: held.quiet.map(|quiet| quiet.1),
            workdays_only: held.workdays_only,
            digest_at: held.digest_at,
            kinds: held.choices.into_iter().map(way).collect(),
        }
    }
}

impl MessagePreferences {
    fn read(self) -> Result<Preferences, Halt> {
        let unknown = |kind: &str| reply::misfit(&format!("/kinds/{kind}"), "no kind of messages");
        let mut choices = BTreeMap::new();
        for (word, way) in self.kinds {
            let kind = Kind::of_word(&word).ok_or_else(|| unknown(&word))?;
            choices.insert(kind, way.into());
        }
        let quiet = match (self.quiet_from, self.quiet_until) {
            (Some(from), Some(until)) => Some((from, until)),
            (None, None) => None,
            _ => return Err(reply::misfit("/quiet_until", "both ends of the quiet hours, or none")),
        };
        let language = match self.language {
            MailLanguage::Chinese => "zh-CN",
            MailLanguage::English => "en",
        };
        let (workdays_only, digest_at) = (self.workdays_only, self.digest_at);
        Ok(Preferences { language: language.to_owned(), quiet, workdays_only, digest_at, choices })
    }
}

/// Shows how the owner of the token wants to be told.
pub const PREFERENCES: About = About::gives::<MessagePreferences>("messages.preferences");

/// `GET /api/v1/messages/preferences`.
pub async fn preferences_now(State(web): State<Web>, caller: Caller) -> Result<Response, Halt> {
    reply::json(&MessagePreferences::from(preferences::preferences(&web.app, &caller.session).await?))
}

/// Says how the owner of the token wants to be told.
pub const PREFER: About = About::step("messages.prefer").takes::<MessagePreferences>();

/// `PUT /api/v1/messages/preferences`.
pub async fn prefer(State(web): State<Web>, caller: Caller, body: Body<MessagePreferences>) -> Result<Response, Halt> {
    let session = caller.once(body.digest)?;
    reply::done(preferences::prefer(&web.app, &session, body.value.read()?).await)
}
