//! Names of files (文件名): what a person may call a file, so that it leads nowhere and shows what it is.

use super::AttachmentRefusal;

/// Characters of a name.
const LENGTH: usize = 100;

/// The name without blanks around it, or the reason why it is none.
pub(super) fn checked(name: &str) -> Result<String, AttachmentRefusal> {
    let name = name.trim();
    let shown = || name.chars().filter(|c| !is_hidden(*c)).take(40).collect::<String>();
    if name.is_empty() {
        Err(AttachmentRefusal::NameEmpty {})
    } else if name.chars().any(is_hidden) {
        Err(AttachmentRefusal::NameHidden { name: shown() })
    } else if name.contains(['/', '\\']) || name.starts_with('.') {
        Err(AttachmentRefusal::NamePath { name: shown() })
    } else if name.chars().count() > LENGTH {
        Err(AttachmentRefusal::NameLong { name: shown(), limit: LENGTH })
    } else {
        Ok(name.to_owned())
    }
}

/// A name that the program itself takes over from an import: what is not allowed is left out.
pub(super) fn tamed(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !is_hidden(*c)).collect();
    let plain = plain.trim().trim_start_matches('.');
    match plain.rsplit_once('.') {
        _ if plain.is_empty() => "file".to_owned(),
        Some((stem, ending)) if plain.chars().count() > LENGTH && ending.chars().count() < 10 => {
            let kept: String = stem.chars().take(LENGTH - 10).collect();
            format!("{kept}.{ending}")
        }
        _ => plain.chars().take(LENGTH).collect(),
    }
}

/// Controls, and what turns the direction of writing or has no width: with them a name shows something else than it is.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use gangmu_kernel::refusal::Refusal;

    #[test]
    fn a_name_shows_what_it_is_and_leads_nowhere() {
        assert_eq!(checked(" 批复（2024）3号.pdf ").as_deref(), Ok("批复（2024）3号.pdf"));
        let code = |name: &str| checked(name).map_err(|why| why.code());
        assert_eq!(code("../../etc/passwd"), Err("attachments.name.path"));
        assert_eq!(code("C:\\桌面\\a.txt"), Err("attachments.name.path"));
        assert_eq!(code(".htaccess"), Err("attachments.name.path"));
        assert_eq!(code("a\u{7}.txt"), Err("attachments.name.hidden"));
        assert_eq!(code("图\u{202e}fdp.exe"), Err("attachments.name.hidden"));
        assert_eq!(code(" \t "), Err("attachments.name.empty"));
        assert_eq!(code(&format!("{}.txt", "长".repeat(100))), Err("attachments.name.long"));
    }

    #[test]
    fn an_imported_name_is_tamed_into_one() {
        assert_eq!(tamed("C:\\桌面\\纲要.docx"), "纲要.docx");
        assert_eq!(tamed("..\u{202e}"), "file");
        let long = tamed(&format!("{}.docx", "长".repeat(300)));
        assert!(long.ends_with(".docx") && checked(&long).is_ok(), "{long}");
    }
}
