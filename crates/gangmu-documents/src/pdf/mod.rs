//! PDF with text (文本型 PDF): characters with their places, put together into lines and paragraphs.
//!
//! What comes out is a draft that a person compares with the page: a PDF knows characters and places, no paragraphs.
//! The library underneath may panic on malformed files; it runs in the reading child only.

pub(crate) mod layout;
mod radicals;

use crate::{Limits, Size, Unreadable, composer::Composer, sha256};
use gangmu_kernel::{SourceText, source::SourceKind};
use layout::{Glyph, Page};
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc_page};

/// Fewer readable characters a page than this make a scan, whose pages carry at most a number.
const SPARSE: usize = 8;

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<SourceText, Unreadable> {
    let mut document = Document::load_mem(bytes).map_err(|error| unreadable(&error))?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| Unreadable::EncryptedPdf)?;
    }
    let numbers: Vec<u32> = document.get_pages().keys().copied().collect();
    if numbers.is_empty() {
        return Err(Unreadable::BrokenPdf { page: None });
    }
    if numbers.len() as u64 > limits.pages {
        return Err(Unreadable::TooLarge { what: Size::Pages, limit: limits.pages });
    }
    let mut pages = Vec::with_capacity(numbers.len());
    for number in numbers {
        let mut collector = Collector { page: Page { number, glyphs: vec![] }, height: 0.0 };
        output_doc_page(&document, &mut collector, number).map_err(|_| Unreadable::BrokenPdf { page: Some(number) })?;
        pages.push(collector.page);
    }
    let readable: usize =
        pages.iter().flat_map(|page| &page.glyphs).filter(|glyph| !glyph.text.trim().is_empty()).count();
    if readable < SPARSE * pages.len() && (readable == 0 || has_pictures(&document)) {
        return Err(Unreadable::ScannedPdf { pages: u32::try_from(pages.len()).unwrap_or(u32::MAX) });
    }
    let mut composer = Composer::new(limits);
    layout::compose(pages, &mut composer);
    composer.finish(SourceKind::Pdf, sha256(bytes))
}

fn unreadable(error: &pdf_extract::Error) -> Unreadable {
    match error {
        pdf_extract::Error::Decryption(_) | pdf_extract::Error::UnsupportedSecurityHandler(_) => {
            Unreadable::EncryptedPdf
        }
        _ => Unreadable::BrokenPdf { page: None },
    }
}

/// Does the document hold pictures?
fn has_pictures(document: &Document) -> bool {
    document.objects.values().any(|object| {
        object.as_stream().is_ok_and(|stream| {
            stream.dict.get(b"Subtype").and_then(|kind| kind.as_name()).is_ok_and(|kind| kind == b"Image")
        })
    })
}

/// Takes the characters of a page as the library walks over it.
struct Collector {
    page: Page,
    height: f64,
}

impl OutputDev for Collector {
    fn begin_page(
        &mut self,
        _number: u32,
        media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.height = media.ury - media.lly;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let size = ((place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt() * font_size).abs();
        let (x, y) = (place.m31, self.height - place.m32);
        if x.is_finite() && y.is_finite() && size.is_finite() && size > 0.0 {
            // Some fonts don't tell the width of every character.
            let width = if width > 0.05 { width } else { likely_width(text) };
            self.page.glyphs.push(Glyph { x, y, width: width * size, size, text: radicals::fold(text) });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// The width of a character in ems, as most fonts draw it.
fn likely_width(text: &str) -> f64 {
    if text.is_ascii() { 0.5 } else { 1.0 }
}
