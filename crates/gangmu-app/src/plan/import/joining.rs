//! Joining the files of a folder (归并): rows of a division of work become proposed owners, contradictions and what is
//! left over become the list of what somebody must look at.

use super::prepare::Compiled;
use crate::plan::joined::{ConflictBody, Difference, FileBody, RowBody, RowState, UnreadTable};
use gangmu_join::{
    Assignment, Attached, Conflict, ConflictKind, Document, FileKind, Flag, Joined, Place, SourceOf, attach, join_as,
};
use gangmu_plan::{
    compile::Names,
    compiled::{Notice, NoticeKind, Origin, Range},
    edition::merge::Merged,
    proposal::{CommitmentKind, Proposal, mark_doubts},
};
use gangmu_store::plan::joins::JoinRow;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Joins the files that are to be joined to the first one, the outline.
pub(super) fn join_files(files: &[Compiled], names: &Names) -> Joined {
    let joined: Vec<(&Document, Option<FileKind>)> = files
        .iter()
        .skip(1)
        .filter_map(|file| {
            let kind = file.sorting.role.kind()?;
            Some((&file.document, file.sorting.by_hand.then_some(kind)))
        })
        .collect();
    join_as(&files[0].document, &joined, names)
}

/// Gives rows to proposals, marks what is doubtful, and lists everything that the join gave.
pub(super) fn rows(
    merged: &mut Merged,
    proposals: &mut [Proposal],
    files: &[Compiled],
    joined: &Joined,
) -> Vec<JoinRow> {
    let spans: HashMap<String, Range> =
        merged.plan.clauses.iter().map(|clause| (clause.path.clone(), (clause.start, clause.end))).collect();
    let (attached, mut doubts) = attach(&joined.rows, &joined.conflicts, &spans, proposals);
    let conflicts = conflicts(merged, proposals, joined);
    doubts.extend(conflicts.iter().filter_map(|conflict| annex_doubt(conflict, proposals, &merged.plan.notices)));
    let first = u32::try_from(merged.plan.notices.len()).unwrap_or(u32::MAX);
    mark_doubts(proposals, &doubts, first);
    merged.plan.notices.extend(doubts);
    let mut rows = Vec::new();
    push(&mut rows, "file", files.iter().map(|file| ("-", file_body(file, joined))));
    push(
        &mut rows,
        "row",
        joined.rows.iter().zip(&attached).map(|(row, attached)| {
            let state = state_of(row, attached);
            (state.word(), RowBody { row: row.clone(), commitments: numbers(&attached.proposals) })
        }),
    );
    push(&mut rows, "conflict", conflicts.into_iter().map(|conflict| ("-", conflict)));
    let open: &[String] = if joined.rows.is_empty() { &[] } else { &joined.clauses_without_row };
    push(&mut rows, "open", open.iter().map(|path| ("-", path.clone())));
    rows
}

fn push<B: Serialize>(rows: &mut Vec<JoinRow>, part: &str, bodies: impl Iterator<Item = (&'static str, B)>) {
    rows.extend((1..).zip(bodies).map(|(number, (state, body))| JoinRow {
        part: part.to_owned(),
        number,
        state: state.to_owned(),
        body: serde_json::to_string(&body).expect("what a join gives has text keys, so JSON can write it"),
    }));
}

fn file_body(file: &Compiled, joined: &Joined) -> FileBody {
    let field = |notice: &Notice, name: &str| notice.fields.get(name).cloned().unwrap_or_default();
    let unread = joined.notices.iter().filter(|n| n.file == file.document.name && n.notice.origin.rule == UNREAD);
    FileBody {
        name: file.document.name.clone(),
        role: file.sorting.role,
        by_hand: file.sorting.by_hand,
        why: file.sorting.why.clone(),
        unread: unread
            .map(|n| UnreadTable { table: field(&n.notice, "table"), rows: field(&n.notice, "rows") })
            .collect(),
    }
}

/// The rule by which the join names a table that it did not read.
const UNREAD: &str = "table.no_known_head";

/// Numbers of commitments from indexes of proposals.
fn numbers(indexes: &[usize]) -> Vec<u32> {
    indexes.iter().map(|index| u32::try_from(index + 1).unwrap_or(u32::MAX)).collect()
}

fn state_of(row: &gangmu_join::Assignment, attached: &Attached) -> RowState {
    if row.clauses.is_empty() || row.flags.contains(&Flag::NoClause) {
        RowState::Unmatched
    } else if row.flags.iter().any(|f| matches!(f, Flag::AmbiguousClause | Flag::ClauseRefMismatch)) {
        RowState::Unclear
    } else if !row.flags.is_empty() {
        RowState::Flagged
    } else if attached.proposals.is_empty() {
        // The text names its own owners, or two rows are equally near.
        RowState::Beside
    } else {
        RowState::Attached
    }
}

/// Contradictions between the same two sources, as one.
fn conflicts(merged: &Merged, proposals: &[Proposal], joined: &Joined) -> Vec<ConflictBody> {
    let mut out: Vec<ConflictBody> = Vec::new();
    let mut known: HashMap<Vec<SourceOf>, usize> = HashMap::new();
    let rows: HashMap<&Place, &Assignment> = joined.rows.iter().rev().map(|row| (&row.place, row)).collect();
    for conflict in &joined.conflicts {
        let sources: Vec<SourceOf> = conflict.values.iter().map(|value| value.source.clone()).collect();
        let difference = Difference {
            kind: conflict.kind,
            values: conflict.values.iter().map(|value| (value.value.clone(), value.unit.clone())).collect(),
        };
        if let Some(&at) = known.get(&sources) {
            out[at].differences.push(difference);
            continue;
        }
        known.insert(sources.clone(), out.len());
        let sides = match conflict.kind {
            ConflictKind::Lead => vec![named_in_text(conflict, proposals), Vec::new()],
            _ => sources.iter().map(|source| stated(source, merged, proposals, joined)).collect(),
        };
        let row = match sources.get(1) {
            Some(SourceOf::Row(place)) => rows.get(place).copied().cloned(),
            _ => None,
        };
        out.push(ConflictBody {
            subject: conflict.subject.clone(),
            differences: vec![difference],
            sources,
            sides,
            row,
        });
    }
    out
}

/// The commitments of a clause whose lead the text names.
fn named_in_text(conflict: &Conflict, proposals: &[Proposal]) -> Vec<u32> {
    let of_clause = |p: &Proposal| p.path == conflict.subject && !p.form.owners.lead.is_empty();
    let found: Vec<usize> = (0..proposals.len())
        .filter(|at| of_clause(&proposals[*at]) && proposals[*at].form.owners.row.is_none())
        .collect();
    numbers(&found)
}

/// The commitment that stands at a source.
fn stated(source: &SourceOf, merged: &Merged, proposals: &[Proposal], joined: &Joined) -> Vec<u32> {
    let start = match source {
        SourceOf::Text { start, .. } => Some(*start),
        SourceOf::Row(place) => annex_start(place, merged, joined),
    };
    let indicator = |p: &Proposal| p.form.kind == CommitmentKind::Indicator && Some(p.start) == start;
    let found: Vec<usize> = (0..proposals.len()).filter(|at| indicator(&proposals[*at])).collect();
    numbers(&found)
}

/// Where a row of an annex begins in the joint text.
fn annex_start(place: &Place, merged: &Merged, joined: &Joined) -> Option<u32> {
    let row = joined.annex.iter().find(|row| row.place == *place)?;
    let part = merged.parts.iter().skip(1).find(|part| part.name == place.file)?;
    Some(part.start + row.span.0)
}

/// A doubt on both sides of a contradiction, unless the merging of the texts saw it already.
fn annex_doubt(conflict: &ConflictBody, proposals: &[Proposal], known: &[Notice]) -> Option<Notice> {
    let [Some(&first), Some(&second)] = [conflict.sides.first()?.first(), conflict.sides.get(1)?.first()] else {
        return None;
    };
    let span = |number: u32| proposals.get(number as usize - 1).map(|p| (p.start, p.end));
    let (a, b) = (span(first)?, span(second)?);
    if first == second || known.iter().any(|notice| notice.spans.contains(&a) && notice.spans.contains(&b)) {
        return None;
    }
    let said = |at: usize| {
        let value = conflict.differences.first().and_then(|d| d.values.get(at));
        value.and_then(|(value, _)| value.clone()).unwrap_or_else(|| "—".to_owned())
    };
    let (name, first, second) = (conflict.subject.clone(), said(0), said(1));
    Some(Notice {
        kind: NoticeKind::Contradiction,
        message: format!("“{name}”在纲要与附表中不一致：{first}；{second}"),
        spans: vec![a, b],
        fields: BTreeMap::from([("name".into(), name), ("first".into(), first), ("second".into(), second)]),
        origin: Origin { rule: "annex-disagrees".to_owned(), confidence: Decimal::ONE, signs: Vec::new() },
    })
}
