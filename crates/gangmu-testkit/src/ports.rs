//! A clock moved by hand, seeded randomness, a reader in the same process.

use gangmu_app::ports::{CheckpointFile, Clock, DocumentReader, Examining, Random, Reading};
use jiff::{SignedDuration, Timestamp};
use std::sync::Mutex;

/// A clock that moves only when told (手动时钟).
pub struct HandClock(Mutex<Timestamp>);

impl HandClock {
    /// A clock that stands at that instant.
    pub fn at(instant: &str) -> Self {
        Self(Mutex::new(instant.parse().expect("a test names an instant")))
    }

    /// Moves it.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.0.lock().expect("no test panics with the clock in its hand");
        *now += by;
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("no test panics with the clock in its hand")
    }
}

/// Randomness that is the same in every run (定种随机): fit for tests only.
pub struct Seeded(Mutex<u64>);

impl Seeded {
    /// Randomness from that seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().expect("no test panics with the dice in its hand");
        for byte in bytes {
            // SplitMix64, one byte of each number.
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (z >> 56) as u8;
        }
    }
}

/// A file of checkpoints that is held in memory (内存检查点文件); clones share it.
#[derive(Clone, Default)]
pub struct Kept(std::sync::Arc<Mutex<String>>);

impl Kept {
    /// Puts another text in its place, as somebody does who owns the medium.
    pub fn replace(&self, text: &str) {
        *self.0.lock().expect("no test panics with the file in its hand") = text.to_owned();
    }
}

impl CheckpointFile for Kept {
    fn read(&self) -> std::io::Result<String> {
        Ok(self.0.lock().expect("no test panics with the file in its hand").clone())
    }

    fn append(&self, lines: &str) -> std::io::Result<()> {
        self.0.lock().expect("no test panics with the file in its hand").push_str(lines);
        Ok(())
    }
}

/// Reads documents in the same process: what tests trust, they need not lock up.
pub struct InProcess;

impl DocumentReader for InProcess {
    fn read<'a>(&'a self, bytes: Vec<u8>, name: &'a str) -> Reading<'a> {
        Box::pin(async move { gangmu_documents::read(&bytes, name, &gangmu_documents::Limits::default()) })
    }

    fn examine<'a>(&'a self, bytes: Vec<u8>, name: &'a str, declared: &'a str) -> Examining<'a> {
        let limits = gangmu_documents::Limits::default();
        Box::pin(async move { gangmu_documents::media::examine(&bytes, name, declared, &limits) })
    }
}
