//! `/indicators`: the catalogue of indicators, each with its definition and its targets, and taking them out of a plan
//! (指标).

mod form;
mod pages;

pub use form::Fields;
pub use pages::{AdoptPage, CataloguePage, EditPage, IndicatorPage};

use crate::{
    failure::{Stop, reasons},
    locale::Language,
    pages::{Noun, Toast},
    plan::{edition::Which, register::spreadsheet},
    signs::address_segment,
    visit::{Visit, done},
    web::Web,
};
use axum::{
    extract::{Form, Path, Query, State},
    http::StatusCode,
    response::Response,
};
use gangmu_app::{
    Failure, Session,
    indicators::{self, Choice, Draft, views::CatalogueFilter},
};
use gangmu_indicators::measure::Measure;
use std::sync::Arc;

/// `/indicators`.
pub async fn list(
    State(web): State<Web>,
    visit: Visit,
    Query(filter): Query<CatalogueFilter>,
) -> Result<Response, Stop> {
    let view = indicators::list(&web.app, &visit.session, filter, None).await?;
    visit.page(&web, Some(Noun::Indicators), &CataloguePage { view }).await
}

/// `/indicators.xlsx`: the same rows as an Excel file.
pub async fn export(
    State(web): State<Web>,
    visit: Visit,
    Query(filter): Query<CatalogueFilter>,
) -> Result<Response, Stop> {
    Ok(workbook(&web, &visit.session, visit.language, filter).await?)
}

/// The catalogue as an Excel file, in that language.
pub(crate) async fn workbook(
    web: &Web,
    session: &Session,
    language: Language,
    filter: CatalogueFilter,
) -> Result<Response, Failure> {
    let words = Arc::clone(&web.pages.words);
    let say = Box::new(move |key: &str| words.say_with(language, key, &[]).unwrap_or_else(|_| key.to_owned()));
    let file = indicators::export(&web.app, session, filter, say).await?;
    Ok(spreadsheet(file.bytes, "indicators.xlsx", &file.name))
}

/// `/indicators/{key}`.
pub async fn show(State(web): State<Web>, visit: Visit, Path(key): Path<String>) -> Result<Response, Stop> {
    let view = indicators::show(&web.app, &visit.session, &key).await?;
    visit.page(&web, Some(Noun::Indicators), &IndicatorPage { view }).await
}

/// `/indicators/new`.
pub async fn new(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    visit.page(&web, Some(Noun::Indicators), &EditPage::new(Fields::default())).await
}

/// Defines an indicator.
pub async fn define(State(web): State<Web>, visit: Visit, Form(fields): Form<Fields>) -> Result<Response, Stop> {
    match indicators::define(&web.app, &visit.session, fields.definition()).await {
        Ok(id) => {
            let toast = Toast { key: "toast-indicator-defined".to_owned(), subject: fields.name, undo: None };
            Ok(done(&web, &format!("/indicators/{}", id.0), Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            let page = EditPage { refusals: reasons(&refused), ..EditPage::new(fields) };
            visit.page_with(&web, Some(Noun::Indicators), StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `/indicators/{key}/edit`.
pub async fn edit(State(web): State<Web>, visit: Visit, Path(key): Path<String>) -> Result<Response, Stop> {
    let view = indicators::show(&web.app, &visit.session, &key).await?;
    let fields = Fields::of(&view.definition, view.version);
    visit.page(&web, Some(Noun::Indicators), &EditPage::of(view, fields)).await
}

/// Changes a definition.
pub async fn revise(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Stop> {
    let draft = Draft { definition: fields.definition(), reason: fields.reason.clone() };
    match indicators::revise(&web.app, &visit.session, &key, draft, fields.seen).await {
        Ok(()) => {
            let toast = Toast { key: "toast-indicator-revised".to_owned(), subject: fields.name, undo: None };
            Ok(done(&web, &format!("/indicators/{}", address_segment(&key)), Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            let view = indicators::show(&web.app, &visit.session, &key).await?;
            let page = EditPage { refusals: reasons(&refused), ..EditPage::of(view, fields) };
            visit.page_with(&web, Some(Noun::Indicators), StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `/plans/{key}/edition/indicators`: the indicators of an edition.
pub async fn preview(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Stop> {
    let view = indicators::preview(&web.app, &visit.session, &key, which.edition).await?;
    visit.page(&web, Some(Noun::Plans), &AdoptPage::new(view)).await
}

/// Takes over what was ticked.
pub async fn adopt(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(which): Query<Which>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Stop> {
    let measure_of = |number: &str| {
        let name = format!("measure-{number}");
        sent.iter().find(|(field, _)| *field == name).map(|(_, word)| Measure::read(word))
    };
    let ticked = sent.iter().filter(|(name, _)| name == "take");
    let chosen =
        ticked.filter_map(|(_, number)| Some(Choice { number: number.parse().ok()?, measure: measure_of(number) }));
    match indicators::adopt(&web.app, &visit.session, &key, which.edition, chosen.collect()).await {
        Ok(count) => {
            let toast = Toast { key: "toast-indicators-adopted".to_owned(), subject: count.to_string(), undo: None };
            Ok(done(&web, "/indicators", Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            let view = indicators::preview(&web.app, &visit.session, &key, which.edition).await?;
            let page = AdoptPage { refusals: reasons(&refused), ..AdoptPage::new(view) };
            visit.page_with(&web, Some(Noun::Plans), StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}
