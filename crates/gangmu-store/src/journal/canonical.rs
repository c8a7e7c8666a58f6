//! The bytes that an entry's hash sees (规范字节), forms 1 and 2.
//!
//! One field after the other, each written as
//!
//! ```text
//! name SP length LF value LF
//! ```
//!
//! where `length` is the number of bytes of `value` in decimal digits. A field without a value is left out, so that
//! nothing and the empty text differ. The fields, in this order:
//!
//! | name | value |
//! |---|---|
//! | `version` | `1` or `2` |
//! | `seq` | the entry's number |
//! | `at` | microseconds since 1970-01-01 UTC |
//! | `actor` | the account's number |
//! | `actor_name` `post` | form 1: text, UTF-8 |
//! | `behalf` | form 2: the number of the account for which a deputy acted |
//! | `who` | form 2: digest of name and post, salted; 64 lower-case hexadecimal digits |
//! | `organisation` | text |
//! | `operation` `object_kind` `object_id` | text |
//! | `before` `after` | 64 lower-case hexadecimal digits |
//! | `salted` | `0` or `1` |
//! | `reason` | form 1: text |
//! | `why` | form 2: digest of the reason, salted |
//! | `clause`, once for each | the fields `plan` `path` `paragraph` `sentence` in the same writing |
//! | `row_count` `first_key` `last_key` `root` | for an operation on many rows |
//!
//! In form 2 no word about a person stands in the chain, so that whatever is erased beside it leaves it whole.

use super::{Entry, FIRST, Hash};
use std::io::Write as _;

/// The canonical bytes of an entry.
pub fn bytes(version: i64, seq: i64, entry: &Entry) -> Vec<u8> {
    let mut out = Fields::default();
    out.text("version", &version.to_string());
    out.text("seq", &seq.to_string());
    out.text("at", &entry.at.as_microsecond().to_string());
    out.text("actor", &entry.by.account.0.to_string());
    if version == FIRST {
        out.text("actor_name", &entry.by.name);
        out.maybe("post", entry.by.post.as_deref());
    } else {
        out.maybe("behalf", entry.by.behalf.map(|behalf| behalf.0.to_string()).as_deref());
        out.maybe("who", entry.beside.who.as_ref().map(hex).as_deref());
    }
    out.maybe("organisation", entry.by.organisation.as_deref());
    out.text("operation", &entry.operation);
    out.text("object_kind", &entry.object.kind);
    out.text("object_id", &entry.object.id);
    out.maybe("before", entry.before.as_ref().map(hex).as_deref());
    out.maybe("after", entry.after.as_ref().map(hex).as_deref());
    out.text("salted", if entry.salted { "1" } else { "0" });
    if version == FIRST {
        out.maybe("reason", entry.reason.as_deref());
    } else {
        out.maybe("why", entry.beside.why.as_ref().map(hex).as_deref());
    }
    for clause in &entry.clauses {
        let mut inner = Fields::default();
        inner.text("plan", &clause.plan);
        inner.text("path", &clause.path);
        inner.maybe("paragraph", clause.paragraph.map(|n| n.to_string()).as_deref());
        inner.maybe("sentence", clause.sentence.map(|n| n.to_string()).as_deref());
        out.field("clause", &inner.0);
    }
    if let Some(many) = &entry.many {
        out.text("row_count", &many.count.to_string());
        out.text("first_key", &many.first);
        out.text("last_key", &many.last);
        out.text("root", &hex(&many.root));
    }
    out.0
}

#[derive(Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn field(&mut self, name: &str, value: &[u8]) {
        // Writing into a vector can't fail.
        drop(writeln!(self.0, "{name} {}", value.len()));
        self.0.extend_from_slice(value);
        self.0.push(b'\n');
    }

    fn text(&mut self, name: &str, value: &str) {
        self.field(name, value.as_bytes());
    }

    fn maybe(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }
}

/// Lower-case hexadecimal digits of a hash.
pub fn hex(hash: &Hash) -> String {
    hex_of(hash)
}

/// Lower-case hexadecimal digits.
pub fn hex_of(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}
