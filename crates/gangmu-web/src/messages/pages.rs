//! The inbox and the preferences as pages.

use crate::{pages::Page, samples};
use gangmu_app::{
    messages::{
        Kind, Mail, Preferences,
        inbox::{InboxView, MessageView},
    },
    plan::views::ReasonView,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// `/inbox` (收件箱).
#[derive(Debug, Clone, Serialize)]
pub struct InboxPage {
    /// The messages.
    pub view: InboxView,
}

impl Page for InboxPage {
    const TEMPLATE: &'static str = "messages/inbox.html";

    fn samples() -> Vec<Self> {
        let mails = ["none", "waiting", "digest", "sent", "failed"];
        let messages = Kind::ALL.iter().zip(mails.iter().cycle()).enumerate();
        let messages = messages.map(|(index, (kind, mail))| MessageView {
            id: 90 - i64::try_from(index).unwrap_or(0),
            kind: kind.word(),
            fields: sample_fields(),
            at: "2024-06-30T01:00:00Z".to_owned(),
            read: index % 3 == 2,
            mail: (*mail).to_owned(),
            mail_at: (*mail != "none").then(|| "2024-06-30T23:30:00Z".to_owned()),
            mail_fault: (*mail == "failed").then(|| "F-7Q2KM".to_owned()),
        });
        let full = InboxView { messages: messages.collect(), unread: 5, unread_only: false, older: Some(12) };
        let empty = InboxView { messages: Vec::new(), unread: 0, unread_only: false, older: None };
        let none_unread = InboxView { unread_only: true, ..empty.clone() };
        [full, empty, none_unread].map(|view| Self { view }).to_vec()
    }
}

/// Fields that fill the words of every kind.
pub(crate) fn sample_fields() -> BTreeMap<String, String> {
    let fields = [
        ("plan", "示例区规划"),
        ("edition", "2"),
        ("count", "42"),
        ("who", "林*"),
        ("reason", "附件有误"),
        ("job", "plan.import"),
        ("reference", "F-7Q2KM"),
        ("name", "gangmu-20240630-023000.gangmu"),
        ("at", "2024-06-30 02:30"),
        ("entry", "1200"),
        ("line", "checkpoint 1200 9f86d081 at 1719684600000000 key 5e884898 signature 2c26b46b"),
    ];
    fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// `/inbox/preferences` (提醒设置).
#[derive(Debug, Clone, Serialize)]
pub struct PreferencesPage {
    /// The language of mails.
    pub language: String,
    /// Are there quiet hours?
    pub quiet: bool,
    /// From when, as `21:00`.
    pub quiet_from: String,
    /// Until when.
    pub quiet_until: String,
    /// Is nothing mailed on days off?
    pub workdays_only: bool,
    /// When the digest goes.
    pub digest_at: String,
    /// Every kind with what was chosen.
    pub kinds: Vec<Choice>,
    /// The ways of mailing.
    pub mails: Vec<&'static str>,
    /// Why it was refused.
    pub refusals: Vec<ReasonView>,
}

/// A kind and how it is mailed.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    kind: &'static str,
    mail: &'static str,
    urgent: bool,
}

impl PreferencesPage {
    /// The form filled with what holds.
    pub fn new(held: &Preferences) -> Self {
        let usual = Preferences::default().quiet.unwrap_or((0, 0));
        let (from, until) = held.quiet.unwrap_or(usual);
        let choice =
            |kind: &Kind| Choice { kind: kind.word(), mail: held.mail(*kind).word(), urgent: kind.is_urgent() };
        Self {
            language: held.language.clone(),
            quiet: held.quiet.is_some(),
            quiet_from: time_of(from),
            quiet_until: time_of(until),
            workdays_only: held.workdays_only,
            digest_at: time_of(held.digest_at),
            kinds: Kind::ALL.iter().map(choice).collect(),
            mails: Mail::ALL.map(Mail::word).to_vec(),
            refusals: Vec::new(),
        }
    }
}

impl Page for PreferencesPage {
    const TEMPLATE: &'static str = "messages/preferences.html";

    fn samples() -> Vec<Self> {
        let usual = Self::new(&Preferences::default());
        let never = Self::new(&Preferences { quiet: None, workdays_only: false, ..Preferences::default() });
        vec![Self { refusals: samples::reasons(), ..usual.clone() }, usual, never]
    }
}

/// A minute of the day as `21:00`; empty where it lies outside of every day.
fn time_of(minute: i64) -> String {
    if (0..24 * 60).contains(&minute) { format!("{:02}:{:02}", minute / 60, minute % 60) } else { String::new() }
}

/// The minute of the day of `21:00`.
pub(super) fn minute_of(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_forms_are_minutes_of_the_day() {
        assert_eq!(minute_of("21:05"), Some(1265));
        assert_eq!(minute_of("07:30:00"), Some(450));
        assert_eq!([minute_of("24:00"), minute_of("7"), minute_of("aa:bb"), minute_of("7:5")], [None; 4]);
        assert_eq!((time_of(450), time_of(-1)), ("07:30".to_owned(), String::new()));
    }
}
