use super::*;
use crate::{diagnostic::Code, number::Number};

fn kind(word: &str, unit: &str) -> Type {
    let unit = (!unit.is_empty()).then(|| unit.to_owned());
    declared(&Declaration { kind: Some(word.to_owned()), unit, ..Declaration::default() }).unwrap()
}

fn units(text: &str) -> Units {
    Units::read(text, true).unwrap()
}

#[test]
fn declarations_are_read_as_people_write_them() {
    assert_eq!(kind("number", "亿元").said(), "number[亿元]");
    assert_eq!(kind("number[亿元]", ""), kind("number", "亿元"));
    assert_eq!(kind("decimal", ""), Type::number());
    assert_eq!(kind("ratio", "").word(), "ratio");
    assert_eq!(kind("number", "%"), kind("ratio", "%"));
    assert_eq!(kind("number", "％"), kind("ratio", "%"));
    assert_eq!(kind("百分点", "").word(), "百分点");
    assert_eq!(kind("number", "个百分点").word(), "百分点");
    assert_eq!(kind("bool", ""), Type::YesNo);
    assert_eq!(kind("日期", ""), Type::Date);
    assert_eq!(kind("money", "").unit().as_deref(), Some("元"));
    assert_eq!(kind("choice(low|high)", ""), Type::Choice(vec!["low".to_owned(), "high".to_owned()]));
    assert_eq!(declared(&Declaration::default()).unwrap(), Type::number());
}

#[test]
fn prices_and_period_kinds_may_stand_with_the_unit() {
    let Type::Number(measure) = kind("number", "亿元（2020年不变价）") else { panic!() };
    assert_eq!(measure.prices, Some(Prices::Constant(Some(2020))));
    assert_eq!(measure.unit_text().as_deref(), Some("亿元"));
    let Type::Number(measure) = kind("number", "万元(累计)") else { panic!() };
    assert_eq!(measure.accumulation, Some(Accumulation::Cumulative));
}

#[test]
fn declarations_may_say_the_same_in_several_words() {
    let read = |json: &str| declared(&serde_json::from_str::<Declaration>(json).unwrap()).unwrap();
    let Type::Number(measure) =
        read(r#"{"type":"number","unit":"亿元","prices":"2020","kind":"flow","frequency":"month","period":"2025-03"}"#)
    else {
        panic!()
    };
    assert_eq!(measure.prices, Some(Prices::Constant(Some(2020))));
    assert_eq!(measure.accumulation, Some(Accumulation::Flow));
    assert_eq!(measure.grain, Some(gangmu_kernel::period::Grain::Month));
    assert_eq!(read(r#"{"kind":"date"}"#), Type::Date);
    assert_eq!(read(r#"{"unit":"万元","measure":"stock","accumulation":"stock"}"#).unit().as_deref(), Some("万元"));
}

#[test]
fn what_nobody_knows_is_said() {
    let bad = |kind: &str, unit: Option<&str>| {
        let unit = unit.map(str::to_owned);
        declared(&Declaration { kind: Some(kind.to_owned()), unit, ..Declaration::default() }).unwrap_err()
    };
    assert_eq!(bad("豆腐", None), (Code::UnknownType, "豆腐".to_owned()));
    assert_eq!(bad("number", Some("3x!")), (Code::UnknownUnit, "3x!".to_owned()));
}

#[test]
fn units_multiply_and_divide() {
    let (per_head, factor) = units("亿元").joined(&units("万人"), -1).unwrap();
    assert_eq!((per_head.to_string().as_str(), factor), ("亿元/万人", Number::ONE));
    let (money, factor) = per_head.joined(&units("人"), 1).unwrap();
    assert_eq!((money.to_string().as_str(), factor), ("亿元", "0.0001".parse().unwrap()));
    let (nothing, factor) = units("亿元").joined(&units("万元"), -1).unwrap();
    assert!(nothing.is_none());
    assert_eq!(factor, Number::whole(10_000));
    assert_eq!(units("亩").to(&units("公顷")).unwrap().to_string(), "1/15");
    assert!(units("元/人").agrees_with(&units("万元/万人")));
    assert!(!units("人").agrees_with(&units("户")));
    assert!(!units("天").agrees_with(&units("工作日")));
    assert!(!units("天").agrees_with(&units("月")));
}

#[test]
fn a_unit_is_its_text_in_json() {
    for text in ["亿元", "元/人", "吨标准煤/万元", "级", "万元·人", ""] {
        let written = if text.is_empty() { Units::none() } else { units(text) };
        let json = serde_json::to_string(&written).unwrap();
        assert_eq!(serde_json::from_str::<Units>(&json).unwrap(), written, "{text}");
    }
    let below = Units::none().joined(&units("人"), -1).unwrap().0;
    assert_eq!(serde_json::from_str::<Units>(&serde_json::to_string(&below).unwrap()).unwrap(), below);
}
