//! What Word documents and web pages share (文流): paragraphs and tables in reading order, before they get offsets.

use crate::{
    Unreadable,
    composer::{Composer, GridCell},
};
use gangmu_kernel::source::{BlockRole, Place};

/// A cell with more characters than this, in a table of one or two columns, is a page laid out with a table.
const LONG_CELL: usize = 400;

/// A paragraph or a table.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Paragraph { text: String, role: BlockRole },
    Table(Vec<FlowCell>),
}

/// A cell with what stands in it.
#[derive(Debug, Clone)]
pub(crate) struct FlowCell {
    pub row: u32,
    pub column: u32,
    pub row_span: u32,
    pub column_span: u32,
    pub pieces: Vec<Piece>,
}

/// Appends the pieces to the text; paragraphs are counted through.
pub(crate) fn compose(pieces: Vec<Piece>, into: &mut Composer, paragraphs: &mut u32) -> Result<(), Unreadable> {
    for piece in pieces {
        match piece {
            Piece::Paragraph { text, role } => {
                *paragraphs += 1;
                into.paragraph(&text, role, Place::Paragraph(*paragraphs));
            }
            Piece::Table(cells) if is_layout(&cells) => {
                into.layout_table();
                for cell in cells {
                    compose(cell.pieces, into, paragraphs)?;
                }
            }
            Piece::Table(cells) => into.table(cells.into_iter().map(grid_cell).collect(), None)?,
        }
    }
    Ok(())
}

/// Is the table only there to lay out text: one column, a table within, or a page of prose in a cell?
fn is_layout(cells: &[FlowCell]) -> bool {
    let columns = cells.iter().map(|cell| cell.column + cell.column_span).max().unwrap_or(0);
    let beside = cells.windows(2).any(|pair| pair[0].row == pair[1].row);
    let nested = cells.iter().any(|cell| cell.pieces.iter().any(|piece| matches!(piece, Piece::Table(_))));
    let prose = columns <= 2 && cells.iter().map(|cell| length(&cell.pieces)).sum::<usize>() > LONG_CELL * cells.len();
    columns <= 1 || !beside || nested || prose
}

fn length(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| if let Piece::Paragraph { text, .. } = piece { text.chars().count() } else { 0 }).sum()
}

fn grid_cell(cell: FlowCell) -> GridCell {
    let paragraphs: Vec<String> = cell
        .pieces
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Paragraph { text, .. } => Some(text.replace('\t', " ").trim().to_owned()),
            Piece::Table(_) => None,
        })
        .filter(|text| !text.is_empty())
        .collect();
    GridCell {
        row: cell.row,
        column: cell.column,
        row_span: cell.row_span,
        column_span: cell.column_span,
        text: cell_text(&paragraphs),
    }
}

/// The text of a cell. A short one that is broken over lines only for want of width is joined again; where the lines
/// are sentences or numbered they stay lines.
pub(crate) fn cell_text(paragraphs: &[String]) -> String {
    let lines: Vec<&str> =
        paragraphs.iter().flat_map(|text| text.lines()).map(str::trim).filter(|line| !line.is_empty()).collect();
    let total: usize = lines.iter().map(|line| line.chars().count()).sum();
    let last = lines.len().saturating_sub(1);
    let own = |(at, line): (usize, &&str)| {
        at > 0 && is_numbered(line) || at < last && line.ends_with(['。', '；', ';', '！', '？'])
    };
    if total > 40 || lines.iter().enumerate().any(own) || lines.len() > 1 && lines.iter().all(|line| is_body(line)) {
        return lines.join("\n");
    }
    let mut text = String::new();
    for line in lines {
        join_line(&mut text, line);
    }
    text
}

/// Is the line the name of a public body, so that the next line is the next name and not the rest of this one?
fn is_body(line: &str) -> bool {
    let plain = line.split_once(['（', '(']).map_or(line, |(name, _)| name);
    let ends = plain.ends_with([
        '局', '委', '办', '院', '会', '镇', '街', '道', '司', '团', '部', '府', '队', '心', '署', '厅', '联', '协',
        '馆', '校', '所', '站', '行', '处',
    ]);
    ends && line.chars().count() >= 3 && !line.contains(['、', '，', '；'])
}

/// Appends the next line of a broken text: with a blank between Latin words, without one between Chinese characters.
pub(crate) fn join_line(text: &mut String, line: &str) {
    let latin = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
    if latin(text.chars().last()) && latin(line.chars().next()) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Does the line begin with a number of its own?
fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(['（', '(']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    digits.len() < rest.len() && digits.starts_with(['.', '．', '、', '）', ')'])
        || line.starts_with(['①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '·', '•', '●', '■', '—'])
}
