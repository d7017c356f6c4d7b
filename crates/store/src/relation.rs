//! What lies near what, as rows: by hand, learnt, corrected, observed.

use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use model::{
    Id,
    access::Scope,
    jobseeker::{Jobseeker, Wish},
    relation::{
        Correction, Noun, Relation, Relations, Verdict,
        passage::{FEWEST, Passage},
    },
    skill::Need,
};
use sqlx::{AssertSqlSafe, FromRow};

use crate::{Reader, Result, Writer, access::people, vals};

/// One learning: when, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Learning {
    pub id: Id<Learning>,
    pub at: DateTime<Utc>,
    /// Vacancies that asked for any skill.
    pub posts: i64,
    /// Relations found.
    pub skills: i64,
    pub occupations: i64,
}

/// What a vacancy teaches, open or closed.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Lesson {
    pub occupation: String,
    #[sqlx(json)]
    pub skills: Vec<Need>,
}

/// Work that somebody took up, beside what they wish for.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct Taken {
    #[sqlx(rename = "jobseeker_id")]
    pub jobseeker: Id<Jobseeker>,
    #[sqlx(json)]
    pub wish: Wish,
    /// As it was registered.
    pub post: String,
    /// Of the vacancy, or empty.
    pub occupation: String,
}

#[derive(FromRow)]
struct Corrected {
    code: String,
    related: String,
    /// None: forbidden.
    strength: Option<i64>,
    reason: String,
}

/// All relations of a noun, as they hold.
pub async fn all(r: &mut Reader, noun: Noun) -> Result<Relations> {
    let seeds = match noun {
        Noun::Skill => {
            "select code, related, strength, cast(0 as bigint) as support from skill_related"
        }
        Noun::Occupation => {
            "select code, related, strength, cast(0 as bigint) as support from occupation_related"
        }
    };
    let seeds: Vec<Relation> = r.all(seeds, vals![]).await?;
    let sql = "select code, related, strength, support from relation where noun = $1";
    let learnt: Vec<Relation> = r.all(sql, vals![noun.code()]).await?;
    let sql = "select code, related, strength, reason from relation_correction where noun = $1";
    let corrected: Vec<Corrected> = r.all(sql, vals![noun.code()]).await?;
    let correction = |row: Corrected| {
        let Corrected { code, related, strength, reason } = row;
        let verdict = strength.map_or(Verdict::Forbid, Verdict::Pin);
        Correction { noun, code, related, verdict, reason }
    };
    Ok(Relations::new(seeds, learnt, corrected.into_iter().map(correction).collect()))
}

/// Where enough people went from an occupation, most first: code, people.
pub async fn moves(r: &mut Reader, origin: &str) -> Result<Vec<(String, i64)>> {
    let sql = "select goal, people from occupation_move \
               where origin = $1 and goal <> $1 and people >= $2 order by people desc, goal";
    r.all(sql, vals![origin, FEWEST]).await
}

/// Have enough people gone anywhere?
pub async fn moved(r: &mut Reader) -> Result<bool> {
    let sql = "select count(*) > 0 from occupation_move where goal <> origin and people >= $1";
    let (moved,) = r.one("relation", sql, vals![FEWEST]).await?;
    Ok(moved)
}

/// Everything that was observed, of however few: not for showing.
pub async fn all_moves(r: &mut Reader) -> Result<Vec<Passage>> {
    r.all("select origin, goal, people from occupation_move order by origin, goal", vals![]).await
}

/// Everything that people took up, a person after the other, each in the order of the days.
pub fn works<'s>(r: &'s mut Reader, scope: &Scope) -> Result<BoxStream<'s, Result<Taken>>> {
    let own = people(r.engine(), scope);
    let sql = format!(
        "select p.jobseeker_id, j.wish, p.post, coalesce(v.occupation, '') as occupation \
         from (select id, wish from jobseeker where 1 = 1{own}) as j \
         join placement p on p.jobseeker_id = j.id left join vacancy v on v.id = p.vacancy_id \
         order by p.jobseeker_id, p.hired_on, p.id"
    );
    r.stream(AssertSqlSafe(sql), vals![])
}

/// Puts what was observed in the place of what was observed before.
pub async fn observe(w: &mut Writer, seen: &[Passage]) -> Result<()> {
    w.exec("delete from occupation_move", vals![]).await?;
    let rows: Vec<_> = seen.iter().map(|one| vals![&one.origin, &one.goal, one.people]).collect();
    w.insert_many("insert into occupation_move (origin, goal, people)", "", rows).await.map(drop)
}

pub async fn last_learning(r: &mut Reader) -> Result<Option<Learning>> {
    r.opt("select * from relation_learning order by at desc, id desc limit 1", vals![]).await
}

/// Every vacancy that asks for a skill, one at a time: what is closed teaches as well.
pub fn lessons<'s>(r: &'s mut Reader, scope: &Scope) -> Result<BoxStream<'s, Result<Lesson>>> {
    let sql = if scope.drafts() {
        "select occupation, skills from vacancy"
    } else {
        "select occupation, skills from vacancy where state = 'published'"
    };
    r.stream(sql, vals![])
}

/// Puts what was learnt in the place of what was learnt before.
pub async fn replace(w: &mut Writer, noun: Noun, learnt: &[Relation]) -> Result<()> {
    w.exec("delete from relation where noun = $1", vals![noun.code()]).await?;
    let rows = learnt
        .iter()
        .map(|row| vals![noun.code(), &row.code, &row.related, row.strength, row.support]);
    let rows: Vec<_> = rows.collect();
    let head = "insert into relation (noun, code, related, strength, support)";
    w.insert_many(head, "", rows).await.map(drop)
}

pub async fn tell(w: &mut Writer, learning: &Learning) -> Result<()> {
    let Learning { id, at, posts, skills, occupations } = learning;
    let sql = "insert into relation_learning (id, at, posts, skills, occupations) \
               values ($1, $2, $3, $4, $5)";
    w.exec(sql, vals![*id, *at, *posts, *skills, *occupations]).await.map(drop)
}

/// Writes down what the office says, or takes it back.
pub async fn correct(w: &mut Writer, id: Id<Correction>, said: &Correction) -> Result<()> {
    let sql = "delete from relation_correction where noun = $1 and code = $2 and related = $3";
    let (noun, code, related) = (said.noun.code(), &said.code, &said.related);
    w.exec(sql, vals![noun, code, related]).await?;
    let strength = match said.verdict {
        Verdict::Pin(strength) => Some(strength),
        Verdict::Forbid => None,
        Verdict::Free => return Ok(()),
    };
    let sql = "insert into relation_correction (id, noun, code, related, strength, reason, at) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    let at = w.at();
    w.exec(sql, vals![id, noun, code, related, strength, &said.reason, at]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt;
    use model::{access::Actor, relation::Origin};
    use uuid::Uuid;

    use super::*;
    use crate::{
        both::{both, deed},
        vacancy::tests::with,
    };

    fn row(related: &str, strength: i64) -> Relation {
        let (code, support) = ("tig_welding".to_owned(), 9);
        Relation { code, related: related.into(), strength, support }
    }

    fn said(related: &str, verdict: Verdict) -> Correction {
        let (code, reason) = ("tig_welding".into(), "so it is here".into());
        Correction { noun: Noun::Skill, code, related: related.into(), verdict, reason }
    }

    #[tokio::test]
    async fn a_correction_survives_learning_and_can_be_taken_back() {
        both(async |db| {
            for (n, verdict) in [(1, Verdict::Forbid), (2, Verdict::Pin(350)), (3, Verdict::Free)] {
                let mut w = db.write(deed("relation.correct")).await.unwrap();
                let id = Id::new(Uuid::from_u128(n));
                correct(&mut w, id, &said("cooking", verdict)).await.unwrap();
                let learnt = [row("cooking", 200), row("arc_welding", 300)];
                replace(&mut w, Noun::Skill, &learnt).await.unwrap();
                replace(&mut w, Noun::Occupation, &[]).await.unwrap();
                w.commit().await.unwrap();
                let mut r = db.read().await.unwrap();
                let found = all(&mut r, Noun::Skill).await.unwrap();
                let cooking = found.of("tig_welding").iter().find(|k| k.related == "cooking");
                let seen = cooking.map(|known| (known.strength, known.origin));
                let expected = match verdict {
                    Verdict::Forbid => (0, Origin::Forbidden),
                    Verdict::Pin(strength) => (strength, Origin::Pinned),
                    Verdict::Free => (200, Origin::Learnt),
                };
                assert_eq!(seen, Some(expected));
            }
        })
        .await;
    }

    #[tokio::test]
    async fn vacancies_teach_one_at_a_time_and_the_last_learning_is_told() {
        both(async |db| {
            with(&db, 3).await;
            let mut r = db.read().await.unwrap();
            let scope = Actor::program("learner").scope();
            let all: Vec<Lesson> = lessons(&mut r, &scope).unwrap().try_collect().await.unwrap();
            assert_eq!(all.len(), 3);
            assert_eq!(last_learning(&mut r).await.unwrap(), None);
            assert!(moves(&mut r, "6-18-02-04").await.unwrap().is_empty());
            assert!(all_moves(&mut r).await.unwrap().is_empty());
            drop(r);
            let mut w = db.write(deed("relation.learn")).await.unwrap();
            let (id, at) = (Id::new(Uuid::from_u128(1)), w.at());
            let learning = Learning { id, at, posts: 3, skills: 2, occupations: 1 };
            tell(&mut w, &learning).await.unwrap();
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            assert_eq!(last_learning(&mut r).await.unwrap(), Some(learning));
        })
        .await;
    }
}
