//! `/public/145`: what everybody may read without login and without script (公众页).

use crate::{pages::Page, plan::ranks::ranks, samples};
use gangmu_app::plan::views::{PlanHead, PublicChapter, PublicView};
use serde::Serialize;

/// The public page of a plan, with one chapter or with none.
#[derive(Debug, Clone, Serialize)]
pub struct PublicPage {
    /// What is public.
    pub view: PublicView,
    /// The chapter that is read.
    pub chapter: Option<PublicChapter>,
    /// The chapter before.
    pub previous: Option<PublicChapter>,
    /// The chapter after.
    pub next: Option<PublicChapter>,
    /// Commitments in all.
    pub total: u32,
    /// Ranks of the headings, clause by clause.
    pub ranks: Vec<Vec<u8>>,
    /// Where the name of the page leads.
    pub home: String,
    /// The same page in the other language.
    pub other_language: String,
}

impl PublicPage {
    /// The page of a view; `other_language` is its address in the other language.
    pub fn new(view: PublicView, other_language: String) -> Self {
        let at = view.chapters.iter().position(|chapter| chapter.current);
        let chapter = at.map(|index| view.chapters[index].clone());
        let neighbour = |index: Option<usize>| {
            index.and_then(|i| view.chapters.get(i)).map(|c| PublicChapter { clauses: Vec::new(), ..c.clone() })
        };
        let clauses = chapter.as_ref().map(|c| c.clauses.as_slice()).unwrap_or_default();
        Self {
            previous: neighbour(at.and_then(|i| i.checked_sub(1))),
            next: neighbour(at.map(|i| i + 1)),
            total: view.kinds.iter().map(|kind| kind.count).sum(),
            ranks: ranks(clauses.iter().map(|clause| clause.headings.as_slice()), 2, None),
            home: format!("/public/{}", crate::signs::address_segment(&view.key)),
            other_language,
            chapter,
            view,
        }
    }
}

impl Page for PublicPage {
    const TEMPLATE: &'static str = "public/plan.html";

    fn samples() -> Vec<Self> {
        let mut front = samples::public();
        for chapter in &mut front.chapters {
            chapter.current = false;
        }
        vec![Self::new(samples::public(), "?lang=en".to_owned()), Self::new(front, "?lang=en".to_owned())]
    }
}

/// `/public`: the plans that are public.
#[derive(Debug, Clone, Serialize)]
pub struct PublicListPage {
    /// Title and address of each.
    pub plans: Vec<PlanHead>,
    /// Where the name of the page leads.
    pub home: &'static str,
    /// The same page in the other language.
    pub other_language: String,
}

impl Page for PublicListPage {
    const TEMPLATE: &'static str = "public/list.html";

    fn samples() -> Vec<Self> {
        let page = |plans| Self { plans, home: "/public", other_language: "?lang=en".to_owned() };
        vec![page(vec![samples::plan()]), page(Vec::new())]
    }
}
