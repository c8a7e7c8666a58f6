//! What a file really is, judged by its content.

use crate::{
    Limits, Unreadable,
    media::{Examined, Shown, Unfit, examine, types},
    picture::copy_type,
};
use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use std::io::{Cursor, Write as _};

fn judged(bytes: &[u8], name: &str) -> Result<Examined, Unfit> {
    examine(bytes, name, "", &Limits::default())
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).expect("a small picture can be written");
    out.into_inner()
}

/// A picture with detail in it, so that its data is not a single run.
fn drawing(width: u32, height: u32) -> DynamicImage {
    let point = |x: u32, y: u32| image::Rgb([x, y, x * y].map(|v| u8::try_from(v * 7 % 256).expect("below 256")));
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, point))
}

fn package(parts: &[&str]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        zip.start_file(*part, zip::write::SimpleFileOptions::default()).expect("a part can be begun");
        zip.write_all(b"<x/>").expect("a part can be written");
    }
    zip.finish().expect("a package can be ended").into_inner()
}

#[test]
fn every_type_has_endings_of_its_own() {
    let mut seen = std::collections::BTreeSet::new();
    for row in types() {
        assert!(!row.endings.is_empty() && row.media_type.contains('/'), "{}", row.kind);
        for ending in &row.endings {
            assert!(seen.insert(*ending), "{ending} stands twice");
        }
    }
    let shown = |kind: &str| types().iter().find(|row| row.kind == kind).map(|row| row.shown);
    for kind in ["html", "svg", "zip", "rar", "sevenzip", "doc"] {
        assert_eq!(shown(kind), Some(Shown::None), "{kind} is for downloading only");
    }
}

#[test]
fn packages_are_told_apart_by_what_they_hold_and_stay_packed() {
    let kinds = [
        (package(&["word/document.xml"]), "a.docx", "docx"),
        (package(&["xl/workbook.xml"]), "a.xlsx", "xlsx"),
        (package(&["ppt/presentation.xml"]), "a.pptx", "pptx"),
        (package(&["OFD.xml"]), "a.ofd", "ofd"),
        (package(&["a.txt", "b/c.exe"]), "a.zip", "zip"),
    ];
    for (bytes, name, kind) in kinds {
        assert_eq!(judged(&bytes, name).map(|found| found.kind).as_deref(), Ok(kind), "{name}");
    }
    let found = judged(&package(&["xl/workbook.xml"]), "a.docx");
    assert_eq!(found, Err(Unfit::Disagrees { ending: "docx".into(), found: "xlsx".into() }));
    let macros = judged(&package(&["word/document.xml", "word/vbaProject.bin"]), "a.docx");
    assert_eq!(macros, Err(Unfit::Executable { found: "macros".into() }));
    let applet = judged(&package(&["META-INF/MANIFEST.MF"]), "a.zip");
    assert_eq!(applet, Err(Unfit::Executable { found: "exe".into() }));
}

#[test]
fn a_package_that_grows_beyond_measure_is_a_bomb() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let packed = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("word/document.xml", packed).expect("a part can be begun");
    zip.write_all(&vec![b' '; 40 << 20]).expect("blanks can be packed");
    let bomb = zip.finish().expect("a package can be ended").into_inner();
    assert!(matches!(judged(&bomb, "a.docx"), Err(Unfit::Unreadable(Unreadable::ZipBomb { .. }))));
}

#[test]
fn pictures_become_copies_that_hold_points_only() {
    let photograph = encoded(&drawing(900, 500), ImageFormat::Jpeg);
    let picture = judged(&photograph, "a.jpeg").expect("a picture").picture.expect("copies");
    assert_eq!((picture.width, picture.height), (900, 500));
    assert_eq!(copy_type(&picture.clean), "image/jpeg");
    let small = image::load_from_memory(&picture.thumbnail).expect("a picture");
    assert_eq!(small.width(), 320);
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(40, 30, image::Rgba([9, 9, 9, 0])));
    let picture = judged(&encoded(&clear, ImageFormat::WebP), "a.webp").expect("a picture").picture.expect("copies");
    assert_eq!(copy_type(&picture.clean), "image/png", "what is clear stays clear");
}

#[test]
fn a_picture_that_is_cut_off_anywhere_is_refused() {
    for (format, name) in [(ImageFormat::Jpeg, "a.jpg"), (ImageFormat::Png, "a.png"), (ImageFormat::WebP, "a.webp")] {
        let whole = encoded(&drawing(64, 48), format);
        assert!(judged(&whole, name).is_ok(), "{name}");
        for share in 1..10 {
            let cut = &whole[..whole.len() * share / 10];
            let refused = judged(cut, name);
            let told = matches!(refused, Err(Unfit::CutOff | Unfit::BrokenPicture | Unfit::Disagrees { .. }));
            assert!(told, "{name} at {share}/10: {refused:?}");
        }
    }
}

#[test]
fn bytes_behind_the_end_of_a_photograph_do_no_harm() {
    let mut photograph = encoded(&drawing(64, 48), ImageFormat::Jpeg);
    photograph.extend_from_slice(b"<script>alert(1)</script>");
    let picture = judged(&photograph, "a.jpg").expect("a picture").picture.expect("copies");
    assert!(!picture.clean.windows(8).any(|window| window == b"<script>"), "the copy has none of it");
}

#[test]
fn declared_types_must_agree_unless_they_say_nothing() {
    let limits = Limits::default();
    for declared in ["", "application/octet-stream", "text/csv", "Text/CSV; charset=gbk", "application/vnd.ms-excel"] {
        assert!(examine(b"a,b\n1,2\n", "a.csv", declared, &limits).is_ok(), "{declared:?}");
    }
    let refused = examine(b"a,b\n1,2\n", "a.csv", "image/png", &limits);
    assert_eq!(refused, Err(Unfit::Declared { declared: "image/png".into(), found: "csv".into() }));
}

#[test]
fn no_bytes_and_noise_are_no_text() {
    assert_eq!(judged(b"", "a.txt"), Err(Unfit::Empty));
    let noise: Vec<u8> = (0..4000_u32).map(|n| u8::try_from((n * 7919 + (n >> 3)) % 256).expect("below 256")).collect();
    assert_eq!(judged(&noise, "a.txt"), Err(Unfit::Disagrees { ending: "txt".into(), found: "unknown".into() }));
}
