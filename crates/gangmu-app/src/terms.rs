//! What a request asks of the operation that it leads to (办理条件): that it is done only once, and only on the version
//! that was seen. Both are looked at in the operation's own transaction, so that nothing comes between.

use crate::failure::Failure;
use gangmu_kernel::refusal::Refusal;
pub use gangmu_store::Tx;
use gangmu_store::{
    Fault,
    answered::{self, AnsweredRow},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    any::Any,
    collections::BTreeMap,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// How long an answer is kept under its key.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// What is asked of an operation.
#[derive(Clone, Default)]
pub struct Terms {
    once: Option<Arc<Once>>,
    held: Option<Arc<Held>>,
}

impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (once, held) = (self.once.is_some(), self.held.is_some());
        f.debug_struct("Terms").field("once", &once).field("held", &held).finish()
    }
}

/// An answer as it is kept and given again (答复).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Where what was made is found.
    pub location: Option<String>,
    /// The version after it.
    pub version: Option<String>,
    /// Its body, without secrets.
    pub body: String,
}

/// Makes the answer out of what the operation gives back; `None` for another type of value.
type Answering = Box<dyn Fn(&dyn Any) -> Option<Answer> + Send + Sync>;

/// A request under an idempotency key (幂等键).
pub struct Once {
    key: String,
    digest: [u8; 32],
    answer: Answering,
    kept: AtomicBool,
}

/// Tells the version of an object, in the transaction that changes it.
type Version = dyn Fn(&mut Tx<'_>) -> Result<String, Failure> + Send + Sync;

/// A version that must still hold (前提版本).
pub struct Held {
    expected: Vec<String>,
    version: Box<Version>,
}

/// Why a key can't be used (幂等键方面的拒绝理由).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyRefusal {
    /// The key was used for another request.
    OtherRequest,
    /// The key is none: empty, longer than a hundred signs, or with signs that are not printable ASCII.
    BadKey,
}

impl Refusal for KeyRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::OtherRequest => "api-key-other-request",
            Self::BadKey => "api-key-bad",
        }
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::new()
    }
}

impl Terms {
    /// Done once under that key: the answer is made of what the operation gives back and kept with what it writes.
    #[must_use]
    pub fn once<T: 'static>(
        mut self,
        key: String,
        digest: [u8; 32],
        answer: impl Fn(&T) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let answer: Answering = Box::new(move |value| value.downcast_ref::<T>().map(&answer));
        self.once = Some(Arc::new(Once { key, digest, answer, kept: AtomicBool::new(false) }));
        self
    }

    /// Done only where one of these versions still holds.
    #[must_use]
    pub fn held(
        mut self,
        expected: Vec<String>,
        version: impl Fn(&mut Tx<'_>) -> Result<String, Failure> + Send + Sync + 'static,
    ) -> Self {
        self.held = Some(Arc::new(Held { expected, version: Box::new(version) }));
        self
    }

    /// Before the operation: was it answered already, does the version hold?
    pub(crate) fn begin(
        &self,
        tx: &mut Tx<'_>,
        by: gangmu_kernel::ids::AccountId,
        now: Timestamp,
    ) -> Result<(), Failure> {
        if let Some(once) = &self.once
            && !once.kept.load(Ordering::Acquire)
            && let Some(row) = answered::find(tx, by, &once.key, now - KEPT)?
        {
            if row.digest != once.digest {
                return Err(Failure::refused(KeyRefusal::OtherRequest));
            }
            let AnsweredRow { status, location, version, body, .. } = row;
            return Err(Failure::Answered(Answer { status, location, version, body }));
        }
        if let Some(held) = &self.held {
            let current = (held.version)(tx)?;
            if !held.expected.contains(&current) {
                return Err(Failure::Outdated { current });
            }
        }
        Ok(())
    }

    /// After the operation, in its transaction: keeps the answer.
    pub(crate) fn keep(
        &self,
        tx: &mut Tx<'_>,
        by: gangmu_kernel::ids::AccountId,
        now: Timestamp,
        value: &dyn Any,
    ) -> Result<(), Fault> {
        let Some(once) = &self.once else { return Ok(()) };
        let Some(Answer { status, location, version, body }) = (once.answer)(value) else { return Ok(()) };
        let row = AnsweredRow { digest: once.digest, at: now, status, location, version, body };
        answered::keep(tx, by, &once.key, &row, now - KEPT)?;
        // A request that leads to several operations is kept with the first that gives such a value.
        once.kept.store(true, Ordering::Release);
        Ok(())
    }
}
