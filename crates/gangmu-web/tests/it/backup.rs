//! Backups over HTTP: made, kept, rehearsed, taken along; and what is said when one is bad.

use crate::client::Client;
use axum::http::StatusCode;
use gangmu_app::{
    backup::{Backups, register, retention::Keep},
    jobs::{Registry, run_due},
};
use gangmu_testkit::{MemoryVault, TestDistrict, each_database};
use jiff::{SignedDuration, civil::time};
use std::sync::Arc;

const PAGE: &str = "/administration/backups";

/// The district with a place for backups and the jobs that go with it.
pub fn with_vault(mut district: TestDistrict) -> (TestDistrict, MemoryVault, Registry) {
    let vault = MemoryVault::of(district.location());
    let keep = Keep { daily: 2, weekly: 0, monthly: 0 };
    let backups = Backups { vault: Arc::new(vault.clone()), at: Some(time(2, 30, 0, 0)), keep, rehearse_days: 3 };
    let registry = register(Registry::new(), &backups);
    district.app = district.app.clone().with_backups(backups);
    (district, vault, registry)
}

pub async fn work(district: &TestDistrict, registry: &Registry) {
    while run_due(&district.app, registry, "test").await.expect("jobs can be asked for") > 0 {}
}

#[test]
fn a_backup_is_made_on_request_rehearsed_and_taken_along() {
    each_database(async |district| {
        let (district, vault, registry) = with_vault(district);
        let mut system = Client::of(&district, "system").await;
        let page = system.get(PAGE).await.text();
        assert!(page.contains("还没有可用的备份") && page.contains("没有得到证明"), "{page}");
        assert_eq!(system.submit(PAGE, PAGE, &[]).await.location(), PAGE);
        assert!(system.get(PAGE).await.text().contains("正在备份"));
        let twice = system.submit(PAGE, PAGE, &[]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        assert!(twice.text().contains("已有一份正在进行"));
        work(&district, &registry).await;
        let page = system.get(PAGE).await.text();
        assert!(page.contains("备份正常") && page.contains("备份确实能恢复") && page.contains("已通过"), "{page}");
        let (name, bytes) = vault.files().iter().next().map(|(n, b)| (n.clone(), b.clone())).expect("one is kept");
        let taken = system.get(&format!("{PAGE}/{name}")).await;
        assert_eq!((taken.status, &taken.bytes), (StatusCode::OK, &bytes));
        // The journal says who asked, what was made, that it was rehearsed, and who took it along.
        let entries =
            gangmu_app::journal::read(&district.app, &district.actor("auditor"), Default::default(), 50).await;
        let entries = entries.expect("the auditor reads the journal");
        for operation in ["backup.ask", "backup.make", "backup.rehearse", "backup.download"] {
            assert_eq!(entries.iter().filter(|e| e.entry.operation == operation).count(), 1, "{operation}");
        }
        let mut auditor = Client::of(&district, "auditor").await;
        let page = auditor.get(PAGE).await;
        assert!(page.status == StatusCode::OK && !page.text().contains("立即备份</button>"));
        assert_eq!(auditor.get(&format!("{PAGE}/{name}")).await.status, StatusCode::FORBIDDEN);
        let mut planner = Client::of(&district, "planner").await;
        assert_eq!(planner.get(PAGE).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_timer_makes_one_each_night_and_the_rule_lets_old_ones_go() {
    each_database(async |district| {
        let (district, vault, registry) = with_vault(district);
        work(&district, &registry).await;
        for _ in 0..5 {
            district.wait(SignedDuration::from_hours(24));
            work(&district, &registry).await;
        }
        assert_eq!(
            vault.files().keys().cloned().collect::<Vec<_>>(),
            ["gangmu-20240704-090000.gangmu", "gangmu-20240705-090000.gangmu"]
        );
        let mut system = Client::of(&district, "system").await;
        let page = system.get(PAGE).await.text();
        assert_eq!(page.matches("已按规则清理").count(), 3);
        assert_eq!(page.matches("已通过").count(), 2, "rehearsed every three days");
    });
}

#[test]
fn what_goes_wrong_is_said_where_the_administrator_looks() {
    each_database(async |district| {
        let (district, vault, registry) = with_vault(district);
        let mut system = Client::of(&district, "system").await;
        vault.fill(true);
        system.submit(PAGE, PAGE, &[]).await;
        work(&district, &registry).await;
        let page = system.get(PAGE).await.text();
        assert!(page.contains("最近一次备份没有成功") && page.contains("No space left on device"), "{page}");
        let inbox = system.get("/inbox").await.text();
        assert_eq!(inbox.matches("没有成功，程序会再试").count(), 1, "{inbox}");
        district.wait(SignedDuration::from_mins(10));
        work(&district, &registry).await;
        let inbox = system.get("/inbox").await.text();
        assert_eq!(inbox.matches("没有成功，程序会再试").count(), 1, "one job is told of once: {inbox}");
        vault.fill(false);
        district.wait(SignedDuration::from_mins(15));
        work(&district, &registry).await;
        assert!(system.get(PAGE).await.text().contains("备份正常"), "tried again by itself");
        // The file rots on its disk.
        let name = vault.files().keys().next().cloned().expect("one is kept");
        vault.files().entry(name.clone()).and_modify(|bytes| bytes[1000] ^= 1);
        system.submit(PAGE, &format!("{PAGE}/{name}/rehearse"), &[]).await;
        work(&district, &registry).await;
        let page = system.get(PAGE).await.text();
        assert!(page.contains("没有通过") && page.contains("内容已被改动或磁盘出错"), "{page}");
        assert!(system.get("/inbox").await.text().contains("没有通过，请立即另做一份备份"));
        // Somebody removes it.
        vault.files().clear();
        assert!(system.get(PAGE).await.text().contains("文件不在"));
    });
}
