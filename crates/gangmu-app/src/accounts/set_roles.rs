//! Giving an account its roles (设置角色): those of its first post.

use super::{AccountRefusal, add::role_faults, find, is_last_administrator, save, tell};
use crate::{
    access::Role,
    app::App,
    failure::Failure,
    messages::Kind,
    operate::{Done, Operation, operate},
    posts,
    session::Session,
};
use gangmu_kernel::refusal::Reasons;
use gangmu_store::accounts::AccountRow;

/// Puts these roles in the place of those that the account had.
pub async fn set_roles(app: &App, session: &Session, login: &str, roles: Vec<String>) -> Result<(), Failure> {
    let login = login.to_owned();
    operate(app, session, Operation::under("accounts.set_roles", "accounts.roles"), move |work| {
        let before = find(work.tx, &login)?;
        let mut refusals = role_faults(&roles);
        // A role given here reaches everywhere, and nobody gives more than reaches him.
        if !work.tx.scope().everything && roles.iter().any(|role| !before.roles.contains(role)) {
            refusals.push(AccountRefusal::BeyondReach);
        }
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
        posts::refuse_meetings(work, after.id)?;
        tell(work, Kind::AccountRoles, after.id)?;
        Ok(Done::recorded((), record))
    })
    .await
}
