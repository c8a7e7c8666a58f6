//! Kind of a task (任务类别): work, a policy to be made, or a norm of conduct.

use std::ops::Range;
use std::sync::LazyLock;

use super::head::LEXICON;
use super::phrases::Phrases;
use crate::compile::lexicon::Words;
use crate::compiled::TaskKind;

struct Lists {
    verbs: Words,
    improving: Words,
    objects: Words,
    improved: Words,
    norms: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    verbs: LEXICON.words(&["policy.verb"]),
    improving: Words::new(["建立健全", "完善", "健全"]),
    objects: LEXICON.words(&["policy.object"]),
    improved: Words::new([
        "办法",
        "规定",
        "细则",
        "条例",
        "政策",
        "法规",
        "规章",
        "政策措施",
        "实施细则",
        "管理办法",
        "配套政策",
        "预案",
    ]),
    norms: LEXICON.words(&["rule"]),
});

/// The kind of a task.
pub fn of(phrases: &Phrases, range: &Range<usize>, verb: &Range<usize>, object: &Range<usize>) -> TaskKind {
    let head = range.start..verb.end.min(range.end).max(range.start);
    if is_norm(phrases.slice(&head)) {
        return TaskKind::Rule;
    }
    makes(phrases.slice(verb), phrases.slice(object))
}

/// The kind of a task whose text is given alone.
pub fn of_chars(text: &[char], verb: &Range<usize>, object: &Range<usize>) -> TaskKind {
    if is_norm(text.get(..verb.end).unwrap_or(&[])) {
        return TaskKind::Rule;
    }
    makes(text.get(verb.clone()).unwrap_or(&[]), text.get(object.clone()).unwrap_or(&[]))
}

/// Is a policy made here?
fn makes(verb: &[char], object: &[char]) -> TaskKind {
    let lists = &*LISTS;
    let Some(len) = lists.verbs.before(verb, verb.len()) else { return TaskKind::Task };
    let improving = lists.improving.before(verb, verb.len()) == Some(len);
    let words = if improving { &lists.improved } else { &lists.objects };
    // 《…管理办法》, …办法（试行）, …方案并组织实施: the name ends at the first mark behind it.
    let end = object.iter().position(|c| matches!(c, '》' | '（' | '并')).unwrap_or(object.len());
    let object = &object[..end];
    if words.before(object, object.len()).is_some() { TaskKind::Policy } else { TaskKind::Task }
}

/// Does a word of obligation or permission stand before or at the verb?
fn is_norm(head: &[char]) -> bool {
    let norms = &LISTS.norms;
    let mut at = 0;
    while let Some((start, len)) = norms.find(head, at) {
        at = start + len;
        if len > 1 {
            return true;
        }
        let before = start.checked_sub(1).and_then(|i| head.get(i)).copied().unwrap_or('，');
        let after = head.get(start + 1).copied().unwrap_or('，');
        let part_of_word = match head[start] {
            '应' => "适供响相对反效呼感回顺照".contains(before) || "用急对变聘届援".contains(after),
            '可' => "许认".contains(before) || "持靠行能再视信控见复追".contains(after),
            '须' => "必".contains(before) || "知".contains(after),
            _ => false,
        };
        if !part_of_word {
            return true;
        }
    }
    false
}
