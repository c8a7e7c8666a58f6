//! Indicators over HTTP: out of a plan into the catalogue, by a person and by a program.

use crate::{
    api::machine::{Machine, json},
    client::Client,
};
use axum::http::{Method, StatusCode};
use gangmu_app::plan::{
    approve::approve,
    decide::{Desk, decide},
    import::{Upload, UploadedFile, import},
    register::register,
    views::RegisterFilter,
};
use gangmu_plan::review::Command;
use gangmu_testkit::{TestDistrict, each_database};
use serde_json::json as object;

const PLAN: &str = "示例区发展规划纲要\n\n第一章 主要目标\n\n一、发展目标\n\n到2025年达到以下指标。\n\n专栏1　主要指标\n\
    类别\t指标\t单位\t2020年\t2025年\t属性\n经济发展\t1.地区生产总值\t亿元\t1000.5\t1500\t预期性\n\
    绿色生态\t2.垃圾回收利用率\t%\t38\t45\t约束性\n绿色生态\t3.公众满意度\t分\t80\t90\t预期性\n\n\
    第二章 主要任务\n\n一、管好水\n\n加快推进东坑泵站改造工程。（牵头单位：区水务局）\n";

/// A plan that was imported, reviewed and approved.
pub async fn approved(district: &TestDistrict) {
    let (app, planner) = (&district.app, district.planner());
    let files = vec![UploadedFile { name: "纲要.txt".into(), bytes: PLAN.as_bytes().to_vec() }];
    let done = import(app, &planner, Upload { files, plan: Some("145".into()), ..Upload::default() })
        .await
        .expect("an import");
    assert_eq!(done.step, "done", "{done:?}");
    let filter = RegisterFilter { standing: Some("proposed".into()), ..RegisterFilter::default() };
    for row in register(app, &planner, "145", filter).await.expect("a register").rows {
        let desk = Desk { plan: "145".into(), edition: None, seen: None };
        decide(app, &planner, desk, Command::Accept { number: row.commitment.number }).await.expect("accepted");
    }
    approve(app, &district.reviewer(), "145", None).await.expect("approved");
}

#[test]
fn a_planner_takes_indicators_over_and_finds_each_with_its_clause() {
    each_database(async |district| {
        approved(&district).await;
        let mut planner = Client::of(&district, "planner").await;
        let empty = planner.get("/indicators").await.text();
        assert!(empty.contains("指标目录还是空的"), "{empty}");
        let edition = planner.get("/plans/145/edition").await.text();
        assert!(edition.contains("/plans/145/edition/indicators?edition=1"), "{edition}");
        let preview = planner.get("/plans/145/edition/indicators?edition=1").await.text();
        for words in ["3 项指标", "垃圾回收利用率", "勾选的入库", "新指标", "性质未定"] {
            assert!(preview.contains(words), "{words} is missing: {preview}");
        }
        let action = "/plans/145/edition/indicators?edition=1";
        let nothing = planner.submit("/plans/145/edition/indicators", action, &[]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.text().contains("没有勾选任何指标"), "{}", nothing.text());
        let numbers: Vec<String> = preview
            .split("name=\"take\" value=\"")
            .skip(1)
            .map(|part| part.split('"').next().expect("it ends").to_owned())
            .collect();
        let measure = format!("measure-{}", numbers[2]);
        let mut fields: Vec<(&str, &str)> = numbers.iter().map(|number| ("take", number.as_str())).collect();
        fields.push((&measure, "stock"));
        let taken = planner.submit("/plans/145/edition/indicators", action, &fields).await;
        assert_eq!((taken.status, taken.location().as_str()), (StatusCode::SEE_OTHER, "/indicators"));
        let list = planner.get("/indicators").await.text();
        assert!(list.contains("3 项指标已入库") && list.contains("期末值") && list.contains("约束性"), "{list}");
        let found = planner.get("/indicators?q=回收&legal=binding").await.text();
        assert!(found.contains("垃圾回收利用率") && !found.contains("公众满意度"), "{found}");
        let page = planner.get("/indicators/2").await.text();
        for words in ["垃圾回收利用率", "≥ 45%", "专栏1 ¶", "目标约定", "第 1 版", "沈*确认"] {
            assert!(page.contains(words), "{words} is missing: {page}");
        }
        let file = planner.get("/indicators.xlsx?legal=binding").await;
        assert!(file.bytes.starts_with(b"PK"));
        let mut liaison = Client::of(&district, "liaison").await;
        assert_eq!(liaison.get("/indicators/2").await.status, StatusCode::OK);
        assert_eq!(liaison.get("/indicators/2/edit").await.status, StatusCode::FORBIDDEN);
        assert_eq!(liaison.get("/indicators/99").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_definition_is_written_and_changed_by_a_form_that_keeps_what_was_typed() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        let typed = [
            ("name", "工业投资增速"),
            ("unit", "亿元"),
            ("measure", "growth"),
            ("statement", "同比口径"),
            ("frequency", "quarter"),
        ];
        let refused = planner.submit("/indicators/new", "/indicators", &typed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = refused.text();
        assert!(text.contains("不能以“亿元”计量") && text.contains("同比口径"), "{text}");
        let mut right = typed;
        right[1].1 = "%";
        let made = planner.submit("/indicators/new", "/indicators", &right).await;
        assert_eq!(made.location(), "/indicators/1");
        let change = [
            ("name", "工业投资增速"),
            ("unit", "%"),
            ("measure", "growth"),
            ("decimals", "1"),
            ("seen", "1"),
            ("reason", "与统计一致"),
        ];
        let changed = planner.submit("/indicators/1/edit", "/indicators/1/edit", &change).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text());
        let page = planner.get("/indicators/1").await.text();
        assert!(page.contains("第 2 版") && page.contains("与统计一致") && page.contains("年报"), "{page}");
    });
}

#[test]
fn a_program_takes_over_defines_and_changes_on_the_version_it_saw() {
    each_database(async |district| {
        approved(&district).await;
        let planner = Machine::of(&district, "planner").await;
        let candidates = json(&planner.get("/api/v1/plans/145/indicators").await);
        let rows = candidates["candidates"].as_array().expect("candidates");
        assert!(candidates["allowed"] == true && rows.len() == 3, "{candidates:#}");
        let chosen: Vec<_> = rows.iter().map(|row| object!({ "commitment": row["commitment"] })).collect();
        let taken = planner.post("/api/v1/plans/145/indicators", &object!({ "indicators": chosen })).await;
        assert_eq!(json(&taken)["taken"], 3);
        let page = json(&planner.get("/api/v1/indicators?limit=2").await);
        assert_eq!(page["items"].as_array().map(Vec::len), Some(2));
        let next = format!("/api/v1/indicators?limit=2&after={}", page["next"].as_str().expect("a next page"));
        assert_eq!(json(&planner.get(&next).await)["items"].as_array().map(Vec::len), Some(1));
        let shown = json(&planner.get("/api/v1/indicators/1").await);
        assert_eq!(shown["contracts"][0]["versions"][0]["value"], "1500");
        let mut definition = shown["definition"].clone();
        definition["statement"] = "按常住单位核算".into();
        let change = object!({ "definition": definition, "reason": "补充口径" });
        let blind = planner.put_or_post(Method::PUT, "/api/v1/indicators/1", &[], &change).await;
        assert_eq!(blind.status, StatusCode::PRECONDITION_REQUIRED);
        let version = planner.version("/api/v1/indicators/1").await;
        let held = [("if-match", version.as_str())];
        let changed = planner.put_or_post(Method::PUT, "/api/v1/indicators/1", &held, &change).await;
        assert_eq!(changed.status, StatusCode::NO_CONTENT, "{}", changed.text());
        let late = planner.put_or_post(Method::PUT, "/api/v1/indicators/1", &held, &change).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        let odd = object!({ "name": "x", "frequency": "weekly", "decimals": 2, "additive": false });
        assert_eq!(planner.post("/api/v1/indicators", &odd).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let file = planner.get("/api/v1/indicators.xlsx").await;
        assert!(file.bytes.starts_with(b"PK"));
    });
}
