//! What the open vacancies are of, where: counted for type-ahead.

use std::collections::HashMap;

use chrono::NaiveDate;
use futures_util::TryStreamExt;
use model::{Id, access::Scope, employer::Employer, skill::Need};
use sqlx::types::Json;

use crate::{Reader, Result, vals};

/// Occupation, region, how many; either may be empty.
pub async fn by_occupation(
    r: &mut Reader,
    _scope: &Scope,
    day: NaiveDate,
) -> Result<Vec<(String, String, i64)>> {
    let sql = "select occupation, region, count(*) from vacancy where state = 'published' \
               and (expires_on is null or expires_on >= $1) \
               group by occupation, region order by occupation, region";
    r.all(sql, vals![day]).await
}

/// Employer, its name, region, how many; the rows of one employer follow each other.
pub async fn by_employer(
    r: &mut Reader,
    _scope: &Scope,
    day: NaiveDate,
) -> Result<Vec<(Id<Employer>, String, String, i64)>> {
    let sql = "select employer.id, employer.name, open.region, open.number from employer \
               join (select employer_id, region, count(*) as number from vacancy \
               where state = 'published' and (expires_on is null or expires_on >= $1) \
               group by employer_id, region) as open on open.employer_id = employer.id \
               order by employer.id, open.region";
    r.all(sql, vals![day]).await
}

/// Skill and region: how many ask for it.
pub async fn by_skill(
    r: &mut Reader,
    _scope: &Scope,
    day: NaiveDate,
) -> Result<HashMap<(String, String), u64>> {
    let sql = "select region, skills from vacancy where state = 'published' \
               and (expires_on is null or expires_on >= $1)";
    let mut rows = r.stream::<(String, Json<Vec<Need>>)>(sql, vals![day])?;
    let mut counts = HashMap::new();
    while let Some((region, Json(skills))) = rows.try_next().await? {
        for skill in skills {
            *counts.entry((skill.code, region.clone())).or_default() += 1;
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use model::access::Actor;

    use super::*;
    use crate::{both::both, vacancy::tests::with};

    #[tokio::test]
    async fn open_vacancies_are_counted_by_what_they_are_of() {
        both(async |db| {
            let employer = with(&db, 3).await;
            let (mut r, scope) = (db.read().await.unwrap(), Actor::public().scope());
            let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
            let here = || "620502".to_owned();
            let occupations = by_occupation(&mut r, &scope, day).await.unwrap();
            assert_eq!(occupations, [("6-18-02-04".to_owned(), here(), 3)]);
            let employers = by_employer(&mut r, &scope, day).await.unwrap();
            assert_eq!(employers, [(employer, "天水某厂".to_owned(), here(), 3)]);
            let skills = by_skill(&mut r, &scope, day).await.unwrap();
            assert_eq!(skills, HashMap::from([(("arc_welding".to_owned(), here()), 3)]));
        })
        .await;
    }
}
