//! The form of a definition (指标定义表单), as a browser sends it and as it comes back.

use gangmu_indicators::{
    definition::Definition,
    measure::{Direction, Frequency, LegalKind, Measure, Prices},
};
use serde::{Deserialize, Serialize};

/// What the form holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)] // They are the fields of a definition.
pub struct Fields {
    pub name: String,
    pub category: String,
    pub unit: String,
    pub legal: String,
    pub measure: String,
    pub direction: String,
    pub prices: String,
    pub frequency: String,
    pub decimals: String,
    pub additive: Option<String>,
    pub lead: String,
    pub statement: String,
    pub source: String,
    pub reason: String,
    pub seen: u32,
}

impl Fields {
    /// The form of a definition at that version.
    pub fn of(definition: &Definition, version: u32) -> Self {
        let d = definition;
        Self {
            name: d.name.clone(),
            category: d.category.clone(),
            unit: d.unit.clone().unwrap_or_default(),
            legal: d.legal.map(|legal| legal.word().to_owned()).unwrap_or_default(),
            measure: d.measure.map(|measure| measure.word().to_owned()).unwrap_or_default(),
            direction: d.direction.map(|direction| direction.word().to_owned()).unwrap_or_default(),
            prices: d.prices.map(|prices| prices.word().to_owned()).unwrap_or_default(),
            frequency: d.frequency.word().to_owned(),
            decimals: d.decimals.to_string(),
            additive: d.additive.then(|| "true".to_owned()),
            lead: d.lead.join("、"),
            statement: d.statement.clone(),
            source: d.source.clone(),
            reason: String::new(),
            seen: version,
        }
    }

    /// The definition that the form says; a word that is none leaves its field open, as the form offers it.
    pub fn definition(&self) -> Definition {
        let text = |text: &str| text.trim().to_owned();
        let lead = self.lead.split(['、', '，', ',', ';', '；', '\n']).map(text).filter(|unit| !unit.is_empty());
        Definition {
            name: text(&self.name),
            category: text(&self.category),
            unit: Some(text(&self.unit)).filter(|unit| !unit.is_empty()),
            legal: LegalKind::read(&self.legal),
            measure: Measure::read(&self.measure),
            direction: Direction::read(&self.direction),
            prices: Prices::read(&self.prices),
            frequency: Frequency::read(&self.frequency).unwrap_or(Frequency::Year),
            decimals: self.decimals.trim().parse().unwrap_or(2),
            additive: self.additive.is_some(),
            lead: lead.collect(),
            statement: text(&self.statement),
            source: text(&self.source),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_comes_back_from_its_form_as_it_was() {
        let definition = Definition {
            category: "绿色生态".into(),
            unit: Some("%".into()),
            legal: Some(LegalKind::Binding),
            measure: Some(Measure::Ratio),
            direction: Some(Direction::Higher),
            frequency: Frequency::Quarter,
            decimals: 1,
            lead: vec!["区水务局".into(), "区发展改革局".into()],
            statement: "回收量与产生量之比".into(),
            ..Definition::named("生活垃圾回收利用率")
        };
        assert_eq!(Fields::of(&definition, 3).definition(), definition);
        assert_eq!(Fields::of(&definition, 3).seen, 3);
        let typed = Fields { name: " 名称 ".into(), lead: "甲局，乙局\n".into(), ..Fields::default() };
        assert_eq!(typed.definition().name, "名称");
        assert_eq!(typed.definition().lead, ["甲局", "乙局"]);
    }
}
