//! What a check finds (体检结果): its state, its words, what to do about it, in both forms of output.

use crate::console::Console;
use serde::Serialize;
use std::collections::BTreeMap;

/// How a check ends (体检状态), the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// All is well.
    Ok,
    /// It could not be looked at, because of something else that was found.
    Skipped,
    /// It goes on, but somebody should do something.
    Warning,
    /// It does not go on, or something is lost.
    Failed,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ok, Self::Skipped, Self::Warning, Self::Failed];

    /// The word in the keys of the locale.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Skipped => "skipped",
            Self::Warning => "warning",
            Self::Failed => "failed",
        }
    }
}

/// The facts behind a sentence, by name.
pub type Facts = Vec<(&'static str, String)>;

/// What a check finds (体检结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The word of the check.
    pub check: &'static str,
    /// How it ends.
    pub state: State,
    /// The key of its sentence; `…-remedy` says what to do.
    key: &'static str,
    facts: Facts,
}

/// A finding in words, as `--json` gives it.
#[derive(Debug, Serialize)]
pub struct Said {
    check: &'static str,
    state: State,
    ok: bool,
    result: String,
    remedy: Option<String>,
    facts: BTreeMap<&'static str, String>,
}

impl Finding {
    /// A finding in that state, said by the words of that key.
    pub fn new(check: &'static str, state: State, key: &'static str, facts: Facts) -> Self {
        Self { check, state, key, facts }
    }

    /// All is well.
    pub fn ok(check: &'static str, key: &'static str, facts: Facts) -> Self {
        Self::new(check, State::Ok, key, facts)
    }

    /// Somebody should do something.
    pub fn warning(check: &'static str, key: &'static str, facts: Facts) -> Self {
        Self::new(check, State::Warning, key, facts)
    }

    /// Something is wrong.
    pub fn failed(check: &'static str, key: &'static str, facts: Facts) -> Self {
        Self::new(check, State::Failed, key, facts)
    }

    /// It could not be looked at.
    pub fn skipped(check: &'static str, key: &'static str) -> Self {
        Self::new(check, State::Skipped, key, Vec::new())
    }

    /// Says it.
    pub fn say(&self, console: &Console) -> Said {
        let remedy = (self.state > State::Skipped).then(|| console.say(&format!("{}-remedy", self.key), &self.facts));
        Said {
            check: self.check,
            state: self.state,
            ok: self.state != State::Failed,
            result: console.say(self.key, &self.facts),
            remedy,
            facts: self.facts.iter().cloned().collect(),
        }
    }
}

/// The findings as lines for people: state, check and result in columns, what to do below.
pub fn lines(findings: &[Finding], console: &Console) -> Vec<String> {
    let said: Vec<Said> = findings.iter().map(|finding| finding.say(console)).collect();
    let state = |said: &Said| console.say(&format!("doctor-state-{}", said.state.word()), &[]);
    let name = |said: &Said| console.say(&format!("doctor-{}", said.check), &[]);
    let widest = |text: &dyn Fn(&Said) -> String| said.iter().map(|said| width(&text(said))).max().unwrap_or(0);
    let (states, names) = (widest(&state), widest(&name));
    let mut lines = Vec::new();
    for said in &said {
        lines.push(format!("{}  {}  {}", filled(&state(said), states), filled(&name(said), names), said.result));
        if let Some(remedy) = &said.remedy {
            lines.push(format!(
                "{}{}",
                " ".repeat(states + names + 4),
                console.say("doctor-remedy", &[("remedy", remedy.clone())])
            ));
        }
    }
    lines
}

/// How many columns a terminal needs for our own words: two for a Han character.
fn width(text: &str) -> usize {
    text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}

fn filled(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gangmu_web::locale::{Language, Words};

    const SOURCES: [&str; 8] = [
        include_str!("backup.rs"),
        include_str!("database.rs"),
        include_str!("files.rs"),
        include_str!("folders.rs"),
        include_str!("house.rs"),
        include_str!("mail.rs"),
        include_str!("settings.rs"),
        include_str!("surroundings.rs"),
    ];

    /// What needs no remedy.
    const FINE: [&str; 30] = [
        "doctor-backup-young",
        "doctor-clock-right",
        "doctor-config-file",
        "doctor-config-no-file",
        "doctor-data-none",
        "doctor-data-writable",
        "doctor-database-none",
        "doctor-database-postgres",
        "doctor-database-sqlite",
        "doctor-disk-room",
        "doctor-embedded-count",
        "doctor-files-sample",
        "doctor-files-there",
        "doctor-fonts-none",
        "doctor-jobs-none",
        "doctor-jobs-waiting",
        "doctor-journal-holds",
        "doctor-journal-unsigned",
        "doctor-key-none",
        "doctor-key-public",
        "doctor-mail-greets",
        "doctor-mail-none",
        "doctor-not-looked-at",
        "doctor-nothing-yet",
        "doctor-reader-works",
        "doctor-rehearsal-passed",
        "doctor-schema-current",
        "doctor-schema-none",
        "doctor-secrets-closed",
        "doctor-version-is",
    ];

    #[test]
    fn every_finding_has_words_and_what_is_not_fine_has_a_remedy() {
        let words = Words::load().unwrap();
        let mut keys: Vec<String> = Vec::new();
        for part in SOURCES.iter().flat_map(|source| source.split("\"doctor-").skip(1)) {
            keys.push(format!("doctor-{}", part.split('"').next().unwrap()));
        }
        assert!(keys.len() > 60, "{keys:?}");
        for (key, language) in keys.iter().flat_map(|key| Language::ALL.map(|language| (key, language))) {
            assert!(words.has(language, key), "{key} in {}", language.tag());
            let fine = FINE.contains(&key.as_str());
            assert_eq!(words.has(language, &format!("{key}-remedy")), !fine, "the remedy of {key}");
        }
    }

    #[test]
    fn columns_are_counted_as_a_terminal_shows_them() {
        assert_eq!((width("数据文件夹"), width("Data")), (10, 4));
        assert_eq!(filled("时钟", 10), "时钟      ");
    }
}
