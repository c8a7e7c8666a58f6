//! Why something can't be attached (附件方面的拒绝理由).

use gangmu_documents::media::Unfit;
use gangmu_kernel::refusal::{Reason, Reasons};

gangmu_kernel::refusals! {
    /// A reason why a file can't be attached, named, removed or had back.
    #[derive(Clone)]
    pub enum AttachmentRefusal {
        /// No file was handed in.
        #[error("no file")]
        NoFile {} = "attachments.add.no_file",
        /// The name is empty.
        #[error("the name is empty")]
        NameEmpty {} = "attachments.name.empty",
        /// The name holds a way to another folder.
        #[error("the name {name:?} is a path")]
        NamePath { name: String } = "attachments.name.path",
        /// The name holds characters that can't be seen.
        #[error("the name {name:?} holds hidden characters")]
        NameHidden { name: String } = "attachments.name.hidden",
        /// The name is too long.
        #[error("the name {name:?} has more than {limit} characters")]
        NameLong { name: String, limit: usize } = "attachments.name.long",
        /// The new name has another ending.
        #[error("the ending must stay .{ending}")]
        NameEnding { ending: String } = "attachments.name.ending",
        /// The file is too large.
        #[error("{name:?} has more than {limit} MB")]
        TooLarge { name: String, limit: u64 } = "attachments.add.too_large",
        /// The object has too many files.
        #[error("the object has {limit} files already")]
        TooMany { limit: u32 } = "attachments.add.too_many",
        /// The object has this very file.
        #[error("the object has these bytes already, as {known:?}")]
        Known { name: String, known: String } = "attachments.add.known",
        /// The organisation has used up what it may.
        #[error("the organisation used {used} MB of {limit} MB")]
        OrganisationFull { used: u64, limit: u64, size: u64 } = "attachments.add.organisation_full",
        /// All together have used up what there is.
        #[error("all together used {used} MB of {limit} MB")]
        InstallationFull { used: u64, limit: u64, size: u64 } = "attachments.add.installation_full",
        /// Not all bytes have arrived.
        #[error("{arrived} of {size} bytes have arrived")]
        Incomplete { arrived: u64, size: u64 } = "attachments.add.incomplete",
        /// The upload was given up or took too long.
        #[error("the upload is gone")]
        UploadGone {} = "attachments.add.upload_gone",
        /// Somebody sends the same upload at this moment.
        #[error("the upload is being written")]
        UploadBusy {} = "attachments.add.upload_busy",
        /// Too many uploads of one person are under way.
        #[error("{limit} uploads are under way")]
        TooManyUploads { limit: u32 } = "attachments.add.too_many_uploads",
        /// A source file of an import belongs to its edition for good.
        #[error("{name:?} is a source file of the import")]
        Source { name: String } = "attachments.remove.source",
        /// The time in which a removed file can be had back is over.
        #[error("removed more than {days} days ago")]
        RegretOver { days: i64 } = "attachments.restore.over",
        /// The object itself is not public.
        #[error("the object is not public")]
        NotPublic {} = "attachments.publish.not_public",
    }
}

/// The reason of an examination as a refusal, with the file's name.
pub(super) fn unfit(name: &str, why: &Unfit) -> Reasons {
    let mut reason = Reason { code: why.code(), fields: why.fields().into_iter().collect() };
    reason.fields.insert("file", name.to_owned());
    Reasons::gather(vec![reason]).expect("one reason is at least one")
}
