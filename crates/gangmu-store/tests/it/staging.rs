//! Batches: written in steps, shown at once, removed in steps.

use crate::databases;
use gangmu_kernel::ids::AccountId;
use gangmu_store::{Db, Fault, Limits, Tx, migrate, staging};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

fn rows(count: usize) -> Vec<(String, serde_json::Value)> {
    (0..count).map(|n| (format!("s{n}"), json!({ "n": n, "text": "“引号”与 \\ 和 ' 都留着" }))).collect()
}

fn grown(tx: &mut Tx<'_>, steps: usize, at: Timestamp) -> Result<i64, Fault> {
    let id = staging::begin(tx, "kind", "place", (AccountId(1), "甲"), at)?;
    for _ in 0..steps {
        let batch = staging::find(tx, id)?.expect("it was begun");
        staging::add(tx, &batch, &rows(staging::STEP), at)?;
    }
    Ok(id)
}

#[test]
fn rows_are_shown_by_their_batch_and_removed_step_by_step() {
    databases::each(async |fresh| {
        let db = Db::open(&fresh.location, Limits::default()).unwrap();
        migrate(&db).await.unwrap();
        let at: Timestamp = "2024-06-30T01:00:00Z".parse().unwrap();
        db.write::<_, Fault>(move |tx| {
            let id = grown(tx, 3, at)?;
            assert!(staging::shown(tx, "kind", "place", (0, 0), 10)?.is_empty());
            let batch = staging::find(tx, id)?.unwrap();
            assert_eq!((batch.rows, batch.state.as_str()), (1500, "open"));
            assert_ne!(batch.digest, [0; 32]);
            assert!(staging::show(tx, id, at)?);
            assert!(!staging::show(tx, id, at)?, "only once");
            let first = staging::shown(tx, "kind", "place", (0, 0), 700)?;
            let last = first.last().unwrap();
            let rest = staging::shown(tx, "kind", "place", (last.batch, last.position), 1000)?;
            assert_eq!((first.len(), rest.len()), (700, 800), "page by page, none twice");
            assert_eq!(rest.last().unwrap().position, 1500);
            assert_eq!(first[7].body, rows(8)[7].1);
            assert!(staging::shown(tx, "kind", "elsewhere", (0, 0), 10)?.is_empty());
            assert!(staging::drop_batch(tx, id, "shown", at)?);
            assert!(staging::shown(tx, "kind", "place", (0, 0), 10)?.is_empty(), "dropped is gone from sight at once");
            let mut steps = 0;
            while staging::sweep(tx)? {
                steps += 1;
            }
            assert_eq!(steps, 4, "three steps of rows, then the batch");
            assert_eq!(staging::find(tx, id)?, None);
            Ok(())
        })
        .await
        .unwrap();
    });
}

#[test]
fn a_batch_that_nobody_goes_on_with_is_dropped_and_one_that_is_fresh_is_not() {
    databases::each(async |fresh| {
        let db = Db::open(&fresh.location, Limits::default()).unwrap();
        migrate(&db).await.unwrap();
        let at: Timestamp = "2024-06-30T01:00:00Z".parse().unwrap();
        db.write::<_, Fault>(move |tx| {
            let old = grown(tx, 1, at)?;
            let later = at + SignedDuration::from_hours(30);
            let young = grown(tx, 1, later)?;
            assert_eq!(staging::abandon(tx, later - SignedDuration::from_hours(24), later)?, 1);
            assert_eq!(staging::find(tx, old)?.unwrap().state, "dropped");
            assert_eq!(staging::find(tx, young)?.unwrap().state, "open");
            Ok(())
        })
        .await
        .unwrap();
    });
}
