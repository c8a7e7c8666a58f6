//! The coming periods of a series (预测), with intervals and how likely its target is met.

use super::given::Fields;
use crate::{
    commands::lines::{Answer, Broken},
    console::Console,
};
use gangmu_indicators::{
    forecast::{Forecast, LEVELS, Question, forecast},
    measure::{Comparator, Frequency},
};
use gangmu_kernel::refusal::Refusal;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

/// `{"id","mean","intervals","probability"}`, or `{"id","refused"}`.
pub fn answered(line: &Map<String, Json>, console: &Console) -> Answer {
    let fields = Fields::of(line);
    let horizon = fields.needed("horizon", fields.whole("horizon")?)?;
    let question = Question {
        frequency: fields.needed("frequency", fields.word("frequency", Frequency::read)?)?,
        values: values(&fields)?,
        horizon: usize::try_from(horizon).unwrap_or(0),
        target: target(&fields)?,
    };
    Ok(match forecast(&question) {
        Ok(found) => said(&fields.id, &found, &question),
        Err(refusal) => {
            let facts = refusal.fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            let code = refusal.code().trim_start_matches("forecast-").replace('-', "_");
            let refused = json!({ "code": code, "message": console.reason(refusal.code(), &facts) });
            json!({ "id": fields.id, "refused": [refused] })
        }
    })
}

/// The figures; null where a period has none.
fn values(fields: &Fields<'_>) -> Result<Vec<Option<Decimal>>, Broken> {
    fields.needed("values", fields.get("values"))?;
    let figures = fields.list("values")?.iter().enumerate();
    figures
        .map(|(at, value)| match value {
            Json::Null => Ok(None),
            value => fields.as_decimal(&format!("values[{at}]"), value).map(Some),
        })
        .collect()
}

fn target(fields: &Fields<'_>) -> Result<Option<(Comparator, Decimal)>, Broken> {
    let Some(said) = fields.get("target") else { return Ok(None) };
    let comparator = said.get("comparator").and_then(Json::as_str).and_then(Comparator::read);
    let comparator = comparator.ok_or_else(|| fields.bad("target.comparator", "eq, ge, gt, le, lt, about"))?;
    let Some(value) = said.get("value") else { return Err(fields.bad("target.value", "missing")) };
    Ok(Some((comparator, fields.as_decimal("target.value", value)?)))
}

fn said(id: &Json, found: &Forecast, question: &Question) -> Json {
    // An estimate is said a place finer than the figures, and with no more digits than it has.
    let places = question.values.iter().flatten().map(|value| value.normalize().scale()).max().unwrap_or(0) + 2;
    let figure = |value: f64| figure(value, places);
    let intervals = LEVELS.iter().zip(&found.intervals).map(|(level, interval)| {
        let pairs: Vec<Json> = interval.iter().map(|(low, high)| json!([figure(*low), figure(*high)])).collect();
        (level.to_string(), Json::from(pairs))
    });
    json!({
        "id": id,
        "mean": found.mean.iter().map(|value| figure(*value)).collect::<Vec<_>>(),
        "intervals": intervals.collect::<Map<String, Json>>(),
        "probability": found.probability.map(|probability| format!("{probability:.4}")),
    })
}

fn figure(value: f64, places: u32) -> String {
    let text = format!("{value:.*}", places as usize);
    if text.trim_start_matches('-').chars().all(|c| "0.".contains(c)) {
        text.trim_start_matches('-').to_owned()
    } else {
        text
    }
}
