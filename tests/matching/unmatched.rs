//! Stories of those whom nothing fits: why, and what would change it.

use model::intake::Noun;

use super::{POSTS, import, people};
use crate::world::{World, both};

/// A welder with too high a floor; a driver without the licence; a cook too far away; somebody
/// whose trade nobody offers; and a cook for whom there is a post.
const PEOPLE: &str = "\
姓名,身份证号,联系电话,户籍/现居住地,文化程度,求职工种,期望工资,期望地区,工作年限,技能/证书,工作经历,用工形式,需要住宿,需要就餐
巩一,,15400000001,甘谷县新兴镇,高中,电焊工,9500,甘谷县,5年,氩弧焊,,,否,否
令狐二,,15400000002,甘谷县磐安镇,初中,货车司机,4500,甘谷县,3年,,,,否,否
蔺三,,15400000003,兰州市七里河区,,厨师,,兰州市七里河区,,,,,否,否
上官四,,15400000004,甘谷县,,养老护理员,,甘谷县,,,,,否,否
闻人五,,15400000005,甘谷县,初中,厨师,4000,甘谷县,3年,炒菜,,,否,否
";

const API: &str = "/api/v1/matching/unmatched";

async fn county(world: &World) {
    import(world, Noun::Vacancies, "岗位.csv", POSTS).await;
    import(world, Noun::Jobseekers, "人员.csv", PEOPLE).await;
}

#[tokio::test]
async fn whoever_has_nothing_is_counted_with_what_stands_in_the_way() {
    both(async |world| {
        county(world).await;
        let found = world.office().post(API, "application/json", "").await.is(200).json();
        assert_eq!(found["survey"]["people"], 5);
        assert_eq!(found["survey"]["unmatched"], 4);
        let all = people(world).await;
        let of = |n: usize| {
            let items = found["items"].as_array().unwrap().iter();
            items.into_iter().find(|item| item["id"] == all[n].to_string().as_str()).cloned()
        };
        let bound = |n: usize| of(n).map(|item| item["binding"].as_str().unwrap().to_owned());
        assert_eq!(bound(0).as_deref(), Some("below_floor"));
        assert_eq!(bound(1).as_deref(), Some("licence_missing"));
        assert_eq!(bound(2).as_deref(), Some("too_far"));
        assert_eq!(bound(3).as_deref(), Some("no_post"));
        assert_eq!(bound(4), None);
        assert!(of(1).unwrap()["way"].as_str().unwrap().contains("B2驾驶证"));
        let text = found.to_string();
        assert!(!text.contains("巩一") && !text.contains("1540000"), "{text}");
        assert_eq!(world.stranger().get(API).await.status.as_u16(), 401);
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::after(&mut r, 0, 1_000).await.unwrap();
        let event = log.iter().find(|event| event.deed == "matching.survey").unwrap();
        assert_eq!(event.change["unmatched"], 4);
    })
    .await;
}

#[tokio::test]
async fn the_list_is_a_page_with_sums_and_a_file() {
    both(async |world| {
        county(world).await;
        let page = "/matching/unmatched";
        assert!(world.office().get(page).await.is(200).text().contains("还没有统计过"));
        world.office().post(page, "application/x-www-form-urlencoded", "").await.is(303);
        let text = world.office().get(page).await.is(200).text();
        assert!(text.contains("没有单位招这类工作") && !text.contains("巩一"), "{text}");
        let narrow = world.office().get("/matching/unmatched?binding=too_far").await.is(200).text();
        assert_eq!(narrow.matches("<h3><a href=\"/jobseekers/").count(), 1);
        let file = world.office().get("/matching/unmatched.csv?lang=en").await.is(200);
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        let file = file.text();
        assert_eq!(file.lines().count(), 5, "{file}");
        assert!(file.contains("more posts") && !file.contains("巩一"), "{file}");
    })
    .await;
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
        let page = world.office().get(&format!("/jobseekers/{}", all[1])).await.is(200).text();
        assert!(page.contains("怎样能有更多岗位") && page.contains("多出 1 个岗位"), "{page}");
    })
    .await;
}
