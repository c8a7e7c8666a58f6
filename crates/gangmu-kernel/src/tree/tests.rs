use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn node(code: &str, level: &str, parent: &str, from: Option<Date>, until: Option<Date>) -> Node<()> {
    Node {
        code: code.to_owned(),
        label: format!("{code}名"),
        level: level.to_owned(),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        validity: Validity { from, until },
        item: (),
    }
}

/// A district with towns a and b that merge into c on 2024-01-01; village v moves with a.
fn merged() -> DatedTree<()> {
    let new_year = date(2024, 1, 1);
    let last = Some(date(2023, 12, 31));
    let nodes = vec![
        node("d", "district", "", None, None),
        node("a", "town", "d", None, last),
        node("b", "town", "d", None, last),
        node("c", "town", "d", Some(new_year), None),
        node("v", "community", "a", None, last),
        node("v", "community", "c", Some(new_year), None),
        node("g", "grid", "v", None, None),
    ];
    let change =
        Change { on: new_year, kind: ChangeKind::Merge, from: vec!["a".into(), "b".into()], into: vec!["c".into()] };
    DatedTree::new(Ladder::of_district(), nodes, vec![change]).unwrap()
}

fn codes<'a>(nodes: &[&'a Node<()>]) -> Vec<&'a str> {
    nodes.iter().map(|n| n.code.as_str()).collect()
}

#[test]
fn the_tree_answers_as_of_any_day() {
    let tree = merged();
    let (before, after) = (date(2023, 12, 31), date(2024, 1, 1));
    assert_eq!(codes(&tree.children("d", before)), ["a", "b"]);
    assert_eq!(codes(&tree.children("d", after)), ["c"]);
    assert_eq!(codes(&tree.ancestors("g", before)), ["v", "a", "d"]);
    assert_eq!(codes(&tree.ancestors("g", after)), ["v", "c", "d"]);
    assert_eq!(codes(&tree.subtree("d", after)), ["d", "c", "v", "g"]);
    assert_eq!(codes(&tree.subtree("a", after)), Vec::<&str>::new());
    assert!(tree.is_within("g", "a", before) && !tree.is_within("g", "a", after));
    assert!(tree.is_within("g", "g", after) && !tree.is_within("a", "a", after));
    assert_eq!(codes(&tree.roots(after)), ["d"]);
    assert_eq!(codes(&tree.at_level("town", before)), ["a", "b"]);
}

#[test]
fn merged_nodes_are_followed_in_both_directions() {
    let tree = merged();
    assert_eq!(codes(&tree.successors("a", date(2024, 6, 30))), ["c"]);
    assert_eq!(codes(&tree.successors("a", date(2023, 6, 30))), ["a"]);
    assert_eq!(codes(&tree.predecessors("c", date(2023, 6, 30))), ["a", "b"]);
    assert_eq!(codes(&tree.predecessors("v", date(2023, 6, 30))), ["v"]);
    assert_eq!(codes(&tree.successors("nowhere", date(2024, 6, 30))), Vec::<&str>::new());
}

#[test]
fn all_faults_are_listed_at_once() {
    let nodes = vec![
        node("d", "district", "", Some(date(2021, 1, 1)), None),
        node("a", "parish", "d", Some(date(2021, 1, 1)), None),
        node("b", "town", "x", None, None),
        node("c", "town", "d", None, None),
        node("e", "town", "d", Some(date(2023, 1, 1)), Some(date(2022, 1, 1))),
        node("f", "district", "d", Some(date(2022, 1, 1)), None),
        node("d", "district", "", Some(date(2025, 1, 1)), None),
        node("h", "town", "i", None, None),
        node("i", "town", "h", None, None),
    ];
    let on = date(2024, 1, 1);
    let changes = vec![
        Change { on, kind: ChangeKind::Split, from: vec!["z".into()], into: vec![] },
        Change { on: date(2020, 1, 1), kind: ChangeKind::Recode, from: vec!["c".into()], into: vec!["a".into()] },
    ];
    let faults = DatedTree::new(Ladder::of_district(), nodes, changes).unwrap_err();
    let named: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for expected in [
        "a: level \"parish\" is not declared",
        "b: no parent \"x\"",
        "c: parent d does not hold on all its days",
        "e: ends before it begins",
        "f: level is not below that of d",
        "d: two rows hold on the same day",
        "h: is above itself",
        "change on 2024-01-01: nothing before or nothing after",
        "change on 2024-01-01: no node z",
        "change on 2020-01-01: a does not hold when it should",
    ] {
        assert!(named.iter().any(|n| n == expected), "{expected}\n{named:#?}");
    }
    assert!(crate::refusal::Reasons::of(&faults).unwrap().has("tree-cycle"));
}

#[test]
fn a_renamed_parent_covers_its_children_without_a_gap() {
    let nodes = |second: Date| {
        vec![
            node("d", "district", "", None, Some(date(2022, 12, 31))),
            node("d", "district", "", Some(second), None),
            node("a", "town", "d", None, None),
        ]
    };
    assert!(DatedTree::new(Ladder::of_district(), nodes(date(2023, 1, 1)), vec![]).is_ok());
    let gap = DatedTree::new(Ladder::of_district(), nodes(date(2023, 1, 2)), vec![]).unwrap_err();
    assert_eq!(gap, [TreeFault::ParentNotThere { code: "a".into(), parent: "d".into() }]);
}

#[test]
fn other_ladders_are_declared_and_an_empty_one_checks_no_level() {
    let ladder = Ladder::new(["市", "区", "镇街", "村"]);
    let nodes = vec![node("1", "市", "", None, None), node("2", "镇街", "1", None, None)];
    assert_eq!(DatedTree::new(ladder, nodes, vec![]).unwrap().ladder().rank("村"), Some(3));
    let bureaus = vec![node("o", "", "", None, None), node("p", "", "o", None, None)];
    assert!(DatedTree::new(Ladder::new::<String>([]), bureaus, vec![]).is_ok());
}

proptest! {
    /// Each node hangs on an earlier one, so the tree is sound whatever the numbers are.
    #[test]
    fn subtrees_and_ancestors_agree(parents in prop::collection::vec(any::<u16>(), 1..30), day in 1_i8..28) {
        let nodes: Vec<Node<()>> = parents.iter().enumerate().map(|(at, &p)| {
            let parent = if at == 0 { String::new() } else { (usize::from(p) % at).to_string() };
            node(&at.to_string(), "", &parent, None, None)
        }).collect();
        let tree = DatedTree::new(Ladder::new::<String>([]), nodes, vec![]).unwrap();
        let day = date(2024, 6, day);
        prop_assert_eq!(tree.subtree("0", day).len(), parents.len());
        for node in tree.nodes() {
            for below in tree.subtree(&node.code, day) {
                prop_assert!(tree.is_within(&below.code, &node.code, day));
            }
            let below_children: usize = tree.children(&node.code, day).iter().map(|c| tree.subtree(&c.code, day).len()).sum();
            prop_assert_eq!(tree.subtree(&node.code, day).len(), below_children + 1);
        }
    }

    #[test]
    fn any_rows_are_answered(rows in prop::collection::vec((0_u8..6, 0_u8..7, 0_u8..4, 2020_i16..2026, 2020_i16..2026), 0..12)) {
        let nodes = rows.iter().map(|&(code, parent, level, from, until)| {
            let level = ["district", "town", "community", "parish"][usize::from(level)];
            let parent = if parent == 6 { String::new() } else { parent.to_string() };
            node(&code.to_string(), level, &parent, Some(date(from, 1, 1)), Some(date(until, 12, 31)))
        }).collect();
        match DatedTree::new(Ladder::of_district(), nodes, vec![]) {
            Ok(tree) => for n in tree.nodes() { let _ = tree.subtree(&n.code, date(2023, 1, 1)); },
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}
