//! Indicators: from an approved plan into the catalogue, and how their definitions change.

use gangmu_app::{
    App, Failure, Session,
    indicators::{
        Choice, Draft, adopt, define, list, preview, revise, show,
        views::{AdoptView, CatalogueFilter, IndicatorView},
    },
    plan::{
        approve::approve,
        decide::{Desk, decide},
        import::{Upload, UploadedFile, import},
        read::{Reading, read},
        register::register,
        views::RegisterFilter,
    },
};
use gangmu_indicators::{
    definition::Definition,
    measure::{LegalKind, Measure},
};
use gangmu_plan::review::Command;
use gangmu_testkit::{TestDistrict, each_database};

/// A small plan with a table of indicators, in words of our own.
pub(crate) const PLAN: &str = "示例市国民经济和社会发展第十四个五年规划纲要\n\
    \n\
    第一章　主要目标\n\
    \n\
    一、发展目标\n\
    \n\
    到2025年，全市经济社会发展达到以下指标。（牵头单位：区发展改革局）\n\
    \n\
    专栏1　“十四五”时期主要指标\n\
    类别\t指标\t单位\t2020年\t2025年\t年均/累计\t属性\n\
    经济发展\t1.地区生产总值\t亿元\t1000.5\t1500\t—\t预期性\n\
    经济发展\t2.固定资产投资\t%\t—\t—\t8\t预期性\n\
    绿色生态\t3.单位地区生产总值能源消耗降低\t%\t—\t—\t控制在市下达的目标范围之内\t约束性\n\
    绿色生态\t4.垃圾回收利用率\t%\t38\t45\t—\t约束性\n\
    \n\
    第二章　主要任务\n\
    \n\
    一、管好水\n\
    \n\
    加快推进东坑泵站改造工程。（牵头单位：区水务局）\n";

fn codes(failure: &Failure) -> Vec<&'static str> {
    failure.reasons().map(|r| r.as_slice().iter().map(|r| r.code).collect()).unwrap_or_default()
}

pub(crate) async fn imported(app: &App, session: &Session, name: &str, text: &str, plan: &str) {
    let files = vec![UploadedFile { name: name.into(), bytes: text.as_bytes().to_vec() }];
    let done = import(app, session, Upload { files, plan: Some(plan.into()), ..Upload::default() }).await.unwrap();
    assert_eq!(done.step, "done", "{done:?}");
}

/// Imports the plan, accepts all of it, and has another person approve it.
pub(crate) async fn approved(district: &TestDistrict, name: &str, text: &str, plan: &str) {
    let (app, planner) = (&district.app, district.planner());
    imported(app, &planner, name, text, plan).await;
    loop {
        let filter = RegisterFilter { standing: Some("proposed".into()), ..RegisterFilter::default() };
        let page = register(app, &planner, plan, filter).await.unwrap();
        if page.rows.is_empty() {
            break;
        }
        for row in page.rows {
            let desk = Desk { plan: plan.into(), edition: None, seen: None };
            decide(app, &planner, desk, Command::Accept { number: row.commitment.number }).await.unwrap();
        }
    }
    approve(app, &district.reviewer(), plan, None).await.unwrap();
}

fn all(view: &AdoptView) -> Vec<Choice> {
    view.rows.iter().map(|row| Choice { number: row.number, measure: None }).collect()
}

async fn named(app: &App, session: &Session, name: &str) -> IndicatorView {
    let filter = CatalogueFilter { q: Some(name.into()), ..CatalogueFilter::default() };
    let found = list(app, session, filter, None).await.unwrap();
    let row = found.rows.iter().min_by_key(|row| row.definition.name.chars().count());
    show(app, session, &row.expect("an indicator of that name").id.to_string()).await.unwrap()
}

#[test]
fn the_indicators_of_an_approved_plan_become_definitions_with_their_targets() {
    each_database(async |district| {
        let (app, planner) = (&district.app, district.planner());
        imported(app, &planner, "纲要.txt", PLAN, "145").await;
        let early = adopt(app, &planner, "145", None, Vec::new()).await.unwrap_err();
        assert_eq!(codes(&early), ["indicators-adopt-not-approved", "indicators-adopt-nothing"]);
        approved(&district, "纲要二稿.txt", &PLAN.replace("东坑", "西坑"), "145").await;
        let seen = preview(app, &planner, "145", None).await.unwrap();
        let names: Vec<_> = seen.rows.iter().map(|row| row.definition.name.as_str()).collect();
        assert_eq!(names, ["地区生产总值", "固定资产投资", "单位地区生产总值能源消耗降低", "垃圾回收利用率"]);
        assert!(seen.adopt.allowed && seen.ready == 4 && seen.rows.iter().all(|row| row.standing == "new"));
        let choice = |at: usize, measure| Choice { number: seen.rows[at].number, measure };
        let chosen =
            vec![choice(0, None), choice(1, None), choice(2, Some(Some(Measure::CumulativeChange))), choice(3, None)];
        assert_eq!(adopt(app, &planner, "145", None, chosen).await.unwrap(), 4);
        let gdp = named(app, &planner, "地区生产总值").await;
        assert_eq!(gdp.definition.unit.as_deref(), Some("亿元"));
        assert_eq!(
            (gdp.definition.legal, gdp.definition.measure),
            (Some(LegalKind::Anticipatory), Some(Measure::Flow))
        );
        assert_eq!(gdp.definition.category, "经济发展");
        let target = gdp.target.expect("the plan names a target");
        assert_eq!((target.comparator, target.value.as_str(), target.period.as_str()), ("≥", "1500", "2025"));
        assert_eq!(target.baseline.as_deref(), Some("1000.5"));
        assert_eq!(target.decided_by.as_deref(), Some("沈*"), "who approved the plan has confirmed its targets");
        assert_eq!(gdp.origins.len(), 1);
        let investment = named(app, &planner, "固定资产投资").await;
        assert_eq!(investment.definition.measure, Some(Measure::AverageGrowth));
        assert_eq!(investment.target.map(|t| (t.basis, t.value)), Some(("average_growth", "8".to_owned())));
        let energy = named(app, &planner, "能源消耗").await;
        assert!(energy.target.is_some_and(|t| t.open), "what a higher level sets later is an open question");
    });
}

#[test]
fn taking_over_again_changes_nothing_and_the_next_plan_adds_to_the_same_indicator() {
    each_database(async |district| {
        let (app, planner) = (&district.app, district.planner());
        approved(&district, "纲要.txt", PLAN, "145").await;
        let seen = preview(app, &planner, "145", None).await.unwrap();
        adopt(app, &planner, "145", None, all(&seen)).await.unwrap();
        let entries = district.entries().await.len();
        let again = preview(app, &planner, "145", None).await.unwrap();
        assert!(again.ready == 0 && again.rows.iter().all(|row| row.standing == "adopted"));
        assert_eq!(adopt(app, &planner, "145", None, all(&again)).await.unwrap(), 0);
        assert_eq!(district.entries().await.len(), entries, "nothing was done, so nothing is recorded");
        let next = PLAN
            .replace("十四五", "十五五")
            .replace("第十四个", "第十五个")
            .replace("2025年", "2030年")
            .replace("2020年", "2025年");
        let next = next.replace("1000.5\t1500", "1510\t2000").replace("垃圾回收利用率\t%", "垃圾回收利用率\t万吨");
        approved(&district, "十五五.txt", &next, "155").await;
        let seen = preview(app, &planner, "155", None).await.unwrap();
        let standings: Vec<_> = seen.rows.iter().map(|row| row.standing).collect();
        assert_eq!(standings, ["known", "known", "known", "conflict"], "another unit is another figure");
        let refused = adopt(app, &planner, "155", None, all(&seen)).await.unwrap_err();
        assert_eq!(codes(&refused), ["indicators-adopt-unit-differs"]);
        let chosen = all(&seen).into_iter().take(3).collect();
        assert_eq!(adopt(app, &planner, "155", None, chosen).await.unwrap(), 3);
        let gdp = named(app, &planner, "地区生产总值").await;
        assert_eq!((gdp.version, gdp.origins.len()), (1, 2), "one definition serves both plans");
        let periods: Vec<_> = gdp.contracts.iter().map(|c| (c.period.as_str(), c.versions.len())).collect();
        assert_eq!(periods, [("2030", 1), ("2025", 1)]);
    });
}

#[test]
fn a_changed_definition_is_a_new_version_and_two_people_do_not_overwrite_each_other() {
    each_database(async |district| {
        let (app, planner) = (&district.app, district.planner());
        let wrong = Definition { additive: true, measure: Some(Measure::Ratio), ..Definition::named(" ") };
        let refused = define(app, &planner, wrong).await.unwrap_err();
        assert_eq!(codes(&refused), ["indicators-define-no-name", "indicators-define-not-additive"]);
        let first = Definition { unit: Some("%".into()), ..Definition::named("垃圾回收利用率") };
        let key = define(app, &planner, first.clone()).await.unwrap().0.to_string();
        let twice = define(app, &planner, Definition::named("1.垃圾回收利用率（%）")).await.unwrap_err();
        assert_eq!(codes(&twice), ["indicators-define-known"]);
        let second =
            Definition { measure: Some(Measure::Ratio), statement: "回收量与产生量之比".into(), ..first };
        let draft = |reason: &str| Draft { definition: second.clone(), reason: reason.into() };
        let silent = revise(app, &planner, &key, draft(" "), 1).await.unwrap_err();
        assert_eq!(codes(&silent), ["indicators-define-no-reason"]);
        revise(app, &planner, &key, draft("统一口径"), 1).await.unwrap();
        let late = revise(app, &district.second_planner(), &key, draft("另一种想法"), 1).await.unwrap_err();
        assert_eq!(codes(&late), ["indicators-define-changed"]);
        let view = show(app, &planner, &key).await.unwrap();
        assert_eq!((view.version, view.definition.measure), (2, Some(Measure::Ratio)));
        assert_eq!(view.versions.iter().map(|v| v.number).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(
            (view.versions[0].changed.as_slice(), view.versions[0].reason.as_str()),
            (&["measure", "statement"][..], "统一口径")
        );
        let entries = district.entries().await;
        let last = &entries[entries.len() - 1].entry;
        assert_eq!((last.operation.as_str(), last.reason.as_deref()), ("indicators.revise", Some("统一口径")));
        let liaison = define(app, &district.liaison(), Definition::named("别的指标")).await.unwrap_err();
        assert!(matches!(liaison, Failure::Forbidden(_)));
        assert!(matches!(show(app, &planner, "nothing").await.unwrap_err(), Failure::Absent("indicator")));
    });
}

#[test]
fn the_catalogue_is_searched_filtered_and_turned_page_by_page() {
    each_database(async |district| {
        let (app, planner) = (&district.app, district.planner());
        for number in 1..=5 {
            let legal = if number % 2 == 0 { LegalKind::Binding } else { LegalKind::Anticipatory };
            let definition = Definition {
                category: format!("类别{}", number % 2),
                legal: Some(legal),
                unit: Some(if number < 3 { "%" } else { "家" }.into()),
                ..Definition::named(&format!("指标{number}_100%"))
            };
            define(app, &planner, definition).await.unwrap();
        }
        let filter = CatalogueFilter::default();
        let first = list(app, &district.supervisor(), filter.clone(), Some(2)).await.unwrap();
        assert_eq!((first.rows.len(), first.matching, first.all, first.define.allowed), (2, 5, 5, false));
        assert!(first.previous.is_none() && first.next.is_some());
        let second =
            list(app, &planner, CatalogueFilter { after: first.after, ..filter.clone() }, Some(2)).await.unwrap();
        assert_eq!(second.rows[0].definition.name, "指标3_100%");
        let back = CatalogueFilter { before: Some(second.rows[0].id), ..filter.clone() };
        assert_eq!(list(app, &planner, back, Some(2)).await.unwrap().rows, first.rows);
        let binding = CatalogueFilter { legal: Some("binding".into()), ..filter.clone() };
        assert_eq!(list(app, &planner, binding, None).await.unwrap().matching, 2);
        let literal = CatalogueFilter { q: Some("5_100%".into()), ..filter.clone() };
        assert_eq!(list(app, &planner, literal, None).await.unwrap().matching, 1);
        let signs = CatalogueFilter { q: Some("5%100".into()), ..filter.clone() };
        assert_eq!(list(app, &planner, signs, None).await.unwrap().matching, 0, "signs of patterns are plain signs");
        let open = CatalogueFilter { open: Some(true), ..filter };
        assert_eq!(list(app, &planner, open, None).await.unwrap().matching, 0);
    });
}

#[test]
fn the_reader_leads_from_the_clause_to_the_indicator() {
    each_database(async |district| {
        let (app, planner) = (&district.app, district.planner());
        approved(&district, "纲要.txt", PLAN, "145").await;
        let seen = preview(app, &planner, "145", None).await.unwrap();
        adopt(app, &planner, "145", None, all(&seen)).await.unwrap();
        let origin = named(app, &planner, "地区生产总值").await;
        let path = origin.origins[0].reference.split(' ').next().map(str::to_owned);
        let page =
            read(app, &district.liaison(), Reading { plan: "145".into(), path, ..Reading::default() }).await.unwrap();
        let found = page.panel.indicators.iter().find(|one| one.name == "地区生产总值");
        assert_eq!(found.map(|one| one.address.clone()), Some(origin.address));
    });
}
