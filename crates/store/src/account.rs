//! Accounts and what they are members of, as rows. Who they are is sealed; they are found by keyed
//! digests.

pub mod login;
pub mod passcode;
pub mod passkey;
pub mod provider;
pub mod token;

use chrono::{DateTime, Utc};
use model::{
    Id,
    access::Scope,
    account::{Account, Attempt, Membership},
};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, Val, Writer, access::memberships, session::listed, vals};

/// The digests by which an account is found, each empty where it has none.
#[derive(Clone, Debug, Default)]
pub struct Indexes {
    pub login: String,
    pub phone: String,
}

/// Is there anybody yet?
pub async fn any(r: &mut Reader) -> Result<bool> {
    let row: Option<(i64,)> =
        r.opt("select cast(1 as bigint) from account limit 1", vals![]).await?;
    Ok(row.is_some())
}

/// By its id: for whoever is signed in as it, and for deeds that have looked at its memberships.
pub async fn find(r: &mut Reader, id: Id<Account>) -> Result<Account> {
    r.one("account", "select * from account where id = $1", vals![id]).await
}

pub async fn of_ids(r: &mut Reader, ids: &[Id<Account>]) -> Result<Vec<Account>> {
    let (list, args) = listed(ids);
    r.all(AssertSqlSafe(format!("select * from account where id in {list}")), args).await
}

/// Who uses this name at the door.
pub async fn of_login(r: &mut Reader, index: &str) -> Result<Option<Account>> {
    let sql = "select * from account where login_index = $1 and login_index <> ''";
    r.opt(sql, vals![index]).await
}

pub async fn of_phone(r: &mut Reader, index: &str) -> Result<Option<Account>> {
    let sql = "select * from account where phone_index = $1 and phone_index <> ''";
    r.opt(sql, vals![index]).await
}

/// Adds an account; [`crate::Error::Duplicate`] if the name or the telephone has one.
pub async fn add(w: &mut Writer, one: &Account, by: &Indexes) -> Result<()> {
    let sql = "insert into account (id, sealed, login_index, phone_index, password, password_due, \
               second, second_step, state, created_at, updated_at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let args = vals![
        one.id,
        &one.sealed,
        &by.login,
        &by.phone,
        &one.password,
        one.password_due,
        Val::Bytes(one.second.clone()),
        one.second_step,
        one.state.code(),
        one.created_at,
        one.updated_at
    ];
    w.exec(sql, args).await.map(drop)
}

/// Changes everything but who it is.
pub async fn save(w: &mut Writer, one: &Account) -> Result<()> {
    let sql = "update account set password = $2, password_due = $3, second = $4, second_step = $5, \
               state = $6, updated_at = $7 where id = $1";
    let args = vals![
        one.id,
        &one.password,
        one.password_due,
        Val::Bytes(one.second.clone()),
        one.second_step,
        one.state.code(),
        w.at()
    ];
    w.exec(sql, args).await.map(drop)
}

/// Changes who it is.
pub async fn reseal(w: &mut Writer, id: Id<Account>, sealed: Vec<u8>) -> Result<()> {
    let at = w.at();
    let sql = "update account set sealed = $2, updated_at = $3 where id = $1";
    w.exec(sql, vals![id, sealed, at]).await.map(drop)
}

/// Takes the digits of a step of time; false if they, or later ones, were taken before.
pub async fn take_step(w: &mut Writer, id: Id<Account>, step: i64) -> Result<bool> {
    let sql = "update account set second_step = $2 where id = $1 and second_step < $2";
    Ok(w.exec(sql, vals![id, step]).await? > 0)
}

/// The memberships within a scope that hold, by account; the newest first, at most `limit`.
pub async fn members(
    r: &mut Reader,
    scope: &Scope,
    before: Option<Id<Membership>>,
    limit: i64,
) -> Result<Vec<Membership>> {
    let sql = format!(
        "select * from membership where valid_to is null and role <> 'jobseeker' and id < $1{} \
         order by id desc limit $2",
        memberships(r.engine(), scope)
    );
    let top = before.unwrap_or(Id::new(uuid::Uuid::max()));
    r.all(AssertSqlSafe(sql), vals![top, limit]).await
}

/// A membership within a scope, ended or not.
pub async fn membership(r: &mut Reader, scope: &Scope, id: Id<Membership>) -> Result<Membership> {
    let sql = format!(
        "select * from membership where id = $1 and role <> 'jobseeker'{}",
        memberships(r.engine(), scope)
    );
    r.one("account", AssertSqlSafe(sql), vals![id]).await
}

/// What an account is now, oldest first: for the account itself.
pub async fn memberships_of(r: &mut Reader, id: Id<Account>) -> Result<Vec<Membership>> {
    let sql = "select * from membership where account_id = $1 and valid_to is null order by id";
    r.all(sql, vals![id]).await
}

/// Those of the ids that exist: for naming the authors of events.
pub async fn memberships_of_ids(r: &mut Reader, ids: &[Id<Membership>]) -> Result<Vec<Membership>> {
    let (list, args) = listed(ids);
    r.all(AssertSqlSafe(format!("select * from membership where id in {list}")), args).await
}

pub async fn appoint(w: &mut Writer, m: &Membership) -> Result<()> {
    let sql = "insert into membership (id, account_id, role, organisation_id, employer_id, \
               jobseeker_id, valid_from, valid_to) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let args = vals![
        m.id,
        m.account_id,
        m.role.code(),
        Val::Uuid(m.organisation_id.map(Id::uuid)),
        Val::Uuid(m.employer_id.map(Id::uuid)),
        Val::Uuid(m.jobseeker_id.map(Id::uuid)),
        m.valid_from,
        m.valid_to
    ];
    w.exec(sql, args).await.map(drop)
}

/// Ends a membership, and with it where somebody is signed in as it, and its tokens.
pub async fn dismiss(w: &mut Writer, id: Id<Membership>) -> Result<()> {
    let at = w.at();
    let sql = "update membership set valid_to = $2 where id = $1 and valid_to is null";
    w.exec(sql, vals![id, at]).await?;
    w.exec("delete from login where membership_id = $1", vals![id]).await?;
    let sql = "update token set ended_at = $2 where membership_id = $1 and ended_at is null";
    w.exec(sql, vals![id, at]).await.map(drop)
}

/// The failures at a door.
pub async fn attempt(w: &mut Writer, door: &str) -> Result<Option<Attempt>> {
    w.lock("select failures, last_at from attempt where door = $1", vals![door]).await
}

/// Counts one more at a door.
pub async fn failed(w: &mut Writer, door: &str, attempt: Attempt) -> Result<()> {
    let sql = "insert into attempt (door, failures, last_at) values ($1, $2, $3) \
               on conflict (door) do update set failures = excluded.failures, \
               last_at = excluded.last_at";
    w.exec(sql, vals![door, attempt.failures, attempt.last_at]).await.map(drop)
}

/// The right secret forgets the failures.
pub async fn forget(w: &mut Writer, door: &str) -> Result<()> {
    w.exec("delete from attempt where door = $1", vals![door]).await.map(drop)
}

/// Forgets what was tried, and codes that were sent, before a time.
pub async fn tidy(w: &mut Writer, before: DateTime<Utc>) -> Result<u64> {
    let mut n = w.exec("delete from attempt where last_at < $1", vals![before]).await?;
    n += w.exec("delete from passcode where made_at < $1", vals![before]).await?;
    n += w.exec("delete from provider_return where used_at < $1", vals![before]).await?;
    n += w.exec("delete from passkey_question where made_at < $1", vals![before]).await?;
    let sql = "delete from notice_out where made_at < $1 and state <> 'waiting'";
    n += w.exec(sql, vals![before]).await?;
    let now = w.at();
    n += w.exec("delete from login where ends_at < $1", vals![now]).await?;
    Ok(n)
}

/// Was the account signed in to from this device before?
pub async fn knows(r: &mut Reader, id: Id<Account>, device: &str) -> Result<bool> {
    let sql = "select cast(1 as bigint) from account_device where account_id = $1 and device = $2";
    let row: Option<(i64,)> = r.opt(sql, vals![id, device]).await?;
    Ok(row.is_some())
}

pub async fn know(w: &mut Writer, id: Id<Account>, device: &str) -> Result<()> {
    let at = w.at();
    let sql = "insert into account_device (account_id, device, seen_at) values ($1, $2, $3) \
               on conflict (account_id, device) do update set seen_at = excluded.seen_at";
    w.exec(sql, vals![id, device, at]).await.map(drop)
}

/// Puts these codes in the place of all that were there.
pub async fn recoverable(w: &mut Writer, id: Id<Account>, digests: &[String]) -> Result<()> {
    w.exec("delete from recovery where account_id = $1", vals![id]).await?;
    let rows: Vec<_> = digests.iter().map(|digest| vals![id, digest]).collect();
    w.insert_many("insert into recovery (account_id, digest)", "", rows).await.map(drop)
}

/// Uses a recovery code up; false if there is none such.
pub async fn recover(w: &mut Writer, id: Id<Account>, digest: &str) -> Result<bool> {
    let at = w.at();
    let sql = "update recovery set used_at = $3 \
               where account_id = $1 and digest = $2 and used_at is null";
    Ok(w.exec(sql, vals![id, digest, at]).await? > 0)
}
