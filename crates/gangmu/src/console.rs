//! What the program says on the terminal, in the user's language (终端提示).

use gangmu_app::{Failure, packs::PackFault};
use gangmu_documents::Unreadable;
use gangmu_kernel::refusal::{Reason, Refusal};
use gangmu_store::Fault;
use gangmu_web::locale::{Language, Words};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    fmt,
    io::{self, Write},
    process::{ExitCode, Termination},
};

/// Why a command stopped: lines in words, ready to print.
#[derive(Debug, PartialEq, Eq)]
pub struct Stop(pub Vec<String>);

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

/// The outcome of a command.
pub type Outcome = Result<(), Stop>;

/// The program's voice.
#[derive(Debug)]
pub struct Console {
    words: Words,
    language: Language,
}

impl Console {
    /// A voice in that language.
    pub fn new(language: Language) -> Result<Self, Stop> {
        let words = Words::load().map_err(|bad| Stop(vec![bad.to_string()]))?;
        Ok(Self { words, language })
    }

    /// The words of a key; where there are none, the key itself, so that nothing goes unsaid.
    pub fn say(&self, key: &str, fields: &[(&str, String)]) -> String {
        self.words.say_with(self.language, key, fields).unwrap_or_else(|_| key.to_owned())
    }

    /// A stop with the words of a key.
    pub fn stop(&self, key: &str, fields: &[(&str, String)]) -> Stop {
        Stop(vec![self.say(key, fields)])
    }

    /// A stop because a document can't be read: one line that names the file, the place and the remedy.
    pub fn unreadable(&self, file: &str, why: &Unreadable) -> Stop {
        let fields = why.fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Stop(vec![self.about(file, &self.reason(why.code(), &fields))])
    }

    /// A stop for that reason.
    pub fn refused(&self, reason: &Reason) -> Stop {
        let fields = reason.fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        Stop(vec![self.reason(reason.code, &fields.collect())])
    }

    /// A stop because the database failed, or was made by a newer program.
    pub fn database(&self, fault: &Fault) -> Stop {
        match fault {
            Fault::Newer { schema, ours } => {
                let this = env!("CARGO_PKG_VERSION").to_owned();
                let fields = [("schema", schema.to_string()), ("ours", ours.to_string()), ("this", this)];
                self.stop("command-database-newer", &fields)
            }
            fault => self.stop("command-database", &[("problem", chain(fault))]),
        }
    }

    /// A stop because an operation did not happen.
    pub fn failed(&self, failure: &Failure) -> Stop {
        Stop(match failure {
            Failure::Refused(reasons) => reasons
                .as_slice()
                .iter()
                .map(|reason| {
                    let fields = reason.fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
                    self.reason(reason.code, &fields.collect())
                })
                .collect(),
            Failure::Unreadable(why) => return self.unreadable("", why),
            Failure::Forbidden(forbidden) => vec![self.say("command-forbidden", &[("why", forbidden.to_string())])],
            Failure::Absent(what) => vec![self.say("command-absent", &[("what", (*what).to_owned())])],
            // Only requests of browsers and programs name a version or a key.
            other @ (Failure::Outdated { .. } | Failure::Answered(_)) => vec![other.to_string()],
            Failure::Fault(fault) => return self.database(fault),
        })
    }

    /// A stop because a pack has faults: one line each, with file and line.
    pub fn bad_pack(&self, faults: &[PackFault]) -> Stop {
        Stop(
            faults
                .iter()
                .map(|fault| {
                    let fields: BTreeMap<String, String> =
                        fault.fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                    let place = fault.line.map_or_else(|| fault.file.clone(), |line| format!("{}:{line}", fault.file));
                    self.about(&place, &self.reason(fault.code, &fields))
                })
                .collect(),
        )
    }

    /// The sentence of a code with its next step, in one line.
    pub fn reason(&self, code: &str, fields: &BTreeMap<String, String>) -> String {
        let said = self.words.reason(self.language, code, fields).unwrap_or_else(|missing| missing.to_string());
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// `what` and what is said of it, in one line.
    pub fn about(&self, what: &str, said: &str) -> String {
        match (what.is_empty(), self.language) {
            (true, _) => said.to_owned(),
            (false, Language::Chinese) => format!("{what}：{said}"),
            (false, Language::English) => format!("{what}: {said}"),
        }
    }

    /// Prints lines on standard output.
    pub fn print(&self, text: &str) -> Outcome {
        let mut out = io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        match written {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(self.stop("command-output", &[("problem", error.to_string())])),
            Ok(()) => Ok(()),
        }
    }
}

/// Ends the program: 0 when all went well, 2 with the reason on standard error.
pub fn end(outcome: Result<impl Termination, Stop>) -> ExitCode {
    match outcome {
        Ok(done) => done.report(),
        Err(stop) => {
            let mut err = io::stderr().lock();
            for line in &stop.0 {
                // Where nobody listens there is nothing left to say.
                drop(writeln!(err, "{line}"));
            }
            ExitCode::from(2)
        }
    }
}

/// An instant in the time of the district.
pub fn moment(at: Timestamp) -> String {
    let there = at.in_tz(gangmu_app::packs::ZONE).map(|there| there.strftime("%Y-%m-%d %H:%M %:z").to_string());
    there.unwrap_or_else(|_| at.to_string())
}

/// A fault with all that caused it, in one line.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}
