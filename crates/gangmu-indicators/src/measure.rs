//! What kind of figure an indicator is (指标性质, D4): how it is judged, split and added up follows from it.
//!
//! The enums here are the words that definitions, contracts, splits and judgements share. Each has one identifier in
//! code, files and interfaces ([`Measure::word`] and its like), and [`Measure::read`] reads it back.

use rust_decimal::Decimal;

/// Declares an enum with one identifier a variant.
macro_rules! words {
    (
        $(#[$of_enum:meta])*
        pub enum $name:ident { $($(#[$of_variant:meta])* $variant:ident = $word:literal),* $(,)? }
    ) => {
        $(#[$of_enum])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$of_variant])* #[serde(rename = $word)] $variant),* }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its identifier in files and interfaces.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The one with that identifier.
            pub fn read(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

words! {
    /// What the plan's word binds (指标属性): a red line or a guidance.
    pub enum LegalKind {
        /// Binding (约束性): the government's promise; a predicted miss opens a corrective case.
        Binding = "binding",
        /// Anticipatory (预期性): what the market is expected to do; a predicted miss is explained.
        Anticipatory = "anticipatory",
    }
}

words! {
    /// What the figure measures (计量性质); the official reading depends on it (D7).
    pub enum Measure {
        /// A level at the end of a period (期末值), such as beds or kilometres.
        Stock = "stock",
        /// A quantity of a period (期内量), such as a year's output.
        Flow = "flow",
        /// Growth on the same period of the year before (同比), in percent.
        Growth = "growth",
        /// Average growth a year since the baseline (年均), in percent.
        AverageGrowth = "average_growth",
        /// The sum of the changes since the baseline (累计).
        CumulativeChange = "cumulative_change",
        /// A limit of each period (控制在…以内).
        Cap = "cap",
        /// A place among others (位次), where 1 is the best.
        Rank = "rank",
        /// A share or a rate (比率), in percent or permille.
        Ratio = "ratio",
    }
}

words! {
    /// Which way is better (指标方向).
    pub enum Direction {
        /// More is better (正向).
        Higher = "higher",
        /// Less is better (逆向).
        Lower = "lower",
        /// Within a range (区间).
        Within = "within",
    }
}

words! {
    /// How a value is compared with its target (比较).
    pub enum Comparator {
        /// Exactly.
        Eq = "eq",
        /// At least (以上、不低于).
        Ge = "ge",
        /// More than (超过).
        Gt = "gt",
        /// At most (以内、不超过).
        Le = "le",
        /// Less than (低于).
        Lt = "lt",
        /// About (左右).
        About = "about",
        /// This place or a better one (前…位).
        UpToRank = "up_to_rank",
    }
}

words! {
    /// How often an indicator is observed (频度).
    pub enum Frequency {
        /// Once a year (年).
        Year = "year",
        /// Twice a year (半年).
        Half = "half",
        /// Each quarter (季).
        Quarter = "quarter",
        /// Each month (月).
        Month = "month",
    }
}

words! {
    /// Which prices a value in money is in (价格).
    pub enum Prices {
        /// Current prices (现价): levels.
        Current = "current",
        /// Constant prices (不变价): growth.
        Constant = "constant",
    }
}

pub(crate) use words;

impl Measure {
    /// Do the values of a year's periods add up to the year's?
    pub fn adds_over_time(self) -> bool {
        matches!(self, Self::Flow | Self::CumulativeChange)
    }

    /// May the values of areas be added where the definition says nothing else? Rates, ranks and growth never may.
    pub fn may_add_over_areas(self) -> bool {
        matches!(self, Self::Stock | Self::Flow | Self::CumulativeChange | Self::Cap)
    }

    /// Is the value itself a growth rate, judged against the required rate?
    pub fn is_growth(self) -> bool {
        matches!(self, Self::Growth | Self::AverageGrowth)
    }
}

impl Direction {
    /// The direction that goes without saying for a measure and a comparator.
    pub fn usual(measure: Measure, comparator: Comparator) -> Self {
        match (measure, comparator) {
            (Measure::Cap | Measure::Rank, _) | (_, Comparator::Le | Comparator::Lt | Comparator::UpToRank) => {
                Self::Lower
            }
            (_, Comparator::Eq | Comparator::About) => Self::Within,
            _ => Self::Higher,
        }
    }
}

impl Comparator {
    /// Does the value keep to the target? *About* is within a twentieth of the target's amount.
    pub fn holds(self, value: Decimal, target: Decimal) -> bool {
        match self {
            Self::Eq => value == target,
            Self::Ge => value >= target,
            Self::Gt => value > target,
            Self::Le | Self::UpToRank => value <= target,
            Self::Lt => value < target,
            // Twenty times the distance could leave the decimals' range, a twentieth of the target can't.
            Self::About => match value.checked_sub(target) {
                Some(distance) => distance.abs() <= target.abs() / Decimal::from(20),
                None => false,
            },
        }
    }
}

impl Frequency {
    /// How many periods make a year.
    pub fn per_year(self) -> u32 {
        match self {
            Self::Year => 1,
            Self::Half => 2,
            Self::Quarter => 4,
            Self::Month => 12,
        }
    }
}

#[cfg(test)]
mod tests;
