//! Registering on a telephone, one question a page, and what a person sees of their own.

use model::access::Role;

use super::register;
use crate::world::{Answer, World, both};

const NUMBER: &str = "11010519491231002X";
const PHONE: &str = "13800000000";

/// A browser that signed in with a telephone and the code sent to it.
struct Phone<'w> {
    world: &'w World,
    cookie: String,
}

impl<'w> Phone<'w> {
    async fn new(world: &'w World, number: &str) -> Self {
        world.stranger().form("/sign-in/code", &[("phone", number)]).await.is(200);
        let letter = app::notice::mailbox(&world.app).await.unwrap().remove(0).1;
        let code: String = letter.text.chars().filter(char::is_ascii_digit).take(6).collect();
        let fields = [("phone", number), ("code", &code)];
        let answer = world.stranger().form("/sign-in/code/check", &fields).await.is(303);
        assert_eq!(answer.location(), "/me");
        let cookie = format!("__Host-session={}", answer.cookie("__Host-session").unwrap());
        Self { world, cookie }
    }

    async fn get(&self, path: &str) -> Answer {
        self.world.stranger().with("cookie", &self.cookie).get(path).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.world.stranger().with("cookie", &self.cookie).form(path, fields).await
    }

    /// Answers the questions from the third on.
    async fn answers(&self) -> Answer {
        for (step, fields) in [
            ("place", &[("place", "秦州区玉泉镇")] as &[_]),
            ("education", &[("education", "初中")]),
            ("experience", &[("experience", "三年"), ("history", "在工地做过焊工")]),
            ("skills", &[("skills", "电焊")]),
            ("wish", &[("wish", "电焊工")]),
            ("places", &[("wish_places", "兰州"), ("maybe_places", "深圳")]),
            ("wage", &[("wage", "三千五")]),
            ("contract", &[("contract", "full_time"), ("needs_lodging", "yes")]),
            ("visible", &[("visible", "no")]),
        ] {
            self.post(&format!("/me/new/{step}"), fields).await.is(303);
        }
        self.post("/me/new/check", &[]).await.is(303)
    }
}

#[tokio::test]
async fn somebody_registers_on_a_telephone_one_question_at_a_time() {
    both(async |world| {
        let network = world.network().await;
        world.firm("甲公司", "620502").await;
        let phone = Phone::new(world, PHONE).await;
        assert_eq!(phone.get("/me").await.is(303).location(), "/me/new");
        let first = phone.get("/me/new").await.is(200).text();
        assert!(first.contains("name=\"name\"") && !first.contains("name=\"number\""), "{first}");
        phone.post("/me/new/name", &[("name", "测试丁")]).await.is(303);
        let wrong = phone.post("/me/new/number", &[("number", "110105194912310021")]).await;
        assert!(wrong.is(422).text().contains("href=\"#number\""));
        // what was answered is there on the next day, and sealed meanwhile
        let resumed = phone.get("/me/new?step=name").await.is(200).text();
        assert!(resumed.contains("测试丁"), "{resumed}");
        let next = phone.post("/me/new/number", &[("number", NUMBER)]).await.is(303);
        assert_eq!(next.location(), "/me/new?step=place");
        assert_eq!(phone.answers().await.location(), "/me?done=registered");
        world.work().await;
        let mine = phone.get("/me").await.is(200).text();
        assert!(
            mine.contains("测试丁") && mine.contains("电焊工") && mine.contains("3,500"),
            "{mine}"
        );
        assert!(!mine.contains(NUMBER), "{mine}");
        phone.get("/me/new").await.is(303);
        // the office of the place has it, as if a clerk had written it
        let clerk = world.staff(Role::Clerk, network.township).await;
        let list = world.by(&clerk).get("/api/v1/jobseekers").await.is(200).json();
        assert_eq!(list["total"], 1);
        let id = list["items"][0]["id"].as_str().unwrap().parse().unwrap();
        let mut r = world.app.db().read().await.unwrap();
        let office = store::jobseeker::office(&mut r, id).await.unwrap();
        assert_eq!(office, Some(network.township));
        let deeds: Vec<_> = store::event::of_subject(&mut r, id.uuid(), 9).await.unwrap();
        assert!(deeds.iter().all(|event| event.deed == "jobseeker.join"), "{deeds:?}");
        drop(r);
        // the same record is changed by the person
        let form = phone.get("/me/edit").await.is(200).text();
        assert!(form.contains("value=\"no\" checked"), "{form}");
        let fields = [
            ("name", "测试丁"),
            ("number", "110105**********2X"),
            ("phone", PHONE),
            ("place", "秦州区玉泉镇"),
            ("wish", "电焊工"),
            ("wage", "4千"),
            ("version", "1"),
        ];
        phone.post("/me/edit", &fields).await.is(303);
        assert!(phone.get("/me").await.is(200).text().contains("4,000"));
        // who one is, is not changed from a telephone: nobody slips into another's record so
        let other = [&fields[3..6], &[("name", "测试丁"), ("version", "2")]].concat();
        let taken =
            [other.as_slice(), &[("number", "440524188001010014"), ("phone", "1")]].concat();
        phone.post("/me/edit", &taken).await.is(303);
        let office = model::access::Actor::office("window");
        let kept = app::jobseeker::open(&world.app, &office, id).await.unwrap();
        assert_eq!((kept.number.as_str(), kept.phone.as_str()), (NUMBER, PHONE));
    })
    .await;
}

#[tokio::test]
async fn a_record_of_an_office_is_joined_by_number_and_telephone_together_and_never_by_one() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let known = register::person(&register::typed(world, &clerk, &[]).await.is(303));
        // another telephone: nothing is said, and the person gets a record of their own
        let other = Phone::new(world, "13900000000").await;
        other.post("/me/new/name", &[("name", "测试丁")]).await.is(303);
        let next = other.post("/me/new/number", &[("number", NUMBER)]).await.is(303);
        assert_eq!(next.location(), "/me/new?step=place");
        assert_eq!(other.answers().await.location(), "/me?done=registered");
        let mut r = world.app.db().read().await.unwrap();
        let scope = model::access::Actor::office("window").scope();
        let links = store::jobseeker::link::of(&mut r, &scope, known).await.unwrap();
        assert_eq!((links.len(), links[0].state.code()), (1, "linked"));
        drop(r);
        // both: the record is theirs
        let same = Phone::new(world, PHONE).await;
        same.post("/me/new/name", &[("name", "测试乙")]).await.is(303);
        let joined = same.post("/me/new/number", &[("number", NUMBER)]).await.is(303);
        assert_eq!(joined.location(), "/me?done=joined");
        assert!(same.get("/me").await.is(200).text().contains("测试乙"));
    })
    .await;
}

#[tokio::test]
async fn a_person_sees_nobody_else_and_nobody_else_the_persons_pages() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let other = register::person(&register::typed(world, &clerk, &[]).await.is(303));
        let phone = Phone::new(world, "13900000000").await;
        for path in [format!("/jobseekers/{other}"), format!("/jobseekers/{other}/edit")] {
            phone.get(&path).await.is(403);
        }
        phone.get("/me/edit").await.is(404);
        for path in ["/me", "/me/new", "/me/edit"] {
            world.by(&clerk).get(path).await.is(403);
            let nobody = world.stranger().get(path).await;
            assert!(matches!(nobody.status.as_u16(), 303 | 403), "{path}");
        }
        // "jobseeker.draft" is one account's own
        phone.post("/me/new/name", &[("name", "测试丁")]).await.is(303);
        let second = Phone::new(world, "13700000000").await;
        assert!(!second.get("/me/new?step=name").await.is(200).text().contains("测试丁"));
    })
    .await;
}
