use super::*;
use crate::{proposal::propose, sample};

#[test]
fn the_register_of_a_plan_reads_like_a_planners_table() {
    let plan = sample::plan();
    let rows = rows(&plan, &propose(&plan));
    let words = |key: &str| format!("<{key}>");
    let lines: Vec<_> = rows.iter().map(|row| Column::ALL.map(|c| row.cell(c, &words)).join(" | ")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    1 | 1.一 | 污水集中收集率 | <commitment-kind-target> |  | 水务局 | 住建局 | 2025 | ≥95% | 1.一 ¶1 句 2
    2 | 1.一 | 推进东坑泵站改造 | <commitment-kind-task> | <degree-advance> | 水务局 | 住建局 |  |  | 1.一 ¶1 句 3
    3 | 1.一 | 东坑泵站改造 | <commitment-kind-project> | <degree-advance> | 水务局 | 住建局 |  |  | 1.一 ¶1 句 3
    4 | 1.一 | 鼓励企业节水 | <commitment-kind-task> | <degree-support> |  |  |  |  | 1.一 ¶2 句 1
    5 | 1.二 | 探索建立巡河考核机制 | <commitment-kind-task> | <degree-explore> | 河长办 |  |  |  | 1.二 ¶1 句 1
    6 | 1.二 | 巡河考核机制 | <commitment-kind-mechanism> | <degree-explore> | 河长办 |  |  |  | 1.二 ¶1 句 1
    7 | 1.二 | 森林覆盖率 | <commitment-kind-indicator>（<attribute-binding>） |  |  |  | 2025 | 42% | 1.二 ¶3 句 1
    ");
}

#[test]
fn a_goal_is_written_with_its_sign_its_range_and_its_unit() {
    let goal = |comparator, value: Option<&str>, range: Option<(i64, i64)>, unit: &str| {
        goal_line(&Goal {
            value: value.map(|v| v.parse().unwrap()),
            low: range.map(|r| r.0.into()),
            high: range.map(|r| r.1.into()),
            unit: Some(unit.into()),
            comparator,
            text: Some("原文".into()),
            ..Goal::default()
        })
    };
    assert_eq!(goal(Some(Comparator::Ge), Some("95.0"), None, "%"), "≥95%");
    assert_eq!(goal(Some(Comparator::Lt), Some("5.5"), None, "%"), "＜5.5%");
    assert_eq!(goal(None, None, Some((5, 6)), "家"), "5～6家");
    assert_eq!(goal(Some(Comparator::Le), None, None, ""), "原文", "a cap without value keeps the text's words");
    assert_eq!(goal(Some(Comparator::UpToRank), Some("10"), None, "名"), "原文");
}

#[test]
fn a_direction_alone_is_a_word_of_the_locale() {
    let goal = Goal { direction: Some(Direction::Up), text: Some("进一步提高".into()), ..Goal::default() };
    assert_eq!(goal_line(&goal), "");
    assert_eq!(goal_cell(&goal, &|key| key.to_owned()), "goal-up");
}
