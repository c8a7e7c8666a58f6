//! From the lists of a compiled plan to one list of proposals (编译建议).

use super::{CommitmentKind, Form, Goal, OwnerRule, Owners, Proposal};
use crate::compiled::{
    Clause, CompiledPlan, Degree, Indicator, Level, Notice, Origin, Range, Responsibility, Target, Task, TaskKind,
};
use std::collections::HashMap;

/// Turns everything that a plan is thought to promise into proposals (编译建议), in text order.
///
/// A target that an indicator of the same clause already states is not proposed twice. Targets, projects and mechanisms
/// take their degree from the task in which they stand.
pub fn propose(plan: &CompiledPlan) -> Vec<Proposal> {
    let ground = Ground::new(plan);
    let mut found = Vec::new();
    found.extend(plan.indicators.iter().map(|i| ground.indicator(i)));
    let stated = ground.stated_by_indicators();
    found.extend(plan.targets.iter().filter(|t| !stated.states(t)).map(|t| ground.target(t)));
    found.extend(plan.tasks.iter().map(|t| ground.task(t)));
    for project in &plan.projects {
        let span = (project.start, project.end);
        found.push(ground.thing(CommitmentKind::Project, &project.name, &project.clause, span, &project.origin));
    }
    for mechanism in &plan.mechanisms {
        let span = (mechanism.start, mechanism.end);
        found.push(ground.thing(
            CommitmentKind::Mechanism,
            &mechanism.name,
            &mechanism.clause,
            span,
            &mechanism.origin,
        ));
    }
    found.sort_by_key(|p| (p.start, p.form.kind, p.end));
    found.dedup_by(|b, a| {
        a.start == b.start && a.end == b.end && a.form.kind == b.form.kind && a.form.text == b.form.text
    });
    mark_doubts(&mut found, &plan.notices, 0);
    found
}

/// What the joins look up, built once.
struct Ground<'p> {
    plan: &'p CompiledPlan,
    /// By path, which is how extractions name their clause.
    clauses: HashMap<&'p str, &'p Clause>,
    /// Brackets of each clause in text order, those of headings left out.
    brackets: HashMap<&'p str, Vec<&'p Responsibility>>,
    /// Brackets that stand in a heading, by the heading's id.
    headings: HashMap<&'p str, &'p Responsibility>,
    /// The heading above each heading.
    parents: HashMap<&'p str, &'p str>,
    /// Tasks by start.
    tasks: Vec<&'p Task>,
    /// For each task, the largest end among it and all before it: bounds the search for the enclosing one.
    reach: Vec<u32>,
}

impl<'p> Ground<'p> {
    fn new(plan: &'p CompiledPlan) -> Self {
        let mut brackets: HashMap<&str, Vec<&Responsibility>> = HashMap::new();
        let mut headings = HashMap::new();
        let spans: Vec<_> = plan.outline.iter().filter(|h| h.level != Level::Lead).collect();
        for bracket in &plan.responsibilities {
            let above = spans.partition_point(|h| h.start <= bracket.start).checked_sub(1).map(|i| spans[i]);
            match above.filter(|h| bracket.end <= h.end) {
                Some(heading) => drop(headings.insert(heading.id.as_str(), bracket)),
                None => brackets.entry(&bracket.clause).or_default().push(bracket),
            }
        }
        brackets.values_mut().for_each(|list| list.sort_by_key(|b| b.start));
        let mut tasks: Vec<_> = plan.tasks.iter().collect();
        tasks.sort_by_key(|t| t.start);
        let mut furthest = 0;
        let reach = tasks
            .iter()
            .map(|t| {
                furthest = furthest.max(t.end);
                furthest
            })
            .collect();
        Self {
            plan,
            clauses: plan.clauses.iter().map(|c| (c.path.as_str(), c)).collect(),
            brackets,
            headings,
            parents: plan.outline.iter().filter_map(|h| Some((h.id.as_str(), h.parent.as_deref()?))).collect(),
            tasks,
            reach,
        }
    }

    fn indicator(&self, indicator: &Indicator) -> Proposal {
        let (target, baseline) = (&indicator.target, &indicator.baseline);
        let own_words = target.text.clone().or_else(|| indicator.change.text.clone());
        let change = target.value.is_none() && target.low.is_none() && target.high.is_none();
        let goal = Goal {
            value: if change { indicator.change.value } else { target.value },
            low: target.low,
            high: target.high,
            unit: indicator.unit.clone(),
            comparator: if change { indicator.change.comparator } else { target.comparator },
            direction: None,
            period: target.period.clone(),
            text: own_words,
            baseline: baseline.value,
            baseline_period: baseline.period.clone(),
        };
        let text = match &indicator.parent {
            Some(parent) => format!("{parent}：{}", indicator.name),
            None => indicator.name.clone(),
        };
        let row = indicator.rows.iter().find_map(|row| self.within(&indicator.clause, *row));
        let span = (indicator.start, indicator.end);
        let (owners, deadline) = match row {
            Some(bracket) => (owners(bracket, OwnerRule::SameRow), bracket.deadline.clone()),
            None if indicator.rows.is_empty() => self.owners(&indicator.clause, span),
            None => (Owners::default(), None),
        };
        let degree = if indicator.rows.is_empty() { self.degree_around(span) } else { None };
        let goal = Some(goal).filter(|g| *g != Goal { unit: g.unit.clone(), ..Goal::default() });
        let deadline = deadline.or_else(|| target.period.clone());
        let form = Form {
            kind: CommitmentKind::Indicator,
            text,
            degree,
            owners,
            deadline,
            goal,
            attribute: indicator.attribute,
        };
        self.proposal(form, &indicator.clause, span, None, &indicator.origin)
    }

    fn target(&self, target: &Target) -> Proposal {
        let span = (target.start, target.end);
        let (owners, deadline) = self.owners(&target.clause, span);
        let goal = Goal {
            value: target.value,
            low: target.low,
            high: target.high,
            unit: target.unit.clone(),
            comparator: target.comparator,
            direction: target.direction,
            period: target.period.clone(),
            text: Some(target.text.clone()),
            ..Goal::default()
        };
        let form = Form {
            kind: CommitmentKind::Target,
            text: target.subject.clone().unwrap_or_else(|| target.text.clone()),
            degree: self.degree_around(span),
            owners,
            deadline: deadline.or_else(|| target.period.clone()),
            goal: Some(goal),
            attribute: None,
        };
        self.proposal(form, &target.clause, span, None, &target.origin)
    }

    fn task(&self, task: &Task) -> Proposal {
        let span = (task.start, task.end);
        let (owners, deadline) = self.owners(&task.clause, span);
        let kind = match task.kind {
            TaskKind::Task => CommitmentKind::Task,
            TaskKind::Policy => CommitmentKind::Policy,
            TaskKind::Rule => CommitmentKind::Rule,
        };
        let degree = Some(task.degree);
        let form = Form { kind, text: task.text.clone(), degree, owners, deadline, goal: None, attribute: None };
        self.proposal(form, &task.clause, span, task.degree_word, &task.origin)
    }

    fn thing(&self, kind: CommitmentKind, name: &str, clause: &str, span: Range, origin: &Origin) -> Proposal {
        let (owners, deadline) = self.owners(clause, span);
        let degree = self.degree_around(span);
        let form = Form { kind, text: name.to_owned(), degree, owners, deadline, goal: None, attribute: None };
        self.proposal(form, clause, span, None, origin)
    }

    fn proposal(&self, form: Form, clause: &str, span: Range, word: Option<Range>, origin: &Origin) -> Proposal {
        Proposal {
            form,
            clause: self.clauses.get(clause).map_or_else(String::new, |c| c.id.clone()),
            path: clause.to_owned(),
            start: span.0,
            end: span.1,
            degree_word: word,
            origin: origin.clone(),
            doubts: Vec::new(),
        }
    }

    /// The bracket or cell inside a table row.
    fn within(&self, clause: &str, row: Range) -> Option<&'p Responsibility> {
        self.brackets.get(clause)?.iter().find(|b| row.0 <= b.start && b.end <= row.1).copied()
    }

    /// Who answers for a span of a clause, and until when: the next bracket after it, else the heading's.
    fn owners(&self, clause: &str, span: Range) -> (Owners, Option<String>) {
        let next = self.brackets.get(clause).and_then(|list| list.iter().find(|b| b.end >= span.1));
        if let Some(bracket) = next {
            return (owners(bracket, OwnerRule::NextBracket), bracket.deadline.clone());
        }
        let mut heading = self.clauses.get(clause).and_then(|c| c.heading.as_deref());
        while let Some(id) = heading {
            if let Some(bracket) = self.headings.get(id) {
                return (owners(bracket, OwnerRule::Heading), bracket.deadline.clone());
            }
            heading = self.parents.get(id).copied();
        }
        (Owners::default(), None)
    }

    /// The degree of the smallest task that holds the span.
    fn degree_around(&self, span: Range) -> Option<Degree> {
        let last = self.tasks.partition_point(|t| t.start <= span.0);
        let mut best: Option<&Task> = None;
        for index in (0..last).rev() {
            if self.reach[index] < span.1 {
                break;
            }
            let task = self.tasks[index];
            if task.end >= span.1 && best.is_none_or(|b| task.end - task.start < b.end - b.start) {
                best = Some(task);
            }
        }
        best.map(|t| t.degree)
    }

    /// Spans and values that indicators state.
    fn stated_by_indicators(&self) -> Stated<'p> {
        let mut stated: HashMap<&str, Vec<(Range, &Indicator)>> = HashMap::new();
        for indicator in &self.plan.indicators {
            let spans = stated.entry(&indicator.clause).or_default();
            spans.push(((indicator.start, indicator.end), indicator));
            spans.extend(indicator.rows.iter().map(|row| (*row, indicator)));
        }
        Stated(stated)
    }
}

/// What indicators already say, by clause.
struct Stated<'p>(HashMap<&'p str, Vec<(Range, &'p Indicator)>>);

impl Stated<'_> {
    /// Does an indicator at the same place say the same figure?
    fn states(&self, target: &Target) -> bool {
        let Some(list) = self.0.get(target.clause.as_str()) else { return false };
        list.iter().any(|(span, indicator)| {
            let figures = [indicator.target.value, indicator.target.low, indicator.target.high, indicator.change.value];
            let same =
                [target.value, target.low, target.high].into_iter().flatten().any(|v| figures.contains(&Some(v)));
            let overlap = span.0 < target.end && target.start < span.1;
            overlap && (same || target.value.is_none() && target.low.is_none())
        })
    }
}

fn owners(bracket: &Responsibility, rule: OwnerRule) -> Owners {
    Owners {
        lead: bracket.lead.clone(),
        support: bracket.support.clone(),
        rule: Some(rule),
        note: bracket.note.clone(),
        span: Some((bracket.start, bracket.end)),
        row: None,
    }
}

/// Writes into each proposal, in text order, which notices touch it; the first of them has that number.
pub fn mark_doubts(proposals: &mut [Proposal], notices: &[Notice], first: u32) {
    let mut reach = 0;
    let reach: Vec<u32> = proposals
        .iter()
        .map(|p| {
            reach = reach.max(p.end);
            reach
        })
        .collect();
    for (index, notice) in (first..).zip(notices) {
        for &(start, end) in &notice.spans {
            let last = proposals.partition_point(|p| p.start < end);
            for at in (0..last).rev() {
                if reach[at] <= start {
                    break;
                }
                let proposal = &mut proposals[at];
                if start < proposal.end && proposal.doubts.last() != Some(&index) {
                    proposal.doubts.push(index);
                }
            }
        }
    }
}
