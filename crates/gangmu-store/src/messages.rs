//! What the program tells people (消息) as rows, and how each wants to be told (提醒设置).

use crate::{db::Tx, dialect::List, fault::Fault, params, value::Row};
use gangmu_kernel::ids::{AccountId, MessageId};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// A message to one person (消息).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MessageRow {
    /// Its key.
    pub id: MessageId,
    /// To whom.
    pub account: AccountId,
    /// Its kind, a word.
    pub kind: String,
    /// What fills the words of its kind.
    pub fields: BTreeMap<String, String>,
    /// The page that it leads to.
    pub address: String,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When the person read it.
    pub read_at: Option<Timestamp>,
    /// Where its mail stands: `none`, `waiting`, `digest`, `sent`, `failed`.
    pub mail: String,
    /// When the mail is due, was sent or failed.
    pub mail_at: Option<Timestamp>,
    /// The number of the fault under which the mail failed.
    pub mail_fault: Option<String>,
}

/// A message that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage<'a> {
    /// To whom.
    pub account: AccountId,
    /// Its kind.
    pub kind: &'a str,
    /// What fills the words of its kind.
    pub fields: &'a BTreeMap<String, String>,
    /// The page that it leads to.
    pub address: &'a str,
    /// What keeps the same thing from being told twice.
    pub key: &'a str,
    /// When.
    pub at: Timestamp,
    /// Where its mail stands.
    pub mail: &'a str,
    /// When the mail is due.
    pub mail_at: Option<Timestamp>,
}

/// How a person wants to be told (提醒设置).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreferenceRow {
    /// The language of mails: `zh-CN` or `en`.
    pub language: String,
    /// The minute of the day from which nothing is mailed.
    pub quiet_from: i64,
    /// The minute of the day until which nothing is mailed; the same as `quiet_from` where no hours are quiet.
    pub quiet_until: i64,
    /// Is nothing mailed on days off?
    pub workdays_only: bool,
    /// The minute of the day of the digest.
    pub digest_at: i64,
    /// Kinds whose mail the person chose otherwise than it is by default: `never`, `digest`, `at_once`.
    pub choices: BTreeMap<String, String>,
}

crate::statements! {
    SEND = "INSERT INTO messages (account, kind, fields, address, key, created_at, mail, mail_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (account, key) DO NOTHING RETURNING id";
    FIND = "SELECT id, account, kind, fields, address, created_at, read_at, mail, mail_at, mail_fault
      FROM messages WHERE id = $1";
    UNREAD = "SELECT count(*) FROM messages WHERE account = $1 AND read_at IS NULL";
    NEWEST = "SELECT coalesce(max(id), 0) FROM messages WHERE account = $1";
    READ = "UPDATE messages SET read_at = $3 WHERE account = $1 AND id = $2 AND read_at IS NULL";
    READ_UP_TO = "UPDATE messages SET read_at = $3 WHERE account = $1 AND id <= $2 AND read_at IS NULL";
    IN_DIGEST = "SELECT id, account, kind, fields, address, created_at, read_at, mail, mail_at, mail_fault
      FROM messages WHERE account = $1 AND mail = 'digest' ORDER BY id LIMIT $2";
    MAILED = "UPDATE messages SET mail = $2, mail_at = $3, mail_fault = $4 WHERE id = $1";
    PREFERENCES = "SELECT language, quiet_from, quiet_until, workdays_only, digest_at
      FROM message_preferences WHERE account = $1";
    PREFER = "INSERT INTO message_preferences (account, language, quiet_from, quiet_until, workdays_only, digest_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (account) DO UPDATE SET language = excluded.language, quiet_from = excluded.quiet_from,
        quiet_until = excluded.quiet_until, workdays_only = excluded.workdays_only, digest_at = excluded.digest_at";
    CHOICES = "SELECT kind, mail FROM message_choices WHERE account = $1 ORDER BY kind";
    CLEAR_CHOICES = "DELETE FROM message_choices WHERE account = $1";
    CHOOSE = "INSERT INTO message_choices (account, kind, mail) VALUES ($1, $2, $3)";
}

/// Sends a message; `None` where the person was told the same thing before.
pub fn send(tx: &mut Tx<'_>, new: &NewMessage<'_>) -> Result<Option<MessageId>, Fault> {
    let fields = serde_json::to_value(new.fields).expect("texts under texts are JSON");
    let values = params![new.account, new.kind, fields, new.address, new.key, new.at, new.mail, new.mail_at];
    tx.maybe(SEND, values, |row| row.get(0))
}

/// The message of that key.
pub fn find(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<MessageRow>, Fault> {
    tx.maybe(FIND, params![id], message)
}

/// How many messages the person has not read.
pub fn unread(tx: &mut Tx<'_>, account: AccountId) -> Result<i64, Fault> {
    tx.one(UNREAD, params![account], |row| row.get(0))
}

/// The key of the person's newest message; 0 where there is none.
pub fn newest(tx: &mut Tx<'_>, account: AccountId) -> Result<i64, Fault> {
    tx.one(NEWEST, params![account], |row| row.get(0))
}

/// A page of the person's messages, newest first: older than that one, and only what is unread where asked.
pub fn page(
    tx: &mut Tx<'_>,
    account: AccountId,
    unread_only: bool,
    older_than: Option<MessageId>,
    limit: i64,
) -> Result<Vec<MessageRow>, Fault> {
    let list = page_list(account, unread_only, older_than, limit);
    tx.query(&list, list.params(), message)
}

fn page_list(account: AccountId, unread_only: bool, older_than: Option<MessageId>, limit: i64) -> List {
    const HEAD: &str = "SELECT id, account, kind, fields, address, created_at, read_at, mail, mail_at, mail_fault
        FROM messages";
    let list = List::new(HEAD).and("account = $#", [account.into()]).and_if("id < $#", older_than);
    let list = if unread_only { list.and("read_at IS NULL", []) } else { list };
    list.end("ORDER BY id DESC LIMIT $#", [limit.into()])
}

/// Every text that the page's list can take.
pub(crate) fn lists() -> Vec<(&'static str, List)> {
    let (account, before) = (AccountId(1), Some(MessageId(1)));
    [(false, None), (false, before), (true, None), (true, before)]
        .map(|(unread, before)| ("messages::page", page_list(account, unread, before, 1)))
        .to_vec()
}

/// Notes that the person read a message. Was it unread?
pub fn read(tx: &mut Tx<'_>, account: AccountId, id: MessageId, at: Timestamp) -> Result<bool, Fault> {
    Ok(tx.execute(READ, params![account, id, at])? > 0)
}

/// Notes that the person read everything up to that message; what came later stays unread. How many.
pub fn read_up_to(tx: &mut Tx<'_>, account: AccountId, id: MessageId, at: Timestamp) -> Result<u64, Fault> {
    tx.execute(READ_UP_TO, params![account, id, at])
}

/// What waits for the person's digest, oldest first.
pub fn in_digest(tx: &mut Tx<'_>, account: AccountId, limit: i64) -> Result<Vec<MessageRow>, Fault> {
    tx.query(IN_DIGEST, params![account, limit], message)
}

/// Notes where the mail of a message stands.
pub fn mailed(
    tx: &mut Tx<'_>,
    id: MessageId,
    mail: &str,
    at: Option<Timestamp>,
    fault: Option<&str>,
) -> Result<(), Fault> {
    tx.execute(MAILED, params![id, mail, at, fault]).map(drop)
}

/// How the person wants to be told; `None` where nothing was ever chosen.
pub fn preferences(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<PreferenceRow>, Fault> {
    let found = tx.maybe(PREFERENCES, params![account], |row| {
        Ok(PreferenceRow {
            language: row.get(0)?,
            quiet_from: row.get(1)?,
            quiet_until: row.get(2)?,
            workdays_only: row.get(3)?,
            digest_at: row.get(4)?,
            choices: BTreeMap::new(),
        })
    })?;
    let Some(mut found) = found else { return Ok(None) };
    let choices = tx.query(CHOICES, params![account], |row| Ok((row.get(0)?, row.get(1)?)))?;
    found.choices = choices.into_iter().collect();
    Ok(Some(found))
}

/// Saves how the person wants to be told.
pub fn prefer(tx: &mut Tx<'_>, account: AccountId, row: &PreferenceRow) -> Result<(), Fault> {
    let values = params![account, &row.language, row.quiet_from, row.quiet_until, row.workdays_only, row.digest_at];
    tx.execute(PREFER, values)?;
    tx.execute(CLEAR_CHOICES, params![account])?;
    for (kind, mail) in &row.choices {
        tx.execute(CHOOSE, params![account, kind, mail])?;
    }
    Ok(())
}

fn message(row: &Row<'_>) -> Result<MessageRow, Fault> {
    let fields: serde_json::Value = row.get(3)?;
    let fields = serde_json::from_value(fields).map_err(|error| Fault::Column {
        column: 3,
        wanted: "texts under texts",
        got: error.to_string(),
    })?;
    Ok(MessageRow {
        id: row.get(0)?,
        account: row.get(1)?,
        kind: row.get(2)?,
        fields,
        address: row.get(4)?,
        created_at: row.get(5)?,
        read_at: row.get(6)?,
        mail: row.get(7)?,
        mail_at: row.get(8)?,
        mail_fault: row.get(9)?,
    })
}
