//! Giving an account its roles (设置角色).

use super::{AccountRefusal, add::role_faults, find, is_last_administrator, save};
use crate::{
    access::Role,
    app::App,
    failure::Failure,
    operate::{Done, Operation, operate},
    session::Session,
};
use gangmu_kernel::refusal::Reasons;
use gangmu_store::accounts::AccountRow;

/// Puts these roles in the place of those that the account had.
pub async fn set_roles(app: &App, session: &Session, login: &str, roles: Vec<String>) -> Result<(), Failure> {
    let login = login.to_owned();
    operate(app, session, Operation::under("accounts.set_roles", "accounts.roles"), move |work| {
        let before = find(work, &login)?;
        let mut refusals = role_faults(&roles);
        if roles.is_empty() {
            refusals.push(AccountRefusal::NoRole);
        }
        let keeps = roles.iter().any(|role| role == Role::Security.word());
        if !keeps && is_last_administrator(work, &before)? {
            refusals.push(AccountRefusal::LastAdministrator);
        }
        if let Some(reasons) = Reasons::of(&refusals) {
            return Err(reasons.into());
        }
        let mut roles = roles;
        roles.sort();
        roles.dedup();
        if roles == before.roles {
            return Ok(Done::nothing(()));
        }
        let after = AccountRow { roles, ..before.clone() };
        let record = save(work, &before, &after)?;
        Ok(Done::recorded((), record))
    })
    .await
}
