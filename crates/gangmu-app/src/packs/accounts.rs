//! `accounts.toml`: the people of a demonstration (演示账号).

use super::{
    fault::PackFault,
    manifest::{line_at, toml_fault},
};
use crate::{
    access::{Role, meetings},
    accounts::passwords,
};
use gangmu_kernel::refusal::Refusal;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// The people of a demonstration with their common password (演示账号).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccounts {
    /// The password of all of them, in clear because it protects nothing.
    pub password: String,
    /// The people.
    pub accounts: Vec<DemoAccount>,
}

/// A person of a demonstration (演示人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// What the person types.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The person's post.
    pub post: Option<String>,
    /// The code of the organisation.
    pub organisation: Option<String>,
    /// Words of roles.
    pub roles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    password: Spanned<String>,
    #[serde(default)]
    account: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    login: Spanned<String>,
    name: String,
    title: Option<String>,
    organisation: Option<Spanned<String>>,
    roles: Spanned<Vec<String>>,
}

/// Reads the file; `organisations` are the codes that its people may be bound to.
pub(super) fn parse(
    file: &str,
    text: &str,
    organisations: &BTreeSet<String>,
    faults: &mut Vec<PackFault>,
) -> Option<DemoAccounts> {
    let read: File = match toml::from_str(text) {
        Ok(read) => read,
        Err(error) => {
            faults.push(toml_fault(file, text, &error));
            return None;
        }
    };
    let before = faults.len();
    let mut fault = |at: usize, code: &'static str, name: &'static str, value: &str| {
        faults.push(PackFault::new(file, Some(line_at(text, at)), code).with(name, value));
    };
    for bad in passwords::faults(read.password.get_ref(), passwords::Whose::default()) {
        fault(read.password.span().start, bad.code(), "login", "");
    }
    let mut logins = BTreeSet::new();
    let mut accounts = Vec::new();
    for entry in read.account {
        let login = entry.login.get_ref();
        if !logins.insert(login.clone()) {
            fault(entry.login.span().start, "packs.read.login_twice", "login", login);
        }
        for role in entry.roles.get_ref().iter().filter(|role| Role::of_word(role).is_none()) {
            fault(entry.roles.span().start, "accounts.roles.unknown_role", "role", role);
        }
        let known = entry.roles.get_ref().iter().filter_map(|role| Role::of_word(role)).collect();
        for (one, other) in meetings(&known) {
            fault(entry.roles.span().start, "accounts.roles.meet", "meeting", &format!("{one},{other}"));
        }
        if let Some(code) = entry.organisation.as_ref().filter(|code| !organisations.contains(code.get_ref())) {
            fault(code.span().start, "accounts.add.unknown_organisation", "code", code.get_ref());
        }
        accounts.push(DemoAccount {
            login: login.clone(),
            name: entry.name,
            post: entry.title,
            organisation: entry.organisation.map(Spanned::into_inner),
            roles: entry.roles.into_inner(),
        });
    }
    (faults.len() == before).then(|| DemoAccounts { password: read.password.into_inner(), accounts })
}
