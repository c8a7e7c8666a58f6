use super::{Folder, gangmu, made};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use serde_json::Value;

fn compiled(folder: &Folder, arguments: &[&str]) -> Value {
    serde_json::from_str(&gangmu(folder.path(), arguments).good()).unwrap()
}

/// The cells of a sheet as texts.
fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

#[expect(clippy::disallowed_methods, reason = "the test reads what the program wrote")]
fn read(folder: &Folder, name: &str) -> Vec<u8> {
    std::fs::read(folder.path().join(name)).unwrap()
}

#[test]
fn the_version_starts_nothing() {
    let folder = Folder::new();
    assert_eq!(gangmu(folder.path(), &["--version"]).good(), concat!("gangmu ", env!("CARGO_PKG_VERSION"), "\n"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn text_prints_what_all_offsets_refer_to() {
    let folder = Folder::new();
    folder.with("plan.txt", [&[0xef, 0xbb, 0xbf], made::PLAN.as_bytes()].concat());
    folder.with("plan.docx", made::docx("第一章 目标\n到2025年，森林覆盖率达到35%。"));
    folder.with("plan.html", "<html><body><h1>第一章</h1><p>目标</p></body></html>");
    folder.with("plan.pdf", made::pdf_with_text());
    let text = |name: &str| gangmu(folder.path(), &["plan", "text", name]).good();
    assert_eq!(text("plan.txt"), made::PLAN);
    assert_eq!(text("plan.docx"), "第一章 目标\n到2025年，森林覆盖率达到35%。\n");
    assert_eq!(text("plan.html"), "第一章\n目标\n");
    assert_eq!(text("plan.pdf"), "Forest coverage reaches 35 percent by 2025\n");
}

#[test]
fn compile_writes_the_contract() {
    let folder = Folder::new();
    folder.with("plan.txt", made::PLAN);
    let plan = compiled(&folder, &["plan", "compile", "plan.txt", "--json"]);
    assert_eq!(plan["format"], "gangmu.plan/1");
    assert_eq!(plan["source"]["kind"], "txt");
    assert_eq!(plan["source"]["sha256"].as_str().unwrap().len(), 64);
    let chars = made::PLAN.chars().count();
    assert_eq!(plan["source"]["chars"], chars);
    let mut end = 0;
    for clause in plan["clauses"].as_array().unwrap() {
        assert_eq!(clause["start"], end, "clauses tile the text");
        end = clause["end"].as_u64().unwrap();
    }
    assert_eq!(end, chars as u64);
    assert!(plan["clauses"].as_array().unwrap().iter().any(|clause| clause["path"] == "2.1.一"), "{plan}");
    let tasks = plan["tasks"].as_array().unwrap();
    assert!(tasks.iter().any(|task| task["degree"] == "must"), "{tasks:?}");
    assert!(tasks.iter().all(|task| task["confidence"].is_string()), "numbers are decimal strings");
}

#[test]
fn the_same_text_compiles_to_the_same_bytes_from_every_format() {
    let folder = Folder::new();
    folder.with("a.txt", made::PLAN);
    let twice = |_| gangmu(folder.path(), &["plan", "compile", "a.txt", "--json"]).good();
    assert_eq!(twice(1), twice(2));
    let lines: Vec<&str> = made::PLAN.lines().filter(|line| !line.is_empty()).collect();
    folder.with("a.docx", made::docx(&lines.join("\n")));
    let paths = |plan: Value| -> Vec<String> {
        plan["clauses"].as_array().unwrap().iter().map(|clause| clause["path"].to_string()).collect()
    };
    assert_eq!(
        paths(compiled(&folder, &["plan", "compile", "a.docx", "--json"])),
        paths(compiled(&folder, &["plan", "compile", "a.txt", "--json"]))
    );
}

#[test]
fn compile_without_json_says_it_in_short() {
    let folder = Folder::new();
    folder.with("plan.txt", made::PLAN);
    let chinese = gangmu(folder.path(), &["plan", "compile", "plan.txt"]).good();
    assert!(chinese.starts_with(&format!("全文 {} 字，", made::PLAN.chars().count())), "{chinese}");
    let english = gangmu(folder.path(), &["--lang", "en", "plan", "compile", "plan.txt"]).good();
    assert!(english.contains(" characters, ") && english.contains(" doubts:"), "{english}");
}

#[test]
fn a_pack_makes_its_organisations_known() {
    let folder = Folder::new();
    folder.with("plan.txt", made::PLAN);
    folder.with(
        "packs/riverside/pack.toml",
        "id = 'riverside'\nkind = 'district'\nversion = '1'\nlabel = '滨江区'\nlabel_en = 'Riverside'\n\
         valid_from = 2021-01-01\narea = '119901'\nladder = ['district', 'town']\n",
    );
    folder.with(
        "packs/riverside/areas.csv",
        "code,label,level,parent,from,until,source\n119901,滨江区,district,,,,test\n",
    );
    folder.with(
        "packs/riverside/organisations.csv",
        "code,label,short,kind,parent,area,aliases,from,until,source\n\
         o-water,滨江区水务局,区水务局,department,,119901,,,,test\n",
    );
    let plan = compiled(&folder, &["plan", "compile", "plan.txt", "--json", "--pack", "packs/riverside"]);
    let known: Vec<&Value> =
        plan["organisations"].as_array().unwrap().iter().filter(|found| found["known"] == "o-water").collect();
    assert!(!known.is_empty(), "{}", plan["organisations"]);
    folder.with("packs/riverside/areas.csv", "code,label\n");
    let ran = gangmu(folder.path(), &["plan", "compile", "plan.txt", "--json", "--pack", "packs/riverside"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("riverside/areas.csv"), "{ran:?}");
}

#[test]
fn register_writes_a_workbook_with_commitments_and_doubts() {
    let folder = Folder::new();
    folder.with("plan.txt", made::PLAN);
    let said = gangmu(folder.path(), &["plan", "register", "plan.txt", "-o", "out.xlsx"]).good();
    assert!(said.starts_with("已写入 out.xlsx：承诺事项 "), "{said}");
    let bytes = read(&folder, "out.xlsx");
    let register = sheet(&bytes, "承诺事项台账");
    assert_eq!(register[1], ["序号", "条款", "内容", "类型", "程度", "牵头单位", "配合单位", "时限", "目标值", "出处"]);
    let row = register.iter().find(|row| row[2].contains("劣五类水体")).expect("the task is in the register");
    assert_eq!((row[1].as_str(), row[3].as_str(), row[4].as_str()), ("2.1.一", "任务", "确保"));
    assert_eq!((row[5].as_str(), row[6].as_str()), ("区水务局", "区城管局"));
    assert!(row[9].starts_with("2.1.一 ¶"), "{row:?}");
    assert_eq!(sheet(&bytes, "疑点")[1][..3], ["序号", "条款", "类型"]);
}

#[test]
fn annexes_follow_the_outline_in_one_register() {
    let folder = Folder::new();
    folder.with("plan.txt", made::PLAN);
    folder.with("annex.txt", "重点任务分工\n\n一、加快建设滨江公园。\n");
    gangmu(folder.path(), &["plan", "register", "annex.txt", "plan.txt", "-o", "out.xlsx"]).good();
    let register = sheet(&read(&folder, "out.xlsx"), "承诺事项台账");
    let row = register.iter().find(|row| row[2].contains("滨江公园")).expect("the annex is in the register");
    assert!(row[9].ends_with("（annex）"), "{row:?}");
}

#[test]
fn a_register_that_cannot_be_written_leaves_nothing_behind() {
    let folder = Folder::new();
    folder.with("plan.txt", made::PLAN);
    let said = gangmu(folder.path(), &["plan", "register", "plan.txt", "-o", "missing/out.xlsx"]).refused();
    assert!(said.starts_with("无法写入 missing/out.xlsx"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn diff_says_of_every_clause_what_became_of_it() {
    let folder = Folder::new();
    folder.with("old.txt", made::PLAN);
    folder.with("new.txt", made::PLAN.replace("35%", "36%"));
    let found = compiled(&folder, &["plan", "diff", "old.txt", "new.txt", "--json"]);
    assert_eq!(found["format"], "gangmu.diff/1");
    let [changed] = found["changed"].as_array().unwrap().as_slice() else { panic!("one clause changed: {found}") };
    let [number] = changed["numbers"].as_array().unwrap().as_slice() else { panic!("one figure changed: {changed}") };
    assert_eq!((&number["old"]["value"], &number["new"]["value"]), (&"35".into(), &"36".into()));
    assert_eq!(changed["old"]["clause"], changed["new"]["clause"]);
    let plan = compiled(&folder, &["plan", "compile", "old.txt", "--json"]);
    let clauses = plan["clauses"].as_array().unwrap().len();
    assert_eq!(found["same"].as_array().unwrap().len() + 1, clauses);
    for list in ["moved", "split", "merged", "added", "dropped", "ambiguous"] {
        assert_eq!(found[list], serde_json::json!([]), "{list}");
    }
    let said = gangmu(folder.path(), &["plan", "diff", "old.txt", "new.txt"]).good();
    assert!(said.contains("改动") && said.contains("35%") && said.contains("36%"), "{said}");
    let said = gangmu(folder.path(), &["--lang", "en", "plan", "diff", "old.txt", "new.txt"]).good();
    assert!(said.contains("changed") && !said.contains("改动"), "{said}");
    assert!(gangmu(folder.path(), &["plan", "diff", "old.txt", "absent.txt"]).refused().contains("absent.txt"));
}

#[test]
fn explain_says_which_rule_spoke() {
    let folder = Folder::new();
    folder.with("plan.txt", made::PLAN);
    let start = made::PLAN.chars().collect::<String>().find("确保劣五类").unwrap();
    let start = made::PLAN[..start].chars().count();
    let range = format!("{start}..{}", start + 5);
    let found = compiled(&folder, &["plan", "explain", "plan.txt", &range, "--json"]);
    assert_eq!(found["clause"], "2.1.一");
    assert!(found["spoken"].as_array().unwrap().iter().any(|spoken| spoken["category"] == "task"), "{found}");
    let said = gangmu(folder.path(), &["plan", "explain", "plan.txt", &range]).good();
    assert!(said.contains("确保劣五类"), "{said}");
    let refused = |range: &str| gangmu(folder.path(), &["plan", "explain", "plan.txt", range]).refused();
    assert!(refused("9..9").contains("起..止"));
    assert!(refused("99999..100000").contains("超出文本"));
}

#[test]
fn a_folder_is_joined_to_its_outline() {
    let folder = Folder::new();
    folder.with("plan.txt", made::PLAN);
    folder.with(
        "分工.csv",
        "任务,牵头单位,配合单位,完成时限\n建设滨江污水处理厂，改造污水管网,区水务局,区城管局,2024年底前\n",
    );
    folder.with("附表.csv", "指标,单位,2020年,2025年,属性\n森林覆盖率,%,33,36,预期性\n社区公园,个,5,20,预期性\n");
    let joined: Value = serde_json::from_str(
        &gangmu(folder.path(), &["plan", "join", "plan.txt", "分工.csv", "附表.csv", "--json"]).good(),
    )
    .unwrap();
    assert_eq!(joined["format"], "gangmu.join/1");
    assert_eq!((&joined["files"][0]["kind"], &joined["files"][1]["kind"]), (&"assignments".into(), &"annex".into()));
    let row = &joined["rows"][0];
    assert_eq!((&row["file"], &row["table"], &row["row"]), (&"分工.csv".into(), &1.into(), &2.into()));
    assert_eq!((&row["clauses"][0], &row["deadline"]), (&"2.1.一".into(), &"2024-12-31".into()));
    assert_eq!((&row["lead"][0], &row["support"][0]), (&"区水务局".into(), &"区城管局".into()));
    assert!(row["confidence"].is_string(), "numbers are decimal strings");
    let conflict = &joined["conflicts"][0];
    assert_eq!((&conflict["kind"], &conflict["subject"]), (&"target".into(), &"森林覆盖率".into()));
    assert_eq!(conflict["values"].as_array().unwrap().len(), 2);
    let short = gangmu(folder.path(), &["plan", "join", "plan.txt", "分工.csv", "附表.csv"]).good();
    assert!(short.starts_with("分工.csv：任务分工表\n附表.csv：指标附表\n分工表 1 行"), "{short}");
    folder.with("空.xlsx", "");
    let refused = gangmu(folder.path(), &["plan", "join", "plan.txt", "空.xlsx", "--json"]).refused();
    assert!(refused.starts_with("空.xlsx：") && refused.lines().count() == 1, "{refused}");
}
