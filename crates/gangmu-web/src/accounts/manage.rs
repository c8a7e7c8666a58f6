//! The accounts, for the administrators: each sees what is his part of it.

use super::pages::{AccountPage, AccountRow, AccountsPage, OncePassword, PostCard, RoleChoice, UnitChoice};
use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Toast},
    signs::address_segment,
    visit::{Visit, done, today},
    web::Web,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use axum_extra::extract::Form;
use gangmu_app::{
    Failure, Role,
    accounts::{
        add as adding, disable as switching,
        list::{self as listing, AccountView},
        reset_password, set_roles,
    },
    packs,
    plan::views::ReasonView,
    posts::{self, PostView},
};
use gangmu_kernel::masking;
use serde::Deserialize;

/// Rows that are asked for at once.
const PAGE: u32 = 200;

/// `/accounts`.
pub async fn list(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    page(&web, &visit, None).await
}

async fn page(web: &Web, visit: &Visit, once: Option<OncePassword>) -> Result<Response, Stop> {
    let accounts = all(web, visit).await?.into_iter().map(row).collect();
    let adds = visit.session.may(web.app.access(), "accounts.add");
    let page = AccountsPage { accounts, adds, once, refusals: Vec::new() };
    visit.page(web, Some(Noun::Administration), &page).await
}

async fn all(web: &Web, visit: &Visit) -> Result<Vec<AccountView>, Stop> {
    let mut found: Vec<AccountView> = Vec::new();
    loop {
        let after = found.last().map(|account| account.login.clone());
        let page = listing::list(&web.app, &visit.session, after, PAGE).await?;
        let full = page.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
        found.extend(page);
        if !full {
            return Ok(found);
        }
    }
}

fn row(view: AccountView) -> AccountRow {
    let state = if view.disabled {
        "disabled"
    } else if view.waiting {
        "waiting"
    } else if view.locked_until.is_some() {
        "locked"
    } else if view.must_change {
        "must_change"
    } else {
        "active"
    };
    AccountRow {
        address: format!("/accounts/{}", address_segment(&view.login)),
        name: view.login,
        person: masking::name(&view.name),
        unit: view.organisation,
        roles: view.roles,
        state,
    }
}

/// The organisations to choose from: those as far as the visitor may do that.
async fn units(web: &Web, visit: &Visit, action: &str) -> Result<Vec<UnitChoice>, Stop> {
    let units = packs::organisations_within(&web.app, &visit.session, action).await?;
    Ok(units.into_iter().map(|(id, name)| UnitChoice { id, name }).collect())
}

/// The areas by which roles may be bounded.
async fn areas(web: &Web, visit: &Visit) -> Result<Vec<UnitChoice>, Stop> {
    let areas = packs::areas_within(&web.app, &visit.session, "accounts.roles").await?;
    Ok(areas.into_iter().map(|(code, name)| UnitChoice { id: format!("{}{code}", posts::AREA), name }).collect())
}

/// Everything at which roles may end.
pub(crate) async fn bounds(web: &Web, visit: &Visit, action: &str) -> Result<Vec<UnitChoice>, Stop> {
    let mut bounds = units(web, visit, action).await?;
    bounds.extend(areas(web, visit).await?);
    Ok(bounds)
}

fn choices(held: &[String]) -> Vec<RoleChoice> {
    Role::ALL
        .into_iter()
        .skip(1)
        .map(|role| RoleChoice { word: role.word().to_owned(), held: held.iter().any(|word| word == role.word()) })
        .collect()
}

/// `/accounts/new`.
pub async fn new(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let form = NewForm {
        name: String::new(),
        person: String::new(),
        unit: String::new(),
        title: String::new(),
        roles: Vec::new(),
    };
    let page = new_page(&web, &visit, form, Vec::new()).await?;
    visit.page(&web, Some(Noun::Administration), &page).await
}

async fn new_page(web: &Web, visit: &Visit, form: NewForm, refusals: Vec<ReasonView>) -> Result<AccountPage, Stop> {
    Ok(AccountPage {
        existing: false,
        grants: visit.session.may(web.app.access(), "accounts.roles"),
        roles: choices(&form.roles),
        name: form.name,
        person: form.person,
        unit: form.unit,
        title: form.title,
        posts: Vec::new(),
        deputises: Vec::new(),
        today: today(web),
        units: units(web, visit, "accounts.add").await?,
        areas: Vec::new(),
        action: "/accounts".to_owned(),
        reset_action: None,
        switch_action: None,
        disabled: false,
        refusals,
    })
}

/// What the form of a new account sends.
#[derive(Debug, Clone, Deserialize)]
pub struct NewForm {
    name: String,
    person: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    roles: Vec<String>,
}

/// Adds an account; its first password is shown once.
pub async fn add(State(web): State<Web>, visit: Visit, Form(form): Form<NewForm>) -> Result<Response, Stop> {
    let new = adding::NewAccount {
        login: form.name.clone(),
        name: form.person.clone(),
        organisation: (!form.unit.is_empty()).then(|| form.unit.clone()),
        post: Some(form.title.clone()),
        roles: form.roles.clone(),
        ..adding::NewAccount::default()
    };
    match adding::add(&web.app, &visit.session, new).await {
        Ok(added) => {
            let once = added.first_password.map(|password| OncePassword { name: form.name, password });
            page(&web, &visit, once).await
        }
        Err(Failure::Refused(refused)) => {
            let page = new_page(&web, &visit, form, reasons(&refused)).await?;
            visit.page_with(&web, Some(Noun::Administration), StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `/accounts/{login}`.
pub async fn edit(State(web): State<Web>, visit: Visit, Path(login): Path<String>) -> Result<Response, Stop> {
    let page = edit_page(&web, &visit, &login, Vec::new()).await?;
    visit.page(&web, Some(Noun::Administration), &page).await
}

/// The page of a person, with why something was refused.
pub async fn refused_person(
    web: &Web,
    visit: &Visit,
    login: &str,
    refusals: Vec<ReasonView>,
) -> Result<Response, Stop> {
    let page = edit_page(web, visit, login, refusals).await?;
    visit.page_with(web, Some(Noun::Administration), StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

async fn edit_page(web: &Web, visit: &Visit, login: &str, refusals: Vec<ReasonView>) -> Result<AccountPage, Stop> {
    let person = posts::of_person(&web.app, &visit.session, login).await?;
    let account = all(web, visit).await?.into_iter().find(|view| view.login == login).ok_or(Stop::Hidden)?;
    let address = format!("/accounts/{}", address_segment(&account.login));
    let may = |action| visit.session.may(web.app.access(), action);
    let switch = if account.disabled { "enable" } else { "disable" };
    let card =
        |post: PostView| PostCard { roles: choices(&post.roles), action: format!("{address}/posts/{}", post.id), post };
    Ok(AccountPage {
        existing: true,
        grants: may("accounts.roles"),
        name: account.login,
        person: masking::name(&account.name),
        areas: if may("accounts.roles") { areas(web, visit).await? } else { Vec::new() },
        units: if may("accounts.roles") { units(web, visit, "accounts.roles").await? } else { Vec::new() },
        unit: account.organisation.unwrap_or_default(),
        title: account.post.unwrap_or_default(),
        posts: person.posts.into_iter().map(card).collect(),
        deputises: person.deputises,
        today: today(web),
        roles: choices(&[]),
        reset_action: may("accounts.reset").then(|| format!("{address}/reset")),
        switch_action: may("accounts.lock").then(|| format!("{address}/{switch}")),
        disabled: account.disabled,
        action: address,
        refusals,
    })
}

/// The roles that the form sends.
#[derive(Debug, Deserialize)]
pub struct RolesForm {
    #[serde(default)]
    roles: Vec<String>,
}

/// Gives an account these roles.
pub async fn save_roles(
    State(web): State<Web>,
    visit: Visit,
    Path(login): Path<String>,
    Form(form): Form<RolesForm>,
) -> Result<Response, Stop> {
    match set_roles::set_roles(&web.app, &visit.session, &login, form.roles).await {
        Ok(()) => {
            let toast = Toast { key: "toast-roles".to_owned(), subject: login, undo: None };
            Ok(done(&web, "/accounts", Some(&toast)))
        }
        Err(Failure::Refused(refused)) => refused_person(&web, &visit, &login, reasons(&refused)).await,
        Err(other) => Err(other.into()),
    }
}

/// Resets a password; the new one is shown once.
pub async fn reset(State(web): State<Web>, visit: Visit, Path(login): Path<String>) -> Result<Response, Stop> {
    let password = reset_password::reset_password(&web.app, &visit.session, &login).await?;
    page(&web, &visit, Some(OncePassword { name: login, password })).await
}

/// The reason that the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Switch {
    reason: String,
}

/// Disables an account: nobody can log in with it any more, its sessions end.
pub async fn disable(
    State(web): State<Web>,
    visit: Visit,
    Path(login): Path<String>,
    Form(switch): Form<Switch>,
) -> Result<Response, Stop> {
    let reason = Some(switch.reason).filter(|reason| !reason.trim().is_empty());
    let result = switching::disable(&web.app, &visit.session, &login, reason).await;
    switched(&web, &visit, login, "toast-disabled", result).await
}

/// Enables an account again.
pub async fn enable(
    State(web): State<Web>,
    visit: Visit,
    Path(login): Path<String>,
    Form(switch): Form<Switch>,
) -> Result<Response, Stop> {
    let reason = Some(switch.reason).filter(|reason| !reason.trim().is_empty());
    let result = switching::enable(&web.app, &visit.session, &login, reason).await;
    switched(&web, &visit, login, "toast-enabled", result).await
}

async fn switched(
    web: &Web,
    visit: &Visit,
    login: String,
    toast: &str,
    result: Result<(), Failure>,
) -> Result<Response, Stop> {
    match result {
        Ok(()) => {
            let toast = Toast { key: toast.to_owned(), subject: login, undo: None };
            Ok(done(web, "/accounts", Some(&toast)))
        }
        Err(Failure::Refused(refused)) => refused_person(web, visit, &login, reasons(&refused)).await,
        Err(other) => Err(other.into()),
    }
}
