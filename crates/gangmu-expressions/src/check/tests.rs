use crate::{
    Code,
    sample::{checked, said, wrong},
    types::Type,
};
use proptest::prelude::*;

const REGION: [(&str, &str); 9] = [
    ("地区生产总值", "number[亿元]"),
    ("预算收入", "number[万元]"),
    ("常住人口", "number[万人]"),
    ("面积", "number[亩]"),
    ("增速", "ratio"),
    ("比重", "number[%]"),
    ("提高", "百分点"),
    ("开工", "date"),
    ("已完工", "yesno"),
];

#[test]
fn results_carry_their_unit() {
    for (text, kind) in [
        ("地区生产总值 + 预算收入", "number[亿元]"),
        ("地区生产总值 / 常住人口", "number[亿元/万人]"),
        ("地区生产总值 / 常住人口 * 3 人", "number[亿元]"),
        ("预算收入 / 地区生产总值", "ratio"),
        ("预算收入 / 地区生产总值 - 1", "ratio"),
        ("地区生产总值 * (1 + 增速)", "number[亿元]"),
        ("地区生产总值 * 20%", "number[亿元]"),
        ("比重 - 增速", "百分点"),
        ("比重 + 提高", "ratio[%]"),
        ("提高 * 2", "百分点"),
        ("开工 + 30 日", "date"),
        ("开工 - 5 工作日", "date"),
        ("开工 + 2 年", "date"),
        ("today - 开工", "span"),
        ("1/3", "number"),
        ("面积 / 1 公顷", "ratio"),
        ("if 已完工 then 地区生产总值 else 预算收入", "number[亿元]"),
        ("max(地区生产总值, 0)", "number[亿元]"),
        ("round(地区生产总值 / 常住人口, 2)", "number[亿元/万人]"),
        ("growth(地区生产总值, 预算收入)", "ratio"),
        ("days(开工, today)", "number[天]"),
    ] {
        assert_eq!(said(text, &REGION), kind, "{text}");
    }
}

#[test]
fn conditions_are_yes_or_no() {
    for text in [
        "地区生产总值 >= 500 万元",
        "增速 > 6.5%",
        "预算收入 / 地区生产总值 < 1/3",
        "since(开工) >= 2 年",
        "today - 开工 > 30 日",
        "开工 in [2026-01-01, 2026-02-01]",
        "已完工 and not (开工 > today)",
        "known(开工) or missing(开工)",
        "提高 >= 0.5 百分点",
        "地区生产总值 > 0",
        "between(增速, 0, 10%)",
        "开工 >= '2026-01-01'",
    ] {
        assert_eq!(said(text, &REGION), "yesno", "{text}");
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    for (text, code) in [
        ("地区生产总值 + 常住人口", Code::UnitsDiffer),
        ("面积 < 20%", Code::UnitsDiffer),
        ("地区生产总值 > 500", Code::UnitMissing),
        ("增速 + 比重", Code::SumOfRates),
        ("sum(增速, 比重)", Code::SumOfRates),
        ("mean(增速, 比重)", Code::MeanOfRates),
        ("20% + 30%", Code::SumOfRates),
        ("增速 > 提高", Code::PointsAndRates),
        ("提高 + 1", Code::PointsAndRates),
        ("30 日 < 1 月", Code::SpansDoNotConvert),
        ("5 工作日 + 1 日", Code::SpansDoNotConvert),
        ("开工 + 30", Code::UnitMissing),
        ("开工 + 开工", Code::TypesDiffer),
        ("开工 = 3", Code::TypesDiffer),
        ("已完工 > no", Code::NotOrdered),
        ("已完工 + 1", Code::TypesDiffer),
        ("if 增速 then 1 else 2", Code::WrongType),
        ("if 已完工 then 1 else 开工", Code::BranchesDiffer),
        ("not 增速", Code::WrongType),
        ("地区产值", Code::UnknownName),
        ("rond(增速)", Code::UnknownFunction),
        ("round()", Code::WrongArgumentCount),
        ("round(增速, 增速)", Code::ConstantWanted),
        ("5 豆腐块", Code::UnknownUnit),
        ("yoy(地区生产总值)", Code::NotASeries),
        ("开工.年", Code::UnknownField),
        ("增速 in 比重", Code::WrongType),
    ] {
        assert_eq!(wrong(text, &REGION), [code], "{text}");
    }
}

#[test]
fn a_mistake_stands_at_the_two_that_do_not_go_together() {
    let checked = checked("地区生产总值 * 2 + 预算收入 + 常住人口 - 预算收入", &REGION);
    let place = checked.diagnostics[0].span;
    assert_eq!((place.start, place.end), (13, 24), "{checked:?}");
}

#[test]
fn an_unknown_name_brings_the_one_that_looks_like_it() {
    let checked = checked("地区生产总植 / 常住人口", &REGION);
    assert_eq!(checked.diagnostics[0].fields["nearest"], "地区生产总值");
    assert_eq!(checked.diagnostics.len(), 1);
}

#[test]
fn prices_and_period_kinds_are_not_mixed() {
    let declared = [
        ("现价产值", "number[亿元(现价)]"),
        ("可比价产值", "number[亿元(2020年可比价)]"),
        ("旧可比价产值", "number[亿元(2015年可比价)]"),
        ("累计产值", "number[亿元(累计)]"),
        ("当期产值", "number[亿元(当期)]"),
        ("期末存量", "number[亿元(期末)]"),
    ];
    for (text, code) in [
        ("现价产值 + 可比价产值", Code::MixedPrices),
        ("现价产值 / 可比价产值 - 1", Code::MixedPrices),
        ("可比价产值 > 旧可比价产值", Code::MixedPrices),
        ("growth(现价产值, 可比价产值)", Code::MixedPrices),
        ("累计产值 + 当期产值", Code::MixedPeriodKinds),
        ("deflate(可比价产值, 102.3)", Code::MixedPrices),
    ] {
        assert_eq!(wrong(text, &declared), [code], "{text}");
    }
    for text in ["deflate(现价产值, 102.3) + 可比价产值", "期末存量 + 当期产值", "现价产值 * 2 - 现价产值"]
    {
        assert_eq!(wrong(text, &declared), [], "{text}");
    }
}

#[test]
fn rates_with_their_weights_add_up() {
    for text in ["增速 * 0.6 + 比重 * 0.4", "增速 * 60% + 比重 * 30% + 增速 * 比重", "(增速 * 60% + 比重 * 40%) * 100"]
    {
        assert_eq!(wrong(text, &REGION), [], "{text}");
    }
    assert_eq!(wrong("增速 * 0.6 + 比重", &REGION), [Code::SumOfRates]);
}

#[test]
fn names_may_begin_with_a_year() {
    let declared = [("2025年增速", "ratio[%]"), ("2024年增速", "ratio[%]")];
    assert_eq!(said("2025年增速 - 2024年增速", &declared), "百分点");
}

#[test]
fn declarations_may_name_the_period_instead() {
    let of = |word: &str, period: &str| {
        crate::types::declared(&crate::types::Declaration {
            kind: Some(word.to_owned()),
            unit: Some("亿元".to_owned()),
            frequency: Some(period.to_owned()),
            ..Default::default()
        })
        .unwrap()
    };
    let names: crate::Names = [
        ("a", of("number", "2025-03")),
        ("b", of("number", "year")),
        ("c", of("cumulative", "2025-03")),
        ("d", of("flow", "2025-03")),
        ("e", of("number", "累计")),
    ]
    .map(|(name, kind)| (name.to_owned(), kind))
    .into();
    for (text, code) in
        [("a + b", Code::MixedFrequencies), ("c + d", Code::MixedPeriodKinds), ("e - d", Code::MixedPeriodKinds)]
    {
        assert_eq!(crate::check(text, &names).diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [code], "{text}");
    }
    assert_eq!(crate::check("c / b", &names).diagnostics, [], "the share of the year's target that is reached");
}

#[test]
fn choices_have_an_order_and_known_codes() {
    let declared = [("level", "choice(blue|yellow|orange|red)"), ("name", "text")];
    assert_eq!(said("level >= 'orange'", &declared), "yesno");
    assert_eq!(wrong("level = 'oragne'", &declared), [Code::UnknownChoice]);
    assert_eq!(wrong("name > 'a'", &declared), [Code::NotOrdered]);
    assert_eq!(said("level in ['orange', 'red']", &declared), "yesno");
}

#[test]
fn nouns_of_declarations_count_in_figures_too() {
    assert_eq!(said("成熟度 / 9 级", &[("成熟度", "number[级]")]), "ratio");
    assert_eq!(wrong("9 级", &[]), [Code::UnknownUnit]);
}

#[test]
fn what_has_no_unit_yet_takes_that_of_its_surroundings() {
    let mut names = crate::sample::names(&[("次数", "number[次]"), ("收入", "number[万元]"), ("n", "number")]);
    names.insert("x".to_owned(), Type::Number(crate::types::Measure::open()));
    names.insert("件".to_owned(), Type::List(Box::new(Type::Text), Some(9)));
    for text in [
        "1 + count(件) >= 次数",
        "x * 2 > 收入",
        "x * (1 + 5%) > 收入",
        "x / n + 3 > 收入",
        "x + 收入",
        "x > 10%",
        "收入 > 0",
    ] {
        assert_eq!(crate::check(text, &names).diagnostics, [], "{text}");
    }
    for text in ["n + 0 > 收入", "n * 2 > 收入"] {
        assert_eq!(crate::check(text, &names).diagnostics.len(), 1, "{text}");
    }
}

#[test]
fn several_mistakes_are_said_at_once() {
    assert_eq!(wrong("甲 + 乙", &[]), [Code::UnknownName, Code::UnknownName]);
}

#[test]
fn checked_steps_are_data_that_reads_back() {
    let formula =
        checked("if 已完工 then round(地区生产总值 / 常住人口, 2) else 1 元/人 * 20%", &REGION).formula.unwrap();
    assert!(formula.is_sound());
    let json = serde_json::to_string(&formula).unwrap();
    let back: crate::Formula = serde_json::from_str(&json).unwrap();
    assert_eq!(back, formula);
    let mut broken = back;
    broken.root = 10_000;
    assert!(!broken.is_sound());
}

#[test]
fn cost_is_known_before_anything_runs() {
    let mut names = crate::sample::names(&[]);
    let record = Type::Record([("points".to_owned(), Type::number())].into());
    names.insert("items".to_owned(), Type::List(Box::new(record), Some(50)));
    let checked = crate::check("sum(items.points where points > 3)", &names);
    assert_eq!(checked.diagnostics, []);
    assert!((100..400).contains(&checked.formula.unwrap().cost));
    let nested = crate::check("sum(items.points where count(items where points > self.points) > 2)", &names);
    assert_eq!(nested.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::TooCostly]);
}

proptest! {
    #[test]
    fn any_text_is_checked(text in ".{0,60}") {
        let checked = checked(&text, &REGION);
        prop_assert!(checked.formula.is_some() == checked.diagnostics.is_empty());
        if let Some(formula) = checked.formula {
            prop_assert!(formula.is_sound());
        }
    }

    #[test]
    fn units_that_agree_add_up_in_any_order(a in 0_usize..4, b in 0_usize..4) {
        let unit = ["元", "万元", "亿元", "美元"];
        let declared = [("x".to_owned(), format!("number[{}]", unit[a])), ("y".to_owned(), format!("number[{}]", unit[b]))];
        let declared: Vec<(&str, &str)> = declared.iter().map(|(n, k)| (n.as_str(), k.as_str())).collect();
        let mixed = (a == 3) != (b == 3);
        prop_assert_eq!(wrong("x + y", &declared).is_empty(), !mixed);
        prop_assert_eq!(wrong("y + x", &declared).is_empty(), !mixed);
        prop_assert_eq!(wrong("x * y / x - y", &declared), []);
    }
}
