//! Ranks of headings on a page: the plan's own levels, without a gap between one rank and the next.

use gangmu_app::plan::views::HeadingView;

/// The rank (`h3`, `h4` …) of every heading of every clause, in the order of the page.
///
/// `first` is the rank of the outermost level. A level never lies more than one rank below the heading before it, as
/// screen readers expect, even where a plan leaves levels out.
pub fn ranks<'a>(clauses: impl Iterator<Item = &'a [HeadingView]> + Clone, first: u8) -> Vec<Vec<u8>> {
    let mut levels: Vec<u8> = clauses.clone().flatten().map(|heading| depth(&heading.level)).collect();
    levels.sort_unstable();
    levels.dedup();
    let mut before = first.saturating_sub(1);
    clauses
        .map(|headings| {
            headings
                .iter()
                .map(|heading| {
                    let place = levels.iter().position(|level| *level == depth(&heading.level)).unwrap_or(0);
                    let place = u8::try_from(place).unwrap_or(4);
                    let rank = first.saturating_add(place).min(before.saturating_add(1)).min(6);
                    before = rank;
                    rank
                })
                .collect()
        })
        .collect()
}

fn depth(level: &str) -> u8 {
    match level {
        "title" | "part" => 0,
        "chapter" => 1,
        "section" => 2,
        "item" => 3,
        "subitem" => 4,
        "point" => 5,
        "subpoint" => 6,
        "box" => 7,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: &str, title: &str) -> HeadingView {
        HeadingView { level: level.to_owned(), number: None, title: title.to_owned() }
    }

    #[test]
    fn no_rank_is_left_out_even_where_the_plan_leaves_a_level_out() {
        let clauses = [vec![heading("section", "甲")], vec![heading("point", "乙")], vec![heading("item", "丙")]];
        let ranks = ranks(clauses.iter().map(Vec::as_slice), 2);
        assert_eq!(ranks, vec![vec![2], vec![3], vec![3]]);
    }
}
