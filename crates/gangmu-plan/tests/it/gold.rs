//! The compiler against gold written by a person who writes no rules: `tests/gold/*.toml`, `paths/`, `notices/`.
//!
//! Every file is one test; it lists all failures with their texts at its end.

use gangmu_kernel::SourceText;
use gangmu_kernel::source::{Block, BlockRole, Place, SourceKind, Span};
use gangmu_plan::compile::{Names, compile};
use gangmu_plan::compiled::CompiledPlan;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A text as the reader of plain files would hand it over.
pub fn source(text: &str) -> SourceText {
    let mut blocks = Vec::new();
    let mut at = 0u32;
    for (number, line) in (1u32..).zip(text.split('\n')) {
        let end = at + line.chars().count() as u32;
        if !line.trim().is_empty() {
            blocks.push(Block { span: Span::new(at, end), role: BlockRole::Paragraph, place: Place::Line(number) });
        }
        at = end + 1;
    }
    SourceText { text: text.to_owned(), kind: SourceKind::Txt, sha256: "0".repeat(64), blocks, tables: Vec::new() }
}

fn compiled(text: &str) -> CompiledPlan {
    compile(&source(text), &Names::default())
}

fn parsed<T: DeserializeOwned>(toml: &str) -> T {
    toml::from_str(toml).expect("the gold file is well formed")
}

/// The spans, in code points, of every place where `part` stands in `text`.
fn places(text: &str, part: &str) -> Vec<Span> {
    let length = part.chars().count() as u32;
    text.match_indices(part)
        .map(|(byte, _)| text[..byte].chars().count() as u32)
        .map(|start| Span::new(start, start + length))
        .collect()
}

fn place(text: &str, part: &str) -> Span {
    *places(text, part).first().unwrap_or_else(|| panic!("{part} does not stand in {text}"))
}

/// Puts a text into the frame of its file; returns the document and the span of the text in it.
fn framed(frame: &str, text: &str) -> (String, Span) {
    let before = frame.find("{text}").expect("a frame holds {text}");
    let start = frame[..before].chars().count() as u32;
    (frame.replacen("{text}", text, 1), Span::new(start, start + text.chars().count() as u32))
}

/// The failures of a file, each with its text.
struct Failures {
    file: &'static str,
    seen: usize,
    lines: Vec<String>,
}

impl Failures {
    fn of(file: &'static str) -> Self {
        Self { file, seen: 0, lines: Vec::new() }
    }

    fn check(&mut self, text: &str, complaint: Option<String>) {
        self.seen += 1;
        if let Some(complaint) = complaint {
            self.lines.push(format!("{complaint}\n      {}", text.replace('\n', "⏎")));
        }
    }

    /// Texts that nobody works on: not all need pass, but no fewer than when they were first measured.
    #[expect(clippy::print_stdout, reason = "the rate is what a reader of this test wants to see")]
    fn hold(self, floor: usize) {
        let passed = self.seen - self.lines.len();
        println!("{}: {passed} of {} pass\n  {}", self.file, self.seen, self.lines.join("\n  "));
        assert!(passed >= floor, "{}: {passed} of {} pass, {floor} did before", self.file, self.seen);
    }

    fn report(self) {
        assert!(self.seen > 0, "{}: nothing was checked", self.file);
        let (failed, seen) = (self.lines.len(), self.seen);
        assert!(self.lines.is_empty(), "{}: {failed} of {seen} fail\n  {}", self.file, self.lines.join("\n  "));
    }
}

#[derive(Deserialize)]
struct Degrees {
    frame: String,
    sentence: Vec<DegreeCase>,
}

#[derive(Deserialize)]
struct DegreeCase {
    text: String,
    degrees: Vec<String>,
    word: Option<String>,
}

fn degree_complaint(frame: &str, case: &DegreeCase) -> Option<String> {
    let (document, inside) = framed(frame, &case.text);
    let plan = compiled(&document);
    let mut tasks: Vec<_> = plan.tasks.iter().filter(|t| Span::new(t.start, t.end).overlaps(inside)).collect();
    tasks.sort_by_key(|t| t.start);
    let mut degrees: Vec<String> = tasks.iter().map(|t| word_of(&t.degree)).collect();
    degrees.dedup();
    if degrees != case.degrees {
        return Some(format!("expected {:?}, got {degrees:?}", case.degrees));
    }
    let expected = case.word.as_deref()?;
    let points: Vec<char> = document.chars().collect();
    let first = case.degrees.first().map_or("", String::as_str);
    let words: Vec<String> = tasks
        .iter()
        .filter(|t| word_of(&t.degree) == first)
        .map(|t| t.degree_word.map_or_else(String::new, |(a, b)| points[a as usize..b as usize].iter().collect()))
        .collect();
    (!words.iter().any(|w| w == expected)).then(|| format!("expected the word {expected:?}, got {words:?}"))
}

/// The name of a unit variant in the contract.
fn word_of<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        other => panic!("a word was expected: {other:?}"),
    }
}

#[test]
fn degrees_follow_the_words_of_the_sentence() {
    let gold: Degrees = parsed(include_str!("../gold/degrees.toml"));
    assert!(gold.sentence.len() >= 60);
    let mut failures = Failures::of("degrees.toml");
    for case in &gold.sentence {
        failures.check(&case.text, degree_complaint(&gold.frame, case));
    }
    failures.report();
}

#[derive(Deserialize)]
struct Periods {
    frame: String,
    sentence: Vec<PeriodCase>,
}

#[derive(Deserialize)]
struct PeriodCase {
    text: String,
    r#in: String,
    at: String,
    #[serde(flatten)]
    fields: std::collections::BTreeMap<String, String>,
}

fn period_complaint(frame: &str, case: &PeriodCase) -> Option<String> {
    let (document, inside) = framed(frame, &case.text);
    let plan = serde_json::to_value(compiled(&document)).expect("a compiled plan has a JSON form");
    let at = places(&document, &case.at).into_iter().find(|s| inside.contains(*s)).expect("`at` stands in the text");
    let found: Vec<&Value> =
        plan[case.r#in.as_str()].as_array().expect("a list").iter().filter(|x| overlaps(x, at)).collect();
    if found.is_empty() {
        return Some(format!("nothing in {} at {}", case.r#in, case.at));
    }
    let complaints: Vec<String> = found.iter().map(|x| field_complaints(x, case)).collect();
    complaints
        .iter()
        .all(|c| !c.is_empty())
        .then(|| format!("{} at {}: {}", case.r#in, case.at, complaints.join(" | ")))
}

fn overlaps(element: &Value, at: Span) -> bool {
    let offset = |key: &str| element[key].as_u64().expect("an offset") as u32;
    Span::new(offset("start"), offset("end")).overlaps(at)
}

/// What differs in the fields that the case names; empty when nothing does.
fn field_complaints(element: &Value, case: &PeriodCase) -> String {
    let differing = case.fields.iter().filter_map(|(key, expected)| {
        let got = &element[key.as_str()];
        let same = match (expected.as_str(), got) {
            ("none", got) => got.is_null(),
            (expected, Value::String(got)) if matches!(key.as_str(), "value" | "low" | "high") => {
                expected.parse::<rust_decimal::Decimal>().ok() == got.parse().ok()
            }
            (expected, Value::String(got)) => expected == got,
            _ => false,
        };
        (!same).then(|| format!("{key} expected {expected}, got {got}"))
    });
    differing.collect::<Vec<_>>().join(", ")
}

#[test]
fn targets_and_quantities_carry_their_period_and_comparator() {
    let gold: Periods = parsed(include_str!("../gold/periods.toml"));
    assert!(gold.sentence.len() >= 60);
    let mut failures = Failures::of("periods.toml");
    for case in &gold.sentence {
        failures.check(&case.text, period_complaint(&gold.frame, case));
    }
    failures.report();
}

#[derive(Deserialize)]
struct Paths {
    paths: Vec<String>,
    clause: Vec<Anchor>,
}

#[derive(Deserialize)]
struct Anchor {
    path: String,
    anchor: String,
}

fn check_paths(file: &'static str, text: &str, gold: &str) {
    let gold: Paths = parsed(gold);
    let plan = compiled(text);
    let mut failures = Failures::of(file);
    let got: Vec<&str> = plan.clauses.iter().map(|c| c.path.as_str()).collect();
    failures.check("all paths", (got != gold.paths).then(|| format!("expected {:?}\n  got      {got:?}", gold.paths)));
    let tiled = plan.clauses.windows(2).all(|w| w[0].end == w[1].start);
    let whole = plan.clauses.first().is_some_and(|c| c.start == 0)
        && plan.clauses.last().is_some_and(|c| c.end == text.chars().count() as u32);
    failures.check("tiling", (!(tiled && whole)).then(|| "the clauses do not tile the text".to_owned()));
    for Anchor { path, anchor } in &gold.clause {
        let at = place(text, anchor).start;
        let clause = plan.clauses.iter().find(|c| c.start <= at && at < c.end);
        let got = clause.map_or("nowhere", |c| c.path.as_str());
        failures.check(anchor, (got != path).then(|| format!("expected {path}, got {got}")));
    }
    failures.report();
}

#[test]
fn parts_enter_the_path_where_chapters_restart() {
    check_paths(
        "paths/parts-with-restarting-chapters",
        include_str!("../gold/paths/parts-with-restarting-chapters.txt"),
        include_str!("../gold/paths/parts-with-restarting-chapters.toml"),
    );
}

#[test]
fn an_opinion_without_chapters_begins_at_its_first_level() {
    check_paths(
        "paths/opinion-without-chapters",
        include_str!("../gold/paths/opinion-without-chapters.txt"),
        include_str!("../gold/paths/opinion-without-chapters.toml"),
    );
}

#[test]
fn decimal_headings_keep_their_numbers() {
    check_paths(
        "paths/decimal-headings",
        include_str!("../gold/paths/decimal-headings.txt"),
        include_str!("../gold/paths/decimal-headings.toml"),
    );
}

#[derive(Deserialize)]
struct Brackets {
    frame: String,
    bracket: Vec<BracketCase>,
}

#[derive(Deserialize)]
struct BracketCase {
    text: String,
    lead: Vec<String>,
    support: Vec<String>,
    deadline: Option<String>,
    #[serde(default)]
    note: bool,
}

fn bracket_complaint(frame: &str, case: &BracketCase) -> Option<String> {
    let (document, inside) = framed(frame, &case.text);
    let plan = compiled(&document);
    let found: Vec<_> = plan.responsibilities.iter().filter(|r| Span::new(r.start, r.end).overlaps(inside)).collect();
    let [one] = found.as_slice() else {
        return Some(format!("expected one responsibility, got {}", found.len()));
    };
    let same = one.lead == case.lead && one.support == case.support && one.deadline == case.deadline;
    if !same {
        return Some(format!(
            "expected {:?} / {:?} / {:?}, got {:?} / {:?} / {:?}",
            case.lead, case.support, case.deadline, one.lead, one.support, one.deadline
        ));
    }
    (one.note.is_some() != case.note).then(|| format!("note expected {}, got {:?}", case.note, one.note))
}

#[test]
fn brackets_name_lead_support_and_deadline() {
    let gold: Brackets = parsed(include_str!("../gold/brackets.toml"));
    assert!(gold.bracket.len() >= 30);
    let mut failures = Failures::of("brackets.toml");
    for case in &gold.bracket {
        failures.check(&case.text, bracket_complaint(&gold.frame, case));
    }
    failures.report();
}

#[derive(Deserialize)]
struct Notices {
    kind: String,
    frame: Option<String>,
    texts: Vec<NoticeCase>,
}

#[derive(Deserialize)]
struct NoticeCase {
    text: String,
    at: Option<String>,
}

/// Where a notice file has no frame of its own, its texts stand in this plan.
const FRAME: &str = "示例县国民经济和社会发展第十五个五年规划纲要\n\n第一章　重点任务\n\n第一节　主要工作\n\n{text}\n\n\
                     第二节　保障措施\n\n加强统筹协调。\n";

fn notice_complaint(kind: &str, frame: &str, case: &NoticeCase) -> Option<String> {
    let (document, inside) = framed(frame, &case.text);
    let plan = compiled(&document);
    let all: Vec<String> = plan.notices.iter().map(|n| format!("{} {}", word_of(&n.kind), n.message)).collect();
    if kind == "none" {
        return (!all.is_empty()).then(|| format!("expected no notice, got {all:?}"));
    }
    let at: Option<Vec<Span>> = case.at.as_ref().map(|part| {
        let spans: Vec<Span> = places(&document, part).into_iter().filter(|s| inside.contains(*s)).collect();
        assert!(!spans.is_empty(), "{part} does not stand in {}", case.text);
        spans
    });
    let found = plan.notices.iter().filter(|n| word_of(&n.kind) == kind).any(|n| match &at {
        None => true,
        Some(places) => n.spans.iter().any(|(a, b)| places.iter().any(|p| p.overlaps(Span::new(*a, *b)))),
    });
    (!found).then(|| format!("expected {kind}, got {all:?}"))
}

fn check_notices(file: &'static str, least: usize, gold: &str) {
    let gold: Notices = parsed(gold);
    assert!(gold.texts.len() >= least, "{file}: {} texts", gold.texts.len());
    let mut failures = Failures::of(file);
    for case in &gold.texts {
        let frame = gold.frame.as_deref().unwrap_or(FRAME);
        failures.check(&case.text, notice_complaint(&gold.kind, frame, case));
    }
    failures.report();
}

/// One test for each file of notices.
macro_rules! notice_tests {
    ($($name:ident => $file:literal;)*) => {
        $(#[test]
        fn $name() {
            check_notices($file, 20, include_str!(concat!("../gold/notices/", $file)));
        })*
    };
}

notice_tests! {
    counts_that_differ_are_noticed => "count_mismatch.toml";
    figures_that_disagree_are_noticed => "arithmetic.toml";
    things_promised_twice_are_noticed => "duplicate.toml";
    states_that_cannot_both_hold_are_noticed => "status_conflict.toml";
    one_thing_under_two_names_is_noticed => "name_variant.toml";
    damaged_text_is_noticed => "text_defect.toml";
    two_readings_are_noticed => "ambiguous.toml";
    promised_tables_that_are_missing_are_noticed => "missing_table.toml";
    units_that_nobody_knows_are_noticed => "unknown_unit.toml";
    clauses_that_contradict_each_other_are_noticed => "contradiction.toml";
    texts_that_are_no_plan_are_noticed => "not_a_plan.toml";
    sound_texts_give_no_notice => "clean.toml";
}

#[derive(Deserialize)]
struct Fresh<T> {
    floor: usize,
    #[serde(flatten)]
    gold: T,
}

#[derive(Deserialize)]
struct NoticeFiles {
    file: Vec<Notices>,
}

#[test]
fn fresh_degrees_hold_their_rate() {
    let fresh: Fresh<Degrees> = parsed(include_str!("../gold/fresh/degrees.toml"));
    let mut failures = Failures::of("fresh/degrees.toml");
    for case in &fresh.gold.sentence {
        failures.check(&case.text, degree_complaint(&fresh.gold.frame, case));
    }
    failures.hold(fresh.floor);
}

#[test]
fn fresh_periods_hold_their_rate() {
    let fresh: Fresh<Periods> = parsed(include_str!("../gold/fresh/periods.toml"));
    let mut failures = Failures::of("fresh/periods.toml");
    for case in &fresh.gold.sentence {
        failures.check(&case.text, period_complaint(&fresh.gold.frame, case));
    }
    failures.hold(fresh.floor);
}

#[test]
fn fresh_brackets_hold_their_rate() {
    let fresh: Fresh<Brackets> = parsed(include_str!("../gold/fresh/brackets.toml"));
    let mut failures = Failures::of("fresh/brackets.toml");
    for case in &fresh.gold.bracket {
        failures.check(&case.text, bracket_complaint(&fresh.gold.frame, case));
    }
    failures.hold(fresh.floor);
}

#[test]
fn fresh_notices_hold_their_rate() {
    let fresh: Fresh<NoticeFiles> = parsed(include_str!("../gold/fresh/notices.toml"));
    let mut failures = Failures::of("fresh/notices.toml");
    for file in &fresh.gold.file {
        for case in &file.texts {
            let complaint = notice_complaint(&file.kind, file.frame.as_deref().unwrap_or(FRAME), case);
            failures.check(&case.text, complaint);
        }
    }
    failures.hold(fresh.floor);
}
