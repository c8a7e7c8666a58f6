//! Posts, their roles and their deputies as rows (任职).

use crate::{db::Tx, fault::Fault, params, scope::Bound, value::Row};
use gangmu_kernel::ids::{AccountId, DeputyId, OrganisationId, PostId};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// A role in a post, and how far it reaches (授权).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grant {
    /// Word of the role.
    pub role: String,
    /// Where it ends; none for the whole installation.
    pub bound: Option<Bound>,
}

/// A post that a person holds (任职).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostRow {
    /// Its key.
    pub id: PostId,
    /// Whose it is.
    pub account: AccountId,
    /// Where.
    pub organisation: Option<OrganisationId>,
    /// What it is called.
    pub title: Option<String>,
    /// First day; none means no limit.
    pub from: Option<Date>,
    /// Last day; none means no limit.
    pub until: Option<Date>,
    /// When it was entered.
    pub created_at: Timestamp,
    /// The roles in it, sorted.
    pub grants: Vec<Grant>,
}

impl PostRow {
    /// Is it held on that day?
    pub fn held_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A deputy's appointment to a post (代办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeputyRow {
    /// Its key.
    pub id: DeputyId,
    /// The post.
    pub post: PostId,
    /// Who acts in it.
    pub account: AccountId,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Who appointed, by name.
    pub appointed_by: String,
    /// When.
    pub appointed_at: Timestamp,
    /// When it was ended before its last day.
    pub ended_at: Option<Timestamp>,
}

impl DeputyRow {
    /// May the deputy act on that day?
    pub fn acts_on(&self, day: Date) -> bool {
        self.ended_at.is_none() && self.from <= day && day <= self.until
    }
}

macro_rules! posts {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.account, p.organisation, p.title, p.valid_from, p.valid_to, p.created_at FROM posts p ",
            $rest
        )
    };
}

macro_rules! deputies {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.post, d.account, d.valid_from, d.valid_to, d.reason, d.appointed_by, d.appointed_at,
              d.ended_at FROM deputies d ",
            $rest
        )
    };
}

crate::statements! {
    FIND = (posts!("WHERE p.id = $1"));
    OF_ACCOUNT = (posts!("WHERE p.account = $1 ORDER BY p.id"));
    DEPUTISED = (posts!("JOIN deputies d ON d.post = p.id JOIN accounts h ON h.id = p.account
      WHERE d.account = $1 AND d.ended_at IS NULL AND d.valid_from <= $2 AND d.valid_to >= $2 AND h.disabled = FALSE
        AND (p.valid_from IS NULL OR p.valid_from <= $2) AND (p.valid_to IS NULL OR p.valid_to >= $2) ORDER BY p.id"));
    GRANTS = "SELECT role, root, area FROM post_roles WHERE post = $1 ORDER BY role";
    ADD = "INSERT INTO posts (account, organisation, title, valid_from, valid_to, created_at)
      VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
    SAVE = "UPDATE posts SET organisation = $2, title = $3, valid_from = $4, valid_to = $5 WHERE id = $1";
    CLEAR_GRANTS = "DELETE FROM post_roles WHERE post = $1";
    ADD_GRANT = "INSERT INTO post_roles (post, role, root, area) VALUES ($1, $2, $3, $4)";
    FIND_DEPUTY = (deputies!("WHERE d.id = $1"));
    DEPUTIES_OF = (deputies!("WHERE d.post = $1 ORDER BY d.id"));
    DEPUTISING = (deputies!("WHERE d.account = $1 ORDER BY d.id"));
    ADD_DEPUTY = "INSERT INTO deputies (post, account, valid_from, valid_to, reason, appointed_by, appointed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    END_DEPUTY = "UPDATE deputies SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    ROLES_BESIDE = "SELECT DISTINCT r.role FROM post_roles r JOIN posts p ON p.id = r.post
      WHERE p.id IN (SELECT o.id FROM posts o WHERE o.account = $1 UNION ALL SELECT d.post FROM deputies d
          WHERE d.account = $1 AND d.ended_at IS NULL AND d.valid_to >= $2)
        AND (p.valid_to IS NULL OR p.valid_to >= $2) ORDER BY r.role";
    HELD = "SELECT a.login, a.name, a.disabled, p.id, p.title, p.organisation, r.role, r.root, r.area
      FROM post_roles r JOIN posts p ON p.id = r.post JOIN accounts a ON a.id = p.account
      WHERE (p.valid_from IS NULL OR p.valid_from <= $1) AND (p.valid_to IS NULL OR p.valid_to >= $1)
      ORDER BY r.role, a.login, p.id LIMIT 5000";
}

fn post(row: &Row<'_>) -> Result<PostRow, Fault> {
    Ok(PostRow {
        id: row.get(0)?,
        account: row.get(1)?,
        organisation: row.get(2)?,
        title: row.get(3)?,
        from: row.get(4)?,
        until: row.get(5)?,
        created_at: row.get(6)?,
        grants: Vec::new(),
    })
}

fn deputy(row: &Row<'_>) -> Result<DeputyRow, Fault> {
    Ok(DeputyRow {
        id: row.get(0)?,
        post: row.get(1)?,
        account: row.get(2)?,
        from: row.get(3)?,
        until: row.get(4)?,
        reason: row.get(5)?,
        appointed_by: row.get(6)?,
        appointed_at: row.get(7)?,
        ended_at: row.get(8)?,
    })
}

fn with_grants(tx: &mut Tx<'_>, mut found: Vec<PostRow>) -> Result<Vec<PostRow>, Fault> {
    for post in &mut found {
        post.grants = tx.query(GRANTS, params![post.id], |row| {
            Ok(Grant { role: row.get(0)?, bound: Bound::of(row.get(1)?, row.get(2)?) })
        })?;
    }
    Ok(found)
}

/// The post of that key.
pub fn find(tx: &mut Tx<'_>, id: PostId) -> Result<Option<PostRow>, Fault> {
    let found = tx.query(FIND, params![id], post)?;
    Ok(with_grants(tx, found)?.into_iter().next())
}

/// All posts that an account holds, held or will hold, in the order in which they were entered.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<PostRow>, Fault> {
    let found = tx.query(OF_ACCOUNT, params![account], post)?;
    with_grants(tx, found)
}

/// The posts of others in which an account may act on that day as a deputy.
pub fn deputised(tx: &mut Tx<'_>, account: AccountId, day: Date) -> Result<Vec<PostRow>, Fault> {
    let found = tx.query(DEPUTISED, params![account, day], post)?;
    with_grants(tx, found)
}

/// Adds a post with its roles; its own `id` is not looked at. The key it got.
pub fn add(tx: &mut Tx<'_>, row: &PostRow) -> Result<PostId, Fault> {
    let values = params![row.account, row.organisation, row.title.as_ref(), row.from, row.until, row.created_at];
    let id = tx.one(ADD, values, |found| found.get(0))?;
    add_grants(tx, id, &row.grants)?;
    Ok(id)
}

/// Saves a post with its roles; whose it is never changes.
pub fn save(tx: &mut Tx<'_>, row: &PostRow) -> Result<(), Fault> {
    tx.execute(SAVE, params![row.id, row.organisation, row.title.as_ref(), row.from, row.until])?;
    tx.execute(CLEAR_GRANTS, params![row.id])?;
    add_grants(tx, row.id, &row.grants)
}

fn add_grants(tx: &mut Tx<'_>, id: PostId, grants: &[Grant]) -> Result<(), Fault> {
    for grant in grants {
        let (root, area) = Bound::columns(grant.bound.as_ref());
        tx.execute(ADD_GRANT, params![id, &grant.role, root, area])?;
    }
    Ok(())
}

/// The appointment of that key.
pub fn find_deputy(tx: &mut Tx<'_>, id: DeputyId) -> Result<Option<DeputyRow>, Fault> {
    tx.maybe(FIND_DEPUTY, params![id], deputy)
}

/// Who was appointed to a post, in order.
pub fn deputies_of(tx: &mut Tx<'_>, post: PostId) -> Result<Vec<DeputyRow>, Fault> {
    tx.query(DEPUTIES_OF, params![post], deputy)
}

/// To which posts an account was appointed, in order.
pub fn deputising(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<DeputyRow>, Fault> {
    tx.query(DEPUTISING, params![account], deputy)
}

/// Appoints a deputy; its own `id` is not looked at. The key it got.
pub fn add_deputy(tx: &mut Tx<'_>, row: &DeputyRow) -> Result<DeputyId, Fault> {
    let values = params![row.post, row.account, row.from, row.until, &row.reason, &row.appointed_by, row.appointed_at];
    tx.one(ADD_DEPUTY, values, |found| found.get(0))
}

/// Ends an appointment before its last day.
pub fn end_deputy(tx: &mut Tx<'_>, id: DeputyId, at: Timestamp) -> Result<(), Fault> {
    tx.execute(END_DEPUTY, params![id, at]).map(drop)
}

/// Every role that an account holds or deputises on that day or later: what must not meet is looked for in them.
pub fn roles_beside(tx: &mut Tx<'_>, account: AccountId, day: Date) -> Result<Vec<String>, Fault> {
    tx.query(ROLES_BESIDE, params![account, day], |row| row.get(0))
}

/// A role that somebody holds (持有).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What the person types.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Can nobody log in with it?
    pub disabled: bool,
    /// The post.
    pub post: PostId,
    /// What it is called.
    pub title: Option<String>,
    /// Where.
    pub organisation: Option<OrganisationId>,
    /// Word of the role.
    pub role: String,
    /// Where it ends; none for the whole installation.
    pub bound: Option<Bound>,
}

/// Who holds what on that day, by role and login.
pub fn held(tx: &mut Tx<'_>, day: Date) -> Result<Vec<Held>, Fault> {
    tx.query(HELD, params![day], |row| {
        Ok(Held {
            login: row.get(0)?,
            name: row.get(1)?,
            disabled: row.get(2)?,
            post: row.get(3)?,
            title: row.get(4)?,
            organisation: row.get(5)?,
            role: row.get(6)?,
            bound: Bound::of(row.get(7)?, row.get(8)?),
        })
    })
}
