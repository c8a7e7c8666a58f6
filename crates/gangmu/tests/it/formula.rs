//! Formulas on the command line: JSON lines in, JSON lines out.

use super::{Folder, gangmu, program};
use serde_json::{Value, json};
use std::{
    io::{BufRead, Write},
    process::Stdio,
};

fn ran(verb: &str, lines: &str, more: &[&str]) -> super::Ran {
    let folder = Folder::new();
    folder.with("lines.jsonl", lines);
    let arguments = [&["formula", verb, "--json", "lines.jsonl"], more].concat();
    gangmu(folder.path(), &arguments)
}

#[track_caller]
fn answers(verb: &str, lines: &[Value]) -> Vec<Value> {
    let text: String = lines.iter().map(|line| line.to_string() + "\n").collect();
    ran(verb, &text, &[]).good().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[track_caller]
fn checked(text: &str, names: &Value) -> Value {
    answers("check", &[json!({"id": "x", "text": text, "names": names})]).remove(0)
}

#[track_caller]
fn evaluated(text: &str, values: &Value) -> Value {
    answers("eval", &[json!({"id": "x", "text": text, "values": values})]).remove(0)
}

fn codes(answer: &Value, of: &str) -> Vec<String> {
    answer[of].as_array().unwrap().iter().map(|said| said["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_check_says_type_and_unit_in_the_order_of_the_lines() {
    let names = json!({
        "地区生产总值": {"type": "number", "unit": "亿元"},
        "常住人口": {"type": "number", "unit": "万人"},
        "达标": {"type": "yesno"},
        "开工": {"type": "date"},
        "增速": {"type": "ratio", "unit": "%"},
    });
    let line = |id: Value, text: &str| json!({"id": id, "text": text, "names": names});
    let found = answers(
        "check",
        &[
            line(json!(1), "地区生产总值 / 常住人口"),
            line(json!("b"), "地区生产总值 > 500 万元 且 达标"),
            line(json!(null), "开工 + 30 日"),
            line(json!({"k": 1}), "增速 - 6.5%"),
            line(json!(5), "地区生产总值 * (1 + 增速)"),
        ],
    );
    let short: Vec<(Value, Value, Value, Value)> =
        found.iter().map(|a| (a["id"].clone(), a["ok"].clone(), a["type"].clone(), a["unit"].clone())).collect();
    assert_eq!(
        short,
        [
            (json!(1), json!(true), json!("number"), json!("亿元/万人")),
            (json!("b"), json!(true), json!("yesno"), json!(null)),
            (json!(null), json!(true), json!("date"), json!(null)),
            (json!({"k": 1}), json!(true), json!("百分点"), json!("百分点")),
            (json!(5), json!(true), json!("number"), json!("亿元")),
        ]
    );
}

#[test]
fn a_mistake_is_said_at_its_place_with_its_remedy_in_both_languages() {
    let names = json!({"a": {"type": "ratio", "unit": "%"}, "b": {"type": "ratio", "unit": "%"}});
    let line = json!({"id": 7, "text": "1 + (a + b)", "names": names}).to_string();
    let chinese: Value = serde_json::from_str(&ran("check", &line, &[]).good()).unwrap();
    assert_eq!(chinese["ok"], false);
    let said = &chinese["diagnostics"][0];
    assert_eq!((&said["code"], &said["start"], &said["end"]), (&json!("sum_of_rates"), &json!(5), &json!(10)));
    assert!(said["message"].as_str().unwrap().contains("比率不能相加"), "{said}");
    assert!(said["remedy"].as_str().unwrap().contains("分子和分母"), "{said}");
    let english: Value = serde_json::from_str(&ran("check", &line, &["--lang", "en"]).good()).unwrap();
    assert!(english["diagnostics"][0]["message"].as_str().unwrap().starts_with("Rates can't be added"), "{english}");
}

#[test]
fn everything_that_does_not_go_together_has_its_code() {
    let names = json!({
        "现价": {"type": "number", "unit": "亿元", "prices": "现价"},
        "不变价": {"type": "number", "unit": "亿元（2020年不变价）"},
        "累计": {"type": "number", "unit": "亿元", "measure": "cumulative"},
        "当月": {"type": "number", "unit": "亿元", "measure": "flow"},
        "人口": {"type": "number", "unit": "人"},
        "比重": {"type": "ratio"},
        "变动": {"type": "百分点"},
        "日子": {"type": "date"},
    });
    for (text, code) in [
        ("现价 + 不变价", "mixed_prices"),
        ("累计 + 当月", "mixed_period_kinds"),
        ("现价 + 人口", "units_differ"),
        ("比重 > 变动", "points_and_rates"),
        ("日子 + 30", "unit_missing"),
        ("人口 +", "missing_operand"),
        ("人 口", "missing_operator"),
        ("(人口", "unclosed_bracket"),
        ("rond(人口)", "unknown_function"),
        ("30 日 > 1 月", "spans_do_not_convert"),
        ("", "empty"),
    ] {
        let answer = checked(text, &names);
        assert_eq!(answer["ok"], false, "{text}");
        assert!(codes(&answer, "diagnostics").iter().any(|found| found == code), "{text}: {answer}");
        for said in answer["diagnostics"].as_array().unwrap() {
            assert!(said["end"].as_u64().unwrap() <= text.chars().count() as u64, "{said}");
            assert!(!said["message"].as_str().unwrap().contains("formula-"), "{said}");
            assert!(!said["remedy"].as_str().unwrap().contains("formula-"), "{said}");
        }
    }
    let answer = checked("x + 1", &json!({"x": {"type": "豆腐"}}));
    assert_eq!(codes(&answer, "diagnostics"), ["unknown_type"]);
}

#[test]
fn values_are_exact_decimals() {
    for (text, values, expected) in [
        ("a + b", json!({"a": "0.1", "b": "0.2"}), json!("0.3")),
        ("a / b * b", json!({"a": "1", "b": "3"}), json!("1")),
        ("1/3 + 1/3 + 1/3 = 1", json!({}), json!(true)),
        ("round(a / b, 2)", json!({"a": "2", "b": "3"}), json!("0.67")),
        ("if a > b then a else b", json!({"a": 5, "b": "7.50"}), json!("7.5")),
        ("min(a, b, 3)", json!({"a": "5", "b": "4"}), json!("3")),
        ("max(a, b)", json!({"a": "-5", "b": "-4"}), json!("-4")),
        ("甲 × 乙 ÷ 2", json!({"甲": "3", "乙": "1,500"}), json!("2250")),
        ("x > 500 万元", json!({"x": "600"}), json!(true)),
        ("x * (1 + 5%) > 500 万元", json!({"x": "480"}), json!(true)),
        ("完成率 * 60% + 满意率 * 40%", json!({"完成率": "90%", "满意率": "80%"}), json!("0.86")),
        ("2025年值 - 2024年值", json!({"2025年值": "5", "2024年值": "3"}), json!("2")),
        ("x > 500 万元", json!({"x": "0.06 亿元"}), json!(true)),
        ("x + y", json!({"x": {"value": "1", "unit": "亿元"}, "y": {"value": "1", "unit": "万元"}}), json!("1.0001")),
        ("rate >= 10%", json!({"rate": "12%"}), json!(true)),
        ("d + 30 日", json!({"d": "2026-01-31"}), json!("2026-03-02")),
        ("d2 - d1", json!({"d1": "2026-01-01", "d2": "2026-03-01"}), json!("59")),
        ("not ok and yes", json!({"ok": false}), json!(true)),
        ("kind in ['a', 'b']", json!({"kind": "b"}), json!(true)),
        (
            "sum(towns.gdp where done)",
            json!({"towns": [{"gdp": "1.5", "done": true}, {"gdp": "2", "done": false}, {"gdp": "3", "done": true}]}),
            json!("4.5"),
        ),
        ("count(xs where it > 2)", json!({"xs": ["1", "2", "3", "4"]}), json!("2")),
        ("p.limit * 2", json!({"p": {"limit": "4"}}), json!("8")),
        ("p.limit * 2", json!({"p.limit": "4"}), json!("8")),
    ] {
        let answer = evaluated(text, &values);
        assert_eq!(answer["value"], expected, "{text} {values}: {answer}");
        assert_eq!(answer["unknown"], json!([]), "{text}");
    }
    let third = evaluated("a / b", &json!({"a": "1", "b": "3"}));
    assert_eq!(third["value"], "0.3333333333333333333333333333");
    assert_eq!(third["fraction"], "1/3");
}

#[test]
fn unknown_says_why_and_nothing_is_guessed() {
    for (text, values, code) in [
        ("a / b", json!({"a": "1", "b": "0"}), "division_by_zero"),
        ("a + b", json!({"a": "1", "b": null}), "no_value"),
        ("a + b", json!({"a": "1"}), "no_value"),
        ("a * a", json!({"a": "123456789012345678901"}), "overflow"),
        ("a + 1", json!({"a": "12345678901234567890123456789"}), "overflow"),
        ("a + b", json!({"a": "1 万元", "b": "3 人"}), "units_differ"),
        ("a +", json!({"a": "1"}), "missing_operand"),
        ("min(xs)", json!({"xs": []}), "empty"),
    ] {
        let answer = evaluated(text, &values);
        assert_eq!(answer["value"], json!(null), "{text}");
        assert!(codes(&answer, "unknown").contains(&code.to_owned()), "{text}: {answer}");
    }
    let both = evaluated("a + b", &json!({"a": null, "b": null}));
    assert_eq!(both["unknown"].as_array().unwrap().len(), 2, "{both}");
    assert_eq!(evaluated("no and x > 1", &json!({"x": null}))["value"], json!(false));
    assert_eq!(evaluated("default(x, 3)", &json!({"x": {"none": true}}))["value"], json!("3"));
}

#[test]
fn declared_names_give_values_their_unit() {
    let line = json!({
        "id": 1, "text": "income / gdp",
        "names": {"income": {"type": "number", "unit": "万元"}, "gdp": {"type": "number", "unit": "亿元"}},
        "values": {"income": "500000", "gdp": "1000"},
    });
    let answer = answers("eval", &[line]).remove(0);
    assert_eq!(answer["value"], "0.05");
    let working = answer["working"].as_array().unwrap();
    let last = working.last().unwrap();
    assert_eq!((&last["operation"], &last["text"]), (&json!("divide"), &json!("income / gdp")));
    assert!(working.iter().any(|step| step["operation"] == "convert" && step["factor"] == "0.0001"), "{answer}");
}

#[test]
fn a_broken_line_is_answered_in_its_place_and_the_rest_goes_on() {
    let lines = "{\"id\":1,\"text\":\"1+1\"}\n这不是 JSON\n\n{\"id\":3}\n[1]\n{\"id\":4,\"text\":\"2+2\",\"values\":[]}\n\
                 {\"id\":5,\"text\":\"2+3\"}\n";
    let ran = ran("eval", lines, &[]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    assert!(ran.err.contains("第 2 行"), "{ran:?}");
    let answers: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 6);
    assert_eq!(answers[0]["value"], "2");
    assert_eq!((&answers[1]["error"]["line"], &answers[1]["error"]["code"]), (&json!(2), &json!("line_broken")));
    assert_eq!((&answers[2]["id"], &answers[2]["error"]["code"]), (&json!(3), &json!("line_no_text")));
    assert_eq!(answers[3]["ok"], false);
    assert_eq!(answers[4]["error"]["code"], "line_bad_names");
    assert_eq!(answers[5]["value"], "5");
}

#[test]
fn lines_may_come_from_standard_input() {
    let folder = Folder::new();
    let mut command = program::command(folder.path(), &["formula", "eval", "--json"], &[]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\xef\xbb\xbf{\"id\":1,\"text\":\"6*7\",\"values\":{}}").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["value"], "42");
    assert!(
        gangmu(folder.path(), &["formula", "check", "nowhere.jsonl", "--json"]).refused().contains("nowhere.jsonl")
    );
    assert!(gangmu(folder.path(), &["formula", "check"]).refused().contains("--json"));
}

#[test]
fn a_question_is_answered_before_the_next_one_comes() {
    let folder = Folder::new();
    let mut command = program::command(folder.path(), &["formula", "eval", "--json"], &[]);
    let mut child = program::Running(command.stdin(Stdio::piped()).spawn().unwrap());
    let mut asking = child.0.stdin.take().unwrap();
    let mut answers = std::io::BufReader::new(child.0.stdout.take().unwrap());
    for number in ["1", "2"] {
        writeln!(asking, "{{\"id\":{number},\"text\":\"{number} + 1\"}}").unwrap();
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        assert!(line.contains(&format!("\"id\":{number}")), "{line}");
    }
    drop(asking);
    assert!(child.0.wait().unwrap().success());
}

#[test]
fn statistics_of_series_are_worked_out_at_the_period_and_area() {
    let gdp = json!({"series": {"2020": "1682.15", "2023": "1800", "2024": "2000", "2025": "2100"}, "unit": "亿元"});
    let at = |text: &str, period: &str| {
        let line = json!({"id": 1, "text": text, "values": {"gdp": gdp}, "period": period});
        answers("eval", &[line]).remove(0)
    };
    assert_eq!(at("yoy(gdp)", "2025")["value"], "0.05");
    assert_eq!(at("gdp", "2025")["unit"], "亿元");
    assert_eq!(at("shift(gdp, 1 年)", "2025")["value"], "2000");
    assert_eq!(at("round(average_growth(gdp, 2020, 2025), 4)", "2025")["value"], "0.0454");
    assert_eq!(codes(&at("yoy(gdp)", "2023"), "unknown"), ["no_row"]);
    let towns = json!({
        "id": 1, "text": "over_areas(gdp)", "area": "全区", "period": "2025", "areas": {"全区": ["甲镇", "乙镇"]},
        "values": {"gdp": {"series": {"甲镇": {"2025": "1.5"}, "乙镇": {"2025": "2.5"}}}},
    });
    assert_eq!(answers("eval", &[towns]).remove(0)["value"], "4");
}
