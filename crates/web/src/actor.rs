//! Who asks. Until there are accounts: the office is whoever sits at the machine itself.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use model::{
    Refusal,
    access::{Actor, Role},
};

use crate::error::Error;

/// Whoever asks.
#[derive(Clone, Debug)]
pub struct Asker(pub Actor);

/// The office; anybody else gets a page that says why not.
#[derive(Clone, Debug)]
pub struct Office(pub Actor);

impl<S: Sync> FromRequestParts<S> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(of(parts)))
    }
}

impl<S: Sync> FromRequestParts<S> for Office {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let actor = of(parts);
        match actor.role {
            Role::Office => Ok(Self(actor)),
            Role::Public | Role::Program => {
                Err(app::Error::Forbidden(Refusal::new("access.office_only")).into())
            }
        }
    }
}

/// Headers by which a proxy tells for whom it asks: then the peer is the proxy, not the person.
const PROXY: [&str; 3] = ["forwarded", "x-forwarded-for", "x-real-ip"];

/// The actor behind a request.
pub fn of(parts: &Parts) -> Actor {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if peer.is_some_and(|ip| ip.to_canonical().is_loopback()) && direct(&parts.headers) {
        Actor::office("window")
    } else {
        Actor::public()
    }
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
    use axum::http::Request;
    use model::access::Role;

    use super::*;

    fn role(peer: &str, headers: &[(&str, &str)]) -> Role {
        let mut request = Request::new(());
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        for (name, value) in headers {
            let name = header::HeaderName::from_bytes(name.as_bytes()).unwrap();
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        of(&request.into_parts().0).role
    }

    #[test]
    fn the_office_sits_at_the_machine_itself() {
        for host in ["localhost:8080", "127.0.0.1", "[::1]:80", "LOCALHOST"] {
            assert_eq!(role("127.0.0.1:5000", &[("host", host)]), Role::Office, "{host}");
        }
        assert_eq!(role("[::ffff:127.0.0.1]:5000", &[("host", "localhost")]), Role::Office);
        assert_eq!(role("192.0.2.7:5000", &[("host", "localhost")]), Role::Public);
    }

    #[test]
    fn whoever_comes_through_a_proxy_is_the_public() {
        for name in PROXY {
            let headers = [("host", "localhost"), (name, "127.0.0.1")];
            assert_eq!(role("127.0.0.1:5000", &headers), Role::Public, "{name}");
        }
    }

    #[test]
    fn a_page_elsewhere_cannot_pass_for_the_office() {
        for host in ["evil.example:8080", "127.0.0.1.evil.example", "localhost.evil", ":80", ""] {
            assert_eq!(role("127.0.0.1:5000", &[("host", host)]), Role::Public, "{host}");
        }
        assert_eq!(role("127.0.0.1:5000", &[]), Role::Public);
    }
}
