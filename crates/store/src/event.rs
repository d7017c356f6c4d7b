//! The log of events, and how far each reader of it has come.

pub mod chain;

use chrono::{DateTime, Utc};
use model::event::Event;
use uuid::Uuid;

use crate::{Db, Reader, Result, Val, Writer, vals};

/// What a transaction is for: the same for all its events.
#[derive(Clone, Debug)]
pub struct Deed {
    /// `noun.verb`
    pub name: &'static str,
    /// Who does it; never a person's name or number.
    pub actor: String,
    pub at: DateTime<Utc>,
}

/// One change within a deed.
#[derive(Clone, Debug)]
pub struct Note {
    pub noun: &'static str,
    pub subject: Uuid,
    /// Region code of the subject, or empty.
    pub region: String,
    /// An object; nothing in it may identify a person.
    pub change: serde_json::Value,
}

impl Note {
    fn event(self, deed: &Deed, seq: i64) -> Event {
        Event {
            seq,
            at: deed.at,
            actor: deed.actor.clone(),
            deed: deed.name.into(),
            noun: self.noun.into(),
            subject: self.subject,
            region: self.region,
            change: self.change,
        }
    }
}

/// Writes the events of a deed and takes the next numbers, as the last thing before the commit: the
/// lock on the clock's row is held for the shortest time.
pub(crate) async fn write(w: &mut Writer, deed: &Deed, notes: Vec<Note>) -> Result<()> {
    let Ok(count @ 1..) = i64::try_from(notes.len()) else { return Ok(()) };
    let clock = chain::locked(w).await?;
    let mut head = clock.head;
    let mut rows = Vec::with_capacity(notes.len());
    for (seq, note) in (clock.seq + 1..).zip(notes) {
        let event = note.event(deed, seq);
        head = chain::link(&head, &event);
        rows.push(vals![
            seq,
            event.at,
            &event.actor,
            &event.deed,
            &event.noun,
            event.subject,
            &event.region,
            Val::Json(Some(event.change)),
            &head,
        ]);
    }
    chain::advance(w, clock.seq + count, &head).await?;
    let into = "insert into event (seq, at, actor, deed, noun, subject, region, change, link)";
    w.insert_many(into, "", rows).await.map(drop)
}

/// The events that follow number `seq`, in order, at most `limit`.
pub async fn after(r: &mut Reader, seq: i64, limit: i64) -> Result<Vec<Event>> {
    let sql = "select * from event where seq > $1 order by seq limit $2";
    r.all(sql, vals![seq, limit]).await
}

/// What happened to one thing, newest first, at most `limit`.
pub async fn of_subject(r: &mut Reader, subject: Uuid, limit: i64) -> Result<Vec<Event>> {
    let sql = "select * from event where subject = $1 order by seq desc limit $2";
    r.all(sql, vals![subject, limit]).await
}

/// The number of the newest event; 0 before the first.
pub async fn last(r: &mut Reader) -> Result<i64> {
    let (seq,) = r.one("event_clock", "select seq from event_clock where id = 1", vals![]).await?;
    Ok(seq)
}

/// How far each reader has come: its name, the last event it has done, and when.
pub async fn readers(r: &mut Reader) -> Result<Vec<(String, i64, DateTime<Utc>)>> {
    r.all("select name, seq, at from reader order by name", vals![]).await
}

/// How far the reader `name` has come; 0 if it never began.
pub async fn reached(r: &mut Reader, name: &str) -> Result<i64> {
    let row: Option<(i64,)> = r.opt("select seq from reader where name = $1", vals![name]).await?;
    Ok(row.map_or(0, |(seq,)| seq))
}

/// The reader has done everything up to `seq`.
pub async fn reach(w: &mut Writer, name: &str, seq: i64) -> Result<()> {
    let sql = "insert into reader (name, seq, at) values ($1, $2, $3) \
               on conflict (name) do update set seq = excluded.seq, at = excluded.at";
    let at = w.at();
    w.exec(sql, vals![name, seq, at]).await.map(drop)
}

/// The newest event's number, asked of the database directly: for readiness checks.
pub async fn newest(db: &Db) -> Result<i64> {
    last(&mut db.read().await?).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::both::{both, deed};

    fn note(n: u128) -> Note {
        let change = serde_json::json!({ "n": n.to_string() });
        Note { noun: "vacancy", subject: Uuid::from_u128(n), region: "620102".into(), change }
    }

    /// Nine that commit, and a last one that is dropped: its numbers are given again.
    async fn ten_deeds(db: Db, from: u128) {
        for k in 0..10 {
            let mut w = db.write(deed("vacancy.import")).await.unwrap();
            w.note(note(from + k));
            w.note(note(from + k + 50));
            if k < 9 {
                w.commit().await.unwrap();
            }
        }
    }

    #[tokio::test]
    async fn events_are_numbered_without_gaps_in_the_order_of_commits() {
        both(async |db| {
            futures_util::future::join_all((0..8).map(|n| ten_deeds(db.clone(), n * 100))).await;
            let mut r = db.read().await.unwrap();
            let seqs: Vec<i64> =
                after(&mut r, 0, 1_000).await.unwrap().iter().map(|e| e.seq).collect();
            assert_eq!(seqs, (1..=144).collect::<Vec<_>>());
            assert_eq!(last(&mut r).await.unwrap(), 144);
            assert_eq!(after(&mut r, 140, 2).await.unwrap().len(), 2);
        })
        .await;
    }

    #[tokio::test]
    async fn an_event_is_never_changed_or_deleted() {
        both(async |db| {
            let mut w = db.write(deed("vacancy.import")).await.unwrap();
            w.note(note(1));
            w.commit().await.unwrap();
            for sql in ["update event set actor = 'x'", "delete from event"] {
                let mut w = db.write(deed("vacancy.import")).await.unwrap();
                assert!(w.exec(sql, vals![]).await.is_err(), "{sql}");
            }
            let kept = of_subject(&mut db.read().await.unwrap(), Uuid::from_u128(1), 9).await;
            assert_eq!(kept.unwrap().len(), 1);
        })
        .await;
    }

    #[tokio::test]
    async fn a_reader_keeps_its_place() {
        both(async |db| {
            for seq in [5, 9] {
                let mut w = db.write(deed("event.follow")).await.unwrap();
                reach(&mut w, "index", seq).await.unwrap();
                w.commit().await.unwrap();
            }
            let mut r = db.read().await.unwrap();
            assert_eq!(reached(&mut r, "index").await.unwrap(), 9);
            assert_eq!(reached(&mut r, "statistic").await.unwrap(), 0);
            assert_eq!(readers(&mut r).await.unwrap().len(), 1);
        })
        .await;
    }
}
