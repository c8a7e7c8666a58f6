//! The words of the pages, in Chinese and English.
//!
//! Chinese is the language everything is written in first; English is complete.
//! The words live in `locales/<language>/<noun>.ftl`; a key or a variable that is missing is an error, and a test finds it.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use serde::Serialize;
use std::{collections::BTreeMap, fmt};

#[derive(rust_embed::Embed)]
#[folder = "../../locales/"]
struct Files;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub enum Language {
    /// Simplified Chinese, the source.
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The language's tag, as in `lang="zh-CN"`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The language of that tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// Words that are not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MissingWords {
    /// No message of that key.
    #[error("no words for {key:?} in {language}")]
    Key {
        /// The key.
        key: String,
        /// The language's tag.
        language: &'static str,
    },
    /// The message asks for a variable that was not given.
    #[error("the words for {key:?} in {language} could not be put together: {problems}")]
    Variable {
        /// The key.
        key: String,
        /// The language's tag.
        language: &'static str,
        /// What the formatter says.
        problems: String,
    },
}

/// A file of words that can't be read; the program does not start with it.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {problems}")]
pub struct BadWords {
    /// The file's path below `locales`.
    pub file: String,
    /// What is wrong with it.
    pub problems: String,
}

/// The words of both languages.
pub struct Words {
    bundles: BTreeMap<Language, FluentBundle<FluentResource>>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}

impl Words {
    /// Reads the embedded words.
    pub fn load() -> Result<Self, BadWords> {
        let mut bundles = BTreeMap::new();
        for language in Language::ALL {
            let tag = language
                .tag()
                .parse()
                .map_err(|error| BadWords { file: language.tag().to_owned(), problems: format!("{error}") })?;
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            bundle.set_use_isolating(false);
            for (file, text) in files(language) {
                let bad = |problems: String| BadWords { file: file.clone(), problems };
                let resource = FluentResource::try_new(text).map_err(|(_, problems)| bad(format!("{problems:?}")))?;
                bundle.add_resource(resource).map_err(|problems| bad(format!("{problems:?}")))?;
            }
            bundles.insert(language, bundle);
        }
        Ok(Self { bundles })
    }

    /// The words of a key, with its variables filled in.
    pub fn say(&self, language: Language, key: &str, fields: &FluentArgs<'_>) -> Result<String, MissingWords> {
        let missing = || MissingWords::Key { key: key.to_owned(), language: language.tag() };
        let bundle = self.bundles.get(&language).ok_or_else(missing)?;
        let pattern = bundle.get_message(key).and_then(|message| message.value()).ok_or_else(missing)?;
        let mut problems = Vec::new();
        let text = bundle.format_pattern(pattern, Some(fields), &mut problems).into_owned();
        if problems.is_empty() {
            Ok(text)
        } else {
            let problems = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            Err(MissingWords::Variable { key: key.to_owned(), language: language.tag(), problems })
        }
    }

    /// The words of a key whose variables are texts.
    pub fn say_with(&self, language: Language, key: &str, fields: &[(&str, String)]) -> Result<String, MissingWords> {
        let mut arguments = FluentArgs::new();
        for (name, value) in fields {
            arguments.set((*name).to_owned(), FluentValue::from(value.clone()));
        }
        self.say(language, key, &arguments)
    }

    /// Why something is refused and what to do next, by the code: `plan.edition.frozen` is said by `plan-edition-frozen`
    /// and `plan-edition-frozen-next`.
    ///
    /// A code without words is said with its code, so that a refusal is never lost.
    pub fn reason(
        &self,
        language: Language,
        code: &str,
        fields: &BTreeMap<String, String>,
    ) -> Result<String, MissingWords> {
        let key = code.replace(['.', '_'], "-");
        let next = format!("{key}-next");
        let mut arguments = FluentArgs::new();
        for (name, value) in fields {
            let number = value.parse::<u32>().ok().filter(|n| n.to_string() == *value);
            match number {
                Some(number) => arguments.set(name.clone(), number),
                None if name == "needed" || name == "meeting" => {
                    arguments.set(name.clone(), self.roles(language, value))
                }
                None => arguments.set(name.clone(), value.clone()),
            }
        }
        let mut said = match self.say(language, &key, &arguments) {
            Ok(said) => said,
            Err(missing) => {
                tracing::error!(%missing, "a refusal has no words");
                return self.say_with(language, "reason-unknown", &[("code", code.to_owned())]);
            }
        };
        if self.has(language, &next) {
            if language == Language::English {
                said.push(' ');
            }
            said.push_str(&self.say(language, &next, &arguments)?);
        }
        Ok(said)
    }

    /// Roles by their names; a word that names no role stays as it is.
    fn roles(&self, language: Language, words: &str) -> String {
        let none = FluentArgs::new();
        let comma = self.say(language, "list-comma", &none).unwrap_or_else(|_| ",".to_owned());
        let names = words
            .split(',')
            .map(|word| self.say(language, &format!("role-{word}"), &none).unwrap_or_else(|_| word.to_owned()));
        names.collect::<Vec<_>>().join(&comma)
    }

    /// Are there words for this key?
    pub fn has(&self, language: Language, key: &str) -> bool {
        self.bundles.get(&language).is_some_and(|bundle| bundle.get_message(key).is_some_and(|m| m.value().is_some()))
    }
}

/// The files of words of a language: path below `locales`, and text.
pub fn files(language: Language) -> Vec<(String, String)> {
    let folder = format!("{}/", language.tag());
    Files::iter()
        .filter(|name| name.starts_with(&folder) && name.ends_with(".ftl"))
        .filter_map(|name| {
            let file = Files::get(&name)?;
            Some((name.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect()
}
