//! Quantities without a number and unit (非数值表述): ranks, coverage, zero, signs, doubling, caps set by others.

use rust_decimal::Decimal;

use super::numbers::{self, skip, skip_back};
use super::words as w;
use crate::compile::fold::is_han;
use crate::compile::lexicon::Words;
use crate::compiled::{Comparator, Direction};
use gangmu_kernel::numerals;

/// The form of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A number with a unit.
    Number,
    /// The size of a thing named after it: 千亿级.
    Level,
    /// Parts of a whole.
    Ratio,
    /// 全省第三, 前十名.
    Rank,
    /// 全国前列.
    RankWords,
    /// 全覆盖.
    Coverage,
    /// 深度覆盖.
    CoverageVague,
    /// 清零, 未发生, 遏制重特大事故.
    Zero,
    /// 负增长.
    Sign,
    /// 翻一番.
    Doubling,
    /// 控制在省下达的目标以内.
    External,
    /// 七横八纵.
    Grid,
    /// 一村一警.
    PerEach,
}

/// A quantity in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub start: usize,
    pub end: usize,
    pub shape: Shape,
    pub value: Option<Decimal>,
    pub unit: Option<&'static str>,
    pub comparator: Option<Comparator>,
    pub direction: Option<Direction>,
    pub rule: &'static str,
}

impl Phrase {
    fn new(start: usize, end: usize, shape: Shape, rule: &'static str) -> Self {
        Self { start, end, shape, value: None, unit: None, comparator: None, direction: None, rule }
    }
}

/// Finds the phrase that begins at `at`, or whose key word does.
pub(crate) fn phrase_at(text: &[char], at: usize) -> Option<Phrase> {
    match text[at] {
        '第' | '前' => rank(text, at).or_else(|| rank_words(text, at)),
        '首' | '领' | '先' | '榜' | '中' | '上' => rank_words(text, at),
        '全' | '应' | '整' => words(text, at, &w::COVERAGE, Shape::Coverage, "quantity:coverage")
            .map(covered)
            .or_else(|| covered_gap(text, at)),
        '深' | '广' | '基' | '有' | '连' | '普' => {
            words(text, at, &w::COVERAGE_VAGUE, Shape::CoverageVague, "quantity:coverage-vague")
                .filter(|p| ends_clause(text, p.end))
                .or_else(|| zero(text, at))
        }
        '让' | '使' | '确' => words(text, at, &w::EVERY, Shape::Coverage, "quantity:every").map(covered),
        '动' | '清' | '归' | '零' | '〇' => zero(text, at).or_else(|| sign(text, at)),
        '遏' | '杜' | '不' | '未' | '防' | '坚' => prevent(text, at).or_else(|| cap(text, at)),
        '负' | '正' | '扭' | '由' => sign(text, at),
        '翻' | '再' | '成' | '倍' | '实' => doubling(text, at),
        '控' | '保' | '严' | '稳' | '限' | '完' => cap(text, at),
        '一' => per_each(text, at),
        c if numerals::digit(c).is_some() => grid(text, at),
        _ => None,
    }
}

fn words(text: &[char], at: usize, set: &Words, shape: Shape, rule: &'static str) -> Option<Phrase> {
    set.at(text, at).map(|len| Phrase::new(at, at + len, shape, rule))
}

/// Does the comma-clause end here?
fn ends_clause(text: &[char], at: usize) -> bool {
    matches!(text.get(skip(text, at)), None | Some('，' | '。' | '；' | '、' | '\n' | '！'))
}

fn covered(phrase: Phrase) -> Phrase {
    Phrase { value: Some(Decimal::ONE_HUNDRED), unit: Some("%"), comparator: Some(Comparator::Eq), ..phrase }
}

/// 全市公共服务设施覆盖 is none; 全…覆盖 within four characters is.
fn covered_gap(text: &[char], at: usize) -> Option<Phrase> {
    if text[at] != '全' {
        return None;
    }
    let end = (at + 2..text.len().min(at + 6)).find(|i| text[*i] == '覆' && text.get(*i + 1) == Some(&'盖'))?;
    let han = text[at..end].iter().all(|c| is_han(*c));
    let rate = matches!(text.get(end + 2), Some('率' | '面' | '度' | '范'));
    (han && !rate).then(|| covered(Phrase::new(at, end + 2, Shape::Coverage, "quantity:coverage")))
}

/// 第三, 前十位, 第 3 名: with the scope and verb before it.
fn rank(text: &[char], at: usize) -> Option<Phrase> {
    let from = skip(text, at + 1);
    let number = match text.get(from)? {
        c if c.is_ascii_digit() => numbers::arabic(text, from)?,
        c if numerals::is_numeral(*c) || *c == '两' => numbers::chinese(text, from)?,
        _ => return None,
    };
    if number.value > Decimal::from(500) || number.value < Decimal::ONE {
        return None;
    }
    let after = skip(text, number.end);
    // 前 1% is a share, not a place.
    if matches!(text.get(after), Some('%' | '‰')) {
        return None;
    }
    let counter = ["名", "位", "强", "席"].iter().any(|c| text.get(after).is_some_and(|x| c.starts_with(*x)));
    let first = text[at] == '第';
    let before = rank_before(text, at);
    // 第三 needs 居, 排名 or a scope before it; 前十 may also carry its own counter.
    if before == at && (first || !counter) {
        return None;
    }
    // 前三季度, 前两年, 第一产业, 第一书记 are no ranks.
    if !counter && text.get(after).is_some_and(|c| is_han(*c) && !matches!(c, '的' | '和' | '与' | '且' | '、')) {
        return None;
    }
    let end = if counter { after + 1 } else { number.end };
    // 列第一位者牵头 speaks of a place in the text.
    if text.get(end) == Some(&'者') {
        return None;
    }
    Some(Phrase {
        value: Some(number.value),
        unit: Some("位"),
        comparator: Some(if first { Comparator::Eq } else { Comparator::UpToRank }),
        ..Phrase::new(before, end, Shape::Rank, "quantity:rank")
    })
}

/// Where the verb and scope before a rank begin.
fn rank_before(text: &[char], at: usize) -> usize {
    let mut start = skip_back(text, at);
    for _ in 0..3 {
        let Some(len) = w::SCOPE.before(text, start).or_else(|| w::RANK_BEFORE.before(text, start)) else { break };
        start = skip_back(text, start - len);
    }
    if start == skip_back(text, at) { at } else { skip(text, start) }
}

/// 全国前列, 全省领先: a scope and a verb that places must stand before it.
fn rank_words(text: &[char], at: usize) -> Option<Phrase> {
    let len = w::RANK_WORDS.at(text, at)?;
    let scope_end = skip_back(text, at);
    let scope = w::SCOPE.before(text, scope_end)?;
    let mut start = scope_end - scope;
    let verb_end = skip_back(text, start);
    if let Some(verb) = w::RANK_BEFORE.before(text, verb_end) {
        start = verb_end - verb;
    }
    // 走在全国前列 is praise or a wish, not a place.
    if start >= 2 && matches!(text[start - 2..start], ['走', '在'] | ['站', '在'] | ['处', '于'] | ['力', '争'])
    {
        return None;
    }
    if start == scope_end - scope && !matches!(text.get(at + len), None | Some('，' | '。' | '；' | '、' | '\n')) {
        return None;
    }
    Some(Phrase {
        unit: Some("位"),
        comparator: Some(Comparator::UpToRank),
        ..Phrase::new(start, at + len, Shape::RankWords, "quantity:rank-words")
    })
}

/// 动态清零, 零事故.
fn zero(text: &[char], at: usize) -> Option<Phrase> {
    let len = w::ZERO.at(text, at)?;
    Some(Phrase {
        value: Some(Decimal::ZERO),
        comparator: Some(Comparator::Eq),
        ..Phrase::new(at, at + len, Shape::Zero, "quantity:zero")
    })
}

/// 遏制重特大事故, 未发生.
fn prevent(text: &[char], at: usize) -> Option<Phrase> {
    let len = w::PREVENT.at(text, at)?;
    let word = &text[at..at + len];
    let plain = word.ends_with(&['发', '生']);
    let rest = &text[at + len..text.len().min(at + len + 24)];
    let rest = &rest[..rest.iter().position(|c| matches!(c, '，' | '。' | '；')).unwrap_or(rest.len())];
    let grave = |c: &[char]| matches!(c, ['事', '故'] | ['事', '件'] | ['火', '灾'] | ['案', '件'] | ['风', '险']);
    if !rest.windows(2).any(grave)
        || (plain && !rest.windows(2).any(|c| matches!(c, ['重', '大'] | ['特', '大'] | ['较', '大'])))
    {
        return None;
    }
    Some(Phrase {
        value: Some(Decimal::ZERO),
        unit: Some("起"),
        comparator: Some(Comparator::Eq),
        ..Phrase::new(at, at + len, Shape::Zero, "quantity:prevent")
    })
}

/// 负增长, 零增长.
fn sign(text: &[char], at: usize) -> Option<Phrase> {
    let len = w::SIGN.at(text, at)?;
    let negative = text[at] == '负';
    let positive = text[at] == '正' || text[at] == '扭' || text[at] == '由';
    Some(Phrase {
        value: Some(Decimal::ZERO),
        unit: Some("%"),
        comparator: Some(if negative {
            Comparator::Lt
        } else if positive {
            Comparator::Gt
        } else {
            Comparator::Le
        }),
        direction: Some(if negative { Direction::Down } else { Direction::Up }),
        ..Phrase::new(at, at + len, Shape::Sign, "quantity:sign")
    })
}

/// 翻一番, 在 2020 年基础上翻两番.
fn doubling(text: &[char], at: usize) -> Option<Phrase> {
    let len = w::DOUBLING.at(text, at)?;
    let word: String = text[at..at + len].iter().collect();
    // 倍增 counts only as a verb at the end of its clause: 规模倍增.
    if (word == "倍增" || word == "成倍增长")
        && !matches!(text.get(at + len), None | Some('，' | '。' | '；' | '、' | '\n'))
    {
        return None;
    }
    let value = if word.contains("两番") { 4 } else { 2 };
    let comparator = if word.ends_with("以上") {
        Comparator::Ge
    } else if word.ends_with('多') {
        Comparator::Gt
    } else {
        Comparator::Eq
    };
    // 在 2020 年基础上, 比 2020 年.
    let start = base_of(text, at).unwrap_or(at);
    Some(Phrase {
        value: Some(Decimal::from(value)),
        unit: Some("倍"),
        comparator: Some(comparator),
        direction: Some(Direction::Up),
        ..Phrase::new(start, at + len, Shape::Doubling, "quantity:doubling")
    })
}

/// Where 在…基础上 or 比… before `at` begins.
pub(crate) fn base_of(text: &[char], at: usize) -> Option<usize> {
    let end = skip_back(text, at);
    let head = &text[end.saturating_sub(24)..end];
    let offset = end - head.len();
    let cut = head.iter().rposition(|c| matches!(c, '，' | '。' | '；' | '、')).map_or(0, |i| i + 1);
    let head = &head[cut..];
    if head.ends_with(&['基', '础', '上']) {
        return head.iter().rposition(|c| *c == '在').map(|i| offset + cut + i);
    }
    let from = head.iter().rposition(|c| matches!(c, '比' | '较'))?;
    head[from..].iter().any(char::is_ascii_digit).then_some(offset + cut + from)
}

/// 控制在市下达的目标范围之内, 不超过警戒线, 不低于全国平均水平.
fn cap(text: &[char], at: usize) -> Option<Phrase> {
    let len = w::CAP_BEFORE.at(text, at)?;
    let from = skip(text, at + len);
    let window = &text[from..text.len().min(from + 22)];
    let window = &window[..window
        .iter()
        .position(|c| matches!(c, '，' | '。' | '；' | '、' | '\n') || c.is_ascii_digit())
        .unwrap_or(window.len())];
    let word: String = text[at..at + len].iter().collect();
    let comparator = match word.as_str() {
        "不低于" => Comparator::Ge,
        "完成" | "保持在" | "稳定在" => Comparator::Eq,
        _ => Comparator::Le,
    };
    let direct = w::THRESHOLD.find(window, 0).filter(|(start, _)| *start <= 4 && word != "完成");
    let end = match direct {
        Some((start, len)) => start + len,
        None => {
            let setter = w::CAP_SETTER.at(window, 0)?;
            let (given, given_len) =
                w::CAP_GIVEN.find(window, setter.min(window.len())).filter(|(g, _)| *g <= setter + 4)?;
            let (noun, noun_len) =
                w::CAP_NOUN.find(window, given + given_len).filter(|(n, _)| *n <= given + given_len + 8)?;
            noun + noun_len
        }
    };
    let mut end = from + end;
    if let Some(len) = w::AFTER_LE.at(text, end) {
        end += len;
    }
    Some(Phrase { comparator: Some(comparator), ..Phrase::new(at, end, Shape::External, "quantity:external-cap") })
}

/// 七横八纵, 三环五射.
fn grid(text: &[char], at: usize) -> Option<Phrase> {
    let window = text.get(at..at + 4)?;
    let [a, x, b, y] = window else { return None };
    let numbers = numerals::digit(*a).is_some() && numerals::digit(*b).is_some();
    let shape =
        matches!((x, y), ('横', '纵') | ('纵', '横') | ('环', '射') | ('主', '辅') | ('纵', '联') | ('射', '环'));
    (numbers && shape).then(|| Phrase::new(at, at + 4, Shape::Grid, "quantity:grid"))
}

/// 一村一警, 一格多员: a norm of so many for each, where 原则, 要求 or 机制 says that it is one.
fn per_each(text: &[char], at: usize) -> Option<Phrase> {
    if at > 0 && (numerals::is_numeral(text[at - 1]) || text[at - 1] == '第') {
        return None;
    }
    let second = (at + 2..text.len().min(at + 8)).find(|i| matches!(text[*i], '一' | '多' | '两'))?;
    let whole = text[at + 1..second].iter().all(|c| is_han(*c) || matches!(c, '（' | '）'));
    let first = text[at + 1..second].iter().take_while(|c| **c != '（').count();
    if !whole || !(1..=2).contains(&first) {
        return None;
    }
    let end = (second + 1..text.len().min(second + 4))
        .find(|i| !is_han(text[*i]) || says_norm(text, *i))
        .unwrap_or(text.len().min(second + 4));
    let quoted = end + usize::from(matches!(text.get(end), Some('”' | '"')));
    let norm = says_norm(text, quoted) || (text.get(quoted) == Some(&'的') && says_norm(text, quoted + 1));
    (norm && end > second + 1).then(|| Phrase {
        value: Some(Decimal::ONE),
        comparator: Some(Comparator::Eq),
        ..Phrase::new(at, end, Shape::PerEach, "quantity:per-each")
    })
}

/// Does 原则, 要求, 机制, 标准 or 配置 stand here?
fn says_norm(text: &[char], at: usize) -> bool {
    let rest = &text[at.min(text.len())..text.len().min(at + 2)];
    matches!(
        rest,
        ['原', '则'] | ['要', '求'] | ['机', '制'] | ['标', '准'] | ['配', '置'] | ['、', '专'] | ['模', '式']
    )
}
