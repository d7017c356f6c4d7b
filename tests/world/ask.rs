//! Asking the program over HTTP, without a network between.

use std::net::SocketAddr;

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use serde_json::Value;
use tower::ServiceExt;

/// Somebody at an address, about to ask.
pub(crate) struct Asking<'w> {
    router: &'w Router,
    peer: SocketAddr,
    headers: Vec<(String, String)>,
}

pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl<'w> Asking<'w> {
    pub(crate) fn from(router: &'w Router, peer: &str) -> Self {
        let headers = vec![("host".into(), "localhost:8080".into())];
        Self { router, peer: peer.parse().unwrap(), headers }
    }

    /// With a header; one said again replaces the first.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(crate) async fn get(self, path: &str) -> Answer {
        self.send(Method::GET, path, Body::empty()).await
    }

    /// Posts the fields of a form.
    pub(crate) async fn form(self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", web::guard::encoded(value)))
            .collect();
        self.post(path, "application/x-www-form-urlencoded", pairs.join("&")).await
    }

    /// Posts a body of a content type.
    pub(crate) async fn post(self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        self.with("content-type", kind).send(Method::POST, path, body.into()).await
    }

    /// Posts a file as a browser's form does, with the form's other fields.
    pub(crate) async fn upload(
        self,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        file: &[u8],
    ) -> Answer {
        self.send_file(path, fields, ("file", name), file).await
    }

    /// A form with a file in the field of that name.
    pub(crate) async fn send_file(
        self,
        path: &str,
        fields: &[(&str, &str)],
        (field, name): (&str, &str),
        file: &[u8],
    ) -> Answer {
        let mut body = vec![];
        for (known, value) in fields {
            let part =
                format!("--line\r\ncontent-disposition: form-data; name=\"{known}\"\r\n\r\n");
            body.extend([part.as_bytes(), value.as_bytes(), b"\r\n"].concat());
        }
        let part = format!(
            "--line\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend([part.as_bytes(), file, b"\r\n--line--\r\n"].concat());
        self.post(path, "multipart/form-data; boundary=line", body).await
    }

    pub(crate) async fn send(self, method: Method, path: &str, body: Body) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut request = request.body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The body as JSON; says what it was otherwise.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|e| panic!("{e} in {} {}", self.status, self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The value that a cookie is set to.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let all = self.headers.get_all(header::SET_COOKIE).iter();
        let mut set =
            all.filter_map(|value| value.to_str().ok()?.split(';').next()?.split_once('='));
        set.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
    }

    /// Where a redirect leads.
    pub(crate) fn location(&self) -> &str {
        self.header(header::LOCATION.as_str())
    }

    /// This answer, if its status is the one expected.
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.body));
        self
    }
}
