//! Stories of looks: whoever opens a person's record leaves a line that the person reads.

mod everywhere;

use model::{Id, access::Role, jobseeker::Jobseeker};
use web::guard::ROUTES;

use crate::world::{World, both, people::Member};

const FORM: &str = "application/x-www-form-urlencoded";

/// A registered person of 秦州 with an account of their own.
async fn herself(world: &World) -> (Id<Jobseeker>, Member) {
    let id = world.registered_in("620502").await;
    (id, world.herself(id).await)
}

async fn looks(world: &World, id: Id<Jobseeker>) -> Vec<String> {
    let office = model::access::Actor::office("test").scope();
    let mut r = world.app.db().read().await.unwrap();
    let found = store::look::of(&mut r, &office, id, None, 999).await.unwrap();
    let events = store::event::of_subject(&mut r, id.uuid(), 999).await.unwrap();
    let told = events.iter().filter(|event| event.noun == "look").count();
    assert_eq!(told, found.len(), "each look is an event");
    found.into_iter().map(|look| look.what.code().to_owned()).collect()
}

#[tokio::test]
async fn every_address_with_a_persons_id_leaves_a_line_when_staff_open_it() {
    both(async |world| {
        let network = world.network().await;
        let id = world.registered_in("620502").await;
        let (_, vacancy) = world.firm("甲公司", "620502").await;
        world.work().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let mut walked = 0;
        for (method, path, _) in ROUTES.iter().filter(|(_, path, _)| path.contains("/jobseekers/{"))
        {
            let at = path.replace("{id}", &id.to_string());
            let at = at.replace("{jobseeker}", &id.to_string());
            let at = at.replace("{vacancy}", &vacancy.to_string());
            let before = looks(world, id).await.len();
            let answer = match *method {
                "GET" => world.by(&clerk).get(&at).await,
                _ => continue,
            };
            if answer.status.is_success() {
                assert_eq!(looks(world, id).await.len(), before + 1, "{method} {at}");
                walked += 1;
            } else {
                assert_eq!(looks(world, id).await.len(), before, "{method} {at}");
            }
        }
        println!("{walked} addresses leave a line");
        assert!(walked >= 5);
        world.by(&clerk).post(&format!("/jobseekers/{id}/open"), FORM, "").await.is(200);
        assert_eq!(looks(world, id).await[0], "identity");
        // who is not let in sees nothing and leaves nothing
        let count = looks(world, id).await.len();
        let other = world.staff(Role::Clerk, network.gangu).await;
        world.by(&other).get(&format!("/jobseekers/{id}")).await.is(404);
        assert_eq!(looks(world, id).await.len(), count);
    })
    .await;
}

#[tokio::test]
async fn a_person_reads_who_looked_and_from_which_office() {
    both(async |world| {
        let network = world.network().await;
        let (id, own) = herself(world).await;
        let none = world.by(&own).get("/me/looks?lang=en").await.is(200).text();
        assert!(none.contains("Nobody has looked yet"), "{none}");
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        world.by(&clerk).get(&format!("/jobseekers/{id}")).await.is(200);
        world.by(&clerk).post(&format!("/jobseekers/{id}/open"), FORM, "").await.is(200);
        let list = world.by(&own).get("/me/looks?lang=en").await.is(200);
        assert_eq!(list.header("cache-control"), "no-store");
        let list = list.text();
        for word in ["某某 · Clerk", "秦州区中心", "Name, number, telephone", "Profile, without"]
        {
            assert!(list.contains(word), "{word}: {list}");
        }
        // her own page is no look; the office reads the same list, another office none
        assert_eq!(looks(world, id).await.len(), 2);
        let page = format!("/jobseekers/{id}/looks");
        let list = world.by(&clerk).get(&page).await.is(200).text();
        assert!(list.contains("姓名、证件号、电话"), "{list}");
        let other = world.staff(Role::Clerk, network.gangu).await;
        world.by(&other).get(&page).await.is(404);
        world.stranger().get("/me/looks").await.is(403);
    })
    .await;
}

#[tokio::test]
async fn looks_are_noted_one_by_one_with_the_reason_that_was_given() {
    both(async |world| {
        let network = world.network().await;
        let (id, own) = herself(world).await;
        let member = world.staff(Role::Caseworker, network.qinzhou).await;
        let actor = world.actor(&member).await;
        let (what, people) = (model::look::What::Contact, [id]);
        // the deed "look.note"
        app::look::note(&world.app, &actor, &people, what, "回访就业情况").await.unwrap();
        let list = world.by(&own).get("/me/looks").await.is(200).text();
        assert!(list.contains("回访就业情况") && list.contains("联系方式"), "{list}");
    })
    .await;
}
