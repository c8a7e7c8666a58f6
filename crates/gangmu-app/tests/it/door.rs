//! The one door: nothing without permission, nothing without an entry, nothing half.

use gangmu_app::{App, Done, Failure, Operation, Record, Session, journal, look, operate};
use gangmu_kernel::ClauseRef;
use gangmu_store::{
    Fault,
    journal::{Filter, Object},
    params,
};
use gangmu_testkit::each_database;

const IMPORT: Operation = Operation::new("plan.import");

async fn newest(app: &App, session: &Session) -> gangmu_store::journal::Recorded {
    journal::read(app, session, Filter::default(), 1).await.unwrap().remove(0)
}

#[test]
fn an_operation_is_journaled_with_who_in_which_post_and_announced_after_the_commit() {
    each_database(async |district| {
        let mut heard = district.app.announcements();
        let planner = district.planner();
        let clause = ClauseRef::clause("145", "1.1");
        let (given, digested) = (clause.clone(), serde_json::json!({"title": "示例"}));
        let value = operate(&district.app, &planner, IMPORT, move |work| {
            let after = work.digest(&digested);
            let record = Record::on(Object::new("plan", "plan_1")).after(after).reason(Some("首次导入".to_owned()));
            Ok(Done::recorded(7, record.clauses([given])))
        })
        .await
        .unwrap();
        assert_eq!(value, 7);
        let entry = newest(&district.app, &district.supervisor()).await;
        assert_eq!(entry.entry.operation, "plan.import");
        assert_eq!(entry.entry.by.account, planner.actor.account);
        assert_eq!(entry.entry.by.name, "林规");
        assert_eq!(entry.entry.by.post.as_deref(), Some("规划科科长"));
        assert_eq!(entry.entry.by.organisation.as_deref(), Some("区发展改革局"));
        assert_eq!(entry.entry.at, district.app.now());
        assert_eq!(entry.entry.clauses, [clause]);
        let announced = heard.try_recv().unwrap();
        assert_eq!((announced.operation, announced.seq), ("plan.import", entry.seq));
        assert!(heard.try_recv().is_err());
        let whole = journal::verify(&district.app, &district.supervisor(), Vec::new()).await.unwrap();
        assert_eq!(whole.unwrap().entries, entry.seq);
    });
}

#[test]
fn who_may_not_is_told_why_and_leaves_no_trace() {
    each_database(async |district| {
        let before = newest(&district.app, &district.supervisor()).await.seq;
        for session in [district.leader(), district.supervisor(), Session::public()] {
            let refused = operate(&district.app, &session, IMPORT, |_| -> Result<Done<()>, Failure> {
                panic!("the closure must not run")
            });
            assert!(matches!(refused.await, Err(Failure::Forbidden(_))));
        }
        let looked = look(&district.app, &Session::public(), "plan.read", |_| Ok(())).await;
        assert!(matches!(looked, Err(Failure::Forbidden(_))));
        assert_eq!(newest(&district.app, &district.supervisor()).await.seq, before);
    });
}

#[test]
fn an_operation_that_fails_or_records_nothing_writes_nothing() {
    each_database(async |district| {
        let planner = district.planner();
        let before = newest(&district.app, &district.supervisor()).await.seq;
        let write = |work: &mut gangmu_app::Work<'_, '_>| {
            let sql = "INSERT INTO login_failures (login, failures, last_at) VALUES ($1, 1, 1)";
            work.tx.execute(sql, params!["trace"])
        };
        let failed = operate(&district.app, &planner, IMPORT, move |work| {
            write(work)?;
            Err::<Done<()>, _>(Failure::Absent("plan"))
        });
        assert!(matches!(failed.await, Err(Failure::Absent("plan"))));
        let nothing = operate(&district.app, &planner, IMPORT, move |work| {
            write(work)?;
            Ok(Done::nothing("same"))
        });
        assert_eq!(nothing.await.unwrap(), "same");
        let panicked = operate(&district.app, &planner, IMPORT, move |work| -> Result<Done<()>, Failure> {
            write(work)?;
            panic!("in the middle")
        });
        assert!(matches!(panicked.await, Err(Failure::Fault(Fault::Panicked(_)))));
        let traces = district.app.database().read::<_, Fault>(|tx| {
            tx.one("SELECT count(*) FROM login_failures WHERE login = $1", params!["trace"], |row| row.get::<i64>(0))
        });
        assert_eq!(traces.await.unwrap(), 0);
        assert_eq!(newest(&district.app, &district.supervisor()).await.seq, before);
    });
}

#[test]
fn digests_of_people_are_salted_and_the_same_person_gives_the_same_digest() {
    each_database(async |district| {
        let object = Object::new("account", "account_99");
        let digest = async |name: &'static str| {
            let object = object.clone();
            operate(&district.app, &district.planner(), IMPORT, move |work| {
                let digest = work.personal_digest(&object, &name)?;
                Ok(Done::recorded((digest, work.digest(&name)), Record::on(object).after(digest).salted()))
            })
            .await
            .unwrap()
        };
        let (first, plain) = digest("林规").await;
        let (again, _) = digest("林规").await;
        let (other, _) = digest("沈审").await;
        assert_eq!(first, again);
        assert_ne!(first, plain);
        assert_ne!(first, other);
    });
}
