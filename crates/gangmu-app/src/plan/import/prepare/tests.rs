use super::*;

#[test]
fn a_five_year_plan_has_its_number_as_key() {
    assert_eq!(key_of("某区国民经济和社会发展第十四个五年规划纲要").as_deref(), Some("145"));
    assert_eq!(key_of("某区第十五个五年 规划").as_deref(), Some("155"));
    assert_eq!(key_of("某区“十四五”综合交通规划").as_deref(), Some("145"));
    assert_eq!(key_of("某区十四五规划").as_deref(), Some("145"));
    assert_eq!(key_of("某区水系规划"), None);
}
