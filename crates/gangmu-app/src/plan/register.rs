//! The register (台账): filters, columns, keyset pages; the state lives in the address.

use super::{
    open::Opened,
    outline::Outline,
    present::Presenter,
    views::{ColumnView, Facet, Facets, PageView, RegisterFilter, RegisterLine, RegisterView},
};
use crate::{app::App, failure::Failure, operate::look, session::Session};
use gangmu_plan::register::Column;
use gangmu_store::plan::{
    commitments::CommitmentRow,
    register::{self as rows, Filter, Offered, Page},
};

/// Rows of a page.
const PAGE: u32 = 50;

/// Columns of the page: those of the file, and where each row stands.
const COLUMNS: [&str; 11] =
    ["ordinal", "clause", "content", "kind", "degree", "lead", "support", "deadline", "goal", "source", "standing"];

/// A page of the register.
pub async fn register(
    app: &App,
    session: &Session,
    plan: &str,
    filter: RegisterFilter,
) -> Result<RegisterView, Failure> {
    let plan = plan.to_owned();
    look(app, session, "plan.read", move |tx| {
        let opened = Opened::at(tx, &plan, filter.edition)?;
        let outline = Outline::load(tx, opened.edition.id)?;
        let wanted = filter_of(&filter, &outline);
        let page = page_of(&filter);
        let mut found = rows::page(tx, opened.edition.id, &wanted, page, PAGE + 1)?;
        let more = found.len() > PAGE as usize;
        match page {
            Page::Before(..) if more => drop(found.remove(0)),
            _ => found.truncate(PAGE as usize),
        }
        let presenter = Presenter::load(tx, opened.edition.id, &opened.address, &outline.headings, &found, Vec::new())?;
        let offered = rows::offered(tx, opened.edition.id)?;
        let matching = rows::count(tx, opened.edition.id, &wanted)?;
        let links = Links { opened: &opened, filter: &filter };
        Ok(RegisterView {
            plan: opened.plan_head(),
            edition: opened.head(tx)?,
            rows: found
                .iter()
                .map(|row| RegisterLine {
                    ordinal: row.commitment.number,
                    chapter: outline.title(row.chapter),
                    commitment: presenter.commitment(row),
                })
                .collect(),
            matching,
            facets: facets(&offered, &outline, &links),
            columns: columns(&links),
            page: turning(&links, page, more, &found),
            export_address: opened.address.register_file(&links.parameters(None)),
            filter,
        })
    })
    .await
}

/// The pages before and behind, where there are any.
fn turning(links: &Links<'_>, page: Page, more: bool, found: &[CommitmentRow]) -> PageView {
    let key = |row: &CommitmentRow| format!("{}.{}", row.commitment.span.0, row.commitment.number);
    let before = match page {
        Page::First => false,
        Page::After(..) => true,
        Page::Before(..) => more,
    };
    let behind = more || matches!(page, Page::Before(..));
    PageView {
        previous: found.first().filter(|_| before).map(|row| links.page("before", key(row))),
        next: found.last().filter(|_| behind).map(|row| links.page("after", key(row))),
        shown: u32::try_from(found.len()).unwrap_or(0),
    }
}

/// The filter in the words of the tables.
pub(super) fn filter_of(filter: &RegisterFilter, outline: &Outline) -> Filter {
    let word = |value: &Option<String>| value.clone().filter(|v| !v.is_empty());
    let chapter = word(&filter.chapter).map(|path| {
        let chapters = outline.chapters();
        let named = chapters.iter().find(|(position, first)| {
            outline.heading(*position).map_or(first.path.as_str(), |h| h.path.as_str()) == path
        });
        // A chapter that is none has no rows.
        named.map_or(-2, |c| c.0)
    });
    Filter {
        kind: word(&filter.kind),
        degree: word(&filter.degree),
        standing: word(&filter.standing),
        certainty: word(&filter.certainty),
        chapter,
        lead: word(&filter.lead),
        doubted: filter.doubt,
    }
}

fn page_of(filter: &RegisterFilter) -> Page {
    let key = |text: &Option<String>| {
        let (start, number) = text.as_deref()?.split_once('.')?;
        Some((start.parse().ok()?, number.parse().ok()?))
    };
    match (key(&filter.after), key(&filter.before)) {
        (Some((start, number)), _) => Page::After(start, number),
        (None, Some((start, number))) => Page::Before(start, number),
        (None, None) => Page::First,
    }
}

/// Addresses of the same register with something changed.
struct Links<'l> {
    opened: &'l Opened,
    filter: &'l RegisterFilter,
}

impl Links<'_> {
    /// The filter as parameters, with one of them set or removed; pages start anew.
    fn parameters(&self, change: Option<(&'static str, Option<String>)>) -> Vec<(&'static str, String)> {
        let f = self.filter;
        let doubt = f.doubt.map(|d| d.to_string());
        let all: [(&'static str, &Option<String>); 8] = [
            ("kind", &f.kind),
            ("degree", &f.degree),
            ("standing", &f.standing),
            ("certainty", &f.certainty),
            ("chapter", &f.chapter),
            ("lead", &f.lead),
            ("doubt", &doubt),
            ("hide", &f.hide),
        ];
        let kept = all.into_iter().filter_map(|(name, value)| match &change {
            Some((changed, to)) if *changed == name => to.clone().map(|to| (name, to)),
            _ => value.clone().filter(|v| !v.is_empty()).map(|v| (name, v)),
        });
        kept.collect()
    }

    fn with(&self, name: &'static str, value: Option<String>) -> String {
        self.opened.address.register(&self.parameters(Some((name, value))))
    }

    fn page(&self, name: &'static str, at: String) -> String {
        let mut parameters = self.parameters(None);
        parameters.push((name, at));
        self.opened.address.register(&parameters)
    }
}

fn facets(offered: &Offered, outline: &Outline, links: &Links<'_>) -> Facets {
    let filter = links.filter;
    let facet = |name: &'static str, value: &str, label: Option<String>, count: u32, chosen: &Option<String>| {
        let is_chosen = chosen.as_deref() == Some(value);
        let address = links.with(name, (!is_chosen).then(|| value.to_owned()));
        Facet { value: value.to_owned(), label, count, chosen: is_chosen, address }
    };
    let words = |name: &'static str, counted: &[(String, u32)], chosen: &Option<String>| -> Vec<Facet> {
        let known = counted.iter().filter(|(word, _)| word != "-");
        known.map(|(word, count)| facet(name, word, None, *count, chosen)).collect()
    };
    let chapters = offered.chapters.iter().map(|(position, count)| {
        let heading = outline.heading(*position);
        let first = || outline.places.iter().find(|c| c.chapter == *position).map(|c| c.path.clone());
        let path = heading.map(|h| h.path.clone()).or_else(first).unwrap_or_default();
        let title = outline.title(*position);
        let label = if title.is_empty() { path.clone() } else { title };
        facet("chapter", &path, Some(label), *count, &filter.chapter)
    });
    // What counts in any way stands first, where people look before they send the register round.
    let in_force = ["accepted", "changed", "added"];
    let counting = offered.standings.iter().filter(|s| in_force.contains(&s.0.as_str())).map(|s| s.1).sum();
    let mut standings = words("standing", &offered.standings, &filter.standing);
    if counting > 0 {
        standings.insert(0, facet("standing", "in_force", None, counting, &filter.standing));
    }
    let leads = offered.leads.iter().map(|(unit, n)| facet("lead", unit, Some(unit.clone()), *n, &filter.lead));
    Facets {
        kinds: words("kind", &offered.kinds, &filter.kind),
        degrees: words("degree", &offered.degrees, &filter.degree),
        standings,
        certainties: words("certainty", &offered.certainties, &filter.certainty),
        chapters: chapters.collect(),
        leads: leads.collect(),
        doubted: offered.doubted,
    }
}

fn columns(links: &Links<'_>) -> Vec<ColumnView> {
    let hidden: Vec<&str> =
        links.filter.hide.as_deref().unwrap_or_default().split(',').filter(|n| !n.is_empty()).collect();
    let column = |name: &'static str| {
        let shown = !hidden.contains(&name);
        let kept = hidden.iter().copied().filter(|n| *n != name).chain(shown.then_some(name));
        let hide = kept.collect::<Vec<_>>().join(",");
        ColumnView { name, shown, address: links.with("hide", Some(hide).filter(|h| !h.is_empty())) }
    };
    debug_assert!(Column::ALL.iter().all(|c| COLUMNS.contains(&c.name())));
    COLUMNS.map(column).to_vec()
}
