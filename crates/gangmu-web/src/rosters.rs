//! Rosters (名册): organisations and people from a spreadsheet, their slips, and the roles that are asked for.

mod pages;
mod requests;

pub use pages::{Group, RequestsPage, RosterPage, RostersPage, SlipsPage};
pub use requests::{answer as answer_requests, show as requests};

use crate::{
    failure::{Stop, reasons},
    locale::Language,
    pages::{Noun, Toast},
    plan::register::spreadsheet,
    visit::{Visit, done, see_other},
    web::Web,
};
use axum::{
    extract::{Form, Multipart, Path, State},
    http::StatusCode,
    response::Response,
};
use gangmu_app::{
    Failure,
    plan::views::ReasonView,
    rosters::{self, Mode, Vocabulary},
};
use serde::Deserialize;

/// `/rosters`.
pub async fn list(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    listed(&web, &visit, StatusCode::OK, Vec::new()).await
}

async fn listed(web: &Web, visit: &Visit, status: StatusCode, refusals: Vec<ReasonView>) -> Result<Response, Stop> {
    let page = RostersPage {
        rosters: rosters::recent(&web.app, &visit.session, None, 20).await?,
        limit: crate::security::UPLOAD_LIMIT,
        refusals,
    };
    visit.page_with(web, Some(Noun::Administration), status, &page).await
}

/// `/rosters/template.xlsx`.
pub async fn template(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    Ok(empty(&web, visit.language).await?)
}

/// A roster that nobody has filled yet.
pub(crate) async fn empty(web: &Web, language: Language) -> Result<Response, Failure> {
    let bytes = rosters::template(&|key| said(web, language, key)).await?;
    Ok(spreadsheet(bytes, "gangmu.xlsx", &format!("{}.xlsx", said(web, language, "roster-template"))))
}

/// `POST /rosters`: the secret first, then the file; leads to what it would do.
pub async fn submit(State(web): State<Web>, visit: Visit, mut sent: Multipart) -> Result<Response, Stop> {
    let broken = |_| Stop::Malformed;
    let first = sent.next_field().await.map_err(broken)?.ok_or(Stop::Malformed)?;
    if first.name() != Some("csrf") || !visit.csrf_matches(&first.text().await.map_err(broken)?) {
        return Err(Stop::Csrf);
    }
    let (mut name, mut bytes) = (String::new(), Vec::new());
    while let Some(field) = sent.next_field().await.map_err(broken)? {
        if field.name() == Some("files") {
            name = field.file_name().unwrap_or_default().to_owned();
            bytes = field.bytes().await.map_err(|error| too_large(&error))?.to_vec();
        }
    }
    match rosters::submit(&web.app, &visit.session, &name, bytes, &vocabulary(&web)).await {
        Ok(id) => Ok(see_other(&format!("/rosters/{id}"))),
        Err(Failure::Refused(refused)) => {
            listed(&web, &visit, StatusCode::UNPROCESSABLE_ENTITY, reasons(&refused)).await
        }
        Err(other) => Err(other.into()),
    }
}

fn too_large(error: &axum::extract::multipart::MultipartError) -> Stop {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Stop::TooLarge } else { Stop::Malformed }
}

/// `/rosters/{id}`: what a roster would do, or did.
pub async fn show(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    shown(&web, &visit, id, StatusCode::OK, Vec::new()).await
}

async fn shown(
    web: &Web,
    visit: &Visit,
    id: i64,
    status: StatusCode,
    refusals: Vec<ReasonView>,
) -> Result<Response, Stop> {
    let preview = rosters::preview(&web.app, &visit.session, id).await?;
    visit.page_with(web, Some(Noun::Administration), status, &RosterPage::new(preview, refusals)).await
}

/// How a roster is to be applied.
#[derive(Debug, Deserialize)]
pub struct Decision {
    mode: String,
    seen: String,
}

/// Applies a roster.
pub async fn apply(
    State(web): State<Web>,
    visit: Visit,
    Path(id): Path<i64>,
    Form(decision): Form<Decision>,
) -> Result<Response, Stop> {
    let mode = match decision.mode.as_str() {
        "all" => Mode::All,
        "sound" => Mode::Sound,
        _ => return Err(Stop::Malformed),
    };
    match rosters::apply(&web.app, &visit.session, id, mode, &decision.seen).await {
        Ok(tally) => {
            let count = tally.people_new + tally.people_changed + tally.organisations_new + tally.organisations_changed;
            let toast = Toast { key: "toast-roster-applied".to_owned(), subject: count.to_string(), undo: None };
            Ok(done(&web, &format!("/rosters/{id}"), Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            shown(&web, &visit, id, StatusCode::UNPROCESSABLE_ENTITY, reasons(&refused)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Drops a draft.
pub async fn drop_draft(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    rosters::drop_draft(&web.app, &visit.session, id).await?;
    let toast = Toast { key: "toast-roster-dropped".to_owned(), subject: id.to_string(), undo: None };
    Ok(done(&web, "/rosters", Some(&toast)))
}

/// In which form the slips are wanted.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    form: String,
}

/// Makes slips: as a page to print or as a spreadsheet, told once.
pub async fn slips(
    State(web): State<Web>,
    visit: Visit,
    Path(id): Path<i64>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Stop> {
    let slips = match rosters::slips(&web.app, &visit.session, id).await {
        Ok(slips) => slips,
        Err(Failure::Refused(refused)) => {
            return shown(&web, &visit, id, StatusCode::UNPROCESSABLE_ENTITY, reasons(&refused)).await;
        }
        Err(other) => return Err(other.into()),
    };
    if wanted.form == "xlsx" {
        let bytes = rosters::slips_book(&slips, &|key| said(&web, visit.language, key)).await?;
        return Ok(spreadsheet(bytes, "gangmu.xlsx", &format!("{}-{id}.xlsx", said(&web, visit.language, "slips"))));
    }
    let page = SlipsPage { roster: id, slips };
    visit.page(&web, Some(Noun::Administration), &page).await
}

fn said(web: &Web, language: Language, key: &str) -> String {
    web.pages.words.say_with(language, key, &[]).unwrap_or_else(|_| key.to_owned())
}

/// The words by which files name columns, kinds and roles, in every language of the house.
pub fn vocabulary(web: &Web) -> Vocabulary {
    Vocabulary::new(&|key| {
        Language::ALL.into_iter().filter_map(|language| web.pages.words.say_with(language, key, &[]).ok()).collect()
    })
}
