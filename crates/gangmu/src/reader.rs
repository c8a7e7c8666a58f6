//! Reads documents in a child process of this program (文件读取子进程), with limits on memory, time and output.
//!
//! The child gets the bytes on standard input and answers with JSON on standard output. Whatever a hostile file does to
//! it, only the child dies, and its death is a refusal in words. Plain text is read here: nothing in it can do harm.

use gangmu_app::ports::{DocumentReader, Examining, Reading};
use gangmu_documents::{
    Limits, Unreadable,
    media::{self, Examined, Unfit},
};
use gangmu_kernel::SourceText;
use serde::{Deserialize, Serialize};
use std::{
    os::unix::process::ExitStatusExt, path::PathBuf, process::ExitStatus, process::Stdio, sync::Arc, time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, Command},
    sync::Semaphore,
    time::timeout,
};

/// How long the child may take, in seconds; the same holds for its computing time.
pub const SECONDS: u64 = 60;
/// How much memory the child may have.
pub const MEMORY: u64 = 1024 * 1024 * 1024;
/// How long its answer may be.
const ANSWER: u64 = 512 * 1024 * 1024;
/// How many children may read at once.
const CHILDREN: usize = 2;
/// The signal for too much computing time.
const SIGXCPU: i32 = 24;

/// What the child answers.
pub type Answer = Result<SourceText, Unreadable>;

/// What the child answers of a file that is to be attached: one line, then the bytes of the copies.
#[derive(Debug, Serialize, Deserialize)]
pub struct Examination {
    /// What it is.
    pub answer: Result<Examined, Unfit>,
    /// How many bytes the copy has.
    pub clean: usize,
    /// How many bytes the small copy has.
    pub thumbnail: usize,
}

/// The reader of documents that is wired in.
#[derive(Debug, Clone)]
pub struct ChildReader {
    program: PathBuf,
    turns: Arc<Semaphore>,
}

impl ChildReader {
    /// A reader whose children run this same program.
    pub fn new() -> std::io::Result<Self> {
        Ok(Self { program: std::env::current_exe()?, turns: Arc::new(Semaphore::new(CHILDREN)) })
    }

    /// What a child says to these bytes.
    async fn in_child(&self, bytes: Vec<u8>, arguments: &[String]) -> Result<Vec<u8>, Unreadable> {
        let _turn = self.turns.acquire().await.expect("the semaphore is never closed");
        let died = |how: String| Unreadable::Died { how };
        let mut child = Command::new(&self.program)
            .arg("read-document")
            .args(arguments)
            .env_clear()
            // Memory that the allocator had set aside before the limit was set would not count against it.
            .env("MIMALLOC_DISALLOW_ARENA_ALLOC", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| died(error.to_string()))?;
        match timeout(Duration::from_secs(SECONDS), converse(&mut child, &bytes)).await {
            Err(_) => {
                // It may have ended in this very moment; dropping it kills it otherwise.
                drop(child.start_kill());
                Err(Unreadable::TooSlow { seconds: SECONDS })
            }
            Ok(Err(error)) => Err(died(error.to_string())),
            Ok(Ok((answer, status))) => ended_well(&answer, status).map(|()| answer),
        }
    }
}

impl DocumentReader for ChildReader {
    fn read<'a>(&'a self, bytes: Vec<u8>, name: &'a str) -> Reading<'a> {
        Box::pin(async move {
            let limits = Limits::default();
            if gangmu_documents::is_plain_text(&bytes, name) {
                let name = name.to_owned();
                let reading = tokio::task::spawn_blocking(move || gangmu_documents::read(&bytes, &name, &limits));
                return reading.await.unwrap_or_else(|error| Err(Unreadable::Died { how: error.to_string() }));
            }
            let answer = self.in_child(bytes, &[format!("--name={name}")]).await?;
            serde_json::from_slice(&answer).unwrap_or_else(|_| Err(Unreadable::Died { how: "output".to_owned() }))
        })
    }

    fn examine<'a>(&'a self, bytes: Vec<u8>, name: &'a str, declared: &'a str) -> Examining<'a> {
        Box::pin(async move {
            let limits = Limits::default();
            if media::is_simple(name) && gangmu_documents::is_plain_text(&bytes, "a.txt") {
                return media::examine(&bytes, name, declared, &limits);
            }
            let arguments = [format!("--name={name}"), format!("--declared={declared}"), "--examine".to_owned()];
            let answer = self.in_child(bytes, &arguments).await?;
            examination(answer).unwrap_or_else(|| Err(Unreadable::Died { how: "output".to_owned() }.into()))
        })
    }
}

/// The answer with its copies; none where it is no answer.
fn examination(mut answer: Vec<u8>) -> Option<Result<Examined, Unfit>> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    let head: Examination = serde_json::from_slice(&answer[..end]).ok()?;
    let copies = answer.split_off(end + 1);
    if copies.len() != head.clean.checked_add(head.thumbnail)? {
        return None;
    }
    Some(head.answer.map(|mut examined| {
        if let Some(picture) = &mut examined.picture {
            picture.clean = copies[..head.clean].to_vec();
            picture.thumbnail = copies[head.clean..].to_vec();
        }
        examined
    }))
}

/// Hands over the bytes while listening, and waits for the end.
async fn converse(child: &mut Child, bytes: &[u8]) -> std::io::Result<(Vec<u8>, ExitStatus)> {
    let mut input = child.stdin.take().expect("the child was started with a pipe");
    let output = child.stdout.take().expect("the child was started with a pipe");
    let tell = async move {
        // A child that dies early closes the pipe; how it died is told by its status.
        drop(input.write_all(bytes).await);
        drop(input.shutdown().await);
    };
    let mut answer = Vec::new();
    let mut limited = output.take(ANSWER + 1);
    let ((), heard) = tokio::join!(tell, limited.read_to_end(&mut answer));
    heard?;
    if answer.len() as u64 > ANSWER {
        child.start_kill()?;
    }
    let status = child.wait().await?;
    Ok((answer, status))
}

/// Did the child end as it should?
fn ended_well(answer: &[u8], status: ExitStatus) -> Result<(), Unreadable> {
    let died = |how: String| Err(Unreadable::Died { how });
    if answer.len() as u64 > ANSWER {
        return died("output".to_owned());
    }
    match (status.success(), status.signal()) {
        (true, _) => Ok(()),
        (false, Some(SIGXCPU)) => Err(Unreadable::TooSlow { seconds: SECONDS }),
        (false, Some(signal)) => died(format!("signal {signal}")),
        (false, None) => died(format!("exit {}", status.code().unwrap_or(-1))),
    }
}
