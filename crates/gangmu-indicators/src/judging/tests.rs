use super::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn case(measure: Measure, comparator: Comparator, baseline: &str, target: &str, value: &str) -> Case {
    Case {
        measure,
        direction: Direction::usual(measure, comparator),
        comparator,
        baseline: baseline.parse().ok(),
        target: target.parse().ok(),
        due: None,
        value: value.parse().ok(),
        passed: 3,
        periods: 5,
        probability: None,
    }
}

#[track_caller]
fn judged(case: &Case) -> (Status, String) {
    let judgement = judge(&Edition::default(), case);
    (judgement.status, judgement.formula.unwrap_or_else(|| judgement.gap.unwrap().word().to_owned()))
}

#[track_caller]
fn stands(case: &Case, status: Status, formula: &str) {
    assert_eq!(judged(case), (status, formula.to_owned()));
}

#[test]
fn a_level_is_judged_by_its_way_and_the_time() {
    let gdp = |value| case(Measure::Flow, Comparator::Ge, "1682.15", "2119.40", value);
    stands(&gdp("1801.51"), Status::Behind, "((1801.51 − 1682.15) ÷ (2119.40 − 1682.15)) ÷ (3 ÷ 5) = 0.455");
    assert_eq!(judged(&gdp("1944.5")).0, Status::OnSchedule);
    assert_eq!(judged(&gdp("1931.4")).0, Status::Nearly);
    stands(&gdp("2119.4"), Status::Met, "2119.4 = 2119.40");
    stands(&gdp(""), Status::NoData, "no_value");
    stands(&case(Measure::Stock, Comparator::Ge, "", "5", "3"), Status::NoData, "no_baseline");
    stands(&case(Measure::Stock, Comparator::Ge, "1", "", "3"), Status::NoData, "no_target");
    stands(&Case { passed: 0, ..gdp("1700") }, Status::NoData, "not_begun");
}

#[test]
fn what_should_fall_is_on_its_way_when_it_falls() {
    let energy = |value| case(Measure::Ratio, Comparator::Le, "50", "40", value);
    stands(&energy("43"), Status::OnSchedule, "((43 − 50) ÷ (40 − 50)) ÷ (3 ÷ 5) = 1.1667");
    stands(&energy("52"), Status::Behind, "((52 − 50) ÷ (40 − 50)) ÷ (3 ÷ 5) = −0.3333");
}

#[test]
fn r_is_not_rounded_up_to_a_threshold() {
    let almost = case(Measure::CumulativeChange, Comparator::Ge, "", "1000000", "599999.99");
    let judgement = judge(&Edition::default(), &almost);
    assert_eq!((judgement.ratio, judgement.status), (Some(d("1")), Status::Nearly));
}

#[test]
fn caps_rates_and_ranks_are_judged_against_their_limit_and_met_only_at_the_end() {
    let cap = case(Measure::Cap, Comparator::Le, "", "100", "98");
    stands(&cap, Status::OnSchedule, "100 ÷ 98 = 1.0204");
    stands(&Case { due: Some(d("90")), ..cap.clone() }, Status::Behind, "90 ÷ 98 = 0.9184");
    stands(&Case { due: Some(d("95")), ..cap.clone() }, Status::Nearly, "95 ÷ 98 = 0.9694");
    stands(&Case { passed: 5, ..cap }, Status::Met, "98 < 100");
    stands(&case(Measure::AverageGrowth, Comparator::Ge, "", "6.5", "6.2"), Status::Nearly, "6.2 ÷ 6.5 = 0.9538");
    stands(&case(Measure::Growth, Comparator::Ge, "", "6.5", "-1.1"), Status::Behind, "−1.1 < 6.5");
    stands(&case(Measure::Rank, Comparator::UpToRank, "", "3", "4"), Status::Behind, "3 ÷ 4 = 0.75");
    stands(&case(Measure::Rank, Comparator::UpToRank, "", "3", "2"), Status::OnSchedule, "3 ÷ 2 = 1.5");
}

#[test]
fn the_forecast_has_its_own_word_and_the_law_its_consequence() {
    let edition = Edition::default();
    let outlook = |p: &str| edition.outlook(d(p));
    assert_eq!(
        [outlook("0.5"), outlook("0.49"), outlook("0.2"), outlook("0.19")].map(Outlook::word),
        ["likely", "at_risk", "at_risk", "unlikely"]
    );
    assert_eq!(consequence(&edition, LegalKind::Binding, d("0.4")), Some(Consequence::Correct));
    assert_eq!(consequence(&edition, LegalKind::Anticipatory, d("0.4")), Some(Consequence::Explain));
    assert_eq!(consequence(&edition, LegalKind::Binding, d("0.5")), None);
}

#[test]
fn better_never_lowers_the_status() {
    let order =
        |status| [Status::Behind, Status::Nearly, Status::OnSchedule, Status::Met].iter().position(|s| *s == status);
    for (measure, comparator, baseline, rises) in [
        (Measure::Stock, Comparator::Ge, "10", true),
        (Measure::Ratio, Comparator::Le, "300", false),
        (Measure::Cap, Comparator::Le, "", false),
        (Measure::Growth, Comparator::Ge, "", true),
        (Measure::Rank, Comparator::UpToRank, "", false),
    ] {
        let values: Vec<i64> = (1..400).collect();
        let ranks = values.iter().map(|value| {
            let value = if rises { *value } else { 400 - value };
            order(judge(&Edition::default(), &case(measure, comparator, baseline, "100", &value.to_string())).status)
        });
        assert!(ranks.is_sorted(), "{measure}");
    }
}

#[test]
fn what_is_left_requires_a_step_or_a_growth() {
    assert_eq!(required_step(d("1801.51"), d("2119.40"), 2, 2), Some(d("158.95")));
    // (2119.40 ÷ 1801.51)^(1/2) − 1
    assert_eq!(required_growth(d("1801.51"), d("2119.40"), 2, 2), Some(d("8.46")));
    assert_eq!(required_growth(d("100"), d("90"), 1, 1), Some(d("-10.0")));
    assert_eq!(required_growth(d("0"), d("90"), 1, 1), None);
    assert_eq!(required_step(d("1"), d("2"), 0, 1), None);
    // ((1.065)^5 ÷ (1.05)^3)^(1/2) − 1
    assert_eq!(required_average(d("6.5"), d("5"), 5, 3, 2), Some(d("8.79")));
    assert_eq!(required_average(d("6.5"), d("6.5"), 5, 3, 2), Some(d("6.50")));
}

/// The shape of a first clause: 43 = 34 + 9 indicators; 23 = 15 + 8 met, 14 = 13 + 1 expected, 6 not, all anticipatory.
#[test]
fn forty_three_rows_are_counted_as_a_first_clause_counts_them() {
    let edition = Edition::default();
    let row = |legal, category: &str, value: &str, probability: &str| {
        let case = Case {
            probability: probability.parse().ok(),
            passed: 5,
            ..case(Measure::Stock, Comparator::Ge, "0", "100", value)
        };
        let judgement = judge(&edition, &case);
        Counted { legal, category: category.to_owned(), judgement, probability: case.probability }
    };
    let (anticipatory, binding) = (LegalKind::Anticipatory, LegalKind::Binding);
    let groups = [
        (15, anticipatory, "民生福利", "100", "0.9"),
        (8, binding, "资源环境", "104", "0.99"),
        (13, anticipatory, "城乡建设", "96", "0.6"),
        (1, binding, "资源环境", "97", "0.5"),
        (2, anticipatory, "经济发展", "80", "0.1"),
        (4, anticipatory, "创新发展", "70", "0.3"),
    ];
    let rows: Vec<Counted> =
        groups.iter().flat_map(|(n, legal, kind, value, p)| (0..*n).map(|_| row(*legal, kind, value, p))).collect();
    let (all, categories) = counts(&edition, &rows);
    let pair = |kind: ByKind| (kind.total(), kind.anticipatory, kind.binding);
    assert_eq!(pair(all.all), (43, 34, 9));
    assert_eq!(pair(all.met), (23, 15, 8));
    assert_eq!(pair(all.likely), (14, 13, 1));
    assert_eq!(pair(all.unlikely), (6, 6, 0));
    assert_eq!(pair(all.unknown), (0, 0, 0));
    assert_eq!(categories["资源环境"].all.binding, 9);
    assert_eq!(pair(categories["经济发展"].unlikely), (2, 2, 0));
}
