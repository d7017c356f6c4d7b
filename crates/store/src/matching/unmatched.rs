//! People whom no open post fits, as the last survey found them.

use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use model::{Id, access::Scope, jobseeker::Jobseeker, matching::Way};
use sqlx::{AssertSqlSafe, FromRow};

use crate::{Reader, Result, Val, Writer, access::people_by, vals};

/// One look at everybody.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Survey {
    pub id: Id<Survey>,
    pub at: DateTime<Utc>,
    /// Of the weights.
    pub version: i64,
    /// Who look for work, and posts that were open.
    pub people: i64,
    pub posts: i64,
    pub unmatched: i64,
}

/// Somebody whom nothing fits.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct Unmatched {
    pub jobseeker: Id<Jobseeker>,
    /// County, or empty.
    pub region: String,
    /// Wished for most, or empty.
    pub occupation: String,
    /// The word for what stands in the way.
    pub binding: String,
    /// Open posts of the trade.
    pub posts: i64,
    /// What would free most posts.
    #[sqlx(json(nullable))]
    pub way: Option<Way>,
    /// How many posts that would free.
    pub freed: i64,
}

/// How many of one place, occupation and binding limit.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Sum {
    pub region: String,
    pub occupation: String,
    pub binding: String,
    pub people: i64,
}

/// Which part of the list; empty texts narrow nothing.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub region: String,
    pub occupation: String,
    pub binding: String,
}

pub async fn last(r: &mut Reader) -> Result<Option<Survey>> {
    r.opt("select * from matching_survey order by at desc, id desc limit 1", vals![]).await
}

/// People by place, occupation and what binds them, most first.
pub async fn sums(r: &mut Reader, scope: &Scope) -> Result<Vec<Sum>> {
    let sql = format!(
        "select region, occupation, binding, cast(count(*) as bigint) as people \
         from matching_unmatched where 1 = 1{} group by region, occupation, binding \
         order by people desc, region, occupation, binding",
        people_by(r.engine(), scope, "jobseeker")
    );
    r.all(AssertSqlSafe(sql), vals![]).await
}

/// Those of a part, in the order of place, occupation and id.
pub fn rows<'s>(
    r: &'s mut Reader,
    scope: &Scope,
    part: &Part,
    limit: i64,
) -> Result<BoxStream<'s, Result<Unmatched>>> {
    let sql = format!(
        "select jobseeker, region, occupation, binding, posts, way, freed from matching_unmatched \
         where ($1 = '' or region = $1) and ($2 = '' or occupation = $2) \
         and ($3 = '' or binding = $3){} order by region, occupation, jobseeker limit $4",
        people_by(r.engine(), scope, "jobseeker")
    );
    let Part { region, occupation, binding } = part;
    r.stream(AssertSqlSafe(sql), vals![region, occupation, binding, limit])
}

/// Puts a survey in the place of the one before.
pub async fn replace(w: &mut Writer, survey: &Survey, found: &[Unmatched]) -> Result<()> {
    w.exec("delete from matching_unmatched", vals![]).await?;
    let row = |one: &Unmatched| {
        let Unmatched { jobseeker, region, occupation, binding, posts, way, freed } = one;
        let way = way.as_ref().map_or(Val::Json(None), Val::json);
        vec![
            (*jobseeker).into(),
            region.as_str().into(),
            occupation.as_str().into(),
            binding.as_str().into(),
            (*posts).into(),
            way,
            (*freed).into(),
        ]
    };
    let rows: Vec<Vec<Val>> = found.iter().map(row).collect();
    let head = "insert into matching_unmatched (jobseeker, region, occupation, binding, posts, way, \
                freed)";
    w.insert_many(head, "", rows).await?;
    let Survey { id, at, version, people, posts, unmatched } = survey;
    let sql = "insert into matching_survey (id, at, version, people, posts, unmatched) \
               values ($1, $2, $3, $4, $5, $6)";
    w.exec(sql, vals![*id, *at, *version, *people, *posts, *unmatched]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt;
    use model::{access::Actor, matching::Change};
    use uuid::Uuid;

    use super::*;
    use crate::both::{both, deed};

    fn somebody(n: u128, region: &str) -> Unmatched {
        Unmatched {
            jobseeker: Id::new(Uuid::from_u128(n)),
            region: region.into(),
            occupation: "6-18-02-04".into(),
            binding: "too_far".into(),
            posts: 3,
            way: (n == 1).then_some(Way { change: Change::Reach { km: 40 }, posts: 2 }),
            freed: 2,
        }
    }

    #[tokio::test]
    async fn the_last_survey_holds_and_the_public_sees_nobody() {
        both(async |db| {
            for round in 0..2 {
                let mut w = db.write(deed("matching.survey")).await.unwrap();
                let (id, at) = (Id::new(Uuid::from_u128(9 + round)), w.at());
                let survey = Survey { id, at, version: 3, people: 9, posts: 4, unmatched: 3 };
                let all = [somebody(1, "620523"), somebody(2, "620523"), somebody(3, "620502")];
                replace(&mut w, &survey, &all).await.unwrap();
                w.commit().await.unwrap();
            }
            let mut r = db.read().await.unwrap();
            let office = Actor::office("window").scope();
            let sums = sums(&mut r, &office).await.unwrap();
            let seen: Vec<_> = sums.iter().map(|s| (s.region.as_str(), s.people)).collect();
            assert_eq!(seen, [("620523", 2), ("620502", 1)]);
            let part = Part { region: "620523".into(), ..Part::default() };
            let listed: Vec<Unmatched> =
                rows(&mut r, &office, &part, 9).unwrap().try_collect().await.unwrap();
            assert_eq!(listed, [somebody(1, "620523"), somebody(2, "620523")]);
            assert_eq!(last(&mut r).await.unwrap().unwrap().unmatched, 3);
            let public = Actor::public().scope();
            assert!(super::sums(&mut r, &public).await.unwrap().is_empty());
        })
        .await;
    }
}
