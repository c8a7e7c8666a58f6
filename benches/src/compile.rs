//! The plan compiler beside the time that jieba-rs needs to segment the same text, and its growth.

use crate::{
    measure::{interleaved, ms, ratio},
    texts,
};
use gangmu_documents::{Limits, read};
use gangmu_kernel::SourceText;
use gangmu_plan::compile::{Names, compile};
use std::hint::black_box;

fn source(text: &str) -> SourceText {
    read(text.as_bytes(), "outline.txt", &Limits::default()).expect("plain text is always readable")
}

/// Prints time, peer and growth for each text.
pub fn run() {
    let jieba = jieba_rs::Jieba::new();
    println!(
        "{:24}{:>10}{:>14}{:>16}{:>8}{:>16}{:>8}",
        "text", "chars", "compile", "jieba segments", "ratio", "ten times it", "growth"
    );
    for (name, text) in texts::real().into_iter().chain([("demonstration outline", texts::demonstration())]) {
        let names = Names::default();
        let once = source(&text);
        let tenfold = source(&text.repeat(10));
        let (ours, peer) = interleaved(
            15,
            || {
                black_box(compile(&once, &names));
            },
            || {
                black_box(jieba.cut(&text, true).len());
            },
        );
        let (ten, one) = interleaved(
            9,
            || {
                black_box(compile(&tenfold, &names));
            },
            || {
                black_box(compile(&once, &names));
            },
        );
        let chars = text.chars().count();
        println!(
            "{name:24}{chars:>10}{:>14}{:>16}{:>8}{:>16}{:>8}",
            ms(ours),
            ms(peer),
            ratio(ours, peer),
            ms(ten),
            ratio(ten, one)
        );
    }
    println!("limits: 52,000 characters in 50 ms; ten times the text in 11 times the time");
}
