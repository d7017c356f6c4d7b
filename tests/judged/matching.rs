//! Persons of the judged sets: registered as an office registers them, and offered posts.

use app::intake::{self, Choice, Given};
use model::{Id, access::Actor, intake::Noun, jobseeker::Jobseeker};

use super::{Copy, copy};
use crate::world::World;

/// The office's own layout, without what tells who somebody is.
const HEADINGS: [&str; 14] = [
    "姓名",
    "身份证号",
    "联系电话",
    "户籍/现居住地",
    "文化程度",
    "求职工种",
    "期望工资",
    "期望地区",
    "工作年限",
    "技能/证书",
    "工作经历",
    "用工形式",
    "需要住宿",
    "需要就餐",
];

/// More than there are.
const ALL: usize = 100_000;

/// Registers persons from their rows, which begin with the place, and answers in their order.
pub(super) async fn registered(world: &World, rows: &[&[String]]) -> Vec<Id<Jobseeker>> {
    let path = world.folder.path().join("people.csv");
    let mut csv = csv::Writer::from_path(&path).unwrap();
    csv.write_record(HEADINGS).unwrap();
    for (number, row) in rows.iter().enumerate() {
        let known = [format!("试{}", surname(number)), String::new(), format!("154{number:08}")];
        csv.write_record(known.iter().chain(*row)).unwrap();
    }
    drop(csv);
    let before = everybody(world).await;
    let given = Given { noun: Noun::Jobseekers, name: "people.csv", path: &path };
    let (app, office) = (&world.app, Actor::office("test"));
    let done = intake::import(app, &office, given, &Choice::Recognise, &|_| ()).await.unwrap();
    assert_eq!(done.counts.refused, 0, "every person is registered");
    let mut all = everybody(world).await;
    all.retain(|id| !before.contains(id));
    assert_eq!(all.len(), rows.len());
    all
}

/// Names are characters, not numbers.
fn surname(number: usize) -> char {
    char::from_u32(0x4e00 + u32::try_from(number).unwrap()).unwrap()
}

/// In the order in which they came.
async fn everybody(world: &World) -> Vec<Id<Jobseeker>> {
    let mut r = world.app.db().read().await.unwrap();
    let page = store::jobseeker::page(&mut r, &Actor::office("test").scope(), None, ALL).await;
    page.unwrap().items.iter().map(|jobseeker| jobseeker.id).collect()
}

/// The posts that somebody is offered, best first.
pub(super) async fn offered(world: &World, id: Id<Jobseeker>, limit: usize) -> Vec<Option<Copy>> {
    let office = Actor::office("test");
    let ranking = app::matching::matches(&world.app, &office, id, limit).await.unwrap();
    ranking.items.iter().map(|ranked| Some(copy(&ranked.what.vacancy))).collect()
}
