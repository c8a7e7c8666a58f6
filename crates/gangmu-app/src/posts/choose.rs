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
use gangmu_store::accounts::sessions;

/// From here on the session acts in that post, one's own or one that one deputises; the session as it is now.
pub async fn choose(app: &App, session: &Session, post: PostId) -> Result<Session, Failure> {
    let Some(ticket) = session.ticket.clone() else { return Err(Failure::Absent("post")) };
    operate(app, session, Operation::under("posts.choose", "accounts.own"), move |work| {
        let account = work.session.actor.account;
        let open = open_to(work.tx, account, work.today())?;
        let chosen = open.into_iter().find(|open| open.id == post).ok_or(Failure::Absent("post"))?;
        let acting = acting(work.tx, chosen, account)?;
        let who = (work.session.login.clone(), work.session.actor.name.clone());
        let mut now = session_in(account, who, work.session.must_change, Some(acting));
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
