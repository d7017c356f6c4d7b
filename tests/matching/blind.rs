//! What may not count: the same people, told once with one set of traits and once with another,
//! come in as files, and every ranking is the same.

use std::fmt::Write as _;

use app::intake::{self, Choice, Given};
use model::{Id, access::Actor, intake::Noun, jobseeker::Jobseeker, matching::Person};

use super::many;
use crate::world::World;

/// How many people are told twice.
const PEOPLE: usize = 2_000;
/// For so many of them the whole list is asked for, as anybody at the office would.
const LISTED: usize = 60;

/// Traits as files have them: one person's, and the other's.
struct Traits {
    male: bool,
    birth: u32,
    register: &'static str,
    words: [&'static str; 8],
}

const ONE: Traits = Traits {
    male: true,
    birth: 1996,
    register: "620523",
    words: ["男", "汉族", "非农业户口", "无", "健康", "否", "普通", "爱好运动"],
};
const OTHER: Traits = Traits {
    male: false,
    birth: 1969,
    register: "650102",
    words: [
        "女",
        "维吾尔族",
        "农业户口，外省户籍",
        "伊斯兰教",
        "乙肝病毒携带",
        "残疾四级",
        "低保、4050、零就业家庭",
        "丧偶，有宗教信仰，属就业援助对象",
    ],
};

/// A citizen number with its check digit.
fn number(traits: &Traits, n: usize) -> String {
    let order = (n % 499) * 2 + usize::from(traits.male);
    let (month, day) = (n / 499 % 12 + 1, n % 28 + 1);
    let body = format!("{}{}{month:02}{day:02}{order:03}", traits.register, traits.birth);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(b, w)| u32::from(b - b'0') * w).sum();
    let check = b"10X98765432"[usize::try_from(sum % 11).unwrap()];
    format!("{body}{}", char::from(check))
}

/// Everything but the traits goes by `n` alone.
fn file(traits: &Traits) -> String {
    let mut text = "姓名,身份证号,联系电话,现居住地,文化程度,求职工种,期望工资,期望地区,工作年限,\
                    技能/证书,工作经历,用工形式,需要住宿,需要就餐,性别,民族,户口性质,宗教信仰,\
                    健康状况,残疾情况,人员类别,备注"
        .to_owned();
    let trades = ["电焊工", "厨师", "保洁员", "叉车工", "会计", ""];
    let places = ["甘谷县新兴镇", "天水市秦州区", "兰州市七里河区", "武山县", ""];
    let schools = ["", "初中", "高中", "大专", "本科"];
    let regions = ["甘谷县", "天水市", "不限", "", "江苏省"];
    let skills = ["电焊", "炒菜", "叉车证", "会计", "氩弧焊、看图纸", ""];
    for n in 0..PEOPLE {
        write!(
            text,
            "\n张{n},{},154{n:08},{},{},{},{},{},{}年,{},{},,{},否,{}",
            number(traits, n),
            places[n % 5],
            schools[n / 5 % 5],
            trades[n / 7 % 6],
            [String::new(), (2_500 + n % 40 * 100).to_string()][n % 2],
            regions[n / 11 % 5],
            n % 9,
            skills[n / 3 % 6],
            traits.words[7],
            ["是", "否"][n / 2 % 2],
            traits.words.join(","),
        )
        .unwrap();
    }
    text
}

async fn told(traits: &Traits) -> (World, Vec<Id<Jobseeker>>) {
    let world = World::alone().await;
    let (posts, _) = many();
    for (noun, name, text) in
        [(Noun::Vacancies, "posts.csv", posts), (Noun::Jobseekers, "people.csv", file(traits))]
    {
        let path = world.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let given = Given { noun, name, path: &path };
        let office = Actor::office("test");
        let done =
            intake::import(&world.app, &office, given, &Choice::Recognise, &|_| ()).await.unwrap();
        assert_eq!(done.counts.refused, 0, "{name}");
    }
    let mut r = world.app.db().read().await.unwrap();
    let scope = Actor::office("test").scope();
    let page = store::jobseeker::page(&mut r, &scope, None, PEOPLE).await.unwrap();
    drop(r);
    // in the order of the file, whatever the order of the ids
    let mut people: Vec<_> =
        page.items.iter().map(|one| (one.source.key.clone(), one.id)).collect();
    people.sort_by_key(|(_, id)| *id);
    assert_eq!(people.len(), PEOPLE);
    (world, people.into_iter().map(|(_, id)| id).collect())
}

/// What is shown of a ranking, without the ids of this world.
async fn ranking(world: &World, person: Id<Jobseeker>) -> (Vec<(String, i64)>, serde_json::Value) {
    let path = format!("/api/v1/jobseekers/{person}/matches?limit=60");
    let body = world.office().get(&path).await.is(200).json();
    let items = body["items"].as_array().unwrap().iter();
    let seen = |item: &serde_json::Value| {
        (format!("{} {}", item["title"], item["facts"]), item["score"].as_i64().unwrap())
    };
    (items.map(seen).collect(), body["excluded"].clone())
}

#[tokio::test]
async fn thousands_of_people_are_ranked_alike_whatever_they_are() {
    let ((one, ours), (other, theirs)) = (told(&ONE).await, told(&OTHER).await);
    let mut listed = 0;
    for (n, (a, b)) in ours.iter().zip(&theirs).enumerate() {
        let (a_seen, b_seen) = (features(&one, *a).await, features(&other, *b).await);
        assert_eq!(a_seen, b_seen, "person {n}");
        if n % (PEOPLE / LISTED) == 0 {
            assert_eq!(ranking(&one, *a).await, ranking(&other, *b).await, "person {n}");
            listed += 1;
        }
    }
    println!("{PEOPLE} people with the same features, {listed} whole lists the same");
    one.app.db().close().await;
    other.app.db().close().await;
}

/// All that the rule can see of somebody.
async fn features(world: &World, id: Id<Jobseeker>) -> Person {
    let office = Actor::office("test");
    app::matching::features(&world.app, &office, id).await.unwrap()
}
