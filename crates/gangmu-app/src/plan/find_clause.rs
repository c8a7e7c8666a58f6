//! Going to a clause that somebody types (跳到条款): `5.2.二`, `5.2.2`, `5.2.二 ¶1 句 2`.

use super::{open::Opened, outline::Outline};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_kernel::{clause::ClausePlace, numerals};

/// Where the clause is read; in the review desk, where `desk` asks for it. Absent where the plan has none.
pub async fn find_clause(
    app: &App,
    session: &Session,
    plan: &str,
    edition: Option<u32>,
    typed: &str,
    desk: bool,
) -> Result<String, Failure> {
    let (plan, typed) = (plan.to_owned(), typed.to_owned());
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, edition)?;
        let outline = Outline::load(tx, opened.edition.id)?;
        let place: ClausePlace = typed.trim().parse().map_err(|_| Failure::Absent("clause"))?;
        let wanted = segments(&place.path);
        let found = outline.places.iter().find(|c| c.path == place.path);
        let found = found.or_else(|| outline.places.iter().find(|c| segments(&c.path) == wanted));
        let path = &found.ok_or(Failure::Absent("clause"))?.path;
        Ok(match (desk, place.paragraph) {
            (true, _) => opened.address.review(path, None),
            (false, Some(paragraph)) => opened.address.sentence(path, Some((paragraph, place.sentence.unwrap_or(1)))),
            (false, None) => opened.address.clause(path),
        })
    })
    .await
}

/// Segments with Chinese numerals and digits taken as the same.
fn segments(path: &str) -> Vec<String> {
    let plain = |segment: &str| {
        let segment = segment.trim_matches(['（', '）', '(', ')', '、']);
        numerals::chinese(segment).map_or_else(|| segment.to_owned(), |n| n.normalize().to_string())
    };
    path.split('.').map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_and_digits_name_the_same_clause() {
        assert_eq!(segments("5.2.二"), segments("5.2.2"));
        assert_eq!(segments("12.3.十一"), segments("12.3.11"));
        assert_ne!(segments("5.2.二"), segments("5.2.三"));
        assert_eq!(segments("附1.2"), ["附1", "2"]);
    }
}
