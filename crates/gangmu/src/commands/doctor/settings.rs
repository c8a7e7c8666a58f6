//! The configuration and its secrets (配置): what contradicts itself, what lies open to others.

use super::finding::Finding;
use crate::{
    config::{Config, ConfigFault},
    console::Console,
    seal,
};
use gangmu_store::journal::canonical::hex;
use std::path::{Path, PathBuf};
use tracing_subscriber::EnvFilter;

/// What keeps the configuration from being read at all.
pub fn faults(faults: &[ConfigFault], console: &Console) -> Vec<Finding> {
    let said =
        |fault: &ConfigFault| Finding::failed("config", "doctor-config-bad", vec![("problem", fault.said(console))]);
    faults.iter().map(said).collect()
}

/// Checks the settings against each other, and their secrets; `begun` says whether the journal has entries.
pub fn all(config: &Config, begun: bool) -> Vec<Finding> {
    let mut findings = contradictions(config);
    if findings.is_empty() {
        let facts = vec![("count", config.how_many_given().to_string()), ("file", shown(config.file()))];
        let key = if config.file().is_some() { "doctor-config-file" } else { "doctor-config-no-file" };
        findings.push(Finding::ok("config", key, facts));
    }
    findings.push(signing_key(config, begun));
    findings.extend(secrets(config));
    findings
}

fn contradictions(config: &Config) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |key, facts| found.push(Finding::warning("config", key, facts));
    let public = config.public_url.clone().unwrap_or_default();
    if !config.listen.ip().is_loopback() && !config.https {
        say("doctor-config-open", vec![("address", config.listen.to_string())]);
    }
    if config.https != public.starts_with("https://") && !public.is_empty() {
        let key = if config.https { "doctor-config-public-http" } else { "doctor-config-public-https" };
        say(key, vec![("address", public.clone())]);
    }
    if let Some(mail) = &config.mail {
        if public.is_empty() {
            say("doctor-config-no-address", vec![("address", format!("http://{}", config.listen))]);
        }
        if mail.user.is_some() != mail.password.is_some() {
            let given = if mail.user.is_some() { "smtp_user" } else { "smtp_password_file" };
            let other = if mail.user.is_some() { "smtp_password_file" } else { "smtp_user" };
            say("doctor-config-half-login", vec![("given", given.to_owned()), ("other", other.to_owned())]);
        }
        if mail.is_in_clear() {
            say("doctor-config-mail-in-clear", vec![("address", mail.without_login())]);
        }
    }
    if let Err(problem) = EnvFilter::try_new(&config.log_filter) {
        say("doctor-config-log-filter", vec![("problem", problem.to_string())]);
    }
    found
}

/// Looks at the key that signs the journal, without making one.
fn signing_key(config: &Config, begun: bool) -> Finding {
    let path = config.journal_key();
    let facts = |problem: String| vec![("file", path.display().to_string()), ("problem", problem)];
    if !path.exists() && begun {
        return Finding::warning("journal_key", "doctor-key-gone", facts(String::new()));
    }
    if !path.exists() {
        return Finding::ok("journal_key", "doctor-key-none", facts(String::new()));
    }
    match seal::read(&path) {
        Err(error) => Finding::failed("journal_key", "doctor-key-unreadable", facts(error.to_string())),
        Ok(None) => Finding::failed("journal_key", "doctor-key-bad", facts(String::new())),
        Ok(Some(seal)) => Finding::ok("journal_key", "doctor-key-public", vec![("key", hex(&seal.public()))]),
    }
}

/// Files with secrets that others can read.
fn secrets(config: &Config) -> Vec<Finding> {
    let named = ["database_url_file", "smtp_password_file"].map(|key| config.given(key).map(PathBuf::from));
    let mut files: Vec<PathBuf> = [config.journal_key(), config.link_key()].into();
    files.extend(named.into_iter().flatten());
    let holds_a_password = |key: &str| config.given(key).is_some_and(|url| url.contains('@'));
    if holds_a_password("database_url") || holds_a_password("smtp_url") {
        files.extend(config.file().map(Path::to_owned));
    }
    let open: Vec<PathBuf> = files.into_iter().filter(|file| seal::is_open_to_others(file)).collect();
    let said =
        |file: PathBuf| Finding::failed("secrets", "doctor-secret-open", vec![("file", file.display().to_string())]);
    match open.is_empty() {
        true => vec![Finding::ok("secrets", "doctor-secrets-closed", vec![])],
        false => open.into_iter().map(said).collect(),
    }
}

fn shown(path: Option<&Path>) -> String {
    path.map(|path| path.display().to_string()).unwrap_or_default()
}
