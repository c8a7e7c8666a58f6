use super::*;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use proptest::prelude::*;

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

#[test]
fn thirds_add_up_to_one() {
    let third = Number::ONE.divided_by(Number::whole(3)).unwrap();
    assert_eq!(third.plus(third).unwrap().plus(third).unwrap(), Number::ONE);
    assert_eq!(third.to_string(), "1/3");
    assert_eq!(third.to_decimal_text(), "0.3333333333333333333333333333");
    assert_eq!(number("10").divided_by(number("4")).unwrap().to_string(), "2.5");
}

#[test]
fn twenty_eight_digits_fit_and_twenty_nine_do_not() {
    let most = number("9999999999999999999999999999");
    assert_eq!(most.plus(Number::ONE), None);
    assert_eq!(most.plus(number("0.5")), None);
    assert_eq!(most.minus(Number::ONE).unwrap().to_string(), "9999999999999999999999999998");
    assert_eq!(number("0.1234567890123456789").times(number("0.1234567890123456789")), None);
    assert_eq!("10000000000000000000000000000".parse::<Number>(), Err(BadNumber::TooLong));
    assert_eq!("0.00000000000000000000000000001".parse::<Number>(), Err(BadNumber::TooLong));
}

#[test]
fn a_long_way_to_a_short_result_is_no_overflow() {
    let power = number("9903520314283042199192993792"); // 2^93
    let tiny = Number::ONE.divided_by(number("268435456")).unwrap(); // 2^-28
    assert_eq!(power.times(tiny).unwrap().to_string(), "36893488147419103232");
    let (a, b) =
        (number("1").divided_by(number("999999999999999999999999")).unwrap(), number("999999999999999999999999"));
    assert_eq!(a.times(b).unwrap(), Number::ONE);
    assert_eq!(a.minus(a).unwrap(), Number::ZERO);
}

#[test]
fn rounding_names_its_rule() {
    for (text, decimals, rule, expected) in [
        ("2.345", 2, Rounding::HalfUp, "2.35"),
        ("2.345", 2, Rounding::HalfEven, "2.34"),
        ("-2.345", 2, Rounding::HalfUp, "-2.35"),
        ("2.341", 2, Rounding::Up, "2.35"),
        ("2.349", 2, Rounding::Down, "2.34"),
        ("1250", -2, Rounding::HalfUp, "1300"),
        ("1250", -2, Rounding::HalfEven, "1200"),
        ("2/3", 4, Rounding::HalfUp, "0.6667"),
        ("1/3", 20, Rounding::HalfUp, "0.33333333333333333333"),
        ("5", 3, Rounding::HalfUp, "5"),
    ] {
        assert_eq!(number(text).rounded(decimals, rule).unwrap().to_string(), expected, "{text}");
    }
}

#[test]
fn roots_are_rounded_to_the_decimals_asked_for() {
    assert_eq!(number("2").root(2, 8).unwrap().to_string(), "1.41421356");
    assert_eq!(number("1.331").root(3, 10).unwrap().to_string(), "1.1");
    assert_eq!(number("1/8").root(3, 4).unwrap().to_string(), "0.5");
    assert_eq!(number("-8").root(3, 4), None);
    assert_eq!(Number::ZERO.root(5, 4).unwrap(), Number::ZERO);
}

#[test]
fn powers_are_whole() {
    assert_eq!(number("1.1").to_the(3).unwrap().to_string(), "1.331");
    assert_eq!(number("2").to_the(-2).unwrap().to_string(), "0.25");
    assert_eq!(number("0").to_the(-1), None);
    assert_eq!(number("10").to_the(28), None);
    assert_eq!(number("7").to_the(0).unwrap(), Number::ONE);
}

#[test]
fn text_and_number_agree() {
    for text in ["0", "12", "-0.5", "1682.15", "1/3", "-22/7", "9999999999999999999999999999"] {
        assert_eq!(number(text).to_string(), text);
    }
    for (text, shown) in [("1.50", "1.5"), ("007", "7"), ("-0", "0"), ("+3", "3"), ("6/4", "1.5")] {
        assert_eq!(number(text).to_string(), shown);
    }
    for text in ["", ".", "-", "1.2.3", "1e5", "１", "0x1", "1/0", "abc", ".5"] {
        assert_eq!(text.parse::<Number>(), Err(BadNumber::Unreadable), "{text}");
    }
}

/// The same arithmetic on numbers without bounds.
fn big(number: Number) -> BigRational {
    let (numerator, denominator) = number.as_fraction();
    BigRational::new(numerator.into(), denominator.into())
}

fn fits(value: &BigRational) -> bool {
    let limit = BigInt::from(LIMIT);
    value.numer().magnitude() < limit.magnitude() && value.denom() <= &limit
}

#[track_caller]
fn same(ours: Option<Number>, exact: &BigRational) {
    match ours {
        Some(ours) => assert_eq!(&big(ours), exact),
        None => assert!(!fits(exact), "{exact} fits"),
    }
}

fn any_number() -> impl Strategy<Value = Number> {
    let mantissa = prop_oneof![
        (-1000_i128..1000).boxed(),
        (-(LIMIT as i128) + 1..LIMIT as i128).boxed(),
        (0_u32..93).prop_map(|n| 1_i128 << n).boxed(),
        (0_usize..28).prop_map(|n| TENS[n]).boxed(),
    ];
    let decimal = (mantissa.clone(), 0_u8..=28).prop_map(|(m, s)| Number::decimal(m, s).unwrap());
    let fraction = (mantissa, 1_u128..LIMIT, 1_u128..5000)
        .prop_map(|(m, long, short)| Number::fraction(m, if m % 2 == 0 { long } else { short }).unwrap());
    prop_oneof![decimal, fraction]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn arithmetic_is_that_of_numbers_without_bounds(a in any_number(), b in any_number()) {
        same(a.plus(b), &(big(a) + big(b)));
        same(a.minus(b), &(big(a) - big(b)));
        same(a.times(b), &(big(a) * big(b)));
        if b.is_zero() {
            prop_assert!(a.divided_by(b).is_none());
        } else {
            same(a.divided_by(b), &(big(a) / big(b)));
        }
        prop_assert_eq!(a.cmp(&b), big(a).cmp(&big(b)));
        prop_assert_eq!(a.to_string().parse::<Number>().unwrap(), a);
    }

    #[test]
    fn rounding_stays_within_half_a_step(a in any_number(), decimals in -10_i8..20) {
        let exact = big(a);
        let step = BigRational::from_integer(10.into()).pow(-i32::from(decimals));
        if let Some(rounded) = a.rounded(decimals, Rounding::HalfUp) {
            prop_assert!((big(rounded) - &exact) * BigRational::from_integer(2.into()) <= step.clone());
            prop_assert!((exact.clone() - big(rounded)) * BigRational::from_integer(2.into()) <= step.clone());
            prop_assert!((big(rounded) / step.clone()).is_integer());
        }
        if let Some(down) = a.rounded(decimals, Rounding::Down) {
            prop_assert!(down.abs() <= a.abs());
        }
    }

    #[test]
    fn the_shown_digits_are_the_nearest(a in any_number()) {
        let shown: Number = a.to_decimal_text().parse().unwrap();
        let off = (big(shown) - big(a)).to_f64().unwrap().abs();
        prop_assert!(off <= 1e-27 * big(a).to_f64().unwrap().abs().max(1.0), "{a} {shown}");
    }
}
