//! Declarations of names as people and programs write them (名称声明): read tolerantly, understood exactly.

use super::{Accumulation, Frequency, Measure, Nature, Prices, Type, unit::Units};
use crate::diagnostic::Code;
use gangmu_kernel::{numerals::half_width, period::Grain};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a name is declared to be (名称声明).
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Declaration {
    /// The type's word, such as `number`, `ratio`, `date`, `number[亿元]`, `list`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// What some write beside the type: `stock`, `ratio`; it is the type where none is said.
    #[serde(rename = "kind")]
    pub beside: Option<String>,
    /// The unit, such as 亿元 or %; 亿元（2020年不变价） says the prices too.
    pub unit: Option<String>,
    /// `current`, `constant`, 现价, 2020年不变价.
    #[serde(alias = "price", alias = "price_basis")]
    pub prices: Option<String>,
    /// `stock`, `flow`, `cumulative`, `growth`.
    pub measure: Option<String>,
    /// The same of what counts from January on or within the period.
    #[serde(alias = "period_kind")]
    pub accumulation: Option<String>,
    /// `year`, `quarter`, `month` …
    #[serde(alias = "grain")]
    pub frequency: Option<String>,
    /// A period of that frequency, such as `2025-03`, or a word for it.
    pub period: Option<String>,
    /// The codes of a choice, in their order.
    #[serde(alias = "choices", alias = "values")]
    pub options: Option<Vec<String>>,
    /// The fields of a record, or of each record of a list.
    pub fields: Option<BTreeMap<String, Self>>,
    /// What each value of a list or a series is.
    #[serde(alias = "items", alias = "element")]
    pub of: Option<Box<Self>>,
    /// The most that a list may hold.
    #[serde(alias = "bound")]
    pub max: Option<u32>,
    /// May the values of areas be added?
    pub additive: Option<bool>,
}

/// A declaration that can't be understood: what is wrong, and the word.
pub type BadDeclaration = (Code, String);

/// The type that is declared.
pub fn declared(declaration: &Declaration) -> Result<Type, BadDeclaration> {
    let written = declaration.kind.as_deref().or(declaration.beside.as_deref()).unwrap_or_default().trim();
    // `number[亿元]` holds its unit in itself, `list(number)` its element.
    let (word, inner) = match written.split_once(['[', '(']) {
        Some((word, rest)) => (word.trim(), Some(rest.trim_end_matches([']', ')']).trim())),
        None => (written, None),
    };
    match word.to_lowercase().as_str() {
        "yesno" | "bool" | "boolean" | "yes_no" | "logical" | "是否" | "是非" => Ok(Type::YesNo),
        "date" | "day" | "日期" => Ok(Type::Date),
        "instant" | "datetime" | "timestamp" | "moment" | "时刻" | "时间" => Ok(Type::Instant),
        "period" | "期间" => Ok(Type::Period),
        "text" | "string" | "str" | "文本" => Ok(Type::Text),
        "span" | "duration" | "时长" if declaration.unit.is_none() => Ok(Type::Span),
        "unknown" | "any" => Ok(Type::Open),
        "choice" | "enum" | "选项" => Ok(Type::Choice(options(declaration, inner))),
        "choices" | "set" | "集合" => set(declaration, inner),
        "record" | "object" | "记录" => fields(declaration).map(Type::Record),
        "list" | "array" | "列表" => list(declaration, inner),
        "series" | "序列" | "timeseries" | "time_series" => series(declaration, inner),
        other => number(declaration, other, inner).ok_or((Code::UnknownType, written.to_owned()))?,
    }
}

type Number = Result<Measure, BadDeclaration>;

/// A number of that word; none where the word is no kind of number.
fn number(declaration: &Declaration, word: &str, inner: Option<&str>) -> Option<Result<Type, BadDeclaration>> {
    let usual = match word {
        "" if declaration.options.is_some() => return Some(Ok(Type::Choice(options(declaration, None)))),
        "" if declaration.unit.is_none() && declaration.fields.is_some() => {
            return Some(fields(declaration).map(Type::Record));
        }
        "" | "number" | "decimal" | "integer" | "int" | "float" | "rational" | "quantity" | "数" | "数值" | "数字"
        | "整数" | "小数" | "span" | "duration" | "时长" => None,
        "money" | "金额" => Some("元"),
        "ratio" | "rate" | "percent" | "percentage" | "share" | "growth" | "比率" | "比例" | "百分比" | "增速" => {
            Some("")
        }
        "stock" | "flow" | "cumulative" | "level" | "期末值" | "存量" | "当期" | "流量" | "累计" => {
            let measure = Some(declaration.measure.clone().unwrap_or_else(|| word.to_owned()));
            return Some(measured(&Declaration { measure, ..declaration.clone() }, None, inner).map(Type::Number));
        }
        "百分点" | "points" | "point" | "percentage_point" | "percentage_points" | "pp" => Some("百分点"),
        _ => return None,
    };
    Some(measured(declaration, usual, inner).map(Type::Number))
}

/// The measure of a number: `usual` is the unit where none is said, `""` a rate.
fn measured(declaration: &Declaration, usual: Option<&str>, inner: Option<&str>) -> Number {
    let said = declaration.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty());
    let written = half_width(said.or(inner).or(usual).unwrap_or_default());
    let (unit, basis) = match written.split_once('(') {
        Some((unit, basis)) => (unit.trim().to_owned(), Some(basis.trim_end_matches(')').to_owned())),
        None => (written.trim().to_owned(), None),
    };
    let mut measure = match unit.as_str() {
        "" | "1" | "无" | "-" if usual == Some("") => Measure::ratio(),
        "" | "1" | "无" | "-" => Measure::plain(),
        _ => Measure::in_units(Units::read(&unit, true).ok_or((Code::UnknownUnit, unit))?),
    };
    if usual == Some("百分点") && measure.nature == Nature::Ratio {
        measure = Measure::points();
    }
    // A year by itself is the base of constant prices.
    let year_alone = |word: &&String| word.trim().len() == 4 && word.trim().bytes().all(|b| b.is_ascii_digit());
    if let Some(year) = declaration.prices.as_ref().filter(year_alone) {
        measure.prices = Some(Prices::Constant(year.trim().parse().ok()));
    }
    let beside = declaration.beside.as_ref().filter(|_| declaration.kind.is_some());
    let said = [&declaration.prices, &declaration.measure, &declaration.accumulation].into_iter().flatten();
    for word in basis.iter().chain(said).chain(beside) {
        qualify(&mut measure, word.trim())?;
    }
    // A word about the period says how long it is, or whether it counts from January on.
    for word in [&declaration.period, &declaration.frequency].into_iter().flatten() {
        match grain(word) {
            Ok(grain) => measure.grain = Some(grain),
            Err(wrong) => qualify(&mut measure, word.trim()).map_err(|_| wrong)?,
        }
    }
    Ok(measure)
}

/// Takes in a word about prices or period kind.
fn qualify(measure: &mut Measure, word: &str) -> Result<(), BadDeclaration> {
    let lower = word.to_lowercase();
    let year = lower.chars().filter(char::is_ascii_digit).collect::<String>().parse::<i16>().ok();
    match lower.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '-' | ' ' | '_')) {
        "" => {}
        "现价" | "当年价" | "当年价格" | "现行价" | "current" | "current_prices" | "nominal" => {
            measure.prices = Some(Prices::Current);
        }
        "不变价" | "不变价格" | "可比价" | "可比价格" | "constant" | "constant_prices" | "comparable" | "real" =>
        {
            measure.prices = Some(Prices::Constant(year));
        }
        "stock" | "期末" | "期末值" | "存量" | "level" => measure.accumulation = Some(Accumulation::Stock),
        "flow" | "当期" | "期内量" | "流量" | "discrete" => measure.accumulation = Some(Accumulation::Flow),
        "cumulative" | "累计" | "累计值" | "ytd" => measure.accumulation = Some(Accumulation::Cumulative),
        "growth"
        | "同比"
        | "增速"
        | "growth_yoy"
        | "yoy"
        | "average_growth"
        | "average_annual_growth"
        | "年均"
        | "ratio"
        | "比率"
        | "rate"
        | "share"
        | "比重" => {
            if measure.nature == Nature::Plain {
                *measure = Measure::ratio();
            }
        }
        "cap" | "rank" | "change" | "cumulative_change" | "annual" | "number" | "quantity" | "value" | "none" => {}
        _ => return Err((Code::UnknownType, word.to_owned())),
    }
    Ok(())
}

fn grain(word: &str) -> Result<Grain, BadDeclaration> {
    Ok(match word.trim().to_lowercase().as_str() {
        "year" | "yearly" | "annual" | "年" | "年度" | "a" => Grain::Year,
        "half" | "半年" | "half_year" => Grain::Half,
        "quarter" | "quarterly" | "季" | "季度" | "q" => Grain::Quarter,
        "month" | "monthly" | "月" | "月度" | "m" => Grain::Month,
        "tenday" | "旬" => Grain::Tenday,
        "week" | "weekly" | "周" => Grain::Week,
        "day" | "daily" | "日" => Grain::Day,
        other => match gangmu_kernel::period::read(other, None) {
            Some(period) => period.grain(),
            None => return Err((Code::UnknownType, word.to_owned())),
        },
    })
}

fn options(declaration: &Declaration, inner: Option<&str>) -> Vec<String> {
    declaration.options.clone().unwrap_or_else(|| {
        let codes = inner.unwrap_or_default().split(['|', ',', ';']).map(|code| code.trim().to_owned());
        codes.filter(|code| !code.is_empty()).collect()
    })
}

fn set(declaration: &Declaration, inner: Option<&str>) -> Result<Type, BadDeclaration> {
    let options = options(declaration, inner);
    let max = declaration.max.or(u32::try_from(options.len()).ok().filter(|n| *n > 0));
    let of = if options.is_empty() { Type::Text } else { Type::Choice(options) };
    Ok(Type::List(Box::new(of), max))
}

fn fields(declaration: &Declaration) -> Result<BTreeMap<String, Type>, BadDeclaration> {
    let fields = declaration.fields.iter().flatten();
    fields.map(|(name, field)| Ok((name.clone(), declared(field)?))).collect()
}

/// What a list or a series is of: its own declaration, a word in brackets, or records of the fields.
fn element(declaration: &Declaration, inner: Option<&str>) -> Result<Type, BadDeclaration> {
    if let Some(of) = &declaration.of {
        return declared(of);
    }
    if declaration.fields.is_some() {
        return fields(declaration).map(Type::Record);
    }
    let kind = inner.map(str::to_owned).filter(|word| !word.chars().all(|c| c.is_ascii_digit()));
    declared(&Declaration { kind, max: None, ..declaration.clone() })
}

fn list(declaration: &Declaration, inner: Option<&str>) -> Result<Type, BadDeclaration> {
    let of = element(declaration, inner.map(|inner| inner.split(';').next().unwrap_or_default()))?;
    let max = declaration.max.or_else(|| inner.and_then(|inner| inner.rsplit(';').next()?.trim().parse().ok()));
    Ok(Type::List(Box::new(of), max))
}

fn series(declaration: &Declaration, inner: Option<&str>) -> Result<Type, BadDeclaration> {
    let of = element(declaration, inner.or(Some("number")))?;
    let words = [&declaration.frequency, &declaration.period];
    let grain = words.into_iter().flatten().find_map(|word| grain(word).ok());
    Ok(Type::Series(Box::new(of), Frequency { grain, additive: declaration.additive }))
}
