//! Login and accounts (账号).

use super::own::Kept;
use crate::{pages::Page, samples};
use gangmu_app::posts::{OpenPost, PostView};
use gangmu_app::{
    accounts::passwords::{RULES, Rule},
    plan::views::ReasonView,
};
use serde::Serialize;

/// `/login`.
#[derive(Debug, Clone, Serialize)]
pub struct LoginPage {
    /// The name that was entered.
    pub name: String,
    /// Where to go afterwards.
    pub next: String,
    /// Why it was refused; never says which field was wrong.
    pub refusals: Vec<ReasonView>,
    /// The knots of the net.
    pub knots: Vec<Knot>,
    /// Commitments with a named owner.
    pub have: u32,
    /// Commitments that may be counted in public; 0 where none may.
    pub of: u32,
    /// The session before is over.
    pub expired: bool,
    /// A form that was sent too late and waits for the login.
    pub kept: Option<Kept>,
    /// Accounts of the demonstration, where this is one.
    pub demo_accounts: Vec<DemoAccount>,
    /// The program's version.
    pub version: &'static str,
}

/// One mesh of the net: a knot in the upper and one in the lower row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Knot {
    /// Where the upper one hangs.
    pub x: u32,
    /// The upper one is solid.
    pub upper: bool,
    /// The lower one is solid.
    pub lower: bool,
}

/// An account of the demonstration.
#[derive(Debug, Clone, Serialize)]
pub struct DemoAccount {
    /// The name to log in with.
    pub name: String,
    /// Words of its roles.
    pub roles: Vec<String>,
}

impl LoginPage {
    /// An empty form; the net shows how many of the public commitments name an owner.
    pub fn new(have: u32, of: u32, next: String) -> Self {
        Self {
            name: String::new(),
            next,
            refusals: Vec::new(),
            knots: net(have, of),
            have,
            of,
            expired: false,
            kept: None,
            demo_accounts: Vec::new(),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// Thirty-four knots of which the right share is solid, spread evenly; all hollow where nothing is public yet.
fn net(have: u32, of: u32) -> Vec<Knot> {
    const MESHES: u32 = 17;
    let solid = |index: u32| of > 0 && (index + 1) * have / of > index * have / of;
    (0..MESHES).map(|n| Knot { x: 14 + 48 * n, upper: solid(2 * n), lower: solid(2 * n + 1) }).collect()
}

impl Page for LoginPage {
    const TEMPLATE: &'static str = "accounts/login.html";

    fn samples() -> Vec<Self> {
        let demo_accounts = vec![DemoAccount { name: "guihua-01".to_owned(), roles: vec!["planner".to_owned()] }];
        let refused =
            Self { name: "guihua-01".to_owned(), refusals: samples::reasons(), ..Self::new(8, 11, String::new()) };
        let kept = Kept { to: "/plans".to_owned(), body: "reason=%E5%A5%BD".to_owned() };
        let late = Self { expired: true, kept: Some(kept), ..Self::new(0, 0, String::new()) };
        let over = Self { expired: true, ..Self::new(0, 0, String::new()) };
        vec![
            late,
            over,
            Self::new(0, 0, String::new()),
            Self { demo_accounts, ..Self::new(25, 34, "/plans".to_owned()) },
            refused,
        ]
    }
}

/// `/accounts`, for administrators.
#[derive(Debug, Clone, Serialize)]
pub struct AccountsPage {
    /// The accounts.
    pub accounts: Vec<AccountRow>,
    /// May add accounts.
    pub adds: bool,
    /// A password that is shown once.
    pub once: Option<OncePassword>,
    /// Why the last act was refused.
    pub refusals: Vec<ReasonView>,
}

/// A line of the list.
#[derive(Debug, Clone, Serialize)]
pub struct AccountRow {
    /// The name to log in with.
    pub name: String,
    /// The person's name.
    pub person: String,
    /// The organisation's name.
    pub unit: Option<String>,
    /// Words of its roles.
    pub roles: Vec<String>,
    /// `active`, `waiting`, `locked`, `disabled`, `must_change`.
    pub state: &'static str,
    /// Where it is changed.
    pub address: String,
}

/// A password shown once.
#[derive(Debug, Clone, Serialize)]
pub struct OncePassword {
    /// Whose.
    pub name: String,
    /// It.
    pub password: String,
}

impl Page for AccountsPage {
    const TEMPLATE: &'static str = "accounts/list.html";

    fn samples() -> Vec<Self> {
        let row = |name: &str, state| AccountRow {
            name: name.to_owned(),
            person: "林某".to_owned(),
            unit: Some("示例局".to_owned()),
            roles: vec!["planner".to_owned(), "reviewer".to_owned()],
            state,
            address: format!("/accounts/{name}"),
        };
        let accounts = vec![
            row("guihua-01", "active"),
            row("a-2", "locked"),
            row("a-3", "disabled"),
            row("a-4", "must_change"),
            row("a-5", "waiting"),
        ];
        let once = Some(OncePassword { name: "guihua-01".to_owned(), password: "example-only-9k".to_owned() });
        vec![
            Self { accounts: accounts.clone(), adds: true, once, refusals: Vec::new() },
            Self { accounts, adds: false, once: None, refusals: samples::reasons() },
        ]
    }
}

/// `/accounts/new` and `/accounts/{name}`.
#[derive(Debug, Clone, Serialize)]
pub struct AccountPage {
    /// It exists already.
    pub existing: bool,
    /// May give roles.
    pub grants: bool,
    /// The name to log in with.
    pub name: String,
    /// The person's name.
    pub person: String,
    /// Key of its organisation.
    pub unit: String,
    /// Organisations to choose from.
    pub units: Vec<UnitChoice>,
    /// Areas to bound roles by, in the same form.
    pub areas: Vec<UnitChoice>,
    /// What the first post is called.
    pub title: String,
    /// Roles to choose from.
    pub roles: Vec<RoleChoice>,
    /// The posts of somebody who is there.
    pub posts: Vec<PostCard>,
    /// The posts of others that the person deputises today.
    pub deputises: Vec<OpenPost>,
    /// Today, as a form wants it.
    pub today: String,
    /// Where the form goes.
    pub action: String,
    /// Where a reset goes.
    pub reset_action: Option<String>,
    /// Where disabling goes, or enabling where it is disabled.
    pub switch_action: Option<String>,
    /// Nobody can log in with it.
    pub disabled: bool,
    /// Why it was refused.
    pub refusals: Vec<ReasonView>,
}

/// A post with the roles to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct PostCard {
    /// The post.
    pub post: PostView,
    /// Roles to choose from.
    pub roles: Vec<RoleChoice>,
    /// Where its forms go.
    pub action: String,
}

/// An organisation to choose.
#[derive(Debug, Clone, Serialize)]
pub struct UnitChoice {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A role to choose.
#[derive(Debug, Clone, Serialize)]
pub struct RoleChoice {
    /// Its word.
    pub word: String,
    /// It is held.
    pub held: bool,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "accounts/edit.html";

    fn samples() -> Vec<Self> {
        let new = Self {
            existing: false,
            grants: true,
            name: String::new(),
            person: String::new(),
            unit: String::new(),
            units: vec![UnitChoice { id: "1".to_owned(), name: "示例局".to_owned() }],
            areas: vec![UnitChoice { id: "area:110199".to_owned(), name: "示例区".to_owned() }],
            title: String::new(),
            posts: Vec::new(),
            deputises: Vec::new(),
            today: "2024-06-30".to_owned(),
            roles: ["planner", "reviewer", "liaison", "leader", "supervisor", "system", "security", "audit"]
                .map(|word| RoleChoice { word: word.to_owned(), held: word == "planner" })
                .into(),
            action: "/accounts".to_owned(),
            reset_action: None,
            switch_action: None,
            disabled: false,
            refusals: samples::reasons(),
        };
        let existing = Self {
            existing: true,
            name: "guihua-01".to_owned(),
            person: "林某".to_owned(),
            unit: "1".to_owned(),
            posts: samples::own_posts()
                .posts
                .into_iter()
                .map(|post| PostCard {
                    action: format!("/accounts/guihua-01/posts/{}", post.id),
                    roles: new.roles.clone(),
                    post,
                })
                .collect(),
            deputises: samples::own_posts().open.into_iter().filter(|open| open.holder.is_some()).collect(),
            reset_action: Some("/accounts/guihua-01/reset".to_owned()),
            switch_action: Some("/accounts/guihua-01/disable".to_owned()),
            refusals: Vec::new(),
            ..new.clone()
        };
        let disabled =
            Self { switch_action: Some("/accounts/guihua-01/enable".to_owned()), disabled: true, ..existing.clone() };
        let read = Self { grants: false, reset_action: None, switch_action: None, ..existing.clone() };
        let bare = Self { grants: false, ..new.clone() };
        vec![new, existing, disabled, read, bare]
    }
}

/// `/account/password`: one's own password.
#[derive(Debug, Clone, Serialize)]
pub struct PasswordPage {
    /// Nothing else may be done before.
    pub must: bool,
    /// The rules: word and number.
    pub rules: Vec<(&'static str, usize)>,
    /// Why it was refused.
    pub refusals: Vec<ReasonView>,
}

impl PasswordPage {
    /// The form with all rules.
    pub fn new(must: bool, refusals: Vec<ReasonView>) -> Self {
        Self { must, rules: RULES.map(Rule::said).into(), refusals }
    }
}

impl Page for PasswordPage {
    const TEMPLATE: &'static str = "accounts/password.html";

    fn samples() -> Vec<Self> {
        vec![Self::new(true, Vec::new()), Self::new(false, samples::reasons())]
    }
}

/// `/activate`: opening an account with the code of a slip.
#[derive(Debug, Clone, Serialize)]
pub struct ActivatePage {
    /// The code that was typed.
    pub code: String,
    /// The rules of passwords: word and number.
    pub rules: Vec<(&'static str, usize)>,
    /// Why it was refused.
    pub refusals: Vec<ReasonView>,
}

impl ActivatePage {
    /// The form with all rules.
    pub fn new(code: String, refusals: Vec<ReasonView>) -> Self {
        Self { code, rules: RULES.map(Rule::said).into(), refusals }
    }
}

impl Page for ActivatePage {
    const TEMPLATE: &'static str = "accounts/activate.html";

    fn samples() -> Vec<Self> {
        vec![Self::new(String::new(), Vec::new()), Self::new("abcd-efgh".to_owned(), samples::reasons())]
    }
}

/// A form that was sent too late, to be sent again after the login.
#[derive(Debug, Clone, Serialize)]
pub struct GoOnPage {
    /// Who sends it now.
    pub name: String,
    /// Where it goes.
    pub to: String,
    /// Its fields.
    pub fields: Vec<(String, String)>,
    /// Where to go instead.
    pub back: String,
}

impl Page for GoOnPage {
    const TEMPLATE: &'static str = "accounts/goon.html";

    fn samples() -> Vec<Self> {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = vec![field("reason", "第一行\n<第二行>"), field("empty", " ")];
        vec![Self {
            name: "林某".to_owned(), to: "/plans/145/review/decide".to_owned(), fields, back: "/".to_owned()
        }]
    }
}
