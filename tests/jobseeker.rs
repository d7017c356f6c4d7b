//! Stories of people who look for work: what is sealed is opened by the office alone, and leaves a
//! trace.

mod api;
mod dossier;
mod mine;
pub(crate) mod register;

use app::deed;
use model::{
    Id,
    access::Actor,
    jobseeker::{Identity, Jobseeker, Profile},
    vacancy::Source,
};
use store::jobseeker::Sealed;

use crate::world::{World, beginning, both};

const FORM: &str = "application/x-www-form-urlencoded";

async fn registered(world: &World) -> Id<Jobseeker> {
    let (app, at) = (&world.app, beginning());
    let jobseeker = Jobseeker {
        id: app.id(),
        source: Source { name: "village".into(), key: "1".into(), ..Source::default() },
        profile: Profile { history: "做过三年电焊".into(), ..Profile::default() },
        seeking: true,
        visible: true,
        created_at: at,
        updated_at: at,
        version: 1,
    };
    let id = jobseeker.id;
    let number = "11010519491231002X".into();
    let identity = Identity {
        name: "测试甲".into(),
        number,
        phone: "00000000000".into(),
        ..Identity::default()
    };
    let seals = app::jobseeker::seal(app, id, &identity).await.unwrap();
    let app::jobseeker::Seals { identity, number_index, phone_index } = seals;
    let name_index = String::new();
    let sealed = Sealed { jobseeker, identity, number_index, phone_index, name_index };
    deed!(app, &Actor::office("test"), "jobseeker.import", |w| {
        Ok(store::jobseeker::add(w, std::slice::from_ref(&sealed)).await?)
    })
    .unwrap();
    world.work().await;
    id
}

#[tokio::test]
async fn a_name_is_opened_by_the_office_and_the_log_tells_of_it() {
    both(async |world| {
        let id = registered(world).await;
        let page = format!("/jobseekers/{id}");
        let closed = world.office().get(&page).await.is(200).text();
        assert!(!closed.contains("测试甲") && !closed.contains("00000000000"), "{closed}");
        let opened = world.office().post(&format!("{page}/open"), FORM, "").await.is(200);
        assert_eq!(opened.header("cache-control"), "no-store");
        let opened = opened.text();
        assert!(opened.contains("测试甲") && opened.contains("110105**********2X"), "{opened}");
        let mut r = world.app.db().read().await.unwrap();
        let mut log = store::event::of_subject(&mut r, id.uuid(), 9).await.unwrap();
        log.retain(|event| event.noun == "jobseeker");
        assert_eq!((log.len(), log[0].deed.as_str()), (1, "jobseeker.open"));
        assert!(!serde_json::to_string(&log).unwrap().contains("测试甲"));
    })
    .await;
}

#[tokio::test]
async fn a_stranger_opens_nothing_and_leaves_no_trace() {
    both(async |world| {
        let id = registered(world).await;
        let open = format!("/jobseekers/{id}/open");
        let refused = world.stranger().post(&open, FORM, "").await.is(403).text();
        assert!(!refused.contains("测试甲"));
        let proxied = world.office().with("x-forwarded-for", "203.0.113.9");
        proxied.post(&open, FORM, "").await.is(403);
        let mut r = world.app.db().read().await.unwrap();
        assert!(store::event::of_subject(&mut r, id.uuid(), 9).await.unwrap().is_empty());
    })
    .await;
}
