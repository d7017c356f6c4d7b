//! Stories of what the law asks of whoever does some work, where the post does not say it.

use app::matching::engine;
use model::{access::Role, intake::Noun, matching::Limit};

use super::{PEOPLE, POSTS, for_person, import, people};
use crate::world::both;

/// No post names a paper; the last is for somebody who learns, the one before is another trade.
const SILENT: &str = "\
1,甘谷县禾砚川金属制品厂,叉车工,2,甘谷县,5000-6000元/月,不限,不限,全职,,,2026-11-20
2,甘谷县禾砚川金属制品厂,值班电工,1,甘谷县,5000-6000元/月,不限,不限,全职,,,2026-11-20
3,甘谷县禾砚川金属制品厂,货车司机,1,甘谷县,5000-6000元/月,不限,不限,全职,,,2026-11-20
4,甘谷县禾砚川金属制品厂,叉车销售,1,甘谷县,5000-6000元/月,不限,不限,全职,,,2026-11-20
5,甘谷县禾砚川金属制品厂,焊工学徒,1,甘谷县,5000-6000元/月,不限,不限,全职,,,2026-11-20
";

/// One without a paper, one with all of them or greater ones.
const TWO: &str = "\
巩一,,15400000001,甘谷县新兴镇,高中,叉车工,4000,甘谷县,5年,仓库管理,,全职,否,否
令狐二,,15400000002,甘谷县新兴镇,高中,叉车工,4000,甘谷县,5年,仓库管理、叉车证、高压电工证、B2驾驶证,,全职,否,否
";

#[tokio::test]
async fn a_post_that_does_not_name_the_licence_asks_for_it_all_the_same() {
    both(async |world| {
        let head = |text: &str| text.lines().next().unwrap().to_owned();
        let posts = format!("{}\n{SILENT}", head(POSTS));
        import(world, Noun::Vacancies, "岗位.csv", &posts).await;
        import(world, Noun::Jobseekers, "人员.csv", &format!("{}\n{TWO}", head(PEOPLE))).await;
        let all = people(world).await;
        let without = for_person(world, all[0], 10).await;
        assert_eq!(without.excluded, [(Limit::LicenceMissing, 3)].into());
        let with = for_person(world, all[1], 10).await;
        assert_eq!((with.items.len(), with.excluded.len()), (5, 0));
        engine::catch_up(&world.app).await.unwrap();
        let again = for_person(world, all[0], 10).await;
        assert_eq!(format!("{again:?}"), format!("{without:?}"), "the structures say the same");

        let forklift =
            with.items.iter().find(|item| item.what.vacancy.offer.title == "叉车工").unwrap();
        let vacancy = &forklift.what.vacancy;
        let pair = format!("/jobseekers/{}/matches/{}", all[0], vacancy.id);
        let page = world.office().get(&pair).await.is(200).text();
        assert!(
            page.contains("依法要有叉车证") && page.contains("特种设备安全法第十四条"),
            "{page}"
        );
        let page = world.office().get(&format!("{pair}?lang=en")).await.is(200).text();
        assert!(page.contains("Special Equipment Safety Law, art. 14"), "{page}");
        let ways = world.office().get(&format!("/api/v1/jobseekers/{}/ways", all[0])).await;
        let first = &ways.is(200).json()["items"][0];
        assert_eq!((&first["code"], &first["posts"]), (&"gap_licence".into(), &1.into()));
        assert!(first["text"].as_str().unwrap().contains("叉车证"), "{first}");

        // everybody is told on the vacancy, and whoever offers it that it does not say so
        let shown = world.stranger().get(&format!("/vacancies/{}", vacancy.id)).await.is(200);
        assert!(shown.text().contains("依法须持叉车证上岗"));
        let owner = world.firms(Role::Owner, vacancy.employer).await;
        let manage = format!("/vacancies/{}/manage", vacancy.id);
        let page = world.by(&owner).get(&manage).await.is(200).text();
        assert!(page.contains("岗位没有写明必须持证"), "{page}");
        let look = async |skills: &str| {
            let fields = [("title", "叉车工"), ("place", "甘谷县"), ("skills", skills)];
            world.by(&owner).form("/vacancies/new", &fields).await.is(200).text()
        };
        assert!(look("").await.contains("岗位没有写明必须持证"));
        assert!(!look("持有叉车证").await.contains("岗位没有写明必须持证"));
    })
    .await;
}
