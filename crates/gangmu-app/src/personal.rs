//! Personal data (个人信息, D17): minimal, masked by default, shown for a purpose, erased in the end.

pub mod numbers;

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
