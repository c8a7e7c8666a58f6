//! Rows of a division of work become proposed owners (责任挂接): whom a row names answers for what its clause promises.
//!
//! Nothing is attached in silence: what a row adds carries the row, lowers the confidence to the row's own, and whatever
//! is doubtful about the row becomes a doubt on the clause, so that a person looks before anybody is charged.

use crate::joined::{Assignment, Conflict, ConflictKind, Flag, Place, SourceOf};
use gangmu_plan::{
    compiled::{Notice, NoticeKind, Origin, Range, Sign},
    likeness::{Rarity, Wording},
    proposal::{OwnerRule, Owners, Proposal},
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap, HashSet};

/// So much of a promise must stand in a row, or of a row in a promise, for the row to speak of it in so many words.
const IN_SO_MANY_WORDS: f32 = 0.35;
/// Of two rows of one clause the nearer one must be nearer by this.
const CLEARLY: f32 = 0.08;
/// What a row that speaks of the clause alone can be worth.
const OF_CLAUSE: Decimal = Decimal::from_parts(75, 0, 0, false, 2);

/// What became of a row (挂接结果).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attached {
    /// Index of the row.
    pub row: usize,
    /// Indexes of the proposals that took its units over.
    pub proposals: Vec<usize>,
    /// Index of the first doubt about it among the doubts that [`attach`] gives back.
    pub doubts: Vec<usize>,
}

/// Gives the units and the deadlines of rows to the proposals of their clauses; what is doubtful comes back as doubts.
///
/// A proposal that names its own lead keeps it. A row that is joined to no clause, to several possible ones, against its
/// own reference or against the lead that the text names gives nothing away.
pub fn attach(
    rows: &[Assignment],
    conflicts: &[Conflict],
    spans: &HashMap<String, Range>,
    proposals: &mut [Proposal],
) -> (Vec<Attached>, Vec<Notice>) {
    let mut attached: Vec<Attached> = (0..rows.len()).map(|row| Attached { row, ..Attached::default() }).collect();
    let mut notices = Vec::new();
    let rarity = Rarity::of(rows.iter().map(|row| row.task.as_str()));
    let said: Vec<Wording> = rows.iter().map(|row| rarity.wording(&row.task)).collect();
    let mut of_clause: HashMap<&str, Vec<usize>> = HashMap::new();
    let denied = denied(conflicts);
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| is_clear(row) && !denied.contains(&row.place)) {
        row.clauses.iter().for_each(|path| of_clause.entry(path).or_default().push(at));
    }
    for (at, proposal) in proposals.iter_mut().enumerate() {
        let Some(candidates) = of_clause.get(proposal.path.as_str()) else { continue };
        let Some((row, in_words)) = choose(candidates, rows, &said, &rarity.wording(&proposal.form.text)) else {
            continue;
        };
        if give(&rows[row], in_words, proposal) {
            attached[row].proposals.push(at);
        }
    }
    for (at, row) in rows.iter().enumerate() {
        for flag in &row.flags {
            if let Some(notice) = doubt(row, *flag, spans) {
                attached[at].doubts.push(notices.len());
                notices.push(notice);
            }
        }
    }
    notices.extend(conflicts.iter().filter(|c| c.kind == ConflictKind::Lead).filter_map(|c| lead_doubt(c, spans)));
    (attached, notices)
}

/// The rows against which the text names another lead.
fn denied(conflicts: &[Conflict]) -> HashSet<&Place> {
    let sources = conflicts.iter().filter(|c| c.kind == ConflictKind::Lead).flat_map(|c| &c.values);
    sources
        .filter_map(|value| match &value.source {
            SourceOf::Row(place) => Some(place),
            SourceOf::Text { .. } => None,
        })
        .collect()
}

/// May the row be attached without somebody choosing its clause first?
fn is_clear(row: &Assignment) -> bool {
    let open = [Flag::NoClause, Flag::AmbiguousClause, Flag::ClauseRefMismatch, Flag::DuplicateRow];
    !row.clauses.is_empty() && !row.flags.iter().any(|flag| open.contains(flag))
}

/// The row that speaks of a promise, and whether in so many words; none where two are equally near.
fn choose(candidates: &[usize], rows: &[Assignment], said: &[Wording], promise: &Wording) -> Option<(usize, bool)> {
    let near = |row: usize| said[row].share_in(promise).max(promise.share_in(&said[row]));
    let mut ranked: Vec<(usize, f32)> = candidates.iter().map(|row| (*row, near(*row))).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let &(first, nearness) = ranked.first()?;
    let alike = |row: usize| rows[row].lead == rows[first].lead && rows[row].support == rows[first].support;
    let contested = ranked.get(1).is_some_and(|&(second, next)| nearness - next < CLEARLY && !alike(second));
    (!contested).then_some((first, nearness >= IN_SO_MANY_WORDS))
}

/// Gives what the row names to the proposal where it names nothing itself; did it take anything?
fn give(row: &Assignment, in_words: bool, proposal: &mut Proposal) -> bool {
    let form = &mut proposal.form;
    let mut taken = false;
    if form.owners.lead.is_empty() && form.owners.support.is_empty() && !(row.lead.is_empty() && row.support.is_empty())
    {
        let rule = if in_words { OwnerRule::Row } else { OwnerRule::RowOfClause };
        form.owners = Owners {
            lead: row.lead.clone(),
            support: row.support.clone(),
            rule: Some(rule),
            note: row.flags.contains(&Flag::LeadInferred).then(|| "first_named_leads".to_owned()),
            span: None,
            row: Some(row.place.clone()),
        };
        taken = true;
    }
    let outside = [Flag::DeadlineBeforePlan, Flag::DeadlineAfterPlan, Flag::DeadlineUnclear];
    if form.deadline.is_none() && row.deadline.is_some() && !row.flags.iter().any(|flag| outside.contains(flag)) {
        form.deadline = row.deadline.clone();
        taken = true;
    }
    if taken {
        let worth = if in_words { row.confidence } else { row.confidence.min(OF_CLAUSE) };
        let confidence = proposal.origin.confidence;
        if worth < confidence {
            let name = if in_words { "division_row" } else { "division_of_clause" };
            proposal.origin.signs.push(Sign { name: name.to_owned(), delta: worth - confidence });
            proposal.origin.confidence = worth;
        }
    }
    taken
}

/// The words for a place: file, sheet or table, row.
fn place_words(row: &Assignment) -> String {
    let place = &row.place;
    let table = place.table.map(|number| format!("表{number}"));
    let part = place.sheet.clone().or(table).unwrap_or_default();
    format!("{} {part} 第{}行", place.file, place.row)
}

/// What a person must look at because of a flag; flags that the list of rows alone shows give nothing.
fn doubt(row: &Assignment, flag: Flag, spans: &HashMap<String, Range>) -> Option<Notice> {
    let at = place_words(row);
    let leads = row.lead.join("、");
    let (kind, message) = match flag {
        Flag::TwoLeads => (NoticeKind::Ambiguous, format!("分工表列有两个牵头单位（{leads}），见{at}")),
        Flag::LeadInferred => (NoticeKind::Ambiguous, format!("分工表未注明牵头，按首位列为{leads}，见{at}")),
        Flag::LeadAlsoSupport => (NoticeKind::Ambiguous, format!("同一单位既牵头又配合，见{at}")),
        Flag::UnknownUnit => (NoticeKind::UnknownUnit, format!("分工表中有不认识的单位，见{at}")),
        Flag::DeadlineBeforePlan => (NoticeKind::Contradiction, format!("分工表的完成时限早于规划期，见{at}")),
        Flag::DeadlineAfterPlan => (NoticeKind::Contradiction, format!("分工表的完成时限晚于规划期，见{at}")),
        Flag::DeadlineUnclear => (NoticeKind::Ambiguous, format!("分工表的完成时限看不明白，见{at}")),
        Flag::FigureDiffers => (NoticeKind::Contradiction, format!("分工表中的数字与正文不一致，见{at}")),
        Flag::NameDiffers => (NoticeKind::NameVariant, format!("分工表中的名称与正文不一致，见{at}")),
        Flag::ClauseRefMismatch => (NoticeKind::Ambiguous, format!("分工表注明的条款与内容对不上，见{at}")),
        Flag::NoLead | Flag::NoClause | Flag::AmbiguousClause | Flag::DuplicateRow | Flag::Other => return None,
    };
    let spans: Vec<Range> = row.clauses.iter().filter_map(|path| spans.get(path).copied()).collect();
    let fields = BTreeMap::from([("place".to_owned(), at), ("flag".to_owned(), flag.word().to_owned())]);
    (!spans.is_empty()).then(|| Notice { kind, message, spans, fields, origin: origin("division_row") })
}

/// The whole clause is in doubt: what its bracket answers for is asked by the proposals in it.
fn lead_doubt(conflict: &Conflict, spans: &HashMap<String, Range>) -> Option<Notice> {
    let [text, row] = conflict.values.as_slice() else { return None };
    let span = *spans.get(&conflict.subject)?;
    let (first, second) = (text.value.clone().unwrap_or_default(), row.value.clone().unwrap_or_default());
    let fields = [("name", conflict.subject.clone()), ("first", first.clone()), ("second", second.clone())];
    Some(Notice {
        kind: NoticeKind::Contradiction,
        message: format!("牵头单位不一致：正文为{first}，分工表为{second}"),
        spans: vec![span],
        fields: fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        origin: origin("division_lead"),
    })
}

fn origin(rule: &str) -> Origin {
    Origin { rule: rule.to_owned(), confidence: Decimal::ONE, signs: Vec::new() }
}
