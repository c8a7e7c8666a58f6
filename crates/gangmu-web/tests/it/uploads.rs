//! Uploads in pieces: cut off, gone on with, finished; links; the store of files.

use crate::{
    client::{Answer, Client},
    plan::imported,
};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use gangmu_app::{Session, attachments::Object, attachments::collect::collect, ports::Blobs as _};
use gangmu_testkit::{TestDistrict, each_database};
use jiff::SignedDuration;

/// A script that speaks the protocol.
struct Sender {
    client: Client,
    secret: String,
}

impl Sender {
    async fn of(district: &TestDistrict, who: &str) -> Self {
        let mut client = Client::of(district, who).await;
        let secret = client.secret("/account/password").await;
        Self { client, secret }
    }

    async fn ask(&mut self, method: Method, address: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        request = request.header("tus-resumable", "1.0.0").header("x-gangmu-form", &self.secret);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.client.send(request.body(Body::from(body.to_vec())).expect("a request")).await
    }

    /// Begins an upload for the first edition.
    async fn begin(&mut self, name: &str, size: usize) -> Answer {
        let pairs = [("filename", name), ("filetype", "text/plain"), ("kind", "edition"), ("object", "edition_1")];
        let told = pairs.map(|(name, value)| format!("{name} {}", base64(value.as_bytes()))).join(",");
        let size = size.to_string();
        self.ask(Method::POST, "/uploads", &[("upload-length", &size), ("upload-metadata", &told)], b"").await
    }

    async fn add(&mut self, address: &str, at: usize, bytes: &[u8]) -> Answer {
        let at = at.to_string();
        let headers = [("upload-offset", at.as_str()), ("content-type", "application/offset+octet-stream")];
        self.ask(Method::PATCH, address, &headers, bytes).await
    }

    async fn ends_at(&mut self, address: &str) -> String {
        let answer = self.ask(Method::HEAD, address, &[], b"").await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        said(&answer, "upload-offset")
    }
}

fn said(answer: &Answer, name: &str) -> String {
    answer.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
}

pub fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sign = |bits: u32, shift: u32| char::from(SIGNS[(bits >> shift & 63) as usize]);
    let group = |chunk: &[u8]| {
        let bits = chunk.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        let signs: String =
            (0..=chunk.len()).map(|at| sign(bits, 18 - 6 * u32::try_from(at).expect("small"))).collect();
        format!("{signs:=<4}")
    };
    bytes.chunks(3).map(group).collect()
}

async fn names(district: &TestDistrict) -> Vec<String> {
    district.attached(&Object::new("edition", "edition_1")).await.into_iter().map(|row| row.name).collect()
}

#[test]
fn an_upload_goes_on_after_a_lost_connection_and_a_restart() {
    each_database(async |mut district| {
        imported(&district).await;
        let mut planner = Sender::of(&district, "planner").await;
        let words = "会议纪要\n".repeat(100_000).into_bytes();
        let begun = planner.begin("会议纪要.txt", words.len()).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
        assert!(said(&begun, "upload-expires").ends_with("GMT"));
        let address = said(&begun, "location");
        let half = words.len() / 2;
        assert_eq!(planner.add(&address, 0, &words[..half]).await.status, StatusCode::NO_CONTENT);
        let wrong = planner.add(&address, 0, &words[..half]).await;
        assert_eq!(wrong.status, StatusCode::CONFLICT, "bytes go to the end only: {}", wrong.text());

        district.restart().await;
        let mut planner = Sender::of(&district, "planner").await;
        assert_eq!(planner.ends_at(&address).await, half.to_string());
        let mut other = Sender::of(&district, "reviewer").await;
        let foreign = other.ask(Method::HEAD, &address, &[], b"").await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "another's upload is as absent as none");
        assert_eq!(names(&district).await, ["纲要.txt"], "half a file is no attachment");
        let last = planner.add(&address, half, &words[half..]).await;
        assert_eq!(last.status, StatusCode::NO_CONTENT, "{}", last.text());
        assert_eq!(said(&last, "x-attachment"), "2");
        assert_eq!(names(&district).await, ["纲要.txt", "会议纪要.txt"]);
        assert_eq!(planner.client.get("/attachments/2/file").await.bytes, words);
        // Whoever did not hear the answer asks, and is told that it is done.
        let told = planner.ask(Method::HEAD, &address, &[], b"").await;
        assert_eq!((said(&told, "x-attachment"), said(&told, "upload-offset")), ("2".into(), words.len().to_string()));
        assert_eq!(district.files().uploads().expect("the folder"), Vec::<String>::new());
    });
}

#[test]
fn what_may_not_be_attached_is_refused_before_or_after_its_bytes_and_leaves_nothing() {
    each_database(async |district| {
        imported(&district).await;
        let mut planner = Sender::of(&district, "planner").await;
        for (name, size, words) in [
            ("工具.exe", 10, "类型 .exe 不收"),
            ("空.txt", 0, "是空的"),
            ("大.txt", 5 << 20, "超过 4 MB"),
            ("../a.txt", 3, "斜线"),
        ] {
            let answer = planner.begin(name, size).await;
            assert!(answer.status.is_client_error() && answer.text().contains(words), "{name}: {}", answer.text());
        }
        let begun = planner.begin("通知.pdf", 3).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
        let address = said(&begun, "location");
        let answer = planner.add(&address, 0, b"abc").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("内容却是文本"), "{}", answer.text());
        assert_eq!(planner.ask(Method::HEAD, &address, &[], b"").await.status, StatusCode::NOT_FOUND);

        let begun = planner.begin("长.txt", 3).await;
        let answer = planner.add(&said(&begun, "location"), 0, b"abcdef").await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "more than was announced: {}", answer.text());
        let stopped = planner.ask(Method::DELETE, &said(&begun, "location"), &[], b"").await;
        assert_eq!(stopped.status, StatusCode::NO_CONTENT);
        assert_eq!(district.files().uploads().expect("the folder"), Vec::<String>::new());
        assert_eq!(names(&district).await, ["纲要.txt"]);
    });
}

#[test]
fn the_protocol_says_what_it_can_and_speaks_no_other_version() {
    each_database(async |district| {
        imported(&district).await;
        let mut planner = Sender::of(&district, "planner").await;
        let can = planner.ask(Method::OPTIONS, "/uploads", &[], b"").await;
        assert_eq!(said(&can, "tus-version"), "1.0.0");
        assert_eq!(said(&can, "tus-extension"), "creation,expiration,termination");
        assert_eq!(said(&can, "tus-max-size"), (4 << 20).to_string());
        let request = Request::builder()
            .method(Method::POST)
            .uri("/uploads")
            .header("tus-resumable", "0.2.2")
            .header("x-gangmu-form", &planner.secret)
            .body(Body::empty())
            .expect("a request");
        assert_eq!(planner.client.send(request).await.status, StatusCode::PRECONDITION_FAILED);
        planner.secret = "0".repeat(64);
        assert_eq!(planner.begin("a.txt", 3).await.status, StatusCode::FORBIDDEN, "without the secret of the forms");
    });
}

#[test]
fn uploads_that_never_end_are_given_up() {
    each_database(async |district| {
        imported(&district).await;
        let mut planner = Sender::of(&district, "planner").await;
        let begun = planner.begin("半份.txt", 100).await;
        planner.add(&said(&begun, "location"), 0, b"half").await;
        collect(&district.app, &Session::system()).await.expect("it can be cleaned up");
        assert_eq!(district.files().uploads().expect("the folder").len(), 1, "it may go on still");
        district.wait(SignedDuration::from_hours(49));
        let done = collect(&district.app, &Session::system()).await.expect("it can be cleaned up");
        assert_eq!(done.uploads, 1);
        assert_eq!(district.files().uploads().expect("the folder"), Vec::<String>::new());
    });
}

#[test]
fn a_link_opens_one_file_for_its_time_and_no_other() {
    each_database(async |district| {
        let mut planner = imported(&district).await;
        let page = planner.submit("/attachments/1", "/attachments/1/link", &[]).await.text();
        let (_, rest) = page.split_once("value=\"/links/1?").expect("the link is shown");
        let link = format!("/links/1?{}", rest.split('"').next().expect("it ends").replace("&amp;", "&"));
        let mut visitor = Client::visitor(&district);
        let file = visitor.get(&link).await;
        assert_eq!(file.status, StatusCode::OK, "{link}");
        assert!(file.text().contains("让日子更方便"));
        let forged = [
            link.replace("/links/1", "/links/2"),
            link.replace("until=17", "until=18"),
            format!("{link}00"),
            link[..link.len() - 2].to_owned() + "zz",
            "/links/1".to_owned(),
        ];
        for address in forged {
            assert_eq!(visitor.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
        }
        district.wait(SignedDuration::from_hours(7 * 24));
        assert_eq!(visitor.get(&link).await.status, StatusCode::NOT_FOUND, "its time is over");
        let shared = district.entries().await.into_iter().any(|entry| entry.entry.operation == "attachments.share");
        assert!(shared, "the journal says who made a link");
    });
}

#[test]
fn the_administrator_sees_the_store_cleans_up_and_finds_damage() {
    each_database(async |district| {
        let mut planner = Sender::of(&district, "planner").await;
        imported(&district).await;
        for (name, bytes) in [("甲.txt", b"aaa"), ("乙.txt", b"bbb")] {
            let begun = planner.begin(name, 3).await;
            planner.add(&said(&begun, "location"), 0, bytes).await;
        }
        planner.client.submit("/plans/145/edition", "/attachments/2/remove", &[]).await;
        let mut keeper = Client::of(&district, "system").await;
        let page = keeper.get("/administration/attachments").await.text();
        assert!(page.contains("区发展改革局") && page.contains("2 份材料"), "{page}");
        let clean = async |keeper: &mut Client| {
            keeper.submit("/administration/attachments", "/administration/attachments/collect", &[]).await
        };
        clean(&mut keeper).await;
        assert_eq!(district.files().list().expect("the folder").len(), 3, "what was removed can be had back");
        for _ in 0..3 {
            district.wait(SignedDuration::from_hours(31 * 24));
            let mut keeper = Client::of(&district, "system").await;
            clean(&mut keeper).await;
        }
        let kept = district.files().list().expect("the folder");
        assert_eq!(kept.len(), 2, "only what is in use is left");
        let mut planner = Client::of(&district, "planner").await;
        let late = planner.submit("/plans/145/edition", "/attachments/2/restore", &[]).await;
        assert!(late.text().contains("移除超过 30 天"), "{}", late.text());

        let mut keeper = Client::of(&district, "system").await;
        let verify = async |keeper: &mut Client| {
            let answer = keeper.submit("/administration/attachments", "/administration/attachments/verify", &[]).await;
            answer.text()
        };
        assert!(verify(&mut keeper).await.contains("2 个文件都在，内容都没有变"));
        let row = district.attached(&Object::new("edition", "edition_1")).await.pop().expect("two files");
        let path = district.files_folder().join("blobs").join(&row.sha256[..2]).join(&row.sha256[2..4]);
        std::fs::OpenOptions::new()
            .write(true)
            .open(path.join(&row.sha256))
            .and_then(|mut file| std::io::Write::write_all(&mut file, b"x"))
            .expect("a test may spoil its files");
        let page = verify(&mut keeper).await;
        assert!(page.contains("乙.txt") && page.contains("内容被改动"), "{page}");
        std::fs::remove_file(path.join(&row.sha256)).expect("a test may spoil its files");
        assert!(verify(&mut keeper).await.contains("文件缺失"));
    });
}
