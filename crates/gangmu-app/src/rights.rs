//! Rights explained (权限说明): the matrix, who holds what, and why somebody may or may not do something.

mod explain;
mod export;

pub use explain::{Explained, PostExplained, RoleExplained, Why, explain, why};
pub use export::{RightsFile, export, key_of};

use crate::{
    access::{Access, Role},
    app::App,
    failure::Failure,
    operate::look,
    posts::bound_name,
    session::Session,
};
use gangmu_kernel::{ids::OrganisationId, masking};
use gangmu_store::{Bound, Fault, Tx, organisations, posts as rows};
use serde::Serialize;
use std::collections::BTreeMap;

/// The rights of the installation (权限一览).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RightsView {
    /// Words of the roles, in the order of the columns.
    pub roles: Vec<&'static str>,
    /// The matrix.
    pub actions: Vec<ActionRights>,
    /// Who holds what today.
    pub held: Vec<HeldView>,
}

/// A row of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionRights {
    /// The action.
    pub action: String,
    /// `yes`, `tree`, `own` or `-` for each role.
    pub cells: Vec<&'static str>,
}

/// A role that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldView {
    /// Word of the role.
    pub role: String,
    /// The login.
    pub login: String,
    /// The name, masked.
    pub name: String,
    /// Nobody can log in with it.
    pub disabled: bool,
    /// What the post is called.
    pub title: Option<String>,
    /// The organisation of the post.
    pub organisation: Option<String>,
    /// The organisation or area as far down from which the role reaches; none for the whole installation.
    pub root: Option<String>,
    /// Is it an area?
    pub area: bool,
}

/// The matrix and who holds what.
pub async fn rights(app: &App, session: &Session) -> Result<RightsView, Failure> {
    let (day, matrix) = (app.today(), matrix(app.access()));
    look(app, session, "access.read", move |tx| {
        let names = names(tx)?;
        let name = |id: Option<OrganisationId>| id.and_then(|id| names.get(&id).cloned());
        let mut views = Vec::new();
        for held in rows::held(tx, day)? {
            views.push(HeldView {
                root: bound_name(tx, held.bound.as_ref())?,
                area: matches!(held.bound, Some(Bound::Area(_))),
                role: held.role,
                login: held.login,
                name: masking::name(&held.name),
                disabled: held.disabled,
                title: held.title,
                organisation: name(held.organisation),
            });
        }
        Ok(RightsView { roles: Role::ALL.map(Role::word).into(), actions: matrix, held: views })
    })
    .await
}

fn matrix(access: &Access) -> Vec<ActionRights> {
    let cell = |action: &str, role| access.reach(action, role).map_or("-", crate::access::Reach::word);
    let row = |action: &str| ActionRights {
        action: action.to_owned(),
        cells: Role::ALL.map(|role| cell(action, role)).into(),
    };
    access.rows().map(|(action, _)| row(action)).collect()
}

/// The names of all organisations; of one that was renamed the last.
fn names(tx: &mut Tx<'_>) -> Result<BTreeMap<OrganisationId, String>, Fault> {
    Ok(organisations::all(tx)?.into_iter().map(|(id, row)| (id, row.shown().to_owned())).collect())
}
