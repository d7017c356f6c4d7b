//! Registering oneself by programs: the same flow as the pages.

use serde_json::{Value, json};

use crate::{
    application::JSON,
    world::{World, both},
};

/// Signs in by telephone; the cookies.
async fn signed_in(world: &World, phone: &str) -> String {
    let body = json!({ "phone": phone }).to_string();
    let sent = world.stranger().post("/api/v1/sign-in/code", JSON, body).await.is(204);
    let device = sent.cookie("device").unwrap();
    let (_, letter) = app::notice::mailbox(&world.app).await.unwrap().remove(0);
    let code: String = letter.text.chars().filter(char::is_ascii_digit).take(6).collect();
    let wrong = json!({ "phone": phone, "code": "x" }).to_string();
    let asking = || world.stranger().with("cookie", &format!("device={device}"));
    asking().post("/api/v1/sign-in", JSON, wrong).await.is(422);
    let body = json!({ "phone": phone, "code": code }).to_string();
    let entry = asking().post("/api/v1/sign-in", JSON, body).await.is(200);
    assert_eq!(entry.json()["step"], "whole");
    format!("__Host-session={}; device={device}", entry.cookie("__Host-session").unwrap())
}

#[tokio::test]
async fn a_program_registers_somebody_by_telephone_as_the_pages_do() {
    both(async |world| {
        world.network().await;
        let cookie = signed_in(world, "13800138000").await;
        let by = || world.stranger().with("cookie", &cookie);
        let send = async |body: Value| by().post("/api/v1/me", JSON, body.to_string()).await;
        let fresh = by().get("/api/v1/me").await.is(200).json();
        assert!(fresh["jobseeker_id"].is_null() && !fresh["faults"].as_array().unwrap().is_empty());
        send(json!({ "answers": { "sex": "f" } })).await.is(422);
        let some = json!({ "name": "测试乙", "place": "甘肃天水秦州区" });
        let kept = send(json!({ "answers": some, "draft": true })).await.is(200).json();
        assert_eq!(kept["answers"]["name"], "测试乙", "{kept}");
        let wrong = json!({ "number": "110105194912310021" });
        let refused = send(json!({ "answers": wrong })).await.is(422).json();
        assert_eq!(refused["field"], "number", "{refused}");
        let rest = json!({ "number": "11010519491231002X", "wish": "电焊工", "visible": "no",
            "history": "在工地做过焊工" });
        let made = send(json!({ "answers": rest })).await.is(201).json();
        let id = made["jobseeker_id"].as_str().unwrap().to_owned();
        let mut r = world.app.db().read().await.unwrap();
        let scope = model::access::Actor::office("story").scope();
        let id: model::Id<model::jobseeker::Jobseeker> = id.parse().unwrap();
        let one = store::jobseeker::find(&mut r, &scope, id).await.unwrap();
        assert!(!one.visible && one.seeking);
        // own words lie sealed with the person's key, and their owner reads them
        assert_eq!((one.profile.history.as_str(), one.profile.place.text.as_str()), ("", ""));
        drop(r);
        let form = by().get("/me/edit").await.is(200).text();
        assert!(form.contains("在工地做过焊工") && form.contains("甘肃天水秦州区"), "{form}");
        assert_eq!(by().get("/api/v1/me").await.is(200).json()["jobseeker_id"], id.to_string());
        send(json!({ "answers": {} })).await.is(422);
        world.stranger().get("/api/v1/me").await.is(401);
    })
    .await;
}
