use super::*;

#[test]
fn a_text_is_cut_into_words_and_characters_each_once() {
    let words = of("加快５Ｇ基站建设，提高Ａ级覆盖率6.5%");
    let words: Vec<_> = words.split(' ').collect();
    for word in ["5g", "基站", "建设", "覆盖率", "6", "率"] {
        assert!(words.contains(&word), "{word} in {words:?}");
    }
    let mut once = words.clone();
    once.dedup();
    assert_eq!(once, words);
    assert!(words.iter().all(|w| w.chars().all(char::is_alphanumeric)));
}

#[test]
fn a_query_of_two_characters_is_one_word() {
    assert_eq!(of_query("井盖"), ["井盖"]);
    assert!(of("修好井盖破损处").split(' ').any(|w| w == "井盖"));
}

#[test]
fn hits_are_marked_where_they_stand_and_joined_where_they_touch() {
    let text = "东坑泵站改造：改造泵站";
    assert_eq!(hits(text, &["泵站".into(), "改造".into()]), [(2, 6), (7, 11)]);
    assert_eq!(hits("５Ｇ基站", &["5g".into()]), [(0, 2)]);
    assert_eq!(hits("无", &[]), []);
}

#[test]
fn nothing_but_signs_gives_no_words() {
    assert_eq!(of("，。（）"), "");
    assert_eq!(of_query("！？"), Vec::<String>::new());
}
