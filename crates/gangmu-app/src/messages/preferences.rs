//! How a person wants to be told (提醒设置): mail by kind, quiet hours, days off, the hour of the digest.

use super::due::{DAY, Preferences};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, look, operate},
    session::Session,
};
use gangmu_kernel::{refusal::Reasons, refusals};
use gangmu_store::{journal::Object, messages as rows};

refusals! {
    /// Why preferences are not saved (设置有误).
    pub enum BadPreferences {
        /// An hour is no hour of a day.
        #[error("an hour is no hour of a day")]
        Hour {} = "messages-preferences-hour",
        /// The language of mails is none that the program speaks.
        #[error("the program does not speak this language")]
        Language {} = "messages-preferences-language",
    }
}

/// How the person wants to be told; what holds for everybody where nothing was chosen.
pub async fn preferences(app: &App, session: &Session) -> Result<Preferences, Failure> {
    let account = session.actor.account;
    let found = look(app, session, "messages.own", move |tx| Ok(rows::preferences(tx, account)?)).await?;
    Ok(found.as_ref().map_or_else(Preferences::default, Preferences::of_row))
}

/// Saves how the person wants to be told.
pub async fn prefer(app: &App, session: &Session, wanted: Preferences) -> Result<(), Failure> {
    let mut refusals = Vec::new();
    let (from, until) = wanted.quiet.unwrap_or((0, 0));
    if [from, until, wanted.digest_at].iter().any(|minute| !(0..DAY).contains(minute)) {
        refusals.push(BadPreferences::Hour {});
    }
    if !["zh-CN", "en"].contains(&wanted.language.as_str()) {
        refusals.push(BadPreferences::Language {});
    }
    if let Some(reasons) = Reasons::of(&refusals) {
        return Err(reasons.into());
    }
    operate(app, session, Operation::under("messages.prefer", "messages.own"), move |work| {
        let account = work.session.actor.account;
        let before = rows::preferences(work.tx, account)?;
        let after = wanted.to_row();
        if before.as_ref() == Some(&after) {
            return Ok(Done::nothing(()));
        }
        rows::prefer(work.tx, account, &after)?;
        let record = Record::on(Object::new("preferences", account));
        let record = match &before {
            Some(before) => record.changed(before, &after),
            None => record.made(&after),
        };
        Ok(Done::recorded((), record))
    })
    .await
}
