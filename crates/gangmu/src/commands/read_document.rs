//! `gangmu read-document`: the child that reads one document (文件读取子进程).

use crate::reader::{Answer, Examination, SECONDS};
use gangmu_documents::{Limits, Size, Unreadable, media, read};
use rlimit::Resource;
use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

/// How many files the child may have open: its three pipes and what the system needs to start.
const FILES: u64 = 16;

/// Takes its limits upon itself, reads, answers, ends. A panic of a library ends it too: the parent says so in words.
///
/// With `declared` it does not read the text but examines what the file is.
pub fn run(name: &str, declared: Option<&str>, memory: u64) -> ExitCode {
    if limit(memory).is_err() {
        return ExitCode::from(3);
    }
    let limits = Limits::default();
    let mut bytes = Vec::new();
    if io::stdin().lock().take(limits.bytes + 1).read_to_end(&mut bytes).is_err() {
        return ExitCode::from(4);
    }
    let told = match declared {
        None => tell_text(bytes, name, &limits),
        Some(declared) => tell_kind(bytes, name, declared, &limits),
    };
    if told.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(5) }
}

fn tell_text(bytes: Vec<u8>, name: &str, limits: &Limits) -> io::Result<()> {
    let answer: Answer = if bytes.len() as u64 > limits.bytes {
        Err(Unreadable::TooLarge { what: Size::Bytes, limit: limits.bytes })
    } else {
        read(&bytes, name, limits)
    };
    drop(bytes);
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, &answer)?;
    out.flush()
}

fn tell_kind(bytes: Vec<u8>, name: &str, declared: &str, limits: &Limits) -> io::Result<()> {
    let answer = media::examine(&bytes, name, declared, limits);
    drop(bytes);
    let mut copies = Vec::new();
    let mut head = Examination { answer, clean: 0, thumbnail: 0 };
    if let Ok(media::Examined { picture: Some(picture), .. }) = &mut head.answer {
        (head.clean, head.thumbnail) = (picture.clean.len(), picture.thumbnail.len());
        copies = std::mem::take(&mut picture.clean);
        copies.append(&mut picture.thumbnail);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, &head)?;
    out.write_all(b"\n")?;
    out.write_all(&copies)?;
    out.flush()
}

fn limit(memory: u64) -> io::Result<()> {
    Resource::AS.set(memory, memory)?;
    Resource::CPU.set(SECONDS, SECONDS)?;
    Resource::CORE.set(0, 0)?;
    Resource::FSIZE.set(0, 0)?;
    Resource::NOFILE.set(FILES, FILES)
}
