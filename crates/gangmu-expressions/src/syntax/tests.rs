use super::*;
use crate::diagnostic::Code;
use proptest::prelude::*;

#[track_caller]
fn printed(text: &str) -> String {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    parsed.tree.to_string()
}

fn codes(text: &str) -> Vec<(Code, u32, u32)> {
    parse(text).diagnostics.iter().map(|d| (d.code, d.span.start, d.span.end)).collect()
}

#[test]
fn multiplication_binds_before_addition_and_comparison_before_logic() {
    assert_eq!(printed("a+b*c"), "a + b * c");
    assert_eq!(printed("(a+b)*c"), "(a + b) * c");
    assert_eq!(printed("a-(b-c)"), "a - (b - c)");
    assert_eq!(printed("a-b-c"), "a - b - c");
    assert_eq!(printed("not a = b and c or d"), "not a = b and c or d");
    assert_eq!(printed("-a*b"), "-a * b");
    assert_eq!(printed("if a then b else if c then d else e"), "if a then b else if c then d else e");
    assert_eq!(printed("(if a then b else c) + 1"), "(if a then b else c) + 1");
    assert_eq!(printed("sum(items.points where basic and self.x > 1)"), "sum(items.points where basic and self.x > 1)");
}

#[test]
fn chinese_words_and_full_width_signs_read_like_their_companions() {
    assert_eq!(
        printed("如果 甲 ＞ ３ 且 乙 ≠ 丙，那么 甲 × 2，否则 甲 ÷ 2"),
        "if 甲 > 3 and 乙 != 丙 then 甲 * 2 else 甲 / 2"
    );
    assert_eq!(printed("非 （甲 不低于 乙 或 丙 小于 丁）"), "not (甲 >= 乙 or 丙 < 丁)");
    assert_eq!(printed("最大（甲，乙，1）"), "最大(甲, 乙, 1)");
    assert_eq!(printed("甲 属于 [‘a’、‘b’]"), "甲 in ['a', 'b']");
    assert_eq!(printed("IF a THEN b ELSE c"), "if a then b else c");
    assert_eq!(printed("「R&D 经费」 / 非公经济增加值"), "「R&D 经费」 / 非公经济增加值");
}

#[test]
fn figures_take_the_unit_behind_them() {
    assert_eq!(printed("500万元"), "500 万元");
    assert_eq!(printed("500 万"), "5000000");
    assert_eq!(printed("20%"), "20%");
    assert_eq!(printed("２０％ + 3‰"), "20% + 3‰");
    assert_eq!(printed("3 元/人"), "3 元/人");
    assert_eq!(printed("3 元 / 人"), "3 元 / 人");
    assert_eq!(printed("500 万元/3"), "500 万元 / 3");
    assert_eq!(printed("5 工作日 + 2 年"), "5 工作日 + 2 年");
    assert_eq!(printed("1/3"), "1 / 3");
}

#[test]
fn days_are_written_in_two_ways() {
    assert_eq!(printed("2026-01-01"), "2026-01-01");
    assert_eq!(printed("2026年1月1日 + 30 日"), "2026-01-01 + 30 日");
    assert_eq!(printed("2026-1-1"), "2026 - 1 - 1");
    assert_eq!(printed("2026 年"), "2026 年");
    assert_eq!(printed("2026-01-01T09:00"), "2026-01-01T09:00");
    assert_eq!(codes("2026-02-30"), [(Code::BadDate, 0, 10)]);
}

#[test]
fn whatever_is_wrong_is_said_at_its_place() {
    assert_eq!(codes(""), [(Code::Empty, 0, 0)]);
    assert_eq!(codes("a +"), [(Code::MissingOperand, 3, 3)]);
    assert_eq!(codes("a + * b"), [(Code::MissingOperand, 4, 5)]);
    assert_eq!(codes("a b"), [(Code::MissingOperator, 2, 3)]);
    assert_eq!(codes("(a + b"), [(Code::UnclosedBracket, 0, 1)]);
    assert_eq!(codes("a + b)"), [(Code::UnexpectedSign, 5, 6)]);
    assert_eq!(codes("f(a, b"), [(Code::UnclosedBracket, 1, 2)]);
    assert_eq!(codes("'abc"), [(Code::UnclosedQuote, 0, 4)]);
    assert_eq!(codes("a < b < c"), [(Code::ChainedComparison, 6, 7)]);
    assert_eq!(codes("if a then b"), [(Code::IncompleteIf, 11, 11)]);
    assert_eq!(codes("a # b").first(), Some(&(Code::UnexpectedSign, 2, 3)));
    assert_eq!(codes("12345678901234567890123456789"), [(Code::NumberTooLong, 0, 29)]);
}

#[test]
fn places_are_code_points() {
    assert_eq!(codes("地区生产总值 + "), [(Code::MissingOperand, 9, 9)]);
}

#[test]
fn nothing_is_too_deep_or_too_long_to_be_answered() {
    let deep = format!("{}a{}", "(".repeat(5000), ")".repeat(5000));
    assert!(codes(&deep).iter().any(|(code, ..)| *code == Code::TooDeep || *code == Code::TooLong));
    let nots = "not ".repeat(2000) + "a";
    assert!(codes(&nots).iter().any(|(code, ..)| *code == Code::TooDeep));
    let chain = vec!["a"; 4000].join("+");
    assert!(codes(&chain).iter().any(|(code, ..)| *code == Code::TooDeep));
    let comparisons = vec!["a"; 4000].join("<");
    assert!(codes(&comparisons).len() <= 100);
    assert!(codes(&"a".repeat(LONGEST + 1)).iter().any(|(code, ..)| *code == Code::TooLong));
}

fn any_tree() -> impl Strategy<Value = String> {
    let name = prop_oneof!["[a-c甲乙]{1,3}", "「[a-z &甲]{1,4}」", "if_x|非公|then1"];
    let leaf = prop_oneof![
        name,
        "[0-9]{1,4}(\\.[0-9]{1,3})?( ?(万元|%|日|工作日|元/人|万|‰|级))?",
        "'[^'’＇]{0,4}'",
        Just("2026-01-01".to_owned()),
        Just("2026年3月1日".to_owned()),
        Just("yes".to_owned()),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let operator = prop_oneof![
            Just("+"),
            Just("-"),
            Just("×"),
            Just("/"),
            Just("and"),
            Just("或"),
            Just("="),
            Just(">="),
            Just("in"),
            Just("≠")
        ];
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
            inner.clone().prop_map(|a| format!("-({a})")),
            inner.clone().prop_map(|a| format!("not {a}")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(c, a, b)| format!("(if {c} then {a} else {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("max({a}, {b} where {a})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("[{a}, {b}]")),
            inner.prop_map(|a| format!("({a}).f")),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_has_a_tree_and_places_within_it(text in ".{0,80}") {
        let parsed = parse(&text);
        let end = u32::try_from(text.chars().count()).unwrap();
        prop_assert!(parsed.diagnostics.iter().all(|d| d.span.start <= d.span.end && d.span.end <= end));
        prop_assert!(!parsed.tree.to_string().is_empty());
    }

    #[test]
    fn any_words_have_a_tree(words in proptest::collection::vec(
        prop_oneof![
            Just("if"), Just("then"), Just("else"), Just("where"), Just("("), Just(")"), Just("["), Just("]"), Just(","),
            Just("."), Just("a"), Just("12"), Just("万元"), Just("%"), Just("not"), Just("-"), Just("="), Just("in"),
            Just("f"), Just("'t'"), Just("且"), Just("2026-01-01"), Just("#"),
        ], 0..30)) {
        let text = words.join(" ");
        let parsed = parse(&text);
        let end = u32::try_from(text.chars().count()).unwrap();
        prop_assert!(parsed.diagnostics.iter().all(|d| d.span.start <= d.span.end && d.span.end <= end));
    }

    #[test]
    fn a_printed_tree_reads_back_as_the_same_tree(text in any_tree()) {
        let first = parse(&text);
        prop_assume!(first.diagnostics.is_empty());
        let printed = first.tree.to_string();
        let second = parse(&printed);
        prop_assert_eq!(&second.diagnostics, &Vec::new(), "{}", printed);
        prop_assert_eq!(&second.tree, &first.tree, "{}", printed);
        prop_assert_eq!(second.tree.to_string(), printed);
    }
}
