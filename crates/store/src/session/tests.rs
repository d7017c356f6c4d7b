//! What both engines promise.

use super::*;
use crate::{
    both::{both, deed},
    vals,
};

#[test]
fn lists_are_padded_so_that_few_texts_exist() {
    assert_eq!(tuples(2, 2), "($1,$2),($3,$4)");
    let (list, args) = listed(&["a", "b", "c"]);
    assert_eq!((list.as_str(), args.len()), ("($1,$2,$3,$4)", 4));
    let (list, args) = listed::<&str>(&[]);
    assert_eq!((list.as_str(), args.len()), ("(null)", 0));
}

#[tokio::test]
async fn a_dropped_deed_leaves_nothing() {
    both(async |db| {
        let mut w = db.write(deed("vacancy.import")).await.unwrap();
        w.exec("update event_clock set seq = 41", vals![]).await.unwrap();
        drop(w);
        let mut r = db.read().await.unwrap();
        assert_eq!(crate::event::last(&mut r).await.unwrap(), 0);
    })
    .await;
}

async fn count_twenty(db: &Db) {
    for _ in 0..20 {
        let mut w = db.write(deed("vacancy.import")).await.unwrap();
        w.exec("update event_clock set seq = seq + 1", vals![]).await.unwrap();
        w.commit().await.unwrap();
    }
}

#[tokio::test]
async fn eight_writers_wait_for_each_other_and_none_is_refused() {
    both(async |db| {
        futures_util::future::join_all((0..8).map(|_| count_twenty(&db))).await;
        assert_eq!(crate::event::newest(&db).await.unwrap(), 160);
    })
    .await;
}

#[tokio::test]
async fn two_programs_on_one_file_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let url = Db::url_in(folder.path());
    let (a, b) = (Db::connect(&url).await.unwrap(), Db::connect(&url).await.unwrap());
    a.migrate().await.unwrap();
    tokio::join!(count_twenty(&a), count_twenty(&b));
    assert_eq!(crate::event::newest(&a).await.unwrap(), 40);
}

#[tokio::test]
async fn a_snapshot_does_not_see_what_comes_later() {
    both(async |db| {
        let mut before = db.snapshot().await.unwrap();
        assert_eq!(crate::event::last(&mut before).await.unwrap(), 0);
        let mut w = db.write(deed("vacancy.import")).await.unwrap();
        w.exec("update event_clock set seq = 7", vals![]).await.unwrap();
        w.commit().await.unwrap();
        assert_eq!(crate::event::last(&mut before).await.unwrap(), 0);
        assert_eq!(crate::event::newest(&db).await.unwrap(), 7);
    })
    .await;
}

#[tokio::test]
async fn a_reading_connection_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::connect(&Db::url_in(folder.path())).await.unwrap();
    db.migrate().await.unwrap();
    let mut r = db.read().await.unwrap();
    assert!(r.exec("update event_clock set seq = 9", vals![]).await.is_err());
}

#[tokio::test]
async fn deeds_on_sqlite_are_flushed_to_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::connect(&Db::url_in(folder.path())).await.unwrap();
    let w = db.write(deed("vacancy.import")).await;
    let (level,): (i64,) = w.unwrap().one("pragma", "pragma synchronous", vals![]).await.unwrap();
    assert_eq!(level, 2, "2 is FULL");
}

#[tokio::test]
async fn a_connection_whose_answer_nobody_waits_for_is_not_handed_on() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::connect(&Db::url_in(folder.path())).await.unwrap();
    db.migrate().await.unwrap();
    let long = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 9000000) \
                select count(*) from n";
    let mut r = db.read().await.unwrap();
    assert_eq!(db.connections(), 2);
    let given_up = tokio::time::timeout(Duration::from_millis(20), r.all::<(i64,)>(long, vals![]));
    assert!(given_up.await.is_err());
    drop(r);
    assert_eq!(db.connections(), 1);
    for _ in 0..3 {
        let mut r = db.read().await.unwrap();
        assert_eq!(crate::event::last(&mut r).await.unwrap(), 0);
        assert_eq!(db.connections(), 2);
    }
    drop(db.snapshot().await.unwrap());
    assert_eq!(db.connections(), 1, "a snapshot ends with its connection");
    db.close().await;
    assert!(db.read().await.is_err());
}
