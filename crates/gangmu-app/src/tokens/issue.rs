//! Making a token (新建令牌): it is shown once, the database knows only its hash.

use super::{ACTION, LONGEST, MOST, SIGN, Through, TokenRefusal, grantable, object, operation};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Record, Work, authorise, look, operate},
    posts,
    session::Session,
};
use gangmu_kernel::{ids::PostId, refusal::Reasons};
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
    /// The post in which it acts; none for the one in which its owner acts now.
    pub post: Option<PostId>,
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

/// Makes a token for the person who is logged in, or says everything that speaks against it. Through another token it
/// gets no more than that one has, no longer, in the same post.
pub async fn issue(app: &App, session: &Session, new: NewToken) -> Result<Issued, Failure> {
    let operation = operation("tokens.issue", session);
    authorise(app, session, operation.action)?;
    let token = format!("{SIGN}{}", hex(&app.random.bytes32()));
    let hash: [u8; 32] = Sha256::digest(&token).into();
    let owner = owner_in(app, session, new.post).await?;
    let mut refusals = faults(app, owner.as_ref().unwrap_or(session), &new);
    if owner.is_none() {
        refusals = vec![TokenRefusal::NoSuchPost];
    }
    let post = owner.and_then(|owner| owner.acting);
    let parent = session.through.as_ref().map(|through| through.id);
    let (id, expires_at) = operate(app, session, operation, move |work| {
        let owner = work.session.actor.account;
        if rows::live(work.tx, owner, work.now)? >= MOST {
            refusals.push(TokenRefusal::TooMany { most: MOST });
        }
        if let Some(reasons) = Reasons::of(&refusals) {
            return Err(reasons.into());
        }
        let mut scope = new.scope;
        scope.sort();
        scope.dedup();
        let expires_at = work.now + SignedDuration::from_hours(24 * new.days);
        if let Some(parent) = parent {
            bear(work, parent, expires_at)?;
        }
        let mut row = TokenRow {
            id: 0,
            account: owner,
            post,
            parent,
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

/// May that token have a child now? It may have been revoked after it was admitted, and would not take this one along.
fn bear(work: &mut Work<'_, '_>, parent: i64, until: Timestamp) -> Result<(), Failure> {
    let found = rows::own(work.tx, parent, work.session.actor.account)?;
    let alive = found.filter(|row| row.revoked_at.is_none() && row.expires_at > work.now);
    let parent = alive.ok_or(Failure::Absent("token"))?;
    if until > parent.expires_at { Err(Failure::refused(TokenRefusal::Outlives)) } else { Ok(()) }
}

/// The actions that may be given to a token which acts in that post; none where the person may not act in it today.
pub async fn grantable_in(app: &App, session: &Session, post: Option<PostId>) -> Result<Vec<String>, Failure> {
    let owner = owner_in(app, session, post).await?;
    Ok(owner.map_or_else(Vec::new, |owner| grantable(app.access(), &owner)))
}

/// The owner in the post in which the token is to act; none where the person may not act in it today.
async fn owner_in(app: &App, session: &Session, post: Option<PostId>) -> Result<Option<Session>, Failure> {
    let Some(post) = post.filter(|post| session.acting != Some(*post)) else { return Ok(Some(session.clone())) };
    if session.through.is_some() {
        return Ok(None);
    }
    let (asks, now) = (session.clone(), app.now());
    look(app, session, ACTION, move |tx| Ok(posts::in_post(tx, &asks, post, now)?)).await
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
    let outlives = |through: &Through| app.now() + SignedDuration::from_hours(24 * new.days) > through.expires_at;
    if faults.is_empty() && session.through.as_ref().is_some_and(outlives) {
        faults.push(TokenRefusal::Outlives);
    }
    let grantable = grantable(app.access(), session);
    let beyond = new.scope.iter().filter(|action| !grantable.contains(action));
    faults.extend(beyond.map(|action| TokenRefusal::BeyondOwner { action: action.clone() }));
    faults
}
