//! Login, one's own password, and the accounts (账号).

mod activation;
mod manage;
mod own;
mod pages;
mod sessions;

pub use activation::{activate_it, activation_form};
pub use manage::{add, disable, edit, enable, list, new, reset, save_roles};
pub(crate) use manage::{bounds, refused_person};
pub(crate) use own::login_page;
pub use own::{Kept, change_password, log_in, log_out, login_form, password_form};
pub use pages::{
    AccountPage, AccountRow, AccountsPage, ActivatePage, DemoAccount, GoOnPage, Knot, LoginPage, OncePassword,
    PasswordPage, PostCard, RoleChoice, UnitChoice,
};
pub use sessions::{SessionsPage, alive, end as end_session, end_others, seconds, show as sessions};
