//! Chinese and English have the same keys and the same variables, and Chinese is punctuated as Chinese.

#![expect(clippy::disallowed_methods, reason = "tests read the files that they judge")]

use fluent_bundle::FluentResource;
use gangmu_indicators::{
    contract::Basis,
    measure::{Direction, Frequency, LegalKind, Measure, Prices},
};
use gangmu_web::locale::{Language, Words, files};
use std::collections::{BTreeMap, BTreeSet};

/// Key → variables, over all files of a language.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (file, text) in files(language) {
        assert!(FluentResource::try_new(text.clone()).is_ok(), "{file} can be read");
        let mut key = String::new();
        for line in text.lines() {
            let starts = line.starts_with(|c: char| c.is_ascii_alphabetic());
            if let (true, Some((name, _))) = (starts, line.split_once(" =")) {
                key = name.to_owned();
                let fresh = found.insert(key.clone(), BTreeSet::new()).is_none();
                assert!(fresh, "{file}: {key} stands twice in {}", language.tag());
            }
            if line.starts_with('#') {
                continue;
            }
            for part in line.split('$').skip(1) {
                let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '-').collect();
                found.get_mut(&key).expect("a variable stands in a message").insert(name);
            }
        }
    }
    found
}

#[test]
fn both_languages_have_every_key_with_the_same_variables() {
    let (chinese, english) = (messages(Language::Chinese), messages(Language::English));
    let missing: Vec<_> = chinese.keys().filter(|key| !english.contains_key(*key)).collect();
    assert!(missing.is_empty(), "missing in English: {missing:?}");
    let missing: Vec<_> = english.keys().filter(|key| !chinese.contains_key(*key)).collect();
    assert!(missing.is_empty(), "missing in Chinese: {missing:?}");
    for (key, variables) in &chinese {
        assert_eq!(variables, &english[key], "the variables of {key}");
    }
    assert!(chinese.len() > 300, "{} keys", chinese.len());
}

#[test]
fn chinese_is_punctuated_as_chinese() {
    for (file, text) in files(Language::Chinese) {
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#')
                || line.contains("->")
                || line.trim_start().starts_with(['[', '*', '}', '{']) && !line.contains(|c| c > '\u{2e80}')
            {
                continue;
            }
            let words: String = line.split(['{', '}']).step_by(2).collect();
            let words = words.split_once(" = ").map_or(words.clone(), |(_, words)| words.to_owned());
            let characters: Vec<char> = words.chars().collect();
            for (at, character) in characters.iter().enumerate() {
                let han = |c: Option<&char>| c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
                let beside = han(at.checked_sub(1).and_then(|i| characters.get(i))) || han(characters.get(at + 1));
                let half = "(),;:?!\"".contains(*character);
                assert!(!(half && beside), "{file}:{}: half-width {character} beside Han: {line}", number + 1);
            }
            for banned in ["！", "请稍后再试", "系统错误", "红灯"] {
                assert!(!words.contains(banned), "{file}:{}: {banned}", number + 1);
            }
        }
    }
}

/// Keys that templates ask for by a literal name.
#[test]
fn every_key_of_the_templates_has_words() {
    let words = Words::load().expect("the words can be read");
    let mut asked = 0;
    for entry in walk(&format!("{}/templates", env!("CARGO_MANIFEST_DIR"))) {
        let text = std::fs::read_to_string(&entry).expect("a template is text");
        for call in ["words(\"", "rich(\""] {
            for part in text.split(call).skip(1) {
                let (key, rest) = part.split_once('"').expect("a string ends");
                if rest.trim_start().starts_with('~') {
                    continue;
                }
                asked += 1;
                for language in Language::ALL {
                    assert!(words.has(language, key), "{entry}: {key} has no words in {}", language.tag());
                }
            }
        }
    }
    assert!(asked > 300, "{asked} keys were found in the templates");
}

fn walk(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = path.to_string_lossy().into_owned();
        if path.is_dir() { found.extend(walk(&text)) } else { found.push(text) }
    }
    found
}

fn words_of<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().copied().map(word).collect()
}

/// Words that the code puts together out of a prefix and a value of the domain.
#[test]
fn every_word_of_the_domain_has_words() {
    let words = Words::load().expect("the words can be read");
    let sections: Vec<&str> = gangmu_web::administration::SECTIONS.iter().map(|section| section.key).collect();
    let whats: Vec<String> = sections.iter().map(|key| format!("{key}-what")).collect();
    let whats: Vec<&str> = whats.iter().map(String::as_str).collect();
    let families: [(&str, &[&str]); 23] = [
        ("measure", &words_of(Measure::ALL, |one| one.word())),
        ("better", &words_of(Direction::ALL, |one| one.word())),
        ("frequency", &words_of(Frequency::ALL, |one| one.word())),
        ("prices", &words_of(Prices::ALL, |one| one.word())),
        ("legal", &words_of(LegalKind::ALL, |one| one.word())),
        ("basis", &words_of(&Basis::ALL, |one| one.word())),
        ("adopt", &["new", "known", "adopted", "conflict"]),
        ("post", &["coming", "over"]),
        ("deputy", &["held", "coming", "over"]),
        ("reach", &["yes", "tree", "own", "whole"]),
        ("reach", &["yes-means", "tree-means", "own-means", "whole-means"]),
        ("rights-absent", &["account", "plan"]),
        ("section", &sections),
        ("section", &whats),
        ("kind", &["indicator", "target", "task", "policy", "rule", "project", "mechanism", "responsibility"]),
        ("public-kind", &["indicator", "target", "task", "policy", "rule", "project", "mechanism"]),
        ("degree", &["must", "achieve", "advance", "support", "strive", "explore"]),
        ("standing", &["proposed", "accepted", "changed", "added", "doubted", "rejected", "divided", "in_force"]),
        ("stage", &["in_review", "approved", "published", "withdrawn"]),
        ("certainty", &["sure", "likely", "unsure"]),
        ("comparator", &["eq", "ge", "gt", "le", "lt", "about", "up_to_rank"]),
        ("role", &["planner", "reviewer", "liaison", "leader", "supervisor", "system", "security", "audit"]),
        (
            "record",
            &[
                "imported",
                "accepted",
                "accepted_in_bulk",
                "assigned",
                "changed",
                "split",
                "rejected",
                "added",
                "doubted",
                "undone",
                "approved",
                "published",
                "withdrawn",
                "settled",
            ],
        ),
    ];
    for (prefix, values) in families {
        for value in values {
            for language in Language::ALL {
                let key = format!("{prefix}-{value}");
                assert!(words.has(language, &key), "{key} has no words in {}", language.tag());
            }
        }
    }
    let kinds = [
        "count_mismatch",
        "arithmetic",
        "duplicate",
        "status_conflict",
        "name_variant",
        "text_defect",
        "ambiguous",
        "missing_table",
        "unknown_unit",
        "contradiction",
        "not_a_plan",
    ];
    for kind in kinds {
        for language in Language::ALL {
            assert!(
                words.has(language, &format!("doubt-{kind}")) && words.has(language, &format!("doubt-sentence-{kind}"))
            );
        }
    }
}

/// Codes of refusals, as the engines, the operations and the forms spell them.
#[test]
fn every_code_of_a_refusal_has_words_in_both_languages() {
    let words = Words::load().expect("the words can be read");
    let prefixes = [
        "plan-decide-",
        "plan-edition-",
        "plan-import-",
        "plan.form.",
        "accounts.add.",
        "accounts.login.",
        "accounts.password.",
        "accounts.roles.",
        "accounts.disable.",
        "forbidden-",
        "attachments.name.",
        "attachments.add.",
        "attachments.file.",
        "attachments.remove.",
        "attachments.restore.",
        "attachments.publish.",
        "tokens-issue-",
        "api-key-",
        "staging-",
        "api-misfit",
        "indicators-define-",
        "indicators-adopt-",
        "indicators-target-",
        "indicators-value-",
    ];
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let mut found = std::collections::BTreeSet::new();
    for krate in ["gangmu-plan", "gangmu-documents", "gangmu-indicators", "gangmu-app", "gangmu-web"] {
        for file in walk(&format!("{root}/{krate}/src")) {
            let text = std::fs::read_to_string(&file).expect("a source file is text");
            for literal in text.split('"').skip(1).step_by(2) {
                let code = prefixes.iter().any(|prefix| literal.starts_with(prefix) && literal.len() > prefix.len());
                if code && literal.chars().all(|c| c.is_ascii_lowercase() || "._-".contains(c)) {
                    found.insert(literal.replace(['.', '_'], "-"));
                }
            }
        }
    }
    // Names of operations in the journal look alike but are never said.
    found.retain(|code| !code.ends_with('-'));
    assert!(found.len() > 40, "{} codes were found", found.len());
    for code in &found {
        for language in Language::ALL {
            assert!(words.has(language, code), "the refusal {code} has no words in {}", language.tag());
        }
    }
}

/// Names of operations and kinds of objects, as the operations spell them: auditors read them in words.
#[test]
fn every_operation_and_object_of_the_journal_has_words_in_both_languages() {
    let words = Words::load().expect("the words can be read");
    let mut found = std::collections::BTreeSet::new();
    for file in walk(concat!(env!("CARGO_MANIFEST_DIR"), "/../gangmu-app/src")) {
        let text = std::fs::read_to_string(&file).expect("a source file is text");
        let calls = [
            ("Operation::new(\"", "operation"),
            ("Operation::under(\"", "operation"),
            ("Operation { name: \"", "operation"),
            ("Object::new(\"", "object"),
        ];
        for (call, prefix) in calls {
            for (at, _) in text.match_indices(call) {
                let name = text[at + call.len()..].split('"').next().unwrap_or_default();
                found.insert(format!("{prefix}-{}", name.replace(['.', '_'], "-")));
            }
        }
    }
    assert!(found.len() > 60, "{} names were found", found.len());
    for key in &found {
        assert!(Language::ALL.into_iter().all(|language| words.has(language, key)), "{key} has no words");
    }
}

/// Actions of the access matrix: administrators and owners of tokens read them in words.
#[test]
fn every_action_of_the_matrix_has_words_in_both_languages() {
    let words = Words::load().expect("the words can be read");
    for (action, _) in gangmu_app::Access::committed().rows() {
        let key = format!("action-{}", action.replace(['.', '_'], "-"));
        assert!(Language::ALL.into_iter().all(|language| words.has(language, &key)), "{key} has no words");
    }
}
