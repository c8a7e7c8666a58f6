use super::*;

fn question(frequency: Frequency, values: &[&str], horizon: usize, target: Option<(Comparator, &str)>) -> Question {
    Question {
        frequency,
        values: values.iter().map(|value| value.parse().ok()).collect(),
        horizon,
        target: target.map(|(comparator, value)| (comparator, value.parse().unwrap())),
    }
}

fn within(forecast: &Forecast) {
    for period in 0..forecast.mean.len() {
        let [half, most, nearly] = [0, 1, 2].map(|level| forecast.intervals[level][period]);
        assert!(nearly.0 <= most.0 && most.0 <= half.0 && half.0 <= forecast.mean[period], "{forecast:?}");
        assert!(forecast.mean[period] <= half.1 && half.1 <= most.1 && most.1 <= nearly.1, "{forecast:?}");
        assert!(nearly.0.is_finite() && nearly.1.is_finite(), "{forecast:?}");
    }
}

#[test]
fn a_steady_rise_goes_on_and_three_figures_are_doubted_more_than_ten() {
    let three = forecast(&question(Frequency::Year, &["100", "110", "121"], 2, None)).unwrap();
    let ten: Vec<String> = (0..10).map(|year| (100 + 10 * year + year % 2).to_string()).collect();
    let ten: Vec<&str> = ten.iter().map(String::as_str).collect();
    let ten = forecast(&question(Frequency::Year, &ten, 2, None)).unwrap();
    within(&three);
    within(&ten);
    assert!((ten.mean[1] - 210.0).abs() < 5.0, "{ten:?}");
    let width = |forecast: &Forecast| (forecast.intervals[1][0].1 - forecast.intervals[1][0].0) / forecast.mean[0];
    assert!(width(&three) > width(&ten));
}

#[test]
fn what_can_not_be_foreseen_is_refused_and_what_is_odd_is_answered() {
    let year = Frequency::Year;
    let few = forecast(&question(year, &["1", "-", "2"], 3, None)).unwrap_err();
    assert_eq!(few, ForecastRefusal::TooFewPoints { observed: 2, fewest: 3 });
    assert_eq!(
        forecast(&question(year, &["1", "2", "3"], 0, None)).unwrap_err(),
        ForecastRefusal::Horizon { horizon: 0, most: FURTHEST }
    );
    let largest = Decimal::MAX.to_string();
    let smallest = "0.0000000000000000000000000001";
    for values in [
        vec!["5", "5", "5"],
        vec!["0", "0", "0", "0"],
        vec!["-3.5", "-2", "-7.25", "-1"],
        vec!["1", "-", "-", "2", "-", "3", "-"],
        vec!["-", "-", "7", "8", "9"],
        vec![&largest, &largest, "0", &largest],
        vec![smallest, smallest, "0", smallest],
        vec!["1", "1000000000000", "1", "0", "-1000000000000"],
        vec!["0", "0", "0", "0", "1", "0", "0", "0"],
        vec!["10", "20", "30", "40", "50"],
    ] {
        for frequency in Frequency::ALL {
            let asked = question(*frequency, &values, 12, Some((Comparator::Ge, "1")));
            let forecast = forecast(&asked).unwrap();
            within(&forecast);
            assert!(forecast.probability.is_some_and(|p| (0.0..=1.0).contains(&p)), "{values:?} {forecast:?}");
        }
    }
}

#[test]
fn seasons_are_found_in_three_years_of_quarters() {
    let pattern = ["100", "140", "90", "200", "104", "143", "95", "206", "107", "149", "97", "211"];
    let found = forecast(&question(Frequency::Quarter, &pattern, 4, None)).unwrap();
    within(&found);
    for (mean, near) in found.mean.iter().zip([111.0, 153.0, 101.0, 216.0]) {
        assert!((mean - near).abs() < 6.0, "{found:?}");
    }
}

#[test]
fn a_target_is_as_likely_as_it_is_near() {
    let values = ["100", "104", "109", "113", "118", "121", "126"];
    let probability = |comparator, target| {
        forecast(&question(Frequency::Year, &values, 3, Some((comparator, target)))).unwrap().probability.unwrap()
    };
    let (low, near, high) =
        (probability(Comparator::Ge, "120"), probability(Comparator::Ge, "139"), probability(Comparator::Ge, "170"));
    assert!(low > 0.9 && (0.2..0.8).contains(&near) && high < 0.1, "{low} {near} {high}");
    assert!((probability(Comparator::Lt, "139") + near - 1.0).abs() < 1e-9);
    assert!(probability(Comparator::Le, "139") > probability(Comparator::Lt, "139"));
    assert!(probability(Comparator::Eq, "139") < 0.4);
}

#[test]
fn a_forecast_does_not_depend_on_the_unit() {
    let hundreds = forecast(&question(Frequency::Year, &["1.21", "1.31", "1.38", "1.52"], 3, None)).unwrap();
    let ones = forecast(&question(Frequency::Year, &["121", "131", "138", "152"], 3, None)).unwrap();
    for (large, small) in hundreds.mean.iter().zip(&ones.mean) {
        assert!((large * 100.0 / small - 1.0).abs() < 1e-3, "{large} {small}");
    }
}
