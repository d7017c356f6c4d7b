//! Registering at the counter, changing what is registered, and the same person twice.

use model::{Id, access::Role, jobseeker::Jobseeker};

use crate::world::{Answer, World, both, people::Member};

const NUMBER: &str = "11010519491231002X";

/// What the clerk of the first story types.
const TYPED: &[(&str, &str)] = &[
    ("name", "测试乙"),
    ("number", "１１０１０５ 19491231 002x"),
    ("phone", "138 0000 0000"),
    ("place", "秦州区玉泉镇"),
    ("education", "初中"),
    ("experience", "三年"),
    ("wish", "电焊工、保安"),
    ("skills", "电焊"),
    ("wage", "三千五"),
    ("wish_places", "兰州"),
    ("maybe_places", "深圳"),
    ("contract", "full_time"),
    ("needs_lodging", "yes"),
];

pub(super) async fn typed(world: &World, by: &Member, more: &[(&str, &str)]) -> Answer {
    let kept = TYPED.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    let fields: Vec<_> = kept.chain(more).copied().collect();
    world.by(by).form("/jobseekers", &fields).await
}

/// The person that an answer leads to.
pub(crate) fn person(answer: &Answer) -> Id<Jobseeker> {
    let (_, rest) = answer.location().split_once("/jobseekers/").unwrap();
    rest.split('?').next().unwrap().parse().unwrap()
}

async fn deeds(world: &World, id: Id<Jobseeker>) -> Vec<String> {
    let mut r = world.app.db().read().await.unwrap();
    let log = store::event::of_subject(&mut r, id.uuid(), 20).await.unwrap();
    assert!(!serde_json::to_string(&log).unwrap().contains("测试乙"));
    log.into_iter().map(|event| event.deed).collect()
}

#[tokio::test]
async fn somebody_is_registered_at_the_counter_and_the_matches_follow() {
    both(async |world| {
        let network = world.network().await;
        world.firm("甲公司", "620502").await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let form = world.by(&clerk).get("/jobseekers/new").await.is(200).text();
        assert!(form.contains("name=\"number\"") && form.contains("data-complete=\"place\""));
        let answer = typed(world, &clerk, &[]).await.is(303);
        let id = person(&answer);
        world.work().await;
        let page = world.by(&clerk).get(answer.location()).await.is(200).text();
        assert!(page.contains("电焊工") && page.contains("3,500"), "{page}");
        assert!(!page.contains("测试乙") && !page.contains(NUMBER), "{page}");
        // the first event is the registration; looks at the page follow
        assert_eq!(deeds(world, id).await.last().unwrap(), "jobseeker.register");
        // registered for the clerk's office, so nobody elsewhere sees it
        let elsewhere = world.staff(Role::Clerk, network.gangu).await;
        world.by(&elsewhere).get(&format!("/jobseekers/{id}")).await.is(404);
        world.by(&elsewhere).get(&format!("/jobseekers/{id}/edit")).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let wrong = typed(world, &clerk, &[("number", "110105194912310021")]).await.is(422).text();
        assert!(
            wrong.contains("href=\"#number\"") && wrong.contains("value=\"三千五\""),
            "{wrong}"
        );
        let none = typed(world, &clerk, &[("number", ""), ("phone", "")]).await.is(422).text();
        assert!(none.contains("href=\"#phone\""), "{none}");
        let r = &mut world.app.db().read().await.unwrap();
        let scope = model::access::Actor::office("window").scope();
        assert_eq!(store::jobseeker::count(r, &scope).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_registered_is_found_before_being_registered_again() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let id = person(&typed(world, &clerk, &[]).await.is(303));
        let check = |fields: &'static [(&'static str, &'static str)]| {
            world.by(&clerk).form("/jobseekers/check", fields)
        };
        let href = format!("href=\"/jobseekers/{id}\"");
        for fields in [
            &[("number", NUMBER)] as &[_],
            &[("phone", "１３８００００００００")],
            &[("name", "测试乙"), ("born_on", "1949年12月31日"), ("phone", "1")],
        ] {
            let seen = check(fields).await.is(200).text();
            assert!(seen.contains(&href), "{fields:?}: {seen}");
        }
        let other = check(&[("name", "测试丙"), ("phone", "13900000000")]).await.is(200).text();
        assert!(!other.contains(&href), "{other}");
        let again = typed(world, &clerk, &[]).await.is(422).text();
        assert!(again.contains(&href), "{again}");
        // the same number is the same person, whatever the clerk says
        typed(world, &clerk, &[("anyway", "yes")]).await.is(422);
        let born = [("number", ""), ("born_on", "1949-12-31"), ("phone", "13900000000")];
        typed(world, &clerk, &born).await.is(422);
        let anyway = [born.as_slice(), &[("anyway", "yes")]].concat();
        typed(world, &clerk, &anyway).await.is(303);
        // and what the clerk has said need not be said again
        let list = world.by(&clerk).get("/jobseekers/duplicates").await.is(200).text();
        assert!(list.contains("value=\"linked\"") && !list.contains("value=\"apart\""), "{list}");
    })
    .await;
}

#[tokio::test]
async fn a_record_is_changed_by_one_at_a_time() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let id = person(&typed(world, &clerk, &[]).await.is(303));
        let path = format!("/jobseekers/{id}/edit");
        let form = world.by(&clerk).get(&path).await.is(200).text();
        assert!(form.contains("测试乙") && form.contains("110105**********2X"), "{form}");
        assert!(!form.contains(NUMBER) && form.contains("name=\"version\" value=\"1\""), "{form}");
        let send = |version: &'static str| {
            let fields = [
                ("name", "测试乙"),
                ("number", "110105**********2X"),
                ("place", "秦州区玉泉镇"),
                ("wage", "5千"),
                ("visible", "no"),
                ("version", version),
            ];
            let path = path.clone();
            let by = world.by(&clerk);
            async move { by.form(&path, &fields).await }
        };
        send("1").await.is(303);
        send("1").await.is(409);
        let form = world.by(&clerk).get(&path).await.is(200).text();
        assert!(form.contains("value=\"5000\""), "{form}");
        assert!(deeds(world, id).await.contains(&"jobseeker.edit".to_owned()));
        let mut r = world.app.db().read().await.unwrap();
        let scope = model::access::Actor::office("window").scope();
        let kept = store::jobseeker::find(&mut r, &scope, id).await.unwrap();
        assert!(!kept.visible && kept.version == 2);
        drop(r);
        let office = model::access::Actor::office("window");
        let identity = app::jobseeker::open(&world.app, &office, id).await.unwrap();
        assert_eq!(identity.number, NUMBER);
    })
    .await;
}

#[tokio::test]
async fn two_offices_records_of_one_person_are_linked_and_can_be_told_apart_again() {
    both(async |world| {
        let network = world.network().await;
        let here = world.staff(Role::Clerk, network.qinzhou).await;
        let there = world.staff(Role::Clerk, network.gangu).await;
        let first = person(&typed(world, &here, &[]).await.is(303));
        let second = person(&typed(world, &there, &[("place", "甘谷县")]).await.is(303));
        assert_ne!(first, second);
        let page = world.by(&here).get(&format!("/jobseekers/{first}")).await.is(200).text();
        assert!(page.contains("甘谷县中心"), "{page}");
        assert!(!page.contains(&format!("/jobseekers/{second}\"")), "{page}");
        let list = world.by(&there).get("/jobseekers/duplicates").await.is(200).text();
        assert!(list.contains("秦州区中心"), "{list}");
        let (path, other) = (format!("/jobseekers/{first}/link"), second.to_string());
        let undo = [("other", other.as_str()), ("decision", "apart")];
        world.by(&here).form(&path, &undo).await.is(303);
        assert!(deeds(world, first).await.contains(&"jobseeker.link".to_owned()));
        let mut w = world.app.db().read().await.unwrap();
        let scope = model::access::Actor::office("window").scope();
        let links = store::jobseeker::link::of(&mut w, &scope, second).await.unwrap();
        assert_eq!(links[0].state, model::jobseeker::link::State::Apart);
        drop(w);
        // a pair of strangers is nobody's to decide from here
        let outside = world.staff(Role::Clerk, network.village).await;
        world.by(&outside).form(&path, &undo).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_file_of_one_office_changes_no_record_of_another() {
    both(async |world| {
        let network = world.network().await;
        let here = world.staff(Role::Clerk, network.qinzhou).await;
        let there = world.staff(Role::Clerk, network.gangu).await;
        let first = person(&typed(world, &here, &[]).await.is(303));
        let csv = format!("姓名,身份证号,现居住地,期望工资\n测试乙,{NUMBER},甘谷县,9000\n");
        let fields = [("noun", "jobseekers")];
        for _ in 0..2 {
            world.by(&there).upload("/intakes", &fields, "a.csv", csv.as_bytes()).await.is(303);
        }
        let total = |by: Member| async move {
            world.by(&by).get("/api/v1/jobseekers").await.is(200).json()["total"].clone()
        };
        assert_eq!(total(there.clone()).await, 1);
        let page = world.by(&here).get(&format!("/jobseekers/{first}")).await.is(200).text();
        assert!(page.contains("3,500") && page.contains("甘谷县中心"), "{page}");
        // the office's own file does change its own record, and keeps what files do not say
        let own = format!("姓名,身份证号,现居住地,期望工资\n测试乙,{NUMBER},秦州区,4200\n");
        world.by(&here).upload("/intakes", &fields, "b.csv", own.as_bytes()).await.is(303);
        let page = world.by(&here).get(&format!("/jobseekers/{first}")).await.is(200).text();
        assert!(page.contains("4,200"), "{page}");
        assert_eq!(total(here.clone()).await, 1);
    })
    .await;
}
