//! Random trees and grants: what a person sees is exactly what a naive reading of the rule says, through every door.

use gangmu_app::{
    App, Failure, Session,
    accounts::{
        add::{NewAccount, add},
        list::list as list_accounts,
        login::login,
        reset_password::reset_password,
    },
    home::home,
    plan::{
        approve::approve,
        decide::{Desk, undo_last},
        edition::edition,
        export_register::export_register,
        find_clause::find_clause,
        import::{Upload, UploadedFile, import, progress},
        list::list,
        read::{Reading, read},
        register::register,
        review::review,
        views::RegisterFilter,
    },
    posts::{NewPost, add as add_post, own, set_roles},
    search::search,
};
use gangmu_store::{Fault, areas::AreaRow, organisations::OrganisationRow};
use gangmu_testkit::{PASSWORD, TestDistrict, each_database};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

const ORGANISATIONS: usize = 8;
const AREAS: usize = 5;
const PEOPLE: usize = 7;
const PLANS: usize = 5;

/// A tree: the parent of each organisation or area, by number.
type Tree = Vec<Option<usize>>;

/// Does the node stand at or below the root? It walks upwards, one step at a time.
fn below(tree: &Tree, root: usize, mut node: usize) -> bool {
    loop {
        if node == root {
            return true;
        }
        match tree[node] {
            Some(parent) => node = parent,
            None => return false,
        }
    }
}

/// Where a grant ends.
#[derive(Clone, Copy)]
enum Bound {
    Nowhere,
    Organisation(usize),
    Area(usize),
}

/// Organisations and areas in their trees, and the area of each organisation.
struct World {
    tree: Tree,
    areas: Tree,
    lies: Vec<Option<usize>>,
}

impl World {
    /// The oracle: does a grant that ends there reach that organisation?
    fn reaches(&self, bound: Bound, organisation: usize) -> bool {
        match bound {
            Bound::Nowhere => true,
            Bound::Organisation(root) => below(&self.tree, root, organisation),
            Bound::Area(area) => self.lies[organisation].is_some_and(|lies| below(&self.areas, area, lies)),
        }
    }

    /// The oracle: which plans does somebody see?
    fn visible(&self, person: &Person, plans: &BTreeMap<String, usize>) -> BTreeSet<String> {
        let seen = plans.iter().filter(|(_, owner)| person.plans && self.reaches(person.bound, **owner));
        seen.map(|(key, _)| key.clone()).collect()
    }

    /// The oracle: to which organisation belongs what somebody there brings? To one's own, or to the first within reach.
    fn owner(&self, person: &Person) -> Option<usize> {
        let own = self.reaches(person.bound, person.organisation).then_some(person.organisation);
        own.or_else(|| match person.bound {
            Bound::Organisation(root) => Some(root),
            _ => (0..ORGANISATIONS).find(|organisation| self.reaches(person.bound, *organisation)),
        })
    }
}

struct Person {
    login: String,
    organisation: usize,
    bound: Bound,
    plans: bool,
    session: Session,
}

fn code(number: usize) -> String {
    format!("o-{number}")
}

fn unit(number: usize) -> String {
    format!("示例{}局", char::from_u32(0x7532 + u32::try_from(number).unwrap()).unwrap())
}

fn area(number: usize) -> String {
    format!("1101990{number:02}000")
}

fn in_words(bound: Bound) -> Option<String> {
    match bound {
        Bound::Nowhere => None,
        Bound::Organisation(root) => Some(code(root)),
        Bound::Area(number) => Some(format!("area:{}", area(number))),
    }
}

async fn plant(app: &App, dice: &mut Dice) -> World {
    let mut grow = |nodes, roots| (0..nodes).map(|n| (n >= roots).then(|| dice.below(n))).collect::<Tree>();
    let (tree, areas) = (grow(ORGANISATIONS, 2), grow(AREAS, 1));
    let lies: Vec<Option<usize>> =
        (0..ORGANISATIONS).map(|_| Some(dice.below(AREAS + 1)).filter(|area| *area < AREAS)).collect();
    let spread = |(number, parent): (usize, &Option<usize>)| AreaRow {
        code: area(number),
        label: format!("示例{number}街道"),
        level: "town".into(),
        parent: parent.map(area),
        from: None,
        until: None,
        source: "invented".into(),
    };
    let spread: Vec<_> = areas.iter().enumerate().map(spread).collect();
    let row = |(number, parent): (usize, &Option<usize>)| OrganisationRow {
        code: code(number),
        label: unit(number),
        short: None,
        kind: "department".into(),
        parent: parent.map(code),
        area: lies[number].map(area),
        aliases: Vec::new(),
        from: None,
        until: None,
        source: "invented".into(),
    };
    let rows: Vec<_> = tree.iter().enumerate().map(row).collect();
    let replaced = app.database().write::<_, Fault>(move |tx| {
        gangmu_store::areas::replace(tx, "shili", &spread)?;
        gangmu_store::organisations::replace(tx, "shili", &rows)
    });
    replaced.await.unwrap();
    World { tree, areas, lies }
}

async fn people(app: &App, security: &Session, dice: &mut Dice) -> Vec<Person> {
    let console = Session::console("测试");
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let login_ = format!("p{number}");
        let organisation = dice.below(ORGANISATIONS);
        // The first reaches everywhere, so that somebody sees whatever there is.
        let bound = match number {
            0 => Bound::Nowhere,
            _ if dice.below(2) == 0 => Bound::Area(dice.below(AREAS)),
            _ => Bound::Organisation(dice.below(ORGANISATIONS)),
        };
        let roles: &[&str] = match number % 4 {
            3 => &["security"],
            2 => &["reviewer", "liaison"],
            _ => &["planner"],
        };
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        let new = NewAccount {
            login: login_.clone(),
            name: format!("人{number}"),
            organisation: Some(code(organisation)),
            roles: roles.clone(),
            password: Some(PASSWORD.to_owned()),
            keep_password: true,
            ..NewAccount::default()
        };
        add(app, &console, new).await.unwrap();
        let session = login(app, &login_, PASSWORD).await.unwrap().session;
        let first = own(app, &session).await.unwrap().posts[0].id;
        set_roles(app, security, &login_, first, roles.clone(), in_words(bound)).await.unwrap();
        let session = login(app, &login_, PASSWORD).await.unwrap().session;
        let plans = roles[0] != "security";
        people.push(Person { login: login_, organisation, bound, plans, session });
    }
    people
}

/// A plan that names every unit, so that whoever may see it finds it by each.
fn text(number: usize) -> String {
    let units: Vec<String> = (0..ORGANISATIONS).map(unit).collect();
    format!(
        "示例{number}号发展规划纲要\n\n第一章　把水管好\n到2025年，污水集中收集率达到95%以上。\n第一节　修好管网\n\
         一、改造老旧管网\n加快推进东坑泵站改造工程。完成西坑污水处理厂扩建工程。（牵头单位：{}；配合单位：{}）\n\
         鼓励企业开展节水改造。\n",
        units[0],
        units[1..].join("、")
    )
}

fn upload(number: usize, key: &str) -> Upload {
    let files = vec![UploadedFile { name: format!("{number}.txt"), bytes: text(number).into_bytes() }];
    Upload { files, plan: Some(key.to_owned()), title: Some(format!("示例{number}号规划")), ..Upload::default() }
}

/// Plans with the organisation that the oracle says they belong to.
async fn plans(app: &App, world: &World, people: &[Person], dice: &mut Dice) -> BTreeMap<String, usize> {
    let brings = |p: &&Person| p.session.may(app.access(), "plan.import") && world.owner(p).is_some();
    let planners: Vec<&Person> = people.iter().filter(brings).collect();
    let mut plans = BTreeMap::new();
    for number in 0..PLANS {
        let by = planners[dice.below(planners.len())];
        let key = format!("plan-{}", (b'a' + u8::try_from(number).unwrap()) as char);
        let done = import(app, &by.session, upload(number, &key)).await.unwrap();
        assert_eq!(done.step, "done", "{done:?}");
        plans.insert(key, world.owner(by).unwrap());
    }
    plans
}

fn key_of(address: &str) -> String {
    address.split(['/', '?']).nth(2).unwrap_or_default().to_owned()
}

/// Everything through which a plan could be seen, found, counted, exported or suggested.
async fn check_plans(app: &App, person: &Person, visible: &BTreeSet<String>, all: &BTreeMap<String, usize>) {
    let (who, session) = (&person.login, &person.session);
    let listed = list(app, session).await.unwrap();
    let keys: BTreeSet<String> = listed.plans.iter().map(|card| card.plan.key.clone()).collect();
    assert_eq!(keys, *visible, "{who} lists");
    let imported: BTreeSet<String> = listed.imports.iter().filter_map(|i| i.plan.clone()).collect();
    assert!(imported.is_subset(visible), "{who} sees imports of {imported:?}");
    let found = search(app, session, "泵站", None, 1).await.unwrap();
    let hits: BTreeSet<String> = found.hits.iter().map(|hit| key_of(&hit.address)).collect();
    assert_eq!(hits, *visible, "{who} finds");
    let counted: u32 = found.kinds.iter().map(|facet| facet.count).sum();
    assert_eq!(counted, found.found, "{who}");
    assert!(counted as usize <= 6 * visible.len(), "{who} counts {counted} in {} plans", visible.len());
    let numbered = search(app, session, "1.1.1", None, 1).await.unwrap();
    assert!(numbered.hits.iter().all(|hit| visible.contains(&key_of(&hit.address))), "{who} finds by number");
    let at_home = home(app, session).await.unwrap();
    let keys: BTreeSet<String> = at_home.plans.iter().map(|card| card.plan.key.clone()).collect();
    assert_eq!(keys, *visible, "{who} at home");
    let addresses = at_home.changes.iter().map(|c| &c.address);
    let addresses = addresses.chain(at_home.registers.iter().map(|r| &r.address));
    let addresses = addresses.chain(at_home.waiting.iter().chain(&at_home.waiting_for).map(|w| &w.address));
    for address in addresses.filter(|address| !address.starts_with("/imports/")) {
        assert!(visible.contains(&key_of(address)), "{who} is led to {address}");
    }
    assert_eq!(at_home.commitments_found > 0, !visible.is_empty(), "{who}: every plan names every unit");
    for key in all.keys() {
        let sees = visible.contains(key);
        for (door, failure) in doors(app, session, key).await {
            let absent = matches!(failure, Some(Failure::Absent("plan")));
            assert_eq!(!absent, sees, "{who} at {door} of {key}: {failure:?}");
            let nowhere = Failure::Absent("plan").to_string();
            assert!(sees || failure.map(|f| f.to_string()) == Some(nowhere), "{who} at {door}: as if there were none");
        }
    }
}

/// What each door of a plan answers; none where it opens.
async fn doors(app: &App, session: &Session, key: &str) -> Vec<(&'static str, Option<Failure>)> {
    let reading = Reading { plan: key.to_owned(), ..Reading::default() };
    let words = Box::new(|key: &str| key.to_owned());
    let mut doors = vec![
        ("reading", read(app, session, reading).await.err()),
        ("the register", register(app, session, key, RegisterFilter::default()).await.err()),
        ("the export", export_register(app, session, key, RegisterFilter::default(), words).await.err()),
        ("the edition", edition(app, session, key, None).await.err()),
        ("the desk", review(app, session, key, None, None, None).await.err()),
        ("a clause", find_clause(app, session, key, None, "1.1.一", false).await.err()),
    ];
    if session.may(app.access(), "plan.review") {
        let desk = Desk { plan: key.to_owned(), edition: None, seen: None };
        doors.push(("undoing", undo_last(app, session, desk).await.err()));
    }
    if session.may(app.access(), "plan.approve") {
        doors.push(("approving", approve(app, session, key, None).await.err()));
    }
    doors
}

/// What is brought into a foreign key is refused, and the same file that others hold is not known.
async fn check_bringing(app: &App, person: &Person, world: &World, all: &BTreeMap<String, usize>) {
    let visible = world.visible(person, all);
    for (number, key) in all.keys().enumerate() {
        if visible.contains(key) {
            continue;
        }
        let done = match import(app, &person.session, upload(number, key)).await {
            Err(Failure::Refused(why)) if world.owner(person).is_none() => {
                assert_eq!(why.as_slice()[0].code, "plan-import-no-organisation");
                continue;
            }
            done => done.unwrap(),
        };
        let codes: Vec<&str> = done.failures.iter().map(|failure| failure.code.as_str()).collect();
        assert_eq!((done.step, codes), ("failed", vec!["plan-import-key-taken"]), "{}", person.login);
    }
}

async fn check_accounts(app: &App, person: &Person, world: &World, people: &[Person]) {
    let listed = list_accounts(app, &person.session, None, 500).await.unwrap();
    let logins: BTreeSet<String> =
        listed.into_iter().map(|view| view.login).filter(|l| l.starts_with('p') && l.len() == 2).collect();
    let within = |other: &&Person| world.reaches(person.bound, other.organisation);
    let expected: BTreeSet<String> = people.iter().filter(within).map(|other| other.login.clone()).collect();
    assert_eq!(logins, expected, "{} keeps accounts", person.login);
    let outside = people.iter().find(|other| !expected.contains(&other.login));
    if let Some(other) = outside {
        let reset = reset_password(app, &person.session, &other.login).await;
        assert!(matches!(reset, Err(Failure::Absent("account"))), "{} resets {}", person.login, other.login);
    }
    check_giving(app, person, world).await;
}

/// Whoever gives roles gives none that reach farther than the right to give them.
async fn check_giving(app: &App, person: &Person, world: &World) {
    let (mine, login_) = (code(person.organisation), &person.login);
    let outside = (0..ORGANISATIONS).find(|organisation| !world.reaches(person.bound, *organisation));
    let Some(outside) = outside else { return };
    let elsewhere =
        NewPost {
            title: "兼职".into(), organisation: code(outside), root: Some(code(outside)), ..NewPost::default()
        };
    let there = add_post(app, &person.session, login_, elsewhere.clone()).await;
    assert!(there.is_err(), "{login_} gives itself a post elsewhere");
    let farther = |root| NewPost { organisation: mine.clone(), root, ..elsewhere.clone() };
    assert!(add_post(app, &person.session, login_, farther(None)).await.is_err(), "{login_} reaches everywhere");
    // Over an area only who reaches all that will ever stand in it; whoever does not reach himself gives himself nothing.
    for number in (0..AREAS).filter(|_| world.reaches(person.bound, person.organisation)) {
        let inside = matches!(person.bound, Bound::Area(root) if below(&world.areas, root, number));
        let root = in_words(Bound::Area(number));
        let untitled = NewPost { title: String::new(), organisation: mine.clone(), root, ..NewPost::default() };
        let refused = match add_post(app, &person.session, login_, untitled).await {
            Err(Failure::Refused(reasons)) => reasons.as_slice().iter().any(|r| r.code == "posts.unknown_area"),
            _ => false,
        };
        assert_eq!(refused, !inside, "{login_} gives roles over area {number}");
    }
}

async fn one_world(district: &TestDistrict, seed: u64) {
    let app = &district.app;
    let mut dice = Dice(seed);
    let world = plant(app, &mut dice).await;
    let security = Session::console("安全");
    let people = people(app, &security, &mut dice).await;
    let plans = plans(app, &world, &people, &mut dice).await;
    for person in &people {
        let visible = world.visible(person, &plans);
        if person.plans {
            check_plans(app, person, &visible, &plans).await;
        } else {
            check_accounts(app, person, &world, &people).await;
        }
    }
    for person in people.iter().filter(|person| person.session.may(app.access(), "plan.import")) {
        check_bringing(app, person, &world, &plans).await;
    }
    // The progress of an import is as visible as what it brings.
    let everything = people[0].session.clone();
    let first = list(app, &everything).await.unwrap().imports.last().unwrap().id;
    assert!(progress(app, &everything, first).await.is_ok());
}

#[test]
fn nothing_of_another_subtree_is_seen_found_counted_or_exported() {
    for seed in [3, 11, 42] {
        each_database(async |district| one_world(&district, seed).await);
    }
}
