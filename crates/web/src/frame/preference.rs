//! Language and size of type: asked for in the address, remembered in a cookie, else what the
//! browser says. Handlers see the address without them.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Uri, header, uri::PathAndQuery},
    middleware::Next,
    response::Response,
};
use text::Lang;

/// How this person wants to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preference {
    pub lang: Lang,
    pub large: bool,
}

/// What the address asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    lang: Option<Lang>,
    large: Option<bool>,
}

/// Reads the preferences, hands them to the handlers, and remembers what the address asked for.
pub async fn layer(mut request: Request, next: Next) -> Response {
    let (uri, asked) = split(request.uri());
    let headers = request.headers();
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok());
    let lang = asked
        .lang
        .or_else(|| cookie(headers, "lang").and_then(Lang::parse))
        .or_else(|| accepted().and_then(Lang::accepted))
        .unwrap_or_default();
    let large = asked.large.unwrap_or_else(|| cookie(headers, "mode") == Some("large"));
    *request.uri_mut() = uri;
    request.extensions_mut().insert(Preference { lang, large });
    request.extensions_mut().insert(lang);
    let mut response = next.run(request).await;
    remember(&asked, response.headers_mut());
    response
}

fn remember(asked: &Asked, headers: &mut HeaderMap) {
    let lang = asked.lang.map(|lang| ("lang", lang.code()));
    let mode = asked.large.map(|large| ("mode", if large { "large" } else { "standard" }));
    for (name, value) in lang.into_iter().chain(mode) {
        let text = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(header::SET_COOKIE, value);
        }
    }
    headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
}

/// The address without the preferences, and the preferences. A program is told of a language that
/// is none (`api::spoken`); for people the page is in theirs.
fn split(uri: &Uri) -> (Uri, Asked) {
    let mut asked = Asked::default();
    let Some(query) = uri.query() else { return (uri.clone(), asked) };
    let mut rest = Vec::new();
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("lang", tag))
                if Lang::parse(tag).is_none() && uri.path().starts_with("/api/") =>
            {
                rest.push(pair);
            }
            Some(("lang", tag)) => asked.lang = Lang::parse(tag).or(asked.lang),
            Some(("mode", mode)) => asked.large = Some(mode == "large"),
            _ => rest.push(pair),
        }
    }
    let query = rest.join("&");
    let joint = if query.is_empty() { "" } else { "?" };
    let path = PathAndQuery::try_from(format!("{}{joint}{query}", uri.path()));
    let mut parts = uri.clone().into_parts();
    if let Ok(path) = path {
        parts.path_and_query = Some(path);
    }
    (Uri::from_parts(parts).unwrap_or_else(|_| uri.clone()), asked)
}

pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|h| h.to_str().ok());
    let mut pairs = values.flat_map(|h| h.split(';')).filter_map(|p| p.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_taken_out_of_the_address() {
        let (uri, asked) =
            split(&Uri::from_static("/vacancies?q=a%26b&lang=en&sort=new&mode=large"));
        assert_eq!(uri, Uri::from_static("/vacancies?q=a%26b&sort=new"));
        assert_eq!(asked, Asked { lang: Some(Lang::En), large: Some(true) });
        let (uri, asked) = split(&Uri::from_static("/?lang=klingon"));
        assert_eq!((uri.to_string().as_str(), asked), ("/", Asked::default()));
        let told = "/api/v1/regions?lang=klingon";
        assert_eq!(split(&Uri::from_static(told)).0, Uri::from_static(told));
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("x=1; mode=large;lang=en"));
        assert_eq!(cookie(&headers, "lang"), Some("en"));
        assert_eq!(cookie(&headers, "mode"), Some("large"));
        assert_eq!(cookie(&headers, "ang"), None);
    }
}
