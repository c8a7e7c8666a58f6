//! `/public/145`: what everybody may read without login and without script (公众页).

use crate::{
    failure::Stop,
    locale::Language,
    pages::Page,
    plan::ranks::ranks,
    samples,
    signs::address_segment,
    visit::{Visit, see_other},
    web::Web,
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use gangmu_app::attachments::public::{PublicFile, public_files};
use gangmu_app::plan::{
    public::{PublicPlan, public, public_list},
    views::{PublicChapter, PublicView},
};
use serde::{Deserialize, Serialize};

/// The language, in the address: a public page is the same for everybody, so that it can be kept on the way.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    lang: String,
}

/// `/public`: the plans that are public.
pub async fn list(State(web): State<Web>, visit: Visit, Query(chosen): Query<Chosen>) -> Result<Response, Stop> {
    let visit = plain(visit, &chosen);
    let plans = public_list(&web.app).await?;
    let page = PublicListPage { plans, home: "/public", other_language: other(visit.language) };
    let html = visit.page(&web, None, &page).await?;
    Ok(kept(html, None))
}

/// `/public/{key}`.
pub async fn front(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(chosen): Query<Chosen>,
    headers: HeaderMap,
) -> Result<Response, Stop> {
    show(&web, plain(visit, &chosen), &key, None, &headers).await
}

/// `/public/{key}/{path}`.
pub async fn chapter(
    State(web): State<Web>,
    visit: Visit,
    Path((key, path)): Path<(String, String)>,
    Query(chosen): Query<Chosen>,
    headers: HeaderMap,
) -> Result<Response, Stop> {
    show(&web, plain(visit, &chosen), &key, Some(&path), &headers).await
}

/// `/p/{key}`: the short address for posters.
pub async fn short(Path(key): Path<String>) -> Response {
    see_other(&format!("/public/{}", address_segment(&key)))
}

async fn show(web: &Web, visit: Visit, key: &str, path: Option<&str>, headers: &HeaderMap) -> Result<Response, Stop> {
    let view = public(&web.app, key, path).await?;
    let files = public_files(&web.app, key).await?;
    // A file that is opened or closed makes another page.
    let opened: Vec<&str> = files.iter().filter_map(|file| file.address.rsplit('/').next()).collect();
    let (tag, edition) = (visit.language.tag(), web.pages.assets.edition());
    let tag = format!("\"{}-{}-{tag}-{edition}\"", view.etag, opened.join("."));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)) {
        return Ok(kept(StatusCode::NOT_MODIFIED.into_response(), Some(&tag)));
    }
    let page = PublicPage { files, ..PublicPage::new(view, path.is_none(), other(visit.language)) };
    let html = visit.page(web, None, &page).await?;
    Ok(kept(html, Some(&tag)))
}

/// A visit without anything personal: nobody is logged in, nothing was done, the language is that of the address.
fn plain(visit: Visit, chosen: &Chosen) -> Visit {
    Visit {
        session: gangmu_app::Session::public(),
        language: Language::from_tag(&chosen.lang).unwrap_or_default(),
        toast: None,
        ..visit
    }
}

fn other(language: Language) -> String {
    match language {
        Language::Chinese => "?lang=en".to_owned(),
        Language::English => "?lang=zh-CN".to_owned(),
    }
}

/// An answer that may be kept on the way for a minute, and asked for again by its tag.
fn kept(mut response: Response, tag: Option<&str>) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    if let Some(Ok(tag)) = tag.map(HeaderValue::from_str) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// The public page of a plan, with one chapter or with none.
#[derive(Debug, Clone, Serialize)]
pub struct PublicPage {
    /// What is public.
    pub view: PublicView,
    /// Files that were opened to the public.
    pub files: Vec<PublicFile>,
    /// The plan's own address was asked for: a summary stands above the first chapter.
    pub front: bool,
    /// The chapter that is read.
    pub chapter: Option<PublicChapter>,
    /// The chapter before.
    pub previous: Option<PublicChapter>,
    /// The chapter after.
    pub next: Option<PublicChapter>,
    /// Commitments in all.
    pub total: u32,
    /// Ranks of the headings, clause by clause.
    pub ranks: Vec<Vec<u8>>,
    /// Where the name of the page leads.
    pub home: String,
    /// The same page in the other language.
    pub other_language: String,
}

impl PublicPage {
    /// The page of a view; `other_language` is its address in the other language.
    pub fn new(view: PublicView, front: bool, other_language: String) -> Self {
        let at = view.chapters.iter().position(|chapter| chapter.current);
        let chapter = at.map(|index| view.chapters[index].clone());
        let neighbour = |index: Option<usize>| {
            index.and_then(|i| view.chapters.get(i)).map(|c| PublicChapter { clauses: Vec::new(), ..c.clone() })
        };
        let clauses = chapter.as_ref().map(|c| c.clauses.as_slice()).unwrap_or_default();
        Self {
            previous: neighbour(at.and_then(|i| i.checked_sub(1))),
            next: neighbour(at.map(|i| i + 1)),
            total: view.kinds.iter().map(|kind| kind.count).sum(),
            ranks: ranks(clauses.iter().map(|clause| clause.headings.as_slice()), 2),
            home: format!("/public/{}", address_segment(&view.key)),
            files: Vec::new(),
            front,
            other_language,
            chapter,
            view,
        }
    }
}

impl Page for PublicPage {
    const TEMPLATE: &'static str = "public/plan.html";

    fn samples() -> Vec<Self> {
        let page = |front| Self::new(samples::public(), front, "?lang=en".to_owned());
        vec![page(false), Self { files: samples::public_files(), ..page(true) }]
    }
}

/// `/public`: the plans that are public.
#[derive(Debug, Clone, Serialize)]
pub struct PublicListPage {
    /// Title and address of each.
    pub plans: Vec<PublicPlan>,
    /// Where the name of the page leads.
    pub home: &'static str,
    /// The same page in the other language.
    pub other_language: String,
}

impl Page for PublicListPage {
    const TEMPLATE: &'static str = "public/list.html";

    fn samples() -> Vec<Self> {
        let page = |plans| Self { plans, home: "/public", other_language: "?lang=en".to_owned() };
        vec![page(vec![samples::public_plan()]), page(Vec::new())]
    }
}
