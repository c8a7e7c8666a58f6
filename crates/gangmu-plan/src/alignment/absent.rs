//! What the other plan asks for and ours does not have (缺失与未承接).

use super::{Conflict, ConflictKind, fields, names::canonical, place};
use crate::comparison::Version;
use crate::compiled::{Attribute, CompiledPlan};
use crate::likeness::{Index, Rarity, Wording};
use gangmu_kernel::source::Span;
use std::collections::BTreeSet;

/// From this likeness on a name may be the counterpart of another.
const NAMED_ALIKE: f32 = 0.7;
/// Our clause takes a task when it says this share of it.
const TAKEN: f32 = 0.4;
/// Words by which a plan gives a task to the levels below it.
const BELOW: [&str; 14] = [
    "各地区",
    "各地方",
    "各地要",
    "各地应",
    "地方各级",
    "各省",
    "各市",
    "各县",
    "各区",
    "市县",
    "各镇",
    "各街道",
    "各乡镇",
    "下级",
];

/// Binding indicators of the other plan without a counterpart in ours.
pub(super) fn bindings(ours: &CompiledPlan, other: &CompiledPlan) -> Vec<Conflict> {
    let subjects = ours.targets.iter().filter_map(|t| t.subject.as_deref());
    let known: BTreeSet<String> =
        ours.indicators.iter().map(|i| i.name.as_str()).chain(subjects).map(canonical).collect();
    let rarity = Rarity::of(known.iter().map(String::as_str));
    let wordings: Vec<Wording> = known.iter().map(|name| rarity.wording(name)).collect();
    let binding = other.indicators.iter().filter(|i| i.attribute == Some(Attribute::Binding));
    binding
        .filter(|i| {
            let name = canonical(&i.name);
            let wording = rarity.wording(&name);
            !known.contains(&name) && wordings.iter().all(|ours| ours.likeness(&wording) < NAMED_ALIKE)
        })
        .map(|i| Conflict {
            kind: ConflictKind::MissingBinding,
            a: None,
            b: Some(place(other, Span::new(i.start, i.end))),
            message: format!("对方的约束性指标“{}”在本规划中没有对应", i.name),
            fields: fields([("name", &i.name)]),
        })
        .collect()
}

/// Tasks that the other plan gives to lower levels and no clause of ours takes.
pub(super) fn tasks(ours: Version<'_>, other: Version<'_>) -> Vec<Conflict> {
    let signs: Vec<char> = other.text.chars().collect();
    let said = |span: Span| -> String {
        signs.get(span.start as usize..span.end as usize).unwrap_or_default().iter().collect()
    };
    let mine: Vec<char> = ours.text.chars().collect();
    let texts: Vec<String> = ours
        .plan
        .clauses
        .iter()
        .map(|c| mine.get(c.start as usize..c.end as usize).unwrap_or_default().iter().collect())
        .collect();
    let rarity = Rarity::of(texts.iter().map(String::as_str));
    let wordings: Vec<Wording> = texts.iter().map(|text| rarity.wording(text)).collect();
    let index = Index::of(&wordings);
    let given = other.plan.tasks.iter().filter(|task| {
        let sentence = other.plan.sentences.iter().find(|s| s.start <= task.start && task.start < s.end);
        sentence.is_some_and(|s| BELOW.iter().any(|word| said(Span::new(s.start, s.end)).contains(word)))
    });
    given
        .filter(|task| {
            let wording = rarity.wording(given_part(&task.text));
            index.near(&wording).iter().all(|near| near.held < TAKEN)
        })
        .map(|task| Conflict {
            kind: ConflictKind::UntakenTask,
            a: None,
            b: Some(place(other.plan, Span::new(task.start, task.end))),
            message: format!("对方交下级承担的任务没有条款承接：{}", task.text),
            fields: fields([("task", &task.text)]),
        })
        .collect()
}

/// What of a task is for the levels below: from the clause that names them on, or all of it.
fn given_part(task: &str) -> &str {
    let Some(named) = BELOW.iter().filter_map(|word| task.find(word)).min() else { return task };
    let start = task[..named].char_indices().rev().find(|(_, sign)| "，；：".contains(*sign));
    start.map_or(task, |(at, sign)| &task[at + sign.len_utf8()..])
}
