//! `/inbox`: what the program told me, and how I want to be told (消息).

mod letters;
mod live;
mod pages;

pub use letters::Letters;
pub use live::stream;
pub use pages::{InboxPage, PreferencesPage};

use crate::{
    failure::{Stop, reasons},
    pages::Toast,
    visit::{Visit, done, inside, see_other},
    web::Web,
};
use axum::{
    extract::{Form, Path, Query, State},
    http::StatusCode,
    response::Response,
};
use gangmu_app::{
    Failure,
    messages::{Kind, Mail, Preferences, inbox, preferences},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which page of the inbox.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    show: String,
    before: Option<i64>,
}

/// `/inbox`.
pub async fn show(State(web): State<Web>, visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Stop> {
    let view = inbox::inbox(&web.app, &visit.session, asked.show == "unread", asked.before, inbox::PAGE).await?;
    visit.page(&web, None, &InboxPage { view }).await
}

/// `/inbox/{id}`: goes where the message leads; it is read from then on.
pub async fn open(State(web): State<Web>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Stop> {
    let address = inbox::open(&web.app, &visit.session, id).await?;
    Ok(see_other(inside(&address).unwrap_or("/inbox")))
}

/// Up to which message everything is read.
#[derive(Debug, Deserialize)]
pub struct UpTo {
    newest: i64,
}

/// `POST /inbox/read`.
pub async fn read(State(web): State<Web>, visit: Visit, Form(up_to): Form<UpTo>) -> Result<Response, Stop> {
    let count = inbox::read_up_to(&web.app, &visit.session, up_to.newest).await?;
    let toast = Toast { key: "toast-messages-read".to_owned(), subject: count.to_string(), undo: None };
    Ok(done(&web, "/inbox", Some(&toast)))
}

/// `/inbox/preferences`.
pub async fn preferences_form(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let held = preferences::preferences(&web.app, &visit.session).await?;
    visit.page(&web, None, &PreferencesPage::new(&held)).await
}

/// What the form of preferences sends: besides these one field for each kind.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    language: String,
    #[serde(default)]
    quiet: Option<String>,
    quiet_from: String,
    quiet_until: String,
    #[serde(default)]
    workdays_only: Option<String>,
    digest_at: String,
    #[serde(flatten)]
    kinds: BTreeMap<String, String>,
}

impl Wanted {
    /// An hour that can't be read lies outside of every day, and is refused as such.
    fn preferences(&self) -> Preferences {
        let minute = |text: &str| pages::minute_of(text).unwrap_or(-1);
        let choice = |kind: &Kind| {
            let mail = Mail::of_word(self.kinds.get(kind.word())?)?;
            (mail != kind.usual_mail()).then_some((*kind, mail))
        };
        Preferences {
            language: self.language.clone(),
            quiet: self.quiet.as_ref().map(|_| (minute(&self.quiet_from), minute(&self.quiet_until))),
            workdays_only: self.workdays_only.is_some(),
            digest_at: minute(&self.digest_at),
            choices: Kind::ALL.iter().filter_map(choice).collect(),
        }
    }
}

/// `POST /inbox/preferences`.
pub async fn prefer(State(web): State<Web>, visit: Visit, Form(wanted): Form<Wanted>) -> Result<Response, Stop> {
    let wanted = wanted.preferences();
    match preferences::prefer(&web.app, &visit.session, wanted.clone()).await {
        Ok(()) => {
            let toast = Toast { key: "toast-preferences-saved".to_owned(), subject: String::new(), undo: None };
            Ok(done(&web, "/inbox/preferences", Some(&toast)))
        }
        Err(Failure::Refused(refused)) => {
            let page = PreferencesPage { refusals: reasons(&refused), ..PreferencesPage::new(&wanted) };
            visit.page_with(&web, None, StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(other) => Err(other.into()),
    }
}
