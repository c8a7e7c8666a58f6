//! How periods are shown (期间写法).

use super::{Kind, Period};
use crate::numerals;

/// The language of a label (语言).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Chinese as written in the People's Republic (简体中文).
    #[default]
    Chinese,
    /// English.
    English,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Period {
    /// The period in words of a language, with one space between Chinese and figures: 2024 年 1—6 月.
    pub fn label(self, language: Language) -> String {
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.english(),
        }
    }

    fn chinese(self) -> String {
        match self.0 {
            Kind::Years { from, to } => match self.plan_number().and_then(plan_name) {
                Some(name) => format!("“{name}”时期（{from}—{to} 年）"),
                None => format!("{from}—{to} 年"),
            },
            Kind::Year(year) => format!("{year} 年"),
            Kind::Half { year, half } => format!("{year} 年{}半年", ["上", "下"][usize::from(half == 2)]),
            Kind::Quarter { year, quarter } => format!("{year} Q{quarter}"),
            Kind::Month { year, month } => format!("{year} 年 {month} 月"),
            Kind::Months { year, from, to } => format!("{year} 年 {from}—{to} 月"),
            Kind::Tenday { year, month, part } => {
                let third = if part == 1 {
                    "上"
                } else if part == 2 {
                    "中"
                } else {
                    "下"
                };
                format!("{year} 年 {month} 月{third}旬")
            }
            Kind::Week { year, week } => format!("{year} 年第 {week} 周"),
            Kind::Day(day) => format!("{} 年 {} 月 {} 日", day.year(), day.month(), day.day()),
        }
    }

    fn english(self) -> String {
        let name = |month: i8| MONTHS[usize::from(month.unsigned_abs() - 1)];
        match self.0 {
            Kind::Years { from, to } => match self.plan_number() {
                Some(number) => format!("{number}{} Five-Year Plan ({from}–{to})", ordinal_ending(number)),
                None => format!("{from}–{to}"),
            },
            Kind::Year(year) => format!("{year}"),
            Kind::Half { year, half } => format!("{year} H{half}"),
            Kind::Quarter { year, quarter } => format!("{year} Q{quarter}"),
            Kind::Month { year, month } => format!("{} {year}", name(month)),
            Kind::Months { year, from, to } => format!("{}–{} {year}", name(from), name(to)),
            Kind::Tenday { year, month, part } => {
                let days = ["1–10", "11–20", "21–end of"][usize::from(part.unsigned_abs() - 1)];
                format!("{days} {} {year}", name(month))
            }
            Kind::Week { year, week } => format!("week {week} of {year}"),
            Kind::Day(day) => format!("{} {} {}", day.day(), name(day.month()), day.year()),
        }
    }
}

/// 14 → 十四五.
fn plan_name(number: i16) -> Option<String> {
    Some(format!("{}五", numerals::to_chinese(u64::try_from(number).ok()?)?))
}

fn ordinal_ending(n: i16) -> &'static str {
    match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}
