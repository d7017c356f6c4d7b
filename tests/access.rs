//! Every route with every role, and the ids of others on every route: the table of routes is walked
//! as the browser would.

mod tenant;

use std::fmt::Write as _;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use model::access::{Actor, Role};
use web::guard::ROUTES;

use crate::{
    probe::walk::guards,
    world::{Answer, Asking, World, people::Network},
};

const FORM: &str = "application/x-www-form-urlencoded";

/// Roles that somebody can sign in as.
const SIGNED: &[Role] = &[
    Role::Jobseeker,
    Role::Poster,
    Role::Recruiter,
    Role::Owner,
    Role::Clerk,
    Role::Caseworker,
    Role::FairOrganiser,
    Role::ExportCoordinator,
    Role::Manager,
    Role::Inspector,
    Role::OfficeAdministrator,
    Role::SystemAdministrator,
    Role::Integrator,
];

/// What the browser or the program of one of each role says of itself: a header and its value.
async fn one_of_each(
    world: &World,
    network: &Network,
) -> BTreeMap<&'static str, (&'static str, String)> {
    let (employer, _) = world.firm("甲公司", "620502").await;
    let mut all = BTreeMap::new();
    for role in SIGNED {
        if *role == Role::Integrator {
            let token = tenant::integrator(world, network.qinzhou).await;
            all.insert(role.code(), ("authorization", format!("Bearer {token}")));
            continue;
        }
        let member = if *role == Role::Jobseeker {
            let id = world.registered_in("620502100").await;
            world.jobseeker(id).await
        } else if *role == Role::SystemAdministrator {
            world.member(*role, app::account::Seat::default()).await
        } else if role.is_employers() {
            world.firms(*role, employer).await
        } else {
            world.staff(*role, network.qinzhou).await
        };
        all.insert(role.code(), ("cookie", member.cookie));
    }
    all
}

/// A path with something that is nobody's in the place of every parameter.
fn filled(path: &str, id: &str) -> String {
    let part = |part: &str| match part {
        "{version}" => "1".to_owned(),
        "{*name}" => "none.css".to_owned(),
        "{noun}" => "skills".to_owned(),
        "{code}" | "{file}" => "none".to_owned(),
        part if part.starts_with('{') => id.to_owned(),
        part => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

async fn take(asking: Asking<'_>, method: &str, path: &str) -> Answer {
    match method {
        "GET" => asking.get(path).await,
        _ => asking.post(path, FORM, "").await,
    }
}

/// Was it let in? What the route made of an empty form does not matter here.
fn let_in(answer: &Answer) -> bool {
    !matches!(answer.status.as_u16(), 401 | 403)
}

#[tokio::test]
async fn every_role_is_let_in_where_the_table_says_and_nowhere_else() {
    let world = World::alone().await;
    let network = world.network().await;
    let members = one_of_each(&world, &network).await;
    let nobody = world.app.id::<()>().to_string();
    let mut walked = 0;
    for (method, path, row) in ROUTES {
        // what ends a sign-in is walked in stories of its own
        if *row == "account.leave" || *path == "/sign-out" || *row == "account.switch" {
            continue;
        }
        let at = filled(path, &nobody);
        let public = take(world.stranger(), method, &at).await;
        let expected = Actor::public().may(row).is_ok();
        assert_eq!(let_in(&public), expected, "{method} {path}: the public {}", public.status);
        assert_eq!(guards(&public, false), Vec::<String>::new(), "{method} {path}: the public");
        for role in SIGNED {
            let (name, value) = &members[role.code()];
            let asking = world.stranger().with(name, value);
            let answer = take(asking, method, &at).await;
            let may = acting(*role).may(row).is_ok();
            assert_eq!(let_in(&answer), may, "{method} {path}: {role} {}", answer.status);
            let faults = guards(&answer, !path.starts_with("/static/"));
            assert!(faults.is_empty(), "{method} {path}: {role} {faults:?}");
            // 503: nothing follows the log in this world
            assert_ne!(answer.status.as_u16(), 500, "{method} {path}: {role}");
            walked += 1;
        }
    }
    println!("{walked} pairs of route and role, {} routes", ROUTES.len());
}

/// An actor of a role, for asking the table.
fn acting(role: Role) -> Actor {
    let (account, membership) =
        (model::Id::new(uuid::Uuid::nil()), model::Id::new(uuid::Uuid::nil()));
    let place = model::access::Place::Nowhere;
    let member = model::access::Member { account, membership, role, place };
    if role == Role::Integrator {
        return Actor::token("all", member, model::access::Grant::ALL.to_vec());
    }
    Actor::member(member)
}

/// Every route that a source declares, with its methods.
fn declared() -> BTreeSet<(String, String)> {
    let mut folders =
        vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/web/src"))];
    let mut all = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let source = std::fs::read_to_string(entry.path()).unwrap();
                all.extend(source.split(".route(").skip(1).flat_map(methods));
            }
        }
    }
    all
}

/// The path and the methods of what follows `.route(`.
fn methods(call: &str) -> Vec<(String, String)> {
    let Some((path, rest)) = call.trim_start().strip_prefix('"').and_then(|c| c.split_once('"'))
    else {
        return vec![];
    };
    let handlers = rest.split([';', '}']).next().unwrap();
    let signs = [("get(", "GET"), ("post(", "POST")];
    let found = signs.iter().filter(|(sign, _)| handlers.contains(sign));
    found.map(|(_, method)| ((*method).to_owned(), path.to_owned())).collect()
}

#[test]
fn every_route_of_the_sources_and_of_the_document_is_decided() {
    let decided: BTreeSet<(String, String)> =
        ROUTES.iter().map(|(method, path, _)| ((*method).into(), (*path).into())).collect();
    assert_eq!(decided.len(), ROUTES.len(), "a route stands twice");
    let document: serde_json::Value = serde_json::from_str(&web::api::openapi()).unwrap();
    let mut there = declared();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            there.insert((method.to_uppercase(), path.clone()));
        }
    }
    let missing: Vec<_> = there.difference(&decided).collect();
    assert!(missing.is_empty(), "in no row of web/guard/route.rs: {missing:?}");
    let gone: Vec<_> = decided.difference(&there).collect();
    assert!(gone.is_empty(), "decided and not there: {gone:?}");
    let rows: BTreeSet<&str> = model::access::names().map(|(name, _)| name).collect();
    assert!(ROUTES.iter().all(|(_, _, row)| rows.contains(row)));
}

/// The table as it stands, to be looked at when it changes: `tests/access/table.txt`.
#[test]
fn the_table_is_the_one_that_was_looked_at() {
    let roles = Role::ALL.iter().filter(|role| SIGNED.contains(role));
    let roles: Vec<Role> = roles.copied().collect();
    let mut table = String::new();
    for (method, path, row) in ROUTES {
        let mut who: Vec<&str> = vec![];
        if Actor::public().may(row).is_ok() {
            who.push("everybody");
        } else {
            who.extend(roles.iter().filter(|r| acting(**r).may(row).is_ok()).map(|r| r.code()));
        }
        writeln!(table, "{method} {path}: {}", who.join(" ")).unwrap();
    }
    let kept = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/access/table.txt"));
    #[expect(clippy::disallowed_methods, reason = "how whoever changed the table writes it anew")]
    if std::env::var("WRITE_TABLE").is_ok() {
        std::fs::write(kept, &table).unwrap();
    }
    let looked_at = std::fs::read_to_string(kept).unwrap();
    assert_eq!(looked_at, table, "look at the difference; WRITE_TABLE=1 writes it anew");
}

#[tokio::test]
async fn the_ids_of_another_office_are_as_if_they_were_not() {
    crate::world::both(async |world| {
        let network = world.network().await;
        let here = world.registered_in("620502100").await;
        let there = world.registered_in("620523").await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let own = format!("/jobseekers/{here}");
        world.by(&clerk).get(&own).await.is(200);
        world.by(&clerk).post(&format!("{own}/open"), FORM, "").await.is(200);
        for (method, path, _) in ROUTES.iter().filter(|(_, path, _)| !path.starts_with("/sitemap"))
        {
            let at = filled(path, &there.to_string());
            if !at.contains(&there.to_string()) {
                continue;
            }
            let answer = take(world.by(&clerk), method, &at).await;
            let absent = matches!(answer.status.as_u16(), 403 | 404);
            // what cannot be read is refused before anybody is looked for
            let unread = matches!(answer.status.as_u16(), 400 | 415 | 422);
            assert!(absent || unread, "{method} {path}: {}", answer.status);
            assert!(!answer.text().contains("测试甲"), "{method} {path}");
        }
        let list = world.by(&clerk).get("/api/v1/jobseekers").await.is(200).json();
        assert_eq!(
            (list["total"].clone(), list["items"][0]["id"].clone()),
            (1.into(), here.to_string().into())
        );
        // the province sees both, the village below only its own
        let manager = world.staff(Role::Manager, network.province).await;
        assert_eq!(world.by(&manager).get("/api/v1/jobseekers").await.json()["total"], 2);
        let village = world.staff(Role::Clerk, network.village).await;
        assert_eq!(world.by(&village).get("/api/v1/jobseekers").await.json()["total"], 0);
    })
    .await;
}

#[tokio::test]
async fn another_employers_vacancy_and_another_offices_post_are_not_closed() {
    crate::world::both(async |world| {
        let network = world.network().await;
        let (mine, own) = world.firm("甲公司", "620502").await;
        let (_, other) = world.firm("乙公司", "620523").await;
        let owner = world.firms(Role::Owner, mine).await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        for member in [&owner, &clerk] {
            let close = format!("/vacancies/{other}/close");
            world.by(member).form(&close, &[("state", "filled")]).await.is(404);
            world.by(member).get(&format!("/vacancies/{other}")).await.is(200);
        }
        world
            .by(&owner)
            .form(&format!("/vacancies/{own}/close"), &[("state", "filled")])
            .await
            .is(303);
    })
    .await;
}

#[tokio::test]
async fn a_file_is_its_offices_own() {
    crate::world::both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let other = world.staff(Role::Clerk, network.gangu).await;
        let above = world.staff(Role::Clerk, network.city).await;
        let csv = "姓名,身份证号\n测试甲,11010519491231002X\n";
        let file = |member| {
            world.by(member).upload("/intakes", &[("noun", "jobseekers")], "a.csv", csv.as_bytes())
        };
        let sent = file(&clerk).await.is(303);
        let page = sent.location().split('?').next().unwrap().to_owned();
        world.by(&clerk).get(&page).await.is(200);
        world.by(&above).get(&page).await.is(200);
        for path in [page.clone(), format!("{page}/refused"), format!("{page}/columns")] {
            world.by(&other).get(&path).await.is(404);
        }
        world.by(&other).post(&format!("{page}/resume"), FORM, "").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn another_offices_accounts_and_offices_are_as_if_they_were_not() {
    crate::world::both(async |world| {
        let network = world.network().await;
        let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
        let clerk = world.staff(Role::Clerk, network.gangu).await;
        let account = format!("/accounts/{}", clerk.membership);
        world.by(&admin).get(&account).await.is(404);
        for (deed, fields) in [
            ("change", vec![("what", "close")]),
            ("appoint", vec![("role", "clerk")]),
            ("dismiss", vec![]),
        ] {
            world.by(&admin).form(&format!("{account}/{deed}"), &fields).await.is(404);
        }
        let office = format!("/organisations/{}", network.gangu);
        world.by(&admin).get(&office).await.is(404);
        let other = network.qinzhou.to_string();
        world.by(&admin).form(&format!("{office}/rename"), &[("name", "x")]).await.is(404);
        world.by(&admin).form(&format!("{office}/move"), &[("other", &other)]).await.is(404);
        world.by(&admin).form(&format!("{office}/merge"), &[("other", &other)]).await.is(404);
        world.by(&clerk).get("/account").await.is(200);
    })
    .await;
}
