//! A target split to years, or to units where a line names them (目标分解).

use super::given::Fields;
use crate::{
    commands::lines::{Answer, Broken},
    console::Console,
};
use gangmu_indicators::split::{Ask, Rule, Share, ShareRule, Split, SplitRefusal, UnitSplit, split, split_to_units};
use gangmu_kernel::refusal::Refusal;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

/// `{"id","values","certificate"}`, or `{"id","refused"}`.
pub fn answered(line: &Map<String, Json>, console: &Console) -> Answer {
    let fields = Fields::of(line);
    if fields.get("units").is_some() {
        return to_units(&fields, console);
    }
    let ask = Ask {
        baseline: fields.decimal("baseline")?,
        target: fields.needed("target", fields.decimal("target")?)?,
        from: fields.needed("from", fields.whole("from")?)?,
        to: fields.needed("to", fields.whole("to")?)?,
        rule: fields.needed("rule", fields.word("rule", Rule::read)?)?,
        weights: fields.decimals("weights")?,
        decimals: decimals(&fields)?,
    };
    let undivided = fields.get("undivided") == Some(&Json::Bool(true));
    let done = if undivided { Err(vec![SplitRefusal::Undivided {}]) } else { split(&ask) };
    Ok(match done {
        Ok(split) => said(&fields.id, &split, &ask),
        Err(refusals) => refused(&fields.id, &refusals, console),
    })
}

/// `"units":[{"unit","base","weight"}]` with the rules share, base, ratchet, custom.
fn to_units(fields: &Fields<'_>, console: &Console) -> Answer {
    let target = fields.needed("target", fields.decimal("target")?)?;
    let rule = fields.needed("rule", fields.word("rule", ShareRule::read)?)?;
    let units = fields.list("units")?.iter().enumerate().map(|(at, unit)| share(fields, at, unit));
    let units = units.collect::<Result<Vec<_>, _>>()?;
    let decimals = decimals(fields)?.unwrap_or(target.scale());
    let undivided = fields.get("undivided") == Some(&Json::Bool(true));
    Ok(match split_to_units(target, &units, rule, decimals, undivided) {
        Ok(split) => units_said(&fields.id, &split),
        Err(refusals) => refused(&fields.id, &refusals, console),
    })
}

fn share(fields: &Fields<'_>, at: usize, unit: &Json) -> Result<Share, Broken> {
    let place = |key: &str| format!("units[{at}].{key}");
    let Some(name) = unit.get("unit").and_then(Json::as_str) else {
        return Err(fields.bad(&place("unit"), "missing"));
    };
    let figure = |key: &str| -> Result<Option<Decimal>, Broken> {
        let given = unit.get(key).filter(|value| !value.is_null());
        given.map(|value| fields.as_decimal(&place(key), value)).transpose()
    };
    Ok(Share { unit: name.to_owned(), base: figure("base")?, weight: figure("weight")? })
}

fn decimals(fields: &Fields<'_>) -> Result<Option<u32>, Broken> {
    let given = fields.whole("decimals")?;
    given.map(|decimals| u32::try_from(decimals).map_err(|_| fields.bad("decimals", &decimals.to_string()))).transpose()
}

fn said(id: &Json, split: &Split, ask: &Ask) -> Json {
    let proof = &split.certificate;
    let figures = |values: &[Decimal]| values.iter().map(|value| figure(*value, proof.decimals)).collect::<Vec<_>>();
    let unused = !ask.weights.is_empty() && !matches!(ask.rule, Rule::Share | Rule::Custom);
    let mut answer = json!({
        "id": id,
        "years": split.years,
        "values": figures(&split.values),
        "certificate": {
            "rule": proof.rule,
            "reading": proof.reading,
            "baseline": proof.baseline.map(|baseline| baseline.to_string()),
            "target": proof.target.to_string(),
            "weights": proof.weights.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "parts": figures(&proof.parts),
            "sum": figure(proof.sum, proof.decimals),
            "rounding": proof.rounding,
            "decimals": proof.decimals,
        },
    });
    if unused {
        answer["certificate"]["unused"] = json!(["weights"]);
    }
    answer
}

fn units_said(id: &Json, split: &UnitSplit) -> Json {
    let proof = &split.certificate;
    let figure = |value: Decimal| figure(value, proof.decimals);
    let plain = |values: &[Decimal]| values.iter().map(ToString::to_string).collect::<Vec<_>>();
    json!({
        "id": id,
        "units": split.parts.iter().map(|(unit, _)| unit).collect::<Vec<_>>(),
        "values": split.parts.iter().map(|(_, part)| figure(*part)).collect::<Vec<_>>(),
        "certificate": {
            "rule": proof.rule,
            "target": proof.target.to_string(),
            "floors": plain(&proof.floors),
            "weights": plain(&proof.weights),
            "parts": split.parts.iter().map(|(_, part)| figure(*part)).collect::<Vec<_>>(),
            "sum": figure(proof.sum),
            "rounding": proof.rounding,
            "decimals": proof.decimals,
        },
    })
}

/// The figure with the decimals that were asked for, and more where it has more.
fn figure(value: Decimal, decimals: u32) -> String {
    let mut value = value.normalize();
    value.rescale(value.scale().max(decimals));
    value.to_string()
}

fn refused(id: &Json, refusals: &[SplitRefusal], console: &Console) -> Json {
    let said = |refusal: &SplitRefusal| {
        let fields = refusal.fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        json!({
            "code": refusal.code().trim_start_matches("split-").replace('-', "_"),
            "message": console.reason(refusal.code(), &fields),
            "conflict": refusal.conflict(),
        })
    };
    json!({ "id": id, "refused": refusals.iter().map(said).collect::<Vec<_>>() })
}
