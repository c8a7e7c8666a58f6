//! The contexts of the journal's pages.

use super::Asked;
use crate::{pages::Page, samples};
use gangmu_app::{
    journal::{
        Broken, EntryView, Whole,
        checkpoint::Checkpoint,
        differences::Difference,
        history::{ClauseLink, ObjectView, Recorded, Standing},
    },
    plan::views::ReasonView,
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// `/journal`.
#[derive(Debug, Clone, Serialize)]
pub struct JournalPage {
    /// What is asked for.
    pub asked: Asked,
    /// Operations to choose from.
    pub operations: Vec<String>,
    /// The entries, newest first.
    pub entries: Vec<EntryView>,
    /// The page of older ones.
    pub next: Option<String>,
    /// Is anything asked for at all?
    pub filtered: bool,
    /// Are names shown?
    pub open: bool,
    /// May the visitor export?
    pub exports: bool,
    /// What the verification found, where one was asked for.
    pub verdict: Option<Verdict>,
    /// The newest checkpoints.
    pub checkpoints: Vec<CheckpointLine>,
    /// The public key of this installation.
    pub key: String,
    /// Why the last act was refused.
    pub refusals: Vec<ReasonView>,
}

/// A signed checkpoint as a line.
#[derive(Debug, Clone, Serialize)]
pub struct CheckpointLine {
    /// The entry that it keeps.
    pub seq: i64,
    /// When it was signed.
    pub at: String,
    /// The entry's hash.
    pub hash: String,
}

impl CheckpointLine {
    /// Of a checkpoint.
    pub fn of(checkpoint: &Checkpoint) -> Self {
        let Checkpoint { head, at, .. } = checkpoint;
        Self { seq: head.seq, at: at.to_string(), hash: super::hex(&head.hash) }
    }
}

/// What a verification found (核验结果).
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// Does the journal hold?
    pub whole: bool,
    /// Entries that were checked.
    pub entries: i64,
    /// The number of the head.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
    /// Checkpoints in the database that agree.
    pub stored: usize,
    /// Lines of the checkpoint file that agree.
    pub filed: usize,
    /// Keys of checkpoints that are not this installation's.
    pub strangers: Vec<String>,
    /// Where it breaks.
    pub broken: Option<ReasonView>,
    /// The entry to look at.
    pub entry: Option<String>,
}

impl Verdict {
    /// Of what was found.
    pub fn of(found: Result<Whole, Broken>) -> Self {
        let empty = Self {
            whole: false,
            entries: 0,
            seq: 0,
            hash: String::new(),
            stored: 0,
            filed: 0,
            strangers: Vec::new(),
            broken: None,
            entry: None,
        };
        match found {
            Ok(whole) => Self {
                whole: true,
                entries: whole.entries,
                seq: whole.head.seq,
                hash: super::hex(&whole.head.hash),
                stored: whole.stored,
                filed: whole.filed,
                strangers: whole.strangers.iter().map(super::hex).collect(),
                ..empty
            },
            Err(broken) => {
                let (code, fields) = broken.said();
                let fields: BTreeMap<String, String> =
                    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                let entry = fields.get("entry").cloned();
                Self { broken: Some(ReasonView { code: format!("journal-break-{code}"), fields }), entry, ..empty }
            }
        }
    }
}

impl Page for JournalPage {
    const TEMPLATE: &'static str = "journal/list.html";

    fn samples() -> Vec<Self> {
        let empty = Self {
            asked: Asked::default(),
            operations: vec!["accounts.set_roles".to_owned(), "plan.accept".to_owned()],
            entries: Vec::new(),
            next: None,
            filtered: true,
            open: false,
            exports: false,
            verdict: None,
            checkpoints: Vec::new(),
            key: "ab".repeat(32),
            refusals: samples::reasons(),
        };
        let whole = Verdict {
            whole: true,
            entries: 812,
            seq: 812,
            hash: "0f".repeat(32),
            stored: 2,
            filed: 2,
            strangers: vec!["cd".repeat(32)],
            broken: None,
            entry: None,
        };
        let broken = Verdict {
            whole: false,
            broken: Some(ReasonView {
                code: "journal-break-altered".to_owned(),
                fields: [("entry".to_owned(), "7".to_owned())].into(),
            }),
            entry: Some("7".to_owned()),
            ..whole.clone()
        };
        let full = Self {
            asked: Asked { operation: "plan.accept".to_owned(), who: "guihua-01".to_owned(), ..Asked::default() },
            entries: entries(),
            next: Some("/journal?older_than=3".to_owned()),
            exports: true,
            open: true,
            verdict: Some(whole),
            checkpoints: vec![CheckpointLine {
                seq: 800,
                at: "2024-06-30T01:00:00Z".to_owned(),
                hash: "0f".repeat(32),
            }],
            refusals: Vec::new(),
            ..empty.clone()
        };
        vec![empty, Self { verdict: Some(broken), filtered: false, ..full.clone() }, full]
    }
}

/// Entries of every kind that the pages distinguish.
fn entries() -> Vec<EntryView> {
    let at: Timestamp = "2024-06-30T01:00:00Z".parse().unwrap_or_default();
    let one = |seq: i64, details: Standing| EntryView {
        seq,
        at,
        who: "林*".to_owned(),
        post: Some("规划科科长".to_owned()),
        organisation: Some("示例局".to_owned()),
        operation: "accounts.set_roles".to_owned(),
        object: ObjectView {
            kind: "account".to_owned(),
            id: "account_3".to_owned(),
            label: Some("guihua-01".to_owned()),
            address: Some("/accounts/guihua-01".to_owned()),
        },
        reason: Some("岗位调整".to_owned()),
        reason_erased: false,
        clauses: vec![ClauseLink { plan: "145".to_owned(), path: "2.1.二".to_owned() }],
        differences: vec![Difference {
            item: Some("12".to_owned()),
            field: "roles".to_owned(),
            before: vec!["planner".to_owned()],
            after: vec!["planner".to_owned(), "reviewer".to_owned()],
        }],
        rows: None,
        details,
        hash: "0f".repeat(32),
    };
    let plain = EntryView {
        post: None,
        organisation: None,
        operation: "something.new".to_owned(),
        object: ObjectView { kind: "thing".to_owned(), id: "thing_1".to_owned(), label: None, address: None },
        reason: None,
        reason_erased: true,
        clauses: Vec::new(),
        differences: Vec::new(),
        rows: Some(1421),
        ..one(3, Standing::None)
    };
    vec![
        one(7, Standing::Agrees),
        one(6, Standing::Differs),
        one(5, Standing::Missing),
        one(4, Standing::Erased),
        plain,
    ]
}

/// `/history/{kind}/{id}`.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryPage {
    /// The object.
    pub object: ObjectView,
    /// What was done to it, newest first.
    pub entries: Vec<EntryView>,
    /// The page of older ones.
    pub next: Option<String>,
    /// Is this the newest page?
    pub first: bool,
}

impl Page for HistoryPage {
    const TEMPLATE: &'static str = "journal/history.html";

    fn samples() -> Vec<Self> {
        let entries = entries();
        let object = entries[0].object.clone();
        let bare = ObjectView { kind: "thing".to_owned(), id: "thing_1".to_owned(), label: None, address: None };
        vec![
            Self { object, entries, next: Some("/history/account/account_3?older_than=3".to_owned()), first: false },
            Self { object: bare, entries: Vec::new(), next: None, first: true },
        ]
    }
}

/// `/journal/{id}`.
#[derive(Debug, Clone, Serialize)]
pub struct EntryPage {
    /// The entry.
    pub entry: EntryView,
    /// Digest of what stood before.
    pub before: Option<String>,
    /// Digest of what stands now.
    pub after: Option<String>,
    /// Are the digests salted?
    pub salted: bool,
    /// The Merkle root of the rows of an operation on many, with the first and the last key.
    pub root: Option<Root>,
    /// May the visitor take proofs along?
    pub exports: bool,
}

/// The rows of an operation on many.
#[derive(Debug, Clone, Serialize)]
pub struct Root {
    /// Their Merkle root.
    pub root: String,
    /// The first key.
    pub first: String,
    /// The last key.
    pub last: String,
}

impl EntryPage {
    /// Of an entry as it stands in the chain.
    pub fn of(entry: EntryView, recorded: &Recorded, exports: bool) -> Self {
        let said = &recorded.entry;
        Self {
            before: said.before.as_ref().map(super::hex),
            after: said.after.as_ref().map(super::hex),
            salted: said.salted,
            root: said.many.as_ref().map(|many| Root {
                root: super::hex(&many.root),
                first: many.first.clone(),
                last: many.last.clone(),
            }),
            exports,
            entry,
        }
    }
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "journal/entry.html";

    fn samples() -> Vec<Self> {
        let all = entries();
        let digest = || Some("0f".repeat(32));
        let root = Root { root: "0f".repeat(32), first: "000001".to_owned(), last: "001421".to_owned() };
        let page = |entry: &EntryView, before, root| Self {
            entry: entry.clone(),
            before,
            after: digest(),
            salted: true,
            root,
            exports: true,
        };
        let mut found: Vec<Self> = all.iter().map(|entry| page(entry, digest(), None)).collect();
        found.push(Self { after: None, salted: false, exports: false, ..page(&all[4], None, Some(root.clone())) });
        found.push(page(&all[4], None, Some(root)));
        found
    }
}
