//! Faults by reference number (故障编号): what failed, to be found again under the number that a page told.

use crate::{
    app::App,
    failure::Failure,
    operate::{housekeep, look},
    session::Session,
};
use gangmu_store::faults::{self as rows, FaultRow};

/// Faults that are kept.
const KEEP: u32 = 1_000;

/// Characters of a message that are kept.
const LENGTH: usize = 500;

/// A short number under which a fault is logged, told and found; no sign in it looks like another.
pub fn number(app: &App) -> String {
    const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut bytes = [0; 6];
    app.random.fill(&mut bytes);
    let signs: String = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte & 31)])).collect();
    format!("F-{signs}")
}

/// Keeps a fault under its number. Where even that fails, the log has it.
pub async fn record(app: &App, number: &str, place: &str, message: &str) {
    let row = FaultRow {
        number: number.to_owned(),
        at: app.now(),
        place: place.chars().take(120).collect(),
        message: plain(message),
    };
    if let Err(failure) = housekeep(app, move |tx| rows::add(tx, &row, KEEP)).await {
        tracing::error!(number, %failure, "a fault can't be kept under its number");
    }
}

/// A message without what a database or a mail server may have quoted: names in Han, addresses, long numbers.
///
/// Everything after the first line of a cause goes, because that is where databases tell the values of a row.
pub(crate) fn plain(message: &str) -> String {
    let mut out = String::new();
    let line: String = message.lines().map(|line| line.split("DETAIL:").next().unwrap_or_default()).take(1).collect();
    for word in line.split_inclusive(char::is_whitespace) {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let han = word.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
        if han || digits >= 5 || word.contains('@') {
            out.push('…');
            out.extend(word.chars().rev().take_while(|c| c.is_whitespace()));
        } else {
            out.push_str(word);
        }
    }
    out.chars().take(LENGTH).collect()
}

/// The fault of that number, as a person types it.
pub async fn find(app: &App, session: &Session, number: &str) -> Result<Option<FaultRow>, Failure> {
    let number = normal(number);
    look(app, session, "operations.read", move |tx| Ok(rows::find(tx, &number)?)).await
}

fn normal(number: &str) -> String {
    let number = number.trim().to_uppercase();
    if number.starts_with("F-") { number } else { format!("F-{number}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_nobody() {
        let told = "running COMMIT: ERROR: duplicate key\nDETAIL: Key (login)=(lin)";
        assert_eq!(plain(told), "running COMMIT: ERROR: duplicate key");
        assert_eq!(plain("no mailbox lin@example.cn for 林规 at 13800138000 now"), "no mailbox … for … at … now");
        assert_eq!(plain(&"long ".repeat(200)).chars().count(), LENGTH);
    }

    #[test]
    fn a_number_is_found_however_it_was_typed() {
        assert_eq!(normal(" f-7kx2ab "), "F-7KX2AB");
        assert_eq!(normal("7kx2ab"), "F-7KX2AB");
    }
}
