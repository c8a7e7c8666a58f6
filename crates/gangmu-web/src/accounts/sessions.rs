//! One's own sessions: where one is logged in, ending them, keeping this one.

use crate::{
    failure::Stop,
    pages::{Page, Toast},
    visit::{Visit, done},
    web::Web,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use gangmu_app::accounts::own_sessions::{self, OwnSession};
use serde::Serialize;

/// `/account/sessions`.
pub async fn show(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let sessions = own_sessions::own_sessions(&web.app, &visit.session).await?;
    let before = visit.session.before();
    let limits = web.app.session_limits();
    let page = SessionsPage {
        sessions,
        before_at: before.and_then(|before| before.at).map(|at| at.to_string()),
        failed: before.map_or(0, |before| before.failed),
        idle_minutes: limits.idle().as_mins(),
        longest_hours: limits.longest().as_hours(),
    };
    visit.page(&web, None, &page).await
}

/// Ends one of one's own sessions.
pub async fn end(State(web): State<Web>, visit: Visit, Path(key): Path<String>) -> Result<Response, Stop> {
    own_sessions::end_session(&web.app, &visit.session, &key).await?;
    let toast = Toast { key: "toast-session-ended".to_owned(), subject: "1".to_owned(), undo: None };
    Ok(done(&web, "/account/sessions", Some(&toast)))
}

/// Ends all of one's own sessions but this one.
pub async fn end_others(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let ended = own_sessions::end_other_sessions(&web.app, &visit.session).await?;
    let toast = Toast { key: "toast-session-ended".to_owned(), subject: ended.to_string(), undo: None };
    Ok(done(&web, "/account/sessions", Some(&toast)))
}

/// `/account/alive`: asking is using, so the session goes on; tells how long it may stay unused and how long it lasts.
pub async fn alive(State(web): State<Web>, visit: Visit) -> Response {
    let (idle, left) = seconds(&web, &visit);
    format!("{idle} {left}").into_response()
}

/// Seconds that this session may stay unused, and seconds until it ends in any case.
pub fn seconds(web: &Web, visit: &Visit) -> (i64, i64) {
    let idle = web.app.session_limits().idle().as_secs();
    let left = visit.session.ends_at().map_or(idle, |end| end.duration_since(web.app.now()).as_secs().max(0));
    (idle, left)
}

/// `/account/sessions`.
#[derive(Debug, Clone, Serialize)]
pub struct SessionsPage {
    /// The open sessions, the last used first.
    pub sessions: Vec<OwnSession>,
    /// When the person logged in before this time.
    pub before_at: Option<String>,
    /// How many attempts failed between.
    pub failed: i64,
    /// Minutes that a session may stay unused.
    pub idle_minutes: i64,
    /// Hours that a session lasts at most.
    pub longest_hours: i64,
}

impl Page for SessionsPage {
    const TEMPLATE: &'static str = "accounts/sessions.html";

    fn samples() -> Vec<Self> {
        let at = |minute: i64| jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(28_661_280 + minute);
        let session = |key: &str, device: &[&str], this: bool| OwnSession {
            key: key.to_owned(),
            device: device.iter().map(|word| (*word).to_owned()).collect(),
            address: this.then(|| "10.20.30.40".to_owned()),
            created_at: at(0),
            seen_at: at(25),
            this,
        };
        let one = session("0011223344556677", &["windows", "edge"], true);
        let many =
            vec![one.clone(), session("8899aabbccddeeff", &["android", "wechat"], false), session("ab", &[], false)];
        let first = Self { sessions: vec![one], before_at: None, failed: 0, idle_minutes: 30, longest_hours: 12 };
        let second = Self { sessions: many, before_at: Some(at(-600).to_string()), failed: 3, ..first.clone() };
        vec![first, second]
    }
}
