//! Stories of accounts: the first day, the closed door, the forgotten session, the three administrators.

use gangmu_app::{
    App, Failure, Role, Session,
    accounts::{
        AccountRefusal,
        add::{NewAccount, add},
        change_password::change_password,
        disable::{disable, enable},
        limits::SessionLimits,
        list::list,
        login::{Origin, login, login_from},
        logout::logout,
        own_sessions::{end_other_sessions, end_session, own_sessions},
        reset_password::reset_password,
        resume::resume,
        set_roles::set_roles,
    },
    journal,
};
use gangmu_kernel::refusal::Refusal;
use gangmu_store::journal::Filter;
use gangmu_testkit::{PASSWORD, each_database};
use jiff::SignedDuration;

fn codes<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<&'static str> {
    match outcome {
        Err(Failure::Refused(reasons)) => reasons.as_slice().iter().map(|reason| reason.code).collect(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn newcomer(login: &str) -> NewAccount {
    NewAccount { login: login.into(), name: "新人".into(), roles: vec!["planner".into()], ..NewAccount::default() }
}

async fn operations(app: &App, session: &Session, limit: u32) -> Vec<String> {
    let found = journal::read(app, session, Filter::default(), limit).await.unwrap();
    found.into_iter().map(|recorded| recorded.entry.operation).collect()
}

#[test]
fn the_first_day_password_opens_nothing_but_its_own_change() {
    each_database(async |district| {
        let app = &district.app;
        let added = add(app, &Session::console("测试"), newcomer(" Xin.Ren ")).await.unwrap();
        let first = added.first_password.unwrap();
        let entered = login(app, "xin.ren", &first).await.unwrap();
        assert!(entered.session.must_change);
        assert!(matches!(list(app, &entered.session, None, 9).await, Err(Failure::Forbidden(_))));
        assert!(!entered.session.may(app.access(), "plan.import"));
        let second = login(app, "xin.ren", &first).await.unwrap();
        change_password(app, &entered.session, &first, "Gai-hao-le-2024").await.unwrap();
        let resumed = resume(app, &entered.token).await.unwrap().unwrap();
        assert!(!resumed.must_change && resumed.may(app.access(), "plan.import"));
        assert!(resume(app, &second.token).await.unwrap().is_none(), "other sessions end with the old password");
        assert_eq!(codes(login(app, "xin.ren", &first).await), ["accounts.login.refused"]);
        login(app, "XIN.REN", "Gai-hao-le-2024").await.unwrap();
        let told = operations(app, &district.supervisor(), 6).await;
        assert_eq!(
            told,
            [
                "accounts.login",
                "accounts.login_failed",
                "accounts.change_password",
                "accounts.login",
                "accounts.login",
                "accounts.add"
            ]
        );
    });
}

#[test]
fn everything_that_speaks_against_an_account_is_told_at_once() {
    each_database(async |district| {
        let app = &district.app;
        let bad = NewAccount {
            login: "a b".into(),
            name: " ".into(),
            organisation: Some("o-none".into()),
            roles: vec!["planner".into(), "king".into()],
            password: Some("1111".into()),
            ..NewAccount::default()
        };
        let all = [
            "accounts.add.bad_login",
            "accounts.add.bad_name",
            "accounts.roles.unknown_role",
            "accounts.password.too_short",
            "accounts.password.too_plain",
            "accounts.add.unknown_organisation",
        ];
        assert_eq!(codes(add(app, &Session::console("测试"), bad).await), all);
        let taken = NewAccount { roles: vec![], password: Some("planner-long-enough".into()), ..newcomer("Planner") };
        let all = ["accounts.password.holds_login", "accounts.add.login_taken"];
        assert_eq!(codes(add(app, &district.system(), taken).await), all);
        let forbidden = add(app, &district.planner(), newcomer("another")).await;
        assert!(matches!(forbidden, Err(Failure::Forbidden(_))));
    });
}

#[test]
fn a_login_closes_after_five_failures_and_longer_each_time_known_or_not() {
    each_database(async |district| {
        let app = &district.app;
        for who in ["liaison", "nobody"] {
            for attempt in 1..=5 {
                assert_eq!(codes(login(app, who, "wrong-password").await), ["accounts.login.refused"], "{attempt}");
            }
            let during = login(app, who, PASSWORD).await;
            assert_eq!(codes(during), ["accounts.login.refused"], "closed, also for the right password");
        }
        let told = operations(app, &district.supervisor(), 6).await;
        assert_eq!(told[..5], ["accounts.login_failed"; 5], "an unknown login is counted but not journaled");
        district.wait(SignedDuration::from_secs(61));
        login(app, "liaison", PASSWORD).await.unwrap();
        // The right password opened it and forgot the failures; the unknown one goes on counting.
        assert_eq!(codes(login(app, "liaison", "wrong-password").await), ["accounts.login.refused"]);
        login(app, "liaison", PASSWORD).await.unwrap();
    });
}

#[test]
fn a_closed_login_stays_closed_twice_as_long_after_the_next_failure() {
    each_database(async |district| {
        let app = &district.app;
        for _ in 0..5 {
            drop(login(app, "leader", "wrong-password").await);
        }
        district.wait(SignedDuration::from_secs(61));
        drop(login(app, "leader", "wrong-password").await);
        district.wait(SignedDuration::from_secs(61));
        assert_eq!(codes(login(app, "leader", PASSWORD).await), ["accounts.login.refused"], "two minutes now");
        let locked = list(app, &district.security(), None, 99).await.unwrap();
        let locked: Vec<_> = locked.iter().filter(|view| view.locked_until.is_some()).map(|v| &*v.login).collect();
        assert_eq!(locked, ["leader"]);
        let password = reset_password(app, &district.security(), "leader").await.unwrap();
        login(app, "leader", &password).await.unwrap();
    });
}

#[test]
fn a_session_ends_when_idle_when_old_and_when_left() {
    each_database(async |mut district| {
        let entered = login(&district.app, "planner", PASSWORD).await.unwrap();
        district.wait(SignedDuration::from_mins(29));
        district.restart().await;
        let app = &district.app;
        let resumed = resume(app, &entered.token).await.unwrap().expect("a restart ends no session");
        assert_eq!(resumed.csrf(), entered.session.csrf());
        for _ in 0..3 {
            district.wait(SignedDuration::from_mins(29));
            assert!(resume(app, &entered.token).await.unwrap().is_some(), "use keeps it open");
        }
        district.wait(SignedDuration::from_mins(31));
        assert!(resume(app, &entered.token).await.unwrap().is_none(), "idle");
        let entered = login(app, "planner", PASSWORD).await.unwrap();
        for _ in 0..25 {
            district.wait(SignedDuration::from_mins(29));
            drop(resume(app, &entered.token).await.unwrap());
        }
        assert!(resume(app, &entered.token).await.unwrap().is_none(), "older than twelve hours");
        let entered = login(app, "planner", PASSWORD).await.unwrap();
        logout(app, &entered.session).await.unwrap();
        assert!(resume(app, &entered.token).await.unwrap().is_none(), "left");
        assert!(resume(app, "").await.unwrap().is_none());
    });
}

#[test]
fn the_secret_of_forms_belongs_to_its_session() {
    each_database(async |district| {
        let one = login(&district.app, "planner", PASSWORD).await.unwrap();
        let two = login(&district.app, "planner", PASSWORD).await.unwrap();
        assert_ne!(one.token, two.token);
        assert!(one.session.csrf_matches(one.session.csrf().unwrap()));
        assert!(!one.session.csrf_matches(two.session.csrf().unwrap()));
        assert!(!one.session.csrf_matches(""));
        assert!(!Session::public().csrf_matches(""));
        assert_ne!(one.session.csrf(), Some(one.token.as_str()));
    });
}

#[test]
fn a_disabled_account_is_out_at_once_and_comes_back_with_all_it_had() {
    each_database(async |district| {
        let app = &district.app;
        let admin = district.security();
        let entered = login(app, "planner", PASSWORD).await.unwrap();
        disable(app, &admin, "planner", Some("调离".into())).await.unwrap();
        assert!(resume(app, &entered.token).await.unwrap().is_none());
        assert_eq!(codes(login(app, "planner", PASSWORD).await), ["accounts.login.refused"]);
        disable(app, &admin, "planner", None).await.unwrap();
        enable(app, &admin, "planner", None).await.unwrap();
        assert_eq!(login(app, "planner", PASSWORD).await.unwrap().session.roles, district.planner().roles);
        let own = codes(disable(app, &admin, "security", None).await);
        assert_eq!(own, ["accounts.disable.own_account", "accounts.roles.last_administrator"]);
        assert!(matches!(disable(app, &admin, "nobody", None).await, Err(Failure::Absent("account"))));
        let reasons = journal::read(app, &district.auditor(), Filter::default(), 9).await.unwrap();
        assert!(
            reasons
                .iter()
                .any(|r| r.entry.operation == "accounts.disable" && r.entry.reason.as_deref() == Some("调离"))
        );
        assert!(reasons.iter().filter(|r| r.entry.operation == "accounts.disable").count() == 1);
    });
}

#[test]
fn roles_change_at_once_and_the_last_security_administrator_stays_one() {
    each_database(async |district| {
        let app = &district.app;
        let admin = district.security();
        let entered = login(app, "planner", PASSWORD).await.unwrap();
        set_roles(app, &admin, "planner", vec!["leader".into(), "leader".into()]).await.unwrap();
        let resumed = resume(app, &entered.token).await.unwrap().unwrap();
        assert!(resumed.may(app.access(), "plan.publish") && !resumed.may(app.access(), "plan.import"));
        let none = codes(set_roles(app, &admin, "planner", vec![]).await);
        assert_eq!(none, ["accounts.roles.no_role"]);
        let last = codes(set_roles(app, &admin, "security", vec!["planner".into()]).await);
        assert_eq!(last, ["accounts.roles.last_administrator"]);
        set_roles(app, &admin, "planner", vec!["security".into()]).await.unwrap();
        set_roles(app, &admin, "security", vec!["planner".into()]).await.unwrap();
    });
}

#[test]
fn who_adds_an_account_gives_it_no_right_and_who_gives_rights_adds_none() {
    each_database(async |district| {
        let app = &district.app;
        let bare = NewAccount { roles: vec![], ..newcomer("xin") };
        assert!(matches!(add(app, &district.security(), bare.clone()).await, Err(Failure::Forbidden(_))));
        assert!(matches!(add(app, &district.system(), newcomer("xin")).await, Err(Failure::Forbidden(_))));
        let first = add(app, &district.system(), bare).await.unwrap().first_password.unwrap();
        let entered = login(app, "xin", &first).await.unwrap();
        assert!(entered.session.roles.is_empty());
        let refused = set_roles(app, &district.system(), "xin", vec!["planner".into()]).await;
        assert!(matches!(refused, Err(Failure::Forbidden(_))));
        set_roles(app, &district.security(), "xin", vec!["planner".into()]).await.unwrap();
        assert!(resume(app, &entered.token).await.unwrap().unwrap().roles.contains(&Role::Planner));
    });
}

#[test]
fn the_three_administrators_meet_neither_each_other_nor_who_decides() {
    each_database(async |district| {
        let (app, security) = (&district.app, district.security());
        for (roles, meets) in [
            (vec!["system", "security"], 1),
            (vec!["system", "security", "audit"], 3),
            (vec!["audit", "planner", "leader"], 2),
            (vec!["planner", "reviewer", "liaison", "leader", "supervisor"], 0),
            (vec!["audit", "supervisor"], 0),
        ] {
            let words: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
            let outcome = set_roles(app, &security, "liaison", words).await;
            if meets == 0 {
                outcome.unwrap();
            } else {
                assert_eq!(codes(outcome), vec!["accounts.roles.meet"; meets], "{roles:?}");
            }
        }
    });
}

#[test]
fn ones_own_password_needs_the_present_one_and_good_new_one() {
    each_database(async |district| {
        let app = &district.app;
        let planner = login(app, "planner", PASSWORD).await.unwrap().session;
        let wrong = codes(change_password(app, &planner, "not-it-at-all", "Xin-mi-ma-2024").await);
        assert_eq!(wrong, ["accounts.password.wrong"]);
        assert_eq!(codes(change_password(app, &planner, PASSWORD, PASSWORD).await), ["accounts.password.unchanged"]);
        assert_eq!(
            codes(change_password(app, &planner, PASSWORD, "短密码四个").await),
            ["accounts.password.too_short"]
        );
        for _ in 0..4 {
            drop(change_password(app, &planner, "not-it-at-all", "Xin-mi-ma-2024").await);
        }
        let closed = codes(change_password(app, &planner, PASSWORD, "Xin-mi-ma-2024").await);
        assert_eq!(closed, ["accounts.password.wrong"], "guessing through a session closes like a login");
        district.wait(SignedDuration::from_secs(61));
        change_password(app, &planner, PASSWORD, "Xin-mi-ma-2024").await.unwrap();
    });
}

#[test]
fn the_list_shows_people_page_by_page_and_no_secret() {
    each_database(async |district| {
        let app = &district.app;
        let first = list(app, &district.security(), None, 3).await.unwrap();
        assert_eq!(first.iter().map(|v| &*v.login).collect::<Vec<_>>(), ["auditor", "leader", "liaison"]);
        assert_eq!(first[2].organisation.as_deref(), Some("区水务局"));
        let rest = list(app, &district.security(), Some("liaison".into()), 99).await.unwrap();
        assert_eq!(rest.len(), 7);
        assert!(matches!(list(app, &district.supervisor(), None, 9).await, Err(Failure::Forbidden(_))));
    });
}

#[test]
fn no_secret_is_in_the_database_in_clear() {
    each_database(async |district| {
        let app = &district.app;
        let entered = login(app, "planner", PASSWORD).await.unwrap();
        let found = app
            .database()
            .read::<_, gangmu_store::Fault>(|tx| {
                let account = gangmu_store::accounts::by_login(tx, "planner")?.unwrap();
                let journal = gangmu_store::journal::after(tx, 0, 1000)?;
                Ok((account.password, format!("{journal:?}")))
            })
            .await
            .unwrap();
        assert!(found.0.starts_with("$argon2id$v=19$"));
        for secret in [PASSWORD, &entered.token, &found.0] {
            assert!(!found.1.contains(secret));
        }
    });
}

#[test]
fn every_refusal_has_a_code_of_its_own() {
    let all = [
        AccountRefusal::LoginRefused,
        AccountRefusal::BadLogin { login: "x".into() },
        AccountRefusal::LoginTaken { login: "x".into() },
        AccountRefusal::BadName,
        AccountRefusal::UnknownOrganisation { code: "x".into() },
        AccountRefusal::UnknownRole { role: "x".into() },
        AccountRefusal::NoRole,
        AccountRefusal::RolesMeet { one: Role::System, other: Role::Audit },
        AccountRefusal::PasswordTooShort { least: 10 },
        AccountRefusal::PasswordTooLong { most: 128 },
        AccountRefusal::PasswordHoldsLogin,
        AccountRefusal::PasswordTooPlain,
        AccountRefusal::PasswordUnchanged,
        AccountRefusal::WrongPassword,
        AccountRefusal::LastAdministrator,
        AccountRefusal::OwnAccount,
    ];
    let codes: std::collections::BTreeSet<_> = all.iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), all.len());
    assert!(codes.iter().all(|code| code.starts_with("accounts.")));
}

#[test]
fn one_sees_where_one_is_logged_in_and_ends_what_one_does_not_know() {
    each_database(async |district| {
        let app = &district.app;
        let origin = |device: &str| Origin { device: Some(device.into()), address: Some("10.0.0.7".into()) };
        district.wait(SignedDuration::from_mins(1));
        let desk = login_from(app, "liaison", PASSWORD, origin("windows edge")).await.unwrap();
        district.wait(SignedDuration::from_mins(3));
        let phone = login_from(app, "liaison", PASSWORD, origin("android wechat")).await.unwrap();
        let seen = own_sessions(app, &desk.session).await.unwrap();
        assert_eq!(seen.len(), 3, "the one of the start, the desk, the phone");
        assert_eq!((seen[0].device.join(" ").as_str(), seen[0].this), ("android wechat", false));
        assert_eq!((seen[1].device.join(" ").as_str(), seen[1].this), ("windows edge", true));
        assert_eq!(seen[1].address.as_deref(), Some("10.0.0.7"));
        assert!(own_sessions(app, &district.planner()).await.unwrap().iter().all(|other| other.key != seen[0].key));
        let foreign = end_session(app, &district.planner(), &seen[0].key).await;
        assert!(matches!(foreign, Err(Failure::Absent(_))), "nobody ends a session of somebody else");
        end_session(app, &desk.session, &seen[0].key).await.unwrap();
        assert!(resume(app, &phone.token).await.unwrap().is_none());
        assert_eq!(end_other_sessions(app, &desk.session).await.unwrap(), 1);
        assert_eq!(end_other_sessions(app, &desk.session).await.unwrap(), 0);
        assert!(resume(app, &desk.token).await.unwrap().is_some(), "this one stays");
        let told = operations(app, &district.auditor(), 2).await;
        assert_eq!(told, ["accounts.end_other_sessions", "accounts.end_session"], "nothing done, nothing journaled");
    });
}

#[test]
fn the_limits_of_sessions_are_those_of_the_installation() {
    each_database(async |district| {
        let limits = SessionLimits::new(5, 1).unwrap();
        let app = district.app.clone().with_session_limits(limits);
        let entered = login(&app, "liaison", PASSWORD).await.unwrap();
        assert_eq!(entered.session.ends_at(), Some(app.now() + limits.longest()));
        for _ in 0..14 {
            district.wait(SignedDuration::from_mins(4));
            assert!(resume(&app, &entered.token).await.unwrap().is_some(), "use keeps it open");
        }
        district.wait(SignedDuration::from_mins(5));
        assert!(resume(&app, &entered.token).await.unwrap().is_none(), "an hour is over");
        let entered = login(&app, "liaison", PASSWORD).await.unwrap();
        district.wait(SignedDuration::from_mins(6));
        assert!(resume(&app, &entered.token).await.unwrap().is_none(), "unused for more than five minutes");
    });
}

#[test]
fn failures_are_told_to_the_person_at_the_next_login() {
    each_database(async |district| {
        let app = &district.app;
        let start = app.now();
        district.wait(SignedDuration::from_mins(10));
        for _ in 0..3 {
            drop(login(app, "liaison", "wrong-password").await);
        }
        let entered = login(app, "liaison", PASSWORD).await.unwrap();
        let before = entered.session.before().unwrap();
        assert_eq!((before.at, before.failed), (Some(start), 3));
        let resumed = resume(app, &entered.token).await.unwrap().unwrap();
        assert_eq!(resumed.before(), Some(before), "every page of this session can tell it");
        let entered = login(app, "liaison", PASSWORD).await.unwrap();
        assert_eq!(entered.session.before().unwrap().failed, 0);
    });
}

#[test]
fn the_last_five_passwords_are_not_taken_again() {
    each_database(async |district| {
        let app = &district.app;
        let entered = login(app, "liaison", PASSWORD).await.unwrap();
        let mut present = PASSWORD.to_owned();
        for round in 1..=4 {
            district.wait(SignedDuration::from_mins(1));
            let next = format!("ling-yi-ge-mi-ma-{round}");
            change_password(app, &entered.session, &present, &next).await.unwrap();
            let back = change_password(app, &entered.session, &next, PASSWORD).await;
            assert_eq!(codes(back), ["accounts.password.used_before"], "after {round} changes");
            present = next;
        }
        let same = change_password(app, &entered.session, &present, &present).await;
        assert_eq!(codes(same), ["accounts.password.unchanged"]);
        change_password(app, &entered.session, &present, "ling-yi-ge-mi-ma-5").await.unwrap();
        change_password(app, &entered.session, "ling-yi-ge-mi-ma-5", PASSWORD).await.unwrap();
    });
}
