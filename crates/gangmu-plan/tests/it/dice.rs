//! Chance with a seed, and how often it is thrown.

/// A small generator with a seed, so that every run sees the same texts.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// How often a loop runs: forty times as often where the long tests are asked for.
pub fn rounds(usual: usize) -> usize {
    if std::env::var_os("GANGMU_TEST_FULL").is_some() { usual * 40 } else { usual }
}
