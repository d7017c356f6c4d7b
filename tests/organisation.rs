//! Stories of the tree of offices: what each sees follows where it stands.

use model::access::{Actor, Role};

use crate::world::{World, both};

async fn sees(world: &World, member: &crate::world::people::Member) -> i64 {
    world.by(member).get("/api/v1/jobseekers").await.is(200).json()["total"].as_i64().unwrap()
}

#[tokio::test]
async fn an_office_sees_its_subtree_and_a_move_takes_it_along() {
    both(async |world| {
        let network = world.network().await;
        world.registered_in("620502100201").await;
        world.registered_in("620523").await;
        let mut counts = vec![];
        for office in [
            network.province,
            network.city,
            network.qinzhou,
            network.township,
            network.village,
            network.gangu,
            network.station,
        ] {
            let clerk = world.staff(Role::Clerk, office).await;
            counts.push((sees(world, &clerk).await, clerk));
        }
        let seen: Vec<i64> = counts.iter().map(|(n, _)| *n).collect();
        assert_eq!(seen, [2, 2, 1, 1, 1, 1, 0]);
        // the township goes to the city directly: the county no longer has it by the tree, but still
        // by its region
        let admin = world.staff(Role::OfficeAdministrator, network.city).await;
        let path = format!("/organisations/{}", network.township);
        world
            .by(&admin)
            .form(&format!("{path}/move"), &[("other", &network.city.to_string())])
            .await
            .is(303);
        let page = world.by(&admin).get(&path).await.is(200).text();
        assert!(page.contains("划转") && page.contains("秦州区中心"), "{page}");
        let mut r = world.app.db().read().await.unwrap();
        let scope = Actor::program("story").scope();
        let village = store::organisation::find(&mut r, &scope, network.village).await.unwrap();
        let city = store::organisation::find(&mut r, &scope, network.city).await.unwrap();
        assert!(city.holds(&village) && village.depth() == 4);
        let log = store::event::of_subject(&mut r, network.township.uuid(), 9).await.unwrap();
        assert_eq!(log[0].deed, "organisation.move");
        assert_eq!(log[0].actor, format!("account:{}/{}", admin.account, admin.membership));
    })
    .await;
}

#[tokio::test]
async fn a_merged_office_hands_over_its_people_its_staff_and_its_regions() {
    both(async |world| {
        let network = world.network().await;
        world.registered_in("620523").await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let handed = world.staff(Role::Clerk, network.gangu).await;
        assert_eq!(sees(world, &clerk).await, 0);
        let admin = world.staff(Role::OfficeAdministrator, network.city).await;
        let path = format!("/organisations/{}/merge", network.gangu);
        let into = network.qinzhou.to_string();
        world.by(&admin).form(&path, &[("other", &into)]).await.is(303);
        assert_eq!((sees(world, &clerk).await, sees(world, &handed).await), (1, 1));
        let again = world.by(&admin).form(&path, &[("other", &into)]).await.is(422).text();
        assert!(again.contains("已经并入"), "{again}");
        let mut r = world.app.db().read().await.unwrap();
        let serving =
            store::organisation::serving(&mut r, &"620523".parse().unwrap()).await.unwrap();
        assert_eq!(serving.unwrap().id, network.qinzhou);
        let past = store::organisation::past(&mut r, network.gangu).await.unwrap();
        assert_eq!((past.len(), past.iter().all(|span| span.valid_to.is_some())), (2, true));
        for deed in ["organisation.create", "organisation.rename", "organisation.merge"] {
            assert!(Actor::program("story").may(deed).is_ok());
        }
    })
    .await;
}

#[tokio::test]
async fn a_form_says_what_is_wrong_with_an_office() {
    both(async |world| {
        let network = world.network().await;
        let admin = world.staff(Role::OfficeAdministrator, network.city).await;
        let city = network.city.to_string();
        let made = |name: &'static str, kind: &'static str, regions: &'static str| {
            let fields =
                [("name", name), ("kind", kind), ("parent", city.as_str()), ("regions", regions)];
            let admin = world.by(&admin);
            async move { admin.form("/organisations", &fields).await }
        };
        made("麦积区中心", "office", "620503").await.is(303);
        made("园区", "park", "").await.is(303);
        assert!(made("园区", "park", "620503").await.is(422).text().contains("没有行政区"));
        assert!(made("外地", "office", "440300").await.is(422).text().contains("不在上级机构"));
        assert!(made("无", "office", "").await.is(422).text().contains("行政区划代码"));
        assert!(made("错", "office", "620599").await.is(422).text().contains("620599"));
        let rename = format!("/organisations/{}/rename", network.city);
        let fields = [("name", "天水市公共就业中心"), ("regions", "620500")];
        world.by(&admin).form(&rename, &fields).await.is(303);
        let less = [("name", "天水"), ("regions", "620503")];
        assert!(world.by(&admin).form(&rename, &less).await.is(422).text().contains("不在上级"));
    })
    .await;
}
