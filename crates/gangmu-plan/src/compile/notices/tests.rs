use gangmu_kernel::SourceText;
use gangmu_kernel::source::SourceKind;

use crate::compile::{Names, compile};
use crate::compiled::NoticeKind;

/// The notices of a text that stands in a plan.
fn notices(text: &str) -> Vec<(NoticeKind, String)> {
    let text = format!(
        "示例区国民经济和社会发展第十五个五年规划纲要\n\n第一章 重点任务\n\n第一节 示例任务\n\n{text}\n\n第二节 保障措施\n\n加强统筹协调。\n"
    );
    let source =
        SourceText { text, kind: SourceKind::Txt, sha256: String::new(), blocks: Vec::new(), tables: Vec::new() };
    compile(&source, &Names::default()).notices.into_iter().map(|n| (n.kind, n.origin.rule)).collect()
}

fn rules(text: &str) -> Vec<String> {
    notices(text).into_iter().map(|(_, rule)| rule).collect()
}

#[test]
fn a_share_is_allowed_the_rounding_of_its_parts() {
    assert!(rules("2025年货运量36万吨，其中冷链12万吨，占比33.3%。").is_empty());
    assert_eq!(rules("2025年货运量36万吨，其中冷链12万吨，占比39.3%。"), ["notice.arithmetic.share"]);
}

#[test]
fn parts_may_leave_some_of_the_whole_unnamed() {
    assert!(rules("改造学校30所，其中小学12所、初中8所。").is_empty());
    assert_eq!(rules("改造学校30所，其中小学22所、初中18所。"), ["notice.arithmetic.sum"]);
}

#[test]
fn items_with_numbers_of_their_own_are_no_list_of_the_last() {
    assert!(rules("统筹推进水利三大工程、交通四大工程和生态五大行动。").is_empty());
}

#[test]
fn a_declaration_with_one_example_is_left_alone() {
    assert!(rules("推进东门路等六条道路改造。").is_empty());
}

#[test]
fn names_that_a_direction_tells_apart_are_two() {
    assert!(rules("推进东湖湿地公园建设。\n\n加强西湖湿地公园管理。").is_empty());
    assert!(rules("建设示例医院新区院区一期工程。\n\n建设示例医院新区院区二期工程。").is_empty());
}

#[test]
fn names_of_one_list_are_two() {
    assert!(rules("建设中央商务活力区、中央活力商务区。").is_empty());
}

#[test]
fn doubled_characters_that_belong_together_are_no_defect() {
    assert!(rules("稳步推进村村通公交，层层压实责任，达到目的的同时做好总结。").is_empty());
    assert_eq!(rules("稳步稳步推进推进公交发展。"), ["notice.defect.doubled_word"]);
}

#[test]
fn an_enumeration_mark_needs_no_partner() {
    assert!(rules("1）改造管网；2）改造道路。").is_empty());
}

#[test]
fn a_time_that_counts_from_an_event_is_said() {
    assert!(rules("申请人应当在三个月内办结。").is_empty());
    assert_eq!(rules("三年内完成管网改造。"), ["notice.ambiguous.time_without_beginning"]);
}

#[test]
fn a_box_that_follows_keeps_its_promise() {
    assert!(rules("重点项目见专栏1。\n\n专栏1 重点项目\n1. 南桥水厂。\n").iter().all(|r| !r.contains("missing")));
}

#[test]
fn a_text_that_is_no_plan_has_one_doubt() {
    let source = SourceText {
        text: "小猫趴在窗台上晒太阳，尾巴轻轻晃着。".to_owned(),
        kind: SourceKind::Txt,
        sha256: String::new(),
        blocks: Vec::new(),
        tables: Vec::new(),
    };
    let plan = compile(&source, &Names::default());
    let kinds: Vec<NoticeKind> = plan.notices.iter().map(|n| n.kind).collect();
    assert_eq!(kinds, [NoticeKind::NotAPlan]);
}
