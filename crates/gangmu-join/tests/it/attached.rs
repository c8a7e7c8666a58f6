//! Rows become proposed owners, and what is doubtful becomes a doubt.

use crate::made::{Fixture, document, outline};
use gangmu_join::{Attached, FileKind, Joined, Role, attach, join, join_as, sort};
use gangmu_plan::{
    compile::Names,
    compiled::{Notice, NoticeKind},
    proposal::{OwnerRule, Proposal, propose},
};
use std::collections::HashMap;

const HEAD: &str = "#! xlsx\n## 分工\n序号|任务名称|主办单位|协办单位|时间节点\n";

fn attached(rows: &str) -> (Joined, Vec<Proposal>, Vec<Attached>, Vec<Notice>) {
    let (outline, fixture) = (outline(), Fixture::parse("分工", &format!("{HEAD}{rows}")));
    let joined = join(&outline, &[document(&fixture.name, &fixture.bytes())], &Names::default());
    let mut proposals = propose(&outline.plan);
    let spans: HashMap<_, _> = outline.plan.clauses.iter().map(|c| (c.path.clone(), (c.start, c.end))).collect();
    let (rows, doubts) = attach(&joined.rows, &joined.conflicts, &spans, &mut proposals);
    (joined, proposals, rows, doubts)
}

fn of_clause<'p>(proposals: &'p [Proposal], path: &str) -> Vec<&'p Proposal> {
    let found: Vec<_> = proposals.iter().filter(|p| p.path == path).collect();
    assert!(!found.is_empty(), "{path} promises something");
    found
}

#[test]
fn a_row_gives_its_units_its_place_and_no_more_confidence_than_it_has() {
    let row = "1|推进中央厨房、冷链仓储和柑橘深加工，打造临江味道公用品牌|区农业农村局|区商务局|2028年\n";
    let (joined, proposals, rows, doubts) = attached(row);
    let found = of_clause(&proposals, "2.1.三");
    assert!(found.iter().all(|p| p.form.owners.lead == ["区农业农村局"] && p.form.owners.support == ["区商务局"]));
    let place = found[0].form.owners.row.clone().expect("it names its row");
    assert_eq!((place.sheet.as_deref(), place.row), (Some("分工"), 2));
    assert!(found.iter().any(|p| p.form.owners.rule == Some(OwnerRule::Row)));
    assert!(found.iter().all(|p| p.origin.confidence <= joined.rows[0].confidence));
    assert!(found.iter().all(|p| p.form.deadline.is_some()));
    assert_eq!((rows[0].proposals.len(), doubts), (found.len(), Vec::new()));
    let others = proposals.iter().filter(|p| p.path != "2.1.三" && p.form.owners.row.is_some());
    assert_eq!(others.count(), 0, "no other clause was touched");
}

#[test]
fn what_the_text_says_itself_stays_and_another_lead_is_a_doubt() {
    let row = "1|依托临江港区建设船舶与海工装备产业园，引进总装、配套企业各3家以上|区投资促进局||2030年\n";
    let (joined, proposals, rows, doubts) = attached(row);
    assert!(of_clause(&proposals, "2.1.一").iter().all(|p| p.form.owners.row.is_none()));
    assert_eq!((joined.conflicts.len(), rows[0].proposals.len()), (1, 0));
    assert_eq!(doubts.iter().map(|d| d.kind).collect::<Vec<_>>(), [NoticeKind::Contradiction]);
    assert!(doubts[0].message.contains("区工业和信息化局") && doubts[0].message.contains("区投资促进局"));
}

#[test]
fn an_open_clause_gives_nothing_away_and_a_deadline_outside_of_the_plan_is_not_taken() {
    let rows = "1|开展火星移民基地选址|区科技局||2030年\n\
        2|粮食储备规模保持3.5万吨，建设应急保障中心粮库|区发展改革局|区财政局|2024年底前\n";
    let (_, proposals, rows, doubts) = attached(rows);
    assert_eq!(rows[0].proposals, Vec::<usize>::new());
    assert!(proposals.iter().all(|p| p.form.owners.lead != ["区科技局"]));
    let grain = of_clause(&proposals, "8.三");
    assert!(grain.iter().any(|p| p.form.owners.lead == ["区发展改革局"]));
    assert!(grain.iter().all(|p| p.form.deadline.as_deref() != Some("2024-12-31")));
    assert_eq!(doubts.len(), 1);
    assert!(doubts[0].message.contains("早于规划期") && doubts[0].fields["place"].contains("第3行"), "{doubts:?}");
}

#[test]
fn a_folder_is_sorted_and_a_person_may_say_otherwise() {
    let rows = "1|推进中央厨房、冷链仓储和柑橘深加工|区农业农村局|区商务局|2028年\n";
    let fixture = Fixture::parse("分工", &format!("{HEAD}{rows}"));
    let division = document(&fixture.name, &fixture.bytes());
    let other = document("省.txt", include_str!("../../../../packs/huadu/plan/outline.txt").as_bytes());
    let files = [division.clone(), outline(), document("杂.txt", "周五开会。\n".as_bytes()), other];
    let roles: Vec<Role> = sort(&files).iter().map(|s| s.role).collect();
    assert_eq!((roles[0], roles[2]), (Role::Assignments, Role::Unknown));
    // Two plans: the longer one is taken for the outline, and a person is shown both.
    assert_eq!([roles[1], roles[3]].iter().filter(|r| **r == Role::Outline).count(), 1);
    assert_eq!([roles[1], roles[3]].iter().filter(|r| **r == Role::Plan).count(), 1);
    let as_annex = join_as(&outline(), &[(&division, Some(FileKind::Annex))], &Names::default());
    assert_eq!((as_annex.files[0].kind, as_annex.rows.len()), (FileKind::Annex, 0), "it is read as what was said");
    let short = document("短.txt", "短纲要\n\n第一章 目标\n\n建成两座桥。\n\n第二章 任务\n\n修好三条路。\n".as_bytes());
    let note = document(
        "杂.txt",
        "各科室周五前报名，名额有限，报满为止，过时不候，请互相转告，谢谢大家的支持与配合。\n".as_bytes(),
    );
    assert_eq!(sort(&[note, short]).iter().map(|s| s.role).collect::<Vec<_>>(), [Role::Unknown, Role::Outline]);
    for role in Role::CHOICES {
        assert_eq!(Role::of_word(role.word()), Some(role));
    }
}
