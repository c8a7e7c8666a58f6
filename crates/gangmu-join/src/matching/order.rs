//! The order of rows (顺序): most tables follow the text, which decides between clauses that are equally near.

use super::clauses::Near;

/// Candidates of a row that are weighed against the order.
const WEIGHED: usize = 6;
/// A clause this much nearer than the next is a fixed point.
const FIXED: f64 = 0.15;
/// What a step backwards costs in a table that follows the text.
const BACKWARDS: f64 = 0.04;

/// Picks a clause for each row: the nearest, or one nearly as near that keeps the order.
pub(crate) fn choose(rows: &[&[Near]]) -> Vec<Option<usize>> {
    let cost = if follows(rows) { BACKWARDS } else { 0.0 };
    let mut paths: Vec<Vec<(f64, usize)>> = Vec::with_capacity(rows.len());
    // Best sum of each candidate, and which candidate of the row before it goes on from.
    let mut last: Vec<(usize, f64)> = Vec::new();
    for near in rows {
        let candidates = &near[..near.len().min(WEIGHED)];
        if candidates.is_empty() {
            paths.push(Vec::new());
            continue;
        }
        let mut steps = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let from = last
                .iter()
                .enumerate()
                .map(|(index, (clause, sum))| (sum - if *clause > candidate.clause { cost } else { 0.0 }, index));
            let best = from.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).unwrap_or((0.0, 0));
            steps.push((best.0 + candidate.score, best.1));
        }
        last = candidates.iter().zip(&steps).map(|(c, s)| (c.clause, s.0)).collect();
        paths.push(steps);
    }
    let mut out = vec![None; rows.len()];
    let mut at = last.iter().enumerate().max_by(|a, b| a.1.1.total_cmp(&b.1.1).then(b.0.cmp(&a.0))).map(|(i, _)| i);
    for index in (0..rows.len()).rev() {
        let (Some(step), Some(candidate)) =
            (at.and_then(|at| paths[index].get(at)), at.and_then(|at| rows[index].get(at)))
        else {
            continue;
        };
        out[index] = Some(candidate.clause);
        at = Some(step.1);
    }
    out
}

/// Do the rows whose clause is plain follow the text?
fn follows(rows: &[&[Near]]) -> bool {
    let fixed: Vec<usize> = rows
        .iter()
        .filter(|near| near.len() == 1 || near.len() > 1 && near[0].score - near[1].score >= FIXED)
        .map(|near| near[0].clause)
        .collect();
    let pairs = fixed.windows(2);
    let all = pairs.len();
    let forward = fixed.windows(2).filter(|pair| pair[0] <= pair[1]).count();
    all >= 3 && forward * 10 >= all * 8
}
