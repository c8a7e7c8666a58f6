//! The register (台账) as queries: filters, keyset pages, counts.

use super::commitments::{self, CommitmentRow};
use crate::{db::Tx, dialect::List, fault::Fault, params, value::Value};
use gangmu_kernel::ids::EditionId;

/// What the register is asked for (筛选); words as in the tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Word of a kind.
    pub kind: Option<String>,
    /// Word of a degree.
    pub degree: Option<String>,
    /// Word of a standing; `in_force` for all that count. Without one: all that are listed.
    pub standing: Option<String>,
    /// Word of a certainty.
    pub certainty: Option<String>,
    /// Position of a chapter's heading.
    pub chapter: Option<i64>,
    /// A lead unit; `-` for none named.
    pub lead: Option<String>,
    /// With a doubt, or without.
    pub doubted: Option<bool>,
}

/// Which page: after or before a row, by place in the text and number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Page {
    /// From the beginning.
    #[default]
    First,
    /// Behind that row.
    After(u32, u32),
    /// Before that row.
    Before(u32, u32),
}

const HEAD: &str = commitments::columns!("");

crate::statements! {
    KINDS = "SELECT kind, count(*) FROM commitments WHERE edition = $1 AND listed = TRUE GROUP BY kind ORDER BY kind";
    DEGREES = "SELECT degree, count(*) FROM commitments WHERE edition = $1 AND listed = TRUE
      GROUP BY degree ORDER BY degree";
    STANDINGS = "SELECT standing, count(*) FROM commitments WHERE edition = $1 GROUP BY standing ORDER BY standing";
    CERTAINTIES = "SELECT certainty, count(*) FROM commitments WHERE edition = $1 AND listed = TRUE
      GROUP BY certainty ORDER BY certainty";
    CHAPTERS = "SELECT CAST(chapter AS TEXT), count(*) FROM commitments WHERE edition = $1 AND listed = TRUE
      GROUP BY chapter ORDER BY chapter";
    LEADS = "SELECT u.unit, count(*) FROM commitment_units u
        JOIN commitments c ON c.edition = u.edition AND c.number = u.number
      WHERE u.edition = $1 AND u.duty = 'lead' AND c.listed = TRUE GROUP BY u.unit ORDER BY count(*) DESC, u.unit
      LIMIT 60";
    DOUBTED = "SELECT count(*) FROM commitments WHERE edition = $1 AND listed = TRUE AND doubted = TRUE";
}

fn filtered(head: &str, edition: EditionId, filter: &Filter) -> List {
    let list = List::new(head).and("edition = $#", [edition.into()]);
    let list = match filter.standing.as_deref() {
        None => list.and("listed = TRUE", []),
        Some("in_force") => list.and("standing IN ('accepted', 'changed', 'added')", []),
        Some(word) => list.and("standing = $#", [word.into()]),
    };
    let list = list
        .and_if("kind = $#", filter.kind.as_deref())
        .and_if("degree = $#", filter.degree.as_deref())
        .and_if("certainty = $#", filter.certainty.as_deref())
        .and_if("chapter = $#", filter.chapter)
        .and_if("doubted = $#", filter.doubted);
    match filter.lead.as_deref() {
        None => list,
        Some("-") => list.and("owned = FALSE", []),
        Some(unit) => list.and(
            "number IN (SELECT u.number FROM commitment_units u WHERE u.unit = $# AND u.duty = 'lead' AND u.edition = $#)",
            [unit.into(), edition.into()],
        ),
    }
}

fn page_list(edition: EditionId, filter: &Filter, page: Page, limit: u32) -> List {
    let list = filtered(HEAD, edition, filter);
    let key = |start: u32, number: u32| [Value::from(start), Value::from(number)];
    match page {
        Page::First => list.end("ORDER BY span_start, number LIMIT $#", [limit.into()]),
        Page::After(start, number) => list
            .and("(span_start, number) > ($#, $#)", key(start, number))
            .end("ORDER BY span_start, number LIMIT $#", [limit.into()]),
        Page::Before(start, number) => list
            .and("(span_start, number) < ($#, $#)", key(start, number))
            .end("ORDER BY span_start DESC, number DESC LIMIT $#", [limit.into()]),
    }
}

/// Every text that a page can take, for the prepare test.
pub(crate) fn lists() -> Vec<(&'static str, List)> {
    let edition = EditionId(1);
    let all = Filter {
        kind: Some("task".into()),
        degree: Some("must".into()),
        standing: Some("proposed".into()),
        certainty: Some("sure".into()),
        chapter: Some(0),
        lead: Some("unit".into()),
        doubted: Some(true),
    };
    let loose = Filter { standing: Some("in_force".into()), lead: Some("-".into()), ..Filter::default() };
    vec![
        ("register first", page_list(edition, &Filter::default(), Page::First, 50)),
        ("register after", page_list(edition, &all, Page::After(1, 1), 50)),
        ("register before", page_list(edition, &loose, Page::Before(1, 1), 50)),
        ("register count", filtered(COUNT, edition, &all)),
    ]
}

const COUNT: &str = "SELECT count(*) FROM commitments";

/// A page of the register in text order.
pub fn page(
    tx: &mut Tx<'_>,
    edition: EditionId,
    filter: &Filter,
    page: Page,
    limit: u32,
) -> Result<Vec<CommitmentRow>, Fault> {
    let list = page_list(edition, filter, page, limit);
    let mut rows = tx.query(&list, list.params(), commitments::commitment)?;
    if matches!(page, Page::Before(..)) {
        rows.reverse();
    }
    Ok(rows)
}

/// How many rows the filter leaves.
pub fn count(tx: &mut Tx<'_>, edition: EditionId, filter: &Filter) -> Result<u32, Fault> {
    let list = filtered(COUNT, edition, filter);
    tx.one(&list, list.params(), |row| row.get(0))
}

/// What the filters offer: word and count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered {
    /// Kinds.
    pub kinds: Vec<(String, u32)>,
    /// Degrees; `-` for none.
    pub degrees: Vec<(String, u32)>,
    /// Standings.
    pub standings: Vec<(String, u32)>,
    /// Certainties; `-` for none.
    pub certainties: Vec<(String, u32)>,
    /// Positions of the chapters' headings.
    pub chapters: Vec<(i64, u32)>,
    /// Lead units, most first, sixty at most.
    pub leads: Vec<(String, u32)>,
    /// With a doubt.
    pub doubted: u32,
}

/// Counts what the filters offer over the whole edition.
pub fn offered(tx: &mut Tx<'_>, edition: EditionId) -> Result<Offered, Fault> {
    let mut words = |statement: crate::Sql| {
        tx.query(statement, params![edition], |row| Ok((row.get::<String>(0)?, row.get::<u32>(1)?)))
    };
    let chapters = words(CHAPTERS)?;
    let offered = Offered {
        kinds: words(KINDS)?,
        degrees: words(DEGREES)?,
        standings: words(STANDINGS)?,
        certainties: words(CERTAINTIES)?,
        chapters: chapters.into_iter().map(|(c, n)| (c.parse().unwrap_or(-1), n)).collect(),
        leads: words(LEADS)?,
        doubted: 0,
    };
    let doubted = tx.one(DOUBTED, params![edition], |row| row.get(0))?;
    Ok(Offered { doubted, ..offered })
}
