//! Stories of posts and deputies: several posts at once, who acts for whom, and what must not meet.

use crate::plan::{accept_all, imported};
use gangmu_app::{
    App, Failure, Role, Session,
    accounts::{disable::disable, list::list, login::login, resume::resume, set_roles::set_roles as first_roles},
    journal,
    plan::approve::approve,
    posts::{NewDeputy, NewPost, PostRefusal, add, appoint, choose, dismiss, end, of_person, own, set_roles},
    rights::{explain, why},
};
use gangmu_kernel::refusal::Refusal;
use gangmu_store::journal::Filter;
use gangmu_testkit::{PASSWORD, TestDistrict, each_database};
use jiff::{
    SignedDuration,
    civil::{Date, date},
};

fn codes<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<&'static str> {
    match outcome {
        Err(Failure::Refused(reasons)) => reasons.as_slice().iter().map(|reason| reason.code).collect(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn post(title: &str, organisation: &str, roles: &[&str]) -> NewPost {
    NewPost {
        title: title.into(),
        organisation: organisation.into(),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        ..NewPost::default()
    }
}

fn deputy(login: &str, from: Date, until: Date) -> NewDeputy {
    NewDeputy { login: login.into(), from, until, reason: "外出学习".into() }
}

async fn first_post(app: &App, session: &Session) -> gangmu_kernel::ids::PostId {
    own(app, session).await.unwrap().posts[0].id
}

async fn resumed(app: &App, token: &str) -> Session {
    resume(app, token).await.unwrap().expect("the session goes on")
}

#[test]
fn one_person_acts_in_one_of_several_posts_and_the_journal_names_it() {
    each_database(async |district| {
        let app = &district.app;
        let added =
            add(app, &district.security(), "liaison", post("兼职规划员", "o-reform", &["planner"])).await.unwrap();
        let entered = login(app, "liaison", PASSWORD).await.unwrap();
        assert_eq!(
            (entered.posts, entered.session.post.as_deref()),
            (2, Some("联络员")),
            "the first until another is chosen"
        );
        assert!(!entered.session.may(app.access(), "plan.import"), "a role belongs to its post");
        let session = choose(app, &entered.session, added).await.unwrap();
        assert!(session.may(app.access(), "plan.import") && !session.roles.contains(&Role::Liaison));
        let again = resumed(app, &entered.token).await;
        assert_eq!((again.post.as_deref(), again.organisation.as_deref()), (Some("兼职规划员"), Some("区发展改革局")));
        let found = journal::read(app, &district.auditor(), Filter::default(), 3).await.unwrap();
        let chosen = found.iter().find(|r| r.entry.operation == "posts.choose").unwrap();
        assert_eq!(chosen.entry.by.post.as_deref(), Some("兼职规划员"));
        let strange = first_post(app, &district.leader()).await;
        assert!(matches!(choose(app, &again, strange).await, Err(Failure::Absent("post"))));
    });
}

#[test]
fn a_post_ends_with_its_last_day_and_the_session_falls_back_to_the_first() {
    each_database(async |district| {
        let app = &district.app;
        let security = district.security();
        let temporary = NewPost { until: Some(date(2024, 7, 1)), ..post("借调", "o-reform", &["planner"]) };
        let added = add(app, &security, "liaison", temporary).await.unwrap();
        for title in ["借调", "借调", "联络员"] {
            let entered = login(app, "liaison", PASSWORD).await.unwrap();
            let session = choose(app, &entered.session, added).await.unwrap_or(entered.session);
            assert_eq!(session.post.as_deref(), Some(title));
            district.wait(SignedDuration::from_hours(24));
        }
        let over = end(app, &security, "liaison", added, date(2024, 6, 1), " ").await;
        assert_eq!(codes(over), ["posts.reason_needed"]);
    });
}

#[test]
fn an_ended_post_is_left_at_once_by_whoever_acts_in_it() {
    each_database(async |district| {
        let app = &district.app;
        let security = district.security();
        let added = add(app, &security, "liaison", post("兼职规划员", "o-reform", &["planner"])).await.unwrap();
        let entered = login(app, "liaison", PASSWORD).await.unwrap();
        choose(app, &entered.session, added).await.unwrap();
        end(app, &security, "liaison", added, date(2024, 6, 29), "结束兼职").await.unwrap();
        let session = resumed(app, &entered.token).await;
        assert_eq!(session.post.as_deref(), Some("联络员"));
        assert!(!session.may(app.access(), "plan.import"));
        assert_eq!(of_person(app, &security, "liaison").await.unwrap().posts[1].state, "over");
    });
}

#[test]
fn a_deputy_acts_in_the_post_on_the_days_of_the_appointment_and_the_journal_names_both() {
    each_database(async |district| {
        let app = &district.app;
        let planner = district.planner();
        let held = first_post(app, &planner).await;
        let new = deputy("liaison", date(2024, 7, 1), date(2024, 7, 2));
        let appointment = appoint(app, &planner, held, new.clone()).await.unwrap();
        assert_eq!(codes(appoint(app, &planner, held, new).await), ["posts.another_deputy"]);
        let early = login(app, "liaison", PASSWORD).await.unwrap();
        assert_eq!(early.posts, 1, "not before the first day");
        district.wait(SignedDuration::from_hours(24));
        let entered = login(app, "liaison", PASSWORD).await.unwrap();
        assert_eq!(entered.posts, 2);
        let session = choose(app, &entered.session, held).await.unwrap();
        assert!(session.may(app.access(), "plan.import"));
        assert_eq!(session.by().name, "连络 代 林规");
        assert_eq!(gangmu_kernel::masking::name(&session.by().name), "连* 代 林*");
        let passed_on = appoint(app, &session, held, deputy("leader", date(2024, 7, 3), date(2024, 7, 3))).await;
        assert!(matches!(passed_on, Err(Failure::Absent("post"))), "a deputy appoints nobody");
        let found = journal::read(app, &district.auditor(), Filter::default(), 1).await.unwrap();
        assert_eq!(found[0].entry.by.name, "连络 代 林规");
        assert_eq!(found[0].entry.by.account, session.actor.account, "the deputy answers for it");
        dismiss(app, &planner, appointment).await.unwrap();
        assert_eq!(resumed(app, &entered.token).await.post.as_deref(), Some("联络员"), "it ends at once");
        let again = deputy("liaison", date(2024, 7, 2), date(2024, 7, 2));
        appoint(app, &planner, held, again).await.unwrap();
        district.wait(SignedDuration::from_hours(24));
        let entered = login(app, "liaison", PASSWORD).await.unwrap();
        choose(app, &entered.session, held).await.unwrap();
        district.wait(SignedDuration::from_hours(8));
        let late = login(app, "liaison", PASSWORD).await.unwrap();
        choose(app, &late.session, held).await.unwrap();
        district.wait(SignedDuration::from_hours(8));
        let gone = login(app, "liaison", PASSWORD).await.unwrap();
        assert_eq!(gone.posts, 1, "it ended by itself");
        disable(app, &district.security(), "planner", None).await.unwrap();
    });
}

#[test]
fn everything_wrong_with_a_deputy_is_told_at_once() {
    each_database(async |district| {
        let app = &district.app;
        let planner = district.planner();
        let held = first_post(app, &planner).await;
        let wrong = NewDeputy { reason: " ".into(), ..deputy("planner", date(2024, 7, 2), date(2024, 7, 1)) };
        let all = ["posts.bad_days", "posts.reason_needed", "posts.own_deputy"];
        assert_eq!(codes(appoint(app, &planner, held, wrong).await), all);
        let nobody = deputy("nobody", date(2024, 7, 1), date(2024, 7, 1));
        assert_eq!(codes(appoint(app, &planner, held, nobody).await), ["posts.no_such_person"]);
        let others =
            appoint(app, &district.reviewer(), held, deputy("liaison", date(2024, 7, 1), date(2024, 7, 1))).await;
        assert!(matches!(others, Err(Failure::Absent("post"))), "of somebody else's post one knows nothing");
        appoint(app, &district.security(), held, deputy("liaison", date(2024, 7, 1), date(2024, 7, 1))).await.unwrap();
    });
}

#[test]
fn administrators_deputise_nobody_who_decides_and_the_other_way_round() {
    each_database(async |district| {
        let app = &district.app;
        let days = (date(2024, 7, 1), date(2024, 7, 2));
        let planner_post = first_post(app, &district.planner()).await;
        let system_post = first_post(app, &district.system()).await;
        for who in ["system", "security", "auditor"] {
            let outcome = appoint(app, &district.planner(), planner_post, deputy(who, days.0, days.1)).await;
            assert_eq!(codes(outcome), ["accounts.roles.meet"], "{who}");
        }
        for who in ["planner", "security"] {
            let outcome = appoint(app, &district.system(), system_post, deputy(who, days.0, days.1)).await;
            assert_eq!(codes(outcome), ["accounts.roles.meet"], "{who}");
        }
        appoint(app, &district.system(), system_post, deputy("supervisor", days.0, days.1)).await.unwrap();
        // The rule holds from the other side too: what is given later must not meet what is deputised.
        let security = district.security();
        let given = add(app, &security, "supervisor", post("兼职", "o-reform", &["planner"])).await;
        assert_eq!(codes(given), ["accounts.roles.meet"]);
        assert_eq!(
            codes(first_roles(app, &security, "supervisor", vec!["leader".into()]).await),
            ["accounts.roles.meet"]
        );
        let changed = set_roles(app, &security, "system", system_post, vec!["security".into()], None).await;
        changed.unwrap();
        let second = add(app, &security, "planner", post("兼职", "o-reform", &["audit"])).await;
        assert_eq!(codes(second), ["accounts.roles.meet"], "nor in two posts of one account");
    });
}

#[test]
fn who_gives_roles_stays_somebody() {
    each_database(async |district| {
        let app = &district.app;
        let security = district.security();
        let held = first_post(app, &security).await;
        let last = ["accounts.roles.last_administrator"];
        assert_eq!(codes(set_roles(app, &security, "security", held, vec![], None).await), last);
        assert_eq!(codes(end(app, &security, "security", held, date(2024, 7, 30), "调离").await), last);
        add(app, &security, "supervisor", post("安全管理员", "o-reform", &["security"])).await.unwrap();
        end(app, &security, "security", held, date(2024, 7, 30), "调离").await.unwrap();
    });
}

#[test]
fn who_decided_does_not_approve_in_any_post_nor_through_a_deputy() {
    each_database(async |district: TestDistrict| {
        let app = &district.app;
        imported(&district).await;
        let security = district.security();
        let review = add(app, &security, "planner", post("兼审定", "o-reform", &["reviewer"])).await.unwrap();
        let planner = login(app, "planner", PASSWORD).await.unwrap();
        let reviewing = choose(app, &planner.session, review).await.unwrap();
        accept_all(app, &planner.session).await;
        assert_eq!(codes(approve(app, &reviewing, "145", None).await), ["plan-edition-decided-by-you"], "another post");
        // Whoever acts for the planner approves no more than the planner does, and the planner none of the deputy's.
        let planner_review = first_post(app, &district.reviewer()).await;
        let today = date(2024, 6, 30);
        appoint(app, &district.reviewer(), planner_review, deputy("planner", today, today)).await.unwrap();
        let as_deputy = choose(app, &planner.session, planner_review).await.unwrap();
        assert_eq!(codes(approve(app, &as_deputy, "145", None).await), ["plan-edition-decided-by-you"], "as a deputy");
        approve(app, &district.reviewer(), "145", None).await.unwrap();
    });
}

#[test]
fn what_a_deputy_decided_was_decided_by_the_holder_too() {
    each_database(async |district: TestDistrict| {
        let app = &district.app;
        imported(&district).await;
        let today = date(2024, 6, 30);
        // The liaison decides for the reviewer; then the reviewer has decided, and approves nothing.
        let held = first_post(app, &district.reviewer()).await;
        appoint(app, &district.reviewer(), held, deputy("liaison", today, today)).await.unwrap();
        let liaison = login(app, "liaison", PASSWORD).await.unwrap();
        let acting = choose(app, &liaison.session, held).await.unwrap();
        accept_all(app, &acting).await;
        assert_eq!(codes(approve(app, &district.reviewer(), "145", None).await), ["plan-edition-decided-by-you"]);
        assert_eq!(codes(approve(app, &acting, "145", None).await), ["plan-edition-decided-by-you"]);
        approve(app, &district.second_leader(), "145", None).await.unwrap();
    });
}

#[test]
fn why_somebody_may_or_may_not_is_told_with_the_rule() {
    each_database(async |district| {
        let app = &district.app;
        let auditor = district.auditor();
        let may = explain(app, &auditor, "planner", "plan.import", None).await.unwrap();
        assert!(may.allowed && may.needed == ["planner"] && may.posts[0].roles[0].cell == "tree");
        let may_not = explain(app, &auditor, "planner", "plan.publish", None).await.unwrap();
        assert!(!may_not.allowed && may_not.posts[0].roles[0].cell == "-");
        assert!(!explain(app, &auditor, "planner", "plan.shred", None).await.unwrap().listed);
        assert!(matches!(explain(app, &auditor, "nobody", "plan.read", None).await, Err(Failure::Absent("account"))));
        assert!(matches!(
            explain(app, &auditor, "planner", "plan.read", Some("x")).await,
            Err(Failure::Absent("plan"))
        ));
        assert!(matches!(
            explain(app, &district.planner(), "planner", "plan.read", None).await,
            Err(Failure::Forbidden(_))
        ));
        let added = add(app, &district.security(), "liaison", post("兼职规划员", "o-reform", &["planner"])).await;
        added.unwrap();
        let why = why(app, &district.liaison(), "plan.import").await.unwrap();
        assert_eq!((why.held, why.needed), (vec!["liaison"], vec!["planner"]));
        assert_eq!(why.elsewhere, ["区发展改革局 兼职规划员"]);
        assert_eq!(why.ask, ["区发展改革局 安全管理员 安*"]);
    });
}

#[test]
fn an_account_without_any_role_changes_its_password_and_learns_whom_to_ask() {
    each_database(async |district| {
        let app = &district.app;
        let new =
            gangmu_app::accounts::add::NewAccount { login: "xin".into(), name: "新人".into(), ..Default::default() };
        let first = gangmu_app::accounts::add::add(app, &district.system(), new).await.unwrap().first_password.unwrap();
        let entered = login(app, "xin", &first).await.unwrap();
        gangmu_app::accounts::change_password::change_password(app, &entered.session, &first, "Gai-hao-le-2024")
            .await
            .unwrap();
        let session = resumed(app, &entered.token).await;
        let forbidden = session.why_not(app.access(), "home.read");
        assert!(matches!(forbidden, Some(gangmu_app::Forbidden::WrongRole { held, .. }) if held.is_empty()));
        assert_eq!(why(app, &session, "home.read").await.unwrap().ask, ["区发展改革局 安全管理员 安*"]);
        assert!(list(app, &district.security(), None, 99).await.unwrap().iter().any(|view| view.login == "xin"));
    });
}

#[test]
fn every_refusal_of_posts_has_a_code_of_its_own() {
    let all = [
        PostRefusal::BadTitle,
        PostRefusal::BadDays,
        PostRefusal::BadDay { day: "x".into() },
        PostRefusal::UnknownArea { code: "x".into() },
        PostRefusal::ReasonNeeded,
        PostRefusal::NoSuchPerson { login: "x".into() },
        PostRefusal::OwnDeputy,
        PostRefusal::AnotherDeputy { name: "x".into() },
        PostRefusal::NotHeld,
    ];
    let codes: std::collections::BTreeSet<_> = all.iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), all.len());
    assert!(codes.iter().all(|code| code.starts_with("posts.")));
}
