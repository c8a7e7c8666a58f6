//! Giving a person a post, changing its roles, ending it (任免).

use super::{AREA, PostRefusal, refuse_meetings_around, somebody_gives_roles, told};
use crate::{
    accounts::{AccountRefusal, add::role_faults, find, tell},
    app::App,
    failure::Failure,
    messages::Kind,
    operate::{Done, Operation, Work, operate},
    session::Session,
};
use gangmu_kernel::{
    ids::{OrganisationId, PostId},
    refusal::{Reason, Reasons},
};
use gangmu_store::{
    Bound, areas, organisations,
    posts::{self as rows, Grant, PostRow},
    scope,
};
use jiff::civil::Date;

/// A post to be given.
#[derive(Debug, Clone, Default)]
pub struct NewPost {
    /// What it is called.
    pub title: String,
    /// Code of the organisation.
    pub organisation: String,
    /// First day; none from now on.
    pub from: Option<Date>,
    /// Last day; none without end.
    pub until: Option<Date>,
    /// Words of its roles.
    pub roles: Vec<String>,
    /// How far the roles reach: the code of an organisation, with all below it; `area:` and the code of an area, with all
    /// organisations in it; none for the whole installation.
    pub root: Option<String>,
}

/// Gives a person one more post.
pub async fn add(app: &App, session: &Session, login: &str, new: NewPost) -> Result<PostId, Failure> {
    let login = login.to_owned();
    operate(app, session, Operation::under("posts.add", "accounts.roles"), move |work| {
        let person = find(work.tx, &login)?;
        let mut reasons = role_faults(&new.roles).iter().map(Reason::from).collect::<Vec<_>>();
        let title = new.title.trim();
        if title.is_empty() || title.chars().count() > 40 || title.chars().any(char::is_control) {
            reasons.push(Reason::from(&PostRefusal::BadTitle));
        }
        let over = new.until.is_some_and(|until| until < work.today() || new.from.is_some_and(|from| until < from));
        if over {
            reasons.push(Reason::from(&PostRefusal::BadDays));
        }
        let organisation = within(work, &new.organisation, &mut reasons)?;
        let grants = grants(work, &new.roles, new.root.as_deref(), &mut reasons)?;
        if let Some(reasons) = Reasons::gather(reasons) {
            return Err(reasons.into());
        }
        let mut row = PostRow {
            id: PostId(0),
            account: person.id,
            organisation,
            title: Some(title.to_owned()),
            from: new.from,
            until: new.until,
            created_at: work.now,
            grants,
        };
        row.id = rows::add(work.tx, &row)?;
        refuse_meetings_around(work, &row)?;
        tell(work, Kind::AccountRoles, row.account)?;
        Ok(Done::recorded(row.id, told::given(&row)))
    })
    .await
}

/// Puts these roles, reaching so far, in the place of those that a post had.
pub async fn set_roles(
    app: &App,
    session: &Session,
    login: &str,
    post: PostId,
    roles: Vec<String>,
    root: Option<String>,
) -> Result<(), Failure> {
    let login = login.to_owned();
    operate(app, session, Operation::under("posts.set_roles", "accounts.roles"), move |work| {
        let before = of_person(work, &login, post)?;
        let mut reasons = role_faults(&roles).iter().map(Reason::from).collect::<Vec<_>>();
        let grants = grants(work, &roles, root.as_deref(), &mut reasons)?;
        if let Some(reasons) = Reasons::gather(reasons) {
            return Err(reasons.into());
        }
        let after = PostRow { grants, ..before.clone() };
        if after == before {
            return Ok(Done::nothing(()));
        }
        let today = work.today();
        let kept = somebody_gives_roles(work, today)?;
        rows::save(work.tx, &after)?;
        if kept && !somebody_gives_roles(work, today)? {
            return Err(Failure::refused(AccountRefusal::LastAdministrator));
        }
        refuse_meetings_around(work, &after)?;
        tell(work, Kind::AccountRoles, after.account)?;
        Ok(Done::recorded((), told::changed(&before, &after)))
    })
    .await
}

/// Ends a post with that day; who acts in it, acts in another from the next day on.
pub async fn end(
    app: &App,
    session: &Session,
    login: &str,
    post: PostId,
    until: Date,
    reason: &str,
) -> Result<(), Failure> {
    let (login, reason) = (login.to_owned(), reason.trim().to_owned());
    operate(app, session, Operation::under("posts.end", "accounts.roles"), move |work| {
        let before = of_person(work, &login, post)?;
        let mut refusals = Vec::new();
        if before.from.is_some_and(|from| until < from) {
            refusals.push(PostRefusal::BadDays);
        }
        if reason.is_empty() {
            refusals.push(PostRefusal::ReasonNeeded);
        }
        if let Some(reasons) = Reasons::of(&refusals) {
            return Err(reasons.into());
        }
        let after = PostRow { until: Some(until), ..before.clone() };
        let then = until.tomorrow().unwrap_or(until).max(work.today());
        let kept = somebody_gives_roles(work, then)?;
        rows::save(work.tx, &after)?;
        if kept && !somebody_gives_roles(work, then)? {
            return Err(Failure::refused(AccountRefusal::LastAdministrator));
        }
        Ok(Done::recorded((), told::changed(&before, &after).reason(Some(reason))))
    })
    .await
}

/// The post of a person within the scope.
fn of_person(work: &mut Work<'_, '_>, login: &str, post: PostId) -> Result<PostRow, Failure> {
    let person = find(work.tx, login)?;
    let found = rows::find(work.tx, post)?.filter(|post| post.account == person.id);
    found.ok_or(Failure::Absent("post"))
}

/// The organisation of that code, where it lies within the scope: elsewhere there is none.
fn within(work: &mut Work<'_, '_>, code: &str, reasons: &mut Vec<Reason>) -> Result<Option<OrganisationId>, Failure> {
    let known = organisations::keys(work.tx)?.get(code).copied();
    let scope = work.tx.scope().clone();
    let mine = known.is_some() && scope::holds(work.tx, &scope, known)?;
    if !mine {
        reasons.push(Reason::from(&AccountRefusal::UnknownOrganisation { code: code.to_owned() }));
    }
    Ok(known.filter(|_| mine))
}

/// The code of the area, where it lies within the scope: elsewhere there is none.
fn area_within(work: &mut Work<'_, '_>, code: &str, reasons: &mut Vec<Reason>) -> Result<Option<String>, Failure> {
    let known = areas::newest(work.tx, code)?.is_some();
    let scope = work.tx.scope().clone();
    let mine = known && scope::holds_area(work.tx, &scope, code)?;
    if !mine {
        reasons.push(Reason::from(&PostRefusal::UnknownArea { code: code.to_owned() }));
    }
    Ok(mine.then(|| code.to_owned()))
}

/// The roles, each as far as asked, which is never farther than the right to give roles reaches.
fn grants(
    work: &mut Work<'_, '_>,
    roles: &[String],
    root: Option<&str>,
    reasons: &mut Vec<Reason>,
) -> Result<Vec<Grant>, Failure> {
    let bound = match root.map(|root| root.strip_prefix(AREA).ok_or(root)) {
        Some(Ok(area)) => area_within(work, area, reasons)?.map(Bound::Area),
        Some(Err(code)) => within(work, code, reasons)?.map(Bound::Organisation),
        None if work.tx.scope().everything => None,
        None => {
            reasons.push(Reason::from(&AccountRefusal::BeyondReach));
            None
        }
    };
    let mut roles = roles.to_vec();
    roles.sort();
    roles.dedup();
    Ok(roles.into_iter().map(|role| Grant { role, bound: bound.clone() }).collect())
}
