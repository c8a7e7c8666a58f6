//! The pack of the test's own district (示例区): small, invented, complete.

use std::collections::BTreeMap;

/// The files of a small pack, by path, for tests to read or to spoil.
pub fn example_pack() -> BTreeMap<String, Vec<u8>> {
    let files = [
        ("shili/pack.toml", MANIFEST),
        ("shili/areas.csv", AREAS),
        ("shili/organisations.csv", ORGANISATIONS),
        ("shili/functions.csv", FUNCTIONS),
        ("shili/accounts.toml", ACCOUNTS),
        ("shili/plan/outline.txt", OUTLINE),
        ("calendars/2024.csv", CALENDAR),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

const MANIFEST: &str = r#"id = "shili"
kind = "district"
version = "1.0.0"
label = "示例区"
label_en = "Example District"
valid_from = 2021-01-01
area = "110199"
ladder = ["district", "town", "community", "grid"]
calendars = "../calendars"

[plan]
key = "145"
title = "示例区发展规划纲要"
short = "示例纲要"
period = "2021/2025"
file = "plan/outline.txt"

[demo]
starts_at = "2024-06-30T09:00:00+08:00"
"#;

const AREAS: &str = "code,label,level,parent,from,until,source
110000,示例省,province,,,,invented
110100,示例市,city,110000,,,invented
110199,示例区,district,110100,,,invented
110199001000,示例街道,town,110199,,,invented
";

const ORGANISATIONS: &str = "code,label,short,kind,parent,area,aliases,from,until,source
o-district,示例区人民政府,区政府,government,,110199,区府,,,invented
o-reform,示例区发展和改革局,区发展改革局,department,o-district,110199,发改局|区发改局,,,invented
o-water,示例区水务局,区水务局,department,o-district,110199,,,,invented
o-congress,示例区人民代表大会常务委员会,区人大常委会,congress,,110199,,,,invented
";

const FUNCTIONS: &str = "organisation,functions,source
o-reform,项目立项和价格，路灯改造和合同照明,example
o-water,供水和水管更新，节水器具,example
";

const ACCOUNTS: &str = r#"password = "shili-2024"

[[account]]
login = "guihua"
name = "甲"
title = "规划科科长"
organisation = "o-reform"
roles = ["planner"]

[[account]]
login = "anquan"
name = "乙"
roles = ["security"]
"#;

const OUTLINE: &str = "示例区发展规划纲要

第一章 发展目标

到2025年，示例河水质达到三类标准，新建公园12个。

第二章 重点任务

第一节 水环境

加快建设示例河截污工程。（牵头单位：区水务局；配合单位：区发展改革局）
";

const CALENDAR: &str = "date,kind,name,notice
2024-05-01,off,劳动节,示例〔2023〕1号
2024-05-11,work,劳动节,示例〔2023〕1号
";
