//! Messages as letters (邮件文字): plain text in the language of whoever reads it, with addresses that lead here.

use crate::locale::{Language, MissingWords, Words};
use gangmu_app::ports::{Phrasing, Told, Written};
use std::sync::Arc;

/// Writes letters.
pub struct Letters {
    words: Arc<Words>,
    /// Where this installation is reached, such as `https://gangmu.example`.
    base: String,
}

impl Letters {
    /// Letters with these words, whose addresses begin with that base.
    pub fn new(words: Arc<Words>, base: &str) -> Self {
        Self { words, base: base.trim_end_matches('/').to_owned() }
    }

    fn said(&self, language: Language, told: &Told) -> Result<String, MissingWords> {
        let fields: Vec<(&str, String)> =
            told.fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        self.words.say_with(language, &format!("message-{}", told.kind), &fields)
    }

    fn letter(&self, language: Language, told: &Told) -> Result<Written, MissingWords> {
        let said = self.said(language, told)?;
        let say = |key, fields: &[(&str, String)]| self.words.say_with(language, key, fields);
        let name = say("product", &[])?;
        let subject = say("mail-subject", &[("installation", name.clone()), ("said", said.clone())])?;
        let open = say("mail-open", &[("address", self.address(told))])?;
        let footer = say("mail-footer", &[("installation", name)])?;
        let more = self.more(language, told)?;
        Ok(Written { subject: one_line(&subject), text: format!("{said}\n\n{more}{open}\n\n--\n{footer}\n") })
    }

    /// What a letter says besides what the inbox does.
    fn more(&self, language: Language, told: &Told) -> Result<String, MissingWords> {
        let key = format!("mail-more-{}", told.kind);
        if !self.words.has(language, &key) {
            return Ok(String::new());
        }
        let fields: Vec<(&str, String)> =
            told.fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        Ok(self.words.say_with(language, &key, &fields)? + "\n\n")
    }

    fn letter_of_many(&self, language: Language, told: &[Told]) -> Result<Written, MissingWords> {
        let say = |key, fields: &[(&str, String)]| self.words.say_with(language, key, fields);
        let name = say("product", &[])?;
        let count = told.len().to_string();
        let subject = say("mail-subject-digest", &[("installation", name.clone()), ("count", count)])?;
        let mut text = String::new();
        for (number, one) in told.iter().enumerate() {
            let more = self.more(language, one)?;
            let (said, address) = (self.said(language, one)?, self.address(one));
            text.push_str(&format!("{}. {said}\n   {address}\n\n{more}", number + 1));
        }
        let footer = say("mail-footer", &[("installation", name)])?;
        Ok(Written { subject: one_line(&subject), text: format!("{text}--\n{footer}\n") })
    }

    fn address(&self, told: &Told) -> String {
        format!("{}{}", self.base, told.address)
    }

    /// What has no words is told by its kind: a letter is never lost for want of a sentence.
    fn or_plain(&self, told: &[Told], written: Result<Written, MissingWords>) -> Written {
        written.unwrap_or_else(|missing| {
            tracing::error!(%missing, "a letter has no words");
            let lines: Vec<String> = told.iter().map(|one| format!("{} {}", one.kind, self.address(one))).collect();
            Written { subject: "Gangmu".to_owned(), text: lines.join("\n") + "\n" }
        })
    }
}

impl Phrasing for Letters {
    fn message(&self, language: &str, told: &Told) -> Written {
        let language = Language::from_tag(language).unwrap_or_default();
        self.or_plain(std::slice::from_ref(told), self.letter(language, told))
    }

    fn digest(&self, language: &str, told: &[Told]) -> Written {
        let language = Language::from_tag(language).unwrap_or_default();
        self.or_plain(told, self.letter_of_many(language, told))
    }
}

/// A subject is one line, whatever stood in the fields.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::pages::sample_fields;
    use gangmu_app::messages::Kind;

    fn letters() -> Letters {
        Letters::new(Arc::new(Words::load().expect("the words are whole")), "https://plan.example/")
    }

    fn told(kind: Kind) -> Told {
        Told { kind: kind.word().to_owned(), fields: sample_fields(), address: "/inbox/7".to_owned() }
    }

    #[test]
    fn every_kind_has_a_letter_in_both_languages() {
        for language in ["zh-CN", "en"] {
            for kind in Kind::ALL {
                let written = letters().message(language, &told(*kind));
                assert!(written.text.contains("https://plan.example/inbox/7"), "{}", written.text);
                assert_ne!(written.subject, "Gangmu", "{language} has no words for {}", kind.word());
            }
        }
    }

    #[test]
    fn a_letter_with_a_checkpoint_holds_the_line_to_keep_and_its_subject_does_not() {
        let told = told(Kind::JournalCheckpoint);
        let line = &told.fields["line"];
        for written in [letters().message("zh-CN", &told), letters().digest("en", std::slice::from_ref(&told))] {
            assert!(written.text.lines().any(|found| found == line), "{}", written.text);
            assert!(!written.subject.contains("signature"), "{}", written.subject);
        }
    }

    #[test]
    fn a_digest_counts_and_lists_what_it_holds() {
        let written = letters().digest("zh-CN", &[told(Kind::PlanApproved), told(Kind::PlanPublished)]);
        assert_eq!(written.subject, "纲目：2 条消息");
        assert!(written.text.starts_with("1. 《示例区规划》第 2 版已由林*审定，可以公开\n"), "{}", written.text);
    }

    #[test]
    fn what_stands_in_a_field_opens_no_second_header() {
        let mut hostile = told(Kind::PlanWithdrawn);
        hostile.fields.insert("reason".to_owned(), "一\r\nBcc: somebody@example".to_owned());
        assert!(!letters().message("zh-CN", &hostile).subject.contains(['\r', '\n']));
    }
}
