//! Slips (激活单): for each person of a roster who has not come yet a code, told once to whoever hands them out.

use super::{RosterRefusal, object, preview::waiting};
use crate::{
    accounts::{activate::code_hash, object as account_object, passwords},
    app::App,
    failure::Failure,
    operate::{Done, Operation, Record, operate},
    session::Session,
};
use gangmu_documents::{CellValue, Column as SheetColumn, Properties, Sheet, Workbook};
use gangmu_store::{
    organisations,
    rosters::{self as rows, CodeRow},
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// How long a code opens its account.
pub const LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Groups of four signs of five bits: 140 bits, which nobody guesses.
const GROUPS: usize = 7;

/// A slip for one person (激活单).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slip {
    /// The organisation's name.
    pub unit: Option<String>,
    /// The person's name.
    pub name: String,
    /// What the person will type.
    pub login: String,
    /// The code.
    pub code: String,
    /// Until when it opens the account.
    pub until: Timestamp,
}

/// Makes new codes for all people of a roster who have not opened their accounts; earlier codes of theirs end.
pub async fn slips(app: &App, session: &Session, id: i64) -> Result<Vec<Slip>, Failure> {
    let random = app.random.clone();
    operate(app, session, Operation::under("rosters.slips", "accounts.add"), move |work| {
        rows::find(work.tx, id)?.ok_or(Failure::Absent("roster"))?;
        let until = work.now + LASTS;
        let (mut slips, mut leaves) = (Vec::new(), Vec::new());
        for row in waiting(work.tx, id)? {
            let code = passwords::groups(&*random, GROUPS);
            rows::save_code(work.tx, &CodeRow { account: row.id, code: code_hash(&code), until })?;
            let unit = match row.organisation {
                Some(key) => organisations::newest(work.tx, key)?.map(|unit| unit.shown().to_owned()),
                None => None,
            };
            leaves.push((row.id.to_string(), work.personal_digest(&account_object(row.id), &row)?));
            slips.push(Slip { unit, name: row.name, login: row.login, code, until });
        }
        if slips.is_empty() {
            return Err(Failure::refused(RosterRefusal::NobodyWaits {}));
        }
        leaves.sort();
        slips.sort_by(|a, b| (&a.unit, &a.login).cmp(&(&b.unit, &b.login)));
        Ok(Done::recorded(slips, Record::on(object(id)).rows(leaves).salted()))
    })
    .await
}

/// The slips as a spreadsheet. Keys: `slips`, `slip-unit`, `slip-name`, `slip-login`, `slip-code`, `slip-until`,
/// `slips-note`.
pub async fn slips_book(slips: &[Slip], words: &(dyn Fn(&str) -> String + Sync)) -> Result<Vec<u8>, Failure> {
    let day = |at: Timestamp| at.in_tz("Asia/Shanghai").map_or_else(|_| at.to_string(), |at| at.date().to_string());
    let row = |slip: &Slip| {
        let text = |text: &str| CellValue::Text(text.to_owned());
        let unit = slip.unit.as_deref().unwrap_or_default();
        vec![text(unit), text(&slip.name), text(&slip.login), text(&slip.code), CellValue::Text(day(slip.until))]
    };
    let sheet = Sheet {
        name: words("slips"),
        title: Some(words("slips")),
        mark: None,
        columns: vec![
            SheetColumn::text(words("slip-unit"), 30.0),
            SheetColumn::text(words("slip-name"), 14.0),
            SheetColumn::text(words("slip-login"), 20.0),
            SheetColumn::code(words("slip-code"), 40.0),
            SheetColumn::code(words("slip-until"), 14.0),
        ],
        rows: slips.iter().map(row).collect(),
        notes: vec![words("slips-note")],
    };
    super::template::bytes(Workbook { sheets: vec![sheet], properties: Properties::default() }).await
}
