//! Seeing what is masked (查看完整信息): of one person, for a purpose, once; the journal keeps it as a reading.

use super::{Look, PersonalRefusal, masked_email};
use crate::{
    accounts::{find, object},
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, look, operate},
    session::Session,
};
use gangmu_kernel::{masking, refusal::Reasons};
use gangmu_store::{
    accounts::{
        AccountRow,
        contacts::{self, ContactRow},
    },
    personal::{self as rows, LookRow},
};
use serde::Serialize;

/// Characters that the words to a purpose need and may have.
const WORDS: std::ops::RangeInclusive<usize> = 4..=200;

/// For what personal data is looked at (查看用途).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Reaching the person about work.
    Contact,
    /// Making sure who it is, such as before a reset.
    Identify,
    /// Correcting what is wrong.
    Correct,
    /// An inspection or an audit.
    Inspect,
    /// What the person asked for.
    Request,
}

impl Purpose {
    /// All purposes, in the order of the list.
    pub const ALL: [Self; 5] = [Self::Contact, Self::Identify, Self::Correct, Self::Inspect, Self::Request];

    /// The word in keys and in the journal.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Identify => "identify",
            Self::Correct => "correct",
            Self::Inspect => "inspect",
            Self::Request => "request",
        }
    }
}

/// A person as others see him or her (脱敏信息).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Masked {
    /// The login.
    pub login: String,
    /// The name, masked.
    pub name: String,
    /// The telephone number, masked.
    pub phone: Option<String>,
    /// The address for e-mail, masked.
    pub email: Option<String>,
    /// The identity number, masked.
    pub id_number: Option<String>,
    /// Is the account disabled?
    pub disabled: bool,
    /// Was the person erased?
    pub erased: bool,
    /// Is it asked that the person be erased?
    pub asked: bool,
    /// Who looked, the last first.
    pub looks: Vec<Look>,
}

/// What was masked, for once (完整信息).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Revealed {
    /// The name.
    pub name: String,
    /// The telephone number.
    pub phone: Option<String>,
    /// The address for e-mail.
    pub email: Option<String>,
    /// The identity number.
    pub id_number: Option<String>,
}

/// A person as others see him or her, with who looked.
pub async fn masked(app: &App, session: &Session, login: &str) -> Result<Masked, Failure> {
    let login = login.to_owned();
    look(app, session, "personal.read", move |tx| {
        let row = find(tx, &login)?;
        let contact = contacts::find(tx, row.id)?;
        let (_, erased) = rows::ended(tx, row.id)?;
        let asked = rows::erasures_of(tx, row.id)?.iter().any(|erasure| erasure.state == "asked");
        let looks = rows::looks_at(tx, row.id, 50)?;
        Ok(Masked {
            login: row.login,
            name: masking::name(&row.name),
            phone: contact.phone.as_deref().map(masking::phone),
            email: contact.email.as_deref().map(masked_email),
            id_number: contact.id_number.as_deref().map(masking::identity_number),
            disabled: row.disabled,
            erased: erased.is_some(),
            asked,
            looks: looks.into_iter().map(Look::from).collect(),
        })
    })
    .await
}

/// Shows what is masked of one person, and keeps who saw it for what.
pub async fn reveal(app: &App, session: &Session, login: &str, purpose: &str, note: &str) -> Result<Revealed, Failure> {
    let (login, note) = (login.to_owned(), note.trim().to_owned());
    let known = Purpose::ALL.into_iter().find(|known| known.word() == purpose);
    let mut refusals = Vec::new();
    if known.is_none() {
        refusals.push(PersonalRefusal::NoPurpose { purpose: purpose.to_owned() });
    }
    if !WORDS.contains(&note.chars().count()) {
        refusals.push(PersonalRefusal::NoWords { least: *WORDS.start(), most: *WORDS.end() });
    }
    let purpose = known.unwrap_or(Purpose::Contact);
    operate(app, session, Operation::new("personal.reveal"), move |work| {
        let row = find(work.tx, &login)?;
        let mut refusals = refusals;
        if row.id == work.session.actor.account {
            refusals.push(PersonalRefusal::Own {});
        }
        if let Some(reasons) = Reasons::of(&refusals) {
            return Err(reasons.into());
        }
        let contact = contacts::find(work.tx, row.id)?;
        let by = work.session.by();
        let look = LookRow {
            account: row.id,
            at: work.now,
            by: by.account,
            by_name: by.name,
            by_post: by.post,
            purpose: purpose.word().to_owned(),
            note: note.clone(),
        };
        rows::add_look(work.tx, &look)?;
        let record = Record::on(object(row.id)).reason(Some(format!("{}: {note}", purpose.word())));
        Ok(Done::recorded(revealed(row, contact), record))
    })
    .await
}

fn revealed(row: AccountRow, contact: ContactRow) -> Revealed {
    Revealed { name: row.name, phone: contact.phone, email: contact.email, id_number: contact.id_number }
}
