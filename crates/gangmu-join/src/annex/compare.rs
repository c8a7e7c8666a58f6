//! Two statements of one indicator (指标核对): which values can be compared, and which disagree.

use crate::joined::{Conflict, ConflictKind, ConflictValue, SourceOf};
use gangmu_plan::{
    compile::fold::fold,
    compiled::{Attribute, Comparator, Indicator},
};
use rust_decimal::Decimal;

/// What one source says of an indicator.
pub(super) struct Statement<'a> {
    indicator: &'a Indicator,
    source: &'a SourceOf,
}

impl<'a> Statement<'a> {
    pub fn of(indicator: &'a Indicator, source: &'a SourceOf) -> Self {
        Self { indicator, source }
    }
}

/// The name by which one indicator is known in text and table: without number, brackets, place and words of growth.
pub(super) fn key(indicator: &Indicator) -> String {
    let mut depth = 0usize;
    let mut name: String = indicator
        .name
        .chars()
        .map(fold)
        .filter(|c| {
            match c {
                '（' => depth += 1,
                '）' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0 && !c.is_whitespace() && !matches!(c, '*' | '、' | '"' | '“' | '”' | '：')
        })
        .collect();
    name = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').to_owned();
    for start in ["全区", "全市", "全县", "全省", "全国", "本区", "区域"] {
        name = name.strip_prefix(start).map_or(name.clone(), str::to_owned);
    }
    for word in ["年均增长率", "年均增长", "年均增速", "增长率", "增速", "增长", "年均", "累计"]
    {
        name = name.strip_suffix(word).map_or(name.clone(), str::to_owned);
    }
    name = name
        .replace("GDP", "地区生产总值")
        .replace("国内生产总值", "地区生产总值")
        .replace("占地区生产总值的比重", "占地区生产总值比重");
    // 其中：… means another thing under another parent.
    match &indicator.parent {
        Some(parent) if name.chars().count() <= 4 => format!("{parent}/{name}"),
        _ => name,
    }
}

/// A unit as a power of ten and what it counts.
fn scale(unit: &str) -> (u32, String) {
    let unit: String = unit.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
    for (word, power) in
        [("万亿", 12), ("千亿", 11), ("百亿", 10), ("亿", 8), ("千万", 7), ("百万", 6), ("万", 4), ("千", 3)]
    {
        if let Some(rest) = unit.strip_prefix(word)
            && !(word == "千" && matches!(rest, "瓦" | "瓦时" | "克" | "米"))
        {
            return (power, rest.to_owned());
        }
    }
    (0, unit)
}

/// May the values of both be compared: do they measure the same thing?
pub(super) fn comparable(a: &Indicator, b: &Indicator) -> bool {
    let growth = |i: &Indicator| i.target.value.is_none() && i.target.low.is_none() && i.change.value.is_some();
    match (&a.unit, &b.unit) {
        (Some(x), Some(y)) => {
            let (x, y) = (scale(x).1, scale(y).1);
            x == y || (x == "%") == (y == "%") || growth(a) || growth(b)
        }
        _ => true,
    }
}

/// All that two statements disagree about.
pub(super) fn disagreements(a: &Statement<'_>, b: &Statement<'_>) -> Vec<Conflict> {
    let mut out = Vec::new();
    let (x, y) = (a.indicator, b.indicator);
    let mut add = |kind: ConflictKind, first: Option<String>, second: Option<String>| {
        let value = |value, s: &Statement<'_>| ConflictValue {
            value,
            unit: s.indicator.unit.clone(),
            source: s.source.clone(),
        };
        out.push(Conflict { kind, subject: y.name.clone(), values: vec![value(first, a), value(second, b)] });
    };
    let units = (x.unit.as_deref().map(scale), y.unit.as_deref().map(scale));
    let of_levels = |i: &Indicator| i.target.value.is_some() || i.target.low.is_some();
    let (mut by, mut same_unit) = ((0, 0), true);
    if let (Some(first), Some(second)) = &units {
        same_unit = first.1 == second.1;
        if first != second && of_levels(x) && of_levels(y) {
            add(ConflictKind::Unit, x.unit.clone(), y.unit.clone());
        }
        by = (first.0, second.0);
    }
    let differ = |p: Option<Decimal>, q: Option<Decimal>| match (p, q) {
        (Some(p), Some(q)) => scaled(p, by.0) != scaled(q, by.1),
        _ => false,
    };
    let shown = |v: Option<Decimal>| v.map(|v| v.normalize().to_string());
    let same_period = |p: &Option<String>, q: &Option<String>| p.is_none() || q.is_none() || p == q;
    if same_unit {
        let (s, t) = (&x.target, &y.target);
        if same_period(&s.period, &t.period) {
            let denied = opposed(s.comparator, t.comparator);
            if differ(s.value, t.value)
                || differ(s.low, t.low)
                || differ(s.high, t.high)
                || denied && s.value.is_some() && t.value.is_some()
            {
                let text = |i: &Indicator| i.target.text.clone().or_else(|| shown(i.target.value));
                add(ConflictKind::Target, text(x), text(y));
            }
        }
        if same_period(&x.baseline.period, &y.baseline.period) && differ(x.baseline.value, y.baseline.value) {
            add(ConflictKind::Baseline, shown(x.baseline.value), shown(y.baseline.value));
        } else if differ_periods(x, y) {
            add(ConflictKind::Period, x.baseline.period.clone(), y.baseline.period.clone());
        }
    }
    let (c, d) = (&x.change, &y.change);
    if let (Some(p), Some(q)) = (c.value, d.value)
        && c.kind == d.kind
        && p != q
    {
        add(ConflictKind::Change, c.text.clone().or_else(|| shown(c.value)), d.text.clone().or_else(|| shown(d.value)));
    }
    if let (Some(p), Some(q)) = (x.attribute, y.attribute)
        && p != q
    {
        add(ConflictKind::Attribute, Some(word(p)), Some(word(q)));
    }
    out
}

/// Does one set a floor where the other sets a ceiling? 27以下 and <27 mean the same.
fn opposed(a: Option<Comparator>, b: Option<Comparator>) -> bool {
    let side = |c: Option<Comparator>| match c {
        Some(Comparator::Ge | Comparator::Gt) => 1,
        Some(Comparator::Le | Comparator::Lt) => -1,
        _ => 0,
    };
    side(a) * side(b) < 0
}

/// The same base value under another year.
fn differ_periods(x: &Indicator, y: &Indicator) -> bool {
    let (p, q) = (&x.baseline, &y.baseline);
    p.value.is_some() && p.value == q.value && p.period.is_some() && q.period.is_some() && p.period != q.period
}

fn scaled(value: Decimal, power: u32) -> Option<Decimal> {
    value.checked_mul(Decimal::from(10u64.pow(power))).map(|v| v.normalize())
}

fn word(attribute: Attribute) -> String {
    match attribute {
        Attribute::Binding => "约束性".to_owned(),
        Attribute::Anticipatory => "预期性".to_owned(),
    }
}
