//! Attachments (附件): the files of an object, one file, taking it in and giving it out, and the store of all files.
//!
//! A large file goes better in pieces: the address `/uploads` of the protocol tus takes a token as well.

use super::{
    about::{About, Given},
    caller::Caller,
    commitments::word,
    imports::{FileName, Why, plain},
    input::{Asked, Body, Named, Nothing},
    posts::Numbered,
    problem::Halt,
    reply,
};
use crate::{attachments as pages, web::Web};
use axum::{
    body::BodyDataStream,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use futures_util::StreamExt as _;
use gangmu_app::{
    Failure, Session,
    attachments::{
        Object,
        add::{self as adding, Offered},
        change,
        collect::{self, Collected},
        incoming::Incoming,
        link, list as listing,
        read::{self as reading, Purpose},
        usage::{self as using, OrganisationUsage},
        verify::{self as verifying, Damage, Verified},
        version,
        views::{AttachmentView, PreviewBlock, PreviewView, UsageView, Used},
    },
};
use gangmu_kernel::ids::AttachmentId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

/// A file of an object (附件).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Attachment {
    /// Its number (编号).
    pub id: i64,
    /// Its name (文件名).
    pub name: String,
    /// Word of its kind (类型).
    pub kind: String,
    /// How many bytes it has (字节数).
    pub bytes: i64,
    /// SHA-256 of its bytes (字节的 SHA-256).
    pub sha256: String,
    /// Width of a picture (图片宽度).
    pub width: Option<u32>,
    /// Height of a picture (图片高度).
    pub height: Option<u32>,
    /// `text`, `document`, `picture` or `none`: what can be shown of it (可预览的形式).
    pub shown: String,
    /// The public may have it (是否公开).
    pub public: bool,
    /// It is a source file of an import, which nobody removes (是否导入的来源文件).
    pub imported: bool,
    /// When it was added (添加时间).
    #[schema(value_type = String, format = DateTime)]
    pub added_at: Timestamp,
    /// By whom, masked (添加人).
    pub by: String,
    /// When it was removed (移除时间).
    #[schema(value_type = Option<String>, format = DateTime)]
    pub removed_at: Option<Timestamp>,
    /// By whom, masked (移除人).
    pub removed_by: Option<String>,
}

impl From<AttachmentView> for Attachment {
    fn from(view: AttachmentView) -> Self {
        Self {
            id: view.id,
            name: view.name,
            kind: view.kind,
            bytes: view.bytes,
            sha256: view.sha256,
            width: view.points.map(|points| points.0),
            height: view.points.map(|points| points.1),
            shown: word(Some(view.shown)).unwrap_or_default(),
            public: view.public,
            imported: view.imported,
            added_at: view.added_at,
            by: view.by,
            removed_at: view.removed_at,
            removed_by: view.removed_by,
        }
    }
}

/// The files of an object (附件清单).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Attachments {
    /// What the object is called (对象名称).
    pub title: String,
    /// The object is public, so that a file can be (对象是否公开).
    pub public: bool,
    /// The files, oldest first (附件).
    pub files: Vec<Attachment>,
    /// What was removed lately and can be had back; empty for who may not (近期移除的附件).
    pub removed: Vec<Attachment>,
    /// Bytes that one file may have (单个文件的字节上限).
    pub limit: u64,
    /// Days in which a removed file can be had back (可恢复的天数).
    pub regret_days: i64,
    /// How much the caller's organisation has; null for who may not add (本单位用量).
    pub usage: Option<FileUsage>,
}

/// How much of a quota is used (用量).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileUsage {
    /// Files (文件数).
    pub files: i64,
    /// Bytes used (已用字节数).
    pub bytes: i64,
    /// Bytes allowed (限额字节数).
    pub of: u64,
}

impl From<UsageView> for FileUsage {
    fn from(view: UsageView) -> Self {
        Self { files: view.files, bytes: view.bytes, of: view.of }
    }
}

/// Lists the files of an object.
pub const LIST: About = About::gives::<Attachments>("attachments.list");

/// `GET /api/v1/attachments/of/{kind}/{object}`.
pub async fn list(
    State(web): State<Web>,
    caller: Caller,
    Named((kind, object)): Named<(String, String)>,
) -> Result<Response, Halt> {
    let view = listing::list(&web.app, &caller.session, &Object::new(&kind, &object)).await?;
    reply::json(&Attachments {
        title: view.title,
        public: view.public,
        files: view.files.into_iter().map(Attachment::from).collect(),
        removed: view.removed.into_iter().map(Attachment::from).collect(),
        limit: view.limit,
        regret_days: view.regret_days,
        usage: view.usage.map(FileUsage::from),
    })
}

/// Attaches a file.
pub const ADD: About =
    About::gives::<Numbered>("attachments.add").asked::<FileName>().takes_file().status(StatusCode::CREATED);

/// `POST /api/v1/attachments/of/{kind}/{object}`.
pub async fn add(
    State(web): State<Web>,
    caller: Caller,
    Named((kind, object)): Named<(String, String)>,
    Asked(FileName { name }): Asked<FileName>,
    request: Request,
) -> Result<Response, Halt> {
    plain(request.headers())?;
    let declared = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    // Whoever names no kind leaves it to the bytes.
    let declared = if declared == "application/octet-stream" { String::new() } else { declared.to_owned() };
    let start = format!("{} {}\n", request.method(), request.uri());
    let offered = Offered { object: Object::new(&kind, &object), name: name.clone(), declared };
    adding::check(&web.app, &caller.session, &offered, 0).await?;
    let incoming = Incoming::begin(&web.app, &caller.session, &name).await?;
    let mut digest = Sha256::new().chain_update(start);
    let incoming = taken(incoming, request.into_body().into_data_stream(), &mut digest).await?;
    let answer = |id: &AttachmentId| reply::made(&Numbered { id: id.0 }, format!("/api/v1/attachments/{}", id.0));
    let session = caller.session.on(caller.terms(digest.finalize().into(), answer)?);
    let id = adding::add(&web.app, &session, incoming, offered).await?;
    Ok(reply::answered(answer(&id), false))
}

/// Takes in the bytes; a connection that breaks, and a file that is too large, leave nothing behind.
async fn taken(mut incoming: Incoming, mut body: BodyDataStream, digest: &mut Sha256) -> Result<Incoming, Halt> {
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|_| Halt::NotJson("the file did not arrive whole".to_owned()))?;
        digest.update(&piece);
        incoming.write(&piece).await?;
    }
    Ok(incoming)
}

/// A file with what can be shown of it (附件及预览).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttachmentShown {
    /// The file (附件).
    pub file: Attachment,
    /// What the object is called that it belongs to (所属对象).
    pub title: String,
    /// That object is public (所属对象是否公开).
    pub object_public: bool,
    /// Its text, where it has one that can be read: headings, paragraphs and rows of tables (文字内容，逐段).
    pub text: Vec<String>,
    /// The rest of the text was left out (文字是否有省略).
    pub cut: bool,
    /// Why nothing can be shown of it (不能预览的原因).
    pub unreadable: Option<Why>,
}

/// Shows a file with its version.
pub const SHOW: About = About::gives::<AttachmentShown>("attachments.show").tagged();

/// `GET /api/v1/attachments/{id}`.
pub async fn show(
    State(web): State<Web>,
    caller: Caller,
    headers: HeaderMap,
    Named(id): Named<i64>,
) -> Result<Response, Halt> {
    let view = reading::page(&web.app, &caller.session, AttachmentId(id)).await?;
    let version = view.version.clone();
    let mut shown = AttachmentShown {
        file: view.file.into(),
        title: view.title,
        object_public: view.object_public,
        text: Vec::new(),
        cut: false,
        unreadable: None,
    };
    match view.preview {
        PreviewView::Text { blocks, cut } => {
            shown.text = blocks.into_iter().flat_map(lines).collect();
            shown.cut = cut;
        }
        PreviewView::Unreadable { reason } => {
            shown.unreadable = Some(Why { code: reason.code, fields: reason.fields });
        }
        PreviewView::Picture | PreviewView::None => {}
    }
    reply::versioned(&shown, &version, &headers)
}

/// A block as lines: the cells of a row stand apart by tabs.
fn lines(block: PreviewBlock) -> Vec<String> {
    match block {
        PreviewBlock::Heading { text, .. } | PreviewBlock::Paragraph { text } => vec![text],
        PreviewBlock::Table { rows, .. } => {
            let row = |row: Vec<gangmu_app::attachments::views::PreviewCell>| {
                row.into_iter().map(|cell| cell.text).collect::<Vec<_>>().join("\t")
            };
            rows.into_iter().map(row).collect()
        }
    }
}

const fn bytes(id: &'static str) -> About {
    About::new(id, Given::File("*/*"))
}

async fn given(web: &Web, caller: &Caller, id: i64, purpose: Purpose) -> Result<Response, Halt> {
    let given = reading::open(&web.app, &caller.session, AttachmentId(id), purpose).await?;
    Ok(pages::give(given, true))
}

/// Gives the bytes of a file.
pub const FILE: About = bytes("attachments.file");

/// `GET /api/v1/attachments/{id}/file`.
pub async fn file(State(web): State<Web>, caller: Caller, Named(id): Named<i64>) -> Result<Response, Halt> {
    given(&web, &caller, id, Purpose::Original).await
}

/// Gives the copy of a picture that holds nothing but its points.
pub const PICTURE: About = bytes("attachments.picture");

/// `GET /api/v1/attachments/{id}/picture`.
pub async fn picture(State(web): State<Web>, caller: Caller, Named(id): Named<i64>) -> Result<Response, Halt> {
    given(&web, &caller, id, Purpose::Clean).await
}

/// Gives the small copy of a picture.
pub const THUMBNAIL: About = bytes("attachments.thumbnail");

/// `GET /api/v1/attachments/{id}/thumbnail`.
pub async fn thumbnail(State(web): State<Web>, caller: Caller, Named(id): Named<i64>) -> Result<Response, Halt> {
    given(&web, &caller, id, Purpose::Thumbnail).await
}

/// The caller's session on the version of the file that was seen.
fn on(caller: &Caller, digest: [u8; 32], id: i64) -> Result<Session, Halt> {
    caller.once_on(digest, move |tx| version::of(tx, AttachmentId(id)))
}

/// Removes a file; it can be had back for some time.
pub const REMOVE: About = About::step("attachments.remove").held();

/// `POST /api/v1/attachments/{id}/remove`.
pub async fn remove(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, id)?;
    reply::done(change::remove(&web.app, &session, AttachmentId(id)).await.map(drop))
}

/// Has a removed file back.
pub const RESTORE: About = About::step("attachments.restore").held();

/// `POST /api/v1/attachments/{id}/restore`.
pub async fn restore(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<Nothing>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, id)?;
    reply::done(change::restore(&web.app, &session, AttachmentId(id)).await.map(drop))
}

/// Another name for a file (改名).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachmentName {
    /// The name; its ending stays as it is (文件名，扩展名不变).
    #[schema(min_length = 1)]
    name: String,
}

/// Gives a file another name.
pub const RENAME: About = About::step("attachments.rename").takes::<AttachmentName>().held();

/// `POST /api/v1/attachments/{id}/rename`.
pub async fn rename(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<AttachmentName>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, id)?;
    reply::done(change::rename(&web.app, &session, AttachmentId(id), &body.value.name).await.map(drop))
}

/// Open or closed to the public (是否公开).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachmentOpenness {
    /// The public may have it (是否公开).
    public: bool,
}

/// Opens a file to the public, or closes it again.
pub const PUBLISH: About = About::step("attachments.publish").takes::<AttachmentOpenness>().held();

/// `POST /api/v1/attachments/{id}/public`.
pub async fn publish(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    body: Body<AttachmentOpenness>,
) -> Result<Response, Halt> {
    let session = on(&caller, body.digest, id)?;
    reply::done(change::publish(&web.app, &session, AttachmentId(id), body.value.public).await.map(drop))
}

/// A link by which a file can be had without a token (签名链接).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttachmentLink {
    /// Its address in this house (地址).
    pub address: String,
    /// Until when it is good (有效期至).
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
}

/// Makes a link to a file, good for seven days.
pub const LINK: About = About::gives::<AttachmentLink>("attachments.link").unkeyed();

/// `POST /api/v1/attachments/{id}/link`.
pub async fn share(
    State(web): State<Web>,
    caller: Caller,
    Named(id): Named<i64>,
    _: Body<Nothing>,
) -> Result<Response, Halt> {
    let link = link::share(&web.app, &caller.session, AttachmentId(id)).await?;
    reply::json(&AttachmentLink { address: link.address, until: link.until })
}

/// All files beside the database (附件库).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileStore {
    /// Attachments that are there (现有附件).
    pub used: FileUsage,
    /// Files that are kept, each once, with copies of pictures and what was removed (实存文件).
    pub kept: FileCount,
    /// Those that nothing refers to (无人引用的文件).
    pub waiting: FileCount,
    /// The organisations with the most (用量最多的单位).
    pub organisations: Vec<OrganisationFiles>,
    /// Bytes that one file may have (单个文件的字节上限).
    pub limit: u64,
    /// Days in which a removed file can be had back (可恢复的天数).
    pub regret_days: i64,
    /// Hours that what nothing refers to stays, at each of two steps (无人引用的文件每一步保留的小时数).
    pub grace_hours: i64,
}

/// Files and their bytes (文件数与字节数).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileCount {
    /// Files (文件数).
    pub files: i64,
    /// Bytes (字节数).
    pub bytes: i64,
}

impl From<Used> for FileCount {
    fn from(used: Used) -> Self {
        Self { files: used.files, bytes: used.bytes }
    }
}

/// How much an organisation has (单位用量).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OrganisationFiles {
    /// Its name; null for who belongs to none (单位).
    pub organisation: Option<String>,
    /// How much it has (用量).
    pub usage: FileUsage,
}

/// Shows the store of files.
pub const STORE: About = About::gives::<FileStore>("files.store");

/// `GET /api/v1/files`.
pub async fn store(State(web): State<Web>, caller: Caller) -> Result<Response, Halt> {
    let view = using::usage(&web.app, &caller.session).await?;
    let of = |of: OrganisationUsage| OrganisationFiles { organisation: of.name, usage: of.usage.into() };
    reply::json(&FileStore {
        used: view.used.into(),
        kept: view.kept.into(),
        waiting: view.waiting.into(),
        organisations: view.organisations.into_iter().map(of).collect(),
        limit: view.file,
        regret_days: view.regret_days,
        grace_hours: view.grace_hours,
    })
}

/// What a cleaning did (清理结果).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FilesCollected {
    /// Uploads that were given up (放弃的上传).
    pub uploads: u64,
    /// Removed files whose time is over (过期的移除附件).
    pub expired: u64,
    /// Files that go at the next cleaning (待删的文件).
    pub condemned: u64,
    /// Files that were deleted (已删的文件).
    pub deleted: u64,
}

/// Cleans up the store of files.
pub const COLLECT: About = About::gives::<FilesCollected>("files.collect").unkeyed();

/// `POST /api/v1/files/collect`.
pub async fn collect_now(State(web): State<Web>, caller: Caller, _: Body<Nothing>) -> Result<Response, Halt> {
    let Collected { uploads, expired, condemned, deleted } = collect::collect(&web.app, &caller.session).await?;
    reply::json(&FilesCollected { uploads, expired, condemned, deleted })
}

/// What hashing all files anew has found (查验结果).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FilesVerified {
    /// Files (文件数).
    pub files: u64,
    /// Bytes (字节数).
    pub bytes: u64,
    /// What is damaged (受损文件).
    pub damage: Vec<FileDamage>,
}

/// A file that is not what it should be (受损文件).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileDamage {
    /// SHA-256 that it should have (应有的 SHA-256).
    pub sha256: String,
    /// `missing` or `changed` (情形).
    pub how: String,
    /// Its name (文件名).
    pub name: String,
    /// What it belongs to (所属对象).
    pub object: String,
}

impl From<Damage> for FileDamage {
    fn from(damage: Damage) -> Self {
        Self { sha256: damage.sha256, how: damage.how.to_owned(), name: damage.name, object: damage.object }
    }
}

/// Hashes all files anew.
pub const VERIFY: About = About::gives::<FilesVerified>("files.verify");

/// `GET /api/v1/files/verification`.
pub async fn verify(State(web): State<Web>, caller: Caller) -> Result<Response, Halt> {
    let found: Result<Verified, Failure> = verifying::verify(&web.app, &caller.session).await;
    let Verified { files, bytes, damage } = found?;
    reply::json(&FilesVerified { files, bytes, damage: damage.into_iter().map(FileDamage::from).collect() })
}
