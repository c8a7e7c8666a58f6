//! Logging in (登录): a closed door says the same whatever was wrong, and longer after each failure.
//!
//! Failures are counted by the login that was typed, known or not. After five in a row the login is closed for a
//! minute, then for twice as long after each further failure, up to an hour. While it is closed nothing is looked at,
//! so nobody learns whether a guess was right.

use super::{AccountRefusal, normal_login, object, session_of};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, housekeep, operate},
    session::{Session, Ticket},
};
use gangmu_store::{
    Fault, Tx,
    accounts::{
        self as rows, AccountRow, Failures,
        sessions::{self, SessionRow},
        visits,
    },
    journal::canonical::hex,
};
use jiff::{SignedDuration, Timestamp};

/// Failures in a row that cost nothing.
pub const FREE_FAILURES: i64 = 5;
/// The first closing.
pub const FIRST_LOCK: SignedDuration = SignedDuration::from_mins(1);
/// The longest closing.
pub const LONGEST_LOCK: SignedDuration = SignedDuration::from_hours(1);
/// Failures that are older are forgotten.
const FORGET: SignedDuration = SignedDuration::from_hours(24);

/// Somebody who has logged in.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// The token for the browser to keep; the database knows only its hash.
    pub token: String,
    /// The session, in the first post.
    pub session: Session,
    /// In how many posts the person may act today: more than one wants a choice.
    pub posts: usize,
}

const LOGIN: Operation = Operation::new("accounts.login");
const FAILED: Operation = Operation::under("accounts.login_failed", "accounts.login");

/// From where somebody logs in (登录来源), as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Words of system and program: [`super::device::words`].
    pub device: Option<String>,
    /// The network address.
    pub address: Option<String>,
}

/// Logs somebody in from nowhere in particular.
pub async fn login(app: &App, login: &str, password: &str) -> Result<LoggedIn, Failure> {
    login_from(app, login, password, Origin::default()).await
}

/// Logs somebody in.
pub async fn login_from(app: &App, login: &str, password: &str, origin: Origin) -> Result<LoggedIn, Failure> {
    let login: String = normal_login(login).chars().take(64).collect();
    let turn = app.passwords.turn().await;
    let typed = login.clone();
    let (found, failures) =
        app.db.read::<_, Fault>(move |tx| Ok((rows::by_login(tx, &typed)?, rows::failures(tx, &typed)?))).await?;
    if failures.locked_until.is_some_and(|until| until > app.now()) {
        return Err(Failure::refused(AccountRefusal::LoginRefused));
    }
    let hash = found.as_ref().map(|row| row.password.clone());
    let right = app.passwords.verify(&turn, hash, password.to_owned()).await?;
    match found {
        Some(row) if right && !row.disabled => enter(app, row, origin).await,
        found => {
            refuse(app, login, found, failures).await?;
            Err(Failure::refused(AccountRefusal::LoginRefused))
        }
    }
}

pub(super) async fn enter(app: &App, verified: AccountRow, origin: Origin) -> Result<LoggedIn, Failure> {
    let token = hex(&app.random.bytes32());
    let (mut ticket, limits) = (Ticket::of(&token), app.session_limits());
    let (session, posts) = operate(app, &Session::public(), LOGIN, move |work| {
        // Between looking and now the account may have been disabled or got another password.
        let row = rows::find(work.tx, verified.id)?.filter(|row| !row.disabled && row.password == verified.password);
        let Some(row) = row else { return Err(Failure::refused(AccountRefusal::LoginRefused)) };
        let session = session_of(work.tx, &row, work.today())?;
        let posts = crate::posts::open_to(work.tx, row.id, work.today())?.len();
        let entered = SessionRow {
            token: ticket.hash,
            account: row.id,
            created_at: work.now,
            seen_at: work.now,
            device: origin.device,
            address: origin.address,
            post: session.acting,
        };
        sessions::add(work.tx, &entered, work.now - limits.longest())?;
        visits::entered(work.tx, row.id, work.now)?;
        ticket.until = Some(work.now + limits.longest());
        ticket.before = visits::before(work.tx, row.id)?;
        let session = Session { ticket: Some(ticket), ..session };
        rows::clear_failures(work.tx, &row.login)?;
        let record = Record::on(object(row.id)).by(session.by());
        Ok(Done::recorded((session, posts), record))
    })
    .await?;
    Ok(LoggedIn { token, session, posts })
}

/// Counts a failure; journals it where the account is known. What was typed for an unknown one is kept nowhere but in
/// the count, because people type passwords into the wrong field.
pub(super) async fn refuse(
    app: &App,
    login: String,
    found: Option<AccountRow>,
    so_far: Failures,
) -> Result<(), Failure> {
    let now = app.now();
    let count = move |tx: &mut Tx<'_>| {
        let failures = next(&so_far, now);
        rows::save_failures(tx, &login, &failures, now, now - FORGET)
    };
    match found {
        None => housekeep(app, count).await,
        Some(row) => {
            operate(app, &Session::public(), FAILED, move |work| {
                count(work.tx)?;
                visits::failed(work.tx, row.id)?;
                Ok(Done::recorded((), Record::on(object(row.id))))
            })
            .await
        }
    }
}

/// The count after one more failure.
fn next(so_far: &Failures, now: Timestamp) -> Failures {
    let count = so_far.count + 1;
    let doublings = u32::try_from(count - FREE_FAILURES).ok();
    let lock = doublings.map(|n| (FIRST_LOCK * 2_i32.pow(n.min(10))).min(LONGEST_LOCK));
    Failures { count, locked_until: lock.map(|lock| now + lock) }
}
