//! A chain that somebody has been at: every change is found.

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::*;
use crate::{
    Db, Note, Val,
    both::{both, deed},
};

const EVENTS: i64 = 60;

async fn filled(db: &Db) {
    for n in 0..EVENTS / 3 {
        let mut w = db.write(deed("vacancy.import")).await.unwrap();
        for k in 0..3 {
            let change = serde_json::json!({ "n": n, "b": ["x", k], "a": { "z": 1.5, "c": null } });
            let subject = Uuid::from_u128(u128::try_from(n * 3 + k).unwrap());
            w.note(Note { noun: "vacancy", subject, region: "620502".into(), change });
        }
        w.commit().await.unwrap();
    }
}

/// Numbers that look like chance and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 % u64::try_from(most).unwrap()).unwrap()
    }
}

/// One thing that somebody does to the log behind the program's back.
fn harm(dice: &mut Dice) -> Vec<(String, Vec<Val>)> {
    let seq = dice.below(EVENTS) + 1;
    let set = |what: &str| (format!("update event set {what} where seq = $1"), vals![seq]);
    let byte = char::from(u8::try_from(dice.below(26)).unwrap() + b'a').to_uppercase();
    match dice.below(12) {
        0 => vec![set(&format!("actor = '{byte}' || substr(actor, 2)"))],
        1 => vec![set(&format!("deed = '{byte}' || substr(deed, 2)"))],
        2 => vec![set(&format!("noun = noun || '{byte}'"))],
        3 => vec![set("region = '620503'")],
        4 => vec![(
            "update event set subject = $2 where seq = $1".into(),
            vals![seq, Uuid::from_u128(9_999)],
        )],
        5 => vec![(
            "update event set at = $2 where seq = $1".into(),
            vals![seq, deed("x").at + chrono::TimeDelta::microseconds(1)],
        )],
        6 => vec![(
            "update event set change = $2 where seq = $1".into(),
            vals![seq, Val::Json(Some(serde_json::json!({ "n": 999, "byte": byte.to_string() })))],
        )],
        7 => vec![set(&format!("link = '{byte}' || substr(link, 2)"))],
        8 => vec![("delete from event where seq = $1".into(), vals![seq])],
        9 => vec![("delete from event where seq >= $1".into(), vals![seq])],
        10 => {
            // two change places
            let other = seq % EVENTS + 1;
            vec![
                ("update event set seq = 100000 where seq = $1".into(), vals![seq]),
                ("update event set seq = $1 where seq = $2".into(), vals![seq, other]),
                ("update event set seq = $1 where seq = 100000".into(), vals![other]),
            ]
        }
        _ => vec![(
            "insert into event (seq, at, actor, deed, noun, subject, region, change, link) \
             select $1, at, actor, deed, noun, subject, region, change, link from event \
             where seq = 1"
                .into(),
            vals![EVENTS + 1],
        )],
    }
}

async fn unguarded(db: &Db) {
    let mut w = db.write(deed("x")).await.unwrap();
    let drops: &[&'static str] = db.engine().pick(
        &["drop trigger event_never_changed", "drop trigger event_never_deleted"],
        &["drop trigger event_never_changed on event"],
    );
    for sql in drops {
        w.exec(*sql, vals![]).await.unwrap();
    }
    w.commit().await.unwrap();
}

#[tokio::test]
async fn a_thousand_harms_to_the_log_are_all_found() {
    both(async |db| {
        filled(&db).await;
        assert!(walk(&mut db.snapshot().await.unwrap(), &[]).await.unwrap().is_sound());
        unguarded(&db).await;
        let mut dice = Dice(0x5eed_cafe);
        for n in 0..1_000 {
            let mut w = db.write(deed("x")).await.unwrap();
            let harms = harm(&mut dice);
            let told = format!("{n}: {harms:?}");
            for (sql, args) in harms {
                w.exec(AssertSqlSafe(sql), args).await.unwrap();
            }
            let found = walk(&mut w, &[]).await;
            assert!(found.is_err() || found.is_ok_and(|walk| !walk.is_sound()), "{told}");
            // dropped: nothing of it stays
        }
        assert!(walk(&mut db.snapshot().await.unwrap(), &[]).await.unwrap().is_sound());
    })
    .await;
}

#[tokio::test]
async fn events_from_before_there_were_links_are_no_fault() {
    both(async |db| {
        filled(&db).await;
        unguarded(&db).await;
        let mut w = db.write(deed("x")).await.unwrap();
        w.exec("update event set link = ''", vals![]).await.unwrap();
        w.exec("update event_clock set head = '', unbound = seq", vals![]).await.unwrap();
        w.commit().await.unwrap();
        filled(&db).await;
        let found = walk(&mut db.snapshot().await.unwrap(), &[EVENTS + 1]).await.unwrap();
        assert!(found.is_sound(), "{found:?}");
        assert_eq!((found.bound, found.links.len()), (EVENTS, 1));
    })
    .await;
}

#[tokio::test]
async fn anchors_are_kept_and_rewound() {
    both(async |db| {
        let mut w = db.write(deed("x")).await.unwrap();
        prepare(&mut w).await.unwrap();
        for seq in [3, 9, 9] {
            anchor(&mut w, &Clock { seq, head: "h".into(), unbound: 0 }).await.unwrap();
        }
        assert_eq!(anchors(&mut w).await.unwrap().len(), 2);
        assert_eq!(rewind(&mut w, 3).await.unwrap(), 1);
    })
    .await;
}
