//! Who acts (操作人), and when.

use crate::ids::{AccountId, OrganisationId};
use serde::{Deserialize, Serialize};

/// The point in time at which something happened (时刻); the shell hands it in, nothing here reads a clock.
pub type Instant = jiff::Timestamp;

/// What stands between the names of a deputy and of the person for whom the deputy acts (代).
pub const FOR: &str = " 代 ";

/// Who acts (操作人): a person in the post in which the act is done. Roles and scopes belong to the operation layer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The account that logged in.
    pub account: AccountId,
    /// The person's name as it stands in the journal.
    pub name: String,
    /// The organisation for which the person acts; none for administrators outside of any.
    pub organisation: Option<OrganisationId>,
}

impl Actor {
    /// Does this person act for that organisation?
    pub fn acts_for(&self, organisation: OrganisationId) -> bool {
        self.organisation == Some(organisation)
    }
}

#[cfg(test)]
mod tests;
