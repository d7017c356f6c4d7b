//! Stories of matching: people and posts come in as files, and fit each other or not, with reasons.

mod all;
mod blind;
mod notice;
mod office;
mod statute;
mod steady;
mod unmatched;
mod way;
mod weight;

use std::{cmp::Reverse, fmt::Write as _};

use app::{
    Error,
    intake::{self, Choice, Given},
    matching::{Offered, Ranked, Ranking, candidates, engine, matches, pair},
};
use chrono::NaiveDate;
use model::{
    Id,
    access::Actor,
    intake::Noun,
    jobseeker::Jobseeker,
    matching::{Kind, Limit, Outcome, Part, Reason},
    vacancy::Vacancy,
};

use crate::world::{World, both};

pub(crate) const POSTS: &str = "\
岗位编号,单位名称,岗位名称,招聘人数,工作地点,月薪/工资待遇,学历要求,工作经验,用工形式,福利待遇,技能要求,发布日期
1,甘谷县禾砚川金属制品厂,电焊工,2,甘谷县新兴镇,6000-8000元/月,初中及以上,2年以上,全职,包吃、包住,会氩弧焊、看图纸,2026-11-20
2,昆山市云苇渡电子科技有限公司,电焊工,5,江苏省苏州市昆山市,8000-9000元/月,不限,不限,全职,包吃、包住,会氩弧焊,2026-11-20
3,甘谷县松溪桥餐饮有限公司,厨师,1,甘谷县大像山镇,5000-6000元/月,不限,不限,全职,包吃,会炒菜,2026-11-20
4,甘谷县杏汀歌运输有限公司,货车司机,1,甘谷县,7000-9000元/月,不限,不限,全职,,持有B2驾驶证,2026-11-20
5,甘谷县榆舟青金属制品厂,焊工,1,甘谷县,3000-3500元/月,不限,不限,全职,包吃,会电弧焊,2026-11-20
";

const PEOPLE: &str = "\
姓名,身份证号,联系电话,户籍/现居住地,文化程度,求职工种,期望工资,期望地区,工作年限,技能/证书,工作经历,用工形式,需要住宿,需要就餐
巩一,,15400000001,甘谷县新兴镇,高中,电焊工,5500,甘谷县,5年,氩弧焊、看图纸、焊工操作证,,全职,否,否
令狐二,,15400000002,甘谷县磐安镇,初中,厨师,4500,甘谷县,3年,炒菜,,,否,否
蔺三,,15400000003,甘谷县六峰镇,,,,,,,,,否,否
";

pub(crate) async fn import(world: &World, noun: Noun, name: &str, text: &str) {
    let path = world.folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let given = Given { noun, name, path: &path };
    let (app, actor) = (&world.app, Actor::office("test"));
    let done = intake::import(app, &actor, given, &Choice::Recognise, &|_| ()).await.unwrap();
    assert_eq!(done.counts.refused, 0, "{name}");
}

/// Everybody, in the order of the file.
pub(crate) async fn people(world: &World) -> Vec<Id<Jobseeker>> {
    let mut r = world.app.db().read().await.unwrap();
    let scope = Actor::office("test").scope();
    let page = store::jobseeker::page(&mut r, &scope, None, 1_000).await.unwrap();
    page.items.iter().map(|jobseeker| jobseeker.id).collect()
}

async fn county(world: &World) -> Vec<Id<Jobseeker>> {
    import(world, Noun::Vacancies, "岗位.csv", POSTS).await;
    import(world, Noun::Jobseekers, "人员.csv", PEOPLE).await;
    people(world).await
}

async fn for_person(world: &World, id: Id<Jobseeker>, limit: usize) -> Ranking<Offered> {
    matches(&world.app, &Actor::office("test"), id, limit).await.unwrap()
}

fn codes<T>(ranked: &Ranked<T>) -> Vec<&'static str> {
    let said = ranked.parts.iter().flat_map(|part| &part.reasons);
    said.chain(&ranked.unknown).map(|reason: &Reason| reason.code).collect()
}

#[tokio::test]
async fn a_welder_is_shown_the_welders_post_first_and_told_why() {
    both(async |world| {
        let welder = county(world).await[0];
        let ranking = for_person(world, welder, 10).await;
        let best = &ranking.items[0];
        assert_eq!(best.what.vacancy.offer.title, "电焊工");
        assert_eq!(best.what.employer.details.name, "甘谷县禾砚川金属制品厂");
        for code in ["skills_had", "occupation_wished", "place_township", "pay_reaches"] {
            assert!(codes(best).contains(&code), "{code} in {:?}", codes(best));
        }
        assert!(best.score > 88_000, "{}", best.score);
        let excluded = [(Limit::LicenceMissing, 1), (Limit::TooFar, 1), (Limit::BelowFloor, 1)];
        assert_eq!(ranking.excluded, excluded.into());
        assert_eq!((ranking.items.len(), ranking.version), (2, 4));
    })
    .await;
}

#[tokio::test]
async fn somebody_who_has_said_little_is_not_shut_out_and_told_what_would_help() {
    both(async |world| {
        let silent = county(world).await[2];
        let ranking = for_person(world, silent, 10).await;
        // the law asks the welders and the driver for a paper
        assert_eq!(ranking.excluded, [(Limit::LicenceMissing, 4)].into());
        for code in ["skills_untold", "occupation_untold", "pay_untold"] {
            assert!(codes(&ranking.items[0]).contains(&code), "{code}");
        }
    })
    .await;
}

#[tokio::test]
async fn candidates_are_ranked_without_a_name_and_only_for_the_office() {
    both(async |world| {
        let welder = county(world).await[0];
        let office = Actor::office("test");
        let post = for_person(world, welder, 1).await.items[0].what.vacancy.id;
        let ranking = candidates(&world.app, &office, post, 2).await.unwrap();
        let first = &ranking.items[0];
        assert_eq!(first.what.id, welder);
        assert_eq!(first.what.region, "620523", "not the township");
        assert_eq!(first.score, for_person(world, welder, 1).await.items[0].score);
        let shown = format!("{ranking:?}");
        assert!(!shown.contains("巩一") && !shown.contains("1540000"));

        let public = Actor::public();
        let nobody = candidates(&world.app, &public, post, 2).await.unwrap();
        assert!(nobody.items.is_empty() && nobody.excluded.is_empty());
        let refused = matches(&world.app, &public, welder, 2).await;
        assert!(matches!(refused, Err(Error::Absent("jobseeker"))));
    })
    .await;
}

#[tokio::test]
async fn a_pair_says_every_limit_that_stands_in_the_way() {
    both(async |world| {
        let people = county(world).await;
        let office = Actor::office("test");
        let mut r = world.app.db().read().await.unwrap();
        let all = store::vacancy::all_after(&mut r, None, 100).await.unwrap();
        drop(r);
        let kunshan = all.iter().find(|one| one.offer.place.region == "320583").unwrap().id;
        let looked = pair(&world.app, &office, people[0], kunshan).await.unwrap();
        let Outcome::Excluded { limits, reasons } = looked.outcome else {
            panic!("a welder who stays in the county was sent to Kunshan")
        };
        assert_eq!(limits, [Limit::TooFar]);
        let sayer = reasons[0].args.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        assert_eq!(sayer, ["km"]);
        assert_eq!(looked.candidate.label.len(), 5);
    })
    .await;
}

/// Rows of some trades, places and wages in every combination that a small number makes.
fn many() -> (String, String) {
    let titles = ["电焊工", "厨师", "保洁员", "叉车工", "会计"];
    let places = ["甘谷县新兴镇", "天水市秦州区", "兰州市七里河区", "江苏省昆山市", "武山县"];
    let schools = ["不限", "初中", "高中", "大专"];
    let mut posts = POSTS.lines().next().unwrap().to_owned();
    let mut people = PEOPLE.lines().next().unwrap().to_owned();
    for n in 0..60_usize {
        let (title, place) = (titles[n % 5], places[(n / 5 + n) % 5]);
        let (school, pay) = (schools[n * 7 % 4], 3_000 + n * 131 % 4_000);
        let days = 1 + n % 20;
        write!(
            posts,
            "\n{n},甘谷县第{n}厂,{title},1,{place},{pay}-{}元/月,{school},{}年,全职,包吃,会{title},2026-11-{days:02}",
            pay + 1_000,
            n % 4
        )
        .unwrap();
        if n < 6 {
            let wish = titles[n * 3 % 5];
            let regions = ["甘谷县", "天水市", "不限", ""][n % 4];
            write!(
                people,
                "\n张{n},,154000010{n:02},{},{school},{wish},{},{regions},{}年,{wish},,,否,是",
                places[n % 3],
                pay - 500,
                n % 6
            )
            .unwrap();
        }
    }
    (posts, people)
}

/// The order of a list: the total, then what more is known of, then the newer, then the id.
type Place = (i64, i64, Reverse<Option<NaiveDate>>, Id<Vacancy>);

fn place(total: i64, parts: &[Part], vacancy: &Vacancy) -> Place {
    // the more is known, the less the doubt weighs
    let doubt = parts.iter().filter(|part| part.kind == Kind::Untold).map(|part| part.of).sum();
    (-total, doubt, Reverse(vacancy.offer.posted_on), vacancy.id)
}

/// Best first, one pair after the other: slow, and right.
async fn one_by_one(world: &World, person: Id<Jobseeker>) -> Vec<Place> {
    let (app, office) = (&world.app, Actor::office("test"));
    let mut r = app.db().read().await.unwrap();
    let all = store::vacancy::all_after(&mut r, None, 100).await.unwrap();
    drop(r);
    assert_eq!(all.len(), 60);
    let mut scores = Vec::new();
    for vacancy in &all {
        let looked = pair(app, &office, person, vacancy.id).await.unwrap();
        if let Outcome::Score { total, parts, .. } = looked.outcome {
            scores.push(place(total, &parts, vacancy));
        }
    }
    scores.sort();
    scores
}

#[tokio::test]
async fn the_list_is_what_looking_at_every_pair_would_give() {
    both(async |world| {
        let (posts, jobseekers) = many();
        import(world, Noun::Vacancies, "many.csv", &posts).await;
        import(world, Noun::Jobseekers, "people.csv", &jobseekers).await;
        for person in people(world).await {
            let mut scores = one_by_one(world, person).await;
            let ranking = for_person(world, person, 10).await;
            let excluded: i64 = ranking.excluded.values().sum();
            assert_eq!(usize::try_from(excluded).unwrap(), 60 - scores.len());
            let listed: Vec<_> =
                ranking.items.iter().map(|i| place(i.score, &i.parts, &i.what.vacancy)).collect();
            scores.truncate(10);
            assert_eq!(listed, scores);
        }
    })
    .await;
}

#[tokio::test]
async fn the_structures_in_memory_give_the_lists_that_the_rows_give() {
    both(async |world| {
        let (posts, jobseekers) = many();
        import(world, Noun::Vacancies, "many.csv", &posts).await;
        import(world, Noun::Jobseekers, "people.csv", &jobseekers).await;
        let office = Actor::office("test");
        let mut streamed = Vec::new();
        for person in people(world).await {
            streamed.push(for_person(world, person, 10).await);
        }
        let post = streamed[0].items[0].what.vacancy.id;
        let applicants = candidates(&world.app, &office, post, 5).await.unwrap();
        engine::catch_up(&world.app).await.unwrap();
        for (person, before) in people(world).await.into_iter().zip(&streamed) {
            let after = for_person(world, person, 10).await;
            assert_eq!(format!("{after:?}"), format!("{before:?}"));
        }
        let again = candidates(&world.app, &office, post, 5).await.unwrap();
        assert_eq!(format!("{again:?}"), format!("{applicants:?}"));
    })
    .await;
}

#[tokio::test]
async fn what_somebody_changes_counts_on_the_next_look() {
    both(async |world| {
        let everybody = county(world).await;
        engine::catch_up(&world.app).await.unwrap();
        let cook = everybody[1];
        let before = for_person(world, cook, 1).await;
        assert_eq!(before.items[0].what.vacancy.offer.title, "厨师");
        let changed = PEOPLE
            .replace("初中,厨师,4500", "初中,电焊工,4500")
            .replace("炒菜", "氩弧焊、焊工操作证");
        import(world, Noun::Jobseekers, "人员.csv", &changed).await;
        let after = for_person(world, cook, 1).await;
        assert_eq!(after.items[0].what.vacancy.offer.title, "电焊工");
    })
    .await;
}
