//! Rows that join several clauses (合并的任务): a part of the row that its clause does not hold, and another one does.

use super::{Clauses, grams::Grams, related};

/// A part with fewer characters says too little.
const SHORT: usize = 9;
/// So much of a part stands in its clause, and no more than that in the row's first clause.
const HELD: f64 = 0.62;
const ELSEWHERE: f64 = 0.40;
/// By so much its clause must be nearer than any other.
const APART: f64 = 0.10;

/// The other clauses that parts of a row speak of.
pub(crate) fn others(clauses: &Clauses, task: &str, first: usize) -> Vec<usize> {
    let parts = parts(task);
    if parts.len() < 2 {
        return Vec::new();
    }
    let mut out: Vec<usize> = Vec::new();
    for part in parts {
        let grams = Grams::of(&part);
        if clauses.held(&grams, first) > ELSEWHERE {
            continue;
        }
        // Boxes name again what the text says: an item is meant only where no clause of the text holds the part.
        let boxed = |clause: usize| clauses.list[clause].boxed;
        let mut held: Vec<(f64, usize)> =
            clauses.nearest(&grams).iter().map(|n| (clauses.held(&grams, n.clause), n.clause)).collect();
        held.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let of_text = held.iter().find(|h| !boxed(h.1) && h.0 >= HELD);
        let Some(&(best, clause)) = of_text.or(held.first()) else { continue };
        let rivals = held.iter().filter(|h| h.1 != clause && (boxed(clause) || !boxed(h.1)));
        let next = rivals.map(|h| h.0).fold(0.0, f64::max);
        if best >= HELD && best - next >= APART && !related(clauses, first, clause) && !out.contains(&clause) {
            out.push(clause);
        }
    }
    out
}

/// The sentences and longer phrases of a row.
fn parts(task: &str) -> Vec<String> {
    let sentences = task.split(['。', '；', ';', '\n', '！']).map(str::trim).filter(|s| s.chars().count() >= SHORT);
    let mut out: Vec<String> = sentences.map(str::to_owned).collect();
    if out.len() == 1 {
        // One sentence: phrases between commas, short ones with the one before.
        let mut phrases: Vec<String> = Vec::new();
        for phrase in task.split(['，', ',', '。', '；']).map(str::trim).filter(|p| !p.is_empty()) {
            match phrases.last_mut() {
                Some(last) if last.chars().count() < SHORT || phrase.chars().count() < 5 => {
                    last.push('，');
                    last.push_str(phrase);
                }
                _ => phrases.push(phrase.to_owned()),
            }
        }
        out = phrases;
    }
    out
}
