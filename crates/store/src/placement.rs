//! Placements as rows.

use chrono::NaiveDate;
use model::{
    Id,
    access::Scope,
    application::Application,
    jobseeker::Jobseeker,
    page::Page,
    placement::{Contract, End, Placement},
};
use sqlx::AssertSqlSafe;

use crate::{Error, Reader, Result, Val, Writer, access::applications, vals};

pub async fn find(r: &mut Reader, scope: &Scope, id: Id<Placement>) -> Result<Placement> {
    let sql = format!("select * from placement where id = $1{}", applications(r.engine(), scope));
    r.one("placement", AssertSqlSafe(sql), vals![id]).await
}

/// Reads one in order to change it: a second deed on it waits until this one ends.
pub async fn lock(w: &mut Writer, scope: &Scope, id: Id<Placement>) -> Result<Placement> {
    let one: Option<Placement> = w.lock("select * from placement where id = $1", vals![id]).await?;
    one.ok_or(Error::Absent("placement"))?;
    find(w, scope, id).await
}

/// The one that comes from an application.
pub async fn of_application(
    r: &mut Reader,
    scope: &Scope,
    id: Id<Application>,
) -> Result<Option<Placement>> {
    let own = applications(r.engine(), scope);
    let sql = format!("select * from placement where application_id = $1{own}");
    r.opt(AssertSqlSafe(sql), vals![id]).await
}

/// A person's, the newest first.
pub async fn of_person(
    r: &mut Reader,
    scope: &Scope,
    person: Id<Jobseeker>,
    limit: i64,
) -> Result<Vec<Placement>> {
    let own = applications(r.engine(), scope);
    let sql =
        format!("select * from placement where jobseeker_id = $1{own} order by id desc limit $2");
    r.all(AssertSqlSafe(sql), vals![person, limit]).await
}

/// Which of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Something is to be registered, the earliest first.
    Due,
    /// And the day for it is past.
    Overdue(NaiveDate),
    /// Somebody works there.
    Open,
    Ended,
}

/// A page of a scope's.
pub async fn page(
    r: &mut Reader,
    scope: &Scope,
    which: Which,
    before: Option<Id<Placement>>,
    limit: usize,
) -> Result<Page<Placement>> {
    let own = applications(r.engine(), scope);
    let (what, order, mut args) = match which {
        Which::Due => ("state in ('hired', 'leaving')", "due_on, id", vals![]),
        Which::Overdue(day) => ("due_on < $3 and state <> 'ended'", "due_on, id", vals![day]),
        Which::Open => ("state in ('registered', 'leaving')", "id desc", vals![]),
        Which::Ended => ("state = 'ended'", "id desc", vals![]),
    };
    let sql =
        format!("select * from placement where id < $1 and {what}{own} order by {order} limit $2");
    let rows = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut all = vals![before.unwrap_or(Id::new(uuid::Uuid::max())), rows];
    all.append(&mut args);
    let mut items: Vec<Placement> = r.all(AssertSqlSafe(sql), all).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more && order == "id desc").map(|one| one.id.to_string());
    Ok(Page { items, next })
}

/// How many are to be registered, and how many of them too late on the day.
pub async fn count(r: &mut Reader, scope: &Scope, day: NaiveDate) -> Result<(i64, i64)> {
    let own = applications(r.engine(), scope);
    let sql = format!(
        "select cast(coalesce(sum(case when state in ('hired', 'leaving') then 1 else 0 end), 0) \
         as bigint), cast(coalesce(sum(case when due_on < $1 then 1 else 0 end), 0) as bigint) \
         from placement where due_on is not null and state <> 'ended'{own}"
    );
    r.one("placement", AssertSqlSafe(sql), vals![day]).await
}

const HEAD: &str = "insert into placement (id, jobseeker_id, application_id, vacancy_id, employer_id, \
    place_key, kind, employer_name, post, region, started_on, wage, contract, signed_on, until, \
    insured_on, channel, state, hired_on, due_on, registered_on, ended_on, end_reason, \
    end_registered_on, office_id, created_at, updated_at, version)";

/// The same place: the employer's record, or its folded name with the kind of work.
fn place_key(p: &Placement) -> String {
    let named = || format!("{} {}", p.work.kind.code(), model::cell::fold(&p.work.employer_name));
    p.employer.map_or_else(named, |id| id.to_string())
}

fn row(p: &Placement) -> Vec<Val> {
    let w = &p.work;
    vals![
        p.id,
        p.jobseeker,
        Val::Uuid(p.application.map(Id::uuid)),
        Val::Uuid(p.vacancy.map(Id::uuid)),
        Val::Uuid(p.employer.map(Id::uuid)),
        place_key(p),
        w.kind.code(),
        &w.employer_name,
        &w.post,
        &w.region,
        w.started_on,
        w.wage,
        w.contract.map(Contract::code),
        w.signed_on,
        w.until,
        w.insured_on,
        p.channel.code(),
        p.state.code(),
        p.hired_on,
        p.due_on,
        p.registered_on,
        p.ended_on,
        p.end_reason.map(End::code),
        p.end_registered_on,
        Val::Uuid(p.office.map(Id::uuid)),
        p.created_at,
        p.updated_at,
        p.version,
    ]
}

/// [`Error::Duplicate`] where the person works there already, or the application has one.
pub async fn add(w: &mut Writer, one: &Placement) -> Result<()> {
    w.insert_many(HEAD, "", [row(one)]).await.map(drop)
}

/// Replaces the row whose version is one less; [`Error::Stale`] if it moved on.
pub async fn save(w: &mut Writer, p: &Placement) -> Result<()> {
    let sql = "update placement set place_key = $2, kind = $3, employer_name = $4, post = $5, \
        region = $6, started_on = $7, wage = $8, contract = $9, signed_on = $10, until = $11, \
        insured_on = $12, state = $13, due_on = $14, registered_on = $15, ended_on = $16, \
        end_reason = $17, end_registered_on = $18, updated_at = $19, version = $20 \
        where id = $1 and version = $20 - 1";
    let work = &p.work;
    let args = vals![
        p.id,
        place_key(p),
        work.kind.code(),
        &work.employer_name,
        &work.post,
        &work.region,
        work.started_on,
        work.wage,
        work.contract.map(Contract::code),
        work.signed_on,
        work.until,
        work.insured_on,
        p.state.code(),
        p.due_on,
        p.registered_on,
        p.ended_on,
        p.end_reason.map(End::code),
        p.end_registered_on,
        p.updated_at,
        p.version
    ];
    match w.exec(sql, args).await? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use model::{
        access::Actor,
        placement::{Channel, Clock, Kind, Origin, Work},
    };
    use uuid::Uuid;

    use super::*;
    use crate::{
        Db,
        both::{both, deed},
        jobseeker::{self, tests::person},
    };

    fn clock() -> Clock {
        let at = deed("x").at;
        Clock { at, today: at.date_naive(), register: Some(30), end: Some(15) }
    }

    fn placement(n: u128, person: u128, name: &str) -> Placement {
        let origin = Origin {
            jobseeker: Id::new(Uuid::from_u128(person)),
            application: None,
            vacancy: None,
            employer: None,
            office: None,
            channel: Channel::Elsewhere,
        };
        let work = Work { kind: Kind::Flexible, employer_name: name.into(), ..Work::default() };
        Placement::hired(Id::new(Uuid::from_u128(n)), origin, work, clock())
    }

    async fn ready(db: &Db) {
        let mut w = db.write(deed("jobseeker.import")).await.unwrap();
        jobseeker::add(&mut w, &[person(1), person(2)]).await.unwrap();
        w.commit().await.unwrap();
    }

    #[tokio::test]
    async fn nobody_has_two_open_ones_at_the_same_place() {
        both(async |db| {
            ready(&db).await;
            let one = placement(1, 1, "甲 公司");
            let mut w = db.write(deed("placement.register")).await.unwrap();
            add(&mut w, &one).await.unwrap();
            add(&mut w, &placement(2, 1, "乙公司")).await.unwrap();
            add(&mut w, &placement(3, 2, "甲 公司")).await.unwrap();
            w.commit().await.unwrap();
            let mut w = db.write(deed("placement.register")).await.unwrap();
            let twice = add(&mut w, &placement(4, 1, "甲公司")).await;
            assert!(matches!(twice, Err(Error::Duplicate)), "{twice:?}");
            drop(w);
            let ended = one.end(clock().today, End::NotBegun, true, clock()).unwrap();
            let mut w = db.write(deed("placement.end")).await.unwrap();
            save(&mut w, &ended).await.unwrap();
            assert!(matches!(save(&mut w, &ended).await, Err(Error::Stale)));
            add(&mut w, &placement(4, 1, "甲公司")).await.unwrap();
            let office = Actor::office("window").scope();
            assert_eq!(find(&mut w, &office, one.id).await.unwrap(), ended);
            assert_eq!(of_person(&mut w, &office, one.jobseeker, 9).await.unwrap().len(), 3);
            let public = Actor::public().scope();
            assert!(matches!(find(&mut w, &public, one.id).await, Err(Error::Absent(_))));
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_due_is_a_list_the_earliest_first() {
        both(async |db| {
            ready(&db).await;
            let mut w = db.write(deed("placement.register")).await.unwrap();
            let later = Placement {
                due_on: clock().today.checked_add_days(chrono::Days::new(40)),
                ..placement(1, 1, "甲")
            };
            add(&mut w, &later).await.unwrap();
            add(&mut w, &placement(2, 2, "甲")).await.unwrap();
            let office = Actor::office("window").scope();
            let due = page(&mut w, &office, Which::Due, None, 9).await.unwrap().items;
            let order: Vec<_> = due.iter().map(|one| one.id.uuid().as_u128()).collect();
            assert_eq!(order, [2, 1]);
            let day = clock().today + chrono::Days::new(31);
            assert_eq!(count(&mut w, &office, day).await.unwrap(), (2, 1));
            let late = page(&mut w, &office, Which::Overdue(day), None, 9).await.unwrap().items;
            assert_eq!(late.len(), 1);
            assert!(page(&mut w, &office, Which::Open, None, 9).await.unwrap().items.is_empty());
        })
        .await;
    }
}
