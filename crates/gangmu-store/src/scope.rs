//! How far a right reaches (权限范围), as a condition of queries: what lies outside is absent, never filtered afterwards.
//!
//! The door hands the scope of an operation to its transaction; every statement on plans, imports and accounts asks it.
//! A statement takes three parameters for it, in the order of `Scope::params`. A grant ends at an organisation or at an
//! area; both come down to a set of organisations.

use crate::{db::Tx, fault::Fault, params, value::Value};
use gangmu_kernel::ids::{AccountId, OrganisationId};
use serde::Serialize;

/// Where a grant ends that does not reach everywhere (授权边界).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// At an organisation: it and all that stand below it (本级及下属).
    Organisation(OrganisationId),
    /// At an area: all organisations whose area is it or lies in it, wherever they stand in the tree of organisations
    /// (辖区内单位). Nothing has an area of its own yet but organisations.
    Area(String),
}

impl Bound {
    /// Out of the two columns in which it is kept.
    pub(crate) fn of(root: Option<OrganisationId>, area: Option<String>) -> Option<Self> {
        root.map(Self::Organisation).or(area.map(Self::Area))
    }

    /// The two columns in which it is kept.
    pub(crate) fn columns(bound: Option<&Self>) -> (Option<OrganisationId>, Option<&str>) {
        match bound {
            None => (None, None),
            Some(Self::Organisation(root)) => (Some(*root), None),
            Some(Self::Area(code)) => (None, Some(code)),
        }
    }
}

/// How far a right reaches (权限范围).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// The whole installation.
    pub everything: bool,
    /// These organisations with all that stand below them.
    pub roots: Vec<OrganisationId>,
    /// The organisations of these areas and of all areas below them.
    pub areas: Vec<String>,
    /// What this account made itself.
    pub own: Option<AccountId>,
}

impl Scope {
    /// The whole installation.
    pub fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// As far as a grant reaches that ends there; without a bound the whole installation.
    pub fn of_grant(bound: Option<&Bound>) -> Self {
        let mut scope = Self::default();
        scope.add(bound);
        scope
    }

    /// Reaches as far as that grant as well.
    pub fn add(&mut self, bound: Option<&Bound>) {
        match bound {
            None => self.everything = true,
            Some(Bound::Organisation(root)) => self.roots.push(*root),
            Some(Bound::Area(code)) => self.areas.push(code.clone()),
        }
    }

    /// The three parameters of a condition.
    pub(crate) fn params(&self) -> [Value; 3] {
        let roots: Vec<i64> = self.roots.iter().map(|root| root.0).collect();
        let bounds = serde_json::json!({ "roots": roots, "areas": self.areas });
        [self.everything.into(), bounds.into(), self.own.into()]
    }
}

/// Does that span of an organisation, or row of an area, hold last of all with its key?
macro_rules! last {
    ($table:literal $key:literal $span:literal) => {
        concat!(
            "(",
            $span,
            ".valid_to IS NULL OR NOT EXISTS (SELECT 1 FROM ",
            $table,
            " n WHERE n.",
            $key,
            " = ",
            $span,
            ".",
            $key,
            " AND (n.valid_to IS NULL OR n.valid_to > ",
            $span,
            ".valid_to)))"
        )
    };
}

/// The rows of a table `inside(code)`: the areas in that parameter with all that lie in them, where each lay last.
macro_rules! inside_rows {
    (sqlite $bounds:literal) => {
        $crate::scope::inside_rows!(@ concat!("SELECT value FROM json_each(", $bounds, ", '$.areas')"))
    };
    (postgres $bounds:literal) => {
        $crate::scope::inside_rows!(@
            concat!("SELECT jsonb_array_elements_text(jsonb_extract_path(", $bounds, ", 'areas')) COLLATE \"C\""))
    };
    (@ $areas:expr) => {
        concat!(
            "inside(code) AS (", $areas, " UNION SELECT a.code FROM inside i JOIN areas a ON a.parent = i.code WHERE ",
            $crate::scope::last!("areas" "code" "a"), ")"
        )
    };
}

/// The areas in that parameter with all that lie in them.
macro_rules! inside {
    ($engine:ident $bounds:literal) => {
        concat!("(WITH RECURSIVE ", $crate::scope::inside_rows!($engine $bounds), " SELECT code FROM inside)")
    };
}

/// The organisations in that parameter with all that stand below them, and those of the areas in it: where each stood
/// last.
macro_rules! below {
    (sqlite $bounds:literal) => {
        $crate::scope::below!(@ $crate::scope::inside_rows!(sqlite $bounds),
            concat!("SELECT value FROM json_each(", $bounds, ", '$.roots')"))
    };
    (postgres $bounds:literal) => {
        $crate::scope::below!(@ $crate::scope::inside_rows!(postgres $bounds),
            concat!("SELECT jsonb_array_elements_text(jsonb_extract_path(", $bounds, ", 'roots'))::bigint"))
    };
    (@ $inside:expr, $roots:expr) => {
        concat!(
            "(WITH RECURSIVE ", $inside, ", below(id, code) AS (SELECT o.id, o.code FROM organisations o WHERE o.id IN (",
            $roots, ") UNION SELECT o.id, o.code FROM below b JOIN organisation_spans s ON s.parent = b.code
              JOIN organisations o ON o.id = s.organisation WHERE ",
            $crate::scope::last!("organisation_spans" "organisation" "s"),
            ") SELECT id FROM below UNION SELECT s.organisation FROM organisation_spans s
              WHERE s.area IN (SELECT code FROM inside) AND ",
            $crate::scope::last!("organisation_spans" "organisation" "s"), ")"
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

pub(crate) use {below, inside, inside_rows, last, plan_within, within};

crate::statements! {
    HOLDS = {
      sqlite: concat!("SELECT 1 WHERE CAST($1 AS BIGINT) IN ", below!(sqlite "$2")),
      postgres: concat!("SELECT 1 WHERE CAST($1 AS BIGINT) IN ", below!(postgres "$2")) };
    HOLDS_AREA = {
      sqlite: concat!("SELECT 1 WHERE CAST($1 AS TEXT) IN ", inside!(sqlite "$2")),
      postgres: concat!("SELECT 1 WHERE CAST($1 AS TEXT) IN ", inside!(postgres "$2")) };
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
    let [_, bounds, _] = scope.params();
    Ok(tx.maybe(HOLDS, params![organisation, bounds], |_| Ok(()))?.is_some())
}

/// Does that area lie within the scope, with all organisations that it has or will have?
pub fn holds_area(tx: &mut Tx<'_>, scope: &Scope, code: &str) -> Result<bool, Fault> {
    if scope.everything {
        return Ok(true);
    }
    let [_, bounds, _] = scope.params();
    Ok(tx.maybe(HOLDS_AREA, params![code, bounds], |_| Ok(()))?.is_some())
}
