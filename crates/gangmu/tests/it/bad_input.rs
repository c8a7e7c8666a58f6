//! What can't be read: exit code 2 and one line that names the file and what to do.

use super::{Folder, gangmu, made};

fn refused(name: &str, bytes: &[u8]) -> String {
    let folder = Folder::new();
    folder.with(name, bytes);
    let compile = gangmu(folder.path(), &["plan", "compile", name, "--json"]).refused();
    let english = gangmu(folder.path(), &["--lang", "en", "plan", "text", name]).refused();
    assert!(
        compile.starts_with(&format!("{name}：")) && english.starts_with(&format!("{name}: ")),
        "{compile} {english}"
    );
    assert!(!compile.contains("documents-") && !english.contains("documents-"), "{compile} {english}");
    compile
}

#[test]
fn old_office_files_are_told_how_to_be_saved() {
    let doc = refused("规划.doc", &made::compound(&["WordDocument"]));
    assert!(doc.contains(".doc") && doc.contains("另存为") && doc.contains(".docx"), "{doc}");
    let wps = refused("规划.wps", &made::compound(&["WordDocument", "WpsCustomData"]));
    assert!(wps.contains("WPS") && wps.contains("另存为") && wps.contains(".docx"), "{wps}");
    let et = refused("附表.et", &made::compound(&["Workbook", "ETExtData"]));
    assert!(et.contains(".et") && et.contains("另存为") && et.contains(".xlsx"), "{et}");
}

#[test]
fn scans_passwords_and_damage_are_named() {
    assert!(refused("a.pdf", &made::scan()).contains("共 1 页，都是扫描图片"));
    assert!(refused("a.docx", &made::compound(&["EncryptedPackage", "EncryptionInfo"])).contains("密码"));
    let whole = made::docx("第一章");
    assert!(refused("a.docx", &whole[..whole.len() - 5]).contains("不完整"));
    let malformed = made::package(&[("word/document.xml", b"<w:document>\n<w:body></w:document>")]);
    assert!(refused("a.docx", &malformed).contains("word/document.xml 第 2 行"));
    assert!(refused("a.pdf", b"%PDF-1.4\nnothing").contains("已损坏"));
}

#[test]
fn noise_nothing_and_foreign_files_are_named() {
    assert!(refused("a.txt", b"").contains("空的"));
    assert!(
        refused("a.txt", &(0..2_000_u32).map(|n| (n * 7_919 % 251) as u8).collect::<Vec<_>>()).contains("不是文字")
    );
    assert!(refused("a.docx", b"\x89PNG\r\n\x1a\n00").contains("图片"));
    assert!(refused("a.zip", &made::package(&[("a.txt", b"a")])).contains("压缩包"));
}

#[test]
fn bombs_and_oversized_files_are_refused_before_they_hurt() {
    let bomb = made::package(&[("word/document.xml", &vec![b' '; 40 * 1024 * 1024])]);
    assert!(refused("a.docx", &bomb).contains("膨胀"));
    let folder = Folder::new();
    let path = folder.with("large.txt", "");
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_len(300 * 1024 * 1024).unwrap();
    assert!(gangmu(folder.path(), &["plan", "text", "large.txt"]).refused().contains("超过 100 MB"));
}

#[test]
fn a_missing_file_is_named() {
    let folder = Folder::new();
    assert_eq!(gangmu(folder.path(), &["plan", "text", "no.txt"]).refused(), "找不到文件 no.txt，请检查路径。");
}

#[test]
fn a_text_that_is_no_plan_is_compiled_with_a_doubt() {
    let folder = Folder::new();
    folder.with("a.txt", "今天天气很好，我们去江边散步。\n");
    let out = gangmu(folder.path(), &["plan", "compile", "a.txt", "--json"]).good();
    let plan: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(plan["notices"].as_array().unwrap().iter().any(|notice| notice["kind"] == "not_a_plan"), "{plan}");
}
