//! Why may somebody do this, or not (为什么)?

use crate::{
    access::{Access, Reach, Role},
    accounts::{find, session_in},
    app::App,
    failure::Failure,
    operate::{authorise, look},
    posts,
    session::Session,
};
use gangmu_kernel::masking;
use gangmu_store::{Bound, Scope, Tx, accounts as account_rows, organisations, plan::editions, posts as rows, scope};
use jiff::civil::Date;
use serde::Serialize;

/// Why somebody may do an action, on an object or at all, or may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The login.
    pub login: String,
    /// The name.
    pub name: String,
    /// The action.
    pub action: String,
    /// The key of the plan that was asked about.
    pub plan: Option<String>,
    /// The organisation that the plan belongs to.
    pub owner: Option<String>,
    /// Nobody can log in with the account.
    pub disabled: bool,
    /// The password of the first day must be changed before.
    pub must_change: bool,
    /// The matrix has this action.
    pub listed: bool,
    /// It is for everybody, also without login.
    pub public: bool,
    /// Words of the roles that may.
    pub needed: Vec<&'static str>,
    /// Every post in which the person may act today.
    pub posts: Vec<PostExplained>,
    /// May the person, in one of the posts?
    pub allowed: bool,
}

/// What a post has to do with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostExplained {
    /// What it is called.
    pub title: Option<String>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// Whose it is, where the person deputises it.
    pub holder: Option<String>,
    /// Its roles.
    pub roles: Vec<RoleExplained>,
    /// May the person in this post?
    pub allowed: bool,
}

/// What a role has to do with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoleExplained {
    /// Its word.
    pub role: &'static str,
    /// The cell of the matrix.
    pub cell: &'static str,
    /// The organisation or area as far down from which it was granted; none for the whole installation.
    pub root: Option<String>,
    /// Is it an area?
    pub area: bool,
    /// Does the object lie within? None where no object was named or the cell needs none.
    pub within: Option<bool>,
}

/// Explains whether the person of that login may do that action, on that plan where one is named.
pub async fn explain(
    app: &App,
    session: &Session,
    login: &str,
    action: &str,
    plan: Option<&str>,
) -> Result<Explained, Failure> {
    let (login, action, plan) = (login.to_owned(), action.to_owned(), plan.map(str::to_owned));
    let (day, app_) = (app.today(), app.clone());
    look(app, session, "access.read", move |tx| {
        let access = app_.access();
        let person = find(tx, &login)?;
        let owner = match &plan {
            None => None,
            Some(key) => {
                let plan = editions::plan_of_key(tx, key)?.ok_or(Failure::Absent("plan"))?;
                Some(editions::owner(tx, plan.id)?)
            }
        };
        let needed = access.roles_for(&action);
        let mut explained = Explained {
            listed: access.rows().any(|(listed, _)| listed == action),
            public: needed.contains(&Role::Public),
            needed: needed.iter().map(|role| role.word()).collect(),
            owner: name(tx, owner.and_then(|owner| owner.0))?,
            disabled: person.disabled,
            must_change: person.must_change,
            login: person.login,
            name: masking::name(&person.name),
            posts: Vec::new(),
            allowed: false,
            action,
            plan,
        };
        for post in posts::open_to(tx, person.id, day)? {
            explained.posts.push(of_post(tx, access, &explained.action, post, person.id, owner)?);
        }
        let may = explained.public || explained.posts.iter().any(|post| post.allowed);
        explained.allowed = may && !explained.disabled && !explained.must_change;
        Ok(explained)
    })
    .await
}

type Owner = (Option<gangmu_kernel::ids::OrganisationId>, Option<gangmu_kernel::ids::AccountId>);

fn of_post(
    tx: &mut Tx<'_>,
    access: &Access,
    action: &str,
    post: rows::PostRow,
    person: gangmu_kernel::ids::AccountId,
    owner: Option<Owner>,
) -> Result<PostExplained, Failure> {
    let mut roles = Vec::new();
    let mut allowed = false;
    for grant in &post.grants {
        let Some(role) = Role::of_word(&grant.role) else { continue };
        let reach = access.reach(action, role);
        let within = match (reach, owner) {
            (Some(Reach::Tree), Some((organisation, _))) => {
                Some(scope::holds(tx, &Scope::of_grant(grant.bound.as_ref()), organisation)?)
            }
            (Some(Reach::Whole), _) => Some(grant.bound.is_none()),
            (Some(Reach::Own), Some((_, by))) => Some(by == Some(person)),
            _ => None,
        };
        allowed |= reach.is_some() && within != Some(false);
        let root = posts::bound_name(tx, grant.bound.as_ref())?;
        let area = matches!(grant.bound, Some(Bound::Area(_)));
        roles.push(RoleExplained { role: role.word(), cell: reach.map_or("-", Reach::word), root, area, within });
    }
    let holder = match post.account == person {
        true => None,
        false => account_rows::find(tx, post.account)?.map(|holder| masking::name(&holder.name)),
    };
    Ok(PostExplained { organisation: name(tx, post.organisation)?, title: post.title, holder, roles, allowed })
}

fn name(
    tx: &mut Tx<'_>,
    organisation: Option<gangmu_kernel::ids::OrganisationId>,
) -> Result<Option<String>, gangmu_store::Fault> {
    let Some(id) = organisation else { return Ok(None) };
    Ok(organisations::newest(tx, id)?.map(|found| found.shown().to_owned()))
}

/// Why one may not do something oneself, and what to do about it (无权说明).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The post in which one asked.
    pub post: Option<String>,
    /// Words of the roles in that post.
    pub held: Vec<&'static str>,
    /// Words of the roles that may.
    pub needed: Vec<&'static str>,
    /// Posts of one's own in which one may.
    pub elsewhere: Vec<String>,
    /// Whom to ask: who gives roles over one's own organisation, with organisation and post, the name masked.
    pub ask: Vec<String>,
}

/// Why this person may not do that action now, and whom to ask.
pub async fn why(app: &App, session: &Session, action: &str) -> Result<Why, Failure> {
    if !session.is_logged_in() {
        return Ok(Why::default());
    }
    let (day, action, app_, asks) = (app.today(), action.to_owned(), app.clone(), session.clone());
    authorise(app, session, "accounts.own")?;
    look(app, session, "accounts.own", move |tx| why_not(tx, app_.access(), &asks, &action, day)).await
}

fn why_not(tx: &mut Tx<'_>, access: &Access, asks: &Session, action: &str, day: Date) -> Result<Why, Failure> {
    let needed = access.roles_for(action);
    let mut why = Why {
        post: asks.post.clone(),
        held: asks.roles.iter().map(|role| role.word()).collect(),
        needed: needed.iter().map(|role| role.word()).collect(),
        ..Why::default()
    };
    for open in posts::open_to(tx, asks.actor.account, day)? {
        let who = (String::new(), String::new());
        let acting = gangmu_store::accounts::sessions::Acting {
            post: open.id,
            title: open.title.clone(),
            organisation: open.organisation,
            code: None,
            label: name(tx, open.organisation)?,
            holder: None,
            grants: open.grants,
        };
        let other = session_in(asks.actor.account, who, false, Some(acting));
        if asks.acting != Some(open.id) && other.why_not(access, action).is_none() {
            let parts: Vec<String> = [other.organisation, other.post].into_iter().flatten().collect();
            why.elsewhere.push(parts.join(" "));
        }
    }
    let holders = rows::held(tx, day)?.into_iter();
    for held in holders.filter(|held| held.role == Role::Security.word() && !held.disabled) {
        // Who gives roles elsewhere can't help, and is nobody's business here.
        if !scope::holds(tx, &Scope::of_grant(held.bound.as_ref()), asks.actor.organisation)? {
            continue;
        }
        let unit = name(tx, held.organisation)?;
        let parts = [unit, held.title, Some(masking::name(&held.name))];
        why.ask.push(parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    Ok(why)
}
