//! Mail (邮件): the jobs that carry messages out of the house, one by one or as the digest of a day.
//!
//! A mail goes at least once: where the program dies between handing it over and noting so, it goes again under the
//! same id, by which mail programs know it as the same.

use super::due::Mail;
use crate::{
    app::App,
    failure::Failure,
    jobs::{self, Job, JobError, NewJob, Policy, Registry},
    operate::{Done, Operation, Record, Work, operate},
    ports::{Letter, Mailer, Phrasing, Told},
    session::Session,
};
use gangmu_kernel::ids::{AccountId, MessageId};
use gangmu_store::{
    Tx,
    accounts::{self, contacts},
    journal::Object,
    messages::{self as rows, MessageRow},
};
use jiff::Timestamp;
use std::sync::Arc;

const ONE: &str = "messages.mail";
const DIGEST: &str = "messages.digest";
const OPERATION: Operation = Operation::under("messages.mail", "messages.deliver");
/// Messages that one digest holds; more follow in the next one.
const DIGEST_HOLDS: i64 = 200;

/// What carrying mail needs (邮差).
#[derive(Clone)]
pub struct Postman {
    /// Hands letters over; none where no mail server is set up: then nothing is mailed, and the inbox says so.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Writes them.
    pub phrasing: Arc<dyn Phrasing>,
}

/// Lets the postman do the jobs of mail.
pub fn register(registry: Registry, postman: Postman) -> Registry {
    let policy = Policy::default();
    let digests = postman.clone();
    registry
        .on_with(ONE, policy, move |app, job| {
            let postman = postman.clone();
            async move { one(&app, &postman, &job, policy).await }
        })
        .on_with(DIGEST, policy, move |app, job| {
            let postman = digests.clone();
            async move { digest(&app, &postman, &job, policy).await }
        })
}

/// Hands in the job that will carry a message, in the transaction that sends it.
pub(super) fn enqueue(
    work: &mut Work<'_, '_>,
    message: MessageId,
    account: AccountId,
    by: Mail,
    due: Option<Timestamp>,
) -> Result<(), Failure> {
    let new = match by {
        Mail::Never => return Ok(()),
        Mail::AtOnce => NewJob {
            kind: ONE,
            key: Some(message.to_string()),
            payload: serde_json::json!({ "message": message.0 }),
            run_at: due,
        },
        Mail::Digest => NewJob {
            kind: DIGEST,
            key: Some(format!("{account}@{}", due.map_or(0, Timestamp::as_second))),
            payload: serde_json::json!({ "account": account.0 }),
            run_at: due,
        },
    };
    jobs::enqueue(work, new).map(drop)
}

/// Whom a letter goes to, in which language.
struct Addressee {
    email: String,
    language: String,
}

/// The address of somebody who is still there and has one.
fn addressee(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<Addressee>, Failure> {
    let Some(found) = accounts::find(tx, account)?.filter(|found| !found.disabled) else { return Ok(None) };
    let Some(email) = contacts::find(tx, found.id)?.email else { return Ok(None) };
    let preferences = rows::preferences(tx, account)?;
    let language = preferences.map_or_else(|| "zh-CN".to_owned(), |held| held.language);
    Ok(Some(Addressee { email, language }))
}

async fn one(app: &App, postman: &Postman, job: &Job, policy: Policy) -> Result<(), JobError> {
    let id = MessageId(number(job, "message")?);
    let found = app.db.read::<_, Failure>(move |tx| {
        let message = rows::find(tx, id)?.filter(|message| message.mail == "waiting");
        let Some(message) = message else { return Ok(None) };
        Ok(Some((addressee(tx, message.account)?, message)))
    });
    let Some((to, message)) = found.await? else { return Ok(note(app, job, Vec::new(), "none", None).await?) };
    let ids = vec![message.id];
    let (Some(to), Some(mailer)) = (to, &postman.mailer) else {
        return Ok(note(app, job, ids, "none", None).await?);
    };
    let written = postman.phrasing.message(&to.language, &told(&message));
    let letter = Letter { to: to.email, subject: written.subject, text: written.text, id: message.id.to_string() };
    deliver(app, &**mailer, job, policy, ids, letter).await
}

async fn digest(app: &App, postman: &Postman, job: &Job, policy: Policy) -> Result<(), JobError> {
    let account = AccountId(number(job, "account")?);
    let found =
        app.db.read::<_, Failure>(move |tx| Ok((addressee(tx, account)?, rows::in_digest(tx, account, DIGEST_HOLDS)?)));
    let (to, messages) = found.await?;
    let ids: Vec<_> = messages.iter().map(|message| message.id).collect();
    let (Some(to), Some(mailer), Some(last)) = (to, &postman.mailer, messages.last()) else {
        return Ok(note(app, job, ids, "none", None).await?);
    };
    let told: Vec<Told> = messages.iter().map(told).collect();
    let written = postman.phrasing.digest(&to.language, &told);
    let id = format!("digest-{}-{}", account, last.id);
    let letter = Letter { to: to.email, subject: written.subject, text: written.text, id };
    deliver(app, &**mailer, job, policy, ids, letter).await
}

/// Hands the letter over and notes how that went; after the last attempt it is given up.
async fn deliver(
    app: &App,
    mailer: &dyn Mailer,
    job: &Job,
    policy: Policy,
    ids: Vec<MessageId>,
    letter: Letter,
) -> Result<(), JobError> {
    match mailer.send(letter).await {
        Ok(()) => Ok(note(app, job, ids, "sent", None).await?),
        Err(undelivered) if undelivered.permanent || job.attempt >= policy.attempts => {
            tracing::warn!(job = job.id, detail = %undelivered.detail, "a mail was given up");
            Ok(note(app, job, ids, "failed", Some(undelivered.detail)).await?)
        }
        Err(undelivered) => Err(JobError::passing("jobs-mail", undelivered.detail)),
    }
}

/// Notes where the mails stand, and that the job is done, in one transaction.
async fn note(
    app: &App,
    job: &Job,
    ids: Vec<MessageId>,
    mail: &'static str,
    fault: Option<String>,
) -> Result<(), Failure> {
    let job = job.clone();
    operate(app, &Session::system(), OPERATION, move |work| {
        jobs::finish(work, &job)?;
        for id in &ids {
            rows::mailed(work.tx, *id, mail, Some(work.now), fault.as_deref())?;
        }
        let object = ids.first().map_or_else(|| Object::new("job", job.id), |id| Object::new("message", id));
        Ok(Done::recorded((), Record::on(object).reason(Some(mail.to_owned()))))
    })
    .await
}

fn told(message: &MessageRow) -> Told {
    Told { kind: message.kind.clone(), fields: message.fields.clone(), address: format!("/inbox/{}", message.id.0) }
}

fn number(job: &Job, name: &str) -> Result<i64, JobError> {
    let found = job.payload.get(name).and_then(serde_json::Value::as_i64);
    found.ok_or_else(|| JobError::permanent("jobs-payload", format!("no {name}")))
}
