//! Who sits where: clerks in the offices, each with people of their own who come to them; employers
//! to whom letters were written; people with a record and a telephone. All sign in over HTTP, clerks
//! with the second factor too.

use std::{collections::HashSet, path::Path};

use app::{
    App,
    account::{New, Seat as Place},
};
use model::{
    Id,
    access::{Actor, Role},
    account::Membership,
    jobseeker::Jobseeker,
    vacancy::Vacancy,
};
use store::Db;

use super::{
    super::service::{Answer, Line},
    Options,
};
use crate::{Outcome, demo::network};

const PASSWORD: &str = "a counter of two hundred";
/// Who comes to one clerk while it is measured.
const VISITORS: usize = 12;
/// People with letters before it begins, and the posts that each is sent to.
const LETTERS: (usize, usize) = (500, 10);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Clerk,
    Employer,
    Person,
}

/// Somebody with a browser.
pub(super) struct Seat {
    pub(super) kind: Kind,
    login: String,
    /// Who comes to a clerk, by the numbers on their cards.
    pub(super) visitors: Vec<String>,
    pub(super) posts: Vec<Id<Vacancy>>,
    cookies: Vec<(String, String)>,
    secret: String,
}

/// Everybody who will sit there; letters have been written to the employers among them.
pub(super) async fn all(data: &Path, options: &Options) -> Outcome<Vec<Seat>> {
    let database = Some(Db::url_in(data));
    let app = App::open(app::Settings { database, ..app::Settings::in_folder(data) }).await?;
    network::make(&app).await?;
    let mut r = app.db().read().await?;
    let mut open = store::vacancy::all_after(&mut r, None, 4_000).await?;
    drop(r);
    open.retain(|one| one.is_open(app.today()));
    let mut seats = clerks(&app, options.clerks, &open).await?;
    let firms = firms(&open, options.employers);
    letters(&app, &firms).await?;
    for (n, post) in firms.iter().enumerate() {
        let place =
            Place { role: Some(Role::Owner), employer: Some(post.employer), ..Place::default() };
        let login = format!("owner{n}");
        account(&app, &login, place).await?;
        seats.push(Seat { posts: vec![post.id], ..Seat::new(Kind::Employer, login) });
    }
    let people = people(&app, options.online).await?;
    for (n, person) in people.iter().enumerate() {
        let login = format!("person{n}");
        registered(&app, &login, *person).await?;
        let posts = open.iter().skip(n * 7).take(200).map(|one| one.id).collect();
        seats.push(Seat { posts, ..Seat::new(Kind::Person, login) });
    }
    app.db().close().await;
    Ok(seats)
}

async fn account(app: &App, login: &str, seat: Place) -> Outcome<Vec<Membership>> {
    let (login, name, password) = (login.to_owned(), login.to_owned(), PASSWORD.to_owned());
    let new = New { login, name, password, due: false, seat };
    let id = app::account::create(app, &Actor::program("bench"), &new).await?;
    Ok(store::account::memberships_of(&mut app.db().read().await?, id).await?)
}

/// Clerks in the offices that look after anybody, in turns; nobody comes to two of them.
async fn clerks(app: &App, count: usize, open: &[Vacancy]) -> Outcome<Vec<Seat>> {
    let everywhere = Actor::program("bench").scope();
    let offices = store::organisation::tree(&mut app.db().read().await?, &everywhere, 100).await?;
    let mut waiting = Vec::new();
    for (n, office) in offices.iter().enumerate() {
        let login = format!("first{n}");
        let place =
            Place { role: Some(Role::Clerk), organisation: Some(office.id), ..Place::default() };
        let Some(seat) = account(app, &login, place).await?.pop() else { continue };
        let mut r = app.db().read().await?;
        let member = store::account::login::member(&mut r, &seat).await?;
        let scope = Actor::member(member).scope();
        let here = store::jobseeker::page(&mut r, &scope, None, 2 * VISITORS * count).await?.items;
        if here.len() >= VISITORS {
            waiting.push((office.id, here));
        }
    }
    if waiting.is_empty() {
        return Err("no office looks after anybody".into());
    }
    let (mut taken, mut seats) = (HashSet::new(), Vec::new());
    for (n, (office, here)) in (0..count).zip(waiting.iter().cycle()) {
        let login = format!("clerk{n}");
        let place =
            Place { role: Some(Role::Clerk), organisation: Some(*office), ..Place::default() };
        account(app, &login, place).await?;
        let mine: Vec<Id<Jobseeker>> =
            here.iter().map(|one| one.id).filter(|id| !taken.contains(id)).take(VISITORS).collect();
        taken.extend(mine.iter().copied());
        seats.push(Seat {
            visitors: cards(app, &mine).await?,
            posts: open.iter().skip(n).map(|one| one.id).collect(),
            ..Seat::new(Kind::Clerk, login)
        });
    }
    Ok(seats)
}

/// The numbers on people's cards.
async fn cards(app: &App, ids: &[Id<Jobseeker>]) -> Outcome<Vec<String>> {
    let everywhere = Actor::program("bench").scope();
    let mut cards = Vec::new();
    for id in ids {
        let sealed = {
            let mut r = app.db().read().await?;
            store::jobseeker::identity(&mut r, &everywhere, *id).await?
        };
        cards.push(app::jobseeker::unseal(app, *id, &sealed).await?.number);
    }
    cards.retain(|number| !number.is_empty());
    Ok(cards)
}

/// A post each of so many employers.
fn firms(open: &[Vacancy], count: usize) -> Vec<Vacancy> {
    let mut known = HashSet::new();
    open.iter().filter(|post| known.insert(post.employer)).take(count).cloned().collect()
}

/// The last who came in: nobody of them comes to a clerk.
async fn people(app: &App, count: usize) -> Outcome<Vec<Id<Jobseeker>>> {
    let everywhere = Actor::program("bench").scope();
    let mut r = app.db().read().await?;
    let all = store::jobseeker::page(&mut r, &everywhere, None, usize::MAX >> 1).await?.items;
    Ok(all.iter().rev().take(count).map(|one| one.id).collect())
}

/// Some thousand letters, so that lists and columns have something in them.
async fn letters(app: &App, firms: &[Vacancy]) -> Outcome<()> {
    let posts: Vec<_> = firms.iter().map(|post| post.id).collect();
    let people = people(app, LETTERS.0 * 2).await?;
    let actor = Actor::office("bench");
    for (n, person) in people.into_iter().rev().take(LETTERS.0).enumerate() {
        let some: Vec<_> =
            posts.iter().cycle().skip(n).take(LETTERS.1.min(posts.len())).copied().collect();
        if !some.is_empty() {
            app::application::letter::refer(app, &actor, person, &some).await?;
        }
    }
    Ok(())
}

/// An account with the record of somebody who is registered.
async fn registered(app: &App, login: &str, person: Id<Jobseeker>) -> Outcome<()> {
    let place = Place { role: Some(Role::Jobseeker), ..Place::default() };
    let Some(first) = account(app, login, place).await?.pop() else { return Ok(()) };
    let deed = store::Deed { name: "account.appoint", actor: "bench".into(), at: app.now() };
    let seat = Membership { id: app.id(), jobseeker_id: Some(person), ..first.clone() };
    let mut w = app.db().write(deed).await?;
    store::account::dismiss(&mut w, first.id).await?;
    store::account::appoint(&mut w, &seat).await?;
    w.commit().await?;
    Ok(())
}

impl Seat {
    fn new(kind: Kind, login: String) -> Self {
        let (visitors, posts, cookies, secret) = Default::default();
        Self { kind, login, visitors, posts, cookies, secret }
    }

    /// Asks as this browser; a form where there is one.
    pub(super) async fn ask(
        &mut self,
        address: &str,
        path: &str,
        form: Option<&str>,
    ) -> Outcome<Answer> {
        let pairs: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        // after a pause to read the service has closed the line of the page before
        let mut line = Line::signed(address, &pairs.join("; ")).await?;
        let answer = match form {
            Some(form) => line.send(path, form).await?,
            None => line.read(path).await?,
        };
        for (name, value) in &answer.cookies {
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.clone(), value.clone()));
        }
        Ok(answer)
    }

    /// In at the door: name and password, and for clerks the six digits, set up on the way.
    pub(super) async fn sign_in(&mut self, address: &str) -> Outcome<()> {
        let password = PASSWORD.replace(' ', "+");
        let form = format!("login={}&password={password}&next=%2F", self.login);
        let answer = self.ask(address, "/sign-in", Some(&form)).await?;
        if answer.status != 303 {
            return Err(format!("{} was not let in: {}", self.login, answer.status).into());
        }
        if !answer.location.starts_with("/sign-in/next") {
            return Ok(());
        }
        let page = self.ask(address, &answer.location, None).await?.text()?;
        between(&page, "name=\"secret\" value=\"", "\"")
            .unwrap_or_default()
            .clone_into(&mut self.secret);
        let now = u64::try_from(now().timestamp())?;
        let digits = app::account::second::digits(&self.secret, now)?;
        let form = format!("digits={digits}&secret={}&next=%2F", self.secret);
        match self.ask(address, "/sign-in/enrol", Some(&form)).await?.status {
            200 => Ok(()),
            status => Err(format!("{}: the second factor gave {status}", self.login).into()),
        }
    }
}

/// The clock that the service goes by, too.
#[expect(clippy::disallowed_methods, reason = "those who ask are outside of any app")]
pub(super) fn now() -> chrono::DateTime<chrono::Utc> {
    chrono::Utc::now()
}

/// What stands after `from` until `to`.
pub(super) fn between<'a>(page: &'a str, from: &str, to: &str) -> Option<&'a str> {
    page.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(found, _)| found)
}
