use super::*;

fn from(text: &str, environment: &[(&str, &str)]) -> Result<Config, Vec<ConfigFault>> {
    let environment =
        |variable: &str| environment.iter().find(|(name, _)| *name == variable).map(|(_, value)| (*value).to_owned());
    Config::from_parts(text, "gangmu.toml", &environment)
}

fn said(faults: &[ConfigFault]) -> Vec<String> {
    let console = Console::new(Language::English).unwrap();
    faults.iter().map(|fault| fault.said(&console)).collect()
}

#[test]
fn nothing_set_serves_this_machine_from_a_folder_beside_it() {
    let config = from("", &[]).unwrap();
    assert_eq!(config, Config::default());
    assert_eq!(config.listen.to_string(), "127.0.0.1:8440");
    assert!(matches!(config.database(), Location::Sqlite(path) if path.ends_with("gangmu-data/gangmu.db")));
}

#[test]
fn the_environment_goes_before_the_file() {
    let text = "data = '/srv/a'\nlisten = '0.0.0.0:80'\nlog = 'json'\nhttps = true\nlanguage = 'en'\n";
    let config = from(text, &[("GANGMU_LISTEN", "127.0.0.1:9000"), ("GANGMU_LOG", "")]).unwrap();
    assert_eq!(config.listen.port(), 9000);
    assert_eq!((config.log, config.https, config.language), (Log::Json, true, Language::English));
}

#[test]
fn everything_wrong_is_said_at_once() {
    let text = "listen = 'here'\nport = 80\nlog = 'xml'\ndata = 5\n";
    let faults = from(text, &[("GANGMU_LANGUAGE", "fr")]).unwrap_err();
    let said = said(&faults);
    assert!(
        said[1].starts_with("The configuration gangmu.toml has an unknown key port. Known keys: data, "),
        "{said:?}"
    );
    assert!(SETTINGS.iter().all(|setting| said[1].contains(setting.key)), "{said:?}");
    let others = [&said[..1], &said[2..]].concat().join("\n");
    insta::assert_snapshot!(others, @"
    data can't be “5”; it wants a text.
    listen can't be “here”; it wants an address with port, such as 127.0.0.1:8440.
    log can't be “xml”; it wants pretty or json.
    language can't be “fr”; it wants zh-CN or en.
    ");
}

#[test]
fn sessions_last_as_long_as_is_sensible() {
    let config = from("session_idle_minutes = 60\nsession_hours = '8'\n", &[]).unwrap();
    assert_eq!(Some(config.sessions), SessionLimits::new(60, 8));
    let wrong = [
        ("session_idle_minutes = 3\n", "session_idle_minutes can't be “3”"),
        ("session_hours = 100\n", "session_hours can't be “100”"),
        ("session_hours = 'ever'\n", "session_hours can't be “ever”"),
        ("session_idle_minutes = 120\nsession_hours = 1\n", "session_hours can't be “1”"),
    ];
    for (text, start) in wrong {
        let faults = said(&from(text, &[]).unwrap_err());
        assert_eq!(faults.len(), 1, "{text}: {faults:?}");
        assert!(faults[0].starts_with(start), "{text}: {faults:?}");
    }
}

#[test]
fn a_file_that_is_no_toml_is_named_with_its_line() {
    let faults = from("data = 'a'\nlisten = \n", &[]).unwrap_err();
    assert!(said(&faults)[0].starts_with("The configuration gangmu.toml is wrong at line 2"), "{faults:?}");
}

#[test]
fn a_secret_comes_from_a_file_and_is_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("url");
    #[expect(clippy::disallowed_methods, reason = "the test makes the file that is read")]
    std::fs::write(&path, "postgres://gangmu:geheim@db/gangmu\n").unwrap();
    let config = from("", &[("GANGMU_DATABASE_URL_FILE", path.to_str().unwrap())]).unwrap();
    assert!(matches!(config.database(), Location::Postgres(url) if url.ends_with("@db/gangmu")));
    assert!(!format!("{config:?}").contains("geheim"));
    let missing = from("", &[("GANGMU_DATABASE_URL_FILE", "nowhere/at/all")]).unwrap_err();
    assert!(said(&missing)[0].contains("nowhere/at/all"));
    let both = from("database_url = 'a'\ndatabase_url_file = 'b'\n", &[]).unwrap_err();
    assert!(said(&both).iter().any(|line| line.starts_with("Set either")), "{both:?}");
}

#[test]
fn backups_are_made_at_night_and_kept_by_rule_unless_told_otherwise() {
    let usual = from("", &[]).unwrap().backups;
    assert_eq!(usual.at.map(|at| at.to_string()).as_deref(), Some("02:30:00"));
    let text = "backup_at = 'off'\nbackup_keep = '14 8 0'\nbackup_rehearse_days = '0'\nbackup_folder = '/mnt/b'\n";
    let set = from(text, &[]).unwrap().backups;
    assert_eq!((set.at, set.rehearse_days), (None, 0));
    assert_eq!((set.keep.daily, set.keep.weekly, set.keep.monthly), (14, 8, 0));
    for bad in ["backup_at = '25:00'", "backup_keep = '7 4'", "backup_keep = '0 0 0'", "backup_rehearse_days = '-1'"] {
        assert_eq!(from(bad, &[]).unwrap_err().len(), 1, "{bad}");
    }
}

#[test]
fn what_is_saved_of_the_configuration_holds_no_secret() {
    let text = "database_url = 'postgres://me:word@host/db'\nlisten = '127.0.0.1:9000'\nlanguage = 'en'\n";
    assert_eq!(from(text, &[]).unwrap().without_secrets(), "language = \"en\"\nlisten = \"127.0.0.1:9000\"\n");
}

#[test]
fn mail_wants_a_server_and_a_sender() {
    let whole = "smtp_url = 'smtps://mail.example'\nmail_from = '纲目 <gangmu@example.org>'\n";
    let mail = from(whole, &[]).unwrap().mail.unwrap();
    assert_eq!((mail.server.as_str(), mail.user), ("smtps://mail.example", None));
    let half = said(&from("smtp_url = 'smtps://mail.example'\n", &[]).unwrap_err());
    assert_eq!(half, ["Mail is set up, but mail_from is missing; smtp_url and mail_from belong together."]);
    let wrong = "smtp_url = 'mail.example'\nmail_from = 'nobody'\npublic_url = 'plan.example'\n";
    assert_eq!(from(wrong, &[]).unwrap_err().len(), 3);
}

#[test]
fn every_setting_is_explained() {
    let explained = include_str!("../../../../docs/configuration.md");
    for setting in SETTINGS {
        let row = format!("| `{}` | `{}` |", setting.key, setting.variable);
        assert!(explained.contains(&row), "docs/configuration.md has no row {row}");
    }
}
