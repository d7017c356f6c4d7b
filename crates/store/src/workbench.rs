//! Lists of a clerk's table.

use chrono::{DateTime, Utc};
use model::{Id, access::Scope, application::Application, jobseeker::Jobseeker};
use sqlx::AssertSqlSafe;

use crate::{
    Reader, Result,
    access::{applications, people as within},
    vals,
};

/// The people of a scope with this number or telephone, as digests; an empty one counts for nothing.
pub async fn people(
    r: &mut Reader,
    scope: &Scope,
    number: &str,
    phone: &str,
) -> Result<Vec<Jobseeker>> {
    let sql = format!(
        "select id from jobseeker where ((number_index = $1 and number_index <> '') \
         or (phone_index = $2 and phone_index <> '')){} order by id desc limit 10",
        within(r.engine(), scope)
    );
    let ids: Vec<(Id<Jobseeker>,)> = r.all(AssertSqlSafe(sql), vals![number, phone]).await?;
    let ids: Vec<_> = ids.into_iter().map(|(id,)| id).collect();
    crate::jobseeker::of_ids(r, scope, &ids).await
}

/// Interviews of a scope that are held from `from` to before `to`, by time.
pub async fn meetings(
    r: &mut Reader,
    scope: &Scope,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    limit: i64,
) -> Result<Vec<Application>> {
    let own = applications(r.engine(), scope);
    let sql = format!(
        "select * from application where state = 'interview' and meets_at >= $1 \
         and meets_at < $2{own} order by meets_at, id limit $3"
    );
    r.all(AssertSqlSafe(sql), vals![from, to, limit]).await
}
