//! The reading child: whatever happens to it, the program says so in words and goes on.

use super::{
    Folder, made,
    program::{Running, command, signal},
};
use std::{
    io::{Read, Write},
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Output, Stdio},
};

/// A small generator of numbers; the seed makes every run the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[test]
fn pdfs_with_changed_bytes_are_read_or_refused_in_one_line() {
    let whole = made::pdf_with_text();
    let folder = Folder::new();
    let mut numbers = Numbers(20_250_630);
    let rounds = if std::env::var_os("GANGMU_TEST_FULL").is_some() { 2_400 } else { 60 };
    for round in 0..rounds {
        let mut bytes = whole.clone();
        for _ in 0..=numbers.below(8) {
            let at = numbers.below(bytes.len());
            bytes[at] = b"0123456789 <>[]()/RTjFm"[numbers.below(23)];
        }
        folder.with("a.pdf", &bytes);
        let ran = super::gangmu(folder.path(), &["plan", "text", "a.pdf"]);
        match ran.code {
            Some(0) => assert_eq!(ran.err, "", "round {round}: {ran:?}"),
            _ => drop(ran.refused()),
        }
    }
}

/// A page that takes the child long: tags that never end.
fn endless_page() -> String {
    format!("<html><body>{}", "<div><p>一".repeat(400_000))
}

/// The processes that the process started.
fn children(of: u32) -> Vec<u32> {
    let list = format!("/proc/{of}/task");
    let Ok(tasks) = std::fs::read_dir(Path::new(&list)) else { return vec![] };
    tasks
        .flatten()
        .flat_map(|task| {
            let mut text = String::new();
            #[expect(clippy::disallowed_methods, reason = "the test looks for the child")]
            if let Ok(mut file) = std::fs::File::open(task.path().join("children")) {
                drop(file.read_to_string(&mut text));
            }
            text.split_whitespace().filter_map(|number| number.parse().ok()).collect::<Vec<u32>>()
        })
        .collect()
}

#[test]
fn a_child_that_is_killed_is_a_refusal_in_words() {
    let folder = Folder::new();
    folder.with("a.html", endless_page());
    let mut running = Running(command(folder.path(), &["plan", "text", "a.html"], &[]).spawn().unwrap());
    let child = loop {
        if let Some(child) = children(running.0.id()).first() {
            break *child;
        }
        assert!(running.0.try_wait().unwrap().is_none(), "the program ended before its child was seen");
        std::thread::yield_now();
    };
    signal("KILL", child);
    let status = running.0.wait().unwrap();
    let mut err = String::new();
    running.0.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(status.code(), Some(2), "{err}");
    assert!(err.starts_with("a.html：文件使读取程序异常中止（signal 9）"), "{err}");
}

/// How the child ends that reads these bytes with that much memory.
fn read_with(bytes: &[u8], memory: &str) -> Output {
    let folder = Folder::new();
    let mut child = command(
        folder.path(),
        &["read-document", "--name", "a.html", "--memory", memory],
        &[("MIMALLOC_DISALLOW_ARENA_ALLOC", "1")],
    );
    let mut child = child.stdin(Stdio::piped()).spawn().unwrap();
    // A child that dies before it has heard everything closes the pipe.
    drop(child.stdin.take().unwrap().write_all(bytes));
    child.wait_with_output().unwrap()
}

#[test]
fn a_child_that_wants_too_much_memory_dies_alone() {
    let page = format!("<html><body>{}", "<hr>一".repeat(200_000));
    let enough = read_with(page.as_bytes(), "1073741824");
    assert!(enough.status.success() && enough.stdout.starts_with(b"{\"Ok\""), "{:?}", enough.status);
    // Enough for the program itself, which is large unoptimized, and for the file; not for what is made of it.
    let scarce = read_with(page.as_bytes(), "160000000");
    assert_eq!(scarce.status.signal(), Some(6), "{:?}", scarce.status);
    assert!(scarce.stdout.is_empty());
}

#[test]
fn the_child_answers_only_with_json() {
    let output = read_with("<html><body>正文</body></html>".as_bytes(), "1073741824");
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["Ok"]["text"], "正文\n");
}

/// What the child says of a file that is to be attached: the line, and how many bytes follow it.
fn examined(bytes: &[u8], name: &str) -> (serde_json::Value, usize) {
    let folder = Folder::new();
    let arguments = ["read-document", "--examine", "--declared=", &format!("--name={name}")];
    let mut child = command(folder.path(), &arguments, &[]).stdin(Stdio::piped()).spawn().unwrap();
    drop(child.stdin.take().unwrap().write_all(bytes));
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{:?}", output.status);
    let end = output.stdout.iter().position(|byte| *byte == b'\n').unwrap();
    (serde_json::from_slice(&output.stdout[..end]).unwrap(), output.stdout.len() - end - 1)
}

#[test]
fn the_child_examines_pictures_and_answers_with_their_copies() {
    let photograph = include_bytes!("../../../gangmu-web/tests/data/photograph.jpg");
    let (told, copies) = examined(photograph, "-现场.jpg");
    assert_eq!(told["answer"]["Ok"]["kind"], "jpeg", "{told}");
    let sum = told["clean"].as_u64().unwrap() + told["thumbnail"].as_u64().unwrap();
    assert_eq!(usize::try_from(sum).unwrap(), copies, "{told}");
    let (told, copies) = examined(include_bytes!("../../../gangmu-web/tests/data/bomb.png"), "大图.png");
    assert_eq!(told["answer"]["Err"]["unfit"], "too_many_points", "{told}");
    assert_eq!(copies, 0);
}
