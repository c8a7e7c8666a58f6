//! Accounts, migrations and configuration.

use super::{Folder, Ran, gangmu, program::command};

fn with(folder: &Folder, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
    let output = command(folder.path(), arguments, environment).output().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn accounts_are_added_listed_changed_and_reset() {
    let folder = Folder::new();
    let run = |arguments: &[&str]| gangmu(folder.path(), arguments);
    assert_eq!(run(&["user", "list"]).good(), "还没有账号。\n");
    let added = run(&["user", "add", "guanli", "--name", "张三", "--role", "security"]).good();
    assert!(added.starts_with("已新增账号 guanli。\n首日密码"), "{added}");
    folder.with("password", "shan-shui-2024\n");
    run(&["user", "add", "guihua", "--name", "李四", "--role", "planner", "--password-file", "password"]).good();
    run(&["user", "roles", "guihua", "planner", "reviewer"]).good();
    let listed = run(&["user", "list"]).good();
    assert!(listed.contains("guihua\t李四\tplanner reviewer"), "{listed}");
    let reset = run(&["user", "reset", "guihua"]).good();
    assert!(reset.starts_with("首日密码"), "{reset}");
    let refused = run(&["user", "add", "guihua", "--name", "王五", "--role", "emperor"]);
    assert_eq!(refused.code, Some(2));
    assert_eq!(refused.err.lines().count(), 2, "all reasons at once: {refused:?}");
    let last = run(&["user", "roles", "guanli", "planner"]).refused();
    assert!(!last.contains("accounts."), "in words: {last}");
}

#[test]
fn migrating_twice_changes_nothing_the_second_time() {
    let folder = Folder::new();
    let environment = [("GANGMU_DATA", "elsewhere")];
    assert!(with(&folder, &["migrate"], &environment).good().contains("从第 0 版"));
    assert!(with(&folder, &["migrate"], &environment).good().contains("已是最新"));
    assert!(folder.path().join("elsewhere/gangmu.db").exists());
}

#[test]
fn everything_wrong_with_the_configuration_is_said_at_once() {
    let folder = Folder::new();
    folder.with("gangmu.toml", "port = 80\nlisten = 'here'\n");
    let ran = gangmu(folder.path(), &["user", "list"]);
    assert_eq!((ran.code, ran.err.lines().count()), (Some(2), 2), "{ran:?}");
    assert!(ran.err.contains("port") && ran.err.contains("here"), "{ran:?}");
    let missing = gangmu(folder.path(), &["--config", "no.toml", "migrate"]).refused();
    assert!(missing.contains("no.toml"), "{missing}");
}
