//! The posts of a person, and one's own (任职与代办).

use super::{AREA, bound_name, open_to};
use crate::{accounts::find, app::App, failure::Failure, operate::look, session::Session};
use gangmu_kernel::{
    ids::{AccountId, DeputyId, PostId},
    masking,
};
use gangmu_store::{
    Bound, Fault, Tx, accounts as account_rows, organisations,
    posts::{self as rows, DeputyRow, PostRow},
};
use jiff::civil::Date;
use serde::Serialize;

/// A post as pages show it (任职).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostView {
    /// Its key.
    pub id: PostId,
    /// What it is called.
    pub title: Option<String>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// `held`, `coming`, `over`.
    pub state: &'static str,
    /// Words of its roles.
    pub roles: Vec<String>,
    /// How far the roles reach, as a form says it: the code of an organisation, or `area:` with that of an area; none for
    /// the whole installation.
    pub root: Option<String>,
    /// Its name.
    pub root_name: Option<String>,
    /// Is it an area?
    pub root_area: bool,
    /// Who was appointed to it, newest first.
    pub deputies: Vec<DeputyView>,
    /// Another one as soon as its days or roles were changed.
    pub version: String,
}

/// A deputy as pages show it (代办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeputyView {
    /// The appointment's key.
    pub id: DeputyId,
    /// The deputy's login.
    pub login: String,
    /// The deputy's name.
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Who appointed.
    pub appointed_by: String,
    /// `held`, `coming`, `over`.
    pub state: &'static str,
}

/// A post in which one may act today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenPost {
    /// The post.
    pub post: PostView,
    /// Whose it is, where one acts as a deputy.
    pub holder: Option<String>,
    /// Until when the deputy acts.
    pub until: Option<Date>,
    /// One acts in it now.
    pub current: bool,
    /// The deputy's appointment.
    pub deputy: Option<DeputyId>,
}

/// One's own posts and those that one deputises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnPosts {
    /// Where one may act today.
    pub open: Vec<OpenPost>,
    /// All posts that one holds, held or will hold.
    pub posts: Vec<PostView>,
}

/// A person with posts (人员).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// The login.
    pub login: String,
    /// The name.
    pub name: String,
    /// The posts in the order in which they were entered.
    pub posts: Vec<PostView>,
    /// The person's name and the days, for each post of another that the person deputises or will.
    pub deputises: Vec<OpenPost>,
}

/// The posts of the person of that login; whoever else is named there is masked.
pub async fn of_person(app: &App, session: &Session, login: &str) -> Result<PersonView, Failure> {
    let (login, day) = (login.to_owned(), app.today());
    look(app, session, "accounts.read", move |tx| {
        let person = find(tx, &login)?;
        let mut posts = of_account(tx, person.id, day)?;
        let mut deputises = deputised(tx, person.id, day, None)?;
        for open in &mut deputises {
            open.holder = open.holder.as_deref().map(masking::name);
        }
        posts.iter_mut().chain(deputises.iter_mut().map(|open| &mut open.post)).for_each(veil);
        Ok(PersonView { login: person.login, name: person.name, posts, deputises })
    })
    .await
}

/// Masks who deputises a post and who appointed them.
fn veil(post: &mut PostView) {
    for deputy in &mut post.deputies {
        deputy.name = masking::name(&deputy.name);
        deputy.appointed_by = masking::name(&deputy.appointed_by);
    }
}

/// One's own posts.
pub async fn own(app: &App, session: &Session) -> Result<OwnPosts, Failure> {
    let (account, acting, day) = (session.actor.account, session.acting, app.today());
    look(app, session, "accounts.own", move |tx| {
        let posts = of_account(tx, account, day)?;
        let held = posts.iter().filter(|post| post.state == "held").cloned();
        let open = held.map(|post| {
            let current = acting == Some(post.id);
            OpenPost { post, holder: None, until: None, current, deputy: None }
        });
        let open = open.chain(deputised(tx, account, day, acting)?).collect();
        Ok(OwnPosts { open, posts })
    })
    .await
}

fn of_account(tx: &mut Tx<'_>, account: AccountId, day: Date) -> Result<Vec<PostView>, Fault> {
    let posts = rows::of_account(tx, account)?;
    posts.into_iter().map(|row| view(tx, row, day)).collect()
}

fn deputised(tx: &mut Tx<'_>, account: AccountId, day: Date, acting: Option<PostId>) -> Result<Vec<OpenPost>, Fault> {
    let appointments = rows::deputising(tx, account)?;
    let mut found = Vec::new();
    for row in open_to(tx, account, day)?.into_iter().filter(|row| row.account != account) {
        let appointment = appointments.iter().find(|d| d.post == row.id && d.acts_on(day));
        let holder = account_rows::find(tx, row.account)?.map(|holder| holder.name);
        let current = acting == Some(row.id);
        found.push(OpenPost {
            post: view(tx, row, day)?,
            holder,
            until: appointment.map(|d| d.until),
            current,
            deputy: appointment.map(|d| d.id),
        });
    }
    Ok(found)
}

fn state(from: Option<Date>, until: Option<Date>, day: Date) -> &'static str {
    match (from, until) {
        (_, Some(until)) if until < day => "over",
        (Some(from), _) if day < from => "coming",
        _ => "held",
    }
}

pub(super) fn view(tx: &mut Tx<'_>, row: PostRow, day: Date) -> Result<PostView, Fault> {
    let organisation = bound_name(tx, row.organisation.map(Bound::Organisation).as_ref())?;
    // The page gives all roles of a post the same reach.
    let bound = row.grants.iter().find_map(|grant| grant.bound.clone());
    let root = match &bound {
        None => None,
        Some(Bound::Area(code)) => Some(format!("{AREA}{code}")),
        Some(Bound::Organisation(root)) => organisations::newest(tx, *root)?.map(|found| found.code),
    };
    let mut deputies = rows::deputies_of(tx, row.id)?;
    deputies.reverse();
    let deputies = deputies.into_iter().map(|deputy| deputy_view(tx, deputy, day)).collect::<Result<_, _>>()?;
    Ok(PostView {
        version: super::version::of_row(&row),
        id: row.id,
        title: row.title,
        organisation,
        from: row.from,
        until: row.until,
        state: state(row.from, row.until, day),
        roles: row.grants.into_iter().map(|grant| grant.role).collect(),
        root,
        root_name: bound_name(tx, bound.as_ref())?,
        root_area: matches!(bound, Some(Bound::Area(_))),
        deputies,
    })
}

fn deputy_view(tx: &mut Tx<'_>, row: DeputyRow, day: Date) -> Result<DeputyView, Fault> {
    let person = account_rows::find(tx, row.account)?;
    let (login, name) = person.map(|person| (person.login, person.name)).unwrap_or_default();
    let state = if row.ended_at.is_some() { "over" } else { state(Some(row.from), Some(row.until), day) };
    Ok(DeputyView {
        id: row.id,
        login,
        name,
        from: row.from,
        until: row.until,
        reason: row.reason,
        appointed_by: row.appointed_by,
        state,
    })
}
