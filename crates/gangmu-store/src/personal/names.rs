//! Where names stand beside the number of an account, so that a record can be read without looking the account up
//! (留名处): all of them are taken away when a person is erased. The number stays: what was done stays somebody's.
//!
//! What people wrote freely is cleared of the name too, unless the name is a word that the texts of the plans use, or
//! stands in the name of somebody else: to cut it out of every note would tear holes into what others said, and into who
//! they are.

use crate::{db::Tx, fault::Fault, params};
use gangmu_kernel::{actor::FOR, ids::AccountId};

/// Names of who did something, by the account that stands beside them.
macro_rules! own {
    ($table:literal $name:literal $account:literal) => {
        concat!("UPDATE ", $table, " SET ", $name, " = $2 WHERE ", $account, " = $1")
    };
}

/// Names that begin or end with the person: a deputy, or whoever a deputy acted for.
macro_rules! part {
    (from $table:literal $name:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET ",
            $name,
            " = $2 || substr(",
            $name,
            ", length(CAST($1 AS TEXT)) + 1) WHERE substr(",
            $name,
            ", 1, length(CAST($1 AS TEXT))) = $1"
        )
    };
    (until $table:literal $name:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET ",
            $name,
            " = substr(",
            $name,
            ", 1, length(",
            $name,
            ") - length(CAST($1 AS TEXT))) || $2 WHERE substr(",
            $name,
            ", length(",
            $name,
            ") - length(CAST($1 AS TEXT)) + 1) = $1"
        )
    };
}

/// What was written freely.
macro_rules! free {
    ($table:literal $text:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET ",
            $text,
            " = replace(",
            $text,
            ", $1, $2) WHERE replace(",
            $text,
            ", $1, '') <> ",
            $text
        )
    };
}

/// Values of a document.
macro_rules! document {
    ($table:literal $column:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET ",
            $column,
            " = CAST(replace(CAST(",
            $column,
            " AS TEXT), $1, $2) AS JSONB) WHERE replace(CAST(",
            $column,
            " AS TEXT), $1, '') <> CAST(",
            $column,
            " AS TEXT)"
        )
    };
}

crate::statements! {
    DECISIONS = (own!("decisions" "account_name" "account"));
    EDITIONS = (own!("editions" "account_name" "account"));
    APPROVALS = (own!("editions" "approver_name" "approver"));
    EVENTS = (own!("edition_events" "account_name" "account"));
    NOTICES = (own!("notices" "account_name" "account"));
    IMPORTS = (own!("imports" "account_name" "account"));
    ATTACHMENTS = (own!("attachments" "account_name" "account"));
    REMOVALS = (own!("attachments" "remover_name" "remover"));
    ROSTERS = (own!("rosters" "account_name" "account"));
    BATCHES = (own!("staging_batches" "account_name" "account"));
    BACKUPS = (own!("backups" "account_name" "account"));
    VERSIONS = (own!("indicator_versions" "account_name" "account"));
    TARGETS = (own!("indicator_targets" "account_name" "account"));
    DECIDERS = (own!("indicator_targets" "decider_name" "decider"));
    TOKENS = (own!("tokens" "name" "account"));
    LOOKS = "UPDATE personal_looks SET by_name = $2, by_post = NULL WHERE by_account = $1";
    ASKED = (own!("erasures" "asked_name" "asked_by"));
    DEPUTIES = "UPDATE deputies SET reason = $2
      WHERE account = $1 OR post IN (SELECT id FROM posts WHERE account = $1)";
    PAUSED = "UPDATE paused_queues SET account_name = $2 WHERE account_name = $1";
    APPOINTED = "UPDATE deputies SET appointed_by = $2 WHERE appointed_by = $1";
    DECIDED = "UPDATE erasures SET decided_name = $2 WHERE decided_name = $1";
    PAUSED_AS = (part!(from "paused_queues" "account_name"));
    APPOINTED_AS = (part!(from "deputies" "appointed_by"));
    DECIDED_AS = (part!(from "erasures" "decided_name"));
    DECISIONS_FOR = (part!(until "decisions" "account_name"));
    EDITIONS_FOR = (part!(until "editions" "account_name"));
    APPROVALS_FOR = (part!(until "editions" "approver_name"));
    EVENTS_FOR = (part!(until "edition_events" "account_name"));
    NOTICES_FOR = (part!(until "notices" "account_name"));
    IMPORTS_FOR = (part!(until "imports" "account_name"));
    ATTACHMENTS_FOR = (part!(until "attachments" "account_name"));
    REMOVALS_FOR = (part!(until "attachments" "remover_name"));
    ROSTERS_FOR = (part!(until "rosters" "account_name"));
    BATCHES_FOR = (part!(until "staging_batches" "account_name"));
    BACKUPS_FOR = (part!(until "backups" "account_name"));
    VERSIONS_FOR = (part!(until "indicator_versions" "account_name"));
    TARGETS_FOR = (part!(until "indicator_targets" "account_name"));
    DECIDERS_FOR = (part!(until "indicator_targets" "decider_name"));
    LOOKS_FOR = (part!(until "personal_looks" "by_name"));
    ASKED_FOR = (part!(until "erasures" "asked_name"));
    PAUSED_FOR = (part!(until "paused_queues" "account_name"));
    APPOINTED_FOR = (part!(until "deputies" "appointed_by"));
    DECIDED_FOR = (part!(until "erasures" "decided_name"));
    JOBS = { sqlite: (free!("jobs" "payload")), postgres: (document!("jobs" "payload")) };
    MESSAGES = { sqlite: (free!("messages" "fields")), postgres: (document!("messages" "fields")) };
    DRAFTS = { sqlite: (free!("rosters" "body")), postgres: (document!("rosters" "body")) };
    ANSWERS = (free!("answered_requests" "body"));
    DECISION_NOTES = (free!("decisions" "note"));
    DECISION_BODIES = (free!("decisions" "body"));
    EVENT_NOTES = (free!("edition_events" "note"));
    DEPUTY_REASONS = (free!("deputies" "reason"));
    PAUSE_REASONS = (free!("paused_queues" "reason"));
    ERASURE_REASONS = (free!("erasures" "reason"));
    LOOK_NOTES = (free!("personal_looks" "note"));
    VERSION_REASONS = (free!("indicator_versions" "reason"));
    TARGET_REASONS = (free!("indicator_targets" "reason"));
    TARGET_NOTES = (free!("indicator_targets" "note"));
    TOKEN_NAMES = (free!("tokens" "name"));
    DETAILS = "UPDATE journal_details SET before = NULL, after = NULL, erased = TRUE
      WHERE replace(before, $1, '') <> before OR replace(after, $1, '') <> after";
    INBOX = "DELETE FROM messages WHERE account = $1";
    WORD = "SELECT 1 FROM clauses WHERE replace(text, $1, '') <> text LIMIT 1";
    OTHERS = "SELECT 1 FROM accounts
      WHERE id <> $2 AND erased_at IS NULL AND replace(name, $1, '') <> name LIMIT 1";
}

/// Puts that word in the place of the person's name wherever it stands beside the number of the account; where no number
/// stands beside it, wherever exactly this name stands. Was what people wrote freely cleared of it too?
pub fn forget(tx: &mut Tx<'_>, account: AccountId, name: &str, word: &str) -> Result<bool, Fault> {
    let by_account = [
        DECISIONS,
        EDITIONS,
        APPROVALS,
        EVENTS,
        NOTICES,
        IMPORTS,
        ATTACHMENTS,
        REMOVALS,
        ROSTERS,
        BATCHES,
        BACKUPS,
        VERSIONS,
        TARGETS,
        DECIDERS,
        TOKENS,
        LOOKS,
        ASKED,
        DEPUTIES,
    ];
    for statement in by_account {
        tx.execute(statement, params![account, word])?;
    }
    tx.execute(INBOX, params![account])?;
    for statement in [PAUSED, APPOINTED, DECIDED] {
        tx.execute(statement, params![name, word])?;
    }
    for statement in [PAUSED_AS, APPOINTED_AS, DECIDED_AS] {
        tx.execute(statement, params![format!("{name}{FOR}"), format!("{word}{FOR}")])?;
    }
    held(tx, name, word)?;
    // What stands in quotation marks is the whole value.
    for statement in [JOBS, MESSAGES, DRAFTS, ANSWERS] {
        tx.execute(statement, params![format!("\"{name}\""), format!("\"{word}\"")])?;
    }
    if common(tx, account, name)? {
        return Ok(false);
    }
    written(tx, name, word)?;
    Ok(true)
}

/// Where a deputy acted for the person.
fn held(tx: &mut Tx<'_>, name: &str, word: &str) -> Result<(), Fault> {
    let names = [
        DECISIONS_FOR,
        EDITIONS_FOR,
        APPROVALS_FOR,
        EVENTS_FOR,
        NOTICES_FOR,
        IMPORTS_FOR,
        ATTACHMENTS_FOR,
        REMOVALS_FOR,
        ROSTERS_FOR,
        BATCHES_FOR,
        BACKUPS_FOR,
        VERSIONS_FOR,
        TARGETS_FOR,
        DECIDERS_FOR,
        LOOKS_FOR,
        ASKED_FOR,
        PAUSED_FOR,
        APPOINTED_FOR,
        DECIDED_FOR,
    ];
    for statement in names {
        tx.execute(statement, params![format!("{FOR}{name}"), format!("{FOR}{word}")])?;
    }
    Ok(())
}

/// Does the name stand in what is not about the person: in the text of a plan, or in the name of somebody else?
fn common(tx: &mut Tx<'_>, account: AccountId, name: &str) -> Result<bool, Fault> {
    Ok(name.chars().count() < 2
        || tx.maybe(WORD, params![name], |_| Ok(()))?.is_some()
        || tx.maybe(OTHERS, params![name, account], |_| Ok(()))?.is_some())
}

/// What people wrote freely.
fn written(tx: &mut Tx<'_>, name: &str, word: &str) -> Result<(), Fault> {
    let texts = [
        DECISION_NOTES,
        DECISION_BODIES,
        EVENT_NOTES,
        DEPUTY_REASONS,
        PAUSE_REASONS,
        ERASURE_REASONS,
        LOOK_NOTES,
        VERSION_REASONS,
        TARGET_REASONS,
        TARGET_NOTES,
        TOKEN_NAMES,
    ];
    for statement in texts {
        tx.execute(statement, params![name, word])?;
    }
    tx.execute(DETAILS, params![name]).map(drop)
}
