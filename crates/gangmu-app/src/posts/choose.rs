//! Choosing the post in which one acts (切换任职).

use super::{acting, object, open_to};
use crate::{
    accounts::session_in,
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, operate},
    session::Session,
};
use gangmu_kernel::ids::PostId;
use gangmu_store::{Fault, Tx, accounts::sessions, organisations, posts as rows};
use jiff::Timestamp;

/// From here on the session acts in that post, one's own or one that one deputises; the session as it is now.
pub async fn choose(app: &App, session: &Session, post: PostId) -> Result<Session, Failure> {
    let Some(ticket) = session.ticket.clone() else { return Err(Failure::Absent("post")) };
    operate(app, session, Operation::under("posts.choose", "accounts.own"), move |work| {
        let now = in_post(work.tx, work.session, post, work.now)?;
        let mut now = now.ok_or(Failure::Absent("post"))?;
        now.ticket = Some(ticket.clone());
        if work.session.acting == Some(post) {
            return Ok(Done::nothing(now));
        }
        sessions::act_in(work.tx, &ticket.hash, post)?;
        let by = now.by();
        Ok(Done::recorded(now, Record::on(object(post)).by(by)))
    })
    .await
}

/// The session of the same person in that post, without a ticket; none where the person may not act in it on that day.
pub(crate) fn in_post(
    tx: &mut Tx<'_>,
    session: &Session,
    post: PostId,
    at: Timestamp,
) -> Result<Option<Session>, Fault> {
    let account = session.actor.account;
    let open = open_to(tx, account, crate::app::day_of(at))?;
    let Some(chosen) = open.into_iter().find(|open| open.id == post) else { return Ok(None) };
    let acting = acting(tx, chosen, account)?;
    let who = (session.login.clone(), session.actor.name.clone());
    Ok(Some(session_in(account, who, session.must_change, Some(acting))))
}

/// A post as it is called, with its organisation.
pub(crate) fn named(tx: &mut Tx<'_>, post: PostId) -> Result<String, Fault> {
    let Some(row) = rows::find(tx, post)? else { return Ok(String::new()) };
    let organisation = match row.organisation {
        Some(id) => organisations::newest(tx, id)?.map(|found| found.shown().to_owned()),
        None => None,
    };
    let parts: Vec<String> = [organisation, row.title].into_iter().flatten().collect();
    Ok(parts.join(" · "))
}
