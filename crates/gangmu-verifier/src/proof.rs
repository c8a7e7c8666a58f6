//! A value proved against an entry (举证): before or after it, or one row of an operation on many.

use super::{Hash, digits, field, hex, sha256, unescape, words};

/// A proof file: the lines `gangmu.proof/1`, `entry SEQ`, `of before`, `after`, `who`, `why` or `row PLACE of COUNT` (0 first),
/// `digest HASH` or `HASH VALUE` (the salt, zeros for none, and the value's bytes as in an export), and for a row its
/// neighbours on the way to the root, `left HASH` or `right HASH`.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The number of the entry.
    pub entry: u64,
    field: &'static str,
    row: Option<(u64, u64)>,
    digest: Hash,
    path: Vec<(bool, Hash)>,
}

impl Proof {
    /// Reads a proof file; none where it is not written in the form.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let ("gangmu.proof/1", entry) = (lines.next()?, lines.next()?.strip_prefix("entry ")?) else { return None };
        let (field, row) = match words(lines.next()?)[..] {
            ["of", of] => (["before", "after", "who", "why"].into_iter().find(|field| *field == of)?, None),
            ["of", "row", place, "of", count] => ("root", Some((digits(place)?, digits(count)?))),
            _ => return None,
        };
        let (value, mut bytes) = (lines.next()?, Vec::new());
        let digest = match value.strip_prefix("digest ") {
            Some(digest) => hex(digest)?,
            None => match unescape(format!("{value}\n").as_bytes(), &mut bytes)? {
                salt if salt == [0; 32] => sha256(&[&bytes]),
                salt => sha256(&[&salt, &bytes]),
            },
        };
        let step = |line: &str| match line.split_once(' ')? {
            ("left", hash) => Some((true, hex(hash)?)),
            ("right", hash) => Some((false, hex(hash)?)),
            _ => None,
        };
        Some(Self { entry: digits(entry)?, field, row, digest, path: lines.map(step).collect::<Option<_>>()? })
    }

    /// Does it lead to what the entry says?
    pub(crate) fn leads_to(&self, mut canonical: &[u8]) -> bool {
        let mut reached = self.digest;
        let mut steps = self.path.iter();
        if let Some((mut place, mut count)) = self.row {
            reached = sha256(&[&[0], &reached]);
            while count > 1 && place < count {
                if place ^ 1 < count {
                    let Some((left, hash)) = steps.next().filter(|step| step.0 == (place % 2 == 1)) else {
                        return false;
                    };
                    reached = if *left { sha256(&[&[1], hash, &reached]) } else { sha256(&[&[1], &reached, hash]) };
                }
                (place, count) = (place / 2, count.div_ceil(2));
            }
        }
        let (mut says, mut of) = (false, None);
        while let Some([name, value, rest]) = field(canonical) {
            let value = std::str::from_utf8(value).unwrap_or_default();
            says |= name == self.field.as_bytes() && hex(value) == Some(reached);
            of = if name == b"row_count" { digits(value) } else { of };
            canonical = rest;
        }
        says && steps.next().is_none() && self.row.is_none_or(|(place, count)| of == Some(count) && place < count)
    }
}
