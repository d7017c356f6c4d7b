//! Who asks, found out once for every request: by a cookie, by a token, or because they sit at the
//! machine itself where that is open.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use app::{App, account::door::Device};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{Extensions, HeaderMap, HeaderValue, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::{
    Refusal,
    access::{Actor, Role},
};
use store::account::login::Here;

use crate::{
    Settings,
    error::{Error, Result},
    frame::preference::cookie,
};

/// What is known of whoever asks.
#[derive(Clone, Debug)]
pub struct Asking {
    pub actor: Actor,
    /// Where they are signed in, wholly or with a step missing.
    pub here: Option<Here>,
    /// Came with a token that is none.
    pub stranger: bool,
}

/// Whoever asks.
#[derive(Clone, Debug)]
pub struct Asker(pub Actor);

/// Whoever the table of routes has let in; never the public.
#[derive(Clone, Debug)]
pub struct Office(pub Actor);

/// Somebody signed in, wholly.
#[derive(Clone, Debug)]
pub struct Signed {
    pub actor: Actor,
    pub here: Here,
}

/// Marks an answer to somebody known: no cache keeps it.
#[derive(Clone, Copy, Debug)]
pub struct Known;

impl<S: Sync> FromRequestParts<S> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(of(parts)))
    }
}

impl<S: Sync> FromRequestParts<S> for Office {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let actor = of(parts);
        if actor.role == Role::Public {
            return Err(app::Error::Forbidden(Refusal::new("access.sign_in")).into());
        }
        Ok(Self(actor))
    }
}

impl<S: Sync> FromRequestParts<S> for Signed {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let Asking { actor, here, .. } = asking(&parts.extensions);
        let here = here.filter(|here| here.member.is_some());
        let nobody = || app::Error::Forbidden(Refusal::new("access.sign_in"));
        Ok(Self { actor, here: here.ok_or_else(nobody)? })
    }
}

/// What the layer has found out.
pub fn asking(extensions: &Extensions) -> Asking {
    let public = || Asking { actor: Actor::public(), here: None, stranger: false };
    extensions.get::<Asking>().cloned().unwrap_or_else(public)
}

/// The actor behind a request.
pub fn of(parts: &Parts) -> Actor {
    asking(&parts.extensions).actor
}

/// Finds out who asks, and hands it to everything within.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/static/") {
        return next.run(request).await;
    }
    let asking = match found(&app, request.headers(), request.extensions()).await {
        Ok(asking) => asking,
        Err(error) => return Error::from(error).into_response(),
    };
    let program = asking.actor.role == Role::Integrator;
    let known = asking.actor.account.is_some() || asking.here.is_some() || program;
    request.extensions_mut().insert(asking);
    let mut response = next.run(request).await;
    if known {
        response.extensions_mut().insert(Known);
    }
    response
}

async fn found(app: &App, headers: &HeaderMap, extensions: &Extensions) -> app::Result<Asking> {
    let asking = |actor| Asking { actor, here: None, stranger: false };
    let bearer = headers.get(header::AUTHORIZATION).and_then(|h| h.to_str().ok());
    if let Some(bearer) = bearer {
        let token = bearer.strip_prefix("Bearer ").unwrap_or_default();
        let actor = app::account::token::here(app, token).await?;
        let stranger = actor.is_none();
        return Ok(Asking { stranger, ..asking(actor.unwrap_or_else(Actor::public)) });
    }
    let name = cookie_name(extensions);
    if let Some(token) = cookie(headers, name).filter(|token| !token.is_empty())
        && let Some(here) = app::account::door::here(app, token).await?
    {
        let actor = here.member.clone().map_or_else(Actor::public, Actor::member);
        return Ok(Asking { actor, here: Some(here), stranger: false });
    }
    if at_machine(headers, extensions) && (demo(extensions) || app::account::empty(app).await?) {
        return Ok(asking(Actor::office("window")));
    }
    Ok(asking(Actor::public()))
}

pub(crate) fn settings(extensions: &Extensions) -> Option<&Arc<Settings>> {
    extensions.get::<Arc<Settings>>()
}

fn demo(extensions: &Extensions) -> bool {
    settings(extensions).is_some_and(|settings| settings.demo)
}

/// Is the site one of https?
pub fn is_https(extensions: &Extensions) -> bool {
    settings(extensions).is_some_and(|settings| settings.site.starts_with("https://"))
}

/// With the prefix a browser takes it over https from this host only, for all of it.
fn cookie_name(extensions: &Extensions) -> &'static str {
    if is_https(extensions) { "__Host-session" } else { "session" }
}

/// The cookie of a sign-in, or its end.
pub fn set_cookie(extensions: &Extensions, token: Option<&str>) -> Option<HeaderValue> {
    let (name, secure) = (cookie_name(extensions), is_https(extensions));
    let age = if token.is_some() { "" } else { "; Max-Age=0" };
    let secure = if secure { "; Secure" } else { "" };
    let token = token.unwrap_or_default();
    let text = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    HeaderValue::from_str(&text).ok()
}

/// Who knocks, and the cookie that a browser without one is given.
pub fn device(headers: &HeaderMap, extensions: &Extensions) -> (Device, Option<HeaderValue>) {
    let key = cookie(headers, "device")
        .filter(|key| key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let agent = headers.get(header::USER_AGENT).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let kind = kind(agent);
    if let Some(key) = key {
        return (Device { key: key.to_owned(), kind }, None);
    }
    let key = app::secret::token();
    let secure = if is_https(extensions) { "; Secure" } else { "" };
    let text = format!("device={key}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
    (Device { key, kind }, HeaderValue::from_str(&text).ok())
}

/// "Firefox, Android": enough for somebody to know their own devices again.
fn kind(agent: &str) -> String {
    let one = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser = one(&[
        ("MicroMessenger", "WeChat"),
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = one(&[
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Headers by which a proxy tells for whom it asks: then the peer is the proxy, not the person.
const PROXY: [&str; 3] = ["forwarded", "x-forwarded-for", "x-real-ip"];

/// Where whoever asks is: of a proxy that is believed, what it says last. A proxy elsewhere that nobody
/// named is itself whoever asks.
pub(crate) fn address(headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let named = |settings: &Arc<Settings>| settings.proxies.contains(&peer);
    if !peer.is_loopback() && !settings(extensions).is_some_and(named) {
        return peer;
    }
    let said = headers.get_all("x-forwarded-for").iter().next_back().and_then(|h| h.to_str().ok());
    let last = said.and_then(|said| said.rsplit(',').next()).map(str::trim);
    last.and_then(|last| last.parse::<IpAddr>().ok()).map_or(peer, |ip| ip.to_canonical())
}

/// Does the request come from this machine, and from nobody behind a proxy?
fn at_machine(headers: &HeaderMap, extensions: &Extensions) -> bool {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    peer.is_some_and(|ip| ip.to_canonical().is_loopback()) && direct(headers)
}

/// Asked straight at this machine's own name. A page elsewhere whose name was made to point here
/// (DNS rebinding) comes with its own name in `Host`.
fn direct(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok());
    PROXY.iter().all(|name| !headers.contains_key(*name)) && host.is_some_and(loopback)
}

/// `localhost:8080`, `127.0.0.1`, `[::1]:80`.
fn loopback(host: &str) -> bool {
    let port = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
    let name = match host.rsplit_once(':') {
        Some((name, number)) if port(number) && !name.ends_with(':') => name,
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn at(peer: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::new(Body::empty());
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        for (name, value) in headers {
            let name = header::HeaderName::from_bytes(name.as_bytes()).unwrap();
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        at_machine(request.headers(), request.extensions())
    }

    #[test]
    fn the_machine_itself_is_known_by_its_address_and_name() {
        for host in ["localhost:8080", "127.0.0.1", "[::1]:80", "LOCALHOST"] {
            assert!(at("127.0.0.1:5000", &[("host", host)]), "{host}");
        }
        assert!(at("[::ffff:127.0.0.1]:5000", &[("host", "localhost")]));
        assert!(!at("192.0.2.7:5000", &[("host", "localhost")]));
    }

    #[test]
    fn whoever_comes_through_a_proxy_is_elsewhere() {
        for name in PROXY {
            let headers = [("host", "localhost"), (name, "127.0.0.1")];
            assert!(!at("127.0.0.1:5000", &headers), "{name}");
        }
    }

    #[test]
    fn only_a_proxy_that_is_known_says_for_whom_it_asks() {
        let from = |peer: &str, said: &str| {
            let mut request = Request::new(Body::empty());
            let peer: SocketAddr = peer.parse().unwrap();
            request.extensions_mut().insert(ConnectInfo(peer));
            let proxies = vec!["192.0.2.1".parse().unwrap()];
            let settings = Settings { proxies, ..Settings::default() };
            request.extensions_mut().insert(Arc::new(settings));
            request.headers_mut().insert("x-forwarded-for", said.parse().unwrap());
            address(request.headers(), request.extensions()).to_string()
        };
        // what somebody wrote themselves stands before what the proxy has added
        assert_eq!(from("127.0.0.1:5000", "198.51.100.4, 203.0.113.9"), "203.0.113.9");
        assert_eq!(from("192.0.2.1:5000", "203.0.113.9"), "203.0.113.9");
        assert_eq!(from("192.0.2.7:5000", "203.0.113.9"), "192.0.2.7");
        assert_eq!(from("127.0.0.1:5000", "nobody"), "127.0.0.1");
    }

    #[test]
    fn a_page_elsewhere_cannot_pass_for_the_machine() {
        for host in ["evil.example:8080", "127.0.0.1.evil.example", "localhost.evil", ":80", ""] {
            assert!(!at("127.0.0.1:5000", &[("host", host)]), "{host}");
        }
        assert!(!at("127.0.0.1:5000", &[]));
    }

    #[test]
    fn a_browser_is_named_so_that_its_owner_knows_it() {
        let chrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120 Safari/537";
        assert_eq!(kind(chrome), "Chrome, Android");
        assert_eq!(kind("curl/8"), "");
    }
}
