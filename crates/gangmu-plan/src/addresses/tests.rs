use super::*;
use crate::sample;
use gangmu_kernel::{SourceText, source::SourceKind};
use proptest::prelude::*;

fn words(span: Span) -> String {
    sample::TEXT.chars().skip(span.start as usize).take(span.len() as usize).collect()
}

#[test]
fn an_address_names_a_sentence_and_a_sentence_its_address() {
    let plan = sample::plan();
    let addresses = Addresses::of(&plan);
    let resolve = |text: &str| addresses.resolve(&text.parse().unwrap()).map(words);
    assert_eq!(resolve("1.一 ¶1 句 2").as_deref(), Some("到2025年，污水集中收集率达到95%以上。"));
    assert_eq!(resolve("1.一 ¶2").as_deref(), Some("鼓励企业节水。"));
    assert_eq!(resolve("1.一 ¶3"), None);
    assert_eq!(resolve("2"), None);
    let at = |needle: &str| addresses.at(sample::span(sample::TEXT, needle).0).unwrap().of_plan("").to_string();
    assert_eq!(at("推进东坑"), "1.一 ¶1 句 3");
    assert_eq!(at("探索"), "1.二 ¶1 句 1");
    assert_eq!(at("森林"), "1.二 ¶3 句 1");
    assert_eq!(at("修好管网"), "1.一", "a heading is in no sentence");
}

#[test]
fn every_sentence_of_a_compiled_text_is_found_under_its_address() {
    let text = sample::TEXT.to_owned();
    let source = SourceText { text, kind: SourceKind::Txt, sha256: String::new(), blocks: vec![], tables: vec![] };
    let plan = crate::compile::compile(&source, &crate::compile::Names::default());
    let addresses = Addresses::of(&plan);
    assert!(plan.sentences.len() > 5);
    for sentence in &plan.sentences {
        let place = addresses.at(sentence.start).unwrap();
        assert_eq!(place.path, sentence.clause);
        assert_eq!(addresses.resolve(&place), Some(Span::new(sentence.start, sentence.end)), "{place:?}");
        let again = place.clone().of_plan("p").to_string().parse::<ClausePlace>().unwrap();
        assert_eq!(again, place, "it survives being written and read");
    }
}

#[test]
fn paragraphs_gather_their_sentences() {
    let plan = sample::plan();
    let own: Vec<_> = plan.sentences.iter().filter(|s| s.clause == "1.一").collect();
    let paragraphs = paragraphs(own);
    assert_eq!(paragraphs.iter().map(|p| (p.number, p.sentences.len())).collect::<Vec<_>>(), [(1, 4), (2, 1)]);
    assert_eq!(reference("1.一", &paragraphs, sample::span(sample::TEXT, "鼓励").0), "1.一 ¶2 句 1");
    assert_eq!(reference("1.一", &paragraphs, 0), "1.一");
}

proptest! {
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
