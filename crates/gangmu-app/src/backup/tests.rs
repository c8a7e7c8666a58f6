use super::{
    name_at,
    retention::{Keep, surplus},
};
use jiff::{Timestamp, ToSpan};

/// One each day at 02:30 in the district, so many days back from 30 June 2024, a Sunday.
fn daily(days: i64) -> Vec<(String, Timestamp)> {
    let last: Timestamp = "2024-06-30T02:30:00+08:00".parse().unwrap();
    (0..days)
        .map(|back| {
            let at = last - (24 * back).hours();
            (name_at(at), at)
        })
        .collect()
}

fn kept(backups: &[(String, Timestamp)], keep: Keep) -> Vec<String> {
    let gone = surplus(backups, keep);
    backups.iter().map(|(name, _)| name[7..15].to_owned()).filter(|day| !gone.iter().any(|g| g.contains(day))).collect()
}

#[test]
fn a_name_tells_the_day_and_the_time_in_the_district() {
    let at: Timestamp = "2024-06-29T18:30:00Z".parse().unwrap();
    assert_eq!(name_at(at), "gangmu-20240630-023000.gangmu");
}

#[test]
fn the_newest_of_each_day_week_and_month_stays() {
    let kept = kept(&daily(100), Keep { daily: 3, weekly: 3, monthly: 3 });
    // Three days; the Sundays of the two weeks before this one; the last days of the two months before this one.
    assert_eq!(kept, ["20240630", "20240629", "20240628", "20240623", "20240616", "20240531", "20240430"]);
}

#[test]
fn of_several_on_one_day_the_newest_stays() {
    let mut backups = daily(1);
    let later = backups[0].1 + 5.hours();
    backups.push((name_at(later), later));
    assert_eq!(surplus(&backups, Keep { daily: 1, weekly: 0, monthly: 0 }), [backups[0].0.clone()]);
}

#[test]
fn the_newest_stays_whatever_the_rule_and_a_pause_removes_nothing() {
    assert_eq!(surplus(&daily(3), Keep { daily: 0, weekly: 0, monthly: 0 }).len(), 2);
    let old = daily(7);
    assert_eq!(surplus(&old, Keep { daily: 7, weekly: 0, monthly: 0 }), [""; 0]);
    assert_eq!(surplus(&[], Keep::default()), [""; 0]);
}
