//! The journal: exported, verified by this program and by the stand-alone one, refused where a byte differs.

use super::{Folder, Ran, gangmu};
use gangmu_store::{Db, Fault, Limits, Location};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;

fn begun() -> Folder {
    let folder = Folder::new();
    for (login, role) in [("guanli", "system"), ("guihua", "planner")] {
        gangmu(folder.path(), &["user", "add", login, "--name", "张三", "--role", role]).good();
    }
    folder
}

/// The result in JSON of a verification, and its exit code.
fn verdict(folder: &Folder, arguments: &[&str]) -> (Option<i32>, Value) {
    let ran = gangmu(folder.path(), &[&["journal", "verify", "--json"], arguments].concat());
    (ran.code, serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}")))
}

#[track_caller]
fn broken(ran: Ran) -> String {
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!((ran.out.as_str(), ran.err.lines().count()), ("", 1), "{ran:?}");
    ran.err
}

#[expect(clippy::disallowed_methods, reason = "the test reads what the program wrote")]
fn read(folder: &Folder, name: &str) -> Vec<u8> {
    std::fs::read(folder.path().join(name)).unwrap()
}

#[test]
fn an_export_is_whole_for_both_verifiers_and_a_flipped_byte_is_refused() {
    let folder = begun();
    let said = gangmu(folder.path(), &["journal", "verify"]).good();
    assert!(said.starts_with("日志完整：2 条，链头 2:"), "{said}");
    let said = gangmu(folder.path(), &["journal", "export", "journal.txt"]).good();
    assert!(said.contains("第 1 至 3 条"), "that it was exported is an entry too: {said}");
    let export = read(&folder, "journal.txt");
    let verified = gangmu_verifier::verify(&*export, &gangmu_verifier::Asked::default()).unwrap().unwrap();
    assert_eq!((verified.first, verified.entries), (1, 3));
    let (code, whole) = verdict(&folder, &["journal.txt"]);
    assert_eq!((code, whole["whole"].as_bool(), whole["entries"].as_i64()), (Some(0), Some(true), Some(3)));
    assert_eq!(whole["head"], verdict(&folder, &[]).1["head"]);
    let key = whole["key"].as_str().unwrap();
    assert_eq!(verdict(&folder, &["journal.txt", "--key", key]).0, Some(0));
    assert!(gangmu(folder.path(), &["doctor"]).good().contains(key));
    let mut flipped = export.clone();
    let after = b"after 64\\n";
    let at = export.windows(after.len()).position(|bytes| bytes == after).unwrap();
    flipped[at + after.len()] ^= 1;
    folder.with("flipped.txt", &flipped);
    assert!(broken(gangmu(folder.path(), &["journal", "verify", "flipped.txt"])).contains("第 2 行（第 1 条）被改动"));
    let (code, found) = verdict(&folder, &["flipped.txt"]);
    assert_eq!((code, found["whole"].as_bool()), (Some(1), Some(false)));
    assert_eq!((&found["break"]["code"], &found["break"]["place"]["entry"]), (&"line-altered".into(), &1.into()));
}

#[test]
fn a_part_is_exported_from_any_entry_on_and_hangs_on_the_head_before_it() {
    let folder = begun();
    let head = verdict(&folder, &[]).1["head"].clone();
    gangmu(folder.path(), &["journal", "export", "part.txt", "--from", "3"]).good();
    let text = String::from_utf8(read(&folder, "part.txt")).unwrap();
    assert!(text.starts_with(&format!("gangmu.journal/1 from 3 after {}\n", head["hash"].as_str().unwrap())), "{text}");
    assert_eq!(verdict(&folder, &["part.txt"]).1["entries"], 1);
    let absent = gangmu(folder.path(), &["journal", "export", "none.txt", "--from", "99"]).refused();
    assert!(!absent.is_empty() && !folder.path().join("none.txt.part").exists());
}

#[test]
fn a_journal_that_was_changed_in_the_database_is_found_with_its_place() {
    let folder = begun();
    let head = verdict(&folder, &[]).1["head"].clone();
    let kept = format!("{}:{}", head["seq"], head["hash"].as_str().unwrap());
    assert_eq!(verdict(&folder, &["--head", &kept]).0, Some(0));
    let other = format!("1:{}", head["hash"].as_str().unwrap());
    assert!(
        broken(gangmu(folder.path(), &["journal", "verify", "--head", &other])).contains("第 1 条与留存的链头不一致")
    );
    let file = Location::Sqlite(folder.path().join("gangmu-data/gangmu.db"));
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let db = Db::open(&file, Limits::default()).unwrap();
        let sql = "DROP TRIGGER journal_is_never_changed; UPDATE journal SET actor = 99 WHERE seq = 2";
        db.write::<_, Fault>(move |tx| tx.command(sql)).await.unwrap();
        db.close().await;
    });
    assert!(broken(gangmu(folder.path(), &["journal", "verify"])).contains("第 2 条"));
    let (code, found) = verdict(&folder, &[]);
    assert_eq!((code, &found["break"]["place"]["entry"]), (Some(1), &2.into()));
    // A broken journal can still be exported, and the export says the same.
    gangmu(folder.path(), &["journal", "export", "broken.txt"]).good();
    assert_eq!(verdict(&folder, &["broken.txt"]).1["break"]["place"]["entry"], 2);
}

#[test]
fn what_cannot_be_verified_is_refused_in_one_line() {
    let folder = Folder::new();
    let nothing = gangmu(folder.path(), &["journal", "verify"]).refused();
    assert!(nothing.contains("没有数据库"), "{nothing}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "looking makes nothing");
    assert!(gangmu(folder.path(), &["journal", "verify", "none.txt"]).refused().contains("none.txt"));
    folder.with("letter.txt", "尊敬的各位\n");
    assert!(broken(gangmu(folder.path(), &["journal", "verify", "letter.txt"])).contains("第 1 行"));
    assert!(gangmu(folder.path(), &["journal", "verify", "letter.txt", "--key", "x"]).refused().contains("公钥"));
    assert!(gangmu(folder.path(), &["journal", "verify", "letter.txt", "--head", "x"]).refused().contains("链头"));
}

#[test]
fn the_key_is_made_once_for_its_owner_alone_and_never_replaced() {
    let folder = begun();
    let path = folder.path().join("gangmu-data/journal.key");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let before = read(&folder, "gangmu-data/journal.key");
    gangmu(folder.path(), &["user", "reset", "guihua"]).good();
    assert_eq!(read(&folder, "gangmu-data/journal.key"), before);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(gangmu(folder.path(), &["doctor"]).found_wrong().contains("chmod 600"));
    folder.with("gangmu-data/journal.key", "spoiled");
    let refused = gangmu(folder.path(), &["user", "list"]).refused();
    assert!(refused.contains("journal.key"), "{refused}");
}

#[test]
fn a_value_is_proved_to_an_outsider_by_a_file_beside_the_export() {
    let folder = begun();
    gangmu(folder.path(), &["user", "roles", "guihua", "planner", "liaison"]).good();
    gangmu(folder.path(), &["journal", "prove", "3", "after", "-o", "proof.txt"]).good();
    gangmu(folder.path(), &["journal", "export", "journal.txt"]).good();
    let held = |proof: &str| gangmu(folder.path(), &["journal", "verify", "journal.txt", "--proof", proof]);
    held("proof.txt").good();
    let proof = String::from_utf8(read(&folder, "proof.txt")).unwrap();
    assert!(proof.starts_with("gangmu.proof/1\nentry 3\nof after\n") && proof.contains("liaison"), "{proof}");
    folder.with("forged.txt", proof.replace("liaison", "leader"));
    assert!(broken(held("forged.txt")).contains("举证不成立"));
    let none = gangmu(folder.path(), &["journal", "prove", "4", "after", "-o", "none.txt"]).refused();
    assert!(none.contains("没有留存明细"), "{none}");
}

#[test]
fn a_row_of_an_operation_on_many_is_proved_against_its_root() {
    let folder = Folder::new();
    gangmu(folder.path(), &["demo", "--load-only"]).good();
    gangmu(folder.path(), &["journal", "export", "journal.txt"]).good();
    let export = String::from_utf8(read(&folder, "journal.txt")).unwrap();
    let line = export.lines().find(|line| line.contains("row_count")).expect("the import is an operation on many");
    let seq = line.split("seq ").nth(1).unwrap().split("\\n").nth(1).unwrap().to_owned();
    gangmu(folder.path(), &["journal", "prove", &seq, "000007", "-o", "row.txt"]).good();
    let held = |proof: &str| gangmu(folder.path(), &["journal", "verify", "journal.txt", "--proof", proof]);
    held("row.txt").good();
    let proof = String::from_utf8(read(&folder, "row.txt")).unwrap();
    folder.with("other.txt", proof.replace("of row 6 ", "of row 7 "));
    assert!(broken(held("other.txt")).contains("举证不成立"));
    let none = gangmu(folder.path(), &["journal", "prove", &seq, "999999", "-o", "none.txt"]).refused();
    assert!(none.contains("999999"), "{none}");
}

#[test]
fn a_checkpoint_is_a_line_that_the_verifier_reads_and_a_rewritten_journal_does_not_fit() {
    let folder = begun();
    let line = gangmu(folder.path(), &["journal", "checkpoint"]).good();
    let (kept, key) = gangmu_verifier::checkpoint(line.trim_end()).unwrap();
    assert_eq!(String::from_utf8(read(&folder, "gangmu-data/journal.checkpoints")).unwrap(), line);
    let (code, whole) = verdict(&folder, &[]);
    assert_eq!((code, &whole["checkpoints"]["file"]), (Some(0), &1.into()));
    gangmu(folder.path(), &["journal", "export", "journal.txt"]).good();
    let asked = gangmu_verifier::Asked { key: Some(key), known: vec![kept], ..gangmu_verifier::Asked::default() };
    assert!(gangmu_verifier::verify(&*read(&folder, "journal.txt"), &asked).unwrap().is_ok());
    // The same people in another database: another history under the same key and checkpoints.
    for file in ["gangmu.db", "gangmu.db-wal", "gangmu.db-shm"] {
        drop(std::fs::remove_file(folder.path().join("gangmu-data").join(file)));
    }
    for login in ["guanli", "guihua", "other"] {
        gangmu(folder.path(), &["user", "add", login, "--name", "张三", "--role", "planner"]).good();
    }
    assert!(broken(gangmu(folder.path(), &["journal", "verify"])).contains("检查点文件"));
}
