//! What is there already (现有组织与人员): everything that the rows of a roster are compared with.

use super::{column::Column, draft::Draft, person, sheet::narrow};
use crate::accounts::normal_login;
use gangmu_kernel::ids::{AccountId, OrganisationId};
use gangmu_store::{
    Fault, Tx,
    accounts::{
        self, AccountRow,
        contacts::{self, ContactRow},
    },
    areas,
    organisations::{self, OrganisationRow},
};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that a roster is compared with.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The newest span of each organisation by its code.
    pub organisations: BTreeMap<String, OrganisationRow>,
    /// Keys of organisations by code, also of those that no span names.
    pub keys: BTreeMap<String, OrganisationId>,
    /// Codes and names of areas with the code.
    pub areas: BTreeMap<String, String>,
    /// The accounts that the file names, by login.
    pub accounts: BTreeMap<String, (AccountRow, ContactRow)>,
}

impl Known {
    /// Loads what the rows of that draft are compared with.
    pub fn load(tx: &mut Tx<'_>, draft: &Draft) -> Result<Self, Fault> {
        let mut known = Self { keys: organisations::keys(tx)?, ..Self::default() };
        for (_, row) in organisations::all(tx)? {
            // Later rows of one code are older or newer; the one that ends last is the present one.
            let newer = |other: &OrganisationRow| match (row.until, other.until) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(this), Some(other)) => this > other,
            };
            if known.organisations.get(&row.code).is_none_or(newer) {
                known.organisations.insert(row.code.clone(), row);
            }
        }
        for area in areas::all(tx)? {
            known.areas.insert(area.label.clone(), area.code.clone());
            known.areas.insert(area.code.clone(), area.code);
        }
        let logins: Vec<String> = logins(draft).into_iter().collect();
        let rows = accounts::by_logins(tx, &logins)?;
        let mut reached: BTreeMap<AccountId, ContactRow> = contacts::all(tx)?;
        for row in rows {
            let contact = reached.remove(&row.id).unwrap_or_default();
            known.accounts.insert(row.login.clone(), (row, contact));
        }
        Ok(known)
    }

    /// The codes of the organisations that have this code, name or further spelling.
    pub fn organisations_called(&self, name: &str) -> BTreeSet<String> {
        if self.organisations.contains_key(name) {
            return BTreeSet::from([name.to_owned()]);
        }
        self.organisations.values().filter(|row| is_called(row, name)).map(|row| row.code.clone()).collect()
    }
}

/// Has the organisation this name or spelling?
pub(super) fn is_called(row: &OrganisationRow, name: &str) -> bool {
    row.label == name || row.short.as_deref() == Some(name) || row.aliases.iter().any(|alias| alias == name)
}

fn logins(draft: &Draft) -> BTreeSet<String> {
    let sheets = draft.sheets.iter().filter(|sheet| sheet.sort == person::SORT);
    let all = sheets.flat_map(|sheet| sheet.rows.iter().map(|row| sheet.cell(row, Column::Login)));
    all.map(|login| normal_login(&narrow(login))).collect()
}
