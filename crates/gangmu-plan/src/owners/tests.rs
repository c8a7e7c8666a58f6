//! Advice on a handful of invented departments.

use super::*;

fn department(key: &str, names: &[&str], functions: &str) -> Department {
    Department {
        key: key.to_owned(),
        names: names.iter().map(|n| (*n).to_owned()).collect(),
        functions: functions.to_owned(),
    }
}

fn house() -> Vec<Department> {
    vec![
        department("water", &["区水务局"], "水资源管理，防洪排涝，河湖长制，污水处理设施，供水和节约用水，水土保持"),
        department("health", &["区卫生健康局"], "医疗卫生服务，疾病预防控制，基层卫生和妇幼健康，医院建设管理"),
        department("education", &["区教育局"], "学前教育，义务教育和高中教育，教师队伍，学校建设"),
        department("transport", &["区交通运输局"], "公路和农村公路，公共交通，道路运输，港口"),
        department("mute", &["区某局"], ""),
    ]
}

fn decided(text: &str, lead: &str) -> Precedent {
    Precedent { text: text.to_owned(), lead: vec![lead.to_owned()], support: Vec::new() }
}

fn ask<'t>(text: &'t str) -> Question<'t> {
    Question { text, around: "" }
}

#[test]
fn the_department_whose_functions_say_it_comes_first_with_the_words_that_speak_for_it() {
    let advice = Advisor::of(&house(), []).advise(ask("新建污水处理设施三座，完善防洪排涝体系"));
    let first = advice.first().expect("a suggestion");
    assert_eq!(first.department, "water");
    assert!(first.confidence >= Decimal::new(80, 2), "{}", first.confidence);
    let words: Vec<&str> = first.words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(words, ["污水处理设施", "防洪排涝"]);
    assert!(first.words.iter().all(|word| word.own && word.decisions == 0));
}

#[test]
fn what_no_department_knows_is_met_with_silence() {
    let advice = Advisor::of(&house(), []).advise(ask("培育低空经济"));
    assert_eq!((advice.ranked.len(), advice.silence), (0, Some(Silence::NoWords)));
    assert_eq!(advice.first(), None);
}

#[test]
fn where_nothing_is_known_nothing_is_said() {
    let advice = Advisor::of(&[], []).advise(ask("培育低空经济"));
    assert_eq!(advice.silence, Some(Silence::NothingKnown));
}

#[test]
fn a_single_shared_word_of_everyday_work_is_no_reason() {
    let advice = Advisor::of(&house(), []).advise(ask("加强队伍建设"));
    assert_eq!(advice.silence, Some(Silence::Undecided), "{advice:?}");
    assert!(!advice.ranked.is_empty(), "what little speaks for somebody is shown all the same");
}

#[test]
fn two_departments_that_are_equally_near_are_both_named_and_neither_is_suggested() {
    let advice = Advisor::of(&house(), []).advise(ask("推进医院建设管理和学校建设、义务教育"));
    let named: Vec<&str> = advice.ranked.iter().map(|s| s.department.as_str()).collect();
    assert!(named.contains(&"health") && named.contains(&"education"), "{advice:?}");
}

#[test]
fn decisions_teach_what_no_text_of_functions_says() {
    let taught: Vec<Precedent> =
        ["培育低空经济产业", "建设低空飞行起降场", "开通低空物流航线"].map(|text| decided(text, "transport")).into();
    let advice = Advisor::of(&house(), &taught).advise(ask("发展低空经济"));
    let word = advice.ranked.first().and_then(|first| first.words.first()).expect("a word");
    assert_eq!(advice.ranked[0].department, "transport");
    assert_eq!((word.text.as_str(), word.own, word.decisions), ("低空经济", false, 1));
}

#[test]
fn a_decision_for_a_unit_that_is_no_department_teaches_nothing() {
    let taught = [decided("培育低空经济产业", "elsewhere")];
    assert_eq!(Advisor::of(&house(), &taught).advise(ask("发展低空经济")).silence, Some(Silence::NoWords));
}

#[test]
fn headings_around_a_short_commitment_help_it() {
    let advisor = Advisor::of(&house(), []);
    let alone = advisor.advise(ask("完善设施"));
    let within = advisor.advise(Question { text: "完善设施", around: "第三节 供水和节约用水" });
    assert_eq!(alone.first(), None);
    assert_eq!(within.first().map(|s| s.department.as_str()), Some("water"));
}

#[test]
fn the_same_question_has_the_same_answer_in_whatever_order_decisions_were_learned() {
    let mut taught: Vec<Precedent> = ["整治河涌", "建设医院", "新建学校", "改造公路"]
        .into_iter()
        .zip(["water", "health", "education", "transport"])
        .map(|(text, lead)| decided(text, lead))
        .collect();
    let one = Advisor::of(&house(), &taught).advise(ask("整治河涌，改造公路桥梁"));
    taught.reverse();
    assert_eq!(one, Advisor::of(&house(), &taught).advise(ask("整治河涌，改造公路桥梁")));
}
