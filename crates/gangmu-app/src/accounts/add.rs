//! Adding an account (新增账号): without any right, unless who adds it may give rights too.

use super::{AccountRefusal, normal_login, object, passwords};
use crate::{
    access::{Role, meetings},
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, authorise, operate},
    session::Session,
};
use gangmu_kernel::{ids::AccountId, refusal::Reasons};
use gangmu_store::{
    accounts::{self as rows, AccountRow},
    organisations, scope,
};

/// The account to be added.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// What the person will type.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The person's post.
    pub post: Option<String>,
    /// The code of the organisation that it is bound to.
    pub organisation: Option<String>,
    /// Words of roles; only who may give roles names any.
    pub roles: Vec<String>,
    /// The password; none makes one for the first day.
    pub password: Option<String>,
    /// May the given password be kept? One that was made must be changed anyway.
    pub keep_password: bool,
}

/// The account that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Its key.
    pub id: AccountId,
    /// The password of the first day, shown once; none where one was given.
    pub first_password: Option<String>,
}

/// Adds an account, or says everything that speaks against it.
pub async fn add(app: &App, session: &Session, new: NewAccount) -> Result<Added, Failure> {
    const OPERATION: Operation = Operation::new("accounts.add");
    authorise(app, session, OPERATION.action)?;
    if !new.roles.is_empty() {
        authorise(app, session, "accounts.roles")?;
    }
    let login = normal_login(&new.login);
    let made = new.password.is_none().then(|| passwords::first_day(&*app.random));
    let password = new.password.clone().or_else(|| made.clone()).unwrap_or_default();
    let mut refusals = faults(&login, &new);
    refusals.extend(passwords::faults(&password, passwords::Whose { login: &login, name: &new.name }));
    let hash = app.passwords.hash(&*app.random, password).await?;
    let must_change = made.is_some() || !new.keep_password;
    let id = operate(app, session, OPERATION, move |work| {
        let mut refusals = refusals;
        if rows::by_login(work.tx, &login)?.is_some() {
            refusals.push(AccountRefusal::LoginTaken { login: login.clone() });
        }
        let organisation = match &new.organisation {
            None => {
                if !work.tx.scope().everything {
                    refusals.push(AccountRefusal::BeyondReach);
                }
                None
            }
            Some(code) => {
                let known = organisations::keys(work.tx)?.get(code).copied();
                let scope = work.tx.scope().clone();
                let mine = scope::holds(work.tx, &scope, known)?;
                if known.is_none() || !mine {
                    refusals.push(AccountRefusal::UnknownOrganisation { code: code.clone() });
                }
                known
            }
        };
        if let Some(reasons) = Reasons::of(&refusals) {
            return Err(reasons.into());
        }
        let mut roles: Vec<String> = new.roles.clone();
        roles.sort();
        roles.dedup();
        let mut row = AccountRow {
            id: AccountId(0),
            login,
            name: new.name.trim().to_owned(),
            post: new.post.filter(|post| !post.trim().is_empty()),
            organisation,
            password: hash,
            password_set_at: work.now,
            must_change,
            disabled: false,
            created_at: work.now,
            roles,
        };
        row.id = rows::add(work.tx, &row)?;
        Ok(Done::recorded(row.id, Record::on(object(row.id)).made(&row).salted()))
    })
    .await?;
    Ok(Added { id, first_password: made })
}

fn faults(login: &str, new: &NewAccount) -> Vec<AccountRefusal> {
    let mut faults = Vec::new();
    let sign = |c: char| c.is_alphanumeric() || "._-".contains(c);
    if !(2..=32).contains(&login.chars().count()) || !login.chars().all(sign) {
        faults.push(AccountRefusal::BadLogin { login: login.to_owned() });
    }
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        faults.push(AccountRefusal::BadName);
    }
    faults.extend(role_faults(&new.roles));
    faults
}

/// Everything that speaks against a set of roles.
pub(crate) fn role_faults(roles: &[String]) -> Vec<AccountRefusal> {
    let unknown = roles.iter().filter(|role| Role::of_word(role).is_none());
    let mut faults: Vec<_> = unknown.map(|role| AccountRefusal::UnknownRole { role: role.clone() }).collect();
    let known = roles.iter().filter_map(|role| Role::of_word(role)).collect();
    faults.extend(meetings(&known).into_iter().map(|(one, other)| AccountRefusal::RolesMeet { one, other }));
    faults
}
