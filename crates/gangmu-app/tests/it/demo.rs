//! The demonstration: loaded once, people can log in.

use gangmu_app::{
    Failure, Session,
    accounts::login::login,
    demo::{choose, load, prepare},
    journal,
    packs::{Loaded, available},
    plan::import::UploadedFile,
};
use gangmu_store::journal::Filter;
use gangmu_testkit::{TestDistrict, databases::Fresh, each_database, example_pack};

#[test]
fn a_demonstration_is_loaded_once_and_its_people_can_log_in() {
    each_database(async |district| {
        let app = &district.app;
        let console = Session::console("测试");
        let first = prepare(app, &console, choose(&example_pack(), None).unwrap()).await.unwrap();
        assert_eq!(first.loaded, Loaded::Same, "the district has this pack already");
        assert_eq!(first.people.len(), 2);
        assert!(first.planner.may(app.access(), "plan.import"));
        assert_eq!(first.planner.organisation.as_deref(), Some("区发展改革局"));
        let entered = login(app, "guihua", &first.password).await.unwrap();
        assert!(!entered.session.must_change);
        let entries = async || journal::read(app, &console, Filter::default(), 500).await.unwrap().len();
        let before = entries().await;
        prepare(app, &console, choose(&example_pack(), Some("shili")).unwrap()).await.unwrap();
        assert_eq!(entries().await, before, "a second time changes nothing");
    });
}

#[test]
fn a_demonstration_brings_its_plan_once_or_another_text_in_its_place() {
    each_database(async |district| {
        let app = &district.app;
        let console = Session::console("测试");
        let pack = || choose(&example_pack(), None).unwrap();
        let shown = load(app, &console, pack(), None).await.unwrap();
        let import = shown.import.unwrap();
        assert_eq!((import.step, import.plan.as_deref()), ("done", Some("145")), "{:?}", import.failures);
        let entries = async || journal::read(app, &console, Filter::default(), 500).await.unwrap().len();
        let before = entries().await;
        assert!(load(app, &console, pack(), None).await.unwrap().import.is_none());
        assert_eq!(entries().await, before, "a second time changes nothing");
        let text = "另一份规划\n\n第一章 目标\n\n到2030年，新建公园3个。\n\n第二章 任务\n\n加快建设示例河截污工程。\n";
        let other = UploadedFile { name: "另一份.txt".into(), bytes: text.as_bytes().to_vec() };
        let import = load(app, &console, pack(), Some(other)).await.unwrap().import.unwrap();
        assert_eq!(import.step, "done", "{:?}", import.failures);
        assert_ne!(import.plan.as_deref(), Some("145"));
    });
}

#[test]
fn a_pack_without_people_shows_nothing() {
    let mut files = example_pack();
    files.remove("shili/accounts.toml");
    let refused = choose(&files, None);
    assert!(matches!(refused, Err(Failure::Refused(reasons)) if reasons.has("packs.demo.nothing_to_show")));
    files.remove("shili/areas.csv");
    let broken = choose(&files, None);
    assert!(matches!(broken, Err(Failure::Refused(reasons)) if reasons.has("packs.read.missing_file")));
}

#[test]
fn every_demonstration_in_the_repository_can_be_shown() {
    let files = crate::packs::repository();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for id in available(&files) {
        let pack = choose(&files, Some(&id)).unwrap();
        runtime.block_on(async {
            let district = TestDistrict::empty(Fresh::sqlite()).await;
            let shown = load(&district.app, &Session::console("测试"), pack, None).await.unwrap();
            let import = shown.import.unwrap();
            assert_eq!(import.step, "done", "{id}: {:?}", import.failures);
            for (person, _) in &shown.demonstration.people {
                login(&district.app, person, &shown.demonstration.password).await.unwrap();
            }
        });
    }
}
