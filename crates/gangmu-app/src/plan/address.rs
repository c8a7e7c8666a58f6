//! Addresses of pages (地址): `/plans/145/12.3.一?edition=2&p=1&s=2`.

use std::fmt::Write as _;

/// Addresses within one edition of a plan; the edition is named unless the plan's own address shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    key: String,
    edition: Option<i64>,
}

impl Address {
    /// Addresses of that plan; `edition` where it must be named.
    pub fn new(key: &str, edition: Option<i64>) -> Self {
        Self { key: segment(key), edition }
    }

    /// `/plans/145`.
    pub fn plan(&self) -> String {
        self.with(format!("/plans/{}", self.key), &[])
    }

    /// The page of a clause in the reader.
    pub fn clause(&self, path: &str) -> String {
        self.with(format!("/plans/{}/{}", self.key, segment(path)), &[])
    }

    /// A paragraph or sentence in the reader.
    pub fn sentence(&self, path: &str, place: Option<(u32, u32)>) -> String {
        let base = format!("/plans/{}/{}", self.key, segment(path));
        match place {
            Some((paragraph, sentence)) => {
                self.with(base, &[("p", paragraph.to_string()), ("s", sentence.to_string())])
            }
            None => self.with(base, &[]),
        }
    }

    /// The print view of a clause's page.
    pub fn print(&self, path: &str) -> String {
        self.with(format!("/plans/{}/{}", self.key, segment(path)), &[("print", "1".to_owned())])
    }

    /// The register, with parameters.
    pub fn register(&self, parameters: &[(&str, String)]) -> String {
        self.with(format!("/plans/{}/register", self.key), parameters)
    }

    /// The register as a file, with the same parameters.
    pub fn register_file(&self, parameters: &[(&str, String)]) -> String {
        self.with(format!("/plans/{}/register.xlsx", self.key), parameters)
    }

    /// The review desk at its first clause.
    pub fn desk(&self) -> String {
        self.with(format!("/plans/{}/review", self.key), &[])
    }

    /// The review desk at a clause, with a commitment open.
    pub fn review(&self, path: &str, commitment: Option<u32>) -> String {
        let parameters: Vec<_> = commitment.map(|c| ("c", c.to_string())).into_iter().collect();
        self.with(format!("/plans/{}/review/{}", self.key, segment(path)), &parameters)
    }

    /// The preview of a bulk acceptance.
    pub fn bulk(&self, path: &str, scope: &str) -> String {
        let parameters = [("path", path.to_owned()), ("scope", scope.to_owned())];
        self.with(format!("/plans/{}/review/bulk", self.key), &parameters)
    }

    /// What would be assigned in the chapter of a clause.
    pub fn assign(&self, path: &str) -> String {
        self.with(format!("/plans/{}/review/owners", self.key), &[("path", path.to_owned())])
    }

    /// The page of the edition's life.
    pub fn edition(&self) -> String {
        self.with(format!("/plans/{}/edition", self.key), &[])
    }

    /// What joining the edition's files gave.
    pub fn joined(&self, parameters: &[(&str, String)]) -> String {
        self.with(format!("/plans/{}/joined", self.key), parameters)
    }

    /// The public page of the plan, or of one of its chapters.
    pub fn public(&self, chapter: Option<&str>) -> String {
        match chapter {
            Some(path) => format!("/public/{}/{}", self.key, segment(path)),
            None => format!("/public/{}", self.key),
        }
    }

    fn with(&self, base: String, parameters: &[(&str, String)]) -> String {
        let edition = self.edition.map(|number| ("edition", number.to_string()));
        let mut out = base;
        for (index, (name, value)) in edition.iter().chain(parameters).enumerate() {
            let joint = if index == 0 { '?' } else { '&' };
            // Writing to a String cannot fail.
            let _ = write!(out, "{joint}{name}={}", segment(value));
        }
        out
    }
}

/// A segment or value with everything encoded that would end it; the plan's own characters stay readable.
pub(crate) fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '%' | '#' | '?' | '/' | '&' | '+' | ' ' | '"' | '\'' | '<' | '>' | '\\' | '=' => {
                let _ = write!(out, "%{:02X}", u32::from(character));
            }
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_the_edition_only_where_it_must() {
        let plain = Address::new("145", None);
        assert_eq!(plain.sentence("12.3.一", Some((1, 2))), "/plans/145/12.3.一?p=1&s=2");
        assert_eq!(plain.clause("1#2"), "/plans/145/1%232");
        let named = Address::new("145", Some(2));
        assert_eq!(named.review("5.2.二", Some(7)), "/plans/145/review/5.2.二?edition=2&c=7");
        assert_eq!(
            named.register(&[("lead", "水务局 二科".into())]),
            "/plans/145/register?edition=2&lead=水务局%20二科"
        );
        assert_eq!(named.public(None), "/public/145");
    }
}
