//! Tasks, projects, responsibilities, cited documents and notices as their documents say (`tests/docs/*.md`), and
//! explanations.

use gangmu_kernel::source::Span;
use gangmu_plan::compile::names::KnownOrganisation;
use gangmu_plan::compile::{Names, compile};
use gangmu_plan::explain::explain;

use crate::docs::{or_dash, run, word};
use crate::gold::source;

/// The words of a span of the text.
fn words(text: &str, span: Option<(u32, u32)>) -> String {
    span.map_or_else(|| "-".to_owned(), |(a, b)| text.chars().skip(a as usize).take((b - a) as usize).collect())
}

#[test]
fn tasks_are_read_as_documented() {
    run(include_str!("../docs/tasks.md"), |plan, text, from| {
        // The last task is that of the frame, where the frame has one behind the text.
        let inside = plan.tasks.iter().filter(|t| t.start >= from);
        inside
            .map(|t| {
                let (verb, object) = (or_dash(t.verb.as_deref()), or_dash(t.object.as_deref()));
                format!("{} | {} | {} | {verb} | {object}", word(&t.degree), word(&t.kind), words(text, t.degree_word))
            })
            .collect()
    });
}

#[test]
fn projects_and_mechanisms_are_read_as_documented() {
    run(include_str!("../docs/projects.md"), |plan, _, _| {
        let projects = plan.projects.iter().map(|p| {
            format!("project | {} | {} | {}", p.name, or_dash(p.verb.as_deref()), or_dash(p.place.as_deref()))
        });
        let mechanisms =
            plan.mechanisms.iter().map(|m| format!("mechanism | {} | {}", m.name, or_dash(m.verb.as_deref())));
        projects.chain(mechanisms).collect()
    });
}

#[test]
fn responsibilities_are_read_as_documented() {
    let list = |names: &[String]| if names.is_empty() { "-".to_owned() } else { names.join("、") };
    run(include_str!("../docs/responsibilities.md"), |plan, _, _| {
        let line = |r: &gangmu_plan::compiled::Responsibility| {
            let (deadline, note) = (or_dash(r.deadline.as_deref()), or_dash(r.note.as_deref()));
            format!("{} | {} | {deadline} | {note}", list(&r.lead), list(&r.support))
        };
        plan.responsibilities.iter().map(line).collect()
    });
}

#[test]
fn cited_documents_and_organisations_are_read_as_documented() {
    run(include_str!("../docs/cited.md"), |plan, _, _| {
        let cited = plan.cited.iter().map(|c| {
            format!("cited | {} | {} | {}", c.title, or_dash(c.number.as_deref()), or_dash(c.relation.as_deref()))
        });
        cited.chain(plan.organisations.iter().map(|o| format!("organisation | {}", o.name))).collect()
    });
}

#[test]
fn doubts_are_said_as_documented() {
    run(include_str!("../docs/notices.md"), |plan, _, _| {
        plan.notices.iter().map(|n| format!("{} | {}", word(&n.kind), n.message)).collect()
    });
}

const PLAN: &str = "示例区国民经济和社会发展第十五个五年规划纲要\n\n第一章 发展基础\n\n第一节 “十四五”时期主要成就\n\n\
                    全面完成老旧管网改造。\n\n第二章 重点任务\n\n第一节 示例任务\n\n\
                    依托东湖科技园发展软件产业，加快建设南桥水厂。（示例区水务局负责）\n";

fn place(part: &str) -> Span {
    let byte = PLAN.find(part).expect("the part stands in the text");
    let start = PLAN[..byte].chars().count() as u32;
    Span::new(start, start + part.chars().count() as u32)
}

#[test]
fn an_explanation_says_which_rules_spoke() {
    let explanation = explain(&source(PLAN), &Names::default(), place("加快建设南桥水厂"));
    assert_eq!(explanation.clause, "2.1");
    assert_eq!(explanation.stance, "work");
    let spoken: Vec<(&str, &str)> =
        explanation.spoken.iter().map(|s| (s.category.as_str(), s.origin.rule.as_str())).collect();
    assert!(spoken.contains(&("task", "task.head_verb")), "{spoken:?}");
    assert!(spoken.contains(&("project", "project.built")), "{spoken:?}");
}

#[test]
fn an_explanation_says_what_came_near_and_why_it_was_turned_away() {
    let past = explain(&source(PLAN), &Names::default(), place("全面完成老旧管网改造"));
    assert_eq!(past.stance, "background");
    assert!(past.spoken.iter().all(|s| s.category != "task"));
    assert!(past.near.iter().any(|n| n.category == "task" && n.rejected_by == "background"), "{:?}", past.near);

    let carrier = explain(&source(PLAN), &Names::default(), place("依托东湖科技园发展软件产业"));
    let near: Vec<(&str, &str)> = carrier.near.iter().map(|n| (n.category.as_str(), n.rejected_by.as_str())).collect();
    assert!(near.contains(&("project", "names_what_exists")), "{near:?}");
}

#[test]
fn an_explanation_says_why_a_figure_is_no_target_and_digits_are_no_quantity() {
    let text = "一、发展基础\n去年全区建成食堂41个，5G 网络覆盖城区。";
    let all = Span::new(0, text.chars().count() as u32);
    let near = explain(&source(text), &Names::default(), all).near;
    let of = |category: &str| -> Vec<&str> {
        near.iter().filter(|n| n.category == category).map(|n| n.rejected_by.as_str()).collect()
    };
    assert_eq!(of("quantity"), ["no_unit"], "5G is a name: {near:?}");
    assert_eq!(of("target").len(), 1, "what was built is no aim: {near:?}");
}

#[test]
fn bodies_of_the_pack_are_known_by_name_and_alias() {
    let names = Names {
        organisations: vec![KnownOrganisation {
            id: "water".to_owned(),
            name: "示例区水务局".to_owned(),
            aliases: vec!["区水务局".to_owned()],
        }],
        areas: Vec::new(),
    };
    let plan = compile(&source(PLAN), &names);
    let known: Vec<(&str, Option<&str>)> =
        plan.organisations.iter().map(|o| (o.name.as_str(), o.known.as_deref())).collect();
    assert_eq!(known, [("示例区水务局", Some("water"))]);
}
