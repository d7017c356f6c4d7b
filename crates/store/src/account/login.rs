//! Where people are signed in.

use chrono::{DateTime, Utc};
use model::{
    Id,
    access::{Member, Place, Role, Territory},
    account::{Account, Login, Membership, Step},
    employer::Employer,
    jobseeker::Jobseeker,
    organisation::Organisation,
};

use crate::{Reader, Result, Val, Writer, vals};

/// Somebody at the door with a cookie: where they are signed in, and as what.
#[derive(Clone, Debug)]
pub struct Here {
    pub login: Login,
    /// `None` while a step is missing, or the account is nothing any more.
    pub member: Option<Member>,
    pub second: bool,
}

#[derive(sqlx::FromRow)]
pub(super) struct Seat {
    pub(super) role: Option<Role>,
    pub(super) organisation_id: Option<Id<Organisation>>,
    pub(super) employer_id: Option<Id<Employer>>,
    pub(super) jobseeker_id: Option<Id<Jobseeker>>,
    pub(super) path: Option<String>,
    #[sqlx(json(nullable))]
    pub(super) ranges: Option<Vec<(String, String)>>,
    pub(super) parent: Option<Id<Organisation>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    login: Login,
    #[sqlx(flatten)]
    seat: Seat,
    second: bool,
}

impl Seat {
    pub(super) fn place(self) -> Place {
        let Self { organisation_id, employer_id, jobseeker_id, path, ranges, parent, .. } = self;
        match (organisation_id, employer_id, jobseeker_id) {
            (Some(office), ..) => Place::Office(Territory {
                office,
                path: path.unwrap_or_default(),
                ranges: ranges.unwrap_or_default(),
                root: parent.is_none(),
            }),
            (None, Some(employer), _) => Place::Employer(employer),
            (None, None, Some(person)) => Place::Person(person),
            (None, None, None) => Place::Nowhere,
        }
    }
}

/// Who holds the cookie with this digest. Whether it has run out is for the caller to judge.
pub async fn here(r: &mut Reader, digest: &str) -> Result<Option<Here>> {
    let sql = "select l.id, l.account_id, l.membership_id, l.step, l.device, l.started_at, \
               l.seen_at, l.ends_at, a.second is not null as second, m.role, m.organisation_id, \
               m.employer_id, m.jobseeker_id, o.path, o.ranges, o.parent \
               from login l join account a on a.id = l.account_id and a.state = 'open' \
               left join membership m on m.id = l.membership_id and m.valid_to is null \
               left join organisation o on o.id = m.organisation_id \
               where l.digest = $1";
    let row: Option<Row> = r.opt(sql, vals![digest]).await?;
    Ok(row.map(|Row { login, seat, second }| {
        let member = match (login.step, login.membership_id, seat.role) {
            (Step::Whole, Some(membership), Some(role)) => {
                let (account, place) = (login.account_id, seat.place());
                Some(Member { account, membership, role, place })
            }
            _ => None,
        };
        Here { login, member, second }
    }))
}

/// All of an account that have not ended, the newest first.
pub async fn of_account(r: &mut Reader, id: Id<Account>, now: DateTime<Utc>) -> Result<Vec<Login>> {
    let sql = "select id, account_id, membership_id, step, device, started_at, seen_at, ends_at \
               from login where account_id = $1 and ends_at > $2 order by seen_at desc, id";
    r.all(sql, vals![id, now]).await
}

pub async fn add(w: &mut Writer, one: &Login, digest: &str) -> Result<()> {
    let sql = "insert into login (id, digest, account_id, membership_id, step, device, started_at, \
               seen_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = vals![
        one.id,
        digest,
        one.account_id,
        Val::Uuid(one.membership_id.map(Id::uuid)),
        one.step.code(),
        &one.device,
        one.started_at,
        one.seen_at,
        one.ends_at
    ];
    w.exec(sql, args).await.map(drop)
}

/// Another cookie for the same place, one step further or as something else. False if it has gone.
pub async fn renew(w: &mut Writer, one: &Login, digest: &str) -> Result<bool> {
    let sql = "update login set digest = $2, membership_id = $3, step = $4, seen_at = $5, \
               ends_at = $6 where id = $1";
    let membership = Val::Uuid(one.membership_id.map(Id::uuid));
    let args = vals![one.id, digest, membership, one.step.code(), w.at(), one.ends_at];
    Ok(w.exec(sql, args).await? > 0)
}

/// Somebody was here just now.
pub async fn seen(w: &mut Writer, id: Id<Login>) -> Result<()> {
    let at = w.at();
    w.exec("update login set seen_at = $2 where id = $1", vals![id, at]).await.map(drop)
}

/// Ends one of an account; false if it is not its own.
pub async fn end(w: &mut Writer, account: Id<Account>, id: Id<Login>) -> Result<bool> {
    let sql = "delete from login where id = $1 and account_id = $2";
    Ok(w.exec(sql, vals![id, account]).await? > 0)
}

/// Ends all of an account but one.
pub async fn end_all(w: &mut Writer, account: Id<Account>, but: Option<Id<Login>>) -> Result<u64> {
    let sql = "delete from login where account_id = $1 and id <> $2";
    let but = but.unwrap_or(Id::new(uuid::Uuid::nil()));
    w.exec(sql, vals![account, but]).await
}

/// A membership with its place: for whoever signs in as it.
pub async fn member(r: &mut Reader, one: &Membership) -> Result<Member> {
    let sql = "select m.role, m.organisation_id, m.employer_id, m.jobseeker_id, o.path, o.ranges, \
               o.parent from membership m left join organisation o on o.id = m.organisation_id \
               where m.id = $1";
    let seat: Seat = r.one("account", sql, vals![one.id]).await?;
    let (account, membership, role) = (one.account_id, one.id, one.role);
    Ok(Member { account, membership, role, place: seat.place() })
}
