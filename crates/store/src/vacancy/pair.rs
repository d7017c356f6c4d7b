//! Vacancies that seem to say the same, two by two, as rows.

use model::{
    Id,
    access::Scope,
    employer::Employer,
    vacancy::{
        Vacancy,
        pair::{Pair, Verdict},
    },
};
use sqlx::AssertSqlSafe;

use super::OUT;
use crate::{Reader, Result, Writer, access::managed, session::listed, vals};

/// Published vacancies of these employers, at most `limit`.
pub async fn of_employers(
    r: &mut Reader,
    employers: &[Id<Employer>],
    limit: i64,
) -> Result<Vec<Vacancy>> {
    let (list, mut args) = listed(employers);
    args.push(limit.into());
    let n = args.len();
    let sql = format!(
        "select * from vacancy where employer_id in {list} and {OUT} \
         order by id desc limit ${n}"
    );
    r.all(AssertSqlSafe(sql), args).await
}

/// Published vacancies with one of these texts.
pub async fn of_texts(r: &mut Reader, marks: &[i64], limit: i64) -> Result<Vec<Vacancy>> {
    let marks: Vec<String> = marks.iter().filter(|m| **m != 0).map(ToString::to_string).collect();
    if marks.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "select * from vacancy where text_mark in ({}) and {OUT} order by id limit $1",
        marks.join(", ")
    );
    r.all(AssertSqlSafe(sql), vals![limit]).await
}

/// Writes pairs down; one that is known stays as it was decided. Gives those that are new.
pub async fn add(w: &mut Writer, pairs: &[Pair]) -> Result<Vec<Pair>> {
    let sql = "insert into vacancy_pair (shown, copy, kind, likeness, verdict, at) \
               select $1, $2, $3, $4, $5, $6 where not exists (select 1 from vacancy_pair \
               where (shown = $1 and copy = $2) or (shown = $2 and copy = $1))";
    let mut new = vec![];
    for pair in pairs {
        let (kind, verdict) = (pair.kind.code(), pair.verdict.code());
        let args = vals![pair.shown, pair.copy, kind, pair.likeness, verdict, pair.at];
        if w.exec(sql, args).await? > 0 {
            new.push(pair.clone());
        }
    }
    Ok(new)
}

/// Pairs of the scope's own about which this was decided, newest first.
pub async fn list(
    r: &mut Reader,
    scope: &Scope,
    verdict: Verdict,
    limit: i64,
) -> Result<Vec<Pair>> {
    let sql = format!(
        "select * from vacancy_pair where verdict = $1 and exists \
         (select 1 from vacancy where vacancy.id = vacancy_pair.shown{}) \
         order by at desc, shown limit $2",
        managed(r.engine(), scope)
    );
    r.all(AssertSqlSafe(sql), vals![verdict.code(), limit]).await
}

/// More are not counted: nobody decides about them today.
pub const MANY: i64 = 1_000;

/// How many pairs wait for somebody of the scope to decide, at most [`MANY`].
pub async fn open(r: &mut Reader, scope: &Scope) -> Result<i64> {
    let sql = format!(
        "select count(*) from (select 1 from vacancy_pair where verdict = $1 and exists \
         (select 1 from vacancy where vacancy.id = vacancy_pair.shown{}) limit $2) as waiting",
        managed(r.engine(), scope)
    );
    let (n,) = r.one("vacancy_pair", AssertSqlSafe(sql), vals![Verdict::Open.code(), MANY]).await?;
    Ok(n)
}

/// One pair, whichever way round.
pub async fn find(r: &mut Reader, one: Id<Vacancy>, other: Id<Vacancy>) -> Result<Pair> {
    let sql = "select * from vacancy_pair where (shown = $1 and copy = $2) \
               or (shown = $2 and copy = $1)";
    r.one("vacancy_pair", sql, vals![one, other]).await
}

/// Decides: the copy stands behind the shown one, or nothing does.
pub async fn decide(w: &mut Writer, pair: &Pair) -> Result<()> {
    let sql = "update vacancy_pair set shown = $1, copy = $2, verdict = $3, at = $4 \
               where (shown = $1 and copy = $2) or (shown = $2 and copy = $1)";
    w.exec(sql, vals![pair.shown, pair.copy, pair.verdict.code(), pair.at]).await?;
    let sql = "update vacancy set copy_of = null where (id = $1 and copy_of = $2) \
               or (id = $2 and copy_of = $1)";
    w.exec(sql, vals![pair.shown, pair.copy]).await?;
    if pair.verdict == Verdict::Copy {
        let sql = "update vacancy set copy_of = $1 where id = $2";
        w.exec(sql, vals![pair.shown, pair.copy]).await?;
    }
    Ok(())
}
