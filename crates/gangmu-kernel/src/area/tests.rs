use super::*;
use crate::{refusal::Refusal, tree::Validity};
use proptest::prelude::*;

fn code(text: &str) -> AreaCode {
    text.parse().unwrap()
}

#[test]
fn codes_name_their_level_and_what_lies_above() {
    for (text, level, parent) in [
        ("440000", AreaLevel::Province, None),
        ("440100", AreaLevel::City, Some("440000")),
        ("440114", AreaLevel::District, Some("440100")),
        ("429004", AreaLevel::District, Some("429000")),
        ("440114001000", AreaLevel::Town, Some("440114")),
        ("440114001003", AreaLevel::Community, Some("440114001000")),
        ("440114001003002", AreaLevel::Grid, Some("440114001003")),
    ] {
        assert_eq!(code(text).level(), level, "{text}");
        assert_eq!(code(text).parent().as_ref().map(AreaCode::as_str), parent, "{text}");
    }
}

#[test]
fn the_long_form_of_a_district_is_the_district() {
    assert_eq!(code("440114000000"), code("440114"));
    assert_eq!(code("440000000000").as_str(), "440000");
    assert_eq!(code("440114").statistical(), "440114000000");
    assert_eq!(code("440114001003002").statistical(), "440114001003");
    assert_eq!(code("440114001003").district(), Some(code("440114")));
    assert_eq!(code("440100").district(), None);
}

#[test]
fn codes_lie_inside_each_other_by_their_digits() {
    for (inner, outer, within) in [
        ("440114001003", "440114", true),
        ("440114", "440114001003", false),
        ("440114001003002", "440114001000", true),
        ("440114", "440000", true),
        ("440115001000", "440114", false),
        ("440114", "440114", true),
    ] {
        assert_eq!(code(inner).is_within(&code(outer)), within, "{inner} {outer}");
    }
}

#[test]
fn what_is_no_code_says_why() {
    let parse = |text: &str| text.parse::<AreaCode>().unwrap_err();
    for text in ["", "44011", "4401140", "44011a", "４４０１１４", "440114001003002001"] {
        assert_eq!(parse(text), BadAreaCode::Form { code: text.to_owned() });
    }
    for text in ["990000", "000000", "160101"] {
        assert_eq!(parse(text), BadAreaCode::Province { code: text.to_owned() });
    }
    for text in ["440014", "440100001000", "440114000003", "440114000000001", "440114001003000"] {
        assert_eq!(parse(text), BadAreaCode::Hole { code: text.to_owned() });
    }
    assert_eq!(parse("990000").code(), "area-code-province");
}

#[test]
fn bad_codes_and_bad_rows_are_listed_together() {
    let row = |code: &str, level: &str, parent: Option<&str>| Node {
        code: code.to_owned(),
        label: String::new(),
        level: level.to_owned(),
        parent: parent.map(str::to_owned),
        validity: Validity::default(),
        item: (),
    };
    let rows = vec![
        row("440114", "district", None),
        row("990000", "province", None),
        row("440114001000", "town", Some("440115")),
    ];
    let faults = area_tree(Ladder::of_district(), rows, vec![]).unwrap_err();
    assert_eq!(
        faults.as_slice().iter().map(|r| r.code).collect::<Vec<_>>(),
        ["area-code-province", "tree-unknown-parent"]
    );
    let tree = area_tree(
        Ladder::of_district(),
        vec![row("440114", "district", None), row("440114001000", "town", Some("440114"))],
        vec![],
    );
    assert_eq!(tree.unwrap().nodes()[1].item.level(), AreaLevel::Town);
}

proptest! {
    #[test]
    fn any_text_is_answered_and_codes_read_back(text in "([0-9]{6}|[0-9]{12}|[0-9]{15}|.{0,16})") {
        if let Ok(code) = text.parse::<AreaCode>() {
            prop_assert_eq!(code.as_str().parse::<AreaCode>().unwrap(), code.clone());
            if let Some(parent) = code.parent() {
                prop_assert!(parent.level() < code.level());
                prop_assert!(code.is_within(&parent) && !parent.is_within(&code));
                prop_assert_eq!(parent.as_str().parse::<AreaCode>(), Ok(parent.clone()));
            } else {
                prop_assert_eq!(code.level(), AreaLevel::Province);
            }
        }
    }

    #[test]
    fn built_codes_have_their_level(city in 1_u8..99, county in 1_u8..99, town in 1_u16..999, village in 1_u16..999, grid in 1_u16..999) {
        let text = format!("44{city:02}{county:02}{town:03}{village:03}{grid:03}");
        prop_assert_eq!(code(&text).level(), AreaLevel::Grid);
        let above: Vec<AreaLevel> = std::iter::successors(Some(code(&text)), AreaCode::parent).map(|c| c.level()).collect();
        prop_assert_eq!(above, [AreaLevel::Grid, AreaLevel::Community, AreaLevel::Town, AreaLevel::District, AreaLevel::City, AreaLevel::Province]);
    }
}
