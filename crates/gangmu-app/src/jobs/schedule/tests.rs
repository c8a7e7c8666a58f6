use super::*;

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn check(schedule: Schedule, now: &str, latest: &str, after: &str) {
    assert_eq!(schedule.latest(instant(now)), instant(latest), "{schedule} at {now}");
    assert_eq!(schedule.after(instant(now)), instant(after), "{schedule} at {now}");
}

#[test]
fn a_daily_timer_fires_at_the_districts_time() {
    let daily = Schedule::daily(3, 30);
    check(daily, "2024-06-30T03:29:59+08:00", "2024-06-29T03:30:00+08:00", "2024-06-30T03:30:00+08:00");
    check(daily, "2024-06-30T03:30:00+08:00", "2024-06-30T03:30:00+08:00", "2024-07-01T03:30:00+08:00");
    check(daily, "2024-12-31T23:59:00+08:00", "2024-12-31T03:30:00+08:00", "2025-01-01T03:30:00+08:00");
}

#[test]
fn a_monthly_timer_takes_the_last_day_of_a_short_month() {
    let monthly = Schedule::monthly(31, 8, 0);
    check(monthly, "2024-02-29T09:00:00+08:00", "2024-02-29T08:00:00+08:00", "2024-03-31T08:00:00+08:00");
    check(monthly, "2024-03-30T09:00:00+08:00", "2024-02-29T08:00:00+08:00", "2024-03-31T08:00:00+08:00");
    check(
        Schedule::monthly(1, 0, 0),
        "2023-12-31T23:59:00+08:00",
        "2023-12-01T00:00:00+08:00",
        "2024-01-01T00:00:00+08:00",
    );
}

#[test]
fn a_repeated_timer_has_the_same_grid_in_every_process() {
    let each = Schedule::minutes(5);
    check(each, "2024-06-30T09:03:10Z", "2024-06-30T09:00:00Z", "2024-06-30T09:05:00Z");
    check(each, "2024-06-30T09:05:00Z", "2024-06-30T09:05:00Z", "2024-06-30T09:10:00Z");
    check(each, "1969-12-31T23:58:00Z", "1969-12-31T23:55:00Z", "1970-01-01T00:00:00Z");
}

#[test]
fn the_words_of_a_schedule_tell_schedules_apart() {
    let words = [Schedule::minutes(5), Schedule::daily(3, 30), Schedule::monthly(1, 3, 30)].map(|s| s.to_string());
    assert_eq!(words, ["every 300", "daily 03:30", "monthly 1 03:30"]);
}
