//! Words to a tree (语法分析): for any text there is one, with [`Node::Error`] where nothing can be read.

use super::{
    Span, lexer,
    token::{Keyword, Sign, Token, TokenKind},
    tree::{Argument, Binary, Comparison, Expression, Node, Place, Unary},
};
use crate::{
    diagnostic::{Code, Diagnostic},
    number::Number,
};
use gangmu_kernel::numerals;

/// Signs that a formula may have.
pub const LONGEST: usize = 10_000;

/// Mistakes that are said at once; a text with more of them is no formula.
pub(crate) const MOST_SAID: usize = 100;

/// Parts within parts that a formula may have.
const DEEPEST: u16 = 120;

/// The tree of a text and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The tree; there always is one.
    pub tree: Expression,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a formula (解析算式). It never fails: what can't be read is an error in the tree and a diagnostic.
pub fn parse(text: &str) -> Parsed {
    let length = text.chars().count();
    if length > LONGEST {
        let span = Span::new(0, u32::try_from(length).unwrap_or(u32::MAX));
        let diagnostic = Diagnostic::new(Code::TooLong, span).with("most", LONGEST);
        return Parsed { tree: Expression { node: Node::Error, span, height: 1 }, diagnostics: vec![diagnostic] };
    }
    let (tokens, diagnostics) = lexer::lex(text);
    let end = u32::try_from(length).unwrap_or(u32::MAX);
    let mut parser = Parser { tokens, at: 0, end, depth: 0, diagnostics, quiet_at: None, deep: false };
    let tree = if parser.tokens.is_empty() {
        parser.report(Code::Empty, Span::new(0, end));
        parser.leaf(Node::Error, Span::new(0, end))
    } else {
        parser.everything()
    };
    parser.diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
    parser.diagnostics.truncate(MOST_SAID);
    Parsed { tree, diagnostics: parser.diagnostics }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    end: u32,
    depth: u16,
    diagnostics: Vec<Diagnostic>,
    /// The word about which something was said already.
    quiet_at: Option<usize>,
    /// Was it said that the formula is too deep?
    deep: bool,
}

impl Parser {
    /// The whole text; what is left over after a formula is said to lack an operator.
    fn everything(&mut self) -> Expression {
        let mut tree = self.expression(0);
        while let Some(token) = self.peek() {
            let (span, kind) = (token.span, token.kind.clone());
            match kind {
                TokenKind::Sign(
                    Sign::Close | Sign::CloseList | Sign::Comma | Sign::Dot | Sign::Percent | Sign::Permille,
                )
                | TokenKind::Keyword(Keyword::Then | Keyword::Else | Keyword::Where) => {
                    self.once(Code::UnexpectedSign, span);
                    self.at += 1;
                }
                TokenKind::Stray(_) => self.at += 1,
                _ => {
                    self.once(Code::MissingOperator, span);
                    let before = self.at;
                    let rest = self.expression(0);
                    self.at = self.at.max(before + 1);
                    tree = self.joined(Node::Error, tree.span, rest.span, 1);
                }
            }
        }
        tree
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next_is(&self, kind: &TokenKind) -> bool {
        self.peek().is_some_and(|token| token.kind == *kind)
    }

    fn take(&mut self, kind: &TokenKind) -> bool {
        let found = self.next_is(kind);
        self.at += usize::from(found);
        found
    }

    /// Where the next word stands, or the end of the text.
    fn here(&self) -> Span {
        self.peek().map_or(Span::new(self.end, self.end), |token| token.span)
    }

    fn report(&mut self, code: Code, span: Span) {
        self.diagnostics.push(Diagnostic::new(code, span));
    }

    /// Says something about the next word, but only once.
    fn once(&mut self, code: Code, span: Span) {
        if self.quiet_at != Some(self.at) {
            self.quiet_at = Some(self.at);
            self.report(code, span);
        }
    }

    fn leaf(&self, node: Node, span: Span) -> Expression {
        Expression { node, span, height: 1 }
    }

    fn joined(&mut self, node: Node, from: Span, to: Span, height: u16) -> Expression {
        let span = Span::new(from.start.min(to.start), from.end.max(to.end));
        if height > DEEPEST {
            self.too_deep(span);
            return self.leaf(Node::Error, span);
        }
        Expression { node, span, height }
    }

    /// Says once that the formula is too deep.
    fn too_deep(&mut self, span: Span) {
        if !self.deep {
            self.deep = true;
            self.diagnostics.push(Diagnostic::new(Code::TooDeep, span).with("most", DEEPEST));
        }
    }

    /// Whatever binds at least that tightly.
    fn expression(&mut self, strength: u8) -> Expression {
        if self.depth >= DEEPEST {
            let span = self.here();
            self.too_deep(span);
            // Nothing after this can be told apart any more.
            self.at = self.tokens.len();
            return self.leaf(Node::Error, span);
        }
        self.depth += 1;
        // (a = b) = c is no chain.
        let mut bracketed = self.next_is(&TokenKind::Sign(Sign::Open));
        let mut left = self.prefix();
        while let Some(operator) = self.operator().filter(|operator| operator.strength() >= strength.max(1)) {
            let place = self.here();
            self.at += 1;
            if let (Binary::Compare(_) | Binary::In, Node::Binary(Binary::Compare(_) | Binary::In, ..)) =
                (operator, &left.node)
                && !bracketed
            {
                self.report(Code::ChainedComparison, place);
            }
            let right = self.expression(operator.strength() + 1);
            let height = left.height.max(right.height).saturating_add(1);
            let (from, to) = (left.span, right.span);
            left = self.joined(Node::Binary(operator, Box::new(left), Box::new(right)), from, to, height);
            bracketed = false;
        }
        self.depth -= 1;
        left
    }

    fn operator(&self) -> Option<Binary> {
        Some(match self.peek()?.kind {
            TokenKind::Keyword(Keyword::Or) => Binary::Or,
            TokenKind::Keyword(Keyword::And) => Binary::And,
            TokenKind::Keyword(Keyword::In) => Binary::In,
            TokenKind::Sign(sign) => match sign {
                Sign::Plus => Binary::Add,
                Sign::Minus => Binary::Subtract,
                Sign::Times => Binary::Multiply,
                Sign::Over => Binary::Divide,
                Sign::Equal => Binary::Compare(Comparison::Equal),
                Sign::Unequal => Binary::Compare(Comparison::Unequal),
                Sign::Less => Binary::Compare(Comparison::Less),
                Sign::AtMost => Binary::Compare(Comparison::AtMost),
                Sign::Greater => Binary::Compare(Comparison::Greater),
                Sign::AtLeast => Binary::Compare(Comparison::AtLeast),
                _ => return None,
            },
            _ => return None,
        })
    }

    /// What stands before the first operator: `not`, `-`, `if`, or a thing with its fields.
    fn prefix(&mut self) -> Expression {
        let start = self.here();
        let (unary, strength) = match self.peek().map(|token| &token.kind) {
            Some(TokenKind::Keyword(Keyword::Not)) => (Unary::Not, 3),
            Some(TokenKind::Sign(Sign::Minus)) => (Unary::Negate, 7),
            Some(TokenKind::Sign(Sign::Plus)) => {
                self.at += 1;
                return self.expression(7);
            }
            Some(TokenKind::Keyword(Keyword::If)) => return self.conditional(),
            _ => return self.fields(),
        };
        self.at += 1;
        let operand = self.expression(strength);
        let (height, to) = (operand.height.saturating_add(1), operand.span);
        self.joined(Node::Unary(unary, Box::new(operand)), start, to, height)
    }

    fn conditional(&mut self) -> Expression {
        let start = self.here();
        self.at += 1;
        let condition = self.expression(0);
        self.skip_comma();
        if !self.take(&TokenKind::Keyword(Keyword::Then)) {
            let here = self.here();
            self.once(Code::IncompleteIf, here);
        }
        let then = self.expression(0);
        self.skip_comma();
        if !self.take(&TokenKind::Keyword(Keyword::Else)) {
            let here = self.here();
            self.once(Code::IncompleteIf, here);
            let height = condition.height.max(then.height).saturating_add(1);
            let end = then.span;
            let missing = self.leaf(Node::Error, Span::new(end.end, end.end));
            let node = Node::If(Box::new(condition), Box::new(then), Box::new(missing));
            return self.joined(node, start, end, height);
        }
        let otherwise = self.expression(0);
        let height = condition.height.max(then.height).max(otherwise.height).saturating_add(1);
        let end = otherwise.span;
        self.joined(Node::If(Box::new(condition), Box::new(then), Box::new(otherwise)), start, end, height)
    }

    /// 如果 … ，那么 … ，否则 … may have its commas.
    fn skip_comma(&mut self) {
        let after = self.tokens.get(self.at + 1).map(|token| &token.kind);
        if self.next_is(&TokenKind::Sign(Sign::Comma))
            && matches!(after, Some(TokenKind::Keyword(Keyword::Then | Keyword::Else)))
        {
            self.at += 1;
        }
    }

    /// A thing and the fields that are asked of it.
    fn fields(&mut self) -> Expression {
        let mut thing = self.thing();
        while self.next_is(&TokenKind::Sign(Sign::Dot)) {
            self.at += 1;
            let place = self.here();
            let (TokenKind::Word(name) | TokenKind::Quoted(name)) =
                self.peek().map_or(TokenKind::Stray(' '), |token| token.kind.clone())
            else {
                self.once(Code::MissingOperand, place);
                return thing;
            };
            self.at += 1;
            let (height, from) = (thing.height.saturating_add(1), thing.span);
            thing = self.joined(Node::Field(Box::new(thing), name), from, place, height);
        }
        thing
    }

    fn thing(&mut self) -> Expression {
        let Some(token) = self.peek().cloned() else {
            let end = Span::new(self.end, self.end);
            self.once(Code::MissingOperand, end);
            return self.leaf(Node::Error, end);
        };
        self.at += 1;
        match token.kind {
            TokenKind::Figures(figures) => self.number(&figures, token.span),
            TokenKind::Day(text) => self.leaf(text.parse().map_or(Node::Error, Node::Day), token.span),
            TokenKind::Moment(text) => self.leaf(Node::Moment(text), token.span),
            TokenKind::Text(text) => self.leaf(Node::Text(text), token.span),
            TokenKind::Keyword(Keyword::Yes) => self.leaf(Node::YesNo(true), token.span),
            TokenKind::Keyword(Keyword::No) => self.leaf(Node::YesNo(false), token.span),
            TokenKind::Word(name) if self.next_is(&TokenKind::Sign(Sign::Open)) => self.call(name, token.span),
            TokenKind::Word(name) | TokenKind::Quoted(name) => self.leaf(Node::Name(name), token.span),
            TokenKind::Sign(Sign::Open) => self.bracket(token.span),
            TokenKind::Sign(Sign::OpenList) => self.list(token.span),
            TokenKind::Stray(_) => self.leaf(Node::Error, token.span),
            TokenKind::Keyword(_) | TokenKind::Sign(_) => {
                self.at -= 1;
                self.once(Code::MissingOperand, token.span);
                if matches!(token.kind, TokenKind::Keyword(Keyword::Where)) {
                    self.at += 1;
                }
                self.leaf(Node::Error, Span::new(token.span.start, token.span.start))
            }
        }
    }

    fn bracket(&mut self, start: Span) -> Expression {
        let inner = self.expression(0);
        let end = self.here();
        if self.take(&TokenKind::Sign(Sign::Close)) {
            let height = inner.height;
            return self.joined(inner.node, start, end, height);
        }
        if self.at >= self.tokens.len() {
            self.report(Code::UnclosedBracket, start);
        }
        self.recover(start, inner)
    }

    /// After a bracket whose content goes on in a way that can't be read: on to its end.
    fn recover(&mut self, start: Span, inner: Expression) -> Expression {
        if self.at < self.tokens.len() {
            let here = self.here();
            self.once(Code::MissingOperator, here);
        }
        let mut open = 1_u32;
        let mut end = inner.span;
        while let Some(token) = self.peek() {
            let span = token.span;
            match token.kind {
                TokenKind::Sign(Sign::Open | Sign::OpenList) => open += 1,
                TokenKind::Sign(Sign::Close | Sign::CloseList) => open -= 1,
                _ => {}
            }
            self.at += 1;
            end = span;
            if open == 0 {
                break;
            }
        }
        self.joined(Node::Error, start, end, 1)
    }

    fn list(&mut self, start: Span) -> Expression {
        let mut items = Vec::new();
        let mut height = 0;
        loop {
            let end = self.here();
            if self.take(&TokenKind::Sign(Sign::CloseList)) {
                return self.joined(Node::List(items), start, end, height + 1);
            }
            let item = self.expression(0);
            height = height.max(item.height);
            items.push(item);
            if !self.take(&TokenKind::Sign(Sign::Comma)) && !self.next_is(&TokenKind::Sign(Sign::CloseList)) {
                if self.at >= self.tokens.len() {
                    self.report(Code::UnclosedBracket, start);
                }
                let so_far = self.leaf(Node::Error, start);
                return self.recover(start, so_far);
            }
        }
    }

    fn call(&mut self, function: String, place: Span) -> Expression {
        let open = self.here();
        self.at += 1;
        let mut arguments = Vec::new();
        let mut height = 0;
        loop {
            let end = self.here();
            if self.take(&TokenKind::Sign(Sign::Close)) {
                return self.joined(Node::Call { function, place: Place(place), arguments }, place, end, height + 1);
            }
            let value = self.expression(0);
            height = height.max(value.height);
            let condition = self.take(&TokenKind::Keyword(Keyword::Where)).then(|| self.expression(0));
            height = height.max(condition.as_ref().map_or(0, |condition| condition.height));
            arguments.push(Argument { value, condition });
            if !self.take(&TokenKind::Sign(Sign::Comma)) && !self.next_is(&TokenKind::Sign(Sign::Close)) {
                if self.at >= self.tokens.len() {
                    self.report(Code::UnclosedBracket, open);
                }
                let so_far = self.leaf(Node::Error, place);
                return self.recover(place, so_far);
            }
        }
    }

    /// Figures and the unit behind them.
    fn number(&mut self, figures: &str, figures_at: Span) -> Expression {
        let Ok(value) = figures.parse::<Number>() else {
            self.report(Code::NumberTooLong, figures_at);
            self.unit();
            return self.leaf(Node::Error, figures_at);
        };
        let Some((unit, end)) = self.unit() else { return self.leaf(Node::Number { value, unit: None }, figures_at) };
        let span = Span::new(figures_at.start, end);
        // 500万 is a number, not a number of something.
        if let Some(power) = numerals::power_word(&unit) {
            let value = i64::try_from(power).ok().and_then(|power| value.times(Number::whole(power)));
            let Some(value) = value else {
                self.report(Code::NumberTooLong, span);
                return self.leaf(Node::Error, span);
            };
            return self.leaf(Node::Number { value, unit: None }, span);
        }
        self.leaf(Node::Number { value, unit: Some(unit) }, span)
    }

    /// The unit behind figures, and where it ends: a word, %, or a quotient of units written without blanks.
    fn unit(&mut self) -> Option<(String, u32)> {
        let token = self.peek()?.clone();
        let unit = match token.kind {
            TokenKind::Sign(Sign::Percent) => "%".to_owned(),
            TokenKind::Sign(Sign::Permille) => "‰".to_owned(),
            TokenKind::Word(word) => word,
            _ => return None,
        };
        self.at += 1;
        let end = token.span.end;
        let (slash, per) = (self.tokens.get(self.at), self.tokens.get(self.at + 1));
        if let (Some(slash), Some(Token { kind: TokenKind::Word(per), span, spaced: false })) = (slash, per)
            && slash.kind == TokenKind::Sign(Sign::Over)
            && !slash.spaced
            && crate::types::is_unit(&unit)
            && crate::types::is_unit(per)
        {
            let (quotient, end) = (format!("{unit}/{per}"), span.end);
            self.at += 2;
            return Some((quotient, end));
        }
        Some((unit, end))
    }
}
