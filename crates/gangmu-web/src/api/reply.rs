//! Answering a program (答复): JSON with its version, pages with the address of the next, answers that are kept.

use super::problem::Halt;
use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use gangmu_app::{Failure, terms::Answer};
use serde::Serialize;
use std::str::FromStr;

/// Rows of a page where nothing is asked.
pub const USUAL: u32 = 50;
/// Rows of a page at most.
pub const MOST: u32 = 200;

/// How many rows the page shall have.
pub fn limit(asked: Option<u32>) -> Result<u32, Halt> {
    match asked {
        None => Ok(USUAL),
        Some(limit) if (1..=MOST).contains(&limit) => Ok(limit),
        Some(_) => Err(misfit("?limit", &format!("1 to {MOST}"))),
    }
}

/// A place that does not fit.
pub fn misfit(pointer: &str, said: &str) -> Halt {
    Halt::Misfit(vec![super::problem::Misfit { pointer: pointer.to_owned(), said: said.to_owned() }])
}

/// A number as the document describes it: one that 32 bits with a sign hold.
pub fn number(pointer: &str, asked: Option<u32>) -> Result<Option<u32>, Halt> {
    match asked.filter(|number| i32::try_from(*number).is_err()) {
        None => Ok(asked),
        Some(_) => Err(misfit(pointer, &format!("at most {}", i32::MAX))),
    }
}

/// A text that is no longer than that.
pub fn short(pointer: &str, text: String, most: usize) -> Result<String, Halt> {
    if text.chars().count() > most {
        return Err(misfit(pointer, &format!("more than {most} characters")));
    }
    Ok(text)
}

/// JSON.
pub fn json(value: &impl Serialize) -> Result<Response, Halt> {
    let body = serde_json::to_vec(value).map_err(|error| Halt::Fault(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// JSON of what has a version; a caller who has this version gets no body.
pub fn versioned(value: &impl Serialize, version: &str, headers: &HeaderMap) -> Result<Response, Halt> {
    let tag = format!("\"{version}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = known.is_some_and(|known| tags_weakly(known).iter().any(|tag| tag == version || tag == "*"));
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { json(value)? };
    set(&mut response, header::ETAG, &tag);
    Ok(response)
}

/// One page of rows, with `Link` to the next where there is one.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins: the value of `after`.
    pub next: Option<String>,
}

/// A page as JSON; `next` is the house's own key and becomes a sign that a program only hands back.
pub fn page<T: Serialize>(uri: &Uri, items: Vec<T>, next: Option<String>) -> Result<Response, Halt> {
    let next = next.map(|key| sealed(&key));
    let link = next.as_ref().map(|after| {
        let query = uri.query().unwrap_or_default();
        let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("after="));
        let query: Vec<String> = kept.map(str::to_owned).chain([format!("after={after}")]).collect();
        format!("<{}?{}>; rel=\"next\"", uri.path(), query.join("&"))
    });
    let mut response = json(&Page { items, next })?;
    if let Some(link) = link {
        set(&mut response, header::LINK, &link);
    }
    Ok(response)
}

/// A key as an opaque sign.
fn sealed(key: &str) -> String {
    key.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// The key of an opaque sign; a sign that this house did not give is refused.
pub fn opened(after: Option<&str>) -> Result<Option<String>, Halt> {
    let Some(after) = after else { return Ok(None) };
    let wrong = || misfit("?after", "a value that an earlier page gave as next");
    if after.is_empty() || !after.len().is_multiple_of(2) || !after.is_ascii() {
        return Err(wrong());
    }
    let byte = |at: usize| u8::from_str_radix(&after[at..at + 2], 16).map_err(|_| wrong());
    let bytes: Vec<u8> = (0..after.len()).step_by(2).map(byte).collect::<Result<_, _>>()?;
    String::from_utf8(bytes).map(Some).map_err(|_| wrong())
}

/// The number that an opaque sign stands for; 0 before the first page.
pub fn opened_number(after: Option<&str>) -> Result<u32, Halt> {
    opened_as(after).map(Option::unwrap_or_default)
}

/// What an opaque sign stands for, as that type; none before the first page.
pub fn opened_as<T: FromStr>(after: Option<&str>) -> Result<Option<T>, Halt> {
    let wrong = |_| misfit("?after", "a value that an earlier page gave as next");
    opened(after)?.map(|key| key.parse().map_err(wrong)).transpose()
}

/// The rows after that key out of all of them, as one page; `key` tells the key of a row, and the rows stand in its order.
pub fn cut<T>(rows: Vec<T>, limit: u32, after: Option<&str>, key: impl Fn(&T) -> String) -> (Vec<T>, Option<String>) {
    let begin = after.map_or(0, |after| rows.iter().position(|row| key(row) == after).map_or(0, |at| at + 1));
    let mut shown: Vec<T> = rows.into_iter().skip(begin).collect();
    let more = shown.len() > limit as usize;
    shown.truncate(limit as usize);
    let next = shown.last().filter(|_| more).map(key);
    (shown, next)
}

/// The key of the last row where there are more than the page takes; the rows are cut to it.
pub fn more<T, K: ToString>(rows: &mut Vec<T>, limit: u32, key: impl Fn(&T) -> K) -> Option<String> {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    rows.last().filter(|_| more).map(|row| key(row).to_string())
}

/// An answer out of a value, to be kept.
pub fn answer(status: StatusCode, value: &impl Serialize) -> Answer {
    Answer {
        status: status.as_u16(),
        location: None,
        version: None,
        body: serde_json::to_string(value).unwrap_or_default(),
    }
}

/// What was made, and where it is found.
pub fn made(value: &impl Serialize, location: String) -> Answer {
    Answer { location: Some(location), ..answer(StatusCode::CREATED, value) }
}

/// That something was done, and nothing to be said of it.
pub fn nothing((): &()) -> Answer {
    Answer { status: StatusCode::NO_CONTENT.as_u16(), location: None, version: None, body: String::new() }
}

/// The answer of what gives nothing back.
pub fn done(result: Result<(), Failure>) -> Result<Response, Halt> {
    result.map(|()| answered(nothing(&()), false)).map_err(Halt::from)
}

/// The answer over HTTP.
pub fn answered(answer: Answer, again: bool) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = match answer.body.as_str() {
        "" => status.into_response(),
        body => (status, [(header::CONTENT_TYPE, "application/json")], body.to_owned()).into_response(),
    };
    if let Some(location) = &answer.location {
        set(&mut response, header::LOCATION, &crate::visit::ascii_address(location));
    }
    if let Some(version) = &answer.version {
        set(&mut response, header::ETAG, &format!("\"{version}\""));
    }
    if again {
        set(&mut response, HeaderName::from_static("idempotency-replayed"), "true");
    }
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The strong tags of `If-Match`, without their quotation marks; a weak one matches nothing.
pub fn tags(line: &str) -> Vec<String> {
    line.split(',').map(str::trim).filter(|tag| !tag.starts_with("W/")).map(unquoted).collect()
}

fn tags_weakly(line: &str) -> Vec<String> {
    line.split(',').map(|tag| unquoted(tag.trim().trim_start_matches("W/"))).collect()
}

fn unquoted(tag: &str) -> String {
    tag.trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gives_a_sign_that_it_takes_back_and_no_other() {
        assert_eq!(opened(Some(&sealed("137.4"))).ok().flatten().as_deref(), Some("137.4"));
        for wrong in ["", "zz", "3", "条款", "ff"] {
            assert!(opened(Some(wrong)).is_err(), "{wrong}");
        }
        let uri: Uri = "/api/v1/plans/145/commitments?limit=2&after=31".parse().expect("an address");
        let response = page(&uri, vec![1], Some("137.4".to_owned())).expect("a page");
        assert_eq!(
            response.headers()[header::LINK],
            "</api/v1/plans/145/commitments?limit=2&after=3133372e34>; rel=\"next\""
        );
    }

    #[test]
    fn weak_tags_match_nothing_that_is_to_be_changed() {
        assert_eq!(tags("\"1.4\", W/\"1.5\", *"), ["1.4", "*"]);
        assert_eq!(tags_weakly("W/\"1.5\""), ["1.5"]);
    }
}
