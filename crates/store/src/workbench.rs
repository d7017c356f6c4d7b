//! Lists of a clerk's table.

use chrono::{DateTime, Utc};
use model::{access::Scope, application::Application};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, access::applications, vals};

/// Interviews of a scope that are held from `from` to before `to`, by time.
pub async fn meetings(
    r: &mut Reader,
    scope: &Scope,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    limit: i64,
) -> Result<Vec<Application>> {
    let own = applications(r.engine(), scope);
    let sql = format!(
        "select * from application where state = 'interview' \
         and meets_at >= $1 and meets_at < $2{own} order by meets_at, id limit $3"
    );
    r.all(AssertSqlSafe(sql), vals![from, to, limit]).await
}
