//! A small world for the walk: an organisation, one below it, one beside it; in each of them everything that can stand
//! in an address, and words that stand nowhere else.

use crate::api::machine::Machine;
use gangmu_app::{
    Role, Session,
    accounts::{
        add::{NewAccount, add},
        disable::disable,
        login::login,
    },
    attachments::{Object, add::Offered, upload},
    indicators::define,
    messages::inbox::inbox,
    personal::erase,
    plan::import::{Upload, UploadedFile, import},
    posts::{self, NewDeputy},
    tokens::{NewToken, grantable, issue},
};
use gangmu_indicators::definition::Definition;
use gangmu_testkit::{
    PASSWORD, TestDistrict,
    store::{Fault, organisations, plan::editions},
};
use serde_json::json as object;

/// Where somebody or something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The upper organisation.
    Upper,
    /// The one below it.
    Lower,
    /// The one beside it.
    Beside,
}

impl Side {
    /// The word that begins every key of this side and stands in none of the others.
    pub fn key(self) -> &'static str {
        match self {
            Self::Upper => "dongqu",
            Self::Lower => "nanyuan",
            Self::Beside => "xitang",
        }
    }

    /// The word that stands in every text of this side and in none of the others.
    pub fn word(self) -> &'static str {
        match self {
            Self::Upper => "东渠",
            Self::Lower => "南源",
            Self::Beside => "西塘",
        }
    }

    /// The code of its organisation.
    pub fn organisation(self) -> String {
        format!("{}-unit", self.key())
    }

    /// Does that side stand at or below this one? The oracle of the walk.
    pub fn holds(self, other: Self) -> bool {
        self == other || (self, other) == (Self::Upper, Self::Lower)
    }
}

/// Somebody who walks.
pub struct Person {
    pub login: String,
    pub role: Role,
    /// As far as the role reaches; none for the whole installation.
    pub side: Option<Side>,
    pub token: String,
}

/// What stands in the addresses of a side.
#[derive(Debug, Clone)]
pub struct Thing {
    pub plan: String,
    pub edition: String,
    pub attachment: i64,
    pub import: i64,
    pub login: String,
    pub post: String,
    pub deputy: String,
    pub upload: String,
    pub batch: String,
    pub token: i64,
    pub erasure: i64,
    pub message: i64,
    pub indicator: i64,
}

impl Thing {
    /// What there is not.
    pub fn nowhere() -> Self {
        Self {
            plan: "nirgends-plan".into(),
            edition: "edition_987654".into(),
            attachment: 987_654,
            import: 987_654,
            login: "nirgends-owner".into(),
            post: "post_987654".into(),
            deputy: "deputy_987654".into(),
            upload: "0".repeat(32),
            batch: "987654".into(),
            token: 987_654,
            erasure: 987_654,
            message: 987_654,
            indicator: 987_654,
        }
    }
}

async fn account(district: &TestDistrict, side: Side, who: &str, role: Role) -> (String, Session) {
    let app = &district.app;
    let new = NewAccount {
        login: format!("{}-{who}", side.key()),
        name: format!("墨{}", side.word()),
        post: Some(format!("{}科长", side.word())),
        organisation: Some(side.organisation()),
        roles: vec![role.word().to_owned()],
        password: Some(PASSWORD.to_owned()),
        keep_password: true,
    };
    let name = new.login.clone();
    add(app, &Session::console("测试"), new).await.expect("an account");
    let session = login(app, &name, PASSWORD).await.expect("a login").session;
    let post = posts::own(app, &session).await.expect("posts").posts[0].id;
    let roles = vec![role.word().to_owned()];
    let reach = Some(side.organisation());
    posts::set_roles(app, &district.security(), &name, post, roles, reach).await.expect("a reach");
    let session = login(app, &name, PASSWORD).await.expect("a login").session;
    (name, session)
}

async fn token_of(district: &TestDistrict, session: &Session, name: &str) -> (i64, String) {
    let scope = grantable(district.app.access(), session);
    let new = NewToken { name: name.to_owned(), scope, days: 30, post: None };
    let issued = issue(&district.app, session, new).await.expect("a token");
    (issued.id, issued.token)
}

/// The organisations of the three sides.
pub async fn plant(district: &TestDistrict) {
    let row = |side: Side, parent: Option<Side>| organisations::OrganisationRow {
        code: side.organisation(),
        label: format!("{}局", side.word()),
        short: None,
        kind: "department".into(),
        parent: parent.map(Side::organisation),
        area: None,
        aliases: Vec::new(),
        from: None,
        until: None,
        source: "invented".into(),
    };
    let rows = [row(Side::Upper, None), row(Side::Lower, Some(Side::Upper)), row(Side::Beside, None)];
    let planted = district
        .app
        .database()
        .write::<_, Fault>(move |tx| rows.iter().try_for_each(|row| organisations::add(tx, "shili", row).map(drop)));
    planted.await.expect("organisations");
}

/// Somebody of every role on that side, or of the whole installation.
pub async fn people(district: &TestDistrict, side: Option<Side>) -> Vec<Person> {
    let mut people = Vec::new();
    for role in Role::ALL.into_iter().skip(1) {
        let (login, session) = match side {
            Some(side) => account(district, side, role.word(), role).await,
            None => {
                let who = if role == Role::Audit { "auditor" } else { role.word() };
                (who.to_owned(), district.actor(who))
            }
        };
        let token = token_of(district, &session, "对接").await.1;
        people.push(Person { login, role, side, token });
    }
    people
}

/// Everything that can stand in an address, on that side.
pub async fn thing(district: &TestDistrict, side: Side) -> Thing {
    let app = &district.app;
    let (owner, session) = account(district, side, "owner", Role::Planner).await;
    let (helper, _) = account(district, side, "helper", Role::Liaison).await;
    let (_, reviewer) = account(district, side, "reads", Role::Reviewer).await;
    let plan = format!("{}-plan", side.key());
    let file = UploadedFile { name: format!("{}纲要.txt", side.word()), bytes: outline(side).into_bytes() };
    let title = Some(format!("{}规划纲要", side.word()));
    let brought = Upload { files: vec![file], plan: Some(plan.clone()), title, ..Upload::default() };
    let done = import(app, &session, brought).await.expect("an import");
    assert_eq!(done.step, "done", "{done:?}");
    let post = posts::own(app, &session).await.expect("posts").posts[0].id;
    let day = app.today();
    let reason = format!("{}外出", side.word());
    let deputy = NewDeputy { login: helper, from: day, until: day, reason };
    let deputy = posts::appoint(app, &session, post, deputy).await.expect("a deputy");
    let edition = edition_of(district, &plan).await;
    let offered = Offered {
        object: Object::new("edition", &edition),
        name: format!("{}附件.txt", side.word()),
        declared: "text/plain".to_owned(),
    };
    let upload = upload::begin(app, &session, offered, 10).await.expect("an upload");
    let (token, words) = token_of(district, &session, &format!("{}对接", side.word())).await;
    let machine = Machine::with(district, Some(words));
    let begun = machine.post(&format!("/api/v1/plans/{plan}/references/batches"), &object!({})).await;
    let batch = begun.headers["location"].to_str().expect("plain").rsplit('/').next().expect("a key").to_owned();
    let attachment = district.attached(&Object::new("edition", &edition)).await[0].id.0;
    let message =
        inbox(app, &reviewer, false, None, gangmu_app::messages::inbox::PAGE).await.expect("an inbox").messages;
    let message = message.first().expect("whoever decides is told of an import").id;
    Thing {
        edition,
        attachment,
        import: done.id,
        login: owner,
        post: post.to_string(),
        deputy: deputy.to_string(),
        upload,
        batch,
        token,
        erasure: erasure(district, side).await,
        message,
        indicator: indicator(district, side, &session).await,
        plan,
    }
}

/// An indicator that the side's organisation answers for.
async fn indicator(district: &TestDistrict, side: Side, session: &Session) -> i64 {
    let word = side.word();
    let lead = vec![format!("{word}局")];
    let definition =
        Definition { lead, category: format!("{word}用水"), ..Definition::named(&format!("{word}用水总量")) };
    define(&district.app, session, definition).await.expect("an indicator").0
}

async fn edition_of(district: &TestDistrict, plan: &str) -> String {
    let plan = plan.to_owned();
    let found = district.app.database().read::<_, Fault>(move |tx| {
        let plan = editions::plan_of_key(tx, &plan)?.expect("the plan was imported");
        Ok(editions::of_plan(tx, plan.id)?[0].id.to_string())
    });
    found.await.expect("rows")
}

/// Somebody who left and is to be erased.
async fn erasure(district: &TestDistrict, side: Side) -> i64 {
    let app = &district.app;
    let (gone, _) = account(district, side, "gone", Role::Liaison).await;
    disable(app, &district.security(), &gone, Some(format!("{}调离", side.word()))).await.expect("disabled");
    erase::ask(app, &district.system(), &gone, &format!("{}调离满一年", side.word())).await.expect("asked")
}

/// An outline of which every sentence names its side.
fn outline(side: Side) -> String {
    let word = side.word();
    format!(
        "{word}规划纲要\n\n第一章 {word}供水\n\n第一节 {word}管网\n\n一、更新{word}水管\n\n\
         加快推进{word}水管更新工程。确保到2025年{word}用水总量控制在3.2亿立方米以内。\
         支持{word}企业改装节水器具。（牵头单位：{word}局；配合单位：区水务局、区发展改革局）\n"
    )
}
