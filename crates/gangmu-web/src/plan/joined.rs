//! `/plans/145/joined`: what joining the files of an edition gave (归并结果).

use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Page, Toast},
    plan::decide::Which,
    samples,
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
    Failure,
    plan::{
        decide::Desk,
        joined::{Asked, joined},
        reconcile::{Side, reconcile},
        views::{JoinedView, ReasonView},
    },
};
use serde::{Deserialize, Serialize};

/// Which rows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    edition: Option<u32>,
    state: Option<String>,
    commitment: Option<u32>,
    after: Option<u32>,
}

/// `/plans/{key}/joined`.
pub async fn show(
    State(web): State<Web>,
    visit: Visit,
    Path(key): Path<String>,
    Query(shown): Query<Shown>,
) -> Result<Response, Stop> {
    let Shown { edition, state, commitment, after } = shown;
    let asked = Asked { edition, state, commitment, after: after.unwrap_or(0) };
    let view = joined(&web.app, &visit.session, &key, asked).await?;
    visit.page(&web, Some(Noun::Plans), &JoinedPage::new(view)).await
}

/// Which source holds.
#[derive(Debug, Deserialize)]
pub struct Holds {
    side: String,
    seen: Option<u32>,
}

/// `POST /plans/{key}/joined/{number}`: one of two sources holds.
pub async fn decide(
    State(web): State<Web>,
    visit: Visit,
    Path((key, number)): Path<(String, u32)>,
    Query(which): Query<Which>,
    Form(holds): Form<Holds>,
) -> Result<Response, Stop> {
    let side = Side::of_word(&holds.side).ok_or(Stop::Malformed)?;
    let desk = Desk { plan: key.clone(), edition: which.edition, seen: holds.seen };
    let asked = Asked { edition: which.edition, ..Asked::default() };
    match reconcile(&web.app, &visit.session, desk, number, side).await {
        Ok(_) => {
            let page = JoinedPage::new(joined(&web.app, &visit.session, &key, asked).await?);
            let edition = which.edition.map_or_else(String::new, |n| format!("?edition={n}"));
            let undo = format!("/plans/{}/review/undo{edition}", address_segment(&key));
            let subject = page.view.conflicts.iter().find(|c| c.number == number).map(|c| c.subject.clone());
            let toast =
                Toast { key: "toast-reconciled".to_owned(), subject: subject.unwrap_or_default(), undo: Some(undo) };
            Ok(done(&web, &page.view.address, Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            let view = joined(&web.app, &visit.session, &key, asked).await?;
            let page = JoinedPage { refusals: reasons(&refused), ..JoinedPage::new(view) };
            visit.page_with(&web, Some(Noun::Plans), StatusCode::CONFLICT, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

/// A state of rows with its count.
#[derive(Debug, Clone, Serialize)]
pub struct StateCount {
    /// The state.
    pub state: &'static str,
    /// Rows in it.
    pub count: u32,
    /// The page with these rows alone.
    pub address: String,
    /// Is it shown alone?
    pub chosen: bool,
}

/// What joining the files of an edition gave.
#[derive(Debug, Clone, Serialize)]
pub struct JoinedPage {
    /// Everything.
    pub view: JoinedView,
    /// The states that rows are in.
    pub states: Vec<StateCount>,
    /// All rows.
    pub total: u32,
    /// The next page of rows.
    pub next: Option<String>,
    /// Where a decision goes, in front of the number.
    pub decide_address: String,
    /// What stands behind the number.
    pub decide_query: String,
    /// Why the last decision was refused.
    pub refusals: Vec<ReasonView>,
}

impl JoinedPage {
    /// The page of a view.
    pub fn new(view: JoinedView) -> Self {
        let joint = if view.address.contains('?') { '&' } else { '?' };
        let of_state = |state: &str| format!("{}{joint}state={state}#rows", view.address);
        let state = |&(state, count): &(&'static str, u32)| StateCount {
            state,
            count,
            address: of_state(state),
            chosen: view.state == Some(state),
        };
        let states: Vec<StateCount> = view.states.iter().filter(|(_, count)| *count > 0).map(state).collect();
        // A page of one commitment's rows goes on as one.
        let kept = match (view.commitment, view.state) {
            (Some(number), _) => format!("commitment={number}&"),
            (None, Some(state)) => format!("state={state}&"),
            (None, None) => String::new(),
        };
        Self {
            total: view.states.iter().map(|(_, count)| count).sum(),
            next: view.next.map(|after| format!("{}{joint}{kept}after={after}#rows", view.address)),
            decide_address: format!("/plans/{}/joined/", address_segment(&view.plan.key)),
            decide_query: format!("?edition={}", view.edition.number),
            states,
            refusals: Vec::new(),
            view,
        }
    }
}

impl Page for JoinedPage {
    const TEMPLATE: &'static str = "plan/joined.html";

    fn samples() -> Vec<Self> {
        let whole = Self::new(samples::joined());
        let mut frozen = samples::joined();
        frozen.review = samples::forbidden();
        let mut single = samples::joined();
        single.files.clear();
        single.rows.clear();
        single.conflicts.clear();
        single.open.clear();
        single.states.clear();
        let refused = Self { refusals: samples::reasons(), ..whole.clone() };
        vec![whole, refused, Self::new(frozen), Self::new(single)]
    }
}
