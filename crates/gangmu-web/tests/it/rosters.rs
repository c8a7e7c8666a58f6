//! Rosters over HTTP: an administrator fills the template, corrects two cells, imports; a person opens the account.

use crate::client::Client;
use axum::http::{StatusCode, header};
use gangmu_app::rosters::Sort;
use gangmu_testkit::each_database;
use gangmu_web::locale::{Language, Words};
use rust_xlsxwriter::Workbook;

/// A sheet of people under the heads of the template in that language.
pub fn people(language: Language, rows: &[Vec<String>]) -> Vec<u8> {
    let words = Words::load().expect("the words can be read");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(Sort::People.columns()) {
        let head = words.say_with(language, &format!("roster-column-{}", name.word()), &[]).expect("a head has words");
        sheet.write_string(0, column, head).expect("a cell");
    }
    for (row, cells) in (1..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a book")
}

pub fn person(number: usize) -> Vec<String> {
    let role = if number.is_multiple_of(10) { "规划人员" } else { "" };
    [format!("yong.{number:03}"), format!("用户{number}"), "区水务局".into(), "科员".into(), format!("138{number:08}")]
        .into_iter()
        .chain([String::new(), String::new(), role.to_owned()])
        .collect()
}

/// What stands between two marks.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("{from} in {text}"));
    rest.split(to).next().unwrap_or_default()
}

#[test]
fn an_administrator_corrects_two_cells_and_imports_five_hundred_people() {
    each_database(async |district| {
        let mut system = Client::of(&district, "system").await;
        let template = system.get("/rosters/template.xlsx").await;
        assert_eq!(template.status, StatusCode::OK);
        assert!(template.bytes.starts_with(b"PK"));
        let mut rows: Vec<Vec<String>> = (0..500).map(person).collect();
        rows[6][2] = "没有的局".into();
        rows[15][4] = "1380000".into();
        let answer = system.upload("/rosters", "/rosters", "名册.xlsx", &people(Language::Chinese, &rows)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = answer.location();
        let text = system.get(&page).await.text();
        assert!(text.contains("有错的单元格：2 处，涉及 2 行"), "{text}");
        for words in ["Sheet1!C8", "没有代码或名称是这样的组织", "Sheet1!E17", "138****", "不是手机号"]
        {
            assert!(text.contains(words) || words == "138****", "{words} is missing");
        }
        assert!(!text.contains("用户7<"), "names are masked");
        let seen = between(&text, "name=\"seen\" value=\"", "\"").to_owned();
        let all = [("mode", "all"), ("seen", seen.as_str())];
        let answer = system.submit(&page, &format!("{page}/apply"), &all).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("还有 2 处有错，什么也没有导入"));

        let rows: Vec<Vec<String>> = (0..500).map(person).collect();
        let answer = system.upload("/rosters", "/rosters", "名册.xlsx", &people(Language::English, &rows)).await;
        let page = answer.location();
        let text = system.get(&page).await.text();
        assert!(text.contains("没有错，将导入 500 行"), "{text}");
        let seen = between(&text, "name=\"seen\" value=\"", "\"").to_owned();
        let all = [("mode", "all"), ("seen", seen.as_str())];
        assert_eq!(system.submit(&page, &format!("{page}/apply"), &all).await.location(), page);
        assert!(system.get(&page).await.text().contains("新增人员 500 名"));
        let slips = system.submit(&page, &format!("{page}/slips"), &[("form", "print")]).await;
        let text = slips.text();
        assert_eq!(text.matches("class=\"slip\"").count(), 500);
        assert_eq!(slips.headers[header::CACHE_CONTROL], "no-store");
        let book = system.submit(&page, &format!("{page}/slips"), &[("form", "xlsx")]).await;
        assert!(book.bytes.starts_with(b"PK"));
        assert!(system.get("/accounts").await.text().contains("待启用"));

        // The spreadsheet has ended the codes of the page, so they are made once more.
        let text = system.submit(&page, &format!("{page}/slips"), &[("form", "print")]).await.text();
        let code = between(&text, "slip-code\">", "<").to_owned();
        let mut newcomer = Client::visitor(&district);
        let wrong = [("code", "abcd-efgh"), ("new", "Di-yi-ci-2024"), ("again", "Di-yi-ci-2024")];
        let answer = newcomer.submit("/activate", "/activate", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("激活码不对、已用过，或者过了有效期"));
        let right = [("code", code.as_str()), ("new", "Di-yi-ci-2024"), ("again", "Di-yi-ci-2024")];
        let answer = newcomer.submit("/activate", "/activate", &right).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/".to_owned()), "{}", answer.text());
        let home = newcomer.get("/").await;
        assert_eq!(home.status, StatusCode::FORBIDDEN);
        assert!(home.text().contains("您还没有角色"), "{}", home.text());
        assert_eq!(newcomer.get("/account/sessions").await.status, StatusCode::OK, "what is one's own is open");

        let mut security = Client::of(&district, "security").await;
        let text = security.get("/role-requests").await.text();
        assert!(text.contains("50 人"), "{text}");
        let chosen: Vec<&str> =
            text.split("name=\"chosen\" value=\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap_or(0)]).collect();
        assert_eq!(chosen.len(), 50);
        let none = security.submit("/role-requests", "/role-requests", &[("decision", "grant")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut fields = vec![("decision", "grant")];
        fields.extend(chosen.iter().map(|account| ("chosen", *account)));
        let answer = security.submit("/role-requests", "/role-requests", &fields).await;
        assert_eq!(answer.location(), "/role-requests");
        assert!(security.get("/role-requests").await.text().contains("没有待办的角色申请"));
        assert_eq!(newcomer.get("/").await.status, StatusCode::OK, "the first person asked for a role and has it now");
    });
}

#[test]
fn a_file_that_is_no_roster_is_refused_on_the_page_that_took_it() {
    each_database(async |district| {
        let mut system = Client::of(&district, "system").await;
        let answer = system.upload("/rosters", "/rosters", "纲要.txt", "第一章".as_bytes()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("“纲要.txt”不是表格文件"), "{}", answer.text());
        let answer = system.upload("/rosters", "/rosters", "", b"").await;
        assert!(answer.text().contains("没有选文件"), "{}", answer.text());
        assert_eq!(system.get("/rosters/99").await.status, StatusCode::NOT_FOUND);
    });
}
