//! Search (搜索) over plans, clauses and commitments: the words of the query, marked where they stand.

use crate::{app::App, failure::Failure, operate::look, plan, session::Session};
use gangmu_kernel::{clause::ClausePlace, ids::EditionId, numerals};
use gangmu_plan::{compiled::Range, proposal::CommitmentKind};
use gangmu_store::{
    Tx,
    plan::{
        clauses::{self, ClauseRow},
        commitments::{self, CommitmentRow},
        parts_of,
    },
    search::{self as index, Kind, terms},
};
use plan::views::{Facet, HitView, PieceView, SearchView};
use std::collections::{BTreeMap, HashMap, hash_map::Entry};

/// Objects that one query looks at.
const LOOKED_AT: u32 = 160;
/// Hits of a page.
const PAGE: usize = 20;
/// Characters around the first hit.
const AROUND: usize = 36;
/// Parts of a clause number; each doubles the paths that are looked up.
const PARTS: usize = 5;
/// Characters of a query.
const LONGEST: usize = 200;

/// A found object before it is drawn.
struct Found {
    kind: Kind,
    edition: EditionId,
    text: String,
    marks: Vec<(usize, usize)>,
    place: Place,
    score: i64,
}

enum Place {
    Edition,
    Clause { path: String },
    Commitment(Box<CommitmentRow>),
}

/// Searches; `kind` is `plan`, `clause`, `commitment` or none for all; `page` counts from 1.
pub async fn search(
    app: &App,
    session: &Session,
    query: &str,
    kind: Option<&str>,
    page: u32,
) -> Result<SearchView, Failure> {
    let query: String = query.trim().chars().take(LONGEST).collect();
    let kind = kind.filter(|k| !k.is_empty()).map(str::to_owned);
    // The dictionary is loaded with its first use; that must not hold up a reader's queue.
    let (words, characters) = {
        let query = query.clone();
        tokio::task::spawn_blocking(move || (terms::of_query(&query), terms::characters(&query)))
            .await
            .map_err(|e| Failure::Fault(gangmu_store::Fault::Panicked(e.to_string())))?
    };
    look(app, session, "search.read", move |tx| {
        let mut keys = index::find(tx, &words, LOOKED_AT)?;
        let mut marked = words;
        if keys.is_empty() && characters.len() > 1 {
            // The words were cut otherwise in the text: all characters, and then the query as it was typed.
            keys = index::find(tx, &characters, LOOKED_AT)?;
            marked = vec![query.chars().map(terms::fold).filter(|c| c.is_alphanumeric()).collect()];
        }
        let full = keys.len() >= LOOKED_AT as usize;
        let mut found = load(tx, &keys, &marked)?;
        add_numbered(tx, &query, &mut found)?;
        found.sort_by_key(|f| (std::cmp::Reverse(f.score), f.edition.0));
        let kinds = facets(&found, &query, kind.as_deref());
        found.retain(|f| kind.as_deref().is_none_or(|k| k == word_of(f.kind)));
        let total = found.len();
        let first = (page.max(1) as usize - 1).saturating_mul(PAGE);
        let shown: Vec<Found> = found.into_iter().skip(first).take(PAGE).collect();
        let next = (first + PAGE < total).then(|| address(&query, kind.as_deref(), page.max(1) + 1));
        Ok(SearchView {
            hits: hits(tx, shown)?,
            found: u32::try_from(total).unwrap_or(u32::MAX),
            more: full,
            kinds,
            next,
            query,
        })
    })
    .await
}

fn word_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Edition => "plan",
        Kind::Clause => "clause",
        Kind::Commitment => "commitment",
    }
}

fn address(query: &str, kind: Option<&str>, page: u32) -> String {
    let segment = plan::segment;
    let kind = kind.map(|k| format!("&kind={}", segment(k))).unwrap_or_default();
    let page = if page > 1 { format!("&page={page}") } else { String::new() };
    format!("/search?q={}{kind}{page}", segment(query))
}

fn facets(found: &[Found], query: &str, chosen: Option<&str>) -> Vec<Facet> {
    let count = |kind: Kind| u32::try_from(found.iter().filter(|f| f.kind == kind).count()).unwrap_or(u32::MAX);
    let facet = |kind: Kind| {
        let word = word_of(kind);
        let is_chosen = chosen == Some(word);
        let address = address(query, (!is_chosen).then_some(word), 1);
        Facet { value: word.to_owned(), label: None, count: count(kind), chosen: is_chosen, address }
    };
    [Kind::Edition, Kind::Clause, Kind::Commitment].map(facet).to_vec()
}

/// Loads the found objects and keeps those in which a word really stands.
fn load(tx: &mut Tx<'_>, keys: &[(Kind, i64)], words: &[String]) -> Result<Vec<Found>, Failure> {
    let of = |kind: Kind| keys.iter().filter(move |k| k.0 == kind).map(|k| k.1).collect::<Vec<i64>>();
    let mut found = Vec::new();
    let (clause_keys, commitment_keys) = (of(Kind::Clause), of(Kind::Commitment));
    if !clause_keys.is_empty() {
        found.extend(clauses::texts(tx, &clause_keys)?.into_iter().map(of_clause));
    }
    if !commitment_keys.is_empty() {
        found.extend(commitments::by_ids(tx, &commitment_keys)?.into_iter().map(of_commitment));
    }
    for edition in of(Kind::Edition) {
        if let Some(row) = gangmu_store::plan::editions::find(tx, EditionId(edition))? {
            found.push(made(Kind::Edition, row.id, row.title, Place::Edition));
        }
    }
    for item in &mut found {
        item.marks = terms::hits(&item.text, words);
        item.score = score(item, words);
    }
    found.retain(|f| !f.marks.is_empty());
    Ok(found)
}

/// Whoever types the number of a clause finds that clause first.
fn add_numbered(tx: &mut Tx<'_>, query: &str, found: &mut Vec<Found>) -> Result<(), Failure> {
    let paths = paths_typed(query);
    if paths.is_empty() {
        return Ok(());
    }
    for row in clauses::of_paths(tx, &paths, LOOKED_AT)? {
        found.retain(|f| !matches!(&f.place, Place::Clause { path } if f.edition == row.edition && *path == row.path));
        found.push(Found { score: i64::MAX, ..of_clause(row) });
    }
    Ok(())
}

/// The paths that a typed clause number may mean: each part in digits or in Chinese, `5.2.2` also as `5.2.二`.
fn paths_typed(query: &str) -> Vec<String> {
    let Ok(place) = query.parse::<ClausePlace>() else { return Vec::new() };
    let segments: Vec<&str> = place.path.split('.').collect();
    if !(2..=PARTS).contains(&segments.len()) {
        return Vec::new();
    }
    let mut paths = vec![String::new()];
    for segment in segments {
        let Some(number) = numerals::chinese(segment).or_else(|| segment.parse().ok()) else { return Vec::new() };
        let digits = number.normalize().to_string();
        let han = digits.parse().ok().and_then(numerals::to_chinese).unwrap_or_else(|| digits.clone());
        let grown =
            |path: &String, part: &str| if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") };
        paths = paths.iter().flat_map(|path| [grown(path, &digits), grown(path, &han)]).collect();
    }
    paths
}

fn made(kind: Kind, edition: EditionId, text: String, place: Place) -> Found {
    Found { kind, edition, text, marks: Vec::new(), place, score: 0 }
}

fn of_clause(row: clauses::ClauseText) -> Found {
    made(Kind::Clause, row.edition, row.text, Place::Clause { path: row.path })
}

fn of_commitment(row: CommitmentRow) -> Found {
    let form = &row.commitment.form;
    let units: Vec<&str> = form.owners.lead.iter().chain(&form.owners.support).map(String::as_str).collect();
    let text = if units.is_empty() { form.text.clone() } else { format!("{}（{}）", form.text, units.join("、")) };
    made(Kind::Commitment, row.edition, text, Place::Commitment(Box::new(row)))
}

/// Titles first, then where the words stand together, then where they stand often in few words.
fn score(found: &Found, words: &[String]) -> i64 {
    let longest = found.marks.iter().map(|m| m.1 - m.0).max().unwrap_or(0);
    let together: usize = words.iter().map(|w| w.chars().count()).sum();
    let length = found.text.chars().count().max(1);
    let marked: usize = found.marks.iter().map(|m| m.1 - m.0).sum();
    let title = if found.kind == Kind::Edition { 4_000 } else { 0 };
    let joined = if longest >= together { 2_000 } else { 0 };
    let dense = i64::try_from(marked * 1_000 / length).unwrap_or(0);
    title + joined + dense
}

fn hits(tx: &mut Tx<'_>, shown: Vec<Found>) -> Result<Vec<HitView>, Failure> {
    let mut opened: HashMap<EditionId, plan::Opened> = HashMap::new();
    let mut lines: BTreeMap<i64, ClauseRow> = BTreeMap::new();
    let commitments = shown.iter().filter_map(|f| match &f.place {
        Place::Commitment(row) => Some(gangmu_store::plan::clause_id(row.edition, row.commitment.clause).0),
        _ => None,
    });
    let ids: Vec<i64> = commitments.collect();
    if !ids.is_empty() {
        lines.extend(clauses::by_ids(tx, &ids)?.into_iter().map(|row| (row.id.0, row)));
    }
    let mut views = Vec::new();
    for found in shown {
        let edition = match opened.entry(found.edition) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => match plan::Opened::of(tx, found.edition) {
                Ok(edition) => free.insert(edition),
                // An edition that is still being written is not found.
                Err(Failure::Absent(_)) => continue,
                Err(failure) => return Err(failure),
            },
        };
        views.push(hit(edition, &lines, found));
    }
    Ok(views)
}

fn hit(opened: &plan::Opened, lines: &BTreeMap<i64, ClauseRow>, found: Found) -> HitView {
    let address = &opened.address;
    let excerpt = excerpt(&found.text, &found.marks);
    let (reference, at, commitment, standing): (String, String, Option<CommitmentKind>, _) = match &found.place {
        Place::Edition => (opened.plan.key.clone(), address.plan(), None, None),
        Place::Clause { path } => (path.clone(), address.clause(path), None, None),
        Place::Commitment(row) => {
            let (edition, clause) = (row.edition, row.commitment.clause);
            let key = gangmu_store::plan::clause_id(edition, clause).0;
            debug_assert_eq!(parts_of(key).1, clause);
            let span: Range = row.commitment.span;
            let lines = lines.get(&key).map(|row| plan::Lines::of(row.clone(), &[]));
            let reference = lines.as_ref().map_or_else(String::new, |l| l.row.path.clone());
            let at = match &lines {
                Some(l) => l.address(address, span.0),
                None => address.plan(),
            };
            (reference, at, Some(row.commitment.form.kind), Some(plan::standing_word(row.commitment.standing)))
        }
    };
    HitView {
        kind: word_of(found.kind),
        commitment,
        plan: opened.plan.title.clone(),
        edition: u32::try_from(opened.edition.number).unwrap_or(0),
        reference,
        address: at,
        excerpt,
        standing,
    }
}

/// The words around the first hit, cut at the hits; where the text goes on, an ellipsis says so.
fn excerpt(text: &str, marks: &[(usize, usize)]) -> Vec<PieceView> {
    let text: Vec<char> = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let first = marks.first().map_or(0, |m| m.0);
    let earliest = first.saturating_sub(AROUND);
    // Rather from the beginning of a sentence, where one begins before the hit.
    let stop = text[earliest..first].iter().rposition(|c| "。；！？".contains(*c)).filter(|_| earliest > 0);
    let from = stop.map_or(earliest, |at| earliest + at + 1);
    let from = from + text[from..first].iter().take_while(|c| c.is_whitespace()).count();
    let to = (first + 2 * AROUND).min(text.len());
    let cut = stop.is_none() && from > 0;
    let mut pieces = Vec::new();
    let mut push = |from: usize, to: usize, hit: bool| {
        if from < to {
            pieces.push(PieceView { text: text[from..to].iter().collect(), hit, ..PieceView::default() });
        }
    };
    let mut at = from;
    for (start, end) in marks.iter().filter(|m| m.0 < to) {
        push(at, (*start).max(at), false);
        push((*start).max(at), (*end).min(to), true);
        at = (*end).min(to);
    }
    push(at, to, false);
    let goes_on = || PieceView { text: "……".to_owned(), ..PieceView::default() };
    if cut {
        pieces.insert(0, goes_on());
    }
    if to < text.len() {
        pieces.push(goes_on());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_holds_the_first_hit_with_the_words_around_it() {
        let text = format!("{}泵站改造{}", "前".repeat(50), "后".repeat(100));
        let pieces = excerpt(&text, &[(50, 54)]);
        let lengths: Vec<_> = pieces.iter().map(|p| (p.text.chars().count(), p.hit)).collect();
        assert_eq!(lengths, [(2, false), (36, false), (4, true), (68, false), (2, false)]);
    }

    #[test]
    fn an_excerpt_begins_with_the_sentence_of_the_hit() {
        let text = format!("{}。 修好泵站。后面", "前".repeat(50));
        let pieces = excerpt(&text, &[(54, 56)]);
        let words: Vec<_> = pieces.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(words, ["修好", "泵站", "。后面"]);
    }

    #[test]
    fn a_clause_number_is_looked_up_in_digits_and_in_chinese() {
        assert_eq!(paths_typed("5.2.2").last().map(String::as_str), Some("五.二.二"));
        assert!(paths_typed("5.2.2").contains(&"5.2.二".to_owned()));
        assert!(paths_typed("5.2.二 ¶1 句 1").contains(&"5.2.2".to_owned()));
        assert!(paths_typed("污水处理").is_empty());
        assert!(paths_typed("2025").is_empty());
    }
}
