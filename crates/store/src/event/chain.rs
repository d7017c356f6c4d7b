//! The log as a chain: whoever changes, removes, cuts or reorders events breaks a link. Whoever could
//! also make all links anew is found by the anchors, which lie in the store of keys.

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt as _;
use model::event::Event;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{Reader, Result, Writer, vals};

/// The link of an event that follows one with the link `before`: 64 hexadecimal digits.
pub(super) fn link(before: &str, event: &Event) -> String {
    let mut digest = Sha256::new();
    let mut part = |bytes: &[u8]| {
        // each part with its length: what moves from one to the next changes the digest
        digest.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
        digest.update(bytes);
    };
    part(before.as_bytes());
    part(&event.seq.to_le_bytes());
    part(&event.at.timestamp_micros().to_le_bytes());
    for text in [&event.actor, &event.deed, &event.noun, &event.region] {
        part(text.as_bytes());
    }
    part(event.subject.as_bytes());
    let mut change = String::new();
    write(&event.change, &mut change);
    part(change.as_bytes());
    model::backup::hex(&digest.finalize())
}

/// A value as text that does not depend on the order in which an engine gives the keys.
fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            out.push('{');
            for key in keys {
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                if let Some(value) = map.get(key) {
                    write(value, out);
                }
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(list) => {
            out.push('[');
            for value in list {
                write(value, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push_str(&value.to_string());
        }
    }
}

/// Where the chain stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Clock {
    pub seq: i64,
    pub head: String,
    /// Events up to this number have no link.
    pub unbound: i64,
}

/// Where it stands now.
pub async fn clock(r: &mut Reader) -> Result<Clock> {
    r.one("event_clock", "select seq, head, unbound from event_clock where id = 1", vals![]).await
}

/// The same, on the way to the next event: nobody else writes one meanwhile.
pub(super) async fn locked(w: &mut Writer) -> Result<Clock> {
    let sql = "select seq, head, unbound from event_clock where id = 1";
    w.lock(sql, vals![]).await?.ok_or(crate::Error::Absent("event_clock"))
}

pub(super) async fn advance(w: &mut Writer, seq: i64, head: &str) -> Result<()> {
    let sql = "update event_clock set seq = $1, head = $2 where id = 1";
    w.exec(sql, vals![seq, head]).await.map(drop)
}

/// What a walk along the chain has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Events with a link.
    pub bound: i64,
    /// The numbers at which something was changed, is missing or too much; at most a few.
    pub broken: Vec<i64>,
    /// Does the last one agree with the clock?
    pub whole: bool,
    /// Numbers asked for, with the links there.
    pub links: Vec<(i64, String)>,
}

impl Walk {
    pub fn is_sound(&self) -> bool {
        self.whole && self.broken.is_empty()
    }
}

#[derive(sqlx::FromRow)]
struct Bound {
    #[sqlx(flatten)]
    event: Event,
    link: String,
}

/// Walks along all events, in a snapshot: `asked` are numbers whose links are wanted.
pub async fn walk(r: &mut Reader, asked: &[i64]) -> Result<Walk> {
    const MOST: usize = 20;
    let clock = clock(r).await?;
    let (mut found, mut before, mut seq) = (Walk::default(), String::new(), 0);
    let mut rows = r.stream::<Bound>("select * from event order by seq", vals![])?;
    while let Some(Bound { event, link: kept }) = rows.try_next().await? {
        let unbound = event.seq <= clock.unbound;
        let right = if unbound { String::new() } else { link(&before, &event) };
        let follows = event.seq == seq + 1;
        if (!follows || right != kept) && found.broken.len() < MOST {
            found.broken.push(event.seq);
        }
        if asked.contains(&event.seq) {
            found.links.push((event.seq, kept.clone()));
        }
        found.bound += i64::from(!unbound);
        // goes on from what is there: one fault is told once
        (seq, before) = (event.seq, kept);
    }
    found.whole = seq == clock.seq && (before == clock.head);
    Ok(found)
}

/// What the chain was at a moment, kept apart from it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Anchor {
    pub seq: i64,
    pub head: String,
    pub unbound: i64,
    pub at: DateTime<Utc>,
}

/// Makes the table of anchors, in the store of keys.
pub async fn prepare(w: &mut Writer) -> Result<()> {
    let sql = "create table if not exists log_anchor (seq bigint not null primary key, \
               head text not null, unbound bigint not null, at timestamptz not null)";
    w.exec(sql, vals![]).await.map(drop)
}

/// Keeps where the chain stands; the newest two hundred, and of the older ones every hundredth event's.
pub async fn anchor(w: &mut Writer, clock: &Clock) -> Result<()> {
    let at = w.at();
    let sql = "insert into log_anchor (seq, head, unbound, at) values ($1, $2, $3, $4) \
               on conflict (seq) do nothing";
    w.exec(sql, vals![clock.seq, &clock.head, clock.unbound, at]).await.map(drop)
}

pub async fn anchors(r: &mut Reader) -> Result<Vec<Anchor>> {
    r.all("select seq, head, unbound, at from log_anchor order by seq", vals![]).await
}

/// Forgets anchors beyond a number: the database was restored as it was then.
pub async fn rewind(w: &mut Writer, seq: i64) -> Result<u64> {
    w.exec("delete from log_anchor where seq > $1", vals![seq]).await
}

#[cfg(test)]
mod tests;
