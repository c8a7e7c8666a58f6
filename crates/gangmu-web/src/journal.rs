//! The journal, for auditors: searched, proved whole, exported; and the history of any object.

mod pages;
mod words;

pub use pages::{EntryPage, HistoryPage, JournalPage};
pub(crate) use words::add_functions;

use crate::{
    failure::{Stop, reasons},
    pages::{Noun, Toast},
    plan::register::spreadsheet,
    signs::address_segment,
    visit::{Visit, done},
    web::Web,
};
use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::Form;
use futures_util::{StreamExt as _, stream};
use gangmu_app::{
    Failure, Session,
    journal::{
        self, Search, Side,
        sheet::{Taking, export_found},
        words as spoken,
    },
    plan::views::ReasonView,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
pub(crate) use pages::Verdict;
use serde::{Deserialize, Serialize};

/// What is asked for, as it stands in the address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A login, or a name.
    pub who: String,
    /// An operation, or the noun of some.
    pub operation: String,
    /// The kind of the object.
    pub kind: String,
    /// Its key.
    pub object: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// `145` or `145/2.1.二`.
    pub clause: String,
    /// The next page.
    pub older_than: Option<i64>,
}

fn text(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The beginning of that day in the district.
fn midnight(day: &str, days: i64) -> Option<Timestamp> {
    let day: Date = day.parse().ok()?;
    let day = day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    let zone = TimeZone::get("Asia/Shanghai").ok()?;
    zone.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok()
}

impl Asked {
    fn search(&self) -> Search {
        let clause = text(&self.clause).map(|clause| match clause.split_once('/') {
            Some((plan, path)) => (plan.to_owned(), path.to_owned()),
            None => (clause, String::new()),
        });
        Search {
            who: text(&self.who),
            operation: text(&self.operation),
            kind: text(&self.kind),
            object: text(&self.object),
            from: midnight(&self.from, 0),
            until: midnight(&self.until, 1),
            clause,
            older_than: self.older_than,
            limit: None,
        }
    }

    /// The address of the same search, its next page where a number is given.
    fn address(&self, older_than: Option<i64>) -> String {
        let asked = [
            ("who", &self.who),
            ("operation", &self.operation),
            ("kind", &self.kind),
            ("object", &self.object),
            ("from", &self.from),
            ("until", &self.until),
            ("clause", &self.clause),
        ];
        let mut pairs: Vec<String> = asked
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| format!("{name}={}", address_segment(value.trim()).replace('/', "%2F")))
            .collect();
        pairs.extend(older_than.map(|seq| format!("older_than={seq}")));
        if pairs.is_empty() { "/journal".to_owned() } else { format!("/journal?{}", pairs.join("&")) }
    }

    /// The conditions in the words of the form: label and value.
    fn conditions(&self, say: &dyn Fn(&str) -> Option<String>) -> Vec<(String, String)> {
        let conditions = [
            ("journal-who", self.who.clone()),
            ("journal-what", spoken::operation(say, self.operation.trim())),
            ("journal-object", format!("{} {}", spoken::kind(say, self.kind.trim()), self.object)),
            ("journal-from", self.from.clone()),
            ("journal-until", self.until.clone()),
            ("journal-clause", self.clause.clone()),
        ];
        let label = |key: &str| say(key).unwrap_or_else(|| key.to_owned());
        let told = conditions.into_iter().filter(|(_, value)| !value.trim().is_empty());
        told.map(|(key, value)| (label(key), value.trim().to_owned())).collect()
    }

    fn filters(&self) -> bool {
        self.address(None) != "/journal"
    }
}

/// `/journal`.
pub async fn show(State(web): State<Web>, visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Stop> {
    let page = search_page(&web, &visit, asked, false).await?;
    visit.page(&web, Some(Noun::Administration), &page).await
}

async fn search_page(web: &Web, visit: &Visit, asked: Asked, open: bool) -> Result<JournalPage, Stop> {
    let entries = journal::search(&web.app, &visit.session, asked.search(), open).await?;
    let operations = journal::operations(&web.app, &visit.session).await?;
    let seal = gangmu_app::journal::checkpoint::newest(&web.app, &visit.session).await?;
    Ok(JournalPage {
        next: entries.older_than.map(|seq| asked.address(Some(seq))),
        filtered: asked.filters(),
        exports: visit.session.may(web.app.access(), "journal.export"),
        entries: entries.entries,
        asked,
        operations,
        open,
        verdict: None,
        checkpoints: seal.iter().map(pages::CheckpointLine::of).collect(),
        key: hex(&web.app.seal().public()),
        refusals: Vec::new(),
    })
}

/// Why names are asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Opening {
    purpose: String,
    /// The search, as it stands in the address behind the question mark.
    search: String,
}

/// Shows the same page with the names, for a purpose that the journal keeps.
pub async fn open(State(web): State<Web>, visit: Visit, Form(form): Form<Opening>) -> Result<Response, Stop> {
    let asked = searched(&form.search)?;
    match journal::reveal(&web.app, &visit.session, &form.purpose).await {
        Ok(()) => {
            let page = search_page(&web, &visit, asked, true).await?;
            visit.page(&web, Some(Noun::Administration), &page).await
        }
        Err(Failure::Refused(refused)) => refused_page(&web, &visit, asked, reasons(&refused)).await,
        Err(other) => Err(other.into()),
    }
}

async fn refused_page(web: &Web, visit: &Visit, asked: Asked, refusals: Vec<ReasonView>) -> Result<Response, Stop> {
    let page = JournalPage { refusals, ..search_page(web, visit, asked, false).await? };
    visit.page_with(web, Some(Noun::Administration), StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

/// Proves the whole journal and says what came out.
pub async fn verify(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let verdict = match journal::verify(&web.app, &visit.session, Vec::new()).await {
        Ok(found) => Verdict::of(found),
        Err(Failure::Refused(refused)) => {
            return refused_page(&web, &visit, Asked::default(), reasons(&refused)).await;
        }
        Err(other) => return Err(other.into()),
    };
    let page = JournalPage { verdict: Some(verdict), ..search_page(&web, &visit, Asked::default(), false).await? };
    visit.page(&web, Some(Noun::Administration), &page).await
}

/// Signs a checkpoint now.
pub async fn checkpoint(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    match journal::checkpoint(&web.app, &visit.session).await {
        Ok(signed) => {
            let toast = Toast { key: "toast-checkpoint".to_owned(), subject: signed.head.seq.to_string(), undo: None };
            Ok(done(&web, "/journal", Some(&toast)))
        }
        Err(Failure::Refused(refused)) => refused_page(&web, &visit, Asked::default(), reasons(&refused)).await,
        Err(other) => Err(other.into()),
    }
}

/// The purpose that the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Purpose {
    purpose: String,
}

/// The whole journal as a file for outsiders, piece by piece.
pub async fn export(State(web): State<Web>, visit: Visit, Form(form): Form<Purpose>) -> Result<Response, Stop> {
    match exported(&web, &visit.session, &form.purpose).await {
        Ok(response) => Ok(response),
        Err(Failure::Refused(refused)) => refused_page(&web, &visit, Asked::default(), reasons(&refused)).await,
        Err(other) => Err(other.into()),
    }
}

/// The export as an answer that is made while it is taken.
pub(crate) async fn exported(web: &Web, session: &Session, purpose: &str) -> Result<Response, Failure> {
    if purpose.trim().chars().count() < 2 {
        return Err(Failure::refused(journal::JournalRefusal::PurposeNeeded {}));
    }
    let exporting = journal::export(&web.app, session, 1, text(purpose)).await?;
    let named = format!("attachment; filename=\"journal-{}.txt\"", exporting.end());
    let pieces = stream::unfold(exporting, |mut exporting| async move {
        // A download that breaks has no signed head: the verifier says so.
        let piece = exporting.next().await.transpose()?;
        Some((piece.map_err(|failure| std::io::Error::other(failure.to_string())), exporting))
    });
    // Who compresses may ask once more after the end.
    Ok(text_file(&named, Body::from_stream(pieces.fuse())))
}

/// A plain text to be kept.
/// What the form of the file of found entries sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Taken {
    purpose: String,
    /// The search, as it stands in the address behind the question mark.
    search: String,
    /// With the names of people?
    names: bool,
}

/// The found entries as an Excel file.
pub async fn found(State(web): State<Web>, visit: Visit, Form(form): Form<Taken>) -> Result<Response, Stop> {
    let asked = searched(&form.search)?;
    let say = words::finder(&web.pages.words, visit.language);
    let taking = Taking {
        search: asked.search(),
        conditions: asked.conditions(&say),
        purpose: form.purpose.clone(),
        names: form.names,
    };
    match export_found(&web.app, &visit.session, taking, Box::new(say)).await {
        Ok(file) => Ok(spreadsheet(file.bytes, "journal.xlsx", &file.name)),
        Err(Failure::Refused(refused)) => refused_page(&web, &visit, asked, reasons(&refused)).await,
        Err(other) => Err(other.into()),
    }
}

/// The search that stands in an address behind the question mark.
fn searched(query: &str) -> Result<Asked, Stop> {
    let uri: axum::http::Uri = format!("/journal?{query}").parse().map_err(|_| Stop::Hidden)?;
    Ok(Query::<Asked>::try_from_uri(&uri).map(|query| query.0).unwrap_or_default())
}

fn text_file(named: &str, body: Body) -> Response {
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, header_value(named))], body).into_response()
}

fn header_value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}

/// `/journal/{id}`: one entry with all that stands behind it.
pub async fn entry(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let found = journal::history::entry(&web.app, &visit.session, id, false).await?;
    let (entry, recorded) = found.ok_or(Stop::Hidden)?;
    let exports = visit.session.may(web.app.access(), "journal.export");
    let page = EntryPage::of(entry, &recorded, exports);
    visit.page(&web, Some(Noun::Administration), &page).await
}

/// Which value is to be proved.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Of {
    of: String,
}

/// `/journal/{id}/proof`: the proof file of a value of that entry.
pub async fn proof(
    State(web): State<Web>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(of): Query<Of>,
) -> Result<Response, Stop> {
    Ok(proved(&web, &visit.session, id, &of.of).await?)
}

/// The proof as an answer.
pub(crate) async fn proved(web: &Web, session: &Session, id: i64, of: &str) -> Result<Response, Failure> {
    let proof = journal::prove(&web.app, session, id, Side::of(of.trim())).await?;
    Ok(text_file(&format!("attachment; filename=\"proof-{id}.txt\""), Body::from(proof)))
}

/// The next page of a history.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Older {
    older_than: Option<i64>,
}

/// `/history/{kind}/{id}`: what was done to an object.
pub async fn history(
    State(web): State<Web>,
    visit: Visit,
    Path((kind, id)): Path<(String, String)>,
    Query(older): Query<Older>,
) -> Result<Response, Stop> {
    let (object, found) =
        journal::history::of(&web.app, &visit.session, &kind, &id, older.older_than, journal::history::PAGE).await?;
    let address = format!("/history/{}/{}", address_segment(&object.kind), address_segment(&object.id));
    let page = HistoryPage {
        next: found.older_than.map(|seq| format!("{address}?older_than={seq}")),
        first: older.older_than.is_none(),
        entries: found.entries,
        object,
    };
    visit.page(&web, Some(Noun::Administration), &page).await
}

pub(crate) fn hex<const N: usize>(hash: &[u8; N]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
