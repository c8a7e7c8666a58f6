//! What can be told (消息种类): each with the mail that it gets where the person chose nothing else.

use super::due::Mail;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $mail:ident, $urgent:literal;)*) => {
        /// What is told (消息种类).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $name,)*
        }

        impl Kind {
            /// All kinds, in the order of the page of preferences.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word in tables and in the keys of the locale.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The mail where the person chose nothing else.
            pub fn usual_mail(self) -> Mail {
                match self { $(Self::$name => Mail::$mail,)* }
            }

            /// Is it mailed in quiet hours as well?
            pub fn is_urgent(self) -> bool {
                match self { $(Self::$name => $urgent,)* }
            }
        }
    };
}

kinds! {
    /// A text was imported and waits for its review (导入完成).
    PlanImported = "plan-imported", Digest, false;
    /// An edition was approved and can be published (版本审定).
    PlanApproved = "plan-approved", AtOnce, false;
    /// An edition was made public (版本公开).
    PlanPublished = "plan-published", Digest, false;
    /// A public edition was withdrawn (版本撤下).
    PlanWithdrawn = "plan-withdrawn", AtOnce, false;
    /// Somebody set a new password for the account (密码重置).
    AccountReset = "account-reset", AtOnce, true;
    /// The roles of the account were changed (角色变更).
    AccountRoles = "account-roles", AtOnce, false;
    /// A job failed so often that it waits for a person (作业停办).
    JobDead = "job-dead", AtOnce, true;
    /// A backup failed (备份失败).
    BackupFailed = "backup-failed", AtOnce, true;
    /// A backup can't be restored (演练未通过).
    RehearsalFailed = "rehearsal-failed", AtOnce, true;
    /// The journal was signed: the line to keep (检查点).
    JournalCheckpoint = "journal-checkpoint", AtOnce, false;
}

impl Kind {
    /// The kind of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}
