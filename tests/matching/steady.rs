//! A story of the structures in memory: what counts as related changes, and pages answer throughout.

use std::fmt::Write as _;

use app::matching::{engine, strict};
use model::intake::Noun;

use super::{PEOPLE, POSTS, for_person, import, people};
use crate::world::both;

#[tokio::test]
async fn pages_are_served_from_the_structures_until_others_stand_in_their_place() {
    both(async |world| {
        import(world, Noun::Vacancies, "岗位.csv", POSTS).await;
        let mut everybody = PEOPLE.lines().next().unwrap().to_owned();
        for n in 0..20 {
            write!(
                everybody,
                "\n张{n},,154000010{n:02},甘谷县,初中,厨师,4000,甘谷县,3年,炒菜,,,否,否"
            )
            .unwrap();
        }
        import(world, Noun::Jobseekers, "人员.csv", &everybody).await;
        let cook = people(world).await[0];
        engine::catch_up(&world.app).await.unwrap();
        let offer = for_person(world, cook, 1).await.items.remove(0).what.vacancy.offer;
        let all = strict(&world.app, &offer).await.unwrap().map(|strict| strict.all);
        assert_eq!(all, Some(20), "only the structures count people");

        let body = "related=%E8%B4%B4%E7%A0%96&verdict=forbid&reason=test";
        let form = "application/x-www-form-urlencoded";
        world.office().post("/relations/skill/tig_welding", form, body).await.is(303);
        let app = world.app.clone();
        let anew = tokio::spawn(async move { engine::catch_up(&app).await });
        let mut looks = 0;
        while !anew.is_finished() || looks == 0 {
            let now = strict(&world.app, &offer).await.unwrap().map(|strict| strict.all);
            assert_eq!(now, all, "after {looks} looks");
            tokio::task::yield_now().await;
            looks += 1;
        }
        anew.await.unwrap().unwrap();
        assert!(looks > 1, "it took no time");
        assert_eq!(for_person(world, cook, 1).await.items[0].what.vacancy.offer, offer);
    })
    .await;
}
