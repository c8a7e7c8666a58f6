//! The server under mixed load, killed without warning again and again: what it has acknowledged is there.
//!
//! People log in, decide proposals, add accounts and hand in files at the same time. After so many answers the process
//! is killed with the signal that nothing can answer, and started again on the same folder. An answer counts once it
//! has arrived whole; what was under way at that moment may be there or not, but never by half.

use super::{
    Folder, gangmu, made,
    program::{Running, command},
};
use gangmu_store::{
    Db, Fault, Limits, Location,
    journal::{
        Head,
        verify::{Verdict, verify},
    },
    params,
};
use std::{
    collections::{BTreeSet, HashSet},
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};

/// The people of the demonstration and their password.
const PLANNER: &str = "guihua";
const SYSTEM: &str = "xitong";
const PASSWORD: &str = "gangmu-2024";

/// Something that the server has acknowledged.
#[derive(Debug, Clone)]
enum Fact {
    /// This session is open.
    Session(String),
    /// This account is there.
    Account(String),
    /// This commitment is decided.
    Decision(u32),
    /// This import is known.
    Import(i64),
}

/// A whole answer: status, head, body.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn field(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, v)| v))
    }

    fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let cookies = lines.filter(|(key, _)| key.eq_ignore_ascii_case("set-cookie")).map(|(_, value)| value);
        cookies.filter_map(|line| line.split(';').next()).find(|pair| pair.starts_with(name)).map(str::to_owned)
    }

    fn secret(&self) -> Option<String> {
        let (_, rest) = self.body.split_once("name=\"csrf\" value=\"")?;
        rest.split('"').next().map(str::to_owned)
    }
}

/// Asks the server; none where it dies before the answer is whole.
fn ask(address: &str, line: &str, cookie: &str, kind: &str, body: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let head = format!(
        "{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {cookie}\r\nContent-Type: {kind}\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

fn get(address: &str, path: &str, cookie: &str) -> Option<Answer> {
    ask(address, &format!("GET {path}"), cookie, "text/plain", b"")
}

fn form(fields: &[(&str, &str)]) -> String {
    let sign =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let encoded = |text: &str| text.bytes().map(sign).collect::<String>();
    fields.iter().map(|(key, value)| format!("{key}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

fn post(address: &str, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Option<Answer> {
    let body = form(fields);
    ask(address, &format!("POST {path}"), cookie, "application/x-www-form-urlencoded", body.as_bytes())
}

/// The cookie of a new session.
fn log_in(address: &str, who: &str) -> Option<String> {
    let page = get(address, "/login", "")?;
    let (before, secret) = (page.cookie("gangmu_form")?, page.secret()?);
    let fields = [("csrf", secret.as_str()), ("name", who), ("password", PASSWORD), ("next", "/")];
    let answer = post(address, "/login", &before, &fields)?;
    assert_eq!(answer.status, 303, "{who} logs in: {}", answer.body);
    answer.cookie("gangmu_session")
}

/// Somebody at work: a session and the secret of its forms.
#[derive(Clone)]
struct Person {
    cookie: String,
    secret: String,
}

impl Person {
    fn of(address: &str, who: &str) -> Self {
        let cookie = log_in(address, who).unwrap();
        let secret = get(address, "/account/password", &cookie).and_then(|page| page.secret()).unwrap();
        Self { cookie, secret }
    }
}

/// What all rounds share.
struct Load {
    planner: Person,
    system: Person,
    plan: String,
    /// Commitments that nobody has decided yet, each with the path of its clause.
    open: Mutex<Vec<(u32, String)>>,
    next: AtomicUsize,
}

impl Load {
    fn decide(&self, address: &str) -> Option<Fact> {
        let (number, path) = self.open.lock().unwrap().pop()?;
        let text = number.to_string();
        let fields = [("csrf", self.planner.secret.as_str()), ("number", &text), ("path", &path), ("verb", "accept")];
        let answer = post(address, &format!("/plans/{}/review/decide", self.plan), &self.planner.cookie, &fields)?;
        assert_eq!(answer.status, 303, "commitment {number} of {path} is accepted: {}", answer.body);
        Some(Fact::Decision(number))
    }

    fn add_account(&self, address: &str) -> Option<Fact> {
        let login = format!("new-{}", self.next.fetch_add(1, Ordering::Relaxed));
        let fields = [("csrf", self.system.secret.as_str()), ("name", &login), ("person", "新来"), ("unit", "")];
        let answer = post(address, "/accounts", &self.system.cookie, &fields)?;
        assert_eq!(answer.status, 200, "{login} is added: {}", answer.body);
        Some(Fact::Account(login))
    }

    fn import(&self, address: &str) -> Option<Fact> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let text = format!("第{number}号示例规划\n\n第一章 目标\n\n到2025年，建成水闸{number}座。\n");
        let part =
            |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{value}\r\n");
        let body = [
            part("csrf", &format!("\r\n\r\n{}", self.planner.secret)),
            part("key", &format!("\r\n\r\nt-{number}")),
            part("files", &format!("; filename=\"{number}.txt\"\r\nContent-Type: text/plain\r\n\r\n{text}")),
            "--b--\r\n".to_owned(),
        ]
        .concat();
        let kind = "multipart/form-data; boundary=b";
        let answer = ask(address, "POST /imports", &self.planner.cookie, kind, body.as_bytes())?;
        assert_eq!(answer.status, 303, "file {number} is taken in: {}", answer.body);
        Some(Fact::Import(answer.field("location")?.rsplit('/').next()?.parse().ok()?))
    }
}

fn serve(folder: &Path) -> (Running, String) {
    let environment = [("GANGMU_LISTEN", "127.0.0.1:0"), ("GANGMU_LOG_FILTER", "off")];
    let mut running = Running(command(folder, &["serve"], &environment).spawn().unwrap());
    let mut out = BufReader::new(running.0.stdout.take().unwrap());
    let mut line = String::new();
    while out.read_line(&mut line).unwrap() > 0 {
        if let Some((_, address)) = line.trim().split_once("http://") {
            return (running, address.to_owned());
        }
        line.clear();
    }
    let mut err = String::new();
    running.0.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    panic!("it did not begin to serve: {err}");
}

/// Lets four people work until that many answers of so many kinds have arrived, and kills the server in the middle of
/// the others.
fn work_until_killed(
    load: &Arc<Load>,
    mut running: Running,
    address: &str,
    (answers, kinds): (usize, usize),
) -> Vec<Fact> {
    type Act = fn(&Load, &str) -> Option<Fact>;
    let acts: [Act; 4] =
        [Load::decide, Load::add_account, Load::import, |_, address| log_in(address, PLANNER).map(Fact::Session)];
    let (told, hears) = mpsc::channel();
    let mut facts = Vec::new();
    std::thread::scope(|scope| {
        for act in acts {
            let told = told.clone();
            scope.spawn(move || {
                while let Some(fact) = act(load, address) {
                    if told.send(fact).is_err() {
                        return;
                    }
                }
            });
        }
        drop(told);
        while facts.len() < answers || kinds_of(&facts) < kinds {
            facts.push(hears.recv_timeout(Duration::from_secs(60)).expect("the server answers"));
        }
        running.0.kill().unwrap();
        running.0.wait().unwrap();
        facts.extend(hears.iter());
    });
    facts
}

fn kinds_of(facts: &[Fact]) -> usize {
    facts.iter().map(std::mem::discriminant).collect::<HashSet<_>>().len()
}

/// Everything acknowledged so far is there, nothing runs that was interrupted, the journal is whole.
async fn check(db: &Db, address: &str, facts: &[Fact], round: usize) {
    let mut rows = BTreeSet::new();
    for fact in facts {
        match fact {
            Fact::Session(cookie) => {
                let status = get(address, "/account/password", cookie).map(|page| page.status);
                assert_eq!(status, Some(200), "round {round}: a session that had begun is lost");
            }
            Fact::Account(login) => drop(rows.insert(("account", login.clone()))),
            Fact::Decision(number) => drop(rows.insert(("decision", number.to_string()))),
            Fact::Import(id) => drop(rows.insert(("import", id.to_string()))),
        }
    }
    let lost = db.read::<_, Fault>(move |tx| {
        let mut lost = Vec::new();
        for (kind, key) in rows {
            let number = key.parse::<i64>().unwrap_or(0);
            let one = |row: &gangmu_store::Row<'_>| row.get::<i64>(0);
            let found = match kind {
                "account" => tx.one("SELECT count(*) FROM accounts WHERE login = $1", params![&key], one)?,
                "decision" => {
                    let sql =
                        "SELECT count(*) FROM commitments WHERE number = $1 AND standing <> 'proposed' AND edition = 1";
                    tx.one(sql, params![number], one)?
                }
                _ => tx.one("SELECT count(*) FROM imports WHERE id = $1", params![number], one)?,
            };
            if found != 1 {
                lost.push(format!("{kind} {key}"));
            }
        }
        Ok(lost)
    });
    assert_eq!(lost.await.unwrap(), Vec::<String>::new(), "round {round}: acknowledged and lost");
    let running = "SELECT count(*) FROM imports WHERE step NOT IN ('done', 'failed', 'known')";
    let running = db.read::<_, Fault>(move |tx| tx.one(running, params![], |row| row.get::<i64>(0))).await.unwrap();
    assert_eq!(running, 0, "round {round}: an import that was interrupted is shown as running");
    let verdict = db.read(|tx| verify(tx, Head::START)).await.unwrap();
    assert!(matches!(verdict, Verdict::Whole { .. }), "round {round}: {verdict:?}");
}

#[test]
fn what_was_acknowledged_survives_every_kill_and_the_journal_stays_whole() {
    let full = std::env::var_os("GANGMU_TEST_FULL").is_some();
    let rounds = if full { 1_000 } else { 50 };
    let folder = Folder::new();
    let items: String = (1..=if full { 1_500 } else { 150 })
        .map(|n| format!("（{n}）整治第{n}条河涌\n\n推进第{n}条河涌整治，到2025年建成水闸{n}座。\n\n"))
        .collect();
    folder.with("own.txt", made::PLAN.to_owned() + &items);
    gangmu(folder.path(), &["demo", "--load-only", "--plan", "own.txt"]).good();
    let db = Db::open(&Location::Sqlite(folder.path().join("gangmu-data/gangmu.db")), Limits::default()).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let open =
        "SELECT c.number, k.path FROM commitments c JOIN clauses k ON k.edition = c.edition AND k.number = c.clause
      WHERE c.edition = 1 AND c.standing = 'proposed'";
    let open = db.read::<_, Fault>(move |tx| tx.query(open, params![], |row| Ok((row.get(0)?, row.get(1)?))));
    let plan = db.read::<_, Fault>(|tx| tx.one("SELECT key FROM plans", params![], |row| row.get(0)));
    let (open, plan) = runtime.block_on(async { (open.await.unwrap(), plan.await.unwrap()) });
    let (mut running, mut address) = serve(folder.path());
    let load = Arc::new(Load {
        planner: Person::of(&address, PLANNER),
        system: Person::of(&address, SYSTEM),
        plan,
        open: Mutex::new(open),
        next: AtomicUsize::new(1),
    });
    let (mut facts, mut dice) = (Vec::new(), 20_240_630_u64);
    for round in 1..=rounds {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let answers = usize::try_from((dice >> 33) % 8).unwrap();
        // Later rounds may end before the slowest kind of load has its answer; the first one waits for all four.
        let kinds = if round == 1 { 4 } else { 0 };
        let new = work_until_killed(&load, running, &address, (answers, kinds));
        (running, address) = serve(folder.path());
        runtime.block_on(check(&db, &address, &new, round));
        facts.extend(new);
    }
    runtime.block_on(check(&db, &address, &facts, rounds));
    assert_eq!(kinds_of(&facts), 4, "every kind of load was acknowledged at least once");
    println!("{rounds} kills, {} acknowledged writes, none lost", facts.len());
}
