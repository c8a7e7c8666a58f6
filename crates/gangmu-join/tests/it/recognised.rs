//! What files are, and what becomes of those that hold nothing known.

use crate::made::{Fixture, OUTLINE, document, outline};
use gangmu_documents::{Limits, read};
use gangmu_join::{FileKind, Flag, Joined, join};
use gangmu_plan::compile::Names;

fn alone(name: &str, bytes: &[u8]) -> Joined {
    join(&outline(), &[document(name, bytes)], &Names::default())
}

#[test]
fn files_are_recognised_by_what_stands_in_them() {
    let xlsx = |notation: &str| Fixture::parse("x", &format!("#! xlsx\n{notation}")).bytes();
    let division = xlsx(
        "## 表\n序号|工作任务|牵头单位|完成时限\n1|新增停车泊位9000个|区城管局|2030年\n2|加装电梯400台|区住建局|2030年",
    );
    let annex = xlsx("## 表\n指标|单位|2025年|2030年|属性\n森林覆盖率|%|51|52|约束性\n人均预期寿命|岁|81|82|预期性");
    let projects = xlsx(
        "## 表\n序号|项目名称|建设规模及内容|总投资（亿元）|建设年限|责任单位\n1|临江大桥|2.1公里|18|2026-2029|区交通运输局\n2|区人民医院新院|800床|12|2026-2028|区卫生健康局",
    );
    let other = xlsx("## 表\n姓名|电话\n张三|123\n李四|456");
    assert_eq!(alone("a.xlsx", &division).files[0].kind, FileKind::Assignments);
    assert_eq!(alone("a.xlsx", &annex).files[0].kind, FileKind::Annex);
    let listed = alone("a.xlsx", &projects);
    assert_eq!(listed.files[0].kind, FileKind::Projects);
    assert!(listed.rows.is_empty());
    assert_eq!(alone("a.xlsx", &other).files[0].kind, FileKind::Unknown);
    assert_eq!(alone("市纲要.txt", OUTLINE.replace("临江区", "江城市").as_bytes()).files[0].kind, FileKind::Plan);
}

#[test]
fn values_parted_by_commas_and_lines_with_bars_are_tables_too() {
    let csv = alone(
        "分工.csv",
        "序号,任务,牵头单位,完成时限\n1,\"新增公共停车泊位9000个,贯通沿江慢行步道\",区城管局,2030年\n".as_bytes(),
    );
    assert_eq!((csv.rows[0].clauses.as_slice(), csv.rows[0].place.row), (["4.1.二".to_owned()].as_slice(), 2));
    let marked =
        alone("分工.md", "|任务|牵头单位|\n|---|---|\n|加装电梯400台，改造老旧小区86个|区住建局|\n".as_bytes());
    assert_eq!(marked.rows[0].clauses, ["4.1.一"]);
    let lines = alone("分工.txt", "任务分工\n任务\t牵头单位\n加装电梯400台，改造老旧小区86个\t区住建局\n".as_bytes());
    assert_eq!(lines.rows[0].clauses, ["4.1.一"]);
}

#[test]
fn a_row_that_fits_two_clauses_names_both_and_says_so() {
    let plan = document("纲要.txt", "某区十五五规划纲要\n\n第一章 城区\n\n第一节 东片\n\n新建口袋公园10个，改造背街小巷。\n\n第二节 西片\n\n新建口袋公园10个，改造背街小巷。\n\n第三节 水\n\n治理内河。\n".as_bytes());
    let table = document("分工.csv", "任务,牵头单位\n新建口袋公园10个,区城管局\n".as_bytes());
    let joined = join(&plan, &[table], &Names::default());
    assert_eq!(joined.rows[0].clauses, ["1.1", "1.2"]);
    assert!(joined.rows[0].flags.contains(&Flag::AmbiguousClause));
    let told = document("分工.csv", "对应章节,任务,牵头单位\n第一章第二节,新建口袋公园10个,区城管局\n".as_bytes());
    let joined = join(&plan, &[told], &Names::default());
    assert_eq!(joined.rows[0].clauses, ["1.2"]);
    assert!(joined.rows[0].flags.is_empty(), "{:?}", joined.rows[0]);
}

#[test]
fn clauses_that_no_row_takes_up_are_listed() {
    let joined = alone("分工.csv", "任务,牵头单位\n加装电梯400台，改造老旧小区86个,区住建局\n".as_bytes());
    assert!(!joined.clauses_without_row.contains(&"4.1.一".to_owned()));
    assert!(joined.clauses_without_row.contains(&"4.1.二".to_owned()));
    assert!(!joined.clauses_without_row.iter().any(|path| path.starts_with("0.")), "{:?}", joined.clauses_without_row);
}

#[test]
fn another_lead_than_the_text_names_is_shown_with_both_sources() {
    let joined = alone(
        "分工.csv",
        "任务,牵头单位\n引进总装、配套企业各3家以上，船舶与海工装备产业规模达到260亿元,区科技局\n".as_bytes(),
    );
    assert_eq!(joined.conflicts.len(), 1, "{:?}", joined.conflicts);
    let values: Vec<Option<&str>> = joined.conflicts[0].values.iter().map(|v| v.value.as_deref()).collect();
    assert_eq!(values, [Some("区工业和信息化局"), Some("区科技局")]);
}

#[test]
fn an_empty_workbook_is_refused_by_its_reader() {
    let empty = rust_xlsxwriter::Workbook::new().save_to_buffer().unwrap();
    assert!(read(&empty, "空.xlsx", &Limits::default()).is_err());
}

#[test]
fn tables_of_any_shape_are_joined_without_a_fault() {
    let words = [
        "",
        "序号",
        "重点任务",
        "牵头单位",
        "责任单位",
        "完成时限",
        "区水务局",
        "、",
        "（",
        "续表",
        "一、",
        "第二章第一节",
        "2025年底",
        "9000个",
        "新增公共停车泊位",
        "合计",
        "注：",
        "\u{3000}",
        "指标",
        "单位",
        "2030年",
        "<",
        "约束性",
        "区教育局牵头，各镇配合",
        "（一）",
        "3.1.二",
    ];
    let plan = outline();
    let mut seed = 7u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    for _ in 0..60 {
        let columns = 1 + next(6);
        let lines: Vec<String> = (0..1 + next(8))
            .map(|_| (0..columns).map(|_| words[next(words.len())]).collect::<Vec<_>>().join("\t"))
            .collect();
        let text = lines.join("\n");
        if text.trim().is_empty() {
            continue;
        }
        let joined = join(&plan, &[document("x.tsv", text.as_bytes())], &Names::default());
        for row in &joined.rows {
            assert!(row.place.row >= 1 && row.place.row as usize <= lines.len(), "{row:?}");
            assert!(!row.clauses.is_empty() || row.flags.contains(&Flag::NoClause), "{row:?}");
            assert!(!row.lead.is_empty() || row.flags.contains(&Flag::NoLead), "{row:?}");
        }
    }
}

#[test]
fn a_sheet_without_a_head_is_named() {
    let notation = "#! xlsx\n## 分工\n任务|牵头单位\n加装电梯400台，改造老旧小区86个|区住建局\n\
                    ## 其他\n甲|乙|丙|丁\n1|2|3|4\n5|6|7|8";
    let joined = alone("分工.xlsx", &Fixture::parse("x", notation).bytes());
    assert_eq!(joined.rows.len(), 1);
    let named: Vec<&str> = joined.notices.iter().map(|n| n.notice.message.as_str()).collect();
    assert_eq!(named, ["“其他”没有认出表头，3行没有读入"]);
}
