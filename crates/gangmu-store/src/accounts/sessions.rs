//! Sessions as rows (会话): only the SHA-256 of a token is kept, so that a stolen database opens no session.

use crate::{db::Tx, fault::Fault, params, posts::Grant, scope::Bound, value::Row};
use gangmu_kernel::ids::{AccountId, OrganisationId, PostId};
use jiff::{Timestamp, civil::Date};

/// A session (会话).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of its token.
    pub token: [u8; 32],
    /// Whose it is.
    pub account: AccountId,
    /// When the person logged in.
    pub created_at: Timestamp,
    /// When it was last used, to the minute or so.
    pub seen_at: Timestamp,
    /// The kind of device and program, as two words; none where it was not told.
    pub device: Option<String>,
    /// The network address that it was opened from.
    pub address: Option<String>,
    /// In which post the person acts.
    pub post: Option<PostId>,
}

/// A session with everything that a request needs to know of it: one row for each role of its post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumed {
    /// The session.
    pub session: SessionRow,
    /// What the person types.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Must the person choose a new password first?
    pub must_change: bool,
    /// The post, where it may be acted in.
    pub acting: Option<Acting>,
}

/// The post that somebody acts in (当前任职).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// Its key.
    pub post: PostId,
    /// What it is called.
    pub title: Option<String>,
    /// Where.
    pub organisation: Option<OrganisationId>,
    /// The organisation's code.
    pub code: Option<String>,
    /// The organisation's name.
    pub label: Option<String>,
    /// Whose it is, where somebody else acts in it.
    pub holder: Option<(AccountId, String)>,
    /// Its roles.
    pub grants: Vec<Grant>,
}

crate::statements! {
    FIND = "SELECT token, account, created_at, seen_at, device, address, post FROM sessions WHERE token = $1";
    OF = "SELECT token, account, created_at, seen_at, device, address, post FROM sessions
      WHERE account = $1 AND seen_at >= $2 AND created_at >= $3 ORDER BY seen_at DESC, token";
    ADD = "INSERT INTO sessions (token, account, created_at, seen_at, device, address, post)
      VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ACT_IN = "UPDATE sessions SET post = $2 WHERE token = $1";
    RESUME = "SELECT s.account, s.created_at, s.seen_at, s.post, a.login, a.name, a.must_change, p.id, p.title,
        p.organisation, o.code, (SELECT COALESCE(n.short, n.label) FROM organisation_spans n
          WHERE n.organisation = p.organisation ORDER BY n.valid_to DESC NULLS FIRST, n.position LIMIT 1),
        p.account, h.name, r.role, r.root, s.device, s.address, r.area
      FROM sessions s JOIN accounts a ON a.id = s.account AND a.disabled = FALSE
        LEFT JOIN posts p ON p.id = s.post
          AND (p.valid_from IS NULL OR p.valid_from <= $2) AND (p.valid_to IS NULL OR p.valid_to >= $2)
          AND (p.account = s.account OR EXISTS (SELECT 1 FROM deputies d JOIN accounts w ON w.id = p.account
            WHERE d.post = p.id AND d.account = s.account AND d.ended_at IS NULL AND w.disabled = FALSE
              AND d.valid_from <= $2 AND d.valid_to >= $2))
        LEFT JOIN organisations o ON o.id = p.organisation
        LEFT JOIN accounts h ON h.id = p.account
        LEFT JOIN post_roles r ON r.post = p.id
      WHERE s.token = $1";
    TOUCH = "UPDATE sessions SET seen_at = $2 WHERE token = $1 AND seen_at < $2";
    END = "DELETE FROM sessions WHERE token = $1";
    END_OTHERS = "DELETE FROM sessions WHERE account = $1 AND token <> $2";
    END_ALL = "DELETE FROM sessions WHERE account = $1";
    FORGET = "DELETE FROM sessions WHERE seen_at < $1";
}

fn session(row: &Row<'_>) -> Result<SessionRow, Fault> {
    Ok(SessionRow {
        token: row.get(0)?,
        account: row.get(1)?,
        created_at: row.get(2)?,
        seen_at: row.get(3)?,
        device: row.get(4)?,
        address: row.get(5)?,
        post: row.get(6)?,
    })
}

/// The session of that token's hash.
pub fn find(tx: &mut Tx<'_>, token: &[u8; 32]) -> Result<Option<SessionRow>, Fault> {
    tx.maybe(FIND, params![*token], session)
}

/// The sessions of an account that were used since `seen` and begun since `begun`, the last used first.
pub fn of(tx: &mut Tx<'_>, account: AccountId, seen: Timestamp, begun: Timestamp) -> Result<Vec<SessionRow>, Fault> {
    tx.query(OF, params![account, seen, begun], session)
}

/// The session of that token's hash with all that a request needs, in one query; none of a disabled account.
pub fn resume(tx: &mut Tx<'_>, token: &[u8; 32], day: Date) -> Result<Option<Resumed>, Fault> {
    let rows = tx.query(RESUME, params![*token, day], |row| {
        let (account, holder): (AccountId, Option<AccountId>) = (row.get(0)?, row.get(12)?);
        let grant = match row.get::<Option<String>>(14)? {
            Some(role) => Some(Grant { role, bound: Bound::of(row.get(15)?, row.get(18)?) }),
            None => None,
        };
        let acting = match row.get::<Option<PostId>>(7)? {
            Some(post) => Some(Acting {
                post,
                title: row.get(8)?,
                organisation: row.get(9)?,
                code: row.get(10)?,
                label: row.get(11)?,
                holder: match holder.filter(|holder| *holder != account) {
                    Some(holder) => Some((holder, row.get(13)?)),
                    None => None,
                },
                grants: Vec::new(),
            }),
            None => None,
        };
        let session = SessionRow {
            token: *token,
            account,
            created_at: row.get(1)?,
            seen_at: row.get(2)?,
            post: row.get(3)?,
            device: row.get(16)?,
            address: row.get(17)?,
        };
        Ok((Resumed { session, login: row.get(4)?, name: row.get(5)?, must_change: row.get(6)?, acting }, grant))
    })?;
    let grants: Vec<Grant> = rows.iter().filter_map(|(_, grant)| grant.clone()).collect();
    let first = rows.into_iter().next().map(|(resumed, _)| resumed);
    Ok(first.map(|mut resumed| {
        if let Some(acting) = &mut resumed.acting {
            acting.grants = grants;
        }
        resumed
    }))
}

/// From here on the session acts in that post.
pub fn act_in(tx: &mut Tx<'_>, token: &[u8; 32], post: PostId) -> Result<(), Fault> {
    tx.execute(ACT_IN, params![*token, post]).map(drop)
}

/// Adds a session and forgets those that nobody has used since `forget`.
pub fn add(tx: &mut Tx<'_>, row: &SessionRow, forget: Timestamp) -> Result<(), Fault> {
    tx.execute(FORGET, params![forget])?;
    let values = params![
        row.token,
        row.account,
        row.created_at,
        row.seen_at,
        row.device.as_ref(),
        row.address.as_ref(),
        row.post,
    ];
    tx.execute(ADD, values).map(drop)
}

/// Notes that a session was used.
pub fn touch(tx: &mut Tx<'_>, token: &[u8; 32], at: Timestamp) -> Result<(), Fault> {
    tx.execute(TOUCH, params![*token, at]).map(drop)
}

/// Ends a session.
pub fn end(tx: &mut Tx<'_>, token: &[u8; 32]) -> Result<(), Fault> {
    tx.execute(END, params![*token]).map(drop)
}

/// Ends all sessions of an account, but the one to be kept.
pub fn end_all(tx: &mut Tx<'_>, account: AccountId, keep: Option<&[u8; 32]>) -> Result<u64, Fault> {
    match keep {
        Some(keep) => tx.execute(END_OTHERS, params![account, *keep]),
        None => tx.execute(END_ALL, params![account]),
    }
}
