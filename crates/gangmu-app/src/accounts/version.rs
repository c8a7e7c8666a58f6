//! The version of an account (账号版本): another one as soon as anything of it was changed.

use super::normal_login;
use crate::failure::Failure;
use gangmu_store::{
    Tx,
    accounts::{self as rows, AccountRow},
    journal::{canonical::hex, digest},
};

/// The version of the account of that login now.
pub fn of(tx: &mut Tx<'_>, login: &str) -> Result<String, Failure> {
    let row = rows::by_login(tx, &normal_login(login))?.ok_or(Failure::Absent("account"))?;
    Ok(of_row(&row))
}

pub(crate) fn of_row(row: &AccountRow) -> String {
    hex(&digest::plain(row))[..16].to_owned()
}
