//! The passwords that an account had (用过的密码), as hashes: the last few are not taken again.

use crate::{db::Tx, fault::Fault, params};
use gangmu_kernel::ids::AccountId;
use jiff::Timestamp;

crate::statements! {
    OF = "SELECT password FROM former_passwords WHERE account = $1 ORDER BY set_at DESC LIMIT $2";
    ADD = "INSERT INTO former_passwords (account, set_at, password) VALUES ($1, $2, $3)
      ON CONFLICT (account, set_at) DO UPDATE SET password = excluded.password";
    KEEP = "DELETE FROM former_passwords WHERE account = $1 AND set_at NOT IN
        (SELECT set_at FROM former_passwords WHERE account = $1 ORDER BY set_at DESC LIMIT $2)";
    FORGET = "DELETE FROM former_passwords WHERE account = $1";
}

/// The hashes of the last passwords before the present one, the last first.
pub fn of(tx: &mut Tx<'_>, account: AccountId, limit: i64) -> Result<Vec<String>, Fault> {
    tx.query(OF, params![account, limit], |row| row.get(0))
}

/// Keeps the hash of a password that was set then and is no longer; of all of them the last `keep` stay.
pub fn add(tx: &mut Tx<'_>, account: AccountId, set_at: Timestamp, password: &str, keep: i64) -> Result<(), Fault> {
    tx.execute(ADD, params![account, set_at, password])?;
    tx.execute(KEEP, params![account, keep]).map(drop)
}

/// Forgets all of them.
pub fn forget(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Fault> {
    tx.execute(FORGET, params![account]).map(drop)
}
