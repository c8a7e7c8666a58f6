use super::*;

fn ds(texts: &[&str]) -> Vec<Decimal> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_predicted_miss_asks_for_correction_of_what_binds_and_for_an_explanation_of_the_rest() {
    let edition = Edition::default();
    let of = |legal| match predicted_miss(&edition, legal, d("0.3")) {
        Some(Warning::PredictedMiss { consequence, .. }) => Some(consequence),
        _ => None,
    };
    assert_eq!(of(LegalKind::Binding), Some(Consequence::Correct));
    assert_eq!(of(LegalKind::Anticipatory), Some(Consequence::Explain));
    assert_eq!(predicted_miss(&edition, LegalKind::Binding, d("0.6")), None);
}

#[test]
fn what_hardly_moves_stalls_and_what_has_arrived_does_not() {
    let found = stall(&ds(&["40", "60", "60.5", "61"]), d("100"), 2, 2);
    assert_eq!(found, Some(Warning::Stall { values: ds(&["60", "60.5", "61"]), moved: d("1"), needed: d("20") }));
    assert_eq!(stall(&ds(&["60", "70", "81"]), d("100"), 2, 2), None);
    assert_eq!(stall(&ds(&["100", "100", "100"]), d("100"), 2, 2), None);
    assert_eq!(stall(&ds(&["60", "55", "50"]), d("100"), 2, 2), None, "that is a reversal");
    assert!(stall(&ds(&["50", "49.9", "49.8"]), d("40"), 2, 1).is_some(), "what should fall stalls too");
    assert_eq!(stall(&ds(&["60"]), d("100"), 2, 2), None);
}

#[test]
fn two_steps_back_after_a_step_forward_are_a_reversal() {
    let values = ds(&["50", "60", "58", "55"]);
    assert_eq!(reversal(&values, Direction::Higher), Some(Warning::Reversal { values: ds(&["60", "58", "55"]) }));
    assert_eq!(reversal(&values, Direction::Lower), None);
    assert_eq!(reversal(&ds(&["60", "58", "55"]), Direction::Higher), None);
    assert!(reversal(&ds(&["60", "50", "52", "53"]), Direction::Lower).is_some());
}

#[test]
fn sources_that_disagree_are_shown_both() {
    let values = vec![("统计".to_owned(), d("6.5")), ("部门".to_owned(), d("8.1"))];
    let found = contradiction(&values, d("0.01"));
    assert_eq!(found, Some(Warning::Contradiction { values: values.clone(), distance: d("1.6") }));
    assert_eq!(contradiction(&values, d("0.5")), None);
    assert_eq!(contradiction(&values[..1], Decimal::ZERO), None);
}

#[test]
fn values_that_crowd_at_a_threshold_are_odd_and_spread_ones_are_not() {
    let crowded: Vec<Decimal> = (0..30).map(|n| Decimal::new(if n < 26 { 1000 + n } else { 970 + n }, 1)).collect();
    let found = bunching(&crowded, d("100"), d("5"), Direction::Higher);
    assert_eq!(found, Some(Warning::Bunching { threshold: d("100"), beyond: 26, short: 4 }));
    let spread: Vec<Decimal> = (0..60).map(|n| Decimal::new(970 + n, 1)).collect();
    assert_eq!(bunching(&spread, d("100"), d("5"), Direction::Higher), None);
    assert_eq!(bunching(&crowded[..10], d("100"), d("5"), Direction::Higher), None, "ten values tell nothing");
}

#[test]
fn edits_of_the_last_day_that_only_help_are_odd() {
    let helped: Vec<(Decimal, Decimal)> = (0..24).map(|n| (d("90"), d(if n < 22 { "95" } else { "88" }))).collect();
    let found = last_day_edits(&helped, Direction::Higher);
    assert_eq!(found, Some(Warning::LastDayEdits { better: 22, worse: 2 }));
    assert_eq!(last_day_edits(&helped, Direction::Lower), None);
    let fair: Vec<(Decimal, Decimal)> = (0..24).map(|n| (d("90"), d(if n % 2 == 0 { "95" } else { "88" }))).collect();
    assert_eq!(last_day_edits(&fair, Direction::Higher), None);
}

#[test]
fn invented_last_digits_are_seen_and_measured_ones_are_not() {
    let invented: Vec<Decimal> =
        (0..100).map(|n| Decimal::new(1_000 + 10 * n + if n % 3 == 0 { 0 } else { 5 }, 1)).collect();
    assert!(matches!(last_digits(&invented), Some(Warning::LastDigits { counts, .. }) if counts[5] == 66));
    let measured: Vec<Decimal> = (0..100).map(|n| Decimal::new(1_000 + 37 * n, 1)).collect();
    assert_eq!(last_digits(&measured), None);
    assert_eq!(last_digits(&invented[..40]), None);
}
