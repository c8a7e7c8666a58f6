//! The register of commitments (承诺事项台账): one row for each, the same in the file of the command line and of the app.
//!
//! The words of columns, kinds and degrees come from the locale by key; this module knows only the keys.

#[cfg(test)]
mod tests;

use crate::{
    addresses::Addresses,
    compiled::{Attribute, Comparator, CompiledPlan, Degree, Direction},
    proposal::{CommitmentKind, Form, Goal, Proposal},
};
use rust_decimal::Decimal;

/// A row of the register (台账行).
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterRow {
    /// 序号, in text order.
    pub ordinal: u32,
    /// 条款: path.
    pub clause: String,
    /// What the commitment says.
    pub form: Form,
    /// 出处: `12.3.一 ¶1 句 2`, and the annex's name where it stands in one.
    pub source: String,
}

/// A column (列), in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// 序号.
    Ordinal,
    /// 条款.
    Clause,
    /// 内容.
    Content,
    /// 类型.
    Kind,
    /// 程度.
    Degree,
    /// 牵头单位.
    Lead,
    /// 配合单位.
    Support,
    /// 时限.
    Deadline,
    /// 目标值.
    Goal,
    /// 出处.
    Source,
}

impl Column {
    /// All columns in order.
    pub const ALL: [Self; 10] = [
        Self::Ordinal,
        Self::Clause,
        Self::Content,
        Self::Kind,
        Self::Degree,
        Self::Lead,
        Self::Support,
        Self::Deadline,
        Self::Goal,
        Self::Source,
    ];

    /// The name in addresses; the locale's key is `register-column-` and this.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordinal => "ordinal",
            Self::Clause => "clause",
            Self::Content => "content",
            Self::Kind => "kind",
            Self::Degree => "degree",
            Self::Lead => "lead",
            Self::Support => "support",
            Self::Deadline => "deadline",
            Self::Goal => "goal",
            Self::Source => "source",
        }
    }
}

/// The register of a plan that nobody has reviewed: all its proposals.
pub fn rows(plan: &CompiledPlan, proposals: &[Proposal]) -> Vec<RegisterRow> {
    let addresses = Addresses::of(plan);
    let row = |(ordinal, p): (u32, &Proposal)| {
        let place = addresses.at(p.start).filter(|place| place.path == p.path);
        let source = place.map_or_else(|| p.path.clone(), |place| place.of_plan("").to_string());
        RegisterRow { ordinal, clause: p.path.clone(), form: p.form.clone(), source }
    };
    (1..).zip(proposals).map(row).collect()
}

impl RegisterRow {
    /// The cell of a column. `words` finds the word of a key: `commitment-kind-task`, `degree-must`, `goal-up`,
    /// `deadline-ongoing`, `deadline-yearly`, `attribute-binding`, `register-several`.
    pub fn cell(&self, column: Column, words: &dyn Fn(&str) -> String) -> String {
        let form = &self.form;
        match column {
            Column::Ordinal => self.ordinal.to_string(),
            Column::Clause => self.clause.clone(),
            Column::Content => form.text.clone(),
            Column::Kind => kind_cell(form, words),
            Column::Degree => form.degree.map(|d| words(&format!("degree-{}", degree_word(d)))).unwrap_or_default(),
            Column::Lead => form.owners.lead.join("、"),
            Column::Support => form.owners.support.join("、"),
            Column::Deadline => form.deadline.as_deref().map(|d| deadline_cell(d, words)).unwrap_or_default(),
            Column::Goal => form.goal.as_ref().map(|g| goal_cell(g, words)).unwrap_or_default(),
            Column::Source => self.source.clone(),
        }
    }
}

fn kind_cell(form: &Form, words: &dyn Fn(&str) -> String) -> String {
    let kind = words(&format!("commitment-kind-{}", form.kind.word()));
    match form.attribute {
        Some(attribute) if form.kind == CommitmentKind::Indicator => {
            format!("{kind}（{}）", words(&format!("attribute-{}", attribute_word(attribute))))
        }
        _ => kind,
    }
}

fn deadline_cell(deadline: &str, words: &dyn Fn(&str) -> String) -> String {
    match deadline {
        "ongoing" => words("deadline-ongoing"),
        yearly if yearly.starts_with("yearly") => words("deadline-yearly"),
        date => date.to_owned(),
    }
}

fn goal_cell(goal: &Goal, words: &dyn Fn(&str) -> String) -> String {
    let line = goal_line(goal);
    match goal.direction {
        Some(direction) if line.is_empty() => words(&format!("goal-{}", direction_word(direction))),
        _ => line,
    }
}

/// The word of a degree in keys and addresses.
pub fn degree_word(degree: Degree) -> &'static str {
    match degree {
        Degree::Must => "must",
        Degree::Achieve => "achieve",
        Degree::Advance => "advance",
        Degree::Support => "support",
        Degree::Strive => "strive",
        Degree::Explore => "explore",
    }
}

/// The degree of that word.
pub fn degree_of_word(word: &str) -> Option<Degree> {
    use Degree::{Achieve, Advance, Explore, Must, Strive, Support};
    [Must, Achieve, Advance, Support, Strive, Explore].into_iter().find(|d| degree_word(*d) == word)
}

/// The word of a legal kind in keys and addresses.
pub fn attribute_word(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::Binding => "binding",
        Attribute::Anticipatory => "anticipatory",
    }
}

/// The word of a direction in keys.
pub fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Keep => "keep",
    }
}

/// The sign of a comparator before its value; empty for equality and ranks.
pub fn comparator_sign(comparator: Option<Comparator>) -> &'static str {
    match comparator {
        Some(Comparator::Ge) => "≥",
        Some(Comparator::Gt) => "＞",
        Some(Comparator::Le) => "≤",
        Some(Comparator::Lt) => "＜",
        Some(Comparator::About) => "≈",
        Some(Comparator::Eq | Comparator::UpToRank) | None => "",
    }
}

/// The value of a goal without sign and unit: `95`, `5～6`; empty where there is none.
pub fn goal_value(goal: &Goal) -> String {
    let plain = |d: Decimal| d.normalize().to_string();
    match (goal.value, goal.low, goal.high) {
        (Some(value), _, _) => plain(value),
        (None, Some(low), Some(high)) => format!("{}～{}", plain(low), plain(high)),
        (None, Some(one), None) | (None, None, Some(one)) => plain(one),
        (None, None, None) => String::new(),
    }
}

/// A goal in one line: `≥95%`, `5～6家`; the text's own words for ranks and where there is no value; empty for a
/// direction alone.
pub fn goal_line(goal: &Goal) -> String {
    let value = goal_value(goal);
    let own = goal.text.clone().unwrap_or_default();
    match goal.comparator {
        Some(Comparator::UpToRank) if !own.is_empty() => own,
        _ if value.is_empty() && goal.direction.is_some() => String::new(),
        _ if value.is_empty() => own,
        comparator => {
            format!("{}{value}{}", comparator_sign(comparator), goal.unit.as_deref().unwrap_or_default())
        }
    }
}
