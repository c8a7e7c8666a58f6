//! Links by which a file can be had without logging in (签名链接): bound to the file, to what it is given out as and to
//! a day, and signed with a key of this installation.
//!
//! Nothing is stored: a link is right when its signature is, and it ends with its day or with the removal of the file.

use super::{
    READ, place,
    read::{Given, Purpose, given},
};
use crate::{
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, look, operate},
    session::Session,
};
use gangmu_kernel::ids::AttachmentId;
use gangmu_store::{
    attachments::{self, AttachmentRow, kept},
    journal::Object,
};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

/// How long a link is good.
const GOOD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A link (签名链接).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Link {
    /// Its address in this house.
    pub address: String,
    /// Until when it is good.
    pub until: Timestamp,
}

/// Makes a link to a file; the journal says who did.
pub async fn share(app: &App, session: &Session, id: AttachmentId) -> Result<Link, Failure> {
    let until = app.now().saturating_add(GOOD).unwrap_or(Timestamp::MAX);
    let until = Timestamp::from_second(until.as_second()).unwrap_or(until);
    let row = operate(app, session, Operation::under("attachments.share", "attachments.add"), move |work| {
        let row = attachments::find(work.tx, id)?.filter(|row| row.removed_at.is_none());
        let row = row.ok_or(Failure::Absent("attachment"))?;
        place::find(work.tx, &row.object())?;
        let record = Record::on(Object::new("attachment", id)).after(super::bytes_of(&row.sha256));
        Ok(Done::recorded(row, record))
    })
    .await?;
    let sign = super::hex(&mac(app, &row, Purpose::Original, until.as_second()).finalize().into_bytes());
    Ok(Link { address: format!("/links/{}?until={}&sign={sign}", row.id.0, until.as_second()), until })
}

/// Opens a file by a link; what is wrong with a link that is not good is nobody's business.
pub async fn follow(app: &App, id: AttachmentId, until: i64, sign: &str) -> Result<Given, Failure> {
    let absent = || Failure::Absent("attachment");
    let (row, hash) = look(app, &Session::public(), "attachments.link", move |tx| {
        let row = attachments::find(tx, id)?.filter(|row| row.removed_at.is_none()).ok_or_else(absent)?;
        let hash = kept::file(tx, id, Purpose::Original.word())?.ok_or_else(absent)?;
        Ok((row, hash))
    })
    .await?;
    let given_sign = unhex(sign).ok_or_else(absent)?;
    mac(app, &row, Purpose::Original, until).verify_slice(&given_sign).map_err(|_| absent())?;
    if app.now().as_second() >= until {
        return Err(absent());
    }
    given(app, row, hash, Purpose::Original).await
}

/// May this person make links? For pages.
pub(super) fn may_share(app: &App, session: &Session) -> bool {
    session.may(app.access(), super::ADD) && session.may(app.access(), READ)
}

fn mac(app: &App, row: &AttachmentRow, purpose: Purpose, until: i64) -> Hmac<Sha256> {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(&app.attachments.key).expect("a key of any length is a key");
    mac.update(format!("gangmu.link/1\n{}\n{}\n{}\n{until}", row.id.0, row.sha256, purpose.word()).as_bytes());
    mac
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    let bytes = pairs.map(|pair| u8::from_str_radix(pair.filter(|p| p.len() == 2)?, 16).ok());
    bytes.collect()
}
