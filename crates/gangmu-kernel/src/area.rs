//! Area codes (行政区划代码): GB/T 2260, the 12-digit statistical codes and grid codes, and the tree of areas.

use crate::{
    refusal::{Reason, Reasons},
    refusals,
    tree::{Change, DatedTree, Ladder, Node},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

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

refusals! {
    /// Why a text is no area code (区划代码差错).
    #[derive(Clone)]
    pub enum BadAreaCode {
        /// It holds something else than digits, or not 6, 12 or 15 of them (位数不对).
        #[error("{code:?}: an area code has 6, 12 or 15 digits")]
        Form { code: String } = "area-code-form",
        /// No province has these first two digits (省级代码不存在).
        #[error("{code}: no province begins so")]
        Province { code: String } = "area-code-province",
        /// A lower part is set under an empty higher one (上级码段为空).
        #[error("{code}: a part is set under an empty one")]
        Hole { code: String } = "area-code-hole",
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
            return Err(BadAreaCode::Form { code: text.to_owned() });
        }
        if !text[..2].parse().is_ok_and(|province| PROVINCES.contains(&province)) {
            return Err(BadAreaCode::Province { code: text.to_owned() });
        }
        let significant = significant_length(text);
        let parts = LENGTHS.windows(2).map(|pair| (pair[0].1, pair[1].1));
        let hole =
            parts.filter(|(_, end)| *end < significant).any(|(start, end)| text[start..end].bytes().all(|b| b == b'0'));
        // A grid has all its digits; its community is never empty.
        if hole || (text.len() == 15 && significant < 15) {
            return Err(BadAreaCode::Hole { code: text.to_owned() });
        }
        Ok(if significant <= 12 { Self::padded(&text[..significant]) } else { Self(text.to_owned()) })
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

/// Builds the tree of areas, or lists everything that is wrong with codes and rows.
pub fn area_tree(ladder: Ladder, rows: Vec<Node<()>>, changes: Vec<Change>) -> Result<AreaTree, Reasons> {
    let mut reasons = Vec::new();
    let mut nodes = Vec::new();
    for Node { code, label, level, parent, validity, item: () } in rows {
        match code.parse::<AreaCode>() {
            Ok(item) => nodes.push(Node { code, label, level, parent, validity, item }),
            Err(fault) => reasons.push(Reason::from(&fault)),
        }
    }
    let tree = match DatedTree::new(ladder, nodes, changes) {
        Ok(tree) => Some(tree),
        Err(faults) => {
            reasons.extend(faults.iter().map(Reason::from));
            None
        }
    };
    match (Reasons::gather(reasons), tree) {
        (None, Some(tree)) => Ok(tree),
        (reasons, _) => Err(reasons.expect("a tree that fails names its faults")),
    }
}

#[cfg(test)]
mod tests;
