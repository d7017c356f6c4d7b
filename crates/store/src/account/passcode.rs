//! Codes sent to telephones, and how many were sent where.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Reader, Result, Writer, vals};

/// One that was sent and not used.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Sent {
    pub id: Uuid,
    pub digest: String,
    pub tries: i64,
    pub made_at: DateTime<Utc>,
}

/// How many were sent to a number since each of the times, newest time first.
pub async fn to_phone(r: &mut Reader, index: &str, since: DateTime<Utc>) -> Result<i64> {
    let sql = "select count(*) from passcode where phone_index = $1 and made_at > $2";
    let (n,) = r.one("passcode", sql, vals![index, since]).await?;
    Ok(n)
}

/// How many were asked for from a device.
pub async fn from_device(r: &mut Reader, device: &str, since: DateTime<Utc>) -> Result<i64> {
    let sql = "select count(*) from passcode where device = $1 and made_at > $2";
    let (n,) = r.one("passcode", sql, vals![device, since]).await?;
    Ok(n)
}

/// How many were sent in all.
pub async fn all(r: &mut Reader, since: DateTime<Utc>) -> Result<i64> {
    let sql = "select count(*) from passcode where made_at > $1";
    let (n,) = r.one("passcode", sql, vals![since]).await?;
    Ok(n)
}

pub async fn add(
    w: &mut Writer,
    id: Uuid,
    (phone, device): (&str, &str),
    digest: &str,
) -> Result<()> {
    let at = w.at();
    let sql = "insert into passcode (id, phone_index, device, digest, tries, made_at) \
               values ($1, $2, $3, $4, 0, $5)";
    w.exec(sql, vals![id, phone, device, digest, at]).await.map(drop)
}

/// The newest that was sent to a number since, if it was not used. One more try is counted with it.
pub async fn try_newest(w: &mut Writer, phone: &str, since: DateTime<Utc>) -> Result<Option<Sent>> {
    let sql = "update passcode set tries = tries + 1 where used_at is null and made_at > $2 \
               and id = (select id from passcode where phone_index = $1 \
               order by made_at desc, id desc limit 1) \
               returning id, digest, tries, made_at";
    w.opt(sql, vals![phone, since]).await
}

/// Uses it up; false if somebody did in the same moment.
pub async fn used(w: &mut Writer, id: Uuid) -> Result<bool> {
    let at = w.at();
    let sql = "update passcode set used_at = $2 where id = $1 and used_at is null";
    Ok(w.exec(sql, vals![id, at]).await? > 0)
}
