//! Stories of keeping: what is over goes by itself, what is held stays, and one sees before what will go.

use model::{
    access::{Actor, Role},
    consent::Purpose,
};

use crate::{
    alarm::{hidden, told},
    world::{World, both},
};

async fn rest(world: &World, id: model::Id<model::jobseeker::Jobseeker>) {
    let actor = Actor::office("test");
    app::consent::say(&world.app, &actor, id, (Purpose::Matching, false)).await.unwrap();
}

#[tokio::test]
async fn whoever_looks_for_nothing_for_three_years_is_forgotten_unless_held() {
    both(async |world| {
        let network = world.network().await;
        let (rests, held, seeks) = (
            world.registered_in("620502").await,
            world.registered_in("620502").await,
            world.registered_in("620502").await,
        );
        rest(world, rests).await;
        rest(world, held).await;
        let office = Actor::office("test");
        let until = "2031-01-01".parse().unwrap();
        app::erasure::hold(&world.app, &office, held, ("劳动争议案件", until)).await.unwrap();
        app::look::note(&world.app, &office, &[seeks], model::look::What::Record, "")
            .await
            .unwrap();
        assert_eq!(app::retention::run(&world.app).await.unwrap(), 0);
        // a month before the day the page says what will go
        world.at("2029-11-01T00:30:00Z");
        let manager = world.staff(Role::Manager, network.qinzhou).await;
        let page = world.by(&manager).get("/retention?lang=en").await.is(200).text();
        assert!(page.contains(&rests.label()), "{page}");
        assert!(!page.contains(&held.label()) && !page.contains(&seeks.label()), "{page}");
        assert!(
            page.contains("Over today: 0.") && page.contains("个人信息保护法第十九条"),
            "{page}"
        );
        world.at("2029-11-24T00:30:00Z");
        // the deed "retention.run": one person, one look
        assert_eq!(app::retention::run(&world.app).await.unwrap(), 2);
        let mut r = world.app.db().read().await.unwrap();
        let scope = office.scope();
        assert!(store::jobseeker::find(&mut r, &scope, rests).await.is_err());
        for id in [held, seeks] {
            store::jobseeker::find(&mut r, &scope, id).await.unwrap();
        }
        drop(r);
        assert!(!world.app.secret().keys(&[rests.uuid()]).await.unwrap().has(rests.uuid()));
        assert_eq!(app::retention::run(&world.app).await.unwrap(), 0);
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        world.by(&clerk).get("/retention").await.is(403);
    })
    .await;
}

#[tokio::test]
async fn an_alarm_is_kept_for_its_term_and_no_longer() {
    both(async |world| {
        let network = world.network().await;
        let system = world.member(Role::SystemAdministrator, app::account::Seat::default()).await;
        world.firm("甲公司", "620502").await;
        world.work().await;
        let trap = hidden(world).await;
        world.elsewhere("198.51.100.7:4000").get(&trap).await.is(404);
        assert_eq!(told(world, &system).await.len(), 1);
        // the last day of its two hundred
        world.at("2027-06-10T00:31:00Z");
        assert_eq!(app::retention::run(&world.app).await.unwrap(), 0);
        world.elsewhere("198.51.100.8:4000").get(&trap).await.is(404);
        let manager = world.staff(Role::Manager, network.qinzhou).await;
        for (lang, words) in [("zh-CN", "发给管理员和经办机构的告警"), ("en", "Alarms told to")]
        {
            let page = format!("/retention?lang={lang}");
            let page = world.by(&manager).get(&page).await.is(200).text();
            assert!(page.contains(words), "{page}");
        }
        world.at("2027-06-11T00:31:00Z");
        assert_eq!(app::retention::run(&world.app).await.unwrap(), 1);
        let system = world.in_again(&system).await;
        let left = told(world, &system).await;
        assert_eq!(left.len(), 1, "{left:?}");
        assert!(left[0]["said"].as_str().unwrap().contains("198.51.100.8"), "{left:?}");
        assert_eq!(app::retention::run(&world.app).await.unwrap(), 0);
    })
    .await;
}
