use crate::console::Console;
use gangmu_indicators::{
    forecast::ForecastRefusal,
    judging::{ByKind, Counts},
    split::{Rule, SplitRefusal},
};
use gangmu_kernel::refusal::Refusal;
use gangmu_web::locale::Language;
use rust_decimal::Decimal;

fn refusals() -> Vec<SplitRefusal> {
    let (one, two) = (Decimal::ONE, Decimal::TWO);
    let unit = "甲镇".to_owned();
    vec![
        SplitRefusal::NoYears { from: 2025, to: 2020 },
        SplitRefusal::TooManyYears { from: 1, to: 2000, most: 100 },
        SplitRefusal::TooManyDecimals { decimals: 30, most: 12 },
        SplitRefusal::WeightsMissing { rule: Rule::Share, years: 5 },
        SplitRefusal::WeightsCount { given: 4, years: 5 },
        SplitRefusal::NegativeWeight { number: 2, weight: -one },
        SplitRefusal::WeightsOfNothing {},
        SplitRefusal::WeightsDoNotAddUp { sum: one, way: two },
        SplitRefusal::BaselineMissing {},
        SplitRefusal::GrowthThroughZero { baseline: Decimal::ZERO, target: two },
        SplitRefusal::GrowthChangesSign { baseline: -one, target: two },
        SplitRefusal::TooFewDecimals { decimals: 0, enough: 1 },
        SplitRefusal::TooLarge {},
        SplitRefusal::NoSuchYear { year: 2019, first: 2021, last: 2025 },
        SplitRefusal::OutOfTheWay { year: 2022, value: two, low: Decimal::ZERO, high: one },
        SplitRefusal::Undivided {},
        SplitRefusal::NoUnits {},
        SplitRefusal::UnitTwice { unit: unit.clone() },
        SplitRefusal::UnitWithout { unit: unit.clone(), what: "base" },
        SplitRefusal::FloorsAboveTarget { units: unit, sum: two, target: one },
        SplitRefusal::PartsDoNotAddUp { sum: two, target: one },
    ]
}

#[test]
fn every_reason_against_a_split_or_a_forecast_has_words_and_a_next_step_in_both_languages() {
    for language in Language::ALL {
        let console = Console::new(language).unwrap();
        let forecasts = [
            ForecastRefusal::TooFewPoints { observed: 2, fewest: 3 },
            ForecastRefusal::Horizon { horizon: 0, most: 240 },
            ForecastRefusal::TooLarge {},
        ];
        let (splits, forecasts) = (refusals(), forecasts.iter().map(|refusal| refusal as &dyn Refusal));
        for refusal in splits.iter().map(|refusal| refusal as &dyn Refusal).chain(forecasts) {
            let fields: Vec<(&str, String)> = refusal.fields().into_iter().collect();
            for key in [refusal.code().to_owned(), format!("{}-next", refusal.code())] {
                assert_ne!(console.say(&key, &fields), key);
            }
        }
    }
}

/// The words of 43 rows as the engine counts them (its own test counts the rows).
#[test]
fn the_summary_of_forty_three_indicators_reads_as_a_first_clause_does() {
    let kinds = |anticipatory, binding| ByKind { anticipatory, binding };
    let counts = Counts {
        all: kinds(34, 9),
        met: kinds(15, 8),
        likely: kinds(13, 1),
        unlikely: kinds(6, 0),
        unknown: kinds(0, 0),
    };
    let said = |counts: &Counts, language| {
        let facts = counts.facts().into_iter().map(|(name, n)| (name.to_owned(), n.to_string())).collect();
        Console::new(language).unwrap().reason("judging-summary", &facts)
    };
    assert_eq!(
        said(&counts, Language::Chinese),
        "规划共设指标 43 项，预期性 34 项，约束性 9 项。已提前完成 23 项（预期性 15 项，约束性 8 项），\
         预计能够完成 14 项（预期性 13 项，约束性 1 项），预计不能完成 6 项（均属预期性）。"
    );
    let less = Counts { unlikely: kinds(0, 0), unknown: kinds(5, 1), ..counts };
    assert!(said(&less, Language::Chinese).ends_with("预计不能完成 0 项，另有 6 项尚无数据。"));
    assert!(said(&counts, Language::English).ends_with("not expected 6 (all anticipatory)."));
}
