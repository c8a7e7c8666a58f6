//! Area codes (行政区划代码): GB/T 2260, the 12-digit statistical codes and grid codes, and the tree of areas.

use crate::{
    refusal::Refusal,
    tree::{Change, DatedTree, Ladder, Node, TreeFault},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// The first two digits of the provinces, autonomous regions, municipalities and special regions (GB/T 2260).
const PROVINCES: [u8; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82,
];

/// What an area code names (区划层级).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AreaLevel {
    /// Province, autonomous region, municipality or special region (省级).
    Province,
    /// Prefecture or city (地级).
    City,
    /// County or district (县级).
    District,
    /// Town, township or sub-district (乡级).
    Town,
    /// Village or residents' community (村级).
    Community,
    /// Grid of a community (网格).
    Grid,
}

impl AreaLevel {
    /// The level's name in packs and ladders.
    pub fn key(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::District => "district",
            Self::Town => "town",
            Self::Community => "community",
            Self::Grid => "grid",
        }
    }
}

/// A valid area code (区划代码): 6 digits down to the district, 12 below it, 15 for grids.
///
/// 440114000000 and 440114 name the same area and are the same value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct AreaCode(String);

/// Why a text is no area code (区划代码差错).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAreaCode {
    /// It holds something else than digits, or not 6, 12 or 15 of them (位数不对).
    #[error("{0:?}: an area code has 6, 12 or 15 digits")]
    Form(String),
    /// No province has these first two digits (省级代码不存在).
    #[error("{0}: no province begins so")]
    Province(String),
    /// A lower part is set under an empty higher one (上级码段为空).
    #[error("{0}: a part is set under an empty one")]
    Hole(String),
}

impl Refusal for BadAreaCode {
    fn code(&self) -> &'static str {
        match self {
            Self::Form(_) => "area-code-form",
            Self::Province(_) => "area-code-province",
            Self::Hole(_) => "area-code-hole",
        }
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        let (Self::Form(code) | Self::Province(code) | Self::Hole(code)) = self;
        BTreeMap::from([("code", code.clone())])
    }
}

/// The length of a code at each level, counted from the left.
const LENGTHS: [(AreaLevel, usize); 6] = [
    (AreaLevel::Province, 2),
    (AreaLevel::City, 4),
    (AreaLevel::District, 6),
    (AreaLevel::Town, 9),
    (AreaLevel::Community, 12),
    (AreaLevel::Grid, 15),
];

impl AreaCode {
    /// The code as written: 6, 12 or 15 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The level that the code names.
    pub fn level(&self) -> AreaLevel {
        let significant = significant_length(&self.0);
        LENGTHS.iter().find(|(_, length)| significant <= *length).map_or(AreaLevel::Grid, |(level, _)| *level)
    }

    /// The code of the area above; none for provinces.
    pub fn parent(&self) -> Option<Self> {
        let above = LENGTHS.iter().rev().find(|(level, _)| *level < self.level())?;
        Some(Self::padded(&self.0[..above.1]))
    }

    /// The code of the district that the area lies in; none above districts.
    pub fn district(&self) -> Option<Self> {
        (self.level() >= AreaLevel::District).then(|| Self(self.0[..6].to_owned()))
    }

    /// Is it the other area or somewhere inside, by its digits alone?
    pub fn is_within(&self, whole: &Self) -> bool {
        let length = LENGTHS.iter().find(|(level, _)| *level == whole.level()).map_or(15, |(_, length)| *length);
        self.level() >= whole.level() && self.0[..length] == whole.0[..length]
    }

    /// The 12 digits of the statistical code (统计用区划代码); the community's for a grid.
    pub fn statistical(&self) -> String {
        format!("{:0<12}", &self.0[..self.0.len().min(12)])
    }

    /// Fills a valid beginning with zeros to the length of its form.
    fn padded(beginning: &str) -> Self {
        let length = if beginning.len() <= 6 { 6 } else { 12 };
        Self(format!("{beginning:0<length$}"))
    }
}

/// The length without the zeros of empty parts at the end.
fn significant_length(digits: &str) -> usize {
    LENGTHS
        .iter()
        .map(|(_, length)| *length)
        .find(|&n| digits[n.min(digits.len())..].bytes().all(|b| b == b'0'))
        .unwrap_or(15)
}

impl FromStr for AreaCode {
    type Err = BadAreaCode;

    fn from_str(text: &str) -> Result<Self, BadAreaCode> {
        if !matches!(text.len(), 6 | 12 | 15) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadAreaCode::Form(text.to_owned()));
        }
        if !text[..2].parse().is_ok_and(|province| PROVINCES.contains(&province)) {
            return Err(BadAreaCode::Province(text.to_owned()));
        }
        let significant = significant_length(text);
        let parts = LENGTHS.windows(2).map(|pair| (pair[0].1, pair[1].1));
        let hole =
            parts.filter(|(_, end)| *end < significant).any(|(start, end)| text[start..end].bytes().all(|b| b == b'0'));
        // A grid has all its digits; its community is never empty.
        if hole || (text.len() == 15 && significant < 15) {
            return Err(BadAreaCode::Hole(text.to_owned()));
        }
        Ok(Self::padded_or_full(text, significant))
    }
}

impl AreaCode {
    fn padded_or_full(text: &str, significant: usize) -> Self {
        if significant <= 12 { Self::padded(&text[..significant]) } else { Self(text.to_owned()) }
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<AreaCode> for String {
    fn from(code: AreaCode) -> Self {
        code.0
    }
}

impl TryFrom<String> for AreaCode {
    type Error = BadAreaCode;

    fn try_from(text: String) -> Result<Self, BadAreaCode> {
        text.parse()
    }
}

/// The areas of a district and what lies above (区划树).
pub type AreaTree = DatedTree<AreaCode>;

/// Something wrong with the rows of areas (区划数据差错).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AreaFault {
    /// The code is none.
    #[error(transparent)]
    Code(#[from] BadAreaCode),
    /// The tree is none.
    #[error(transparent)]
    Tree(#[from] TreeFault),
}

impl Refusal for AreaFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Code(fault) => fault.code(),
            Self::Tree(fault) => fault.code(),
        }
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::Code(fault) => fault.fields(),
            Self::Tree(fault) => fault.fields(),
        }
    }
}

/// Builds the tree of areas, or lists everything that is wrong with codes and rows.
pub fn area_tree(ladder: Ladder, rows: Vec<Node<()>>, changes: Vec<Change>) -> Result<AreaTree, Vec<AreaFault>> {
    let mut faults = Vec::new();
    let mut nodes = Vec::new();
    for row in rows {
        match row.code.parse::<AreaCode>() {
            Ok(item) => nodes.push(Node {
                code: row.code,
                label: row.label,
                level: row.level,
                parent: row.parent,
                validity: row.validity,
                item,
            }),
            Err(fault) => faults.push(AreaFault::Code(fault)),
        }
    }
    match DatedTree::new(ladder, nodes, changes) {
        Ok(tree) if faults.is_empty() => Ok(tree),
        Ok(_) => Err(faults),
        Err(more) => {
            faults.extend(more.into_iter().map(AreaFault::Tree));
            Err(faults)
        }
    }
}

#[cfg(test)]
mod tests;
