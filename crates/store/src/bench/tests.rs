//! Both engines find the same documents.

use super::*;

fn document(id: i64, token: &str) -> Document {
    let tokens = vec![(token.to_owned(), true), ("c++".to_owned(), false)];
    let numbers = [6205, 620_502, 618, 1, 0, 1, 600_000, 2, id, 3, 0, 9_999];
    Document { id, tokens, numbers, longitude: 105.7, latitude: 34.5 }
}

fn asked(words: &[&[&str]]) -> Asked {
    let any = |tokens: &&[&str]| tokens.iter().map(|&token| token.to_owned()).collect();
    Asked {
        words: words.iter().map(any).collect(),
        city: 6205,
        minor: 618,
        form: 1,
        education: 3,
        experience: 12,
        pay: 500_000,
        today: 1_000,
        longitude: 105.7,
        latitude: 34.5,
        kilometres: 20.0,
    }
}

/// Every kind of work finds the documents that have the word.
async fn answers(mut peer: Peer) {
    let documents: Vec<_> =
        (1..=30).map(|id| document(id, if id % 3 == 0 { "焊工" } else { "电工" })).collect();
    peer.fill(&documents).await.unwrap();
    peer.finish().await.unwrap();
    let words = asked(&[&["焊工", "=焊接"], &["c++"]]);
    for (work, rows) in [
        (Work::Words, 10),
        (Work::WordsCityWage, 10),
        (Work::WordsNear, 10),
        (Work::Filters, 21),
        (Work::Nearest, 20),
    ] {
        assert_eq!(peer.ask(work, &words).await.unwrap(), rows, "{work:?}");
    }
    assert!(peer.ask(Work::WordsFacets, &words).await.unwrap() >= 8);
    assert!(peer.ask(Work::Facets, &words).await.unwrap() >= 8);
    assert_eq!(peer.total(Work::Words, &words).await.unwrap(), 10);
    assert_eq!(peer.total(Work::WordsCityWage, &words).await.unwrap(), 10);
    assert_eq!(peer.total(Work::Filters, &words).await.unwrap(), 30);
    assert!(peer.size().await.unwrap() > 0);
}

#[tokio::test]
async fn sqlite_answers_what_it_is_measured_with() {
    let folder = tempfile::tempdir().unwrap();
    let mut peer = Peer::sqlite(&folder.path().join("fts.sqlite")).await.unwrap();
    assert_eq!(peer.process().await.unwrap(), None);
    answers(peer).await;
}

#[tokio::test]
async fn postgres_answers_what_it_is_measured_with() {
    #[expect(clippy::disallowed_methods, reason = "a test is told where the server is")]
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        println!("TEST_POSTGRES_URL is not set: not run on PostgreSQL");
        return;
    };
    let schema = format!("bench_{}", std::process::id());
    let mut admin = PgConnection::connect(&server).await.unwrap();
    let make = AssertSqlSafe(format!("create schema {schema}"));
    sqlx::query(make).execute(&mut admin).await.unwrap();
    let url = format!("{server}?options=-csearch_path%3D{schema}");
    let mut peer = Peer::postgres(&url).await.unwrap();
    assert!(peer.process().await.unwrap().is_some());
    answers(peer).await;
    let gone = AssertSqlSafe(format!("drop schema {schema} cascade"));
    sqlx::query(gone).execute(&mut admin).await.unwrap();
}
