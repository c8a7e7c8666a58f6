use super::*;
use gangmu_kernel::refusal::Refusal as _;
use jiff::civil::date;

fn terms(value: i64) -> Terms {
    Terms {
        basis: Basis::Level,
        comparator: Comparator::Ge,
        value: Some(Decimal::from(value)),
        low: None,
        high: None,
        baseline: None,
        baseline_period: None,
        text: String::new(),
    }
}

fn version(number: u32, state: State, value: i64, from: Date) -> Version {
    Version { number, state, terms: terms(value), effective_from: from, proposers: vec![AccountId(1)] }
}

fn proposed(value: i64, from: Date) -> Proposed {
    Proposed {
        terms: terms(value), document: "中期评估报告".into(), reason: "中期调整".into(), effective_from: from
    }
}

fn codes(refusals: &[ContractRefusal]) -> Vec<&'static str> {
    refusals.iter().map(|refusal| refusal.code()).collect()
}

#[test]
fn a_later_version_holds_from_its_day_on_and_the_past_stays_what_it_was() {
    let versions = [
        version(1, State::Effective, 42, date(2021, 6, 23)),
        version(2, State::Effective, 45, date(2024, 3, 15)),
        version(3, State::Proposed, 50, date(2024, 5, 1)),
    ];
    assert_eq!(in_force(&versions, date(2024, 3, 14)).map(|v| v.number), Some(1));
    assert_eq!(in_force(&versions, date(2024, 3, 15)).map(|v| v.number), Some(2));
    assert_eq!(in_force(&versions, date(2025, 1, 1)).map(|v| v.number), Some(2), "what waits does not hold");
    assert_eq!(in_force(&versions, date(2020, 1, 1)), None);
}

#[test]
fn a_change_names_its_document_and_its_reason_and_changes_something() {
    let versions = [version(1, State::Effective, 42, date(2021, 6, 23))];
    assert_eq!(propose(&versions, &proposed(45, date(2024, 3, 15))), Ok(2));
    let bare = Proposed { document: " ".into(), reason: String::new(), ..proposed(42, date(2021, 1, 1)) };
    assert_eq!(
        codes(&propose(&versions, &bare).unwrap_err()),
        [
            "indicators-target-no-document",
            "indicators-target-no-reason",
            "indicators-target-same",
            "indicators-target-too-early"
        ]
    );
    let mut odd = proposed(45, date(2024, 3, 15));
    (odd.terms.low, odd.terms.high) = (Some(Decimal::TEN), Some(Decimal::ONE));
    assert_eq!(
        codes(&propose(&versions, &odd).unwrap_err()),
        ["indicators-target-range", "indicators-target-value-and-range"]
    );
    let waiting = [versions[0].clone(), version(2, State::Proposed, 45, date(2024, 3, 15))];
    assert_eq!(codes(&propose(&waiting, &proposed(46, date(2024, 4, 1))).unwrap_err()), ["indicators-target-waiting"]);
    let first = Proposed { reason: String::new(), ..proposed(45, date(2021, 6, 23)) };
    assert_eq!(propose(&[], &first), Ok(1), "the first one needs no reason");
}

#[test]
fn who_proposed_does_not_confirm_and_nothing_is_decided_twice() {
    let waiting = version(2, State::Proposed, 45, date(2024, 3, 15));
    assert!(against_decision(&waiting, AccountId(2), None).is_empty());
    assert_eq!(codes(&against_decision(&waiting, AccountId(1), None)), ["indicators-target-proposed-by-you"]);
    let deputy = against_decision(&waiting, AccountId(3), Some(AccountId(1)));
    assert_eq!(codes(&deputy), ["indicators-target-proposed-by-you"], "a deputy of the proposer is the proposer");
    let done = Version { state: State::Refused, ..waiting };
    assert_eq!(codes(&against_decision(&done, AccountId(2), None)), ["indicators-target-decided"]);
}

#[test]
fn a_target_without_a_value_is_an_open_question() {
    let open = Terms { value: None, ..terms(0) };
    assert!(open.is_open() && !terms(0).is_open());
    assert!(!Terms { low: Some(Decimal::ONE), ..open }.is_open());
    for basis in Basis::ALL {
        assert_eq!(Basis::read(basis.word()), Some(basis));
    }
}
