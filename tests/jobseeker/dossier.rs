//! What a person can show, the categories that only the own office sees, and the CV.

use model::access::Role;

use super::register::{person, typed};
use crate::world::both;

const SHOWN: &[(&str, &str)] = &[
    ("about", "干过八年焊工"),
    ("skill.0.name", "氩弧焊"),
    ("skill.0.level", "good"),
    ("certificate.0.name", "特种作业操作证"),
    ("certificate.0.number", "T620502"),
    ("certificate.0.issued_on", "２０２３年５月"),
    ("post.0.employer", "某机械厂"),
    ("post.0.title", "电焊工"),
    ("post.0.from", "2019.3"),
    ("post.0.to", "至今"),
    ("school.0.school", "某职业中专"),
    ("email", "someone@example.com"),
];

#[tokio::test]
async fn what_a_person_can_show_is_kept_sealed_and_stands_on_the_cv() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let id = person(&typed(world, &clerk, &[]).await.is(303));
        let path = format!("/jobseekers/{id}/profile");
        world.by(&clerk).get(&path).await.is(200);
        let wrong = [SHOWN, &[("post.0.to", "2018-01"), ("version", "1")]].concat();
        let said = world.by(&clerk).form(&path, &wrong).await.is(422).text();
        assert!(said.contains("href=\"#post.0.to\"") && said.contains("氩弧焊"), "{said}");
        let fields = [SHOWN, &[("version", "1")]].concat();
        world.by(&clerk).form(&path, &fields).await.is(303);
        world.by(&clerk).form(&path, &fields).await.is(409);
        let cv = world.by(&clerk).get(&format!("/jobseekers/{id}/cv")).await.is(200).text();
        for word in ["测试乙", "氩弧焊", "熟练", "某机械厂", "2019-03", "138 0000 0000"]
        {
            assert!(cv.contains(word), "{word}: {cv}");
        }
        for hidden in ["11010519491231002X", "1949", "someone@example.com"] {
            assert!(!cv.contains(hidden), "{hidden}");
        }
        let chosen = format!("/jobseekers/{id}/cv?chosen=true&email=true");
        let cv = world.by(&clerk).get(&chosen).await.is(200).text();
        assert!(cv.contains("someone@example.com") && !cv.contains("138 0000 0000"), "{cv}");
        // a paper named there counts as one of the skills that posts ask for
        let page = world.by(&clerk).get(&format!("/jobseekers/{id}")).await.is(200).text();
        assert!(page.contains("氩弧焊"), "{page}");
        let elsewhere = world.staff(Role::Clerk, network.gangu).await;
        for path in [path, format!("/jobseekers/{id}/cv")] {
            world.by(&elsewhere).get(&path).await.is(404);
        }
    })
    .await;
}

#[tokio::test]
async fn a_category_is_seen_by_the_persons_own_office_alone() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let id = person(&typed(world, &clerk, &[]).await.is(303));
        let profile = format!("/jobseekers/{id}/profile");
        let note = format!("/jobseekers/{id}/categories");
        let fields = [
            ("version", "1"),
            ("category", "veteran"),
            ("evidence", "退役证 第0001号"),
            ("from", "2026年1月1日"),
        ];
        let bare =
            [("version", "1"), ("category", "veteran"), ("evidence", " "), ("from", "2026-1-1")];
        world.by(&clerk).form(&note, &bare).await.is(422);
        world.by(&clerk).form(&note, &fields).await.is(303);
        let page = world.by(&clerk).get(&profile).await.is(200).text();
        // 4050 is reckoned: the number is of somebody born in 1949
        assert!(page.contains("退役证") && page.contains("“4050”人员"), "{page}");
        // the office above sees the person, not the categories, and cannot note any
        let above = world.staff(Role::Clerk, network.city).await;
        let page = world.by(&above).get(&profile).await.is(200).text();
        assert!(!page.contains("退役证") && !page.contains("4050”人员"), "{page}");
        let again =
            [("version", "2"), ("category", "laid_off"), ("evidence", "x"), ("from", "2026-1-1")];
        world.by(&above).form(&note, &again).await.is(404);
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::of_subject(&mut r, id.uuid(), 20).await.unwrap();
        assert!(log.iter().any(|event| event.deed == "jobseeker.categorise"));
        assert!(!serde_json::to_string(&log).unwrap().contains("veteran"));
    })
    .await;
}
