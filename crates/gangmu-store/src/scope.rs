//! How far a right reaches (权限范围), as a condition of queries: what lies outside is absent, never filtered afterwards.
//!
//! The door hands the scope of an operation to its transaction; every statement on plans, imports and accounts asks it.
//! A statement takes three parameters for it, in the order of `Scope::params`.

use crate::{db::Tx, fault::Fault, params, value::Value};
use gangmu_kernel::ids::{AccountId, OrganisationId};

/// How far a right reaches (权限范围).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// The whole installation.
    pub everything: bool,
    /// These organisations with all that stand below them.
    pub roots: Vec<OrganisationId>,
    /// What this account made itself.
    pub own: Option<AccountId>,
}

impl Scope {
    /// The whole installation.
    pub fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// The three parameters of a condition.
    pub(crate) fn params(&self) -> [Value; 3] {
        let roots: Vec<i64> = self.roots.iter().map(|root| root.0).collect();
        [self.everything.into(), serde_json::json!(roots).into(), self.own.into()]
    }
}

/// The organisations in that parameter with all that stand below them, where each stood last.
macro_rules! below {
    (sqlite $roots:literal) => {
        $crate::scope::below!(@ concat!("SELECT value FROM json_each(", $roots, ")"))
    };
    (postgres $roots:literal) => {
        $crate::scope::below!(@ concat!("SELECT jsonb_array_elements_text(", $roots, ")::bigint"))
    };
    (@ $roots:expr) => {
        concat!(
            "(WITH RECURSIVE below(id, code) AS (SELECT o.id, o.code FROM organisations o WHERE o.id IN (",
            $roots,
            ") UNION SELECT o.id, o.code FROM below b JOIN organisation_spans s ON s.parent = b.code
              JOIN organisations o ON o.id = s.organisation
              WHERE s.valid_to IS NULL OR NOT EXISTS (SELECT 1 FROM organisation_spans n
                WHERE n.organisation = s.organisation AND (n.valid_to IS NULL OR n.valid_to > s.valid_to)))
            SELECT id FROM below)"
        )
    };
}

/// Does this pair of columns, an organisation and an account, lie within the scope in these three parameters?
macro_rules! within {
    ($engine:ident $organisation:literal $account:literal $all:literal $roots:literal $own:literal) => {
        concat!(
            "(", $all, " = TRUE OR ", $organisation, " IN ", $crate::scope::below!($engine $roots),
            " OR ", $account, " = ", $own, ")"
        )
    };
}

/// Does the plan with this key lie within the scope in these three parameters?
macro_rules! plan_within {
    ($engine:ident $plan:literal $all:literal $roots:literal $own:literal) => {
        concat!(
            "(", $all, " = TRUE OR ", $plan, " IN (SELECT sp.id FROM plans sp WHERE sp.organisation IN ",
            $crate::scope::below!($engine $roots), " OR sp.account = ", $own, "))"
        )
    };
}

pub(crate) use {below, plan_within, within};

crate::statements! {
    HOLDS = {
      sqlite: concat!("SELECT 1 WHERE CAST($1 AS BIGINT) IN ", below!(sqlite "$2")),
      postgres: concat!("SELECT 1 WHERE CAST($1 AS BIGINT) IN ", below!(postgres "$2")) };
}

impl Tx<'_> {
    /// The scope that statements of this transaction ask.
    pub fn scope(&self) -> &Scope {
        &self.2
    }

    /// From here on, what lies outside is absent.
    pub fn within(&mut self, scope: Scope) {
        self.2 = scope;
    }

    /// These parameters, and behind them the three of the scope.
    pub(crate) fn scoped(&self, params: &[Value]) -> Vec<Value> {
        params.iter().cloned().chain(self.2.params()).collect()
    }
}

/// Does that organisation stand within the scope? `None` stands for the whole installation.
pub fn holds(tx: &mut Tx<'_>, scope: &Scope, organisation: Option<OrganisationId>) -> Result<bool, Fault> {
    if scope.everything {
        return Ok(true);
    }
    let Some(organisation) = organisation else { return Ok(false) };
    let [_, roots, _] = scope.params();
    Ok(tx.maybe(HOLDS, params![organisation, roots], |_| Ok(()))?.is_some())
}
