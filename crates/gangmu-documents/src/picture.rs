//! Pictures (图片): decoded within limits, turned upright, and encoded anew, so that nothing but their points is left.
//!
//! What a camera writes beside the points — place, time, device, owner — is gone from the copies.

use crate::media::Unfit;
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
};
use serde::{Deserialize, Serialize};
use std::io::Cursor;

/// Millions of points that a picture may have.
const MILLIONS: u32 = 60;
/// Points that one side may have.
const SIDE: u32 = 30_000;
/// Memory that decoding may take.
const MEMORY: u64 = 512 * 1024 * 1024;
/// The longer side of the copy that is given out.
const COPY: u32 = 2560;
/// The longer side of the small copy in lists.
const THUMBNAIL: u32 = 320;
/// Quality of copies in JPEG.
const QUALITY: u8 = 86;

/// A picture and its copies (图片副本).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Width as it is seen.
    pub width: u32,
    /// Height as it is seen.
    pub height: u32,
    /// The copy without anything but points.
    #[serde(skip)]
    pub clean: Vec<u8>,
    /// The small copy.
    #[serde(skip)]
    pub thumbnail: Vec<u8>,
}

/// The media type of a copy, by its first byte: copies are PNG or JPEG.
pub fn copy_type(copy: &[u8]) -> &'static str {
    if copy.first() == Some(&0x89) { "image/png" } else { "image/jpeg" }
}

pub(crate) fn read(bytes: &[u8], kind: &str) -> Result<Picture, Unfit> {
    let format = match kind {
        "jpeg" => ImageFormat::Jpeg,
        "png" => ImageFormat::Png,
        _ => ImageFormat::WebP,
    };
    if format == ImageFormat::Jpeg && !is_whole_jpeg(bytes) {
        return Err(Unfit::CutOff);
    }
    let broken = |error: image::ImageError| match error {
        image::ImageError::IoError(why) if why.kind() == std::io::ErrorKind::UnexpectedEof => Unfit::CutOff,
        _ => Unfit::BrokenPicture,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > u64::from(MILLIONS) * 1_000_000 || width.max(height) > SIDE {
        return Err(Unfit::TooManyPoints { width, height, limit: MILLIONS });
    }
    let upright = decoder.orientation().map_err(broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(upright);
    let (width, height) = (picture.width(), picture.height());
    let copied = |side: u32, lossless: bool| {
        let smaller = (width.max(height) > side).then(|| picture.thumbnail(side, side));
        encoded(smaller.as_ref().unwrap_or(&picture), lossless).map_err(broken)
    };
    // A drawing with few colours stays sharp; a photograph stays small.
    let lossless = picture.color().has_alpha() || format == ImageFormat::Png;
    Ok(Picture { width, height, clean: copied(COPY, lossless)?, thumbnail: copied(THUMBNAIL, lossless)? })
}

fn encoded(picture: &DynamicImage, lossless: bool) -> Result<Vec<u8>, image::ImageError> {
    let mut out = Vec::new();
    if lossless {
        let encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Fast, FilterType::Adaptive);
        let eight = DynamicImage::ImageRgba8(picture.to_rgba8());
        eight.write_with_encoder(encoder)?;
    } else {
        let eight = DynamicImage::ImageRgb8(picture.to_rgb8());
        eight.write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY))?;
    }
    Ok(out)
}

/// Does the file go on to the mark of its end? Decoders fill up what is missing with grey.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        // Before a scan there are segments with their lengths; in a scan every other mark is data.
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let (Some(0xff), Some(mark)) = (bytes.get(at), bytes.get(at + 1)) else { return false };
        match mark {
            0xd9 => return true,
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let (Some(high), Some(low)) = (bytes.get(at + 2), bytes.get(at + 3)) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
                if *mark == 0xda {
                    at = match end_of_scan(bytes, at) {
                        Some(end) => end,
                        None => return false,
                    };
                }
            }
        }
    }
}

/// Where the data of a scan ends: at the first mark that is neither data nor a restart.
fn end_of_scan(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}
