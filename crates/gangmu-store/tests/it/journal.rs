//! The chain of operations: any change is seen, erasure is not, one row of many can be proved.

use crate::databases::{self, Fresh};
use gangmu_kernel::{ClauseRef, ids::AccountId};
use gangmu_store::{
    Db, Engine, Fault, Limits,
    journal::{
        self, Beside, By, Entry, Filter, Head, Many, Object, Recorded, beside, canonical,
        details::{self, Agreement, Details},
        digest, link,
        merkle::{proof, proves, root},
        verify::{Break, Verdict, follow, verify},
    },
    migrate, params,
};
use jiff::Timestamp;
use proptest::prelude::*;

async fn open(fresh: &Fresh) -> Db {
    let db = Db::open(&fresh.location, Limits::default()).unwrap();
    migrate(&db).await.unwrap();
    db
}

fn entry(operation: &str, n: u8) -> Entry {
    Entry {
        at: Timestamp::from_microsecond(1_719_709_200_000_000 + i64::from(n)).unwrap(),
        by: By {
            account: AccountId(3),
            name: "林知行".into(),
            post: Some("规划科科长".into()),
            organisation: Some("区发展和改革局".into()),
            behalf: None,
        },
        operation: operation.into(),
        object: Object::new("edition", format!("edition_{n}")),
        before: None,
        after: Some([n; 32]),
        salted: false,
        reason: n.is_multiple_of(2).then(|| "核对原文后采纳".into()),
        clauses: vec![ClauseRef {
            plan: "145".into(),
            path: "12.3.一".into(),
            paragraph: Some(1),
            sentence: Some(u32::from(n)),
        }],
        many: n.is_multiple_of(3).then(|| Many {
            count: 2,
            first: "commitment_1".into(),
            last: "commitment_2".into(),
            root: [n; 32],
        }),
        beside: Beside::default(),
    }
}

async fn filled(db: &Db, count: u8) {
    for n in 1..=count {
        db.write::<_, Fault>(move |tx| journal::append(tx, &entry("plan.accept", n), [n; 32])).await.unwrap();
    }
}

async fn verdict(db: &Db, from: Head) -> Verdict {
    db.read(move |tx| verify(tx, from)).await.unwrap()
}

#[test]
fn entries_come_back_as_they_were_recorded_and_the_chain_is_whole() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        assert_eq!(verdict(&db, Head::START).await, Verdict::Whole { entries: 0, head: Head::START });
        filled(&db, 7).await;
        let all = db.read(|tx| journal::after(tx, 0, 100)).await.unwrap();
        assert_eq!(all.len(), 7);
        for (n, recorded) in (1..).zip(&all) {
            assert_eq!(recorded.seq, i64::from(n));
            let beside = recorded.entry.beside;
            assert_eq!((beside.who.is_some(), beside.why.is_some()), (true, n % 2 == 0));
            assert_eq!(recorded.entry, Entry { beside, ..entry("plan.accept", n) });
        }
        let kept = Head { seq: 3, hash: all[2].hash };
        let end = Head { seq: 7, hash: all[6].hash };
        assert_eq!(verdict(&db, Head::START).await, Verdict::Whole { entries: 7, head: end });
        assert_eq!(verdict(&db, kept).await, Verdict::Whole { entries: 4, head: end });
    });
}

#[test]
fn an_operation_that_is_undone_leaves_no_gap() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        filled(&db, 2).await;
        let undone = db.write::<(), Fault>(|tx| {
            journal::append(tx, &entry("plan.accept", 9), [9; 32])?;
            Err(Fault::Stopped)
        });
        assert!(undone.await.is_err());
        filled(&db, 1).await;
        assert!(matches!(verdict(&db, Head::START).await, Verdict::Whole { entries: 3, .. }));
    });
}

#[test]
fn the_database_itself_refuses_to_change_an_entry() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        filled(&db, 2).await;
        for sql in ["UPDATE journal SET reason = 'x' WHERE seq = 1", "DELETE FROM journal WHERE seq = 2"] {
            assert!(db.write::<_, Fault>(move |tx| tx.execute(sql, &[])).await.is_err(), "{sql}");
        }
        assert!(matches!(verdict(&db, Head::START).await, Verdict::Whole { entries: 2, .. }));
    });
}

/// What somebody does who owns the database: takes the guard away and writes.
async fn tamper(db: &Db, sql: &'static str) {
    let guard = match db.engine() {
        Engine::Sqlite => {
            "DROP TRIGGER IF EXISTS journal_is_never_changed;
                           DROP TRIGGER IF EXISTS journal_is_never_shortened;"
        }
        Engine::Postgres => "DROP TRIGGER IF EXISTS journal_is_never_changed ON journal;",
    };
    db.write::<_, Fault>(move |tx| {
        tx.command(guard)?;
        tx.command(sql)
    })
    .await
    .unwrap();
}

#[test]
fn whoever_changes_drops_or_inserts_an_entry_breaks_the_chain() {
    let tried: [(&'static str, Break); 9] = [
        ("UPDATE journal SET actor = 8 WHERE seq = 3", Break::Altered { seq: 3 }),
        ("UPDATE journal SET why = NULL WHERE seq = 4", Break::Altered { seq: 4 }),
        ("UPDATE journal_people SET name = '某人'", Break::Beside { seq: 1 }),
        ("UPDATE journal_people SET post = NULL", Break::Beside { seq: 1 }),
        ("UPDATE journal_reasons SET reason = '另有原因' WHERE seq = 4", Break::Beside { seq: 4 }),
        ("DELETE FROM journal WHERE seq = 2", Break::Missing { seq: 2 }),
        ("DELETE FROM journal WHERE seq = 5", Break::Head { seq: 5, last: 4 }),
        ("UPDATE journal SET version = 3 WHERE seq = 1", Break::UnknownForm { seq: 1, version: 3 }),
        ("UPDATE journal SET seq = 9 WHERE seq = 5", Break::Missing { seq: 5 }),
    ];
    for (sql, broken) in tried {
        databases::each(async |fresh| {
            let db = open(fresh).await;
            filled(&db, 5).await;
            tamper(&db, sql).await;
            assert_eq!(verdict(&db, Head::START).await, Verdict::Broken(broken.clone()), "{sql}");
        });
    }
}

#[test]
fn a_page_is_filtered_and_goes_on_where_the_last_one_ended() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        filled(&db, 5).await;
        db.write::<_, Fault>(|tx| journal::append(tx, &entry("plan.approve", 2), [2; 32])).await.unwrap();
        let seqs = async |filter: Filter, limit: i64| {
            let found = db.read(move |tx| journal::page(tx, &filter, limit)).await.unwrap();
            found.into_iter().map(|r| r.seq).collect::<Vec<_>>()
        };
        assert_eq!(seqs(Filter::default(), 3).await, [6, 5, 4]);
        assert_eq!(seqs(Filter { older_than: Some(4), ..Filter::default() }, 9).await, [3, 2, 1]);
        let all = Filter::default;
        let text = |text: &str| Some(text.to_owned());
        let object = Filter { kind: text("edition"), object: text("edition_2"), ..all() };
        assert_eq!(seqs(object.clone(), 9).await, [6, 2]);
        assert_eq!(seqs(Filter { operation: text("plan.approve"), ..object }, 9).await, [6]);
        assert_eq!(seqs(Filter { operation: text("plan"), ..all() }, 9).await, [6, 5, 4, 3, 2, 1]);
        assert!(seqs(Filter { operation: text("pla"), ..all() }, 9).await.is_empty());
        assert!(seqs(Filter { account: Some(AccountId(4)), ..all() }, 9).await.is_empty());
        assert_eq!(seqs(Filter { name: text("林知行"), ..all() }, 2).await, [6, 5]);
        let clause = |plan: &str, path: &str| Filter { clause: text(plan).zip(text(path)), ..all() };
        assert_eq!(seqs(clause("145", "12.3.一"), 2).await, [6, 5]);
        assert_eq!(seqs(clause("145", ""), 9).await.len(), 6);
        assert!(seqs(clause("145", "12.3.二"), 9).await.is_empty());
        let at = |n: i64| Timestamp::from_microsecond(1_719_709_200_000_000 + n).unwrap();
        let range = db.read::<_, Fault>(move |tx| journal::within(tx, at(3), at(5))).await.unwrap();
        assert_eq!(range, Some((3, 4)));
        let time = Filter { from: Some(at(3)), until: Some(at(5)), range, ..all() };
        assert_eq!(seqs(time, 9).await, [4, 3]);
        assert_eq!(db.read::<_, Fault>(move |tx| journal::within(tx, at(99), at(100))).await.unwrap(), None);
        let operations = db.read::<_, Fault>(journal::operations).await.unwrap();
        assert_eq!(operations, ["plan.accept", "plan.approve"]);
    });
}

#[test]
fn erasing_a_salt_ends_what_a_digest_can_confirm_and_leaves_the_chain() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        let person = serde_json::json!({"name": "林知行"});
        let object = Object::new("account", "account_3");
        let (of, value) = (object.clone(), person.clone());
        let recorded = db
            .write::<_, Fault>(move |tx| {
                let salt = digest::salt(tx, &of, [7; 32])?;
                assert_eq!(digest::salt(tx, &of, [8; 32])?, salt, "an object keeps its salt");
                let other = digest::salt(tx, &Object::new("account", "account_4"), [7; 32])?;
                assert_ne!(other, salt, "two objects of one operation don't share theirs");
                let after = digest::salted(&salt, &value);
                journal::append(tx, &Entry { after: Some(after), salted: true, ..entry("accounts.add", 1) }, [1; 32])?;
                Ok((salt, after))
            })
            .await
            .unwrap();
        let (salt, recorded) = recorded;
        assert_eq!(digest::salted(&salt, &person), recorded);
        assert_ne!(digest::plain(&person), recorded);
        assert!(
            db.write(move |tx| {
                beside::forget(tx, AccountId(3), &[])?;
                digest::erase_salt(tx, &object)
            })
            .await
            .unwrap()
        );
        assert!(matches!(verdict(&db, Head::START).await, Verdict::Whole { entries: 1, .. }));
    });
}

#[test]
fn details_are_kept_beside_the_chain_and_erased_with_their_salt() {
    databases::each(async |fresh| {
        let db = open(fresh).await;
        let object = Object::new("account", "account_3");
        let person = digest::canonical(&serde_json::json!({"name": "林知行"}));
        let (of, value) = (object.clone(), person.clone());
        let entry = db
            .write::<_, Fault>(move |tx| {
                let salt = digest::salt(tx, &of, [7; 32])?;
                let after = Some(digest::salted_text(&salt, &value));
                let entry = Entry { object: of, after, salted: true, ..entry("accounts.add", 1) };
                journal::append(tx, &entry, [1; 32])?;
                let leaves = vec![("000001".to_owned(), [1; 32])];
                details::add(tx, 1, &Details { after: Some(value), leaves, ..Details::default() })?;
                details::add(tx, 2, &Details { after: Some("x".repeat(details::LONGEST + 1)), ..Details::default() })?;
                Ok(entry)
            })
            .await
            .unwrap();
        let look = async || {
            let entry = entry.clone();
            db.read::<_, Fault>(move |tx| {
                let kept = details::find(tx, 1)?;
                assert_eq!(details::of(tx, &[1, 2])?.keys().collect::<Vec<_>>(), [&1], "what is too long is not kept");
                let agreement = details::agreement(tx, &entry, &kept)?.1;
                Ok((kept, agreement))
            })
            .await
            .unwrap()
        };
        let (kept, agreement) = look().await;
        assert_eq!((kept.after, kept.erased, agreement), (Some(person), false, Agreement::Agrees));
        assert_eq!(kept.leaves, [("000001".to_owned(), [1; 32])]);
        assert!(
            db.write(move |tx| {
                beside::forget(tx, AccountId(3), &[])?;
                details::erase(tx, &object)
            })
            .await
            .unwrap()
        );
        let (kept, agreement) = look().await;
        assert_eq!((kept.after, kept.erased, agreement), (None, true, Agreement::Gone));
        assert!(matches!(verdict(&db, Head::START).await, Verdict::Whole { entries: 1, .. }));
    });
}

#[test]
fn the_canonical_bytes_are_those_of_the_description() {
    let mut one = entry("plan.accept", 3);
    one.after = None;
    let text = String::from_utf8(canonical::bytes(1, 12, &one)).unwrap();
    let clause = "plan 3\n145\npath 8\n12.3.一\nparagraph 1\n1\nsentence 1\n3\n";
    let expected = format!(
        "version 1\n1\nseq 2\n12\nat 16\n1719709200000003\nactor 1\n3\nactor_name 9\n林知行\npost 15\n规划科科长\n\
         organisation 21\n区发展和改革局\noperation 11\nplan.accept\nobject_kind 7\nedition\nobject_id 9\nedition_3\n\
         salted 1\n0\nclause {}\n{clause}\nrow_count 1\n2\nfirst_key 12\ncommitment_1\nlast_key 12\ncommitment_2\n\
         root 64\n{}\n",
        clause.len(),
        "03".repeat(32),
    );
    assert_eq!(text, expected);
}

/// The first entries of a chain may be of the first form.
fn form(n: u8) -> i64 {
    if n < 5 { journal::FIRST } else { journal::VERSION }
}

fn chain(count: u8) -> Vec<Recorded> {
    let mut previous = Head::START.hash;
    (1..=count)
        .map(|n| {
            let beside = Beside { who: Some([n; 32]), why: (n > 3).then_some([n; 32]) };
            let entry = Entry { beside, ..entry("plan.accept", n) };
            let version = form(n);
            let hash = link(&previous, &canonical::bytes(version, n.into(), &entry));
            previous = hash;
            Recorded { version, seq: n.into(), entry, hash }
        })
        .collect()
}

/// One change of one field, chosen by number.
fn change(recorded: &mut Recorded, which: usize, text: &str, n: u8) {
    let old = recorded.version == journal::FIRST;
    let entry = &mut recorded.entry;
    match which {
        0 => entry.at = Timestamp::from_microsecond(i64::from(n)).unwrap(),
        1 => entry.by.account = AccountId(i64::from(n) + 4),
        2 if old => entry.by.name = text.to_owned(),
        2 => entry.beside.who = (n > 10).then_some([n; 32]),
        3 if old => entry.by.post = (n > 0).then(|| text.to_owned()),
        3 => entry.by.behalf = Some(AccountId(i64::from(n))),
        4 => entry.by.organisation = (n > 0).then(|| text.to_owned()),
        5 => entry.operation = text.to_owned(),
        6 => entry.object.kind = text.to_owned(),
        7 => entry.object.id = text.to_owned(),
        8 => entry.before = Some([n; 32]),
        9 => entry.after = (n > 10).then_some([n; 32]),
        10 => entry.salted = !entry.salted,
        11 if old => entry.reason = (n > 0).then(|| text.to_owned()),
        11 => entry.beside.why = (n > 10).then_some([n; 32]),
        12 => entry.clauses[0].path = text.to_owned(),
        13 => entry.clauses[0].sentence = (n > 10).then_some(n.into()),
        14 => entry.clauses.push(ClauseRef::clause("145", text)),
        15 => entry.clauses.clear(),
        16 => entry.many = Some(Many { count: i64::from(n) + 3, first: text.into(), last: text.into(), root: [n; 32] }),
        17 => recorded.hash[usize::from(n) % 32] ^= 1,
        _ => recorded.version += i64::from(n) + 1,
    }
}

proptest! {
    #[test]
    fn any_changed_field_breaks_the_verification(
        count in 1_u8..10, place in 0_usize..10, which in 0_usize..19, text in "[a-z\\n 0-9一二]{0,12}", n: u8,
    ) {
        let whole = chain(count);
        let end = follow(Head::START, &whole).unwrap();
        prop_assert_eq!(end.seq, i64::from(count));
        let place = place % whole.len();
        let mut changed = whole.clone();
        change(&mut changed[place], which, &text, n);
        prop_assume!(changed != whole);
        let broken = follow(Head::START, &changed);
        prop_assert!(broken.is_err(), "{:?}", changed[place]);
    }

    #[test]
    fn a_dropped_or_exchanged_entry_breaks_the_verification(count in 3_u8..12, at in 0_usize..12) {
        let whole = chain(count);
        let at = at % (whole.len() - 1);
        let mut dropped = whole.clone();
        dropped.remove(at);
        prop_assert!(follow(Head::START, &dropped).is_err());
        let mut exchanged = whole;
        exchanged.swap(at, at + 1);
        prop_assert!(follow(Head::START, &exchanged).is_err());
    }

    #[test]
    fn every_row_of_many_is_proved_and_no_other(digests in prop::collection::vec(any::<[u8; 32]>(), 1..40), at: usize, other: [u8; 32]) {
        let top = root(&digests);
        let at = at % digests.len();
        let steps = proof(&digests, at).unwrap();
        prop_assert!(proves(&digests[at], &steps, &top));
        prop_assume!(other != digests[at]);
        prop_assert!(!proves(&other, &steps, &top));
        let mut changed = digests.clone();
        changed[at] = other;
        prop_assert_ne!(root(&changed), top);
    }
}

#[test]
fn the_root_of_nothing_is_zero_and_there_is_no_proof_beyond_the_rows() {
    assert_eq!(root(&[]), [0; 32]);
    assert_eq!(proof(&[[1; 32]], 1), None);
    assert_eq!(Many::of(&[]), None);
    let many = Many::of(&[("a".into(), [1; 32]), ("b".into(), [2; 32])]).unwrap();
    assert_eq!((many.count, many.first.as_str(), many.last.as_str()), (2, "a", "b"));
    assert_eq!(params![None::<i64>].len(), 1);
}
