//! The keys by which people are sealed, as rows of a database of their own: it is not in the backups
//! of the other, so that a key that was erased is erased everywhere.

use chrono::{DateTime, Utc};
use model::{Id, jobseeker::Jobseeker, secret::MARK};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::{Db, Reader, Result, Val, Writer, session::listed, vals};

/// The key of somebody or something, wrapped by the key file.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Kept {
    pub holder: Uuid,
    /// `None` once it is erased: the row stays, so that no copy brings it back.
    pub wrapped: Option<Vec<u8>>,
    /// Which key of the key file wraps it.
    pub generation: i64,
}

/// The store of keys: what is erased there leaves no bytes in the file.
pub async fn connect(url: &str) -> Result<Db> {
    Db::opened(url, "on").await
}

/// Makes the tables where there are none.
pub async fn prepare(w: &mut Writer) -> Result<()> {
    let sql = "create table if not exists person_key (holder uuid not null primary key, \
               wrapped bytea, generation bigint not null, made_at timestamptz not null, \
               erased_at timestamptz)";
    w.exec(sql, vals![]).await?;
    let sql = "create index if not exists person_key_generation on person_key (generation, holder)";
    w.exec(sql, vals![]).await.map(drop)
}

/// Those of the holders that have a key, or had one.
pub async fn of(r: &mut Reader, holders: &[Uuid]) -> Result<Vec<Kept>> {
    let mut all = Vec::with_capacity(holders.len());
    for part in holders.chunks(500) {
        let (list, args) = listed(part);
        let sql =
            format!("select holder, wrapped, generation from person_key where holder in {list}");
        all.extend(r.all(AssertSqlSafe(sql), args).await?);
    }
    Ok(all)
}

/// Adds keys; a holder that has one, or whose key was erased, keeps that.
pub async fn add(w: &mut Writer, keys: &[Kept]) -> Result<()> {
    let at = w.at();
    let rows: Vec<_> = keys
        .iter()
        .map(|key| vals![key.holder, Val::Bytes(key.wrapped.clone()), key.generation, at])
        .collect();
    let head = "insert into person_key (holder, wrapped, generation, made_at)";
    w.insert_many(head, "on conflict (holder) do nothing", rows).await.map(drop)
}

/// Erases keys for good, also those that are not here (yet).
pub async fn erase(w: &mut Writer, holders: &[Uuid]) -> Result<()> {
    let at = w.at();
    let rows: Vec<_> =
        holders.iter().map(|holder| vals![*holder, Val::Bytes(None), 0, at, at]).collect();
    let head = "insert into person_key (holder, wrapped, generation, made_at, erased_at)";
    let tail = "on conflict (holder) do update set wrapped = null, erased_at = excluded.erased_at";
    w.insert_many(head, tail, rows).await.map(drop)
}

/// Keys that are wrapped by an earlier key of the file, at most `limit`.
pub async fn before(r: &mut Reader, generation: i64, limit: i64) -> Result<Vec<Kept>> {
    let sql = "select holder, wrapped, generation from person_key where generation < $1 \
               and wrapped is not null order by generation, holder limit $2";
    r.all(sql, vals![generation, limit]).await
}

/// Puts another wrapping in the place of the one that was `from`; an erased key stays erased.
pub async fn rewrap(w: &mut Writer, key: &Kept, from: i64) -> Result<()> {
    let sql = "update person_key set wrapped = $2, generation = $3 \
               where holder = $1 and generation = $4 and wrapped is not null";
    let args = vals![key.holder, Val::Bytes(key.wrapped.clone()), key.generation, from];
    w.exec(sql, args).await.map(drop)
}

/// How many keys there are, and how many were erased.
pub async fn count(r: &mut Reader) -> Result<(i64, i64)> {
    let sql = "select count(wrapped), count(*) - count(wrapped) from person_key";
    r.one("key", sql, vals![]).await
}

/// Who was erased, and when.
pub async fn erased(r: &mut Reader) -> Result<Vec<(Uuid, Option<DateTime<Utc>>)>> {
    let sql = "select holder, erased_at from person_key where wrapped is null order by holder";
    r.all(sql, vals![]).await
}

/// Columns of the other database with sealed bytes in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Identity,
    Account,
    Second,
    Notice,
    Staged,
    Refused,
}

impl Column {
    pub const ALL: [Self; 6] =
        [Self::Identity, Self::Account, Self::Second, Self::Notice, Self::Staged, Self::Refused];

    /// Table, id, number beside the id (or nothing), column.
    const fn names(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Identity => ("jobseeker", "id", "", "identity"),
            Self::Account => ("account", "id", "", "sealed"),
            Self::Second => ("account", "id", "", "second"),
            Self::Notice => ("notice_out", "id", "", "sealed"),
            Self::Staged => ("intake_batch", "intake_id", "number", "sealed"),
            Self::Refused => ("intake_refused", "intake_id", "position", "sealed"),
        }
    }
}

/// Rows that were sealed before there were versions, from `after` on: id, number, sealed bytes.
pub async fn old(
    r: &mut Reader,
    column: Column,
    after: Uuid,
    limit: i64,
) -> Result<Vec<(Uuid, i64, Vec<u8>)>> {
    let (table, id, number, sealed) = column.names();
    let number = if number.is_empty() { "cast(0 as bigint)" } else { number };
    let sql = format!(
        "select {id}, {number}, {sealed} from {table} where {id} >= $1 and {sealed} is not null \
         and length({sealed}) > 0 and substr({sealed}, 1, 3) <> $2 order by 1, 2 limit $3"
    );
    r.all(AssertSqlSafe(sql), vals![after, MARK.to_vec(), limit]).await
}

/// Puts other sealed bytes in the place of the old ones, unless somebody else has.
pub async fn moved(
    w: &mut Writer,
    column: Column,
    (of, n): (Uuid, i64),
    (from, to): (Vec<u8>, Vec<u8>),
) -> Result<()> {
    let (table, id, number, sealed) = column.names();
    let number = if number.is_empty() { "cast(0 as bigint)" } else { number };
    let sql = format!(
        "update {table} set {sealed} = $4 where {id} = $1 and {number} = $2 and {sealed} = $3"
    );
    w.exec(AssertSqlSafe(sql), vals![of, n, from, to]).await.map(drop)
}

/// Some people of a database, newest first: for asking whether their keys are here.
pub async fn some_people(db: &Db, limit: i64) -> Result<Vec<Id<Jobseeker>>> {
    let sql = "select id from jobseeker where length(identity) > 0 \
               and substr(identity, 1, 3) = $1 order by id desc limit $2";
    let rows: Vec<(Id<Jobseeker>,)> =
        db.read().await?.all(sql, vals![MARK.to_vec(), limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        both::{both, deed},
        jobseeker::tests::person,
    };

    fn key(n: u128, wrapped: &[u8]) -> Kept {
        Kept { holder: Uuid::from_u128(n), wrapped: Some(wrapped.to_vec()), generation: 1 }
    }

    #[tokio::test]
    async fn a_key_that_was_erased_never_comes_back() {
        both(async |db| {
            let mut w = db.write(deed("secret.keep")).await.unwrap();
            prepare(&mut w).await.unwrap();
            add(&mut w, &[key(1, b"one"), key(2, b"two")]).await.unwrap();
            erase(&mut w, &[Uuid::from_u128(1), Uuid::from_u128(3)]).await.unwrap();
            add(&mut w, &[key(1, b"again"), key(2, b"other"), key(3, b"late")]).await.unwrap();
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            let ids: Vec<_> = (1..=4).map(Uuid::from_u128).collect();
            let mut found = of(&mut r, &ids).await.unwrap();
            found.sort_by_key(|key| key.holder);
            let wrapped: Vec<_> = found.into_iter().map(|key| key.wrapped).collect();
            assert_eq!(wrapped, [None, Some(b"two".to_vec()), None]);
            assert_eq!(count(&mut r).await.unwrap(), (1, 2));
            assert_eq!(erased(&mut r).await.unwrap().len(), 2);
        })
        .await;
    }

    #[tokio::test]
    async fn rows_of_the_time_before_versions_are_found_and_moved_once() {
        both(async |db| {
            let mut w = db.write(deed("secret.rotate")).await.unwrap();
            let (mut new, before) = (person(1), person(2));
            new.identity = [MARK.as_slice(), b"\x01sealed"].concat();
            crate::jobseeker::add(&mut w, &[new, before]).await.unwrap();
            for column in Column::ALL {
                let found = old(&mut w, column, Uuid::nil(), 9).await.unwrap();
                let own = column == Column::Identity;
                assert_eq!(found.len(), usize::from(own), "{column:?}");
            }
            let (id, from) = (Uuid::from_u128(2), vec![1, 2, 3]);
            let to = [MARK.as_slice(), b"\x01moved"].concat();
            moved(&mut w, Column::Identity, (id, 0), (from.clone(), to.clone())).await.unwrap();
            moved(&mut w, Column::Identity, (id, 0), (from, vec![9])).await.unwrap();
            w.commit().await.unwrap();
            let found = old(&mut db.read().await.unwrap(), Column::Identity, Uuid::nil(), 9).await;
            assert!(found.unwrap().is_empty());
            assert_eq!(some_people(&db, 9).await.unwrap().len(), 2);
        })
        .await;
    }

    #[tokio::test]
    async fn keys_of_an_earlier_generation_are_wrapped_anew_once() {
        both(async |db| {
            let mut w = db.write(deed("secret.keep")).await.unwrap();
            prepare(&mut w).await.unwrap();
            add(&mut w, &[key(1, b"one"), key(2, b"two")]).await.unwrap();
            erase(&mut w, &[Uuid::from_u128(2)]).await.unwrap();
            let old = before(&mut w, 2, 10).await.unwrap();
            assert_eq!(old, [key(1, b"one")]);
            let new = Kept { generation: 2, ..key(1, b"new") };
            rewrap(&mut w, &new, 1).await.unwrap();
            rewrap(&mut w, &key(1, b"late"), 1).await.unwrap();
            assert_eq!(of(&mut w, &[Uuid::from_u128(1)]).await.unwrap(), [new]);
            assert!(before(&mut w, 2, 10).await.unwrap().is_empty());
        })
        .await;
    }
}
