//! The form of a commitment: from the fields of a page to what a commitment says.

use gangmu_app::plan::views::ReasonView;
use gangmu_plan::{
    compiled::{Attribute, Comparator, Degree},
    proposal::{CommitmentKind, Form, Goal, OwnerRule},
};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the form of a commitment sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// 内容.
    pub text: String,
    /// 类型.
    pub kind: String,
    /// 性质.
    pub attribute: String,
    /// 程度.
    pub degree: String,
    /// How the value is compared.
    pub comparator: String,
    /// One value.
    pub value: String,
    /// Lower end of a range.
    pub low: String,
    /// Upper end of a range.
    pub high: String,
    /// Unit.
    pub unit: String,
    /// 时限.
    pub deadline: String,
    /// 牵头, separated by 、.
    pub lead: String,
    /// 配合, separated by 、.
    pub support: String,
}

impl Fields {
    /// Every field by its name, to be sent again.
    pub fn sent(&self) -> [(&'static str, String); 12] {
        [
            ("text", self.text.clone()),
            ("kind", self.kind.clone()),
            ("attribute", self.attribute.clone()),
            ("degree", self.degree.clone()),
            ("comparator", self.comparator.clone()),
            ("value", self.value.clone()),
            ("low", self.low.clone()),
            ("high", self.high.clone()),
            ("unit", self.unit.clone()),
            ("deadline", self.deadline.clone()),
            ("lead", self.lead.clone()),
            ("support", self.support.clone()),
        ]
    }

    /// What the commitment shall say: the form as it was, with what the fields changed; or every field that can't be read.
    pub fn applied_to(&self, before: &Form) -> Result<Form, Vec<ReasonView>> {
        let mut wrong = Vec::new();
        let mut number = |text: &str| match decimal(text) {
            Ok(value) => value,
            Err(()) => {
                let fields = BTreeMap::from([("given".to_owned(), text.trim().to_owned())]);
                wrong.push(ReasonView { code: "plan.form.no_number".to_owned(), fields });
                None
            }
        };
        let (value, low, high) = (number(&self.value), number(&self.low), number(&self.high));
        let deadline = self.deadline.trim();
        if !is_deadline(deadline) {
            let fields = BTreeMap::from([("given".to_owned(), deadline.to_owned())]);
            wrong.push(ReasonView { code: "plan.form.no_deadline".to_owned(), fields });
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut form = before.clone();
        form.text = self.text.trim().to_owned();
        form.kind = CommitmentKind::of_word(&self.kind).unwrap_or(before.kind);
        form.attribute = attribute(&self.attribute);
        form.degree = degree(&self.degree);
        form.deadline = (!deadline.is_empty()).then(|| deadline.to_owned());
        let (lead, support) = (units(&self.lead), units(&self.support));
        if lead != before.owners.lead || support != before.owners.support {
            form.owners.rule = Some(OwnerRule::Entered);
            form.owners.note = None;
            form.owners.lead = lead;
            form.owners.support = support;
        }
        form.goal = self.goal(before.goal.as_ref(), value, low, high);
        Ok(form)
    }

    fn goal(
        &self,
        before: Option<&Goal>,
        value: Option<Decimal>,
        low: Option<Decimal>,
        high: Option<Decimal>,
    ) -> Option<Goal> {
        let unit = Some(self.unit.trim().to_owned()).filter(|unit| !unit.is_empty());
        if value.is_none() && low.is_none() && high.is_none() {
            // Without any figure only a direction can remain.
            return before.filter(|goal| goal.direction.is_some()).map(|goal| Goal {
                value: None,
                low: None,
                high: None,
                comparator: None,
                unit,
                ..goal.clone()
            });
        }
        let comparator = comparator(&self.comparator);
        Some(Goal { value, low, high, unit, comparator, ..before.cloned().unwrap_or_default() })
    }
}

/// A number as people write it; blanks mean none.
fn decimal(text: &str) -> Result<Option<Decimal>, ()> {
    let plain: String = text.trim().chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
    if plain.is_empty() {
        return Ok(None);
    }
    plain.replace('−', "-").parse().map(Some).map_err(|_| ())
}

/// Is that a deadline as the contract writes it? Nothing is one as well.
pub fn is_deadline(text: &str) -> bool {
    let digits = |part: &str, long: usize| part.len() == long && part.chars().all(|c| c.is_ascii_digit());
    let month = |part: &str| digits(part, 2) && ("01"..="12").contains(&part);
    let day = |part: &str| digits(part, 2) && ("01"..="31").contains(&part);
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [""] | ["ongoing"] | ["yearly"] => true,
        ["yearly", part] => month(part),
        [year] => digits(year, 4),
        [year, part] => digits(year, 4) && month(part),
        [year, middle, last] => digits(year, 4) && month(middle) && day(last),
        _ => false,
    }
}

/// Names of organisations out of one field.
fn units(text: &str) -> Vec<String> {
    text.split(['、', '，', ',', ';', '；', '\n'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn attribute(word: &str) -> Option<Attribute> {
    match word {
        "binding" => Some(Attribute::Binding),
        "anticipatory" => Some(Attribute::Anticipatory),
        _ => None,
    }
}

fn degree(word: &str) -> Option<Degree> {
    Some(match word {
        "must" => Degree::Must,
        "achieve" => Degree::Achieve,
        "advance" => Degree::Advance,
        "support" => Degree::Support,
        "strive" => Degree::Strive,
        "explore" => Degree::Explore,
        _ => return None,
    })
}

fn comparator(word: &str) -> Option<Comparator> {
    Some(match word {
        "eq" => Comparator::Eq,
        "ge" => Comparator::Ge,
        "gt" => Comparator::Gt,
        "le" => Comparator::Le,
        "lt" => Comparator::Lt,
        "about" => Comparator::About,
        "up_to_rank" => Comparator::UpToRank,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gangmu_app::plan::views::StandingWord;

    fn as_shown(form: &Form) -> Fields {
        let goal = form.goal.clone().unwrap_or_default();
        Fields {
            text: form.text.clone(),
            kind: form.kind.word().to_owned(),
            attribute: "binding".to_owned(),
            degree: "must".to_owned(),
            comparator: "le".to_owned(),
            value: goal.value.map(|v| v.to_string()).unwrap_or_default(),
            unit: goal.unit.unwrap_or_default(),
            deadline: form.deadline.clone().unwrap_or_default(),
            lead: form.owners.lead.join("、"),
            support: form.owners.support.join("、"),
            ..Fields::default()
        }
    }

    #[test]
    fn a_form_sent_back_as_it_was_shown_says_the_same() {
        let before = crate::samples::commitment(StandingWord::Proposed).form;
        assert_eq!(as_shown(&before).applied_to(&before).expect("readable"), before);
    }

    #[test]
    fn what_a_person_enters_is_marked_as_entered() {
        let before = crate::samples::commitment(StandingWord::Proposed).form;
        let fields =
            Fields {
                lead: "示例水务局，示例财政局".to_owned(), value: "3,200".to_owned(), ..as_shown(&before)
            };
        let after = fields.applied_to(&before).expect("readable");
        assert_eq!(after.owners.lead, ["示例水务局", "示例财政局"]);
        assert_eq!(after.owners.rule, Some(OwnerRule::Entered));
        assert_eq!(after.goal.expect("a goal").value, "3200".parse().ok());
    }

    #[test]
    fn a_goal_without_figures_goes_unless_it_points_somewhere() {
        let before = crate::samples::commitment(StandingWord::Proposed).form;
        let fields = Fields { value: String::new(), ..as_shown(&before) };
        assert_eq!(fields.applied_to(&before).expect("readable").goal, None);
    }

    #[test]
    fn everything_that_cannot_be_read_is_said_at_once() {
        let before = crate::samples::commitment(StandingWord::Proposed).form;
        let fields = Fields {
            value: "三点二".to_owned(),
            high: "x".to_owned(),
            deadline: "明年".to_owned(),
            ..as_shown(&before)
        };
        let codes: Vec<_> = fields.applied_to(&before).expect_err("unreadable").into_iter().map(|r| r.code).collect();
        assert_eq!(codes, ["plan.form.no_number", "plan.form.no_number", "plan.form.no_deadline"]);
    }
}
