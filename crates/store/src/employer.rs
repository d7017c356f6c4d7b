//! Employers as rows.

pub mod verification;

use model::{
    Id,
    access::Scope,
    employer::{Details, Employer},
};

use crate::{Reader, Result, Val, Writer, access::employers, session::listed, vals};
use sqlx::AssertSqlSafe;

/// An employer with what it is known by.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Known {
    /// The name folded for comparing: see `model::employer`.
    pub name_key: String,
    #[sqlx(flatten)]
    pub employer: Employer,
}

pub async fn find(r: &mut Reader, _scope: &Scope, id: Id<Employer>) -> Result<Employer> {
    r.one("employer", "select * from employer where id = $1", vals![id]).await
}

/// One that the scope looks after: its own, or one with posts in the regions of the office.
pub async fn looked_after(r: &mut Reader, scope: &Scope, id: Id<Employer>) -> Result<Employer> {
    let sql = format!("select * from employer where id = $1{}", employers(r.engine(), scope));
    r.one("employer", AssertSqlSafe(sql), vals![id]).await
}

/// The region code of its newest vacancy, or empty.
pub async fn posts_at(r: &mut Reader, id: Id<Employer>) -> Result<String> {
    let sql = "select region from vacancy where employer_id = $1 order by id desc limit 1";
    let found: Option<(String,)> = r.opt(sql, vals![id]).await?;
    Ok(found.map(|(region,)| region).unwrap_or_default())
}

/// Those of the ids that exist, in no order.
pub async fn of_ids(r: &mut Reader, _scope: &Scope, ids: &[Id<Employer>]) -> Result<Vec<Employer>> {
    let (list, args) = listed(ids);
    r.all(AssertSqlSafe(format!("select * from employer where id in {list}")), args).await
}

/// Of those of the ids that had applications to answer: how many of a hundred they answered in time.
pub async fn answers(
    r: &mut Reader,
    _scope: &Scope,
    ids: &[Id<Employer>],
) -> Result<Vec<(Id<Employer>, u8)>> {
    let (list, args) = listed(ids);
    let sql = format!(
        "select id, answers_due, answers_given from employer \
         where id in {list} and answers_due > 0 and answers_given is not null"
    );
    let rows: Vec<(Id<Employer>, i64, i64)> = r.all(AssertSqlSafe(sql), args).await?;
    let part = |(id, due, given): (_, i64, i64)| {
        (id, u8::try_from(given.clamp(0, due) * 100 / due.max(1)).unwrap_or(100))
    };
    Ok(rows.into_iter().map(part).collect())
}

/// Those known by one of the credit codes or one of the folded names.
pub async fn known(r: &mut Reader, codes: &[&str], name_keys: &[&str]) -> Result<Vec<Known>> {
    let mut found = vec![];
    for (column, keys) in [("credit_code", codes), ("name_key", name_keys)] {
        let (list, args) = listed(keys);
        let sql = format!("select * from employer where {column} in {list} order by id");
        found.extend(r.all::<Known>(AssertSqlSafe(sql), args).await?);
    }
    Ok(found)
}

/// Adds employers, each with its folded name.
pub async fn add(w: &mut Writer, rows: &[Known]) -> Result<()> {
    let at = w.at();
    let head = "insert into employer (id, name, name_key, credit_code, industry, industry_text, \
                ownership, size, created_at, updated_at)";
    let values: Vec<Vec<Val>> = rows
        .iter()
        .map(|Known { name_key, employer: Employer { id, details: d, .. } }| {
            vals![
                *id,
                &d.name,
                name_key,
                &d.credit_code,
                &d.industry,
                &d.industry_text,
                &d.ownership,
                &d.size,
                at,
                at
            ]
        })
        .collect();
    w.insert_many(head, "", values).await.map(drop)
}

/// Changes what an employer says of itself.
pub async fn save(w: &mut Writer, id: Id<Employer>, name_key: &str, d: &Details) -> Result<()> {
    let at = w.at();
    let sql = "update employer set name = $2, name_key = $3, credit_code = $4, industry = $5, \
               industry_text = $6, ownership = $7, size = $8, updated_at = $9 where id = $1";
    let args = vals![
        id,
        &d.name,
        name_key,
        &d.credit_code,
        &d.industry,
        &d.industry_text,
        &d.ownership,
        &d.size,
        at
    ];
    w.exec(sql, args).await.map(drop)
}
