use super::*;

#[test]
fn a_changed_figure_and_other_signs_leave_the_wording_alike() {
    let rarity = Rarity::of(["到2025年，建成停车场５０座。", "推进社区食堂建设"]);
    let (one, other) = (rarity.wording("到2025年，建成停车场５０座。"), rarity.wording("到 2030 年建成停车场120座"));
    assert!((one.likeness(&other) - 1.0).abs() < 1e-6);
    assert!(one.likeness(&rarity.wording("推进社区食堂建设")) < 0.1);
}

#[test]
fn a_piece_is_held_by_the_whole_and_not_the_other_way_round() {
    let rarity = Rarity::of(["完善社区养老服务网络，建设街道综合养老服务中心"]);
    let whole = rarity.wording("完善社区养老服务网络，建设街道综合养老服务中心");
    let piece = rarity.wording("建设街道综合养老服务中心");
    assert!((piece.share_in(&whole) - 1.0).abs() < 1e-6);
    assert!(whole.share_in(&piece) < 0.7);
    let near = Index::of([&piece]).near(&whole);
    assert_eq!(near.len(), 1);
    assert!((near[0].holds - 1.0).abs() < 1e-6 && (near[0].held - whole.share_in(&piece)).abs() < 1e-6);
}

#[test]
fn rare_words_weigh_more_than_what_every_sentence_says() {
    let texts = ["推进城市更新", "推进产业升级", "推进文化建设", "推进白云水库"];
    let rarity = Rarity::of(texts);
    let asked = rarity.wording("推进白云水库");
    let same_verb = asked.likeness(&rarity.wording("推进文化建设"));
    let same_name = asked.likeness(&rarity.wording("整治白云水库"));
    assert!(same_name > 2.0 * same_verb, "{same_name} {same_verb}");
}

#[test]
fn shared_words_are_the_longest_and_rarest() {
    let (one, other) = ("推进社区居家养老服务，建设长者饭堂", "完善居家养老服务，推进长者饭堂普惠运营");
    let rarity = Rarity::of([one, other, "推进城市更新", "推进道路建设"]);
    assert_eq!(rarity.shared(one, other, 2), ["居家养老服务", "长者饭堂"]);
    assert!(rarity.shared("2025年", "2025年", 3).is_empty());
}

#[test]
fn nothing_is_like_nothing() {
    let rarity = Rarity::of(["——"]);
    let nothing = rarity.wording("，。——");
    assert!(nothing.is_empty());
    assert_eq!(nothing.likeness(&nothing), 0.0);
    assert!(Index::of([&nothing]).near(&nothing).is_empty());
}
