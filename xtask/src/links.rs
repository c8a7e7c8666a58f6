//! Links in the documents: every relative one leads to a file, every anchor to a heading.

use crate::shell::{Outcome, files, root};
use std::path::Path;

/// Checks every Markdown file of the project.
pub fn check() -> Outcome {
    let wrong: Vec<String> = files(&root(), ".md").iter().flat_map(|file| broken(file)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(format!("links that lead nowhere:\n{}", wrong.join("\n"))) }
}

fn broken(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let folder = file.parent().unwrap_or(Path::new("."));
    links(&text)
        .into_iter()
        .filter(|link| !link.contains("://") && !link.starts_with("mailto:"))
        .filter(|link| {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let to = if path.is_empty() { file.to_path_buf() } else { folder.join(path) };
            !to.exists() || !anchor.is_empty() && !has_heading(&to, anchor)
        })
        .map(|link| format!("{}: {link}", file.strip_prefix(root()).unwrap_or(file).display()))
        .collect()
}

/// The targets of `[words](target)` outside fenced code.
fn links(text: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        let mut rest = if fenced { "" } else { line };
        while let Some(at) = rest.find("](") {
            rest = &rest[at + 2..];
            let Some(end) = rest.find(')') else { break };
            found.push(rest[..end].split_whitespace().next().unwrap_or_default());
            rest = &rest[end..];
        }
    }
    found
}

fn has_heading(file: &Path, anchor: &str) -> bool {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().filter(|line| line.starts_with('#')).any(|line| slug(line.trim_start_matches('#')) == anchor)
}

/// The anchor of a heading, as the usual renderers make it.
fn slug(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_outside_fences_only() {
        assert_eq!(links("see [a](b.md) and [c](d.md#e \"title\")\n```\n[x](y)\n```"), ["b.md", "d.md#e"]);
    }

    #[test]
    fn anchors_are_made_as_renderers_make_them() {
        assert_eq!(slug(" Two commands, please"), "two-commands-please");
    }

    #[test]
    fn every_link_of_the_project_leads_somewhere() {
        check().unwrap();
    }
}
