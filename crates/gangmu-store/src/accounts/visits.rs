//! Log-ins as their owner sees them (登录情况): the one before this, and the failures between.

use crate::{db::Tx, fault::Fault, params};
use gangmu_kernel::ids::AccountId;
use jiff::Timestamp;

/// What came before the present login (上次登录).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// When the person logged in before; none at the first login.
    pub at: Option<Timestamp>,
    /// How many attempts failed since then.
    pub failed: i64,
}

crate::statements! {
    ENTERED = "INSERT INTO account_visits (account, last_at, before_at, failed_since, failed_before)
      VALUES ($1, $2, NULL, 0, 0)
      ON CONFLICT (account) DO UPDATE SET before_at = account_visits.last_at,
        failed_before = account_visits.failed_since, last_at = excluded.last_at, failed_since = 0";
    FAILED = "INSERT INTO account_visits (account, last_at, before_at, failed_since, failed_before)
      VALUES ($1, NULL, NULL, 1, 0)
      ON CONFLICT (account) DO UPDATE SET failed_since = account_visits.failed_since + 1";
    BEFORE = "SELECT before_at, failed_before FROM account_visits WHERE account = $1";
    FORGET = "DELETE FROM account_visits WHERE account = $1";
}

/// Notes a login.
pub fn entered(tx: &mut Tx<'_>, account: AccountId, at: Timestamp) -> Result<(), Fault> {
    tx.execute(ENTERED, params![account, at]).map(drop)
}

/// Notes an attempt that failed.
pub fn failed(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Fault> {
    tx.execute(FAILED, params![account]).map(drop)
}

/// What came before the last login; none where there was no login yet.
pub fn before(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<Before>, Fault> {
    tx.maybe(BEFORE, params![account], |row| Ok(Before { at: row.get(0)?, failed: row.get(1)? }))
}

/// Forgets what was noted of an account.
pub fn forget(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Fault> {
    tx.execute(FORGET, params![account]).map(drop)
}
