//! What may stand at a place of a formula (补全): names, functions, units and words, for the editor.

use crate::{
    check::Names,
    functions::Function,
    syntax::{Keyword, Sign, Token, TokenKind, tokens},
    types::{Type, Units},
};

/// Proposals that are given at most.
const MOST: usize = 50;

/// Units that planning texts use most, proposed behind figures.
const UNITS: [&str; 16] = [
    "万元",
    "亿元",
    "元",
    "%",
    "百分点",
    "人",
    "万人",
    "户",
    "个",
    "公顷",
    "亩",
    "平方公里",
    "日",
    "工作日",
    "月",
    "年",
];

/// Something that may stand there (补全项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What is put in, in place of what was begun.
    pub insert: String,
    /// What it is.
    pub kind: CandidateKind,
    /// Its type, for names.
    pub detail: String,
    /// Where what was begun starts, in code points.
    pub start: u32,
}

/// What a proposal is (补全项类别).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CandidateKind {
    /// A code of a choice.
    Code,
    /// A field of a record.
    Field,
    /// A name.
    Name,
    /// A unit.
    Unit,
    /// A function.
    Function,
    /// A word of the language or an operator.
    Word,
}

/// What may stand at that place, best first (补全). `at` counts code points; what stands behind it is not looked at.
pub fn complete(text: &str, at: u32, names: &Names) -> Vec<Candidate> {
    let before: String = text.chars().take(at as usize).collect();
    let mut words = tokens(&before);
    let begun = match words.last() {
        Some(Token { kind: TokenKind::Word(word), span, .. }) if span.end == at => Some((word.clone(), span.start)),
        Some(Token { kind: TokenKind::Keyword(_), span, .. }) if span.end == at => {
            let word = before.chars().skip(span.start as usize).collect();
            Some((word, span.start))
        }
        _ => None,
    };
    if begun.is_some() {
        words.pop();
    }
    let (prefix, start) = begun.unwrap_or((String::new(), at));
    let mut found = match words.last().map(|token| &token.kind) {
        Some(TokenKind::Sign(Sign::Dot)) => fields(&words, names, start),
        Some(TokenKind::Figures(_)) => units(start).chain(operators(start)).collect(),
        Some(kind) if ends_operand(kind) => operators(start).collect(),
        _ => codes(&words, names, start).into_iter().chain(operands(names, start)).collect::<Vec<_>>(),
    };
    let prefix = prefix.to_lowercase();
    found.retain(|candidate| candidate.insert.to_lowercase().contains(&prefix));
    // What begins with it stands before what holds it somewhere.
    found.sort_by_key(|candidate| (!candidate.insert.to_lowercase().starts_with(&prefix), candidate.kind));
    found.truncate(MOST);
    found
}

/// Is an operand complete with it, so that an operator follows?
fn ends_operand(kind: &TokenKind) -> bool {
    match kind {
        TokenKind::Figures(_)
        | TokenKind::Day(_)
        | TokenKind::Moment(_)
        | TokenKind::Text(_)
        | TokenKind::Word(_)
        | TokenKind::Quoted(_)
        | TokenKind::Keyword(Keyword::Yes | Keyword::No) => true,
        TokenKind::Sign(sign) => matches!(sign, Sign::Close | Sign::CloseList | Sign::Percent | Sign::Permille),
        TokenKind::Keyword(_) | TokenKind::Stray(_) => false,
    }
}

fn candidate(insert: impl Into<String>, kind: CandidateKind, detail: impl Into<String>, start: u32) -> Candidate {
    Candidate { insert: insert.into(), kind, detail: detail.into(), start }
}

fn operands(names: &Names, start: u32) -> impl Iterator<Item = Candidate> {
    let names = names.iter().map(move |(name, kind)| candidate(written(name), CandidateKind::Name, kind.said(), start));
    let functions =
        Function::ALL.iter().map(move |f| candidate(format!("{}(", f.word()), CandidateKind::Function, "", start));
    let words = ["if", "not", "yes", "no", "today"]
        .into_iter()
        .map(move |word| candidate(word, CandidateKind::Word, "", start));
    names.chain(functions).chain(words)
}

fn operators(start: u32) -> impl Iterator<Item = Candidate> {
    let signs = ["+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in", "then", "else", "where"];
    signs.into_iter().map(move |sign| candidate(sign, CandidateKind::Word, "", start))
}

fn units(start: u32) -> impl Iterator<Item = Candidate> {
    let known = UNITS.into_iter().filter(|unit| Units::read(unit, false).is_some());
    known.map(move |unit| candidate(unit, CandidateKind::Unit, "", start))
}

/// The fields of what stands before the last dot.
fn fields(words: &[Token], names: &Names, start: u32) -> Vec<Candidate> {
    let mut path = Vec::new();
    for pair in words.rchunks(2) {
        let [
            Token { kind: TokenKind::Word(name) | TokenKind::Quoted(name), .. },
            Token { kind: TokenKind::Sign(Sign::Dot), .. },
        ] = pair
        else {
            break;
        };
        path.insert(0, name.as_str());
    }
    let mut kind = path.first().and_then(|name| names.get(*name));
    for field in path.iter().skip(1) {
        kind = kind.and_then(record).and_then(|fields| fields.get(*field));
    }
    let of_record = kind.and_then(record).into_iter().flatten();
    let mut found: Vec<Candidate> =
        of_record.map(|(name, kind)| candidate(written(name), CandidateKind::Field, kind.said(), start)).collect();
    // Names that are declared with their dots.
    let dotted = path.join(".") + ".";
    let declared = names.iter().filter_map(|(name, kind)| Some((name.strip_prefix(&dotted)?, kind)));
    found.extend(declared.map(|(rest, kind)| candidate(rest, CandidateKind::Field, kind.said(), start)));
    found
}

fn record(kind: &Type) -> Option<&std::collections::BTreeMap<String, Type>> {
    match kind {
        Type::Record(fields) => Some(fields),
        Type::List(of, _) | Type::Series(of, _) => record(of),
        _ => None,
    }
}

/// The codes of the choice that is compared with what comes.
fn codes(words: &[Token], names: &Names, start: u32) -> Vec<Candidate> {
    let [
        ..,
        Token { kind: TokenKind::Word(name) | TokenKind::Quoted(name), .. },
        Token { kind: TokenKind::Sign(sign), .. },
    ] = words
    else {
        return Vec::new();
    };
    let compares =
        matches!(sign, Sign::Equal | Sign::Unequal | Sign::Less | Sign::AtMost | Sign::Greater | Sign::AtLeast);
    match names.get(name) {
        Some(Type::Choice(options)) if compares => {
            options.iter().map(|code| candidate(format!("'{code}'"), CandidateKind::Code, "", start)).collect()
        }
        _ => Vec::new(),
    }
}

/// A name as it is written: in 「」 where it holds blanks or signs, or is a word of the language.
fn written(name: &str) -> String {
    let plain = name
        .split('.')
        .all(|part| matches!(tokens(part).as_slice(), [one] if one.kind == TokenKind::Word(part.to_owned())));
    if plain { name.to_owned() } else { format!("「{name}」") }
}

#[cfg(test)]
mod tests;
