use super::*;
use crate::sample;

fn line(p: &Proposal) -> String {
    let owners = match p.form.owners.rule {
        Some(rule) => {
            format!("{}+{} ({})", p.form.owners.lead.join("、"), p.form.owners.support.join("、"), rule.word())
        }
        None => "nobody".into(),
    };
    let degree = p.form.degree.map_or("-", crate::register::degree_word);
    format!("{} {} {} {degree} {owners} {}", p.path, p.form.kind, p.form.text, p.certainty().word())
}

#[test]
fn a_plan_becomes_one_list_in_text_order_with_owners_and_degrees() {
    let lines: Vec<_> = propose(&sample::plan()).iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    1.一 target 污水集中收集率 - 水务局+住建局 (next_bracket) sure
    1.一 task 推进东坑泵站改造 advance 水务局+住建局 (next_bracket) sure
    1.一 project 东坑泵站改造 advance 水务局+住建局 (next_bracket) sure
    1.一 task 鼓励企业节水 support nobody likely
    1.二 task 探索建立巡河考核机制 explore 河长办+ (heading) unsure
    1.二 mechanism 巡河考核机制 explore 河长办+ (heading) likely
    1.二 indicator 森林覆盖率 - nobody sure
    ");
}

#[test]
fn a_bracket_answers_for_what_stands_before_it_in_its_clause_only() {
    let proposals = propose(&sample::plan());
    let after = proposals.iter().find(|p| p.form.text == "鼓励企业节水").unwrap();
    assert_eq!(after.form.owners, Owners::default());
    let before = proposals.iter().find(|p| p.form.kind == CommitmentKind::Target).unwrap();
    assert_eq!(before.form.owners.rule, Some(OwnerRule::NextBracket));
    assert_eq!(before.form.owners.span, Some(sample::span(sample::TEXT, "（牵头单位：水务局；配合单位：住建局）")));
}

#[test]
fn a_target_that_an_indicator_states_is_not_proposed_twice() {
    let mut plan = sample::plan();
    let row = plan.indicators[0].clone();
    let mut target = plan.targets[0].clone();
    (target.start, target.end, target.clause) = (row.start + 8, row.end, row.clause.clone());
    target.value = row.target.value;
    plan.targets.push(target.clone());
    let targets = |plan: &_| propose(plan).iter().filter(|p| p.form.kind == CommitmentKind::Target).count();
    assert_eq!(targets(&plan), 1);
    plan.targets.last_mut().unwrap().value = Some(Decimal::from(50));
    assert_eq!(targets(&plan), 2, "another figure at the same place is not swallowed");
}

#[test]
fn a_doubt_is_told_at_every_proposal_that_it_touches() {
    let touched: Vec<_> = propose(&sample::plan()).into_iter().filter(|p| !p.doubts.is_empty()).collect();
    let words: Vec<_> = touched.iter().map(|p| p.form.text.as_str()).collect();
    assert_eq!(words, ["探索建立巡河考核机制", "巡河考核机制"]);
}

#[test]
fn certainty_has_the_limits_of_the_design() {
    let word = |hundredths| Certainty::of(Decimal::new(hundredths, 2)).word();
    assert_eq!(
        [word(95), word(94), word(80), word(79), word(0), word(100)],
        ["sure", "likely", "likely", "unsure", "unsure", "sure"]
    );
}

#[test]
fn an_empty_plan_proposes_nothing() {
    let mut plan = sample::plan();
    plan.targets.clear();
    plan.indicators.clear();
    plan.tasks.clear();
    plan.projects.clear();
    plan.mechanisms.clear();
    assert_eq!(propose(&plan), []);
}
