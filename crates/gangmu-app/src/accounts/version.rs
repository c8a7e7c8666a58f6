//! The version of an account (账号版本): another one as soon as anything of it was changed.

use crate::failure::Failure;
use gangmu_store::{
    Tx,
    accounts::AccountRow,
    journal::{canonical::hex, digest},
};

/// The version of the account of that login now; outside of the scope there is none.
pub fn of(tx: &mut Tx<'_>, login: &str) -> Result<String, Failure> {
    Ok(of_row(&super::find(tx, login)?))
}

pub(crate) fn of_row(row: &AccountRow) -> String {
    hex(&digest::plain(row))[..16].to_owned()
}
