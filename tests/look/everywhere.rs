//! Every page that everybody who works here comes to: where it names a person, that somebody looked is
//! kept before it is shown.

use std::collections::BTreeSet;

use model::access::{Actor, Role};
use web::guard::ROUTES;

use crate::{
    probe::{
        people,
        walk::{Walk, template},
    },
    world::{Answer, World},
};

/// Names, numbers and telephones of everybody who is registered.
async fn identities(world: &World) -> BTreeSet<String> {
    let all = Actor::program("story").scope();
    let mut words = BTreeSet::new();
    let mut r = world.app.db().read().await.unwrap();
    let registered = store::jobseeker::page(&mut r, &all, None, 1_000).await.unwrap().items;
    for one in registered {
        let sealed = store::jobseeker::identity(&mut r, &all, one.id).await.unwrap();
        let who = app::jobseeker::unseal(&world.app, one.id, &sealed).await.unwrap();
        words.extend([who.name, who.number, who.phone]);
    }
    words.retain(|word| word.chars().count() > 2);
    words
}

async fn looks(world: &World) -> i64 {
    let mut r = world.app.db().read().await.unwrap();
    let later = world.app.now() + chrono::TimeDelta::days(1);
    store::look::count(&mut r, later).await.unwrap()
}

#[tokio::test]
async fn no_page_names_a_person_to_anybody_else_without_a_line() {
    let world = World::alone().await;
    let mut walk = Walk::new(&world, people(&world).await);
    for who in 0..walk.people.len() {
        walk.look(who, 3).await;
    }
    let words = identities(&world).await;
    assert!(words.len() > 3, "{words:?}");
    let names = |answer: &Answer| {
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        words.iter().find(|word| text.contains(word.as_str())).cloned()
    };
    let plain = ROUTES.iter().filter(|(method, path, _)| *method == "GET" && !path.contains('{'));
    let mut addresses: BTreeSet<String> = plain.map(|(_, path, _)| (*path).to_owned()).collect();
    addresses.extend(walk.places.values().flatten().cloned());
    let (mut naming, mut asked, mut faults) = (BTreeSet::new(), 0, vec![]);
    for who in 0..walk.people.len() {
        // nobody leaves a line about themselves, and the public comes to nobody
        let role = walk.people[who].0;
        if matches!(role, Role::Public | Role::Jobseeker) {
            continue;
        }
        for address in &addresses {
            let before = looks(&world).await;
            let answer = walk.asks(who).get(address).await;
            asked += 1;
            let Some(found) = names(&answer) else { continue };
            naming.insert(format!("GET {}", template(address, "GET")));
            if looks(&world).await == before {
                faults.push(format!("GET {address} names {found} to {role}"));
            }
        }
    }
    for (_, _, form) in walk.forms.clone().values() {
        if !form.action.ends_with("/open") {
            continue;
        }
        for who in 0..walk.people.len() {
            let before = looks(&world).await;
            let answer = walk.asks(who).form(&form.action, &[]).await;
            asked += 1;
            if names(&answer).is_some() {
                naming.insert(format!("POST {}", template(&form.action, "POST")));
                assert!(looks(&world).await > before, "{}", form.action);
            }
        }
    }
    println!("{asked} pages; naming somebody: {naming:?}");
    assert!(naming.len() >= 5, "{naming:?}");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
