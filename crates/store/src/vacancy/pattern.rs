//! Texts that employers keep, as rows.

use model::{
    Id,
    access::{Reach, Scope},
    vacancy::pattern::Pattern,
};

use crate::{Reader, Result, Val, Writer, vals};

/// Everything that the employer of the scope keeps, by name; nothing for anybody else.
pub async fn all(r: &mut Reader, scope: &Scope) -> Result<Vec<Pattern>> {
    let Reach::Employer(own) = scope.reach() else { return Ok(vec![]) };
    let sql = "select * from vacancy_pattern where employer_id = $1 order by name";
    r.all(sql, vals![*own]).await
}

/// Keeps one; of the same name the newer stays.
pub async fn keep(w: &mut Writer, one: &Pattern) -> Result<()> {
    let sql = "insert into vacancy_pattern (id, employer_id, name, written, made_by, made_at) \
               values ($1, $2, $3, $4, $5, $6) on conflict (employer_id, name) do update set \
               written = excluded.written, made_by = excluded.made_by, made_at = excluded.made_at";
    let written = Val::json(&one.written);
    let args = vals![one.id, one.employer, &one.name, written, &one.made_by, one.made_at];
    w.exec(sql, args).await.map(drop)
}

/// Removes one of the scope's; false if there is none such.
pub async fn end(w: &mut Writer, scope: &Scope, id: Id<Pattern>) -> Result<bool> {
    let Reach::Employer(own) = scope.reach() else { return Ok(false) };
    let sql = "delete from vacancy_pattern where id = $1 and employer_id = $2";
    Ok(w.exec(sql, vals![id, *own]).await? > 0)
}
