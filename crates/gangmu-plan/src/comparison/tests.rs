use super::*;
use crate::compile::{Names, compile};
use crate::sample::source;

const OLD: &str = "第一章　水更清\n\
    一、修好管网\n到2025年，污水集中收集率达到95%。新建管网120公里。\n\
    二、管好河道\n落实河长责任，每月巡河一次。清理河岸垃圾堆放点。\n\
    第二章　路更畅\n\
    一、修好乡道\n改造乡村公路80公里，加装护栏。\n\
    二、方便停车\n新建停车场12处，开放机关车位。\n";

fn compared(new: &str) -> (Comparison, String) {
    let (old_plan, new_plan) = (compile(&source(OLD), &Names::default()), compile(&source(new), &Names::default()));
    let collation = Collation::of(Version { text: OLD, plan: &old_plan }, Version { text: new, plan: &new_plan });
    let comparison = collation.comparison();
    let kept =
        |list: &[Kept]| list.iter().map(|k| format!("{}→{}", k.old.clause, k.new.clause)).collect::<Vec<_>>().join(" ");
    let paths = |list: Vec<&Place>| list.iter().map(|p| p.clause.clone()).collect::<Vec<_>>().join("+");
    let told = [
        format!("same {}", kept(&comparison.same)),
        format!("moved {}", kept(&comparison.moved)),
        format!(
            "changed {}",
            comparison
                .changed
                .iter()
                .map(|c| format!("{}→{}", c.old.clause, c.new.clause))
                .collect::<Vec<_>>()
                .join(" ")
        ),
        format!(
            "split {}",
            comparison
                .split
                .iter()
                .map(|s| format!("{}→{}", s.old.clause, paths(s.new.iter().collect())))
                .collect::<Vec<_>>()
                .join(" ")
        ),
        format!(
            "merged {}",
            comparison
                .merged
                .iter()
                .map(|m| format!("{}→{}", paths(m.old.iter().collect()), m.new.clause))
                .collect::<Vec<_>>()
                .join(" ")
        ),
        format!("added {}", comparison.added.iter().map(|a| a.new.clause.clone()).collect::<Vec<_>>().join(" ")),
        format!("dropped {}", comparison.dropped.iter().map(|d| d.old.clause.clone()).collect::<Vec<_>>().join(" ")),
    ];
    let told = told
        .into_iter()
        .filter(|line| line.contains('→') || line.split(' ').nth(1).is_some_and(|w| !w.is_empty()))
        .collect::<Vec<_>>()
        .join("\n");
    (comparison, told)
}

#[test]
fn an_edition_is_the_same_as_itself() {
    let (_, told) = compared(OLD);
    assert_eq!(told, "same 1→1 1.一→1.一 1.二→1.二 2→2 2.一→2.一 2.二→2.二");
}

#[test]
fn a_changed_figure_is_told_with_both_values() {
    let (comparison, told) = compared(&OLD.replace("95%", "97%"));
    assert_eq!(told, "same 1→1 1.二→1.二 2→2 2.一→2.一 2.二→2.二\nchanged 1.一→1.一");
    let [change] = comparison.changed[0].numbers.as_slice() else { panic!("one figure: {:?}", comparison.changed[0]) };
    let value = |figure: &Option<Figure>| figure.as_ref().and_then(|f| f.value).map(|v| v.to_string());
    assert_eq!((value(&change.old).as_deref(), value(&change.new).as_deref()), (Some("95"), Some("97")));
    assert_eq!(comparison.changed[0].sentences.len(), 1);
}

#[test]
fn a_clause_put_in_before_others_only_renumbers_them() {
    let new = OLD.replace("二、管好河道", "二、护好水源\n划定水源保护区，设立界碑。\n三、管好河道");
    assert_eq!(compared(&new).1, "same 1→1 1.一→1.一 1.二→1.三 2→2 2.一→2.一 2.二→2.二\nadded 1.二");
}

#[test]
fn a_clause_in_another_chapter_moved() {
    let moved = "二、管好河道\n落实河长责任，每月巡河一次。清理河岸垃圾堆放点。\n";
    let new = OLD.replace(moved, "") + &moved.replace("二、", "三、");
    assert_eq!(compared(&new).1, "same 1→1 1.一→1.一 2→2 2.一→2.一 2.二→2.二\nmoved 1.二→2.三");
}

#[test]
fn split_and_merged_clauses_are_told_as_such() {
    let new = OLD.replace("清理河岸", "\n三、清好河岸\n清理河岸").replace("二、方便停车\n", "");
    assert_eq!(compared(&new).1, "same 1→1 1.一→1.一 2→2\nsplit 1.二→1.二+1.三\nmerged 2.一+2.二→2.一");
}

#[test]
fn what_goes_is_dropped_and_what_comes_is_added() {
    let new = OLD.replace("二、方便停车\n新建停车场12处，开放机关车位。\n", "二、亮好路灯\n更换节能灯具三千盏。\n");
    assert_eq!(compared(&new).1, "same 1→1 1.一→1.一 1.二→1.二 2→2 2.一→2.一\nadded 2.二\ndropped 2.二");
}

#[test]
fn a_sentence_said_twice_is_left_to_a_person() {
    let twice = "落实河长责任，每月巡河一次。";
    let new = OLD
        .replace(&format!("{twice}清理河岸垃圾堆放点。"), "组织义务植树活动，绿化荒坡。")
        .replace("加装护栏。\n", &format!("加装护栏。\n二、另管河道\n{twice}\n三、再管河道\n{twice}\n"))
        .replace("二、方便停车", "四、方便停车");
    let (comparison, _) = compared(&new);
    let [open] = comparison.ambiguous.as_slice() else { panic!("one sentence: {:?}", comparison.ambiguous) };
    assert_eq!((open.old.clause.as_str(), open.candidates.len()), ("1.二", 2));
}

#[test]
fn a_link_leads_to_the_new_words_and_to_nothing_where_they_are_gone() {
    let new = OLD.replace("新建管网120公里", "新建改造管网150公里").replace("新建停车场12处，开放机关车位。", "");
    let (old_plan, new_plan) = (compile(&source(OLD), &Names::default()), compile(&source(&new), &Names::default()));
    let collation = Collation::of(Version { text: OLD, plan: &old_plan }, Version { text: &new, plan: &new_plan });
    let link = |words: &str| {
        let (start, end) = crate::sample::span(OLD, words);
        collation.carry(Span::new(start, end))
    };
    let Carried::To(places) = link("新建管网120公里") else { panic!("the words are still there") };
    let said: String =
        new.chars().skip(places[0].start as usize).take((places[0].end - places[0].start) as usize).collect();
    assert_eq!((places.len(), said.as_str()), (1, "新建改造管网150公里"));
    assert_eq!(link("开放机关车位"), Carried::Gone);
}
