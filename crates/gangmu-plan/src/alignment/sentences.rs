//! Sentences that say the same with other figures (数字与时序衔接).

use super::{Conflict, ConflictKind, fields, place};
use crate::comparison::{Collation, FigureChange, Version};
use gangmu_kernel::source::Span;

/// The contradictions between sentences that are worded alike, without what was told of them already.
pub(super) fn conflicts(
    collation: &Collation<'_>,
    ours: Version<'_>,
    other: Version<'_>,
    told: &[(Span, Span)],
) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (mine, theirs) in collation.changed_sentences() {
        let known = told.iter().any(|(a, b)| mine.overlaps(*a) && theirs.overlaps(*b));
        let sides = (Some(place(ours.plan, mine)), Some(place(other.plan, theirs)));
        let mut tell = |kind, message: String, one: &str, another: &str| {
            let fields = fields([("ours", one), ("other", another)]);
            found.push(Conflict { kind, a: sides.0.clone(), b: sides.1.clone(), message, fields });
        };
        let years = (years(&text(ours, mine)), years(&text(other, theirs)));
        if years.0 != years.1 && !years.0.is_empty() && !years.1.is_empty() && !known {
            let (one, another) = (years.0.join("、"), years.1.join("、"));
            let aimed =
                other.plan.targets.iter().any(|t| theirs.contains(Span::new(t.start, t.end)) && t.value.is_some());
            let kind = if aimed { ConflictKind::Period } else { ConflictKind::Sequence };
            tell(kind, format!("同一事项的时间不一致：本规划 {one}，对方 {another}"), &one, &another);
        }
        for change in collation.figures(mine, theirs) {
            let FigureChange { old: Some(one), new: Some(another) } = change else { continue };
            if known || is_year(&one.text) || is_year(&another.text) {
                continue;
            }
            if one.unit != another.unit {
                tell(
                    ConflictKind::Unit,
                    format!("同一事项的单位不一致：本规划 {}，对方 {}", one.text, another.text),
                    &one.text,
                    &another.text,
                );
            } else {
                tell(
                    ConflictKind::Target,
                    format!("同一事项的数字不一致：本规划 {}，对方 {}", one.text, another.text),
                    &one.text,
                    &another.text,
                );
            }
        }
    }
    found
}

fn text(version: Version<'_>, span: Span) -> String {
    version.text.chars().skip(span.start as usize).take(span.len() as usize).collect()
}

fn is_year(text: &str) -> bool {
    text.ends_with('年') && years(text).len() == 1
}

/// The years that a sentence names, in their order.
fn years(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().collect();
    let starts = |at: usize| at == 0 || !signs[at - 1].is_ascii_digit();
    let year = |at: usize| {
        let four = signs.get(at..at + 4)?;
        let ends = signs.get(at + 4).is_none_or(|next| !next.is_ascii_digit());
        let century = four[0] == '2' && four[1] == '0' && four.iter().all(char::is_ascii_digit);
        (century && ends && starts(at)).then(|| four.iter().collect())
    };
    (0..signs.len()).filter_map(year).collect()
}
