//! How vacancies stand, as rows: since when, why, and which of them the calendar ends.

use chrono::{DateTime, NaiveDate, Utc};
use model::{
    Id,
    access::Scope,
    employer::Employer,
    page::Page,
    vacancy::{
        State, Vacancy,
        life::{Cause, Standing},
    },
};
use sqlx::AssertSqlSafe;

use super::visible;
use crate::{Reader, Result, Writer, access::managed, session::listed, vals};

#[derive(sqlx::FromRow)]
struct Stands {
    id: Id<Vacancy>,
    #[sqlx(flatten)]
    standing: Standing,
}

const STANDING: &str = "coalesce(since, updated_at) as since, confirmed_on, cause, reason";

/// How these stand, in no order.
pub async fn standing(
    r: &mut Reader,
    scope: &Scope,
    ids: &[Id<Vacancy>],
) -> Result<Vec<(Id<Vacancy>, Standing)>> {
    let (list, args) = listed(ids);
    let sql = format!(
        "select id, {STANDING} from vacancy where id in {list}{}",
        visible(r.engine(), scope)
    );
    let rows: Vec<Stands> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.standing)).collect())
}

/// Says why it has come into its state. To be called after [`super::save`], which forgets the old
/// reason of what has changed its state.
pub async fn explain(
    w: &mut Writer,
    id: Id<Vacancy>,
    cause: Option<Cause>,
    reason: &str,
) -> Result<()> {
    let sql = "update vacancy set cause = $2, reason = $3 where id = $1";
    w.exec(sql, vals![id, cause.map(Cause::code), reason]).await.map(drop)
}

/// Somebody has said on `day` that these are offered.
pub async fn confirm(w: &mut Writer, ids: &[Id<Vacancy>], day: NaiveDate) -> Result<()> {
    for some in ids.chunks(500) {
        let (list, mut args) = listed(some);
        args.push(day.into());
        let n = args.len();
        let sql = format!(
            "update vacancy set confirmed_on = ${n}, reminded_on = null where id in {list} \
             and (confirmed_on is null or confirmed_on < ${n} or reminded_on is not null)"
        );
        w.exec(AssertSqlSafe(sql), args).await?;
    }
    Ok(())
}

/// Those whose last day is over on `day`, at most `limit`.
pub async fn over(r: &mut Reader, day: NaiveDate, limit: i64) -> Result<Vec<Vacancy>> {
    let sql = "select * from vacancy where state in ('published', 'paused') and expires_on < $1 \
               order by id limit $2";
    r.all(sql, vals![day, limit]).await
}

/// The published ones of which nobody has said since `day` that they are offered; `time` is when
/// that day began.
pub async fn silent(
    r: &mut Reader,
    (day, time): (NaiveDate, DateTime<Utc>),
    limit: i64,
) -> Result<Vec<Vacancy>> {
    let sql = "select * from vacancy where state = 'published' and updated_at < $2 \
               and (confirmed_on is null or confirmed_on < $1) order by id limit $3";
    r.all(sql, vals![day, time, limit]).await
}

/// Published ones of which nobody was reminded, and that end by `until` or of which nobody has said since
/// `heard` that they are offered; only of employers that somebody belongs to. `time` is when `heard`
/// began.
pub async fn ending(
    r: &mut Reader,
    until: NaiveDate,
    (heard, time): (NaiveDate, DateTime<Utc>),
    limit: i64,
) -> Result<Vec<Vacancy>> {
    let sql = "select * from vacancy where state = 'published' and reminded_on is null \
               and (expires_on <= $1 or (updated_at < $3 \
               and (confirmed_on is null or confirmed_on < $2))) \
               and employer_id in (select employer_id from membership \
               where valid_to is null and employer_id is not null) order by id limit $4";
    r.all(sql, vals![until, heard, time, limit]).await
}

/// The employers of these were reminded on `day`.
pub async fn reminded(w: &mut Writer, id: Id<Vacancy>, day: NaiveDate) -> Result<()> {
    let sql = "update vacancy set reminded_on = $2 where id = $1";
    w.exec(sql, vals![id, day]).await.map(drop)
}

/// Vacancies of the scope's own in one of the states (of all, where none is named), newest first.
pub async fn own(
    r: &mut Reader,
    scope: &Scope,
    (employer, states): (Option<Id<Employer>>, &[State]),
    before: Option<Id<Vacancy>>,
    limit: usize,
) -> Result<Page<Vacancy>> {
    let named: Vec<String> = states.iter().map(|state| format!("'{state}'")).collect();
    let named = if named.is_empty() {
        String::new()
    } else {
        format!(" and state in ({})", named.join(", "))
    };
    let of = if employer.is_some() { " and employer_id = $3" } else { "" };
    let sql = format!(
        "select * from vacancy where id < $1{}{named}{of} order by id desc limit $2",
        managed(r.engine(), scope)
    );
    let top = before.unwrap_or(Id::new(uuid::Uuid::max()));
    let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut args = vals![top, rows];
    args.extend(employer.map(Into::into));
    let mut items: Vec<Vacancy> = r.all(AssertSqlSafe(sql), args).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|v| v.id.to_string());
    Ok(Page { items, next })
}

/// How many of the scope's own there are in each state.
pub async fn tally(
    r: &mut Reader,
    scope: &Scope,
    employer: Id<Employer>,
) -> Result<Vec<(State, i64)>> {
    let sql = format!(
        "select state, count(*) from vacancy where employer_id = $1{} group by state order by state",
        managed(r.engine(), scope)
    );
    r.all(AssertSqlSafe(sql), vals![employer]).await
}

#[cfg(test)]
mod tests {
    use model::access::Actor;

    use super::*;
    use crate::{
        both::{both, deed},
        vacancy::{self, tests::with},
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn a_vacancy_says_since_when_and_why_it_stands_where_it_does() {
        both(async |db| {
            with(&db, 2).await;
            let scope = Actor::program("test").scope();
            let id: Id<Vacancy> = Id::new(uuid::Uuid::from_u128(1));
            let mut w = db.write(deed("vacancy.pause")).await.unwrap();
            let stored = vacancy::find(&mut w, &scope, id).await.unwrap();
            let before = standing(&mut w, &scope, &[id]).await.unwrap().remove(0).1;
            assert_eq!(before.since, stored.updated_at);
            let at = stored.updated_at + chrono::TimeDelta::hours(5);
            let paused = Vacancy {
                state: State::Paused,
                updated_at: at,
                version: stored.version + 1,
                ..stored
            };
            vacancy::save(&mut w, &paused).await.unwrap();
            explain(&mut w, id, Some(Cause::NotNeeded), "停产检修").await.unwrap();
            confirm(&mut w, &[id], day("2026-11-22")).await.unwrap();
            let now = standing(&mut w, &scope, &[id]).await.unwrap().remove(0).1;
            let expected = Standing {
                since: at,
                confirmed_on: Some(day("2026-11-22")),
                cause: Some(Cause::NotNeeded),
                reason: "停产检修".into(),
            };
            assert_eq!(now, expected);
            // a change of the text only leaves both as they are, a change of the state does not
            let later = at + chrono::TimeDelta::hours(1);
            let edited = Vacancy { updated_at: later, version: paused.version + 1, ..paused };
            vacancy::save(&mut w, &edited).await.unwrap();
            assert_eq!(standing(&mut w, &scope, &[id]).await.unwrap()[0].1, expected);
            let open =
                Vacancy { state: State::Published, version: edited.version + 1, ..edited.clone() };
            vacancy::save(&mut w, &open).await.unwrap();
            let now = standing(&mut w, &scope, &[id]).await.unwrap().remove(0).1;
            assert_eq!((now.since, now.cause, now.reason.as_str()), (later, None, ""));
            w.commit().await.unwrap();
        })
        .await;
    }

    #[tokio::test]
    async fn the_calendar_finds_what_is_over_and_what_is_silent() {
        both(async |db| {
            let employer = with(&db, 3).await;
            let scope = Actor::program("test").scope();
            let mut w = db.write(deed("vacancy.renew")).await.unwrap();
            let all = own(&mut w, &scope, (Some(employer), &[]), None, 10).await.unwrap().items;
            assert_eq!(all.len(), 3);
            let mut first = all[0].clone();
            first.offer.expires_on = Some(day("2026-01-05"));
            first.version += 1;
            vacancy::save(&mut w, &first).await.unwrap();
            assert!(over(&mut w, day("2026-01-05"), 10).await.unwrap().is_empty());
            assert_eq!(over(&mut w, day("2026-01-06"), 10).await.unwrap(), [first.clone()]);
            let late = first.updated_at + chrono::TimeDelta::days(1);
            let since = (day("2026-11-22"), late);
            assert_eq!(silent(&mut w, since, 10).await.unwrap().len(), 3);
            confirm(&mut w, &[first.id], day("2026-11-22")).await.unwrap();
            let quiet = silent(&mut w, since, 10).await.unwrap();
            assert_eq!(quiet.len(), 2);
            assert!(quiet.iter().all(|v| v.id != first.id));
            let tally = tally(&mut w, &scope, employer).await.unwrap();
            assert_eq!(tally, [(State::Published, 3)]);
            let none = own(&mut w, &scope, (None, &[State::Draft]), None, 10).await.unwrap();
            assert!(none.items.is_empty() && none.next.is_none());
            let page = own(&mut w, &scope, (None, &[State::Published]), None, 2).await.unwrap();
            assert_eq!((page.items.len(), page.next.is_some()), (2, true));
            w.commit().await.unwrap();
        })
        .await;
    }
}
