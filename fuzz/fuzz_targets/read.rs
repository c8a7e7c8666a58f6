//! Any bytes are read or refused: no panic, blocks inside the text.

#![no_main]

use gangmu_documents::{Limits, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let name = ["a.txt", "a.md", "a.html", "a.docx", "a.xlsx"][usize::from(*first) % 5];
    let Ok(source) = read(rest, name, &Limits::default()) else { return };
    let chars = source.text.chars().count() as u32;
    assert!(source.blocks.iter().all(|b| b.span.start <= b.span.end && b.span.end <= chars));
});
