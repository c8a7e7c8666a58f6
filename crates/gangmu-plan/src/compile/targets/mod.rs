//! Targets (目标): the quantities that set an end, and the aims that only name a direction.
//!
//! *In:* the reading and its measures. *Out:* every target of the plan, in text order.
//! *Never:* a value that the text does not state; a past figure.

mod directional;

use gangmu_kernel::source::Span;

use super::lexicon::origin;
use super::quantities::context::Parts;
use super::quantities::qualify::Way;
use super::quantities::shapes::Shape;
use super::quantities::{Placed, signs};
use super::reading::Reading;
use crate::compiled::{Direction, QuantityRole, Target};

/// Finds the targets; `measures` are those that became the quantities, index for index.
pub(crate) fn targets(reading: &Reading<'_>, parts: &Parts, measures: &[Placed]) -> Vec<Target> {
    let mut out: Vec<Target> = measures
        .iter()
        .enumerate()
        .filter(|(_, m)| sets_an_end(m))
        .map(|(index, m)| of_measure(reading, index, m))
        .collect();
    let taken: Vec<Span> = measures.iter().map(|m| m.span).collect();
    out.extend(directional::directional(reading, parts, &taken));
    out.sort_by_key(|t| (t.start, t.end));
    out
}

/// Does the quantity state a target? Things to be delivered do where they are counted in digits.
pub(crate) fn sets_an_end(m: &Placed) -> bool {
    m.role == QuantityRole::Target || (m.role == QuantityRole::Deliverable && m.measure.digits)
}

/// The target that a quantity states.
fn of_measure(reading: &Reading<'_>, index: usize, m: &Placed) -> Target {
    let measure = &m.measure;
    let vague = matches!(measure.shape, Shape::External | Shape::RankWords | Shape::CoverageVague);
    let rule = match measure.shape {
        _ if m.role == QuantityRole::Deliverable => "target:deliverable",
        Shape::Number if !measure.digits => "target:chinese-number",
        Shape::Number => match measure.way {
            Way::To => "target:reached",
            Way::By => "target:change",
            Way::New => "target:new",
            _ => "target:number",
        },
        Shape::Level => "target:level",
        Shape::Coverage | Shape::CoverageVague => "target:coverage",
        Shape::External => "target:external-cap",
        Shape::Rank | Shape::RankWords => "target:rank",
        _ => "target:words",
    };
    let mut moved = signs(m);
    if m.goals {
        moved.push(("among-goals", 5));
    }
    if m.period_here {
        moved.push(("period-named", 3));
    }
    Target {
        start: m.span.start,
        end: m.span.end,
        text: reading.ground.text(m.span.start, m.span.end).to_owned(),
        subject: m.subject.clone(),
        value: if vague { None } else { measure.value },
        low: measure.low,
        high: measure.high,
        unit: measure.unit.clone(),
        comparator: (!measure.no_comparator).then_some(measure.comparator),
        direction: measure.direction.or(match measure.shape {
            Shape::Zero => Some(Direction::Down),
            _ => None,
        }),
        period: m.period.clone(),
        clause: reading.clauses.get(m.clause).map_or_else(String::new, |c| c.path.clone()),
        quantity: u32::try_from(index).ok(),
        origin: origin(rule, &moved),
    }
}

#[cfg(test)]
mod tests;
