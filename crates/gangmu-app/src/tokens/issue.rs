//! Making a token (新建令牌): it is shown once, the database knows only its hash.

use super::{LONGEST, MOST, SIGN, TokenRefusal, grantable, object};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, operate},
    session::Session,
};
use gangmu_kernel::refusal::Reasons;
use gangmu_store::{
    journal::canonical::hex,
    tokens::{self as rows, TokenRow},
};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// The token to be made.
#[derive(Debug, Clone, Default)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// The actions that it may.
    pub scope: Vec<String>,
    /// Days until it ends.
    pub days: i64,
}

/// The token that was made.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Its key.
    pub id: i64,
    /// The token itself, shown once.
    pub token: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// Makes a token for the person who is logged in, or says everything that speaks against it.
pub async fn issue(app: &App, session: &Session, new: NewToken) -> Result<Issued, Failure> {
    const OPERATION: Operation = Operation::under("tokens.issue", "tokens.own");
    let token = format!("{SIGN}{}", hex(&app.random.bytes32()));
    let hash: [u8; 32] = Sha256::digest(&token).into();
    let mut refusals = faults(app, session, &new);
    let (id, expires_at) = operate(app, session, OPERATION, move |work| {
        let owner = work.session.actor.account;
        let live = |row: &TokenRow| row.revoked_at.is_none() && row.expires_at > work.now;
        let held = rows::of_account(work.tx, owner, 200)?.iter().filter(|row| live(row)).count();
        if held >= MOST {
            refusals.push(TokenRefusal::TooMany { most: MOST });
        }
        if let Some(reasons) = Reasons::of(&refusals) {
            return Err(reasons.into());
        }
        let mut scope = new.scope;
        scope.sort();
        scope.dedup();
        let expires_at = work.now + SignedDuration::from_hours(24 * new.days);
        let mut row = TokenRow {
            id: 0,
            account: owner,
            name: new.name.trim().to_owned(),
            hash,
            scope,
            created_at: work.now,
            expires_at,
            used_at: None,
            revoked_at: None,
        };
        row.id = rows::add(work.tx, &row)?;
        let after = work.digest(&row);
        Ok(Done::recorded((row.id, expires_at), Record::on(object(row.id)).after(after)))
    })
    .await?;
    Ok(Issued { id, token, expires_at })
}

fn faults(app: &App, session: &Session, new: &NewToken) -> Vec<TokenRefusal> {
    let mut faults = Vec::new();
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        faults.push(TokenRefusal::BadName);
    }
    if new.scope.is_empty() {
        faults.push(TokenRefusal::EmptyScope);
    }
    if !(1..=LONGEST).contains(&new.days) {
        faults.push(TokenRefusal::BadExpiry { most: LONGEST });
    }
    let grantable = grantable(app.access(), session);
    let beyond = new.scope.iter().filter(|action| !grantable.contains(action));
    faults.extend(beyond.map(|action| TokenRefusal::BeyondOwner { action: action.clone() }));
    faults
}
