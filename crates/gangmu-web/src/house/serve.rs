//! Signs of life, assets, language, gallery.

use crate::{
    failure::Stop,
    house::GalleryPage,
    locale::Language,
    visit::{LANGUAGE_COOKIE, Visit, cookie, inside, see_other},
    web::Web,
};
use axum::{
    extract::{Form, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// `/healthz`: the process lives.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `/readyz`: it can serve: the database answers.
pub async fn ready(State(web): State<Web>) -> Response {
    match gangmu_app::packs::district(&web.app, &gangmu_app::Session::public()).await {
        Ok(_) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response()
        }
    }
}

/// `/assets/…`: may be kept for ever, because a changed file has another address.
pub async fn asset(State(web): State<Web>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let address = format!("/assets/{name}");
    let Some(asset) = web.pages.assets.get(&address) else { return Stop::Hidden.into_response() };
    let kept = HeaderValue::from_static("public, max-age=31536000, immutable");
    if headers.contains_key(header::IF_NONE_MATCH) {
        return (StatusCode::NOT_MODIFIED, [(header::CACHE_CONTROL, kept)]).into_response();
    }
    let media = HeaderValue::from_static(asset.media_type);
    ([(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, kept)], asset.bytes.clone().into_owned()).into_response()
}

/// The chosen language.
#[derive(Debug, Deserialize)]
pub struct Choice {
    language: String,
    #[serde(default)]
    back: String,
}

/// Remembers the language and goes back to the page.
pub async fn choose_language(State(web): State<Web>, Form(choice): Form<Choice>) -> Result<Response, Stop> {
    let language = Language::from_tag(&choice.language).ok_or(Stop::Malformed)?;
    let mut response = see_other(inside(&choice.back).unwrap_or("/"));
    let year = Some(365 * 24 * 3600);
    response.headers_mut().append(header::SET_COOKIE, cookie(&web, LANGUAGE_COOKIE, language.tag(), year));
    Ok(response)
}

/// `/gallery`.
pub async fn gallery(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    visit.page(&web, None, &GalleryPage::new()).await
}
