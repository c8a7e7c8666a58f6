//! OFD (GB/T 33190): the text objects of the pages with their places, put together into lines as those of a PDF are.
//!
//! Tables are read as far as they are text: a wide gap in a line is a step to the next cell. Page templates are left
//! out, because they hold letterheads and page numbers.

use crate::{
    Limits, Size, Unreadable,
    composer::Composer,
    package::Package,
    pdf::layout::{self, Glyph, Page},
    sha256,
    xml::{Node, Xml, attribute, name},
};
use gangmu_kernel::{SourceText, source::SourceKind};

/// Millimetres to points.
const POINTS: f64 = 72.0 / 25.4;
/// Where the package begins.
const ROOT: &str = "OFD.xml";

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<SourceText, Unreadable> {
    let mut package = Package::open(bytes, limits)?;
    let root = package.required(ROOT)?;
    let mut pages = Vec::new();
    for document in located(&root, ROOT, limits, &["DocRoot"])? {
        let document = beside(ROOT, &document);
        let text = package.required(&document)?;
        for page in located(&text, &document, limits, &["Page"])? {
            let part = beside(&document, &page);
            let content = package.required(&part)?;
            let number = u32::try_from(pages.len()).unwrap_or(u32::MAX).saturating_add(1);
            if u64::from(number) > limits.pages {
                return Err(Unreadable::TooLarge { what: Size::Pages, limit: limits.pages });
            }
            pages.push(Page { number, glyphs: glyphs(&content, &part, limits)? });
        }
    }
    let mut composer = Composer::new(limits);
    layout::compose(pages, &mut composer);
    composer.finish(SourceKind::Ofd, sha256(bytes))
}

/// The parts that elements of that name point to, in their text or their `BaseLoc`.
fn located(source: &str, part: &str, limits: &Limits, wanted: &[&str]) -> Result<Vec<String>, Unreadable> {
    let mut xml = Xml::new(source, part, limits);
    let mut found = Vec::new();
    loop {
        match xml.next()? {
            Node::Open(element) if wanted.contains(&name(&element)) => match attribute(&element, "BaseLoc") {
                Some(place) => found.push(place),
                None => found.push(xml.text()?.trim().to_owned()),
            },
            Node::End => return Ok(found.into_iter().filter(|place| !place.is_empty()).collect()),
            _ => {}
        }
    }
}

/// A path as the part that names it means it: from the root of the package, or beside that part.
fn beside(part: &str, place: &str) -> String {
    if let Some(absolute) = place.strip_prefix('/') {
        return absolute.to_owned();
    }
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in place.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Where a text object stands, and how large its characters are.
#[derive(Debug, Clone, Copy)]
struct Object {
    x: f64,
    y: f64,
    size: f64,
    /// a, b, c, d, e, f of its transformation.
    matrix: [f64; 6],
}

/// The characters of a page.
fn glyphs(source: &str, part: &str, limits: &Limits) -> Result<Vec<Glyph>, Unreadable> {
    let mut xml = Xml::new(source, part, limits);
    let mut out = Vec::new();
    let mut object = None;
    loop {
        match xml.next()? {
            Node::Open(element) => match name(&element) {
                "TextObject" => {
                    let boundary = numbers(attribute(&element, "Boundary"));
                    let matrix = numbers(attribute(&element, "CTM"));
                    let size = numbers(attribute(&element, "Size"));
                    object = Some(Object {
                        x: boundary.first().copied().unwrap_or(0.0),
                        y: boundary.get(1).copied().unwrap_or(0.0),
                        size: size.first().copied().unwrap_or(3.7),
                        matrix: matrix.try_into().unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
                    });
                }
                "TextCode" => {
                    let first = |key: &str| numbers(attribute(&element, key)).first().copied().unwrap_or(0.0);
                    let start = (first("X"), first("Y"));
                    let steps = (deltas(attribute(&element, "DeltaX")), deltas(attribute(&element, "DeltaY")));
                    let text = xml.text()?;
                    if let Some(object) = object {
                        place(object, start, &steps, &text, &mut out);
                    }
                }
                _ => {}
            },
            Node::End => return Ok(out),
            Node::Close | Node::Text(_) => {}
        }
    }
}

/// Appends the characters of a piece of text, each as far from the last as the piece says.
fn place(object: Object, start: (f64, f64), steps: &(Vec<f64>, Vec<f64>), text: &str, out: &mut Vec<Glyph>) {
    let [a, b, c, d, e, f] = object.matrix;
    let size = object.size * (a * d - b * c).abs().sqrt() * POINTS;
    let (mut x, mut y) = start;
    for (at, character) in text.chars().filter(|c| !c.is_control()).enumerate() {
        let width = if character.is_ascii() { 0.5 } else { 1.0 };
        let there = (object.x + a * x + c * y + e, object.y + b * x + d * y + f);
        if there.0.is_finite() && there.1.is_finite() && size.is_finite() && size > 0.0 {
            out.push(Glyph {
                x: there.0 * POINTS,
                y: there.1 * POINTS,
                width: width * size,
                size,
                text: character.to_string(),
            });
        }
        // Where nothing is said of the steps, characters follow each other by their widths.
        x += steps.0.get(at).copied().unwrap_or(if steps.0.is_empty() && steps.1.is_empty() {
            width * object.size
        } else {
            0.0
        });
        y += steps.1.get(at).copied().unwrap_or(0.0);
    }
}

fn numbers(text: Option<String>) -> Vec<f64> {
    text.iter().flat_map(|text| text.split_whitespace()).filter_map(|number| number.parse().ok()).collect()
}

/// The longest run of equal steps that is believed.
const RUN: usize = 10_000;

/// Steps between characters; `g 3 5.6` stands for three times 5.6.
fn deltas(text: Option<String>) -> Vec<f64> {
    let Some(text) = text else { return Vec::new() };
    let mut out = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if word == "g" {
            let count: usize = words.next().and_then(|count| count.parse().ok()).unwrap_or(0);
            let step: f64 = words.next().and_then(|step| step.parse().ok()).unwrap_or(0.0);
            out.extend(std::iter::repeat_n(step, count.min(RUN)));
        } else if let Ok(step) = word.parse() {
            out.push(step);
        }
    }
    out
}
