//! Units in cells (责任单位): lists of names in their many separators, words of role inside a cell, who is known.

use crate::{Document, lexicon};
use gangmu_plan::compile::{
    Names,
    fold::{fold, is_han},
    organisations::is_made_of_fields,
    responsibilities::{looks_like_body, names, statement},
};
use std::collections::HashMap;

/// Whom a cell names, by role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// Those who lead.
    pub lead: Vec<String>,
    /// Those who support.
    pub support: Vec<String>,
    /// Those who answer, without a word on who leads.
    pub responsible: Vec<String>,
}

/// What a column says of the names in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// 牵头单位.
    Lead,
    /// 配合单位.
    Support,
    /// 责任单位.
    Responsible,
}

/// Reads the names of a cell that stands in a column of that role.
pub(crate) fn read(cell: &str, role: Role) -> Said {
    let mut said = Said::default();
    let parted = labelled(&parted(cell));
    if parted.is_empty()
        || lexicon::is(&parted, "unit.none") && matches!(parted.as_str(), "无" | "—" | "-" | "/" | "暂无")
    {
        return said;
    }
    let folded: Vec<char> = parted.chars().collect();
    let bracketed = LEAD_MARKS.iter().chain(&SUPPORT_MARKS).any(|mark| parted.contains(mark));
    let spoken = ["牵头", "配合", "负责", "协助", "会同", "参与", "协同", "：", "协办", "主办"];
    if !bracketed
        && spoken.iter().any(|word| parted.contains(word))
        && let Ok(found) = statement(&folded)
        && !(found.lead.is_empty() && found.support.is_empty() && found.responsible.is_empty())
    {
        said = Said { lead: found.lead, support: found.support, responsible: found.responsible };
        // 甲局、乙局按职责分工负责 in a column of leads: the column says that they lead.
        let rest = std::mem::take(&mut said.responsible);
        match role {
            Role::Lead => said.lead.extend(rest),
            Role::Support => said.support.extend(rest),
            Role::Responsible => said.responsible = rest,
        }
        return cleaned(said);
    }
    // 甲局会同乙局 leads without the word.
    if let Some((lead, support)) = parted.split_once("会同").filter(|(lead, _)| !lead.is_empty()) {
        let list = |text: &str| names(&text.chars().collect::<Vec<char>>());
        return cleaned(Said { lead: list(lead), support: list(support), responsible: Vec::new() });
    }
    let list = names(&folded);
    match role {
        Role::Lead => said.lead = list,
        Role::Support => said.support = list,
        Role::Responsible => said.responsible = list,
    }
    cleaned(marked(said))
}

/// 责任：甲局；协同：乙局 with the labels in full.
fn labelled(text: &str) -> String {
    const SHORT: [(&str, &str); 7] = [
        ("责任：", "责任单位："),
        ("协同：", "协同单位："),
        ("协办：", "协办单位："),
        ("协助：", "协助单位："),
        ("参与：", "参与单位："),
        ("主办：", "主办单位："),
        ("承办：", "承办单位："),
    ];
    SHORT.iter().fold(text.to_owned(), |text, (short, long)| text.replace(short, long))
}

/// Names without the marks around them, each once.
fn cleaned(mut said: Said) -> Said {
    for list in [&mut said.lead, &mut said.support, &mut said.responsible] {
        let mut out: Vec<String> = Vec::new();
        for name in list.drain(..) {
            let name =
                name.trim_matches(|c: char| matches!(c, '：' | '。' | '，' | '、' | '；' | '·' | '.' | '-' | '—'));
            let numbered = name.trim_start_matches(|c: char| c.is_ascii_digit());
            let name = numbered.strip_prefix(['.', '、', '．']).filter(|_| numbered.len() < name.len()).unwrap_or(name);
            if !name.is_empty() && !out.iter().any(|known| known == name) {
                out.push(name.to_owned());
            }
        }
        *list = out;
    }
    said
}

/// What stands behind a name and says what it does.
const LEAD_MARKS: [&str; 4] = ["（牵头）", "（牵头单位）", "（主办）", "（主责）"];
const SUPPORT_MARKS: [&str; 4] = ["（配合）", "（配合单位）", "（协办）", "（协助）"];
const STARS: [char; 6] = ['★', '☆', '*', '▲', '●', '※'];

/// ★区教育局, *区教育局, 区教育局（牵头）: the mark says who leads.
fn marked(mut said: Said) -> Said {
    let ends = |name: &str, marks: &[&str]| marks.iter().any(|mark| name.ends_with(mark));
    let leads = |name: &String| name.starts_with(STARS) || name.ends_with(['★', '*']) || ends(name, &LEAD_MARKS);
    let supports = |name: &String| ends(name, &SUPPORT_MARKS);
    if said.responsible.iter().any(|name| leads(name) || supports(name)) {
        let (supporting, rest): (Vec<String>, Vec<String>) = said.responsible.drain(..).partition(supports);
        let some = rest.iter().any(leads);
        for name in rest {
            // Beside marked leads the others support; beside marked supporters the others answer.
            match (leads(&name), some) {
                (true, _) => said.lead.push(name),
                (false, true) => said.support.push(name),
                (false, false) => said.responsible.push(name),
            }
        }
        said.support.extend(supporting);
    }
    for name in said.lead.iter_mut().chain(&mut said.support) {
        let bare = name.trim_matches(STARS);
        let mark = LEAD_MARKS.iter().chain(&SUPPORT_MARKS).find_map(|mark| bare.strip_suffix(mark));
        *name = mark.unwrap_or(bare).to_owned();
    }
    said
}

/// What a name may end with where the next one follows without a mark.
const ENDS: [char; 19] =
    ['局', '委', '办', '会', '院', '街', '镇', '道', '司', '团', '心', '府', '部', '队', '联', '协', '馆', '校', '行'];

/// The cell with one kind of separator: lines, blanks between names and names that run together are parted.
fn parted(cell: &str) -> String {
    let folded: String = cell.trim().chars().map(fold).collect();
    let mut out = String::new();
    let pieces: Vec<&str> = folded.split('\n').map(str::trim).filter(|p| !p.is_empty()).collect();
    for piece in pieces {
        for word in piece.split([' ', '\t']).filter(|w| !w.is_empty()) {
            let ends = out.chars().last();
            let open = out.chars().filter(|c| *c == '（').count() > out.chars().filter(|c| *c == '）').count();
            let last: Vec<char> = last_name(&out).chars().collect();
            let whole = is_whole(&last) && word.chars().next().is_some_and(|c| is_han(c) || matches!(c, '★' | '*'));
            if whole
                && !open
                && !ends.is_some_and(|c| matches!(c, '、' | '，' | '；' | '：' | '。' | '/'))
                && is_start(word)
            {
                out.push('、');
            }
            out.push_str(word);
        }
    }
    let out = out.replace(['|', '\\'], "、");
    out.split('、').map(run_together).collect::<Vec<_>>().join("、")
}

/// What stands behind the last separator.
fn last_name(text: &str) -> &str {
    text.rsplit(['、', '，', '；', '：', '。', '/']).next().unwrap_or_default()
}

/// May a new name begin here, and not the rest of one that was broken?
fn is_start(word: &str) -> bool {
    !word.starts_with(['局', '委', '办', '部', '分', '等', '牵', '配', '负', '和', '与', '及', '（'])
}

/// Is this a name that may stand alone?
fn is_whole(name: &[char]) -> bool {
    name.len() >= 2 && (looks_like_body(name) || ends_known(&name.iter().collect::<String>()))
}

fn ends_known(name: &str) -> bool {
    lexicon::WORDS.group("unit.ending").iter().any(|end| name.ends_with(end))
}

/// 区教育局区财政局, as a cell reads whose lines were joined: parted before the next level.
fn run_together(piece: &str) -> String {
    let chars: Vec<char> = piece.chars().collect();
    let mut out = String::new();
    let (mut from, mut depth) = (0, 0usize);
    for at in 1..chars.len() {
        match chars[at] {
            '（' => depth += 1,
            '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let ended = ENDS.contains(&chars[at - 1]);
        let next = matches!(chars[at], '区' | '市' | '县' | '省' | '各') && chars.len() > at + 2;
        let left = &chars[from..at];
        // 区委 before 区…, but 市公安局区分局 is one name.
        let branch = chars[at..].starts_with(&['区', '分', '局']) || chars[at..].starts_with(&['市', '分', '局']);
        if depth == 0 && ended && next && !branch && left.len() >= 3 && looks_like_body(left) && is_whole(&chars[at..])
        {
            out.extend(left);
            out.push('、');
            from = at;
        }
    }
    out.extend(&chars[from..]);
    out
}

/// The units that are known (已知单位): by the pack, and by what the outline says.
pub(crate) struct Known {
    /// Name → id of the pack.
    ids: HashMap<String, String>,
    /// Full names and aliases of the pack.
    pack: Vec<String>,
    /// Names that the outline gives to those who answer.
    outline: Vec<String>,
    /// Names of places.
    areas: Vec<String>,
}

impl Known {
    /// Gathers the names.
    pub fn new(outline: &Document, names: &Names) -> Self {
        let mut ids = HashMap::new();
        let mut pack = Vec::new();
        for organisation in &names.organisations {
            for name in std::iter::once(&organisation.name).chain(&organisation.aliases) {
                let name: String = name.chars().map(fold).collect();
                ids.insert(name.clone(), organisation.id.clone());
                pack.push(name);
            }
        }
        let spoken = outline.plan.responsibilities.iter().flat_map(|r| r.lead.iter().chain(&r.support));
        let mut outline: Vec<String> = spoken.map(|name| name.chars().map(fold).collect()).collect();
        outline.sort();
        outline.dedup();
        let areas = names.areas.iter().map(|area| area.name.clone()).collect();
        Self { ids, pack, outline, areas }
    }

    /// Is it clear whom the name means?
    pub fn knows(&self, name: &str) -> bool {
        let bare: String = name.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
        // A name that still holds a word of role or a mark was not parted as its cell meant.
        let unparted = ["牵头", "配合", "会同", "负责", "：", "；", "。"].iter().any(|word| bare.contains(word));
        if lexicon::is(&bare, "unit.none") || bare.chars().count() < 2 || unparted {
            return false;
        }
        if lexicon::begins(&bare, "unit.generic") || lexicon::holds(&bare, "unit.generic") && bare.contains('等') {
            return true;
        }
        if self.ids.contains_key(&bare) || self.outline.contains(&bare) {
            return true;
        }
        let plain = without_bracket(&bare);
        if self.pack.iter().chain(&self.outline).any(|known| same_unit(known, plain)) {
            return true;
        }
        if !self.pack.is_empty() {
            return self.areas.iter().any(|area| area.contains(plain));
        }
        is_made_of_fields(plain)
            || lexicon::WORDS.group("unit.ending").iter().any(|end| plain.ends_with(end) && plain.len() > end.len())
    }

    /// Do both names mean the same unit?
    pub fn same(&self, a: &str, b: &str) -> bool {
        let fold_all = |name: &str| -> String { name.chars().map(fold).filter(|c| !c.is_whitespace()).collect() };
        let (a, b) = (fold_all(a), fold_all(b));
        match (self.ids.get(&a), self.ids.get(&b)) {
            (Some(x), Some(y)) => x == y,
            _ => same_unit(&a, &b),
        }
    }
}

fn without_bracket(name: &str) -> &str {
    match name.find('（') {
        Some(at) if name.ends_with('）') && at > 0 => &name[..at],
        _ => name,
    }
}

/// Short and full forms of one name: 发改局, 区发改局, 区发展和改革局. Both end alike, and the characters of the shorter
/// stand in the longer in their order, beginning with the same one.
pub(crate) fn same_unit(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (stem(a), stem(b));
    if a.1 != b.1 && !(a.1.is_empty() || b.1.is_empty()) {
        return false;
    }
    let (short, long) = if a.0.len() <= b.0.len() { (a, b) } else { (b, a) };
    if short.0.len() < 2 || short.2 != long.2 {
        return short.0 == long.0 && short.2 == long.2 && !short.0.is_empty();
    }
    if short.0.first() != long.0.first() {
        return false;
    }
    // A short form takes its characters from most parts of the name, not from its beginning alone.
    let mut rest = long.0.iter();
    let inside = short.0.iter().all(|c| rest.any(|l| l == c));
    inside && (short.0.len() * 4 >= long.0.len())
}

/// A name without place, level and joining words: its characters, its level (市, 区 …) and its ending.
fn stem(name: &str) -> (Vec<char>, String, char) {
    let name = without_bracket(name);
    let mut chars: Vec<char> = name.chars().collect();
    let mut level = String::new();
    for (at, c) in chars.iter().enumerate().take(chars.len().saturating_sub(2)).take(7) {
        if matches!(c, '区' | '县' | '市' | '省') && !matches!(chars.get(at + 1), Some('场' | '政' | '域')) {
            level = c.to_string();
        }
    }
    if !level.is_empty()
        && let Some(at) = chars.iter().take(8).rposition(|c| level.starts_with(*c))
    {
        chars.drain(..=at);
    }
    let ending = chars.pop().unwrap_or(' ');
    chars.retain(|c| !matches!(c, '和' | '与' | '及' | '的'));
    (chars, level, ending)
}

#[cfg(test)]
mod tests;
