//! Masking of personal data (脱敏, D17): 张*, 138****8000. Every function takes any text and gives some text.

/// Family names of two characters (复姓); other names are cut after the first character.
const DOUBLE_SURNAMES: [&str; 24] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "宇文", "长孙",
    "轩辕", "端木", "南宫", "百里", "独孤", "呼延", "拓跋", "东郭", "西门", "闻人",
];

/// A person's name (姓名): 张三 → 张*, 欧阳明日 → 欧阳*; a foreign or minority name keeps its first character.
///
/// A deputy and the person for whom the deputy acted are masked each: 张三 代 李四 → 张* 代 李*.
pub fn name(text: &str) -> String {
    if let Some((deputy, holder)) = text.split_once(crate::actor::FOR) {
        return format!("{}{}{}", name(deputy), crate::actor::FOR, name(holder));
    }
    let text = text.trim();
    let kept = DOUBLE_SURNAMES.iter().find(|s| text.starts_with(**s) && text.chars().count() > 2).map_or(1, |_| 2);
    let mut masked: String = text.chars().take(kept).collect();
    if !masked.is_empty() {
        masked.push('*');
    }
    masked
}

/// A telephone number (电话): 13800008000 → 138****8000; a landline keeps its area code and last two digits.
///
/// What has too few digits to keep any is all stars.
pub fn phone(text: &str) -> String {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    match (digits, text.chars().find(char::is_ascii_digit)) {
        (11, Some('1')) => stars_between(text, 3, 4),
        // With country code: +86 138 0000 8000.
        (12..=14, Some('1'..='9')) => stars_between(text, digits - 8, 4),
        (10.., _) => stars_between(text, 4, 2),
        (7..=9, _) => stars_between(text, 0, 2),
        _ => stars_between(text, 0, 0),
    }
}

/// An identity number (身份证号): the first six and the last four stay; what is shorter than 15 is all stars.
pub fn identity_number(text: &str) -> String {
    let text = text.trim();
    if text.chars().filter(|c| c.is_ascii_alphanumeric()).count() < 15 {
        return stars_between(text, 0, 0);
    }
    stars_between(text, 6, 4)
}

/// An address (地址): up to the road or village it stays, the rest is stars: 某街道建设路*.
pub fn address(text: &str) -> String {
    let chars: Vec<char> = text.trim().chars().collect();
    let public = |c: char| "省市区县镇乡街道路巷村社".contains(c);
    // From the first house number on everything is private, whatever words follow.
    let number = chars.iter().position(|c| c.is_numeric() || c.is_ascii_alphabetic()).unwrap_or(chars.len());
    let kept = chars[..number].iter().rposition(|&c| public(c)).map_or(0, |at| at + 1);
    let mut masked: String = chars[..kept].iter().collect();
    if kept < chars.len() {
        masked.push('*');
    }
    masked
}

/// A free text (自由文本): telephone and identity numbers in it are masked, all else stays.
pub fn text(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = chars[at..].iter().position(|c| !c.is_ascii_digit()).map_or(chars.len(), |n| at + n);
        if end == at {
            masked.push(chars[at]);
            at += 1;
            continue;
        }
        let check_letter = end - at == 17 && chars.get(end).is_some_and(|c| matches!(c, 'x' | 'X'));
        let end = end + usize::from(check_letter);
        let run: String = chars[at..end].iter().collect();
        masked.push_str(&match end - at {
            11 if chars[at] == '1' => phone(&run),
            15 | 18 => identity_number(&run),
            // Longer runs may hold a number of a bank card or of a person written without a break.
            13.. => stars_between(&run, 0, 4),
            _ => run,
        });
        at = end;
    }
    masked
}

/// Keeps the first and the last letters and digits, puts a star for each between; other signs stay.
fn stars_between(text: &str, first: usize, last: usize) -> String {
    let total = text.chars().filter(|c| c.is_alphanumeric()).count();
    let mut seen = 0;
    text.chars()
        .map(|c| {
            if !c.is_alphanumeric() {
                return c;
            }
            seen += 1;
            if seen <= first || seen + last > total { c } else { '*' }
        })
        .collect()
}

#[cfg(test)]
mod tests;
