//! `gangmu formula check|eval`: formulas as JSON lines, checked or evaluated, in their order (算式).

mod answer;
mod given;
mod table;

use crate::{
    cli::Formula,
    console::{Console, Outcome},
    files,
};
use answer::{Answer, Broken};
use serde_json::{Map, Value as Json, json};
use std::{
    io::{self, Read},
    path::Path,
};

/// What every line should look like, for those that don't.
const SAMPLE_CHECK: &str =
    r#"{"id":1,"text":"a / b","names":{"a":{"type":"number","unit":"万元"},"b":{"type":"number","unit":"人"}}}"#;
const SAMPLE_EVAL: &str = r#"{"id":1,"text":"a / b","values":{"a":"12.5","b":"4"}}"#;

/// What answers a line.
type Answering = fn(&Map<String, Json>, &Console) -> Answer;

pub fn run(asked: &Formula, console: &Console) -> Outcome {
    let (options, sample, answer): (_, _, Answering) = match asked {
        Formula::Check(options) => (options, SAMPLE_CHECK, answer::checked),
        Formula::Eval(options) => (options, SAMPLE_EVAL, answer::evaluated),
    };
    if !options.json {
        return Err(console.stop("formula-wants-json", &[]));
    }
    let text = input(options.file.as_deref(), console)?;
    let mut broken: Vec<usize> = Vec::new();
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let answered = object(line).and_then(|object| answer(&object, console));
        let answered = answered.unwrap_or_else(|why| {
            broken.push(at + 1);
            why.said(at + 1, sample, console)
        });
        out += &answered.to_string();
        out.push('\n');
    }
    console.print(&out)?;
    match broken.first() {
        None => Ok(()),
        Some(first) => {
            let fields = [("count", broken.len().to_string()), ("line", first.to_string())];
            Err(console.stop("formula-lines-broken", &fields))
        }
    }
}

/// The lines of a file, or of standard input.
fn input(file: Option<&Path>, console: &Console) -> Result<String, crate::console::Stop> {
    let bytes = match file {
        Some(path) if path != Path::new("-") => files::read(path, console)?,
        _ => {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            read.map_err(|error| {
                console.stop("command-file-failed", &[("file", "-".to_owned()), ("problem", error.to_string())])
            })?;
            bytes
        }
    };
    let text = String::from_utf8(bytes).map_err(|_| console.stop("formula-input-not-text", &[]))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The object of a line.
fn object(line: &str) -> Result<Map<String, Json>, Broken> {
    match serde_json::from_str(line) {
        Ok(Json::Object(object)) => Ok(object),
        Ok(_) => Err(Broken::line(Json::Null, "formula-line-broken", &[("problem", "not an object".to_owned())])),
        Err(error) => {
            let column = error.column();
            Err(Broken::line(Json::Null, "formula-line-broken", &[("problem", format!("column {column}"))]))
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

#[cfg(test)]
mod tests;
