//! Status (状态): one project that stands in one place and is yet to be begun in another.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::{LEXICON, no_doubt, notice, quoted};
use crate::compile::lexicon::Words;
use crate::compile::reading::{Reading, SentenceKind};
use crate::compile::tasks::{Passage, Phrases, Stance};
use crate::compile::trace::Trace;
use crate::compiled::{Notice, NoticeKind, Project};

/// Built here, to be begun there.
const DONE: &str = "notice.status.done_and_begun";
/// Under construction here, newly planned there.
const PLANNED: &str = "notice.status.building_and_planned";

struct Lists {
    done: Words,
    sure: Words,
    begin: Words,
    planned: Words,
    under_way: Words,
    lead_in: Words,
    future: Words,
    kinds: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    done: LEXICON.words(&["done"]),
    sure: LEXICON.words(&["done.sure"]),
    begin: LEXICON.words(&["begin"]),
    planned: LEXICON.words(&["planned"]),
    under_way: LEXICON.words(&["under.way"]),
    lead_in: Words::new([
        "全面",
        "正式",
        "顺利",
        "如期",
        "成功",
        "已",
        "于",
        "已全面",
        "已正式",
        "项目",
        "也",
        "均",
        "先后",
        "相继",
        "基本",
        "初步",
    ]),
    kinds: crate::compile::lexicon::Lexicon::parse(include_str!("../lexicon/projects.txt")).words(&[
        "generic",
        "facility.line",
        "facility.digital",
    ]),
    future: Words::new([
        "力争",
        "争取",
        "确保",
        "推动",
        "加快",
        "推进",
        "实现",
        "将",
        "要",
        "计划",
        "预计",
        "促进",
        "尽快",
        "年底前",
        "保障",
        "支持",
    ]),
});

/// A name shorter than this is a kind of thing.
const SHORTEST: usize = 4;

/// Finds states that cannot both hold.
pub(super) fn find(
    reading: &Reading<'_>,
    phrases: &Phrases,
    projects: &[Project],
    out: &mut Vec<Notice>,
    trace: &mut Trace,
) {
    let first_year = first_year(reading);
    let mut done: HashMap<String, Range<usize>> = HashMap::new();
    for passage in phrases.passages.iter().filter(|p| p.kind == SentenceKind::Body) {
        let mut dated = false;
        for part in &phrases.parts[passage.parts.clone()] {
            let text = phrases.slice(part);
            if let Some(name) = done_name(text, passage, dated, first_year) {
                let name = part.start + name.start..part.start + name.end;
                done.entry(phrases.text(&name)).or_insert(name);
            }
            dated |= text.iter().take(2).any(|c| matches!(c, '到' | '至')) && text.contains(&'年');
        }
    }
    if !done.is_empty() {
        begun(phrases, &done, out, trace);
    }
    planned(phrases, projects, out);
}

/// The first year of the plan, as its title says it.
fn first_year(reading: &Reading<'_>) -> Option<u32> {
    let title: Vec<char> = reading
        .headings
        .iter()
        .find(|h| h.level == crate::compiled::Level::Title)
        .map(|h| h.title.chars().map(crate::compile::fold::fold).collect())?;
    // 第十四个五年规划, “十五五”规划.
    let at = title.windows(3).position(|w| w == ['个', '五', '年']).map(|i| (i, 1)).or_else(|| {
        title
            .windows(2)
            .position(|w| w[1] == '五' && w[0] != '第' && gangmu_kernel::numerals::digit(w[0]).is_some())
            .map(|i| (i + 1, 0))
    });
    if let Some((end, _)) = at {
        let start = (end.saturating_sub(3)..end).find(|&i| gangmu_kernel::numerals::whole(&title[i..end]).is_some())?;
        let number = gangmu_kernel::numerals::whole(&title[start..end])? as u32;
        return (5..=40).contains(&number).then(|| 1951 + number * 5);
    }
    let digits: String = title.iter().skip_while(|c| !c.is_ascii_digit()).take_while(|c| c.is_ascii_digit()).collect();
    digits.parse().ok().filter(|y| (1990..2100).contains(y))
}

/// The name of what a phrase says to stand: 云岭水库已建成蓄水.
fn done_name(text: &[char], passage: &Passage, dated: bool, first_year: Option<u32>) -> Option<Range<usize>> {
    let lists = &*LISTS;
    if matches!(passage.stance, Stance::Goal | Stance::Vision | Stance::Principle | Stance::Guidance) || dated {
        return None;
    }
    let (at, len) = lists.done.find(text, SHORTEST)?;
    // 通车里程, 开放水平: part of a noun.
    if text
        .get(at + len)
        .is_some_and(|c| matches!(c, '里' | '总' | '水' | '的' | '率' | '区' | '型' | '度' | '格' | '合'))
    {
        return None;
    }
    let sure = lists.sure.find(&text[..at], 0).or_else(|| lists.sure.find(text, 0).filter(|(i, _)| *i < at));
    let mut end = sure.map_or(at, |(i, _)| i.min(at));
    // 于2024年建成: a year before the plan begins is the past.
    let year =
        (0..end.saturating_sub(4)).find(|&i| text[i..i + 4].iter().all(char::is_ascii_digit) && text[i + 4] == '年');
    if let Some(i) = year {
        let said: u32 = text[i..i + 4].iter().collect::<String>().parse().ok()?;
        if first_year.is_none_or(|first| said >= first) {
            return None;
        }
        end = i;
    }
    while let Some(len) = lists.lead_in.before(&text[..end], end) {
        end -= len;
    }
    let name = &text[..end];
    // A verb of work before the name makes it an aim (推动…建成).
    if lists.future.find(name, 0).is_some() || name.iter().any(|c| matches!(c, '、' | '的' | '已' | '各' | '等')) {
        return None;
    }
    ((SHORTEST..=24).contains(&end) && !lists.kinds.contains(name)).then_some(0..end)
}

/// Reports what is done and yet begun elsewhere.
fn begun(phrases: &Phrases, done: &HashMap<String, Range<usize>>, out: &mut Vec<Notice>, trace: &mut Trace) {
    let lists = &*LISTS;
    let words = Words::new(done.keys().map(String::as_str));
    for passage in phrases.passages.iter().filter(|p| p.stance == Stance::Work) {
        for part in &phrases.parts[passage.parts.clone()] {
            let text = phrases.slice(part);
            let Some((at, len)) = words.find(text, 0) else { continue };
            let name: String = text[at..at + len].iter().collect();
            let Some(place) = done.get(&name) else { continue };
            if part.start <= place.start && place.end <= part.end {
                continue;
            }
            let span = phrases.span(&(part.start + at..part.start + at + len));
            // The name must end here: 新院区 is not 新院区二期.
            let rest = &text[at + len..];
            if rest.first().is_some_and(|c| {
                matches!(c, '一' | '二' | '三' | '四' | '五' | '东' | '西' | '南' | '北' | '周' | '沿' | '配' | '附')
            }) {
                no_doubt(trace, span, DONE, "name_goes_on");
                continue;
            }
            let begins =
                lists.begin.find(&text[..at], 0).is_some() || lists.begin.find(rest, 0).is_some_and(|(i, _)| i <= 12);
            if !begins {
                no_doubt(trace, span, DONE, "nothing_is_begun_here");
                continue;
            }
            out.push(notice(
                NoticeKind::StatusConflict,
                DONE,
                format!(
                    "{}一处写已建成或投用，另一处写尚待规划或开工。请核实项目现状后更正一处。",
                    quoted(&text[at..at + len])
                ),
                &[phrases.span(place), span],
                &[("name", name)],
            ));
        }
    }
}

/// Reports projects that are under way in one clause and newly planned in another.
fn planned(phrases: &Phrases, projects: &[Project], out: &mut Vec<Notice>) {
    let lists = &*LISTS;
    let mut states: HashMap<String, (Option<usize>, Option<usize>)> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut parts = phrases.parts.iter().peekable();
    for (index, project) in projects.iter().enumerate() {
        while parts.peek().is_some_and(|p| phrases.span(p).end <= project.start) {
            parts.next();
        }
        let Some(part) = parts.peek() else { break };
        let text = phrases.slice(part);
        let key: String = project
            .name
            .chars()
            .map(crate::compile::fold::fold)
            .filter(|c| *c != ' ')
            .take_while(|c| *c != '（')
            .collect();
        if key.chars().count() < 5 {
            continue;
        }
        let is_planned = lists.planned.find(text, 0).is_some();
        let is_under_way = !is_planned && lists.under_way.find(text, 0).is_some();
        if !(is_planned || is_under_way) {
            continue;
        }
        let state = states.entry(key.clone()).or_insert_with(|| {
            order.push(key.clone());
            (None, None)
        });
        let slot = if is_planned { &mut state.0 } else { &mut state.1 };
        slot.get_or_insert(index);
    }
    for key in order {
        let (Some(planned), Some(under_way)) = states[&key] else { continue };
        let (a, b) = (&projects[planned.min(under_way)], &projects[planned.max(under_way)]);
        let span = |p: &Project| gangmu_kernel::source::Span::new(p.start, p.end);
        out.push(notice(
            NoticeKind::StatusConflict,
            PLANNED,
            format!("“{key}”一处写加快建设，另一处写规划新增或开展前期。请核实项目所处阶段后统一表述。"),
            &[span(a), span(b)],
            &[("name", key.clone())],
        ));
    }
}
