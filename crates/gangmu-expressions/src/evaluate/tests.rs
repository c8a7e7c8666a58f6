use crate::sample::{outcome, value};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use proptest::prelude::*;

#[test]
fn figures_are_exact() {
    for (text, expected) in [
        ("0.1 + 0.2", "0.3"),
        ("1/3 + 1/3 + 1/3", "1"),
        ("1/3", "1/3"),
        ("10 / 4", "2.5"),
        ("2 * 3 + 4", "10"),
        ("2 + 3 * 4", "14"),
        ("-(2 - 5)", "3"),
        ("round(2/3, 2)", "0.67"),
        ("round(2.5)", "3"),
        ("round(2.345, 2, 'half_even')", "2.34"),
        ("floor(-1.5)", "-2"),
        ("ceil(1.2)", "2"),
        ("abs(-3)", "3"),
        ("min(3, 1, 2)", "1"),
        ("max(3, 1/3, 2)", "3"),
        ("mean(1, 2)", "1.5"),
        ("sum(1, 2, 3)", "6"),
        ("power(1.1, 3)", "1.331"),
        ("clamp(12, 0, 10)", "10"),
        ("average_growth(100, 121, 2)", "0.1"),
        ("average_growth(100, 200, 5)", "0.148698354997"),
        ("growth(110, 100)", "0.1"),
        ("index(110, 80)", "137.5"),
        ("9999999999999999999999999999 + 1", "unknown: overflow"),
        ("1 / 0", "unknown: division_by_zero"),
        ("growth(1, 0)", "unknown: division_by_zero"),
        ("growth(1, -5)", "unknown: base_not_positive"),
        ("500 万", "5000000"),
    ] {
        assert_eq!(value(text, &[]), expected, "{text}");
    }
}

#[test]
fn units_convert_on_the_way() {
    let given = [
        ("gdp", "number[亿元]", "1682.15"),
        ("income", "number[万元]", "1000000"),
        ("people", "number[万人]", "164.24"),
        ("area", "number[亩]", "150"),
        ("share", "number[%]", "20"),
        ("rate", "ratio", "0.065"),
    ];
    for (text, expected) in [
        ("gdp + income", "1782.15"),
        ("income + gdp", "17821500"),
        ("income / gdp", "2000/33643"),
        ("round(gdp * 10000 元 / 1 元 / people, 2)", "102420.24"),
        ("area / 1 公顷", "10"),
        ("gdp * share", "336.43"),
        ("gdp * (1 + rate)", "1791.48975"),
        ("share - rate", "13.5"),
        ("share + 5 百分点", "25"),
        ("rate + 5 百分点", "0.115"),
        ("share = 0.2", "yes"),
        ("share > 1/5", "no"),
        ("gdp > 1682 亿元", "yes"),
        ("gdp > 16820000 万元", "yes"),
        ("1 - share", "0.8"),
        ("share in [10%, 0.2]", "yes"),
    ] {
        assert_eq!(value(text, &given), expected, "{text}");
    }
}

#[test]
fn unknown_spreads_with_all_its_reasons_and_none_stays_none() {
    let given = [
        ("a", "number", "?"),
        ("b", "number", "?"),
        ("n", "number", "-"),
        ("one", "number", "1"),
        ("u", "yesno", "?"),
        ("blank", "yesno", "-"),
        ("y", "yesno", "yes"),
    ];
    for (text, expected) in [
        ("a + b", "unknown: no_value a, no_value b"),
        ("a + 1/0", "unknown: no_value a, division_by_zero"),
        ("a + n", "unknown: no_value a"),
        ("n + 1", "none"),
        ("n > 1", "no"),
        ("n = n", "no"),
        ("n < a", "no"),
        ("missing(n)", "yes"),
        ("missing(one)", "no"),
        ("missing(a)", "unknown: no_value a"),
        ("known(a)", "no"),
        ("known(n)", "no"),
        ("known(one)", "yes"),
        ("default(n, 7)", "7"),
        ("default(a, 7)", "unknown: no_value a"),
        ("default(one, 7)", "1"),
        ("not y or u", "unknown: no_value u"),
        ("blank or y", "yes"),
        ("blank and y", "no"),
        ("if u then 1 else 2", "unknown: no_value u"),
        ("if y then 1 else a", "1"),
        ("if one != 0 then 5 / one else 0", "5"),
        ("min(a, 1)", "unknown: no_value a"),
        ("one in [a, 1]", "yes"),
        ("one in [a, 2]", "unknown: no_value a"),
    ] {
        assert_eq!(value(text, &given), expected, "{text}");
    }
}

#[test]
fn logic_is_kleenes() {
    let word = |n: usize| ["no", "?", "yes"][n];
    let said = |n: usize| ["no", "unknown", "yes"][n];
    for a in 0..3 {
        for b in 0..3 {
            let given = [("a", "yesno", word(a)), ("b", "yesno", word(b))];
            let short = |text: &str| value(text, &given).split(':').next().unwrap().to_owned();
            assert_eq!(short("a and b"), said(a.min(b)), "{a} {b}");
            assert_eq!(short("a or b"), said(a.max(b)), "{a} {b}");
            assert_eq!(short("not a"), said(2 - a), "{a}");
            assert_eq!(short("any(a, b)"), short("a or b"));
            assert_eq!(short("all(a, b)"), short("a and b"));
        }
    }
}

#[test]
fn stretches_of_time_keep_the_day_from_which_they_run() {
    // Today is 2026-03-02, a Monday.
    let given = [("d", "date", "2024-02-29"), ("e", "date", "2026-03-31")];
    for (text, expected) in [
        ("d + 1 年", "2025-02-28"),
        ("d + 2 年", "2026-02-28"),
        ("since(d) >= 2 年", "yes"),
        ("since(d) > 25 月", "no"),
        ("since(d) >= 732 日", "yes"),
        ("since(d) >= 733 日", "no"),
        ("today + 5 工作日", "2026-03-09"),
        ("today - 1 工作日", "2026-02-27"),
        ("e - today", "Span(Anchored { from: 2026-03-02, to: 2026-03-31 })"),
        ("days(e - today)", "29"),
        ("days(today, e)", "29"),
        ("working_days(today, e)", "21"),
        ("months(d, today)", "24"),
        ("years(d, today)", "2"),
        ("year(d) + month(d) + day(d)", "2055"),
        ("date(2026, 2, 30)", "unknown: date_out_of_range"),
        ("date(2026, 2, 28) + 1 月", "2026-03-28"),
        ("2026-01-31 + 1 月", "2026-02-28"),
        ("max(d, e)", "2026-03-31"),
        ("(if d > e then since(d) else 0 日) >= 2 年", "no"),
        ("e - today > 20 工作日", "yes"),
        ("today + 1 日 / 2", "unknown: bad_argument"),
        ("2026-01-01T09:00 + 2 小时 > 2026-01-01T02:30:00Z", "yes"),
        ("date_of(2026-01-01T17:00:00Z)", "2026-01-02"),
    ] {
        assert_eq!(value(text, &given), expected, "{text}");
    }
    assert_eq!(outcome("today + 5 工作日", &given).unannounced, [2026].into());
    assert_eq!(outcome("today + 5 日", &given).unannounced, [].into());
}

#[test]
fn texts_and_choices_are_compared_by_code_and_order() {
    let given = [("level", "choice(blue|yellow|orange|red)", "orange"), ("name", "text", "道路养护项目")];
    for (text, expected) in [
        ("level >= 'yellow'", "yes"),
        ("level = 'red'", "no"),
        ("level in ['red', 'orange']", "yes"),
        ("starts_with(name, '道路')", "yes"),
        ("contains(name, '养护')", "yes"),
        ("contains_any(name, ['桥梁', '项目'])", "yes"),
        ("length(name)", "6"),
    ] {
        assert_eq!(value(text, &given), expected, "{text}");
    }
}

/// A formula and what it is on numbers without bounds; none where a step is too long or divides by nothing.
fn any_arithmetic() -> impl Strategy<Value = (String, Option<BigRational>)> {
    let fits = |value: &BigRational| {
        let limit = BigInt::from(10).pow(28);
        value.numer().magnitude() < limit.magnitude() && *value.denom() <= limit
    };
    let leaf = ("[1-9][0-9]{0,8}", 0_usize..5).prop_map(|(digits, places)| {
        let places = places.min(digits.len() - 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let text = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
        let exact = BigRational::new(digits.parse().unwrap(), BigInt::from(10).pow(places as u32));
        (text, Some(exact))
    });
    leaf.prop_recursive(5, 40, 2, move |inner| {
        (inner.clone(), prop_oneof![Just('+'), Just('-'), Just('*'), Just('/')], inner).prop_map(
            move |((a, x), op, (b, y))| {
                let exact = x.zip(y).and_then(|(x, y)| match op {
                    '+' => Some(x + y),
                    '-' => Some(x - y),
                    '*' => Some(x * y),
                    _ if y.is_zero() => None,
                    _ => Some(x / y),
                });
                (format!("({a} {op} {b})"), exact.filter(fits))
            },
        )
    })
}

proptest! {
    #[test]
    fn arithmetic_is_that_of_numbers_without_bounds((text, exact) in any_arithmetic()) {
        match (outcome(&text, &[]).value, exact) {
            (crate::Value::Number(number), Some(exact)) => {
                let (numerator, denominator) = number.as_fraction();
                prop_assert_eq!(BigRational::new(numerator.into(), denominator.into()), exact, "{}", text);
            }
            (crate::Value::Unknown(_), None) => {}
            (value, exact) => prop_assert!(false, "{text}: {value:?} is not {exact:?}"),
        }
    }

    #[test]
    fn nothing_panics_and_nothing_is_lost(text in "[-+*/<=a-c0-9.() ]{0,40}") {
        let given = [("a", "number", "3"), ("b", "number", "?"), ("c", "number", "-")];
        let declared: Vec<(&str, &str)> = given.iter().map(|(n, k, _)| (*n, *k)).collect();
        if crate::sample::checked(&text, &declared).formula.is_some() {
            prop_assert!(!value(&text, &given).is_empty());
        }
    }
}
