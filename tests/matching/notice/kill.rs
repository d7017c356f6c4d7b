//! The program is killed while it tells people of new posts: each is told of each once, none is lost.

use std::{collections::BTreeMap, time::Duration};

use app::matching::engine;
use model::intake::Noun;
use store::matching::notice as rows;

use super::{accounts, import, new_posts, people};
use crate::world::{World, both, program::Serving};

/// By person and vacancy how often it stands in an inbox.
async fn told(world: &World) -> BTreeMap<(String, String), usize> {
    let mut r = world.app.db().read().await.unwrap();
    let mut all = BTreeMap::new();
    for person in people(world).await {
        let sql = "select vacancy_id from notice where jobseeker_id = $1 and kind = 'fits'";
        let found: Vec<(uuid::Uuid,)> = r.all(sql, store::vals![person]).await.unwrap();
        for (vacancy,) in found {
            *all.entry((person.to_string(), vacancy.to_string())).or_default() += 1;
        }
    }
    all
}

async fn waiting(world: &World) -> usize {
    rows::waiting(&mut world.app.db().read().await.unwrap(), 1_000).await.unwrap().len()
}

#[expect(clippy::disallowed_methods, reason = "the program that is killed lives by this clock")]
fn machine_time() -> String {
    chrono::Utc::now().to_rfc3339()
}

#[tokio::test]
async fn killed_while_it_tells_the_program_goes_on_and_tells_nobody_twice() {
    both(async |world| {
        world.at(&machine_time());
        accounts(world).await;
        import(world, Noun::Vacancies, "新.csv", &new_posts(10, 60)).await;
        engine::catch_up(&world.app).await.unwrap();
        let candidates = waiting(world).await;
        assert_eq!(candidates, 3, "the welder, three a day");
        let data = world.folder.path().join("data");
        let database = world.app.settings().database.clone();
        let database = database.unwrap_or_else(|| store::Db::url_in(&data));
        for pause in [0, 5, 20, 60, 150] {
            let serving = Serving::start(&data, &["--database", &database]);
            std::thread::sleep(Duration::from_millis(pause));
            drop(serving);
        }
        let serving = Serving::start(&data, &["--database", &database]);
        let mut looks = 0;
        while waiting(world).await > 0 {
            looks += 1;
            assert!(looks < 300, "{} wait still", waiting(world).await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        drop(serving);
        let all = told(world).await;
        assert_eq!(all.len(), candidates, "{all:?}");
        assert!(all.values().all(|times| *times == 1), "{all:?}");
    })
    .await;
}
