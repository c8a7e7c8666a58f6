//! Whatever the text, the compiler answers: it never panics, its clauses tile the text, and it says the same again.

use gangmu_kernel::SourceText;
use gangmu_kernel::source::{Cell, SourceKind, Span, Table};
use gangmu_plan::compile::{Names, compile};
use gangmu_plan::compiled::CompiledPlan;

use crate::dice::{Dice, rounds};
use crate::gold::source;

/// A text of our own that uses every form of heading, table and figure.
const SEED: &str = include_str!("../docs/seed.txt");

/// Scraps that rules are sensitive to.
const SCRAPS: &[&str] = &[
    "第",
    "章",
    "节",
    "一、",
    "（二）",
    "3.",
    "（4）",
    "①",
    "专栏",
    "——",
    "\t",
    "|",
    "：",
    "。",
    "，",
    "“",
    "”",
    "（",
    "）",
    "《",
    "》",
    "2025年",
    "2021—2025年",
    "年均增长",
    "下降到",
    "控制在",
    "以内",
    "5.5%",
    "1+1+9",
    "5G",
    "〔17〕",
    "〔2021〕4号",
    "1∶2∶3",
    "千亿级",
    "前三",
    "全覆盖",
    "翻一番",
    "、",
    "\n",
    "\n\n",
    "\r\n",
    "\u{3000}",
    "\u{feff}",
    "\u{0}",
    "𠀀",
    "🙂",
    "e\u{301}",
    "零",
    "〇",
    "十",
    "万",
    "亿",
    "百分之",
    "约束性",
    "指标\n2025年\n2030年\n属性\n",
    "目录\n",
    "附件",
    "负责",
    "牵头单位：",
    "1.1",
    "1.1.1",
    "99999999999999999999999999",
    "0.00000000000000001",
    "-",
    "—",
];

fn check(text: &SourceText) -> CompiledPlan {
    let plan = compile(text, &Names::default());
    let length = text.text.chars().count() as u32;
    let mut at = 0;
    for clause in &plan.clauses {
        assert_eq!(clause.start, at, "clauses tile the text: {:?}", clause.path);
        assert!(
            clause.end >= clause.start,
            "{:?} in {:#?}",
            clause,
            plan.clauses.iter().map(|c| (&c.path, c.start, c.end)).collect::<Vec<_>>()
        );
        at = clause.end;
    }
    assert_eq!(at, length, "clauses reach the end of the text");
    let spans = plan
        .outline
        .iter()
        .map(|h| (h.start, h.end))
        .chain(plan.quantities.iter().map(|q| (q.start, q.end)))
        .chain(plan.targets.iter().map(|t| (t.start, t.end)))
        .chain(plan.indicators.iter().map(|i| (i.start, i.end)))
        .chain(plan.tasks.iter().map(|t| (t.start, t.end)))
        .chain(plan.projects.iter().map(|p| (p.start, p.end)))
        .chain(plan.notices.iter().flat_map(|n| n.spans.iter().copied()));
    for (start, end) in spans {
        assert!(start <= end && end <= length, "a span lies in the text: {start}..{end} of {length}");
    }
    let chars: Vec<char> = text.text.chars().collect();
    for quantity in &plan.quantities {
        let text: String = chars[quantity.start as usize..quantity.end as usize].iter().collect();
        assert_eq!(text, quantity.text, "a quantity's text is that of its span");
    }
    plan
}

#[test]
fn slices_and_shuffles_of_a_plan_are_compiled_without_panic() {
    let chars: Vec<char> = SEED.chars().collect();
    let mut dice = Dice(0x5eed_1234_5678_9abc);
    for round in 0..rounds(300) {
        let mut text = String::new();
        while text.chars().count() < 20 + round % 300 * 4 {
            match dice.below(4) {
                0 => text.push_str(SCRAPS[dice.below(SCRAPS.len())]),
                1 => {
                    let from = dice.below(chars.len());
                    let to = (from + dice.below(60)).min(chars.len());
                    text.extend(&chars[from..to]);
                }
                2 => {
                    let line = SEED.lines().nth(dice.below(SEED.lines().count())).unwrap_or("");
                    text.push_str(line);
                    text.push('\n');
                }
                _ => text.push(char::from_u32(dice.below(0x11_0000) as u32).unwrap_or('纲')),
            }
        }
        check(&source(&text));
    }
}

#[test]
fn tables_with_any_spans_are_compiled_without_panic() {
    let mut dice = Dice(42);
    for _ in 0..rounds(60) {
        let mut text = String::from("专栏1 主要指标\n");
        let mut cells = Vec::new();
        let start = text.chars().count() as u32;
        let (rows, columns) = (1 + dice.below(9) as u32, 1 + dice.below(8) as u32);
        for row in 0..rows {
            for column in 0..columns {
                if dice.below(5) == 0 {
                    continue;
                }
                let words = [
                    "指标",
                    "2025年",
                    "2030年",
                    "年均/累计",
                    "属性",
                    "1.示例率（%）",
                    "—",
                    "〔12〕",
                    "≥3.5",
                    "约束性",
                    "其中：甲",
                    "",
                    "5—6",
                ];
                let word = words[dice.below(words.len())];
                let at = text.chars().count() as u32;
                text.push_str(word);
                let span = Span::new(at, at + word.chars().count() as u32);
                text.push('\t');
                cells.push(Cell {
                    row,
                    column,
                    row_span: 1 + dice.below(4) as u32,
                    column_span: 1 + dice.below(4) as u32,
                    span,
                });
            }
            text.push('\n');
        }
        let end = text.chars().count() as u32;
        let mut document = source(&text);
        document.kind = SourceKind::Docx;
        document.tables = vec![Table { span: Span::new(start, end), sheet: None, rows, columns, cells }];
        check(&document);
    }
}

#[test]
fn ten_megabytes_of_one_character_stay_cheap() {
    for c in [
        "一",
        "1",
        "。",
        "（",
        "\n",
        "——",
        "第",
        "“",
        "全",
        "、",
        "千",
        "2025年",
        "《",
        "1.",
        "\t",
        "等3个、",
        "到2030年达到5%，",
    ] {
        let text = c.repeat(200_000 / c.len());
        check(&source(&text));
    }
    let text = "纲".repeat(10 * 1024 * 1024 / 3);
    let plan = check(&source(&text));
    assert!(plan.targets.is_empty());
}

#[test]
fn nothing_at_all_is_compiled() {
    for text in ["", "\n", "\u{feff}", " ", "\r\n\r\n"] {
        let plan = check(&source(text));
        assert!(plan.quantities.is_empty());
    }
}

#[test]
fn the_same_text_gives_the_same_answer() {
    let document = source(SEED);
    let first = serde_json::to_string(&compile(&document, &Names::default())).expect("a compiled plan has a JSON form");
    for _ in 0..3 {
        let again =
            serde_json::to_string(&compile(&document, &Names::default())).expect("a compiled plan has a JSON form");
        assert_eq!(first, again);
    }
}

#[test]
fn a_sentence_that_is_all_bracket_leaves_no_empty_task() {
    let text = format!("推进起降点建设。（区交通局牵头，区{}）!!!5.幅控制在", "!".repeat(40));
    let plan = compile(&source(&text), &Names::default());
    assert!(plan.tasks.iter().all(|task| task.start < task.end), "{:#?}", plan.tasks);
}
