//! Two people at one commitment (同时编辑): the second sees what the first did, beside what he or she was about to do, and
//! takes it or goes on.

use super::decide::Which;
use crate::{
    failure::Stop,
    pages::{Noun, Page},
    samples,
    signs::address_segment,
    visit::Visit,
    web::Web,
};
use axum::{http::StatusCode, response::Response};
use gangmu_app::plan::changes::{ChangedView, ChangesView, FieldChange, differences, since};
use gangmu_plan::{proposal::Form, review::Command};
use serde::Serialize;

/// What somebody was about to do.
pub struct Attempt<'a> {
    /// The plan's key.
    pub key: &'a str,
    /// The edition.
    pub which: &'a Which,
    /// The commitment.
    pub number: u32,
    /// The version that was seen.
    pub seen: &'a str,
    /// The verb of the form.
    pub verb: &'a str,
    /// Everything that the form sent, to be sent again.
    pub sent: Vec<(&'static str, String)>,
    /// What it meant.
    pub command: &'a Command,
}

/// The page of an attempt on what is no longer what was seen.
pub async fn show(web: &Web, visit: &Visit, attempt: Attempt<'_>) -> Result<Response, Stop> {
    let (key, edition) = (attempt.key, attempt.which.edition);
    let since = since(&web.app, &visit.session, key, edition, attempt.number, attempt.seen).await?;
    let page = ConflictPage::new(&attempt, since);
    visit.page_with(web, Some(Noun::Plans), StatusCode::CONFLICT, &page).await
}

/// What happened meanwhile, beside one's own.
#[derive(Debug, Clone, Serialize)]
pub struct ConflictPage {
    /// Number of the commitment.
    pub number: u32,
    /// What it says now.
    pub text: String,
    /// Where it stands now.
    pub standing: gangmu_app::plan::views::StandingWord,
    /// What happened since, oldest first.
    pub changes: Vec<ChangedView>,
    /// What one was about to do.
    pub verb: String,
    /// What one's own form would change of what stands now: `old` is now, `new` is one's own.
    pub mine: Vec<FieldChange>,
    /// The form, to be sent again.
    pub sent: Vec<(&'static str, String)>,
    /// Where it is sent.
    pub again: String,
    /// Where one looks at what stands now.
    pub theirs: String,
}

impl ConflictPage {
    /// The page of an attempt.
    pub fn new(attempt: &Attempt<'_>, since: ChangesView) -> Self {
        let ChangesView { now, seen, changes } = since;
        let mine = match attempt.command {
            Command::Change { form, .. } => differences(&now.view.form, form),
            Command::Split { parts, .. } => split(&now.view.form, parts.iter().map(|part| &part.0)),
            _ => Vec::new(),
        };
        // What is sent again names what is seen now.
        let mut sent = attempt.sent.clone();
        for (name, value) in &mut sent {
            match *name {
                "version" => value.clone_from(&now.version),
                "seen" => *value = seen.to_string(),
                _ => {}
            }
        }
        let base = format!("/plans/{}/review", address_segment(attempt.key));
        let edition = attempt.which.edition.map_or_else(String::new, |n| format!("edition={n}"));
        let open = format!("c={}", attempt.number);
        let joined = if edition.is_empty() { open } else { format!("{edition}&{open}") };
        Self {
            number: attempt.number,
            text: now.view.form.text.clone(),
            standing: now.view.standing,
            changes,
            verb: attempt.verb.to_owned(),
            mine,
            sent,
            again: format!("{base}/decide{}", if edition.is_empty() { String::new() } else { format!("?{edition}") }),
            theirs: format!("{base}/{}?{joined}", address_segment(&now.clause)),
        }
    }
}

/// The parts of a split, in words.
fn split<'f>(now: &Form, parts: impl Iterator<Item = &'f Form>) -> Vec<FieldChange> {
    let old = Some(now.text.clone());
    parts.map(|part| FieldChange { name: "text", old: old.clone(), new: Some(part.text.clone()) }).collect()
}

impl Page for ConflictPage {
    const TEMPLATE: &'static str = "plan/conflict.html";

    fn samples() -> Vec<Self> {
        let field = |name: &'static str, old: Option<&str>, new: Option<&str>| FieldChange {
            name,
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
        };
        let changed = ChangedView {
            at: "2024-06-30T01:20:00Z".parse().unwrap_or_default(),
            who: "陆*".to_owned(),
            verb: "changed",
            note: Some("按主席会议意见".to_owned()),
            fields: vec![
                field("standing", Some("proposed"), Some("changed")),
                field("text", Some("更新老旧水管"), Some("更新老旧水管 20 公里")),
                field("kind", Some("task"), Some("project")),
                field("degree", Some("advance"), Some("must")),
                field("lead", None, Some("示例水务局")),
                field("support", Some("示例财政局"), None),
                field("deadline", None, Some("2025")),
                field("goal", None, Some("≥20公里")),
                field("attribute", None, Some("binding")),
            ],
        };
        let full = Self {
            number: 4,
            text: samples::commitment(gangmu_app::plan::views::StandingWord::Changed).form.text,
            standing: gangmu_app::plan::views::StandingWord::Changed,
            changes: vec![changed],
            verb: "change".to_owned(),
            mine: vec![field("text", Some("更新老旧水管 20 公里"), Some("更换老旧水管"))],
            sent: vec![("number", "4".to_owned()), ("verb", "change".to_owned())],
            again: "/plans/145/review/decide".to_owned(),
            theirs: "/plans/145/review/1.1?c=4".to_owned(),
        };
        let verb = |verb: &str| Self { verb: verb.to_owned(), mine: Vec::new(), ..full.clone() };
        let others = ["accept", "split", "split-by-hand", "doubt", "reject"].map(verb);
        [vec![full.clone(), Self { changes: Vec::new(), ..full.clone() }], others.to_vec()].concat()
    }
}
