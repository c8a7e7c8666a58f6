//! Appointing a deputy (指定代办) and ending an appointment before its last day.
//!
//! The holder of the post appoints, or whoever may give the holder roles.

use super::{PostRefusal, refuse_meetings, told};
use crate::{
    access::Access,
    accounts::normal_login,
    app::App,
    failure::Failure,
    operate::{Done, Operation, Work, operate},
    session::Session,
};
use gangmu_kernel::{
    ids::{DeputyId, PostId},
    refusal::Reasons,
};
use gangmu_store::{
    Scope, accounts as account_rows,
    posts::{self as rows, DeputyRow, PostRow},
};
use jiff::civil::Date;

/// A deputy to be appointed.
#[derive(Debug, Clone)]
pub struct NewDeputy {
    /// Login of the deputy.
    pub login: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Why.
    pub reason: String,
}

/// Appoints a deputy for a post. Who may give roles acts under that action: so a token may do it as well, which never
/// may what is one's own.
pub async fn appoint(app: &App, session: &Session, post: PostId, new: NewDeputy) -> Result<DeputyId, Failure> {
    let roles = over_others(app.access(), session);
    let operation = match roles {
        Some(_) => Operation::under("posts.appoint_deputy", "accounts.roles"),
        None => Operation::under("posts.appoint_deputy", "accounts.own"),
    };
    operate(app, session, operation, move |work| {
        let post = found(work, post, roles)?;
        let login = normal_login(&new.login);
        let deputy = account_rows::by_login(work.tx, &login)?.filter(|deputy| !deputy.disabled);
        let mut refusals = Vec::new();
        if new.until < new.from || new.until < work.today() {
            refusals.push(PostRefusal::BadDays);
        } else if !post.held_on(new.from) || !post.held_on(new.until) {
            refusals.push(PostRefusal::NotHeld);
        }
        let reason = new.reason.trim().to_owned();
        if reason.is_empty() || reason.chars().count() > 200 {
            refusals.push(PostRefusal::ReasonNeeded);
        }
        match &deputy {
            None => refusals.push(PostRefusal::NoSuchPerson { login }),
            Some(deputy) if deputy.id == post.account => refusals.push(PostRefusal::OwnDeputy),
            Some(_) => {}
        }
        refusals.extend(overlapping(work, &post, &new)?);
        if let Some(reasons) = Reasons::of(&refusals) {
            return Err(reasons.into());
        }
        let deputy = deputy.ok_or(Failure::Absent("account"))?;
        let mut row = DeputyRow {
            id: DeputyId(0),
            post: post.id,
            account: deputy.id,
            from: new.from,
            until: new.until,
            reason: reason.clone(),
            appointed_by: work.session.by().name,
            appointed_at: work.now,
            ended_at: None,
        };
        row.id = rows::add_deputy(work.tx, &row)?;
        refuse_meetings(work, deputy.id)?;
        Ok(Done::recorded(row.id, told::appointed(&row)))
    })
    .await
}

/// Ends an appointment now; also the deputy may.
pub async fn dismiss(app: &App, session: &Session, deputy: DeputyId) -> Result<(), Failure> {
    let roles = over_others(app.access(), session);
    let operation = match roles {
        Some(_) => Operation::under("posts.dismiss_deputy", "accounts.roles"),
        None => Operation::under("posts.dismiss_deputy", "accounts.own"),
    };
    operate(app, session, operation, move |work| {
        let before = rows::find_deputy(work.tx, deputy)?.ok_or(Failure::Absent("deputy"))?;
        if before.account != work.session.actor.account {
            found(work, before.post, roles).map_err(|_| Failure::Absent("deputy"))?;
        }
        if before.ended_at.is_some() || before.until < work.today() {
            return Ok(Done::nothing(()));
        }
        rows::end_deputy(work.tx, deputy, work.now)?;
        let after = DeputyRow { ended_at: Some(work.now), ..before.clone() };
        Ok(Done::recorded((), told::dismissed(&before, &after)))
    })
    .await
}

/// As far as this person may give others roles; none where not at all.
fn over_others(access: &Access, session: &Session) -> Option<Scope> {
    session.may(access, "accounts.roles").then(|| access.scope("accounts.roles", session))
}

/// The post, for its holder and for whoever may give the holder roles; a deputy passes nothing on.
fn found(work: &mut Work<'_, '_>, post: PostId, over_others: Option<Scope>) -> Result<PostRow, Failure> {
    let post = rows::find(work.tx, post)?.ok_or(Failure::Absent("post"))?;
    let own = post.account == work.session.actor.account && work.session.principal.is_none();
    if own {
        return Ok(post);
    }
    let Some(scope) = over_others else { return Err(Failure::Absent("post")) };
    let holder = account_rows::find(work.tx, post.account)?.ok_or(Failure::Absent("post"))?;
    let before = work.tx.scope().clone();
    work.tx.within(scope);
    let mine = account_rows::by_login_within(work.tx, &holder.login);
    work.tx.within(before);
    mine?.map(|_| post).ok_or(Failure::Absent("post"))
}

/// One deputy at a time acts in a post.
fn overlapping(work: &mut Work<'_, '_>, post: &PostRow, new: &NewDeputy) -> Result<Option<PostRefusal>, Failure> {
    let overlaps =
        |deputy: &DeputyRow| deputy.ended_at.is_none() && deputy.from <= new.until && new.from <= deputy.until;
    let other = rows::deputies_of(work.tx, post.id)?.into_iter().find(overlaps);
    let Some(other) = other else { return Ok(None) };
    let name = account_rows::find(work.tx, other.account)?.map(|person| person.name).unwrap_or_default();
    Ok(Some(PostRefusal::AnotherDeputy { name }))
}
