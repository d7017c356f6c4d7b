//! Pairs of records that may be one person.

use model::{
    Id,
    access::Scope,
    jobseeker::{
        Jobseeker,
        link::{Link, Reason},
    },
};
use sqlx::AssertSqlSafe;

use crate::{
    Engine, Reader, Result, Writer,
    access::{people, people_by},
    session::listed,
    vals,
};

/// Records with the same digest as one of these: `(own id, other id, by the number?)`. A name counts
/// within a county only.
pub async fn alike(
    r: &mut Reader,
    ids: &[Id<Jobseeker>],
) -> Result<Vec<(Id<Jobseeker>, Id<Jobseeker>, Reason)>> {
    let mut found = Vec::new();
    for ids in ids.chunks(200) {
        let (list, args) = listed(ids);
        let number = format!(
            "select a.id, b.id from jobseeker a join jobseeker b on b.number_index = a.number_index \
             and b.number_index <> '' and b.id <> a.id where a.id in {list}"
        );
        let name = format!(
            "select a.id, b.id from jobseeker a join jobseeker b on b.name_index = a.name_index \
             and b.name_index <> '' and b.id <> a.id and substr(b.region, 1, 6) = substr(a.region, 1, 6) \
             and (a.number_index = '' or b.number_index = '') where a.id in {list}"
        );
        for (sql, reason) in [(number, Reason::Number), (name, Reason::Name)] {
            let pairs: Vec<(_, _)> = r.all(AssertSqlSafe(sql), args.clone()).await?;
            found.extend(pairs.into_iter().map(|(own, other)| (own, other, reason)));
        }
    }
    Ok(found)
}

/// Adds pairs; one that is there already stays what somebody decided.
pub async fn add(w: &mut Writer, links: &[Link]) -> Result<u64> {
    let head = "insert into jobseeker_link (first_id, second_id, state, reason, actor, at)";
    let tail = "on conflict (first_id, second_id) do nothing";
    let row = |l: &Link| vals![l.first, l.second, l.state.code(), l.reason.code(), &l.actor, l.at];
    w.insert_many(head, tail, links.iter().map(row)).await
}

const BOTH: &str = "select first_id, second_id, state, reason, actor, at from jobseeker_link";

/// The pairs that a record is in, if it is within the scope; the other need not be.
pub async fn of(r: &mut Reader, scope: &Scope, id: Id<Jobseeker>) -> Result<Vec<Link>> {
    let sql = format!(
        "{BOTH} where (first_id = $1 or second_id = $1) \
         and exists (select 1 from jobseeker where id = $1{}) order by at",
        people(r.engine(), scope)
    );
    r.all(AssertSqlSafe(sql), vals![id]).await
}

/// One record of the pair at least is within the scope.
fn either(engine: Engine, scope: &Scope) -> String {
    let [first, second] = ["first_id", "second_id"].map(|side| people_by(engine, scope, side));
    format!("((1 = 1{first}) or (1 = 1{second}))")
}

/// The pairs of which one record at least is within the scope, those to be decided first, then the
/// newest; at most `limit`.
pub async fn page(r: &mut Reader, scope: &Scope, limit: i64) -> Result<Vec<Link>> {
    let sql = format!(
        "{BOTH} where {} \
         order by case when state = 'open' then 0 else 1 end, at desc, first_id limit $1",
        either(r.engine(), scope)
    );
    r.all(AssertSqlSafe(sql), vals![limit]).await
}

/// The names of the offices that these people belong to, of those who belong to one.
pub async fn offices(
    r: &mut Reader,
    ids: &[Id<Jobseeker>],
) -> Result<Vec<(Id<Jobseeker>, String)>> {
    let (list, args) = listed(ids);
    let sql = format!(
        "select j.id, o.name from jobseeker j join organisation o on o.id = j.office_id \
         where j.id in {list}"
    );
    r.all(AssertSqlSafe(sql), args).await
}

/// How many pairs wait for somebody of the scope to decide.
pub async fn open(r: &mut Reader, scope: &Scope) -> Result<i64> {
    let pair = either(r.engine(), scope);
    let sql = format!("select count(*) from jobseeker_link where state = 'open' and {pair}");
    let (n,) = r.one("jobseeker", AssertSqlSafe(sql), vals![]).await?;
    Ok(n)
}

/// Writes what is held of a pair now; true if there was such a pair.
pub async fn decide(w: &mut Writer, link: &Link) -> Result<bool> {
    let sql = "update jobseeker_link set state = $3, actor = $4, at = $5 \
               where first_id = $1 and second_id = $2";
    let args = vals![link.first, link.second, link.state.code(), &link.actor, link.at];
    Ok(w.exec(sql, args).await? > 0)
}

/// What is held of a pair.
pub async fn find(w: &mut Writer, (a, b): (Id<Jobseeker>, Id<Jobseeker>)) -> Result<Option<Link>> {
    let sql = "select first_id, second_id, state, reason, actor, at from jobseeker_link \
               where first_id = $1 and second_id = $2";
    let (first, second) = if a.uuid() < b.uuid() { (a, b) } else { (b, a) };
    w.lock(sql, vals![first, second]).await
}

#[cfg(test)]
mod tests {
    use model::{access::Actor, jobseeker::link::State};

    use super::*;
    use crate::{
        both::{both, deed},
        jobseeker::{add as register, tests::person},
    };

    #[tokio::test]
    async fn the_same_number_and_the_same_name_in_a_county_are_found() {
        both(async |db| {
            let mut w = db.write(deed("jobseeker.import")).await.unwrap();
            let mut all: Vec<_> = (1..=5).map(person).collect();
            for (at, (number, name, region)) in [
                ("n1", "a", "620502100"),
                ("n1", "b", "620523"),
                ("", "c", "620502"),
                ("", "c", "620502200"),
                ("", "c", "620523"),
            ]
            .into_iter()
            .enumerate()
            {
                all[at].number_index = number.into();
                all[at].name_index = name.into();
                all[at].jobseeker.profile.place.region = region.into();
            }
            register(&mut w, &all).await.unwrap();
            let ids: Vec<_> = all.iter().map(|s| s.jobseeker.id).collect();
            let mut found = alike(&mut w, &ids[..3]).await.unwrap();
            found.sort_by_key(|(own, ..)| *own);
            assert_eq!(
                found,
                [
                    (ids[0], ids[1], Reason::Number),
                    (ids[1], ids[0], Reason::Number),
                    (ids[2], ids[3], Reason::Name),
                ]
            );
            w.commit().await.unwrap();
        })
        .await;
    }

    #[tokio::test]
    async fn a_pair_is_kept_once_decided_and_seen_by_its_offices_only() {
        both(async |db| {
            let mut w = db.write(deed("jobseeker.import")).await.unwrap();
            let all: Vec<_> = (1..=2).map(person).collect();
            register(&mut w, &all).await.unwrap();
            let (a, b) = (all[0].jobseeker.id, all[1].jobseeker.id);
            let actor = Actor::office("window");
            let at = deed("x").at;
            let link = Link::found((b, a), Reason::Name, (&actor, at));
            assert_eq!(add(&mut w, std::slice::from_ref(&link)).await.unwrap(), 1);
            assert_eq!(add(&mut w, std::slice::from_ref(&link)).await.unwrap(), 0);
            let scope = actor.scope();
            assert_eq!(open(&mut w, &scope).await.unwrap(), 1);
            let apart = Link { state: State::Apart, ..link };
            assert!(decide(&mut w, &apart).await.unwrap());
            assert_eq!(find(&mut w, (b, a)).await.unwrap(), Some(apart.clone()));
            assert_eq!(of(&mut w, &scope, a).await.unwrap(), [apart]);
            assert_eq!(open(&mut w, &scope).await.unwrap(), 0);
            let public = Actor::public().scope();
            assert!(page(&mut w, &public, 9).await.unwrap().is_empty());
            assert!(of(&mut w, &public, a).await.unwrap().is_empty());
            w.commit().await.unwrap();
        })
        .await;
    }
}
