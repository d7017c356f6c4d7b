//! What every page shares: language, size of type, who looks, addresses of files and of the page
//! in another language.

mod fault;
mod menu;
pub mod preference;
pub mod wording;

use std::{convert::Infallible, sync::Arc};

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
    response::Html,
};
use memchr::memchr2_iter;
use model::{Refusal, access::Actor};
use text::{Lang, Value};
use uuid::Uuid;

use crate::{Settings, actor, asset, error::Result};

pub use fault::{Fault, again};
pub use preference::Preference;

/// The finished page.
pub fn page(template: &impl Template) -> Result<Html<String>> {
    let mut html = template.render().map_err(app::Error::broken)?;
    // all but the first begin with one byte, which a page is looked through for many times as fast
    let deceives = |at| html.get(at..).is_some_and(|rest| rest.starts_with(DECEIVES));
    if memchr2_iter(0, 0xe2, html.as_bytes()).any(deceives) {
        html.retain(|c| !DECEIVES.contains(&c));
    }
    Ok(Html(html))
}

/// What somebody may type to make a name read otherwise than it is written: signs that turn the text
/// round until they are taken back, and the one that ends it.
const DECEIVES: [char; 10] = [
    '\0', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
    '\u{2068}', '\u{2069}',
];

/// The page around a page. Templates ask it for words and addresses.
#[derive(Clone, Debug)]
pub struct Frame {
    pub lang: Lang,
    /// Large type and simpler pages. 长辈版
    pub large: bool,
    /// Somebody of the office.
    pub office: bool,
    /// Who looks.
    pub actor: Actor,
    pub settings: Arc<Settings>,
    /// Where the site is: the beginning of every full address.
    origin: String,
    /// Path and query as asked for, without language and mode.
    pub here: String,
}

impl Frame {
    /// The sentence for a key.
    pub fn t(&self, key: &str) -> String {
        text::t(self.lang, key, &[])
    }

    /// The sentence for a key that mentions a number.
    pub fn n(&self, key: &str, name: &str, value: &u64) -> String {
        text::t(self.lang, key, &[(name, (*value).into())])
    }

    /// The sentence for a key that mentions a text.
    pub fn s(&self, key: &str, name: &str, value: &str) -> String {
        text::t(self.lang, key, &[(name, Value::from(value))])
    }

    pub fn say(&self, refusal: &Refusal) -> String {
        text::say(self.lang, refusal)
    }

    pub fn whole(&self, n: &u64) -> String {
        text::number::whole(i64::try_from(*n).unwrap_or(i64::MAX))
    }

    /// Address of a file of `web/static`, with its version in it.
    pub fn asset(&self, name: &str) -> String {
        asset::url(name)
    }

    /// The other language, for the switch.
    pub fn other(&self) -> Lang {
        match self.lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    /// This page in the other language.
    pub fn other_lang(&self) -> String {
        self.with("lang", self.other().code())
    }

    /// This page in the other size of type.
    pub fn other_mode(&self) -> String {
        self.with("mode", if self.large { "standard" } else { "large" })
    }

    fn with(&self, name: &str, value: &str) -> String {
        let joint = if self.here.contains('?') { '&' } else { '?' };
        format!("{}{joint}{name}={value}", self.here)
    }

    /// The full address of a path of this site.
    pub fn full(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The number of a record that no person is shown.
    pub fn trap(&self) -> &Uuid {
        &self.settings.trap
    }

    /// May whoever looks do or read this?
    pub fn may(&self, what: &str) -> bool {
        self.actor.may(what).is_ok()
    }

    /// Is this page at `path`, or below it?
    pub fn at(&self, path: &str) -> bool {
        let here = self.here.split('?').next().unwrap_or_default();
        here == path || here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl<S: Sync> FromRequestParts<S> for Frame {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let preference = parts.extensions.get::<Preference>().copied().unwrap_or_default();
        let actor = actor::of(parts);
        let settings = parts.extensions.get::<Arc<Settings>>().cloned().unwrap_or_default();
        Ok(Self {
            origin: origin(&settings, &parts.headers),
            lang: preference.lang,
            large: preference.large,
            office: actor.role.is_staff(),
            actor,
            settings,
            here: here(parts.uri.path_and_query().map_or("/", |p| p.as_str())),
        })
    }
}

/// An address on this site: two slashes at its beginning would lead to another.
fn here(asked: &str) -> String {
    format!("/{}", asked.trim_start_matches(['/', '\\']))
}

/// The configured address of the site, else the one it was asked at, if that looks like a host.
fn origin(settings: &Settings, headers: &HeaderMap) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok());
    let host = host.filter(|host| host.chars().all(plain));
    match (settings.site.trim_end_matches('/'), host) {
        ("", Some(host)) => format!("http://{host}"),
        (site, _) => site.to_owned(),
    }
}
