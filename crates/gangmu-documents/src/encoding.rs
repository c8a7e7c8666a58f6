//! From bytes to text (字符编码): UTF-8, GB18030 and UTF-16, with and without byte-order mark.

use crate::Unreadable;
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes of a large file decide about its encoding.
const SAMPLE: usize = 256 * 1024;

/// The decoded text, without its byte-order mark; line ends as they are. Bytes that are wrong in the encoding of all
/// the others become U+FFFD, which the compiler shows as a defect of the text.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    let (encoding, mark) = marked(bytes).unwrap_or_else(|| (guess(bytes), 0));
    let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
    match noise(&text) {
        Some(offset) => Err(Unreadable::Binary { offset }),
        None => Ok(text.into_owned()),
    }
}

/// The decoded beginning, for a look at what it is.
pub(crate) fn decode_head(bytes: &[u8]) -> String {
    let (encoding, mark) = marked(bytes).unwrap_or_else(|| (guess(bytes), 0));
    let head = &bytes[mark..];
    encoding.decode_without_bom_handling(&head[..head.len().min(4096)]).0.into_owned()
}

/// The decoded text in the encoding of that label, for web pages that name theirs.
pub(crate) fn decode_as(bytes: &[u8], label: &str) -> Option<String> {
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A page that says gb2312 means its superset.
    let encoding = if encoding == encoding_rs::GBK { GB18030 } else { encoding };
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    (!wrong).then(|| text.into_owned())
}

/// The encoding that a byte-order mark names, and the mark's length.
fn marked(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if bytes.starts_with(&[0x84, 0x31, 0x95, 0x33]) {
        return Some((GB18030, 4));
    }
    Encoding::for_bom(bytes)
}

/// The encoding in which the bytes look most like text.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if !sample.contains(&0) && utf8_holds(sample) {
        return UTF_8;
    }
    let mut best = (UTF_8, plausibility(&UTF_8.decode_without_bom_handling(sample).0));
    for encoding in [GB18030, UTF_16LE, UTF_16BE] {
        let even = if encoding == GB18030 { sample } else { &sample[..sample.len() / 2 * 2] };
        let found = plausibility(&encoding.decode_without_bom_handling(even).0);
        if found > best.1 {
            best = (encoding, found);
        }
    }
    best.0
}

/// Is it UTF-8, but for a few characters that are damaged or cut off? Other encodings hardly ever look like it.
fn utf8_holds(sample: &[u8]) -> bool {
    let text = String::from_utf8_lossy(sample);
    let wrong = text.chars().filter(|character| *character == '\u{fffd}').count();
    let right = text.chars().filter(|character| !character.is_ascii() && *character != '\u{fffd}').count();
    wrong == 0 || wrong * 5 < right
}

/// How much the text looks like Chinese or English writing, from -1 000 to 1 000.
fn plausibility(text: &str) -> i64 {
    let (mut sum, mut count) = (0_i64, 0_i64);
    for character in text.chars() {
        count += 1;
        sum += match character {
            '\t' | '\n' | '\r' | ' '..='~' => 2,
            '，' | '。' | '、' | '；' | '：' | '（' | '）' | '《' | '》' | '“' | '”' | '的' | '和' => 6,
            '\u{4e00}'..='\u{9fff}' => 2,
            '\u{2010}'..='\u{2060}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' => 2,
            '\u{a0}'..='\u{ff}' | '\u{2100}'..='\u{27bf}' => 0,
            _ if is_noise(character) => -20,
            _ => -4,
        };
    }
    if count == 0 { 0 } else { (sum * 100 / count).clamp(-1000, 1000) }
}

/// Characters that no text holds.
fn is_noise(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{19}' | '\u{1b}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
        | '\u{fffd}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}')
}

/// Where the noise begins, if there is more of it than damage explains.
fn noise(text: &str) -> Option<u64> {
    let (mut noisy, mut all, mut first) = (0_u64, 0_u64, None);
    for (offset, character) in text.char_indices() {
        all += 1;
        if is_noise(character) {
            noisy += 1;
            first = first.or(Some(offset as u64));
        }
    }
    // A short text may hold a few: a damaged character, a file cut off within its last one.
    let too_many = noisy > 4 && noisy * 50 > all || noisy > 1 && noisy * 4 > all;
    too_many.then_some(first.unwrap_or(0))
}
