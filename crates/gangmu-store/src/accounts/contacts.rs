//! How people are reached (联系方式), apart from their accounts: few pages need it, and erasure takes it away whole.

use crate::{db::Tx, fault::Fault, params, value::Row};
use gangmu_kernel::ids::AccountId;
use serde::Serialize;
use std::collections::BTreeMap;

/// How a person is reached; each of it is optional (联系方式).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ContactRow {
    /// The telephone number.
    pub phone: Option<String>,
    /// The address for e-mail.
    pub email: Option<String>,
    /// The number of the identity card.
    pub id_number: Option<String>,
}

impl ContactRow {
    /// Is nothing known?
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

crate::statements! {
    FIND = "SELECT account, phone, email, id_number FROM account_contacts WHERE account = $1";
    ALL = "SELECT account, phone, email, id_number FROM account_contacts ORDER BY account";
    SAVE = "INSERT INTO account_contacts (account, phone, email, id_number) VALUES ($1, $2, $3, $4)
      ON CONFLICT (account) DO UPDATE SET phone = excluded.phone, email = excluded.email,
        id_number = excluded.id_number";
    FORGET = "DELETE FROM account_contacts WHERE account = $1";
}

fn contact(row: &Row<'_>) -> Result<(AccountId, ContactRow), Fault> {
    Ok((row.get(0)?, ContactRow { phone: row.get(1)?, email: row.get(2)?, id_number: row.get(3)? }))
}

/// How that person is reached; empty where nothing is known.
pub fn find(tx: &mut Tx<'_>, account: AccountId) -> Result<ContactRow, Fault> {
    Ok(tx.maybe(FIND, params![account], contact)?.map(|found| found.1).unwrap_or_default())
}

/// How everybody is reached of whom anything is known.
pub fn all(tx: &mut Tx<'_>) -> Result<BTreeMap<AccountId, ContactRow>, Fault> {
    Ok(tx.query(ALL, params![], contact)?.into_iter().collect())
}

/// Saves how a person is reached; of nothing no row is left.
pub fn save(tx: &mut Tx<'_>, account: AccountId, row: &ContactRow) -> Result<(), Fault> {
    if row.is_empty() {
        return tx.execute(FORGET, params![account]).map(drop);
    }
    tx.execute(SAVE, params![account, row.phone.as_ref(), row.email.as_ref(), row.id_number.as_ref()]).map(drop)
}
