//! A plan over HTTP: from the file to the public page.

use crate::client::{Answer, Client, ascii};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use gangmu_testkit::{TestDistrict, each_database};

const OUTLINE: &str = include_str!("outline.txt");

/// A form with files, as a browser sends it.
pub async fn upload(client: &mut Client, files: &[(&str, &[u8])], key: &str) -> Answer {
    let secret = client.secret("/imports/new").await;
    let mut body = Vec::new();
    let mut field = |name: &str, value: &str| {
        body.extend_from_slice(
            format!("--frontier\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
        );
    };
    field("csrf", &secret);
    field("key", key);
    for (name, bytes) in files {
        let head = format!(
            "--frontier\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--frontier--\r\n");
    let request = Request::builder()
        .method(Method::POST)
        .uri("/imports")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier")
        .body(Body::from(body))
        .expect("a request");
    client.send(request).await
}

/// Waits for the end of an import by asking its page, as the browser does.
pub async fn end_of(client: &mut Client, progress: &str) -> String {
    for _ in 0..100_000 {
        let page = client.get(progress).await.text();
        if !page.contains("data-poll") {
            return page;
        }
        tokio::task::yield_now().await;
    }
    panic!("the import does not end");
}

pub async fn imported(district: &TestDistrict) -> Client {
    let mut planner = Client::of(district, "planner").await;
    let answer = upload(&mut planner, &[("纲要.txt", OUTLINE.as_bytes())], "145").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = end_of(&mut planner, &answer.location()).await;
    assert!(page.contains("导入完成"), "{page}");
    planner
}

/// The address behind the first link whose text or name holds these words.
fn link(page: &str, class: &str) -> String {
    let (_, rest) = page.split_once(class).unwrap_or_else(|| panic!("no {class} in {page}"));
    let (_, rest) = rest.split_once("href=\"").expect("a link");
    rest.split('"').next().expect("it ends").replace("&amp;", "&")
}

#[test]
fn a_planner_drops_a_file_and_reads_it_as_a_living_document() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let list = planner.get("/plans").await.text();
        assert!(list.contains("示例区发展规划纲要") && list.contains("审校中"), "{list}");
        let reader = planner.get("/plans/145").await;
        assert_eq!(reader.status, StatusCode::OK);
        let clause = planner.get("/plans/145/1.1.一").await.text();
        for words in ["更新老旧水管", "class=\"d-must\">确保", "class=\"target", "编译建议", "区水务局", "承诺覆盖率"]
        {
            assert!(clause.contains(words), "{words} is missing: {clause}");
        }
        let sentence = planner.get("/plans/145/1.1.一?p=1&s=2").await.text();
        assert!(sentence.contains("1.1.一 ¶1 句 2") && sentence.contains("has-chosen"), "{sentence}");
        assert_eq!(planner.get("/plans/145/9.9").await.status, StatusCode::NOT_FOUND);
        let gone = planner.get("/plans/145/go?to=1.1.2").await;
        assert_eq!(gone.location(), ascii("/plans/145/1.1.二"));
    });
}

#[test]
fn two_editions_are_compared_clause_by_clause() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let single = planner.get("/plans/145/compare").await;
        assert_eq!(single.status, StatusCode::OK);
        assert!(single.text().contains("这部规划只有一个版本"), "{}", single.text());
        let second = OUTLINE.replace("路灯1200盏", "路灯1500盏").replace("支持企业改装节水器具。", "");
        let answer = upload(&mut planner, &[("纲要二稿.txt", second.as_bytes())], "145").await;
        let page = end_of(&mut planner, &answer.location()).await;
        assert!(page.contains("导入完成"), "{page}");
        let page = planner.get("/plans/145/compare").await.text();
        for words in
            ["第 1 版", "第 2 版", "1200盏 → 1500盏", "<del>1200</del>", "<ins>1500</ins>", "支持企业改装节水器具"]
        {
            assert!(page.contains(words), "{words} is missing: {page}");
        }
        assert!(page.contains("kind=same") && !page.contains(">未变</span>"), "what stayed is one press away: {page}");
        let same = planner.get("/plans/145/compare?old=1&new=2&kind=same").await.text();
        assert!(same.contains(">未变</span>") && !same.contains("1500盏"), "{same}");
        let nothing = planner.get("/plans/145/compare?old=2&new=2").await.text();
        assert!(nothing.contains("没有变化"), "{nothing}");
        let first = planner.get("/plans/145/compare?new=1").await.text();
        assert!(first.contains("这是最早的一版"), "{first}");
        assert_eq!(planner.get("/plans/145/compare?old=7").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn the_register_is_filtered_by_its_address_and_sent_round_as_excel() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let all = planner.get("/plans/145/register").await.text();
        assert!(all.contains("支持企业改装节水器具"), "{all}");
        let targets = planner.get("/plans/145/register?kind=target").await.text();
        assert!(targets.contains("清除筛选"), "{targets}");
        let file = planner.get("/plans/145/register.xlsx").await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.bytes.starts_with(b"PK"), "a workbook");
        let named = file.headers[header::CONTENT_DISPOSITION].to_str().expect("plain").to_owned();
        assert!(named.contains("filename*=UTF-8''145-"), "{named}");
    });
}

#[test]
fn a_file_that_was_imported_before_is_recognised() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let answer = upload(&mut planner, &[("copy.txt", OUTLINE.as_bytes())], "").await;
        let page = end_of(&mut planner, &answer.location()).await;
        assert!(page.contains("这份文件已经导入过"), "{page}");
    });
}

#[test]
fn a_file_that_cannot_be_read_is_refused_in_words_and_leaves_nothing() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        let legacy = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600][..]].concat();
        let answer = upload(&mut planner, &[("旧.doc", &legacy)], "").await;
        let page = end_of(&mut planner, &answer.location()).await;
        assert!(page.contains("这份文件没有导入") && page.contains("什么也没有留下"), "{page}");
        let empty = upload(&mut planner, &[("空.txt", b"")], "").await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.text().contains("是空的"));
        let none = upload(&mut planner, &[], "").await;
        assert!(none.text().contains("没有选文件"));
        assert!(planner.get("/plans").await.text().contains("还没有规划"));
    });
}

#[test]
fn an_upload_without_its_secret_is_refused_before_its_files_are_read() {
    each_database(async |district| {
        let mut planner = Client::of(&district, "planner").await;
        let body = "--frontier\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n文\r\n--frontier--\r\n";
        let request = Request::builder()
            .method(Method::POST)
            .uri("/imports")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier")
            .body(Body::from(body))
            .expect("a request");
        assert_eq!(planner.send(request).await.status, StatusCode::FORBIDDEN);
    });
}

/// Decides the open proposal of the desk until nothing is undecided.
pub async fn decide_all(client: &mut Client) -> u32 {
    let mut decided = 0;
    loop {
        let desk = client.get("/plans/145/review").await.text();
        if !desk.contains("value=\"accept\"") {
            return decided;
        }
        let field = |name: &str| {
            let (_, rest) = desk.split_once("data-decide").expect("a form is open");
            let (_, rest) =
                rest.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {desk}"));
            rest.split('"').next().expect("it ends").to_owned()
        };
        let (number, path, seen) = (field("number"), field("path"), field("seen"));
        let fields = [("number", number.as_str()), ("path", &path), ("seen", &seen), ("verb", "accept")];
        let answer = client.submit("/plans/145/review", "/plans/145/review/decide", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let next = client.get(&answer.location()).await.text();
        assert!(next.contains(&format!("已采纳第 {number} 条")), "the toast says it: {next}");
        decided += 1;
        assert!(decided < 100, "the desk moves on");
    }
}

#[test]
fn a_plan_is_reviewed_approved_published_read_by_everybody_and_withdrawn() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let mut visitor = Client::visitor(&district);
        assert_eq!(visitor.get("/public/145").await.status, StatusCode::NOT_FOUND, "nothing is public by default");
        assert!(decide_all(&mut planner).await >= 3);

        let mut reviewer = Client::of(&district, "reviewer").await;
        let page = "/plans/145/edition";
        let answer = planner.submit(page, "/plans/145/edition/approve", &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "a planner approves nothing");
        let answer = reviewer.submit(page, "/plans/145/edition/approve", &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert!(reviewer.get(page).await.text().contains("已审定"));

        let mut leader = Client::of(&district, "leader").await;
        assert!(leader.get(page).await.text().contains("公开这一版"));
        let answer = leader.submit(page, "/plans/145/edition/publish", &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());

        let public = visitor.get("/public/145").await;
        assert_eq!(public.status, StatusCode::OK);
        let text = public.text();
        assert!(text.contains("示例区发展规划纲要") && text.contains("这一条里的承诺"), "{text}");
        for hidden in ["<script", "编译建议", "把握", "疑点", "gangmu_form"] {
            assert!(!text.contains(hidden), "{hidden} is not for the public");
        }
        assert!(!public.headers.contains_key(header::SET_COOKIE), "a shared page sets no cookie");
        let tag = public.headers[header::ETAG].clone();
        let request = Request::builder()
            .uri("/public/145")
            .header(header::IF_NONE_MATCH, tag)
            .body(Body::empty())
            .expect("a request");
        assert_eq!(visitor.send(request).await.status, StatusCode::NOT_MODIFIED);
        assert_eq!(visitor.get("/p/145").await.location(), "/public/145");
        assert!(visitor.get("/public/145?lang=en").await.text().contains("<html lang=\"en\">"));

        let answer = leader.submit(page, "/plans/145/edition/withdraw", &[("reason", "")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("撤下须写明理由"));
        let answer = leader.submit(page, "/plans/145/edition/withdraw", &[("reason", "重新核对数字")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(visitor.get("/public/145").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn the_desk_changes_rejects_adds_settles_and_undoes() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let desk = planner.get("/plans/145/review/1.1.一").await.text();
        let (_, rest) = desk.split_once("data-decide").expect("a form is open");
        let (_, rest) = rest.split_once("name=\"number\" value=\"").expect("its number");
        let number = rest.split('"').next().expect("it ends").to_owned();
        let base = [("number", number.as_str()), ("path", "1.1.一"), ("kind", "task")];
        let with = |more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
            base.iter().copied().chain(more.iter().copied()).collect()
        };
        let page = "/plans/145/review/1.1.一";
        let answer = planner
            .submit(
                page,
                "/plans/145/review/decide",
                &with(&[("verb", "change"), ("text", "更新水管"), ("value", "三点二")]),
            )
            .await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.text().contains("“三点二”不是数"));

        let answer =
            planner.submit(page, "/plans/145/review/decide", &with(&[("verb", "reject"), ("reason", "4")])).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.text().contains("需要写明理由"));

        let change =
            with(&[("verb", "change"), ("text", "更新背街小巷水管"), ("degree", "advance"), ("lead", "区水务局")]);
        let answer = planner.submit(page, "/plans/145/review/decide", &change).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let changed = planner.get(page).await.text();
        assert!(changed.contains("更新背街小巷水管") && changed.contains("改后采纳"), "{changed}");

        let answer = planner.submit(page, "/plans/145/review/undo", &[("path", "1.1.一")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let undone = planner.get(&answer.location()).await.text();
        assert!(undone.contains("已撤销"), "{undone}");
        assert!(!undone.contains("更新背街小巷水管</span>"), "{undone}");

        let addition = [("path", "1.1.二"), ("kind", "mechanism"), ("text", "合同照明的办法")];
        let answer = planner.submit("/plans/145/review/1.1.二", "/plans/145/review/add", &addition).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let added = planner.get(&answer.location()).await.text();
        assert!(added.contains("人工补录"), "{added}");
        let foreign = [("path", "1.1.二"), ("kind", "task"), ("text", "这里没有写的话")];
        let answer = planner.submit("/plans/145/review/1.1.二", "/plans/145/review/add", &foreign).await;
        assert!(answer.text().contains("这句话不在这一条的原文里"));
    });
}

#[test]
fn what_is_accepted_in_bulk_is_exactly_what_the_preview_showed() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let desk = planner.get("/plans/145/review/1.1.一").await.text();
        if !desk.contains("review/bulk?") {
            // The compiler trusts none of these proposals enough: then there is no key either.
            assert!(!desk.contains("采纳有把握的"));
            return;
        }
        let preview = link(&desk, "middle-top");
        let page = planner.get(&preview).await.text();
        assert!(page.contains("name=\"seal\""), "{page}");
        let wrong = [("path", "1.1.一"), ("scope", "clause"), ("seal", "other"), ("count", "1")];
        let answer = planner.submit(&preview, "/plans/145/review/bulk", &wrong).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "another list is refused");
        let field = |name: &str| {
            let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a field");
            rest.split('"').next().expect("it ends").to_owned()
        };
        let (path, scope, seal, count) = (field("path"), field("scope"), field("seal"), field("count"));
        let fields = [("path", path.as_str()), ("scope", &scope), ("seal", &seal), ("count", &count)];
        let answer = planner.submit(&preview, "/plans/145/review/bulk", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    });
}

#[test]
fn words_are_found_in_clauses_and_commitments_and_marked() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let found = planner.get("/search?q=路灯").await.text();
        assert!(found.contains("<mark>路灯</mark>"), "{found}");
        let nothing = planner.get("/search?q=航天飞机").await.text();
        assert!(nothing.contains("没有找到"), "{nothing}");
        assert_eq!(planner.get("/search").await.status, StatusCode::OK);
        let home = planner.get("/").await.text();
        assert!(home.contains("等我办") && home.contains("去审校"), "{home}");
    });
}

#[test]
fn the_second_of_two_at_one_proposal_sees_what_the_first_did_and_loses_nothing() {
    each_database(async |district| {
        let mut one = imported(&district).await;
        let mut two = Client::of(&district, "second-planner").await;
        let page = "/plans/145/review/1.1.一";
        let desk = two.get(page).await.text();
        let field = |text: &str, name: &str| {
            let (_, rest) = text.split_once(&format!("name=\"{name}\" value=\"")).expect("a hidden field");
            rest.split('"').next().expect("it ends").to_owned()
        };
        let (number, seen, version) = (field(&desk, "number"), field(&desk, "seen"), field(&desk, "version"));
        let base = [("number", number.as_str()), ("path", "1.1.一"), ("seen", &seen), ("version", &version)];
        let with = |more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
            base.iter().copied().chain(more.iter().copied()).collect()
        };
        let theirs = with(&[("verb", "change"), ("kind", "task"), ("text", "先改的话"), ("degree", "must")]);
        let answer = one.submit(page, "/plans/145/review/decide", &theirs).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());

        let mine = with(&[("verb", "change"), ("kind", "task"), ("text", "后改的话"), ("lead", "区水务局")]);
        let late = two.submit(page, "/plans/145/review/decide", &mine).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let shown = late.text();
        for words in ["林*", "先改的话", "后改的话", "您填写的内容都在下面", "仍按我的办", "采用现在的"]
        {
            assert!(shown.contains(words), "{words} is missing: {shown}");
        }
        assert!(two.get(page).await.text().contains("先改的话"), "the first one's change stands");

        // What the page would send again is what was entered, on the version that holds now.
        let again = field(&shown, "version");
        assert_ne!(again, version);
        let names = ["number", "path", "seen", "version", "verb", "kind", "text", "degree", "lead"];
        let sent: Vec<(&str, String)> = names.iter().map(|name| (*name, field(&shown, name))).collect();
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = two.submit(page, "/plans/145/review/decide", &sent).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let now = two.get(page).await.text();
        assert!(now.contains("后改的话") && now.contains("区水务局"), "{now}");
    });
}
