//! Why a backup is not made or not restored (拒绝): one sentence each, and nothing has happened.

use crate::fault::Fault;
use gangmu_kernel::refusals;
use std::io;

refusals! {
    /// Why a file is not restored, or a database is not taken into one (备份拒绝).
    pub enum Refused {
        /// The file is something else.
        #[error("the file is no backup")]
        NotABackup {} = "backup-not-a-backup",
        /// The end of the file is missing.
        #[error("the file is cut off")]
        CutOff {} = "backup-cut-off",
        /// A byte differs from when the file was made.
        #[error("the file was altered")]
        Altered {} = "backup-altered",
        /// The file has a form of a newer program.
        #[error("the form {form} is unknown")]
        UnknownForm { form: String } = "backup-unknown-form",
        /// The database that was saved is newer than this program.
        #[error("the backup has schema {schema}, this program {ours}")]
        Newer { schema: i64, ours: i64, program: String, this: String } = "backup-newer",
        /// The database itself is newer than this program.
        #[error("the database has schema {schema}, this program {ours}")]
        NewerDatabase { schema: i64, ours: i64, this: String } = "backup-newer-database",
        /// There is no schema to save.
        #[error("the database has no schema")]
        NoSchema {} = "backup-no-schema",
        /// A member is missing.
        #[error("{member} is missing")]
        Missing { member: String } = "backup-missing",
        /// A member is not in the manifest.
        #[error("{member} is not in the manifest")]
        Surplus { member: String } = "backup-surplus",
        /// A member's checksum is not the one of the manifest.
        #[error("{member} has another checksum")]
        Checksum { member: String } = "backup-checksum",
        /// A table has more or fewer rows than the manifest says.
        #[error("{table} has {rows} rows, not {expected}")]
        Count { table: String, rows: u64, expected: u64 } = "backup-count",
        /// A row can't be read.
        #[error("row {row} of {table} is unreadable: {problem}")]
        Row { table: String, row: u64, problem: String } = "backup-row",
        /// The manifest can't be read.
        #[error("the manifest is unreadable: {problem}")]
        Manifest { problem: String } = "backup-manifest",
        /// The tables are not those that the schema of that number has.
        #[error("{table} is not as in schema {schema}")]
        Tables { table: String, schema: i64 } = "backup-tables",
        /// The target holds something already.
        #[error("the target is not empty")]
        NotEmpty {} = "backup-not-empty",
        /// A value has no place in the target.
        #[error("row {row} of {table}: {column} does not take {problem}")]
        NoPlace { table: String, row: u64, column: String, problem: String } = "backup-no-place",
        /// What was written is not what is read back.
        #[error("{table} is not read back as written")]
        Differs { table: String } = "backup-differs",
        /// A row leads to a row that is not there.
        #[error("a row of {table} leads nowhere")]
        Dangling { table: String } = "backup-dangling",
        /// The journal of the backup is broken.
        #[error("the journal breaks at {seq}")]
        Journal { seq: i64 } = "backup-journal",
        /// An attachment's bytes are not those of its name.
        #[error("the attachment {blob} was altered")]
        Blob { blob: String } = "backup-blob",
    }
}

/// Why it did not go on.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// For a reason of the file or the database.
    #[error("refused")]
    Refused(#[from] Refused),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// A stream failed.
    #[error("reading or writing the backup: {0}")]
    Stream(#[from] io::Error),
}
