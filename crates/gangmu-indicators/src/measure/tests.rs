use super::*;

#[test]
fn a_word_is_read_back_and_stands_in_json() {
    for measure in Measure::ALL {
        assert_eq!(Measure::read(measure.word()), Some(*measure));
        assert_eq!(serde_json::to_string(measure).unwrap(), format!("\"{measure}\""));
    }
    for comparator in Comparator::ALL {
        let written = serde_json::to_string(comparator).unwrap();
        assert_eq!(serde_json::from_str::<Comparator>(&written).unwrap(), *comparator);
    }
    assert_eq!(Measure::read("stocks"), None);
}

#[test]
fn a_target_holds_by_its_comparator() {
    let holds = |comparator: Comparator, value: &str, target: &str| {
        comparator.holds(value.parse().unwrap(), target.parse().unwrap())
    };
    assert!(holds(Comparator::Ge, "6.5", "6.50") && !holds(Comparator::Gt, "6.5", "6.50"));
    assert!(holds(Comparator::Le, "3", "3") && !holds(Comparator::Lt, "3", "3"));
    assert!(holds(Comparator::UpToRank, "2", "3") && !holds(Comparator::UpToRank, "4", "3"));
    assert!(holds(Comparator::About, "95", "100") && !holds(Comparator::About, "94.99", "100"));
    assert!(holds(Comparator::About, "-105", "-100") && !holds(Comparator::About, "0.1", "0"));
    assert!(!Comparator::About.holds(Decimal::MAX, Decimal::MIN));
}

#[test]
fn caps_and_ranks_are_better_low_whatever_their_comparator() {
    assert_eq!(Direction::usual(Measure::Cap, Comparator::Ge), Direction::Lower);
    assert_eq!(Direction::usual(Measure::Rank, Comparator::UpToRank), Direction::Lower);
    assert_eq!(Direction::usual(Measure::Flow, Comparator::Le), Direction::Lower);
    assert_eq!(Direction::usual(Measure::Stock, Comparator::Ge), Direction::Higher);
    assert_eq!(Direction::usual(Measure::Ratio, Comparator::About), Direction::Within);
}
