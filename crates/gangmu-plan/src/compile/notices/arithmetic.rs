//! Arithmetic (数字勾稽): figures of one sentence that do not agree with each other.

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::figures::{self, Figure};
use super::{LEXICON, no_doubt, notice, quoted};
use crate::compile::lexicon::Words;
use crate::compile::tasks::Phrases;
use crate::compile::trace::Trace;
use crate::compiled::{Notice, NoticeKind};

const SHARE: &str = "notice.arithmetic.share";
const SUM: &str = "notice.arithmetic.sum";
const GROWTH: &str = "notice.arithmetic.growth";
const STRUCTURE: &str = "notice.arithmetic.structure";
const AVERAGE: &str = "notice.arithmetic.average";

/// A stretch with more figures is a table without its lines.
const MOST: usize = 80;

/// Finds figures that disagree.
pub(super) fn find(phrases: &Phrases, out: &mut Vec<Notice>, trace: &mut Trace) {
    for passage in &phrases.passages {
        let text = phrases.slice(&passage.range);
        if text.iter().filter(|c| c.is_ascii_digit()).take(3).count() < 3 {
            continue;
        }
        let figures = figures::scan(text);
        if figures.len() > MOST {
            continue;
        }
        let mut doubts = Doubts::default();
        shares(text, &figures, &mut doubts);
        sums(text, &figures, &mut doubts);
        growth(text, &figures, &mut doubts);
        structures(text, &mut doubts);
        averages(text, &figures, &mut doubts);
        let span = |p: &Range<usize>| phrases.span(&(passage.range.start + p.start..passage.range.start + p.end));
        for (rule, place) in &doubts.agree {
            no_doubt(trace, span(place), rule, "figures_agree");
        }
        for doubt in doubts.found {
            let spans: Vec<_> = doubt.places.iter().map(span).collect();
            let fields = [("stated", doubt.stated.clone()), ("computed", doubt.computed.clone())];
            out.push(notice(NoticeKind::Arithmetic, doubt.rule, doubt.message, &spans, &fields));
        }
    }
}

/// Figures that disagree.
struct Doubt {
    rule: &'static str,
    message: String,
    places: Vec<Range<usize>>,
    stated: String,
    computed: String,
}

/// What a stretch of figures gave.
#[derive(Default)]
struct Doubts {
    found: Vec<Doubt>,
    /// The stated figures that follow from the others, with the rule that reckoned them.
    agree: Vec<(&'static str, Range<usize>)>,
}

impl Doubts {
    fn push(&mut self, doubt: Doubt) {
        self.found.push(doubt);
    }

    fn agrees(&mut self, rule: &'static str, place: Range<usize>) {
        self.agree.push((rule, place));
    }
}

fn text_of(text: &[char], figure: &Figure) -> String {
    text[figure.start..figure.end.max(figure.start + 1)].iter().collect()
}

fn place(figure: &Figure) -> Range<usize> {
    figure.start..figure.end
}

/// Does a stretch hold one of these words?
fn has(text: &[char], words: &Words) -> bool {
    words.find(text, 0).is_some()
}

/// The bounds of a quotient whose parts are rounded.
fn quotient(over: &Figure, under: &Figure) -> Option<(Decimal, Decimal)> {
    let low = (over.amount - over.slack).checked_div(under.amount + under.slack)?;
    let high = (over.amount + over.slack).checked_div((under.amount - under.slack).max(Decimal::ZERO))?;
    Some((low, high))
}

/// Does the stated figure lie outside the bounds, its own rounding allowed for?
fn outside(stated: &Figure, low: Decimal, high: Decimal) -> bool {
    stated.value + stated.slack < low || stated.value - stated.slack > high
}

/// A part, a whole and a share: 200亿元，其中…90亿元，占比48%.
fn shares(text: &[char], figures: &[Figure], out: &mut Doubts) {
    static PLAIN: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&["share"]));
    for (index, stated) in figures.iter().enumerate().filter(|(_, f)| f.unit == "%") {
        let from = figures[..index].iter().rev().find(|f| f.unit == "%").map_or(0, |f| f.end);
        let Some(at) = (from..stated.start).rev().find(|&i| text[i] == '占') else { continue };
        if stated.start - at > 30 || text[at..stated.start].iter().any(|c| matches!(c, '。' | '；')) {
            continue;
        }
        let between: Vec<&Figure> =
            figures[..index].iter().filter(|f| f.start > at && !f.unit.is_empty() && f.unit != "年").collect();
        let before: Vec<&Figure> = figures[..index]
            .iter()
            .filter(|f| f.end <= at && f.start >= from && f.unit != "%" && f.unit != "年" && !f.unit.is_empty())
            .collect();
        let Some(part) = before.last() else { continue };
        // The part must stand right before the share: nothing but a stop and a few words between.
        if at - part.end > 3 {
            continue;
        }
        let whole = match between.last() {
            Some(whole) => Some(*whole).filter(|w| w.unit == part.unit),
            None => {
                let bare = &text[at..stated.start];
                let plain = PLAIN.at(bare, 0) == Some(bare.len());
                let larger = |f: &&&Figure| f.unit == part.unit && f.amount > part.amount;
                before[..before.len() - 1].iter().rev().find(larger).copied().filter(|_| plain)
            }
        };
        let Some(whole) = whole else { continue };
        let Some((low, high)) = quotient(part, whole) else { continue };
        let hundred = Decimal::ONE_HUNDRED;
        if !outside(stated, low * hundred, high * hundred) {
            out.agrees(SHARE, place(stated));
        } else if let Some(share) = part.amount.checked_div(whole.amount) {
            let computed = format!("{}%", (share * hundred).round_dp(1).normalize());
            let said = text_of(text, stated);
            out.push(Doubt {
                rule: SHARE,
                message: format!(
                    "按文中数字计算，{}占{}的{computed}，文中写为{said}。请核对三个数字。",
                    text_of(text, part),
                    text_of(text, whole)
                ),
                places: vec![place(stated), place(part), place(whole)],
                stated: said,
                computed,
            });
        }
    }
}

/// A whole and its parts: 60所，其中小学45所、初中18所.
fn sums(text: &[char], figures: &[Figure], out: &mut Doubts) {
    static OPENS: LazyLock<Words> =
        LazyLock::new(|| Words::new(["，其中", "。其中", "（其中", "，包括", "，其中：", "指标，其中"]));
    static OTHER: LazyLock<Words> =
        LazyLock::new(|| Words::new(["占", "比", "增长", "同比", "下降", "达到", "其中", "以上", "人均", "户均"]));
    for (index, whole) in figures.iter().enumerate() {
        if whole.unit.is_empty() || matches!(whole.unit.as_str(), "%" | "年" | "个百分点") {
            continue;
        }
        // 每人每月250元: a rate, not a whole.
        if text[whole.start.saturating_sub(8)..whole.start].contains(&'每') {
            continue;
        }
        let rest = &text[whole.end..];
        let Some((at, len)) = OPENS.find(rest, 0).filter(|(at, _)| *at <= 6) else { continue };
        let from = whole.end + at + len;
        let end = (from..text.len()).find(|&i| matches!(text[i], '。' | '；' | '）')).unwrap_or(text.len());
        let mut parts: Vec<&Figure> = Vec::new();
        let mut last = from;
        for figure in figures[index + 1..].iter().filter(|f| f.start >= from && f.end <= end) {
            if has(&text[last.min(figure.start)..figure.start], &OTHER) {
                break;
            }
            let alike = figure.unit == whole.unit
                || matches!((figure.unit.as_str(), whole.unit.as_str()), ("个" | "项", "个" | "项"));
            if !alike {
                break;
            }
            parts.push(figure);
            last = figure.end;
        }
        if parts.len() < 2 || parts.len() > 12 {
            continue;
        }
        let sum: Decimal = parts.iter().map(|f| f.amount).sum();
        let slack: Decimal = parts.iter().map(|f| f.slack).sum::<Decimal>() + whole.slack;
        let whole_numbers =
            parts.iter().all(|f| f.amount.fract().is_zero() && f.slack < Decimal::ONE) && whole.slack < Decimal::ONE;
        let allowed = if whole_numbers { Decimal::ZERO } else { slack };
        if sum <= whole.amount + allowed {
            out.agrees(SUM, place(whole));
        } else {
            let scale = whole.amount.checked_div(whole.value).unwrap_or(Decimal::ONE);
            let shown = sum.checked_div(scale).unwrap_or(sum).normalize();
            let said = text_of(text, whole);
            out.push(Doubt {
                rule: SUM,
                message: format!(
                    "文中总数为{said}，所列{}个分项合计为{shown}，合计大于总数。请核对总数和分项。",
                    parts.len()
                ),
                places: std::iter::once(place(whole)).chain(parts.iter().map(|f| place(f))).collect(),
                stated: said,
                computed: shown.to_string(),
            });
        }
    }
}

/// Two values and the change between them.
fn growth(text: &[char], figures: &[Figure], out: &mut Doubts) {
    static UP: LazyLock<Words> = LazyLock::new(|| Words::new(["增加", "增长", "提高", "上升", "提升", "扩大", "增"]));
    static DOWN: LazyLock<Words> = LazyLock::new(|| Words::new(["减少", "下降", "降低", "缩减", "压减", "缩小", "减"]));
    static TO: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&["changed.to"]));
    static THAN: LazyLock<Words> = LazyLock::new(|| Words::new(["比", "较"]));
    for index in 0..figures.len() {
        let stated = &figures[index];
        // Years between the figures are no values.
        let values: Vec<&Figure> = figures[..index].iter().rev().filter(|f| f.unit != "年").take(2).collect();
        let [second, first] = values.as_slice() else { continue };
        let head = &text[second.end.min(stated.start)..stated.start];
        let (up, down) = (UP.before(head, head.len()).is_some(), DOWN.before(head, head.len()).is_some());
        if !(up || down) || head.len() > 8 || first.unit != second.unit || first.unit.is_empty() {
            continue;
        }
        let link = &text[first.end.min(second.start)..second.start];
        let (old, new) = if has(link, &TO) && !link.iter().any(|c| matches!(c, '。' | '；')) {
            (*first, *second)
        } else if has(link, &THAN) && link.len() <= 24 && head.len() <= 3 {
            (*second, *first)
        } else {
            continue;
        };
        let Some(computed) = changed(text, stated, old, new, up) else {
            out.agrees(GROWTH, place(stated));
            continue;
        };
        let (said, verb) = (text_of(text, stated), if up { "增长" } else { "下降" });
        out.push(Doubt {
            rule: GROWTH,
            message: format!(
                "由{}到{}，计算得{verb}{computed}，文中写为{said}。请核对三个数字。",
                text_of(text, old),
                text_of(text, new)
            ),
            places: vec![place(stated), place(old), place(new)],
            stated: said,
            computed,
        });
    }
}

/// The change between two values where the stated one disagrees: a rate, or an amount in the unit of the text.
fn changed(text: &[char], stated: &Figure, old: &Figure, new: &Figure, up: bool) -> Option<String> {
    let hundred = Decimal::ONE_HUNDRED;
    let change = if up { new.amount - old.amount } else { old.amount - new.amount };
    if stated.unit == "%" && old.unit != "%" && !old.amount.is_zero() {
        let (low, high) = quotient(new, old)?;
        let (low, high) = (low * hundred, high * hundred);
        let (low, high) = if up { (low - hundred, high - hundred) } else { (hundred - high, hundred - low) };
        let rate = change.checked_div(old.amount)?;
        return outside(stated, low, high).then(|| format!("{}%", (rate * hundred).round_dp(1).normalize()));
    }
    if stated.unit != old.unit && !(old.unit == "%" && stated.unit == "个百分点") {
        return None;
    }
    let slack = old.slack + new.slack;
    let whole = slack < Decimal::ONE && change.fract().is_zero();
    let allowed = if whole { Decimal::ZERO } else { slack + stated.slack };
    if (stated.amount - change).abs() <= allowed {
        return None;
    }
    // Shown in the magnitude that the text uses (6万亩).
    let scale = stated.amount.checked_div(stated.value).unwrap_or(Decimal::ONE);
    let written: String = text[stated.start..stated.end].iter().filter(|c| !c.is_ascii_digit() && **c != '.').collect();
    Some(format!("{}{written}", (change / scale).normalize()))
}

/// A structure whose parts must make a hundred: 8.1：46.0：49.9.
fn structures(text: &[char], out: &mut Doubts) {
    let mut at = 0;
    while at < text.len() {
        if !text[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let mut parts: Vec<(Decimal, u32)> = Vec::new();
        let mut end = at;
        loop {
            let (value, decimals, next) = figures::number(text, at);
            let Some(value) = value.filter(|_| next > at) else { break };
            parts.push((value, decimals));
            end = next;
            if matches!(text.get(next), Some('：' | ':')) && text.get(next + 1).is_some_and(char::is_ascii_digit) {
                at = next + 1;
            } else {
                break;
            }
        }
        at = end.max(start + 1);
        if parts.len() < 3 {
            continue;
        }
        let sum: Decimal = parts.iter().map(|(v, _)| *v).sum();
        let slack: Decimal = parts.iter().map(|(_, d)| Decimal::new(5, d + 1)).sum();
        let off = (sum - Decimal::ONE_HUNDRED).abs();
        // Far from a hundred it is a ratio of another kind (3：5：2).
        if off <= slack {
            out.agrees(STRUCTURE, start..end);
        } else if off < Decimal::from(15) {
            let said: String = text[start..end].iter().collect();
            out.push(Doubt {
                rule: STRUCTURE,
                message: format!("“{said}”各部分合计为{}，不等于100。请核对。", sum.normalize()),
                places: std::iter::once(start..end).collect(),
                stated: said,
                computed: sum.normalize().to_string(),
            });
        }
    }
}

/// An average that does not follow from its total: 户均, 平均每年.
fn averages(text: &[char], figures: &[Figure], out: &mut Doubts) {
    static EACH: LazyLock<Words> = LazyLock::new(|| {
        Words::new([
            "户均补贴",
            "户均",
            "人均补贴",
            "人均",
            "亩均",
            "村均",
            "每户",
            "每人",
            "每亩",
            "家均",
            "户均奖补",
            "人均补助",
            "户均补助",
        ])
    });
    static YEARLY: LazyLock<Words> =
        LazyLock::new(|| Words::new(["平均每年", "年均", "每年平均", "平均每年改造", "年平均"]));
    static LOOSE: LazyLock<Words> =
        LazyLock::new(|| Words::new(["约", "左右", "以上", "超过", "近", "余", "不少于", "不低于"]));
    if has(text, &LOOSE) {
        return;
    }
    for (index, stated) in figures.iter().enumerate() {
        let from = figures[..index].last().map_or(0, |f| f.end);
        let head = &text[from..stated.start];
        let values: Vec<&Figure> = figures[..index].iter().rev().filter(|f| f.unit != "年").take(2).collect();
        if let (Some((at, _)), [count, total]) = (EACH.find(head, 0), values.as_slice()) {
            let of = text[from + at];
            let of = if of == '每' { text[from + at + 1] } else { of };
            if head.len() - at <= 8
                && total.unit == stated.unit
                && count.unit.starts_with(of)
                && !count.amount.is_zero()
            {
                let Some((low, high)) = quotient(total, count) else { continue };
                let (low, high) = (low - stated.slack, high + stated.slack);
                if stated.amount < low || stated.amount > high {
                    push_average(text, stated, total, (total.amount / count.amount).round_dp(2), out);
                } else {
                    out.agrees(AVERAGE, place(stated));
                }
            }
            continue;
        }
        if let (Some((at, len)), Some(total)) = (YEARLY.find(head, 0), values.first())
            && head.len() - at - len <= 6
            && total.unit == stated.unit
            && let Some(years) = years_before(&text[..total.start])
        {
            let product = stated.amount * years;
            let slack = stated.slack * years + total.slack;
            let exact = if slack < years { Decimal::ZERO } else { slack };
            if (product - total.amount).abs() > exact.max(years / Decimal::TWO) {
                push_average(text, stated, total, (total.amount / years).round_dp(2), out);
            } else {
                out.agrees(AVERAGE, place(stated));
            }
        }
    }
}

fn push_average(text: &[char], stated: &Figure, total: &Figure, computed: Decimal, out: &mut Doubts) {
    let said = text_of(text, stated);
    let computed = computed.normalize().to_string();
    out.push(Doubt {
        rule: AVERAGE,
        message: format!(
            "由总数{}计算，平均值应为{computed}，文中写为{}。请核对。",
            text_of(text, total),
            quoted(&text[stated.start..stated.end])
        ),
        places: vec![place(stated), place(total)],
        stated: said,
        computed,
    });
}

/// The number of years in 五年共, 三年累计.
fn years_before(head: &[char]) -> Option<Decimal> {
    static TOTAL: LazyLock<Words> =
        LazyLock::new(|| Words::new(["年共", "年累计", "年内共", "年来共", "年来累计", "年间共", "年合计", "年总计"]));
    let (at, _) = TOTAL.find(head, 0)?;
    let start = (at.saturating_sub(3)..at).find(|&i| figures::small(head, i).is_some_and(|(_, end)| end == at))?;
    figures::small(head, start)
        .map(|(years, _)| Decimal::from(years))
        .filter(|y| *y >= Decimal::TWO && *y <= Decimal::from(20))
}
