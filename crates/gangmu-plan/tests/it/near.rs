//! What came near and was turned away (`explain`): outline, indicators, notices.

use gangmu_kernel::source::Span;
use gangmu_plan::compile::Names;
use gangmu_plan::explain::explain;

use crate::gold::source;

/// What came near in the part of a text: rule and sign, for one category.
fn near(text: &str, part: &str, category: &str) -> Vec<(String, String)> {
    let byte = text.find(part).expect("the part stands in the text");
    let start = text[..byte].chars().count() as u32;
    let range = Span::new(start, start + part.chars().count() as u32);
    let near = explain(&source(text), &Names::default(), range).near;
    near.into_iter().filter(|n| n.category == category).map(|n| (n.rule, n.rejected_by)).collect()
}

fn assert_near(text: &str, part: &str, category: &str, rule: &str, sign: &str) {
    let found = near(text, part, category);
    assert!(found.contains(&(rule.to_owned(), sign.to_owned())), "{part}: {rule}, {sign} not in {found:?}");
}

const FRAME: &str = "示例区国民经济和社会发展第十五个五年规划纲要\n\n第一章 总体要求\n\n第一节 目标任务\n\n推进各项工作，完善制度。\n\n\
                     第二章 重点任务\n\n第一节 示例任务\n\n";

#[test]
fn lines_that_came_near_to_headings_say_what_they_lack() {
    let behind = |line: &str| format!("{FRAME}{line}\n\n加强统筹协调，推进各项工作。\n");
    for (line, rule, sign) in [
        (
            "第九章 推进水厂建设，按照规定办理。这里还有别的话，一直写下去，写成一个自然段。",
            "outline:chapter",
            "text_runs_on_behind_it",
        ),
        ("9．推进水厂建设", "outline:point", "out_of_sequence"),
        ("3.4 水厂建设", "outline:decimal", "decimals_do_not_follow_each_other"),
        ("加快建设水厂，改造管网。补上短板，方便群众。", "outline:lead", "more_than_one_phrase"),
        ("全区建成水厂41座。补上短板，方便群众。", "outline:lead", "states_a_figure"),
        ("加快水厂建设。", "outline:lead", "nothing_behind_it"),
    ] {
        assert_near(&behind(line), line, "outline", rule, sign);
    }
    assert_eq!(
        near(&behind("一、加快水厂建设"), "一、加快水厂建设", "outline"),
        [],
        "a heading did not come near, it came"
    );
}

#[test]
fn rows_and_figures_that_came_near_to_indicators_say_what_they_lack() {
    let table = format!(
        "{FRAME}专栏1 主要指标\n\n指标\t单位\t2025年\t2030年\t属性\n供水能力\t万吨\n水厂能力\t万吨\t12\t20\t预期性\n"
    );
    assert_near(&table, "供水能力\t万吨\n", "indicator", "indicator:table", "row_without_values");
    let plain = format!("{FRAME}村名\t户数\n东村\t120\n西村\t98\n");
    assert_near(&plain, "东村", "indicator", "indicator:table", "no_known_column_head");
    let prose = format!("{FRAME}到2030年，新建水厂达到20座，供水普及率达到98%。全区供水普及率由95%提高到98%。\n");
    assert_near(&prose, "20座", "indicator", "indicator:prose", "subject_is_no_measure");
    assert_eq!(near(&prose, "98%", "indicator"), [], "this one is an indicator");
    assert_eq!(near(&prose, "95%", "indicator").len(), 1, "what was reached sets no end");
}

#[test]
fn a_platform_that_is_built_says_why_it_is_no_mechanism() {
    let text = format!("{FRAME}建设区级数据共享平台。\n");
    assert_near(&text, "区级数据共享平台", "mechanism", "mechanism.set_up", "built_as_a_project");
}

#[test]
fn doubts_that_came_near_say_why_there_is_none() {
    for (sentence, part, rule, sign) in [
        ("实施供水、排水、燃气三大工程。", "三大工程", "notice.count.list_before", "list_agrees"),
        ("实施三大工程，改善供水。", "三大工程", "notice.count.list_before", "no_list_beside_it"),
        ("供水规模由100万吨提高到110万吨，增长10%。", "10%", "notice.arithmetic.growth", "figures_agree"),
        ("三次产业结构调整为8.1：46.0：45.9。", "8.1：46.0：45.9", "notice.arithmetic.structure", "figures_agree"),
        ("建设水厂、泵站、管网、泵站、井房。", "网、泵站", "notice.duplicate.item", "too_short_for_a_name"),
        ("统筹推进深深化供水改革。", "深深", "notice.defect.doubled_word", "word_that_doubles_by_right"),
        ("实现供水的目的的措施。", "的的", "notice.defect.doubled_word", "end_of_one_word_and_beginning_of_another"),
        ("推广“XX区供水中心”的命名方式。", "XX区", "notice.defect.placeholder", "form_in_quotation_marks"),
        ("供水效率提高5%。", "5%", "notice.ambiguous.percent_or_points", "rate_that_is_no_share"),
        (
            "水厂应在竣工后两年内投入运行。",
            "两年内",
            "notice.ambiguous.time_without_beginning",
            "counted_from_what_stands_before_it",
        ),
        (
            "按照附件1执行，推进供水工程。\n\n附件1 供水工程清单",
            "附件1执行",
            "notice.missing.numbered",
            "the_text_holds_it",
        ),
        ("新建示例供水设施30嶂，推进供水工程。", "30嶂", "notice.unit.unknown", "whole_number"),
    ] {
        assert_near(&format!("{FRAME}{sentence}\n"), part, "notice", rule, sign);
    }
}

#[test]
fn doubts_between_places_say_why_there_is_none() {
    for (sentences, part, rule, sign) in [
        (
            "到2030年，农村供水普及率达到98%。\n\n第二节 目标\n\n到2030年，农村供水普及率达到98%。",
            "98%",
            "notice.contradiction.values",
            "same_in_all_places",
        ),
        (
            "推进滨江东部污水处理厂建设。\n\n第二节 另一节\n\n推进滨江西部污水处理厂改造。",
            "滨江东部污水处理厂",
            "notice.name_variant",
            "difference_tells_them_apart",
        ),
        (
            "严禁新建燃煤锅炉。\n\n第二节 另一节\n\n对新建燃煤锅炉的行为依法处罚。",
            "对新建燃煤锅炉",
            "notice.contradiction.forbidden",
            "named_and_not_asked_for",
        ),
    ] {
        assert_near(&format!("{FRAME}{sentences}\n"), part, "notice", rule, sign);
    }
}
