//! The doctor: each check meets a house in which its matter really is wrong, and the same house mended.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "tests look at files and say what they skip")]

use super::{Folder, gangmu, postgres::Postgres, program::command};
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
    thread,
};

/// What the doctor says of the house in that folder.
struct Report(Option<i32>, Value);

impl Report {
    fn of(folder: &Folder, environment: &[(&str, &str)]) -> Self {
        let output = command(folder.path(), &["doctor", "--json"], environment).output().unwrap();
        let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
        Self(output.status.code(), report)
    }

    /// States and results of a check.
    fn of_check(&self, check: &str) -> Vec<(&str, &str)> {
        let of = self.1["checks"].as_array().unwrap().iter().filter(|found| found["check"] == check);
        of.map(|found| (found["state"].as_str().unwrap(), found["result"].as_str().unwrap())).collect()
    }

    /// The check ends in that state, with these words among what is said; what is not fine has a remedy.
    #[track_caller]
    fn says(&self, check: &str, state: &str, words: &str) {
        let found = self.of_check(check);
        assert!(found.iter().any(|(s, said)| *s == state && said.contains(words)), "{check}: {found:?}");
        for found in self.1["checks"].as_array().unwrap() {
            let remedy = found["remedy"].as_str().unwrap_or_default();
            let fine = ["ok", "skipped"].contains(&found["state"].as_str().unwrap());
            assert!(fine || !remedy.is_empty() && !remedy.contains("doctor-"), "{found}");
        }
        assert_eq!(self.0, Some(i32::from(self.1["state"] == "failed")), "the exit code says it too");
    }

    /// The check has nothing to say against the house.
    #[track_caller]
    fn is_content(&self, check: &str) {
        let found = self.of_check(check);
        assert!(!found.is_empty() && found.iter().all(|(state, _)| *state == "ok"), "{check}: {found:?}");
    }
}

fn doctor(folder: &Folder) -> Report {
    Report::of(folder, &[])
}

/// A house with two people.
fn house() -> Folder {
    let folder = Folder::new();
    for (login, role) in [("guanli", "system"), ("guihua", "planner")] {
        gangmu(folder.path(), &["user", "add", login, "--name", "张三", "--role", role]).good();
    }
    folder
}

/// The house's database, for what only its owner's hand can do.
fn database(folder: &Folder) -> rusqlite::Connection {
    rusqlite::Connection::open(folder.path().join("gangmu-data/gangmu.db")).unwrap()
}

fn tell(folder: &Folder, sql: &str) {
    database(folder).execute_batch(sql).unwrap();
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_fresh_folder_is_fine_and_stays_empty() {
    let folder = Folder::new();
    let report = doctor(&folder);
    assert_eq!((report.0, &report.1["format"]), (Some(0), &"gangmu.doctor/1".into()), "{}", report.1);
    for check in ["config", "data", "clock", "database", "schema", "journal", "attachments", "jobs", "mail", "backup"] {
        report.is_content(check);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "looking makes nothing");
}

#[test]
fn people_read_columns_with_what_to_do_in_both_languages() {
    let folder = house();
    folder.with("gangmu.toml", "listen = '0.0.0.0:8440'\n");
    let said = gangmu(folder.path(), &["doctor"]).good();
    assert!(said.contains("注意  配置        监听 0.0.0.0:8440"), "{said}");
    assert!(said.contains("\n                  → 请在前面设一个"), "{said}");
    assert!(said.lines().last().unwrap().starts_with("正常 "), "{said}");
    assert!(!said.contains("doctor-"), "{said}");
    let said = gangmu(folder.path(), &["--lang", "en", "doctor"]).good();
    assert!(said.contains("warning  Configuration    listens on 0.0.0.0:8440") && !said.contains("doctor-"), "{said}");
}

#[test]
fn settings_that_are_unknown_or_contradict_each_other_are_named() {
    let folder = Folder::new();
    folder.with("gangmu.toml", "port = 80\nlisten = 'here'\n");
    let report = doctor(&folder);
    report.says("config", "failed", "port");
    report.says("config", "failed", "here");
    folder.with(
        "gangmu.toml",
        "public_url = 'https://plan.example'\nsmtp_url = 'smtp://mail.invalid'\nmail_from = 'a@plan.example'\n\
         smtp_user = 'me'\nlog_filter = 'info=,=x'\nlisten = '0.0.0.0:80'\n",
    );
    let report = doctor(&folder);
    let words =
        ["没有设 https = true", "smtp://mail.invalid 发出，不加密", "没有设 smtp_password_file", "log_filter", "明文"];
    for words in words {
        report.says("config", "warning", words);
    }
    folder.with("gangmu.toml", "public_url = 'http://plan.example'\nhttps = true\n");
    doctor(&folder).says("config", "warning", "设了 https = true");
    folder.with("gangmu.toml", "smtp_url = 'smtp://127.0.0.1:1'\nmail_from = 'a@plan.example'\n");
    doctor(&folder).says("config", "warning", "信里的链接会是 http://127.0.0.1:8440");
    folder.with("gangmu.toml", "public_url = 'https://plan.example'\nhttps = true\n");
    doctor(&folder).is_content("config");
}

#[test]
fn secrets_that_others_can_read_are_named() {
    let folder = house();
    let secret = folder.with("url", "gangmu-data/gangmu.db");
    folder.with("gangmu.toml", "database_url_file = 'url'\n");
    let key = folder.path().join("gangmu-data/journal.key");
    doctor(&folder).says("secrets", "failed", "url 可被");
    mode(&secret, 0o600);
    doctor(&folder).is_content("secrets");
    mode(&key, 0o640);
    doctor(&folder).says("secrets", "failed", "journal.key");
    mode(&key, 0o600);
    fs::rename(&key, folder.path().join("away")).unwrap();
    doctor(&folder).says("journal_key", "warning", "不见了");
    fs::write(&key, "spoiled").unwrap();
    doctor(&folder).says("journal_key", "failed", "不是密钥");
    fs::rename(folder.path().join("away"), &key).unwrap();
    doctor(&folder).is_content("journal_key");
}

#[test]
fn a_data_folder_is_the_own_users_alone() {
    let folder = house();
    doctor(&folder).is_content("data");
    let data = folder.path().join("gangmu-data");
    assert_eq!(fs::metadata(&data).unwrap().mode() & 0o777, 0o700, "the program makes it so");
    mode(&data, 0o755);
    doctor(&folder).says("data", "warning", "可以进入");
    mode(&data, 0o700);
    folder.with("file", "");
    let report = Report::of(&folder, &[("GANGMU_DATA", "file")]);
    report.says("data", "failed", "不能写入");
    if chown(&data, Some(12_345), None).is_err() {
        println!("skipped: only the superuser can give a folder away");
        return;
    }
    doctor(&folder).says("data", "warning", "属于用户 12345");
    let us = fs::metadata(folder.path()).unwrap().uid();
    chown(&data, Some(us), None).unwrap();
    doctor(&folder).is_content("data");
}

#[test]
fn a_disk_that_a_backup_does_not_fit_on_is_named() {
    let folder = house();
    let petabytes = 1_i64 << 53;
    tell(&folder, &format!("INSERT INTO blobs VALUES ('{}', {petabytes}, 0, 0, NULL)", "a".repeat(64)));
    doctor(&folder).says("disk", "failed", "已经不够");
    tell(&folder, "DELETE FROM blobs");
    let report = doctor(&folder);
    assert!(report.of_check("disk").iter().all(|(state, _)| *state != "failed"), "{}", report.1);
}

#[test]
fn a_clock_behind_the_journal_is_named() {
    let folder = house();
    doctor(&folder).is_content("clock");
    let later = 253_370_764_800_000_000_i64; // 9999
    tell(
        &folder,
        &format!("DROP TRIGGER journal_is_never_changed; UPDATE journal SET at = at + {later}/2 WHERE seq = 2"),
    );
    let report = doctor(&folder);
    report.says("clock", "failed", "日志第 2 条已经记到 ");
    report.says("journal", "failed", "第 2 条");
    tell(&folder, &format!("UPDATE journal SET at = at - {later}/2 WHERE seq = 2"));
    let report = doctor(&folder);
    report.is_content("clock");
    report.is_content("journal");
}

#[test]
fn a_database_that_is_damaged_or_none_is_named_and_nothing_is_said_of_what_lies_in_it() {
    let folder = house();
    let file = folder.path().join("gangmu-data/gangmu.db");
    let whole = fs::read(&file).unwrap();
    fs::write(&file, "尊敬的各位").unwrap();
    let report = doctor(&folder);
    report.says("database", "failed", "连不上");
    for check in ["schema", "journal", "attachments", "jobs", "backup", "rehearsal"] {
        report.says(check, "skipped", "解决以后");
    }
    // The inside of an index: SQLite reads on and gives wrong answers.
    let mut bent = whole.clone();
    let root: u32 = database_of(&folder, &whole)
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'jobs_due'", [], |row| row.get(0))
        .unwrap();
    let at = (root as usize - 1) * 4096;
    bent[at..at + 4096].fill(0xff);
    fs::write(&file, &bent).unwrap();
    doctor(&folder).says("database", "failed", "损坏");
    fs::write(&file, &whole).unwrap();
    doctor(&folder).is_content("database");
}

/// The database of these bytes, put back into its place.
fn database_of(folder: &Folder, bytes: &[u8]) -> rusqlite::Connection {
    fs::write(folder.path().join("gangmu-data/gangmu.db"), bytes).unwrap();
    database(folder)
}

#[test]
fn a_schema_that_is_not_this_programs_is_named() {
    let folder = house();
    let newer = "INSERT INTO schema_migrations SELECT max(number) + 1, 'later', zeroblob(32) FROM schema_migrations";
    tell(&folder, newer);
    let report = doctor(&folder);
    report.says("schema", "failed", "不能降级");
    report.says("journal", "skipped", "");
    tell(&folder, "DELETE FROM schema_migrations WHERE name = 'later'");
    doctor(&folder).is_content("schema");
    tell(&folder, "DELETE FROM schema_migrations WHERE number = (SELECT max(number) FROM schema_migrations)");
    let report = doctor(&folder);
    report.says("schema", "warning", "程序需要");
    report.says("jobs", "skipped", "");
}

#[test]
fn a_postgres_server_that_is_not_there_or_not_fit_is_named() {
    let folder = Folder::new();
    let of = |url: &str| Report::of(&folder, &[("GANGMU_DATABASE_URL", url)]);
    of("postgres://nobody@127.0.0.1:1/none").says("database", "failed", "连不上");
    let bytes = "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0";
    let Some(other) = Postgres::made("doctor_ascii", bytes) else { return };
    of(&other.url()).says("database", "failed", "SQL_ASCII");
    let whole = Postgres::fresh("doctor").unwrap();
    let made = command(folder.path(), &["migrate"], &[("GANGMU_DATABASE_URL", &whole.url())]).status().unwrap();
    assert!(made.success());
    whole.tell(&format!("ALTER DATABASE {} SET default_transaction_read_only = on", whole.name()));
    of(&whole.url()).says("database", "failed", "不能写");
    whole.tell(&format!("ALTER DATABASE {} RESET default_transaction_read_only", whole.name()));
    let report = of(&whole.url());
    report.is_content("database");
    report.is_content("clock");
    report.says("database", "ok", "UTF8");
}

#[test]
fn a_journal_that_was_changed_or_whose_checkpoints_are_gone_is_named() {
    let folder = house();
    doctor(&folder).is_content("journal");
    gangmu(folder.path(), &["journal", "checkpoint"]).good();
    let file = folder.path().join("gangmu-data/journal.checkpoints");
    let signed = fs::read_to_string(&file).unwrap();
    doctor(&folder).says("journal", "warning", "同一块磁盘");
    fs::remove_file(&file).unwrap();
    doctor(&folder).says("journal", "warning", "文件");
    fs::write(&file, signed.replace(" at 1", " at 2")).unwrap();
    doctor(&folder).says("journal", "failed", "检查点");
    fs::write(&file, "尊敬的各位\n").unwrap();
    doctor(&folder).says("journal", "failed", "第 1 行");
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    doctor(&folder).says("journal", "failed", "读不了检查点文件");
    fs::remove_dir(&file).unwrap();
    fs::write(&file, &signed).unwrap();
    let before = database(&folder).query_row("SELECT actor FROM journal WHERE seq = 3", [], |row| row.get::<_, i64>(0));
    tell(&folder, "DROP TRIGGER journal_is_never_changed; UPDATE journal SET actor = 99 WHERE seq = 3");
    doctor(&folder).says("journal", "failed", "第 3 条");
    tell(&folder, &format!("UPDATE journal SET actor = {} WHERE seq = 3", before.unwrap()));
    tell(&folder, "DROP TRIGGER journal_is_never_shortened; DELETE FROM journal WHERE seq = 3");
    doctor(&folder).says("journal", "failed", "3");
}

#[test]
fn an_attached_file_that_is_gone_or_cut_is_named() {
    let folder = Folder::new();
    gangmu(folder.path(), &["demo", "--load-only"]).good();
    let report = doctor(&folder);
    report.says("attachments", "ok", "都在");
    let hash: String =
        database(&folder).query_row("SELECT sha256 FROM attachment_files", [], |row| row.get(0)).unwrap();
    let path: PathBuf = folder.path().join("gangmu-data/files/blobs").join(&hash[..2]).join(&hash[2..4]).join(&hash);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[1..]).unwrap();
    doctor(&folder).says("attachments", "failed", "大小不符 1 个");
    fs::remove_file(&path).unwrap();
    doctor(&folder).says("attachments", "failed", &hash);
    fs::write(&path, &bytes).unwrap();
    doctor(&folder).is_content("attachments");
}

#[test]
fn jobs_that_were_given_up_are_late_or_held_back_are_named() {
    let folder = house();
    doctor(&folder).is_content("jobs");
    let add = |state: &str, at: i64| {
        tell(
            &folder,
            &format!(
                "INSERT INTO jobs (kind, payload, state, run_at, fixed, moved_at, created_at, attempts, fence)
                 VALUES ('messages.mail', '{{}}', '{state}', {at}, 0, {at}, {at}, 0, 0)"
            ),
        );
    };
    add("dead", 0);
    doctor(&folder).says("jobs", "warning", "1 件多次失败已停办（messages.mail）");
    tell(&folder, "DELETE FROM jobs");
    add("waiting", 1_600_000_000_000_000);
    doctor(&folder).says("jobs", "warning", "2020-09-13 20:26");
    tell(&folder, "INSERT INTO paused_queues VALUES ('messages.mail', 0, '李四', '检修')");
    let report = doctor(&folder);
    report.says("jobs", "warning", "检修");
    assert_eq!(report.of_check("jobs").len(), 1, "what is held back is not late: {}", report.1);
    tell(&folder, "DELETE FROM paused_queues; DELETE FROM jobs");
    doctor(&folder).is_content("jobs");
}

/// A mail server that greets with that line and says yes to everything; its port.
fn greeter(greeting: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            write!(stream, "{greeting}\r\n").unwrap();
            let asked = BufReader::new(stream.try_clone().unwrap());
            for line in asked.lines().map_while(Result::ok) {
                let answer = if line == "QUIT" { "221 bye" } else { "250 yes" };
                if write!(stream, "{answer}\r\n").is_err() || line == "QUIT" {
                    break;
                }
            }
        }
    });
    port
}

#[test]
fn a_mail_server_that_does_not_greet_is_named() {
    let folder = Folder::new();
    let of = |port: u16| {
        let url = format!("smtp://127.0.0.1:{port}");
        Report::of(&folder, &[("GANGMU_SMTP_URL", &url), ("GANGMU_MAIL_FROM", "纲目 <a@plan.example>")])
    };
    doctor(&folder).says("mail", "ok", "收件箱");
    of(greeter("220 here")).is_content("mail");
    of(greeter("554 no")).says("mail", "failed", "554");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    of(closed).says("mail", "failed", "连不上");
}

/// The record of a backup made so many hours before the newest entry.
fn recorded(folder: &Folder, hours: i64, bytes: usize, failure: &str, rehearsal: &str) {
    let state = if failure == "NULL" { "kept" } else { "failed" };
    let sql = format!(
        "INSERT INTO backups (name, origin, state, made_at, account, account_name, bytes, row_count, blobs, damaged,
           journal_seq, failure, rehearsed_at, rehearsal)
         SELECT '{hours}.gangmu', 'scheduled', '{state}', max(at) - {hours} * 3600000000, 0, '', {bytes}, 0, 0, 0, 1,
           {failure}, CASE WHEN {rehearsal} IS NULL THEN NULL ELSE max(at) - {hours} * 3600000000 END, {rehearsal}
         FROM journal"
    );
    tell(folder, &sql);
}

#[test]
fn backups_that_are_old_failed_or_gone_are_named() {
    let folder = house();
    let report = doctor(&folder);
    report.says("backup", "warning", "还没有备份");
    report.says("rehearsal", "warning", "还没有演练");
    gangmu(folder.path(), &["backup", "one.gangmu"]).good();
    doctor(&folder).says("backup", "ok", "最近一份存于");
    tell(
        &folder,
        "DROP TRIGGER journal_is_never_changed; UPDATE journal SET operation = 'x' WHERE operation = 'backup.make'",
    );
    folder.with("gangmu-data/backups/200.gangmu", "zip");
    let good = r#"'{"good":true,"code":null,"rows":1,"blobs":0,"journal":1,"same_journal":true,"took_ms":1}'"#;
    recorded(&folder, 200, 3, "NULL", good);
    let report = doctor(&folder);
    report.says("backup", "failed", "小时");
    report.says("backup", "warning", "同一块磁盘");
    report.is_content("rehearsal");
    let bad = r#"'{"good":false,"code":"backup-altered","fields":{},"rows":0,"blobs":0,"journal":0,"same_journal":false,"took_ms":1}'"#;
    recorded(&folder, 50, 3, "NULL", bad);
    let report = doctor(&folder);
    report.says("backup", "warning", "小时");
    report.says("backup", "failed", "50.gangmu 不在");
    report.says("rehearsal", "failed", "已被改动");
    folder.with("gangmu-data/backups/50.gangmu", "zi");
    doctor(&folder).says("backup", "failed", "现在是 2 B，存下时是 3 B");
    folder.with("gangmu-data/backups/50.gangmu", "zip");
    recorded(&folder, 1, 0, r#"'{"code":"backup-stream-failed","fields":{"problem":"disk full"}}'"#, "NULL");
    doctor(&folder).says("backup", "warning", "disk full");
    tell(&folder, "DELETE FROM backups WHERE state = 'failed'");
    folder.with("gangmu-data/backups/0.gangmu", "zip");
    recorded(&folder, 0, 3, "NULL", good);
    let report = doctor(&folder);
    report.says("backup", "ok", "最近一份存于");
    report.is_content("rehearsal");
}
