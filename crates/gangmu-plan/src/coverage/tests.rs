use super::*;

const OWNERS: Connected = [Some(()), None, None, None];
const ALL: Connected = [Some(()); 4];

#[test]
fn a_part_that_is_not_connected_leaves_both_sides() {
    let items = [[true, false, false, false], [false, true, true, true], [true; 4]];
    let coverage = Coverage::count(items, OWNERS);
    assert_eq!((coverage.have, coverage.of), (2, 3));
    assert_eq!(coverage.parts.map(|p| p.have), [Some(2), None, None, None]);
    assert_eq!(coverage, Coverage::of_owners(2, 3));
    assert_eq!(Coverage::count(items, ALL).have, 1);
    assert_eq!(Coverage::count(items, [None; 4]).have, 0);
}

#[test]
fn a_share_is_rounded_to_one_decimal_and_is_a_hundred_only_when_nothing_is_missing() {
    assert_eq!(percent(496, 695).unwrap().to_string(), "71.4");
    assert_eq!(percent(1999, 2000).unwrap().to_string(), "99.9");
    assert_eq!(percent(9999, 10000).unwrap().to_string(), "99.9");
    assert_eq!(percent(3, 3).unwrap(), Decimal::ONE_HUNDRED);
    assert_eq!(percent(0, 0), None);
}
