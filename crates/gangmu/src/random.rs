//! Randomness from the operating system (随机源).

use gangmu_app::ports::Random;

/// The generator of the operating system.
#[derive(Debug, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "this is the randomness that is injected")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("an operating system without randomness can't run a server with secrets");
    }
}
