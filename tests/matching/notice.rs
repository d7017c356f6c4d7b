//! Stories of new posts that reach the inbox of those whom they fit, once, and nobody else's.

mod kill;

use app::{
    matching::{engine, notice::tell_next},
    vacancy::life::Said,
};
use model::{access::Actor, intake::Noun, vacancy::State};

use super::{PEOPLE, POSTS, county, for_person, import, people};
use crate::application::applied;
use crate::world::{World, both, people::Member};

const NEW_POST: &str = "\
岗位编号,单位名称,岗位名称,招聘人数,工作地点,月薪/工资待遇,学历要求,工作经验,用工形式,福利待遇,技能要求,发布日期
6,甘谷县禾砚川金属制品厂,电焊工,2,甘谷县新兴镇,8000-9500元/月,初中及以上,1年以上,全职,包吃、包住,会氩弧焊、看图纸,2026-11-22
";

/// More posts for the welder, each better paid than the one before.
fn new_posts(from: usize, to: usize) -> String {
    let (head, row) = NEW_POST.split_once('\n').unwrap();
    let rows = (from..to).map(|n| {
        row.trim_end()
            .replace("6,甘谷", &format!("{n},甘谷"))
            .replace("8000", &format!("{}", 8_000 + n))
    });
    std::iter::once(head.to_owned()).chain(rows).collect::<Vec<_>>().join("\n")
}

/// Everything that waits is settled.
async fn tell(world: &World) {
    engine::catch_up(&world.app).await.unwrap();
    while tell_next(&world.app).await.unwrap() > 0 {}
}

/// What stands in somebody's inbox: the kind, and the vacancy.
async fn inbox(world: &World, who: &Member) -> Vec<(String, String)> {
    let items = world.by(who).get("/api/v1/notices").await.is(200).json();
    let line = |one: &serde_json::Value| {
        let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        (text("kind"), text("vacancy_id"))
    };
    items["items"].as_array().unwrap().iter().map(line).collect()
}

/// The county with an account for everybody: the welder, the cook, and who has told nothing.
async fn accounts(world: &World) -> Vec<Member> {
    let mut all = vec![];
    for id in county(world).await {
        all.push(world.jobseeker(id).await);
    }
    engine::catch_up(&world.app).await.unwrap();
    all
}

#[tokio::test]
async fn a_new_vacancy_stands_in_the_inbox_of_those_it_fits_and_leads_to_the_reasons() {
    both(async |world| {
        let all = accounts(world).await;
        tell(world).await;
        assert!(inbox(world, &all[0]).await.is_empty(), "what was there before is no news");
        import(world, Noun::Vacancies, "新.csv", NEW_POST).await;
        let began = std::time::Instant::now();
        tell(world).await;
        println!("a new post was in the inbox after {:?}", began.elapsed());
        let lines = inbox(world, &all[0]).await;
        let best = for_person(world, people(world).await[0], 1).await;
        let vacancy = best.items[0].what.vacancy.id;
        assert_eq!(lines, [("fits".to_owned(), vacancy.to_string())]);
        for other in &all[1..] {
            assert!(inbox(world, other).await.is_empty());
        }
        for (lang, said) in [("zh-CN", "“电焊工”很适合您"), ("en", "“电焊工” suits you well")]
        {
            let page = world.by(&all[0]).get(&format!("/notices?lang={lang}")).await.text();
            assert!(page.contains(said) && !page.contains("notice."), "{page}");
            assert!(page.contains(&format!("href=\"/me/matches/{vacancy}\"")), "{page}");
        }
        let why = world.by(&all[0]).get(&format!("/me/matches/{vacancy}")).await.is(200).text();
        assert!(why.contains("氩弧焊"), "{why}");
        // the same file again, with another wage: known already
        import(world, Noun::Vacancies, "新.csv", &NEW_POST.replace("8000", "8200")).await;
        tell(world).await;
        assert_eq!(inbox(world, &all[0]).await.len(), 1);
        let office = Actor::office("test");
        assert!(office.may("matching.notice").is_err() && office.may("matching.tell").is_err());
    })
    .await;
}

#[tokio::test]
async fn so_many_a_day_as_the_row_says_and_the_others_never() {
    both(async |world| {
        let all = accounts(world).await;
        import(world, Noun::Vacancies, "新.csv", &new_posts(10, 18)).await;
        tell(world).await;
        assert_eq!(inbox(world, &all[0]).await.len(), 3);
        import(world, Noun::Vacancies, "再.csv", &new_posts(20, 25)).await;
        tell(world).await;
        assert_eq!(inbox(world, &all[0]).await.len(), 3, "the day is over");
        world.at("2026-11-24T02:00:00Z");
        import(world, Noun::Vacancies, "明.csv", &new_posts(30, 35)).await;
        tell(world).await;
        let again = world.in_again(&all[0]).await;
        assert_eq!(inbox(world, &again).await.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn who_took_a_consent_back_or_wants_none_or_has_applied_is_not_told() {
    both(async |world| {
        let all = accounts(world).await;
        let welder = || world.by(&all[0]);
        let mut from = 10;
        let mut next = async |world: &World| {
            from += 1;
            import(world, Noun::Vacancies, "新.csv", &new_posts(from, from + 1)).await;
            tell(world).await;
            inbox(world, &all[0]).await.len()
        };
        for purpose in ["messages", "matching"] {
            let said = |given| [("purpose", purpose), ("given", given)];
            welder().form("/me/data/consent", &said("false")).await.is(303);
            assert_eq!(next(world).await, 0, "{purpose}");
            welder().form("/me/data/consent", &said("true")).await.is(303);
        }
        let none: [(&str, &str); 1] = [("sms", "1")];
        welder().form("/notices/preference", &none).await.is(303);
        assert_eq!(next(world).await, 0, "no posts are wanted");
        let page = welder().get("/notices").await.text();
        assert!(page.contains("name=\"posts\" value=\"1\">"), "{page}");
        welder().form("/notices/preference", &[("posts", "1")]).await.is(303);
        assert_eq!(next(world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_fits_no_more_when_it_is_told_is_not_told() {
    both(async |world| {
        let all = accounts(world).await;
        import(world, Noun::Vacancies, "新.csv", &new_posts(10, 13)).await;
        engine::catch_up(&world.app).await.unwrap();
        let found = for_person(world, people(world).await[0], 9).await.items;
        let new = found.iter().filter(|one| one.what.vacancy.offer.pay_from > Some(800_000));
        let new: Vec<_> = new.map(|one| one.what.vacancy.id).collect();
        assert_eq!(new.len(), 3);
        // one has closed before anybody was told; the person has applied for another
        let (office, said) = (Actor::office("test"), Said::default());
        app::vacancy::life::close(&world.app, &office, new[0], State::Withdrawn, &said)
            .await
            .unwrap();
        applied(world, &all[0], new[1]).await;
        tell(world).await;
        let told: Vec<_> = inbox(world, &all[0]).await;
        let fits: Vec<_> = told.iter().filter(|(kind, _)| kind == "fits").collect();
        assert_eq!(fits.len(), 1, "{told:?}");
        assert_eq!(fits[0].1, new[2].to_string());
    })
    .await;
}

#[tokio::test]
async fn two_tasks_at_once_tell_once_and_what_came_while_none_followed_is_told_too() {
    both(async |world| {
        let all = accounts(world).await;
        import(world, Noun::Vacancies, "新.csv", &new_posts(10, 11)).await;
        engine::catch_up(&world.app).await.unwrap();
        let two = futures_util::future::join(tell_next(&world.app), tell_next(&world.app));
        let (one, other) = two.await;
        assert!(one.is_ok() && other.is_ok());
        assert_eq!(inbox(world, &all[0]).await.len(), 1);
        // the structures are lost, a vacancy comes, and they are built with it
        import(world, Noun::Vacancies, "再.csv", &new_posts(11, 12)).await;
        engine::forget(&world.app).unwrap();
        tell(world).await;
        assert_eq!(inbox(world, &all[0]).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn only_who_reads_an_inbox_takes_a_place_among_the_told() {
    both(async |world| {
        import(world, Noun::Vacancies, "岗位.csv", POSTS).await;
        import(world, Noun::Jobseekers, "人员.csv", PEOPLE).await;
        engine::catch_up(&world.app).await.unwrap();
        import(world, Noun::Vacancies, "新.csv", NEW_POST).await;
        tell(world).await;
        let everybody = people(world).await;
        let mut r = world.app.db().read().await.unwrap();
        let scope = Actor::office("test").scope();
        let kept = store::matching::notice::of(&mut r, &scope, everybody[0]).await.unwrap();
        assert!(kept.is_empty(), "the welder has no account");
    })
    .await;
}
