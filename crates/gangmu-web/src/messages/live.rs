//! `/inbox/stream`: the count of unread messages as it changes, as server-sent events (实时计数).

use crate::{failure::Stop, visit::Visit, web::Web};
use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{Stream, StreamExt as _, stream};
use gangmu_app::{Announcement, Session, accounts::resume, messages::inbox};
use std::{convert::Infallible, time::Duration};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// Another process on the same database announces nothing here, so the count is looked up this often anyway.
const LOOK: Duration = Duration::from_secs(30);

/// One browser that listens.
struct Listener {
    web: Web,
    session: Session,
    announcements: Receiver<Announcement>,
    last: Option<(i64, i64)>,
}

/// `GET /inbox/stream`.
pub async fn stream(State(web): State<Web>, visit: Visit) -> Result<Response, Stop> {
    let announcements = web.app.announcements();
    let listener = Listener { web, session: visit.session, announcements, last: None };
    Ok(Sse::new(events(listener)).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response())
}

fn events(listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(listener, async |mut listener| {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    })
    .fuse()
}

impl Listener {
    /// The next change of the count; none when the session is over, the server stops or the database fails.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.last.is_some() && !self.something_may_have_changed().await {
                return None;
            }
            if !resume::goes_on(&self.web.app, &self.session).await.ok()? {
                return Some(Event::default().event("over").data("")).filter(|_| self.last.take().is_some());
            }
            let found = inbox::unread(&self.web.app, &self.session).await.ok()?;
            if self.last != Some(found) {
                self.last = Some(found);
                return Some(Event::default().event("unread").data(format!("{} {}", found.0, found.1)));
            }
        }
    }

    /// Waits for a message to this person, or for the time to look anyway; `false` when the server stops.
    async fn something_may_have_changed(&mut self) -> bool {
        let account = self.session.actor.account;
        let heard = async {
            loop {
                match self.announcements.recv().await {
                    Ok(said) if said.told.contains(&account) => return true,
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => return true,
                    Err(RecvError::Closed) => return false,
                }
            }
        };
        tokio::select! {
            goes_on = tokio::time::timeout(LOOK, heard) => goes_on.unwrap_or(true),
            () = self.web.closed() => false,
        }
    }
}
