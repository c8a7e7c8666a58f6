//! Ambiguity (歧义): what can be read in two ways.

use std::sync::LazyLock;

use super::figures::{self, Figure};
use super::{LEXICON, no_doubt, notice, quoted};
use crate::compile::lexicon::Words;
use crate::compile::reading::SentenceKind;
use crate::compile::tasks::{Phrases, Stance};
use crate::compile::trace::Trace;
use crate::compiled::{Notice, NoticeKind};

const POINTS: &str = "notice.ambiguous.percent_or_points";
const BEGINNING: &str = "notice.ambiguous.time_without_beginning";
const BOTH_WAYS: &str = "notice.ambiguous.comparators_disagree";
const EITHER_YEAR: &str = "notice.ambiguous.either_year";

struct Lists {
    ratio: Words,
    change: Words,
    floating: Words,
    least: Words,
    most: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    ratio: LEXICON.words(&["ratio"]),
    change: LEXICON.words(&["change"]),
    floating: LEXICON.words(&["floating"]),
    least: LEXICON.words(&["at.least"]),
    most: LEXICON.words(&["at.most"]),
});

/// A longer stretch without a comma is no phrase.
const LONGEST: usize = 500;

/// Finds what can be read in two ways.
pub(super) fn find(phrases: &Phrases, out: &mut Vec<Notice>, trace: &mut Trace) {
    for passage in phrases.passages.iter().filter(|p| p.kind != SentenceKind::Row) {
        let binds = matches!(passage.stance, Stance::Work | Stance::Goal | Stance::Vision);
        if !binds {
            continue;
        }
        for part in &phrases.parts[passage.parts.clone()] {
            let text = phrases.slice(part);
            if text.len() > LONGEST {
                continue;
            }
            let mut say = |rule: &str, verdict: Verdict, from: usize, to: usize| {
                let span = phrases.span(&(part.start + from..part.start + to));
                let said: String = text[from..to].iter().collect();
                match verdict {
                    Ok(message) => out.push(notice(NoticeKind::Ambiguous, rule, message, &[span], &[("text", said)])),
                    Err(sign) => no_doubt(trace, span, rule, sign),
                }
            };
            if text.iter().any(char::is_ascii_digit) {
                for figure in figures::scan(text) {
                    points(text, &figure, &mut say);
                    both_ways(text, &figure, &mut say);
                }
                either_year(text, &mut say);
            }
            if passage.stance == Stance::Work {
                floating(text, &mut say);
            }
        }
    }
}

/// What a notice says, or the sign that there is nothing to doubt.
type Verdict = Result<String, &'static str>;

/// 城镇化率提高5%: percent of the rate, or points?
fn points(text: &[char], figure: &Figure, say: &mut impl FnMut(&str, Verdict, usize, usize)) {
    let lists = &*LISTS;
    if figure.unit != "%" {
        return;
    }
    let Some(len) = lists.change.before(&text[..figure.start], figure.start) else { return };
    let subject = &text[..figure.start - len];
    // 比2025年提高: the comparison stands between the rate and the verb.
    let compared = subject.iter().rposition(|c| matches!(c, '比' | '较')).filter(|at| *at > 2);
    let subject = match compared {
        Some(at) if text.get(at + 1).is_some_and(|c| c.is_ascii_digit() || matches!(c, '上' | '去' | '基' | '期')) => {
            &subject[..at]
        }
        _ => subject,
    };
    let mut end = subject.len();
    while end > 0 && matches!(subject[end - 1], '每' | '年' | '均' | '再' | '共' | '累' | '计') {
        end -= 1;
    }
    let said = &text[figure.start..figure.end];
    let verdict = if subject[..end].ends_with(&['效', '率']) || subject[..end].ends_with(&['速', '率']) {
        Err("rate_that_is_no_share")
    } else if lists.ratio.before(&subject[..end], end).is_none() {
        Err("subject_is_no_share")
    } else {
        Ok(format!("比率变动写为{}，可理解为百分比，也可理解为百分点。请写明。", quoted(said)))
    };
    say(POINTS, verdict, figure.start, figure.end);
}

/// 不低于3000个左右, 约500家以上: two comparators that disagree.
fn both_ways(text: &[char], figure: &Figure, say: &mut impl FnMut(&str, Verdict, usize, usize)) {
    static LEAST_BEHIND: LazyLock<Words> = LazyLock::new(|| Words::new(["以上", "及以上"]));
    static MOST_BEHIND: LazyLock<Words> = LazyLock::new(|| Words::new(["以内", "以下", "之内"]));
    static ABOUT_BEHIND: LazyLock<Words> = LazyLock::new(|| Words::new(["左右", "上下"]));
    static ABOUT: LazyLock<Words> = LazyLock::new(|| Words::new(["大约", "约"]));
    static STRICT: LazyLock<Words> =
        LazyLock::new(|| Words::new(["不低于", "不少于", "不小于", "至少", "不超过", "不高于", "不多于", "至多"]));
    let lists = &*LISTS;
    let head = &text[..figure.start];
    let behind = |words: &Words| words.at(text, figure.end).is_some();
    let before = |words: &Words| words.before(head, head.len()).map(|len| head.len() - len);
    let from = if behind(&LEAST_BEHIND) {
        before(&lists.most).or_else(|| before(&ABOUT))
    } else if behind(&MOST_BEHIND) {
        before(&lists.least).filter(|at| ABOUT.at(text, *at).is_none())
    } else if behind(&ABOUT_BEHIND) {
        before(&STRICT)
    } else {
        None
    };
    let Some(from) = from else { return };
    let to = (figure.end + 2).min(text.len());
    say(BOTH_WAYS, Ok(format!("{}前后两个限定词方向不一致。请保留一个。", quoted(&text[from..to]))), from, to);
}

/// 到2028年或2030年.
fn either_year(text: &[char], say: &mut impl FnMut(&str, Verdict, usize, usize)) {
    for at in 4..text.len().saturating_sub(5) {
        let years = text[at] == '或'
            && text[at - 1] == '年'
            && text[at + 1..].iter().take(4).all(char::is_ascii_digit)
            && text.get(at + 5) == Some(&'年');
        if years && at >= 5 && text[at - 5..at - 1].iter().all(char::is_ascii_digit) {
            let message = format!("时限{}有两个年份。请确定一个。", quoted(&text[at - 5..at + 6]));
            say(EITHER_YEAR, Ok(message), at - 5, at + 6);
        }
    }
}

/// 三年内, 用5年时间, 未来三年, 近期: a time without a beginning.
fn floating(text: &[char], say: &mut impl FnMut(&str, Verdict, usize, usize)) {
    let lists = &*LISTS;
    let message = |said: &[char]| Ok(format!("时限{}没有写明起算时间。请写成具体年月。", quoted(said)));
    if text.starts_with(&['近', '期']) && text.len() > 4 && super::super::tasks::head::read(&text[2..]).verb.start == 0
    {
        say(BEGINNING, message(&text[..2]), 0, 2);
        return;
    }
    for at in 0..text.len() {
        let Some((number, end)) = figures::small(text, at).filter(|(n, _)| (1..=36).contains(n)) else { continue };
        let before = at.checked_sub(1).map_or('。', |i| text[i]);
        if before.is_ascii_digit()
            || matches!(before, '第' | '十' | '.' | '期' | '届' | '满' | '前' | '近' | '过' | '这')
        {
            continue;
        }
        if let Some(len) = lists.floating.at(text, end) {
            // 应在1个月内, 毕业2年内: counted from an event that is said. Only a time of work at the head is meant.
            let to = end + len;
            if !opens(&text[..at]) {
                say(BEGINNING, Err("counted_from_what_stands_before_it"), at, to);
            } else if !works(&text[to..]) {
                say(BEGINNING, Err("no_work_follows"), at, to);
            } else {
                say(BEGINNING, message(&text[at..to]), at, to);
                return;
            }
        }
        if text[..at].ends_with(&['未', '来']) && text.get(end) == Some(&'年') && number != 5 {
            say(BEGINNING, message(&text[at - 2..=end]), at - 2, end + 1);
            return;
        }
    }
}

/// Is there nothing before the time but words that colour the work?
fn opens(head: &[char]) -> bool {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        Words::new(["力争", "争取", "确保", "用", "在", "计划", "努力", "利用", "通过", "“", "未来", "再用", "预计"])
    });
    let mut at = 0;
    while at < head.len() {
        match WORDS.at(head, at) {
            Some(len) => at += len,
            None => return false,
        }
    }
    true
}

/// Does work follow the time at once?
fn works(rest: &[char]) -> bool {
    let head = super::super::tasks::head::read(rest);
    !head.verb.is_empty() && head.verb.start <= head.start + 2
}
