//! From read files to the rows of an edition (编译与整理): everything that takes thought, before anything is written.

use super::{UploadedFile, joining};
use gangmu_join::{Joined, Role, Why};
use gangmu_kernel::{SourceText, ids::EditionId, source::SourceKind};
use gangmu_plan::{
    compile::Names,
    compiled::{CompiledPlan, Heading, Level, QuantityRole},
    edition::merge::{Document, Merged, merge},
    proposal::{Proposal, propose},
    review::{Commitment, Standing},
};
use gangmu_store::{
    journal::{Hash, digest},
    plan::{
        clauses::{ClauseRow, HeadingRow, Marks},
        commitments::CommitmentRow,
        editions::DocumentRow,
        joins::JoinRow,
        notices::NoticeRow,
    },
    search::{Kind, Words, terms},
};
use std::collections::HashMap;

/// A file of an import, read and compiled, with what it is for.
pub(super) struct Compiled {
    pub file: UploadedFile,
    pub document: gangmu_join::Document,
    pub sorting: Sorting,
}

/// What a file is for, why, and whether somebody said so.
#[derive(Debug, Clone)]
pub(super) struct Sorting {
    pub role: Role,
    pub why: Why,
    pub by_hand: bool,
}

/// The rows of an edition that has no key yet.
pub(super) struct Prepared {
    pub title: String,
    pub key: Option<String>,
    pub merged: Merged,
    pub compiled: String,
    pub documents: Vec<(DocumentRow, Vec<u8>)>,
    pub headings: Vec<HeadingRow>,
    pub clauses: Vec<ClauseRow>,
    pub commitments: Vec<CommitmentRow>,
    pub notices: Vec<NoticeRow>,
    /// What joining the files gave; empty for one file.
    pub joins: Vec<JoinRow>,
    /// Digest of each commitment under its number, for the journal.
    pub digests: Vec<(String, Hash)>,
    /// Words of clauses and commitments; the key is the number still.
    pub words: Vec<Words>,
    pub title_words: String,
}

/// Compiles the files and says what each is for.
pub(super) fn compile_all(files: Vec<UploadedFile>, sources: Vec<SourceText>, names: &Names) -> Vec<Compiled> {
    let documents: Vec<gangmu_join::Document> = files
        .iter()
        .zip(sources)
        .map(|(file, source)| gangmu_join::Document::new(file.name.clone(), source, names))
        .collect();
    let sorted = gangmu_join::sort(&documents);
    let compiled = files.into_iter().zip(documents).zip(sorted);
    compiled
        .map(|((file, document), sorted)| Compiled {
            file,
            document,
            sorting: Sorting { role: sorted.role, why: sorted.why, by_hand: false },
        })
        .collect()
}

/// Makes rows of the compiled files: the outline in front, then what stands in the joint text, then what is kept beside
/// it, each in the order given.
pub(super) fn prepare(mut files: Vec<Compiled>, names: &Names, title: Option<String>) -> Prepared {
    files.sort_by_key(|file| match file.sorting.role {
        Role::Outline => 0,
        Role::Annex | Role::Projects => 1,
        _ => 2,
    });
    let joined = (files.len() > 1).then(|| joining::join_files(&files, names));
    let part = |file: &Compiled| Document {
        name: file.document.name.clone(),
        text: file.document.source.text.clone(),
        plan: file.document.plan.clone(),
    };
    let beside = files.iter().skip(1).filter(|f| matches!(f.sorting.role, Role::Annex | Role::Projects)).map(part);
    let merged = merge(part(&files[0]), beside.collect());
    rows(merged, files, joined, title)
}

fn rows(mut merged: Merged, files: Vec<Compiled>, joined: Option<Joined>, title: Option<String>) -> Prepared {
    let mut proposals = propose(&merged.plan);
    let joins = joined.map(|joined| joining::rows(&mut merged, &mut proposals, &files, &joined)).unwrap_or_default();
    let plan = &merged.plan;
    let text: Vec<char> = merged.text.chars().collect();
    let title = title.map(|t| t.trim().to_owned()).unwrap_or_else(|| title_of(plan, &merged.parts[0].name));
    let headings = headings(plan);
    let clauses = clauses(plan, &text, &headings);
    let numbers: HashMap<&str, u32> = (1..).zip(&plan.clauses).map(|(n, c)| (c.id.as_str(), n)).collect();
    let chapter = |clause: u32| clauses.get(clause.saturating_sub(1) as usize).map_or(-1, |c| c.chapter);
    let commitments: Vec<CommitmentRow> = (1..)
        .zip(proposals)
        .map(|(number, proposal)| {
            let clause = numbers.get(proposal.clause.as_str()).copied().unwrap_or(1);
            commitment(number, clause, chapter(clause), proposal)
        })
        .collect();
    let notices = (1..)
        .zip(&plan.notices)
        .map(|(number, notice)| {
            let start = notice.spans.first().map_or(0, |s| s.0);
            let clause = plan.clauses.partition_point(|c| c.start <= start).max(1);
            let clause = u32::try_from(clause).unwrap_or(1);
            NoticeRow { number, clause, chapter: chapter(clause), notice: notice.clone(), settled: None }
        })
        .collect();
    let documents = files.into_iter().enumerate().map(|(position, Compiled { file, document, .. })| {
        // What stands beside the joint text takes no place in it.
        let end = merged.plan.source.chars;
        let span = merged.parts.get(position).map_or((end, end), |part| (part.start, part.end));
        let row = DocumentRow {
            position: u32::try_from(position).unwrap_or(u32::MAX),
            name: file.name,
            kind: kind_word(document.source.kind),
            sha256: super::sha256(&file.bytes),
            size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
            span_start: span.0,
            span_end: span.1,
        };
        (row, file.bytes)
    });
    let digested = |c: &CommitmentRow| (format!("{:06}", c.commitment.number), digest::plain(&c.commitment));
    let mut words: Vec<Words> =
        clauses.iter().map(|c| (Kind::Clause, i64::from(c.number), terms::of(&c.text))).collect();
    words.extend(commitments.iter().map(|c| (Kind::Commitment, i64::from(c.commitment.number), commitment_words(c))));
    Prepared {
        key: key_of(&title),
        title_words: terms::of(&title),
        compiled: serde_json::to_string(plan).expect("a compiled plan has text keys, so JSON can write it"),
        documents: documents.collect(),
        digests: commitments.iter().map(digested).collect(),
        title,
        headings,
        clauses,
        commitments,
        notices,
        joins,
        words,
        merged,
    }
}

fn kind_word(kind: SourceKind) -> String {
    serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn commitment_words(row: &CommitmentRow) -> String {
    super::super::decide::words_of(&row.commitment.form)
}

fn commitment(number: u32, clause: u32, chapter: i64, proposal: Proposal) -> CommitmentRow {
    let commitment = Commitment {
        number,
        clause,
        span: (proposal.start, proposal.end),
        form: proposal.form.clone(),
        standing: Standing::Proposed,
        confidence: Some(proposal.origin.confidence),
        doubted: !proposal.doubts.is_empty(),
        split_from: None,
        decision: None,
    };
    // The key is minted when the edition has one.
    CommitmentRow {
        id: gangmu_kernel::ids::CommitmentId(0),
        edition: EditionId(0),
        chapter,
        commitment,
        proposal: Some(proposal),
    }
}

fn word_of(level: Level) -> String {
    serde_json::to_value(level).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn headings(plan: &CompiledPlan) -> Vec<HeadingRow> {
    let mut order: Vec<&Heading> = plan.outline.iter().collect();
    order.sort_by_key(|h| h.start);
    let positions: HashMap<&str, u32> = (0..).zip(&order).map(|(at, h)| (h.id.as_str(), at)).collect();
    let row = |(position, heading): (u32, &&Heading)| {
        let clause = plan.clauses.partition_point(|c| c.start <= heading.start).max(1);
        HeadingRow {
            position,
            level: word_of(heading.level),
            mark: heading.number.clone(),
            title: heading.title.clone(),
            span_start: heading.start,
            span_end: heading.end,
            parent: heading.parent.as_deref().and_then(|p| positions.get(p).copied()),
            clause: u32::try_from(clause).unwrap_or(1),
            path: plan.clauses.get(clause - 1).map_or_else(|| "0".to_owned(), |c| c.path.clone()),
        }
    };
    (0..).zip(&order).map(row).collect()
}

fn clauses(plan: &CompiledPlan, text: &[char], headings: &[HeadingRow]) -> Vec<ClauseRow> {
    let mut order: Vec<&Heading> = plan.outline.iter().collect();
    order.sort_by_key(|h| h.start);
    let positions: HashMap<&str, u32> = (0..).zip(&order).map(|(at, h)| (h.id.as_str(), at)).collect();
    let mut marks: HashMap<&str, Marks> = HashMap::new();
    for sentence in &plan.sentences {
        marks.entry(&sentence.clause).or_default().sentences.push(sentence.clone());
    }
    for task in &plan.tasks {
        if let Some(word) = task.degree_word {
            marks.entry(&task.clause).or_default().degrees.push((word, task.degree));
        }
    }
    for quantity in &plan.quantities {
        if matches!(quantity.role, QuantityRole::Target | QuantityRole::Deliverable) {
            marks.entry(&quantity.clause).or_default().quantities.push(((quantity.start, quantity.end), quantity.role));
        }
    }
    for bracket in &plan.responsibilities {
        marks.entry(&bracket.clause).or_default().responsibilities.push(bracket.clone());
    }
    let row = |(number, clause): (u32, &gangmu_plan::compiled::Clause)| {
        let heading = clause.heading.as_deref().and_then(|h| positions.get(h).copied());
        let (chapter, section) = pages_of(headings, heading);
        let (from, to) = (clause.start as usize, (clause.end as usize).min(text.len()));
        ClauseRow {
            id: gangmu_kernel::ids::ClauseId(0),
            edition: EditionId(0),
            number,
            path: clause.path.clone(),
            span: (clause.start, clause.end),
            heading,
            chapter,
            section,
            text: text.get(from..to).unwrap_or_default().iter().collect(),
            sha256: clause.sha256.clone(),
            marks: marks.remove(clause.path.as_str()).unwrap_or_default(),
        }
    };
    (1..).zip(&plan.clauses).map(row).collect()
}

/// The chapter of a heading, and the heading of the page on which it is read.
///
/// A page is a section; a chapter without sections; what stands between a chapter's heading and its first section is
/// read on the page of that section.
fn pages_of(headings: &[HeadingRow], heading: Option<u32>) -> (i64, i64) {
    let mut chain = Vec::new();
    let mut at = heading.and_then(|h| headings.get(h as usize));
    while let Some(heading) = at {
        chain.push(heading);
        at = heading.parent.filter(|p| *p < heading.position).and_then(|p| headings.get(p as usize));
    }
    chain.retain(|h| h.level != "title");
    let of_level = |level: &str| chain.iter().find(|h| h.level == level);
    let top = chain.iter().rfind(|h| h.level != "part").or(chain.last());
    let chapter = of_level("chapter").or(top).map_or(-1, |h| i64::from(h.position));
    let section = of_level("section").map(|h| i64::from(h.position));
    let first_section = || {
        let below =
            headings.iter().find(|h| h.level == "section" && i64::from(h.parent.unwrap_or(u32::MAX)) == chapter);
        // Only what stands before it is read with it.
        below.map(|h| i64::from(h.position))
    };
    (chapter, section.or_else(first_section).unwrap_or(chapter))
}

/// The title of the text: its last title that names a plan (a page's own title and the letter that sends it round stand
/// before it), else its first title, else the file's name.
fn title_of(plan: &CompiledPlan, file: &str) -> String {
    const WORDS: [&str; 9] = ["规划", "纲要", "计划", "方案", "报告", "意见", "办法", "通知", "要点"];
    let titles: Vec<&str> = plan
        .outline
        .iter()
        .filter(|h| h.level == Level::Title)
        .map(|h| h.title.trim())
        .filter(|t| !t.is_empty())
        .collect();
    let named = titles.iter().rfind(|t| WORDS.iter().any(|w| t.contains(w)));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let title = named.or(titles.first()).copied().unwrap_or(stem);
    title.chars().take(200).collect()
}

/// A key out of the number of the five-year plan in the title: 第十四个五年规划 and “十四五” are `145`.
fn key_of(title: &str) -> Option<String> {
    let plain: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let ordinal = |before: &str| {
        let digits: Vec<char> = before.chars().rev().take_while(|c| "一二三四五六七八九十".contains(*c)).collect();
        let text: String = digits.into_iter().rev().collect();
        gangmu_kernel::numerals::chinese(&text)
    };
    let marks = ["个五年", "五”", "五\"", "五规划"];
    let number = marks.iter().find_map(|mark| ordinal(plain.split_once(mark)?.0));
    number.map(|n| format!("{n}5"))
}

#[cfg(test)]
mod tests;
