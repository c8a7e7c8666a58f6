//! The plan's words on a page: pieces under their marks.
//!
//! The text is never altered. Half-width punctuation beside Han is *shown* full-width: the character itself stays in the
//! page, without size, and its full-width form is drawn after it by the style sheet. Whoever copies gets the source.

use minijinja::{Error, HtmlEscape, Value, context};
use std::fmt::Write as _;

/// Characters of a target that stay on one line.
const KEPT_TOGETHER: usize = 8;

/// A sentence of the review desk, cut where proposals begin: each stretch with the proposals whose knots stand at its
/// line.
pub(crate) fn stretches(sentence: &Value, proposals: &Value) -> Result<Value, Error> {
    let mut place = number(&sentence.get_attr("start")?);
    let end = number(&sentence.get_attr("end")?);
    let mut starts: Vec<(i64, Value)> = Vec::new();
    for proposal in proposals.try_iter()? {
        let start = number(&proposal.get_attr("commitment")?.get_attr("start")?);
        if place <= start && start < end {
            starts.push((start, proposal));
        }
    }
    starts.sort_by_key(|(start, _)| *start);
    let mut starts = starts.into_iter().peekable();
    let mut found: Vec<Value> = Vec::new();
    let (mut knots, mut open): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for piece in sentence.get_attr("pieces")?.try_iter()? {
        let long = i64::try_from(piece.get_attr("text")?.to_string().chars().count()).unwrap_or(0);
        let mut here: Vec<Value> = Vec::new();
        while starts.peek().is_some_and(|(start, _)| *start < place + long) {
            here.extend(starts.next().map(|(_, proposal)| proposal));
        }
        if !here.is_empty() && !open.is_empty() {
            found.push(context! { knots => std::mem::take(&mut knots), pieces => std::mem::take(&mut open) });
        }
        knots.append(&mut here);
        open.push(piece);
        place += long;
    }
    found.push(context! { knots => knots, pieces => open });
    Ok(Value::from(found))
}

fn number(value: &Value) -> i64 {
    i64::try_from(value.clone()).unwrap_or(0)
}

/// Pieces of a sentence as HTML.
pub(crate) fn pieces(list: &Value) -> Result<Value, Error> {
    let mut out = String::new();
    let mut before = None;
    let all: Vec<Value> = list.try_iter()?.collect();
    let texts = all.iter().map(|piece| Ok(piece.get_attr("text")?.to_string())).collect::<Result<Vec<_>, Error>>()?;
    for (index, (piece, text)) in all.iter().zip(&texts).enumerate() {
        let after = texts[index + 1..].iter().find_map(|text| text.chars().next());
        let (open, close) = marks(piece)?;
        out.push_str(&open);
        shown(&mut out, text, before, after);
        out.push_str(close);
        before = text.chars().last().or(before);
    }
    Ok(Value::from_safe_string(out))
}

/// A whole text as it is shown.
pub(crate) fn as_shown(text: &str) -> Value {
    let mut out = String::new();
    shown(&mut out, text, None, None);
    Value::from_safe_string(out)
}

/// The element of a piece.
fn marks(piece: &Value) -> Result<(String, &'static str), Error> {
    if piece.get_attr("hit")?.is_true() {
        return Ok(("<mark>".to_owned(), "</mark>"));
    }
    let mut classes: Vec<String> = Vec::new();
    if piece.get_attr("lead")?.is_true() {
        classes.push("lead".to_owned());
    }
    let degree = piece.get_attr("degree")?;
    if degree.is_true() {
        classes.push(format!("d-{degree}"));
    } else if piece.get_attr("quantity")?.is_true() {
        classes.push("target".to_owned());
        // A figure and its unit stay on one line; a whole phrase may break.
        if piece.get_attr("text")?.to_string().chars().count() <= KEPT_TOGETHER {
            classes.push("kept".to_owned());
        }
    }
    if piece.get_attr("doubt")?.is_true() {
        classes.push("doubt".to_owned());
    }
    let current = piece.get_attr("current")?.is_true();
    if current || piece.get_attr("knot")?.is_true() {
        classes.push("pro".to_owned());
    }
    if current {
        classes.push("current".to_owned());
    }
    if classes.is_empty() {
        return Ok((String::new(), ""));
    }
    Ok((format!("<span class=\"{}\">", classes.join(" ")), "</span>"))
}

/// The text, with what is shown otherwise than it is written.
fn shown(out: &mut String, text: &str, before: Option<char>, after: Option<char>) {
    let characters: Vec<char> = text.chars().collect();
    let mut plain = String::new();
    for (at, character) in characters.iter().enumerate() {
        let left = at.checked_sub(1).and_then(|i| characters.get(i)).copied().or(before);
        let right = characters.get(at + 1).copied().or(after);
        match wide(*character).filter(|_| left.is_some_and(is_han) || right.is_some_and(is_han)) {
            Some(full) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "{}<i class=\"w\" data-w=\"{full}\">{character}</i>", HtmlEscape(&plain));
                plain.clear();
            }
            None => plain.push(*character),
        }
    }
    let _ = write!(out, "{}", HtmlEscape(&plain));
}

fn wide(character: char) -> Option<char> {
    Some(match character {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        _ => return None,
    })
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '”' | '》' | '）')
}

#[cfg(test)]
mod tests {
    use super::*;
    use gangmu_app::plan::views::PieceView;
    use minijinja::value::Serde;

    fn html(texts: &[&str]) -> String {
        let pieces_of: Vec<_> =
            texts.iter().map(|text| PieceView { text: (*text).to_owned(), ..PieceView::default() }).collect();
        pieces(&Value::from(Serde(&pieces_of))).expect("pieces").to_string()
    }

    /// What a browser copies: the text without tags.
    fn copied(html: &str) -> String {
        let mut out = String::new();
        let mut inside = false;
        for character in html.chars() {
            match character {
                '<' => inside = true,
                '>' => inside = false,
                other if !inside => out.push(other),
                _ => {}
            }
        }
        out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    #[test]
    fn half_width_punctuation_beside_han_is_shown_full_width_and_copied_as_written() {
        let text = "推进供水,改造管网(二期);到 1,200 户 <全部> & 其他";
        let html = html(&[text]);
        assert!(html.contains("data-w=\"，\">,</i>") && html.contains("data-w=\"（\">(</i>"), "{html}");
        assert!(html.contains("1,200"), "figures keep their comma: {html}");
        assert_eq!(copied(&html), text);
    }

    #[test]
    fn punctuation_at_the_border_of_a_piece_looks_beyond_it() {
        assert!(html(&["供水", ",", "管网"]).contains("data-w=\"，\""));
        assert!(!html(&["5", ",", "6"]).contains("data-w"));
    }
}
