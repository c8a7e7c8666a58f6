//! The words of a formula (词法单元).

use super::Span;

/// A word of the formula and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
    /// Does a blank stand before it?
    pub spaced: bool,
}

/// What a word of the formula is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// Figures, half width: `12`, `1682.15`.
    Figures(String),
    /// A day: `2026-01-01` or `2026年1月1日`, in canonical form.
    Day(String),
    /// A moment: `2026-01-01T09:00` with or without an offset, in canonical form.
    Moment(String),
    /// A text in quotation marks.
    Text(String),
    /// A name or a unit.
    Word(String),
    /// A name in 「」, which may hold anything.
    Quoted(String),
    /// A word of the language.
    Keyword(Keyword),
    /// A sign.
    Sign(Sign),
    /// A sign that means nothing.
    Stray(char),
}

/// A word of the language (关键词).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    /// `or` 或
    Or,
    /// `and` 且
    And,
    /// `not` 非
    Not,
    /// `in` 属于
    In,
    /// `if` 如果
    If,
    /// `then` 那么
    Then,
    /// `else` 否则
    Else,
    /// `where` 其中
    Where,
    /// `yes` 是
    Yes,
    /// `no` 否
    No,
}

/// A sign (符号).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `%`
    Percent,
    /// `‰`
    Permille,
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    OpenList,
    /// `]`
    CloseList,
    /// `,`
    Comma,
    /// `.`
    Dot,
}

/// The words of the language with their Chinese companions; a word stands alone, between blanks or signs.
const KEYWORDS: [(&str, Keyword); 27] = [
    ("or", Keyword::Or),
    ("或", Keyword::Or),
    ("或者", Keyword::Or),
    ("and", Keyword::And),
    ("且", Keyword::And),
    ("并且", Keyword::And),
    ("not", Keyword::Not),
    ("非", Keyword::Not),
    ("in", Keyword::In),
    ("属于", Keyword::In),
    ("if", Keyword::If),
    ("如果", Keyword::If),
    ("若", Keyword::If),
    ("then", Keyword::Then),
    ("那么", Keyword::Then),
    ("则", Keyword::Then),
    ("else", Keyword::Else),
    ("否则", Keyword::Else),
    ("where", Keyword::Where),
    ("其中", Keyword::Where),
    ("yes", Keyword::Yes),
    ("true", Keyword::Yes),
    ("是", Keyword::Yes),
    ("no", Keyword::No),
    ("false", Keyword::No),
    ("否", Keyword::No),
    ("并", Keyword::And),
];

/// Words that stand for signs (运算用语).
const SPOKEN_SIGNS: [(&str, Sign); 20] = [
    ("加", Sign::Plus),
    ("减", Sign::Minus),
    ("乘", Sign::Times),
    ("乘以", Sign::Times),
    ("除以", Sign::Over),
    ("等于", Sign::Equal),
    ("不等于", Sign::Unequal),
    ("小于", Sign::Less),
    ("低于", Sign::Less),
    ("少于", Sign::Less),
    ("不大于", Sign::AtMost),
    ("不高于", Sign::AtMost),
    ("不超过", Sign::AtMost),
    ("小于等于", Sign::AtMost),
    ("大于", Sign::Greater),
    ("高于", Sign::Greater),
    ("超过", Sign::Greater),
    ("不小于", Sign::AtLeast),
    ("不低于", Sign::AtLeast),
    ("大于等于", Sign::AtLeast),
];

impl TokenKind {
    /// What a word means that stands alone.
    pub(super) fn of_word(word: String) -> Self {
        if let Some((_, keyword)) = KEYWORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&word)) {
            return Self::Keyword(*keyword);
        }
        match SPOKEN_SIGNS.iter().find(|(known, _)| *known == word) {
            Some((_, sign)) => Self::Sign(*sign),
            None => Self::Word(word),
        }
    }

    /// Would the word alone be a word of the language, so that as a name it needs 「」?
    pub(super) fn is_taken(word: &str) -> bool {
        !matches!(Self::of_word(word.to_owned()), Self::Word(_))
    }
}

impl Keyword {
    /// All of them in English, for completion.
    pub const WORDS: [(Self, &'static str); 10] = [
        (Self::If, "if"),
        (Self::Then, "then"),
        (Self::Else, "else"),
        (Self::And, "and"),
        (Self::Or, "or"),
        (Self::Not, "not"),
        (Self::In, "in"),
        (Self::Where, "where"),
        (Self::Yes, "yes"),
        (Self::No, "no"),
    ];
}
