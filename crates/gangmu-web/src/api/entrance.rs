//! The entrance of the API (机器接口入口): knows the caller by the token, counts the request, words every problem.

use super::{
    caller::Caller,
    limits::{self, Whose},
    problem::{CHALLENGE, Halt, dressed, halted},
};
use crate::{locale::Language, web::Web};
use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use gangmu_app::{Session, tokens::admit};
use std::net::SocketAddr;

/// The address of uploads in pieces.
const UPLOADS: &str = "/uploads";

/// Lets a request for the API in.
pub async fn enter(web: Web, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let language = language(&parts.headers);
    let address = parts.uri.path_and_query().map_or("/", |whole| whole.as_str()).to_owned();
    let place = crate::visit::place(&parts);
    let (session, known) = match session(&web, &parts).await {
        Ok(Some(session)) => (session, true),
        Ok(None) => (Session::public(), false),
        Err(halt) => return dressed(&web, language, &address, &place, halt).await,
    };
    let refused = !known && parts.headers.contains_key(header::AUTHORIZATION);
    let (left, pass) = web.limits.take(&buckets(&parts, &session), web.app.now());
    parts.extensions.insert(Caller::new(session, language, &parts.headers));
    let response = if !pass {
        Halt::Limited(limits::wait(&left)).into_response()
    } else if refused {
        // Who brings a token that opens nothing is told so, also where none is needed.
        Halt::NotLoggedIn.into_response()
    } else {
        next.run(Request::from_parts(parts, body)).await
    };
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut response = match halted(&response) {
        Some(halt) => dressed(&web, language, &address, &place, halt).await,
        None => response,
    };
    let headers = response.headers_mut();
    if let Some(allow) = allow {
        headers.insert(header::ALLOW, allow);
    }
    let counted = [("ratelimit-policy", limits::policies(&left)), ("ratelimit", limits::remaining(&left))];
    for (name, value) in counted {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    headers.append(header::VARY, HeaderValue::from_static("authorization, accept-language"));
    response
}

/// Who comes with a token to an address that pages and programs share: the uploads in pieces. None where no token was
/// sent; who brings one that opens nothing, or asks too often, is told so by the status alone.
pub async fn shared(web: &Web, parts: &Parts) -> Result<Option<(Session, Language)>, Response> {
    let path = parts.uri.path();
    let here = path == UPLOADS || path.strip_prefix(UPLOADS).is_some_and(|rest| rest.starts_with('/'));
    if !here || !parts.headers.contains_key(header::AUTHORIZATION) {
        return Ok(None);
    }
    let session = match session(web, parts).await {
        Ok(Some(session)) => session,
        Ok(None) => return Err(told(&Halt::NotLoggedIn, header::WWW_AUTHENTICATE, CHALLENGE)),
        Err(halt) => return Err(halt.kind().1.into_response()),
    };
    let (left, pass) = web.limits.take(&buckets(parts, &session), web.app.now());
    if !pass {
        let wait = limits::wait(&left);
        return Err(told(&Halt::Limited(wait), header::RETRY_AFTER, &wait.to_string()));
    }
    Ok(Some((session, language(&parts.headers))))
}

fn told(halt: &Halt, name: HeaderName, value: &str) -> Response {
    let mut response = halt.kind().1.into_response();
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// The session of the token that was sent.
async fn session(web: &Web, parts: &Parts) -> Result<Option<Session>, Halt> {
    let Some(line) = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()) else {
        return Ok(None);
    };
    let Some((scheme, token)) = line.split_once(' ') else { return Ok(None) };
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Ok(None);
    }
    Ok(admit::admit(&web.app, token.trim()).await?)
}

fn buckets(parts: &Parts, session: &Session) -> Vec<Whose> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let address = peer.map_or_else(|| "local".to_owned(), |info| info.0.ip().to_string());
    match &session.through {
        Some(through) => {
            vec![Whose::Token(through.id), Whose::Person(session.actor.account.0), Whose::Address(address)]
        }
        None => vec![Whose::Address(address)],
    }
}

/// Chinese, unless the program asks for English before it.
pub fn language(headers: &HeaderMap) -> Language {
    let Some(line) = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()) else {
        return Language::default();
    };
    let weighed = |part: &str| {
        let mut pieces = part.split(';');
        let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = pieces.find_map(|p| p.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()));
        let language = match tag.split('-').next() {
            Some("en") => Language::English,
            Some("zh") => Language::Chinese,
            _ => return None,
        };
        Some((language, weight.unwrap_or(1.0)))
    };
    let mut best: Option<(Language, f32)> = None;
    for (language, weight) in line.split(',').filter_map(weighed) {
        if weight > best.map_or(0.0, |best| best.1) {
            best = Some((language, weight));
        }
    }
    best.map_or_else(Language::default, |best| best.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_that_the_program_likes_best() {
        let of = |line: &'static str| {
            language(&HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(line))]))
        };
        assert_eq!(of("en"), Language::English);
        assert_eq!(of("en-GB;q=0.4, zh;q=0.8"), Language::Chinese);
        assert_eq!(of("fr, en;q=0.1"), Language::English);
        assert_eq!(of("fr"), Language::Chinese);
        assert_eq!(language(&HeaderMap::new()), Language::Chinese);
    }
}
