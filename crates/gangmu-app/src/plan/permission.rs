//! May the person do this now, and if not, why (可否): the roles and the rules in one answer, before the click.

use super::views::{Permission, ReasonView};
use crate::{access::Forbidden, app::App, session::Session};
use gangmu_kernel::refusal::{Reason, Refusal};
use std::collections::BTreeMap;

/// The number within its edition of a commitment, from its key.
pub fn number_of(commitment: gangmu_kernel::ids::CommitmentId) -> u32 {
    gangmu_store::plan::parts_of(commitment.0).1
}

/// What the access matrix and the rules say together.
pub(crate) fn permission<R: Refusal>(app: &App, session: &Session, action: &str, refusals: &[R]) -> Permission {
    let role = session.why_not(app.access(), action);
    let mut reasons: Vec<ReasonView> = role.iter().map(forbidden).collect();
    reasons.extend(refusals.iter().map(|refusal| reason(&Reason::from(refusal))));
    Permission { allowed: reasons.is_empty(), reasons }
}

/// What the access matrix alone says.
pub(crate) fn by_role(app: &App, session: &Session, action: &str) -> Permission {
    permission::<gangmu_plan::review::Refusal>(app, session, action, &[])
}

/// A reason as pages show it.
pub(crate) fn reason(reason: &Reason) -> ReasonView {
    let fields = reason.fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    ReasonView { code: reason.code.to_owned(), fields }
}

/// Why somebody may not do something, as pages show it.
pub fn forbidden(why: &Forbidden) -> ReasonView {
    let (code, fields) = match why {
        Forbidden::NotLoggedIn { .. } => ("forbidden-not-logged-in", BTreeMap::new()),
        Forbidden::PasswordFirst { .. } => ("forbidden-password-first", BTreeMap::new()),
        Forbidden::OutOfScope { .. } => ("forbidden-out-of-scope", BTreeMap::new()),
        Forbidden::PostEnded { post } => ("forbidden-post-ended", BTreeMap::from([("post".to_owned(), post.clone())])),
        Forbidden::Unlisted { .. } => ("forbidden-unlisted", BTreeMap::new()),
        Forbidden::WrongRole { needed, .. } => {
            let needed: Vec<_> = needed.iter().map(|role| role.word()).collect();
            ("forbidden-wrong-role", BTreeMap::from([("needed".to_owned(), needed.join(","))]))
        }
    };
    ReasonView { code: code.to_owned(), fields }
}
