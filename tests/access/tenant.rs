//! Everything that the people of one office, one employer and one person come to, asked for by those
//! of another: every address with an id, every form, every operation, for reading and for writing.

use std::collections::{BTreeMap, BTreeSet};

use app::account::Seat;
use model::access::{Actor, Grant, Role};
use serde_json::Value;
use web::guard::ROUTES;

use super::acting;
use crate::{
    probe::{
        json::operations,
        people,
        walk::{Walk, names_something, template},
    },
    world::{Answer, Asking, World, people::Member},
};

/// Routes where the id is of something that everybody sees, and what comes is one's own: a vacancy's
/// candidates among one's own people, one's own fit, one's own application.
const OPEN: [(&str, &str); 9] = [
    ("GET", "/me/looks"),
    ("GET", "/organisations/new"),
    ("POST", "/notices/read"),
    ("GET", "/vacancies/{id}/candidates"),
    ("GET", "/api/v1/vacancies/{id}/candidates"),
    ("GET", "/me/matches/{vacancy}"),
    ("POST", "/vacancies/{id}/applications"),
    ("GET", "/vacancies/new"),
    ("POST", "/relations/{noun}/{code}"),
];

/// Words that an operation takes where only some are taken: of which noun's, the field, the word.
const WORDS: [((&str, &str), &str); 9] = [
    (("applications", "act"), "shortlist"),
    (("standing", "act"), "pause"),
    (("", "seen"), ""),
    (("", "decision"), "publish"),
    (("", "kind"), "employed"),
    (("", "contract"), "open_ended"),
    (("end", "reason"), "resigned"),
    (("standing", "cause"), ""),
    (("", "answer"), "agreed"),
];

/// Somebody of elsewhere.
struct Stranger {
    said: &'static str,
    role: Role,
    member: Option<Member>,
    token: String,
}

impl Stranger {
    fn asks<'w>(&self, world: &'w World) -> Asking<'w> {
        match &self.member {
            Some(member) => world.by(member),
            None if self.token.is_empty() => world.stranger(),
            None => world.stranger().with("authorization", &format!("Bearer {}", self.token)),
        }
    }

    fn may(&self, row: &str) -> bool {
        let actor = if self.role == Role::Public { Actor::public() } else { acting(self.role) };
        actor.may(row).is_ok()
    }
}

/// The same roles in the next county, at another employer, another person, a program of the next
/// county, and nobody.
async fn strangers(world: &World) -> Vec<Stranger> {
    let all = Actor::program("story").scope();
    let mut r = world.app.db().read().await.unwrap();
    let offices = store::organisation::tree(&mut r, &all, 50).await.unwrap();
    drop(r);
    let gangu = offices.iter().find(|office| office.name == "甘谷县中心").unwrap().id;
    let (employer, _) = world.firm("别家公司", "620523").await;
    let mut some = vec![];
    for role in Role::ALL {
        // an administrator of the system is nobody's stranger, and nobody signs in as an office
        let (said, member) = if *role == Role::Jobseeker {
            let other = world.registered_in("620523").await;
            ("another person", world.jobseeker(other).await)
        } else if role.is_employers() {
            ("another employer", world.firms(*role, employer).await)
        } else if role.is_staff() && !matches!(role, Role::SystemAdministrator | Role::Office) {
            ("another office", world.staff(*role, gangu).await)
        } else {
            continue;
        };
        some.push(Stranger { said, role: *role, member: Some(member), token: String::new() });
    }
    let member = Some(world.member(Role::Jobseeker, Seat::default()).await);
    let (role, token) = (Role::Jobseeker, String::new());
    some.push(Stranger { said: "nobody yet", role, member, token });
    let token = integrator(world, gangu).await;
    some.push(Stranger { said: "another program", role: Role::Integrator, member: None, token });
    let (said, member, token) = ("anonymous", None, String::new());
    some.push(Stranger { said, role: Role::Public, member, token });
    some
}

/// A token with everything that one can open.
pub(super) async fn integrator(
    world: &World,
    office: model::Id<model::organisation::Organisation>,
) -> String {
    let admin = world.staff(Role::OfficeAdministrator, office).await;
    let all: Vec<(&str, &str)> = Grant::ALL.iter().map(|grant| ("grants", grant.code())).collect();
    let fields = [vec![("name", "elsewhere"), ("days", "30")], all].concat();
    let page = world.by(&admin).form("/tokens", &fields).await.is(200).text();
    let code = page.split("<code").nth(1).and_then(|rest| rest.split('>').nth(1)).unwrap();
    code.split('<').next().unwrap().trim().to_owned()
}

/// What was asked, by whom, and what must come of it.
#[derive(Default)]
struct Count {
    cells: usize,
    refused: BTreeMap<u16, usize>,
    routes: BTreeSet<String>,
    faults: Vec<String>,
}

impl Count {
    fn take(&mut self, what: &str, (who, row): (&Stranger, &str), answer: &Answer) {
        self.cells += 1;
        let status = answer.status.as_u16();
        *self.refused.entry(status).or_default() += 1;
        let right = if who.may(row) {
            // what cannot be read is refused before anybody is looked for; a deed within the route may be
            // for fewer than the route
            matches!(status, 403 | 404 | 422)
        } else {
            matches!(status, 401 | 403) || (who.role == Role::Public && status == 303)
        };
        if !right {
            let role = who.role.code();
            self.faults.push(format!("{what} by {} ({role}): {status}", who.said));
        }
    }
}

fn row(method: &str, route: &str) -> Option<&'static str> {
    let found = ROUTES.iter().find(|(m, path, _)| *m == method && *path == route)?;
    let open = OPEN.contains(&(method, route)) || Actor::public().may(found.2).is_ok();
    (!open).then_some(found.2)
}

#[tokio::test]
async fn what_is_of_others_is_as_if_it_were_not_on_every_route_for_every_role() {
    let world = World::alone().await;
    let mut walk = Walk::new(&world, people(&world).await);
    for _ in 0..2 {
        for who in 0..walk.people.len() {
            walk.look(who, 3).await;
        }
        walk.use_forms().await;
        world.work().await;
    }
    for who in 0..walk.people.len() {
        walk.look(who, 3).await;
    }
    let (strangers, mut count) = (strangers(&world).await, Count::default());
    read(&world, &walk, &strangers, &mut count).await;
    send(&world, &walk, &strangers, &mut count).await;
    tell(&world, &walk, &strangers, &mut count).await;
    let Count { cells, refused, routes, faults } = count;
    println!("{} routes with ids, {cells} cells; answers {refused:?}", routes.len());
    let named =
        ROUTES.iter().filter(|(method, path, _)| path.contains('{') && row(method, path).is_some());
    let missing: Vec<String> = named
        .map(|(method, path, _)| format!("{method} {path}"))
        .filter(|route| !routes.contains(route))
        .collect();
    println!("not come to: {missing:?}");
    // nearly everything that can be asked must have been, and found nothing
    let none = refused.get(&404).copied().unwrap_or_default();
    let unread = refused.get(&422).copied().unwrap_or_default();
    assert!(
        routes.len() > 70 && none > 10 * unread,
        "{none} found nothing, {unread} were not read"
    );
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// The last event: nobody who is refused leaves one.
async fn last(world: &World) -> i64 {
    store::event::last(&mut world.app.db().read().await.unwrap()).await.unwrap()
}

async fn read(world: &World, walk: &Walk<'_>, strangers: &[Stranger], count: &mut Count) {
    let document = ROUTES.iter().filter(|(method, path, _)| *method == "GET" && path.contains('{'));
    let mut places = walk.places.clone();
    for (_, path, _) in document {
        places.entry((*path).to_owned()).or_default().extend(walk.paths(path));
    }
    for (route, addresses) in places {
        let Some(row) = row("GET", &route) else { continue };
        for address in addresses.iter().filter(|address| names_something(address)) {
            count.routes.insert(format!("GET {route}"));
            for who in strangers {
                let answer = who.asks(world).get(address).await;
                count.take(&format!("GET {address}"), (who, row), &answer);
            }
        }
    }
}

async fn send(world: &World, walk: &Walk<'_>, strangers: &[Stranger], count: &mut Count) {
    for (_, _, form) in walk.forms.values() {
        let route = template(&form.action, "POST");
        let sent = form.usual(1);
        let inside = sent.iter().any(|(_, value)| names_something(value));
        let Some(row) = row("POST", &route) else { continue };
        if !names_something(&form.action) && !inside {
            continue;
        }
        count.routes.insert(format!("POST {route}"));
        let fields: Vec<(&str, &str)> =
            sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        for who in strangers {
            let before = last(world).await;
            let answer = if form.multipart {
                who.asks(world).upload(&form.action, &fields, "a.pdf", b"%PDF-1.7").await
            } else {
                who.asks(world).form(&form.action, &fields).await
            };
            let said: Vec<String> =
                fields.iter().map(|(name, value)| format!("{name}={value:.40}")).collect();
            let what = format!("POST {} {}", form.action, said.join("&"));
            count.take(&what, (who, row), &answer);
            if last(world).await != before {
                count.faults.push(format!("{what} by {} left an event", who.said));
            }
        }
    }
}

async fn tell(world: &World, walk: &Walk<'_>, strangers: &[Stranger], count: &mut Count) {
    let document: Value = serde_json::from_str(&web::api::openapi()).unwrap();
    for operation in operations(&document) {
        let Some(row) = row("POST", &operation.path) else { continue };
        let mut body = walk.body(&document, &operation, 1);
        for (name, word) in WORDS {
            let words = operation.path.split('/');
            let own = words.filter(|part| name.0.is_empty() || *part == name.0).count() > 0;
            if let Some(value) = body.get_mut(name.1).filter(|_| own) {
                *value = word.into();
            }
        }
        let body = body.to_string();
        for path in walk.paths(&operation.path).iter().filter(|path| names_something(path)) {
            count.routes.insert(format!("POST {}", operation.path));
            for who in strangers {
                let answer = who.asks(world).post(path, "application/json", body.clone()).await;
                count.take(&format!("POST {path} {body}"), (who, row), &answer);
            }
        }
    }
}
