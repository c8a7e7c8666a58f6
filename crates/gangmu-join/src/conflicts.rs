//! Where the text and a division of work name different leads (牵头单位不一致).

use crate::{
    Document,
    joined::{Assignment, Conflict, ConflictKind, ConflictValue, Flag, SourceOf},
    units::Known,
};

/// The clauses whose text names another lead than the row does.
pub(crate) fn of_rows(outline: &Document, known: &Known, rows: &[Assignment]) -> Vec<Conflict> {
    let mut out = Vec::new();
    for row in rows {
        let [path] = row.clauses.as_slice() else { continue };
        if row.lead.is_empty() || row.flags.contains(&Flag::AmbiguousClause) {
            continue;
        }
        let said: Vec<_> =
            outline.plan.responsibilities.iter().filter(|r| r.clause == *path && !r.lead.is_empty()).collect();
        let agrees = said.iter().flat_map(|r| &r.lead).any(|lead| row.lead.iter().any(|own| known.same(lead, own)));
        let Some(first) = said.first().filter(|_| !agrees) else { continue };
        let text =
            SourceOf::Text { file: outline.name.clone(), clause: path.clone(), start: first.start, end: first.end };
        let value = |names: &[String], source| ConflictValue { value: Some(names.join("、")), unit: None, source };
        out.push(Conflict {
            kind: ConflictKind::Lead,
            subject: path.clone(),
            values: vec![value(&first.lead, text), value(&row.lead, SourceOf::Row(row.place.clone()))],
        });
    }
    out
}
