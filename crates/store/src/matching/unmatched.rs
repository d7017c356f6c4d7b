//! People whom no open post fits, as the last survey found them, and how far the next has come.

use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use model::{Id, access::Scope, jobseeker::Jobseeker, matching::Way};
use sqlx::{AssertSqlSafe, FromRow};

use crate::{Reader, Result, Val, Writer, access::people_by, vals};

/// One look at everybody.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Survey {
    pub id: Id<Survey>,
    pub asked_at: DateTime<Utc>,
    /// Nothing while it goes on.
    pub ended_at: Option<DateTime<Utc>>,
    /// Of the weights.
    pub version: i64,
    /// Looked at so far, and how many looked for work when it was asked for.
    pub people: i64,
    pub whole: i64,
    /// Posts that were open.
    pub posts: i64,
    pub unmatched: i64,
    /// The last who was looked at, while it goes on.
    pub upto: Option<Id<Jobseeker>>,
}

const SEEN: &str = "id, asked_at, ended_at, version, people, whole, posts, unmatched, upto";

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

/// How many of one place or occupation, or behind one limit.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Sum {
    pub code: String,
    pub people: i64,
}

/// How many of one place and occupation.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Cell {
    pub region: String,
    pub occupation: String,
    pub people: i64,
}

/// How many of a cell stand behind a limit and would be freed most by a change.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Group {
    pub region: String,
    pub occupation: String,
    pub binding: String,
    /// The word for the change, or empty; and the skill or paper that it asks for, or empty.
    pub change: String,
    pub skill: String,
    pub people: i64,
}

/// Which part of the list; empty texts narrow nothing.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub region: String,
    pub occupation: String,
    pub binding: String,
}

/// Of a part the rows of the last survey that has ended, and of a scope.
const OF: &str = "from matching_unmatched where survey = (select id from matching_survey \
    where ended_at is not null order by ended_at desc, id desc limit 1) \
    and ($1 = '' or region = $1) and ($2 = '' or occupation = $2) and ($3 = '' or binding = $3)";

fn of(r: &Reader, scope: &Scope, part: &Part) -> (String, Vec<Val>) {
    let Part { region, occupation, binding } = part;
    let own = people_by(r.engine(), scope, "jobseeker");
    (format!("{OF}{own}"), vals![region, occupation, binding])
}

/// The last that has ended.
pub async fn last(r: &mut Reader) -> Result<Option<Survey>> {
    let sql = format!(
        "select {SEEN} from matching_survey where ended_at is not null \
         order by ended_at desc, id desc limit 1"
    );
    r.opt(AssertSqlSafe(sql), vals![]).await
}

/// The one that goes on.
pub async fn running(r: &mut Reader) -> Result<Option<Survey>> {
    let sql = format!("select {SEEN} from matching_survey where running = 1");
    r.opt(AssertSqlSafe(sql), vals![]).await
}

/// The columns by which people are summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Region,
    Occupation,
    Binding,
}

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Occupation => "occupation",
            Self::Binding => "binding",
        }
    }
}

/// The people of a part by one column, most first.
pub async fn sums(
    r: &mut Reader,
    scope: &Scope,
    part: &Part,
    (column, limit): (Column, i64),
) -> Result<Vec<Sum>> {
    let ((rows, mut args), name) = (of(r, scope, part), column.name());
    args.push(limit.into());
    let sql = format!(
        "select {name} as code, cast(count(*) as bigint) as people {rows} \
         group by {name} order by people desc, code limit $4"
    );
    r.all(AssertSqlSafe(sql), args).await
}

/// The people of a part by place and occupation together, most first.
pub async fn cells(
    r: &mut Reader,
    scope: &Scope,
    part: &Part,
    (skip, limit): (i64, i64),
) -> Result<Vec<Cell>> {
    let (rows, mut args) = of(r, scope, part);
    args.extend(vals![limit, skip]);
    let sql = format!(
        "select region, occupation, cast(count(*) as bigint) as people {rows} \
         group by region, occupation order by people desc, region, occupation \
         limit $4 offset $5"
    );
    r.all(AssertSqlSafe(sql), args).await
}

/// What stands in the way of the people of some cells, and what would free them, most first.
pub async fn groups(
    r: &mut Reader,
    scope: &Scope,
    part: &Part,
    cells: &[Cell],
) -> Result<Vec<Group>> {
    let Some(last) = cells.last() else { return Ok(vec![]) };
    let (rows, mut args) = of(r, scope, part);
    let full = cells.len().next_power_of_two();
    let mut meant = vec![];
    for Cell { region, occupation, .. } in
        cells.iter().chain(std::iter::repeat_n(last, full - cells.len()))
    {
        meant.push(format!("(${}, ${})", args.len() + 1, args.len() + 2));
        args.extend(vals![region, occupation]);
    }
    let sql = format!(
        "select region, occupation, binding, change, skill, cast(count(*) as bigint) as people \
         {rows} and (region, occupation) in (values {}) \
         group by region, occupation, binding, change, skill \
         order by people desc, region, occupation, binding, change, skill",
        meant.join(", ")
    );
    r.all(AssertSqlSafe(sql), args).await
}

/// Those of a part that follow `after`, in the order of the ids.
pub fn rows<'s>(
    r: &'s mut Reader,
    scope: &Scope,
    part: &Part,
    (after, limit): (Option<Id<Jobseeker>>, i64),
) -> Result<BoxStream<'s, Result<Unmatched>>> {
    let (rows, mut args) = of(r, scope, part);
    args.extend(vals![after.unwrap_or(Id::new(uuid::Uuid::nil())), limit]);
    let sql = format!(
        "select jobseeker, region, occupation, binding, posts, way, freed {rows} \
         and jobseeker > $4 order by jobseeker limit $5"
    );
    r.stream(AssertSqlSafe(sql), args)
}

/// Begins one; false if one goes on already.
pub async fn begin(w: &mut Writer, survey: &Survey) -> Result<bool> {
    let Survey { id, asked_at, version, whole, .. } = survey;
    let sql = "insert into matching_survey (id, asked_at, running, version, people, whole, posts, \
               unmatched) values ($1, $2, 1, $3, 0, $4, 0, 0) on conflict do nothing";
    Ok(w.exec(sql, vals![*id, *asked_at, *version, *whole]).await? > 0)
}

/// Keeps what a block of people gave, from `before` up to the place that `now` says; false if another
/// has done that block.
pub async fn advance(
    w: &mut Writer,
    before: &Survey,
    now: &Survey,
    found: &[Unmatched],
) -> Result<bool> {
    let Survey { id, version, people, posts, unmatched, upto, .. } = now;
    let sql = "update matching_survey set version = $3, people = $4, posts = $5, unmatched = $6, \
               upto = $7 where id = $1 and people = $2 and ended_at is null";
    let upto = Val::Uuid(upto.map(Id::uuid));
    let args = vals![*id, before.people, *version, *people, *posts, *unmatched, upto];
    if w.exec(sql, args).await? == 0 {
        return Ok(false);
    }
    let row = |one: &Unmatched| {
        let Unmatched { jobseeker, region, occupation, binding, posts, way, freed } = one;
        let change = way.as_ref().map_or("", |way| way.change.code());
        let skill = way.as_ref().and_then(Way::skill).unwrap_or_default();
        let way = way.as_ref().map_or(Val::Json(None), Val::json);
        vals![*id, *jobseeker, region, occupation, binding, *posts, way, change, skill, *freed]
    };
    let head = "insert into matching_unmatched (survey, jobseeker, region, occupation, binding, \
                posts, way, change, skill, freed)";
    w.insert_many(head, "", found.iter().map(row).collect::<Vec<_>>()).await?;
    Ok(true)
}

/// Ends one, and lets go of those before it; false if another has.
pub async fn end(w: &mut Writer, id: Id<Survey>) -> Result<bool> {
    let at = w.at();
    let sql = "update matching_survey set ended_at = $2, running = null, upto = null \
               where id = $1 and ended_at is null";
    if w.exec(sql, vals![id, at]).await? == 0 {
        return Ok(false);
    }
    w.exec("delete from matching_unmatched where survey <> $1", vals![id]).await?;
    w.exec("delete from matching_survey where id <> $1 and ended_at is not null", vals![id])
        .await?;
    Ok(true)
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

    fn survey(n: u128, at: DateTime<Utc>) -> Survey {
        let id = Id::new(Uuid::from_u128(n));
        let (version, people, whole, posts, unmatched) = (3, 0, 9, 0, 0);
        let (ended_at, upto) = (None, None);
        Survey { id, asked_at: at, ended_at, version, people, whole, posts, unmatched, upto }
    }

    fn part(region: &str) -> Part {
        Part { region: region.into(), ..Part::default() }
    }

    #[tokio::test]
    async fn the_one_that_has_ended_is_read_until_the_next_has_and_a_block_counts_once() {
        both(async |db| {
            let office = Actor::office("window").scope();
            for (round, place) in [(1, "620523"), (2, "620502")] {
                let mut w = db.write(deed("matching.survey")).await.unwrap();
                let at = w.at();
                let begun = survey(8 + round, at);
                assert!(begin(&mut w, &begun).await.unwrap());
                assert!(!begin(&mut w, &survey(99, at)).await.unwrap(), "one at a time");
                let all = [somebody(1, place), somebody(2, place)];
                let upto = Some(all[1].jobseeker);
                let now = Survey { people: 5, posts: 4, unmatched: 2, upto, ..begun.clone() };
                assert!(advance(&mut w, &begun, &now, &all).await.unwrap());
                assert!(!advance(&mut w, &begun, &now, &all).await.unwrap(), "done already");
                w.commit().await.unwrap();
                let mut r = db.read().await.unwrap();
                assert_eq!(running(&mut r).await.unwrap(), Some(now.clone()));
                let seen = sums(&mut r, &office, &Part::default(), (Column::Region, 9)).await;
                let seen: Vec<_> = seen.unwrap().into_iter().map(|sum| sum.code).collect();
                assert_eq!(seen, ["620523"][..round as usize - 1], "the one before");
                drop(r);
                let mut w = db.write(deed("matching.survey")).await.unwrap();
                assert!(end(&mut w, now.id).await.unwrap() && !end(&mut w, now.id).await.unwrap());
                w.commit().await.unwrap();
            }
            let mut r = db.read().await.unwrap();
            assert_eq!(running(&mut r).await.unwrap(), None);
            let last = last(&mut r).await.unwrap().unwrap();
            assert_eq!((last.unmatched, last.upto), (2, None));
            let cells = cells(&mut r, &office, &Part::default(), (0, 9)).await.unwrap();
            assert_eq!((cells.len(), cells[0].people), (1, 2));
            let groups = groups(&mut r, &office, &part("620502"), &cells).await.unwrap();
            let change = |n: usize| (groups[n].change.as_str(), groups[n].people);
            assert_eq!((groups.len(), change(0), change(1)), (2, ("", 1), ("reach", 1)));
            let rows: Vec<Unmatched> = rows(&mut r, &office, &part("620502"), (None, 9))
                .unwrap()
                .try_collect()
                .await
                .unwrap();
            assert_eq!(rows, [somebody(1, "620502"), somebody(2, "620502")]);
        })
        .await;
    }

    #[tokio::test]
    async fn the_public_sees_nobody() {
        both(async |db| {
            let mut w = db.write(deed("matching.survey")).await.unwrap();
            let begun = survey(9, w.at());
            begin(&mut w, &begun).await.unwrap();
            let now = Survey { people: 1, ..begun.clone() };
            advance(&mut w, &begun, &now, &[somebody(1, "620523")]).await.unwrap();
            end(&mut w, begun.id).await.unwrap();
            w.commit().await.unwrap();
            let (mut r, all) = (db.read().await.unwrap(), Part::default());
            let public = Actor::public().scope();
            assert!(cells(&mut r, &public, &all, (0, 9)).await.unwrap().is_empty());
            let rows: Vec<Unmatched> =
                rows(&mut r, &public, &all, (None, 9)).unwrap().try_collect().await.unwrap();
            assert!(rows.is_empty());
        })
        .await;
    }
}
