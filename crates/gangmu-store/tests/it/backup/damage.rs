//! Every kind of damage to a backup: a sentence, and nothing is made.

use super::{Held, engines, forged, made, open, random, refused, restored};
use crate::databases::Fresh;
use gangmu_store::{
    backup::{FORMAT, Manifest, Refused, is_empty, plain::hex},
    migrate::MIGRATIONS,
};
use sha2::{Digest, Sha256};
use std::{
    io::{Cursor, Read},
    sync::OnceLock,
};

/// A small backup with rows in every table.
fn small() -> (Manifest, Vec<u8>) {
    static SMALL: OnceLock<(Manifest, Vec<u8>)> = OnceLock::new();
    let make = || {
        let fresh = Fresh::sqlite();
        std::thread::scope(|scope| scope.spawn(|| random::fill(&fresh, 11)).join().unwrap());
        made(&fresh.location, Held::of(&[b"one", b"two"])).unwrap()
    };
    SMALL.get_or_init(make).clone()
}

/// The members without the manifest.
fn members(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut members = Vec::new();
    for index in 0..zip.len() {
        let mut member = zip.by_index(index).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        if name != "manifest.json" {
            members.push((name, bytes));
        }
    }
    members
}

/// Refused on both engines, and each is as empty as before.
#[track_caller]
fn refused_everywhere(file: &[u8]) -> Refused {
    let mut reasons = engines().into_iter().map(|into| {
        let reason = refused(restored(file, &into.location).unwrap_err());
        let empty = std::thread::scope(|scope| scope.spawn(|| is_empty(&into.location)).join().unwrap());
        assert!(empty.unwrap(), "{reason:?} left something behind on {:?}", into.engine());
        reason
    });
    let first = reasons.next().unwrap();
    // Which of several broken references is named first is each database's own.
    let same = |reason: &Refused| {
        *reason == first || matches!((reason, &first), (Refused::Dangling { .. }, Refused::Dangling { .. }))
    };
    assert!(reasons.all(|reason| same(&reason)), "{first:?}");
    first
}

#[test]
fn a_byte_that_flips_anywhere_is_found() {
    let (_, file) = small();
    let into = Fresh::sqlite();
    // Every byte of the beginning and of the end, and every 97th between.
    let places = (0..600).chain((600..file.len() - 600).step_by(97)).chain(file.len() - 600..file.len());
    for place in places {
        let mut bad = file.clone();
        bad[place] ^= 1 << (place % 8);
        let reason = refused(restored(&bad, &into.location).unwrap_err());
        let known = [Refused::Altered {}, Refused::NotABackup {}, Refused::CutOff {}].contains(&reason);
        assert!(known || matches!(reason, Refused::UnknownForm { .. }), "{place}: {reason:?}");
    }
    assert_eq!(
        refused_everywhere(&{
            let mut bad = file.clone();
            bad[file.len() / 2] ^= 4;
            bad
        }),
        Refused::Altered {}
    );
    restored(&file, &into.location).unwrap();
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_found() {
    let (_, file) = small();
    let into = Fresh::sqlite();
    for length in [0, 1, 3, 4, 50, 89, 90, file.len() / 2, file.len() - 100, file.len() - 88, file.len() - 1] {
        let reason = refused(restored(&file[..length], &into.location).unwrap_err());
        let expected = if length == 0 { Refused::NotABackup {} } else { Refused::CutOff {} };
        assert_eq!(reason, expected, "{length} of {}", file.len());
    }
    assert_eq!(refused_everywhere(&file[..file.len() - 7]), Refused::CutOff {});
    let longer = [file.as_slice(), b"\n"].concat();
    assert_eq!(refused_everywhere(&longer), Refused::CutOff {});
    assert_eq!(refused_everywhere(b"%PDF-1.7"), Refused::NotABackup {});
}

#[test]
fn a_member_that_is_missing_or_too_many_is_named() {
    let (manifest, file) = small();
    let all = members(&file);
    for gone in ["tables/accounts.jsonl", "configuration.toml"] {
        let rest: Vec<_> = all.iter().filter(|(name, _)| name != gone).cloned().collect();
        assert_eq!(refused_everywhere(&forged(&rest, &manifest)), Refused::Missing { member: gone.to_owned() });
    }
    let rest: Vec<_> = all.iter().filter(|(name, _)| !name.starts_with("blobs/")).cloned().collect();
    assert_eq!(refused_everywhere(&forged(&rest, &manifest)), Refused::Missing { member: "blobs/".to_owned() });
    let more = [all, vec![("tables/../../x".to_owned(), vec![])]].concat();
    let surplus = Refused::Surplus { member: "tables/../../x".to_owned() };
    assert_eq!(refused_everywhere(&forged(&more, &manifest)), surplus);
}

/// The backup with one table's lines changed and a manifest that knows of it as far as told.
fn changed(table: &str, change: impl Fn(Vec<String>) -> Vec<String>, count: bool, checksum: bool) -> Vec<u8> {
    let (mut manifest, file) = small();
    let mut all = members(&file);
    let entry = manifest.tables.iter_mut().find(|entry| entry.name == table).unwrap();
    let (_, bytes) = all.iter_mut().find(|(name, _)| *name == entry.member()).unwrap();
    let lines = String::from_utf8(bytes.clone()).unwrap().split_inclusive('\n').map(str::to_owned).collect();
    let lines = change(lines);
    *bytes = lines.concat().into_bytes();
    if count {
        entry.rows = lines.len() as u64;
    }
    if checksum {
        entry.sha256 = hex(&Sha256::digest(&bytes));
    }
    forged(&all, &manifest)
}

#[test]
fn rows_that_do_not_fit_the_manifest_or_the_schema_are_refused() {
    let shorter = |mut lines: Vec<String>| {
        lines.pop();
        lines
    };
    let wrong = refused_everywhere(&changed("plans", shorter, false, true));
    assert!(matches!(wrong, Refused::Count { ref table, rows, expected } if table == "plans" && rows + 1 == expected));
    let wrong = refused_everywhere(&changed("plans", shorter, true, false));
    assert_eq!(wrong, Refused::Checksum { member: "tables/plans.jsonl".to_owned() });
    let garbage = |_| vec!["[1,\n".to_owned()];
    assert!(matches!(refused_everywhere(&changed("plans", garbage, true, true)), Refused::Row { row: 1, .. }));
    let narrow = |_| vec!["[1]\n".to_owned()];
    assert!(matches!(refused_everywhere(&changed("plans", narrow, true, true)), Refused::Row { row: 1, .. }));
    // Everything about the file is right, but a row that others refer to is gone.
    let reason = refused_everywhere(&changed("organisations", |_| vec![], true, true));
    assert!(matches!(reason, Refused::Dangling { .. }), "{reason:?}");
    let reason = refused_everywhere(&changed("journal", shorter, true, true));
    assert!(matches!(reason, Refused::Journal { .. }), "{reason:?}");
    let kind = |lines: Vec<String>| {
        let mut row: Vec<serde_json::Value> = serde_json::from_str(&lines[0]).unwrap();
        row[3] = "a word where an instant stands".into();
        vec![serde_json::to_string(&row).unwrap() + "\n"]
    };
    let reason = refused_everywhere(&changed("plans", kind, true, true));
    assert!(matches!(reason, Refused::NoPlace { .. }), "{reason:?}");
}

#[test]
fn a_table_or_column_that_the_schema_does_not_have_is_refused() {
    let (mut manifest, file) = small();
    let all = members(&file);
    let schema = manifest.schema;
    manifest.tables[0].columns[0] = "unheard_of".to_owned();
    let table = manifest.tables[0].name.clone();
    assert_eq!(refused_everywhere(&forged(&all, &manifest)), Refused::Tables { table, schema });
}

#[test]
fn a_backup_of_a_newer_program_is_refused_with_both_versions() {
    let (mut manifest, file) = small();
    let all = members(&file);
    let ours = MIGRATIONS.len() as i64;
    manifest.schema = ours + 3;
    manifest.program = "9.0.0".to_owned();
    let newer = Refused::Newer { schema: ours + 3, ours, program: "9.0.0".to_owned(), this: "0.1.0".to_owned() };
    assert_eq!(refused_everywhere(&forged(&all, &manifest)), newer);
    manifest.format = FORMAT.replace("/1", "/2");
    let form = Refused::UnknownForm { form: "gangmu.backup/2".to_owned() };
    assert_eq!(refused_everywhere(&forged(&all, &manifest)), form);
}

#[test]
fn an_attachment_whose_bytes_rotted_is_named_and_left_out() {
    let fresh = Fresh::sqlite();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { open(&fresh).await.close().await });
    let mut blobs = Held::of(&[b"one", b"two"]);
    let rotten = blobs.0.keys().next().unwrap().clone();
    blobs.0.insert(rotten.clone(), b"rotten".to_vec());
    let (manifest, file) = made(&fresh.location, blobs).unwrap();
    assert_eq!((manifest.blobs.count, manifest.blobs.damaged), (1, vec![rotten.clone()]));
    let (_, shelf) = restored(&file, &Fresh::sqlite().location).unwrap();
    assert!(!shelf.0.contains_key(&rotten) && shelf.0.len() == 1);
}
