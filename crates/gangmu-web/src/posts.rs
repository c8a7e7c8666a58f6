//! Posts and deputies (任职与代办): one's own, and those of a person for whoever gives posts.

mod conflict;
mod manage;
mod own;

pub use conflict::PostConflictPage;
pub use manage::{add, appoint_for, end, set_roles};
pub use own::{OwnPostsPage, appoint, choose, dismiss, show};

use crate::failure::reasons;
use gangmu_app::{
    Failure,
    plan::views::ReasonView,
    posts::{NewDeputy, PostRefusal},
};
use jiff::civil::Date;
use serde::Deserialize;

/// What the form of a deputy sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DeputyForm {
    login: String,
    from: String,
    until: String,
    reason: String,
}

impl DeputyForm {
    fn read(&self) -> Result<NewDeputy, Failure> {
        let days = (day(&self.from)?, day(&self.until)?);
        let (Some(from), Some(until)) = days else { return Err(Failure::refused(PostRefusal::BadDays)) };
        Ok(NewDeputy { login: self.login.clone(), from, until, reason: self.reason.clone() })
    }
}

/// A day as a form sends it; none where nothing was entered.
fn day(text: &str) -> Result<Option<Date>, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let bad = |_| Failure::refused(PostRefusal::BadDay { day: text.chars().take(20).collect() });
    text.parse().map(Some).map_err(bad)
}

/// The reasons of a refusal; any other failure stops the request.
fn refused(failure: Failure) -> Result<Vec<ReasonView>, crate::failure::Stop> {
    match failure {
        Failure::Refused(refused) => Ok(reasons(&refused)),
        other => Err(other.into()),
    }
}

/// A key of an address; what is none names nothing.
fn key<T: std::str::FromStr>(text: &str) -> Result<T, crate::failure::Stop> {
    text.parse().map_err(|_| crate::failure::Stop::Hidden)
}
