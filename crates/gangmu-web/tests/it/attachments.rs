//! Files of an edition over HTTP: handed in, looked at, removed, had back; and what is not taken.

use crate::{
    client::{Answer, Client},
    plan::{decide_all, imported},
};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use gangmu_app::{attachments::Object, ports::Blobs as _};
use gangmu_testkit::{TestDistrict, each_database};
use sha2::{Digest as _, Sha256};

const PLACE: &str = "/attachments/of/edition/edition_1";

/// A part of a form: name, declared type, bytes.
type Part<'a> = (&'a str, &'a str, &'a [u8]);

/// Sends files by the form of the list.
async fn send(client: &mut Client, files: &[Part<'_>]) -> Answer {
    let secret = client.secret(PLACE).await;
    let mut body =
        format!("--frontier\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{secret}\r\n").into_bytes();
    for (name, declared, bytes) in files {
        let name = name.replace('"', "%22");
        let head = format!(
            "--frontier\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: {declared}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--frontier--\r\n");
    let request = Request::builder()
        .method(Method::POST)
        .uri(PLACE)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontier")
        .body(Body::from(body))
        .expect("a request");
    client.send(request).await
}

/// A photograph with place and device in it.
fn photograph() -> Vec<u8> {
    include_bytes!("../data/photograph.jpg").to_vec()
}

/// Attachments that are there, by name and hash.
async fn kept(district: &TestDistrict) -> Vec<(String, String)> {
    let rows = district.attached(&Object::new("edition", "edition_1")).await;
    rows.into_iter().map(|row| (row.name, row.sha256)).collect()
}

/// Files on their way up.
fn arriving(district: &TestDistrict) -> usize {
    district.files().uploads().expect("the folder can be listed").len()
}

#[test]
fn the_source_files_of_an_import_are_attachments_of_its_edition() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let page = planner.get("/plans/145/edition").await.text();
        assert!(page.contains("导入的来源文件") && page.contains("纲要.txt"), "{page}");
        let [(_, hash)] = kept(&district).await.try_into().expect("one file");
        assert!(district.files().open(&hash).expect("the folder can be read").is_some(), "its bytes are kept");
        let answer = planner.submit(PLACE, "/attachments/1/remove", &[]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
        assert!(answer.text().contains("不能移除"));
    });
}

#[test]
fn a_file_is_added_read_removed_and_had_back() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let words = "关于印发纲要的通知\n\n各单位请抓好落实。\n".as_bytes();
        let answer = send(&mut planner, &[("通知（定稿）.txt", "text/plain", words)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let list = planner.get("/plans/145/edition").await.text();
        assert!(list.contains("已添加：通知（定稿）.txt") && list.contains("林*"), "{list}");
        let page = planner.get("/attachments/2").await.text();
        assert!(page.contains("各单位请抓好落实"), "a text is shown: {page}");
        let file = planner.get("/attachments/2/file").await;
        assert_eq!(file.bytes, words);
        let said = |name| file.headers[name].to_str().expect("plain").to_owned();
        assert!(
            said(header::CONTENT_DISPOSITION).starts_with("attachment; filename=\"file.txt\"; filename*=UTF-8''%E9")
        );
        assert!(said(header::CONTENT_SECURITY_POLICY).starts_with("sandbox; default-src 'none'"));
        assert_eq!(said(header::X_CONTENT_TYPE_OPTIONS), "nosniff");

        let removed = planner.submit(PLACE, "/attachments/2/remove", &[]).await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.text());
        let list = planner.get("/plans/145/edition").await.text();
        assert!(
            list.contains("已移除：通知（定稿）.txt") && list.contains("action=\"/attachments/2/restore\""),
            "{list}"
        );
        assert_eq!(planner.get("/attachments/2/file").await.status, StatusCode::NOT_FOUND);
        planner.submit(PLACE, "/attachments/2/restore", &[]).await;
        assert_eq!(planner.get("/attachments/2/file").await.bytes, words);
        let renamed = planner.submit("/attachments/2", "/attachments/2/rename", &[("name", "通知.txt")]).await;
        assert_eq!(renamed.location(), "/attachments/2");
        let refused = planner.submit("/attachments/2", "/attachments/2/rename", &[("name", "通知.exe")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(kept(&district).await[1].0, "通知.txt");
    });
}

#[test]
fn the_journal_proves_the_bytes_of_a_file() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        send(&mut planner, &[("批复.txt", "text/plain", "同意。".as_bytes())]).await;
        planner.submit(PLACE, "/attachments/2/remove", &[]).await;
        let hash = kept(&district).await;
        assert_eq!(hash.len(), 1, "only the source file is left");
        let entries = district.entries().await;
        let of = |operation: &str| entries.iter().find(|entry| entry.entry.operation == operation).expect(operation);
        let expected: [u8; 32] = Sha256::digest("同意。").into();
        assert_eq!(of("attachments.add").entry.after, Some(expected));
        assert_eq!(of("attachments.add").entry.object, Object::new("attachment", "attachment_2"));
        assert_eq!(of("attachments.remove").entry.before, Some(expected));
        assert_eq!(of("attachments.remove").entry.after, None);
    });
}

#[test]
fn a_picture_is_shown_without_place_and_device() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let photograph = photograph();
        assert!(photograph.windows(4).any(|w| w == b"Exif"), "the fixture has what must go");
        let answer = send(&mut planner, &[("现场.jpg", "image/jpeg", &photograph)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        for address in ["/attachments/2/picture", "/attachments/2/thumbnail"] {
            let copy = planner.get(address).await;
            assert_eq!(copy.headers[header::CONTENT_TYPE], "image/jpeg", "{address}");
            assert!(copy.bytes.starts_with(b"\xff\xd8\xff"), "{address} is a picture");
            for trace in [&b"Exif"[..], b"GPS", b"SecretPhone"] {
                assert!(!copy.bytes.windows(trace.len()).any(|w| w == trace), "{address} still holds {trace:?}");
            }
        }
        // The fixture lies on its side; its copies stand upright.
        let page = planner.get("/attachments/2").await.text();
        assert!(page.contains("width=\"40\" height=\"60\""), "{page}");
        assert_eq!(planner.get("/attachments/2/file").await.bytes, photograph, "the download is the original");
    });
}

#[test]
fn what_is_not_taken_is_said_and_leaves_nothing_behind() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let photograph = photograph();
        let long = format!("{}.txt", "长".repeat(120));
        let bomb = include_bytes!("../data/bomb.png");
        let large = vec![b'a'; 5 << 20];
        let refused: [(Part<'_>, &str); 14] = [
            (("空.txt", "text/plain", b""), "是空的"),
            (("通知", "", b"abc"), "没有后缀名"),
            (("工具.exe", "", b"MZ\0\0"), "类型 .exe 不收"),
            (("通知.pdf", "application/pdf", b"just words"), "后缀名是 .pdf，内容却是文本"),
            (("照片.png", "image/png", &photograph), "内容却是JPEG 图片"),
            (("照片.jpg", "text/html", &photograph), "声明是 text/html"),
            (("页面.txt", "text/plain", b"<html><script>alert(1)</script>"), "内容却是网页"),
            (("脚本.txt", "text/plain", b"#!/bin/sh\nrm -rf /\n"), "是脚本"),
            (("照片.jpg", "image/jpeg", &photograph[..photograph.len() - 40]), "不完整"),
            (("大图.png", "image/png", bomb), "50000×50000"),
            (("..\\..\\a.txt", "text/plain", b"abc"), "斜线"),
            (("图\u{202e}fdp.txt", "text/plain", b"abc"), "看不见的字符"),
            ((&long, "text/plain", b"abc"), "超过 100 个字"),
            (("大.txt", "text/plain", &large), "超过 4 MB"),
        ];
        for (part, words) in refused {
            let answer = send(&mut planner, &[part]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}: {}", part.0, answer.text());
            let text = answer.text();
            let (_, notice) = text.split_once("id=\"refusals\"").unwrap_or_else(|| panic!("{}: {text}", part.0));
            let notice = notice.split("</div>").next().unwrap_or_default();
            assert!(notice.contains(words), "{}: {notice}", part.0);
        }
        assert_eq!(kept(&district).await.len(), 1, "only the source file of the import");
        assert_eq!(arriving(&district), 0, "nothing is left on its way up");
        assert_eq!(district.files().list().expect("the folder can be listed").len(), 1, "nothing is kept");
        let answer = send(&mut planner, &[]).await;
        assert!(answer.text().contains("没有选文件"));
    });
}

#[test]
fn the_same_bytes_are_attached_once() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        send(&mut planner, &[("甲.txt", "text/plain", b"same")]).await;
        let answer = send(&mut planner, &[("乙.txt", "text/plain", b"same")]).await;
        assert!(answer.text().contains("“乙.txt”的内容和已有的“甲.txt”完全一样"), "{}", answer.text());
        assert_eq!(kept(&district).await.len(), 2);
    });
}

#[test]
fn a_page_is_never_shown_and_a_drawing_neither() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let files: [Part<'_>; 2] = [
            ("网页.html", "text/html", b"<html><script>alert(1)</script></html>"),
            ("图.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ];
        assert_eq!(send(&mut planner, &files).await.status, StatusCode::SEE_OTHER);
        for id in [2, 3] {
            let page = planner.get(&format!("/attachments/{id}")).await.text();
            assert!(page.contains("请下载查看") && !page.contains("alert(1)"), "{page}");
            let file = planner.get(&format!("/attachments/{id}/file")).await;
            assert!(file.headers[header::CONTENT_DISPOSITION].to_str().expect("plain").starts_with("attachment"));
            assert!(file.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("plain").starts_with("sandbox"));
            assert_eq!(planner.get(&format!("/attachments/{id}/picture")).await.status, StatusCode::NOT_FOUND);
        }
    });
}

#[test]
fn who_only_reads_sees_files_and_changes_none() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        send(&mut planner, &[("批复.txt", "text/plain", b"yes")]).await;
        let mut liaison = Client::of(&district, "liaison").await;
        let page = liaison.get("/plans/145/edition").await.text();
        assert!(page.contains("批复.txt") && !page.contains("/attachments/2/remove"), "{page}");
        let answer = liaison.submit("/account/password", "/attachments/2/remove", &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let mut leader = Client::of(&district, "leader").await;
        let answer = leader.submit("/account/password", "/attachments/2/public", &[("public", "true")]).await;
        assert!(answer.text().contains("所属文本还没有公开"), "{}", answer.text());
    });
}

#[test]
fn the_public_has_what_was_opened_and_of_a_picture_its_copy() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        send(&mut planner, &[("现场.jpg", "image/jpeg", &photograph()), ("底稿.txt", "text/plain", b"draft")]).await;
        decide_all(&mut planner).await;
        let page = "/plans/145/edition";
        let mut reviewer = Client::of(&district, "reviewer").await;
        reviewer.submit(page, "/plans/145/edition/approve", &[]).await;
        let mut leader = Client::of(&district, "leader").await;
        leader.submit(page, "/plans/145/edition/publish", &[]).await;
        let mut visitor = Client::visitor(&district);
        let before = visitor.get("/public/145").await;
        assert!(!before.text().contains("现场.jpg"), "nothing is public by default");
        assert_eq!(visitor.get("/files/2").await.status, StatusCode::NOT_FOUND);

        let opened = leader.submit("/attachments/2", "/attachments/2/public", &[("public", "true")]).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text());
        let after = visitor.get("/public/145").await;
        assert!(after.text().contains("href=\"/files/2\"") && !after.text().contains("底稿.txt"), "{}", after.text());
        assert_ne!(before.headers[header::ETAG], after.headers[header::ETAG], "a kept page is asked for anew");
        let copy = visitor.get("/files/2").await;
        assert_eq!(copy.status, StatusCode::OK);
        assert!(!copy.bytes.windows(4).any(|w| w == b"Exif"), "the public has no place and no device");
        assert_eq!(visitor.get("/files/3").await.status, StatusCode::NOT_FOUND);

        leader.submit(page, "/plans/145/edition/withdraw", &[("reason", "重新核对数字")]).await;
        assert_eq!(visitor.get("/files/2").await.status, StatusCode::NOT_FOUND, "with the text its files go");
    });
}

#[test]
fn a_full_quota_is_said_with_what_to_do() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        for name in ["一.txt", "二.txt"] {
            let bytes = name.repeat((4 << 20) / name.len());
            let answer = send(&mut planner, &[(name, "text/plain", bytes.as_bytes())]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        }
        let third = "三".repeat(1 << 20);
        let answer = send(&mut planner, &[("三.txt", "text/plain", third.as_bytes())]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = answer.text();
        assert!(text.contains("本单位已用 9 MB，限额 10 MB，放不下这份文件（3 MB）"), "{text}");
        assert!(text.contains("请移除不再需要的材料"), "{text}");
        planner.submit(PLACE, "/attachments/2/remove", &[]).await;
        let answer = send(&mut planner, &[("三.txt", "text/plain", third.as_bytes())]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "what was removed makes room: {}", answer.text());
    });
}

#[test]
fn a_long_text_is_given_out_packed_as_well() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let words = "会议纪要\n".repeat(30_000);
        send(&mut planner, &[("纪要.txt", "text/plain", words.as_bytes())]).await;
        let request = Request::builder().uri("/attachments/2/file").header(header::ACCEPT_ENCODING, "gzip");
        let packed = planner.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(packed.headers[header::CONTENT_ENCODING], "gzip");
        assert!(packed.bytes.starts_with(b"\x1f\x8b") && packed.bytes.len() < words.len() / 10);
    });
}
