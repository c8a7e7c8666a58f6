//! What a reader may spend on one file (读取上限).

/// What a reader may spend on one file; beyond it the file is refused in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Size of all parts of a package after inflating.
    pub inflated: u64,
    /// How many times larger than the file its parts may be, once they exceed a few megabytes.
    pub ratio: u64,
    /// Number of parts of a package.
    pub parts: u64,
    /// Number of cells of all tables together.
    pub cells: u64,
    /// Number of pages of a PDF.
    pub pages: u64,
    /// Depth of nested elements of an XML part.
    pub depth: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 100 * 1024 * 1024,
            inflated: 512 * 1024 * 1024,
            ratio: 250,
            parts: 10_000,
            cells: 2_000_000,
            pages: 3_000,
            depth: 200,
        }
    }
}
