//! A person is erased: the name stands nowhere any more, and the journal is whole for both verifiers.

use gangmu_app::{
    App, Session,
    accounts::{disable::disable, login::login},
    indicators::{Draft, define, revise},
    journal,
    personal::{self, erase},
    plan::{
        decide::{Desk, decide},
        import::{Upload, UploadedFile, import},
    },
    posts::{NewDeputy, appoint, choose, own},
    tokens::{NewToken, issue},
};
use gangmu_indicators::definition::Definition;
use gangmu_plan::review::{Command, RejectReason};
use gangmu_store::{Engine, Fault, journal::Filter, params};
use gangmu_testkit::{PASSWORD, TestDistrict, each_database};
use jiff::{SignedDuration, civil::date};

const NAME: &str = "林规";

const TEXT: &str = "示例市国民经济和社会发展第十四个五年规划纲要\n\
    \n\
    第一章　把水管好\n\
    一、改造老旧管网\n\
    加快推进东坑泵站改造工程。完成西坑污水处理厂扩建工程。鼓励企业开展节水改造。\n";

/// The planner imports a plan, decides with words in which the own name stands, defines an indicator, makes a token, and
/// is stood in for by a deputy.
async fn acts(district: &TestDistrict) {
    let (app, planner) = (&district.app, district.planner());
    personal::save_mine(app, &planner, "13800008000", "lin@example.org").await.unwrap();
    let files = vec![UploadedFile { name: "纲要.txt".into(), bytes: TEXT.as_bytes().to_vec() }];
    import(app, &planner, Upload { files, ..Upload::default() }).await.unwrap();
    reject(app, &planner, 1, "林规与水务局核对过").await;
    let key = define(app, &planner, Definition::named("漏损率")).await.unwrap().0.to_string();
    define_again(app, &planner, &key, 1).await;
    let new = NewToken { name: "林规的统计对接".into(), scope: vec!["plan.list".into()], days: 30, post: None };
    issue(app, &planner, new).await.unwrap();
    let held = own(app, &planner).await.unwrap().posts[0].id;
    let new = NewDeputy {
        login: "liaison".into(),
        from: date(2024, 7, 1),
        until: date(2024, 7, 2),
        reason: "林规外出学习".into(),
    };
    appoint(app, &planner, held, new).await.unwrap();
    district.wait(SignedDuration::from_hours(24));
    let deputy = login(app, "liaison", PASSWORD).await.unwrap().session;
    let deputy = choose(app, &deputy, held).await.unwrap();
    assert_eq!(deputy.by().name, "连络 代 林规");
    reject(app, &deputy, 2, "按林规的意见").await;
    define_again(app, &deputy, &key, 2).await;
    let new = NewToken { name: "接林规的班".into(), scope: vec!["plan.list".into()], days: 30, post: None };
    issue(app, &deputy, new).await.unwrap();
    let security = login(app, "security", PASSWORD).await.unwrap().session;
    personal::reveal(app, &security, "planner", "contact", "找林规核对").await.unwrap();
    disable(app, &security, "planner", Some("林规调离".into())).await.unwrap();
}

async fn reject(app: &App, session: &Session, number: u32, note: &str) {
    let desk = Desk { plan: "145".into(), edition: None, seen: None };
    let reject = Command::Reject { number, reason: RejectReason::Other, note: note.to_owned() };
    decide(app, session, desk, reject).await.unwrap();
}

async fn define_again(app: &App, session: &Session, key: &str, seen: u32) {
    let definition = Definition { statement: format!("第{seen}稿"), ..Definition::named("漏损率") };
    revise(app, session, key, Draft { definition, reason: "林规提出".into() }, seen).await.unwrap();
}

/// Every row of every table as text, under the name of its table.
async fn dump(app: &App) -> Vec<String> {
    app.database().read::<_, Fault>(rows).await.unwrap()
}

fn rows(tx: &mut gangmu_store::Tx<'_>) -> Result<Vec<String>, Fault> {
    let tables = match tx.engine() {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema()"
        }
    };
    let mut all = Vec::new();
    for table in tx.query(tables, params![], |row| row.get::<String>(0))? {
        let row = match tx.engine() {
            Engine::Postgres => "CAST(t AS TEXT)".to_owned(),
            Engine::Sqlite => {
                let columns = "SELECT name FROM pragma_table_info($1)";
                let columns = tx.query(columns, params![&table], |row| row.get::<String>(0))?;
                columns.iter().map(|column| format!("quote(\"{column}\")")).collect::<Vec<_>>().join(" || ',' || ")
            }
        };
        let sql = format!("SELECT {row} FROM \"{table}\" t");
        all.extend(tx.query(&sql, params![], |row| Ok(format!("{table}: {}", row.get::<String>(0)?)))?);
    }
    Ok(all)
}

/// Those lines in which one of the words stands, as it is or in hexadecimal digits.
fn holding<'a>(lines: &'a [String], words: &[&str]) -> Vec<&'a String> {
    let digits = |word: &str| word.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let stands = |line: &String, word: &str| line.contains(word) || line.to_lowercase().contains(&digits(word));
    lines.iter().filter(|line| words.iter().any(|word| stands(line, word))).collect()
}

async fn exported(app: &App, auditor: &Session) -> Vec<u8> {
    let mut exporting = journal::export(app, auditor, 1, None).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = exporting.next().await.unwrap() {
        bytes.extend(piece);
    }
    bytes
}

#[test]
fn an_erased_person_stands_nowhere_and_the_journal_is_whole_for_both_verifiers() {
    each_database(async |district| {
        let app = &district.app;
        let words = [NAME, "13800008000", "lin@example.org"];
        acts(&district).await;
        let system = login(app, "system", PASSWORD).await.unwrap().session;
        let security = login(app, "security", PASSWORD).await.unwrap().session;
        let auditor = login(app, "auditor", PASSWORD).await.unwrap().session;
        let told = holding(&dump(app).await, &words).len();
        assert!(told > 12, "the name stands at whatever the person did: {told}");
        assert!(!String::from_utf8(exported(app, &auditor).await).unwrap().contains(NAME), "nor before");

        let id = erase::ask(app, &system, "planner", "林规本人申请").await.unwrap();
        erase::confirm(app, &security, id).await.unwrap();
        let left = dump(app).await;
        assert_eq!(holding(&left, &words), Vec::<&String>::new());
        let export = exported(app, &auditor).await;
        let text = String::from_utf8(export.clone()).unwrap();
        assert!(!text.contains(NAME) && text.contains("plan.reject"), "what was done stays");
        let verified = gangmu_verifier::verify(&*export, &gangmu_verifier::Asked::default()).unwrap().unwrap();
        let whole = journal::verify(app, &auditor, Vec::new()).await.unwrap().unwrap();
        assert_eq!(u64::try_from(whole.entries).unwrap(), verified.entries);

        let found = journal::read(app, &auditor, Filter::default(), 200).await.unwrap();
        let acted: Vec<_> = found.iter().filter(|found| found.entry.operation == "plan.reject").collect();
        assert_eq!(acted.len(), 2);
        assert!(acted.iter().all(|found| found.entry.by.name.is_empty() && found.entry.reason.is_none()));
        assert!(acted.iter().all(|found| found.entry.beside.who.is_some()), "the digest in the chain stays");
    });
}
