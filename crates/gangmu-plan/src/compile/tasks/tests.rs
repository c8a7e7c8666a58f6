use super::head::{Part, read};
use super::stance::{Stance, of_title};
use crate::compiled::Degree;

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// The verb, the object and the degree of a phrase.
fn head(text: &str) -> (String, String, Degree) {
    let text = chars(text);
    let head = read(&text);
    (text[head.verb.clone()].iter().collect(), text[head.object.clone()].iter().collect(), head.degree)
}

#[test]
fn modal_words_join_the_verb_they_govern() {
    assert_eq!(head("积极探索建立积分制度"), ("探索建立".into(), "积分制度".into(), Degree::Explore));
    assert_eq!(head("鼓励和支持社会力量参与"), ("鼓励和支持".into(), "社会力量参与".into(), Degree::Support));
    assert_eq!(head("推进改革试验"), ("推进".into(), "改革试验".into(), Degree::Advance));
}

#[test]
fn the_firmer_word_behind_an_advancing_verb_decides() {
    assert_eq!(head("推动南桥水厂尽快建成投产").2, Degree::Achieve);
    assert_eq!(head("支持企业建成研发中心").2, Degree::Support);
    assert_eq!(head("确保支持政策落地").2, Degree::Must);
}

#[test]
fn nouns_made_of_verbs_are_no_verbs() {
    assert_eq!(read(&chars("森林覆盖率和开发区数量")).part, Part::Bare);
    assert_eq!(head("加强基础研究").2, Degree::Advance);
    assert_eq!(head("研究制定收费办法").2, Degree::Explore);
}

#[test]
fn a_phrase_that_says_the_ground_is_a_setting() {
    assert_eq!(read(&chars("依托现有园区")).part, Part::Setting);
    assert_eq!(read(&chars("形成新的格局")).part, Part::Result);
    assert_eq!(read(&chars("到规划期末")).part, Part::Bare);
}

#[test]
fn a_heading_says_what_its_section_is() {
    assert_eq!(of_title("“十四五”时期主要成就"), Some(Stance::Background));
    assert_eq!(of_title("基本原则"), Some(Stance::Principle));
    assert_eq!(of_title("主要目标"), Some(Stance::Goal));
    assert_eq!(of_title("主要目标和重点任务"), Some(Stance::Work));
    assert_eq!(of_title("二〇三五年远景目标"), Some(Stance::Vision));
}

#[test]
fn a_heading_that_asks_for_work_is_no_review() {
    assert_eq!(of_title("优化营商环境"), None);
    assert_eq!(of_title("厚植产业优势"), None);
    assert_eq!(of_title("发展环境"), Some(Stance::Background));
    assert_eq!(of_title("着力推动创新，产业升级取得新进展"), Some(Stance::Background));
}
