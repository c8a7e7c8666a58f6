//! Words for what the journal names by codes: operations, kinds of objects, fields and their values.
//!
//! The journal outlives programs: a code that has no words any more, or none yet, is shown as it stands.

use crate::locale::{Language, Words};
use gangmu_app::journal::words as keys;
use minijinja::Environment;
use std::sync::Arc;

/// `operation(name)`, `object_kind(kind)`, `field(kind, path)`, `field_value(path, value)`.
pub(crate) fn add_functions(environment: &mut Environment<'static>, language: Language, words: &Arc<Words>) {
    let say = finder(words, language);
    environment.add_function("operation", move |name: String| keys::operation(&say, &name));
    let say = finder(words, language);
    environment.add_function("object_kind", move |kind: String| keys::kind(&say, &kind));
    let say = finder(words, language);
    environment.add_function("field", move |kind: String, path: String| keys::field(&say, &kind, &path));
    let say = finder(words, language);
    environment.add_function("field_value", move |path: String, value: String| keys::value(&say, &path, &value));
}

/// Finds words without arguments; none where the locale has none.
pub(super) fn finder(
    words: &Arc<Words>,
    language: Language,
) -> impl Fn(&str) -> Option<String> + Send + Sync + 'static {
    let words = Arc::clone(words);
    move |key| if words.has(language, key) { words.say_with(language, key, &[]).ok() } else { None }
}
