//! Makes the index of the search anew from the rows that it is about (重建索引).

use super::{Kind, add, terms};
use crate::{db::Tx, fault::Fault, params};
use gangmu_plan::proposal::Form;

crate::statements! {
    CLEAR = "DELETE FROM search_words";
    EDITIONS = "SELECT id, title FROM editions WHERE visible = TRUE AND id > $1 ORDER BY id LIMIT 500";
    CLAUSES = "SELECT id, text FROM clauses WHERE id > $1 ORDER BY id LIMIT 500";
    COMMITMENTS = "SELECT id, form FROM commitments WHERE id > $1 ORDER BY id LIMIT 500";
}

/// The words by which a commitment is found: what it says and who answers for it.
pub fn commitment_words(form: &Form) -> String {
    let mut text = form.text.clone();
    for unit in form.owners.lead.iter().chain(&form.owners.support) {
        text.push('\n');
        text.push_str(unit);
    }
    terms::of(&text)
}

/// Makes the whole index anew, within this transaction.
pub fn rebuild(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.execute(CLEAR, params![])?;
    for (kind, sql) in [(Kind::Edition, EDITIONS), (Kind::Clause, CLAUSES), (Kind::Commitment, COMMITMENTS)] {
        let mut after = i64::MIN;
        loop {
            let texts = tx.query(sql, params![after], |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)))?;
            let Some((last, _)) = texts.last() else { break };
            after = *last;
            let words = texts.iter().map(|(id, text)| Ok((kind, *id, words(kind, text)?)));
            add(tx, &words.collect::<Result<Vec<_>, Fault>>()?)?;
        }
    }
    Ok(())
}

fn words(kind: Kind, text: &str) -> Result<String, Fault> {
    if kind != Kind::Commitment {
        return Ok(terms::of(text));
    }
    let form: Form = serde_json::from_str(text).map_err(|error| Fault::Column {
        column: 1,
        wanted: "the form of a commitment",
        got: error.to_string(),
    })?;
    Ok(commitment_words(&form))
}
