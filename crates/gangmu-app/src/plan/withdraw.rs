//! Withdrawing a public edition (撤下), with a reason.

use super::edition::step;
use crate::{app::App, failure::Failure, operate::Operation, session::Session};
use gangmu_plan::edition::Command;

/// Withdraws the edition: the public page shows it no more.
pub async fn withdraw(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    reason: &str,
) -> Result<(), Failure> {
    let command = Command::Withdraw { reason: reason.to_owned() };
    step(app, session, Operation::new("plan.withdraw"), plan, edition, command).await
}
