use super::*;
use gangmu_kernel::refusal::Refusal as _;

fn told<'t>(name: &'t str, unit: &'t str) -> Told<'t> {
    Told { name, unit: Some(unit), comparator: None, change: None }
}

#[test]
fn what_the_words_of_a_plan_tell_is_taken_and_the_rest_is_left_to_a_person() {
    let capped = Told { comparator: Some(Comparator::Le), ..told("城镇登记失业率", "%") };
    let annual = Told { change: Some(Change::Annual), ..told("固定资产投资", "%") };
    let cumulative =
        Told { change: Some(Change::Cumulative), ..told("单位地区生产总值能源消耗降低", "%") };
    let ranked = Told { comparator: Some(Comparator::UpToRank), ..told("营商环境", "位") };
    for (told, measure) in [
        (told("地区生产总值", "亿元"), Some(Measure::Flow)),
        (told("高新技术企业", "家"), Some(Measure::Stock)),
        (told("生活垃圾回收利用率", "%"), Some(Measure::Ratio)),
        (capped, Some(Measure::Cap)),
        (annual, Some(Measure::AverageGrowth)),
        (cumulative, Some(Measure::CumulativeChange)),
        (ranked, Some(Measure::Rank)),
        (told("工业用地地均税收增速", "%"), Some(Measure::Growth)),
        (told("群众满意度得分", "分"), None),
    ] {
        assert_eq!(measure_told(told), measure, "{told:?}");
    }
    assert_eq!(direction_told(capped), Some(Direction::Lower));
    assert_eq!(direction_told(cumulative), Some(Direction::Higher), "the more it is lowered the better");
    assert_eq!(direction_told(told("群众满意度得分", "分")), None);
}

#[test]
fn one_name_is_known_again_in_the_next_plan() {
    for same in ["1.地区生产总值", "地区生产总值（亿元）", " 地区 生产总值*", "１．地区生产总值"]
    {
        assert_eq!(folded(same), "地区生产总值", "{same}");
    }
    assert_eq!(folded("5g基站"), "5g基站", "a figure at the beginning may be part of the name");
    assert_ne!(folded("第一产业增加值"), folded("第二产业增加值"));
    assert_ne!(folded("工业增加值（现价）"), folded("工业增加值（不变价）"), "not everything in brackets is a unit");
}

#[test]
fn a_definition_that_contradicts_itself_is_refused_with_all_reasons() {
    let mut definition = Definition { unit: Some("%".into()), ..Definition::named("城镇化率") };
    assert!(definition.against().is_empty());
    definition.measure = Some(Measure::Ratio);
    definition.additive = true;
    definition.prices = Some(Prices::Current);
    definition.decimals = 9;
    let codes: Vec<_> = definition.against().iter().map(|refusal| refusal.code()).collect();
    assert_eq!(codes, ["indicators-define-decimals", "indicators-define-not-additive", "indicators-define-prices"]);
    let growth =
        Definition {
            measure: Some(Measure::Growth), unit: Some("亿元".into()), ..Definition::named("工业投资增速")
        };
    assert_eq!(growth.against().len(), 1, "growth is no amount of money");
    assert_eq!(Definition::named("  ").against(), [DefinitionRefusal::NoName {}]);
    let money =
        Definition { unit: Some("亿元".into()), prices: Some(Prices::Current), ..Definition::named("产值") };
    assert!(money.against().is_empty());
}
