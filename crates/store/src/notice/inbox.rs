//! Inboxes, and what of them is to leave the house.

use chrono::{DateTime, Utc};
use model::{
    Id,
    access::Scope,
    account::Account,
    alarm::Source,
    employer::Employer,
    jobseeker::Jobseeker,
    notice::{About, Kind, Notice, To},
    organisation::Organisation,
};
use sqlx::AssertSqlSafe;

use crate::{Reader, Result, Val, Writer, access::inbox, vals};

/// Puts one into an inbox, within the deed it tells of. Where somebody has to act, the sending task looks at it.
pub async fn add(
    w: &mut Writer,
    id: Id<Notice>,
    to: To,
    (kind, about, title): (Kind, About, &str),
) -> Result<()> {
    let (audience, jobseeker, employer, office) = match to {
        To::Person(id) => ("person", Some(id), None, None),
        To::Employer(id) => ("employer", None, Some(id), None),
        To::Office(office, person) => ("office", Some(person), None, office),
        To::Desk(office, employer) => ("office", None, Some(employer), office),
        To::Administrators(office) => ("administrator", None, None, office),
    };
    let (application, vacancy, source) = match about {
        About::Application(id) => (Some(id), None, None),
        About::Vacancy(id) => (None, Some(id), None),
        About::Source(source) => (None, None, Some(source)),
    };
    let sql = "insert into notice (id, audience, kind, application_id, jobseeker_id, employer_id, \
               office_id, title, made_at, leaves, vacancy_id, source) values ($1, $2, $3, $4, $5, $6, \
               coalesce($7, case when $2 = 'office' then \
               (select office_id from jobseeker where jobseeker.id = $5) end), $8, $9, $10, $11, \
               $12)";
    let at = w.at();
    let args = vals![
        id,
        audience,
        kind.code(),
        Val::Uuid(application.map(Id::uuid)),
        Val::Uuid(jobseeker.map(Id::uuid)),
        Val::Uuid(employer.map(Id::uuid)),
        Val::Uuid(office.map(Id::uuid)),
        title,
        at,
        kind.asks() && audience != "office",
        Val::Uuid(vacancy.map(Id::uuid)),
        Val::Text(source.map(|source| source.to_string()))
    ];
    w.exec(sql, args).await.map(drop)
}

/// Was somebody told of this source since a time?
pub async fn told(r: &mut Reader, source: Source, since: DateTime<Utc>) -> Result<bool> {
    let sql = "select id from notice where source = $1 and made_at > $2 limit 1";
    let found: Option<(Id<Notice>,)> = r.opt(sql, vals![source.to_string(), since]).await?;
    Ok(found.is_some())
}

/// Lets others who are about to tell of a source wait: one of several at once tells.
pub async fn hold(w: &mut Writer) -> Result<()> {
    let sql = "select id from organisation where parent is null and state = 'open'";
    let _top: Option<(Id<Organisation>,)> = w.lock(sql, vals![]).await?;
    Ok(())
}

/// Takes away the alarms from before a time; how many there were.
pub async fn forget_alarms(w: &mut Writer, before: DateTime<Utc>) -> Result<u64> {
    let sql = "delete from notice where source is not null and made_at < $1";
    w.exec(sql, vals![before]).await
}

/// How many of them there are.
pub async fn count_alarms(r: &mut Reader, before: DateTime<Utc>) -> Result<i64> {
    let sql = "select count(*) from notice where source is not null and made_at < $1";
    let (n,) = r.one("notice", sql, vals![before]).await?;
    Ok(n)
}

const SEEN: &str = "id, kind, application_id, vacancy_id, jobseeker_id, employer_id, office_id, source, title, \
     made_at, read_at";

/// The newest of a scope's inbox.
pub async fn of(
    r: &mut Reader,
    scope: &Scope,
    before: Option<Id<Notice>>,
    limit: i64,
) -> Result<Vec<Notice>> {
    let own = inbox(r.engine(), scope);
    let sql = format!("select {SEEN} from notice where id < $1{own} order by id desc limit $2");
    let top = before.unwrap_or(Id::new(uuid::Uuid::max()));
    r.all(AssertSqlSafe(sql), vals![top, limit]).await
}

/// How many of a scope's are unread.
pub async fn unread(r: &mut Reader, scope: &Scope) -> Result<i64> {
    let own = inbox(r.engine(), scope);
    let sql = format!("select count(*) from notice where read_at is null{own}");
    let (n,) = r.one("notice", AssertSqlSafe(sql), vals![]).await?;
    Ok(n)
}

/// Marks everything of a scope's up to one as read; how many that were.
pub async fn read(w: &mut Writer, scope: &Scope, upto: Id<Notice>) -> Result<u64> {
    let own = inbox(w.engine(), scope);
    let at = w.at();
    let sql = format!("update notice set read_at = $2 where id <= $1 and read_at is null{own}");
    w.exec(AssertSqlSafe(sql), vals![upto, at]).await
}

/// Those that may have to leave the house, the oldest first: for the sending task.
pub async fn leaving(r: &mut Reader, limit: i64) -> Result<Vec<Notice>> {
    let sql = format!("select {SEEN} from notice where leaves order by id limit $1");
    r.all(AssertSqlSafe(sql), vals![limit]).await
}

/// Takes one up; false if another has.
pub async fn take(w: &mut Writer, id: Id<Notice>) -> Result<bool> {
    Ok(w.exec("update notice set leaves = false where id = $1 and leaves", vals![id]).await? > 0)
}

/// An account whose owner reads an inbox, and what they want besides; `None`: never said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Reading {
    pub account_id: Id<Account>,
    pub sms: Option<bool>,
    pub mail: Option<bool>,
}

/// Those who read the inbox of a person or of an employer.
pub async fn readers(
    r: &mut Reader,
    (person, employer): (Option<Id<Jobseeker>>, Option<Id<Employer>>),
) -> Result<Vec<Reading>> {
    let sql = "select distinct m.account_id, p.sms, p.mail from membership m \
               left join notice_preference p on p.account_id = m.account_id \
               where m.valid_to is null and m.role <> 'poster' \
               and (m.jobseeker_id = $1 or m.employer_id = $2)";
    let args = vec![Val::Uuid(person.map(Id::uuid)), Val::Uuid(employer.map(Id::uuid))];
    r.all(sql, args).await
}

/// Those who administer an office, and those who look after the program.
pub async fn administrators(
    r: &mut Reader,
    office: Option<Id<Organisation>>,
) -> Result<Vec<Reading>> {
    let sql = "select distinct m.account_id, p.sms, p.mail from membership m \
               left join notice_preference p on p.account_id = m.account_id \
               where m.role in ('office_administrator', 'system_administrator') \
               and m.valid_to is null \
               and (m.role = 'system_administrator' or m.organisation_id = $1)";
    r.all(sql, vec![Val::Uuid(office.map(Id::uuid))]).await
}

/// Does the owner of the account want text messages, mails, and to hear of new posts? `None`: never
/// said.
pub async fn wants(r: &mut Reader, account: Id<Account>) -> Result<Option<(bool, bool, bool)>> {
    let sql = "select sms, mail, posts from notice_preference where account_id = $1";
    r.opt(sql, vals![account]).await
}

pub async fn prefer(
    w: &mut Writer,
    account: Id<Account>,
    (sms, mail, posts): (bool, bool, bool),
) -> Result<()> {
    let at: DateTime<Utc> = w.at();
    let sql = "insert into notice_preference (account_id, sms, mail, posts, changed_at) \
               values ($1, $2, $3, $4, $5) on conflict (account_id) do update set \
               sms = excluded.sms, mail = excluded.mail, posts = excluded.posts, \
               changed_at = excluded.changed_at";
    w.exec(sql, vals![account, sms, mail, posts, at]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use model::access::Actor;
    use uuid::Uuid;

    use super::*;
    use crate::{
        application::{self, tests::application},
        both::{both, deed},
    };

    #[tokio::test]
    async fn a_line_is_in_one_inbox_only_and_leaves_once() {
        both(async |db| {
            application::tests::ready(&db).await;
            let one = application(1, 1, 1);
            let mut w = db.write(deed("application.submit")).await.unwrap();
            application::add(&mut w, &one).await.unwrap();
            let line = |n: u128| Id::new(Uuid::from_u128(n));
            let to = [
                (To::Employer(one.employer), Kind::Applied),
                (To::Office(None, one.jobseeker), Kind::Escalated),
                (To::Person(one.jobseeker), Kind::Shortlisted),
            ];
            for (n, (to, kind)) in (1..).zip(to) {
                add(&mut w, line(n), to, (kind, About::Application(one.id), "电焊工"))
                    .await
                    .unwrap();
            }
            let (office, public) = (Actor::office("window").scope(), Actor::public().scope());
            let kinds: Vec<Kind> =
                of(&mut w, &office, None, 9).await.unwrap().iter().map(|n| n.kind).collect();
            assert_eq!(kinds, [Kind::Escalated]);
            assert!(of(&mut w, &public, None, 9).await.unwrap().is_empty());
            assert_eq!(unread(&mut w, &office).await.unwrap(), 1);
            assert_eq!(read(&mut w, &office, line(9)).await.unwrap(), 1);
            assert_eq!(unread(&mut w, &office).await.unwrap(), 0);
            // only what asks somebody outside to act leaves the house
            let leaving: Vec<_> = leaving(&mut w, 9).await.unwrap();
            assert_eq!(leaving.iter().map(|n| n.id).collect::<Vec<_>>(), [line(1)]);
            assert!(take(&mut w, line(1)).await.unwrap());
            assert!(!take(&mut w, line(1)).await.unwrap());
        })
        .await;
    }
}
