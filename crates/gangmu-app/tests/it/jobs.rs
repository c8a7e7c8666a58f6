//! Jobs and timers: handed in with their operation, done once, tried again, fenced, and indifferent to the clock's steps.

use gangmu_app::{
    App, Done, Failure, Operation, Record, Session,
    jobs::{Job, JobError, NewJob, Policy, Registry, Schedule, enqueue, finish, run, run_due},
    journal, operate,
};
use gangmu_store::{
    Fault,
    jobs::{listing, timers},
    journal::{Filter, Object},
};
use gangmu_testkit::{TestDistrict, each_database};
use jiff::SignedDuration;
use serde_json::json;

const IMPORT: Operation = Operation::new("plan.import");
const EFFECT: Operation = Operation::under("test.effect", "plan.import");

fn job(key: Option<&str>) -> NewJob {
    NewJob { kind: "test.do", key: key.map(str::to_owned), payload: json!({"plan": 7}), run_at: None }
}

/// Hands in a job as an operation of the planner does.
async fn hand_in(district: &TestDistrict, new: NewJob) -> i64 {
    let planner = district.planner();
    operate(&district.app, &planner, IMPORT, move |work| {
        let id = enqueue(work, new)?;
        Ok(Done::recorded(id, Record::on(Object::new("plan", "plan_1"))))
    })
    .await
    .unwrap()
}

/// The effect of a job: an entry of the journal, in the transaction that marks the job as done.
async fn effect(app: App, job: Job) -> Result<(), Failure> {
    operate(&app, &Session::system(), EFFECT, move |work| {
        finish(work, &job)?;
        Ok(Done::recorded((), Record::on(Object::new("job", job.id))))
    })
    .await
}

fn registry() -> Registry {
    Registry::new().on("test.do", effect)
}

async fn effects(district: &TestDistrict) -> Vec<String> {
    let filter = Filter { operation: Some("test.effect".to_owned()), ..Filter::default() };
    let found = journal::read(&district.app, &district.supervisor(), filter, 100).await.unwrap();
    found.into_iter().map(|entry| entry.entry.by.name).collect()
}

async fn states(app: &App) -> Vec<(String, String, i64)> {
    let counts = app.database().read::<_, Fault>(listing::counts).await.unwrap();
    counts.into_iter().map(|count| (count.kind, count.state, count.jobs)).collect()
}

fn state(kind: &str, state: &str, jobs: i64) -> (String, String, i64) {
    (kind.to_owned(), state.to_owned(), jobs)
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

#[test]
fn a_job_is_handed_in_with_its_operation_and_done_once_in_the_programs_own_name() {
    each_database(async |district| {
        hand_in(&district, job(None)).await;
        tokio::time::timeout(std::time::Duration::from_secs(5), district.app.jobs_waiting()).await.unwrap();
        assert_eq!(district.work(&registry()).await, 1);
        assert_eq!(district.work(&registry()).await, 0);
        assert_eq!(effects(&district).await, ["gangmu"]);
        assert_eq!(states(&district.app).await, [state("test.do", "done", 1)]);
    });
}

#[test]
fn an_operation_that_is_undone_hands_in_nothing() {
    each_database(async |district| {
        let planner = district.planner();
        let failed = operate(&district.app, &planner, IMPORT, |work| {
            enqueue(work, job(None))?;
            Err::<Done<()>, _>(Failure::Absent("plan"))
        });
        assert!(failed.await.is_err());
        let nothing = operate(&district.app, &planner, IMPORT, |work| {
            enqueue(work, job(None))?;
            Ok(Done::nothing(()))
        });
        nothing.await.unwrap();
        assert_eq!(states(&district.app).await, []);
    });
}

#[test]
fn the_same_key_is_the_same_job_before_and_after_it_was_done() {
    each_database(async |district| {
        let first = hand_in(&district, job(Some("plan_7"))).await;
        assert_eq!(hand_in(&district, job(Some("plan_7"))).await, first);
        assert_eq!(district.work(&registry()).await, 1);
        assert_eq!(hand_in(&district, job(Some("plan_7"))).await, first);
        assert_eq!(district.work(&registry()).await, 0);
        assert_ne!(hand_in(&district, job(Some("plan_8"))).await, first);
        assert_eq!(district.work(&registry()).await, 1);
        assert_eq!(effects(&district).await.len(), 2);
    });
}

#[test]
fn a_job_for_later_waits_for_its_moment() {
    each_database(async |district| {
        let run_at = Some(district.app.now() + minutes(60));
        hand_in(&district, NewJob { run_at, ..job(None) }).await;
        assert_eq!(district.work(&registry()).await, 0);
        assert_eq!(run::rest(&district.app, &registry()).await.unwrap(), Some(minutes(60)));
        district.wait(minutes(60));
        assert_eq!(district.work(&registry()).await, 1);
        assert_eq!(run::rest(&district.app, &registry()).await.unwrap(), None);
    });
}

#[test]
fn a_job_that_fails_rests_longer_each_time_and_dies_after_the_last_attempt() {
    each_database(async |district| {
        let policy = Policy { attempts: 3, first: SignedDuration::from_secs(100), longest: minutes(60) };
        let failing = async |_: App, _: Job| -> Result<(), JobError> { Err(JobError::passing("test-broken", "why")) };
        let registry = Registry::new().on_with("test.do", policy, failing);
        hand_in(&district, job(None)).await;
        for (shortest, longest) in [(75, 125), (150, 250)] {
            assert_eq!(district.work(&registry).await, 1);
            let rest = run::rest(&district.app, &registry).await.unwrap().unwrap().as_secs();
            assert!((shortest..=longest).contains(&rest), "{rest}");
            district.wait(SignedDuration::from_secs(rest + 1));
        }
        assert_eq!(district.work(&registry).await, 1);
        district.wait(minutes(600));
        assert_eq!(district.work(&registry).await, 0);
        let dead = district.app.database().read::<_, Fault>(|tx| listing::page(tx, "dead", None, 10)).await.unwrap();
        assert_eq!((dead.len(), dead[0].attempts), (1, 3));
        assert_eq!(dead[0].error_code.as_deref(), Some("test-broken"));
        assert_eq!(dead[0].error_detail.as_deref(), Some("why"));
        assert_eq!(dead[0].error_number.as_ref().map(String::len), Some(8), "F- and six signs");
    });
}

#[test]
fn a_panic_is_a_failure_and_a_permanent_failure_ends_at_once() {
    each_database(async |district| {
        let registry = Registry::new()
            .on("test.do", async |_: App, _: Job| -> Result<(), JobError> { panic!("in the middle") })
            .on("test.never", async |_: App, _: Job| {
                Err::<(), _>(JobError::permanent("test-never", "no such address"))
            });
        hand_in(&district, job(None)).await;
        hand_in(&district, NewJob { kind: "test.never", ..job(None) }).await;
        assert_eq!(district.work(&registry).await, 2);
        assert_eq!(states(&district.app).await, [state("test.do", "waiting", 1), state("test.never", "dead", 1)]);
        let waiting = district.app.database().read::<_, Fault>(|tx| listing::page(tx, "waiting", None, 10));
        let waiting = waiting.await.unwrap();
        assert_eq!(waiting[0].error_code.as_deref(), Some("jobs-panicked"));
        assert!(waiting[0].error_detail.as_deref().unwrap().contains("in the middle"), "{waiting:?}");
    });
}

#[test]
fn a_kind_without_handler_waits_and_a_paused_one_as_well() {
    each_database(async |district| {
        hand_in(&district, NewJob { kind: "test.unknown", ..job(None) }).await;
        hand_in(&district, job(None)).await;
        let at = district.app.now();
        let paused = listing::Paused {
            kind: "test.do".to_owned(),
            at,
            account_name: "乙".to_owned(),
            reason: "检修".to_owned(),
        };
        let write = district.app.database().write::<_, Fault>(move |tx| listing::pause(tx, &paused));
        assert!(write.await.unwrap());
        assert_eq!(district.work(&registry()).await, 0);
        assert_eq!(run::rest(&district.app, &registry()).await.unwrap(), None);
        assert!(district.app.database().write::<_, Fault>(|tx| listing::resume(tx, "test.do")).await.unwrap());
        assert_eq!(district.work(&registry()).await, 1);
        assert_eq!(states(&district.app).await, [state("test.do", "done", 1), state("test.unknown", "waiting", 1)]);
    });
}

#[test]
fn an_owner_whose_lease_ran_out_changes_nothing_any_more() {
    each_database(async |district| {
        hand_in(&district, job(None)).await;
        let held = run::claim(&district.app, &registry(), "slow", 8).await.unwrap().remove(0);
        assert_eq!(run_due(&district.app, &registry(), "quick").await.unwrap(), 0, "the lease holds");
        district.wait(minutes(1));
        assert_eq!(run::renew(&district.app, "slow").await.unwrap(), 1);
        district.wait(minutes(1));
        assert_eq!(run_due(&district.app, &registry(), "quick").await.unwrap(), 0, "the lease was renewed");
        district.wait(minutes(2));
        assert_eq!(run_due(&district.app, &registry(), "quick").await.unwrap(), 1);
        run::perform(&district.app, &registry(), held).await;
        assert_eq!(effects(&district).await.len(), 1, "the effect of the slow owner was undone");
        assert_eq!(states(&district.app).await, [state("test.do", "done", 1)]);
    });
}

#[test]
fn an_owner_that_stops_in_good_order_gives_its_jobs_back() {
    each_database(async |district| {
        hand_in(&district, job(None)).await;
        assert_eq!(run::claim(&district.app, &registry(), "first", 8).await.unwrap().len(), 1);
        assert_eq!(run::release(&district.app, "first").await.unwrap(), 1);
        let again = run::claim(&district.app, &registry(), "second", 8).await.unwrap();
        assert_eq!(again[0].attempt, 1, "what was given back counts as not tried");
    });
}

#[test]
fn a_clock_that_is_set_back_holds_no_job() {
    each_database(async |district| {
        hand_in(&district, job(None)).await;
        let failing = async |_: App, _: Job| -> Result<(), JobError> { Err(JobError::passing("test-broken", "why")) };
        let broken = Registry::new().on("test.rest", failing);
        hand_in(&district, NewJob { kind: "test.rest", ..job(None) }).await;
        assert_eq!(district.work(&broken).await, 1);
        assert_eq!(run::claim(&district.app, &registry(), "killed", 8).await.unwrap().len(), 1);
        district.wait(minutes(-24 * 60));
        let both = registry().on("test.rest", effect);
        assert_eq!(district.work(&both).await, 2, "neither the lease nor the rest lasts a day");
        assert_eq!(effects(&district).await.len(), 2);
        district.wait(minutes(48 * 60));
        assert_eq!(district.work(&both).await, 0);
    });
}

fn timed(schedule: Schedule) -> Registry {
    registry().timer("test-timer", "test.do", schedule)
}

#[test]
fn missed_firings_of_a_timer_become_one() {
    each_database(async |district| {
        let timed = timed(Schedule::daily(10, 0));
        assert_eq!(district.work(&timed).await, 0, "a new timer begins with its next occurrence");
        district.wait(minutes(60));
        assert_eq!(district.work(&timed).await, 1);
        assert_eq!(district.work(&timed).await, 0);
        district.wait(minutes(5 * 24 * 60));
        assert_eq!(district.work(&timed).await, 1, "five days were missed");
        let row = district.app.database().read::<_, Fault>(timers::all).await.unwrap().remove(0);
        assert_eq!(row.last_due.unwrap().to_string(), "2024-07-05T02:00:00Z");
        assert_eq!(row.next_at.to_string(), "2024-07-06T02:00:00Z");
    });
}

#[test]
fn a_timer_fires_once_whichever_way_the_clock_steps() {
    each_database(async |district| {
        let timed = timed(Schedule::daily(10, 0));
        district.work(&timed).await;
        district.wait(minutes(61));
        assert_eq!(district.work(&timed).await, 1);
        district.wait(minutes(-30));
        assert_eq!(district.work(&timed).await, 0, "before it again");
        district.wait(minutes(30));
        assert_eq!(district.work(&timed).await, 0, "and past it again");
        district.wait(minutes(400 * 24 * 60));
        assert_eq!(district.work(&timed).await, 1, "a step forwards fires once");
        district.wait(minutes(-400 * 24 * 60));
        assert_eq!(district.work(&timed).await, 0);
        district.wait(minutes(24 * 60));
        assert_eq!(district.work(&timed).await, 1, "it does not wait for a year");
        assert_eq!(district.work(&timed).await, 0);
    });
}

#[test]
fn two_owners_fire_a_timer_once() {
    each_database(async |district| {
        let timed = timed(Schedule::minutes(10));
        district.work(&timed).await;
        for _ in 0..5 {
            district.wait(minutes(10));
            let (a, b) = tokio::join!(run_due(&district.app, &timed, "a"), run_due(&district.app, &timed, "b"));
            assert_eq!(a.unwrap() + b.unwrap(), 1);
        }
        assert_eq!(effects(&district).await.len(), 5);
    });
}

#[test]
fn jobs_that_ended_a_week_ago_are_forgotten() {
    each_database(async |district| {
        let standard = Registry::standard();
        hand_in(&district, job(Some("once"))).await;
        assert_eq!(district.work(&registry()).await, 1);
        district.work(&standard).await;
        district.wait(minutes(6 * 24 * 60));
        district.work(&standard).await;
        assert!(states(&district.app).await.contains(&state("test.do", "done", 1)));
        district.wait(minutes(2 * 24 * 60));
        district.work(&standard).await;
        assert!(!states(&district.app).await.iter().any(|(kind, ..)| kind == "test.do"));
    });
}

#[test]
fn a_program_alone_on_its_database_takes_back_what_a_kill_left_running() {
    each_database(async |mut district| {
        hand_in(&district, job(None)).await;
        assert_eq!(run::claim(&district.app, &registry(), "killed", 8).await.unwrap().len(), 1);
        district.restart().await;
        let freed = run::recover(&district.app).await.unwrap();
        let alone = district.engine() == gangmu_store::Engine::Sqlite;
        assert_eq!(freed, u64::from(alone), "on PostgreSQL another process may still be at it");
        if !alone {
            district.wait(minutes(3));
        }
        assert_eq!(district.work(&registry()).await, 1);
    });
}
