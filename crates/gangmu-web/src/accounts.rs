//! Login, one's own password, and the accounts (账号).

mod manage;
mod own;
mod pages;

pub use manage::{add, disable, edit, enable, list, new, reset, save_roles};
pub use own::{change_password, log_in, log_out, login_form, password_form};
pub use pages::{
    AccountPage, AccountRow, AccountsPage, DemoAccount, Knot, LoginPage, OncePassword, PasswordPage, RoleChoice,
    UnitChoice,
};
