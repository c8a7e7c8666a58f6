//! Serves the samples of every page, to look at them: `cargo run -p gangmu-web --example look`, then
//! `http://127.0.0.1:8441/zh-CN/plan/reader.html/0`.

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use gangmu_web::{
    accounts::{AccountPage, AccountsPage, LoginPage, PasswordPage},
    administration::AdministrationPage,
    attachments::{AttachmentPage, AttachmentsPage, StorePage},
    home::HomePage,
    house::{GalleryPage, StopPage},
    imports::{ImportPage, ProgressPage},
    locale::Language,
    pages::{Frame, Noun, Page, Pages, Person, Toast},
    plan::{
        bulk::BulkPage, edition::EditionPage, list::PlansPage, reader::ReaderPage, register::RegisterPage,
        review::ReviewPage,
    },
    posts::OwnPostsPage,
    public::{PublicListPage, PublicPage},
    rights::RightsPage,
    search::SearchPage,
};

fn one<P: Page>(pages: &Pages, frame: &Frame, index: usize) -> Option<String> {
    let sample = P::samples().into_iter().nth(index)?;
    Some(pages.render(frame, &sample).unwrap_or_else(|error| format!("{error:#}")))
}

fn frame(language: Language, template: &str) -> Frame {
    let noun = if template.starts_with("home") { Noun::Home } else { Noun::Plans };
    Frame {
        language,
        csrf: "c".repeat(64),
        person: (!template.contains("login")).then(|| Person {
            name: "规划科 · 林*".to_owned(),
            unit: Some("示例局".to_owned()),
            post: Some("规划科科长".to_owned()),
            deputy_for: None,
            plans: true,
            indicators: true,
            search: true,
            messages: (2, 7),
            administration: true,
            journal: true,
            must_change: false,
            last_login: Some("2024-06-29T01:00:00Z".to_owned()),
            idle: 1800,
            left: 43_200,
        }),
        noun: Some(noun),
        installation: "示例区规划实施".to_owned(),
        demonstration: true,
        demonstration_date: Some("2024-06-30".to_owned()),
        address: "/".to_owned(),
        toast: template.contains("review").then(|| Toast {
            key: "toast-accepted".to_owned(),
            subject: "4".to_owned(),
            undo: Some("/undo".to_owned()),
        }),
    }
}

fn render(pages: &Pages, language: Language, template: &str, index: usize) -> Option<String> {
    let frame = frame(language, template);
    match template {
        "plan/reader.html" => one::<ReaderPage>(pages, &frame, index),
        "plan/register.html" => one::<RegisterPage>(pages, &frame, index),
        "plan/review.html" => one::<ReviewPage>(pages, &frame, index),
        "plan/bulk.html" => one::<BulkPage>(pages, &frame, index),
        "plan/edition.html" => one::<EditionPage>(pages, &frame, index),
        "attachments/list.html" => one::<AttachmentsPage>(pages, &frame, index),
        "attachments/store.html" => one::<StorePage>(pages, &frame, index),
        "attachments/one.html" => one::<AttachmentPage>(pages, &frame, index),
        "plan/list.html" => one::<PlansPage>(pages, &frame, index),
        "imports/new.html" => one::<ImportPage>(pages, &frame, index),
        "imports/progress.html" => one::<ProgressPage>(pages, &frame, index),
        "home/work.html" => one::<HomePage>(pages, &frame, index),
        "search/results.html" => one::<SearchPage>(pages, &frame, index),
        "public/plan.html" => one::<PublicPage>(pages, &frame, index),
        "public/list.html" => one::<PublicListPage>(pages, &frame, index),
        "accounts/login.html" => one::<LoginPage>(pages, &frame, index),
        "accounts/list.html" => one::<AccountsPage>(pages, &frame, index),
        "administration/index.html" => one::<AdministrationPage>(pages, &frame, index),
        "posts/own.html" => one::<OwnPostsPage>(pages, &frame, index),
        "rights/index.html" => one::<RightsPage>(pages, &frame, index),
        "accounts/edit.html" => one::<AccountPage>(pages, &frame, index),
        "accounts/password.html" => one::<PasswordPage>(pages, &frame, index),
        "house/gallery.html" => one::<GalleryPage>(pages, &frame, index),
        "house/stop.html" => one::<StopPage>(pages, &frame, index),
        _ => None,
    }
}

async fn page(Path((language, noun, verb, index)): Path<(String, String, String, usize)>) -> Response {
    // Read anew for each request: a changed template or style sheet shows at once.
    let pages = match Pages::load() {
        Ok(pages) => pages,
        Err(error) => return format!("{error:?}").into_response(),
    };
    let language = Language::from_tag(&language).unwrap_or_default();
    match render(&pages, language, &format!("{noun}/{verb}"), index) {
        Some(html) => Html(html).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn asset(State(()): State<()>, Path(path): Path<String>) -> Response {
    let assets = gangmu_web::assets::Assets::load();
    match assets.get(&format!("/assets/{path}")) {
        Some(asset) => ([(header::CONTENT_TYPE, asset.media_type)], asset.bytes.clone().into_owned()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let routes = Router::new()
        .route("/{language}/{noun}/{verb}/{index}", get(page))
        .route("/assets/{*path}", get(asset))
        .with_state(());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8441").await?;
    axum::serve(listener, routes).await
}
