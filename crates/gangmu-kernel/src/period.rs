//! Periods (期间): the stretches of time that plans, targets and reports speak of.
//!
//! Canonical text: `2025`, `2025-H1`, `2025-Q1`, `2025-03`, `2025-01/2025-03` (months of one year, from January on
//! cumulative), `2025-03-T1` (旬), `2025-W07`, `2025-03-15`, `2021/2025` (years of a plan).

mod label;
mod read;

pub use label::Language;
pub use read::read;

use crate::refusal::Refusal;
use jiff::{
    ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// A stretch of time that people name (期间). Build it with the functions below or read it from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Period(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Years { from: i16, to: i16 },
    Year(i16),
    Half { year: i16, half: i8 },
    Months { year: i16, from: i8, to: i8 },
    Quarter { year: i16, quarter: i8 },
    Month { year: i16, month: i8 },
    Tenday { year: i16, month: i8, part: i8 },
    Week { year: i16, week: i8 },
    Day(Date),
}

/// How fine a period is (频度), coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    /// Several years, such as a plan's (规划期).
    Years,
    /// A year (年).
    Year,
    /// Half a year (半年).
    Half,
    /// Several months of one year, from January on cumulative (1—N 月累计).
    Months,
    /// A quarter (季).
    Quarter,
    /// A month (月).
    Month,
    /// The first, middle or last third of a month (旬).
    Tenday,
    /// An ISO week (周).
    Week,
    /// A day (日).
    Day,
}

/// A text or a choice of numbers that is no period (期间无法识别).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no period; write for example 2025, 2025-H1, 2025-Q1, 2025-03, 2025-01/2025-03 or 2021/2025")]
pub struct BadPeriod(pub String);

impl Refusal for BadPeriod {
    fn code(&self) -> &'static str {
        "period-unreadable"
    }

    fn fields(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::from([("text", self.0.clone())])
    }
}

/// Years that periods may have; people plan within them and dates around them can't overflow.
const FIRST_YEAR: i16 = 1000;
const LAST_YEAR: i16 = 9000;

impl Period {
    fn checked(kind: Kind) -> Option<Self> {
        let year_fits = |y: i16| (FIRST_YEAR..=LAST_YEAR).contains(&y);
        let fits = match kind {
            Kind::Years { from, to } => year_fits(from) && year_fits(to) && from < to,
            Kind::Year(year) => year_fits(year),
            Kind::Half { year, half } => year_fits(year) && (1..=2).contains(&half),
            Kind::Months { year, from, to } => year_fits(year) && 1 <= from && from < to && to <= 12,
            Kind::Quarter { year, quarter } => year_fits(year) && (1..=4).contains(&quarter),
            Kind::Month { year, month } => year_fits(year) && (1..=12).contains(&month),
            Kind::Tenday { year, month, part } => {
                year_fits(year) && (1..=12).contains(&month) && (1..=3).contains(&part)
            }
            Kind::Week { year, week } => year_fits(year) && ISOWeekDate::new(year, week, Weekday::Monday).is_ok(),
            Kind::Day(day) => year_fits(day.year()),
        };
        fits.then_some(Self(kind))
    }

    /// Several years (规划期), such as 2021–2025.
    pub fn years(from: i16, to: i16) -> Option<Self> {
        Self::checked(Kind::Years { from, to })
    }

    /// The five years of the numbered plan (第几个五年规划): 1 → 1953–1957, 14 → 2021–2025.
    pub fn plan(number: i16) -> Option<Self> {
        let first = match number {
            // Three years of adjustment lie between the second plan and the third.
            1 | 2 => 1948 + 5 * number,
            3..=99 => 1951 + 5 * number,
            _ => return None,
        };
        Self::years(first, first + 4)
    }

    /// A year (年).
    pub fn year(year: i16) -> Option<Self> {
        Self::checked(Kind::Year(year))
    }

    /// The first or second half of a year (半年).
    pub fn half(year: i16, half: i8) -> Option<Self> {
        Self::checked(Kind::Half { year, half })
    }

    /// A quarter (季度), 1 to 4.
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        Self::checked(Kind::Quarter { year, quarter })
    }

    /// A month (月).
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Self::checked(Kind::Month { year, month })
    }

    /// Several months of one year (几月至几月).
    pub fn months(year: i16, from: i8, to: i8) -> Option<Self> {
        Self::checked(Kind::Months { year, from, to })
    }

    /// From January up to a month (1—N 月累计); January alone is the month.
    pub fn cumulative(year: i16, to: i8) -> Option<Self> {
        if to == 1 { Self::month(year, 1) } else { Self::months(year, 1, to) }
    }

    /// A third of a month (旬): 1 上旬, 2 中旬, 3 下旬.
    pub fn tenday(year: i16, month: i8, part: i8) -> Option<Self> {
        Self::checked(Kind::Tenday { year, month, part })
    }

    /// An ISO week (周).
    pub fn week(year: i16, week: i8) -> Option<Self> {
        Self::checked(Kind::Week { year, week })
    }

    /// A day (日).
    pub fn day(day: Date) -> Option<Self> {
        Self::checked(Kind::Day(day))
    }

    /// The period of that grain in which the day lies; `None` for years and months, which days don't determine.
    pub fn around(day: Date, grain: Grain) -> Option<Self> {
        let (year, month) = (day.year(), day.month());
        match grain {
            Grain::Years | Grain::Months => None,
            Grain::Year => Self::year(year),
            Grain::Half => Self::half(year, (month + 5) / 6),
            Grain::Quarter => Self::quarter(year, (month + 2) / 3),
            Grain::Month => Self::month(year, month),
            Grain::Tenday => Self::tenday(year, month, ((day.day() - 1) / 10 + 1).min(3)),
            Grain::Week => Self::week(day.iso_week_date().year(), day.iso_week_date().week()),
            Grain::Day => Self::day(day),
        }
    }

    /// How fine the period is.
    pub fn grain(self) -> Grain {
        match self.0 {
            Kind::Years { .. } => Grain::Years,
            Kind::Year(_) => Grain::Year,
            Kind::Half { .. } => Grain::Half,
            Kind::Months { .. } => Grain::Months,
            Kind::Quarter { .. } => Grain::Quarter,
            Kind::Month { .. } => Grain::Month,
            Kind::Tenday { .. } => Grain::Tenday,
            Kind::Week { .. } => Grain::Week,
            Kind::Day(_) => Grain::Day,
        }
    }

    /// The first day.
    pub fn first_day(self) -> Date {
        match self.0 {
            Kind::Years { from: year, .. } | Kind::Year(year) => calendar_day(year, 1, 1),
            Kind::Half { year, half } => calendar_day(year, 6 * half - 5, 1),
            Kind::Quarter { year, quarter } => calendar_day(year, 3 * quarter - 2, 1),
            Kind::Months { year, from: month, .. } | Kind::Month { year, month } => calendar_day(year, month, 1),
            Kind::Tenday { year, month, part } => calendar_day(year, month, 10 * part - 9),
            Kind::Week { year, week } => monday(year, week),
            Kind::Day(day) => day,
        }
    }

    /// The last day.
    pub fn last_day(self) -> Date {
        match self.0 {
            Kind::Years { to: year, .. } | Kind::Year(year) => calendar_day(year, 12, 31),
            Kind::Half { year, half } => calendar_day(year, 6 * half, 1).last_of_month(),
            Kind::Quarter { year, quarter } => calendar_day(year, 3 * quarter, 1).last_of_month(),
            Kind::Months { year, to: month, .. }
            | Kind::Month { year, month }
            | Kind::Tenday { year, month, part: 3 } => calendar_day(year, month, 1).last_of_month(),
            Kind::Tenday { year, month, part } => calendar_day(year, month, 10 * part),
            Kind::Week { year, week } => monday(year, week).saturating_add(6.days()),
            Kind::Day(day) => day,
        }
    }

    /// Does the day lie in it?
    pub fn has_day(self, day: Date) -> bool {
        self.first_day() <= day && day <= self.last_day()
    }

    /// Do all days of the other lie in it?
    pub fn contains(self, other: Self) -> bool {
        self.first_day() <= other.first_day() && other.last_day() <= self.last_day()
    }

    /// Is there a day in both?
    pub fn overlaps(self, other: Self) -> bool {
        self.first_day() <= other.last_day() && other.first_day() <= self.last_day()
    }

    /// Does it run from January on, so that its values add up the year so far (累计)?
    pub fn is_cumulative(self) -> bool {
        matches!(self.0, Kind::Months { from: 1, .. })
    }

    /// The number of the five-year plan with just these years (五年规划序号).
    pub fn plan_number(self) -> Option<i16> {
        let Kind::Years { from, .. } = self.0 else { return None };
        let number = if from < 1966 { (from - 1948) / 5 } else { (from - 1951) / 5 };
        (Self::plan(number) == Some(self)).then_some(number)
    }

    /// The period of the same grain and length right after; the cumulative one after 1—3 月 is 1—4 月.
    pub fn next(self) -> Option<Self> {
        self.step(1)
    }

    /// The period of the same grain and length right before.
    pub fn previous(self) -> Option<Self> {
        self.step(-1)
    }

    fn step(self, by: i8) -> Option<Self> {
        let wide = i16::from(by);
        match self.0 {
            Kind::Years { from, to } => Self::years(from + wide * (to - from + 1), to + wide * (to - from + 1)),
            Kind::Year(year) => Self::year(year + wide),
            Kind::Half { year, half } => {
                let (year, half) = carry(year, half + by, 2);
                Self::half(year, half)
            }
            Kind::Quarter { year, quarter } => {
                let (year, quarter) = carry(year, quarter + by, 4);
                Self::quarter(year, quarter)
            }
            Kind::Month { year, month } => {
                let (year, month) = carry(year, month + by, 12);
                Self::month(year, month)
            }
            // From January on the year so far grows or shrinks by a month; other stretches move by their length.
            Kind::Months { year, from: 1, to } => {
                let (year, to) = carry(year, to + by, 12);
                Self::cumulative(year, to)
            }
            Kind::Months { year, from, to } => {
                let by = by * (to - from + 1);
                Self::months(year, from + by, to + by)
            }
            Kind::Tenday { .. } | Kind::Week { .. } | Kind::Day(_) => {
                let edge = if by > 0 { self.last_day().tomorrow() } else { self.first_day().yesterday() };
                Self::around(edge.ok()?, self.grain())
            }
        }
    }

    /// The same period of the year before, for growth (上年同期); weeks and years of plans have none.
    pub fn year_before(self) -> Option<Self> {
        let kind = match self.0 {
            Kind::Year(year) => Kind::Year(year - 1),
            Kind::Half { year, half } => Kind::Half { year: year - 1, half },
            Kind::Quarter { year, quarter } => Kind::Quarter { year: year - 1, quarter },
            Kind::Month { year, month } => Kind::Month { year: year - 1, month },
            Kind::Months { year, from, to } => Kind::Months { year: year - 1, from, to },
            Kind::Tenday { year, month, part } => Kind::Tenday { year: year - 1, month, part },
            Kind::Day(day) => Kind::Day(Date::new(day.year() - 1, day.month(), day.day()).ok()?),
            Kind::Years { .. } | Kind::Week { .. } => return None,
        };
        Self::checked(kind)
    }

    /// The periods of a finer grain whose first day lies in this one, in order (逐期).
    ///
    /// For weeks these are the weeks that begin in it. Of months it has none: name the single ones.
    pub fn split(self, grain: Grain) -> impl Iterator<Item = Self> {
        let last = self.last_day();
        let first = Self::around(self.first_day(), grain);
        let first = first.and_then(|p| if p.first_day() < self.first_day() { p.next() } else { Some(p) });
        std::iter::successors(first, |p| p.next()).take_while(move |p| p.first_day() <= last)
    }

    /// The months that statistics report on (统计月报期): 1—2 月 as one, then month by month.
    pub fn reporting_months(year: i16) -> impl Iterator<Item = Self> {
        Self::months(year, 1, 2).into_iter().chain((3..=12).filter_map(move |month| Self::month(year, month)))
    }
}

/// Brings a number that ran one step over its ends back with its year.
fn carry(year: i16, n: i8, most: i8) -> (i16, i8) {
    if n < 1 {
        (year - 1, most)
    } else if n > most {
        (year + 1, 1)
    } else {
        (year, n)
    }
}

fn calendar_day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).expect("years, months and days were checked when the period was built")
}

fn monday(year: i16, week: i8) -> Date {
    ISOWeekDate::new(year, week, Weekday::Monday).expect("the week was checked when the period was built").date()
}

impl fmt::Display for Period {
    /// The canonical text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Years { from, to } => write!(f, "{from}/{to}"),
            Kind::Year(year) => write!(f, "{year}"),
            Kind::Half { year, half } => write!(f, "{year}-H{half}"),
            Kind::Quarter { year, quarter } => write!(f, "{year}-Q{quarter}"),
            Kind::Month { year, month } => write!(f, "{year}-{month:02}"),
            Kind::Months { year, from, to } => write!(f, "{year}-{from:02}/{year}-{to:02}"),
            Kind::Tenday { year, month, part } => write!(f, "{year}-{month:02}-T{part}"),
            Kind::Week { year, week } => write!(f, "{year}-W{week:02}"),
            Kind::Day(day) => write!(f, "{day}"),
        }
    }
}

impl FromStr for Period {
    type Err = BadPeriod;

    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        read::canonical(text).ok_or_else(|| BadPeriod(text.to_owned()))
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = BadPeriod;

    fn try_from(text: String) -> Result<Self, BadPeriod> {
        text.parse()
    }
}

#[cfg(test)]
mod tests;
