//! How much is kept, whose it is, and how much of it nothing refers to (附件库用量).

use super::{collect::COLLECT, views::UsageView};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_store::{
    attachments::{self, Used, kept},
    organisations,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// How much an organisation has (单位用量).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationUsage {
    /// Its name; none for whoever belongs to no organisation.
    pub name: Option<String>,
    /// How much it has.
    pub usage: UsageView,
}

/// The files beside the database (附件库).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoreView {
    /// Attachments that are there.
    pub used: UsageView,
    /// Files that are kept: each once, with copies of pictures and what was removed.
    pub kept: Used,
    /// Those that nothing refers to.
    pub waiting: Used,
    /// The organisations with the most.
    pub organisations: Vec<OrganisationUsage>,
    /// Bytes of one file.
    pub file: u64,
    /// Days in which a removed file can be had back.
    pub regret_days: i64,
    /// Hours that what nothing refers to stays, at each of the two steps.
    pub grace_hours: i64,
}

/// How much is kept.
pub async fn usage(app: &App, session: &Session) -> Result<StoreView, Failure> {
    let limits = app.attachments.limits;
    look(app, session, COLLECT, move |tx| {
        let names: BTreeMap<String, String> =
            organisations::all(tx)?.into_iter().map(|(_, row)| (row.code.clone(), row.shown().to_owned())).collect();
        let organisations = attachments::by_organisation(tx)?.into_iter().map(|(code, used)| OrganisationUsage {
            name: code.map(|code| names.get(&code).cloned().unwrap_or(code)),
            usage: UsageView::new(used, limits.organisation),
        });
        Ok(StoreView {
            organisations: organisations.collect(),
            used: UsageView::new(attachments::used(tx)?, limits.installation),
            kept: kept::had(tx)?,
            waiting: kept::waiting(tx)?,
            file: limits.file,
            regret_days: limits.regret.as_hours() / 24,
            grace_hours: limits.grace.as_hours(),
        })
    })
    .await
}
