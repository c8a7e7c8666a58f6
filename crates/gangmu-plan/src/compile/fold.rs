//! The normalised view (归一化): one code point for one code point, so that offsets stay those of the source.

/// Folds a code point to the form that rules are written in.
///
/// Digits, letters and number signs become half-width, sentence punctuation becomes full-width, every blank becomes
/// one space. Line ends and tabs stay. Blanks are never removed: rules step over them.
pub fn fold(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\r' | '\u{000b}' | '\u{000c}' | '\u{0085}' | '\u{2028}' | '\u{2029}' => '\n',
        ' ' | '\u{00a0}' | '\u{3000}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{feff}' => ' ',
        ',' | '﹐' => '，',
        ';' | '﹔' => '；',
        ':' | '﹕' | '∶' | '︰' => '：',
        '?' | '﹖' => '？',
        '!' | '﹗' => '！',
        '(' | '﹙' => '（',
        ')' | '﹚' => '）',
        '[' | '［' | '﹝' => '〔',
        ']' | '］' | '﹞' => '〕',
        '｡' => '。',
        '､' => '、',
        '﹪' => '%',
        '‰' => '‰',
        '–' | '―' | '─' | '━' | '﹣' | '−' | '‒' | '－' | '‐' | '‑' | '—' => '—',
        '〜' | '∼' | '∽' | '˜' => '~',
        '•' | '・' | '∙' | '‧' | '⋅' => '·',
        '"' | '＂' | '〝' | '〞' | '„' | '‟' => '"',
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        '○' | '◯' | '〇' | '零' => '〇',
        '×' | '✕' | '╳' => '×',
        '\u{ff01}'..='\u{ff5e}' => {
            let half = char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
            match half {
                ',' | ';' | ':' | '?' | '!' | '(' | ')' => c,
                other => other,
            }
        }
        other => other,
    }
}

/// Is this a blank other than a line end? Expects a folded code point.
pub fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t'
}

/// Is this a Han character?
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3134f}' | '〇')
}

/// Does this end a sentence? Expects a folded code point.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

/// Does this separate clauses inside a sentence? Expects a folded code point.
pub fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '，' | '：' | '、' | '\n')
}
