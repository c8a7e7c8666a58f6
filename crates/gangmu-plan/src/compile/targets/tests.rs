//! Targets of small plans.

use gangmu_kernel::SourceText;
use gangmu_kernel::source::SourceKind;

use crate::compile::{Names, compile};
use crate::compiled::Target;

fn targets(body: &str) -> Vec<Target> {
    let text = format!(
        "示例区国民经济和社会发展第十五个五年规划纲要\n\n第一章 发展基础\n\n回顾过去。\n\n第二章 重点任务\n\n{body}\n"
    );
    let source =
        SourceText { text, kind: SourceKind::Txt, sha256: String::new(), blocks: Vec::new(), tables: Vec::new() };
    compile(&source, &Names::default()).targets
}

#[test]
fn a_target_points_at_its_quantity() {
    let found = targets("到2030年，绿化率达到42%。");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].quantity, Some(0));
    assert_eq!(found[0].period.as_deref(), Some("2030"));
    assert_eq!(found[0].subject.as_deref(), Some("绿化率"));
}

#[test]
fn a_cap_that_another_level_sets_has_no_value() {
    let found = targets("能耗强度控制在市下达的目标范围之内。");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].value, found[0].low, found[0].high), (None, None, None));
}

#[test]
fn a_past_figure_is_no_target() {
    assert!(targets("2025年，绿化率达到40%。").is_empty());
    assert!(targets("五年来，新增公园12个。").is_empty());
}

#[test]
fn an_aim_without_a_value_keeps_its_direction() {
    let found = targets("大幅缩短办事时间，审批效率明显提升。");
    let directions: Vec<_> = found.iter().map(|t| t.direction).collect();
    assert_eq!(directions, [Some(crate::compiled::Direction::Down), Some(crate::compiled::Direction::Up)]);
    assert!(found.iter().all(|t| t.quantity.is_none() && t.value.is_none()));
}
