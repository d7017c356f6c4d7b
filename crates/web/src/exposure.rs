//! In which order a list stands, why, and the way to the other order.

use app::App;
use model::exposure::Order;
use serde::Deserialize;

use crate::{error::Result, frame::Frame};

/// The order that an address asks for.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Asked {
    order: Option<Order>,
}

impl Asked {
    pub fn order(self) -> Order {
        self.order.unwrap_or(Order::Fair)
    }
}

/// What is said above a list.
#[derive(Clone, Debug)]
pub struct Ordered {
    pub said: String,
    /// The other order, and its address.
    pub other: String,
    pub link: String,
    /// What the list promises in figures, or empty.
    pub promise: String,
}

impl Ordered {
    /// `of` is `posts` or `people`; `changed`: is the order another than the plain one?
    pub fn new(frame: &Frame, of: &str, order: Order, changed: bool) -> Self {
        let path = frame.here.split('?').next().unwrap_or_default();
        let (said, other, link) = match order {
            Order::Fair if changed => {
                (format!("{of}_fair"), "see_plain", format!("{path}?order=plain"))
            }
            Order::Fair => (format!("{of}_same"), "see_plain", format!("{path}?order=plain")),
            Order::Plain => (format!("{of}_plain"), "see_fair", path.to_owned()),
        };
        let word = |key: &str| frame.t(&format!("exposure.{key}"));
        Self { said: word(&said), other: word(other), link, promise: String::new() }
    }

    /// With what a list of so many people promises.
    pub async fn promising(self, app: &App, frame: &Frame, limit: usize) -> Result<Self> {
        let (rule, pool, days) = app::exposure::promise(app, limit).await?;
        let Some(days) = days else { return Ok(self) };
        let figures = [
            ("places", rule.places(limit)),
            ("limit", limit),
            ("pool", pool),
            ("days", days),
            ("months", usize::try_from(rule.long_months).unwrap_or(0)),
            ("due", usize::try_from(rule.due_days).unwrap_or(0)),
        ];
        let figures = figures.map(|(name, n)| (name, i64::try_from(n).unwrap_or(0).into()));
        Ok(Self { promise: text::t(frame.lang, "exposure.people_promise", &figures), ..self })
    }
}
