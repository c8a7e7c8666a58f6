//! The configuration (配置): defaults, then `gangmu.toml`, then the environment; everything wrong is said at once.

use crate::{
    console::{Console, chain},
    files,
};
use gangmu_app::accounts::limits::{IDLE_MINUTES, SessionLimits};
use gangmu_app::attachments;
use gangmu_store::Location;
use gangmu_web::{api::limits::Quotas, locale::Language};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

mod backups;

pub use backups::BackupSettings;

/// The file that is read where none is named.
const FILE: &str = "gangmu.toml";

/// A file is in memory as a whole while it is examined, so it can't be of any size.
const MOST_OF_A_FILE: u64 = 100 << 20;

/// A setting: its key in the file, its variable, what it wants.
struct Setting {
    key: &'static str,
    variable: &'static str,
    wants: &'static str,
}

const SETTINGS: &[Setting] = &[
    Setting { key: "data", variable: "GANGMU_DATA", wants: "config-wants-text" },
    Setting { key: "database_url", variable: "GANGMU_DATABASE_URL", wants: "config-wants-url" },
    Setting { key: "database_url_file", variable: "GANGMU_DATABASE_URL_FILE", wants: "config-wants-text" },
    Setting { key: "listen", variable: "GANGMU_LISTEN", wants: "config-wants-listen" },
    Setting { key: "https", variable: "GANGMU_HTTPS", wants: "config-wants-boolean" },
    Setting { key: "log", variable: "GANGMU_LOG", wants: "config-wants-log" },
    Setting { key: "log_filter", variable: "GANGMU_LOG_FILTER", wants: "config-wants-text" },
    Setting { key: "session_idle_minutes", variable: "GANGMU_SESSION_IDLE_MINUTES", wants: "config-wants-idle" },
    Setting { key: "session_hours", variable: "GANGMU_SESSION_HOURS", wants: "config-wants-hours" },
    Setting { key: "journal_key_file", variable: "GANGMU_JOURNAL_KEY_FILE", wants: "config-wants-text" },
    Setting { key: "checkpoint_file", variable: "GANGMU_CHECKPOINT_FILE", wants: "config-wants-text" },
    Setting { key: "backup_folder", variable: "GANGMU_BACKUP_FOLDER", wants: "config-wants-text" },
    Setting { key: "backup_at", variable: "GANGMU_BACKUP_AT", wants: "config-wants-time" },
    Setting { key: "backup_keep", variable: "GANGMU_BACKUP_KEEP", wants: "config-wants-keep" },
    Setting { key: "backup_rehearse_days", variable: "GANGMU_BACKUP_REHEARSE_DAYS", wants: "config-wants-days" },
    Setting { key: "public_url", variable: "GANGMU_PUBLIC_URL", wants: "config-wants-public-url" },
    Setting { key: "smtp_url", variable: "GANGMU_SMTP_URL", wants: "config-wants-smtp" },
    Setting { key: "smtp_user", variable: "GANGMU_SMTP_USER", wants: "config-wants-text" },
    Setting { key: "smtp_password_file", variable: "GANGMU_SMTP_PASSWORD_FILE", wants: "config-wants-text" },
    Setting { key: "mail_from", variable: "GANGMU_MAIL_FROM", wants: "config-wants-mail" },
    Setting { key: "language", variable: "GANGMU_LANGUAGE", wants: "config-wants-language" },
    Setting { key: "attachment_mb", variable: "GANGMU_ATTACHMENT_MB", wants: "config-wants-megabytes" },
    Setting { key: "organisation_quota_mb", variable: "GANGMU_ORGANISATION_QUOTA_MB", wants: "config-wants-megabytes" },
    Setting { key: "quota_mb", variable: "GANGMU_QUOTA_MB", wants: "config-wants-megabytes" },
    Setting { key: "api_token_quota", variable: "GANGMU_API_TOKEN_QUOTA", wants: "config-wants-quota" },
    Setting { key: "api_person_quota", variable: "GANGMU_API_PERSON_QUOTA", wants: "config-wants-quota" },
    Setting { key: "api_address_quota", variable: "GANGMU_API_ADDRESS_QUOTA", wants: "config-wants-quota" },
];

/// The form of the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Log {
    /// For people.
    #[default]
    Pretty,
    /// One JSON object a line.
    Json,
}

/// How mail is sent (邮件设置).
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Mail {
    /// The server: `smtps://host`, `smtp://host?tls=required`, or `smtp://host` without encryption.
    pub server: String,
    /// Who the program is to the server.
    pub user: Option<String>,
    /// Its password, out of a file; never printed.
    pub password: Option<String>,
    /// The address that letters come from.
    pub sender: String,
}

impl Mail {
    /// The server's address without user and password.
    pub fn without_login(&self) -> String {
        match self.server.split_once("://") {
            Some((scheme, rest)) => format!("{scheme}://{}", rest.rsplit('@').next().unwrap_or(rest)),
            None => self.server.clone(),
        }
    }

    /// Do letters leave this machine without encryption?
    pub fn is_in_clear(&self) -> bool {
        let address = self.without_login();
        let host = address.strip_prefix("smtp://").unwrap_or_default();
        let here = ["localhost", "127.", "[::1]"].iter().any(|start| host.starts_with(start));
        !host.is_empty() && !here && !host.contains("tls=")
    }
}

/// The configuration.
#[derive(Clone, PartialEq, Eq)]
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    /// The database's address; none means SQLite in the data folder. It may hold a password: it is never printed.
    database_url: Option<String>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// May cookies travel over TLS only? To be set where a proxy speaks TLS to the browsers.
    pub https: bool,
    /// The form of the log.
    pub log: Log,
    /// What is logged.
    pub log_filter: String,
    /// How long a session lasts.
    pub sessions: SessionLimits,
    /// Where the journal's signing key is; none means in the data folder.
    journal_key_file: Option<PathBuf>,
    /// Where checkpoints of the journal go; none means in the data folder.
    checkpoint_file: Option<PathBuf>,
    /// How this house is backed up.
    pub backups: BackupSettings,
    /// Where people reach this installation; the addresses in mails begin with it.
    pub public_url: Option<String>,
    /// The mail server; none where nothing is mailed.
    pub mail: Option<Mail>,
    /// The language of the terminal.
    pub language: Language,
    /// How much may be attached.
    pub attachments: attachments::Limits,
    /// How often a program may ask in a minute.
    pub quotas: Quotas,
    /// Everything that was set, as it was written.
    given: BTreeMap<&'static str, String>,
    /// The file that was read.
    file: Option<PathBuf>,
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("data", &self.data)
            .field("database_url", &self.database_url.as_ref().map(|_| "set, not shown"))
            .field("listen", &self.listen)
            .finish_non_exhaustive()
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("gangmu-data"),
            database_url: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8440)),
            https: false,
            log: Log::Pretty,
            log_filter: "info".to_owned(),
            sessions: SessionLimits::default(),
            journal_key_file: None,
            checkpoint_file: None,
            backups: BackupSettings::default(),
            public_url: None,
            mail: None,
            language: Language::Chinese,
            attachments: attachments::Limits::default(),
            quotas: Quotas::default(),
            given: BTreeMap::new(),
            file: None,
        }
    }
}

/// Something wrong with the configuration: the key of its sentence, and the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFault {
    key: &'static str,
    fields: Vec<(&'static str, String)>,
    /// The key of the words for what the setting wants.
    wants: Option<&'static str>,
}

impl ConfigFault {
    fn new(key: &'static str, fields: Vec<(&'static str, String)>) -> Self {
        Self { key, fields, wants: None }
    }

    fn bad(of: &Setting, value: &str) -> Self {
        let fields = vec![("key", of.key.to_owned()), ("value", value.to_owned())];
        Self { key: "config-bad-value", fields, wants: Some(of.wants) }
    }

    /// The sentence.
    pub fn said(&self, console: &Console) -> String {
        let mut fields = self.fields.clone();
        if let Some(wants) = self.wants {
            fields.push(("wanted", console.say(wants, &[])));
        }
        console.say(self.key, &fields)
    }
}

impl Config {
    /// Reads the file, if one was named or the usual one is there, and the environment.
    pub fn load(named: Option<&Path>) -> Result<Self, Vec<ConfigFault>> {
        let path = named.map_or_else(|| PathBuf::from(FILE), Path::to_owned);
        let (text, found) = match files::text(&path) {
            Ok(text) => (text, true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => (String::new(), false),
            Err(error) => {
                let fields = vec![("file", path.display().to_string()), ("problem", error.to_string())];
                return Err(vec![ConfigFault::new("config-unreadable", fields)]);
            }
        };
        #[expect(clippy::disallowed_methods, reason = "this is the place where the environment is read")]
        let environment = |variable: &str| std::env::var(variable).ok();
        let config = Self::from_parts(&text, &path.display().to_string(), &environment)?;
        Ok(Self { file: found.then_some(path), ..config })
    }

    /// Puts the configuration together from the text of the file and the environment.
    fn from_parts(
        text: &str,
        file: &str,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<ConfigFault>> {
        let mut faults = Vec::new();
        let mut values = written(text, file, &mut faults);
        for setting in SETTINGS {
            if let Some(value) = environment(setting.variable).filter(|value| !value.is_empty()) {
                // The environment replaces the file, whichever of the two forms of a secret it uses.
                match setting.key {
                    "database_url" => drop(values.remove("database_url_file")),
                    "database_url_file" => drop(values.remove("database_url")),
                    _ => {}
                }
                values.insert(setting.key, value);
            }
        }
        let both = |variable| environment(variable).is_some_and(|value| !value.is_empty());
        if values.contains_key("database_url") && values.contains_key("database_url_file")
            || both("GANGMU_DATABASE_URL") && both("GANGMU_DATABASE_URL_FILE")
        {
            let fields = vec![("key", "database_url".to_owned()), ("other", "database_url_file".to_owned())];
            faults.push(ConfigFault::new("config-both", fields));
        }
        let config = Self::of_values(&values, &mut faults);
        if faults.is_empty() { Ok(config) } else { Err(faults) }
    }

    fn of_values(values: &BTreeMap<&'static str, String>, faults: &mut Vec<ConfigFault>) -> Self {
        let mut config = Self { given: values.clone(), ..Self::default() };
        let (mut idle, mut hours) =
            (Some(config.sessions.idle().as_mins()), Some(config.sessions.longest().as_hours()));
        let mut mail = Mail::default();
        for setting in SETTINGS {
            let Some(value) = values.get(setting.key) else { continue };
            let mut bad = || faults.push(ConfigFault::bad(setting, value));
            match setting.key {
                "data" => config.data = PathBuf::from(value),
                "database_url" => config.database_url = Some(value.clone()),
                "database_url_file" => match secret(setting.key, value) {
                    Ok(url) => config.database_url = Some(url),
                    Err(fault) => faults.push(fault),
                },
                "listen" => match value.parse() {
                    Ok(address) => config.listen = address,
                    Err(_) => bad(),
                },
                "https" => match value.parse() {
                    Ok(https) => config.https = https,
                    Err(_) => bad(),
                },
                "log" => match value.as_str() {
                    "pretty" => config.log = Log::Pretty,
                    "json" => config.log = Log::Json,
                    _ => bad(),
                },
                "public_url" => match value.starts_with("https://") || value.starts_with("http://") {
                    true => config.public_url = Some(value.trim_end_matches('/').to_owned()),
                    false => bad(),
                },
                "smtp_url" => match value.starts_with("smtp://") || value.starts_with("smtps://") {
                    true => mail.server.clone_from(value),
                    false => bad(),
                },
                "smtp_user" => mail.user = Some(value.clone()),
                "smtp_password_file" => match secret(setting.key, value) {
                    Ok(password) => mail.password = Some(password),
                    Err(fault) => faults.push(fault),
                },
                "mail_from" => match value.contains('@') {
                    true => mail.sender.clone_from(value),
                    false => bad(),
                },
                "log_filter" => config.log_filter.clone_from(value),
                key if key.starts_with("backup_") => {
                    if config.backups.set(key, value).is_none() {
                        bad();
                    }
                }
                "session_idle_minutes" => idle = value.parse().ok(),
                "session_hours" => hours = value.parse().ok(),
                "checkpoint_file" => config.checkpoint_file = Some(value.into()),
                "journal_key_file" => config.journal_key_file = Some(value.into()),
                "attachment_mb" => match megabytes(value).filter(|bytes| *bytes <= MOST_OF_A_FILE) {
                    Some(bytes) => config.attachments.file = bytes,
                    None => bad(),
                },
                "organisation_quota_mb" => match megabytes(value) {
                    Some(bytes) => config.attachments.organisation = bytes,
                    None => bad(),
                },
                "quota_mb" => match megabytes(value) {
                    Some(bytes) => config.attachments.installation = bytes,
                    None => bad(),
                },
                "api_token_quota" | "api_person_quota" | "api_address_quota" => match value.parse() {
                    Ok(quota @ 1..) if setting.key == "api_token_quota" => config.quotas.token = quota,
                    Ok(quota @ 1..) if setting.key == "api_person_quota" => config.quotas.person = quota,
                    Ok(quota @ 1..) => config.quotas.address = quota,
                    _ => bad(),
                },
                _ => match Language::from_tag(value) {
                    Some(language) => config.language = language,
                    None => bad(),
                },
            }
        }
        match idle.zip(hours).and_then(|(idle, hours)| SessionLimits::new(idle, hours)) {
            Some(sessions) => config.sessions = sessions,
            None => faults.extend(sessions_fault(values, idle)),
        }
        if mail != Mail::default() {
            // A server without a sender can't write a letter, and a sender without a server can't send one.
            for (key, value) in [("smtp_url", &mail.server), ("mail_from", &mail.sender)] {
                if value.is_empty() && !values.contains_key(key) {
                    faults.push(ConfigFault::new("config-mail-incomplete", vec![("key", key.to_owned())]));
                }
            }
            config.mail = Some(mail);
        }
        config
    }

    /// Where the key is that signs the journal.
    pub fn journal_key(&self) -> PathBuf {
        self.journal_key_file.clone().unwrap_or_else(|| self.data.join("journal.key"))
    }

    /// Where checkpoints of the journal are appended to, best on another medium than the data folder.
    pub fn checkpoints(&self) -> PathBuf {
        self.checkpoint_file.clone().unwrap_or_else(|| self.data.join("journal.checkpoints"))
    }

    /// Where the key is that signs links to files.
    pub fn link_key(&self) -> PathBuf {
        self.data.join("links.key")
    }

    /// The file that was read; none where there is none.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What was set under that key, as it was written.
    pub fn given(&self, key: &str) -> Option<&str> {
        self.given.get(key).map(String::as_str)
    }

    /// How many settings differ from what holds where nothing is set.
    pub fn how_many_given(&self) -> usize {
        self.given.len()
    }

    /// What was set, as a file would write it, without what is secret or may hold a secret.
    pub fn without_secrets(&self) -> String {
        const SECRET: [&str; 5] = ["url", "password", "secret", "token", "key"];
        let plain = |key: &str| key.ends_with("_file") || !SECRET.iter().any(|word| key.contains(word));
        let given = self.given.iter().filter(|(key, _)| plain(key));
        let table: toml::Table = given.map(|(key, value)| ((*key).to_owned(), value.clone().into())).collect();
        table.to_string()
    }

    /// Where the database is.
    pub fn database(&self) -> Location {
        match &self.database_url {
            Some(url) => Location::parse(url),
            None => Location::Sqlite(self.data.join("gangmu.db")),
        }
    }
}

/// Which of the two limits of sessions is wrong: the first that was set and is outside of what is sensible.
fn sessions_fault(values: &BTreeMap<&'static str, String>, idle: Option<i64>) -> Option<ConfigFault> {
    let key = match idle {
        Some(minutes) if IDLE_MINUTES.contains(&minutes) => "session_hours",
        _ => "session_idle_minutes",
    };
    let set = |key: &str| SETTINGS.iter().find(|s| s.key == key).zip(values.get(key));
    let (setting, value) = set(key).or_else(|| set("session_idle_minutes"))?;
    Some(ConfigFault::bad(setting, value))
}

/// The values that the file writes.
fn written(text: &str, file: &str, faults: &mut Vec<ConfigFault>) -> BTreeMap<&'static str, String> {
    let mut values = BTreeMap::new();
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let error: toml::de::Error = error;
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            let fields =
                vec![("file", file.to_owned()), ("line", line.to_string()), ("problem", error.message().to_owned())];
            faults.push(ConfigFault::new("config-bad-toml", fields));
            return values;
        }
    };
    for (key, value) in table {
        let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) else {
            let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
            let fields = vec![("file", file.to_owned()), ("key", key), ("known", known.join(", "))];
            faults.push(ConfigFault::new("config-unknown-key", fields));
            continue;
        };
        match value {
            toml::Value::String(text) => drop(values.insert(setting.key, text)),
            toml::Value::Integer(number) if setting.wants == "config-wants-megabytes" => {
                values.insert(setting.key, number.to_string());
            }
            toml::Value::Boolean(yes) if setting.key == "https" => {
                values.insert(setting.key, yes.to_string());
            }
            toml::Value::Integer(number)
                if setting.key.starts_with("session_") || setting.wants == "config-wants-quota" =>
            {
                values.insert(setting.key, number.to_string());
            }
            other => faults.push(ConfigFault::bad(setting, &other.to_string())),
        }
    }
    values
}

/// Megabytes as bytes; at least one.
fn megabytes(value: &str) -> Option<u64> {
    value.parse::<u64>().ok().filter(|number| *number >= 1)?.checked_mul(1 << 20)
}

/// The secret that a file holds.
fn secret(key: &str, path: &str) -> Result<String, ConfigFault> {
    let fields = |problem: String| vec![("key", key.to_owned()), ("file", path.to_owned()), ("problem", problem)];
    let text = files::text(Path::new(path))
        .map_err(|error| ConfigFault::new("config-secret-unreadable", fields(chain(&error))))?;
    let text = text.trim();
    if text.is_empty() {
        return Err(ConfigFault::new("config-secret-empty", fields(String::new())));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests;
