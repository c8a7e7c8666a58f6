//! The journal over HTTP, as an auditor uses it.

use crate::client::Client;
use axum::http::StatusCode;
use gangmu_testkit::each_database;

/// The security administrator gives an account another role.
async fn change_a_role(district: &gangmu_testkit::TestDistrict) {
    let mut security = Client::of(district, "security").await;
    let page = "/accounts/planner";
    let answer = security.submit(page, page, &[("roles", "planner"), ("roles", "liaison")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

#[test]
fn an_auditor_finds_a_change_in_the_history_and_follows_it_to_its_proof() {
    each_database(async |district| {
        change_a_role(&district).await;
        let mut auditor = Client::of(&district, "auditor").await;
        assert!(auditor.get("/administration").await.text().contains("href=\"/journal\""));
        assert!(auditor.get("/accounts/planner").await.text().contains("/history/account/planner"));
        let history = auditor.get("/history/account/planner").await.text();
        assert!(history.contains("设置角色") && history.contains("<ins>联络员、规划人员</ins>"), "{history}");
        assert!(history.contains("安*") && !history.contains(">安全<"), "names are masked: {history}");
        let (_, rest) = history.split_once("href=\"/journal/").expect("entries are linked");
        let number = rest.split('"').next().expect("an address ends");
        let entry = auditor.get(&format!("/journal/{number}")).await.text();
        assert!(entry.contains("明细与链上摘要一致"), "{entry}");
        let proof = auditor.get(&format!("/journal/{number}/proof?of=after")).await;
        let proof = proof.text();
        assert!(proof.starts_with(&format!("gangmu.proof/1\nentry {number}\nof after\n")), "{proof}");
        assert_eq!(auditor.get("/journal/99999").await.status, StatusCode::NOT_FOUND);
        assert_eq!(auditor.get("/history/account/account_99").await.status, StatusCode::OK);
    });
}

#[test]
fn a_search_is_an_address_and_names_need_a_purpose() {
    each_database(async |district| {
        change_a_role(&district).await;
        let mut auditor = Client::of(&district, "auditor").await;
        let address = "/journal?who=security&operation=accounts.set_roles&from=2024-06-30&until=2024-06-30";
        let found = auditor.get(address).await.text();
        assert_eq!(found.matches("<tr id=\"entry-").count(), 1, "{found}");
        assert!(found.contains("安*"));
        let none = auditor.get("/journal?who=nobody").await.text();
        assert!(none.contains("没有符合条件的日志"));
        let search = address.split_once('?').expect("it has a query").1;
        let refused = auditor.submit(address, "/journal", &[("purpose", " "), ("search", search)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("须写明用途"));
        let opened =
            auditor.submit(address, "/journal", &[("purpose", "核查角色变更"), ("search", search)]).await.text();
        assert!(opened.contains("安全") && opened.matches("<tr id=\"entry-").count() == 1, "{opened}");
        let newest = auditor.get("/journal").await.text();
        assert!(newest.contains("查看姓名") && newest.contains("核查角色变更"), "reading is journaled: {newest}");
        let mut planner = Client::of(&district, "planner").await;
        assert_eq!(planner.get("/journal").await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn the_journal_is_verified_signed_and_exported_at_a_key() {
    each_database(async |district| {
        let mut auditor = Client::of(&district, "auditor").await;
        let signed = auditor.submit("/journal", "/journal/checkpoint", &[]).await;
        assert_eq!(signed.location(), "/journal");
        let whole = auditor.submit("/journal", "/journal/verify", &[]).await.text();
        assert!(whole.contains("日志完整") && whole.contains("检查点文件中 1 行"), "{whole}");
        let refused = auditor.submit("/journal", "/journal/export", &[("purpose", "")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let export = auditor.submit("/journal", "/journal/export", &[("purpose", "年度审计")]).await.text();
        assert!(export.starts_with("gangmu.journal/1 from 1 after ") && export.contains("\nhead entries "), "{export}");
    });
}

#[test]
fn found_entries_go_along_as_a_spreadsheet_for_a_purpose_and_masked_unless_asked() {
    each_database(async |district| {
        change_a_role(&district).await;
        let mut auditor = Client::of(&district, "auditor").await;
        let address = "/journal?operation=accounts.set_roles";
        let search = "operation=accounts.set_roles";
        let send = async |auditor: &mut Client, purpose: &str, names: &str| {
            let fields = [("purpose", purpose), ("search", search), ("names", names)];
            auditor.submit(address, "/journal/found", &fields).await
        };
        let refused = send(&mut auditor, " ", "false").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("须写明用途"), "{}", refused.text());
        let masked = crate::walk::unpacked(&send(&mut auditor, "交审计组", "false").await.bytes);
        assert!(masked.contains("安*") && !masked.contains(">安全<"), "{masked}");
        for said in ["设置角色", "联络员、规划人员", "交审计组", "姓名已脱敏"] {
            assert!(masked.contains(said), "{said}: {masked}");
        }
        assert!(!masked.contains("新增账号"), "only what was searched");
        let open = crate::walk::unpacked(&send(&mut auditor, "核对人员", "true").await.bytes);
        assert!(open.contains(">安全<") && open.contains("本表含姓名"), "{open}");
        let newest = auditor.get("/journal").await.text();
        assert!(newest.contains("导出检索结果") && newest.contains("核对人员"), "taking along is journaled: {newest}");
    });
}
