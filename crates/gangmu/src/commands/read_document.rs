//! `gangmu read-document`: the child that reads one document (文件读取子进程).

use crate::reader::{Answer, SECONDS};
use gangmu_documents::{Limits, Size, Unreadable, read};
use rlimit::Resource;
use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

/// How many files the child may have open: its three pipes and what the system needs to start.
const FILES: u64 = 16;

/// Takes its limits upon itself, reads, answers, ends. A panic of a library ends it too: the parent says so in words.
pub fn run(name: &str, memory: u64) -> ExitCode {
    if limit(memory).is_err() {
        return ExitCode::from(3);
    }
    let limits = Limits::default();
    let mut bytes = Vec::new();
    if io::stdin().lock().take(limits.bytes + 1).read_to_end(&mut bytes).is_err() {
        return ExitCode::from(4);
    }
    let answer: Answer = if bytes.len() as u64 > limits.bytes {
        Err(Unreadable::TooLarge { what: Size::Bytes, limit: limits.bytes })
    } else {
        read(&bytes, name, &limits)
    };
    drop(bytes);
    let mut out = io::BufWriter::new(io::stdout().lock());
    match serde_json::to_writer(&mut out, &answer).map_err(io::Error::from).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(5),
    }
}

fn limit(memory: u64) -> io::Result<()> {
    Resource::AS.set(memory, memory)?;
    Resource::CPU.set(SECONDS, SECONDS)?;
    Resource::CORE.set(0, 0)?;
    Resource::FSIZE.set(0, 0)?;
    Resource::NOFILE.set(FILES, FILES)
}
