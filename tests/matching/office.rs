//! Stories of what an office sees of matching in memory: its own people, and a vacancy once.

use app::{
    deed,
    matching::{candidates, engine, unmatched::ways},
};
use model::{
    access::{Actor, Role},
    intake::Noun,
};
use store::Note;

use super::{PEOPLE, POSTS, for_person, import, many, people};
use crate::world::{World, both};

async fn busy(world: &World) {
    let (posts, jobseekers) = many();
    import(world, Noun::Vacancies, "many.csv", &posts).await;
    import(world, Noun::Jobseekers, "people.csv", &jobseekers).await;
}

#[tokio::test]
async fn an_office_sees_the_same_of_its_own_people_from_memory_as_from_the_rows() {
    both(async |world| {
        let network = world.network().await;
        busy(world).await;
        let mut offices = vec![];
        for office in [network.province, network.gangu, network.qinzhou, network.station] {
            let clerk = world.staff(Role::Caseworker, office).await;
            offices.push(world.actor(&clerk).await);
        }
        let person = people(world).await[0];
        let posts: Vec<_> = for_person(world, person, 20).await.items;
        let mut before = vec![];
        for office in &offices {
            for post in &posts {
                let found = candidates(&world.app, office, post.what.vacancy.id, 5).await.unwrap();
                before.push(format!("{found:?}"));
            }
        }
        assert!(before.iter().any(|list| *list != before[0]));
        engine::catch_up(&world.app).await.unwrap();
        let into = world.actor(&world.staff(Role::OfficeAdministrator, network.city).await).await;
        app::organisation::merge(&world.app, &into, network.gangu, network.qinzhou).await.unwrap();
        engine::catch_up(&world.app).await.unwrap();
        let mut lists = before.iter();
        for (n, office) in offices.iter().enumerate() {
            for post in &posts {
                let list = lists.next().unwrap();
                let found = candidates(&world.app, office, post.what.vacancy.id, 5).await.unwrap();
                // what was the county's is another's since
                let as_before = format!("{found:?}") == *list;
                assert!(as_before || n == 1 || n == 2, "{found:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_would_open_more_posts_is_the_same_from_memory_as_from_the_rows() {
    both(async |world| {
        busy(world).await;
        let office = Actor::office("test");
        let mut before = vec![];
        for person in people(world).await {
            before.push(format!("{:?}", ways(&world.app, &office, person).await.unwrap()));
        }
        engine::catch_up(&world.app).await.unwrap();
        for (person, before) in people(world).await.into_iter().zip(before) {
            let after = ways(&world.app, &office, person).await.unwrap();
            assert_eq!(format!("{after:?}"), before);
            assert!(after.gaps.posts > 0);
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_vacancy_from_two_sources_stands_once_in_a_list() {
    both(async |world| {
        import(world, Noun::Vacancies, "岗位.csv", POSTS).await;
        import(world, Noun::Jobseekers, "人员.csv", PEOPLE).await;
        let welder = people(world).await[0];
        let list = async || {
            let items = for_person(world, welder, 20).await.items;
            items.into_iter().map(|one| one.what.vacancy).collect::<Vec<_>>()
        };
        let before = list().await;
        let mut copy = before[0].clone();
        copy.id = world.app.id();
        copy.source.name = "zhilian".into();
        deed!(&world.app, &Actor::office("test"), "vacancy.import", |w| {
            store::vacancy::add(w, std::slice::from_ref(&copy)).await?;
            let (subject, region) = (copy.id.uuid(), String::new());
            w.note(Note { noun: "vacancy", subject, region, change: serde_json::json!({}) });
            Ok(())
        })
        .unwrap();
        let rows = list().await;
        engine::catch_up(&world.app).await.unwrap();
        let memory = list().await;
        for now in [rows, memory] {
            let ids: Vec<_> = now.iter().map(|vacancy| vacancy.id).collect();
            assert_eq!(ids.len(), before.len());
            assert!(ids.contains(&copy.id) != ids.contains(&before[0].id));
        }
    })
    .await;
}
