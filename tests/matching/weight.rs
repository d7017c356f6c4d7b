//! Stories of weights: a new version holds from its day on, and the old ones stay.

use super::county;
use crate::world::both;

const FORM: &str = "application/x-www-form-urlencoded";
const PAGE: &str = "/matching/weights";

#[tokio::test]
async fn a_new_version_holds_from_its_day_and_every_answer_names_it() {
    both(async |world| {
        let welder = county(world).await[0];
        let path = format!("/api/v1/jobseekers/{welder}/matches");
        let before = world.office().get(&path).await.is(200).json();
        assert_eq!(before["version"], 4);
        let body = "skills=140&place=210&valid_from=2026-11-23&basis=县里开会定的";
        assert_eq!(world.stranger().post(PAGE, FORM, body).await.status.as_u16(), 403);
        let done = world.office().post(PAGE, FORM, body).await.is(303);
        assert_eq!(done.location(), PAGE);
        let today = world.office().get(&path).await.is(200).json();
        assert_eq!(today["version"], 4, "not before its day");
        world.at("2026-11-23T02:00:00Z");
        let tomorrow = world.office().get(&path).await.is(200).json();
        assert_eq!(tomorrow["version"], 5);
        assert_ne!(tomorrow["items"][0]["score"], before["items"][0]["score"]);
        let page = world.office().get(PAGE).await.is(200).text();
        assert!(page.contains("县里开会定的") && page.contains("第 1 版"), "{page}");
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::after(&mut r, 0, 1_000).await.unwrap();
        let event = log.iter().find(|event| event.deed == "matching.weigh").unwrap();
        assert_eq!(event.change["weights"]["version"], 5);
    })
    .await;
}

#[tokio::test]
async fn weights_that_cannot_be_are_refused_with_what_was_typed() {
    both(async |world| {
        for (body, said) in [
            ("skills=300&valid_from=2026-12-01&basis=x", "加起来是 1180"),
            ("skills=2000&valid_from=2026-12-01&basis=x", "0 到 1000"),
            ("skills=多&valid_from=2026-12-01&basis=x", "不是整数"),
            ("valid_from=2026-11-01&basis=x", "已经过去"),
            ("valid_from=soon&basis=x", "没有认出日期"),
            ("valid_from=2026-12-01&basis=", "没有写理由"),
        ] {
            let page = world.office().post(PAGE, FORM, body).await.is(422).text();
            assert!(page.contains(said), "{body}: {page}");
        }
        let next =
            r#"{"valid_from":"2026-12-01","values":{"skills":100,"wage":100},"basis":"pay"}"#;
        let api = "/api/v1/matching/weights";
        let all = world.office().post(api, "application/json", next).await.is(200).json();
        assert_eq!((&all["now"], &all["items"][0]["values"]["wage"]), (&4.into(), &100.into()));
        let colour = r#"{"valid_from":"2026-12-02","values":{"sex":1},"basis":"no"}"#;
        let refused = world.office().post(api, "application/json", colour).await.is(422).json();
        assert_eq!(refused["code"], "matching.weight_unknown");
        let sooner = r#"{"valid_from":"2026-11-30","basis":"sooner"}"#;
        let refused = world.office().post(api, "application/json", sooner).await.is(422).json();
        assert_eq!(refused["code"], "matching.weight_before");
        assert_eq!(world.stranger().get(api).await.status.as_u16(), 401);
    })
    .await;
}
