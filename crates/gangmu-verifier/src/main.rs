//! `gangmu-verifier EXPORT [--key KEY] [--head SEQ:HASH] [--checkpoints FILE] [--proof FILE]` (核验程序).
//! Exit code 0: whole; 1: broken, with the place; 2: could not be read. `-` reads standard input.

use gangmu_verifier::{Asked, Break, Hash, Proof, What, checkpoint, digits, hex, verify};
use std::{fs::File, io, process::ExitCode};

#[allow(clippy::print_stdout, clippy::print_stderr, reason = "saying what was found is all that it does")]
fn main() -> ExitCode {
    let (code, said) = match run() {
        Ok(Ok(said)) => (0, said),
        Ok(Err(Break { line, entry, what })) => {
            let entry = entry.map_or(String::new(), |entry| format!("（entry {entry}）"));
            (1, format!("BROKEN line {line}{entry}: {}", words(what)))
        }
        Err(problem) => (2, format!("UNREAD {problem}")),
    };
    if code == 0 {
        println!("{said}")
    } else {
        eprintln!("{said}")
    }
    ExitCode::from(code)
}

#[allow(clippy::disallowed_methods, reason = "this is the place where files are opened")]
fn run() -> Result<Result<String, Break>, String> {
    let (mut asked, mut export, mut arguments) = (Asked::default(), None, std::env::args().skip(1));
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument}: a value must follow"));
        let read = |path: &str| std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
        match argument.as_str() {
            "--key" => asked.key = Some(hex(&value()?).ok_or("--key: 64 lower-case hexadecimal digits")?),
            "--head" => asked.known.push(known(&value()?).ok_or("--head: SEQ:HASH")?),
            "--proof" => asked.proof = Some(Proof::read(&read(&value()?)?).ok_or("--proof: not gangmu.proof/1")?),
            "--checkpoints" => {
                for (at, line) in read(&value()?)?.lines().enumerate() {
                    asked.known.push(checkpoint(line).ok_or(format!("--checkpoints: line {} is wrong", at + 1))?.0);
                }
            }
            _ if export.is_none() => export = Some(argument),
            _ => return Err(format!("{argument}: one export at a time")),
        }
    }
    let path =
        export.ok_or("usage: gangmu-verifier EXPORT [--key KEY] [--head SEQ:HASH] [--checkpoints F] [--proof F]")?;
    let file: Box<dyn io::Read> = match path.as_str() {
        "-" => Box::new(io::stdin()),
        path => Box::new(File::open(path).map_err(|error| format!("{path}: {error}"))?),
    };
    let found = verify(io::BufReader::with_capacity(1 << 20, file), &asked).map_err(|e| format!("{path}: {e}"))?;
    let show = |hash: Hash| hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    Ok(found.map(|v| {
        let (last, checked) = (v.first + v.entries - 1, if asked.key.is_some() { "=" } else { "unchecked" });
        let head = format!("entries {} ({}..{last}) head {last}:{}", v.entries, v.first, show(v.last));
        format!("WHOLE 完整 {head} key {} ({checked}){}", show(v.key), asked.proof.map_or("", |_| " PROVED 已举证"))
    }))
}

fn known(text: &str) -> Option<(u64, Hash)> {
    let (seq, hash) = text.split_once(':')?;
    Some((digits(seq)?, hex(hash)?))
}

fn words(what: What) -> String {
    match what {
        What::Form => "not written in the form 格式不符".into(),
        What::Altered => "not what was recorded 内容被改动".into(),
        What::Sequence(found) => format!("number {found} stands here: dropped, inserted or reordered 缺失、插入或换序"),
        What::NoHead => "the signed head is missing, the end was cut off 缺少签名尾行".into(),
        What::Count(count) => format!("the head speaks of {count} entries and another end 与尾行条数或末条不符"),
        What::Sum => "the bytes are not those that were signed 与签名时的字节不符".into(),
        What::Signature => "the signature does not hold 签名无效".into(),
        What::Signer => "signed by another key 签名密钥不符".into(),
        What::Known => "differs from an entry kept outside 与已留存的链头不符".into(),
        What::Proof => "does not prove the value 举证不成立".into(),
    }
}
