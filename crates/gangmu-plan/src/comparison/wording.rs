//! Two wordings of a sentence side by side (措辞对照): what stays and what was changed.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// So short a stretch between changes is chance.
const CHANCE: usize = 2;

/// A stretch of one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// Its text.
    pub text: String,
    /// Does the other side say something else here?
    pub changed: bool,
}

/// The old and the new wording in stretches.
pub fn wordings(old: &str, new: &str) -> (Vec<Stretch>, Vec<Stretch>) {
    let (old, new) = (signs(old), signs(new));
    let (mut before, mut after): (Vec<Stretch>, Vec<Stretch>) = (Vec::new(), Vec::new());
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let last = ops.len().saturating_sub(1);
    for (at, op) in ops.iter().enumerate() {
        let equal = matches!(op, DiffOp::Equal { .. });
        let changed = !equal || (at > 0 && at < last && op.old_range().len() < CHANCE);
        push(&mut before, &old[op.old_range()], changed);
        push(&mut after, &new[op.new_range()], changed);
    }
    (before, after)
}

/// The signs of a text; a figure is one.
fn signs(text: &str) -> Vec<&str> {
    let mut signs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let figure = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let length = if first.is_ascii_digit() { figure } else { first.len_utf8() };
        let (sign, behind) = rest.split_at(length);
        signs.push(sign);
        rest = behind;
    }
    signs
}

fn push(side: &mut Vec<Stretch>, signs: &[&str], changed: bool) {
    let text = signs.concat();
    match side.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.changed == changed => last.text.push_str(&text),
        _ => side.push(Stretch { text, changed }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(side: &[Stretch]) -> String {
        side.iter().map(|s| if s.changed { format!("[{}]", s.text) } else { s.text.clone() }).collect()
    }

    #[test]
    fn what_differs_is_marked_on_both_sides() {
        let (old, new) = wordings("到2025年，建成公园20个。", "到2027年，新建公园35个。");
        assert_eq!(marked(&old), "到[2025]年，[建成]公园[20]个。");
        assert_eq!(marked(&new), "到[2027]年，[新建]公园[35]个。");
    }

    #[test]
    fn both_sides_keep_their_text() {
        let (old, new) = wordings("推进甲乙丙", "");
        assert_eq!((marked(&old).as_str(), new.len()), ("[推进甲乙丙]", 0));
        let (old, new) = wordings("照旧", "照旧");
        assert_eq!((marked(&old), marked(&new)), ("照旧".to_owned(), "照旧".to_owned()));
    }
}
