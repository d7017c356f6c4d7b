//! Stories of notices: in the inbox with the deed, out of the house afterwards, never twice.

mod kill;

use model::access::Actor;
use serde_json::{Value, json};

use crate::{
    application::{Cast, applied, cast, deeds, moved},
    world::{World, both, people::Member},
};

async fn kinds(world: &World, who: &Member) -> Vec<String> {
    let items = world.by(who).get("/api/v1/notices").await.is(200).json();
    let items = items["items"].as_array().unwrap().clone();
    items.iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
}

/// What has been written to leave the house: to whom, and the words.
async fn letters(world: &World) -> Vec<(String, String)> {
    let all = app::notice::mailbox(&world.app).await.unwrap();
    all.into_iter().map(|(_, letter)| (letter.to, letter.text)).collect()
}

#[tokio::test]
async fn each_side_finds_in_its_inbox_what_the_other_did() {
    both(async |world| {
        let Cast { vacancy, recruiter, person, clerk, network, .. } = cast(world).await;
        let id = applied(world, &person, vacancy).await;
        assert_eq!(kinds(world, &recruiter).await, ["applied"]);
        let invite =
            json!({ "act": "invite", "meets_at": "2026-11-25T09:30", "meets_where": "二楼" });
        moved(world, &recruiter, &id, invite).await.is(200);
        moved(world, &person, &id, json!({ "act": "agree" })).await.is(200);
        assert_eq!(kinds(world, &person).await, ["invited"]);
        assert_eq!(kinds(world, &recruiter).await, ["agreed", "applied"]);
        let page = world.by(&person).get("/notices").await.is(200).text();
        assert!(page.contains("“电焊工”约您面试") && page.contains("1 条未读"), "{page}");
        let upto = page.split("name=\"upto\" value=\"").nth(1).unwrap();
        let upto = upto.split('"').next().unwrap();
        // another reads nothing of it
        world.by(&recruiter).form("/notices/read", &[("upto", upto)]).await.is(303);
        world.by(&person).form("/notices/read", &[("upto", upto)]).await.is(303);
        assert!(world.by(&person).get("/notices").await.text().contains("0 条未读"));
        assert!(deeds(world, "notice.read").await <= 2);
        // the office is told when nobody answers, and only that office
        world.at("2026-12-20T02:00:00Z");
        app::application::clock::catch_up(&world.app).await.unwrap();
        let clerk = world.in_again(&clerk).await;
        let far = world.staff(model::access::Role::Clerk, network.gangu).await;
        assert!(!kinds(world, &far).await.contains(&"escalated".to_owned()));
        assert!(kinds(world, &clerk).await.len() <= 1);
        world.stranger().get("/notices").await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_message_leaves_after_the_deed_once_and_never_again_when_the_program_died() {
    both(async |world| {
        let Cast { vacancy, recruiter, person, .. } = cast(world).await;
        let said = [("sms", "1"), ("phone", "139 0000 1111")];
        world.by(&recruiter).form("/notices/preference", &said).await.is(303);
        let id = applied(world, &person, vacancy).await;
        assert!(letters(world).await.is_empty(), "nothing leaves inside a deed");
        app::notice::inbox::forward(&world.app).await.unwrap();
        assert_eq!(letters(world).await[0].0, "13900001111");
        let no: [(&str, &str); 1] = [("phone", "13900001111")];
        world.by(&recruiter).form("/notices/preference", &no).await.is(303);
        let offer = json!({ "act": "offer" });
        moved(world, &recruiter, &id, offer).await.is(200);
        let two = futures_util::future::join(
            app::notice::inbox::forward(&world.app),
            app::notice::inbox::forward(&world.app),
        );
        let (a, b) = two.await;
        assert!(a.is_ok() && b.is_ok());
        assert_eq!(app::notice::inbox::forward(&world.app).await.unwrap(), 0);
        let out = letters(world).await;
        assert_eq!(out.len(), 2, "{out:?}");
        assert!(out[0].1.contains("拟录用您"), "{out:?}");
        // killed between taking it up and noting that it went: it is not sent again
        let deed = store::Deed {
            name: "notice.send",
            actor: Actor::program("messenger").name,
            at: world.app.now(),
        };
        let mut w = world.app.db().write(deed).await.unwrap();
        while store::notice::claim(&mut w).await.unwrap().is_some() {}
        w.commit().await.unwrap();
        assert!(!app::notice::send_next(&world.app, &app::notice::Ways::default()).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_mail_goes_where_it_is_wanted_and_not_after_a_consent_is_taken_back() {
    both(async |world| {
        let Cast { vacancy, recruiter, person, .. } = cast(world).await;
        let by = || world.by(&recruiter);
        by().form("/notices/preference", &[("mail", "1")]).await.is(422);
        let wrong = [("mail", "1"), ("address", "hr at example")];
        assert!(
            by().form("/notices/preference", &wrong).await.is(422).text().contains("邮箱的写法")
        );
        let right = [("mail", "1"), ("address", "hr@example.com")];
        by().form("/notices/preference", &right).await.is(303);
        let page = by().get("/notices").await.is(200).text();
        assert!(page.contains("value=\"hr@example.com\""), "{page}");
        let id = applied(world, &person, vacancy).await;
        app::notice::inbox::forward(&world.app).await.unwrap();
        let all = app::notice::mailbox(&world.app).await.unwrap();
        let (_, letter) = &all[0];
        assert_eq!((all.len(), letter.to.as_str()), (1, "hr@example.com"));
        assert!(letter.subject.contains("有人投递了“电焊工”"), "{}", letter.subject);
        // the person takes back that messages may be sent: the inbox stays, nothing leaves
        let no = [("purpose", "messages"), ("given", "false")];
        world.by(&person).form("/me/data/consent", &no).await.is(303);
        moved(world, &recruiter, &id, json!({ "act": "offer" })).await.is(200);
        app::notice::inbox::forward(&world.app).await.unwrap();
        assert_eq!(letters(world).await.len(), 1);
        assert_eq!(kinds(world, &person).await, ["offered"]);
    })
    .await;
}

#[tokio::test]
async fn who_wants_no_text_messages_gets_none() {
    both(async |world| {
        let Cast { vacancy, recruiter, person, .. } = cast(world).await;
        world.by(&person).form("/notices/preference", &[]).await.is(303);
        let id = applied(world, &person, vacancy).await;
        moved(world, &recruiter, &id, json!({ "act": "offer" })).await.is(200);
        app::notice::inbox::forward(&world.app).await.unwrap();
        assert!(letters(world).await.is_empty());
        assert_eq!(kinds(world, &person).await, ["offered"]);
        assert_eq!(deeds(world, "notice.prefer").await, 0, "a preference is nobody's event");
        for lang in ["zh-CN", "en"] {
            let page = world.by(&person).get(&format!("/notices?lang={lang}")).await.is(200);
            assert!(!page.text().contains("notice."), "{}", page.text());
        }
        let none: Value = json!([]);
        assert_ne!(world.by(&person).get("/api/v1/notices").await.json()["items"], none);
    })
    .await;
}
