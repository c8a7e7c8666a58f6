//! Samples of attachments: one of each form that pages distinguish.

use super::instant;
use gangmu_app::attachments::{
    Shown,
    public::PublicFile,
    usage::{OrganisationUsage, StoreView},
    verify::{Damage, Verified},
    views::{
        AttachmentPageView, AttachmentView, AttachmentsView, PreviewBlock, PreviewCell, PreviewView, UsageView, Used,
    },
};
use gangmu_app::plan::views::ReasonView;
use std::collections::BTreeMap;

fn attachment(id: i64, name: &str, kind: &str, shown: Shown) -> AttachmentView {
    AttachmentView {
        id,
        name: name.into(),
        kind: kind.into(),
        bytes: 1_482_119 * id,
        sha256: "5f".repeat(32),
        points: (shown == Shown::Picture).then_some((4032, 3024)),
        shown,
        public: id == 3,
        imported: id == 1,
        added_at: instant(),
        by: "林*".into(),
        removed_at: None,
        removed_by: None,
        address: format!("/attachments/{id}"),
    }
}

/// The files of an edition.
pub fn attachments() -> AttachmentsView {
    let removed = AttachmentView {
        removed_at: Some(instant()),
        removed_by: Some("林*".into()),
        ..attachment(5, "旧稿.docx", "docx", Shown::Document)
    };
    AttachmentsView {
        kind: "edition".into(),
        object: "edition_1".into(),
        title: "示例区发展规划".into(),
        back: "/plans/145/edition".into(),
        address: "/attachments/of/edition/edition_1".into(),
        files: vec![
            attachment(1, "示例区发展规划纲要.docx", "docx", Shown::Document),
            attachment(2, "水厂现场.jpg", "jpeg", Shown::Picture),
            attachment(3, "关于印发示例区发展规划纲要的通知（示府〔2021〕3 号）.pdf", "pdf", Shown::Document),
            attachment(4, "附表原件.zip", "zip", Shown::None),
        ],
        removed: vec![removed],
        may_add: true,
        may_publish: true,
        public: true,
        limit: 100 << 20,
        accept: ".pdf,.docx,.jpg".into(),
        usage: Some(UsageView { files: 38, bytes: 1_288_490_188, of: 10 << 30, permille: 120 }),
        regret_days: 30,
    }
}

/// Pages of one file, in every state.
pub fn attachment_pages() -> Vec<AttachmentPageView> {
    let cell = |text: &str| PreviewCell { text: text.into(), rows: 1, columns: 1 };
    let text = PreviewView::Text {
        blocks: vec![
            PreviewBlock::Heading { level: 1, text: "关于印发示例区发展规划纲要的通知".into() },
            PreviewBlock::Paragraph {
                text: "各镇街、各单位：现将纲要印发给你们，请结合实际抓好落实。".into()
            },
            PreviewBlock::Heading { level: 2, text: "附表".into() },
            PreviewBlock::Table {
                sheet: Some("指标".into()),
                rows: vec![vec![cell("指标"), cell("目标")], vec![cell("供水普及率"), cell("99.5%")]],
                cut: true,
            },
        ],
        cut: true,
    };
    let reason = ReasonView {
        code: "documents.read.scanned_pdf".into(),
        fields: BTreeMap::from([("pages".into(), "12".into())]),
    };
    let previews = [text, PreviewView::Picture, PreviewView::Unreadable { reason }, PreviewView::None];
    let list = attachments();
    let page = |(file, preview): (AttachmentView, PreviewView)| AttachmentPageView {
        file,
        title: list.title.clone(),
        back: list.back.clone(),
        may_add: true,
        may_share: true,
        may_publish: true,
        object_public: true,
        preview,
        version: String::new(),
    };
    let mut pages: Vec<_> = list.files.iter().cloned().zip(previews).map(page).collect();
    pages.extend(list.removed.iter().cloned().map(|file| page((file, PreviewView::None))));
    let reader = pages[0].clone();
    pages.push(AttachmentPageView {
        may_add: false,
        may_share: false,
        may_publish: false,
        object_public: false,
        ..reader
    });
    pages
}

/// The files beside the database.
pub fn attachment_store() -> StoreView {
    let usage = |files, bytes: i64, of: u64| UsageView {
        files,
        bytes,
        of,
        permille: u64::try_from(bytes).unwrap_or(0) * 1000 / of,
    };
    StoreView {
        used: usage(1204, 49_392_123_904, 50 << 30),
        kept: Used { files: 2893, bytes: 51_539_607_552 },
        waiting: Used { files: 12, bytes: 18_874_368 },
        organisations: vec![
            OrganisationUsage { name: Some("区发展改革局".into()), usage: usage(38, 1_288_490_188, 10 << 30) },
            OrganisationUsage { name: None, usage: usage(2, 20_480, 10 << 30) },
        ],
        file: 100 << 20,
        regret_days: 30,
        grace_hours: 24,
    }
}

/// What hashing everything anew finds: nothing wrong, and two damages.
pub fn verified() -> (Verified, Verified) {
    let damage = |how, name: &str| Damage {
        sha256: "5f".repeat(32),
        how,
        name: name.into(),
        object: "edition edition_1".into(),
    };
    let whole = Verified { files: 2893, bytes: 51_539_607_552, damage: Vec::new() };
    let damaged = Verified {
        damage: vec![damage("missing", "批复.pdf"), damage("changed", "水厂现场.jpg")],
        ..whole.clone()
    };
    (whole, damaged)
}

/// Files that the public may have.
pub fn public_files() -> Vec<PublicFile> {
    let name = "关于印发示例区发展规划纲要的通知（示府〔2021〕3 号）.pdf";
    vec![PublicFile { name: name.into(), kind: "pdf".into(), bytes: 482_119, address: "/files/3".into() }]
}
