//! What the sheets of a roster hold (名册栏目), and the words by which files name it.

use crate::{access::Role, packs::KINDS};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The two sorts of sheets (名册工作表).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Organisations (组织).
    Organisations,
    /// People (人员).
    People,
}

impl Sort {
    /// Both, in the order in which they are applied.
    pub const ALL: [Self; 2] = [Self::Organisations, Self::People];

    /// The word in keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Organisations => "organisations",
            Self::People => "people",
        }
    }

    /// The columns of such a sheet, in the order of the template.
    pub fn columns(self) -> &'static [Column] {
        use Column as C;
        match self {
            Self::Organisations => {
                &[C::Code, C::Label, C::Short, C::Kind, C::Parent, C::Area, C::Aliases, C::From, C::Until]
            }
            Self::People => &[C::Login, C::Name, C::Organisation, C::Post, C::Phone, C::Email, C::IdNumber, C::Roles],
        }
    }
}

/// A column of a roster (栏目).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Code of an organisation.
    Code,
    /// Its full name.
    Label,
    /// Its short name.
    Short,
    /// Its kind.
    Kind,
    /// Code or name of the organisation above.
    Parent,
    /// Code or name of its area.
    Area,
    /// Further spellings.
    Aliases,
    /// First day.
    From,
    /// Last day.
    Until,
    /// What a person types to log in.
    Login,
    /// The person's name.
    Name,
    /// Code or name of the person's organisation.
    Organisation,
    /// The person's post.
    Post,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
    /// Number of the identity card.
    IdNumber,
    /// Roles that are asked for.
    Roles,
}

impl Column {
    /// The word in keys: `roster-column-<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Label => "label",
            Self::Short => "short",
            Self::Kind => "kind",
            Self::Parent => "parent",
            Self::Area => "area",
            Self::Aliases => "aliases",
            Self::From => "from",
            Self::Until => "until",
            Self::Login => "login",
            Self::Name => "name",
            Self::Organisation => "organisation",
            Self::Post => "post",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::IdNumber => "id-number",
            Self::Roles => "roles",
        }
    }

    /// Must every row fill it?
    pub fn required(self) -> bool {
        matches!(self, Self::Code | Self::Label | Self::Kind | Self::Login | Self::Name | Self::Organisation)
    }

    /// Is what stands in it shown masked to whoever only looks through?
    pub fn personal(self) -> bool {
        matches!(self, Self::Name | Self::Phone | Self::Email | Self::IdNumber)
    }
}

/// The words by which files name columns, kinds and roles, in every language of the house (名册用语).
#[derive(Debug, Clone)]
pub struct Vocabulary {
    columns: Vec<(Column, Vec<String>)>,
    kinds: Vec<(&'static str, Vec<String>)>,
    roles: Vec<(Role, Vec<String>)>,
}

impl Vocabulary {
    /// The words that `said` finds for the keys `roster-column-…`, `organisation-kind-…`, `role-…`.
    pub fn new(said: &dyn Fn(&str) -> Vec<String>) -> Self {
        let words = |key: String, also: &str| {
            let all = said(&key).into_iter().chain([also.to_owned()]);
            all.map(|word| folded(&word)).collect::<Vec<_>>()
        };
        let columns = Sort::ALL.into_iter().flat_map(Sort::columns);
        Self {
            columns: columns.map(|c| (*c, words(format!("roster-column-{}", c.word()), c.word()))).collect(),
            kinds: KINDS.iter().map(|kind| (*kind, words(format!("organisation-kind-{kind}"), kind))).collect(),
            roles: Role::ALL.into_iter().skip(1).map(|r| (r, words(format!("role-{r}"), r.word()))).collect(),
        }
    }

    /// The column of a sheet of that sort that has this head.
    pub(super) fn column(&self, sort: Sort, head: &str) -> Option<Column> {
        let head = folded(head);
        let named = |column: &Column| self.columns.iter().any(|(c, words)| c == column && words.contains(&head));
        sort.columns().iter().copied().find(named)
    }

    /// The word of a kind, or what was written.
    pub(super) fn kind(&self, written: &str) -> String {
        let found = self.kinds.iter().find(|(_, words)| words.contains(&folded(written)));
        found.map_or_else(|| written.to_owned(), |(kind, _)| (*kind).to_owned())
    }

    /// The words of the roles in a cell, with commas between; what names none stays as it was written.
    pub(super) fn roles(&self, written: &str) -> String {
        let parts =
            written.split(['、', '，', ',', ';', '；', '/', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let word = |part: &str| {
            let found = self.roles.iter().find(|(_, words)| words.contains(&folded(part)));
            found.map_or_else(|| part.to_owned(), |(role, _)| role.word().to_owned())
        };
        parts.map(word).collect::<Vec<_>>().join(",")
    }
}

/// A word without what people put around it: blanks, stars, brackets with remarks, capitals, full width.
fn folded(word: &str) -> String {
    let plain: String = word.nfkc().filter(|c| !c.is_whitespace() && *c != '*').collect();
    let end = plain.find('(').unwrap_or(plain.len());
    plain[..end].to_lowercase()
}
