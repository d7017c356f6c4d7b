//! The same vacancy from several sources: which copy is shown, and which stand beside it.

use std::collections::HashSet;

use model::{Id, access::Scope, vacancy::Vacancy};
use sqlx::AssertSqlSafe;

use super::{OUT, visible};
use crate::{Reader, Result, Val, session::listed, vals};

/// A copy is not shown while the one is public behind which it was put, nor while there is a better
/// one of another source: one that stays open longer,
/// so that nothing need happen when the shown one expires; of equals that of the first source.
pub(crate) const BEHIND: &str = "(exists (select 1 from vacancy as other \
    where other.id = vacancy.copy_of and other.state = 'published') \
    or exists (select 1 from vacancy as other where other.twin = vacancy.twin \
    and vacancy.twin <> 0 and other.source <> vacancy.source and other.state = 'published' \
    and (coalesce(other.expires_on, '9999-12-31') > coalesce(vacancy.expires_on, '9999-12-31') \
    or (coalesce(other.expires_on, '9999-12-31') = coalesce(vacancy.expires_on, '9999-12-31') \
    and other.source < vacancy.source))))";

/// Those of the ids that are published and no copy of a better one.
pub async fn shown(
    r: &mut Reader,
    _scope: &Scope,
    ids: &[Id<Vacancy>],
) -> Result<HashSet<Id<Vacancy>>> {
    let (list, args) = listed(ids);
    let sql = format!(
        "select id from vacancy where id in {list} and state = 'published' and not {BEHIND}"
    );
    let rows: Vec<(Id<Vacancy>,)> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The published ones that are copies of any of the ids, or have one of the numbers.
pub async fn all(
    r: &mut Reader,
    _scope: &Scope,
    ids: &[Id<Vacancy>],
    twins: &[i64],
) -> Result<Vec<Id<Vacancy>>> {
    let (list, mut args) = listed(ids);
    let known = args.len();
    args.extend(twins.iter().map(|&twin| Val::from(twin)));
    let numbers: Vec<String> = (known + 1..=args.len()).map(|n| format!("${n}")).collect();
    let numbers = if numbers.is_empty() { "-1".to_owned() } else { numbers.join(", ") };
    // one by one: with "or" between them neither index serves, and every row is read
    let sql = format!(
        "select id from vacancy where {OUT} and twin in \
           (select twin from vacancy where id in {list} and twin <> 0) \
         union select id from vacancy where {OUT} and twin in ({numbers}) and twin <> 0 \
         union select id from vacancy where {OUT} and copy_of in {list}"
    );
    let rows: Vec<(Id<Vacancy>,)> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The other copies of a vacancy, of other sources, published, in the order of the sources.
pub async fn beside(r: &mut Reader, scope: &Scope, of: &Vacancy) -> Result<Vec<Vacancy>> {
    let sql = format!(
        "select * from vacancy where ((twin = $1 and source <> $2) or copy_of = $3 \
         or id = (select copy_of from vacancy where id = $3)) and {OUT}{} \
         order by source, id",
        visible(r.engine(), scope)
    );
    r.all(AssertSqlSafe(sql), vals![of.twin(), &of.source.name, of.id]).await
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use model::{access::Actor, employer::Details, vacancy::State};
    use uuid::Uuid;

    use super::*;
    use crate::{
        both::{both, deed},
        employer::{self, Known},
        vacancy::{add, tests::vacancy},
    };

    fn of(n: u128, source: &str, last: Option<u32>, employer: &Known) -> Vacancy {
        let mut vacancy = vacancy(n, employer.employer.id);
        vacancy.source.name = source.into();
        vacancy.offer.expires_on = last.and_then(|day| NaiveDate::from_ymd_opt(2027, 1, day));
        vacancy
    }

    #[tokio::test]
    async fn the_copy_that_stays_open_longest_is_shown() {
        both(async |db| {
            let at = deed("x").at;
            let details = Details { name: "陇原机械厂".into(), ..Details::default() };
            let id = Id::new(Uuid::from_u128(9));
            let employer =
                model::employer::Employer { id, details, created_at: at, updated_at: at };
            let known = Known { name_key: "陇原机械厂".into(), employer };
            let mut closed = of(6, "aaa", None, &known);
            closed.state = State::Filled;
            let mut other = of(7, "aaa", None, &known);
            other.offer.title = "车工".into();
            let rows = [
                of(1, "county", Some(5), &known),
                of(2, "zhilian", Some(9), &known),
                of(3, "zhilian", Some(9), &known),
                of(4, "51job", Some(5), &known),
                closed,
                other,
            ];
            let mut w = db.write(deed("vacancy.import")).await.unwrap();
            employer::add(&mut w, std::slice::from_ref(&known)).await.unwrap();
            add(&mut w, &rows).await.unwrap();
            w.commit().await.unwrap();
            let (mut r, scope) = (db.read().await.unwrap(), Actor::program("test").scope());
            let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
            let mut shown: Vec<_> =
                shown(&mut r, &scope, &ids).await.unwrap().into_iter().collect();
            shown.sort_unstable();
            assert_eq!(shown, [rows[1].id, rows[2].id, rows[5].id]);
            let copies = all(&mut r, &scope, &[rows[0].id], &[]).await.unwrap();
            assert_eq!(copies.len(), 4);
            assert_eq!(all(&mut r, &scope, &[], &[rows[5].twin()]).await.unwrap(), [rows[5].id]);
            let beside = beside(&mut r, &scope, &rows[0]).await.unwrap();
            let sources: Vec<_> = beside.iter().map(|v| v.source.name.as_str()).collect();
            assert_eq!(sources, ["51job", "zhilian", "zhilian"]);
        })
        .await;
    }
}
