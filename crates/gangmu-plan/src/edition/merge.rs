//! Several files, one edition (合并): the outline and its annexes as one text with one list of everything.
//!
//! The texts stand one behind the other, each unaltered; spans of the annexes move by what stands before them, and
//! their paths begin with `附1`, `附2`. An indicator of an annex that says nothing else than the outline's becomes a
//! second source of it; one that disagrees stays, with a doubt on both.

use crate::compiled::{CompiledPlan, Heading, Indicator, Level, Notice, NoticeKind, Origin, Range};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};

/// A compiled file.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The file's name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What the compiler made of it.
    pub plan: CompiledPlan,
}

/// Where a file stands in the joint text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The file's name.
    pub name: String,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// An outline with its annexes.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The joint text.
    pub text: String,
    /// Everything in it.
    pub plan: CompiledPlan,
    /// The files in order, the outline first.
    pub parts: Vec<Part>,
}

/// Joins an outline with its annexes.
pub fn merge(outline: Document, annexes: Vec<Document>) -> Merged {
    let end = length(&outline.text);
    let parts = vec![Part { name: outline.name, start: 0, end }];
    let mut merged = Merged { text: outline.text, plan: outline.plan, parts };
    for (number, annex) in (1..).zip(annexes) {
        append(&mut merged, annex, number);
    }
    merged.plan.source.chars = length(&merged.text);
    merged
}

fn append(merged: &mut Merged, annex: Document, number: u32) {
    let before = length(&merged.text);
    if !merged.text.ends_with('\n') {
        merged.text.push('\n');
    }
    let by = length(&merged.text);
    merged.text.push_str(&annex.text);
    let end = length(&merged.text);
    merged.parts.push(Part { name: annex.name.clone(), start: by, end });
    let root = format!("a{number}");
    let mut plan = moved(annex.plan, by, number, &root);
    if let Some(first) = plan.clauses.first_mut() {
        // The line end between the files belongs to the annex, so that clauses go on tiling the text.
        first.start = before;
    }
    let title = annex.name.rsplit_once('.').map_or(annex.name.as_str(), |(stem, _)| stem).to_owned();
    let origin = Origin { rule: "annex".to_owned(), confidence: Decimal::ONE, signs: Vec::new() };
    let heading =
        Heading { id: root, level: Level::Chapter, number: None, title, start: by, end: by, parent: None, origin };
    let all = &mut merged.plan;
    all.outline.push(heading);
    let quantities = u32::try_from(all.quantities.len()).unwrap_or(u32::MAX);
    for target in &mut plan.targets {
        target.quantity = target.quantity.map(|q| q + quantities);
    }
    all.outline.append(&mut plan.outline);
    all.clauses.append(&mut plan.clauses);
    all.sentences.append(&mut plan.sentences);
    all.quantities.append(&mut plan.quantities);
    all.targets.append(&mut plan.targets);
    all.tasks.append(&mut plan.tasks);
    all.projects.append(&mut plan.projects);
    all.mechanisms.append(&mut plan.mechanisms);
    all.responsibilities.append(&mut plan.responsibilities);
    all.cited.append(&mut plan.cited);
    all.organisations.append(&mut plan.organisations);
    // A table alone is no plan, and need not be one.
    plan.notices.retain(|n| n.kind != NoticeKind::NotAPlan);
    all.notices.append(&mut plan.notices);
    join_indicators(all, plan.indicators);
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// The same lists, moved behind what stands before, with ids and paths of the annex.
fn moved(mut plan: CompiledPlan, by: u32, number: u32, root: &str) -> CompiledPlan {
    let id = |id: &str| format!("{root}{id}");
    let path = |path: &str| if path == "0" { format!("附{number}") } else { format!("附{number}.{path}") };
    for heading in &mut plan.outline {
        (heading.start, heading.end) = (heading.start + by, heading.end + by);
        heading.id = id(&heading.id);
        heading.parent = Some(heading.parent.as_deref().map_or_else(|| root.to_owned(), id));
    }
    for clause in &mut plan.clauses {
        (clause.start, clause.end) = (clause.start + by, clause.end + by);
        clause.path = path(&clause.path);
        clause.id = id(&clause.id);
        clause.heading = Some(clause.heading.as_deref().map_or_else(|| root.to_owned(), id));
    }
    let range = |r: Range| (r.0 + by, r.1 + by);
    macro_rules! spans {
        ($($list:ident),*) => {$( for item in &mut plan.$list {
            (item.start, item.end) = range((item.start, item.end));
        } )*};
    }
    macro_rules! clauses {
        ($($list:ident),*) => {$( for item in &mut plan.$list { item.clause = path(&item.clause); } )*};
    }
    spans!(
        sentences,
        quantities,
        targets,
        indicators,
        tasks,
        projects,
        mechanisms,
        responsibilities,
        cited,
        organisations
    );
    clauses!(sentences, quantities, targets, indicators, tasks, projects, mechanisms, responsibilities);
    plan.tasks.iter_mut().for_each(|t| t.degree_word = t.degree_word.map(range));
    plan.indicators.iter_mut().for_each(|i| i.rows.iter_mut().for_each(|r| *r = range(*r)));
    plan.notices.iter_mut().for_each(|n| n.spans.iter_mut().for_each(|s| *s = range(*s)));
    plan
}

fn join_indicators(plan: &mut CompiledPlan, annex: Vec<Indicator>) {
    let mut known: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, indicator) in plan.indicators.iter().enumerate() {
        known.entry(plain(&indicator.name)).or_default().push(index);
    }
    for indicator in annex {
        let same = known.get(&plain(&indicator.name)).map(Vec::as_slice).unwrap_or_default();
        if let Some(&index) = same.iter().find(|i| agree(&plan.indicators[**i], &indicator)) {
            fill(&mut plan.indicators[index], indicator);
            continue;
        }
        if let Some(&index) = same.first() {
            plan.notices.push(contradiction(&plan.indicators[index], &indicator));
        }
        plan.indicators.push(indicator);
    }
}

/// The name without blanks, serial number and unit in brackets.
fn plain(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '．' | '、'));
    let end = name.rfind(['（', '(']).filter(|at| *at > 0 && name.ends_with(['）', ')'])).unwrap_or(name.len());
    name[..end].to_owned()
}

/// Does one say nothing that the other denies? What one of them leaves out is no disagreement.
fn agree(a: &Indicator, b: &Indicator) -> bool {
    fn same<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
        a.is_none() || b.is_none() || a == b
    }
    same(&a.unit, &b.unit)
        && same(&a.attribute, &b.attribute)
        && same(&a.baseline.value, &b.baseline.value)
        && same(&a.target.value, &b.target.value)
        && same(&a.target.low, &b.target.low)
        && same(&a.target.high, &b.target.high)
        && same(&a.target.comparator, &b.target.comparator)
        && same(&a.target.period, &b.target.period)
        && same(&a.change.value, &b.change.value)
}

/// Takes over what the outline left out, and the row as a second source.
fn fill(known: &mut Indicator, other: Indicator) {
    known.unit = known.unit.take().or(other.unit);
    known.attribute = known.attribute.or(other.attribute);
    known.category = known.category.take().or(other.category);
    if known.baseline.value.is_none() {
        known.baseline = other.baseline;
    }
    let target = &known.target;
    if target.value.is_none() && target.low.is_none() && target.high.is_none() && target.text.is_none() {
        known.target = other.target;
    }
    if known.change.value.is_none() && known.change.text.is_none() {
        known.change = other.change;
    }
    let source = (other.start, other.end);
    let rows = if other.rows.is_empty() { vec![source] } else { other.rows };
    known.rows.extend(rows);
}

fn contradiction(a: &Indicator, b: &Indicator) -> Notice {
    let figure = |i: &Indicator| {
        let value = i.target.value.or(i.target.low).or(i.change.value).map(|v| v.normalize().to_string());
        let value = value.or_else(|| i.target.text.clone()).unwrap_or_else(|| "—".to_owned());
        format!("{value}{}", i.unit.as_deref().unwrap_or_default())
    };
    let (first, second) = (figure(a), figure(b));
    let name = a.name.clone();
    Notice {
        kind: NoticeKind::Contradiction,
        message: format!("“{name}”在纲要与附表中不一致：{first}；{second}"),
        spans: vec![(a.start, a.end), (b.start, b.end)],
        fields: BTreeMap::from([("name".into(), name), ("first".into(), first), ("second".into(), second)]),
        origin: Origin { rule: "annex-disagrees".to_owned(), confidence: Decimal::ONE, signs: Vec::new() },
    }
}
