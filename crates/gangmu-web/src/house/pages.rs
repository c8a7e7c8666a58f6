//! Pages of the house itself: the component gallery, and the pages that stop.

use crate::{pages::Page, samples};
use gangmu_app::{
    plan::views::{PieceView, ReasonView},
    rights::Why,
};
use gangmu_plan::compiled::{Degree, NoticeKind};
use serde::Serialize;

/// `/gallery`: every component in every state (组件页).
#[derive(Debug, Clone, Serialize)]
pub struct GalleryPage {
    neutrals: Vec<Swatch>,
    accents: Vec<Swatch>,
    statuses: [&'static str; 6],
    degrees: [&'static str; 6],
    kinds: [&'static str; 8],
    pieces: Vec<PieceView>,
    plan_words: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct Swatch {
    name: &'static str,
    colour: &'static str,
}

impl GalleryPage {
    /// The page.
    pub fn new() -> Self {
        let swatches = |list: &[(&'static str, &'static str)]| {
            list.iter().map(|(name, colour)| Swatch { name, colour }).collect::<Vec<_>>()
        };
        Self {
            neutrals: swatches(&[
                ("ground", "#F5F4F1"),
                ("surface", "#FFFFFF"),
                ("sunk", "#FAF9F7"),
                ("hairline", "#E2E0DA"),
                ("line", "#C9C6BF"),
                ("edge", "#8A8781"),
                ("smoke", "#62676F"),
                ("soft", "#454A52"),
                ("ink", "#1A1D21"),
            ]),
            accents: swatches(&[
                ("accent", "#1C4E80"),
                ("wash", "#E9EFF6"),
                ("doubt", "#6A3D8A"),
                ("ahead", "#0B5A4D"),
                ("onpace", "#197565"),
                ("nearly", "#665A00"),
                ("behind", "#B5480A"),
                ("unlikely", "#9B1B2E"),
                ("nodata", "#5A6169"),
            ]),
            statuses: ["ahead", "onpace", "nearly", "behind", "unlikely", "nodata"],
            degrees: ["must", "achieve", "advance", "support", "strive", "explore"],
            kinds: ["indicator", "target", "task", "policy", "rule", "project", "mechanism", "responsibility"],
            pieces: pieces(),
            plan_words: "修好每一条背街小巷的路灯，让晚归的人看得清脚下。逐年更新老旧供水管，二〇二五年底前完成一半。",
        }
    }
}

impl Default for GalleryPage {
    fn default() -> Self {
        Self::new()
    }
}

fn pieces() -> Vec<PieceView> {
    let plain = |text: &str| PieceView { text: text.to_owned(), ..PieceView::default() };
    let degree = |text: &str, degree| PieceView { degree: Some(degree), ..plain(text) };
    vec![
        PieceView { lead: true, ..plain("供水。") },
        degree("确保", Degree::Must),
        plain("水质达标，"),
        degree("建成", Degree::Achieve),
        plain("示例水厂，日供水"),
        PieceView { quantity: Some("target"), ..plain("12万吨") },
        plain("，"),
        degree("推进", Degree::Advance),
        plain("管网更新，"),
        degree("支持", Degree::Support),
        plain("节水改造，"),
        degree("争取", Degree::Strive),
        plain("并网，"),
        degree("探索", Degree::Explore),
        plain("分质供水，"),
        PieceView { doubt: Some(NoticeKind::NameVariant), ..plain("示例二水厂") },
        plain("同步启动。"),
    ]
}

impl Page for GalleryPage {
    const TEMPLATE: &'static str = "house/gallery.html";

    fn samples() -> Vec<Self> {
        vec![Self::new()]
    }
}

/// A page that stops: what, why, and the next step.
#[derive(Debug, Clone, Serialize)]
pub struct StopPage {
    /// `hidden`, `forbidden`, `norole`, `refused`, `login`, `csrf`, `large`, `malformed`, `fault`.
    pub kind: &'static str,
    /// All reasons.
    pub reasons: Vec<ReasonView>,
    /// Number under which a fault was logged.
    pub number: Option<String>,
    /// Why the person may not do it, and whom to ask.
    pub why: Option<Why>,
    /// Where the person came from.
    pub back: Option<String>,
}

impl Page for StopPage {
    const TEMPLATE: &'static str = "house/stop.html";

    fn samples() -> Vec<Self> {
        let why = Why {
            post: Some("规划科科长".to_owned()),
            held: vec!["planner"],
            needed: vec!["leader"],
            elsewhere: vec!["示例区政府 副区长".to_owned()],
            ask: vec!["示例局 安某".to_owned()],
        };
        let bare = Why { post: None, held: Vec::new(), elsewhere: Vec::new(), ask: Vec::new(), ..why.clone() };
        let denied = [why, bare].map(|why| Self {
            kind: "forbidden",
            reasons: Vec::new(),
            number: None,
            why: Some(why),
            back: None,
        });
        let plain =
            ["hidden", "forbidden", "norole", "refused", "login", "csrf", "large", "malformed", "fault"].map(|kind| {
                Self {
                    why: None,
                    kind,
                    reasons: if kind == "refused" { samples::reasons() } else { Vec::new() },
                    number: (kind == "fault").then(|| "F-7K2Q".to_owned()),
                    back: (kind == "refused").then(|| "/plans".to_owned()),
                }
            });
        plain.into_iter().chain(denied).collect()
    }
}
