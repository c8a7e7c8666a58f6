//! Opening an account with a code (激活账号): the person chooses the first password, and is in.

use super::{
    AccountRefusal,
    login::{LoggedIn, Origin, enter},
    passwords, save,
};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, operate},
    session::Session,
};
use gangmu_kernel::refusal::Reasons;
use gangmu_store::{
    Fault, Tx,
    accounts::{self as rows, AccountRow},
    journal::By,
    rosters,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

const OPERATION: Operation = Operation::under("accounts.activate", "accounts.login");

/// Opens the account of that code with a password of the person's own. A code that is unknown, over or used says the
/// same.
pub async fn activate(app: &App, code: &str, password: &str, origin: Origin) -> Result<LoggedIn, Failure> {
    let (hash, now) = (code_hash(code), app.now());
    let found = app.db.read::<_, Fault>(move |tx| open(tx, &hash, now)).await?;
    let row = found.ok_or_else(|| Failure::refused(AccountRefusal::BadCode))?;
    let whose = passwords::Whose { login: &row.login, name: &row.name };
    if let Some(reasons) = Reasons::of(&passwords::faults(password, whose)) {
        return Err(reasons.into());
    }
    let password = app.passwords.hash(&*app.random, password.to_owned()).await?;
    let opened = operate(app, &Session::public(), OPERATION, move |work| {
        // Between looking and now somebody else may have used it.
        let before = open(work.tx, &hash, work.now)?.ok_or_else(|| Failure::refused(AccountRefusal::BadCode))?;
        let after = AccountRow { password, password_set_at: work.now, must_change: false, ..before.clone() };
        let record = save(work, &before, &after)?;
        rosters::forget_code(work.tx, after.id)?;
        Ok(Done::recorded(after.clone(), by_owner(record, &after)))
    })
    .await?;
    enter(app, opened, origin).await
}

/// The person acts, though not logged in yet.
fn by_owner(record: Record, row: &AccountRow) -> Record {
    record.by(By { account: row.id, name: row.name.clone(), post: row.post.clone(), organisation: None, behalf: None })
}

fn open(tx: &mut Tx<'_>, hash: &[u8; 32], now: Timestamp) -> Result<Option<AccountRow>, Fault> {
    let Some(code) = rosters::code(tx, hash)?.filter(|code| code.until > now) else { return Ok(None) };
    Ok(rows::find(tx, code.account)?.filter(|row| row.password == passwords::NONE && !row.disabled))
}

/// What is kept of a code: its signs alone, however they were typed.
pub(crate) fn code_hash(code: &str) -> [u8; 32] {
    let signs: String = code.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    Sha256::digest(signs).into()
}
