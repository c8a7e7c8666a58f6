//! Under which keys the journal finds its words (日志用语): names of operations, objects, fields and values, for pages and
//! for files. The words themselves stand in the locale.

use crate::packs::ZONE;
use jiff::{Timestamp, tz::TimeZone};

/// Finds the words of a key; none where the locale has none.
pub type Words = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// An operation in words; its name where there are none.
pub fn operation(words: &dyn Fn(&str) -> Option<String>, name: &str) -> String {
    words(&format!("operation-{}", dashed(name))).unwrap_or_else(|| name.to_owned())
}

/// A kind of object in words.
pub fn kind(words: &dyn Fn(&str) -> Option<String>, kind: &str) -> String {
    words(&format!("object-{}", dashed(kind))).unwrap_or_else(|| kind.to_owned())
}

/// A field of an object in words: by its whole path in that kind of object, else by its last name.
pub fn field(words: &dyn Fn(&str) -> Option<String>, kind: &str, path: &str) -> String {
    let last = path.rsplit('.').next().unwrap_or_default();
    let whole = words(&format!("field-{}-{}", dashed(kind), dashed(path)));
    whole.or_else(|| words(&format!("field-{}", dashed(last)))).unwrap_or_else(|| path.to_owned())
}

/// A value in words: an instant to the minute, a word of the field's family, else itself.
pub fn value(words: &dyn Fn(&str) -> Option<String>, path: &str, value: &str) -> String {
    let last = path.rsplit('.').next().unwrap_or_default();
    if last.ends_with("_at") || last == "at" {
        return value.parse().map_or_else(|_| value.to_owned(), minute);
    }
    let family = match last {
        "roles" => "role",
        "standing" => "standing",
        "stage" => "stage",
        "degree" => "degree",
        "kind" => "kind",
        "attribute" => "legal",
        _ => return words(&format!("value-{}", dashed(value))).unwrap_or_else(|| value.to_owned()),
    };
    words(&format!("{family}-{value}")).unwrap_or_else(|| value.to_owned())
}

/// The minute in the time of the district.
pub fn minute(at: Timestamp) -> String {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
}

fn dashed(code: &str) -> String {
    code.replace(['.', '_'], "-")
}
