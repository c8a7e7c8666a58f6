//! Changing one's own password (修改密码): the present one is asked for, other sessions end.

use super::{AccountRefusal, normal_login, passwords, save};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, authorise, operate},
    session::Session,
};
use gangmu_kernel::refusal::Reasons;
use gangmu_store::{
    Fault,
    accounts::{self as rows, AccountRow, Failures, formers, sessions},
};

/// Changes the password of the person who is logged in.
pub async fn change_password(app: &App, session: &Session, present: &str, new: &str) -> Result<(), Failure> {
    const OPERATION: Operation = Operation::under("accounts.change_password", "accounts.own");
    authorise(app, session, OPERATION.action)?;
    let Some(ticket) = session.ticket.clone() else { return Err(Failure::Absent("account")) };
    let account = session.actor.account;
    let turn = app.passwords.turn().await;
    let found = app.db.read::<_, Fault>(move |tx| {
        let Some(row) = rows::find(tx, account)? else { return Ok(None) };
        let failures = rows::failures(tx, &row.login)?;
        let formers = formers::of(tx, account, passwords::KEPT)?;
        Ok(Some((row, failures, formers)))
    });
    let (row, failures, formers) = found.await?.ok_or(Failure::Absent("account"))?;
    let right = verify(app, &turn, &row, &failures, present).await?;
    if !right {
        return Err(Failure::refused(AccountRefusal::WrongPassword));
    }
    let whose = passwords::Whose { login: &normal_login(&row.login), name: &row.name };
    let mut refusals = passwords::faults(new, whose);
    if new == present {
        refusals.push(AccountRefusal::PasswordUnchanged);
    } else if refusals.is_empty() && app.passwords.is_one_of(&turn, formers, new).await? {
        refusals.push(AccountRefusal::PasswordUsedBefore { kept: passwords::NOT_AGAIN });
    }
    drop(turn);
    if let Some(reasons) = Reasons::of(&refusals) {
        return Err(reasons.into());
    }
    let hash = app.passwords.hash(&*app.random, new.to_owned()).await?;
    operate(app, session, OPERATION, move |work| {
        let before = rows::find(work.tx, account)?.ok_or(Failure::Absent("account"))?;
        if before.password != row.password {
            return Err(Failure::refused(AccountRefusal::WrongPassword));
        }
        let after = AccountRow { password: hash, password_set_at: work.now, must_change: false, ..before.clone() };
        let record = save(work, &before, &after)?;
        formers::add(work.tx, account, before.password_set_at, &before.password, passwords::KEPT)?;
        sessions::end_all(work.tx, account, Some(&ticket.hash))?;
        Ok(Done::recorded((), record))
    })
    .await
}

/// Verifies the present password. A stolen session must not become a way to guess it, so failures count as at login.
async fn verify(
    app: &App,
    turn: &passwords::Turn,
    row: &AccountRow,
    failures: &Failures,
    present: &str,
) -> Result<bool, Failure> {
    if failures.locked_until.is_some_and(|until| until > app.now()) {
        return Ok(false);
    }
    let right = app.passwords.verify(turn, Some(row.password.clone()), present.to_owned()).await?;
    if !right {
        super::login::refuse(app, row.login.clone(), Some(row.clone()), failures.clone()).await?;
    }
    Ok(right)
}
