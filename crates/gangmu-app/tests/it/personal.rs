//! Stories of personal data: masked by default, shown for a purpose, gone in time, erased by two people.

use gangmu_app::{
    Failure,
    accounts::{
        add::{NewAccount, add},
        disable::{disable, enable},
        list::list,
        login::login,
    },
    journal,
    personal::{self, erase, retention},
};
use gangmu_store::{
    accounts::{self, contacts},
    journal::Filter,
};
use gangmu_testkit::{PASSWORD, each_database};
use jiff::SignedDuration;

fn codes<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<&'static str> {
    match outcome {
        Err(Failure::Refused(reasons)) => reasons.as_slice().iter().map(|reason| reason.code).collect(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn others_see_a_person_masked_until_they_say_why_and_the_person_sees_that() {
    each_database(async |district| {
        let app = &district.app;
        let (liaison, security) = (district.liaison(), district.security());
        let bad = personal::save_mine(app, &liaison, "123", "nobody").await;
        assert_eq!(codes(bad), ["personal.own.bad_phone", "personal.own.bad_email"]);
        personal::save_mine(app, &liaison, "138 0000 8000", "Lian@Example.org").await.unwrap();
        let masked = personal::masked(app, &security, "liaison").await.unwrap();
        assert_eq!(masked.name, "连*");
        assert_eq!(masked.phone.as_deref(), Some("138****8000"));
        assert_eq!(masked.email.as_deref(), Some("L***@example.org"));

        let vague = personal::reveal(app, &security, "liaison", "curiosity", "看").await;
        assert_eq!(codes(vague), ["personal.reveal.no_purpose", "personal.reveal.no_words"]);
        assert!(personal::mine(app, &liaison).await.unwrap().looks.is_empty(), "nothing was shown, nothing is kept");
        let shown = personal::reveal(app, &security, "liaison", "contact", "核对值班电话").await.unwrap();
        assert_eq!((shown.name.as_str(), shown.phone.as_deref()), ("连络", Some("13800008000")));
        let entry = journal::read(app, &district.auditor(), Filter::default(), 1).await.unwrap().remove(0).entry;
        assert_eq!(
            (entry.operation.as_str(), entry.reason.as_deref()),
            ("personal.reveal", Some("contact: 核对值班电话"))
        );
        assert_eq!(entry.before.or(entry.after), None, "a reading changes nothing");
        let looks = personal::mine(app, &liaison).await.unwrap().looks;
        assert_eq!((looks.len(), looks[0].by.as_str(), looks[0].purpose.as_str()), (1, "安全", "contact"));

        for (who, action) in [(district.planner(), "a planner"), (district.auditor(), "an auditor")] {
            let refused = personal::reveal(app, &who, "liaison", "inspect", "例行检查").await;
            assert!(matches!(refused, Err(Failure::Forbidden(_))), "{action} sees it masked at most");
        }
        let own = personal::reveal(app, &security, "security", "contact", "自己的").await;
        assert_eq!(codes(own), ["personal.reveal.no_words", "personal.reveal.own"]);
    });
}

#[test]
fn a_person_is_erased_by_two_people_and_the_chain_stays_whole() {
    each_database(async |district| {
        let app = &district.app;
        let (system, security) = (district.system(), district.security());
        personal::save_mine(app, &district.liaison(), "13800008000", "").await.unwrap();
        assert_eq!(codes(erase::ask(app, &system, "liaison", "离职").await), ["personal.erase.in_use"]);
        disable(app, &security, "liaison", None).await.unwrap();
        assert_eq!(codes(erase::ask(app, &system, "liaison", " ").await), ["personal.erase.no_reason"]);
        let id = erase::ask(app, &system, "liaison", "离职满一年，本人申请").await.unwrap();
        assert_eq!(codes(erase::ask(app, &system, "liaison", "再来").await), ["personal.erase.asked_already"]);
        let own = erase::confirm(app, &system, id).await;
        assert!(matches!(own, Err(Failure::Forbidden(_))), "who asks does not confirm");
        erase::refuse(app, &security, id).await.unwrap();
        assert_eq!(codes(erase::confirm(app, &security, id).await), ["personal.erase.decided"]);
        let id = erase::ask(app, &system, "liaison", "离职满一年，本人申请").await.unwrap();
        assert_eq!(erase::open(app, &security).await.unwrap()[0].name, "连*");

        let account = district.liaison().actor.account;
        erase::confirm(app, &security, id).await.unwrap();
        let (row, contact, salt) = app
            .database()
            .read::<_, gangmu_store::Fault>(move |tx| {
                let row = accounts::find(tx, account)?.unwrap();
                let salt = tx.query(
                    "SELECT object_id FROM journal_salts WHERE object_kind = $1 AND object_id = $2",
                    gangmu_store::params!["account", account.to_string()],
                    |row| row.get::<String>(0),
                )?;
                Ok((row, contacts::find(tx, account)?, salt))
            })
            .await
            .unwrap();
        assert_eq!((row.name.as_str(), row.login), (erase::NOBODY, format!("erased-{}", account.0)));
        assert_eq!((row.post, contact.is_empty(), salt), (None, true, Vec::<String>::new()));
        let all = list(app, &security, None, 500).await.unwrap();
        assert!(all.iter().all(|view| view.login != "liaison" && view.name != "连络"));
        assert_eq!(codes(login(app, "liaison", PASSWORD).await), ["accounts.login.refused"]);
        let erased = format!("erased-{}", account.0);
        assert_eq!(codes(erase::ask(app, &system, &erased, "再次").await), ["personal.erase.erased"]);
        let filter = Filter { kind: Some("account".into()), object: Some(account.to_string()), ..Filter::default() };
        let told = journal::read(app, &district.auditor(), filter, 50).await.unwrap();
        assert!(told.len() > 4, "what was done stays");
        assert!(
            told.iter().all(|recorded| recorded.entry.reason.as_deref().is_none_or(|reason| !reason.contains("离职")))
        );
        let verdict = journal::verify(app, &district.auditor(), Vec::new()).await.unwrap();
        assert!(verdict.is_ok(), "{verdict:?}");
        let back = enable(app, &security, &erased, None).await;
        assert_eq!(codes(back), ["personal.erase.erased"], "nobody comes back from erasure");
    });
}

#[test]
fn a_short_name_that_stands_in_the_name_of_somebody_else_is_not_cut_out_of_it() {
    each_database(async |district| {
        let app = &district.app;
        let (system, security) = (district.system(), district.security());
        for (login, name) in [("wang-wei", "王伟"), ("wang-weidong", "王伟东")] {
            let password = Some("a-phrase-long-enough-9".to_owned());
            let new = NewAccount { login: login.into(), name: name.into(), password, ..NewAccount::default() };
            add(app, &system, new).await.unwrap();
        }
        personal::reveal(app, &security, "liaison", "contact", "王伟东值班").await.unwrap();
        let erased = async |login: &str| {
            disable(app, &security, login, None).await.unwrap();
            let id = erase::ask(app, &system, login, "离职").await.unwrap();
            erase::confirm(app, &security, id).await.unwrap();
        };
        let told = async || {
            let look = personal::mine(app, &district.liaison()).await.unwrap().looks.remove(0);
            let found = journal::read(app, &district.auditor(), Filter::default(), 50).await.unwrap();
            let reveal = found.into_iter().find(|found| found.entry.operation == "personal.reveal").unwrap();
            (look.note, reveal.entry.reason)
        };
        erased("wang-wei").await;
        assert_eq!(told().await, ("王伟东值班".into(), Some("contact: 王伟东值班".into())), "somebody else");
        erased("wang-weidong").await;
        assert_eq!(told().await, (format!("{}值班", erase::NOBODY), None), "now nobody bears it");
    });
}

#[test]
fn what_nobody_needs_goes_by_itself_after_its_time() {
    each_database(async |district| {
        let app = &district.app;
        personal::save_mine(app, &district.liaison(), "13800008000", "").await.unwrap();
        personal::save_mine(app, &district.planner(), "13900009000", "").await.unwrap();
        disable(app, &district.security(), "liaison", None).await.unwrap();
        district.wait(SignedDuration::from_hours(24 * 179));
        assert_eq!(retention::retain(app, None).await.unwrap(), 0);
        district.wait(SignedDuration::from_hours(48));
        let security = login(app, "security", PASSWORD).await.unwrap().session;
        let due = retention::due(app, &security).await.unwrap();
        assert_eq!(
            due.iter().map(|due| (due.rule.word, due.people)).collect::<Vec<_>>()[..2],
            [("ended", 1), ("never-opened", 0)]
        );
        assert_eq!(retention::retain(app, None).await.unwrap(), 1);
        assert_eq!(retention::retain(app, None).await.unwrap(), 0, "once is enough");
        let masked = personal::masked(app, &security, "liaison").await.unwrap();
        assert_eq!((masked.phone, masked.name.as_str()), (None, "连*"), "the name stays with the records");
        assert!(personal::masked(app, &security, "planner").await.unwrap().phone.is_some());
        let entry = journal::read(app, &district.auditor(), Filter::default(), 1).await.unwrap().remove(0).entry;
        assert_eq!((entry.operation.as_str(), entry.many.unwrap().count), ("personal.retain", 1));
        enable(app, &security, "liaison", None).await.unwrap();
        login(app, "liaison", PASSWORD).await.unwrap();
    });
}
