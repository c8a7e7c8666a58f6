//! Text to words (词法分析). Full-width signs and figures count as their half-width ones.

use super::{
    Span,
    token::{Sign, Token, TokenKind},
};
use crate::diagnostic::{Code, Diagnostic};
use jiff::civil::Date;

/// Reads the words; what can't be read becomes a stray sign and a diagnostic.
pub(super) fn lex(text: &str) -> (Vec<Token>, Vec<Diagnostic>) {
    let chars: Vec<char> = text.chars().map(half_width).collect();
    let original: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { chars, original, at: 0, tokens: Vec::new(), diagnostics: Vec::new() };
    lexer.run();
    (lexer.tokens, lexer.diagnostics)
}

/// The half-width sign that a full-width one stands for.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '×' | '·' | '∗' => '*',
        '÷' | '∕' => '/',
        '−' | '–' => '-',
        '、' => ',',
        '【' => '[',
        '】' => ']',
        _ => c,
    }
}

/// May a name begin with it?
fn begins_word(c: char) -> bool {
    c.is_alphabetic() || c == '_' || matches!(c, '²' | '³' | '℃' | '°' | '㎡')
}

fn continues_word(c: char) -> bool {
    begins_word(c) || c.is_numeric()
}

struct Lexer {
    chars: Vec<char>,
    original: Vec<char>,
    at: usize,
    tokens: Vec<Token>,
    diagnostics: Vec<Diagnostic>,
}

impl Lexer {
    fn run(&mut self) {
        let mut spaced = false;
        while let Some(&c) = self.chars.get(self.at) {
            if c.is_whitespace() {
                (self.at, spaced) = (self.at + 1, true);
                continue;
            }
            let start = self.at;
            let kind = self.word(c);
            self.tokens.push(Token { kind, span: self.span(start), spaced });
            spaced = false;
        }
    }

    fn span(&self, start: usize) -> Span {
        Span::new(u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(self.at).unwrap_or(u32::MAX))
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn while_next(&mut self, mut belongs: impl FnMut(char) -> bool) -> String {
        let start = self.at;
        while self.peek(0).is_some_and(&mut belongs) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }

    /// The word that begins here; it takes at least one sign.
    fn word(&mut self, c: char) -> TokenKind {
        if c.is_ascii_digit() {
            return self.figures();
        }
        match c {
            '\'' | '‘' | '’' => return self.text(&['\'', '’']),
            '"' | '“' | '”' => return self.text(&['"', '”']),
            '「' => return self.quoted(),
            _ if begins_word(c) => {
                let word = self.while_next(continues_word);
                return TokenKind::of_word(word);
            }
            _ => {}
        }
        self.sign(c)
    }

    fn figures(&mut self) -> TokenKind {
        if let Some(kind) = self.day() {
            return kind;
        }
        let mut figures = self.while_next(|c| c.is_ascii_digit());
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            figures.push('.');
            figures += &self.while_next(|c| c.is_ascii_digit());
        }
        TokenKind::Figures(figures)
    }

    /// `2026-01-01`, `2026-01-01T09:00:00+08:00`, `2026年1月1日`.
    fn day(&mut self) -> Option<TokenKind> {
        let start = self.at;
        let year = self.while_next(|c| c.is_ascii_digit());
        let found = match self.peek(0) {
            Some('-') if year.len() == 4 => self.dashed_day(&year),
            Some('年') if year.len() == 4 => self.chinese_day(&year),
            _ => None,
        };
        if found.is_none() {
            self.at = start;
        }
        let (year, month, day) = found?;
        let text = format!("{year}-{month:0>2}-{day:0>2}");
        if text.parse::<Date>().is_err() {
            self.diagnostics.push(Diagnostic::new(Code::BadDate, self.span(start)).with("text", &text));
            return Some(TokenKind::Day(text));
        }
        Some(self.moment(&text).unwrap_or(TokenKind::Day(text)))
    }

    /// Exactly two figures for month and day: `2026-1-1` is a subtraction.
    fn dashed_day(&mut self, year: &str) -> Option<(String, String, String)> {
        self.at += 1;
        let month = self.while_next(|c| c.is_ascii_digit());
        if month.len() != 2 || self.peek(0) != Some('-') {
            return None;
        }
        self.at += 1;
        let day = self.while_next(|c| c.is_ascii_digit());
        (day.len() == 2).then(|| (year.to_owned(), month, day))
    }

    fn chinese_day(&mut self, year: &str) -> Option<(String, String, String)> {
        self.at += 1;
        let month = self.while_next(|c| c.is_ascii_digit());
        if !(1..=2).contains(&month.len()) || self.peek(0) != Some('月') {
            return None;
        }
        self.at += 1;
        let day = self.while_next(|c| c.is_ascii_digit());
        let ends = self.peek(0) == Some('日');
        self.at += usize::from(ends);
        ((1..=2).contains(&day.len()) && ends).then(|| (year.to_owned(), month, day))
    }

    /// The time of day after a day, if there is one.
    fn moment(&mut self, day: &str) -> Option<TokenKind> {
        if self.peek(0) != Some('T') || !self.peek(1).is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        let start = self.at;
        self.at += 1;
        let mut time = self.while_next(|c| c.is_ascii_digit() || c == ':');
        if self.peek(0) == Some('Z') {
            self.at += 1;
            time.push('Z');
        } else if matches!(self.peek(0), Some('+' | '-')) && self.peek(3) == Some(':') {
            let sign = self.peek(0).unwrap_or('+');
            self.at += 1;
            time.push(sign);
            time += &self.while_next(|c| c.is_ascii_digit() || c == ':');
        }
        let text = format!("{day}T{time}");
        if crate::values::instant(&text).is_none() {
            self.at = start;
            return None;
        }
        Some(TokenKind::Moment(text))
    }

    /// A text up to one of these marks.
    fn text(&mut self, ends: &[char]) -> TokenKind {
        let start = self.at;
        self.at += 1;
        let from = self.at;
        while self.peek(0).is_some_and(|c| !ends.contains(&c)) {
            self.at += 1;
        }
        // What stands within the marks is taken as it was written.
        let text: String = self.original[from..self.at].iter().collect();
        self.close(start);
        TokenKind::Text(text)
    }

    fn quoted(&mut self) -> TokenKind {
        let start = self.at;
        self.at += 1;
        let from = self.at;
        while self.peek(0).is_some_and(|c| c != '」') {
            self.at += 1;
        }
        let name: String = self.original[from..self.at].iter().collect();
        self.close(start);
        TokenKind::Quoted(name.trim().to_owned())
    }

    /// Takes the closing mark, or says that there is none.
    fn close(&mut self, start: usize) {
        if self.at < self.chars.len() {
            self.at += 1;
        } else {
            self.diagnostics.push(Diagnostic::new(Code::UnclosedQuote, self.span(start)));
        }
    }

    fn sign(&mut self, c: char) -> TokenKind {
        let two = match (c, self.peek(1)) {
            ('=', Some('=')) => Some(Sign::Equal),
            ('!', Some('=')) | ('<', Some('>')) => Some(Sign::Unequal),
            ('<', Some('=')) => Some(Sign::AtMost),
            ('>', Some('=')) => Some(Sign::AtLeast),
            _ => None,
        };
        if let Some(sign) = two {
            self.at += 2;
            return TokenKind::Sign(sign);
        }
        self.at += 1;
        let sign = match c {
            '+' => Sign::Plus,
            '-' => Sign::Minus,
            '*' => Sign::Times,
            '/' => Sign::Over,
            '%' => Sign::Percent,
            '‰' => Sign::Permille,
            '=' => Sign::Equal,
            '≠' => Sign::Unequal,
            '<' => Sign::Less,
            '≤' | '≦' => Sign::AtMost,
            '>' => Sign::Greater,
            '≥' | '≧' => Sign::AtLeast,
            '(' => Sign::Open,
            ')' => Sign::Close,
            '[' => Sign::OpenList,
            ']' => Sign::CloseList,
            ',' => Sign::Comma,
            '.' => Sign::Dot,
            _ => {
                let shown = self.original[self.at - 1];
                let place = self.span(self.at - 1);
                self.diagnostics.push(Diagnostic::new(Code::UnexpectedSign, place).with("sign", shown));
                return TokenKind::Stray(shown);
            }
        };
        TokenKind::Sign(sign)
    }
}
