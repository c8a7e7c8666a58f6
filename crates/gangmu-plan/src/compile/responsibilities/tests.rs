use super::parse::names;
use super::statement;

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

#[test]
fn a_name_with_and_is_one_where_its_left_side_is_no_body() {
    assert_eq!(names(&chars("区文化和旅游局、区工业和信息化局")), ["区文化和旅游局", "区工业和信息化局"]);
    assert_eq!(names(&chars("区民政局和区残联")), ["区民政局", "区残联"]);
}

#[test]
fn the_rest_of_a_list_names_nobody() {
    assert_eq!(names(&chars("区教育局、区财政局等部门")), ["区教育局", "区财政局"]);
    assert_eq!(names(&chars("人民银行等部门按职责分工")), ["人民银行"]);
}

#[test]
fn labels_deal_the_names_that_follow() {
    let said =
        statement(&chars("牵头单位：甲局；配合单位：乙局、丙局；完成时限：2027年6月底前")).expect("it names bodies");
    assert_eq!(said.lead, ["甲局"]);
    assert_eq!(said.support, ["乙局", "丙局"]);
    assert_eq!(said.deadline.as_deref(), Some("2027年6月底前"));
}

#[test]
fn what_a_measure_covers_is_no_body() {
    let said =
        statement(&chars("负责部门：甲部、乙总局；适用范围：全部试点，以下除标注外均同")).expect("it names bodies");
    assert_eq!(said.responsible, ["甲部", "乙总局"]);
    assert!(said.support.is_empty());
}

#[test]
fn the_first_named_leads_where_the_bracket_says_so() {
    let said = statement(&chars("甲局、乙局，各镇；列第一位者为牵头单位")).expect("it names bodies");
    assert_eq!(said.lead, ["甲局"]);
    assert_eq!(said.responsible, ["乙局", "各镇"]);
}

#[test]
fn a_bracket_without_a_role_says_nothing() {
    assert_eq!(statement(&chars("含桥涵和护坡")), Err("no_role"));
    assert_eq!(statement(&chars("相关费用由使用人自行负责")), Err("names_of_no_body"));
}
