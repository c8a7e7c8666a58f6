use super::*;
use proptest::prelude::*;

#[test]
fn a_reference_is_written_as_people_write_it() {
    let place: ClausePlace = "12.3.一 ¶1 句 2".parse().unwrap();
    let reference = place.of_plan("145");
    assert_eq!(reference.plan, "145");
    assert_eq!((reference.paragraph, reference.sentence), (Some(1), Some(2)));
    assert_eq!(reference.to_string(), "12.3.一 ¶1 句 2");
    assert_eq!(ClauseRef::clause("145", "1.4").to_string(), "1.4");
}

#[test]
fn blanks_around_the_marks_do_not_matter() {
    assert_eq!("1.4¶2句3".parse::<ClausePlace>(), "1.4 ¶ 2 句 3".parse());
}

#[test]
fn a_sentence_without_its_paragraph_is_no_reference() {
    for text in ["", "  ", "12.3 句 2", "12.3 ¶x", "12.3 ¶", "¶1", "12 .3", "1.4 ¶1 句"] {
        assert_eq!(text.parse::<ClausePlace>(), Err(BadClauseRef(text.to_owned())), "{text:?}");
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(path in "[0-9一二三四（）.]{1,8}", paragraph in proptest::option::of(1_u32..99), sentence in proptest::option::of(1_u32..99)) {
        let reference = ClauseRef { plan: "145".into(), path, paragraph, sentence: sentence.filter(|_| paragraph.is_some()) };
        let place: ClausePlace = reference.to_string().parse().unwrap();
        prop_assert_eq!(place.of_plan("145"), reference);
    }

    #[test]
    fn any_text_is_answered(text in ".{0,30}") {
        let _ = text.parse::<ClausePlace>();
    }
}
