//! `gangmu plan text`: the text that all offsets refer to (规划原文).

use super::source;
use crate::console::{Console, Outcome};
use std::path::Path;

pub fn run(file: &Path, console: &Console) -> Outcome {
    console.print(&source(file, console)?.text)
}
