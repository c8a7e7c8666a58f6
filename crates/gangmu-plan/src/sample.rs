//! A compiled plan made by hand, in words of our own.

use crate::compiled::*;
use gangmu_kernel::SourceText;
use gangmu_kernel::source::{Block, BlockRole, Place, SourceKind, Span};
use rust_decimal::Decimal;

/// The text of the sample.
pub const TEXT: &str = "第一章　把水管好\n\
    一、修好管网\n\
    管网先行。到2025年，污水集中收集率达到95%以上。推进东坑泵站改造。（牵头单位：水务局；配合单位：住建局）\n\
    鼓励企业节水。\n\
    二、立好规矩（牵头单位：河长办）\n\
    探索建立巡河考核机制。\n\
    专栏1　主要指标\n\
    指标\t2020年\t2025年\n\
    森林覆盖率（%）\t40\t42\n";

/// A text as the reader of plain files would hand it over.
pub fn source(text: &str) -> SourceText {
    let (mut blocks, mut at) = (Vec::new(), 0u32);
    for (number, line) in (1u32..).zip(text.split('\n')) {
        let end = at + line.chars().count() as u32;
        if !line.trim().is_empty() {
            blocks.push(Block { span: Span::new(at, end), role: BlockRole::Paragraph, place: Place::Line(number) });
        }
        at = end + 1;
    }
    SourceText { text: text.to_owned(), kind: SourceKind::Txt, sha256: "0".repeat(64), blocks, tables: Vec::new() }
}

/// The span of the first occurrence of those words.
pub fn span(text: &str, words: &str) -> Range {
    let at = text.find(words).expect("the sample holds these words");
    let start = text[..at].chars().count() as u32;
    (start, start + words.chars().count() as u32)
}

pub fn origin(rule: &str, confidence: i64) -> Origin {
    Origin { rule: rule.into(), confidence: Decimal::new(confidence, 2), signs: Vec::new() }
}

pub fn heading(id: &str, level: Level, number: &str, title: &str, parent: Option<&str>) -> Heading {
    let (start, end) = span(TEXT, title);
    let number = Some(number.to_owned()).filter(|n| !n.is_empty());
    let start = start - number.as_ref().map_or(0, |n| n.chars().count() as u32 + u32::from(level != Level::Item));
    let parent = parent.map(str::to_owned);
    Heading { id: id.into(), level, number, title: title.into(), start, end, parent, origin: origin("heading", 99) }
}

fn clause(id: &str, path: &str, from: &str, to: &str, heading: &str) -> Clause {
    let start = span(TEXT, from).0;
    let end = if to.is_empty() { TEXT.chars().count() as u32 } else { span(TEXT, to).0 };
    Clause { id: id.into(), path: path.into(), start, end, heading: Some(heading.into()), sha256: String::new() }
}

pub fn task(words: &str, degree: Degree, clause: &str, confidence: i64) -> Task {
    let (start, end) = span(TEXT, words);
    Task {
        start,
        end,
        text: words.into(),
        verb: None,
        object: None,
        degree,
        degree_word: Some((start, start + 2)),
        kind: TaskKind::Task,
        clause: clause.into(),
        origin: origin("task", confidence),
    }
}

fn bracket(words: &str, lead: &str, support: &[&str], clause: &str) -> Responsibility {
    let (start, end) = span(TEXT, words);
    Responsibility {
        start,
        end,
        text: words.into(),
        lead: vec![lead.into()],
        support: support.iter().map(|s| (*s).into()).collect(),
        deadline: None,
        clause: clause.into(),
        note: None,
        origin: origin("bracket", 99),
    }
}

fn sentence(words: &str, form: SentenceForm, clause: &str, paragraph: u32, number: u32) -> SentencePlace {
    let (start, end) = span(TEXT, words);
    SentencePlace { start, end, form, clause: clause.into(), paragraph, number }
}

/// The sample.
pub fn plan() -> CompiledPlan {
    let target = span(TEXT, "污水集中收集率达到95%以上");
    let project = span(TEXT, "东坑泵站改造");
    let mechanism = span(TEXT, "巡河考核机制");
    let row = span(TEXT, "森林覆盖率（%）\t40\t42");
    CompiledPlan {
        format: FORMAT.into(),
        compiler: "by hand".into(),
        lexicon: "by hand".into(),
        source: Source {
            sha256: String::new(),
            chars: TEXT.chars().count() as u32,
            kind: gangmu_kernel::source::SourceKind::Txt,
        },
        outline: vec![
            heading("h1", Level::Chapter, "第一章", "把水管好", None),
            heading("h2", Level::Item, "一、", "修好管网", Some("h1")),
            Heading {
                start: span(TEXT, "管网先行。").0,
                end: span(TEXT, "管网先行。").1,
                ..heading("h3", Level::Lead, "", "管网先行", Some("h2"))
            },
            heading("h4", Level::Item, "二、", "立好规矩（牵头单位：河长办）", Some("h1")),
            heading("h5", Level::Box, "专栏1", "主要指标", Some("h4")),
        ],
        clauses: vec![
            clause("c1", "1", "第一章", "一、修好", "h1"),
            clause("c2", "1.一", "一、修好", "二、立好", "h2"),
            clause("c3", "1.二", "二、立好", "", "h4"),
        ],
        sentences: vec![
            sentence("管网先行。", SentenceForm::Lead, "1.一", 1, 1),
            sentence("到2025年，污水集中收集率达到95%以上。", SentenceForm::Body, "1.一", 1, 2),
            sentence("推进东坑泵站改造。", SentenceForm::Body, "1.一", 1, 3),
            sentence("（牵头单位：水务局；配合单位：住建局）", SentenceForm::Body, "1.一", 1, 4),
            sentence("鼓励企业节水。", SentenceForm::Body, "1.一", 2, 1),
            sentence("探索建立巡河考核机制。", SentenceForm::Body, "1.二", 1, 1),
            sentence("指标\t2020年\t2025年", SentenceForm::Row, "1.二", 2, 1),
            sentence("森林覆盖率（%）\t40\t42", SentenceForm::Row, "1.二", 3, 1),
        ],
        quantities: Vec::new(),
        targets: vec![Target {
            start: target.0,
            end: target.1,
            text: "达到95%以上".into(),
            subject: Some("污水集中收集率".into()),
            value: Some(Decimal::from(95)),
            low: None,
            high: None,
            unit: Some("%".into()),
            comparator: Some(Comparator::Ge),
            direction: None,
            period: Some("2025".into()),
            clause: "1.一".into(),
            quantity: None,
            origin: origin("target", 97),
        }],
        indicators: vec![Indicator {
            name: "森林覆盖率".into(),
            parent: None,
            unit: Some("%".into()),
            category: None,
            attribute: Some(Attribute::Binding),
            baseline: Baseline { value: Some(Decimal::from(40)), period: Some("2020".into()) },
            target: IndicatorTarget {
                value: Some(Decimal::from(42)),
                period: Some("2025".into()),
                ..IndicatorTarget::default()
            },
            change: Change::default(),
            clause: "1.二".into(),
            rows: vec![row],
            start: row.0,
            end: row.1,
            origin: origin("row", 98),
        }],
        tasks: vec![
            task("推进东坑泵站改造", Degree::Advance, "1.一", 96),
            task("鼓励企业节水", Degree::Support, "1.一", 90),
            task("探索建立巡河考核机制", Degree::Explore, "1.二", 70),
        ],
        projects: vec![Project {
            start: project.0,
            end: project.1,
            name: "东坑泵站改造".into(),
            verb: None,
            place: None,
            clause: "1.一".into(),
            origin: origin("project", 96),
        }],
        mechanisms: vec![Mechanism {
            start: mechanism.0,
            end: mechanism.1,
            name: "巡河考核机制".into(),
            verb: None,
            clause: "1.二".into(),
            origin: origin("mechanism", 85),
        }],
        responsibilities: vec![
            bracket("（牵头单位：水务局；配合单位：住建局）", "水务局", &["住建局"], "1.一"),
            bracket("（牵头单位：河长办）", "河长办", &[], "1.二"),
        ],
        cited: Vec::new(),
        organisations: Vec::new(),
        notices: vec![Notice {
            kind: NoticeKind::Ambiguous,
            message: "“考核”的对象没有写明".into(),
            spans: vec![span(TEXT, "考核")],
            fields: Default::default(),
            origin: origin("ambiguous", 80),
        }],
    }
}
