//! Where a part of an old sentence stands in its new wording (对应字段).

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// So many more signs may stand between two stretches of a part than stood between them before.
const STRAY: usize = 8;

/// A part's place in the new wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Image {
    /// How many of its signs are still there.
    pub kept: usize,
    /// Where.
    pub range: Range<usize>,
}

/// A stretch that both wordings have.
#[derive(Debug, Clone)]
struct Stretch {
    old: Range<usize>,
    new: Range<usize>,
    /// So many new signs stand before it in place of old ones.
    before: usize,
    /// So many behind it.
    behind: usize,
}

/// Finds the part again; `None` where nothing stands for it.
///
/// The longest stretch that is still there holds the image; others belong to it where they stand near. Replaced words at
/// its edges are taken in, but not more of them than were replaced.
pub(super) fn image(old: &[char], new: &[char], part: Range<usize>) -> Option<Image> {
    let stretches: Vec<Stretch> = stretches(old, new, &part);
    let Some(longest) = (0..stretches.len()).rev().max_by_key(|at| stretches[*at].old.len()) else {
        return replaced(old, new, &part);
    };
    let near = |one: &Stretch, next: &Stretch| next.new.start - one.new.end <= next.old.start - one.old.end + STRAY;
    let mut first = longest;
    while first > 0 && near(&stretches[first - 1], &stretches[first]) {
        first -= 1;
    }
    let mut last = longest;
    while last + 1 < stretches.len() && near(&stretches[last], &stretches[last + 1]) {
        last += 1;
    }
    let kept = stretches[first..=last].iter().map(|s| s.old.len()).sum();
    let (first, last) = (&stretches[first], &stretches[last]);
    let start = first.new.start - (first.old.start - part.start).min(first.before);
    let end = last.new.end + (part.end - last.old.end).min(last.behind);
    Some(Image { kept, range: whole_figures(new, start..end) })
}

/// The range without a cut through a figure.
fn whole_figures(signs: &[char], range: Range<usize>) -> Range<usize> {
    let within = |at: usize| at > 0 && at < signs.len() && signs[at - 1].is_numeric() && signs[at].is_numeric();
    let (mut start, mut end) = (range.start, range.end);
    while within(start) {
        start -= 1;
    }
    while within(end) {
        end += 1;
    }
    start..end
}

/// The stretches of a part that both have.
fn stretches(old: &[char], new: &[char], part: &Range<usize>) -> Vec<Stretch> {
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let replaced = |ops: &mut dyn Iterator<Item = &DiffOp>| {
        ops.take_while(|op| !matches!(op, DiffOp::Equal { .. })).map(|op| op.new_range().len()).sum()
    };
    let mut found = Vec::new();
    for (at, op) in ops.iter().enumerate().filter(|(_, op)| matches!(op, DiffOp::Equal { .. })) {
        let (before, after) = (op.old_range(), op.new_range());
        let (from, to) = (before.start.max(part.start), before.end.min(part.end));
        if from < to {
            found.push(Stretch {
                old: from..to,
                new: after.start + (from - before.start)..after.start + (to - before.start),
                before: if from == before.start { replaced(&mut ops[..at].iter().rev()) } else { 0 },
                behind: if to == before.end { replaced(&mut ops[at + 1..].iter()) } else { 0 },
            });
        }
    }
    found
}

/// The signs that were put in place of a part of which nothing is left.
fn replaced(old: &[char], new: &[char], part: &Range<usize>) -> Option<Image> {
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let other = ops.iter().find(|op| {
        let range = op.old_range();
        !op.new_range().is_empty() && range.start <= part.start && part.start < range.end
    })?;
    Some(Image { kept: 0, range: other.new_range() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(old: &str, new: &str, words: &str) -> Option<String> {
        let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let words: Vec<char> = words.chars().collect();
        let start = old.windows(words.len()).position(|w| w == words).expect("the old text holds the words");
        image(&old, &new, start..start + words.len()).map(|image| new[image.range].iter().collect())
    }

    #[test]
    fn a_part_is_found_behind_new_words() {
        let new = "到2027年，建成口袋公园30个，新增绿道12公里。";
        assert_eq!(
            found("建成口袋公园20个，新增绿道12公里。", new, "新增绿道12公里").as_deref(),
            Some("新增绿道12公里")
        );
        assert_eq!(
            found("建成口袋公园20个，新增绿道12公里。", new, "建成口袋公园20个").as_deref(),
            Some("建成口袋公园30个")
        );
    }

    #[test]
    fn a_figure_that_changed_wholly_is_found_in_its_place() {
        assert_eq!(found("引进3～5家企业", "引进7～9家企业", "3～5家").as_deref(), Some("7～9家"));
        assert_eq!(found("增长5%左右", "增长8%左右", "5").as_deref(), Some("8"));
    }

    #[test]
    fn a_figure_is_not_cut() {
        assert_eq!(found("建成1000个站点", "建成2491个站点", "1000个").as_deref(), Some("2491个"));
    }

    #[test]
    fn a_stray_sign_far_away_is_no_part() {
        let new = "另建一批社区书屋与文化驿站，常年开放，建立红色文化资源数据库。";
        assert_eq!(
            found("建立红色文化资源数据库。", new, "建立红色文化资源数据库").as_deref(),
            Some("建立红色文化资源数据库")
        );
    }

    #[test]
    fn what_is_gone_has_no_image() {
        assert_eq!(found("推进甲，推进乙", "推进甲", "乙"), None);
    }
}
