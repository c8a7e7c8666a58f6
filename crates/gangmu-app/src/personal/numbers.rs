//! Numbers and addresses of people (号码与地址): what can be one, in the form in which it is kept.

/// A telephone number: a mobile of eleven digits, or a landline with area code; without signs between.
pub fn phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '(' | ')' | '（' | '）')).collect();
    let digits = digits.strip_prefix("+86").unwrap_or(&digits).to_owned();
    let plain = digits.chars().all(|c| c.is_ascii_digit());
    let mobile = digits.len() == 11 && digits.starts_with('1') && !digits.starts_with("10");
    let landline = digits.starts_with('0') && (10..=12).contains(&digits.len());
    let local = (7..=8).contains(&digits.len()) && !digits.starts_with('0') && !digits.starts_with('1');
    (plain && (mobile || landline || local)).then_some(digits)
}

/// An address for e-mail, its house in small letters.
pub fn email(text: &str) -> Option<String> {
    let (name, house) = text.split_once('@')?;
    let in_name = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let dots = !name.starts_with('.') && !name.ends_with('.') && !name.contains("..");
    let sound = (1..=64).contains(&name.len()) && name.chars().all(in_name) && dots;
    let house_sound = house.len() <= 190 && house.contains('.') && house.split('.').all(label);
    (sound && house_sound).then(|| format!("{name}@{}", house.to_lowercase()))
}

/// A number of an identity card of eighteen signs whose check sign is right (GB 11643).
pub fn id_number(text: &str) -> Option<String> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let text = text.to_uppercase();
    let signs = text.as_bytes();
    if signs.len() != 18 || !signs[..17].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum: u32 = signs.iter().zip(WEIGHTS).map(|(sign, weight)| u32::from(sign - b'0') * weight).sum();
    let right = CHECKS[usize::try_from(sum % 11).unwrap_or(0)] == signs[17];
    let born = format!("{}-{}-{}", &text[6..10], &text[10..12], &text[12..14]);
    (right && born.parse::<jiff::civil::Date>().is_ok()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_without_the_signs_between() {
        assert_eq!(phone("138-0000-8000").as_deref(), Some("13800008000"));
        assert_eq!(phone("+8613800008000").as_deref(), Some("13800008000"));
        assert_eq!(phone("(020)86880000").as_deref(), Some("02086880000"));
        assert_eq!(phone("86880000").as_deref(), Some("86880000"));
        for bad in ["1380000800", "138000080001", "abc", "10000000000", "", "１３８"] {
            assert_eq!(phone(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_address_for_mail_has_a_name_and_a_house() {
        assert_eq!(email("Lin.Gui+x@Example.GOV.cn").as_deref(), Some("Lin.Gui+x@example.gov.cn"));
        for bad in ["a@b", "@b.cn", "a b@c.cn", "a@-b.cn", "a..b@c.cn", "a@b.cn@c.cn", "某@例.cn", ".a@b.cn"] {
            assert_eq!(email(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_identity_number_proves_itself() {
        // Made up after the rule; 990101 is no district.
        assert_eq!(id_number("99010119900307001X"), None, "a wrong check sign");
        let right = (0..=10).map(|n| format!("99010119900307001{}", b"0123456789X"[n] as char));
        assert_eq!(right.filter_map(|number| id_number(&number)).count(), 1, "one of the eleven is right");
        for bad in ["110101199003070", "990101199013070013", "99010119900307001", ""] {
            assert_eq!(id_number(bad), None, "{bad}");
        }
    }
}
