use super::*;
use gangmu_plan::compiled::{Baseline, Change, IndicatorTarget, Origin};

fn indicator(name: &str, unit: &str, base: &str, target: &str, annual: &str) -> Indicator {
    let number = |text: &str| text.parse::<Decimal>().ok();
    Indicator {
        name: name.into(),
        parent: None,
        unit: Some(unit.into()),
        category: None,
        attribute: None,
        baseline: Baseline { value: number(base), period: Some("2020".into()) },
        target: IndicatorTarget { value: number(target), period: Some("2025".into()), ..IndicatorTarget::default() },
        change: Change { value: number(annual), kind: Some(ChangeKind::Annual), ..Change::default() },
        clause: String::new(),
        rows: vec![(0, 1)],
        start: 0,
        end: 1,
        origin: Origin { rule: String::new(), confidence: Decimal::ONE, signs: Vec::new() },
    }
}

#[test]
fn base_target_and_growth_must_fit_each_other() {
    assert!(!arithmetic_fails(&indicator("地区生产总值", "亿元", "1682.15", "2359", "7")));
    assert!(arithmetic_fails(&indicator("地区生产总值", "亿元", "1682.15", "2359", "9")));
    assert!(!arithmetic_fails(&indicator("城镇化率", "%", "60", "65", "1")));
    assert!(!arithmetic_fails(&indicator("地区生产总值", "亿元", "1682.15", "2359", "")));
}

#[test]
fn a_share_of_one_under_per_cent_is_doubtful() {
    assert!(is_share_of_one(&indicator("入园率", "%", "86", "0.9", "")));
    assert!(is_share_of_one(&indicator("覆盖率", "%", "0.5", "0.7", "")));
    assert!(!is_share_of_one(&indicator("研发强度", "%", "0.9", "2.1", "")));
}

#[test]
fn one_indicator_has_one_name_in_text_and_table() {
    let key = |name: &str| compare::key(&indicator(name, "%", "", "", ""));
    assert_eq!(key("1.地区生产总值年均增长（%）"), key("全区地区生产总值增长"));
    assert_eq!(key("常住人口城镇化率(%)"), key("常住人口城镇化率"));
    assert_ne!(key("城镇登记失业率"), key("城镇调查失业率"));
}

#[test]
fn another_unit_of_the_same_value_is_no_other_target() {
    let (a, b) = (
        indicator("社会消费品零售总额", "亿元", "", "900", ""),
        indicator("社会消费品零售总额", "万元", "", "9000000", ""),
    );
    let place = SourceOf::Row(Place { file: "a".into(), sheet: None, table: Some(1), row: 2 });
    let kinds = |a: &Indicator, b: &Indicator| -> Vec<crate::ConflictKind> {
        disagreements(&Statement::of(a, &place), &Statement::of(b, &place)).iter().map(|c| c.kind).collect()
    };
    assert_eq!(kinds(&a, &b), [crate::ConflictKind::Unit]);
    let c = indicator("社会消费品零售总额", "亿元", "", "950", "");
    assert_eq!(kinds(&a, &c), [crate::ConflictKind::Target]);
    assert!(kinds(&a, &a).is_empty());
}
