//! Who asks for what: the session, the language and the secret of the forms, known before any handler runs.

use crate::{
    administration,
    failure::Stop,
    forms::{decoded, encoded},
    locale::Language,
    pages::{Frame, Noun, Page, Person, Toast},
    web::Web,
};
use axum::{
    extract::{ConnectInfo, FromRequestParts, MatchedPath},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use gangmu_app::{
    Session,
    accounts::{device, login::Origin, resume},
    messages::inbox,
};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

/// The cookie that holds the token of a session.
pub const SESSION_COOKIE: &str = "gangmu_session";
/// The cookie that holds the secret of forms before login.
pub const FORM_COOKIE: &str = "gangmu_form";
/// The cookie that holds the language.
pub const LANGUAGE_COOKIE: &str = "gangmu_language";
/// The cookie that carries what was done to the next page.
pub const TOAST_COOKIE: &str = "gangmu_toast";

/// One request's visitor.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Who asks.
    pub session: Session,
    /// The language of the answer.
    pub language: Language,
    /// The secret that every form sends back.
    pub csrf: String,
    /// The page's own address with its query.
    pub address: String,
    /// Method and route, without what its parameters say.
    pub place: String,
    /// What has just been done.
    pub toast: Option<Toast>,
    /// A cookie that the answer must set, because the visitor had no secret yet.
    pub fresh_form_cookie: Option<String>,
    /// The browser still holds the token of a session that is over.
    pub expired: bool,
    /// From where the visitor asks.
    pub origin: Origin,
}

impl Visit {
    /// Reads cookies, resumes the session, chooses the language.
    pub async fn of(web: &Web, parts: &Parts) -> Result<Self, Stop> {
        let cookies = cookies(&parts.headers);
        let session = match cookies.get(SESSION_COOKIE) {
            Some(token) => resume::resume(&web.app, token).await?.unwrap_or_else(Session::public),
            None => Session::public(),
        };
        let expired = !session.is_logged_in() && cookies.contains_key(SESSION_COOKIE);
        let known = cookies.get(FORM_COOKIE).filter(|secret| secret.len() == 64).cloned();
        let (secret, fresh_form_cookie) = match (session.csrf(), known) {
            (Some(_), _) => (String::new(), None),
            (None, Some(known)) => (known, None),
            (None, None) => {
                let fresh = web.secret();
                (fresh.clone(), Some(fresh))
            }
        };
        let csrf = session.csrf().map_or_else(|| form_secret(&secret), str::to_owned);
        Ok(Self {
            language: language(&cookies),
            csrf,
            address: parts.uri.path_and_query().map_or("/", |whole| whole.as_str()).to_owned(),
            place: place(parts),
            toast: cookies.get(TOAST_COOKIE).and_then(|text| read_toast(text)),
            fresh_form_cookie,
            expired,
            origin: origin(parts),
            session,
        })
    }

    /// Is that the secret of this visitor's forms? The comparison takes the same time whatever differs.
    pub fn csrf_matches(&self, given: &str) -> bool {
        let (a, b): ([u8; 32], [u8; 32]) = (Sha256::digest(&self.csrf).into(), Sha256::digest(given).into());
        a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }

    /// The frame of a page for this visitor.
    pub async fn frame(&self, web: &Web, noun: Option<Noun>) -> Frame {
        let access = web.app.access();
        let may = |action| self.session.may(access, action);
        let unread = match self.session.may(access, "messages.own") {
            // A header without a count is better than a page that fails.
            true => inbox::unread(&web.app, &self.session).await.unwrap_or_default(),
            false => (0, 0),
        };
        let district = web.district().await;
        let (idle, left) = crate::accounts::seconds(web, self);
        let installation = district.map_or_else(String::new, |d| match self.language {
            Language::Chinese => d.label.clone(),
            Language::English => d.label_en.clone(),
        });
        Frame {
            language: self.language,
            csrf: self.csrf.clone(),
            person: self.session.is_logged_in().then(|| Person {
                name: self.session.actor.name.clone(),
                unit: self.session.organisation.clone(),
                post: self.session.post.clone(),
                deputy_for: self.session.principal.as_ref().map(|principal| principal.name.clone()),
                plans: may("plan.list"),
                indicators: may("indicators.read"),
                search: may("search.read"),
                messages: unread,
                journal: may("journal.read"),
                administration: administration::sections(&self.session, access).next().is_some(),
                must_change: self.session.must_change,
                last_login: self.session.before().and_then(|before| before.at).map(|at| at.to_string()),
                idle,
                left,
            }),
            noun,
            installation,
            demonstration: web.settings.demonstration,
            demonstration_date: web.settings.demonstration.then(|| today(web)),
            address: self.address.clone(),
            toast: self.toast.clone(),
        }
    }

    /// Renders a page for this visitor.
    pub async fn page<P: Page>(&self, web: &Web, noun: Option<Noun>, page: &P) -> Result<Response, Stop> {
        self.page_with(web, noun, StatusCode::OK, page).await
    }

    /// Renders a page with another status than 200.
    pub async fn page_with<P: Page>(
        &self,
        web: &Web,
        noun: Option<Noun>,
        status: StatusCode,
        page: &P,
    ) -> Result<Response, Stop> {
        let frame = self.frame(web, noun).await;
        let html = web.pages.render(&frame, page).map_err(|error| Stop::fault(&error))?;
        Ok((status, Html(html)).into_response())
    }
}

/// Today in the district's time, as the injected clock tells it.
pub fn today(web: &Web) -> String {
    crate::signs::local(&web.app.now().to_string(), "%Y-%m-%d")
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().expect("the entrance puts a visit into every request"))
    }
}

/// From where a request comes: what the browser says of itself in two words, and the address of the other end. Where
/// that is this machine, a proxy speaks for others and names the address it was asked from as the last one.
fn origin(parts: &Parts) -> Origin {
    let said = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = said("x-forwarded-for").and_then(|list| list.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    let address = match (peer, forwarded) {
        (Some(peer), Some(other)) if peer.is_loopback() => Some(other),
        (peer, _) => peer,
    };
    Origin { device: said("user-agent").map(device::words), address: address.map(|ip| ip.to_string()) }
}

/// The secret of forms before login, out of the cookie that only this browser has.
fn form_secret(cookie: &str) -> String {
    let digest: [u8; 32] = Sha256::new().chain_update("gangmu.form/1 ").chain_update(cookie).finalize().into();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Method and route of a request, without what its parameters say.
pub fn place(parts: &Parts) -> String {
    let route = parts.extensions.get::<MatchedPath>();
    format!("{} {}", parts.method, route.map_or("-", MatchedPath::as_str))
}

/// The cookies of a request.
pub fn cookies(headers: &HeaderMap) -> BTreeMap<String, String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn language(cookies: &BTreeMap<String, String>) -> Language {
    // Chinese is the language of the house; English comes by the switch, never by what a browser was shipped with.
    cookies.get(LANGUAGE_COOKIE).and_then(|tag| Language::from_tag(tag)).unwrap_or_default()
}

/// A `Set-Cookie` line. `age` of zero takes the cookie away, none keeps it as long as the browser is open.
pub fn cookie(web: &Web, name: &str, value: &str, age: Option<u32>) -> HeaderValue {
    let mut line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax");
    if let Some(age) = age {
        line.push_str(&format!("; Max-Age={age}"));
    }
    if web.settings.https {
        line.push_str("; Secure");
    }
    HeaderValue::from_str(&line).expect("names and values of cookies are letters, digits and percent signs")
}

/// Goes to another page of this house and says there what was done.
pub fn done(web: &Web, to: &str, toast: Option<&Toast>) -> Response {
    let mut response = see_other(to);
    if let Some(toast) = toast {
        let text = format!("{}|{}|{}", toast.key, toast.subject, toast.undo.as_deref().unwrap_or_default());
        response.headers_mut().append(header::SET_COOKIE, cookie(web, TOAST_COOKIE, &encoded(&text), Some(20)));
    }
    response
}

/// 303 to another page of this house.
pub fn see_other(to: &str) -> Response {
    let location = HeaderValue::from_str(&ascii_address(to)).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// An address inside this house, or none: never leads away.
pub fn inside(address: &str) -> Option<&str> {
    let plain = address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\r', '\n']);
    plain.then_some(address)
}

/// An address with everything outside ASCII percent-encoded, as headers want it.
pub fn ascii_address(address: &str) -> String {
    let mut out = String::new();
    for byte in address.bytes() {
        if byte.is_ascii_graphic() { out.push(char::from(byte)) } else { out.push_str(&format!("%{byte:02X}")) }
    }
    out
}

fn read_toast(text: &str) -> Option<Toast> {
    let text = decoded(text)?;
    let mut parts = text.splitn(3, '|');
    let (key, subject, undo) = (parts.next()?, parts.next()?, parts.next()?);
    // Only what this house says: the cookie comes back from a browser.
    let known = key.strip_prefix("toast-").is_some_and(|rest| rest.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
    known.then(|| Toast {
        key: key.to_owned(),
        subject: subject.chars().take(80).collect(),
        undo: inside(undo).map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toast_survives_the_cookie_and_leads_nowhere_else() {
        let text = encoded("toast-accepted|第 4 条|/plans/145/review/undo");
        assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || c == '%'));
        let toast = read_toast(&text).expect("our own cookie");
        assert_eq!((toast.key.as_str(), toast.subject.as_str()), ("toast-accepted", "第 4 条"));
        assert_eq!(toast.undo.as_deref(), Some("/plans/145/review/undo"));
        let away = read_toast(&encoded("toast-accepted|4|//elsewhere.example")).expect("readable");
        assert_eq!(away.undo, None);
        assert!(read_toast(&encoded("other-key|4|")).is_none());
        assert!(read_toast("%zz").is_none());
    }

    #[test]
    fn addresses_never_lead_out_of_the_house() {
        assert_eq!(inside("/plans/145"), Some("/plans/145"));
        assert_eq!(inside("//elsewhere.example"), None);
        assert_eq!(inside("https://elsewhere.example"), None);
        assert_eq!(inside("/\\elsewhere.example"), None);
        assert_eq!(ascii_address("/plans/5.2.二"), "/plans/5.2.%E4%BA%8C");
    }
}
