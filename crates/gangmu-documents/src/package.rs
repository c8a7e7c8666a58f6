//! A zip package of an office file (压缩包): parts by name, never more than the limits allow.

use crate::{Limits, Size, Unreadable};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Packages whose parts stay below this size are never called bombs.
const HARMLESS: u64 = 16 * 1024 * 1024;

/// An open package.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    size: u64,
    inflated: u64,
    limits: Limits,
}

impl<'a> Package<'a> {
    /// Opens a package and looks at what its directory declares.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::BrokenZip { part: None })?;
        if archive.len() as u64 > limits.parts {
            return Err(Unreadable::TooLarge { what: Size::Parts, limit: limits.parts });
        }
        let package = Self { archive, size: bytes.len().max(1) as u64, inflated: 0, limits: *limits };
        let declared = package.archive.decompressed_size().unwrap_or(0);
        package.bounded(u64::try_from(declared).unwrap_or(u64::MAX))?;
        Ok(package)
    }

    /// Is there a part of that name? Names differ in case between makers.
    pub fn has(&self, part: &str) -> bool {
        self.name_of(part).is_some()
    }

    /// The text of a part; none if there is no such part.
    pub fn part(&mut self, part: &str) -> Result<Option<String>, Unreadable> {
        let Some(name) = self.name_of(part) else { return Ok(None) };
        let mut bytes = Vec::new();
        self.inflate(&name, |chunk| bytes.extend_from_slice(chunk))?;
        let encoding = match bytes.as_slice() {
            [0xff, 0xfe, ..] => UTF_16LE,
            [0xfe, 0xff, ..] => UTF_16BE,
            _ => UTF_8,
        };
        Ok(Some(encoding.decode_with_bom_removal(&bytes).0.into_owned()))
    }

    /// The text of a part that must be there.
    pub fn required(&mut self, part: &str) -> Result<String, Unreadable> {
        self.part(part)?.ok_or_else(|| Unreadable::MissingPart { part: part.to_owned() })
    }

    /// Inflates every part once, for readers that open the package themselves: what is declared may be a lie.
    pub fn check_all(&mut self) -> Result<(), Unreadable> {
        let names: Vec<String> = self.archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
        for name in names {
            if !name.ends_with('/') {
                self.inflate(&name, |_| {})?;
            }
        }
        Ok(())
    }

    fn inflate(&mut self, name: &str, mut take: impl FnMut(&[u8])) -> Result<(), Unreadable> {
        let broken = || Unreadable::BrokenZip { part: Some(name.to_owned()) };
        let mut file = self.archive.by_name(name).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                Unreadable::EncryptedOffice
            }
            _ => broken(),
        })?;
        let mut chunk = vec![0; 64 * 1024];
        let mut inflated = self.inflated;
        loop {
            let count = file.read(&mut chunk).map_err(|_| broken())?;
            if count == 0 {
                break;
            }
            inflated += count as u64;
            over(inflated, self.size, &self.limits)?;
            take(&chunk[..count]);
        }
        self.inflated = inflated;
        Ok(())
    }

    fn bounded(&self, inflated: u64) -> Result<(), Unreadable> {
        over(inflated, self.size, &self.limits)
    }

    fn name_of(&self, part: &str) -> Option<String> {
        if self.archive.index_for_name(part).is_some() {
            return Some(part.to_owned());
        }
        let names = self.archive.file_names().flatten();
        names.map(|name| name.into_owned()).find(|name| name.replace('\\', "/").eq_ignore_ascii_case(part))
    }
}

/// Refuses what grows beyond measure.
fn over(inflated: u64, size: u64, limits: &Limits) -> Result<(), Unreadable> {
    let ratio = inflated / size;
    let bomb = inflated > limits.inflated || inflated > HARMLESS && ratio > limits.ratio;
    if bomb { Err(Unreadable::ZipBomb { ratio }) } else { Ok(()) }
}
