//! Every pack's areas and organisations are sound trees; packs may be taken away, then there is nothing to test.

use gangmu_kernel::{
    area::{AreaLevel, area_tree},
    tree::{DatedTree, Ladder, Node, Validity},
};
use jiff::civil::date;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The packs with that file, and the file's rows by column name.
#[expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a test may open its data and say that it skips")]
fn packs_with(file: &str) -> Vec<(PathBuf, Vec<BTreeMap<String, String>>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let packs = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path().join(file));
    let found: Vec<_> = packs
        .filter(|path| path.is_file())
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a readable file");
            let rows = rows(&text);
            (path, rows)
        })
        .collect();
    if found.is_empty() {
        println!("skipped: no pack has {file}");
    }
    found
}

/// Rows of a file whose cells hold no commas.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().expect("a head line").split(',').collect();
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), head.len(), "{line}");
            head.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.to_owned())).collect()
        })
        .collect()
}

fn node(row: &BTreeMap<String, String>) -> Node<()> {
    let filled = |name: &str| row.get(name).filter(|cell| !cell.is_empty()).cloned();
    let day = |name: &str| filled(name).map(|cell| cell.parse().expect("a date"));
    Node {
        code: row["code"].clone(),
        label: row["label"].clone(),
        level: filled("level").unwrap_or_default(),
        parent: filled("parent"),
        validity: Validity { from: day("from"), until: day("until") },
        item: (),
    }
}

#[test]
fn areas_are_sound_and_their_codes_agree_with_level_and_parent() {
    for (path, rows) in packs_with("areas.csv") {
        let tree = area_tree(Ladder::of_district(), rows.iter().map(node).collect(), vec![])
            .unwrap_or_else(|reasons| panic!("{}: {reasons}", path.display()));
        for node in tree.nodes() {
            assert_eq!(node.item.level().key(), node.level, "{}", node.code);
            assert_eq!(node.item.parent().map(String::from), node.parent, "{}", node.code);
        }
        for row in rows.iter().filter(|row| row["source"] == "invented") {
            assert!(row["label"].contains("示例"), "{} is invented and does not say so", row["code"]);
        }
        let grids = tree.at_level(AreaLevel::Grid.key(), date(2024, 6, 30));
        assert!(grids.iter().all(|g| tree.ancestors(&g.code, date(2024, 6, 30)).len() == 5));
    }
}

#[test]
fn organisations_are_sound_and_no_name_stands_for_two() {
    for (path, rows) in packs_with("organisations.csv") {
        let none = Ladder::new::<String>([]);
        let tree = DatedTree::new(none, rows.iter().map(node).collect(), vec![]);
        assert!(tree.is_ok(), "{}: {:?}", path.display(), tree.err());
        let mut names = BTreeMap::new();
        for row in &rows {
            let aliases = row["aliases"].split('|').filter(|alias| !alias.is_empty());
            for name in aliases.chain([row["label"].as_str(), row["short"].as_str()]) {
                let other = names.insert(name, &row["code"]);
                assert!(
                    other.is_none_or(|code| code == &row["code"]),
                    "{name} stands for {other:?} and {}",
                    row["code"]
                );
            }
        }
    }
}
