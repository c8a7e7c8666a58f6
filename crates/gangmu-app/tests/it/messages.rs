//! What people are told: by whom it is done, in the transaction that does it, once, and by mail when they want it.

use gangmu_app::{
    Done, Failure, Operation, Record, Session,
    access::Role,
    jobs::Registry,
    journal::{self, checkpoint::Checkpoint},
    messages::{
        Kind, Mail, Message, Preferences, To, inbox,
        mail::{self, Postman},
        preferences, send,
    },
    operate,
    ports::{Letter, Mailer, Phrasing, Sending, Told, Undelivered, Written},
};
use gangmu_store::{Fault, accounts::contacts, journal::Object};
use gangmu_testkit::{TestDistrict, each_database};
use jiff::SignedDuration;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

const READ: Operation = Operation::under("test.tell", "home.read");

/// A mail server that keeps what it is given, and refuses what it is told to.
#[derive(Default)]
struct Server {
    taken: Mutex<Vec<Letter>>,
    refusals: Mutex<Vec<Undelivered>>,
}

impl Server {
    fn refuses(&self, permanent: bool) {
        self.refusals.lock().unwrap().push(Undelivered { detail: "the mail server answered 450".into(), permanent });
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().iter().map(|letter| format!("{}: {}", letter.to, letter.subject)).collect()
    }
}

impl Mailer for Server {
    fn send(&self, letter: Letter) -> Sending<'_> {
        Box::pin(async move {
            if let Some(refusal) = self.refusals.lock().unwrap().pop() {
                return Err(refusal);
            }
            self.taken.lock().unwrap().push(letter);
            Ok(())
        })
    }
}

/// Letters as plain as can be.
struct Plain;

impl Phrasing for Plain {
    fn message(&self, language: &str, told: &Told) -> Written {
        Written { subject: format!("{language} {}", told.kind), text: told.address.clone() }
    }

    fn digest(&self, language: &str, told: &[Told]) -> Written {
        Written { subject: format!("{language} digest of {}", told.len()), text: String::new() }
    }
}

fn post(server: &Arc<Server>) -> Registry {
    let mailer: Arc<dyn Mailer> = server.clone();
    mail::register(Registry::new(), Postman { mailer: Some(mailer), phrasing: Arc::new(Plain) })
}

async fn has_mail(district: &TestDistrict, who: &str) {
    let account = district.actor(who).actor.account;
    let row = contacts::ContactRow { email: Some(format!("{who}@example.org")), ..contacts::ContactRow::default() };
    district.app.database().write::<_, Fault>(move |tx| contacts::save(tx, account, &row)).await.unwrap();
}

async fn tell(district: &TestDistrict, by: &Session, to: To, kind: Kind, key: &str) -> Result<(), Failure> {
    let message = Message { kind, fields: BTreeMap::new(), address: "/plans/145".to_owned(), key: key.to_owned() };
    operate(&district.app, by, READ, move |work| {
        send(work, &[to], &message)?;
        Ok(Done::recorded((), Record::on(Object::new("test", "test_1"))))
    })
    .await
}

async fn inbox_of(district: &TestDistrict, who: &str) -> Vec<(String, bool, String)> {
    let view = inbox::inbox(&district.app, &district.actor(who), false, None, inbox::PAGE).await.unwrap();
    view.messages.into_iter().map(|m| (m.kind.to_owned(), m.read, m.mail)).collect()
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

#[test]
fn everybody_of_a_role_is_told_once_but_not_who_did_it() {
    each_database(async |district| {
        let leader = district.leader();
        let everybody = To::Role(Role::Leader, None);
        tell(&district, &leader, everybody, Kind::PlanApproved, "once").await.unwrap();
        tell(&district, &leader, everybody, Kind::PlanApproved, "once").await.unwrap();
        let one = [("plan-approved".to_owned(), false, "none".to_owned())];
        assert_eq!(inbox_of(&district, "second-leader").await, one);
        assert!(inbox_of(&district, "leader").await.is_empty());
        assert!(inbox_of(&district, "planner").await.is_empty());
    });
}

#[test]
fn what_is_undone_tells_nobody() {
    each_database(async |district| {
        let message = Message {
            kind: Kind::PlanApproved,
            fields: BTreeMap::new(),
            address: "/plans".to_owned(),
            key: "undone".to_owned(),
        };
        let planner = district.planner();
        let undone = operate(&district.app, &planner, READ, move |work| {
            send(work, &[To::Role(Role::Leader, None)], &message)?;
            Err::<Done<()>, _>(Failure::Absent("plan"))
        });
        undone.await.unwrap_err();
        assert!(inbox_of(&district, "leader").await.is_empty());
    });
}

#[test]
fn a_message_is_read_by_opening_it_and_all_up_to_the_newest_that_was_seen() {
    each_database(async |district| {
        let (app, leader, planner) = (&district.app, district.leader(), district.planner());
        for key in ["a", "b", "c"] {
            tell(&district, &planner, To::Account(leader.actor.account), Kind::PlanPublished, key).await.unwrap();
        }
        let view = inbox::inbox(app, &leader, true, None, inbox::PAGE).await.unwrap();
        let [newest, middle, oldest] = [0, 1, 2].map(|n| view.messages[n].id);
        assert_eq!(inbox::unread(app, &leader).await.unwrap(), (3, newest));
        assert_eq!(inbox::open(app, &leader, oldest).await.unwrap(), "/plans/145");
        assert!(matches!(inbox::open(app, &planner, middle).await, Err(Failure::Absent("message"))));
        assert_eq!(inbox::read_up_to(app, &leader, middle).await.unwrap(), 1);
        assert_eq!(inbox::unread(app, &leader).await.unwrap(), (1, newest));
        assert_eq!(inbox::read_up_to(app, &planner, newest).await.unwrap(), 0, "of others nothing");
    });
}

#[test]
fn mail_waits_for_the_morning_of_a_working_day_unless_it_is_urgent() {
    each_database(async |district| {
        let (server, planner) = (Arc::new(Server::default()), district.planner());
        let registry = post(&server);
        has_mail(&district, "leader").await;
        let to = To::Account(district.leader().actor.account);
        // It is a Sunday morning, and nobody has declared it a working day.
        tell(&district, &planner, to, Kind::PlanApproved, "a").await.unwrap();
        tell(&district, &planner, to, Kind::AccountReset, "b").await.unwrap();
        district.work(&registry).await;
        assert_eq!(server.taken(), ["leader@example.org: zh-CN account-reset"]);
        district.wait(hours(24));
        district.work(&registry).await;
        assert_eq!(server.taken().len(), 2);
        let mails: Vec<String> = inbox_of(&district, "leader").await.into_iter().map(|m| m.2).collect();
        assert_eq!(mails, ["sent", "sent"]);
        let ids: Vec<String> = server.taken.lock().unwrap().iter().map(|letter| letter.id.clone()).collect();
        assert!(ids[0] != ids[1] && ids.iter().all(|id| id.starts_with("message_")), "{ids:?}");
    });
}

#[test]
fn a_digest_gathers_the_day_and_goes_once() {
    each_database(async |district| {
        let (server, planner) = (Arc::new(Server::default()), district.planner());
        let registry = post(&server);
        has_mail(&district, "leader").await;
        let to = To::Account(district.leader().actor.account);
        for key in ["a", "b", "c"] {
            tell(&district, &planner, to, Kind::PlanPublished, key).await.unwrap();
        }
        district.work(&registry).await;
        assert!(server.taken().is_empty());
        district.wait(hours(24));
        district.work(&registry).await;
        assert_eq!(server.taken(), ["leader@example.org: zh-CN digest of 3"]);
        district.wait(hours(24));
        district.work(&registry).await;
        assert_eq!(server.taken().len(), 1);
    });
}

#[test]
fn a_refused_mail_is_tried_again_and_one_that_never_can_go_is_marked() {
    each_database(async |district| {
        let (server, planner) = (Arc::new(Server::default()), district.planner());
        let registry = post(&server);
        has_mail(&district, "leader").await;
        let to = To::Account(district.leader().actor.account);
        server.refuses(false);
        tell(&district, &planner, to, Kind::AccountReset, "a").await.unwrap();
        district.work(&registry).await;
        assert!(server.taken().is_empty());
        district.wait(hours(2));
        district.work(&registry).await;
        assert_eq!(server.taken().len(), 1, "after a rest");
        server.refuses(true);
        tell(&district, &planner, to, Kind::AccountReset, "b").await.unwrap();
        district.work(&registry).await;
        district.wait(hours(24));
        district.work(&registry).await;
        assert_eq!(server.taken().len(), 1);
        assert_eq!(inbox_of(&district, "leader").await[0].2, "failed");
    });
}

#[test]
fn what_a_person_wants_decides_over_the_mail_and_its_language() {
    each_database(async |district| {
        let (server, planner, leader) = (Arc::new(Server::default()), district.planner(), district.leader());
        let registry = post(&server);
        has_mail(&district, "leader").await;
        let wanted = Preferences {
            language: "en".to_owned(),
            quiet: None,
            workdays_only: false,
            choices: BTreeMap::from([(Kind::PlanPublished, Mail::AtOnce), (Kind::PlanApproved, Mail::Never)]),
            ..Preferences::default()
        };
        preferences::prefer(&district.app, &leader, wanted.clone()).await.unwrap();
        assert_eq!(preferences::preferences(&district.app, &leader).await.unwrap(), wanted);
        let to = To::Account(leader.actor.account);
        tell(&district, &planner, to, Kind::PlanApproved, "a").await.unwrap();
        tell(&district, &planner, to, Kind::PlanPublished, "b").await.unwrap();
        district.work(&registry).await;
        assert_eq!(server.taken(), ["leader@example.org: en plan-published"]);
        let bad = Preferences { digest_at: -1, language: "fr".to_owned(), ..wanted };
        let refused = preferences::prefer(&district.app, &leader, bad).await.unwrap_err();
        let codes: Vec<_> = refused.reasons().unwrap().as_slice().iter().map(|reason| reason.code).collect();
        assert_eq!(codes, ["messages-preferences-hour", "messages-preferences-language"]);
    });
}

#[test]
fn a_checkpoint_reaches_the_audit_administrators_once_a_day_and_whenever_one_is_asked_for() {
    each_database(async |district| {
        let (app, server, auditor) = (&district.app, Arc::new(Server::default()), district.actor("auditor"));
        let mailer: Arc<dyn Mailer> = server.clone();
        let postman = Postman { mailer: Some(mailer), phrasing: Arc::new(Plain) };
        let registry = mail::register(Registry::standard(), postman);
        has_mail(&district, "auditor").await;
        let told = async || {
            let view = inbox::inbox(app, &auditor, false, None, inbox::PAGE).await.unwrap();
            view.messages.into_iter().filter(|m| m.kind == "journal-checkpoint").collect::<Vec<_>>()
        };
        district.work(&registry).await;
        district.wait(SignedDuration::from_mins(11));
        district.work(&registry).await;
        let first = told().await;
        let [only] = &first[..] else { panic!("{first:?}") };
        let kept = Checkpoint::read(&only.fields["line"]).unwrap();
        assert_eq!((kept.head.seq.to_string(), kept.key), (only.fields["entry"].clone(), app.seal().public()));
        assert!(server.taken().is_empty(), "on a Sunday");
        district.wait(hours(24));
        district.work(&registry).await;
        assert_eq!(server.taken()[0], "auditor@example.org: zh-CN journal-checkpoint");
        assert_eq!(told().await.len(), 2, "the next day has its own");
        journal::checkpoint(app, &auditor).await.unwrap();
        assert_eq!(told().await.len(), 3);
        let whole = journal::verify(app, &auditor, vec![kept.head]).await.unwrap();
        assert!(whole.is_ok(), "{whole:?}");
    });
}

#[test]
fn a_house_without_a_mail_server_keeps_to_the_inbox() {
    each_database(async |district| {
        has_mail(&district, "leader").await;
        let postman = Postman { mailer: None, phrasing: Arc::new(Plain) };
        let registry = mail::register(Registry::new(), postman);
        let to = To::Account(district.leader().actor.account);
        tell(&district, &district.planner(), to, Kind::AccountReset, "a").await.unwrap();
        district.work(&registry).await;
        assert_eq!(inbox_of(&district, "leader").await[0].2, "none");
    });
}
