//! Jobseekers as rows. The sealed identity is read by one function only.

pub mod draft;
pub mod link;

use std::collections::HashSet;

use model::{
    Id, access::Scope, intake::file::Intake, jobseeker::Jobseeker, organisation::Organisation,
    page::Page,
};
use sqlx::AssertSqlSafe;

use crate::{
    Error, Reader, Result, Val, Writer,
    access::{people, people_parts, wide},
    session::listed,
    vals,
};

/// A jobseeker with the sealed part, on its way into the table.
pub struct Sealed {
    pub jobseeker: Jobseeker,
    /// Name, number and telephone, sealed by `app::secret`.
    pub identity: Vec<u8>,
    /// Keyed digest of the number, or empty.
    pub number_index: String,
    /// Keyed digest of the telephone, or empty.
    pub phone_index: String,
    /// Keyed digest of name and date of birth, or empty.
    pub name_index: String,
}

/// Everything but the sealed part.
const SEEN: &str = "id, source, source_key, fingerprint, born_on, place_text, region, longitude, \
    latitude, education, education_text, experience, wish, skills, history, seeking, visible, \
    created_at, updated_at, version";

/// Whoever was forgotten is not found any more.
const HERE: &str = " and forgotten_at is null";

pub async fn find(r: &mut Reader, scope: &Scope, id: Id<Jobseeker>) -> Result<Jobseeker> {
    let sql =
        format!("select {SEEN} from jobseeker where id = $1{HERE}{}", people(r.engine(), scope));
    r.one("jobseeker", AssertSqlSafe(sql), vals![id]).await
}

/// Those of the ids that exist, in no order.
pub async fn of_ids(
    r: &mut Reader,
    scope: &Scope,
    ids: &[Id<Jobseeker>],
) -> Result<Vec<Jobseeker>> {
    let (list, args) = listed(ids);
    let sql = format!(
        "select {SEEN} from jobseeker where id in {list}{HERE}{}",
        people(r.engine(), scope)
    );
    r.all(AssertSqlSafe(sql), args).await
}

/// All in the order of their ids, from after `after`, `limit` at a time.
pub async fn page(
    r: &mut Reader,
    scope: &Scope,
    after: Option<Id<Jobseeker>>,
    limit: usize,
) -> Result<Page<Jobseeker>> {
    let people = people(r.engine(), scope);
    // SQLite would gather all of an office first
    let by = if wide(scope) { r.engine().pick(" indexed by jobseeker_walk", "") } else { "" };
    let sql = format!(
        "select {SEEN} from jobseeker{by} where id > $1{HERE}{people} order by id limit $2"
    );
    let from = after.unwrap_or(Id::new(uuid::Uuid::nil()));
    let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut items: Vec<Jobseeker> = r.all(AssertSqlSafe(sql), vals![from, rows]).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|j| j.id.to_string());
    Ok(Page { items, next })
}

/// How many are registered.
pub async fn count(r: &mut Reader, scope: &Scope) -> Result<i64> {
    let parts = people_parts(r.engine(), scope).into_iter();
    let parts =
        parts.map(|part| format!("(select count(*) from jobseeker where 1 = 1{HERE}{part})"));
    let sql = format!("select {}", parts.collect::<Vec<_>>().join(" + "));
    let (n,) = r.one("jobseeker", AssertSqlSafe(sql), vals![]).await?;
    Ok(n)
}

/// The sealed part of one person. Whoever opens it does the deed `jobseeker.open`.
pub async fn identity(r: &mut Reader, scope: &Scope, id: Id<Jobseeker>) -> Result<Vec<u8>> {
    let sql =
        format!("select identity from jobseeker where id = $1{HERE}{}", people(r.engine(), scope));
    let (sealed,) = r.one("jobseeker", AssertSqlSafe(sql), vals![id]).await?;
    Ok(sealed)
}

/// The sealed parts of people whose rows are about to be changed, for carrying over what stays.
pub async fn identities(
    r: &mut Reader,
    ids: &[Id<Jobseeker>],
) -> Result<Vec<(Id<Jobseeker>, Vec<u8>)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (list, args) = listed(ids);
    r.all(AssertSqlSafe(format!("select id, identity from jobseeker where id in {list}")), args)
        .await
}

/// Those of the rows' keys that are there already.
pub async fn of_source(r: &mut Reader, source: &str, keys: &[&str]) -> Result<Vec<Jobseeker>> {
    let (list, mut args) = listed(keys);
    args.push(source.into());
    let n = args.len();
    let sql = format!("select {SEEN} from jobseeker where source_key in {list} and source = ${n}");
    r.all(AssertSqlSafe(sql), args).await
}

/// The digests by which somebody may be known: any of them, empty ones count for nothing.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    pub number: String,
    pub phone: String,
    pub name: String,
}

/// The people of a scope who may be whom these digests mean, the newest first, at most ten.
pub async fn of_marks(r: &mut Reader, scope: &Scope, marks: &Marks) -> Result<Vec<Jobseeker>> {
    let sql = format!(
        "select {SEEN} from jobseeker where ((number_index = $1 and number_index <> '') \
         or (phone_index = $2 and phone_index <> '') or (name_index = $3 and name_index <> '')){} \
         order by id desc limit 10",
        people(r.engine(), scope)
    );
    r.all(AssertSqlSafe(sql), vals![&marks.number, &marks.phone, &marks.name]).await
}

/// Those of the ids that lie within a scope.
pub async fn within(
    r: &mut Reader,
    scope: &Scope,
    ids: &[Id<Jobseeker>],
) -> Result<HashSet<Id<Jobseeker>>> {
    let (list, args) = listed(ids);
    let sql = format!("select id from jobseeker where id in {list}{}", people(r.engine(), scope));
    let found: Vec<(Id<Jobseeker>,)> = r.all(AssertSqlSafe(sql), args).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// The office that somebody belongs to; `None`: to none yet.
pub async fn office(r: &mut Reader, id: Id<Jobseeker>) -> Result<Option<Id<Organisation>>> {
    let sql = "select office_id from jobseeker where id = $1";
    let (office,) = r.one("jobseeker", sql, vals![id]).await?;
    Ok(office)
}

/// The record, not yet anybody's account, that has both this number and this telephone: whoever knows
/// the one and holds the other is this person.
pub async fn of_both(r: &mut Reader, number: &str, phone: &str) -> Result<Option<Id<Jobseeker>>> {
    let sql = "select id from jobseeker where number_index = $1 and number_index <> '' \
               and phone_index = $2 and phone_index <> '' and not exists \
               (select 1 from membership m where m.jobseeker_id = jobseeker.id \
               and m.valid_to is null) order by id limit 1";
    let row: Option<(Id<Jobseeker>,)> = r.opt(sql, vals![number, phone]).await?;
    Ok(row.map(|(id,)| id))
}

const HEAD: &str = "insert into jobseeker (id, source, source_key, fingerprint, identity, \
    number_index, phone_index, born_on, place_text, region, longitude, latitude, education, \
    education_text, experience, wish, skills, history, seeking, created_at, updated_at, version, \
    name_index, visible)";

fn row(s: &Sealed) -> Vec<Val> {
    let Sealed { jobseeker: j, identity, number_index, phone_index, name_index } = s;
    let p = &j.profile;
    vals![
        j.id,
        &j.source.name,
        &j.source.key,
        &j.source.fingerprint,
        identity,
        number_index,
        phone_index,
        p.born_on,
        &p.place.text,
        &p.place.region,
        p.place.longitude,
        p.place.latitude,
        p.education.map(model::education::Education::code),
        &p.education_text,
        p.experience,
        Val::json(&p.wish),
        Val::json(&p.skills),
        &p.history,
        j.seeking,
        j.created_at,
        j.updated_at,
        j.version,
        name_index,
        j.visible,
    ]
}

/// Adds people. [`Error::Duplicate`] if one of the sources' keys is there already.
pub async fn add(w: &mut Writer, people: &[Sealed]) -> Result<()> {
    w.insert_many(HEAD, "", people.iter().map(row)).await.map(drop)
}

/// These people belong to the office whose file they came in.
pub async fn come_in(w: &mut Writer, ids: &[Id<Jobseeker>], intake: Id<Intake>) -> Result<()> {
    let sql = "select office_id from intake where id = $1 and office_id is not null";
    let office: Option<(Id<Organisation>,)> = w.opt(sql, vals![intake]).await?;
    let Some((office,)) = office else { return Ok(()) };
    for ids in ids.chunks(500) {
        assign(w, ids, office).await?;
    }
    Ok(())
}

/// These people belong to an office, until they are assigned to another.
pub async fn assign(w: &mut Writer, ids: &[Id<Jobseeker>], office: Id<Organisation>) -> Result<()> {
    let (list, mut args) = listed(ids);
    args.push(office.into());
    let sql = format!("update jobseeker set office_id = ${} where id in {list}", args.len());
    w.exec(AssertSqlSafe(sql), args).await.map(drop)
}

/// Replaces the row whose version is one less; [`Error::Stale`] if it moved on.
pub async fn save(w: &mut Writer, s: &Sealed) -> Result<()> {
    let sql = "update jobseeker set source = $2, source_key = $3, fingerprint = $4, identity = $5, \
        number_index = $6, phone_index = $7, born_on = $8, place_text = $9, region = $10, \
        longitude = $11, latitude = $12, education = $13, education_text = $14, experience = $15, \
        wish = $16, skills = $17, history = $18, seeking = $19, created_at = $20, updated_at = $21, \
        version = $22, name_index = $23, visible = $24 where id = $1 and version = $22 - 1";
    match w.exec(sql, row(s)).await? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use chrono::NaiveDate;
    use model::{
        access::Actor,
        education::Education,
        jobseeker::{Profile, Wish},
        vacancy::Source,
    };
    use uuid::Uuid;

    use super::*;
    use crate::both::{both, deed};

    pub(crate) fn person(n: u128) -> Sealed {
        let at = deed("x").at;
        let jobseeker = Jobseeker {
            id: Id::new(Uuid::from_u128(n)),
            source: Source { name: "village".into(), key: n.to_string(), ..Source::default() },
            profile: Profile {
                born_on: NaiveDate::from_ymd_opt(1990, 2, 3),
                education: Some(Education::College),
                experience: Some(30),
                wish: Wish { anywhere: true, pay_from: Some(450_000), ..Wish::default() },
                skills: vec!["arc_welding".into()],
                ..Profile::default()
            },
            seeking: true,
            visible: true,
            created_at: at,
            updated_at: at,
            version: 1,
        };
        let identity = vec![1, 2, 3];
        let (phone_index, name_index) = Default::default();
        Sealed { jobseeker, identity, number_index: "n".into(), phone_index, name_index }
    }

    #[tokio::test]
    async fn a_person_comes_back_as_it_went_in_and_only_inside_the_scope() {
        both(async |db| {
            let mut w = db.write(deed("jobseeker.import")).await.unwrap();
            add(&mut w, &(1..=30).map(person).collect::<Vec<_>>()).await.unwrap();
            w.commit().await.unwrap();
            let mut r = db.read().await.unwrap();
            let (office, public) = (Actor::office("window").scope(), Actor::public().scope());
            let id = person(30).jobseeker.id;
            assert_eq!(find(&mut r, &office, id).await.unwrap(), person(30).jobseeker);
            assert_eq!(identity(&mut r, &office, id).await.unwrap(), [1, 2, 3]);
            assert_eq!(count(&mut r, &office).await.unwrap(), 30);
            assert!(matches!(find(&mut r, &public, id).await, Err(Error::Absent(_))));
            assert!(matches!(identity(&mut r, &public, id).await, Err(Error::Absent(_))));
            assert_eq!(count(&mut r, &public).await.unwrap(), 0);
            assert!(page(&mut r, &public, None, 10).await.unwrap().items.is_empty());
            assert_eq!(page(&mut r, &office, None, 30).await.unwrap().next, None);
        })
        .await;
    }
}
