use super::items::{Judgement, judge};
use super::region;

/// The names that a phrase makes projects, or the sign that turned the phrase away.
fn projects(phrase: &str) -> Result<Vec<String>, &'static str> {
    let text: Vec<char> = phrase.chars().collect();
    let region = region::read(&text)?;
    Ok(judge(&text, &region)
        .into_iter()
        .filter(|(_, j)| matches!(j, Judgement::Project { .. }))
        .map(|(item, _)| text[item].iter().collect())
        .collect())
}

#[test]
fn a_list_behind_a_verb_of_building_is_a_list_of_projects() {
    assert_eq!(
        projects("规划建设南桥水厂、北岭泵站和东门幼儿园"),
        Ok(vec!["南桥水厂".into(), "北岭泵站".into(), "东门幼儿园".into()])
    );
}

#[test]
fn the_name_stands_behind_its_relative_clause() {
    assert_eq!(projects("搭建面向中小商户的信用服务平台"), Ok(vec!["信用服务平台".into()]));
}

#[test]
fn a_verb_inside_a_name_builds_nothing() {
    assert_eq!(projects("推进新兴建材项目建设"), Ok(vec!["新兴建材项目".into()]));
    assert_eq!(projects("推进南堤扩建改造工程"), Ok(vec!["南堤扩建改造工程".into()]));
}

#[test]
fn the_class_is_the_thing_where_the_list_only_gives_examples() {
    assert_eq!(projects("加快建设“甲通”“乙通”等数据服务平台"), Ok(vec!["数据服务平台".into()]));
}

#[test]
fn what_carries_the_work_exists_already() {
    assert_eq!(projects("依托东湖科技园"), Err("names_what_exists"));
    assert_eq!(projects("依托东湖科技园谋划建设软件学院"), Ok(vec!["软件学院".into()]));
}

#[test]
fn slogans_ranks_and_crowds_are_no_projects() {
    assert_eq!(projects("打造国际交往中心"), Ok(vec![]));
    assert_eq!(projects("打造全省领先的产业高地"), Ok(vec![]));
    assert_eq!(projects("建设一批口袋公园"), Ok(vec![]));
    assert_eq!(projects("共建“一带一路”"), Ok(vec![]));
}

#[test]
fn what_others_build_is_not_the_plans_own() {
    assert_eq!(projects("支持民营企业建设仓储基地"), Err("built_by_others"));
}

#[test]
fn things_made_into_something_are_renewed_where_they_are_several() {
    assert_eq!(projects("着力将东门旧址、南门旧址打造成为文化场馆"), Ok(vec!["东门旧址".into(), "南门旧址".into()]));
    assert_eq!(projects("把全区建设成为文化名城"), Err("moves_or_counts"));
}
