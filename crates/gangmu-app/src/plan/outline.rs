//! The outline (目录) with counts, and the way from the plan down to a clause.

use super::{
    address::Address,
    open::coverage_view,
    views::{Crumb, NextClause, OutlineNode},
};
use gangmu_kernel::ids::EditionId;
use gangmu_store::{
    Fault, Tx,
    plan::{
        clauses::{self, ClausePlaceRow, HeadingRow},
        commitments::{self, TallyRow},
        notices,
    },
};
use std::collections::HashMap;

/// Levels that the outline shows.
const SHOWN: [&str; 6] = ["preface", "part", "chapter", "section", "item", "subitem"];

/// Headings, clauses and their counts of one edition.
pub(crate) struct Outline {
    /// Headings in text order.
    pub headings: Vec<HeadingRow>,
    /// Clauses in text order, without their text.
    pub places: Vec<ClausePlaceRow>,
    tallies: HashMap<u32, TallyRow>,
    doubts: HashMap<u32, u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    of: u32,
    owned: u32,
    pending: u32,
    doubts: u32,
}

impl Outline {
    /// Loads it.
    pub fn load(tx: &mut Tx<'_>, edition: EditionId) -> Result<Self, Fault> {
        Ok(Self {
            headings: clauses::headings(tx, edition)?,
            places: clauses::places(tx, edition)?,
            tallies: commitments::tally(tx, edition)?.into_iter().map(|t| (t.clause, t)).collect(),
            doubts: notices::by_clause(tx, edition)?.into_iter().collect(),
        })
    }

    /// Headings from the outermost down to that one.
    fn chain(&self, heading: Option<u32>) -> Vec<&HeadingRow> {
        let mut chain = Vec::new();
        let mut at = heading.and_then(|h| self.headings.get(h as usize));
        // Parents stand before their children, so that the way up ends.
        while let Some(heading) = at {
            chain.push(heading);
            at = heading.parent.filter(|p| *p < heading.position).and_then(|p| self.headings.get(p as usize));
        }
        chain.reverse();
        chain
    }

    /// The tree of shown headings. `selected` is the clause that is read; `whole` fills branches that are not open too.
    pub fn tree(
        &self,
        address: &Address,
        proposed: bool,
        selected: Option<&ClausePlaceRow>,
        whole: bool,
    ) -> Vec<OutlineNode> {
        let sums = self.sums(proposed);
        let chain = self.chain(selected.and_then(|c| c.heading));
        let open: Vec<u32> = chain.iter().map(|h| h.position).collect();
        let current = open.iter().rfind(|p| shown(&self.headings[**p as usize])).copied();
        let mut children: HashMap<Option<u32>, Vec<u32>> = HashMap::new();
        for heading in self.headings.iter().filter(|h| shown(h)) {
            let above = self.chain(heading.parent).into_iter().rfind(|h| shown(h)).map(|h| h.position);
            children.entry(above).or_default().push(heading.position);
        }
        let place = TreePlace { address, proposed, sums: &sums, children: &children, open: &open, current, whole };
        self.nodes(None, &place)
    }

    fn nodes(&self, above: Option<u32>, place: &TreePlace<'_>) -> Vec<OutlineNode> {
        let Some(positions) = place.children.get(&above) else { return Vec::new() };
        let node = |position: &u32| {
            let heading = &self.headings[*position as usize];
            let sum = place.sums.get(position).copied().unwrap_or_default();
            let open = place.open.contains(position);
            OutlineNode {
                path: heading.path.clone(),
                level: heading.level.clone(),
                number: heading.mark.clone(),
                title: heading.title.clone(),
                address: place.address.clause(&heading.path),
                current: place.current == Some(*position),
                open,
                commitments: sum.of,
                doubts: sum.doubts,
                pending: sum.pending,
                coverage: coverage_view(place.proposed, sum.owned, sum.of),
                children: if open || place.whole { self.nodes(Some(*position), place) } else { Vec::new() },
            }
        };
        positions.iter().map(node).collect()
    }

    /// Counts of everything in each heading.
    fn sums(&self, proposed: bool) -> HashMap<u32, Sum> {
        let mut sums: HashMap<u32, Sum> = HashMap::new();
        for place in &self.places {
            let tally = self.tallies.get(&place.number).copied().unwrap_or_default();
            let doubts = self.doubts.get(&place.number).copied().unwrap_or_default();
            let (of, owned) =
                if proposed { (tally.listed, tally.listed_owned) } else { (tally.in_force, tally.in_force_owned) };
            for heading in self.chain(place.heading) {
                let sum = sums.entry(heading.position).or_default();
                sum.of += of;
                sum.owned += owned;
                sum.pending += tally.proposed;
                sum.doubts += doubts;
            }
        }
        sums
    }

    /// From the plan down to a clause.
    pub fn breadcrumb(&self, address: &Address, plan: &str, clause: &ClausePlaceRow) -> Vec<Crumb> {
        let mut crumbs = vec![Crumb { text: plan.to_owned(), address: address.plan() }];
        let chain = self.chain(clause.heading);
        crumbs.extend(
            chain
                .into_iter()
                .filter(|h| h.level != "title")
                .map(|h| Crumb { text: titled(h), address: address.clause(&h.path) }),
        );
        crumbs
    }

    /// The clause of that path; where a heading stands in the middle of a clause, that clause.
    pub fn place(&self, path: &str) -> Option<&ClausePlaceRow> {
        self.places.iter().find(|c| c.path == path)
    }

    /// The clause of that number.
    pub fn place_of(&self, number: u32) -> Option<&ClausePlaceRow> {
        self.places.get(number.checked_sub(1)? as usize).filter(|c| c.number == number)
    }

    /// The first clause that is worth reading: the first with commitments, else the first.
    pub fn first(&self) -> Option<&ClausePlaceRow> {
        self.places.iter().find(|c| self.tallies.get(&c.number).is_some_and(|t| t.all > 0)).or(self.places.first())
    }

    /// The first clause with an undecided proposal, from that one on and then from the beginning.
    pub fn first_pending(&self) -> Option<&ClausePlaceRow> {
        self.places.iter().find(|c| self.pending(c.number) > 0)
    }

    /// Undecided proposals of a clause.
    pub fn pending(&self, number: u32) -> u32 {
        self.tallies.get(&number).map_or(0, |t| t.proposed)
    }

    /// Decided and all of a chapter.
    pub fn chapter_progress(&self, chapter: i64) -> (u32, u32) {
        let tallies = self.places.iter().filter(|c| c.chapter == chapter).filter_map(|c| self.tallies.get(&c.number));
        tallies.fold((0, 0), |sum, t| (sum.0 + t.all - t.proposed, sum.1 + t.all))
    }

    /// Commitments of a chapter that nobody leads.
    pub fn ownerless(&self, chapter: i64) -> u32 {
        let tallies = self.places.iter().filter(|c| c.chapter == chapter).filter_map(|c| self.tallies.get(&c.number));
        tallies.map(|t| t.listed.saturating_sub(t.listed_owned)).sum()
    }

    /// The heading at that position.
    pub fn heading(&self, position: i64) -> Option<&HeadingRow> {
        self.headings.get(usize::try_from(position).ok()?)
    }

    /// Number and title of the heading at that position; empty where there is none.
    pub fn title(&self, position: i64) -> String {
        self.heading(position).map(titled).unwrap_or_default()
    }

    /// A clause that comes next, for the review desk.
    pub fn next(&self, address: &Address, number: u32) -> Option<NextClause> {
        let place = self.place_of(number)?;
        let title = self.chain(place.heading).last().map(|h| titled(h)).unwrap_or_default();
        Some(NextClause {
            path: place.path.clone(),
            title,
            pending: self.pending(number),
            doubts: self.doubts.get(&number).copied().unwrap_or_default(),
            address: address.review(&place.path, None),
        })
    }

    /// Clauses after that one, then those before it, in the order of a round.
    pub fn round(&self, from: u32) -> impl Iterator<Item = &ClausePlaceRow> {
        let after = self.places.iter().filter(move |c| c.number > from);
        after.chain(self.places.iter().filter(move |c| c.number < from))
    }

    /// Has the clause anything to decide or to look at?
    pub fn is_worked(&self, number: u32) -> bool {
        self.tallies.get(&number).is_some_and(|t| t.all > 0) || self.doubts.contains_key(&number)
    }

    /// Open doubts of a clause.
    pub fn doubts(&self, number: u32) -> u32 {
        self.doubts.get(&number).copied().unwrap_or_default()
    }

    /// The pages in text order: position of their heading and the path of their first clause.
    pub fn sections(&self) -> Vec<(i64, &ClausePlaceRow)> {
        let mut sections: Vec<(i64, &ClausePlaceRow)> = Vec::new();
        for place in &self.places {
            if sections.last().is_none_or(|last| last.0 != place.section) {
                sections.push((place.section, place));
            }
        }
        sections
    }

    /// The chapters in text order: position of their heading and their first clause.
    pub fn chapters(&self) -> Vec<(i64, &ClausePlaceRow)> {
        let mut chapters: Vec<(i64, &ClausePlaceRow)> = Vec::new();
        for place in &self.places {
            if chapters.iter().all(|c| c.0 != place.chapter) {
                chapters.push((place.chapter, place));
            }
        }
        chapters
    }

    /// Commitments in force of a chapter.
    pub fn in_force_of(&self, chapter: i64) -> u32 {
        let tallies = self.places.iter().filter(|c| c.chapter == chapter).filter_map(|c| self.tallies.get(&c.number));
        tallies.map(|t| t.in_force).sum()
    }
}

struct TreePlace<'t> {
    address: &'t Address,
    proposed: bool,
    sums: &'t HashMap<u32, Sum>,
    children: &'t HashMap<Option<u32>, Vec<u32>>,
    open: &'t [u32],
    current: Option<u32>,
    whole: bool,
}

fn shown(heading: &HeadingRow) -> bool {
    SHOWN.contains(&heading.level.as_str())
}

/// Number and title in one line.
pub(crate) fn titled(heading: &HeadingRow) -> String {
    match &heading.mark {
        Some(mark) if mark.ends_with(['、', '）', ')', '.', '．']) => format!("{mark}{}", heading.title),
        Some(mark) => format!("{mark} {}", heading.title),
        None => heading.title.clone(),
    }
}
