//! Deciding a contradiction between two sources (矛盾裁定): one of them holds, in one decision that can be undone.

use super::{
    decide::{Decided, Desk, decide_with},
    joined::{ConflictBody, body, is_decidable},
    open::Opened,
};
use crate::{app::App, failure::Failure, session::Session};
use gangmu_join::SourceOf;
use gangmu_plan::{
    proposal::{Form, OwnerRule, Owners},
    review::Command,
};
use gangmu_store::{
    Tx,
    plan::{commitments, joins},
};

/// Which of two sources holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// 以正文为准.
    Text,
    /// 以表为准.
    Table,
}

impl Side {
    /// The side of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "text" => Some(Self::Text),
            "table" => Some(Self::Table),
            _ => None,
        }
    }
}

/// Decides the contradiction of that number.
pub async fn reconcile(
    app: &App,
    session: &Session,
    desk: Desk,
    conflict: u32,
    side: Side,
) -> Result<Decided, Failure> {
    decide_with(app, session, desk, "plan.reconcile", move |tx, opened| command(tx, opened, conflict, side)).await
}

fn command(tx: &mut Tx<'_>, opened: &Opened, number: u32, side: Side) -> Result<Command, Failure> {
    let edition = opened.edition.id;
    let row = joins::one(tx, edition, "conflict", number)?.ok_or(Failure::Absent("conflict"))?;
    let conflict: ConflictBody = body(&row)?;
    if !is_decidable(&conflict) {
        return Err(Failure::Absent("conflict"));
    }
    let numbers = |at: usize| conflict.sides.get(at).cloned().unwrap_or_default();
    let (holds, falls) = match side {
        Side::Text => (0, 1),
        Side::Table => (1, 0),
    };
    let note = note(&conflict, holds);
    if !conflict.is_of_lead() {
        let (accept, reject) = (numbers(holds), numbers(falls));
        return Ok(Command::Reconcile { accept, change: Vec::new(), reject, note });
    }
    let named = commitments::by_numbers(tx, edition, &numbers(0))?;
    if side == Side::Text && named.iter().all(|row| row.commitment.form.owners.row.is_none()) {
        return Ok(Command::Reconcile { accept: numbers(0), change: Vec::new(), reject: Vec::new(), note });
    }
    let form = |row: &commitments::CommitmentRow| match side {
        Side::Text => {
            row.proposal.as_ref().map(|p| Form { owners: p.form.owners.clone(), ..row.commitment.form.clone() })
        }
        Side::Table => conflict.row.as_ref().map(|said| Form {
            owners: Owners {
                lead: said.lead.clone(),
                support: said.support.clone(),
                rule: Some(OwnerRule::Row),
                note: None,
                span: None,
                row: Some(said.place.clone()),
            },
            ..row.commitment.form.clone()
        }),
    };
    let change = named.iter().filter_map(|row| Some((row.commitment.number, form(row)?))).collect();
    Ok(Command::Reconcile { accept: Vec::new(), change, reject: Vec::new(), note })
}

/// The subject and the place of the source that holds, for the record.
fn note(conflict: &ConflictBody, holds: usize) -> String {
    let place = match conflict.sources.get(holds) {
        Some(SourceOf::Text { file, clause, .. }) => format!("{file} {clause}"),
        Some(SourceOf::Row(place)) => {
            let part = place.sheet.clone().or(place.table.map(|n| n.to_string())).unwrap_or_default();
            format!("{} {part} {}", place.file, place.row)
        }
        None => String::new(),
    };
    format!("{}：{place}", conflict.subject)
}
