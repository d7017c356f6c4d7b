//! What people have agreed to, as rows: each time one more.

use chrono::{DateTime, Utc};
use model::{
    Id,
    access::Scope,
    consent::{Consent, Purpose},
    jobseeker::Jobseeker,
};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, Writer, access::people_by, vals};

pub async fn add(w: &mut Writer, one: &Consent) -> Result<()> {
    let sql = "insert into consent (id, jobseeker_id, purpose, given, actor, at) \
               values ($1, $2, $3, $4, $5, $6)";
    let purpose = one.purpose.code();
    let args = vals![one.id, one.jobseeker_id, purpose, one.given, &one.actor, one.at];
    w.exec(sql, args).await.map(drop)
}

/// Everything one person has said, newest first.
pub async fn of(r: &mut Reader, scope: &Scope, id: Id<Jobseeker>) -> Result<Vec<Consent>> {
    let within = people_by(r.engine(), scope, "jobseeker_id");
    let sql = format!("select * from consent where jobseeker_id = $1{within} order by id desc");
    r.all(AssertSqlSafe(sql), vals![id]).await
}

/// Has this person taken back what a purpose needs? Who has said nothing has not.
pub async fn withdrawn(r: &mut Reader, id: Id<Jobseeker>, purpose: Purpose) -> Result<bool> {
    let sql = "select given from consent where jobseeker_id = $1 and purpose = $2 \
               order by id desc limit 1";
    let row: Option<(bool,)> = r.opt(sql, vals![id, purpose.code()]).await?;
    Ok(row.is_some_and(|(given,)| !given))
}

/// Looks for work, or no longer: what the purpose `matching` decides.
pub async fn seek(w: &mut Writer, id: Id<Jobseeker>, seeking: bool) -> Result<()> {
    let at = w.at();
    let sql = "update jobseeker set seeking = $2, updated_at = $3, version = version + 1 \
               where id = $1 and seeking <> $2";
    w.exec(sql, vals![id, seeking, at]).await.map(drop)
}

/// What was said before a time and said anew since.
const REPLACED: &str = "at < $1 and exists (select 1 from consent n where \
    n.jobseeker_id = consent.jobseeker_id and n.purpose = consent.purpose and n.id > consent.id)";

pub async fn count(r: &mut Reader, before: DateTime<Utc>) -> Result<i64> {
    let sql = format!("select count(*) from consent where {REPLACED}");
    let (n,) = r.one("consent", AssertSqlSafe(sql), vals![before]).await?;
    Ok(n)
}

pub async fn forget(w: &mut Writer, before: DateTime<Utc>) -> Result<u64> {
    w.exec(AssertSqlSafe(format!("delete from consent where {REPLACED}")), vals![before]).await
}
