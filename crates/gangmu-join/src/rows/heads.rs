//! Heads of a division of work (表头): which column says what, over one or two lines, anywhere near the top.

use crate::{
    grid::{Row, Table},
    lexicon,
};
use gangmu_plan::compile::fold::fold;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Serial,
    /// What several rows belong to.
    Group,
    Task,
    Lead,
    Support,
    Responsible,
    Deadline,
    Clause,
    Project,
    Other,
}

/// The head of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// What the columns hold.
    pub columns: Vec<Column>,
    /// Index of the first row below it.
    pub below: usize,
    /// There is a column for those who lead.
    pub has_lead: bool,
    /// A column is headed as tasks are, and not only taken for one.
    pub has_task_head: bool,
    /// 列第一位的为牵头单位.
    pub first_leads: bool,
    /// There is a column that only project lists have.
    pub(super) projects: bool,
}

impl Head {
    /// Is this the head of a division of work?
    pub fn is_assignment(&self) -> bool {
        self.has(&[Column::Lead, Column::Support, Column::Responsible])
            && self.has(&[Column::Task])
            && (self.has_task_head || !self.is_project())
    }

    /// Is this the head of a list of projects?
    pub fn is_project(&self) -> bool {
        self.has(&[Column::Project]) && (self.projects || !self.has_task_head)
    }

    /// Do both heads have the same columns?
    pub fn same_columns(&self, other: &Self) -> bool {
        self.columns == other.columns
    }

    fn has(&self, wanted: &[Column]) -> bool {
        self.columns.iter().any(|c| wanted.contains(c))
    }
}

/// Rows that are searched for the first head.
const SEARCHED: usize = 12;

/// The first head at or after a row.
pub(crate) fn find(table: &Table, from: usize) -> Option<Head> {
    (from..table.rows.len().min(from + SEARCHED)).find_map(|at_row| at(table, at_row))
}

/// The head that begins in that row.
pub(crate) fn at(table: &Table, index: usize) -> Option<Head> {
    let row = table.rows.get(index)?;
    let mut texts: Vec<String> = row.spots.iter().map(|s| bare(&s.text)).collect();
    let mut below = index + 1;
    let mut first_leads = says_first_leads(row);
    let told = |texts: &[String]| texts.iter().filter(|t| column(t).is_some()).count();
    if told(&texts) < 2 || row.spots.iter().any(|s| s.from_above && !s.text.is_empty()) && told(&texts) < 3 {
        return None;
    }
    // A second line below merged heads: 责任单位 over 牵头单位 and 配合单位.
    while let Some(next) = table.rows.get(below).filter(|_| below < index + 3) {
        let more = second(row, next, &texts);
        let Some(more) = more else { break };
        first_leads |= says_first_leads(next);
        texts = more;
        below += 1;
    }
    let mut columns: Vec<Column> = texts.iter().map(|t| column(t).unwrap_or(Column::Other)).collect();
    let filled = texts.iter().filter(|t| !t.is_empty()).count();
    if told(&texts) * 2 < filled {
        return None;
    }
    let has_task_head = columns.contains(&Column::Task);
    let units = columns.iter().any(|c| matches!(c, Column::Lead | Column::Support | Column::Responsible));
    if !has_task_head
        && units
        && !columns.contains(&Column::Project)
        && let Some(longest) = longest(table, below, &columns)
    {
        columns[longest] = Column::Task;
    }
    groups(table, below, &mut columns);
    let has_lead = columns.contains(&Column::Lead);
    let projects = texts.iter().any(|t| lexicon::is(t, "head.project.more"));
    Some(Head { columns, below, has_lead, has_task_head, first_leads, projects })
}

/// The heads with a second line of heads below them.
fn second(first: &Row, next: &Row, above: &[String]) -> Option<Vec<String>> {
    let mut texts = above.to_vec();
    let mut new = false;
    for (at, spot) in next.spots.iter().enumerate() {
        let text = bare(&spot.text);
        if text.is_empty() || spot.from_above || above.get(at) == Some(&text) {
            continue;
        }
        // Words of a head below a head that is merged over several columns, or below nothing.
        let under = first.spots.get(at).is_some_and(|s| s.text.is_empty() || s.columns > 1);
        if column(&text).is_none() || !under {
            return None;
        }
        texts[at] = text;
        new = true;
    }
    new.then_some(texts)
}

/// 列第一位的为牵头单位, in a head or its note.
fn says_first_leads(row: &Row) -> bool {
    row.spots.iter().any(|s| {
        let text: String = s.text.chars().filter(|c| !c.is_whitespace()).collect();
        text.contains("牵头")
            && ["第一位", "第一个", "首位", "第一名", "排第一", "列第一"].iter().any(|w| text.contains(w))
    })
}

/// A head without blanks, marks and what stands in brackets.
fn bare(text: &str) -> String {
    let folded: Vec<char> = text.chars().map(fold).filter(|c| !c.is_whitespace()).collect();
    let mut out = String::new();
    let mut depth = 0usize;
    for &c in &folded {
        match c {
            '（' | '〔' => depth += 1,
            '）' | '〕' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '：' | '*' | '★' | '▲' | '·' | '。' => {}
            c => out.push(c),
        }
    }
    // 牵头（责任）单位: the bracket is part of the word where nothing is left without it.
    if out.is_empty() { folded.into_iter().filter(|c| !matches!(c, '（' | '）')).collect() } else { out }
}

/// What a head says of its column.
fn column(text: &str) -> Option<Column> {
    const GROUPS: [(&str, Column); 10] = [
        ("head.serial", Column::Serial),
        ("head.lead", Column::Lead),
        ("head.support", Column::Support),
        ("head.responsible", Column::Responsible),
        ("head.deadline", Column::Deadline),
        ("head.clause", Column::Clause),
        ("head.task", Column::Task),
        ("head.project", Column::Project),
        ("head.group", Column::Group),
        ("head.note", Column::Other),
    ];
    if text.is_empty() || text.chars().count() > 16 {
        return None;
    }
    if let Some((_, column)) = GROUPS.iter().find(|(group, _)| lexicon::is(text, group)) {
        return Some(*column);
    }
    if lexicon::is(text, "head.project.more") {
        return Some(Column::Other);
    }
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    let body = has(&["单位", "部门", "主体", "处室", "科室"]) && text.chars().count() <= 12;
    if body && has(&["牵头", "主办", "主责"]) {
        return Some(if has(&["配合", "协办", "参与"]) { Column::Responsible } else { Column::Lead });
    }
    if body && has(&["配合", "协办", "协同", "参与", "协助", "支持"]) {
        return Some(Column::Support);
    }
    if body && has(&["责任", "负责", "落实", "实施", "承办", "分工"]) {
        return Some(Column::Responsible);
    }
    if has(&["时限", "时间", "期限"]) {
        return Some(Column::Deadline);
    }
    if has(&["章节", "条款"]) {
        return Some(Column::Clause);
    }
    if has(&["任务", "举措", "措施", "工作内容", "事项"]) && !has(&["数量", "进度", "完成", "类"]) {
        return Some(Column::Task);
    }
    None
}

/// The column with the longest texts that nothing else is known of.
fn longest(table: &Table, below: usize, columns: &[Column]) -> Option<usize> {
    let length = |at: usize| -> usize {
        let rows = table.rows.iter().skip(below);
        rows.filter_map(|r| r.spots.get(at)).filter(|s| !s.from_above).map(|s| s.text.chars().count()).sum()
    };
    let free = columns.iter().enumerate().filter(|(_, c)| matches!(c, Column::Other | Column::Group)).map(|(at, _)| at);
    free.max_by_key(|at| length(*at)).filter(|at| length(*at) > 0)
}

/// Of several columns of tasks, one whose cells are mostly merged over rows names groups.
fn groups(table: &Table, below: usize, columns: &mut [Column]) {
    let tasks: Vec<usize> = (0..columns.len()).filter(|at| columns[*at] == Column::Task).collect();
    if tasks.len() < 2 {
        return;
    }
    for at in &tasks[..tasks.len() - 1] {
        let spots: Vec<&crate::grid::Spot> =
            table.rows.iter().skip(below).filter_map(|r| r.spots.get(*at)).filter(|s| !s.text.is_empty()).collect();
        let carried = spots.iter().filter(|s| s.from_above).count();
        if carried * 3 >= spots.len() && !spots.is_empty() {
            columns[*at] = Column::Group;
        }
    }
}
