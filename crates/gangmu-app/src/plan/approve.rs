//! Approving an edition (审定): by somebody who decided none of its proposals; it is frozen then.

use super::edition::step;
use crate::{app::App, failure::Failure, operate::Operation, session::Session};
use gangmu_plan::edition::Command;

/// Approves the edition.
pub async fn approve(app: &App, session: &Session, plan: &str, edition: Option<u32>) -> Result<(), Failure> {
    step(app, session, Operation::new("plan.approve"), plan, edition, Command::Approve).await
}
