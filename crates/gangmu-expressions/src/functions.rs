//! The functions of the language (函数表): a closed list; each is total and named as statisticians name it.

use serde::{Deserialize, Serialize};

macro_rules! functions {
    ($($(#[$doc:meta])* $name:ident = $word:literal [$($alias:literal),*] $least:literal..=$most:literal),* $(,)?) => {
        /// A function of the language (函数).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Function {
            $($(#[$doc])* #[serde(rename = $word)] $name),*
        }

        impl Function {
            /// All of them, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// Other names by which it may be called.
            pub fn aliases(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($alias),*]),* }
            }

            /// How few and how many things stand in its brackets.
            pub fn arguments(self) -> (usize, usize) {
                match self { $(Self::$name => ($least, $most)),* }
            }
        }
    };
}

functions! {
    /// Is there a value (已知)?
    Known = "known" ["已知"] 1..=1,
    /// Was it answered with nothing (空缺)?
    Missing = "missing" ["空缺", "为空"] 1..=1,
    /// The value, or another where it was answered with nothing (缺省).
    Default = "default" ["缺省"] 2..=2,
    /// Without its sign (绝对值).
    Abs = "abs" ["绝对值"] 1..=1,
    /// To so many decimals (修约); the third word names the rule.
    Round = "round" ["四舍五入", "修约"] 1..=3,
    /// The next whole number below (向下取整).
    Floor = "floor" ["向下取整"] 1..=1,
    /// The next whole number above (向上取整).
    Ceiling = "ceil" ["向上取整", "ceiling"] 1..=1,
    /// Within bounds (限幅).
    Clamp = "clamp" ["限幅"] 3..=3,
    /// From one to the other, both included (介于)?
    Between = "between" ["介于"] 3..=3,
    /// A whole power (乘方).
    Power = "power" ["乘方", "pow"] 2..=2,
    /// Part of a whole (比重).
    Share = "share" ["比重", "占比"] 2..=2,
    /// Per head, household, area (人均).
    PerHead = "per_head" ["人均", "单位产值", "per"] 2..=2,
    /// Growth from a base (增长率).
    Growth = "growth" ["增长率", "增速"] 2..=2,
    /// Compound average growth (年均增长).
    AverageGrowth = "average_growth" ["年均增长", "cagr"] 3..=3,
    /// With the base as 100 (指数).
    Index = "index" ["指数"] 2..=2,
    /// At constant prices (换算为不变价).
    Deflate = "deflate" ["平减", "不变价"] 2..=2,
    /// At current prices (换算为现价).
    Reflate = "reflate" ["现价"] 2..=2,
    /// Each rate with its weight (加权平均).
    WeightedMean = "weighted_mean" ["加权平均"] 2..=2,
    /// The stretch from a day to today (距今).
    Since = "since" ["距今"] 1..=1,
    /// In days (天数).
    Days = "days" ["天数"] 1..=2,
    /// In working days (工作日数).
    WorkingDays = "working_days" ["工作日数"] 1..=2,
    /// In whole months (月数).
    Months = "months" ["月数"] 1..=2,
    /// In whole years (年数).
    Years = "years" ["年数", "周岁"] 1..=2,
    /// The year of a day (年份).
    Year = "year" ["年份"] 1..=1,
    /// The month of a day (月份).
    Month = "month" ["月份"] 1..=1,
    /// The day of a day's month (几号).
    Day = "day" ["日数"] 1..=1,
    /// A day of year, month and day (日期).
    Date = "date" ["日期"] 3..=3,
    /// The day of a moment in China (时刻的日期).
    DateOf = "date_of" ["所在日"] 1..=1,
    /// The day itself if it is worked, else the next (顺延至工作日).
    NextWorkday = "next_workday" ["顺延"] 1..=1,
    /// Is one of the words in the text (包含任一)?
    ContainsAny = "contains_any" ["包含任一"] 2..=2,
    /// Is the word in the text, or the value in the list (包含)?
    Contains = "contains" ["包含"] 2..=2,
    /// Does the text begin with it (开头是)?
    StartsWith = "starts_with" ["开头是"] 2..=2,
    /// Does the text end with it (结尾是)?
    EndsWith = "ends_with" ["结尾是"] 2..=2,
    /// How many characters (字数).
    Length = "length" ["字数"] 1..=1,
    /// The sum (合计).
    Sum = "sum" ["求和", "合计"] 1..=64,
    /// The plain mean (平均).
    Mean = "mean" ["平均", "average", "avg"] 1..=64,
    /// The smallest (最小).
    Min = "min" ["最小", "较小"] 1..=64,
    /// The largest (最大).
    Max = "max" ["最大", "较大"] 1..=64,
    /// How many (个数).
    Count = "count" ["计数", "个数", "size"] 1..=1,
    /// Is it so for one (任一)?
    Any = "any" ["任一"] 1..=64,
    /// Is it so for all (全部)?
    All = "all" ["全部"] 1..=64,
    /// Growth on the same period of the year before (同比).
    YearOnYear = "yoy" ["同比"] 1..=1,
    /// Growth on the period before (环比).
    PeriodOnPeriod = "mom" ["环比", "qoq"] 1..=1,
    /// The year so far, of values of the period (累计).
    Cumulative = "cumulative" ["累计", "ytd"] 1..=1,
    /// Within the period, of values of the year so far (当期).
    Discrete = "discrete" ["当期"] 1..=1,
    /// So long before (滞后).
    Shift = "shift" ["滞后", "lag"] 2..=2,
    /// The mean of the last so many periods (移动平均).
    Moving = "moving" ["移动平均", "moving_mean"] 2..=2,
    /// The sum of the last so many periods (移动合计).
    MovingSum = "moving_sum" ["移动合计"] 2..=2,
    /// The sum of the areas within (下级合计).
    OverAreas = "over_areas" ["下级合计", "各地合计"] 1..=1,
    /// In that year (某年的值).
    At = "at" ["某年"] 2..=2,
}

impl Function {
    /// The function of that name or alias.
    pub fn named(name: &str) -> Option<Self> {
        let same = |known: &str| known.eq_ignore_ascii_case(name);
        Self::ALL.iter().copied().find(|f| same(f.word()) || f.aliases().iter().any(|alias| same(alias)))
    }

    /// Does it go through the values of a list (汇总)?
    pub fn is_fold(self) -> bool {
        matches!(self, Self::Sum | Self::Mean | Self::Min | Self::Max | Self::Count | Self::Any | Self::All)
    }

    /// Does it look at other periods or areas (时间与地区)?
    pub fn is_statistic(self) -> bool {
        self >= Self::YearOnYear
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_name_means_two_functions() {
        let mut seen = BTreeSet::new();
        for function in Function::ALL {
            for name in std::iter::once(&function.word()).chain(function.aliases()) {
                assert!(seen.insert(*name), "{name}");
                assert_eq!(Function::named(name), Some(*function));
            }
        }
    }
}
