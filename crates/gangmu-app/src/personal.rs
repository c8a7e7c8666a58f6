//! Personal data (个人信息, D17): minimal, masked by default, shown for a purpose, erased in the end.
//!
//! Names, telephone and identity numbers of others are masked wherever they are listed. Whoever may, sees those of one
//! person at a time ([`reveal()`]) and says why; the journal keeps that as a reading, and the person sees it
//! ([`mine()`]). What nobody needs any longer goes by itself ([`retention`]); a person is erased by two people
//! ([`erase`]).

pub mod erase;
pub mod mine;
pub mod numbers;
mod refusal;
pub mod retention;
pub mod reveal;

pub use mine::{Look, Mine, mine, save_mine};
pub use refusal::PersonalRefusal;
pub use reveal::{Masked, Purpose, Revealed, masked, reveal};

use gangmu_kernel::masking;

/// An address for e-mail as it is shown: its first letter and its house.
pub fn masked_email(text: &str) -> String {
    match text.split_once('@') {
        Some((name, house)) => {
            let first: String = name.chars().take(1).collect();
            format!("{first}***@{house}")
        }
        None => masking::text(text),
    }
}
