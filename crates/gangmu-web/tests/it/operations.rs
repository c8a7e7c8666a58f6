//! The running of the program, as the administrator of the system sees it.

use crate::client::Client;
use axum::http::StatusCode;
use gangmu_app::{
    App, Done, Operation, Record, Session,
    jobs::{Job, JobError, NewJob, Registry, enqueue},
    journal, operate,
};
use gangmu_testkit::store::journal::{Filter, Object};
use gangmu_testkit::{TestDistrict, each_database};

/// A registry in which one kind of job never succeeds.
pub fn broken() -> Registry {
    let fails = async |_: App, _: Job| Err::<(), _>(JobError::permanent("test-broken", "no route to lin@example.cn"));
    Registry::standard().on("test.break", fails)
}

pub async fn hand_in(district: &TestDistrict, count: usize) {
    let planner = district.planner();
    operate(&district.app, &planner, Operation::new("plan.import"), move |work| {
        for _ in 0..count {
            let payload = serde_json::json!({"to": "13800138000"});
            enqueue(work, NewJob { kind: "test.break", key: None, payload, run_at: None })?;
        }
        Ok(Done::recorded((), Record::on(Object::new("plan", "plan_1"))))
    })
    .await
    .expect("a job can be handed in");
}

async fn recorded(district: &TestDistrict, operation: &str) -> Vec<(String, Option<String>)> {
    let filter = Filter { operation: Some(operation.to_owned()), ..Filter::default() };
    let found = journal::read(&district.app, &Session::console("测试"), filter, 10).await.expect("the journal is read");
    found.into_iter().map(|found| (found.entry.object.id, found.entry.reason)).collect()
}

#[test]
fn a_job_that_was_given_up_is_shown_with_its_number_and_tried_again_or_dropped() {
    each_database(async |district| {
        hand_in(&district, 2).await;
        assert_eq!(district.work(&broken()).await, 2);
        let mut system = Client::of(&district, "system").await;
        let page = system.get("/operations").await.text();
        assert!(page.contains("no route to …") && !page.contains("lin@example.cn"), "{page}");
        assert!(!page.contains("13800138000"), "what a job carries is not shown");
        assert!(page.contains("无人办理"), "this server has no handler for it");

        let number = page.split("F-").nth(1).expect("a number")[..6].to_owned();
        let found = system.get(&format!("/operations/faults?number={}", number.to_lowercase())).await.text();
        assert!(found.contains("job test.break") && found.contains("no route to …"), "{found}");
        assert!(system.get("/operations/faults?number=F-NOTHING").await.text().contains("没有编号为"));

        let answer = system.submit("/operations/jobs/1", "/operations/jobs/1/drop", &[("reason", " ")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("没有写理由"));
        let answer = system.submit("/operations/jobs/1", "/operations/jobs/1/drop", &[("reason", "地址作废")]).await;
        assert_eq!(answer.location(), "/operations");
        assert!(system.get("/operations").await.text().contains("作业 1 已丢弃"));
        assert_eq!(recorded(&district, "jobs.drop").await, [("test.break 1".to_owned(), Some("地址作废".to_owned()))]);
        let secret = system.secret("/operations/jobs/2").await;
        let again = system.post("/operations/jobs/1/drop", &[("csrf", &secret), ("reason", "再丢")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.text().contains("作业正在办或已经办结"), "{}", again.text());

        let answer = system.submit("/operations/jobs/2", "/operations/jobs/2/retry", &[]).await;
        assert_eq!(answer.location(), "/operations");
        assert_eq!(recorded(&district, "jobs.retry").await, [("test.break 2".to_owned(), None)]);
        assert_eq!(district.work(&broken()).await, 1);
    });
}

#[test]
fn a_queue_is_paused_with_a_reason_resumed_and_tried_again_as_a_whole() {
    each_database(async |district| {
        hand_in(&district, 3).await;
        let mut system = Client::of(&district, "system").await;
        let page = "/operations/queues/test.break";
        let answer = system.submit(page, &format!("{page}/pause"), &[("reason", "")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let answer = system.submit(page, &format!("{page}/pause"), &[("reason", "邮件服务器检修")]).await;
        assert_eq!(answer.location(), "/operations");
        assert!(system.get("/operations").await.text().contains("邮件服务器检修"));
        assert_eq!(district.work(&broken()).await, 0, "nothing of a paused queue begins");
        system.submit(page, &format!("{page}/resume"), &[]).await;
        assert_eq!(district.work(&broken()).await, 3);
        let answer = system.submit(page, &format!("{page}/retry"), &[]).await;
        assert_eq!(answer.location(), "/operations");
        assert_eq!(district.work(&broken()).await, 3);
        let paused = recorded(&district, "queues.pause").await;
        assert_eq!(paused, [("test.break".to_owned(), Some("邮件服务器检修".to_owned()))]);
        assert_eq!(recorded(&district, "queues.resume").await.len(), 1);
        assert_eq!(recorded(&district, "queues.retry").await.len(), 1);
        assert_eq!(system.get("/operations/queues/nothing").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_timer_shows_its_moments_and_runs_now() {
    each_database(async |district| {
        assert_eq!(district.work(&Registry::standard()).await, 0);
        let mut system = Client::of(&district, "system").await;
        let page = system.get("/operations").await.text();
        assert!(page.contains("清理一周前办结的作业") && page.contains("2024-07-01 03:30"), "{page}");
        let address = "/operations/timers/jobs-prune";
        let answer = system.submit(address, &format!("{address}/run"), &[]).await;
        assert_eq!(answer.location(), "/operations");
        assert_eq!(district.work(&Registry::standard()).await, 1);
        assert_eq!(recorded(&district, "timers.run").await, [("jobs-prune".to_owned(), None)]);
        assert!(system.get("/operations").await.text().contains("2024-07-01 03:30"), "the next moment is what it was");
        assert_eq!(system.get("/operations/timers/nothing").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn the_list_renews_itself_only_where_it_was_asked_to() {
    each_database(async |district| {
        let mut system = Client::of(&district, "system").await;
        assert!(!system.get("/operations").await.headers.contains_key("refresh"));
        assert_eq!(system.get("/operations?live=1").await.headers["refresh"], "10");
        assert!(system.get("/operations").await.text().contains("没有未办成的作业"));
    });
}

#[test]
fn a_fault_is_told_by_a_number_under_which_it_is_found() {
    each_database(async |district| {
        let mut system = Client::of(&district, "system").await;
        let broken = district
            .app
            .database()
            .write::<_, gangmu_testkit::store::Fault>(|tx| tx.command("DROP TABLE timers"))
            .await;
        broken.expect("a table can be dropped");
        let answer = system.get("/operations").await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        let text = answer.text();
        let number = format!("F-{}", &text.split("F-").nth(1).expect("the page tells a number")[..6]);
        let found = system.get(&format!("/operations/faults?number={number}")).await.text();
        assert!(found.contains("GET /operations") && found.contains("the store failed"), "{found}");
    });
}
