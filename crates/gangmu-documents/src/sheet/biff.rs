//! Number formats of old sheets (旧版工作表的数字格式): a figure of 0.065 that its sheet shows as 6.5%.
//!
//! Standard: \[MS-XLS\], the records FORMAT, XF, BOUNDSHEET8 and those of numeric cells.

use crate::ole;
use std::collections::HashMap;

/// The formats of the cells of one sheet, by row and column.
pub(super) type Formats = HashMap<(u32, u32), String>;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const FORMAT: u16 = 0x041e;
const XF: u16 = 0x00e0;
const SHEET: u16 = 0x0085;
const FORMULA: u16 = 0x0006;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027e;
const MANY_RK: u16 = 0x00bd;
/// The version of the files that are understood here; older ones show their figures in general form.
const VERSION: u16 = 0x0600;

/// The formats of every sheet, in the order of the workbook; empty where the file is older or damaged.
pub(super) fn formats(bytes: &[u8]) -> Vec<Formats> {
    ole::stream(bytes, "Workbook").and_then(|stream| of_stream(&stream)).unwrap_or_default()
}

fn of_stream(stream: &[u8]) -> Option<Vec<Formats>> {
    let mut written: HashMap<u16, String> = HashMap::new();
    let mut of_cells: Vec<u16> = Vec::new();
    let mut sheets: Vec<usize> = Vec::new();
    for (kind, data) in records(stream) {
        match kind {
            BOF if u16_at(data, 0)? != VERSION => return None,
            FORMAT => drop(written.insert(u16_at(data, 0)?, text(data.get(2..)?)?)),
            XF => of_cells.push(u16_at(data, 2)?),
            SHEET => sheets.push(u32::from_le_bytes(data.get(..4)?.try_into().ok()?) as usize),
            EOF => break,
            _ => {}
        }
    }
    let code = |style: u16| -> Option<String> {
        let format = *of_cells.get(usize::from(style))?;
        written.get(&format).cloned().or_else(|| built_in(format).map(str::to_owned))
    };
    Some(sheets.into_iter().map(|start| of_sheet(stream.get(start..).unwrap_or(&[]), &code)).collect())
}

fn of_sheet(stream: &[u8], code: &dyn Fn(u16) -> Option<String>) -> Formats {
    let mut formats = Formats::new();
    for (kind, data) in records(stream) {
        let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else {
            if kind == EOF {
                break;
            }
            continue;
        };
        let mut put = |column: u16, style: Option<u16>| {
            if let Some(format) = style.and_then(code) {
                formats.insert((u32::from(row), u32::from(column)), format);
            }
        };
        match kind {
            NUMBER | RK | FORMULA => put(column, u16_at(data, 4)),
            MANY_RK => {
                for (at, column) in (4..data.len().saturating_sub(2)).step_by(6).zip(column..) {
                    put(column, u16_at(data, at));
                }
            }
            _ => {}
        }
    }
    formats
}

/// The records of a stream: kind and data.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
        let data = rest.get(4..4 + length)?;
        rest = &rest[4 + length..];
        Some((kind, data))
    })
}

/// A text with its length in characters before it; one byte each where all fit.
fn text(data: &[u8]) -> Option<String> {
    let (length, wide) = (usize::from(u16_at(data, 0)?), data.get(2)? & 1 == 1);
    let characters = data.get(3..)?;
    if !wide {
        return Some(characters.get(..length)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let units: Vec<u16> =
        characters.get(..length * 2)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

/// The formats that files don't write out.
fn built_in(format: u16) -> Option<&'static str> {
    Some(match format {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 => "yyyy/m/d",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        57 => "yyyy\"年\"m\"月\"",
        58 => "m\"月\"d\"日\"",
        _ => return None,
    })
}
