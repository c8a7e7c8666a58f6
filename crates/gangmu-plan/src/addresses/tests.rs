use super::*;
use crate::sample;
use proptest::prelude::*;

fn words(span: Span) -> String {
    sample::TEXT.chars().skip(span.start as usize).take(span.len() as usize).collect()
}

#[test]
fn an_address_names_a_sentence_and_a_sentence_its_address() {
    let addresses = Addresses::of(sample::TEXT, &sample::plan());
    let resolve = |text: &str| addresses.resolve(&text.parse().unwrap()).map(words);
    assert_eq!(resolve("1.一 ¶1 句 1").as_deref(), Some("管网先行。到2025年，污水集中收集率达到95%以上。"));
    assert_eq!(resolve("1.一 ¶1 句 2").as_deref(), Some("推进东坑泵站改造。"));
    assert_eq!(resolve("1.一 ¶2").as_deref(), Some("鼓励企业节水。"));
    assert_eq!(resolve("1.一 ¶3"), None);
    assert_eq!(resolve("2"), None);
    let at = |needle: &str| addresses.at(sample::span(sample::TEXT, needle).0).unwrap().of_plan("").to_string();
    assert_eq!(at("推进东坑"), "1.一 ¶1 句 2");
    assert_eq!(at("探索"), "1.二 ¶1 句 1");
    assert_eq!(at("森林"), "1.二 ¶3 句 1");
    assert_eq!(at("修好管网"), "1.一", "a heading is in no sentence");
}

#[test]
fn stops_inside_brackets_do_not_end_a_sentence() {
    let text: Vec<char> = "做甲（分两步。先一后二。）再做乙。然后说“好！”再做丙。".chars().collect();
    let found = paragraphs(&text, 0, &[]);
    let sentences: Vec<String> =
        found[0].sentences.iter().map(|s| text[s.span.start as usize..s.span.end as usize].iter().collect()).collect();
    assert_eq!(sentences, ["做甲（分两步。先一后二。）再做乙。", "然后说“好！”", "再做丙。"]);
}

proptest! {
    #[test]
    fn sentences_tile_their_paragraph_but_for_blanks(text in "[。！？（）《》\u{201c}\u{201d}\\n\\t 甲乙a]{0,60}") {
        let text: Vec<char> = text.chars().collect();
        for paragraph in paragraphs(&text, 7, &[]) {
            let mut at = paragraph.span.start;
            for sentence in &paragraph.sentences {
                let between = &text[(at - 7) as usize..(sentence.span.start - 7) as usize];
                prop_assert!(between.iter().all(|c| c.is_whitespace()));
                at = sentence.span.end;
            }
            prop_assert_eq!(at, paragraph.span.end);
            prop_assert!(!paragraph.sentences.is_empty());
        }
    }

    #[test]
    fn pieces_tile_their_span(marks in prop::collection::vec((0u32..30, 0u32..30), 0..6)) {
        let span = Span::new(5, 25);
        let cut = pieces(span, &marks);
        prop_assert_eq!(cut.first().unwrap().0.start, 5);
        prop_assert_eq!(cut.last().unwrap().0.end, 25);
        for pair in cut.windows(2) {
            prop_assert_eq!(pair[0].0.end, pair[1].0.start);
        }
        for (piece, covering) in &cut {
            for (index, mark) in marks.iter().enumerate() {
                let covers = mark.0 <= piece.start && piece.end <= mark.1;
                let touches = mark.0 < mark.1 && mark.0 < piece.end && piece.start < mark.1;
                prop_assert_eq!(covering.contains(&index), covers);
                prop_assert!(covers || !touches);
            }
        }
    }
}
