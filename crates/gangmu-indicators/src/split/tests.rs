use super::*;
use proptest::prelude::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn ask(baseline: Option<&str>, target: &str, rule: Rule, weights: &[&str], decimals: u32) -> Ask {
    Ask {
        baseline: baseline.map(d),
        target: d(target),
        from: if baseline.is_some() { 2020 } else { 2021 },
        to: 2025,
        rule,
        weights: weights.iter().map(|w| d(w)).collect(),
        decimals: Some(decimals),
    }
}

#[track_caller]
fn values(ask: &Ask) -> Vec<String> {
    let split = split(ask).unwrap();
    assert_eq!(verify(&split), []);
    split.values.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn refused(ask: &Ask) -> Vec<&'static str> {
    use gangmu_kernel::refusal::Refusal;
    split(ask).unwrap_err().iter().map(Refusal::code).collect()
}

#[test]
fn a_baseline_makes_levels_of_the_years_after_it() {
    assert_eq!(values(&ask(Some("100"), "200", Rule::Linear, &[], 0)), ["120", "140", "160", "180", "200"]);
    assert_eq!(
        values(&ask(Some("1682.15"), "2119.4", Rule::Compound, &[], 2)),
        ["1761.71", "1845.03", "1932.30", "2023.69", "2119.4"]
    );
    assert_eq!(values(&ask(Some("0"), "150", Rule::Front, &[], 0)), ["50", "90", "120", "140", "150"]);
    assert_eq!(values(&ask(Some("0"), "150", Rule::Back, &[], 0)), ["10", "30", "60", "100", "150"]);
    assert_eq!(
        values(&ask(Some("10"), "20", Rule::Share, &["1", "1", "2", "3", "3"], 1)),
        ["11.0", "12.0", "14.0", "17.0", "20"]
    );
    let split = split(&ask(Some("100"), "200", Rule::Linear, &[], 0)).unwrap();
    assert_eq!(split.years, [2021, 2022, 2023, 2024, 2025]);
    assert_eq!((split.certificate.reading, split.certificate.sum), (Reading::Levels, d("100")));
}

#[test]
fn a_total_makes_amounts_and_the_last_takes_the_remainder() {
    assert_eq!(values(&ask(None, "100", Rule::Linear, &[], 0)), ["20", "20", "20", "20", "20"]);
    let thirds = Ask { from: 2023, ..ask(None, "100", Rule::Linear, &[], 2) };
    assert_eq!(values(&thirds), ["33.33", "33.33", "33.34"]);
    assert_eq!(
        values(&ask(None, "1000", Rule::Share, &["1", "2", "3", "4", "5"], 0)),
        ["67", "133", "200", "267", "333"]
    );
    let split = split(&thirds).unwrap();
    assert_eq!((split.certificate.reading, split.certificate.sum), (Reading::Amounts, d("100")));
    assert_eq!(split.certificate.parts, split.values);
}

#[test]
fn what_falls_is_split_as_what_rises() {
    assert_eq!(values(&ask(Some("50"), "45", Rule::Linear, &[], 0)), ["49", "48", "47", "46", "45"]);
    assert_eq!(
        values(&ask(Some("-100"), "-200", Rule::Compound, &[], 1)),
        ["-114.9", "-132.0", "-151.6", "-174.1", "-200"]
    );
    assert_eq!(values(&ask(None, "-3", Rule::Linear, &[], 1)), ["-0.6", "-0.6", "-0.6", "-0.6", "-0.6"]);
}

#[test]
fn what_was_decided_may_be_shares_hundredths_or_the_very_steps() {
    for weights in [["0.1", "0.1", "0.2", "0.3", "0.3"], ["10", "10", "20", "30", "30"], ["5", "5", "10", "15", "15"]] {
        assert_eq!(values(&ask(Some("50"), "100", Rule::Custom, &weights, 0)), ["55", "60", "70", "85", "100"]);
    }
    // The very steps may go down for a year; shares may not.
    assert_eq!(
        values(&ask(Some("50"), "100", Rule::Custom, &["-5", "5", "10", "20", "20"], 0)),
        ["45", "50", "60", "80", "100"]
    );
    let dips = ask(Some("50"), "100", Rule::Custom, &["-0.1", "0.2", "0.2", "0.3", "0.4"], 0);
    assert_eq!(refused(&dips), ["split-negative-weight"]);
    let off = ask(Some("50"), "100", Rule::Custom, &["0.1", "0.1", "0.2", "0.3", "0.2"], 0);
    assert_eq!(refused(&off), ["split-weights-do-not-add-up"]);
    assert_eq!(split(&off).unwrap_err()[0].conflict(), ["rule", "weights"]);
}

#[test]
fn what_can_not_be_split_is_refused_with_the_smallest_conflict() {
    let good = ask(Some("100"), "200", Rule::Linear, &[], 0);
    assert_eq!(refused(&Ask { from: 2026, ..good.clone() }), ["split-no-years"]);
    assert_eq!(refused(&Ask { from: 2025, ..good.clone() }), ["split-no-years"]);
    assert_eq!(refused(&Ask { from: i32::MIN, to: i32::MAX, ..good.clone() }), ["split-too-many-years"]);
    assert_eq!(refused(&Ask { decimals: Some(29), ..good.clone() }), ["split-too-many-decimals"]);
    assert_eq!(refused(&Ask { rule: Rule::Share, ..good.clone() }), ["split-weights-missing"]);
    assert_eq!(refused(&ask(Some("1"), "2", Rule::Share, &["1", "2"], 0)), ["split-weights-count"]);
    assert_eq!(refused(&ask(Some("1"), "2", Rule::Share, &["0", "0", "0", "0", "0"], 0)), ["split-weights-of-nothing"]);
    let negative = ask(Some("1"), "2", Rule::Share, &["1", "-1", "1", "-2", "1"], 2);
    assert_eq!(refused(&negative), ["split-negative-weight", "split-negative-weight"]);
    assert_eq!(split(&negative).unwrap_err()[1].conflict(), ["weights[3]"]);
    assert_eq!(refused(&ask(None, "2", Rule::Compound, &[], 2)), ["split-baseline-missing"]);
    assert_eq!(refused(&ask(Some("0"), "2", Rule::Compound, &[], 2)), ["split-growth-through-zero"]);
    assert_eq!(refused(&ask(Some("2"), "0", Rule::Compound, &[], 2)), ["split-growth-through-zero"]);
    assert_eq!(refused(&ask(Some("-2"), "2", Rule::Compound, &[], 2)), ["split-growth-changes-sign"]);
    let largest = Decimal::MAX.to_string();
    assert_eq!(refused(&ask(Some("-1"), &largest, Rule::Linear, &[], 2)), ["split-too-large"]);
}

#[test]
fn too_few_decimals_are_refused_with_those_that_suffice() {
    let coarse = ask(None, "3", Rule::Linear, &[], 0);
    assert_eq!(split(&coarse).unwrap_err(), [SplitRefusal::TooFewDecimals { decimals: 0, enough: 1 }]);
    let finer = ask(Some("0"), "0.9", Rule::Linear, &[], 0);
    assert_eq!(split(&finer).unwrap_err(), [SplitRefusal::TooFewDecimals { decimals: 0, enough: 1 }]);
}

#[test]
fn weights_for_one_year_more_say_that_the_first_year_is_planned_too() {
    let asked = Ask { from: 2021, ..ask(Some("0"), "10", Rule::Share, &["1", "1", "1", "1", "1"], 0) };
    let split = split(&asked).unwrap();
    assert_eq!((split.years[0], split.values.len()), (2021, 5));
}

#[test]
fn a_forged_certificate_is_seen() {
    let good = split(&ask(Some("1682.15"), "2119.4", Rule::Compound, &[], 2)).unwrap();
    let mut moved = good.clone();
    moved.values[1] += d("0.01");
    assert_eq!(verify(&moved), [Broken::Parts, Broken::Rule]);
    let mut shifted = moved.clone();
    shifted.certificate.parts[1] += d("0.01");
    shifted.certificate.parts[2] -= d("0.01");
    assert_eq!(verify(&shifted), [Broken::Rule]);
    let mut summed = good.clone();
    summed.certificate.sum += d("1");
    assert_eq!(verify(&summed), [Broken::Sum, Broken::Target]);
    let mut promised = good.clone();
    promised.certificate.target += d("0.1");
    assert_eq!(verify(&promised), [Broken::Target, Broken::Rule]);
    let mut short = good;
    short.values.pop();
    assert_eq!(verify(&short), [Broken::Counts]);
}

#[test]
fn a_moved_year_lets_the_others_answer() {
    let split = split(&ask(Some("100"), "200", Rule::Linear, &[], 0)).unwrap();
    let high = moved(&split, 2022, d("160")).unwrap();
    assert_eq!(high.values, ["130", "160", "173", "187", "200"].map(d));
    assert_eq!(high.changes, ["10", "20", "13", "7", "0"].map(d));
    assert_eq!(high.sum, d("100"));
    let end = moved(&split, 2025, d("300")).unwrap();
    assert_eq!(end.values, ["140", "180", "220", "260", "300"].map(d));
    assert!(matches!(moved(&split, 2022, d("201")), Err(SplitRefusal::OutOfTheWay { .. })));
    assert!(matches!(moved(&split, 2020, d("150")), Err(SplitRefusal::NoSuchYear { first: 2021, last: 2025, .. })));
    let total = super::split(&ask(None, "100", Rule::Linear, &[], 0)).unwrap();
    assert_eq!(moved(&total, 2023, d("40")).unwrap().values, ["15", "15", "40", "15", "15"].map(d));
}

fn unit(name: &str, base: Option<&str>, weight: Option<&str>) -> Share {
    Share { unit: name.to_owned(), base: base.map(d), weight: weight.map(d) }
}

#[test]
fn units_share_by_weight_by_base_above_their_base_or_as_decided() {
    let units =
        [unit("甲", Some("10"), Some("1")), unit("乙", Some("20"), Some("1")), unit("丙", Some("30"), Some("2"))];
    let parts = |rule| {
        let split = split_to_units(d("100"), &units, rule, 0, false).unwrap();
        assert!(verify_units(&split));
        split.parts.iter().map(|(_, part)| part.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(parts(ShareRule::Share), ["25", "25", "50"]);
    assert_eq!(parts(ShareRule::Base), ["17", "33", "50"]);
    assert_eq!(parts(ShareRule::Ratchet), ["20", "30", "50"]);
    let decided = [unit("甲", None, Some("40")), unit("乙", None, Some("60"))];
    assert!(verify_units(&split_to_units(d("100"), &decided, ShareRule::Custom, 0, false).unwrap()));
    let off = split_to_units(d("101"), &decided, ShareRule::Custom, 0, false).unwrap_err();
    assert_eq!(off, [SplitRefusal::PartsDoNotAddUp { sum: d("100"), target: d("101") }]);
    assert_eq!(split_to_units(d("1"), &units, ShareRule::Share, 0, true).unwrap_err(), [SplitRefusal::Undivided {}]);
    assert_eq!(
        split_to_units(d("1"), &[unit("甲", None, None)], ShareRule::Base, 0, false).unwrap_err(),
        [SplitRefusal::UnitWithout { unit: "甲".to_owned(), what: "base" }]
    );
}

#[test]
fn floors_above_the_target_name_the_fewest_units_that_conflict() {
    let units = ["5", "40", "3", "35", "30"].map(|base| unit(base, Some(base), None));
    let refused = split_to_units(d("70"), &units, ShareRule::Ratchet, 0, false).unwrap_err();
    assert_eq!(refused[0].conflict(), ["40", "35", "target"]);
}

fn any_ask() -> impl Strategy<Value = Ask> {
    let figure = (-9_000_000_i64..9_000_000, 0_u32..4).prop_map(|(n, scale)| Decimal::new(n, scale));
    let weights = prop::collection::vec((0_i64..50, 0_u32..3).prop_map(|(n, s)| Decimal::new(n, s)), 1..14);
    (prop::option::of(figure.clone()), figure, 1_i32..14, 0_usize..Rule::ALL.len(), weights, 0_u32..7).prop_map(
        |(baseline, target, years, rule, mut weights, decimals)| {
            let rule = Rule::ALL[rule];
            weights.resize(usize::try_from(years).unwrap(), Decimal::ONE);
            if rule == Rule::Custom {
                // The last decides so that the hundred is full.
                let head: Decimal = weights[..weights.len() - 1].iter().sum();
                let last = weights.len() - 1;
                weights[last] = Decimal::ONE_HUNDRED - head;
            }
            let from = if baseline.is_some() { 2020 } else { 2021 };
            Ask { baseline, target, from, to: 2020 + years, rule, weights, decimals: Some(decimals) }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn every_split_recombines_exactly_and_every_refusal_names_its_conflict(ask in any_ask()) {
        match split(&ask) {
            Ok(split) => {
                prop_assert_eq!(verify(&split), []);
                let sum: Decimal = split.certificate.parts.iter().sum();
                prop_assert_eq!(sum, ask.target - ask.baseline.unwrap_or_default());
                if ask.rule != Rule::Custom {
                    let rises = sum >= Decimal::ZERO;
                    prop_assert!(split.certificate.parts.iter().all(|p| p.is_zero() || (*p > Decimal::ZERO) == rises));
                }
                let year = split.years[split.years.len() / 2];
                let value = split.values[split.years.len() / 2];
                if let Ok(same) = moved(&split, year, value) {
                    prop_assert_eq!(same.sum, sum);
                }
            }
            Err(refusals) => {
                prop_assert!(!refusals.is_empty());
                for refusal in &refusals {
                    prop_assert!(!refusal.conflict().is_empty());
                    // The decimals that are said to suffice do.
                    if let SplitRefusal::TooFewDecimals { enough, .. } = refusal {
                        let mended = Ask { decimals: Some(*enough), ..ask.clone() };
                        prop_assert!(split(&mended).is_ok());
                    }
                }
            }
        }
    }

    #[test]
    fn units_recombine_exactly_and_a_conflict_can_not_do_without_any_of_its_units(
        target in 0_i64..100_000, bases in prop::collection::vec(0_i64..30_000, 1..12),
        weights in prop::collection::vec(0_i64..9, 12), rule in 0_usize..3, decimals in 0_u32..4,
    ) {
        let units: Vec<Share> = bases.iter().zip(&weights).enumerate().map(|(at, (base, weight))| Share {
            unit: at.to_string(),
            base: Some(Decimal::new(*base, 1)),
            weight: Some(Decimal::from(*weight)),
        }).collect();
        let target = Decimal::new(target, 1);
        match split_to_units(target, &units, ShareRule::ALL[rule], decimals, false) {
            Ok(split) => prop_assert!(verify_units(&split)),
            Err(refused) => if let SplitRefusal::FloorsAboveTarget { units: named, .. } = &refused[0] {
                let floors: Vec<Decimal> = named.split('、').map(|n| units[n.parse::<usize>().unwrap()].base.unwrap()).collect();
                let sum: Decimal = floors.iter().sum();
                prop_assert!(sum > target && floors.iter().all(|floor| sum - floor <= target));
            }
        }
    }
}
