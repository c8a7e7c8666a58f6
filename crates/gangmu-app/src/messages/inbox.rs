//! The inbox (收件箱): a person's messages, newest first, and what has been read.

use super::kind::Kind;
use crate::{
    app::App,
    failure::Failure,
    operate::{housekeep, look},
    session::Session,
};
use gangmu_kernel::ids::MessageId;
use gangmu_store::messages::{self as rows, MessageRow};
use serde::Serialize;
use std::collections::BTreeMap;

/// Messages on a page.
pub const PAGE: usize = 30;

/// A message as a page shows it (消息).
#[derive(Debug, Clone, Serialize)]
pub struct MessageView {
    /// Its key.
    pub id: i64,
    /// The word of its kind.
    pub kind: &'static str,
    /// What fills the words of its kind.
    pub fields: BTreeMap<String, String>,
    /// When it was sent.
    pub at: String,
    /// Has the person read it?
    pub read: bool,
    /// Where its mail stands: `none`, `waiting`, `digest`, `sent`, `failed`.
    pub mail: String,
    /// When the mail is due, was sent or failed.
    pub mail_at: Option<String>,
    /// The number of the fault under which the mail failed.
    pub mail_fault: Option<String>,
}

/// A page of the inbox (收件箱).
#[derive(Debug, Clone, Serialize)]
pub struct InboxView {
    /// The messages, newest first.
    pub messages: Vec<MessageView>,
    /// How many the person has not read.
    pub unread: i64,
    /// Are only unread ones shown?
    pub unread_only: bool,
    /// Where the next, older page begins.
    pub older: Option<i64>,
}

/// A page of the person's messages, no more than `most`.
pub async fn inbox(
    app: &App,
    session: &Session,
    unread_only: bool,
    older_than: Option<i64>,
    most: usize,
) -> Result<InboxView, Failure> {
    let account = session.actor.account;
    look(app, session, "messages.own", move |tx| {
        let limit = i64::try_from(most + 1).unwrap_or(i64::MAX);
        let mut found = rows::page(tx, account, unread_only, older_than.map(MessageId), limit)?;
        let more = found.len() > most;
        found.truncate(most);
        Ok(InboxView {
            older: found.last().filter(|_| more).map(|row| row.id.0),
            // A kind of a later program has no words here.
            messages: found.into_iter().filter_map(shown).collect(),
            unread: rows::unread(tx, account)?,
            unread_only,
        })
    })
    .await
}

/// How many messages the person has not read, and the key of the newest one, for the header and its live count.
pub async fn unread(app: &App, session: &Session) -> Result<(i64, i64), Failure> {
    let account = session.actor.account;
    look(app, session, "messages.own", move |tx| Ok((rows::unread(tx, account)?, rows::newest(tx, account)?))).await
}

/// Opens a message: it is read from now on. The page that it leads to.
pub async fn open(app: &App, session: &Session, id: i64) -> Result<String, Failure> {
    let (account, id, now) = (session.actor.account, MessageId(id), app.now());
    let find = move |tx: &mut gangmu_store::Tx<'_>| {
        let found = rows::find(tx, id)?.filter(|row| row.account == account);
        found.map(|row| (row.address, row.read_at)).ok_or(Failure::Absent("message"))
    };
    let (address, read_at) = look(app, session, "messages.own", find).await?;
    if read_at.is_none() {
        housekeep(app, move |tx| rows::read(tx, account, id, now)).await?;
    }
    Ok(address)
}

/// Everything up to that message is read; what came while the page was open stays unread. How many.
pub async fn read_up_to(app: &App, session: &Session, id: i64) -> Result<u64, Failure> {
    crate::operate::authorise(app, session, "messages.own")?;
    let (account, now) = (session.actor.account, app.now());
    housekeep(app, move |tx| rows::read_up_to(tx, account, MessageId(id), now)).await
}

fn shown(row: MessageRow) -> Option<MessageView> {
    Some(MessageView {
        id: row.id.0,
        kind: Kind::of_word(&row.kind)?.word(),
        fields: row.fields,
        at: row.created_at.to_string(),
        read: row.read_at.is_some(),
        mail: row.mail,
        mail_at: row.mail_at.map(|at| at.to_string()),
        mail_fault: row.mail_fault,
    })
}
