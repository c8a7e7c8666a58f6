//! Indicators of prose (文字指标): a measurable subject with the figure it is to reach.

use std::sync::LazyLock;

use super::LEXICON;
use crate::compile::lexicon::{Words, origin};
use crate::compile::quantities::Placed;
use crate::compile::quantities::qualify::Way;
use crate::compile::quantities::shapes::Shape;
use crate::compile::reading::Reading;
use crate::compile::trace::Trace;
use crate::compiled::{Baseline, Change, ChangeKind, Direction, Indicator, IndicatorTarget, QuantityRole};

static HEADS: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&["prose-head"]));

/// A figure that is to be reached by a subject that is measured.
const PROSE: &str = "indicator:prose";

/// The indicators of the sentences; what is turned away goes to the trace.
pub(crate) fn prose(reading: &Reading<'_>, measures: &[Placed], trace: &mut Trace) -> Vec<Indicator> {
    let mut out = Vec::new();
    for (index, m) in measures.iter().enumerate() {
        if m.measure.shape != Shape::Number || !m.measure.digits || m.sentence.is_none() {
            continue;
        }
        let measured = m.subject.as_deref().filter(|s| is_indicator(s));
        let subject = match (m.role == QuantityRole::Target, measured) {
            (true, Some(subject)) => subject,
            (false, None) => continue,
            (sets_an_end, _) => {
                let sign = match (sets_an_end, &m.subject) {
                    (false, _) => m.role_rule,
                    (true, None) => "no_subject",
                    (true, Some(_)) => "subject_is_no_measure",
                };
                trace.miss("indicator", m.span, PROSE, sign);
                continue;
            }
        };
        let before = index
            .checked_sub(1)
            .map(|i| &measures[i])
            .filter(|b| b.sentence == m.sentence && b.subject.as_deref() == Some(subject));
        let from = before.filter(|b| b.measure.way == Way::From && m.measure.way == Way::To);
        out.push(indicator(reading, m, subject, from));
    }
    out
}

/// Does the subject name something that is measured?
fn is_indicator(subject: &str) -> bool {
    let chars: Vec<char> = subject.chars().collect();
    (3..=40).contains(&chars.len())
        && HEADS.before(&chars, chars.len()).is_some()
        && !chars.iter().any(|c| matches!(c, '、' | '，') && chars.len() > 24)
}

fn indicator(reading: &Reading<'_>, m: &Placed, subject: &str, from: Option<&Placed>) -> Indicator {
    let measure = &m.measure;
    let text = reading.ground.text(m.span.start, m.span.end).to_owned();
    let change = measure.annual && measure.way == Way::By;
    let name = match (measure.way, measure.direction) {
        (Way::By, Some(Direction::Up)) if !subject.ends_with('长') && !subject.ends_with('速') => {
            format!("{subject}增长")
        }
        (Way::By, Some(Direction::Down)) => format!("{subject}降低"),
        _ => subject.to_owned(),
    };
    let comparator = (!measure.no_comparator).then_some(measure.comparator);
    Indicator {
        name,
        parent: None,
        unit: measure.unit.clone(),
        category: None,
        attribute: None,
        baseline: from.map_or_else(Baseline::default, |b| Baseline {
            value: b.measure.value,
            period: b.period.clone().filter(|_| b.period_here),
        }),
        target: if change {
            IndicatorTarget::default()
        } else {
            IndicatorTarget {
                value: measure.value,
                low: measure.low,
                high: measure.high,
                period: m.period.clone(),
                comparator,
                text: Some(text.clone()),
            }
        },
        change: if change {
            Change { value: measure.value, comparator, kind: Some(ChangeKind::Annual), text: Some(text) }
        } else {
            Change::default()
        },
        clause: reading.clauses.get(m.clause).map_or_else(String::new, |c| c.path.clone()),
        rows: Vec::new(),
        start: m.span.start,
        end: m.span.end,
        origin: origin(PROSE, if m.goals { &[("among-goals", 5)] } else { &[] }),
    }
}
