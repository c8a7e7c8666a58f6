//! Resetting somebody's password (重置密码): one for the first day, all sessions end.

use super::{find, passwords, save, tell};
use crate::{
    app::App,
    failure::Failure,
    messages::Kind,
    operate::{Done, Operation, authorise, operate},
    session::Session,
};
use gangmu_store::{
    accounts::{AccountRow, clear_failures, formers, sessions},
    rosters,
};

/// Gives an account a password for the first day and opens its login again; the password is shown once.
pub async fn reset_password(app: &App, session: &Session, login: &str) -> Result<String, Failure> {
    const OPERATION: Operation = Operation::under("accounts.reset_password", "accounts.reset");
    authorise(app, session, OPERATION.action)?;
    let password = passwords::first_day(&*app.random);
    let hash = app.passwords.hash(&*app.random, password.clone()).await?;
    let login = login.to_owned();
    operate(app, session, OPERATION, move |work| {
        let before = find(work.tx, &login)?;
        let after = AccountRow { password: hash, password_set_at: work.now, must_change: true, ..before.clone() };
        let record = save(work, &before, &after)?;
        if before.password != passwords::NONE {
            formers::add(work.tx, after.id, before.password_set_at, &before.password, passwords::KEPT)?;
        }
        rosters::forget_code(work.tx, after.id)?;
        clear_failures(work.tx, &after.login)?;
        sessions::end_all(work.tx, after.id, None)?;
        tell(work, Kind::AccountReset, after.id)?;
        Ok(Done::recorded((), record))
    })
    .await?;
    Ok(password)
}
