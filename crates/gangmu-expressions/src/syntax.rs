//! The text of a formula and its tree (语法): reading never fails, and what is written out reads back the same.
//!
//! Reading order: `token`, `lexer`, `tree`, `parser`, `print`.

mod lexer;
mod parser;
mod print;
mod token;
mod tree;

pub use gangmu_kernel::source::Span;
pub(crate) use parser::MOST_SAID;
pub use parser::{LONGEST, Parsed, parse};
pub use token::{Keyword, Sign, Token, TokenKind};
pub use tree::{Argument, Binary, Comparison, Expression, Node, Place, Unary};

/// The words of the text, for an editor (词法): blanks are left out, and nothing is refused.
pub fn tokens(text: &str) -> Vec<Token> {
    lexer::lex(text).0
}

#[cfg(test)]
mod tests;
