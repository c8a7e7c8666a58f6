use super::*;
use proptest::prelude::*;

fn unit(text: &str) -> Unit {
    text.parse().unwrap()
}

#[test]
fn units_keep_their_dimension_and_magnitude() {
    for (text, factor) in [
        ("元", (1, 1)),
        ("万元", (10_000, 1)),
        ("亿元", (100_000_000, 1)),
        ("万亿元", (1_000_000_000_000, 1)),
        ("亩", (2000, 3)),
        ("万亩", (20_000_000, 3)),
        ("公顷", (10_000, 1)),
        ("平方公里", (1_000_000, 1)),
        ("%", (1, 100)),
        ("万吨标准煤", (10_000, 1)),
        ("千瓦时", (1, 1)),
        ("亿千瓦时", (100_000_000, 1)),
        ("千瓦", (1, 1)),
        ("万千瓦", (10_000, 1)),
        ("吨标准煤/万元", (1, 10_000)),
        ("张/千人", (1, 1000)),
        ("微克/立方米", (1, 1_000_000_000)),
        ("年", (12, 1)),
    ] {
        assert_eq!(unit(text).factor(), factor, "{text}");
    }
}

#[test]
fn spellings_of_one_unit_are_one_unit() {
    for (a, b) in [
        ("万平米", "万平方米"),
        ("％", "%"),
        ("个百分点", "百分点"),
        ("公斤", "千克"),
        ("㎡", "平方米"),
        ("万吨标煤", "万吨标准煤"),
        ("名", "人"),
    ] {
        assert_eq!(unit(a), unit(b), "{a}");
    }
}

#[test]
fn dimensions_that_differ_do_not_agree() {
    for (a, b) in [
        ("万元", "亩"),
        ("%", "百分点"),
        ("元", "美元"),
        ("吨", "吨标准煤"),
        ("个", "家"),
        ("元/人", "元"),
        ("年", "岁"),
        ("千瓦", "千瓦时"),
    ] {
        assert!(!unit(a).agrees_with(unit(b)), "{a} {b}");
    }
    assert!(unit("万人").agrees_with(unit("人")));
    assert!(unit("元/人").agrees_with(unit("万元/万人")));
}

#[test]
fn a_quotient_comes_apart_into_its_two_units() {
    assert_eq!(unit("万元/亩").split(), (unit("万元"), Some(unit("亩"))));
    assert_eq!(unit("公顷").split(), (unit("公顷"), None));
}

#[test]
fn unknown_units_are_said_to_be_unknown() {
    for text in ["", "万", "豆腐块", "元/", "/人", "元/人/年", "万万元"] {
        assert_eq!(text.parse::<Unit>(), Err(UnknownUnit(text.to_owned())), "{text}");
    }
}

#[test]
fn every_unit_of_the_table_reads_back_from_its_text() {
    for (at, row) in BASES.iter().enumerate() {
        assert_eq!(unit(row.symbol), Unit { top: Part { prefix: None, base: at }, per: None }, "{}", row.symbol);
        for alias in row.aliases {
            assert_eq!(unit(alias), unit(row.symbol), "{alias}");
        }
        let per = format!("{}/万人", row.symbol);
        assert_eq!(unit(&per).to_string(), per);
    }
}

#[test]
fn a_unit_is_its_text_in_json() {
    let json = serde_json::to_string(&unit("吨标煤/万元")).unwrap();
    assert_eq!(json, "\"吨标准煤/万元\"");
    assert_eq!(serde_json::from_str::<Unit>(&json).unwrap(), unit("吨标准煤/万元"));
    assert!(serde_json::from_str::<Unit>("\"豆腐块\"").is_err());
}

proptest! {
    #[test]
    fn any_text_is_answered(text in ".{0,12}") {
        if let Ok(unit) = text.parse::<Unit>() {
            prop_assert_eq!(unit.to_string().parse::<Unit>().unwrap(), unit);
        }
    }
}
