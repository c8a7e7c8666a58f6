//! Functions of values (函数): what may stand in their brackets and what they give.

use super::{Checker, names::nearest_of};
use crate::{
    diagnostic::{Code, Diagnostic},
    functions::Function,
    ir::{At, Op},
    number::Number,
    syntax::{Argument, Expression, Node, Span},
    types::{Measure, Nature, Prices, TimeUnit, Type, Units},
};

/// The most places that rounding and roots work with.
const MOST_DECIMALS: i64 = 20;

impl Checker<'_> {
    pub(super) fn call(&mut self, name: &str, place: Span, arguments: &[Argument], span: Span) -> At {
        let Some(function) = Function::named(name) else {
            let words = Function::ALL.iter().flat_map(|f| std::iter::once(f.word()).chain(f.aliases().iter().copied()));
            let nearest = nearest_of(name, words);
            for argument in arguments {
                self.expression(&argument.value);
            }
            return self
                .mistaken(Diagnostic::new(Code::UnknownFunction, place).with("name", name).with("nearest", nearest));
        };
        let (least, most) = function.arguments();
        if !(least..=most).contains(&arguments.len()) {
            let wrong = Diagnostic::new(Code::WrongArgumentCount, place).with("function", name);
            return self.mistaken(wrong.with("least", least).with("most", most).with("given", arguments.len()));
        }
        if function.is_fold() {
            return self.fold(function, arguments, span);
        }
        if let Some(condition) = arguments.iter().find_map(|argument| argument.condition.as_ref()) {
            return self.mistaken(Diagnostic::new(Code::UnexpectedSign, condition.span).with("sign", "where"));
        }
        let written: Vec<&Expression> = arguments.iter().map(|argument| &argument.value).collect();
        if function.is_statistic() {
            return self.statistic(function, &written, span);
        }
        // Some names are both a function of two values and one of a series.
        let given: Vec<At> = written.iter().map(|argument| self.expression(argument)).collect();
        if matches!(function, Function::AverageGrowth | Function::Index)
            && self.varies(given[0])
            && self.is_year(given[1])
        {
            return self.of_series(function, given[0], given[1..].to_vec(), span);
        }
        self.called(function, given, span)
    }

    fn called(&mut self, function: Function, given: Vec<At>, span: Span) -> At {
        use Function as F;
        match function {
            F::Known | F::Missing => self.plain_call(function, given, span, Type::YesNo),
            F::Default => {
                let (a, b, kind) = self.together(given[0], given[1], Code::BranchesDiffer);
                self.plain_call(function, vec![a, b], span, kind)
            }
            F::Abs | F::Floor | F::Ceiling => {
                let kind = self.wants_number(given[0]);
                self.plain_call(function, given, span, kind)
            }
            F::Round => self.round(given, span),
            F::Clamp | F::Between => self.within(function, &given, span),
            F::Power => self.power(given, span),
            F::Share | F::PerHead => {
                let place = self.around(given[0], given[1]);
                self.quotient(given[0], given[1], span, place)
            }
            F::Growth | F::AverageGrowth | F::Index => self.growth(function, given, span),
            F::Deflate | F::Reflate => self.repriced(function, given[0], given[1], span),
            F::WeightedMean => self.weighted_mean(given, span),
            F::Since => {
                self.wants(given[0], &Type::Date);
                let to = self.step(Op::Today, span, Type::Date);
                self.step(Op::Between { from: given[0], to }, span, Type::Span)
            }
            F::Days | F::WorkingDays | F::Months | F::Years => self.length_of_time(function, given, span),
            F::Year | F::Month | F::Day => {
                self.wants(given[0], &Type::Date);
                self.plain_call(function, given, span, Type::number())
            }
            F::Date => {
                for at in &given {
                    self.wants_number(*at);
                }
                self.plain_call(function, given, span, Type::Date)
            }
            F::DateOf => {
                self.wants(given[0], &Type::Instant);
                self.plain_call(function, given, span, Type::Date)
            }
            F::NextWorkday => {
                self.wants(given[0], &Type::Date);
                self.plain_call(function, given, span, Type::Date)
            }
            _ => self.of_text(function, given, span),
        }
    }

    pub(super) fn plain_call(&mut self, function: Function, arguments: Vec<At>, span: Span, kind: Type) -> At {
        self.step(Op::Call { function, arguments }, span, kind)
    }

    pub(super) fn around(&self, a: At, b: At) -> Span {
        let (a, b) = (self.span(a), self.span(b));
        Span::new(a.start.min(b.start), a.end.max(b.end))
    }

    /// The kind of what must be a number.
    pub(super) fn wants_number(&mut self, at: At) -> Type {
        let kind = self.kind(at).clone();
        match kind {
            Type::Number(_) => kind,
            Type::Open => Type::Number(Measure::open()),
            other => {
                self.wrong_type(at, "number", &other);
                Type::Open
            }
        }
    }

    pub(super) fn wants(&mut self, at: At, wanted: &Type) {
        let kind = self.kind(at).clone();
        if kind != *wanted && kind != Type::Open {
            self.wrong_type(at, wanted.word(), &kind);
        }
    }

    /// The whole number that is written there.
    pub(super) fn constant(&self, at: At) -> Option<i64> {
        match &self.steps[at as usize].op {
            Op::Number { value } => value.as_whole(),
            Op::Negate { of } => self.constant(*of).map(|value| -value),
            _ => None,
        }
    }

    fn wants_constant(&mut self, at: At, least: i64, most: i64) -> bool {
        let fits = self.constant(at).is_some_and(|value| (least..=most).contains(&value));
        if !fits {
            let wrong = Diagnostic::new(Code::ConstantWanted, self.span(at)).with("least", least);
            self.refuse(wrong.with("most", most));
        }
        fits
    }

    /// Is it a year, written or in a name that doesn't change with the period?
    fn is_year(&self, at: At) -> bool {
        matches!(self.kind(at), Type::Period) || !self.varies(at) && self.constant(at).is_none_or(|year| year >= 1000)
    }

    fn round(&mut self, given: Vec<At>, span: Span) -> At {
        let kind = self.wants_number(given[0]);
        if let Some(decimals) = given.get(1) {
            self.wants_constant(*decimals, -MOST_DECIMALS, MOST_DECIMALS);
        }
        if let Some(rule) = given.get(2) {
            let known = matches!(&self.steps[*rule as usize].op, Op::Text { value } if rounding(value).is_some());
            if !known {
                let wrong = Diagnostic::new(Code::UnknownChoice, self.span(*rule)).with("nearest", "");
                let code = self.steps[*rule as usize].op.clone();
                let code = if let Op::Text { value } = code { value.to_string() } else { String::new() };
                self.refuse(wrong.with("code", code).with("known", "half_up half_even down up"));
            }
        }
        self.plain_call(Function::Round, given, span, kind)
    }

    fn within(&mut self, function: Function, given: &[At], span: Span) -> At {
        let (value, low, kind) = self.together(given[0], given[1], Code::TypesDiffer);
        let (value, high, other) = self.together(value, given[2], Code::TypesDiffer);
        let kind = if kind == Type::Open { other } else { kind };
        if !kind.is_ordered() || matches!(kind, Type::Choice(_)) {
            return self.wrong_type(given[0], "number", &kind);
        }
        let result = if function == Function::Between { Type::YesNo } else { kind };
        self.plain_call(function, vec![value, low, high], span, result)
    }

    fn power(&mut self, given: Vec<At>, span: Span) -> At {
        let kind = self.wants_number(given[0]);
        if !matches!(&kind, Type::Number(measure) if measure.is_pure()) && kind != Type::Open {
            return self.wrong_type(given[0], "number", &kind);
        }
        self.wants_number(given[1]);
        let base = self.in_plain(given[0]);
        let kind = self.kind(base).clone();
        self.plain_call(Function::Power, vec![base, given[1]], span, kind)
    }

    /// Growth from a base, on average over so many years, or with the base as 100.
    fn growth(&mut self, function: Function, given: Vec<At>, span: Span) -> At {
        let (now, base) = if function == Function::AverageGrowth { (given[1], given[0]) } else { (given[0], given[1]) };
        for at in [now, base] {
            let kind = self.wants_number(at);
            if matches!(&kind, Type::Number(m) if matches!(m.nature, Nature::Ratio | Nature::Points)) {
                return self.wrong_type(at, "number", &kind);
            }
        }
        let place = self.around(now, base);
        let Some((a, b, _)) = self.numbers_or_open(given[0], given[1], place) else { return self.mistake(span) };
        let mut arguments = vec![a, b];
        if let Some(years) = given.get(2) {
            let kind = self.wants_number(*years);
            let years_said = matches!(&kind, Type::Number(m) if m.is_pure() || m.units.time().is_some_and(|(unit, _)| unit == TimeUnit::Months));
            if !years_said && kind != Type::Open {
                return self.wrong_type(*years, "number", &kind);
            }
            arguments.push(self.in_years(*years));
        }
        let kind = if function == Function::Index { Type::number() } else { Type::Number(Measure::ratio()) };
        self.plain_call(function, arguments, span, kind)
    }

    /// Two numbers in one unit, or one of them open.
    fn numbers_or_open(&mut self, a: At, b: At, place: Span) -> Option<(At, At, Measure)> {
        match (self.kind(a), self.kind(b)) {
            (Type::Open, _) | (_, Type::Open) => Some((a, b, Measure::open())),
            _ => self.numbers_together(a, b, place),
        }
    }

    /// A number of years as a plain one.
    fn in_years(&mut self, at: At) -> At {
        let Type::Number(measure) = self.kind(at).clone() else { return at };
        let year = Units::read("年", false).and_then(|year| measure.units.to(&year));
        match year {
            Some(by) if measure.units.is_time() => self.converted(at, by, Measure::plain()),
            _ => at,
        }
    }

    /// Money at constant prices by a price index of which the base is 100, or a rate of which it is 1; and back.
    fn repriced(&mut self, function: Function, money: At, index: At, span: Span) -> At {
        let kind = self.wants_number(money);
        let index_kind = self.wants_number(index);
        let Type::Number(measure) = kind else { return self.mistake(span) };
        let (needed, given) = match function {
            Function::Deflate => (Prices::Current, Prices::Constant(None)),
            _ => (Prices::Constant(None), Prices::Current),
        };
        let wrong =
            measure.prices.is_some_and(|prices| matches!(prices, Prices::Current) != matches!(needed, Prices::Current));
        if wrong {
            let prices = measure.prices.map(|prices| prices.to_string()).unwrap_or_default();
            let place = self.span(money);
            return self.mistaken(Diagnostic::new(Code::MixedPrices, place).with("left", prices).with("right", needed));
        }
        let by = match index_kind {
            Type::Number(m) if m.nature == Nature::Ratio => self.in_plain(index),
            Type::Number(m) if m.is_pure() => {
                let hundredth = Number::ONE.divided_by(Number::HUNDRED).unwrap_or(Number::ONE);
                self.converted(index, hundredth, Measure::plain())
            }
            Type::Open => index,
            other => return self.wrong_type(index, "number", &other),
        };
        let op = match function {
            Function::Deflate => Op::Divide { left: money, right: by },
            _ => Op::Multiply { left: money, right: by },
        };
        self.step(op, span, Type::Number(Measure { prices: Some(given), ..measure }))
    }

    /// Each value with its weight: two lists of one length.
    fn weighted_mean(&mut self, given: Vec<At>, span: Span) -> At {
        let mut kinds = Vec::new();
        for at in &given {
            match self.kind(*at).clone() {
                Type::List(of, _) if matches!(*of, Type::Number(_) | Type::Open) => kinds.push(*of),
                Type::Open => kinds.push(Type::Open),
                other => return self.wrong_type(*at, "list", &other),
            }
        }
        self.plain_call(Function::WeightedMean, given, span, kinds.swap_remove(0))
    }

    /// The length of a stretch, or from one day to another.
    fn length_of_time(&mut self, function: Function, given: Vec<At>, span: Span) -> At {
        let unit = match function {
            Function::Days => "天",
            Function::WorkingDays => "工作日",
            Function::Months => "月",
            _ => "年",
        };
        let kind = Type::Number(Measure::in_units(Units::read(unit, false).unwrap_or_default()));
        if let [from, to] = given.as_slice() {
            self.wants(*from, &Type::Date);
            self.wants(*to, &Type::Date);
            let between = self.step(Op::Between { from: *from, to: *to }, span, Type::Span);
            return self.plain_call(function, vec![between], span, kind);
        }
        self.wants(given[0], &Type::Span);
        self.plain_call(function, given, span, kind)
    }

    fn of_text(&mut self, function: Function, given: Vec<At>, span: Span) -> At {
        if let (Function::Contains, Type::List(..)) = (function, self.kind(given[0])) {
            let place = self.around(given[0], given[1]);
            return self.membership(given[1], given[0], span, place);
        }
        let texts = if function == Function::ContainsAny { &given[..1] } else { &given[..] };
        for at in texts {
            if !matches!(self.kind(*at), Type::Text | Type::Choice(_) | Type::Open) {
                let kind = self.kind(*at).clone();
                self.wrong_type(*at, "text", &kind);
            }
        }
        if function == Function::ContainsAny && !matches!(self.kind(given[1]), Type::List(..) | Type::Open) {
            let kind = self.kind(given[1]).clone();
            self.wrong_type(given[1], "list", &kind);
        }
        let kind = if function == Function::Length { Type::number() } else { Type::YesNo };
        self.plain_call(function, given, span, kind)
    }

    /// Does the expression say nothing but a name?
    pub(super) fn is_name(expression: &Expression) -> bool {
        matches!(expression.node, Node::Name(_) | Node::Field(..))
    }
}

/// The rounding rule of that name (修约规则).
pub(crate) fn rounding(name: &str) -> Option<gangmu_kernel::quantity::Rounding> {
    use gangmu_kernel::quantity::Rounding;
    Some(match name {
        "half_up" | "四舍五入" => Rounding::HalfUp,
        "half_even" | "四舍六入五成双" => Rounding::HalfEven,
        "down" | "去尾" => Rounding::Down,
        "up" | "进一" => Rounding::Up,
        _ => return None,
    })
}
