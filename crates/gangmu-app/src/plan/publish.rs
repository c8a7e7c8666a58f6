//! Publishing an edition (公开): a leader's decision, and never the approver's.

use super::edition::step;
use crate::{app::App, failure::Failure, operate::Operation, session::Session};
use gangmu_plan::edition::Command;

/// Publishes the edition: its text and its accepted commitments can be read without logging in.
pub async fn publish(app: &App, session: &Session, plan: &str, edition: Option<u32>) -> Result<(), Failure> {
    step(app, session, Operation::new("plan.publish"), plan, edition, Command::Publish).await
}
