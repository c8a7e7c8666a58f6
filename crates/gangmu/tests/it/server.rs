//! Serving: the demonstration, the signs of life, the end.

use super::{
    Folder, gangmu, made,
    program::{Running, command, signal},
};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::ChildStdout,
};

/// A server on a free port, once it said where it listens.
pub fn start(folder: &Path, arguments: &[&str]) -> (Running, BufReader<ChildStdout>, String) {
    let mut child = command(folder, arguments, &[("GANGMU_LISTEN", "127.0.0.1:0"), ("GANGMU_LOG_FILTER", "off")]);
    let mut running = Running(child.spawn().unwrap());
    let mut out = BufReader::new(running.0.stdout.take().unwrap());
    let mut line = String::new();
    while out.read_line(&mut line).unwrap() > 0 {
        if let Some((_, address)) = line.trim().split_once("http://") {
            let address = address.to_owned();
            return (running, out, address);
        }
        line.clear();
    }
    let mut err = String::new();
    running.0.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    panic!("it did not begin to serve: {err}");
}

/// Status and body of a page.
pub fn get(address: &str, path: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    (head.lines().next().unwrap_or_default().to_owned(), body.to_owned())
}

#[test]
fn it_serves_until_it_is_told_to_stop() {
    let folder = Folder::new();
    let (mut running, mut out, address) = start(folder.path(), &["serve"]);
    assert!(get(&address, "/healthz").0.contains(" 200 "));
    assert!(get(&address, "/readyz").0.contains(" 200 "));
    assert!(get(&address, "/login").0.contains(" 200 "));
    signal("TERM", running.0.id());
    assert_eq!(running.0.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "已停止。\n");
}

#[test]
fn a_port_that_is_taken_is_said_in_words() {
    let folder = Folder::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = command(folder.path(), &["serve"], &[("GANGMU_LISTEN", &address), ("GANGMU_LOG_FILTER", "off")])
        .output()
        .unwrap();
    let err = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{err}");
    assert!(err.contains(&address) && err.contains("GANGMU_LISTEN"), "{err}");
}

#[test]
fn the_demonstration_loads_once_and_serves() {
    let folder = Folder::new();
    let first = gangmu(folder.path(), &["demo", "--load-only"]).good();
    assert!(first.contains("已装入") && first.contains("示范日期：2024-06-30 09:00 +08:00"), "{first}");
    let second = gangmu(folder.path(), &["demo", "--load-only"]).good();
    assert!(second.contains("没有重复装入") && second.contains("示范日期：2024-06-30 09:0"), "{second}");
    let (_running, _out, address) = start(folder.path(), &["demo"]);
    assert!(get(&address, "/readyz").0.contains(" 200 "));
    let (status, login) = get(&address, "/login");
    assert!(status.contains(" 200 ") && login.contains("示范"), "{status}");
}

#[test]
fn the_demonstration_takes_a_plan_of_ones_own() {
    let folder = Folder::new();
    folder.with("own.txt", made::PLAN);
    let said = gangmu(folder.path(), &["demo", "--load-only", "--plan", "own.txt"]).good();
    assert!(said.contains("/plans/"), "{said}");
    folder.with("bad.doc", made::compound(&["WordDocument"]));
    let ran = gangmu(folder.path(), &["demo", "--load-only", "--plan", "bad.doc"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("另存为"), "{ran:?}");
}

#[test]
fn an_import_that_was_killed_leaves_no_half_of_it() {
    let folder = Folder::new();
    gangmu(folder.path(), &["demo", "--load-only"]).good();
    let items: String = (1..=400)
        .map(|n| format!("（{n}）整治第{n}条河涌\n\n推进第{n}条河涌整治，到2025年建成水闸{n}座。\n\n"))
        .collect();
    folder.with("own.txt", made::PLAN.to_owned() + &items);
    let arguments = ["demo", "--load-only", "--plan", "own.txt"];
    let log = folder.path().join("gangmu-data/gangmu.db-wal");
    let size = || std::fs::metadata(&log).map_or(0, |found| found.len());
    let mut running = Running(command(folder.path(), &arguments, &[]).spawn().unwrap());
    // The first rows have reached the file: the import is under way.
    while size() < 150_000 && running.0.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    assert!(running.0.try_wait().unwrap().is_none(), "the import ended before it could be killed");
    signal("KILL", running.0.id());
    running.0.wait().unwrap();
    let (running, _out, address) = start(folder.path(), &["demo"]);
    assert!(get(&address, "/readyz").0.contains(" 200 "));
    drop(running);
    let again = gangmu(folder.path(), &arguments).good();
    assert!(again.contains("规划文本：own.txt"), "it was not taken for imported: {again}");
    let known = gangmu(folder.path(), &arguments).good();
    assert!(known.contains("没有重复装入"), "now it is there: {known}");
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let folder = Folder::new();
    gangmu(folder.path(), &["user", "add", "guanli", "--name", "张三", "--role", "system"]).good();
    let ran = gangmu(folder.path(), &["demo", "--load-only"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("已有别的内容"), "{ran:?}");
}
