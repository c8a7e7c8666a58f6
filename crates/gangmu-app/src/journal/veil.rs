//! What of the journal is masked until somebody asks for it with a purpose (日志脱敏): names of persons wherever they
//! stand, and what a salted entry says of a person.

use super::differences::Difference;
use crate::session::NOBODY;
use gangmu_kernel::{ids::AccountId, masking};

/// The name of who acted; the machine's own console has no name to hide.
pub fn actor(account: AccountId, name: &str) -> String {
    if account == NOBODY { name.to_owned() } else { masking::name(name) }
}

/// Masks what a difference says of a person: names of who did something always, the rest where the entry is salted.
pub fn difference(difference: &mut Difference, salted: bool) {
    let field = difference.field.rsplit('.').next().unwrap_or_default();
    let mask: fn(&str) -> String = match field {
        "account_name" | "approver_name" | "remover_name" | "decider_name" => masking::name,
        _ if !salted => return,
        "name" => masking::name,
        "phone" | "mobile" | "telephone" => masking::phone,
        "identity_number" | "id_number" => masking::identity_number,
        "address" => masking::address,
        "email" | "mail" => |text| {
            let (name, host) = text.split_once('@').unwrap_or((text, ""));
            let first: String = name.chars().take(1).collect();
            format!("{first}***@{host}")
        },
        "note" | "remark" | "reason" => masking::text,
        _ => return,
    };
    let values = difference.before.iter_mut().chain(&mut difference.after);
    values.for_each(|value| *value = mask(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_who_did_something_are_masked_whatever_the_salt() {
        let masked = |field: &str, salted| {
            let after = vec!["林知行".to_owned()];
            let mut one = Difference { item: None, field: field.to_owned(), before: Vec::new(), after };
            difference(&mut one, salted);
            one.after[0] != "林知行"
        };
        for field in ["account_name", "approver_name", "remover_name", "decider_name"] {
            assert!(masked(field, false) && masked(field, true), "{field}");
        }
        assert!(masked("name", true) && !masked("name", false), "a file has a name too");
    }
}
