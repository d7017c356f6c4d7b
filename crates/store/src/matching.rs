//! Both sides of a match as rows: only what the rule looks at, one row at a time.

pub mod unmatched;
pub mod weight;

use chrono::NaiveDate;
use futures_util::stream::BoxStream;
use model::{
    Id,
    access::Scope,
    matching::{Opening, Seeker, Weights},
    vacancy::Vacancy,
};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, jobseeker::people, session::listed, vals};

/// The weights in force on `day`.
pub async fn weights(r: &mut Reader, day: NaiveDate) -> Result<Weights> {
    let sql = "select * from matching_weight where valid_from <= $1 \
               order by valid_from desc, version desc limit 1";
    r.one("matching_weight", sql, vals![day]).await
}

/// The posts open on `day`. They are public, so the scope leaves nothing out.
pub fn openings<'s>(
    r: &'s mut Reader,
    _scope: &Scope,
    day: NaiveDate,
) -> Result<BoxStream<'s, Result<Opening>>> {
    let sql = format!(
        "{OPENING} where v.state = 'published' and (v.expires_on is null or v.expires_on >= $1)"
    );
    r.stream(AssertSqlSafe(sql), vals![day])
}

const OPENING: &str = "select v.id, v.state = 'published' as published, v.expires_on, v.occupation, \
     v.region, v.longitude, v.latitude, v.pay_from, v.pay_to, v.education, v.experience_min, v.form, \
     v.skills, v.benefits, v.posted_on, e.answers_due, e.answers_given \
     from vacancy v join employer e on e.id = v.employer_id";

/// These vacancies as the rule sees them, open or not.
pub async fn openings_of(
    r: &mut Reader,
    _scope: &Scope,
    ids: &[Id<Vacancy>],
) -> Result<Vec<Opening>> {
    let (list, args) = listed(ids);
    r.all(AssertSqlSafe(format!("{OPENING} where v.id in {list}")), args).await
}

/// The people who look for work: what they can do and want, without their own words.
pub fn seekers<'s>(r: &'s mut Reader, scope: &Scope) -> Result<BoxStream<'s, Result<Seeker>>> {
    let sql = format!(
        "select id, born_on, '' as place_text, region, longitude, latitude, education, \
         '' as education_text, experience, wish, skills, '' as history from jobseeker \
         where seeking{}",
        people(scope)
    );
    r.stream(AssertSqlSafe(sql), vals![])
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
            assert_eq!(weights(&mut r, day(2026)).await.unwrap().version, 3);
            assert!(weights(&mut r, day(2020)).await.is_err());
            let mut w = db.write(deed("matching.weigh")).await.unwrap();
            let next = "insert into matching_weight select 4, $1, skills, occupation, place, wage, \
                experience, education, freshness, living, form, must, half_km, usual_reach_km, \
                fresh_days, basis, answer, doubt, notice from matching_weight where version = 3";
            w.exec(next, vals![day(2027)]).await.unwrap();
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            assert_eq!(weights(&mut r, day(2026)).await.unwrap().version, 3);
            assert_eq!(weights(&mut r, day(2027)).await.unwrap().version, 4);
        })
        .await;
    }
}
