//! `pack.toml`: what the pack is and which files belong to it (数据包清单).

use super::fault::PackFault;
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

/// The manifest of a pack (数据包清单).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Its id: the name of its folder.
    pub id: String,
    /// Its kind, such as `district`.
    pub kind: String,
    /// Its version.
    pub version: String,
    /// Its name.
    pub label: String,
    /// Its name in English.
    pub label_en: String,
    /// From when on it holds.
    #[serde(deserialize_with = "day")]
    pub valid_from: Date,
    /// The code of the area that it describes.
    pub area: String,
    /// The levels of areas from the district down, highest first.
    pub ladder: Vec<String>,
    /// The folder of its calendars, relative to its own.
    pub calendars: Option<String>,
    /// The plan that it brings.
    pub plan: Option<PlanEntry>,
    /// What a demonstration of it shows.
    pub demo: Option<Demo>,
    /// Where its files come from and under which licence they stand.
    #[serde(default)]
    pub notice: Vec<Notice>,
}

/// The plan that a pack brings (规划文本).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanEntry {
    /// Its short key in addresses.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its short name.
    pub short: String,
    /// Its years, first and last: `2021/2025`.
    pub period: String,
    /// Its text, relative to the pack's folder.
    pub file: String,
}

/// What a demonstration shows (演示设置).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// The instant at which its clock starts.
    pub starts_at: Timestamp,
}

/// Origin and licence of a group of files (来源与许可).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The files, relative to the pack's folder.
    pub files: Vec<String>,
    /// The licence.
    pub licence: String,
    /// The notice itself.
    pub text: String,
}

fn day<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let written = toml::value::Datetime::deserialize(from)?;
    written.to_string().parse().map_err(serde::de::Error::custom)
}

/// Reads a manifest.
pub(super) fn parse(file: &str, text: &str) -> Result<Manifest, PackFault> {
    toml::from_str(text).map_err(|error| toml_fault(file, text, &error))
}

/// A fault of a TOML file at the line where it stands.
pub(super) fn toml_fault(file: &str, text: &str, error: &toml::de::Error) -> PackFault {
    let line = error.span().map(|span| line_at(text, span.start));
    PackFault::new(file, line, "packs.read.bad_toml").with("problem", error.message())
}

/// The line of that byte, counted from 1.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count() + 1
}
