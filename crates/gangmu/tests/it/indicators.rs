//! Indicators on the command line: JSON lines in, JSON lines out.

use super::{Folder, gangmu};
use serde_json::{Value, json};

fn ran(verb: &str, lines: &str, more: &[&str]) -> super::Ran {
    let folder = Folder::new();
    folder.with("lines.jsonl", lines);
    let arguments = [&["indicators", verb, "--json", "lines.jsonl"], more].concat();
    gangmu(folder.path(), &arguments)
}

#[track_caller]
fn answers(verb: &str, lines: &[Value]) -> Vec<Value> {
    let text: String = lines.iter().map(|line| line.to_string() + "\n").collect();
    ran(verb, &text, &[]).good().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn targets_are_split_in_the_order_of_the_lines_with_their_certificates() {
    let found = answers(
        "split",
        &[
            json!({"id": "a", "baseline": "1682.15", "target": "2119.40", "from": 2020, "to": 2025, "rule": "compound",
                   "weights": null, "decimals": 2}),
            json!({"id": 2, "baseline": null, "target": "100", "from": "2023", "to": "2025", "rule": "linear",
                   "decimals": 2}),
            json!({"id": null, "baseline": 10, "target": 20, "from": 2020, "to": 2022, "rule": "share",
                   "weights": ["1", 3], "decimals": 1}),
        ],
    );
    assert_eq!(found[0]["id"], "a");
    assert_eq!(found[0]["values"], json!(["1761.71", "1845.03", "1932.30", "2023.69", "2119.40"]));
    assert_eq!(found[0]["years"], json!([2021, 2022, 2023, 2024, 2025]));
    let proof = &found[0]["certificate"];
    assert_eq!((&proof["rule"], &proof["sum"]), (&json!("compound"), &json!("437.25")));
    assert_eq!((&proof["reading"], &proof["rounding"]), (&json!("levels"), &json!("half_up")));
    assert_eq!(proof["parts"], json!(["79.56", "83.32", "87.27", "91.39", "95.71"]));
    assert_eq!(found[1]["values"], json!(["33.33", "33.33", "33.34"]));
    assert_eq!(
        (&found[1]["certificate"]["reading"], &found[1]["certificate"]["sum"]),
        (&json!("amounts"), &json!("100.00"))
    );
    assert_eq!(found[2]["values"], json!(["12.5", "20.0"]));
}

#[test]
fn a_split_that_can_not_be_is_refused_with_code_words_and_conflict() {
    let line = json!({"id": 7, "baseline": "-5", "target": "5", "from": 2020, "to": 2025, "rule": "compound",
                      "weights": null, "decimals": 2});
    let answer = answers("split", std::slice::from_ref(&line)).remove(0);
    assert_eq!(answer["id"], 7);
    assert_eq!(answer.get("values"), None);
    let refused = &answer["refused"][0];
    assert_eq!(refused["code"], "growth_changes_sign");
    assert_eq!(refused["conflict"], json!(["rule", "baseline", "target"]));
    assert!(refused["message"].as_str().unwrap().contains("变号"), "{refused}");
    let english = ran("split", &line.to_string(), &["--lang", "en"]).good();
    assert!(english.contains("No growth rate leads from -5 to 5"), "{english}");
}

#[test]
fn a_target_is_split_to_units_where_the_line_names_them() {
    let units = json!([{"unit": "甲镇", "base": "40"}, {"unit": "乙镇", "base": "35"}, {"unit": "丙镇", "base": "5"}]);
    let found = answers(
        "split",
        &[
            json!({"id": 1, "target": "100", "rule": "ratchet", "units": units, "decimals": 0}),
            json!({"id": 2, "target": "70", "rule": "ratchet", "units": units, "decimals": 0}),
            json!({"id": 3, "target": "70", "rule": "base", "units": units, "undivided": true}),
        ],
    );
    assert_eq!(
        (&found[0]["units"], &found[0]["values"]),
        (&json!(["甲镇", "乙镇", "丙镇"]), &json!(["50", "44", "6"]))
    );
    assert_eq!(found[1]["refused"][0]["conflict"], json!(["甲镇", "乙镇", "target"]));
    assert_eq!(found[2]["refused"][0]["code"], "undivided");
}

#[test]
fn a_line_that_can_not_be_read_is_answered_in_its_place_and_the_program_ends_with_2() {
    let good =
        json!({"id": 2, "baseline": "1", "target": "2", "from": 2020, "to": 2022, "rule": "linear", "decimals": 1});
    let text = format!(
        "{}\n{good}\nnothing\n",
        json!({"id": 1, "target": "zwei", "from": 2020, "to": 2022, "rule": "linear"})
    );
    let ran = ran("split", &text, &[]);
    let lines: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(ran.code, Some(2));
    assert_eq!((&lines[0]["id"], &lines[0]["error"]["line"]), (&json!(1), &json!(1)));
    assert!(lines[0]["error"]["message"].as_str().unwrap().contains("target"), "{}", lines[0]);
    assert_eq!(lines[1]["values"], json!(["1.5", "2.0"]));
    assert_eq!(lines[2]["error"]["code"], "line_broken");
    assert!(ran.err.contains('2'), "{}", ran.err);
}

#[test]
fn a_series_is_foreseen_with_intervals_and_the_probability_of_its_target() {
    let values = json!(["100", "104", "109", null, "118", "121", "126"]);
    let found = answers(
        "forecast",
        &[
            json!({"id": "a", "frequency": "year", "values": values, "horizon": 3,
                   "target": {"comparator": "ge", "value": "139"}}),
            json!({"id": "b", "frequency": "month", "values": ["5", "5"], "horizon": 1, "target": null}),
            json!({"id": "c", "frequency": "quarter", "values": ["3.1", "3.1", "3.1"], "horizon": 1}),
        ],
    );
    let decimal = |value: &Value| value.as_str().unwrap().parse::<f64>().unwrap();
    assert_eq!(found[0]["mean"].as_array().unwrap().len(), 3);
    for period in 0..3 {
        let within = |level: &str| {
            let pair = &found[0]["intervals"][level][period];
            decimal(&pair[0]) <= decimal(&found[0]["mean"][period])
                && decimal(&found[0]["mean"][period]) <= decimal(&pair[1])
        };
        assert!(within("50") && within("80") && within("95"), "{}", found[0]);
    }
    let mean = decimal(&found[0]["mean"][2]);
    assert!((135.0..143.0).contains(&mean), "{mean}");
    assert!((0.2..0.8).contains(&decimal(&found[0]["probability"])), "{}", found[0]);
    assert_eq!(found[1]["refused"][0]["code"], "too_few_points");
    assert!(found[1]["refused"][0]["message"].as_str().unwrap().contains("至少要 3 期"), "{}", found[1]);
    assert_eq!((&found[2]["mean"][0], &found[2]["probability"]), (&json!("3.100"), &json!(null)));
}
