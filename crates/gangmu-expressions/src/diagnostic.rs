//! What is wrong with a formula, where, and what to do (诊断): codes with fields, the words stand in `locales`.

use crate::syntax::Span;
use serde::Serialize;
use std::collections::BTreeMap;

/// Something wrong at a place of the text (诊断).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// What is wrong.
    pub code: Code,
    /// Where.
    pub span: Span,
    /// The facts of its sentence.
    pub fields: BTreeMap<&'static str, String>,
}

impl Diagnostic {
    /// Something wrong there.
    pub fn new(code: Code, span: Span) -> Self {
        Self { code, span, fields: BTreeMap::new() }
    }

    /// With a fact of its sentence.
    #[must_use]
    pub fn with(mut self, field: &'static str, value: impl ToString) -> Self {
        self.fields.insert(field, value.to_string());
        self
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $word:literal),* $(,)?) => {
        /// What can be wrong with a formula (诊断代码).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $word)] $code),*
        }

        impl Code {
            /// All of them, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$code),*];

            /// The word that programs read.
            pub fn word(self) -> &'static str {
                match self { $(Self::$code => $word),* }
            }
        }
    };
}

codes! {
    /// There is no formula (空公式).
    Empty = "empty",
    /// The text is longer than formulas may be (公式过长).
    TooLong = "too_long",
    /// Too many things within things (嵌套过深).
    TooDeep = "too_deep",
    /// A sign that means nothing here (多余字符).
    UnexpectedSign = "unexpected_sign",
    /// A quotation that doesn't end (引号未闭合).
    UnclosedQuote = "unclosed_quote",
    /// A bracket that isn't closed (括号未闭合).
    UnclosedBracket = "unclosed_bracket",
    /// Something to calculate with is missing (缺少运算对象).
    MissingOperand = "missing_operand",
    /// Two things stand side by side without a sign between them (缺少运算符).
    MissingOperator = "missing_operator",
    /// `if` without its `then` or `else` (条件不完整).
    IncompleteIf = "incomplete_if",
    /// `a < b < c` (连续比较).
    ChainedComparison = "chained_comparison",
    /// A number with more than 28 digits (数过长).
    NumberTooLong = "number_too_long",
    /// A day that no calendar has (日期不存在).
    BadDate = "bad_date",
    /// Nobody has declared this name (未知名称).
    UnknownName = "unknown_name",
    /// The language has no such function (未知函数).
    UnknownFunction = "unknown_function",
    /// The record has no such field (未知字段).
    UnknownField = "unknown_field",
    /// Nobody knows this unit (未知单位).
    UnknownUnit = "unknown_unit",
    /// Nobody knows this kind of value (未知类型).
    UnknownType = "unknown_type",
    /// The list of choices has no such code (未知选项).
    UnknownChoice = "unknown_choice",
    /// Too few or too many things in the brackets of a function (参数个数不对).
    WrongArgumentCount = "wrong_argument_count",
    /// Another kind of value is wanted here (类型不符).
    WrongType = "wrong_type",
    /// Two kinds of values that can't be compared or joined (类型不一致).
    TypesDiffer = "types_differ",
    /// The two ways of an `if` give different kinds of values (分支类型不一致).
    BranchesDiffer = "branches_differ",
    /// Only what has an order is larger or smaller (不能比较大小).
    NotOrdered = "not_ordered",
    /// Units of different dimensions (单位不一致).
    UnitsDiffer = "units_differ",
    /// A plain number beside one with a unit (缺少单位).
    UnitMissing = "unit_missing",
    /// Rates are not added (比率不能相加).
    SumOfRates = "sum_of_rates",
    /// Rates have no plain mean (比率不能简单平均).
    MeanOfRates = "mean_of_rates",
    /// Percentage points beside rates or plain numbers (百分点与比率混用).
    PointsAndRates = "points_and_rates",
    /// Current beside constant prices (价格口径混用).
    MixedPrices = "mixed_prices",
    /// Values of the period beside values of the year so far (当期与累计混用).
    MixedPeriodKinds = "mixed_period_kinds",
    /// Monthly beside yearly values and the like (频度混用).
    MixedFrequencies = "mixed_frequencies",
    /// Days, working days and months don't convert without a date (时长不能换算).
    SpansDoNotConvert = "spans_do_not_convert",
    /// The function works on values that change with the period (需要时间序列).
    NotASeries = "not_a_series",
    /// The year's sum of what isn't additive over time (存量不能累计).
    NotAdditiveInTime = "not_additive_in_time",
    /// The areas' sum of what isn't additive over areas (不可按地区汇总).
    NotAdditiveOverAreas = "not_additive_over_areas",
    /// The place wants a number that is written out (需要写明的数).
    ConstantWanted = "constant_wanted",
    /// Sums within sums within sums (汇总嵌套过深).
    NestedTooDeep = "nested_too_deep",
    /// More steps than a formula may take (运算量过大).
    TooCostly = "too_costly",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_word_of_its_own() {
        let words: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.word()).collect();
        assert_eq!(words.len(), Code::ALL.len());
    }
}
