//! Number marks of single lines.

use super::marks::{MarkKind, mark};
use crate::compile::fold::fold;

fn kind(line: &str) -> Option<(MarkKind, Vec<u32>)> {
    let folded: Vec<char> = line.chars().map(fold).collect();
    mark(&folded).map(|m| (m.kind, m.value))
}

#[test]
fn every_form_of_number_is_known() {
    for (line, expected, value) in [
        ("第三章 任务", MarkKind::Chapter, vec![3]),
        ("第 12 节", MarkKind::Section, vec![12]),
        ("第一篇　总论", MarkKind::Part, vec![1]),
        ("十二、产业", MarkKind::Item, vec![12]),
        ("一．产业", MarkKind::Item, vec![1]),
        ("(二)布局", MarkKind::Subitem, vec![2]),
        ("（二十七） 布局", MarkKind::Subitem, vec![27]),
        ("3.建设", MarkKind::Point, vec![3]),
        ("3、建设", MarkKind::Point, vec![3]),
        ("（4）建设", MarkKind::Subpoint, vec![4]),
        ("④建设", MarkKind::Subpoint, vec![4]),
        ("2.1.3　职责", MarkKind::Decimal, vec![2, 1, 3]),
        ("2　职责", MarkKind::Decimal, vec![2]),
        ("专栏 4：指标", MarkKind::Box, vec![4]),
        ("【专栏4】指标", MarkKind::Box, vec![4]),
        ("01　算力", MarkKind::Entry, vec![1]),
    ] {
        assert_eq!(kind(line), Some((expected, value)), "{line}");
    }
}

#[test]
fn words_that_look_like_marks_are_none() {
    for line in [
        "二、三产业融合",
        "第一节课",
        "2025年",
        "3.5万元",
        "5G基站",
        "一是完善制度",
        "（2021年1月4日）",
        "3 个项目",
        "专栏作家",
    ] {
        assert_eq!(kind(line), None, "{line}");
    }
}
