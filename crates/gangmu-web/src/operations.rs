//! The running of the program (运行): queues, timers, dead jobs, sizes, slow statements, faults by number.
//!
//! What changes something stands on a page of its own that says what will happen: reading the list does nothing by a
//! slip, and everything works without a script. The list renews itself where its reader asked for that.

mod pages;

pub use pages::{FaultPage, JobPage, OperationsPage, QueuePage, TimerPage};

use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Page, Toast},
    signs::address_segment,
    visit::{Visit, done},
    web::Web,
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderName, HeaderValue, StatusCode},
    response::Response,
};
use axum_extra::extract::Form;
use gangmu_app::{Failure, faults, operations};
use serde::Deserialize;

/// Seconds after which a page that was asked to renew itself does so.
const RENEWAL: u32 = 10;

fn manages(web: &Web, visit: &Visit) -> bool {
    visit.session.may(web.app.access(), "operations.manage")
}

/// What the list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    live: String,
}

/// `/operations`.
pub async fn show(State(web): State<Web>, visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Stop> {
    let live = (!asked.live.is_empty()).then_some(RENEWAL);
    let page = OperationsPage::of(operations::overview(&web.app, &visit.session).await?, live);
    let mut response = visit.page(&web, Some(Noun::Administration), &page).await?;
    if live.is_some() {
        let value = HeaderValue::from(RENEWAL);
        response.headers_mut().insert(HeaderName::from_static("refresh"), value);
    }
    Ok(response)
}

/// The number that somebody was told.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Number {
    number: String,
}

/// `/operations/faults`.
pub async fn fault(State(web): State<Web>, visit: Visit, Query(asked): Query<Number>) -> Result<Response, Stop> {
    let found = faults::find(&web.app, &visit.session, &asked.number).await?;
    let page = FaultPage { number: asked.number, found: found.map(pages::fault_line) };
    visit.page(&web, Some(Noun::Administration), &page).await
}

/// The reason that a form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Why {
    reason: String,
}

/// Goes back to the list with what was done, or shows the page again with the reasons why not.
async fn ended<P: Page>(
    web: &Web,
    visit: &Visit,
    result: Result<(), Failure>,
    (toast, subject): (&str, String),
    again: impl AsyncFnOnce(Vec<gangmu_app::plan::views::ReasonView>) -> Result<P, Stop>,
) -> Result<Response, Stop> {
    match result {
        Ok(()) => Ok(done(web, "/operations", Some(&Toast { key: toast.to_owned(), subject, undo: None }))),
        Err(Failure::Refused(refused)) => {
            let page = again(reasons(&refused)).await?;
            visit.page_with(web, Some(Noun::Administration), StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn job_page(
    web: &Web,
    visit: &Visit,
    id: i64,
    refusals: Vec<gangmu_app::plan::views::ReasonView>,
) -> Result<JobPage, Stop> {
    let job = operations::job(&web.app, &visit.session, id).await?;
    Ok(JobPage { manages: manages(web, visit), job: pages::job_line(job), refusals })
}

/// `/operations/jobs/{id}`.
pub async fn job(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let page = job_page(&web, &visit, id, Vec::new()).await?;
    visit.page(&web, Some(Noun::Administration), &page).await
}

/// Tries a job again.
pub async fn retry(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let result = operations::retry(&web.app, &visit.session, id).await;
    let said = ("toast-job-retried", id.to_string());
    ended(&web, &visit, result, said, async |refusals| job_page(&web, &visit, id, refusals).await).await
}

/// Drops a job.
pub async fn drop_it(
    State(web): State<Web>,
    visit: Visit,
    Path(id): Path<i64>,
    Form(why): Form<Why>,
) -> Result<Response, Stop> {
    let result = operations::drop_job(&web.app, &visit.session, id, &why.reason).await;
    let said = ("toast-job-dropped", id.to_string());
    ended(&web, &visit, result, said, async |refusals| job_page(&web, &visit, id, refusals).await).await
}

async fn queue_page(
    web: &Web,
    visit: &Visit,
    kind: &str,
    refusals: Vec<gangmu_app::plan::views::ReasonView>,
) -> Result<QueuePage, Stop> {
    let queue = operations::queue(&web.app, &visit.session, kind).await?;
    let address = format!("/operations/queues/{}", address_segment(kind));
    Ok(QueuePage { manages: manages(web, visit), queue: pages::queue_line(queue), address, refusals })
}

/// `/operations/queues/{key}`.
pub async fn queue(State(web): State<Web>, visit: Visit, Path(kind): Path<String>) -> Result<Response, Stop> {
    let page = queue_page(&web, &visit, &kind, Vec::new()).await?;
    visit.page(&web, Some(Noun::Administration), &page).await
}

/// Pauses a queue.
pub async fn pause(
    State(web): State<Web>,
    visit: Visit,
    Path(kind): Path<String>,
    Form(why): Form<Why>,
) -> Result<Response, Stop> {
    let result = operations::pause(&web.app, &visit.session, &kind, &why.reason).await;
    let said = ("toast-queue-paused", kind.clone());
    ended(&web, &visit, result, said, async |refusals| queue_page(&web, &visit, &kind, refusals).await).await
}

/// Lets a queue go on.
pub async fn resume(State(web): State<Web>, visit: Visit, Path(kind): Path<String>) -> Result<Response, Stop> {
    let result = operations::resume(&web.app, &visit.session, &kind).await;
    let said = ("toast-queue-resumed", kind.clone());
    ended(&web, &visit, result, said, async |refusals| queue_page(&web, &visit, &kind, refusals).await).await
}

/// Tries all dead jobs of a queue again.
pub async fn retry_all(State(web): State<Web>, visit: Visit, Path(kind): Path<String>) -> Result<Response, Stop> {
    let result = operations::retry_all(&web.app, &visit.session, &kind).await;
    let said = ("toast-queue-retried", kind.clone());
    ended(&web, &visit, result, said, async |refusals| queue_page(&web, &visit, &kind, refusals).await).await
}

/// `/operations/timers/{key}`.
pub async fn timer(State(web): State<Web>, visit: Visit, Path(name): Path<String>) -> Result<Response, Stop> {
    let timer = operations::timer(&web.app, &visit.session, &name).await?;
    let address = format!("/operations/timers/{}", address_segment(&name));
    let page = TimerPage { manages: manages(&web, &visit), timer: pages::timer_line(timer), address };
    visit.page(&web, Some(Noun::Administration), &page).await
}

/// Runs a timer's job now.
pub async fn run(State(web): State<Web>, visit: Visit, Path(name): Path<String>) -> Result<Response, Stop> {
    operations::run_now(&web.app, &visit.session, &name).await?;
    let toast = Toast { key: "toast-timer-run".to_owned(), subject: name, undo: None };
    Ok(done(&web, "/operations", Some(&toast)))
}
