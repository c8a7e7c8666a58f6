//! Backup and restore as an administrator runs them, with the server running, and with a hand on the switch.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "tests look at files and say what they skip")]

use super::{
    Folder, Ran, gangmu,
    postgres::Postgres,
    program::{Running, command, signal},
    server,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The demonstration district, loaded.
fn district() -> Folder {
    let folder = Folder::new();
    folder.with("gangmu.toml", "log_filter = 'off'\ndatabase_url = 'gangmu-data/gangmu.db'\n");
    gangmu(folder.path(), &["demo", "--load-only"]).good();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn member(file: &Path, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(fs::File::options().read(true).open(file).unwrap()).unwrap();
    std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
}

/// What the manifest says of the tables.
fn tables(file: &Path) -> serde_json::Value {
    let manifest: serde_json::Value = serde_json::from_str(&member(file, "manifest.json")).unwrap();
    assert!(manifest["tables"].as_array().unwrap().len() > 15);
    manifest["tables"].clone()
}

#[test]
fn a_house_moves_to_another_database_and_back_and_every_row_is_there() {
    let folder = district();
    let blob = "9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0"; // "aaa"
    folder.with(&format!("gangmu-data/files/blobs/98/34/{blob}"), "aaa");
    let (running, _out, address) = server::start(folder.path(), &["demo"]);
    let said = gangmu(folder.path(), &["backup", "one.gangmu"]).good();
    assert!(said.contains("附件 2 个") && said.contains("login_failures sessions uploads"), "{said}");
    assert!(server::get(&address, "/readyz").0.contains(" 200 "), "the server went on");
    drop(running);
    let one = folder.path().join("one.gangmu");
    let settings = member(&one, "configuration.toml");
    assert_eq!(settings, "log_filter = \"off\"\n", "what was set, without what may hold a password");
    let mut from = "one.gangmu".to_owned();
    let postgres = Postgres::fresh("backup");
    let targets = [
        Some("moved/a/gangmu.db".to_owned()),
        postgres.as_ref().map(Postgres::url),
        Some("moved/b/gangmu.db".to_owned()),
    ];
    for (number, target) in targets.into_iter().flatten().enumerate() {
        let data = format!("moved/data-{number}");
        let said = gangmu(folder.path(), &["restore", &from, "--into", &target, "--data", &data]).good();
        assert!(said.contains("附件 2 个"), "{said}");
        assert_eq!(fs::read(folder.path().join(format!("{data}/files/blobs/98/34/{blob}"))).unwrap(), b"aaa");
        assert!(folder.path().join(format!("{data}/configuration-of-the-backup.toml")).exists());
        let to = format!("step-{number}.gangmu");
        let environment = [("GANGMU_DATABASE_URL", target.as_str()), ("GANGMU_DATA", data.as_str())];
        let output = command(folder.path(), &["backup", &to], &environment).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert_eq!(tables(&one), tables(&folder.path().join(&to)), "{target}");
        from = to;
    }
    assert_eq!(names(&folder.path().join("moved/a")), ["gangmu.db"], "no companions are left");
    // The restored house serves, and the people of before can log in.
    let output = command(folder.path(), &["user", "list"], &[("GANGMU_DATA", "moved/b")]).output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().lines().count() > 5);
}

#[test]
fn nothing_is_ever_replaced() {
    let folder = district();
    folder.with("there.gangmu", "precious");
    let said = gangmu(folder.path(), &["backup", "there.gangmu"]).refused();
    assert!(said.contains("已经存在"), "{said}");
    assert_eq!(fs::read(folder.path().join("there.gangmu")).unwrap(), b"precious");
    gangmu(folder.path(), &["backup", "new.gangmu"]).good();
    let said = gangmu(folder.path(), &["restore", "new.gangmu", "--into", "gangmu-data/gangmu.db"]).refused();
    assert!(said.contains("已有内容"), "{said}");
    let empty = Folder::new();
    let said = gangmu(empty.path(), &["backup", "x.gangmu"]).refused();
    assert!(said.contains("还没有数据库"), "{said}");
    assert_eq!(names(empty.path()), [""; 0], "nothing was made");
    let said = gangmu(empty.path(), &["--lang", "en", "restore", "x.gangmu", "--into", "y.db"]).refused();
    assert!(said.contains("x.gangmu can't be used"), "{said}");
}

#[test]
fn a_damaged_backup_is_refused_in_one_line_and_makes_nothing() {
    let folder = district();
    gangmu(folder.path(), &["backup", "good.gangmu"]).good();
    let good = fs::read(folder.path().join("good.gangmu")).unwrap();
    let mut flipped = good.clone();
    flipped[good.len() / 3] ^= 1;
    for (bytes, words) in
        [(&flipped[..], "已被改动"), (&good[..good.len() - 1000], "不完整"), (b"{}", "不是纲目的备份")]
    {
        folder.with("bad.gangmu", bytes);
        let said = gangmu(folder.path(), &["restore", "bad.gangmu", "--into", "new/gangmu.db"]).refused();
        assert!(said.contains(words), "{said}");
        assert!(!folder.path().join("new").exists(), "{:?}", names(folder.path()));
    }
}

/// Starts the command and kills it as soon as a file of that beginning has some bytes; was it killed in time?
fn killed(folder: &Path, arguments: &[&str], watched: &Path, beginning: &str, bytes: u64) -> Ran {
    let mut running = Running(command(folder, arguments, &[]).spawn().unwrap());
    let begun = || {
        let files = fs::read_dir(watched).into_iter().flatten().flatten();
        files
            .filter(|f| f.file_name().to_string_lossy().starts_with(beginning))
            .any(|f| f.metadata().is_ok_and(|m| m.len() >= bytes))
    };
    while !begun() && running.0.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    assert!(running.0.try_wait().unwrap().is_none(), "it ended before it could be killed");
    signal("KILL", running.0.id());
    running.0.wait().unwrap();
    Ran { code: None, out: String::new(), err: String::new() }
}

#[test]
fn a_kill_leaves_no_half_of_a_backup_and_no_half_of_a_database() {
    let folder = district();
    let place: PathBuf = folder.path().join("kept");
    fs::create_dir(&place).unwrap();
    for bytes in [1, 50_000] {
        killed(folder.path(), &["backup", "kept/a.gangmu"], &place, "a.gangmu.part", bytes);
        assert!(!place.join("a.gangmu").exists());
    }
    gangmu(folder.path(), &["backup", "kept/a.gangmu"]).good();
    let into = folder.path().join("new");
    for bytes in [1, 200_000] {
        killed(
            folder.path(),
            &["restore", "kept/a.gangmu", "--into", "new/gangmu.db"],
            &into,
            "gangmu.db.restoring",
            bytes,
        );
        assert!(!into.join("gangmu.db").exists());
    }
    gangmu(folder.path(), &["restore", "kept/a.gangmu", "--into", "new/gangmu.db"]).good();
    assert_eq!(names(&into), ["configuration-of-the-backup.toml", "files", "gangmu.db"]);
}

#[test]
fn a_database_of_a_newer_program_is_refused_in_words_by_every_command() {
    let folder = district();
    gangmu(folder.path(), &["backup", "before.gangmu"]).good();
    let database = rusqlite::Connection::open(folder.path().join("gangmu-data/gangmu.db")).unwrap();
    database
        .execute(
            "INSERT INTO schema_migrations SELECT max(number) + 1, 'later', zeroblob(32) FROM schema_migrations",
            [],
        )
        .unwrap();
    for arguments in [&["serve"][..], &["migrate"], &["user", "list"], &["backup", "after.gangmu"]] {
        let said = gangmu(folder.path(), arguments).refused();
        assert!(said.contains("较新的程序") && said.contains(env!("CARGO_PKG_VERSION")), "{arguments:?}: {said}");
    }
    assert!(!folder.path().join("after.gangmu").exists());
}
