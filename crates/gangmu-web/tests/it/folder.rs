//! A folder of office files becomes one edition over HTTP: sorted by a person, joined, contradictions decided.

use crate::{
    client::Client,
    plan::{end_of, upload},
};
use axum::http::StatusCode;
use gangmu_testkit::each_database;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

/// An outline in words of our own.
const OUTLINE: &str = include_str!("../../../gangmu-join/tests/fixtures/outline-2026-2030.txt");

fn workbook(sheet: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    // The same rows are the same bytes, whenever the test runs.
    let made = ExcelDateTime::from_ymd(2026, 1, 5).expect("a day");
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let page = book.add_worksheet().set_name(sheet).expect("a name");
    for (r, row) in (0..).zip(rows) {
        for (c, cell) in (0..).zip(*row) {
            match cell.parse::<f64>() {
                Ok(number) => page.write(r, c, number).expect("a cell"),
                Err(_) => page.write(r, c, *cell).expect("a cell"),
            };
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// A division of work with what goes wrong in real ones.
fn division() -> Vec<u8> {
    workbook(
        "责任分工",
        &[
            &["序号", "任务名称", "主办单位", "协办单位", "时间节点"],
            &["1", "推进中央厨房、冷链仓储和柑橘深加工，打造临江味道公用品牌", "区农业农村局", "区商务局", "2028年"],
            &["2", "建设区级应急指挥中心和消防救援站5座", "区应急管理局、区消防救援大队", "各镇街", "2029年底前"],
            &["3", "完善镇街综合治理中心，推行矛盾纠纷一站式化解", "区委政法委", "区蓝鲸事务局", "持续"],
            &["4", "粮食储备规模保持3.5万吨，建设应急保障中心粮库", "区发展改革局", "区财政局", "2024年底前"],
            &["5", "开展火星移民基地选址", "区科技局", "", "2030年"],
            &["6", "依托临江港区建设船舶与海工装备产业园，引进总装、配套企业各3家以上", "区投资促进局", "", "2030年"],
        ],
    )
}

/// An annex that says one figure otherwise, one in another unit, and one that the text does not have.
fn annex() -> Vec<u8> {
    workbook(
        "附表",
        &[
            &["类别", "指标", "单位", "2025年", "2030年", "属性"],
            &["经济发展", "地区生产总值", "亿元", "806", "1100", "预期性"],
            &["民生福祉", "人均预期寿命", "岁", "81.2", "82", "预期性"],
            &["绿色生态", "粮食播种面积", "亩", "86000", "86000", "约束性"],
            &["绿色生态", "森林覆盖率", "%", "40", "42", "约束性"],
        ],
    )
}

const NOTE: &[u8] = "今天食堂吃什么，请各科室周五前报。\n".as_bytes();

fn folder<'f>(outline: &'f [u8], annex: &'f [u8], division: &'f [u8]) -> [(&'static str, &'f [u8]); 4] {
    [("任务分工表.xlsx", division), ("纲要.txt", outline), ("指标附表.xlsx", annex), ("食堂.txt", NOTE)]
}

const SORTED: [(&str, &str); 4] =
    [("role-0", "assignments"), ("role-1", "outline"), ("role-2", "annex"), ("role-3", "aside")];

/// The planner with the folder dropped, and the address of its progress.
async fn dropped(planner: &mut Client) -> String {
    let (annex, division) = (annex(), division());
    let answer = upload(planner, &folder(OUTLINE.as_bytes(), &annex, &division), "155").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location()
}

async fn joined(planner: &mut Client) {
    let progress = dropped(planner).await;
    end_of(planner, &progress).await;
    let answer = planner.submit(&progress, &format!("{progress}/sort"), &SORTED).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = end_of(planner, &progress).await;
    assert!(page.contains("导入完成") && page.contains("/plans/155/joined"), "{page}");
}

/// What stands between two words of a page.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let (_, rest) = page.split_once(from).unwrap_or_else(|| panic!("no {from} in {page}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no {to} behind {from}")).0
}

#[test]
fn each_file_is_shown_with_what_it_is_and_nothing_is_imported_before_somebody_agrees() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        let progress = dropped(&mut planner).await;
        let page = end_of(&mut planner, &progress).await;
        for words in [
            "请看看每个文件是什么",
            "表头有任务和责任单位（表：责任分工，7 行）",
            "表里认出指标 4 个（表：附表）",
            "没有认出表头",
        ] {
            assert!(page.contains(words), "{words} is missing: {page}");
        }
        for (place, role) in [(0, "assignments"), (1, "outline"), (2, "annex")] {
            let choice = between(&page, &format!("name=\"role-{place}\""), "</select>");
            assert!(choice.contains(&format!("value=\"{role}\" selected")), "{choice}");
        }
        assert!(between(&page, "name=\"role-3\"", "</select>").contains("value=\"\" selected"));
        let plans = planner.get("/plans").await.text();
        assert!(!plans.contains("/plans/155"), "{plans}");
        // Without a word on the fourth, and with two outlines, it does not go on, and says both.
        let fields = [("role-0", "outline"), ("role-1", "outline"), ("role-2", "annex"), ("role-3", "")];
        let refused = planner.submit(&progress, &format!("{progress}/sort"), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("“食堂.txt”还没有指定用途"), "{}", refused.text());
        assert!(refused.text().contains("规划正文要恰好一个，现在是 2 个"), "{}", refused.text());
        // The program stops and starts again: the import waits with its files.
        gangmu_app::plan::import::recover(&district.app).await.expect("a start");
        assert!(planner.get(&progress).await.text().contains("请看看每个文件是什么"));
        let answer = planner.submit(&progress, &format!("{progress}/drop"), &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(planner.get(&progress).await.text().contains("这次导入已被放弃"));
        let given_up = district.entries().await.pop().map(|kept| kept.entry).expect("an entry");
        assert_eq!((given_up.operation.as_str(), given_up.object.kind.as_str()), ("plan.give_up_import", "import"));
        let late = planner.submit("/imports/new", &format!("{progress}/sort"), &SORTED).await;
        assert!(late.text().contains("已经不在等候确认"), "{}", late.text());
        assert!(!planner.get("/plans").await.text().contains("/plans/155"));
    });
}

#[test]
fn rows_become_proposed_owners_and_what_is_doubtful_is_named_with_its_place() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        joined(&mut planner).await;
        let page = planner.get("/plans/155/joined").await.text();
        for words in [
            "两个牵头单位",
            "有不认识的单位",
            "时限早于规划期",
            "没有相近的条款",
            "任务分工表.xlsx 责任分工 第 6 行",
            "没有分工的条款",
            "2.1.一 的牵头单位",
            "区工业和信息化局",
            "区投资促进局",
            "地区生产总值",
        ] {
            assert!(page.contains(words), "{words} is missing: {page}");
        }
        let unmatched = planner.get("/plans/155/joined?state=unmatched").await.text();
        assert!(unmatched.contains("火星移民") && !unmatched.contains("中央厨房"), "{unmatched}");
        // The clause names nobody: the row's units stand there as a proposal, with the row they come from.
        let reader = planner.get("/plans/155/2.1.三").await.text();
        assert!(reader.contains("区农业农村局") && reader.contains("分工表第 2 行"), "{reader}");
        let register = planner.get("/plans/155/register?lead=区农业农村局").await.text();
        assert!(register.contains("分工表第 2 行") && register.contains("编译建议"), "{register}");
        let from = between(&register, "<a class=\"note\" href=\"", "\"").replace("&amp;", "&");
        let source = planner.get(from.split('#').next().expect("an address")).await.text();
        assert!(source.contains("的出处") && source.contains("第 2 行") && !source.contains("火星移民"), "{source}");
        // A deadline before the plan is not taken over.
        let grain = planner.get("/plans/155/register?lead=区发展改革局").await.text();
        assert!(!grain.contains("2024 年"), "{grain}");
    });
}

#[test]
fn one_of_two_sources_holds_and_that_can_be_undone() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        joined(&mut planner).await;
        let page = planner.get("/plans/155/joined").await.text();
        let row = between(&page, ">地区生产总值</th>", "</tr>");
        assert!(row.contains("1053") && row.contains("1100") && row.contains("指标附表.xlsx 附表 第 2 行"), "{row}");
        let action = between(row, "action=\"", "\"").replace("&amp;", "&");
        let done = planner.submit("/plans/155/joined", &action, &[("side", "table")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let page = planner.get("/plans/155/joined").await.text();
        let row = between(&page, ">地区生产总值</th>", "</tr>");
        assert!(between(row, "class=\"holds\"", "</td>").contains("1100"), "{row}");
        let register = planner.get("/plans/155/register?kind=indicator&standing=in_force").await.text();
        assert!(register.contains("1100") && !register.contains("1053"), "{register}");
        // Who leads: the row's unit takes the place of the text's, everywhere in the clause, and names its row.
        let row = between(&page, ">2.1.一 的牵头单位</th>", "</tr>");
        let action = between(row, "action=\"", "\"").replace("&amp;", "&");
        planner.submit("/plans/155/joined", &action, &[("side", "table")]).await;
        let register = planner.get("/plans/155/register?lead=区投资促进局&standing=in_force").await.text();
        assert!(register.contains("船舶与海工装备产业园") && register.contains("分工表第 7 行"), "{register}");
        // Who leads is all that was in dispute: the row's time is not taken over with its unit.
        let listed = between(&register, "船舶与海工装备产业园", "</tr>");
        assert!(!listed.contains("2030 年"), "{listed}");
        planner.submit("/plans/155/joined", "/plans/155/review/undo", &[]).await;
        planner.submit("/plans/155/joined", "/plans/155/review/undo", &[]).await;
        let register = planner.get("/plans/155/register?standing=in_force").await.text();
        assert!(!register.contains("1100") && !register.contains("产业园"), "{register}");
    });
}

#[test]
fn the_same_folder_again_is_recognised() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        joined(&mut planner).await;
        let progress = dropped(&mut planner).await;
        let page = end_of(&mut planner, &progress).await;
        assert!(page.contains("已经导入过"), "{page}");
    });
}

#[test]
fn two_files_of_one_name_are_refused_with_what_to_do() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        let annex = annex();
        let files =
            [("纲要.txt", OUTLINE.as_bytes()), ("附表.xlsx", &annex), ("附表.xlsx", &annex), ("纲要.txt", NOTE)];
        let refused = upload(&mut planner, &files, "155").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        let page = refused.text();
        assert!(page.contains("有几个文件同名：“附表.xlsx”") && page.contains("有几个文件同名：“纲要.txt”"), "{page}");
        assert!(page.contains("改名"), "{page}");
    });
}
