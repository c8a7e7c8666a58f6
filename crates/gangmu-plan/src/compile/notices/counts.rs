//! Counts (数目): what a text declares and what it lists (五大行动 with four of them).

use std::ops::Range;
use std::sync::LazyLock;

use super::figures::small;
use super::{LEXICON, no_doubt, notice, quoted};
use crate::compile::lexicon::Words;
use crate::compile::reading::SentenceKind;
use crate::compile::tasks::phrases::inside;
use crate::compile::tasks::{Phrases, head};
use crate::compile::trace::Trace;
use crate::compiled::{Notice, NoticeKind};

/// The list stands before the declaration: 甲、乙、丙四条主线.
const BEFORE: &str = "notice.count.list_before";
/// The list stands behind it: 五大行动：甲、乙、丙.
const BEHIND: &str = "notice.count.list_behind";
/// The list is numbered: 三项整治：一是…，二是….
const NUMBERED: &str = "notice.count.numbered";

/// Larger numbers are amounts, not declarations.
const MOST: u64 = 12;

/// The same where the list says that it is open (等).
const MOST_OPEN: usize = 9;

/// Code points on either side of a declaration that are searched for its list.
const WINDOW: usize = 300;

struct Lists {
    noun: Words,
    opens: Words,
    verbs: Words,
    classifier: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let tasks = &*head::LEXICON;
    Lists {
        noun: LEXICON.words(&["count.noun"]),
        opens: LEXICON.words(&["count.opens"]),
        verbs: tasks.words(&["verb", "must", "achieve", "advance", "support", "strive", "explore", "modal"]),
        classifier: Words::new([
            "大", "个", "条", "项", "座", "所", "家", "级", "步", "类", "种", "处", "方面", "板块", "片", "支", "批",
            "张", "道", "场", "套", "层", "环",
        ]),
    }
});

/// A declaration: 八个村庄, 五大行动, 四级.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Declaration {
    /// From the number (or its opening mark) to the end of the noun.
    range: Range<usize>,
    /// Where the number begins.
    number: usize,
    declared: u64,
}

/// Finds declarations whose lists have another length.
pub(super) fn find(phrases: &Phrases, out: &mut Vec<Notice>, trace: &mut Trace) {
    for passage in phrases.passages.iter().filter(|p| p.kind != SentenceKind::Row) {
        let text = phrases.slice(&passage.range);
        let mut taken: Option<Range<usize>> = None;
        let mut at = 0;
        while at < text.len() {
            let Some(declaration) = declaration_at(text, at) else {
                at += 1;
                continue;
            };
            at = declaration.range.end.max(at + 1);
            let span = |r: &Range<usize>| phrases.span(&(passage.range.start + r.start..passage.range.start + r.end));
            let (rule, listed, list) = match differs(text, &declaration) {
                Ok(found) => found,
                Err((rule, sign)) => {
                    no_doubt(trace, span(&declaration.range), rule, sign);
                    continue;
                }
            };
            if taken.as_ref().is_some_and(|t: &Range<usize>| t.start < list.end && list.start < t.end) {
                no_doubt(trace, span(&declaration.range), rule, "list_of_another_declaration");
                continue;
            }
            let said = &text[declaration.number..declaration.range.end];
            out.push(notice(
                NoticeKind::CountMismatch,
                rule,
                format!(
                    "{}写明{}项，文中列出{listed}项。请补齐所列内容或更正数目。",
                    quoted(said),
                    declaration.declared
                ),
                &[span(&declaration.range), span(&list)],
                &[
                    ("declared", declaration.declared.to_string()),
                    ("listed", listed.to_string()),
                    ("noun", said.iter().collect()),
                ],
            ));
            taken = Some(list);
        }
    }
}

/// The declaration whose number stands at `at`.
fn declaration_at(text: &[char], at: usize) -> Option<Declaration> {
    let (declared, end) = small(text, at)?;
    // Part of a longer number, an ordinal or a date.
    let before = at.checked_sub(1).map(|i| text[i]);
    if !(2..=MOST).contains(&declared)
        || before.is_some_and(|c| {
            matches!(c, '第' | '.' | '届' | '十' | '百' | '万' | '~' | '—' | '·' | '约' | '近' | '+')
                || c.is_ascii_alphanumeric()
        })
    {
        return None;
    }
    let levels = text.get(end) == Some(&'级');
    let len = LISTS.classifier.at(text, end);
    let from = end + len.unwrap_or(0);
    let noun = (from..text.len().min(from + 6)).find_map(|i| {
        let stopped = text[from..i].iter().any(|c| {
            matches!(c, '，' | '。' | '：' | '；' | '、' | '“' | '（' | '的' | '和' | '与' | '等') || c.is_ascii_digit()
        });
        (!stopped).then(|| LISTS.noun.at(text, i).map(|l| i + l)).flatten()
    });
    let quoted = before == Some('“');
    let end = match noun {
        Some(end) => longer_noun(text, end),
        None if levels => from,
        None => return None,
    };
    // 三年行动, 两个百分点, 十万亩: amounts of something else.
    if len.is_none()
        && matches!(
            text.get(end - (end - from)),
            Some('年' | '月' | '日' | '万' | '亿' | '千' | '百' | '成' | '倍' | '期')
        )
    {
        return None;
    }
    if len.is_none() && !quoted && noun.is_none_or(|n| n - from > 3) {
        return None;
    }
    let start = if quoted { at - 1 } else { at };
    Some(Declaration { range: start..end, number: at, declared })
}

/// The last noun of a compound: 民生 + 实事, 保障 + 措施.
fn longer_noun(text: &[char], mut end: usize) -> usize {
    // 战略性支柱产业集群: the noun is only part of an attribute.
    if text.get(end) == Some(&'性')
        && let Some(further) = (end..text.len().min(end + 6)).find_map(|i| LISTS.noun.at(text, i).map(|l| i + l))
    {
        end = further;
    }
    for _ in 0..3 {
        match LISTS.noun.at(text, end) {
            Some(len) => end += len,
            None => break,
        }
    }
    end
}

/// A rule, the listed number and the place of the list.
type Differs = (&'static str, usize, Range<usize>);

/// The list whose length differs from the declared number; or the rule that came near and what turned it away.
fn differs(text: &[char], declaration: &Declaration) -> Result<Differs, (&'static str, &'static str)> {
    let declared = declaration.declared as usize;
    let mut behind = declaration.range.end;
    if text.get(behind) == Some(&'”') {
        behind += 1;
    }
    if let Some((least, most, list)) = parts_of(text, declaration, behind) {
        return if (least..=most).contains(&declared) {
            Err((BEHIND, "list_agrees"))
        } else {
            Ok((BEHIND, most, list))
        };
    }
    if let Some((listed, list)) = numbered(text, behind) {
        return if listed == declared { Err((NUMBERED, "list_agrees")) } else { Ok((NUMBERED, listed, list)) };
    }
    if let Some((least, most, list)) = list_behind(text, behind) {
        return match least {
            0 | 1 => Err((BEHIND, "no_list_beside_it")),
            _ if (least..=most).contains(&declared) => Err((BEHIND, "list_agrees")),
            _ => Ok((BEHIND, least, list)),
        };
    }
    let (least, most, list, open) =
        list_before(text, declaration).filter(|(least, ..)| *least >= 2).ok_or((BEFORE, "no_list_beside_it"))?;
    if (least..=most).contains(&declared) {
        return Err((BEFORE, "list_agrees"));
    }
    // 甲、乙等八个 names some of them; far larger numbers are amounts.
    if open && declared > MOST_OPEN {
        return Err((BEFORE, "open_list_names_only_some"));
    }
    Ok((BEFORE, least, list))
}

/// 一核、两翼、三带：…三带即甲、乙.
fn parts_of(text: &[char], declaration: &Declaration, behind: usize) -> Option<(usize, usize, Range<usize>)> {
    let name = &text[declaration.number..declaration.range.end];
    if text.get(behind) != Some(&'即') && !(name.len() <= 4 && text.get(behind) == Some(&'为')) {
        return None;
    }
    let from = behind + 1;
    let end = stop(text, from, &['，', '。', '；']);
    let (least, most) = count(&text[from..end]);
    (most >= 2).then_some((least, most, from..end))
}

/// …：一是…，二是…。
fn numbered(text: &[char], behind: usize) -> Option<(usize, Range<usize>)> {
    let from = behind + LISTS.opens.at(text, behind)?;
    const NUMBERS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    if text.get(from) != Some(&'一') || text.get(from + 1) != Some(&'是') {
        return None;
    }
    let mut listed = 0;
    for (index, number) in NUMBERS.iter().enumerate() {
        let found = text[from..text.len().min(from + 10 * WINDOW)].windows(2).any(|w| w == [*number, '是']);
        if !found {
            break;
        }
        listed = index + 1;
    }
    Some((listed, from..text.len()))
}

/// …：甲、乙、丙。
fn list_behind(text: &[char], behind: usize) -> Option<(usize, usize, Range<usize>)> {
    let from = behind + LISTS.opens.at(text, behind)?;
    let end = stop(text, from, &['。', '；', '，', '：']);
    let list = &text[from..end];
    // 一核即…，两翼即…: the parts have lists of their own.
    if list.len() < 4 || !list.contains(&'、') || list.contains(&'即') || list.len() > 200 {
        return None;
    }
    let (least, most) = count(list);
    // An open list (等) names only some.
    if list.ends_with(&['等']) && least < 2 {
        return None;
    }
    Some((least, most, from..end))
}

/// 甲、乙、丙 before the number, walked backwards to a verb or the beginning of the phrase.
fn list_before(text: &[char], declaration: &Declaration) -> Option<(usize, usize, Range<usize>, bool)> {
    // Only so much of the sentence can be its list.
    let base = declaration.range.start.saturating_sub(WINDOW);
    let text = &text[base..];
    let mut end = declaration.range.start - base;
    let open = end > 0 && text[end - 1] == '等';
    if open {
        end -= 1;
    }
    let mask = inside(&text[..end]);
    let mut start = end;
    while start > 0 && (mask[start - 1] || !matches!(text[start - 1], '，' | '。' | '；' | '：')) {
        start -= 1;
    }
    let list = &text[start..end];
    let mask = &mask[start..];
    let commas: Vec<usize> = (0..list.len()).filter(|&i| list[i] == '、' && !mask[i]).collect();
    let first_comma = *commas.first()?;
    // Walk back over the items; one that holds a verb or 等 inside begins the list.
    let mut bounds: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for &comma in &commas {
        bounds.push(from..comma);
        from = comma + 1;
    }
    bounds.push(from..list.len());
    let mut begin = bounds.len() - 1;
    while begin > 0 && !opens_list(&list[bounds[begin].clone()], &list[bounds[begin - 1].clone()]) {
        begin -= 1;
    }
    let items = &bounds[begin..];
    if items.len() < 2 && !(items.len() == 1 && begin == 0 && first_comma > 0) {
        return None;
    }
    // 六大工程、城建六大行动: every item has a number of its own.
    let counts = |r: &Range<usize>| {
        (r.start..r.end).any(|i| small(list, i).is_some_and(|(_, e)| LISTS.classifier.at(list, e).is_some()))
    };
    if items.iter().any(counts) {
        return None;
    }
    // Items of very unlike length are phrases, not names. The first may hold the verb.
    if items[1..].iter().any(|r| r.len() > 14 || r.is_empty()) || items[0].len() > 24 {
        return None;
    }
    let last = &list[items[items.len() - 1].clone()];
    // The number must end the last item at once: 甲、乙的三个 is another thing.
    if last.last().is_some_and(|c| matches!(c, '的' | '了' | '到' | '过' | '用' | '成' | '在' | '约' | '近')) {
        return None;
    }
    if !open && ends_with_verb(last) {
        return None;
    }
    let joined = (2..last.len().saturating_sub(1)).filter(|&i| matches!(last[i], '和' | '与' | '及')).count();
    let least = items.len();
    Some((least, least + joined, base + start + items[0].start..base + end, open))
}

/// Does an item open a list: with a verb of its own, or behind the end of another list (等地建设…)?
fn opens_list(item: &[char], before: &[char]) -> bool {
    let verb = LISTS.verbs.at(item, 0).filter(|l| *l >= 2 && *l < item.len());
    // 强化…、强化…: the items all have the verb.
    let shared = verb
        .is_some_and(|l| before.starts_with(&item[..l]) || before.len() > l && before[before.len() - l..] == item[..l]);
    let ended = (1..item.len().saturating_sub(1))
        .any(|i| item[i] == '等' && !matches!(item[i - 1], '高' | '中' | '初' | '均' | '平'));
    verb.is_some() && !shared || ended
}

fn ends_with_verb(item: &[char]) -> bool {
    LISTS.verbs.before(item, item.len()).is_some_and(|l| l >= 2 && l < item.len() && item.len() - l >= 4)
}

/// The first of these marks outside brackets, or the end.
fn stop(text: &[char], from: usize, marks: &[char]) -> usize {
    let to = text.len().min(from + WINDOW);
    let mask = inside(&text[from.min(to)..to]);
    (from..to).find(|&i| !mask[i - from] && marks.contains(&text[i])).unwrap_or(to)
}

/// The least and the greatest number of items of a list: 和 may join two items or stand in a name.
fn count(list: &[char]) -> (usize, usize) {
    let mask = inside(list);
    let mut items = 1;
    let mut joined = 0;
    for i in 0..list.len() {
        if mask[i] {
            continue;
        }
        if list[i] == '、' || list[i] == '；' {
            items += 1;
        } else if i > 1 && i + 2 < list.len() && (matches!(list[i], '和' | '与') || list[i] == '及') {
            joined += 1;
        }
    }
    // 甲、乙和丙: 和 in the last item joins two; more of them stand in names.
    let last = list.iter().rposition(|c| *c == '、').map_or(0, |i| i + 1);
    let in_last = list[last..]
        .iter()
        .enumerate()
        .filter(|(i, c)| *i > 1 && matches!(c, '和' | '与' | '及') && !mask[last + i])
        .count();
    if in_last > 0 && joined == in_last { (items + in_last.min(1), items + joined) } else { (items, items + joined) }
}
