//! The API as programs meet it: over the wire, with curl, and with the server killed under them.

use super::{
    Folder, gangmu,
    program::{Running, signal},
    server::start,
};
use serde_json::Value;
use std::{
    io::{BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{ChildStdout, Command},
};

/// The password of the demonstration's people.
const PASSWORD: &str = "gangmu-2024";

/// Sends a request and gives head and body of the answer.
fn ask(address: &str, request: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    (head.to_owned(), body.to_owned())
}

/// A request of a program.
fn request(address: &str, method: &str, path: &str, token: &str, more: &str, body: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n{more}\r\n{body}",
        body.len()
    )
}

fn get(address: &str, path: &str, token: &str) -> Value {
    let (head, body) = ask(address, &request(address, "GET", path, token, "", ""));
    assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
    serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

/// A token of the planner, made on the page as a person makes it.
fn token(address: &str) -> String {
    let page = |path: &str, cookies: &str| {
        ask(
            address,
            &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {cookies}\r\n\r\n"),
        )
    };
    let submit = |path: &str, cookies: &str, form: &str| {
        ask(
            address,
            &format!(
                "POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {cookies}\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
                form.len()
            ),
        )
    };
    let secret = |text: &str| {
        let (_, rest) = text.split_once("name=\"csrf\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let cookie = |head: &str, name: &str| {
        let (_, rest) = head.split_once(&format!("{name}=")).unwrap_or_else(|| panic!("{name} in {head}"));
        format!("{name}={}", rest.split(';').next().unwrap())
    };
    let (head, login) = page("/login", "");
    let form = format!("csrf={}&name=guihua&password={PASSWORD}&next=", secret(&login));
    let (head, _) = submit("/login", &cookie(&head, "gangmu_form"), &form);
    let session = cookie(&head, "gangmu_session");
    let (_, tokens) = page("/account/tokens", &session);
    let form = format!("csrf={}&name=curl&scope=all&days=30", secret(&tokens));
    let (_, made) = submit("/account/tokens", &session, &form);
    let at = made.find("gangmu_").unwrap_or_else(|| panic!("a token: {made}"));
    made[at..at + 71].to_owned()
}

fn demonstration(folder: &Path) -> (Running, BufReader<ChildStdout>, String) {
    start(folder, &["demo"])
}

#[test]
fn curl_reads_changes_and_is_told_what_it_may_not() {
    if Command::new("curl").arg("--version").output().is_err() {
        return;
    }
    let folder = Folder::new();
    gangmu(folder.path(), &["demo", "--load-only"]).good();
    let (_running, _out, address) = demonstration(folder.path());
    let token = token(&address);
    let curl = |arguments: &[&str], path: &str| {
        let ran = Command::new("curl")
            .args(["-s", "-i", "--compressed", "-H", &format!("Authorization: Bearer {token}")])
            .args(arguments)
            .arg(format!("http://{address}{path}"))
            .output()
            .unwrap();
        let text = String::from_utf8(ran.stdout).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        (head.to_owned(), body.to_owned())
    };
    let (head, body) = curl(&[], "/api/v1/me");
    assert!(head.starts_with("HTTP/1.1 200") && body.contains("\"login\":\"guihua\""), "{head}\n{body}");
    let (_, first) = curl(&[], "/api/v1/plans");
    let plans: Value = serde_json::from_str(&first).unwrap();
    let key = plans["items"][0]["key"].as_str().unwrap().to_owned();
    let (head, _) = curl(&[], &format!("/api/v1/plans/{key}/commitments/1"));
    let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap().to_owned();
    let place = format!("/api/v1/plans/{key}/commitments/1/doubt");
    let body = ["-X", "POST", "-H", "Content-Type: application/json", "-d", "{\"note\":\"再核\"}"];
    let (head, said) = curl(&body, &place);
    assert!(head.starts_with("HTTP/1.1 428"), "{head}\n{said}");
    let held = format!("If-Match: {tag}");
    let with: Vec<&str> = body.iter().copied().chain(["-H", held.as_str()]).collect();
    let (head, said) = curl(&with, &place);
    assert!(head.starts_with("HTTP/1.1 200"), "{head}\n{said}");
    let (head, said) = curl(&with, &place);
    assert!(head.starts_with("HTTP/1.1 412") && said.contains("\"changes\""), "{head}\n{said}");
    let (head, said) = curl(&["-H", "Accept-Language: en"], "/api/v1/accounts");
    assert!(head.starts_with("HTTP/1.1 403") && said.contains("Not allowed"), "{head}\n{said}");
}

#[test]
fn a_request_that_is_sent_again_after_a_kill_is_done_once() {
    let folder = Folder::new();
    gangmu(folder.path(), &["demo", "--load-only"]).good();
    let (mut running, mut out, mut address) = demonstration(folder.path());
    let token = token(&address);
    let plans = get(&address, "/api/v1/plans", &token);
    let key = plans["items"][0]["key"].as_str().unwrap().to_owned();
    let clauses = get(&address, &format!("/api/v1/plans/{key}/clauses?limit=200"), &token);
    let clause = clauses["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|clause| clause["text"].as_str().is_some_and(|text| text.chars().count() > 60))
        .unwrap()
        .clone();
    let words: Vec<char> = clause["text"].as_str().unwrap().trim().chars().collect();
    let base = format!("/api/v1/plans/{key}/commitments");
    let rounds: usize = 8;
    let (mut before_answer, mut replayed) = (0, 0);
    for round in 0..rounds {
        let text: String = words[round..round + 6].iter().collect();
        let body = serde_json::json!({ "clause": clause["path"], "text": text, "kind": "task" }).to_string();
        let more = format!("Idempotency-Key: round-{round}\r\n");
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.write_all(request(&address, "POST", &base, &token, &more, &body).as_bytes()).unwrap();
        if round % 2 == 0 {
            // Killed as soon as the first byte of the answer is there, or before, as the scheduler likes.
            let mut first = [0];
            drop(stream.read(&mut first));
        } else {
            before_answer += 1;
            for _ in 0..round * 200 {
                std::thread::yield_now();
            }
        }
        signal("KILL", running.0.id());
        running.0.wait().unwrap();
        (running, out, address) = demonstration(folder.path());
        let (head, said) = ask(&address, &request(&address, "POST", &base, &token, &more, &body));
        assert!(head.starts_with("HTTP/1.1 201"), "{head}\n{said}");
        replayed += usize::from(head.to_lowercase().contains("idempotency-replayed: true"));
    }
    assert!(before_answer > 0 && replayed >= rounds / 2, "what was answered is not done again: {replayed}");
    let added = get(&address, &format!("{base}?standing=added&limit=200"), &token);
    assert_eq!(added["items"].as_array().unwrap().len(), rounds, "each is there once");
    drop(out);
}
