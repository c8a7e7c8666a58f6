//! The grammar of a statement of responsibility, without its bracket.

use std::sync::LazyLock;

use super::LEXICON;
use crate::compile::lexicon::Words;

/// Who a statement names, and until when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// Those who lead.
    pub lead: Vec<String>,
    /// Those who support.
    pub support: Vec<String>,
    /// Those who answer, without a word on who leads.
    pub responsible: Vec<String>,
    /// Until when.
    pub deadline: Option<String>,
    /// Is there a name without the ending of a body?
    pub strange: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Lead,
    Support,
    Responsible,
    Deadline,
    Other,
}

struct Lists {
    labels: [(Role, Words); 5],
    roles: [(Role, Words); 3],
    rest: Words,
    generic: Words,
    deadline: Words,
    endings: Words,
    not_endings: Words,
    doers_first: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let l = &*LEXICON;
    let organisations = &*crate::compile::organisations::LEXICON;
    Lists {
        labels: [
            (Role::Lead, l.words(&["label.lead"])),
            (Role::Support, l.words(&["label.support"])),
            (Role::Responsible, l.words(&["label.responsible"])),
            (Role::Deadline, l.words(&["label.deadline"])),
            (Role::Other, l.words(&["label.other"])),
        ],
        roles: [
            (Role::Lead, l.words(&["role.lead"])),
            (Role::Responsible, l.words(&["role.responsible"])),
            (Role::Support, l.words(&["role.support"])),
        ],
        rest: l.words(&["rest"]),
        generic: l.words(&["generic"]),
        deadline: l.words(&["deadline"]),
        endings: organisations.words(&["suffix", "body"]),
        not_endings: organisations.words(&["not"]),
        doers_first: l.words(&["label.lead", "label.responsible"]),
    }
});

/// Is this a label that begins a new statement?
pub(super) fn names_doers_first(label: &[char]) -> bool {
    LISTS.doers_first.contains(label)
}

/// Reads a statement; the error is the sign that turned it away.
pub fn statement(body: &[char]) -> Result<Statement, &'static str> {
    let mut out = Statement::default();
    let mut said = false;
    let mut role: Option<Role> = None;
    let mut waiting: Vec<&[char]> = Vec::new();
    let mut labels = false;
    for segment in segments(body) {
        if let Some((labelled, rest)) = label(segment) {
            role = Some(labelled);
            labels |= matches!(labelled, Role::Lead | Role::Support | Role::Responsible);
            said |= matches!(labelled, Role::Lead | Role::Support | Role::Responsible);
            if labelled == Role::Deadline {
                out.deadline = out.deadline.or_else(|| some_text(rest));
            } else {
                // 责任单位：甲局负责 says the role twice.
                let bare = ending(rest).map_or(rest, |(_, names)| names);
                take(&mut out, labelled, bare);
            }
            continue;
        }
        if says_first_leads(segment) {
            said = true;
            first_leads(&mut out, waiting.drain(..));
            continue;
        }
        if let Some(date) = deadline(segment) {
            out.deadline = out.deadline.or(Some(date));
            continue;
        }
        match (ending(segment), role) {
            (Some((ended, names)), _) => {
                said = true;
                let joined: Vec<char> =
                    waiting.drain(..).chain([names]).flat_map(|s| s.iter().copied().chain(['、'])).collect();
                deal(&mut out, ended, &joined[..joined.len().saturating_sub(1)]);
            }
            (None, Some(Role::Other)) => {}
            (None, Some(labelled)) => take(&mut out, labelled, segment),
            (None, None) => {
                if let Some((lead, rest)) = leading_inside(segment) {
                    said = true;
                    take(&mut out, Role::Lead, lead);
                    deal(&mut out, Role::Support, rest);
                } else {
                    waiting.push(segment);
                }
            }
        }
    }
    if !said {
        return Err("no_role");
    }
    finish(out, labels)
}

/// 列第一位者为牵头单位: those named so far answer, the first of them leads.
fn first_leads<'b>(out: &mut Statement, waiting: impl Iterator<Item = &'b [char]>) {
    for names in waiting {
        take(out, Role::Responsible, names);
    }
    if out.lead.is_empty() && !out.responsible.is_empty() {
        out.lead.push(out.responsible.remove(0));
    }
}

/// Is this the rule that the first named leads?
fn says_first_leads(segment: &[char]) -> bool {
    segment.windows(2).any(|w| w == ['第', '一'] || w == ['首', '位']) && segment.windows(2).any(|w| w == ['牵', '头'])
}

/// Checks that the names look like names.
fn finish(mut out: Statement, labels: bool) -> Result<Statement, &'static str> {
    let mut names = out.lead.iter().chain(&out.support).chain(&out.responsible);
    if out.lead.is_empty() && out.support.is_empty() && out.responsible.is_empty() {
        return Err("no_names");
    }
    if names.clone().any(|n| n.chars().count() > 24) {
        return Err("name_too_long");
    }
    let all = names.clone().count();
    let strange = names.by_ref().filter(|n| !looks_like_body(&n.chars().collect::<Vec<_>>())).count();
    // A label says that names follow; without one they must look like names.
    if !labels && strange * 2 > all {
        return Err("names_of_no_body");
    }
    out.strange = strange > 0;
    Ok(out)
}

/// Does a name end like that of a body, or is it a generic one?
pub fn looks_like_body(name: &[char]) -> bool {
    let lists = &*LISTS;
    if lists.generic.find(name, 0).is_some() {
        return true;
    }
    let plain = match (name.last(), name.iter().rposition(|c| *c == '（')) {
        (Some('）'), Some(open)) if open > 0 => &name[..open],
        _ => name,
    };
    let last = |c: char| plain.last() == Some(&c);
    (lists.endings.before(plain, plain.len()).is_some() && lists.not_endings.before(plain, plain.len()).is_none())
        || last('区')
        || last('市')
        || last('县')
        || last('镇')
        || last('乡')
        || last('街')
        || last('院')
        || last('会')
        || last('村')
        || last('省')
        || last('队')
        || last('站')
        || last('所')
        || last('馆')
        || last('园')
        || last('方')
        || last('户')
        || last('者')
        || plain.ends_with(&['街', '道'])
        || plain.ends_with(&['单', '位'])
        || plain.ends_with(&['部', '门'])
        || plain.ends_with(&['政', '府'])
        || plain.ends_with(&['企', '业'])
        || plain.ends_with(&['机', '构'])
        || plain.ends_with(&['集', '团'])
        || plain.ends_with(&['专', '班'])
}

/// Cuts a body at semicolons, stops and commas outside inner brackets.
fn segments(body: &[char]) -> Vec<&[char]> {
    let mut out = Vec::new();
    let (mut from, mut depth) = (0usize, 0usize);
    for (at, &c) in body.iter().enumerate() {
        match c {
            '（' => depth += 1,
            '）' => depth = depth.saturating_sub(1),
            '；' | '，' | '。' if depth == 0 => {
                if from < at {
                    out.push(&body[from..at]);
                }
                from = at + 1;
            }
            _ => {}
        }
    }
    if from < body.len() {
        out.push(&body[from..]);
    }
    // 牵头单位：甲局 配合单位：乙局 without a mark between, blanks being gone.
    out.into_iter().flat_map(split_labels).collect()
}

/// Splits a segment before a second label.
fn split_labels(segment: &[char]) -> Vec<&[char]> {
    let mut out = Vec::new();
    let mut from = 0;
    for at in 1..segment.len() {
        if at > from
            && LISTS
                .labels
                .iter()
                .any(|(_, w)| w.at(segment, at).is_some_and(|len| len > 2 && segment.get(at + len) == Some(&'：')))
            && label(&segment[from..]).is_some()
        {
            out.push(&segment[from..at]);
            from = at;
        }
    }
    out.push(&segment[from..]);
    out
}

/// A label with its colon at the beginning of a segment.
fn label(segment: &[char]) -> Option<(Role, &[char])> {
    for (role, words) in &LISTS.labels {
        if let Some(len) = words.at(segment, 0)
            && segment.get(len) == Some(&'：')
        {
            return Some((*role, &segment[len + 1..]));
        }
    }
    None
}

/// A word of role at the end of a segment, with the names before it.
fn ending(segment: &[char]) -> Option<(Role, &[char])> {
    let mut best: Option<(Role, usize)> = None;
    for (role, words) in &LISTS.roles {
        if let Some(len) = words.before(segment, segment.len())
            && len < segment.len()
            && best.is_none_or(|(_, l)| len > l)
        {
            best = Some((*role, len));
        }
    }
    best.map(|(role, len)| (role, &segment[..segment.len() - len]))
}

/// 甲局牵头乙局配合, 甲局牵头会同乙局: the leader before 牵头, the rest behind it.
fn leading_inside(segment: &[char]) -> Option<(&[char], &[char])> {
    let at = segment.windows(2).position(|w| w == ['牵', '头'])?;
    (at >= 2).then(|| (&segment[..at], &segment[at + 2..]))
}

/// Deals the names before a word of role, 会同 and 牵头 inside them included.
fn deal(out: &mut Statement, role: Role, names: &[char]) {
    if let Some(at) = names.windows(2).position(|w| w == ['会', '同'])
        && at >= 2
    {
        take(out, if role == Role::Support { Role::Support } else { Role::Lead }, &names[..at]);
        take(out, Role::Support, &names[at + 2..]);
        return;
    }
    if let Some((lead, rest)) = leading_inside(names) {
        take(out, Role::Lead, lead);
        take(out, if role == Role::Lead { Role::Support } else { role }, rest);
        return;
    }
    take(out, role, names);
}

/// Adds the names of a list.
fn take(out: &mut Statement, role: Role, list: &[char]) {
    let target = match role {
        Role::Lead => &mut out.lead,
        Role::Support => &mut out.support,
        Role::Responsible => &mut out.responsible,
        Role::Deadline | Role::Other => return,
    };
    for name in names(list) {
        if !target.contains(&name) {
            target.push(name);
        }
    }
}

/// The names of a list: parted at 、, and at 和 and 与 where both sides are bodies.
pub fn names(list: &[char]) -> Vec<String> {
    let lists = &*LISTS;
    let mut out = Vec::new();
    for item in split(list, |c| matches!(c, '、' | '，' | '；' | '/')) {
        for mut name in split_and(item) {
            loop {
                if let Some(len) = lists.rest.before(name, name.len()) {
                    name = &name[..name.len() - len];
                } else if let Some(&('由' | '及' | '和' | '与')) = name.first() {
                    name = &name[1..];
                } else if name.len() > 2 && name.starts_with(&['会', '同']) {
                    name = &name[2..];
                } else if let Some(&('。' | '.' | '：')) = name.last() {
                    name = &name[..name.len() - 1];
                } else {
                    break;
                }
            }
            if !name.is_empty() {
                out.push(name.iter().collect());
            }
        }
    }
    out
}

/// Splits outside brackets.
fn split(list: &[char], mark: impl Fn(char) -> bool) -> Vec<&[char]> {
    let mut out = Vec::new();
    let (mut from, mut depth) = (0usize, 0usize);
    for (at, &c) in list.iter().enumerate() {
        match c {
            '（' => depth += 1,
            '）' => depth = depth.saturating_sub(1),
            c if depth == 0 && mark(c) => {
                out.push(&list[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&list[from..]);
    out.retain(|s| !s.is_empty());
    out
}

/// Splits 甲局和乙局, but not 文化和旅游局: the left side must be a body of its own.
fn split_and(item: &[char]) -> Vec<&[char]> {
    for at in 2..item.len().saturating_sub(1) {
        if matches!(item[at], '和' | '与' | '及')
            && looks_like_body(&item[..at])
            && (looks_like_body(&item[at + 1..]) || starts_generic(&item[at + 1..]))
        {
            let mut out = vec![&item[..at]];
            out.extend(split_and(&item[at + 1..]));
            return out;
        }
    }
    vec![item]
}

fn starts_generic(name: &[char]) -> bool {
    LISTS.generic.at(name, 0).is_some()
}

/// A date or a word for time in a segment without names; what stands behind 前 or the date itself is cut.
fn deadline(segment: &[char]) -> Option<String> {
    let lists = &*LISTS;
    let dated = segment.first().is_some_and(char::is_ascii_digit)
        && segment.iter().take(12).any(|c| matches!(c, '年' | '月'))
        && segment.len() <= 24
        && !looks_like_body(segment);
    if dated {
        let front = segment.iter().position(|c| *c == '前').map(|i| i + 1);
        let done = segment.windows(2).position(|w| w == ['完', '成'] || w == ['并', '长'] || w == ['出', '台']);
        let end = front.or(done).unwrap_or(segment.len());
        return Some(segment[..end].iter().collect());
    }
    lists.deadline.at(segment, 0).is_some_and(|len| len + 4 >= segment.len()).then(|| segment.iter().collect())
}

fn some_text(chars: &[char]) -> Option<String> {
    (!chars.is_empty()).then(|| chars.iter().collect())
}
