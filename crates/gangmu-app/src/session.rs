//! Who asks (会话): a person who is logged in, the public, or the console of the machine.

use crate::{
    access::{Access, Forbidden, Reach, Role},
    terms::Terms,
    tokens::Through,
};
use gangmu_kernel::{
    Actor,
    actor::FOR,
    ids::{AccountId, PostId},
};
use gangmu_store::{
    Bound,
    accounts::visits::Before,
    journal::{By, canonical::hex},
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Nobody's account: the public, and the console of the machine.
pub const NOBODY: AccountId = AccountId(0);

/// Who asks, with what they may.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who acts.
    pub actor: Actor,
    /// What the person types to log in; empty for nobody.
    pub login: String,
    /// The key of the post that the person acts in.
    pub acting: Option<PostId>,
    /// What the post is called.
    pub post: Option<String>,
    /// Whose post it is, where the person acts as a deputy.
    pub principal: Option<Principal>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// The organisation's code.
    pub organisation_code: Option<String>,
    /// The roles of the post.
    pub roles: BTreeSet<Role>,
    /// Where each role ends; without a line: nowhere, it reaches the whole installation.
    pub bounds: BTreeMap<Role, Bound>,
    /// Must the person choose a new password before anything else?
    pub must_change: bool,
    /// Through which token the person acts; none in a browser.
    pub through: Option<Through>,
    /// What the request asks of the operation that it leads to.
    pub terms: Terms,
    /// The key of the session's row and the secret of its forms; none without a login.
    pub(crate) ticket: Option<Ticket>,
}

/// Whose post a deputy acts in (被代办人).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The account.
    pub account: AccountId,
    /// The name.
    pub name: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Ticket {
    pub hash: [u8; 32],
    pub csrf: String,
    /// When the session ends in any case.
    pub until: Option<Timestamp>,
    /// The login before this one.
    pub before: Option<Before>,
}

impl Ticket {
    /// Of the token that the browser keeps.
    pub fn of(token: &str) -> Self {
        let csrf: [u8; 32] = Sha256::new().chain_update("gangmu.csrf/1 ").chain_update(token).finalize().into();
        Self { hash: Sha256::digest(token).into(), csrf: hex(&csrf), until: None, before: None }
    }
}

impl Session {
    /// Somebody who has not logged in.
    pub fn public() -> Self {
        Self::nobody("public", BTreeSet::new())
    }

    /// The person at the machine's own console, under the name that the journal shall show. Whoever can start the
    /// program on its data holds every role anyway.
    pub fn console(name: &str) -> Self {
        Self::nobody(name, Role::ALL.into_iter().skip(1).collect())
    }

    /// The program itself, when it does its jobs: the journal shows its own name, and it may whatever a person may.
    pub fn system() -> Self {
        Self::nobody("gangmu", Role::ALL.into_iter().skip(1).collect())
    }

    fn nobody(name: &str, roles: BTreeSet<Role>) -> Self {
        Self {
            actor: Actor { account: NOBODY, name: name.to_owned(), organisation: None },
            login: String::new(),
            acting: None,
            post: None,
            principal: None,
            organisation: None,
            organisation_code: None,
            roles,
            bounds: BTreeMap::new(),
            must_change: false,
            through: None,
            terms: Terms::default(),
            ticket: None,
        }
    }

    /// This session, asking that of the operation that it leads to.
    #[must_use]
    pub fn on(&self, terms: Terms) -> Self {
        Self { terms, ..self.clone() }
    }

    /// Is somebody logged in?
    pub fn is_logged_in(&self) -> bool {
        self.ticket.is_some()
    }

    /// When this session ends in any case, also while it is used; none without a login.
    pub fn ends_at(&self) -> Option<Timestamp> {
        self.ticket.as_ref()?.until
    }

    /// The login before this one with the failures between; none without a login.
    pub fn before(&self) -> Option<Before> {
        self.ticket.as_ref()?.before
    }

    /// The secret that every form of this session carries; none without a login.
    pub fn csrf(&self) -> Option<&str> {
        self.ticket.as_ref().map(|ticket| ticket.csrf.as_str())
    }

    /// Is that the secret of this session's forms? The comparison takes the same time whatever differs.
    pub fn csrf_matches(&self, given: &str) -> bool {
        let Some(ticket) = &self.ticket else { return false };
        let (a, b): ([u8; 32], [u8; 32]) = (Sha256::digest(&ticket.csrf).into(), Sha256::digest(given).into());
        a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }

    /// Why may this person not do this? `None` says that they may.
    pub fn why_not(&self, access: &Access, action: &str) -> Option<Forbidden> {
        // What a person with a password of the first day may still do: change it, log out, read what is public.
        if self.must_change && action != "accounts.own" && access.why_not(action, &BTreeSet::new()).is_some() {
            return Some(Forbidden::PasswordFirst { action: action.to_owned() });
        }
        // What can't be cut in pieces is for those alone whose role reaches everywhere.
        let far = |role: &&Role| access.reach(action, **role) != Some(Reach::Whole) || !self.bounds.contains_key(*role);
        let held: BTreeSet<Role> = self.roles.iter().filter(far).copied().collect();
        let known = self.is_logged_in() || self.through.is_some();
        let why_not = match access.why_not(action, &held) {
            // What is one's own needs a login and no role: an account begins without any.
            Some(_) if known && action == "accounts.own" => None,
            // Somebody who waits for the first role is logged in all the same.
            Some(Forbidden::NotLoggedIn { action }) if known => {
                let needed = access.roles_for(&action);
                Some(Forbidden::WrongRole { action, held: self.roles.clone(), needed })
            }
            other => other,
        };
        let beyond = |through: &Through| !through.scope.contains(action) && !access.is_public(action);
        let out_of_scope = || Forbidden::OutOfScope { action: action.to_owned() };
        why_not.or_else(|| self.through.as_ref().filter(|through| beyond(through)).map(|_| out_of_scope()))
    }

    /// May this person do this?
    pub fn may(&self, access: &Access, action: &str) -> bool {
        self.why_not(access, action).is_none()
    }

    /// For whom this person acts as a deputy.
    pub fn behalf(&self) -> Option<AccountId> {
        self.principal.as_ref().map(|principal| principal.account)
    }

    /// As the journal names this person; a deputy with the person whose post it is.
    pub fn by(&self) -> By {
        By {
            account: self.actor.account,
            name: match &self.principal {
                Some(principal) => format!("{}{FOR}{}", self.actor.name, principal.name),
                None => self.actor.name.clone(),
            },
            post: self.post_named(),
            organisation: self.organisation.clone(),
            behalf: self.behalf(),
        }
    }

    /// The post, and through which token it is filled.
    fn post_named(&self) -> Option<String> {
        let Some(through) = &self.through else { return self.post.clone() };
        let token = format!("token “{}”", through.name);
        Some(self.post.as_ref().map_or(token.clone(), |post| format!("{post} · {token}")))
    }
}
