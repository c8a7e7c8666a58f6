//! Posts (任职) and deputies (代办): what a person is, where, from when to when, in which roles, and who acts in the
//! post meanwhile.
//!
//! A session acts in one post. What must not meet in one account is looked for over all its posts and all posts that
//! it deputises, after each change and before the commit.

mod appoint;
mod change;
pub mod changes;
mod choose;
mod list;
mod refusal;
mod told;
pub mod version;

pub use appoint::{NewDeputy, appoint, dismiss};
pub use change::{NewPost, add, end, set_roles};
pub use choose::choose;
pub(crate) use choose::{in_post, named};
pub use list::{DeputyView, OpenPost, OwnPosts, PersonView, PostView, of_person, own};
pub use refusal::PostRefusal;

use crate::{
    access::{Role, meetings},
    accounts::{AccountRefusal, security_administrators},
    failure::Failure,
    operate::Work,
    session::NOBODY,
};
use gangmu_kernel::{
    ids::{AccountId, PostId},
    refusal::Reasons,
};
use gangmu_store::{
    Bound, Fault, Tx, accounts as account_rows,
    accounts::sessions::Acting,
    areas,
    journal::Object,
    organisations,
    posts::{self as rows, PostRow},
};
use jiff::civil::Date;

/// Begins the text that names an area as the bound of a grant; without it the text names an organisation.
pub const AREA: &str = "area:";

/// The name of the organisation or area at which a grant ends.
pub(crate) fn bound_name(tx: &mut Tx<'_>, bound: Option<&Bound>) -> Result<Option<String>, Fault> {
    Ok(match bound {
        None => None,
        Some(Bound::Organisation(root)) => organisations::newest(tx, *root)?.map(|found| found.shown().to_owned()),
        Some(Bound::Area(code)) => areas::newest(tx, code)?.map(|found| found.label),
    })
}

/// The post as an object of the journal.
fn object(id: PostId) -> Object {
    Object::new("post", id)
}

/// The posts in which an account may act on that day: its own first, then those that it deputises.
pub(crate) fn open_to(tx: &mut Tx<'_>, account: AccountId, day: Date) -> Result<Vec<PostRow>, Fault> {
    let mut open = rows::of_account(tx, account)?;
    open.retain(|post| post.held_on(day));
    open.extend(rows::deputised(tx, account, day)?);
    Ok(open)
}

/// The post in which an account acts on that day until it chooses another: the first of its own.
pub(crate) fn first(tx: &mut Tx<'_>, account: AccountId, day: Date) -> Result<Option<Acting>, Fault> {
    let post = rows::of_account(tx, account)?.into_iter().find(|post| post.held_on(day));
    post.map(|post| acting(tx, post, account)).transpose()
}

/// A post as a session acts in it.
fn acting(tx: &mut Tx<'_>, post: PostRow, account: AccountId) -> Result<Acting, Fault> {
    let organisation = match post.organisation {
        Some(id) => organisations::newest(tx, id)?,
        None => None,
    };
    let holder = match post.account == account {
        true => None,
        false => account_rows::find(tx, post.account)?.map(|holder| (holder.id, holder.name)),
    };
    Ok(Acting {
        post: post.id,
        title: post.title,
        organisation: post.organisation,
        code: organisation.as_ref().map(|found| found.code.clone()),
        label: organisation.map(|found| found.shown().to_owned()),
        holder,
        grants: post.grants,
    })
}

/// Refuses what has just been written where it brought roles together that must not meet in one account.
pub(crate) fn refuse_meetings(work: &mut Work<'_, '_>, account: AccountId) -> Result<(), Failure> {
    let words = rows::roles_beside(work.tx, account, work.today())?;
    let roles = words.iter().filter_map(|word| Role::of_word(word)).collect();
    let refusals: Vec<_> =
        meetings(&roles).into_iter().map(|(one, other)| AccountRefusal::RolesMeet { one, other }).collect();
    Reasons::of(&refusals).map_or(Ok(()), |reasons| Err(reasons.into()))
}

/// The same for everybody whom a change of a post concerns: its holder and its deputies.
fn refuse_meetings_around(work: &mut Work<'_, '_>, post: &PostRow) -> Result<(), Failure> {
    refuse_meetings(work, post.account)?;
    let today = work.today();
    let deputies = rows::deputies_of(work.tx, post.id)?;
    for deputy in deputies.into_iter().filter(|deputy| deputy.ended_at.is_none() && deputy.until >= today) {
        refuse_meetings(work, deputy.account)?;
    }
    Ok(())
}

/// Can anybody give roles on that day?
fn somebody_gives_roles(work: &mut Work<'_, '_>, day: Date) -> Result<bool, Failure> {
    Ok(security_administrators(work.tx, NOBODY, day)? > 0)
}
