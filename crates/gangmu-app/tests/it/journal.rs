//! Stories of the journal: what changed in words' reach, checkpoints that a rewritten chain can't fit, erasure, proofs.

use gangmu_app::{
    App, Failure, Session,
    accounts::set_roles::set_roles,
    jobs::{Registry, run_due},
    journal::{
        self, Broken, Search, Side, Source,
        history::{EntryView, Standing},
    },
};
use gangmu_store::{
    Engine, Fault,
    journal::{Filter, Head, Object, beside, canonical, details, link},
    params,
};
use gangmu_testkit::{TestDistrict, each_database};
use jiff::SignedDuration;

/// An account's role is changed; the entry, the newest there is.
async fn changed(district: &TestDistrict) -> i64 {
    set_roles(&district.app, &district.actor("security"), "planner", vec!["planner".into(), "liaison".into()])
        .await
        .unwrap();
    let found = journal::read(&district.app, &auditor(district), Filter::default(), 1).await.unwrap();
    found[0].seq
}

fn auditor(district: &TestDistrict) -> Session {
    district.actor("auditor")
}

async fn entry(app: &App, session: &Session, seq: i64, open: bool) -> EntryView {
    journal::history::entry(app, session, seq, open).await.unwrap().unwrap().0
}

/// Writes the whole chain anew, whole in itself, with another actor in its second entry.
async fn rewrite(app: &App) {
    app.database()
        .write::<_, Fault>(|tx| {
            tx.command(match tx.engine() {
                Engine::Sqlite => "DROP TRIGGER IF EXISTS journal_is_never_changed",
                Engine::Postgres => "DROP TRIGGER IF EXISTS journal_is_never_changed ON journal",
            })?;
            let mut head = Head::START;
            for mut recorded in gangmu_store::journal::after(tx, 0, 10_000)? {
                if recorded.seq == 2 {
                    recorded.entry.by.account = gangmu_kernel::ids::AccountId(9);
                }
                let bytes = canonical::bytes(recorded.version, recorded.seq, &recorded.entry);
                head = Head { seq: recorded.seq, hash: link(&head.hash, &bytes) };
                let sql = "UPDATE journal SET actor = $2, hash = $3 WHERE seq = $1";
                tx.execute(sql, params![head.seq, recorded.entry.by.account, head.hash])?;
            }
            tx.execute("UPDATE journal_head SET hash = $1 WHERE one = 1", params![head.hash])
        })
        .await
        .unwrap();
}

#[test]
fn an_administrator_who_rewrites_the_whole_chain_is_noticed() {
    each_database(async |district| {
        let (app, auditor) = (&district.app, auditor(&district));
        let signed = journal::checkpoint(app, &auditor).await.unwrap();
        changed(&district).await;
        let whole = journal::verify(app, &auditor, vec![signed.head]).await.unwrap().unwrap();
        assert_eq!((whole.stored, whole.filed, whole.newest), (1, 1, Some(signed.clone())));
        rewrite(app).await;
        let seq = signed.head.seq;
        let broken = async |kept| journal::verify(app, &auditor, kept).await.unwrap().unwrap_err();
        assert_eq!(broken(Vec::new()).await, Broken::Kept { seq, source: Source::Database });
        // Who owns the database takes its checkpoints away as well; the file is another medium.
        let take = |sql: &'static str| app.database().write::<_, Fault>(move |tx| tx.command(sql));
        take("DELETE FROM journal_checkpoints").await.unwrap();
        assert_eq!(broken(Vec::new()).await, Broken::Kept { seq, source: Source::File });
        district.checkpoints.replace("");
        assert!(journal::verify(app, &auditor, Vec::new()).await.unwrap().is_ok(), "nothing was kept anywhere");
        assert_eq!(broken(vec![signed.head]).await, Broken::Kept { seq, source: Source::Person });
        let glanced = async || {
            let text = gangmu_app::ports::CheckpointFile::read(&district.checkpoints).unwrap();
            app.database().read::<_, Fault>(move |tx| journal::glance(tx, &text)).await.unwrap()
        };
        assert_eq!(glanced().await.unwrap().filed, None);
        let later = Head { seq: 9999, hash: [1; 32] };
        assert_eq!(broken(vec![later]).await, Broken::Shorter { seq: 9999, source: Source::Person });
        district.checkpoints.replace(&signed.line().replace(" at 1", " at 2"));
        assert_eq!(broken(Vec::new()).await, Broken::Signature { seq, source: Source::File });
        district.checkpoints.replace("尊敬的各位\n");
        assert_eq!(broken(Vec::new()).await, Broken::Line { line: 1 });
        assert_eq!(glanced().await, Err(Broken::Line { line: 1 }));
        district.checkpoints.replace(&signed.line());
        assert_eq!(glanced().await, Err(Broken::Kept { seq, source: Source::File }), "a glance is enough to see it");
    });
}

#[test]
fn the_timer_signs_what_is_due_and_writes_it_out_once() {
    each_database(async |district| {
        let app = &district.app;
        let lines = || gangmu_app::ports::CheckpointFile::read(&district.checkpoints).unwrap().lines().count();
        let pass = async |minutes: i64| {
            district.wait(SignedDuration::from_mins(minutes));
            while run_due(app, &Registry::standard(), "test").await.unwrap() > 0 {}
        };
        pass(0).await;
        pass(11).await;
        assert_eq!(lines(), 1, "the first one comes with the first entries");
        changed(&district).await;
        pass(11).await;
        assert_eq!(lines(), 1, "one entry more is no reason before the day is over");
        pass(24 * 60).await;
        assert_eq!(lines(), 2);
        // A line that was torn when the machine stopped is written once more, and troubles nobody.
        let text = gangmu_app::ports::CheckpointFile::read(&district.checkpoints).unwrap();
        district.checkpoints.replace(&text[..text.len() - 100]);
        pass(11).await;
        let whole = journal::verify(app, &auditor(&district), Vec::new()).await.unwrap().unwrap();
        assert_eq!((whole.stored, whole.filed, lines()), (2, 2, 3));
    });
}

#[test]
fn the_history_of_an_account_says_what_changed_and_masks_persons() {
    each_database(async |district| {
        let (app, auditor) = (&district.app, auditor(&district));
        let seq = changed(&district).await;
        let seen = entry(app, &auditor, seq, false).await;
        let said = seen.differences.iter().map(|d| format!("{}: {:?} {:?}", d.field, d.before, d.after));
        assert_eq!(said.collect::<Vec<_>>(), [r#"roles: ["planner"] ["liaison", "planner"]"#]);
        assert_eq!(seen.details, Standing::Agrees);
        assert!(seen.who.ends_with('*'), "{}", seen.who);
        assert_eq!(seen.object.label.as_deref(), Some("planner"));
        let object = Object::new("account", &seen.object.id);
        let (view, history) =
            journal::history(app, &auditor, object, None, false, journal::history::PAGE).await.unwrap();
        assert_eq!(view.address.as_deref(), Some("/accounts/planner"));
        let operations: Vec<&str> = history.entries.iter().map(|entry| entry.operation.as_str()).collect();
        assert_eq!(operations, ["accounts.set_roles", "accounts.login", "accounts.add"]);
        let name = |entry: &EntryView| entry.differences.iter().find(|d| d.field == "name").unwrap().after.clone();
        assert_eq!(name(&history.entries[2]), ["林*"]);
        let added = entry(app, &auditor, history.entries[2].seq, true).await;
        assert_eq!(name(&added), ["林规"]);
        let refused = journal::history::entry(app, &district.planner(), seq, false).await;
        assert!(matches!(refused, Err(Failure::Forbidden(_))));
    });
}

#[test]
fn a_search_finds_by_person_operation_object_and_time() {
    each_database(async |district| {
        let (app, auditor) = (&district.app, auditor(&district));
        district.wait(SignedDuration::from_hours(30));
        let before = app.now();
        let seq = changed(&district).await;
        let found = async |search: Search| {
            let entries = journal::search(app, &auditor, search, false).await.unwrap().entries;
            entries.into_iter().map(|entry| entry.seq).collect::<Vec<_>>()
        };
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            found(Search { who: text("security"), operation: text("accounts.set_roles"), ..Search::default() }).await,
            [seq]
        );
        assert_eq!(found(Search { from: Some(before), ..Search::default() }).await, [seq]);
        assert!(!found(Search { until: Some(before), ..Search::default() }).await.contains(&seq));
        assert!(found(Search { who: text("nobody"), ..Search::default() }).await.is_empty());
        assert_eq!(found(Search { older_than: Some(2), ..Search::default() }).await, [1]);
        assert_eq!(found(Search { kind: text("pack"), ..Search::default() }).await.len(), 1);
    });
}

#[test]
fn erasure_takes_the_details_and_leaves_the_chain_valid() {
    each_database(async |district| {
        let (app, auditor) = (&district.app, auditor(&district));
        let seq = changed(&district).await;
        let recorded = journal::entry(app, &auditor, seq).await.unwrap().unwrap();
        assert!(journal::prove(app, &auditor, seq, Side::After).await.unwrap().contains("liaison"));
        let object = recorded.entry.object.clone();
        let account = district.planner().actor.account;
        let erased = app.database().write::<_, Fault>(move |tx| {
            beside::forget(tx, account, &[])?;
            details::erase(tx, &object)
        });
        assert!(erased.await.unwrap());
        let seen = entry(app, &auditor, seq, true).await;
        assert_eq!((seen.details, seen.differences.len()), (Standing::Erased, 0));
        let refused = journal::prove(app, &auditor, seq, Side::After).await.unwrap_err();
        assert!(refused.reasons().unwrap().has("journal-nothing-kept"));
        assert!(journal::verify(app, &auditor, Vec::new()).await.unwrap().is_ok());
    });
}

#[test]
fn a_detail_that_was_altered_beside_the_chain_is_not_believed() {
    each_database(async |district| {
        let (app, auditor) = (&district.app, auditor(&district));
        let seq = changed(&district).await;
        let sql = "UPDATE journal_details SET after = replace(after, 'liaison', 'leader') WHERE seq = $1";
        app.database().write::<_, Fault>(move |tx| tx.execute(sql, params![seq])).await.unwrap();
        let seen = entry(app, &auditor, seq, true).await;
        assert_eq!((seen.details, seen.differences.len()), (Standing::Differs, 0));
    });
}
