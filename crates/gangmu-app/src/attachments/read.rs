//! Looking at a file and giving it out (查看与下载附件).

use super::{
    ADD, PUBLISH, READ, on_disk, place,
    views::{AttachmentPageView, AttachmentView, PreviewBlock, PreviewCell, PreviewView},
};
use crate::{app::App, failure::Failure, operate::look, plan::views::ReasonView, session::Session};
use gangmu_documents::{
    Unreadable,
    media::{self, Shown},
    picture,
};
use gangmu_kernel::{
    SourceText,
    ids::AttachmentId,
    source::{BlockRole, Span, Table},
};
use gangmu_store::{
    Fault,
    attachments::{self, AttachmentRow, kept},
    blobs::Content,
};
use std::io::{Read as _, Seek as _, SeekFrom};

/// Blocks of a preview.
const BLOCKS: usize = 400;
/// Rows of a table in a preview.
const ROWS: usize = 60;
/// Columns of a table in a preview.
const COLUMNS: u32 = 24;

/// What a file is given out as (取用方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The file itself.
    Original,
    /// The picture without anything but its points.
    Clean,
    /// The small picture.
    Thumbnail,
}

impl Purpose {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Clean => "clean",
            Self::Thumbnail => "thumbnail",
        }
    }
}

/// A file that is given out (取用的附件).
pub struct Given {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// The hash of these bytes.
    pub sha256: String,
    /// How many bytes.
    pub size: u64,
    /// The bytes.
    pub content: Box<dyn Content>,
}

/// Opens a file for somebody who is logged in.
pub async fn open(app: &App, session: &Session, id: AttachmentId, purpose: Purpose) -> Result<Given, Failure> {
    let (row, hash) = look(app, session, READ, move |tx| {
        let row = attachments::find(tx, id)?.filter(|row| row.removed_at.is_none());
        let row = row.ok_or(Failure::Absent("attachment"))?;
        place::find(tx, &row.object())?;
        let hash = kept::file(tx, id, purpose.word())?.ok_or(Failure::Absent("attachment"))?;
        Ok((row, hash))
    })
    .await?;
    place::admitted(app, session, &row.object_kind)?;
    given(app, row, hash, purpose).await
}

/// The bytes of that hash, as what the row says.
pub(super) async fn given(app: &App, row: AttachmentRow, hash: String, purpose: Purpose) -> Result<Given, Failure> {
    let wanted = hash.clone();
    let opened = on_disk(app, move |blobs| {
        let Some(mut content) = blobs.open(&wanted)? else { return Ok(None) };
        let mut head = [0_u8; 1];
        let look = content.read(&mut head).and_then(|_| content.seek(SeekFrom::Start(0)));
        look.map_err(|error| Fault::File { doing: "opening a file".to_owned(), source: std::sync::Arc::new(error) })?;
        Ok(Some((content, blobs.size(&wanted)?.unwrap_or(0), head)))
    });
    let missing = || {
        let why = std::io::Error::from(std::io::ErrorKind::NotFound);
        Failure::Fault(Fault::File { doing: format!("opening {hash}"), source: std::sync::Arc::new(why) })
    };
    let (content, size, head) = opened.await?.ok_or_else(missing)?;
    let media_type = match purpose {
        Purpose::Original => row.media_type,
        Purpose::Clean | Purpose::Thumbnail => picture::copy_type(&head).to_owned(),
    };
    Ok(Given { name: row.name, media_type, sha256: hash, size, content })
}

/// The page of a file: what it is, and what can be shown of it.
pub async fn page(app: &App, session: &Session, id: AttachmentId) -> Result<AttachmentPageView, Failure> {
    let (row, place) = look(app, session, READ, move |tx| {
        let row = attachments::find(tx, id)?.ok_or(Failure::Absent("attachment"))?;
        let place = place::find(tx, &row.object())?;
        Ok((row, place))
    })
    .await?;
    place::admitted(app, session, &row.object_kind)?;
    let preview = match row.removed_at {
        Some(_) => PreviewView::None,
        None => preview(app, session, &row).await?,
    };
    Ok(AttachmentPageView {
        file: AttachmentView::of(&row),
        title: place.title,
        back: place.address,
        may_add: session.may(app.access(), ADD),
        may_share: super::link::may_share(app, session),
        may_publish: session.may(app.access(), PUBLISH),
        object_public: place.public,
        preview,
        version: super::version::of_row(&row),
    })
}

async fn preview(app: &App, session: &Session, row: &AttachmentRow) -> Result<PreviewView, Failure> {
    let shown = media::type_of(&row.kind).map_or(Shown::None, |kind| kind.shown);
    match shown {
        Shown::Picture => return Ok(PreviewView::Picture),
        Shown::None => return Ok(PreviewView::None),
        Shown::Text | Shown::Document => {}
    }
    let mut given = open(app, session, row.id, Purpose::Original).await?;
    let bytes = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        given.content.read_to_end(&mut bytes).map(|_| bytes)
    });
    let failed = |cause| Failure::Fault(Fault::File { doing: "reading a file".to_owned(), source: cause });
    let bytes = match bytes.await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Err(failed(std::sync::Arc::new(error))),
        Err(error) => return Err(failed(std::sync::Arc::new(error))),
    };
    // A list of values is read as plain text: its name decides how.
    let name = if shown == Shown::Text { format!("{}.{}", row.id.0, text_ending(&row.kind)) } else { row.name.clone() };
    Ok(match app.reader.read(bytes, &name).await {
        Ok(source) => text(&source),
        Err(why) => PreviewView::Unreadable { reason: reason(&why) },
    })
}

fn text_ending(kind: &str) -> &'static str {
    if kind == "markdown" { "md" } else { "txt" }
}

fn reason(why: &Unreadable) -> ReasonView {
    let fields = why.fields().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    ReasonView { code: why.code().to_owned(), fields }
}

/// The text of a document as headings, paragraphs and tables.
fn text(source: &SourceText) -> PreviewView {
    let characters: Vec<char> = source.text.chars().collect();
    let words = |span: Span| -> String {
        let end = (span.end as usize).min(characters.len());
        let start = (span.start as usize).min(end);
        characters[start..end].iter().collect::<String>().trim().to_owned()
    };
    let mut blocks = Vec::new();
    let mut tables = source.tables.iter().peekable();
    let mut cut = false;
    for block in &source.blocks {
        while let Some(table) = tables.next_if(|table| table.span.start <= block.span.start) {
            blocks.push(table_of(table, &words));
        }
        if blocks.len() >= BLOCKS {
            cut = true;
            break;
        }
        let text = words(block.span);
        match block.role {
            _ if text.is_empty() => {}
            BlockRole::Heading(level) => blocks.push(PreviewBlock::Heading { level: level.clamp(1, 6), text }),
            BlockRole::Paragraph => blocks.push(PreviewBlock::Paragraph { text }),
            BlockRole::Cell | BlockRole::Furniture => {}
        }
    }
    if !cut {
        blocks.extend(tables.map(|table| table_of(table, &words)));
    }
    PreviewView::Text { blocks, cut }
}

fn table_of(table: &Table, words: &impl Fn(Span) -> String) -> PreviewBlock {
    let mut rows: Vec<Vec<PreviewCell>> = Vec::new();
    let mut cut = table.columns > COLUMNS;
    let mut before = None;
    for cell in &table.cells {
        if before != Some(cell.row) {
            if rows.len() == ROWS {
                cut = true;
                break;
            }
            rows.push(Vec::new());
            before = Some(cell.row);
        }
        if let (Some(row), true) = (rows.last_mut(), cell.column < COLUMNS) {
            row.push(PreviewCell { text: words(cell.span), rows: cell.row_span, columns: cell.column_span });
        }
    }
    PreviewBlock::Table { sheet: table.sheet.clone(), rows, cut }
}
