//! Why the rules of accounts say no (账号方面的拒绝理由).

use crate::access::Role;
use gangmu_kernel::refusal::Refusal;
use std::collections::BTreeMap;

/// A reason why an account can't be made, changed or entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountRefusal {
    /// Login or password is wrong, the account is disabled, or too many attempts failed: which one is not told.
    LoginRefused,
    /// The login has not between two and thirty-two letters, digits, dots, dashes or underscores.
    BadLogin {
        /// The login.
        login: String,
    },
    /// Another account has this login.
    LoginTaken {
        /// The login.
        login: String,
    },
    /// The person's name is empty or longer than allowed.
    BadName,
    /// No organisation has this code.
    UnknownOrganisation {
        /// The code.
        code: String,
    },
    /// There is no such role.
    UnknownRole {
        /// The word.
        role: String,
    },
    /// Roles can be exchanged, not all taken away; who is to do nothing any more is disabled.
    NoRole,
    /// The two must not meet in one account.
    RolesMeet {
        /// The one.
        one: Role,
        /// The other.
        other: Role,
    },
    /// Nobody gives a role that reaches farther than his own right to give roles.
    BeyondReach,
    /// The password has too few characters.
    PasswordTooShort {
        /// How many it needs.
        least: usize,
    },
    /// The password has too many characters.
    PasswordTooLong {
        /// How many are allowed.
        most: usize,
    },
    /// The password holds the login.
    PasswordHoldsLogin,
    /// The password holds the person's name.
    PasswordHoldsName,
    /// The password is one of those that are tried first.
    PasswordCommon,
    /// The account had this password not long ago.
    PasswordUsedBefore {
        /// How many are remembered.
        kept: usize,
    },
    /// The password has fewer different characters than it needs.
    PasswordTooPlain,
    /// The new password is the old one.
    PasswordUnchanged,
    /// The code opens nothing: unknown, used or over.
    BadCode,
    /// The present password was given wrongly.
    WrongPassword,
    /// Nobody could give roles any more.
    LastAdministrator,
    /// Nobody disables the account that he or she is logged in with.
    OwnAccount,
}

impl Refusal for AccountRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::LoginRefused => "accounts.login.refused",
            Self::BadLogin { .. } => "accounts.add.bad_login",
            Self::LoginTaken { .. } => "accounts.add.login_taken",
            Self::BadName => "accounts.add.bad_name",
            Self::UnknownOrganisation { .. } => "accounts.add.unknown_organisation",
            Self::UnknownRole { .. } => "accounts.roles.unknown_role",
            Self::NoRole => "accounts.roles.no_role",
            Self::RolesMeet { .. } => "accounts.roles.meet",
            Self::BeyondReach => "accounts.roles.beyond_reach",
            Self::PasswordTooShort { .. } => "accounts.password.too_short",
            Self::PasswordTooLong { .. } => "accounts.password.too_long",
            Self::PasswordHoldsLogin => "accounts.password.holds_login",
            Self::PasswordHoldsName => "accounts.password.holds_name",
            Self::PasswordCommon => "accounts.password.common",
            Self::PasswordUsedBefore { .. } => "accounts.password.used_before",
            Self::PasswordTooPlain => "accounts.password.too_plain",
            Self::PasswordUnchanged => "accounts.password.unchanged",
            Self::BadCode => "accounts.activate.bad_code",
            Self::WrongPassword => "accounts.password.wrong",
            Self::LastAdministrator => "accounts.roles.last_administrator",
            Self::OwnAccount => "accounts.disable.own_account",
        }
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::BadLogin { login } | Self::LoginTaken { login } => BTreeMap::from([("login", login.clone())]),
            Self::UnknownOrganisation { code } => BTreeMap::from([("code", code.clone())]),
            Self::UnknownRole { role } => BTreeMap::from([("role", role.clone())]),
            Self::RolesMeet { one, other } => BTreeMap::from([("meeting", format!("{one},{other}"))]),
            Self::PasswordTooShort { least } => BTreeMap::from([("least", least.to_string())]),
            Self::PasswordTooLong { most } => BTreeMap::from([("most", most.to_string())]),
            Self::PasswordUsedBefore { kept } => BTreeMap::from([("kept", kept.to_string())]),
            _ => BTreeMap::new(),
        }
    }
}
