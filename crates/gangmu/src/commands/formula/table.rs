//! The values of series that a line brings along (序列取值).

use super::given;
use gangmu_expressions::{Cells, Formula, Type, Value};
use gangmu_kernel::{Period, period};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// Series by name, area and period, and which areas lie within which.
#[derive(Debug, Default)]
pub struct Table {
    cells: BTreeMap<(String, Option<String>, Period), Value>,
    parts: BTreeMap<String, Vec<String>>,
}

impl Table {
    /// `"gdp":{"series":{"2024":"100"}}` or `{"series":{"甲镇":{"2024":"60"}}}`; `"areas":{"全区":["甲镇"]}`.
    pub fn of(formula: &Formula, values: &Map<String, Json>, line: &Map<String, Json>) -> Self {
        let mut table = Self::default();
        for slot in &formula.slots {
            let Type::Series(kind, _) = &slot.kind else { continue };
            let Some(given) = values.get(&*slot.name).and_then(Json::as_object) else { continue };
            let cells = given.get("series").and_then(Json::as_object).unwrap_or(given);
            let unit = given.get("unit").and_then(Json::as_str).filter(|_| given.contains_key("series"));
            table.take(&slot.name, None, cells, kind, unit);
        }
        for (area, parts) in line.get("areas").and_then(Json::as_object).into_iter().flatten() {
            let parts = parts.as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect();
            table.parts.insert(area.clone(), parts);
        }
        table
    }

    fn take(&mut self, name: &str, area: Option<&str>, cells: &Map<String, Json>, kind: &Type, unit: Option<&str>) {
        for (key, cell) in cells {
            match (period::read(key, None), cell) {
                (Some(period), cell) => {
                    let cell = match (unit, cell.as_str()) {
                        (Some(unit), Some(text)) if text.parse::<gangmu_expressions::Number>().is_ok() => {
                            Json::from(format!("{text} {unit}"))
                        }
                        _ => cell.clone(),
                    };
                    let value = given::value_of(&cell, kind, &format!("{name} {period}"));
                    self.cells.insert((name.to_owned(), area.map(str::to_owned), period), value);
                }
                (None, Json::Object(inner)) => self.take(name, Some(key), inner, kind, unit),
                (None, _) => {}
            }
        }
    }

    /// The period that is meant where nobody said: the last there is.
    pub fn only_period(&self) -> Option<Period> {
        self.cells.keys().map(|(_, _, period)| *period).max_by_key(|period| (period.last_day(), period.first_day()))
    }
}

impl Cells for Table {
    fn cell(&self, name: &str, period: Period, area: Option<&str>) -> Option<Value> {
        let of = |area: Option<&str>| self.cells.get(&(name.to_owned(), area.map(str::to_owned), period)).cloned();
        of(area).or_else(|| of(None).filter(|_| !self.cells.keys().any(|(own, at, _)| own == name && at.is_some())))
    }

    fn parts(&self, area: Option<&str>) -> Vec<String> {
        match area {
            Some(area) => self.parts.get(area).cloned().unwrap_or_default(),
            None if self.parts.len() == 1 => self.parts.values().next().cloned().unwrap_or_default(),
            None => Vec::new(),
        }
    }
}
