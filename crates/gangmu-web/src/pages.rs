//! From typed contexts to pages.
//!
//! Every page is a struct with a template and samples; a test renders every sample in every language.
//! Undefined names are errors: a template can't silently print nothing.

use crate::{
    assets::Assets,
    locale::{Language, MissingWords, Words},
    pieces::{as_shown, pieces, stretches},
    signs,
};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, HtmlEscape, UndefinedBehavior, Value, context,
    value::{Kwargs, Serde},
};
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

#[derive(rust_embed::Embed)]
#[folder = "templates/"]
struct Templates;

/// A page: what it shows, its template, and samples that a test renders.
pub trait Page: Serialize {
    /// The template's path below `templates`.
    const TEMPLATE: &'static str;

    /// Examples of every state that the template distinguishes.
    fn samples() -> Vec<Self>
    where
        Self: Sized;
}

/// What stands around every page: who reads it, in which language, where in the house.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The reader's language.
    pub language: Language,
    /// The secret that every form sends back.
    pub csrf: String,
    /// Who is logged in.
    pub person: Option<Person>,
    /// The noun of the header that this page belongs to.
    pub noun: Option<Noun>,
    /// The place whose plans these are, as the installation names it.
    pub installation: String,
    /// Figures on this page are invented.
    pub demonstration: bool,
    /// The day that a demonstration pretends to live in, as `2024-06-30`.
    pub demonstration_date: Option<String>,
    /// The page's own address with its query, for the language switch.
    pub address: String,
    /// What has just been done, with the way back where there is one.
    pub toast: Option<Toast>,
}

/// Who is logged in.
#[derive(Debug, Clone, Serialize)]
pub struct Person {
    /// The name, masked where the page is shown to others.
    pub name: String,
    /// The unit's name.
    pub unit: Option<String>,
    /// What the post is called in which the person acts.
    pub post: Option<String>,
    /// For whom the person acts as a deputy.
    pub deputy_for: Option<String>,
    /// May see the plans.
    pub plans: bool,
    /// May see the indicators.
    pub indicators: bool,
    /// May search.
    pub search: bool,
    /// May see some section of the administration.
    pub administration: bool,
    /// How many messages are unread, and the key of the newest one.
    pub messages: (i64, i64),
    /// May read the journal.
    pub journal: bool,
    /// Must choose a new password before anything else.
    pub must_change: bool,
    /// When the person logged in before this time.
    pub last_login: Option<String>,
    /// Seconds that the session may stay unused.
    pub idle: i64,
    /// Seconds until the session ends in any case.
    pub left: i64,
}

/// A noun of the header (栏目). Only what exists stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Noun {
    /// What waits for me (我的工作).
    Home,
    /// The plans (规划).
    Plans,
    /// The indicators (指标).
    Indicators,
    /// The administration (管理), for whoever may see one of its sections.
    Administration,
}

/// A line that says what was done (提示).
#[derive(Debug, Clone, Serialize)]
pub struct Toast {
    /// The key of its words.
    pub key: String,
    /// A figure or name in the words.
    pub subject: String,
    /// Where a form undoes it.
    pub undo: Option<String>,
}

/// The templates, the words and the assets, ready to render.
#[derive(Debug)]
pub struct Pages {
    environments: BTreeMap<Language, Environment<'static>>,
    /// The words of both languages.
    pub words: Arc<Words>,
    /// Style sheets and scripts.
    pub assets: Arc<Assets>,
}

/// The program's own files are broken; it does not start.
#[derive(Debug, thiserror::Error)]
pub enum BadPages {
    /// A template can't be read.
    #[error("a template can't be read: {0:#}")]
    Template(#[from] Error),
    /// Words can't be read.
    #[error("words can't be read")]
    Words(#[from] crate::locale::BadWords),
}

impl Pages {
    /// Reads the embedded templates, words and assets.
    pub fn load() -> Result<Self, BadPages> {
        let words = Arc::new(Words::load()?);
        let assets = Arc::new(Assets::load());
        let mut environments = BTreeMap::new();
        for language in Language::ALL {
            environments.insert(language, environment(language, &words, &assets)?);
        }
        Ok(Self { environments, words, assets })
    }

    /// Renders a page in its frame.
    pub fn render<P: Page>(&self, frame: &Frame, page: &P) -> Result<String, Error> {
        self.environments
            .get(&frame.language)
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "no templates in this language"))?
            .get_template(P::TEMPLATE)?
            .render(context! { frame => Value::from(Serde(frame)), page => Value::from(Serde(page)) })
    }
}

/// The templates with the words of one language.
fn environment(language: Language, words: &Arc<Words>, assets: &Arc<Assets>) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(signs::write_escaped);
    add_words(&mut environment, language, words);
    crate::journal::add_functions(&mut environment, language, words);
    add_asset(&mut environment, assets);
    signs::add_filters(&mut environment);
    environment.add_function("cells", |sentences: Value| cells(&sentences));
    environment.add_function("pieces", |list: Value| pieces(&list));
    environment.add_function("stretches", |sentence: Value, proposals: Value| stretches(&sentence, &proposals));
    environment.add_function("as_shown", |text: String| as_shown(&text));
    for name in Templates::iter() {
        if let Some(file) = Templates::get(&name) {
            let source = String::from_utf8_lossy(&file.data).into_owned();
            environment.add_template_owned(name.into_owned(), source)?;
        }
    }
    Ok(environment)
}

/// The cells of a table's row: its pieces, cut where the file had a tab, each with the address of its sentence.
fn cells(sentences: &Value) -> Result<Value, Error> {
    let mut found: Vec<Value> = Vec::new();
    for sentence in sentences.try_iter()? {
        let (selected, address) = (sentence.get_attr("selected")?, sentence.get_attr("address")?);
        let mut open: Vec<Value> = Vec::new();
        let cell = |pieces: Vec<Value>| context! { selected => &selected, address => &address, pieces => pieces };
        for piece in sentence.get_attr("pieces")?.try_iter()? {
            let text = piece.get_attr("text")?.to_string();
            for (index, part) in text.split('\t').enumerate() {
                if index > 0 {
                    found.push(cell(std::mem::take(&mut open)));
                }
                open.push(context! { text => part, ..piece.clone() });
            }
        }
        found.push(cell(open));
    }
    Ok(Value::from(found))
}

/// `words(key, name=value …)` says it; `words_if_any(key)` says it where there are words and nothing where there are none; `rich(…)` sets what stands between asterisks in bold;
/// `reason(code, fields)` says why something is refused and what to do; `sign(name)` names what moved a confidence;
/// `told(kind, fields)` says a message; `deadline(text)` writes `2025-12` out, `until(text)` says that it is to be reached by then.
fn add_words(environment: &mut Environment<'static>, language: Language, words: &Arc<Words>) {
    let plain = Arc::clone(words);
    environment.add_function("words", move |key: String, fields: Kwargs| say(&plain, language, &key, &fields, false));
    let known = Arc::clone(words);
    environment.add_function("words_if_any", move |key: String| match known.has(language, &key) {
        true => known.say_with(language, &key, &[]).map_err(unsaid),
        false => Ok(String::new()),
    });
    let rich = Arc::clone(words);
    environment.add_function("rich", move |key: String, fields: Kwargs| {
        say(&rich, language, &key, &fields, true).map(|text| Value::from_safe_string(emphasised(&text)))
    });
    let reasons = Arc::clone(words);
    environment.add_function("reason", move |code: String, fields: Serde<BTreeMap<String, String>>| {
        reasons.reason(language, &code, &fields.0).map_err(unsaid)
    });
    let deadlines = Arc::clone(words);
    environment.add_function("deadline", move |text: String| {
        let (key, fields) = signs::deadline(&text);
        deadlines.say_with(language, key, &fields).map_err(unsaid)
    });
    let untils = Arc::clone(words);
    environment.add_function("until", move |text: String| {
        let (key, fields) = signs::deadline(&text);
        let said = untils.say_with(language, key, &fields).map_err(unsaid)?;
        match key {
            // 持续推进 and 每年 are no date to be reached.
            "deadline-ongoing" | "deadline-yearly" | "date-other" => Ok(said),
            _ => untils.say_with(language, "until", &[("deadline", said)]).map_err(unsaid),
        }
    });
    let messages = Arc::clone(words);
    environment.add_function("told", move |kind: String, fields: Serde<BTreeMap<String, String>>| {
        let fields: Vec<(&str, String)> = fields.0.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        messages.say_with(language, &format!("message-{kind}"), &fields).map_err(unsaid)
    });
    let signs = Arc::clone(words);
    environment.add_function("sign", move |name: String| {
        let key = format!("sign-{}", name.replace(['.', '_'], "-"));
        let key = if signs.has(language, &key) { key } else { "sign-unknown".to_owned() };
        signs.say_with(language, &key, &[("name", name)]).map_err(unsaid)
    });
}

fn unsaid(missing: MissingWords) -> Error {
    Error::new(ErrorKind::InvalidOperation, missing.to_string())
}

fn say(words: &Words, language: Language, key: &str, fields: &Kwargs, escaped: bool) -> Result<String, Error> {
    let mut arguments = fluent_bundle::FluentArgs::new();
    for name in fields.args() {
        let value: Value = fields.get(name)?;
        if value.is_undefined() {
            return Err(Error::new(ErrorKind::UndefinedError, format!("{key}: the variable {name} is undefined")));
        }
        if let (true, Ok(number)) = (value.is_number(), i64::try_from(value.clone())) {
            arguments.set(name.to_owned(), number);
        } else if escaped {
            arguments.set(name.to_owned(), HtmlEscape(&value.to_string()).to_string());
        } else {
            arguments.set(name.to_owned(), value.to_string());
        }
    }
    fields.assert_all_used()?;
    words.say(language, key, &arguments).map_err(unsaid)
}

/// Bold between asterisks; the words of our own files hold no other mark-up.
fn emphasised(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (index, part) in text.split('*').enumerate() {
        match index % 2 {
            0 => out.push_str(part),
            _ => {
                out.push_str("<b>");
                out.push_str(part);
                out.push_str("</b>");
            }
        }
    }
    out
}

fn add_asset(environment: &mut Environment<'static>, assets: &Arc<Assets>) {
    let assets = Arc::clone(assets);
    environment.add_function("asset", move |name: String| {
        assets
            .address(&name)
            .map(str::to_owned)
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("no asset {name:?}")))
    });
}
