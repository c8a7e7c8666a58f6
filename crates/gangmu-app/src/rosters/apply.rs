//! Applying a roster (导入名册): all of it or nothing, or what is sound, in one operation with one entry of the journal.

use super::{
    RosterRefusal,
    check::{Checked, OrganisationStep, PersonStep, check},
    known::Known,
    object,
    preview::draft,
};
use crate::{
    accounts::{object as account_object, passwords},
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, Work, operate},
    session::Session,
};
use gangmu_kernel::ids::{AccountId, OrganisationId};
use gangmu_store::{
    accounts::{self, AccountRow, contacts},
    journal::Hash,
    organisations::{self, OrganisationRow},
    packs,
    rosters::{self as rows, RequestRow, RosterRow, Tally},
};
use std::collections::BTreeMap;

/// How a roster is applied (导入方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// All rows, or nothing where one cell is wrong.
    All,
    /// The rows that nothing is wrong with.
    Sound,
}

/// Applies a draft; `seen` is the fingerprint of what was shown.
pub async fn apply(app: &App, session: &Session, id: i64, mode: Mode, seen: &str) -> Result<Tally, Failure> {
    let seen = seen.to_owned();
    operate(app, session, Operation::under("rosters.apply", "accounts.add"), move |work| {
        let row = open(work, id)?;
        let draft = draft(&row).ok_or_else(|| Failure::refused(RosterRefusal::Decided {}))?;
        let known = Known::load(work.tx, &draft)?;
        let checked = check(&draft, &known);
        refuse(&checked, mode, &seen)?;
        let mut applying = Applying { keys: known.keys, leaves: Vec::new(), tally: Tally::default() };
        applying.tally.left_out = i64::try_from(checked.refused()).unwrap_or(i64::MAX);
        for step in &checked.organisations {
            applying.organisation(work, &row.file, step)?;
        }
        for step in checked.people {
            applying.person(work, id, step)?;
        }
        rows::end(work.tx, id, "applied", work.now, applying.tally)?;
        applying.leaves.sort();
        let record = Record::on(object(id)).rows(applying.leaves).salted();
        Ok(Done::recorded(applying.tally, record))
    })
    .await
}

/// Drops a draft: its rows are forgotten.
pub async fn drop_draft(app: &App, session: &Session, id: i64) -> Result<(), Failure> {
    operate(app, session, Operation::under("rosters.drop", "accounts.add"), move |work| {
        open(work, id)?;
        rows::end(work.tx, id, "dropped", work.now, Tally::default())?;
        Ok(Done::recorded((), Record::on(object(id))))
    })
    .await
}

fn open(work: &mut Work<'_, '_>, id: i64) -> Result<RosterRow, Failure> {
    let row = rows::find(work.tx, id)?.ok_or(Failure::Absent("roster"))?;
    if row.state == "draft" { Ok(row) } else { Err(Failure::refused(RosterRefusal::Decided {})) }
}

fn refuse(checked: &Checked, mode: Mode, seen: &str) -> Result<(), Failure> {
    // Without a column that every row must fill, no row is sound.
    let blind = checked.faults.iter().any(|fault| fault.code == "rosters.cell.no_column");
    if !checked.faults.is_empty() && (mode == Mode::All || blind) {
        return Err(Failure::refused(RosterRefusal::Faulty { faults: checked.faults.len() }));
    }
    if checked.fingerprint() != seen {
        return Err(Failure::refused(RosterRefusal::Changed {}));
    }
    if checked.organisations.is_empty() && checked.people.is_empty() {
        return Err(Failure::refused(RosterRefusal::Nothing {}));
    }
    Ok(())
}

/// What is kept in mind while the steps are done.
struct Applying {
    keys: BTreeMap<String, OrganisationId>,
    /// Key and digest of each row that was written.
    leaves: Vec<(String, Hash)>,
    tally: Tally,
}

impl Applying {
    fn organisation(&mut self, work: &mut Work<'_, '_>, file: &str, step: &OrganisationStep) -> Result<(), Failure> {
        let row = OrganisationRow { source: file.to_owned(), ..step.row.clone() };
        match self.keys.get(&row.code).filter(|_| !step.new) {
            Some(key) => {
                organisations::correct(work.tx, *key, &row)?;
                self.tally.organisations_changed += 1;
            }
            None => {
                let district = packs::all(work.tx)?.into_iter().next();
                let district = district.ok_or_else(|| Failure::refused(RosterRefusal::NoDistrict {}))?;
                let key = organisations::add(work.tx, &district.id, &row)?;
                self.keys.insert(row.code.clone(), key);
                self.tally.organisations_new += 1;
            }
        }
        self.leaves.push((format!("organisation {}", row.code), work.digest(&row)));
        Ok(())
    }

    fn person(&mut self, work: &mut Work<'_, '_>, roster: i64, step: PersonStep) -> Result<(), Failure> {
        let organisation = self.keys.get(&step.organisation).copied();
        let row = match step.before {
            Some(before) => {
                let row = AccountRow { name: step.name, organisation, post: step.post, ..before };
                accounts::save(work.tx, &row)?;
                self.tally.people_changed += 1;
                row
            }
            None => {
                let mut row = AccountRow {
                    id: AccountId(0),
                    login: step.login,
                    name: step.name,
                    post: step.post,
                    organisation,
                    password: passwords::NONE.to_owned(),
                    password_set_at: work.now,
                    must_change: false,
                    disabled: false,
                    created_at: work.now,
                    roles: Vec::new(),
                };
                row.id = accounts::add(work.tx, &row)?;
                rows::add_account(work.tx, roster, row.id)?;
                self.tally.people_new += 1;
                row
            }
        };
        contacts::save(work.tx, row.id, &step.contact)?;
        for role in step.roles {
            rows::ask(work.tx, &RequestRow { account: row.id, role, roster, asked_at: work.now })?;
        }
        let digest = work.personal_digest(&account_object(row.id), &(&row, &step.contact))?;
        self.leaves.push((row.id.to_string(), digest));
        Ok(())
    }
}
