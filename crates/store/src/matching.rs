//! Both sides of a match as rows: only what the rule looks at, one row at a time.

pub mod notice;
pub mod unmatched;
pub mod weight;

use chrono::NaiveDate;
use futures_util::stream::BoxStream;
use model::{
    Id,
    access::Scope,
    jobseeker::Jobseeker,
    matching::{Opening, Seeker, Weights},
    vacancy::Vacancy,
};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, access::people, session::listed, vacancy::copy::BEHIND, vals};

/// The weights in force on `day`.
pub async fn weights(r: &mut Reader, day: NaiveDate) -> Result<Weights> {
    let sql = "select * from matching_weight where valid_from <= $1 \
               order by valid_from desc, version desc limit 1";
    r.one("matching_weight", sql, vals![day]).await
}

/// The posts open on `day`, of copies the one that is shown. They are public, so the scope leaves
/// nothing out.
pub fn openings<'s>(
    r: &'s mut Reader,
    _scope: &Scope,
    day: NaiveDate,
) -> Result<BoxStream<'s, Result<Opening>>> {
    let sql = format!(
        "{OPENING} where vacancy.state = 'published' \
         and (vacancy.expires_on is null or vacancy.expires_on >= $1) and not {BEHIND}"
    );
    r.stream(AssertSqlSafe(sql), vals![day])
}

/// Are there more open posts than this, or more people of the scope? Looks at no more than that.
pub async fn more_than(r: &mut Reader, scope: &Scope, rows: i64) -> Result<bool> {
    let own = people(r.engine(), scope);
    let sql = format!(
        "select (select count(*) from (select 1 from vacancy where state = 'published' limit $1) as p) \
         > $2 or (select count(*) from (select 1 from jobseeker where seeking{own} limit $1) as j) > $2"
    );
    let (more,) = r.one("vacancy", AssertSqlSafe(sql), vals![rows + 1, rows]).await?;
    Ok(more)
}

const OPENING: &str = "select vacancy.id, vacancy.state = 'published' as published, \
     vacancy.expires_on, vacancy.occupation, vacancy.title, vacancy.place_text, \
     vacancy.education_text <> '' as schooling_told, vacancy.experience_max, vacancy.region, \
     vacancy.longitude, vacancy.latitude, vacancy.pay_from, vacancy.pay_to, vacancy.education, \
     vacancy.experience_min, vacancy.form, vacancy.skills, vacancy.benefits, vacancy.posted_on, \
     e.answers_due, e.answers_given from vacancy join employer e on e.id = vacancy.employer_id";

/// These vacancies as the rule sees them, open or not.
pub async fn openings_of(
    r: &mut Reader,
    _scope: &Scope,
    ids: &[Id<Vacancy>],
) -> Result<Vec<Opening>> {
    let (list, args) = listed(ids);
    r.all(AssertSqlSafe(format!("{OPENING} where vacancy.id in {list}")), args).await
}

/// The people who look for work: what they can do and want, without their own words.
pub fn seekers<'s>(r: &'s mut Reader, scope: &Scope) -> Result<BoxStream<'s, Result<Seeker>>> {
    let sql = format!("{SEEKER}{}", people(r.engine(), scope));
    r.stream(AssertSqlSafe(sql), vals![])
}

const SEEKER: &str = "select id, office_id, born_on, '' as place_text, region, longitude, latitude, education, \
     '' as education_text, experience, wish, skills, '' as history from jobseeker where seeking";

/// Those of these people who look for work.
pub async fn seekers_of(
    r: &mut Reader,
    scope: &Scope,
    ids: &[Id<Jobseeker>],
) -> Result<Vec<Seeker>> {
    let (list, args) = listed(ids);
    r.all(AssertSqlSafe(format!("{SEEKER} and id in {list}{}", people(r.engine(), scope))), args)
        .await
}

/// The people who look for work whose ids follow `after`, in the order of the ids.
pub async fn seekers_after(
    r: &mut Reader,
    scope: &Scope,
    after: Option<Id<Jobseeker>>,
    limit: i64,
) -> Result<Vec<Seeker>> {
    let after = after.unwrap_or(Id::new(uuid::Uuid::nil()));
    let sql = format!("{SEEKER} and id > $1{} order by id limit $2", people(r.engine(), scope));
    r.all(AssertSqlSafe(sql), vals![after, limit]).await
}

/// How many people look for work.
pub async fn seeking(r: &mut Reader, scope: &Scope) -> Result<i64> {
    let sql = format!("select count(*) from jobseeker where seeking{}", people(r.engine(), scope));
    let (count,) = r.one("jobseeker", AssertSqlSafe(sql), vals![]).await?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt;
    use model::{access::Actor, jobseeker::Profile, vacancy::Place};

    use super::*;
    use crate::{
        both::{both, deed},
        jobseeker::{self, tests::person},
        vacancy::tests::{vacancy, with},
    };

    fn day(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 6, 1).unwrap()
    }

    #[tokio::test]
    async fn the_rule_sees_of_a_post_what_the_whole_vacancy_would_show_it() {
        both(async |db| {
            let employer = with(&db, 3).await;
            let scope = Actor::public().scope();
            let mut r = db.read().await.unwrap();
            let mut rows: Vec<Opening> =
                openings(&mut r, &scope, day(2027)).unwrap().try_collect().await.unwrap();
            rows.sort_by_key(|row| row.id);
            assert_eq!(rows.len(), 3);
            for (n, row) in (1..).zip(rows) {
                let whole = vacancy(n, employer);
                assert_eq!(row, Opening::new(&whole));
            }
        })
        .await;
    }

    #[tokio::test]
    async fn the_rule_sees_of_a_person_what_the_whole_profile_would_show_it() {
        both(async |db| {
            let mut w = db.write(deed("jobseeker.import")).await.unwrap();
            jobseeker::add(&mut w, &[person(1), person(2)]).await.unwrap();
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            let office = Actor::office("window").scope();
            let rows: Vec<Seeker> = seekers(&mut r, &office).unwrap().try_collect().await.unwrap();
            assert_eq!(rows.len(), 2);
            let whole = person(1).jobseeker.profile;
            let told = Profile {
                place: Place { text: String::new(), ..whole.place },
                education_text: String::new(),
                history: String::new(),
                ..whole
            };
            assert_eq!(
                rows.iter().find(|row| row.id == person(1).jobseeker.id).unwrap().profile,
                told
            );
            let public = Actor::public().scope();
            let none: Vec<Seeker> = seekers(&mut r, &public).unwrap().try_collect().await.unwrap();
            assert!(none.is_empty());
        })
        .await;
    }

    #[tokio::test]
    async fn the_newest_weights_in_force_are_the_ones() {
        both(async |db| {
            let mut r = db.read().await.unwrap();
            let newest = weights(&mut r, day(2026)).await.unwrap();
            assert!(weights(&mut r, day(2020)).await.is_err());
            let mut w = db.write(deed("matching.weigh")).await.unwrap();
            let next =
                Weights { version: newest.version + 1, valid_from: day(2027), ..newest.clone() };
            weight::add(&mut w, &next).await.unwrap();
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            assert_eq!(weights(&mut r, day(2026)).await.unwrap(), newest);
            assert_eq!(weights(&mut r, day(2027)).await.unwrap(), next);
        })
        .await;
    }
}
