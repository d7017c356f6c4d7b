//! How often posts and people were on lists, as sums and days.

use chrono::NaiveDate;
use model::{
    Id,
    access::Scope,
    exposure::{Load, Rule, Shown, Turn},
    jobseeker::Jobseeker,
    vacancy::Vacancy,
};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, Writer, access::people, session::listed, vals};

/// The rule in force on `day`.
pub async fn rule(r: &mut Reader, day: NaiveDate) -> Result<Rule> {
    let sql = "select * from exposure_rule where valid_from <= $1 \
               order by valid_from desc, version desc limit 1";
    r.one("exposure_rule", sql, vals![day]).await
}

#[derive(sqlx::FromRow)]
struct Loaded {
    id: Id<Vacancy>,
    #[sqlx(flatten)]
    load: Load,
}

/// What posts can take, and how often they were shown from a day on, until before another.
pub async fn loads(
    r: &mut Reader,
    ids: &[Id<Vacancy>],
    (from, before): (NaiveDate, NaiveDate),
) -> Result<Vec<(Id<Vacancy>, Load)>> {
    let (list, mut args) = listed(ids);
    let n = args.len();
    args.extend(vals![from, before]);
    let sql = format!(
        "select v.id, v.headcount, v.applied, \
         cast(coalesce((select sum(e.shown) from exposure e where e.vacancy_id = v.id \
         and e.day >= ${} and e.day < ${}), 0) as bigint) as shown \
         from vacancy v where v.id in {list}",
        n + 1,
        n + 2
    );
    let rows: Vec<Loaded> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.load)).collect())
}

/// When people were on a list, in no order.
pub async fn turns(r: &mut Reader, scope: &Scope, ids: &[Id<Jobseeker>]) -> Result<Vec<Turn>> {
    let (list, args) = listed(ids);
    let sql = format!(
        "select id, created_at, recommended_on, before_on from jobseeker \
         left join recommended on jobseeker_id = id where id in {list}{}",
        people(r.engine(), scope)
    );
    r.all(AssertSqlSafe(sql), args).await
}

/// Adds to the counts of a day.
pub async fn count(w: &mut Writer, day: NaiveDate, shown: &[Shown]) -> Result<()> {
    let head = "insert into exposure (vacancy_id, day, shown)";
    let tail =
        "on conflict (vacancy_id, day) do update set shown = exposure.shown + excluded.shown";
    let rows = shown.iter().map(|(id, count)| vals![*id, day, *count]);
    w.insert_many(head, tail, rows.collect::<Vec<_>>()).await.map(drop)
}

/// These people were on a list on that day.
pub async fn recommend(w: &mut Writer, day: NaiveDate, ids: &[Id<Jobseeker>]) -> Result<()> {
    let head = "insert into recommended (jobseeker_id, recommended_on)";
    let tail = "on conflict (jobseeker_id) do update set before_on = recommended.recommended_on, \
                recommended_on = excluded.recommended_on \
                where recommended.recommended_on < excluded.recommended_on";
    let rows = ids.iter().map(|id| vals![*id, day]);
    w.insert_many(head, tail, rows.collect::<Vec<_>>()).await.map(drop)
}

#[cfg(test)]
mod tests {
    use model::access::Actor;
    use uuid::Uuid;

    use super::*;
    use crate::{
        both::{both, deed},
        jobseeker::{self, tests::person},
        vacancy::tests::with,
    };

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    #[tokio::test]
    async fn counts_of_a_day_add_up_and_other_days_stay_out() {
        both(async |db| {
            with(&db, 2).await;
            let id = Id::new(Uuid::from_u128(1));
            let mut w = db.write(deed("exposure.count")).await.unwrap();
            for (on, shown) in [(9, 100), (10, 3), (10, 4), (17, 50)] {
                count(&mut w, day(on), &[(id, shown)]).await.unwrap();
            }
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            let other = Id::new(Uuid::from_u128(2));
            let mut found = loads(&mut r, &[id, other], (day(10), day(17))).await.unwrap();
            found.sort_by_key(|(id, _)| *id);
            let shown: Vec<_> = found.iter().map(|(_, load)| load.shown).collect();
            assert_eq!((shown, found[0].1.headcount), (vec![7, 0], Some(3)));
            assert_eq!(rule(&mut r, day(1)).await.unwrap().views_per_head, 50);
        })
        .await;
    }

    #[tokio::test]
    async fn a_person_keeps_the_last_two_days_on_a_list_and_only_the_office_sees_them() {
        both(async |db| {
            let mut w = db.write(deed("exposure.count")).await.unwrap();
            jobseeker::add(&mut w, &[person(1), person(2)]).await.unwrap();
            let (one, two) = (person(1).jobseeker.id, person(2).jobseeker.id);
            for on in [3, 5, 5] {
                recommend(&mut w, day(on), &[one]).await.unwrap();
            }
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            let office = Actor::office("window").scope();
            let mut found = turns(&mut r, &office, &[one, two]).await.unwrap();
            found.sort_by_key(|turn| turn.id);
            assert_eq!((found[0].recommended_on, found[0].before_on), (Some(day(5)), Some(day(3))));
            assert_eq!((found[1].recommended_on, found[1].before_on), (None, None));
            let public = Actor::public().scope();
            assert!(turns(&mut r, &public, &[one]).await.unwrap().is_empty());
        })
        .await;
    }
}
