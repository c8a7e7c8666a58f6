use super::*;
use crate::sample;
use proptest::prelude::*;

fn names() -> Names {
    let mut names = sample::names(&[
        ("地区生产总值", "number[亿元]"),
        ("地区", "text"),
        ("R&D 经费", "number"),
        ("level", "choice(blue|red)"),
        ("p.line", "ratio"),
    ]);
    names.insert(
        "towns".to_owned(),
        Type::List(Box::new(Type::Record([("gdp".to_owned(), Type::number())].into())), None),
    );
    names
}

fn offered(text: &str) -> Vec<String> {
    let at = u32::try_from(text.chars().count()).unwrap();
    complete(text, at, &names()).into_iter().map(|candidate| candidate.insert).collect()
}

#[test]
fn names_that_begin_so_come_first() {
    assert_eq!(offered("1 + 地")[..2], ["地区".to_owned(), "地区生产总值".to_owned()]);
    assert!(offered("1 + R").contains(&"「R&D 经费」".to_owned()));
    assert!(offered("1 + ").contains(&"round(".to_owned()));
}

#[test]
fn after_figures_stand_units_and_after_operands_operators() {
    assert_eq!(offered("500 ")[0], "万元");
    assert_eq!(offered("500 亿"), ["亿元"]);
    assert!(offered("地区生产总值 ").contains(&">=".to_owned()));
    assert!(!offered("地区生产总值 ").contains(&"round(".to_owned()));
}

#[test]
fn fields_follow_their_record_and_codes_their_choice() {
    assert_eq!(offered("sum(towns."), ["gdp"]);
    assert_eq!(offered("p."), ["line"]);
    assert_eq!(offered("level = ")[..2], ["'blue'", "'red'"]);
}

proptest! {
    #[test]
    fn any_place_of_any_text_is_answered(text in ".{0,30}", at in 0_u32..40) {
        let end = u32::try_from(text.chars().count()).unwrap();
        let at = at.min(end);
        prop_assert!(complete(&text, at, &names()).iter().all(|candidate| candidate.start <= at));
    }
}
