//! One's own data (我的资料): how one is reached, and who looked.

use super::{PersonalRefusal, numbers};
use crate::{
    accounts::object,
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, look, operate},
    session::Session,
};
use gangmu_kernel::{masking, refusal::Reasons};
use gangmu_store::{
    accounts::contacts::{self, ContactRow},
    personal as rows,
};
use serde::Serialize;

/// Somebody looked (查看记录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// The post of that person.
    pub post: Option<String>,
    /// The word of the purpose.
    pub purpose: String,
    /// What was written to it.
    pub note: String,
}

impl From<rows::LookRow> for Look {
    fn from(row: rows::LookRow) -> Self {
        Self { at: row.at.to_string(), by: row.by_name, post: row.by_post, purpose: row.purpose, note: row.note }
    }
}

/// One's own data (我的资料).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mine {
    /// The login.
    pub login: String,
    /// The name.
    pub name: String,
    /// The organisation's name.
    pub unit: Option<String>,
    /// The post.
    pub post: Option<String>,
    /// The telephone number.
    pub phone: String,
    /// The address for e-mail.
    pub email: String,
    /// The identity number, masked: nobody needs to read the own one here.
    pub id_number: Option<String>,
    /// Who looked, the last first.
    pub looks: Vec<Look>,
}

/// The data of the person who asks, and who looked at it.
pub async fn mine(app: &App, session: &Session) -> Result<Mine, Failure> {
    let who = session.clone();
    look(app, session, "accounts.own", move |tx| {
        let contact = contacts::find(tx, who.actor.account)?;
        let looks = rows::looks_at(tx, who.actor.account, 100)?;
        Ok(Mine {
            login: who.login,
            name: who.actor.name,
            unit: who.organisation,
            post: who.post,
            phone: contact.phone.unwrap_or_default(),
            email: contact.email.unwrap_or_default(),
            id_number: contact.id_number.as_deref().map(masking::identity_number),
            looks: looks.into_iter().map(Look::from).collect(),
        })
    })
    .await
}

/// Changes how one is reached; an empty text takes it away.
pub async fn save_mine(app: &App, session: &Session, phone: &str, email: &str) -> Result<(), Failure> {
    let mut refusals = Vec::new();
    let (phone, email) = (phone.trim().to_owned(), email.trim().to_owned());
    let read_phone = numbers::phone(&phone);
    let read_email = numbers::email(&email);
    if !phone.is_empty() && read_phone.is_none() {
        refusals.push(PersonalRefusal::BadPhone { phone: phone.clone() });
    }
    if !email.is_empty() && read_email.is_none() {
        refusals.push(PersonalRefusal::BadEmail { email: email.clone() });
    }
    if let Some(reasons) = Reasons::of(&refusals) {
        return Err(reasons.into());
    }
    operate(app, session, Operation::under("personal.save_own", "accounts.own"), move |work| {
        let account = work.session.actor.account;
        let before = contacts::find(work.tx, account)?;
        let after = ContactRow {
            phone: read_phone.filter(|_| !phone.is_empty()),
            email: read_email.filter(|_| !email.is_empty()),
            ..before.clone()
        };
        if after == before {
            return Ok(Done::nothing(()));
        }
        contacts::save(work.tx, account, &after)?;
        Ok(Done::recorded((), Record::on(object(account)).changed(&before, &after).salted()))
    })
    .await
}
