//! Disabling an account (停用账号) and enabling it again (启用账号): nothing that it did is lost.

use super::{AccountRefusal, find, is_last_administrator, save};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, operate},
    personal::PersonalRefusal,
    session::Session,
};
use gangmu_kernel::refusal::Reasons;
use gangmu_store::{
    accounts::{AccountRow, sessions},
    personal,
};

/// Disables an account: nobody can log in with it, its sessions end.
pub async fn disable(app: &App, session: &Session, login: &str, reason: Option<String>) -> Result<(), Failure> {
    let login = login.to_owned();
    operate(app, session, Operation::under("accounts.disable", "accounts.lock"), move |work| {
        let before = find(work.tx, &login)?;
        if before.disabled {
            return Ok(Done::nothing(()));
        }
        let mut refusals = Vec::new();
        if before.id == work.session.actor.account {
            refusals.push(AccountRefusal::OwnAccount);
        }
        if is_last_administrator(work, &before)? {
            refusals.push(AccountRefusal::LastAdministrator);
        }
        if let Some(reasons) = Reasons::of(&refusals) {
            return Err(reasons.into());
        }
        let after = AccountRow { disabled: true, ..before.clone() };
        let record = save(work, &before, &after)?;
        personal::end(work.tx, after.id, Some(work.now))?;
        sessions::end_all(work.tx, after.id, None)?;
        Ok(Done::recorded((), record.reason(reason)))
    })
    .await
}

/// Enables an account again.
pub async fn enable(app: &App, session: &Session, login: &str, reason: Option<String>) -> Result<(), Failure> {
    let login = login.to_owned();
    operate(app, session, Operation::under("accounts.enable", "accounts.lock"), move |work| {
        let before = find(work.tx, &login)?;
        if !before.disabled {
            return Ok(Done::nothing(()));
        }
        if personal::ended(work.tx, before.id)?.1.is_some() {
            return Err(Failure::refused(PersonalRefusal::Erased {}));
        }
        let after = AccountRow { disabled: false, ..before.clone() };
        let record = save(work, &before, &after)?;
        personal::end(work.tx, after.id, None)?;
        Ok(Done::recorded((), record.reason(reason)))
    })
    .await
}
