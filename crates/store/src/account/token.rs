//! Keys of other programs.

use chrono::{DateTime, Utc};
use model::{
    Id,
    access::{Grant, Member, Role, Scope},
    account::{Account, Membership, Token},
};
use sqlx::AssertSqlSafe;

use uuid::Uuid;

use super::login::Seat;
use crate::{
    Reader, Result, Val, Writer, access::memberships as within_scope, session::listed, vals,
};

const SEEN: &str = "id, name, membership_id, grants, created_at, expires_at, used_at, ended_at";

#[derive(sqlx::FromRow)]
struct Row {
    id: Id<Token>,
    #[sqlx(json)]
    grants: Vec<Grant>,
    used_at: Option<DateTime<Utc>>,
    account_id: Id<Account>,
    membership_id: Id<Membership>,
    #[sqlx(flatten)]
    seat: Seat,
}

/// Whose token this is, and what it opens; when it was last used.
pub async fn here(
    r: &mut Reader,
    digest: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Id<Token>, Member, Vec<Grant>, Option<DateTime<Utc>>)>> {
    let sql = "select t.id, t.grants, t.used_at, m.account_id, t.membership_id, m.role, \
               m.organisation_id, m.employer_id, m.jobseeker_id, o.path, o.ranges, o.parent \
               from token t join membership m on m.id = t.membership_id and m.valid_to is null \
               join account a on a.id = m.account_id and a.state = 'open' \
               left join organisation o on o.id = m.organisation_id \
               where t.digest = $1 and t.ended_at is null and t.expires_at > $2";
    let row: Option<Row> = r.opt(sql, vals![digest, now]).await?;
    Ok(row.map(|Row { id, grants, used_at, account_id, membership_id, seat }| {
        let (account, membership) = (account_id, membership_id);
        let member = Member { account, membership, role: Role::Integrator, place: seat.place() };
        (id, member, grants, used_at)
    }))
}

/// Whose these tokens are: for naming the authors of events.
pub async fn memberships(r: &mut Reader, ids: &[Uuid]) -> Result<Vec<(Uuid, Id<Membership>)>> {
    let (list, args) = listed(ids);
    r.all(AssertSqlSafe(format!("select id, membership_id from token where id in {list}")), args)
        .await
}

/// Those within a scope, the newest first.
pub async fn page(r: &mut Reader, scope: &Scope, limit: i64) -> Result<Vec<Token>> {
    let sql = format!(
        "select {SEEN} from token where membership_id in (select id from membership \
         where 1 = 1{}) order by id desc limit $1",
        within_scope(r.engine(), scope)
    );
    r.all(AssertSqlSafe(sql), vals![limit]).await
}

pub async fn add(w: &mut Writer, one: &Token, digest: &str) -> Result<()> {
    let sql = "insert into token (id, digest, name, membership_id, grants, created_at, expires_at) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    let args = vals![
        one.id,
        digest,
        &one.name,
        one.membership_id,
        Val::json(&one.grants),
        one.created_at,
        one.expires_at
    ];
    w.exec(sql, args).await.map(drop)
}

/// Ends one within a scope; false if there is none such.
pub async fn end(w: &mut Writer, scope: &Scope, id: Id<Token>) -> Result<bool> {
    let (at, within) = (w.at(), within_scope(w.engine(), scope));
    let sql = format!(
        "update token set ended_at = $2 where id = $1 and ended_at is null \
         and membership_id in (select id from membership where 1 = 1{within})"
    );
    Ok(w.exec(AssertSqlSafe(sql), vals![id, at]).await? > 0)
}

pub async fn used(w: &mut Writer, id: Id<Token>) -> Result<()> {
    let at = w.at();
    w.exec("update token set used_at = $2 where id = $1", vals![id, at]).await.map(drop)
}
