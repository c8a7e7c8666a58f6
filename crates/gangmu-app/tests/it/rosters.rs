//! Stories of rosters: filled as people fill them, wrong cells named, five hundred at once, codes, roles only asked for.

use gangmu_app::{
    App, Failure, Session,
    accounts::{activate::activate, list::list, login::Origin, login::login},
    journal,
    rosters::{self, Mode, Preview, Standing, Vocabulary},
};
use gangmu_store::journal::{Filter, Recorded};
use gangmu_testkit::{TestDistrict, each_database};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// The words of the template, as the house says them.
fn vocabulary() -> Vocabulary {
    let words = [
        ("code", "代码"),
        ("label", "名称"),
        ("short", "简称"),
        ("kind", "类别"),
        ("parent", "上级"),
        ("area", "区域"),
        ("aliases", "别名"),
        ("from", "起始日期"),
        ("until", "截止日期"),
        ("login", "账号"),
        ("name", "姓名"),
        ("organisation", "单位"),
        ("post", "职务"),
        ("phone", "手机"),
        ("email", "邮箱"),
        ("id-number", "身份证号"),
        ("roles", "申请角色"),
    ];
    Vocabulary::new(&|key| {
        let column = key.strip_prefix("roster-column-");
        let found = words.iter().find(|(word, _)| Some(*word) == column).map(|(_, said)| *said);
        let other = match key {
            "organisation-kind-department" => Some("部门"),
            "role-planner" => Some("规划人员"),
            "role-liaison" => Some("联络员"),
            "role-system" => Some("系统管理员"),
            _ => None,
        };
        found.or(other).map(str::to_owned).into_iter().collect()
    })
}

fn sheet<'b>(book: &'b mut Workbook, name: &str, rows: &[&[&str]]) -> &'b mut Worksheet {
    let sheet = book.add_worksheet().set_name(name).unwrap();
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
    sheet
}

const ORGANISATIONS: [&str; 9] = ["代码", "名称", "简称", "类别", "上级", "区域", "别名", "起始日期", "截止日期"];
const PEOPLE: [&str; 8] = ["账号", "姓名", "单位", "职务", "手机", "邮箱", "身份证号", "申请角色"];

fn book(organisations: &[&[&str]], people: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    if !organisations.is_empty() {
        sheet(&mut book, "组织", &[&[ORGANISATIONS.as_slice()], organisations].concat());
    }
    if !people.is_empty() {
        sheet(&mut book, "人员", &[&[PEOPLE.as_slice()], people].concat());
    }
    book.save_to_buffer().unwrap()
}

async fn submit(app: &App, session: &Session, bytes: Vec<u8>) -> Result<i64, Failure> {
    rosters::submit(app, session, "名册.xlsx", bytes, &vocabulary()).await
}

async fn shown(district: &TestDistrict, bytes: Vec<u8>) -> Preview {
    let (app, system) = (&district.app, district.system());
    let id = submit(app, &system, bytes).await.unwrap();
    rosters::preview(app, &system, id).await.unwrap()
}

async fn applied(
    district: &TestDistrict,
    preview: &Preview,
    mode: Mode,
) -> Result<gangmu_store::rosters::Tally, Failure> {
    rosters::apply(&district.app, &district.system(), preview.roster.id, mode, &preview.fingerprint).await
}

fn faults(preview: &Preview) -> Vec<(&str, &str)> {
    preview.faults.iter().map(|fault| (fault.cell.as_str(), fault.code)).collect()
}

fn codes<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<&'static str> {
    match outcome {
        Err(Failure::Refused(reasons)) => reasons.as_slice().iter().map(|reason| reason.code).collect(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn entries(app: &App, auditor: &Session, limit: u32) -> Vec<Recorded> {
    journal::read(app, auditor, Filter::default(), limit).await.unwrap()
}

#[test]
fn organisations_and_people_come_in_one_operation_and_open_their_accounts_with_codes() {
    each_database(async |district| {
        let app = &district.app;
        let (system, security, auditor) = (district.system(), district.security(), district.auditor());
        let bytes = book(
            &[&["o-parks", "示例区公园局", "公园局", "部门", "区政府", "示例街道", "园林局、区园林局", "2024/3/1", ""]],
            &[
                &["wang.1", "王一", "公园局", "科长", "138-0000-8000", "W@Example.org", "", "规划人员、联络员"],
                &["wang.2", "王二", "o-water", "", "", "", "", ""],
            ],
        );
        let preview = shown(&district, bytes).await;
        assert_eq!(faults(&preview), []);
        assert_eq!(preview.count(Standing::New), 3);
        assert!(preview.findings.iter().all(|finding| finding.name != "王一"), "names of people are masked");
        let tally = applied(&district, &preview, Mode::All).await.unwrap();
        assert_eq!((tally.organisations_new, tally.people_new, tally.left_out), (1, 2, 0));
        let entry = entries(app, &auditor, 1).await.remove(0).entry;
        let many = entry.many.unwrap();
        assert_eq!((entry.operation.as_str(), many.count, entry.salted), ("rosters.apply", 3, true));
        assert!(many.first < many.last && many.last == "organisation o-parks");

        assert_eq!(codes(login(app, "wang.1", "none").await), ["accounts.login.refused"]);
        let slips = rosters::slips(app, &system, preview.roster.id).await.unwrap();
        assert_eq!(slips.iter().map(|slip| slip.login.as_str()).collect::<Vec<_>>(), ["wang.1", "wang.2"]);
        assert_eq!((slips[0].name.as_str(), slips[0].unit.as_deref()), ("王一", Some("公园局")));
        let again = rosters::slips(app, &system, preview.roster.id).await.unwrap();
        assert_ne!(slips[0].code, again[0].code);
        let old = activate(app, &slips[0].code, "Di-yi-ci-2024", Origin::default()).await;
        assert_eq!(codes(old), ["accounts.activate.bad_code"], "a newer slip ends the older one");
        let typed = again[0].code.to_uppercase().replace('-', " ");
        let bad = activate(app, &typed, "password2024", Origin::default()).await;
        assert_eq!(codes(bad), ["accounts.password.common"]);
        let entered = activate(app, &typed, "Di-yi-ci-2024", Origin::default()).await.unwrap();
        assert_eq!((entered.session.login.as_str(), entered.session.roles.len()), ("wang.1", 0));
        assert!(entered.session.why_not(app.access(), "plan.import").is_some(), "no right comes with a file");
        let used = activate(app, &typed, "Di-er-ci-2024", Origin::default()).await;
        assert_eq!(codes(used), ["accounts.activate.bad_code"]);
        login(app, "wang.1", "Di-yi-ci-2024").await.unwrap();
        let waiting = rosters::slips(app, &system, preview.roster.id).await.unwrap();
        assert_eq!(waiting.len(), 1, "who has come needs no slip");
        district.wait(jiff::SignedDuration::from_hours(14 * 24));
        let late = activate(app, &waiting[0].code, "Di-yi-ci-2024", Origin::default()).await;
        assert_eq!(codes(late), ["accounts.activate.bad_code"]);

        let asked = rosters::requests::requests(app, &security).await.unwrap();
        assert_eq!((asked.len(), asked[0].roles.join(" ")), (1, "liaison planner".to_owned()));
        let own = rosters::requests::grant(app, &system, vec![asked[0].account]).await;
        assert!(matches!(own, Err(Failure::Forbidden(_))), "who imports grants nothing");
        rosters::requests::grant(app, &security, vec![asked[0].account]).await.unwrap();
        assert!(rosters::requests::requests(app, &security).await.unwrap().is_empty());
        let entered = login(app, "wang.1", "Di-yi-ci-2024").await.unwrap();
        assert!(entered.session.may(app.access(), "plan.import"));
        let verdict = journal::verify(app, &auditor, Vec::new()).await.unwrap();
        assert!(verdict.is_ok(), "{verdict:?}");
    });
}

#[test]
fn a_sheet_is_understood_as_people_fill_it() {
    each_database(async |district| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("2024年 人员表").unwrap();
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 6, "示例区工作人员名册（内部）", &plain).unwrap();
        // Two rows of heads: some over both, some in a group; a column of no interest in front.
        for (column, head) in [(0, "序号"), (1, "姓 名*"), (2, "账号 *"), (3, "单位（代码或名称）")] {
            sheet.merge_range(1, column, 2, column, head, &plain).unwrap();
        }
        sheet.merge_range(1, 4, 1, 5, "联系方式", &plain).unwrap();
        sheet.write_string(2, 4, "手机").unwrap();
        sheet.write_string(2, 5, "邮箱").unwrap();
        for row in 3..5 {
            sheet.write_number(row, 0, 1).unwrap();
            sheet.write_string(row, 1, " 李一\u{3000}").unwrap();
            sheet.write_string(row, 2, "ＬＩ.1 ").unwrap();
            sheet.write_string(row, 3, "区水务局").unwrap();
            sheet.write_number(row, 4, 13_800_008_000_f64).unwrap();
        }
        sheet.write_string(5, 1, "   ").unwrap();
        sheet.write_string(6, 1, "李二").unwrap();
        sheet.write_string(6, 2, "'li.2").unwrap();
        sheet.write_string(6, 3, "o-water").unwrap();
        let preview = shown(&district, book.save_to_buffer().unwrap()).await;
        assert_eq!(faults(&preview), []);
        let seen: Vec<_> = preview.findings.iter().map(|f| (f.place.as_str(), f.key.as_str(), f.standing)).collect();
        let tab = "2024年 人员表";
        assert_eq!(
            seen,
            [
                (format!("{tab}!4").as_str(), "li.1", Standing::New),
                (format!("{tab}!5").as_str(), "li.1", Standing::Twice),
                (format!("{tab}!7").as_str(), "li.2", Standing::New),
            ]
        );
        let tally = applied(&district, &preview, Mode::All).await.unwrap();
        assert_eq!(tally.people_new, 2);
    });
}

#[test]
fn every_wrong_cell_is_named_and_nothing_is_done_while_there_is_one() {
    each_database(async |district| {
        let bytes = book(
            &[
                &["o-new", "新局", "", "局", "o-nowhere", "火星", "", "2024-13-01", ""],
                &["o 坏", "区水务局", "", "部门", "", "", "", "", ""],
                &["o-one", "一局", "", "部门", "二局", "", "", "", ""],
                &["o-two", "二局", "", "部门", "一局", "", "", "", ""],
                &["o-late", "晚局", "", "部门", "", "", "", "2024-05-01", "2024-04-01"],
            ],
            &[
                &["zhao.1", "赵一", "o-water", "", "", "", "", ""],
                &["zhao.1", "赵另", "o-water", "", "", "", "", ""],
                &["!", "", "没有的单位", "", "1380000", "a@b", "110101199003070000", "国王"],
                &["zhao.3", "赵三", "新局", "", "", "", "", "规划人员、系统管理员"],
                &["zhao.4", "赵四", "o-water", "", "13800008001", "", "", ""],
            ],
        );
        let preview = shown(&district, bytes).await;
        assert_eq!(
            faults(&preview),
            [
                ("组织!D2", "rosters.cell.unknown_kind"),
                ("组织!F2", "rosters.cell.unknown_area"),
                ("组织!H2", "rosters.cell.bad_day"),
                ("组织!A3", "rosters.cell.bad_code"),
                ("组织!B3", "rosters.cell.spelling_twice"),
                ("组织!E4", "rosters.cell.circle"),
                ("组织!E5", "rosters.cell.circle"),
                ("组织!I6", "rosters.cell.ends_before"),
                ("人员!A3", "rosters.cell.login_twice"),
                ("人员!A4", "rosters.cell.bad_login"),
                ("人员!B4", "rosters.cell.empty"),
                ("人员!C4", "rosters.cell.unknown_organisation"),
                ("人员!E4", "rosters.cell.bad_phone"),
                ("人员!F4", "rosters.cell.bad_email"),
                ("人员!G4", "rosters.cell.bad_id_number"),
                ("人员!H4", "rosters.cell.unknown_role"),
                ("人员!C5", "rosters.cell.refused_organisation"),
                ("人员!H5", "rosters.cell.roles_meet"),
            ]
        );
        let told = preview.faults.iter().find(|fault| fault.cell == "人员!C5").unwrap();
        assert_eq!(told.fields["place"], "组织!A2", "a row that hangs on a wrong one leads to it");
        let identity = preview.faults.iter().find(|fault| fault.cell == "人员!G4").unwrap();
        assert_eq!(identity.written, "110101********0000", "what is personal is masked also where it is wrong");
        let before = list(&district.app, &district.system(), None, 500).await.unwrap().len();
        assert_eq!(codes(applied(&district, &preview, Mode::All).await), ["rosters.apply.faulty"]);
        assert_eq!(list(&district.app, &district.system(), None, 500).await.unwrap().len(), before);
        let tally = applied(&district, &preview, Mode::Sound).await.unwrap();
        assert_eq!((tally.people_new, tally.organisations_new, tally.left_out), (2, 0, 8), "the sound rows by choice");
        assert_eq!(codes(applied(&district, &preview, Mode::Sound).await), ["rosters.apply.decided"]);
    });
}

#[test]
fn the_same_file_again_changes_nothing_and_a_blank_cell_leaves_what_is_there() {
    each_database(async |district| {
        let row = ["qian.1", "钱一", "o-water", "科员", "13800008000", "q@example.org", "", ""];
        let preview = shown(&district, book(&[], &[&row])).await;
        applied(&district, &preview, Mode::All).await.unwrap();
        let again = shown(&district, book(&[], &[&row])).await;
        assert_eq!(again.count(Standing::Same), 1);
        assert_eq!(codes(applied(&district, &again, Mode::All).await), ["rosters.apply.nothing"]);
        let moved = ["qian.1", "钱一", "o-reform", "", "13900009000", "", "", ""];
        let preview = shown(&district, book(&[], &[&moved])).await;
        let changes: Vec<_> =
            preview.findings[0].changes.iter().map(|c| (c.before.as_str(), c.after.as_str())).collect();
        assert_eq!(changes, [("o-water", "o-reform"), ("138****8000", "139****9000")]);
        applied(&district, &preview, Mode::All).await.unwrap();
        let same = ["qian.1", "钱一", "o-reform", "科员", "13900009000", "q@example.org", "", ""];
        assert_eq!(shown(&district, book(&[], &[&same])).await.count(Standing::Same), 1);
    });
}

#[test]
fn what_is_applied_is_what_was_shown() {
    each_database(async |district| {
        let row = ["sun.1", "孙一", "o-water", "", "", "", "", ""];
        let first = shown(&district, book(&[], &[&row])).await;
        let second = shown(&district, book(&[], &[&row])).await;
        applied(&district, &first, Mode::All).await.unwrap();
        assert_eq!(codes(applied(&district, &second, Mode::All).await), ["rosters.apply.changed"]);
        let (app, system) = (&district.app, district.system());
        rosters::drop_draft(app, &system, second.roster.id).await.unwrap();
        let gone = rosters::preview(app, &system, second.roster.id).await.unwrap();
        assert_eq!((gone.roster.state.as_str(), gone.findings.len()), ("dropped", 0), "its rows are forgotten");
    });
}

#[test]
fn five_hundred_people_come_in_at_once() {
    each_database(async |district| {
        let rows: Vec<Vec<String>> = (0..500)
            .map(|n| {
                let phone = format!("138{n:08}");
                ["yong.", "用户"]
                    .iter()
                    .map(|start| format!("{start}{n:03}"))
                    .chain(["o-water".into(), String::new(), phone])
                    .collect()
            })
            .collect();
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let preview = shown(&district, book(&[], &rows)).await;
        assert_eq!((preview.count(Standing::New), preview.faults.len()), (500, 0));
        assert_eq!(applied(&district, &preview, Mode::All).await.unwrap().people_new, 500);
        let slips = rosters::slips(&district.app, &district.system(), preview.roster.id).await.unwrap();
        let codes: std::collections::BTreeSet<&str> = slips.iter().map(|slip| slip.code.as_str()).collect();
        assert_eq!(codes.len(), 500);
        let told = entries(&district.app, &district.auditor(), 2).await;
        let counts: Vec<_> =
            told.iter().map(|r| (r.entry.operation.as_str(), r.entry.many.as_ref().unwrap().count)).collect();
        assert_eq!(counts, [("rosters.slips", 500), ("rosters.apply", 500)], "one operation, one entry");
    });
}

#[test]
fn what_is_no_roster_is_refused_as_a_whole() {
    each_database(async |district| {
        let (app, system) = (&district.app, district.system());
        let refused = async |bytes: Vec<u8>| codes(submit(app, &system, bytes).await);
        assert_eq!(refused(Vec::new()).await, ["rosters.submit.no_file"]);
        assert_eq!(refused("账号,姓名\na,b".into()).await, ["rosters.submit.no_spreadsheet"]);
        let mut other = Workbook::new();
        sheet(&mut other, "指标", &[&["指标", "2020年"], &["森林覆盖率", "33"]]);
        assert_eq!(refused(other.save_to_buffer().unwrap()).await, ["rosters.submit.no_heads"]);
        let mut empty = Workbook::new();
        sheet(&mut empty, "人员", &[&PEOPLE]);
        assert_eq!(refused(empty.save_to_buffer().unwrap()).await, ["rosters.submit.no_rows"]);
        assert_eq!(refused(b"PK\x03\x04broken".to_vec()).await.len(), 1);
        let forbidden = submit(app, &district.planner(), book(&[], &[&["a", "b", "c"]])).await;
        assert!(matches!(forbidden, Err(Failure::Forbidden(_))));
        let mut half = Workbook::new();
        sheet(&mut half, "人员", &[&["账号", "姓名"], &["wu.1", "吴一"]]);
        let preview = shown(&district, half.save_to_buffer().unwrap()).await;
        assert_eq!(faults(&preview)[0], ("人员!1", "rosters.cell.no_column"));
        assert_eq!(codes(applied(&district, &preview, Mode::Sound).await), ["rosters.apply.faulty"]);
    });
}

#[test]
fn the_template_is_read_back_as_a_roster_without_rows() {
    each_database(async |district| {
        let said = |key: &str| {
            let column = key.strip_prefix("roster-column-").filter(|rest| !rest.ends_with("-hint"));
            column.map_or_else(|| key.chars().take(28).collect(), str::to_owned)
        };
        let bytes = rosters::template(&said).await.unwrap();
        assert_eq!(codes(submit(&district.app, &district.system(), bytes).await), ["rosters.submit.no_rows"]);
    });
}
