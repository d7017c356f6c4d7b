//! Stories of filters that do not exist: refused, never taken for nothing or everything, and the
//! refusal names what would do.

use crate::world::World;

#[tokio::test]
async fn a_filter_that_does_not_exist_is_refused_and_the_valid_ones_are_named() {
    let world = World::alone().await;
    world.work().await;
    for (who, (query, valid)) in [
        ("contract=fulltime", "full_time, part_time"),
        ("education=phd", "junior_high"),
        ("benefit=board,gym", "lodging"),
        ("sort=best", "fit, new, wage, distance"),
        ("region=620199", "620102 城关区"),
        ("region=620502999", "620502001"),
        ("region=tianshui", "620500 天水市"),
        ("region=990000", "110000 北京市"),
        ("occupation=6-18-02-99", "6-18-02-04 焊工"),
        ("occupation=9", "6 "),
        ("occupation=welder", "6-18-02-04"),
        ("wage_min=lots", "4500"),
        ("experience=-1", "4500"),
        ("posted_since=yesterday", "2026-11-02"),
        ("near=home", "34.58,105.72"),
        ("near=91,0", "90"),
        ("limit=0", "1-100"),
        ("limit=many", "4500"),
        ("colour=red", "posted_since"),
        ("region=620000&region=610000", "region"),
        ("sort=distance", ""),
        ("within_km=5", ""),
        ("near=34.5,105.7&within_km=0", ""),
        ("cursor=abc", ""),
    ]
    .into_iter()
    .enumerate()
    {
        // each at an address of its own: one alone would be asked to wait
        let address = format!("203.0.113.{who}:50000");
        for lang in ["zh-CN", "en"] {
            let path = format!("/api/v1/vacancies?{query}&lang={lang}");
            let answer = world.elsewhere(&address).get(&path).await;
            assert!(matches!(answer.status.as_u16(), 400 | 422), "{query}: {}", answer.status);
            let problem = answer.text();
            assert!(problem.contains(valid), "{query} ({lang}): {problem}");
            let path = format!("/vacancies?{query}&lang={lang}");
            let page = world.elsewhere(&address).get(&path).await.is(422).text();
            assert!(page.contains(valid), "{query} ({lang}): {page}");
        }
    }
}
