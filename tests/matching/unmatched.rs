//! Stories of those whom nothing fits: why, and what would change it.

mod survey;

use model::{access::Role, intake::Noun};
use serde_json::Value;

use super::{POSTS, import, many, people};
use crate::world::{World, both};

/// A welder with too high a floor; a driver without the licence; a cook too far away; somebody
/// whose trade nobody offers; and a cook for whom there is a post.
pub(super) const PEOPLE: &str = "\
姓名,身份证号,联系电话,户籍/现居住地,文化程度,求职工种,期望工资,期望地区,工作年限,技能/证书,工作经历,用工形式,需要住宿,需要就餐
巩一,,15400000001,甘谷县新兴镇,高中,电焊工,9500,甘谷县,5年,氩弧焊、焊工操作证,,,否,否
令狐二,,15400000002,甘谷县磐安镇,初中,货车司机,4500,甘谷县,3年,,,,否,否
蔺三,,15400000003,兰州市七里河区,,厨师,,兰州市七里河区,,,,,否,否
上官四,,15400000004,甘谷县,,养老护理员,,甘谷县,,,,,否,否
闻人五,,15400000005,甘谷县,初中,厨师,4000,甘谷县,3年,炒菜,,,否,否
";

async fn county(world: &World) {
    import(world, Noun::Vacancies, "岗位.csv", POSTS).await;
    import(world, Noun::Jobseekers, "人员.csv", PEOPLE).await;
}

#[tokio::test]
async fn a_person_is_told_what_would_open_more_posts_and_how_to_get_there() {
    both(async |world| {
        county(world).await;
        let all = people(world).await;
        let path = format!("/api/v1/jobseekers/{}/ways", all[1]);
        let ways = world.office().get(&path).await.is(200).json();
        assert_eq!((&ways["posts"], &ways["fitting"]), (&1.into(), &0.into()));
        let first = &ways["items"][0];
        assert_eq!((&first["code"], &first["posts"]), (&"gap_licence".into(), &1.into()));
        assert!(first["training"].as_str().unwrap().contains("公安交通管理部门"), "{first}");
        // the same on the record, at the counter, on the person's own page and to the person's program
        let page = world.office().get(&format!("/jobseekers/{}", all[1])).await.is(200).text();
        assert!(page.contains("怎样能有更多岗位") && page.contains("多出 1 个岗位"), "{page}");
        let said = [("zh-CN", "多出 1 个岗位"), ("en", "1 more post")];
        let mut pages = vec![];
        for (lang, said) in said {
            let counter = format!("/counter?person={}&lang={lang}", all[1]);
            pages.push((said, world.office().get(&counter).await.is(200).text()));
        }
        let person = world.jobseeker(all[1]).await;
        for (lang, said) in said {
            let own = world.by(&person).get(&format!("/me?lang={lang}")).await.is(200).text();
            pages.push((said, own));
        }
        for (said, page) in pages {
            assert!(page.contains(said) && page.contains("B2"), "{page}");
            assert!(page.contains("order=plain"), "the plain order is one click away");
        }
        let own = world.by(&person).get("/api/v1/me/ways").await.is(200).json();
        assert_eq!(own["items"], ways["items"]);
    })
    .await;
}

/// How many posts more one change opens, by asking about each post again of somebody changed.
async fn recounted(world: &World, csv: &str, changed: &str) -> i64 {
    let fitting = async |text: &str| {
        import(world, Noun::Jobseekers, "人员.csv", text).await;
        let found = people(world).await[0];
        let mut r = world.app.db().read().await.unwrap();
        let all = store::vacancy::all_after(&mut r, None, 1_000).await.unwrap();
        drop(r);
        let office = model::access::Actor::office("test");
        let mut fitting = 0;
        for vacancy in all {
            let pair = app::matching::pair(&world.app, &office, found, vacancy.id).await.unwrap();
            let open = matches!(pair.outcome, model::matching::Outcome::Score { .. });
            fitting += i64::from(open && vacancy.offer.occupation == "6-18-02-04");
        }
        fitting
    };
    let after = fitting(changed).await;
    after - fitting(csv).await
}

#[tokio::test]
async fn the_figure_of_a_sentence_is_what_asking_about_each_post_again_gives() {
    both(async |world| {
        let (posts, _) = many();
        import(world, Noun::Vacancies, "many.csv", &posts).await;
        let head = PEOPLE.lines().next().unwrap();
        let row = |pay: usize, reach: &str| {
            format!(
                "{head}\n巩一,,15400000001,甘谷县新兴镇,,电焊工,{pay},{reach},5年,电焊工、焊工操作证,,,否,否"
            )
        };
        let before = row(6_000, "甘谷县");
        import(world, Noun::Jobseekers, "人员.csv", &before).await;
        let id = people(world).await[0];
        let path = format!("/api/v1/jobseekers/{id}/ways");
        let found = world.office().get(&path).await.is(200).json();
        let way = |code: &str| -> Value {
            let items = found["items"].as_array().unwrap().iter();
            items.into_iter().find(|item| item["code"] == code).cloned().unwrap_or_default()
        };
        let floor = way("gap_floor");
        let digits: String = floor["text"]
            .as_str()
            .unwrap()
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(|c| c.is_ascii_digit() || *c == ',')
            .filter(char::is_ascii_digit)
            .collect();
        let changed = row(digits.parse().unwrap(), "甘谷县");
        assert_eq!(recounted(world, &before, &changed).await, floor["posts"].as_i64().unwrap());
    })
    .await;
}

#[tokio::test]
async fn who_wishes_for_nothing_is_asked_for_a_wish_first() {
    both(async |world| {
        county(world).await;
        import(world, Noun::Jobseekers, "更多.csv", super::PEOPLE).await;
        let mut r = world.app.db().read().await.unwrap();
        let scope = model::access::Actor::office("test").scope();
        let all = store::jobseeker::page(&mut r, &scope, None, 100).await.unwrap().items;
        drop(r);
        let silent = all.iter().find(|one| one.profile.wish.occupations.is_empty()).unwrap().id;
        let path = format!("/api/v1/jobseekers/{silent}/ways");
        let ways = world.office().get(&path).await.is(200).json();
        assert_eq!((&ways["untold"], &ways["items"]), (&true.into(), &serde_json::json!([])));
        let person = world.jobseeker(silent).await;
        for (lang, said) in [("zh-CN", "先登记想做什么工作"), ("en", "Tell us what work you want")]
        {
            let page = world.by(&person).get(&format!("/me?lang={lang}")).await.is(200).text();
            assert!(page.contains(said), "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_administrator_reads_the_weights_and_only_a_manager_sees_the_form() {
    both(async |world| {
        let network = world.network().await;
        for (role, form) in [(Role::OfficeAdministrator, false), (Role::Manager, true)] {
            let member = world.staff(role, network.province).await;
            let page = world.by(&member).get("/matching/weights").await.is(200).text();
            assert_eq!(page.contains("action=\"/matching/weights\""), form, "{role:?}");
        }
    })
    .await;
}
