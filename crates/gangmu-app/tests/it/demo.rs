//! The demonstration: loaded once, people can log in.

use gangmu_app::{
    Failure, Session,
    accounts::login::login,
    demo::{choose, prepare},
    journal,
    packs::Loaded,
};
use gangmu_store::journal::Filter;
use gangmu_testkit::{each_database, example_pack};

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
fn a_pack_without_people_shows_nothing() {
    let mut files = example_pack();
    files.remove("shili/accounts.toml");
    let refused = choose(&files, None);
    assert!(matches!(refused, Err(Failure::Refused(reasons)) if reasons.has("packs.demo.nothing_to_show")));
    files.remove("shili/areas.csv");
    let broken = choose(&files, None);
    assert!(matches!(broken, Err(Failure::Refused(reasons)) if reasons.has("packs.read.missing_file")));
}
