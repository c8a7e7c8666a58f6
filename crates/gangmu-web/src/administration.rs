//! The administration (管理): one list of its sections, and the page that leads to those that one may open.
//!
//! A noun that has pages for administrators adds a line to [`SECTIONS`] and its words `section-<key>` and
//! `section-<key>-what`.

use crate::{
    failure::Stop,
    pages::{Noun, Page},
    visit::Visit,
    web::Web,
};
use axum::{extract::State, response::Response};
use gangmu_app::{Access, Session};
use serde::Serialize;

/// A section of the administration (管理栏目).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The action of the access matrix that its first page needs.
    #[serde(skip)]
    pub action: &'static str,
    /// The address of its first page.
    pub address: &'static str,
    /// The key of its words.
    pub key: &'static str,
}

const fn section(action: &'static str, address: &'static str, key: &'static str) -> Section {
    Section { action, address, key }
}

/// Every section, in the order of the page.
pub const SECTIONS: &[Section] = &[
    section("accounts.read", "/accounts", "accounts"),
    section("accounts.add", "/rosters", "rosters"),
    section("accounts.roles", "/role-requests", "role-requests"),
    section("attachments.collect", "/administration/attachments", "attachments"),
    section("operations.read", "/operations", "operations"),
    section("access.read", "/administration/rights", "rights"),
    section("backup.watch", "/administration/backups", "backups"),
    section("personal.read", "/personal", "personal"),
    section("journal.read", "/journal", "journal"),
];

/// The sections that this person may open.
pub fn sections<'a>(session: &'a Session, access: &'a Access) -> impl Iterator<Item = Section> + 'a {
    let may = |section: &Section| session.may(access, "administration.read") && session.may(access, section.action);
    SECTIONS.iter().copied().filter(may)
}

/// `/administration`.
pub async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let page = AdministrationPage { sections: sections(&visit.session, web.app.access()).collect() };
    visit.page(&web, Some(Noun::Administration), &page).await
}

/// The sections that one may open.
#[derive(Debug, Clone, Serialize)]
pub struct AdministrationPage {
    /// They, in order.
    pub sections: Vec<Section>,
}

impl Page for AdministrationPage {
    const TEMPLATE: &'static str = "administration/index.html";

    fn samples() -> Vec<Self> {
        vec![Self { sections: SECTIONS.to_vec() }, Self { sections: Vec::new() }]
    }
}
