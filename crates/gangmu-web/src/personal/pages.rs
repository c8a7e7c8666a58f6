//! What the pages of personal data show.

use crate::{pages::Page, samples};
use gangmu_app::{
    personal::{
        Look, Masked, Mine, Revealed,
        erase::Erasure,
        retention::{Due, RULES},
    },
    plan::views::ReasonView,
};
use serde::Serialize;

/// `/account/me`.
#[derive(Debug, Clone, Serialize)]
pub struct MinePage {
    /// One's own data.
    pub mine: Mine,
    /// Why it was not saved.
    pub refusals: Vec<ReasonView>,
}

/// `/accounts/{login}/personal`.
#[derive(Debug, Clone, Serialize)]
pub struct PersonPage {
    /// The person, masked.
    pub person: Masked,
    /// The page's address.
    pub address: String,
    /// May see what is masked.
    pub reveals: bool,
    /// May ask that the person be erased.
    pub erases: bool,
    /// Words of the purposes.
    pub purposes: Vec<&'static str>,
    /// The one that was chosen.
    pub purpose: String,
    /// What was written to it.
    pub note: String,
    /// What was masked, for this once.
    pub revealed: Option<Revealed>,
    /// Why the last act was refused.
    pub refusals: Vec<ReasonView>,
}

/// `/personal`.
#[derive(Debug, Clone, Serialize)]
pub struct PersonalPage {
    /// How long what is kept.
    pub rules: Vec<Due>,
    /// Who is to be erased.
    pub erasures: Vec<Erasure>,
    /// May confirm.
    pub confirms: bool,
    /// Why the last act was refused.
    pub refusals: Vec<ReasonView>,
}

fn look(purpose: &str) -> Look {
    Look {
        at: "2024-06-30T01:00:00Z".to_owned(),
        by: "安全".to_owned(),
        post: Some("安全管理员".to_owned()),
        purpose: purpose.to_owned(),
        note: "核对手机号".to_owned(),
    }
}

impl Page for MinePage {
    const TEMPLATE: &'static str = "personal/mine.html";

    fn samples() -> Vec<Self> {
        let mine = Mine {
            login: "lin-01".to_owned(),
            name: "林某".to_owned(),
            unit: Some("示例局".to_owned()),
            post: Some("科长".to_owned()),
            phone: "13800008000".to_owned(),
            email: "lin@example.org".to_owned(),
            id_number: Some("990101********001X".to_owned()),
            looks: vec![look("contact"), look("inspect")],
        };
        let bare = Mine { unit: None, post: None, id_number: None, looks: Vec::new(), ..mine.clone() };
        vec![Self { mine, refusals: Vec::new() }, Self { mine: bare, refusals: samples::reasons() }]
    }
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "personal/person.html";

    fn samples() -> Vec<Self> {
        let person = Masked {
            login: "lin-01".to_owned(),
            name: "林*".to_owned(),
            phone: Some("138****8000".to_owned()),
            email: Some("l***@example.org".to_owned()),
            id_number: None,
            disabled: true,
            erased: false,
            asked: false,
            looks: vec![look("correct"), look("identify"), look("request")],
        };
        let page = Self {
            person: person.clone(),
            address: "/accounts/lin-01/personal".to_owned(),
            reveals: true,
            erases: true,
            purposes: gangmu_app::personal::Purpose::ALL.map(gangmu_app::personal::Purpose::word).into(),
            purpose: "correct".to_owned(),
            note: "核对".to_owned(),
            revealed: None,
            refusals: samples::reasons(),
        };
        let revealed =
            Revealed { name: "林某".to_owned(), phone: Some("13800008000".to_owned()), email: None, id_number: None };
        let open = Self { revealed: Some(revealed), refusals: Vec::new(), ..page.clone() };
        let state = |disabled, asked, erased| Self {
            person: Masked { disabled, asked, erased, looks: Vec::new(), ..person.clone() },
            refusals: Vec::new(),
            ..page.clone()
        };
        let read = Self { reveals: false, erases: false, ..state(true, false, false) };
        vec![page.clone(), open, state(false, false, false), state(true, true, false), state(true, false, true), read]
    }
}

impl Page for PersonalPage {
    const TEMPLATE: &'static str = "personal/overview.html";

    fn samples() -> Vec<Self> {
        let rules: Vec<Due> = RULES.into_iter().map(|rule| Due { rule, people: 3 }).collect();
        let erasure = |own| Erasure {
            id: 7,
            login: "lin-01".to_owned(),
            name: "林*".to_owned(),
            reason: "本人申请".to_owned(),
            asked_at: "2024-06-30T01:00:00Z".to_owned(),
            asked_by: "习统".to_owned(),
            own,
        };
        vec![
            Self {
                rules: rules.clone(),
                erasures: vec![erasure(false), erasure(true)],
                confirms: true,
                refusals: samples::reasons(),
            },
            Self { rules: rules.clone(), erasures: vec![erasure(false)], confirms: false, refusals: Vec::new() },
            Self { rules, erasures: Vec::new(), confirms: true, refusals: Vec::new() },
        ]
    }
}
