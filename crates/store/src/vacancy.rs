//! Vacancies as rows.

pub mod copy;
pub mod life;
pub mod open;
pub mod pair;
pub mod pattern;

use chrono::{DateTime, NaiveDate, Utc};
use model::{
    Id,
    access::Scope,
    employer::Employer,
    page::Page,
    vacancy::{State, Vacancy},
};
use sqlx::AssertSqlSafe;

use self::copy::BEHIND;
use crate::{
    Engine, Error, Reader, Result, Val, Writer,
    access::managed,
    session::{listed, tuples},
    vals,
};

/// What the public may know of: a draft, a submitted or a rejected one does not exist for it.
fn visible(engine: Engine, scope: &Scope) -> String {
    const PUBLIC: &str = "state not in ('draft', 'submitted', 'rejected')";
    match managed(engine, scope) {
        own if own.is_empty() => own,
        own => format!(" and ({PUBLIC} or (1 = 1{own}))"),
    }
}

/// One vacancy that the scope looks after, whatever its state.
pub async fn managed_by(r: &mut Reader, scope: &Scope, id: Id<Vacancy>) -> Result<Vacancy> {
    let sql = format!("select * from vacancy where id = $1{}", managed(r.engine(), scope));
    r.one("vacancy", AssertSqlSafe(sql), vals![id]).await
}

/// One vacancy, open or closed: whoever shows it asks [`Vacancy::is_open`].
pub async fn find(r: &mut Reader, scope: &Scope, id: Id<Vacancy>) -> Result<Vacancy> {
    let sql = format!("select * from vacancy where id = $1{}", visible(r.engine(), scope));
    r.one("vacancy", AssertSqlSafe(sql), vals![id]).await
}

/// Those of the ids that exist, in no order.
pub async fn of_ids(r: &mut Reader, scope: &Scope, ids: &[Id<Vacancy>]) -> Result<Vec<Vacancy>> {
    let (list, args) = listed(ids);
    let sql = format!("select * from vacancy where id in {list}{}", visible(r.engine(), scope));
    r.all(AssertSqlSafe(sql), args).await
}

/// What a [`Vacancy`] is written to and read from, without what its life leaves beside it.
const COLUMNS: &str = "id, source, source_key, fingerprint, employer_id, title, occupation, guesses, \
     duties, headcount, place_text, region, longitude, latitude, wage, pay_from, pay_to, wage_text, \
     education, education_text, experience_min, experience_max, experience_text, form, skills, \
     benefits, contact, posted_on, expires_on, state, created_at, updated_at, version, end_employer";

#[derive(sqlx::FromRow)]
struct Named {
    #[sqlx(flatten)]
    vacancy: Vacancy,
    employer_name: String,
}

/// The same with the names of their employers, in one question: each row that comes wakes a thread.
/// No id stands twice.
pub async fn named(
    r: &mut Reader,
    scope: &Scope,
    ids: &[Id<Vacancy>],
) -> Result<Vec<(Vacancy, String)>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    // SQLite would make a table of its own for `in (…)`, which costs as much as reading some rows
    let sql = format!(
        "select {COLUMNS}, hired, (select name from employer where employer.id = vacancy.employer_id) \
         as employer_name from (values {}) as wanted cross join vacancy \
         where vacancy.id = wanted.column1{} order by employer_name",
        tuples(ids.len(), 1),
        visible(r.engine(), scope)
    );
    let args = ids.iter().copied().map(Into::into).collect();
    let rows: Vec<Named> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(rows.into_iter().map(|row| (row.vacancy, row.employer_name)).collect())
}

/// Published, said so that the index over the states is not taken for it: nearly all of them are.
const OUT: &str = "coalesce(state, '') = 'published'";

/// The published vacancies of an employer, newest first, `limit` at a time.
pub async fn of_employer(
    r: &mut Reader,
    _scope: &Scope,
    employer: Id<Employer>,
    before: Option<Id<Vacancy>>,
    limit: usize,
) -> Result<Page<Vacancy>> {
    // ids sort by the time of making, so the id alone is the key of the page
    let sql = format!(
        "select * from vacancy where employer_id = $1 and {OUT} and id < $2 \
         order by id desc limit $3"
    );
    let top = before.unwrap_or(Id::new(uuid::Uuid::max()));
    let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut items: Vec<Vacancy> = r.all(AssertSqlSafe(sql), vals![employer, top, rows]).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|v| v.id.to_string());
    Ok(Page { items, next })
}

/// The published vacancies of any of the employers.
pub async fn of_employers(
    r: &mut Reader,
    _scope: &Scope,
    employers: &[Id<Employer>],
) -> Result<Vec<Id<Vacancy>>> {
    let (list, args) = listed(employers);
    let sql = format!("select id from vacancy where employer_id in {list} and {OUT}");
    let rows: Vec<(Id<Vacancy>,)> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// All vacancies in the order of their ids, from after `after`, `limit` at a time: for rebuilding.
pub async fn all_after(
    r: &mut Reader,
    after: Option<Id<Vacancy>>,
    limit: i64,
) -> Result<Vec<Vacancy>> {
    let sql = "select * from vacancy where id > $1 order by id limit $2";
    let from = after.unwrap_or(Id::new(uuid::Uuid::nil()));
    r.all(sql, vals![from, limit]).await
}

/// Where each part of the open vacancies begins, `size` to a part, in the order of their ids; copies
/// of better ones are left out.
pub async fn parts(
    r: &mut Reader,
    _scope: &Scope,
    day: NaiveDate,
    size: i64,
) -> Result<Vec<Id<Vacancy>>> {
    let sql = format!(
        "select id from (select id, row_number() over (order by id) - 1 as place \
         from vacancy where state = 'published' and (expires_on is null or expires_on >= $1) \
         and not {BEHIND}) as listed where place % $2 = 0 order by id"
    );
    let rows: Vec<(Id<Vacancy>,)> = r.all(AssertSqlSafe(sql), vals![day, size]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The open vacancies from `first` on, with the time of their last change.
pub async fn part(
    r: &mut Reader,
    _scope: &Scope,
    day: NaiveDate,
    first: Id<Vacancy>,
    size: i64,
) -> Result<Vec<(Id<Vacancy>, DateTime<Utc>)>> {
    let sql = format!(
        "select id, updated_at from vacancy where state = 'published' \
         and (expires_on is null or expires_on >= $1) and id >= $2 and not {BEHIND} \
         order by id limit $3"
    );
    r.all(AssertSqlSafe(sql), vals![day, first, size]).await
}

/// How many vacancies there are in each state.
pub async fn count(r: &mut Reader) -> Result<Vec<(State, i64)>> {
    r.all("select state, count(*) from vacancy group by state order by state", vals![]).await
}

/// Those of the rows' keys that are there already.
pub async fn of_source(r: &mut Reader, source: &str, keys: &[&str]) -> Result<Vec<Vacancy>> {
    let (list, mut args) = listed(keys);
    args.push(source.into());
    let n = args.len();
    let sql = format!("select * from vacancy where source_key in {list} and source = ${n}");
    r.all(AssertSqlSafe(sql), args).await
}

fn row(v: &Vacancy) -> Vec<Val> {
    let (s, o) = (&v.source, &v.offer);
    let wage = Val::Json(o.wage.as_ref().and_then(|w| serde_json::to_value(w).ok()));
    vals![
        v.id,
        &s.name,
        &s.key,
        &s.fingerprint,
        v.employer,
        &o.title,
        &o.occupation,
        Val::json(&o.guesses),
        &o.duties,
        o.headcount,
        &o.place.text,
        &o.place.region,
        o.place.longitude,
        o.place.latitude,
        wage,
        o.pay_from,
        o.pay_to,
        &o.wage_text,
        o.education.map(model::education::Education::code),
        &o.education_text,
        o.experience_min,
        o.experience_max,
        &o.experience_text,
        o.form.map(model::vacancy::Form::code),
        Val::json(&o.skills),
        Val::json(&o.benefits),
        &o.contact,
        o.posted_on,
        o.expires_on,
        v.state.code(),
        v.created_at,
        v.updated_at,
        v.version,
        &o.end_employer,
        v.twin(),
        o.text_mark(),
    ]
}

/// Adds vacancies. [`Error::Duplicate`] if one of the sources' keys is there already.
pub async fn add(w: &mut Writer, vacancies: &[Vacancy]) -> Result<()> {
    let head = format!("insert into vacancy ({COLUMNS}, twin, text_mark)");
    w.insert_many(&head, "", vacancies.iter().map(row)).await.map(drop)
}

/// Replaces the row whose version is one less than `v`'s; [`Error::Stale`] if it moved on. A new state
/// begins now, and the reason of the old one is forgotten.
pub async fn save(w: &mut Writer, v: &Vacancy) -> Result<()> {
    let sql = "update vacancy set source = $2, source_key = $3, fingerprint = $4, employer_id = $5, \
        title = $6, occupation = $7, guesses = $8, duties = $9, headcount = $10, place_text = $11, \
        region = $12, longitude = $13, latitude = $14, wage = $15, pay_from = $16, pay_to = $17, \
        wage_text = $18, education = $19, education_text = $20, experience_min = $21, \
        experience_max = $22, experience_text = $23, form = $24, skills = $25, benefits = $26, \
        contact = $27, posted_on = $28, expires_on = $29, state = $30, created_at = $31, \
        updated_at = $32, version = $33, end_employer = $34, twin = $35, text_mark = $36, \
        since = case when state = $30 then coalesce(since, updated_at) else $32 end, \
        cause = case when state = $30 then cause end, \
        reason = case when state = $30 then reason else '' end where id = $1 and version = $33 - 1";
    match w.exec(sql, row(v)).await? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}

#[cfg(test)]
pub(crate) mod tests;
