//! Questions that people want to be told about, as rows.

use chrono::{DateTime, Utc};
use model::{
    Id, access::Scope, jobseeker::Jobseeker, subscription::Subscription, vacancy::Vacancy,
};
use sqlx::AssertSqlSafe;

use crate::{
    Error, Reader, Result, Writer, access::people_by, erasure::overwrite, session::listed, vals,
};

/// One as it lies there: what it says is sealed with its person's key.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Kept {
    pub id: Id<Subscription>,
    #[sqlx(rename = "jobseeker_id")]
    pub jobseeker: Id<Jobseeker>,
    /// Empty once it is sealed.
    pub name: String,
    pub query: String,
    /// `None`: kept before searches were sealed.
    pub sealed: Option<Vec<u8>>,
    pub made_at: DateTime<Utc>,
    pub checked_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// A person's that are not ended, the newest first.
pub async fn of_person(r: &mut Reader, scope: &Scope, person: Id<Jobseeker>) -> Result<Vec<Kept>> {
    let own = people_by(r.engine(), scope, "jobseeker_id");
    let sql = format!(
        "select * from subscription where jobseeker_id = $1 and ended_at is null{own} \
         order by id desc"
    );
    r.all(AssertSqlSafe(sql), vals![person]).await
}

/// All that a person ever kept.
pub async fn ever(r: &mut Reader, scope: &Scope, person: Id<Jobseeker>) -> Result<Vec<Kept>> {
    let own = people_by(r.engine(), scope, "jobseeker_id");
    let sql = format!("select * from subscription where jobseeker_id = $1{own} order by id");
    r.all(AssertSqlSafe(sql), vals![person]).await
}

pub async fn add(w: &mut Writer, one: &Subscription, sealed: Vec<u8>) -> Result<()> {
    let sql = "insert into subscription (id, jobseeker_id, name, query, made_at, checked_at, sealed) \
               values ($1, $2, '', '', $3, $4, $5)";
    let args = vals![one.id, one.jobseeker, one.made_at, one.checked_at, sealed];
    w.exec(sql, args).await.map(drop)
}

/// Those that are not sealed, from after one on.
pub async fn plain(r: &mut Reader, after: Id<Subscription>, limit: i64) -> Result<Vec<Kept>> {
    let sql = "select * from subscription where sealed is null and id > $1 order by id limit $2";
    r.all(sql, vals![after, limit]).await
}

/// Puts what is sealed in the place of what was not.
pub async fn seal(w: &mut Writer, all: &[(Id<Subscription>, Vec<u8>)]) -> Result<()> {
    overwrite(w).await?;
    for (id, sealed) in all {
        let sql = "update subscription set sealed = $2, name = '', query = '' \
                   where id = $1 and sealed is null";
        w.exec(sql, vals![*id, sealed]).await?;
    }
    Ok(())
}

/// Ends one of the person's own.
pub async fn end(w: &mut Writer, person: Id<Jobseeker>, id: Id<Subscription>) -> Result<()> {
    let at = w.at();
    let sql = "update subscription set ended_at = $3 \
               where id = $1 and jobseeker_id = $2 and ended_at is null";
    match w.exec(sql, vals![id, person, at]).await? {
        0 => Err(Error::Absent("subscription")),
        _ => Ok(()),
    }
}

/// Those that were not looked at since a time, the longest first.
pub async fn due(r: &mut Reader, before: DateTime<Utc>, limit: i64) -> Result<Vec<Kept>> {
    let sql = "select * from subscription where ended_at is null and checked_at < $1 \
               order by checked_at, id limit $2";
    r.all(sql, vals![before, limit]).await
}

/// It was looked at now.
pub async fn checked(w: &mut Writer, id: Id<Subscription>) -> Result<()> {
    let at = w.at();
    w.exec("update subscription set checked_at = $2 where id = $1", vals![id, at]).await.map(drop)
}

/// Of which of these vacancies the person was told.
pub async fn told(
    r: &mut Reader,
    person: Id<Jobseeker>,
    vacancies: &[Id<Vacancy>],
) -> Result<Vec<Id<Vacancy>>> {
    let (list, mut args) = listed(vacancies);
    args.extend(vals![person]);
    let sql = format!(
        "select vacancy_id from subscription_hit where vacancy_id in {list} and jobseeker_id = ${}",
        args.len()
    );
    let rows: Vec<(Id<Vacancy>,)> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Notes that the person is told of a vacancy; false if they were told before, by this question or
/// another one of theirs.
pub async fn tell(w: &mut Writer, person: Id<Jobseeker>, vacancy: Id<Vacancy>) -> Result<bool> {
    let at = w.at();
    let sql = "insert into subscription_hit (jobseeker_id, vacancy_id, told_at) \
               values ($1, $2, $3) on conflict (jobseeker_id, vacancy_id) do nothing";
    Ok(w.exec(sql, vals![person, vacancy, at]).await? > 0)
}
