use crate::console::Console;
use gangmu_expressions::{Code, values::WhyCode, words};
use gangmu_web::locale::Language;

#[test]
fn every_mistake_and_every_reason_has_words_in_both_languages() {
    for language in Language::ALL {
        let console = Console::new(language).unwrap();
        let fields = [
            "most", "cost", "text", "name", "nearest", "field", "unit", "code", "known", "function", "least", "given",
            "wanted", "found", "left", "right", "subject", "sign",
        ]
        .map(|field| (field, "x".to_owned()));
        for code in Code::ALL {
            let key = format!("formula-{}", code.word().replace('_', "-"));
            assert_ne!(console.say(&key, &fields), key);
            let remedy = format!("{key}-remedy");
            assert_ne!(console.say(&remedy, &fields), remedy);
        }
        for code in WhyCode::ALL {
            let key = format!("formula-why-{}", code.word().replace('_', "-"));
            assert_ne!(console.say(&key, &fields), key);
        }
    }
}

#[test]
fn every_phrase_of_a_sentence_has_words_in_both_languages() {
    for language in Language::ALL {
        let console = Console::new(language).unwrap();
        let fields = words::PARTS.map(|part| (part, "x".to_owned()));
        for key in words::keys() {
            assert_ne!(console.say(&key, &fields), key);
        }
    }
}
