use super::*;
use crate::compile::{Names, compile};
use crate::sample::source;

const OTHER: &str = "第一章　发展目标\n\
    到2030年，污水处理率达到98%。2028年前完成老旧管网改造。\n\
    专栏1　主要指标\n\
    指标\t2025年\t2030年\t属性\n\
    森林覆盖率（%）\t40\t42\t约束性\n\
    每千人口床位数（张）\t6\t7\t预期性\n\
    第二章　养老服务\n\
    一、办好长者饭堂\n每个村居开设长者饭堂，为独居老人送餐上门，给予经营补贴，引导社会力量参与运营管理，让老人就近吃上热饭。\n\
    第三章　停车治理\n\
    一、盘活停车位\n开放机关单位停车场，新建立体停车楼，错时共享商业停车位，推行电子收费，规范路边临时停放秩序，方便群众停车。推动各县同步更换老化的道闸和井盖。\n";

fn aligned(ours: &str, other: &str) -> Alignment {
    let plans = (compile(&source(ours), &Names::default()), compile(&source(other), &Names::default()));
    align(Version { text: ours, plan: &plans.0 }, Version { text: other, plan: &plans.1 })
}

fn kinds(found: &Alignment) -> Vec<ConflictKind> {
    found.conflicts.iter().map(|c| c.kind).collect()
}

#[test]
fn a_plan_agrees_with_itself() {
    assert_eq!(kinds(&aligned(OTHER, OTHER)), []);
}

#[test]
fn another_target_unit_base_or_year_is_told_with_both_values() {
    let one = |ours: &str| {
        let found = aligned(ours, OTHER);
        let [conflict] = found.conflicts.as_slice() else { panic!("one conflict: {:?}", found.conflicts) };
        (conflict.kind, conflict.fields["ours"].clone(), conflict.fields["other"].clone())
    };
    let told = |kind, ours: &str, other: &str| (kind, ours.to_owned(), other.to_owned());
    assert_eq!(one(&OTHER.replace("40\t42", "40\t45")), told(ConflictKind::Target, "45", "42"));
    assert_eq!(one(&OTHER.replace("40\t42", "38\t42")), told(ConflictKind::Baseline, "38（2025）", "40（2025）"));
    assert_eq!(one(&OTHER.replace("床位数（张）", "床位数（个）")), told(ConflictKind::Unit, "个", "张"));
    assert_eq!(one(&OTHER.replace("到2030年", "到2032年")).0, ConflictKind::Period);
    assert_eq!(one(&OTHER.replace("2028年前", "2029年前")), told(ConflictKind::Sequence, "2029", "2028"));
}

#[test]
fn what_ours_does_not_have_is_told() {
    let without = OTHER.replace("森林覆盖率（%）\t40\t42\t约束性\n", "");
    assert_eq!(kinds(&aligned(&without, OTHER)), [ConflictKind::MissingBinding]);
    let without = OTHER.replace("推动各县同步更换老化的道闸和井盖。", "");
    assert_eq!(kinds(&aligned(&without, OTHER)), [ConflictKind::UntakenTask]);
    // The other way round nothing is asked for.
    assert_eq!(kinds(&aligned(OTHER, &without)), []);
}

#[test]
fn clauses_on_the_same_matter_are_paired_with_their_shared_words() {
    let ours = "第一章　民生\n\
        一、关爱老人\n推进长者饭堂建设，向高龄独居老人送餐，鼓励餐饮企业和社会力量参与运营，每年评出十佳饭堂，让老人吃得满意。\n\
        二、修建乡道\n改造乡村公路，加装护栏和路灯，完善农村客运班线，配齐公路养护站点和养护人员，让村民出行更加安全便捷。\n";
    let found = aligned(ours, OTHER);
    let pairs: Vec<_> = found.pairs.iter().map(|p| (p.a.clause.as_str(), p.b.clause.as_str())).collect();
    assert_eq!(pairs, [("1.一", "2.一")]);
    assert!(found.pairs[0].reason.contains("长者饭堂"), "{}", found.pairs[0].reason);
    assert!(found.pairs[0].score > Decimal::ZERO);
}
