//! Nature of the text (文种): is this a plan at all?

use std::collections::HashSet;
use std::sync::LazyLock;

use gangmu_kernel::source::Span;

use super::{LEXICON, no_doubt, notice};
use crate::compile::fold::is_han;
use crate::compile::lexicon::Words;
use crate::compile::reading::Reading;
use crate::compile::trace::Trace;
use crate::compiled::{Notice, NoticeKind};

const NATURE: &str = "notice.nature";

/// Only this much of a text is read for the question.
const HEAD: usize = 20_000;
/// Different words of plans that make a text a plan.
const ENOUGH: usize = 4;

/// A doubt on the whole text, where it is no plan.
pub(super) fn find(reading: &Reading<'_>, trace: &mut Trace) -> Option<Notice> {
    static PLAN: LazyLock<Words> = LazyLock::new(|| LEXICON.words(&["plan"]));
    let ground = &reading.ground;
    let text = &ground.fold[..ground.fold.len().min(HEAD)];
    let han = text.iter().filter(|c| is_han(**c)).count();
    let written = text.iter().filter(|c| !c.is_whitespace()).count();
    let found = PLAN.find_all(text);
    let kinds: HashSet<&[char]> = found.iter().map(|(at, len)| &text[*at..at + len]).collect();
    // A short task has few words but they are dense; a long story may hold a few by chance.
    let dense = found.len() * 30 >= han;
    let sparse = found.len() * 150 < han;
    let is_plan = han * 3 >= written && !kinds.is_empty() && !sparse && (kinds.len() >= ENOUGH || dense);
    let span = Span::new(0, ground.len());
    if is_plan {
        if kinds.len() < ENOUGH {
            no_doubt(trace, span, NATURE, "few_words_of_plans_but_dense");
        }
        return None;
    }
    let message = "这份文件不像规划、方案或意见：几乎没有任务、目标和措施用语。请确认上传的文件是否正确。".to_owned();
    Some(notice(NoticeKind::NotAPlan, NATURE, message, &[span], &[("words", found.len().to_string())]))
}
