//! `docs/indicators.md` is true: every line of its tables of splits and judgements is worked out.

use gangmu_indicators::{
    judging::{Case, Edition, judge},
    measure::{Comparator, Direction, Measure},
    split::{Ask, Rule, split, verify},
};
use gangmu_kernel::refusal::Refusal;
use rust_decimal::Decimal;

const DOCUMENT: &str = include_str!("../../../../docs/indicators.md");

/// The rows of the table with that head.
fn rows(head: &str) -> Vec<Vec<&'static str>> {
    let lines = DOCUMENT.lines().skip_while(|line| !line.starts_with(head)).skip(2);
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(str::trim).collect();
    lines.take_while(|line| line.starts_with('|')).map(cells).collect()
}

fn decimal(cell: &str) -> Option<Decimal> {
    (cell != "–").then(|| cell.parse().unwrap())
}

#[test]
fn every_split_of_the_document_is_what_it_says() {
    let rows = rows("| baseline | target | from");
    assert!(rows.len() > 10);
    for row in rows {
        let weights = if row[5] == "–" { "" } else { row[5] };
        let ask = Ask {
            baseline: decimal(row[0]),
            target: row[1].parse().unwrap(),
            from: row[2].parse().unwrap(),
            to: row[3].parse().unwrap(),
            rule: Rule::read(row[4]).unwrap(),
            weights: weights.split_whitespace().map(|weight| weight.parse().unwrap()).collect(),
            decimals: Some(row[6].parse().unwrap()),
        };
        let found: Vec<String> = match split(&ask) {
            Ok(split) => {
                assert_eq!(verify(&split), [], "{row:?}");
                split.values.iter().map(ToString::to_string).collect()
            }
            Err(refused) => {
                refused.iter().map(|one| one.code().trim_start_matches("split-").replace('-', "_")).collect()
            }
        };
        let mut said: Vec<&str> = row[7].split_whitespace().collect();
        let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
        if said[0].contains('_') {
            said.sort_unstable();
            found.sort_unstable();
        }
        assert_eq!(found, said, "{row:?}");
    }
}

#[test]
fn every_judgement_of_the_document_is_what_it_says() {
    let rows = rows("| measure | comparator");
    assert!(rows.len() > 8);
    for row in rows {
        let (measure, comparator) = (Measure::read(row[0]).unwrap(), Comparator::read(row[1]).unwrap());
        let (passed, periods) = row[6].split_once('/').unwrap();
        let case = Case {
            measure,
            direction: Direction::usual(measure, comparator),
            comparator,
            baseline: decimal(row[2]),
            target: decimal(row[3]),
            due: decimal(row[4]),
            value: decimal(row[5]),
            passed: passed.parse().unwrap(),
            periods: periods.parse().unwrap(),
            probability: None,
        };
        let found = judge(&Edition::default(), &case);
        assert_eq!(found.status.word(), row[7], "{row:?}");
        assert_eq!(found.formula.as_deref().unwrap_or_else(|| found.gap.unwrap().word()), row[8], "{row:?}");
    }
}
