//! Samples of two editions side by side.

use super::{edition_head, plan};
use gangmu_app::plan::views::{ClauseSide, ComparedLine, ComparisonView, FigurePair, SentencePair, StageWord};
use gangmu_plan::comparison::wordings;

fn side(path: &str, title: &str, quoted: &str) -> ClauseSide {
    ClauseSide { path: path.into(), address: format!("/plans/145/{path}"), title: title.into(), quoted: quoted.into() }
}

fn line(kind: &'static str, old: Vec<ClauseSide>, new: Vec<ClauseSide>) -> ComparedLine {
    ComparedLine { kind, at: 0, old, new, moved: false, figures: Vec::new(), sentences: Vec::new() }
}

/// Two editions with a line of every kind.
pub fn comparison() -> ComparisonView {
    let pipes = |path| vec![side(path, "让水管更新", "更换老旧供水管网120公里。")];
    let cinema = |path| side(path, "送戏下乡", "每年送戏下乡30场。");
    let (old, new) = wordings("更换老旧供水管网120公里。", "更换老旧供水管网150公里，同步改造泵站。");
    let changed = ComparedLine {
        moved: true,
        figures: vec![
            FigurePair { old: Some("120公里".into()), new: Some("150公里".into()) },
            FigurePair { old: None, new: Some("3座".into()) },
        ],
        sentences: vec![SentencePair { old, new }],
        ..line("changed", pipes("5.2.二"), pipes("5.2.三"))
    };
    let lines = vec![
        line("same", pipes("5.1"), pipes("5.1")),
        changed,
        line("moved", vec![cinema("6.1")], vec![cinema("7.1")]),
        line("split", vec![cinema("6.2")], vec![cinema("6.2"), cinema("6.3")]),
        line("merged", vec![cinema("6.4"), cinema("6.5")], vec![cinema("6.4")]),
        line("added", Vec::new(), vec![cinema("8.1")]),
        line("dropped", vec![cinema("8.2")], Vec::new()),
        line("ambiguous", vec![cinema("8.3")], vec![cinema("8.3"), cinema("8.4")]),
    ];
    let (mut older, newer) = (edition_head(StageWord::Approved), edition_head(StageWord::InReview));
    older.number = 1;
    let newer = gangmu_app::plan::views::EditionHead { number: 2, id: 2, ..newer };
    ComparisonView { plan: plan(), editions: vec![newer.clone(), older.clone()], old: Some(older), new: newer, lines }
}
