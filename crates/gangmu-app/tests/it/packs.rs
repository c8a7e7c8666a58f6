//! Packs: all faults at once with file and line; loading twice does nothing; every pack in the repository is right.

use gangmu_app::{
    Failure, Session, journal,
    packs::{self, Loaded, PackFault, available, load, read},
};
use gangmu_store::{Fault, journal::Filter};
use gangmu_testkit::{each_database, example_pack};
use jiff::civil::date;
use std::{collections::BTreeMap, path::Path};

fn spoiled(path: &str, from: &str, to: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = example_pack();
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} holds {from}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}

fn faults(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    read(files, "shili").unwrap_err().iter().map(PackFault::to_string).collect()
}

#[test]
fn a_pack_is_read_whole() {
    let pack = read(&example_pack(), "shili").unwrap();
    assert_eq!(available(&example_pack()), ["shili"]);
    assert_eq!(pack.manifest.label, "示例区");
    assert_eq!(pack.manifest.valid_from, date(2021, 1, 1));
    assert_eq!(pack.areas.len(), 4);
    assert_eq!(pack.organisations[1].aliases, ["发改局", "区发改局"]);
    assert_eq!(pack.accounts.as_ref().unwrap().accounts.len(), 2);
    assert!(pack.calendar.is_announced(2024) && !pack.calendar.is_announced(2023));
    assert!(pack.file("plan/outline.txt").unwrap().starts_with("示例区".as_bytes()));
    assert_eq!(pack.file("../../etc/passwd"), None);
    assert_eq!(pack.files.keys().filter(|path| path.starts_with("calendars/")).count(), 1);
}

#[test]
fn functions_name_organisations_of_the_pack_once_each() {
    let mut files = example_pack();
    let table = "organisation,functions,source\no-water,供水和排水,example\no-none,,example\no-water,河涌,example\n";
    files.insert("shili/functions.csv".into(), table.as_bytes().to_vec());
    let expected = [
        "shili/functions.csv:3: packs.read.unknown_organisation code=\"o-none\"",
        "shili/functions.csv:3: packs.read.no_functions code=\"o-none\"",
        "shili/functions.csv:4: packs.read.functions_twice code=\"o-water\"",
    ];
    assert_eq!(faults(&files), expected);
}

#[test]
fn everything_wrong_is_named_with_its_file_and_line() {
    let mut files = spoiled("shili/areas.csv", "110199001000,示例街道,town,110199", "11019,示例街道,street,110198");
    let organisations = String::from_utf8(files["shili/organisations.csv"].clone()).unwrap();
    let organisations = organisations
        .replace(
            "o-water,示例区水务局,区水务局,department,o-district,110199,",
            "o-water,示例区水务局,区政府,office,o-none,9,",
        )
        .replace(",,,invented\no-congress", ",2024-13-01,,invented\no-congress,多余");
    files.insert("shili/organisations.csv".into(), organisations.into_bytes());
    files.insert("calendars/2024.csv".into(), b"date,kind,name,notice\n2024-05-01,free,x,y\n".to_vec());
    files.remove("shili/plan/outline.txt");
    let found = faults(&files);
    let expected = [
        "shili/areas.csv:5: area-code-form code=\"11019\"",
        "shili/organisations.csv:4: packs.read.bad_day day=\"2024-13-01\"",
        "shili/organisations.csv:4: packs.read.unknown_kind kind=\"office\"",
        "shili/organisations.csv:4: packs.read.unknown_area code=\"9\"",
        "shili/organisations.csv:4: packs.read.spelling_twice code=\"o-water\" other=\"o-district\" spelling=\"区政府\"",
        "shili/organisations.csv:4: tree-unknown-parent code=\"o-water\" parent=\"o-none\"",
        "calendars/2024.csv:2: calendar-kind kind=\"free\" line=\"2\"",
        "shili/plan/outline.txt: packs.read.missing_file",
    ];
    for fault in expected {
        assert!(found.iter().any(|f| f == fault), "{fault} is not among\n{}", found.join("\n"));
    }
    assert!(found.iter().any(|f| f.starts_with("shili/organisations.csv:5: packs.read.cell_count")), "{found:?}");
}

#[test]
fn a_broken_manifest_is_named_at_its_line() {
    let found = faults(&spoiled("shili/pack.toml", "kind = \"district\"", "kind = district"));
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("shili/pack.toml:2: packs.read.bad_toml"), "{found:?}");
    let unknown = faults(&spoiled("shili/pack.toml", "label_en", "label_fr"));
    assert!(unknown[0].contains("label_fr"), "{unknown:?}");
    let moved = faults(&spoiled("shili/pack.toml", "id = \"shili\"", "id = \"other\""));
    assert!(moved.iter().any(|f| f.contains("packs.read.other_id")), "{moved:?}");
    assert_eq!(faults(&BTreeMap::new()), ["shili/pack.toml: packs.read.missing_file"]);
    let outside = faults(&spoiled("shili/pack.toml", "\"plan/outline.txt\"", "\"../../../outline.txt\""));
    assert!(outside[0].ends_with("packs.read.missing_file"), "{outside:?}");
}

#[test]
fn demo_people_are_checked_at_their_lines() {
    let mut files = spoiled("shili/accounts.toml", "organisation = \"o-reform\"", "organisation = \"o-none\"");
    let text = String::from_utf8(files["shili/accounts.toml"].clone()).unwrap();
    let text = text.replace("\"anquan\"", "\"guihua\"").replace("security", "king");
    files.insert("shili/accounts.toml".into(), text.into_bytes());
    let found = faults(&files);
    let expected = [
        "shili/accounts.toml:7: accounts.add.unknown_organisation code=\"o-none\"",
        "shili/accounts.toml:11: packs.read.login_twice login=\"guihua\"",
        "shili/accounts.toml:13: accounts.roles.unknown_role role=\"king\"",
    ];
    assert_eq!(found, expected);
    let meeting = faults(&spoiled("shili/accounts.toml", "[\"security\"]", "[\"security\", \"planner\"]"));
    assert_eq!(meeting, ["shili/accounts.toml:13: accounts.roles.meet meeting=\"planner,security\""]);
}

#[test]
fn loading_is_journaled_once_and_a_change_keeps_the_keys_of_organisations() {
    each_database(async |district| {
        let app = &district.app;
        let console = Session::console("测试");
        let loads = async || {
            let filter = Filter { operation: Some("packs.load".into()), ..Filter::default() };
            journal::read(app, &console, filter, 9).await.unwrap().len()
        };
        assert_eq!(loads().await, 1, "the district was loaded when it began");
        let keys = app.database().read(gangmu_store::organisations::keys).await.unwrap();
        let again = read(&example_pack(), "shili").unwrap();
        assert_eq!(load(app, &console, again).await.unwrap(), Loaded::Same);
        assert_eq!(loads().await, 1);
        let renamed = spoiled("shili/organisations.csv", "示例区水务局", "示例区水利局");
        assert_eq!(load(app, &console, read(&renamed, "shili").unwrap()).await.unwrap(), Loaded::Changed);
        assert_eq!(loads().await, 2);
        assert_eq!(app.database().read(gangmu_store::organisations::keys).await.unwrap(), keys);
        let mut other = example_pack();
        for (path, bytes) in example_pack() {
            if let Some(rest) = path.strip_prefix("shili/") {
                other.insert(
                    format!("other/{rest}"),
                    String::from_utf8(bytes).unwrap().replace("\"shili\"", "\"other\"").into_bytes(),
                );
            }
        }
        let refused = load(app, &console, read(&other, "other").unwrap()).await;
        assert!(matches!(refused, Err(Failure::Refused(reasons)) if reasons.has("packs.load.other_district")));
        let forbidden = load(app, &district.planner(), read(&example_pack(), "shili").unwrap()).await;
        assert!(matches!(forbidden, Err(Failure::Forbidden(_))));
    });
}

#[test]
fn the_loaded_pack_gives_names_calendar_and_district() {
    each_database(async |district| {
        let app = &district.app;
        let (names, calendar) =
            app.database().read::<_, Fault>(|tx| Ok((packs::names(tx)?, packs::calendar(tx)?))).await.unwrap();
        let reform = names.organisations.iter().find(|known| known.id == "o-reform").unwrap();
        assert_eq!(reform.name, "示例区发展和改革局");
        assert_eq!(reform.aliases, ["区发展改革局", "发改局", "区发改局"]);
        assert_eq!(names.areas.len(), 4);
        assert!(!calendar.is_workday(date(2024, 5, 1)).value && calendar.is_workday(date(2024, 5, 11)).value);
        let manifest = packs::district(app, &Session::public()).await.unwrap().unwrap();
        assert_eq!((manifest.label.as_str(), manifest.plan.unwrap().key.as_str()), ("示例区", "145"));
    });
}

/// The packs of the repository; none of them is named here.
pub(crate) fn repository() -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                #[expect(clippy::disallowed_methods, reason = "the test reads the packs")]
                let bytes = std::fs::read(&path).unwrap();
                files.insert(path.strip_prefix(root).unwrap().display().to_string(), bytes);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut files = BTreeMap::new();
    walk(&root, &root, &mut files);
    if available(&files).is_empty() {
        println!("skipped: there is no pack in the repository");
    }
    files
}

#[test]
fn every_pack_in_the_repository_is_right() {
    let files = repository();
    for id in available(&files) {
        if let Err(faults) = read(&files, &id) {
            let told: Vec<_> = faults.iter().map(PackFault::to_string).collect();
            panic!("{}", told.join("\n"));
        }
    }
}

#[test]
fn every_fault_of_a_pack_has_words_and_a_next_step_in_both_languages() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut codes = std::collections::BTreeSet::new();
    let sources = [
        "gangmu-app/src/packs/read.rs",
        "gangmu-app/src/packs/tables.rs",
        "gangmu-app/src/packs/accounts.rs",
        "gangmu-app/src/packs/manifest.rs",
        "gangmu-app/src/packs/load.rs",
        "gangmu-kernel/src/area.rs",
        "gangmu-kernel/src/tree/faults.rs",
        "gangmu-kernel/src/calendar/read.rs",
    ];
    for source in sources {
        #[expect(clippy::disallowed_methods, reason = "the test reads the sources")]
        let text = std::fs::read_to_string(crates.join(source)).unwrap();
        let quoted = text.split('"').skip(1).step_by(2);
        let is_code = |word: &&str| {
            ["packs.read.", "packs.load.", "area-code-", "tree-", "calendar-"]
                .iter()
                .any(|start| word.starts_with(start))
        };
        codes.extend(quoted.filter(is_code).map(|code| code.replace(['.', '_'], "-")));
    }
    assert!(codes.len() > 30, "{codes:?}");
    for language in ["zh-CN", "en"] {
        #[expect(clippy::disallowed_methods, reason = "the test reads the words")]
        let words = std::fs::read_to_string(crates.join(format!("../locales/{language}/packs.ftl"))).unwrap();
        for code in &codes {
            for key in [code.clone(), format!("{code}-next")] {
                assert!(words.lines().any(|line| line.starts_with(&format!("{key} = "))), "{language} lacks {key}");
            }
        }
    }
}
