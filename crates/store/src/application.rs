//! Applications and referrals as rows.

pub mod letter;

use chrono::NaiveDate;
use model::{
    Id,
    access::Scope,
    application::{Application, State},
    employer::Employer,
    jobseeker::Jobseeker,
    page::Page,
    vacancy::Vacancy,
};
use sqlx::AssertSqlSafe;

use crate::{Error, Reader, Result, Val, Writer, access::applications, session::listed, vals};

/// Somebody waits still.
pub(crate) const OPEN: &str = "state in ('submitted', 'shortlisted', 'interview', 'offered')";

pub async fn find(r: &mut Reader, scope: &Scope, id: Id<Application>) -> Result<Application> {
    let sql = format!("select * from application where id = $1{}", applications(r.engine(), scope));
    r.one("application", AssertSqlSafe(sql), vals![id]).await
}

/// Reads one in order to change it: a second deed on it waits until this one ends.
pub async fn lock(w: &mut Writer, scope: &Scope, id: Id<Application>) -> Result<Application> {
    let sql = "select * from application where id = $1";
    let one: Option<Application> = w.lock(sql, vals![id]).await?;
    one.ok_or(Error::Absent("application"))?;
    find(w, scope, id).await
}

pub async fn of_ids(
    r: &mut Reader,
    scope: &Scope,
    ids: &[Id<Application>],
) -> Result<Vec<Application>> {
    let (list, args) = listed(ids);
    let own = applications(r.engine(), scope);
    r.all(AssertSqlSafe(format!("select * from application where id in {list}{own}")), args).await
}

/// A person's, the newest first.
pub async fn of_person(
    r: &mut Reader,
    scope: &Scope,
    person: Id<Jobseeker>,
    limit: i64,
) -> Result<Vec<Application>> {
    let own = applications(r.engine(), scope);
    let sql =
        format!("select * from application where jobseeker_id = $1{own} order by id desc limit $2");
    r.all(AssertSqlSafe(sql), vals![person, limit]).await
}

/// Those of a vacancy, the newest first.
pub async fn of_vacancy(
    r: &mut Reader,
    scope: &Scope,
    vacancy: Id<Vacancy>,
    limit: i64,
) -> Result<Vec<Application>> {
    let own = applications(r.engine(), scope);
    let sql =
        format!("select * from application where vacancy_id = $1{own} order by id desc limit $2");
    r.all(AssertSqlSafe(sql), vals![vacancy, limit]).await
}

/// The open one of a person and a vacancy.
pub async fn open_between(
    r: &mut Reader,
    scope: &Scope,
    person: Id<Jobseeker>,
    vacancy: Id<Vacancy>,
) -> Result<Option<Application>> {
    let own = applications(r.engine(), scope);
    let sql = format!(
        "select * from application where jobseeker_id = $1 and vacancy_id = $2 and {OPEN}{own}"
    );
    r.opt(AssertSqlSafe(sql), vals![person, vacancy]).await
}

/// Which of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Open,
    /// Waiting for an answer that was due before the day.
    Overdue(NaiveDate),
    /// Whose clerk was told that no answer came.
    Escalated,
    In(State),
}

/// A page of a scope's, the newest first; what waits, the longest due first.
pub async fn page(
    r: &mut Reader,
    scope: &Scope,
    which: Which,
    before: Option<Id<Application>>,
    limit: usize,
) -> Result<Page<Application>> {
    let own = applications(r.engine(), scope);
    let (what, order, mut args) = match which {
        Which::Open => (OPEN.to_owned(), "id desc", vals![]),
        Which::Overdue(day) => (format!("{OPEN} and due_on < $3"), "due_on, id", vals![day]),
        Which::Escalated => {
            (format!("{OPEN} and escalated_on is not null"), "escalated_on, id", vals![])
        }
        Which::In(state) => ("state = $3".to_owned(), "id desc", vals![state.code()]),
    };
    let sql = format!(
        "select * from application where id < $1 and {what}{own} order by {order} limit $2"
    );
    let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut all = vals![before.unwrap_or(Id::new(uuid::Uuid::max())), rows];
    all.append(&mut args);
    let mut items: Vec<Application> = r.all(AssertSqlSafe(sql), all).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more && order == "id desc").map(|one| one.id.to_string());
    Ok(Page { items, next })
}

/// How many of a scope's are open, and how many of them are overdue on the day.
pub async fn count(r: &mut Reader, scope: &Scope, day: NaiveDate) -> Result<(i64, i64)> {
    let own = applications(r.engine(), scope);
    let sql = format!(
        "select count(*), cast(coalesce(sum(case when due_on < $1 then 1 else 0 end), 0) as bigint) \
         from application where {OPEN}{own}"
    );
    r.one("application", AssertSqlSafe(sql), vals![day]).await
}

/// Every open one of a person or of a vacancy, to be ended with another.
pub async fn open_beside(
    r: &mut Reader,
    one: &Application,
    whole_vacancy: bool,
) -> Result<Vec<Application>> {
    let column = if whole_vacancy { "vacancy_id" } else { "jobseeker_id" };
    let of = if whole_vacancy { one.vacancy.uuid() } else { one.jobseeker.uuid() };
    let sql = format!("select * from application where {column} = $1 and id <> $2 and {OPEN}");
    r.all(AssertSqlSafe(sql), vals![of, one.id]).await
}

/// Open ones due from `day` to `until` of which nobody was reminded since the last act.
pub async fn to_remind(
    r: &mut Reader,
    (day, until): (NaiveDate, NaiveDate),
    limit: i64,
) -> Result<Vec<Application>> {
    let sql = format!(
        "select * from application where {OPEN} and reminded_on is null \
         and due_on >= $1 and due_on <= $2 order by due_on, id limit $3"
    );
    r.all(AssertSqlSafe(sql), vals![day, until, limit]).await
}

/// Open ones that were due before the day, whose clerk was not told yet.
pub async fn to_escalate(r: &mut Reader, day: NaiveDate, limit: i64) -> Result<Vec<Application>> {
    let sql = format!(
        "select * from application where {OPEN} and escalated_on is null and due_on < $1 \
         order by due_on, id limit $2"
    );
    r.all(AssertSqlSafe(sql), vals![day, limit]).await
}

/// Open ones that nobody can wait for any longer: due before `day`.
pub async fn to_lapse(r: &mut Reader, day: NaiveDate, limit: i64) -> Result<Vec<Application>> {
    let sql = format!(
        "select * from application where {OPEN} and due_on < $1 order by due_on, id limit $2"
    );
    r.all(AssertSqlSafe(sql), vals![day, limit]).await
}

/// Open ones for vacancies that have ended, at most `limit`.
pub async fn without_vacancy(r: &mut Reader, limit: i64) -> Result<Vec<Application>> {
    let sql = format!(
        "select * from application where {OPEN} and exists (select 1 from vacancy v \
         where v.id = vacancy_id and v.state in ('expired', 'withdrawn', 'rejected')) \
         order by due_on, id limit $1"
    );
    r.all(AssertSqlSafe(sql), vals![limit]).await
}

const HEAD: &str = "insert into application (id, jobseeker_id, vacancy_id, employer_id, channel, \
    state, since, due_on, agreed, reason, note, meets_at, meets_where, arrived_on, number, office_id, \
    made_by, reminded_on, escalated_on, counted, created_at, updated_at, version)";

fn row(a: &Application) -> Vec<Val> {
    vals![
        a.id,
        a.jobseeker,
        a.vacancy,
        a.employer,
        a.channel.code(),
        a.state.code(),
        a.since,
        a.due_on,
        a.agreed,
        a.reason.map(model::application::Reason::code),
        &a.note,
        a.meets_at,
        &a.meets_where,
        a.arrived_on,
        &a.number,
        Val::Uuid(a.office.map(Id::uuid)),
        &a.made_by,
        a.reminded_on,
        a.escalated_on,
        a.counted,
        a.created_at,
        a.updated_at,
        a.version,
    ]
}

/// [`Error::Duplicate`] where the person has an open one with the vacancy.
pub async fn add(w: &mut Writer, one: &Application) -> Result<()> {
    w.insert_many(HEAD, "", [row(one)]).await?;
    let sql = "update vacancy set applied = coalesce(applied, 0) + 1 where id = $1";
    w.exec(sql, vals![one.vacancy]).await.map(drop)
}

/// Replaces the row whose version is one less; [`Error::Stale`] if it moved on.
pub async fn save(w: &mut Writer, a: &Application) -> Result<()> {
    let sql = "update application set state = $2, since = $3, due_on = $4, agreed = $5, \
        reason = $6, note = $7, meets_at = $8, meets_where = $9, arrived_on = $10, \
        reminded_on = $11, escalated_on = $12, counted = $13, updated_at = $14, version = $15 \
        where id = $1 and version = $15 - 1";
    let args = vals![
        a.id,
        a.state.code(),
        a.since,
        a.due_on,
        a.agreed,
        a.reason.map(model::application::Reason::code),
        &a.note,
        a.meets_at,
        &a.meets_where,
        a.arrived_on,
        a.reminded_on,
        a.escalated_on,
        a.counted,
        a.updated_at,
        a.version
    ];
    match w.exec(sql, args).await? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}

/// One more that the employer had to answer; `in_time`: and did.
pub async fn count_answer(w: &mut Writer, employer: Id<Employer>, in_time: bool) -> Result<()> {
    let sql = "update employer set answers_due = coalesce(answers_due, 0) + 1, \
               answers_given = coalesce(answers_given, 0) + $2 where id = $1";
    w.exec(sql, vals![employer, i64::from(in_time)]).await.map(drop)
}

/// Keeps every other hire of a vacancy waiting until this deed ends.
pub async fn lock_vacancy(w: &mut Writer, id: Id<Vacancy>) -> Result<()> {
    let row: Option<(Id<Vacancy>,)> =
        w.lock("select id from vacancy where id = $1", vals![id]).await?;
    row.map(drop).ok_or(Error::Absent("vacancy"))
}

/// Takes one place of a vacancy; `None` where none is left or it is not open.
pub async fn take_place(w: &mut Writer, id: Id<Vacancy>) -> Result<Option<Vacancy>> {
    let at = w.at();
    let sql = "update vacancy set hired = hired + 1, updated_at = $2 where id = $1 \
               and state in ('published', 'paused') \
               and (headcount is null or hired < headcount) returning *";
    w.opt(sql, vals![id, at]).await
}

#[cfg(test)]
pub(crate) mod tests;
