use super::*;

fn lead(cell: &str) -> Vec<String> {
    read(cell, Role::Lead).lead
}

#[test]
fn names_are_parted_at_every_mark_people_use() {
    for cell in [
        "区教育局、区财政局、各镇（街）",
        "区教育局，区财政局，各镇（街）",
        "区教育局；区财政局；各镇（街）",
        "区教育局 区财政局 各镇（街）",
        "区教育局\n区财政局\n各镇（街）",
        "区教育局区财政局各镇（街）",
        "区教育局/区财政局/各镇（街）",
        "区教育局,区财政局,各镇(街)",
    ] {
        assert_eq!(lead(cell), ["区教育局", "区财政局", "各镇（街）"], "{cell}");
    }
    assert_eq!(lead("区残联区妇联"), ["区残联", "区妇联"]);
    assert_eq!(lead("区 教 育 局"), ["区教育局"]);
    assert_eq!(lead("区住房和城\n乡建设局、区水务局"), ["区住房和城乡建设局", "区水务局"]);
    assert_eq!(lead("市公安局区分局"), ["市公安局区分局"]);
    assert_eq!(lead("区教育局和区财政局"), ["区教育局", "区财政局"]);
    assert_eq!(lead("—"), Vec::<String>::new());
}

#[test]
fn a_cell_may_say_itself_who_leads() {
    let said = read("市发展改革局牵头，市财政局、各镇（街）配合", Role::Responsible);
    assert_eq!(said.lead, ["市发展改革局"]);
    assert_eq!(said.support, ["市财政局", "各镇（街）"]);
    assert!(said.responsible.is_empty());
    let said = read("牵头单位：区水务局\n配合单位：区城管局、区住建局", Role::Responsible);
    assert_eq!(said.lead, ["区水务局"]);
    assert_eq!(said.support, ["区城管局", "区住建局"]);
    let said = read("区城管局会同区水务局、区住建局", Role::Responsible);
    assert_eq!((said.lead.len(), said.support.len()), (1, 2), "{said:?}");
    let said = read("牵头：区水务局 责任：区城管局、区住建局", Role::Responsible);
    assert_eq!(said.lead, ["区水务局"], "{said:?}");
    assert_eq!(said.responsible, ["区城管局", "区住建局"], "{said:?}");
    let said = read("区水务局（牵头）、区城管局", Role::Responsible);
    assert_eq!((said.lead, said.support), (vec!["区水务局".to_owned()], vec!["区城管局".to_owned()]));
    let said = read("区水务局、区城管局", Role::Responsible);
    assert_eq!(said.responsible, ["区水务局", "区城管局"]);
    let said = read("区水务局、区城管局按职责分工负责", Role::Lead);
    assert_eq!(said.lead, ["区水务局", "区城管局"]);
    let said = read("区财政局、区审计局等有关部门", Role::Support);
    assert_eq!(said.support, ["区财政局", "区审计局"]);
}

#[test]
fn short_and_full_names_mean_the_same_unit() {
    for (a, b) in [
        ("区发改局", "区发展和改革局"),
        ("发改局", "区发展改革局"),
        ("区人社局", "区人力资源和社会保障局"),
        ("区文广旅体局", "区文化广电旅游体育局"),
        ("区市场监管局", "区市场监督管理局"),
        ("区住建局", "区住房城乡建设局"),
    ] {
        assert!(same_unit(a, b), "{a} {b}");
        assert!(same_unit(b, a), "{b} {a}");
    }
    for (a, b) in [
        ("区教育局", "区财政局"),
        ("市教育局", "区教育局"),
        ("区民政局", "区城管局"),
        ("区交通运输局", "区政务服务局"),
        ("区委宣传部", "区委组织部"),
        ("区统计局", "区审计局"),
    ] {
        assert!(!same_unit(a, b), "{a} {b}");
    }
}
