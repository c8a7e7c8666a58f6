//! The release program: its size, its first page after the start on the demonstration's data, its memory when idle.

use crate::{
    client::{Answer, Client, Request, Visitor},
    house::packs,
    measure::{ms, percentile},
};
use gangmu_app::demo;
use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const STARTS: usize = 5;

/// Prints the figures with their limits.
pub fn run() {
    let Some(program) = program() else {
        println!("the release program is not built beside this one: cargo build --release --package gangmu");
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let size = std::fs::metadata(&program).map(|file| file.len()).unwrap_or_default();
    row("release program", &format!("{:.1} MB", size as f64 / 1e6), "60 MB");
    let loading = Instant::now();
    let loaded = command(&program, folder.path()).arg("--load-only").stdout(Stdio::null()).status();
    assert!(loaded.expect("the program starts").success(), "the demonstration can be loaded");
    row("first load of the demonstration", &ms(loading.elapsed()), "");
    let mut first = Vec::new();
    for _ in 0..STARTS {
        first.push(Serving::start(&program, folder.path()).first_page);
    }
    row("first page after start", &ms(percentile(first, 50)), "1000 ms");
    let serving = Serving::start(&program, folder.path());
    // What was only needed for the start is given back in a moment.
    std::thread::sleep(Duration::from_secs(2));
    row("resident, idle after start", &format!("{:.1} MB", serving.resident()), "100 MB");
    serving.use_it();
    std::thread::sleep(Duration::from_secs(2));
    row("resident, idle after use", &format!("{:.1} MB", serving.resident()), "100 MB");
}

fn row(what: &str, figure: &str, limit: &str) {
    println!("{what:36}{figure:>14}{limit:>12}");
}

fn program() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok()?.with_file_name("gangmu");
    beside.is_file().then_some(beside)
}

fn command(program: &Path, data: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("demo").current_dir(data).env("GANGMU_DATA", data).env("GANGMU_LISTEN", "127.0.0.1:0");
    command.env("GANGMU_LOG_FILTER", "warn").env_remove("GANGMU_DATABASE_URL");
    command
}

/// The program, serving; it is ended with this value.
struct Serving {
    child: Child,
    address: SocketAddr,
    first_page: Duration,
}

impl Serving {
    /// Starts it, and takes the time until its first page is there.
    fn start(program: &Path, data: &Path) -> Self {
        let begin = Instant::now();
        let mut child = command(program, data).stdout(Stdio::piped()).spawn().expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("the program was started with a pipe")).lines();
        let mut said = lines.map_while(Result::ok);
        let said = said.find_map(|line| {
            line.split_once("http://")?.1.split(|c: char| !".:".contains(c) && !c.is_ascii_digit()).next()?.parse().ok()
        });
        let address = said.expect("the program says where it serves");
        ask(address, &Visitor::default(), "/login");
        Self { child, address, first_page: begin.elapsed() }
    }

    /// Megabytes in memory.
    fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
        kilobytes.and_then(|text| text.parse::<f64>().ok()).map_or(f64::NAN, |kilobytes| kilobytes * 1024.0 / 1e6)
    }

    /// Logs in as the planner and opens every kind of page.
    fn use_it(&self) {
        let pack = demo::choose(&packs(), None).expect("one pack has a demonstration");
        let accounts = pack.accounts.as_ref().expect("the demonstration has people");
        let planner =
            accounts.accounts.iter().find(|a| a.roles.iter().any(|r| r == "planner")).expect("one of them plans");
        let key = &pack.manifest.plan.as_ref().expect("the demonstration has a plan").key;
        let form = ask(self.address, &Visitor::default(), "/login");
        let cookie = form.cookies.iter().filter_map(|line| line.split(';').next()).collect::<Vec<_>>().join("; ");
        let page = String::from_utf8_lossy(&form.body).into_owned();
        let csrf = page.split_once("name=\"csrf\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
        let csrf = csrf.expect("the form of the login carries a secret").0.to_owned();
        let login = format!("name={}&password={}", planner.login, accounts.password);
        let entered = send(self.address, &Visitor { cookie, csrf }, &Request::post("/login", login));
        let cookie = entered.cookies.iter().filter_map(|line| line.split(';').next()).collect::<Vec<_>>().join("; ");
        let planner = Visitor { cookie, csrf: String::new() };
        let plan = format!("/plans/{key}");
        let pages = ["", "/register", "/review", "/edition", "/register.xlsx"].map(|page| format!("{plan}{page}"));
        for path in pages.iter().map(String::as_str).chain(["/", "/plans", "/search?q=建设", "/imports/new"]) {
            ask(self.address, &planner, path);
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself; the folder is temporary either way.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn ask(address: SocketAddr, visitor: &Visitor, path: &str) -> Answer {
    send(address, visitor, &Request::get(path))
}

fn send(address: SocketAddr, visitor: &Visitor, request: &Request) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be started");
    let answer = runtime.block_on(async {
        let mut client = Client::connect(address, visitor).await?;
        client.zipped = false;
        client.send(request).await
    });
    let answer = answer.expect("the server answers");
    assert!(answer.status < 400, "{} was answered with {}", request.path, answer.status);
    answer
}
