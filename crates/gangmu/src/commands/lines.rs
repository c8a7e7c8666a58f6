//! JSON lines in, JSON lines out, in their order (逐行问答): what `gangmu formula` and `gangmu indicators` share.

use crate::{
    cli::Lines,
    console::{Console, Outcome},
    files,
};
use serde_json::{Map, Value as Json, json};
use std::{
    io::{self, BufRead, BufReader},
    path::Path,
};

/// An answer, or why the line can't be read.
pub type Answer = Result<Json, Broken>;

/// What answers a line.
pub type Answering = fn(&Map<String, Json>, &Console) -> Answer;

/// A line that can't be read: the key of its sentence and the facts.
#[derive(Debug)]
pub struct Broken {
    pub id: Json,
    pub key: &'static str,
    pub fields: Vec<(&'static str, String)>,
}

impl Broken {
    pub fn line(id: Json, key: &'static str, fields: &[(&'static str, String)]) -> Self {
        Self { id, key, fields: fields.to_vec() }
    }
}

/// Answers the lines of the file, or of standard input; `sample` shows what a line looks like.
pub fn run(asked: &Lines, sample: &str, answer: Answering, console: &Console) -> Outcome {
    if !asked.json {
        return Err(console.stop("lines-want-json", &[]));
    }
    match asked.file.as_deref() {
        Some(path) if path != Path::new("-") => {
            let bytes = files::read(path, console)?;
            answer_lines(&mut bytes.as_slice(), true, sample, answer, console)
        }
        _ => {
            let mut input = BufReader::new(io::stdin().lock());
            answer_lines(&mut input, false, sample, answer, console)
        }
    }
}

/// Answers line by line, so that whoever asks one after the other is not kept waiting.
fn answer_lines(
    input: &mut impl BufRead,
    all_there: bool,
    sample: &str,
    answer: Answering,
    console: &Console,
) -> Outcome {
    let (mut at, mut broken, mut out, mut line) = (0_usize, Vec::new(), String::new(), Vec::new());
    loop {
        line.clear();
        let read = input.read_until(b'\n', &mut line);
        let read = read.map_err(|error| {
            console.stop("command-file-failed", &[("file", "-".to_owned()), ("problem", error.to_string())])
        })?;
        if read == 0 {
            break;
        }
        at += 1;
        let text = String::from_utf8_lossy(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line));
        if !text.trim().is_empty() {
            let answered = object(&text).and_then(|object| answer(&object, console));
            let answered = answered.unwrap_or_else(|why| {
                broken.push(at);
                why.said(at, sample, console)
            });
            out += &answered.to_string();
            out.push('\n');
        }
        if !all_there || out.len() > 1 << 16 {
            console.print(&std::mem::take(&mut out))?;
        }
    }
    console.print(&out)?;
    match broken.first() {
        None => Ok(()),
        Some(first) => {
            let fields = [("count", broken.len().to_string()), ("line", first.to_string())];
            Err(console.stop("lines-broken", &fields))
        }
    }
}

/// The object of a line.
fn object(line: &str) -> Result<Map<String, Json>, Broken> {
    match serde_json::from_str(line) {
        // What isn't UTF-8 shows as this sign and must not be taken for a name.
        Ok(Json::Object(_)) if line.contains(char::REPLACEMENT_CHARACTER) => {
            Err(Broken::line(Json::Null, "line-broken", &[("problem", "not UTF-8".to_owned())]))
        }
        Ok(Json::Object(object)) => Ok(object),
        Ok(_) => Err(Broken::line(Json::Null, "line-broken", &[("problem", "not an object".to_owned())])),
        Err(error) => {
            let column = error.column();
            Err(Broken::line(Json::Null, "line-broken", &[("problem", format!("column {column}"))]))
        }
    }
}

impl Broken {
    /// The object that stands in the place of the answer.
    fn said(&self, line: usize, sample: &str, console: &Console) -> Json {
        let mut fields = vec![("line", line.to_string()), ("sample", sample.to_owned())];
        fields.extend(self.fields.iter().map(|(name, value)| (*name, value.clone())));
        let code = self.key.trim_start_matches("formula-").replace('-', "_");
        json!({
            "id": self.id,
            "ok": false,
            "error": { "code": code, "line": line, "message": console.say(self.key, &fields) },
        })
    }
}
