//! `/plans/145/register`: the register of commitments (台账).

use crate::{
    failure::Stop,
    locale::Language,
    pages::{Noun, Page},
    samples,
    signs::address_segment,
    visit::Visit,
    web::Web,
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use gangmu_app::{
    Session,
    plan::{
        export_register::export_register,
        register::register,
        views::{RegisterFilter, RegisterView},
    },
};
use serde::Serialize;
use std::sync::Arc;

/// `/plans/{key}/register`.
pub async fn show(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(filter): Query<RegisterFilter>,
) -> Result<Response, Stop> {
    let view = register(&web.app, &visit.session, &key, filter).await?;
    visit.page(&web, Some(Noun::Plans), &RegisterPage::new(view)).await
}

/// `/plans/{key}/register.xlsx`: the same rows as an Excel file.
pub async fn export(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(filter): Query<RegisterFilter>,
) -> Result<Response, Stop> {
    workbook(&web, &visit.session, visit.language, &key, filter).await
}

/// The register as an Excel file, in that language.
pub async fn workbook(
    web: &Web,
    session: &Session,
    language: Language,
    key: &str,
    filter: RegisterFilter,
) -> Result<Response, Stop> {
    let words = Arc::clone(&web.pages.words);
    let say = Box::new(move |key: &str| words.say_with(language, key, &[]).unwrap_or_else(|_| key.to_owned()));
    let file = export_register(&web.app, session, key, filter, say).await?;
    Ok(spreadsheet(file.bytes, "register.xlsx", &file.name))
}

/// An Excel file as an answer: its name, and a plain one for who can't read that.
pub(crate) fn spreadsheet(bytes: Vec<u8>, plain: &str, name: &str) -> Response {
    let kind = HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    let named = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", percent(name));
    let named = HeaderValue::from_str(&named).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, named)], bytes).into_response()
}

/// A file's name as a header carries it.
pub(crate) fn percent(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// The register with one page of rows.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterPage {
    /// The rows and the filters.
    pub view: RegisterView,
    /// The same filter, doubts switched.
    pub doubt_address: String,
    /// Without any filter; none where there is none.
    pub clear_address: Option<String>,
}

impl RegisterPage {
    /// The page of a view.
    pub fn new(view: RegisterView) -> Self {
        let filter = &view.filter;
        let chosen = [&filter.kind, &filter.degree, &filter.standing, &filter.certainty, &filter.chapter, &filter.lead];
        let filtered = filter.doubt.is_some() || chosen.into_iter().any(Option::is_some);
        let all = [
            ("kind", filter.kind.clone()),
            ("degree", filter.degree.clone()),
            ("standing", filter.standing.clone()),
            ("certainty", filter.certainty.clone()),
            ("chapter", filter.chapter.clone()),
            ("lead", filter.lead.clone()),
            ("doubt", (filter.doubt != Some(true)).then(|| "true".to_owned())),
            ("hide", filter.hide.clone()),
        ];
        let address = |kept: &dyn Fn(&str) -> bool| {
            let mut out = view.edition.register_address.clone();
            for (name, value) in all.iter().filter(|one| kept(one.0)) {
                if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
                    let joint = if out.contains('?') { '&' } else { '?' };
                    out.push_str(&format!("{joint}{name}={}", address_segment(value)));
                }
            }
            out
        };
        // Columns are no filter: they stay as they are.
        let (doubt_address, plain) = (address(&|_| true), address(&|name| name == "hide"));
        Self { doubt_address, clear_address: filtered.then_some(plain), view }
    }
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "plan/register.html";

    fn samples() -> Vec<Self> {
        let mut empty = samples::register();
        empty.rows.clear();
        empty.matching = 0;
        empty.filter.kind = Some("policy".to_owned());
        vec![Self::new(samples::register()), Self::new(empty)]
    }
}
