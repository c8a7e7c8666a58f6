use super::*;
use crate::refusal::Refusal;
use proptest::prelude::*;

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn q(text: &str) -> Quantity {
    match read(text) {
        Some(Amount::Exact(quantity)) => quantity,
        other => panic!("{text}: {other:?}"),
    }
}

fn unit(text: &str) -> Unit {
    text.parse().unwrap()
}

#[test]
fn conversion_is_exact_in_both_directions() {
    for (from, to, value) in [
        ("1682.15亿元", "万元", "16821500"),
        ("1000万元", "亿元", "0.1"),
        ("3亩", "平方米", "2000"),
        ("15亩", "公顷", "1"),
        ("1平方公里", "亩", "1500"),
        ("2公顷", "亩", "30"),
        ("1.5万吨标准煤", "吨标准煤", "15000"),
        ("0.3吨标准煤/万元", "千克标准煤/元", "0.03"),
        ("35%", "‰", "350"),
        ("三成", "%", "30"),
        ("2年", "个月", "24"),
        ("5张/千人", "张/万人", "50"),
    ] {
        let there = q(from).in_unit(unit(to)).unwrap();
        assert_eq!(there.value, d(value), "{from}");
        assert_eq!(there.in_unit(q(from).unit).unwrap().compare(q(from)), Ok(Ordering::Equal), "{from}");
    }
}

#[test]
fn what_has_no_exact_value_is_refused_until_a_rule_is_named() {
    let refusal = q("1亩").in_unit(unit("平方米")).unwrap_err();
    assert_eq!(refusal.code(), "quantity-not-exact");
    assert_eq!(refusal.fields()["target"], "平方米");
    assert_eq!(q("1亩").in_unit_rounded(unit("平方米"), 2, Rounding::HalfUp).unwrap().value, d("666.67"));
}

#[test]
fn different_dimensions_do_not_mix_and_say_why() {
    let refusal = q("3亩").plus(q("2万元")).unwrap_err();
    assert_eq!(refusal, QuantityRefusal::DimensionsDiffer { left: unit("亩"), right: unit("万元") });
    assert_eq!(q("3家").compare(q("3个")).unwrap_err().code(), "quantity-dimensions-differ");
    assert_eq!(q("3%").plus(q("5%")), Err(QuantityRefusal::SumOfRates {}));
}

#[test]
fn rates_differ_by_points_and_move_by_points() {
    assert_eq!(q("8.1%").minus(q("6.5%")).unwrap().to_string(), "1.6 百分点");
    assert_eq!(q("8.1%").plus(q("0.4个百分点")).unwrap().to_string(), "8.5%");
    assert_eq!(q("8.1%").minus(q("0.1百分点")).unwrap().to_string(), "8.0%");
    assert!(q("0.4百分点").plus(q("8%")).is_err());
}

#[test]
fn sums_keep_the_unit_of_the_left() {
    assert_eq!(q("1亿元").plus(q("500万元")).unwrap().to_string(), "1.05 亿元");
    assert_eq!(q("1亿元").minus(q("500万元")).unwrap().to_string(), "0.95 亿元");
    assert_eq!(q("1万人").compare(q("9999人")), Ok(Ordering::Greater));
    assert_eq!(q("1亩").compare(q("667平方米")), Ok(Ordering::Less));
}

#[test]
fn rounding_rules_differ_where_they_should() {
    let cases = [
        ("2.5", "3", "2", "2", "3"),
        ("3.5", "4", "4", "3", "4"),
        ("-2.5", "-3", "-2", "-2", "-3"),
        ("2.4", "2", "2", "2", "3"),
    ];
    for (value, half_up, half_even, down, up) in cases {
        assert_eq!(Rounding::HalfUp.round(d(value), 0), d(half_up));
        assert_eq!(Rounding::HalfEven.round(d(value), 0), d(half_even));
        assert_eq!(Rounding::Down.round(d(value), 0), d(down));
        assert_eq!(Rounding::Up.round(d(value), 0), d(up));
    }
}

#[test]
fn the_caller_sets_the_figures() {
    let plain = FigureStyle::default();
    assert_eq!(plain.set(d("16821500")), "16821500");
    let spaced = FigureStyle { decimals: Some(2), thousands: Some('\u{2009}') };
    assert_eq!(spaced.set(d("1234567.5")), "1\u{2009}234\u{2009}567.50");
    assert_eq!(spaced.set(d("-1682.155")), "−1\u{2009}682.16");
    assert_eq!(spaced.set(d("-0.001")), "0.00");
    assert_eq!(spaced.set(d("999")), "999.00");
}

#[test]
fn quantities_and_ranges_are_read_whole() {
    assert_eq!(q("三十五万亩").to_string(), "35 万亩");
    assert_eq!(q("１２．５％").to_string(), "12.5%");
    assert_eq!(q("1,234.5 亿元").to_string(), "1234.5 亿元");
    assert_eq!(q("百分之三").to_string(), "3%");
    assert_eq!(q("2千瓦").to_string(), "2 千瓦");
    for (text, shown) in [
        ("5～6个", "5～6 个"),
        ("5-6家", "5～6 家"),
        ("65%—70%", "65～70%"),
        ("1.5至2亿元", "1.5～2 亿元"),
        ("10——15分钟", "10～15 分钟"),
    ] {
        match read(text) {
            Some(Amount::Range(range)) => assert_eq!(range.to_string(), shown),
            other => panic!("{text}: {other:?}"),
        }
    }
    for text in ["", "亿元", "12", "5G", "6～5个", "113X", "一些", "1+1+9"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_range_holds_its_ends() {
    let Some(Amount::Range(range)) = read("5～6万人") else { panic!("a range") };
    assert_eq!(range.contains(q("50000人")), Ok(true));
    assert_eq!(range.contains(q("6万人")), Ok(true));
    assert_eq!(range.contains(q("60001人")), Ok(false));
    assert!(range.contains(q("6万元")).is_err());
}

proptest! {
    #[test]
    fn larger_units_and_back_change_nothing(mantissa in -1_000_000_000_i64..1_000_000_000, scale in 0_u32..6) {
        let quantity = Quantity::new(Decimal::new(mantissa, scale), unit("万元"));
        let there = quantity.in_unit(unit("亿元")).unwrap();
        prop_assert_eq!(there.in_unit(unit("万元")).unwrap().value, quantity.value);
    }

    #[test]
    fn sums_do_not_depend_on_the_order(a in -1_000_000_i64..1_000_000, b in -1_000_000_i64..1_000_000) {
        let (a, b) = (Quantity::new(a.into(), unit("亿元")), Quantity::new(b.into(), unit("万元")));
        prop_assert_eq!(a.plus(b).unwrap().compare(b.plus(a).unwrap()), Ok(Ordering::Equal));
    }

    #[test]
    fn any_text_is_answered(text in ".{0,20}") {
        let _ = read(&text);
    }

    #[test]
    fn the_largest_figures_are_refused_without_panic(mantissa in any::<i64>(), scale in 0_u32..28) {
        let quantity = Quantity::new(Decimal::new(mantissa, scale), unit("万亿元"));
        let _ = (quantity.in_unit(unit("元")), quantity.in_unit(unit("亿元/人")), quantity.plus(quantity), quantity.compare(quantity));
        let huge = Quantity::new(Decimal::MAX, unit("亩"));
        let _ = (huge.in_unit(unit("平方米")), huge.plus(huge), huge.minus(quantity));
    }

    #[test]
    fn set_figures_read_back(mantissa in any::<i64>(), scale in 0_u32..10) {
        let value = Decimal::new(mantissa, scale);
        let text = FigureStyle { decimals: None, thousands: Some(',') }.set(value);
        prop_assert_eq!(numerals::number(&text), Some(value));
    }
}
