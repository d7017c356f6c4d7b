//! Type-ahead: what is offered is made from the tables beside what answers meanwhile, and made
//! anew while the log of events grows.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
    time::{Duration, Instant},
};

use chrono::{Days, NaiveDate};
use model::{
    access::Actor,
    occupation::Occupation,
    reference::Reference,
    region::{Code, Region},
    skill::Skill,
    vacancy::suggestion::{Kind, Suggestion},
};
use search::suggest::{Item, Suggester};
use tokio::sync::Mutex;

use crate::{App, Result, blocking};

/// The least time between two makings, and how many times as long as the last one took.
const PAUSE: Duration = Duration::from_millis(500);
const TIMES: u32 = 30;

/// What answers, and the pen of whoever makes it anew.
#[derive(Default)]
pub(crate) struct Kept {
    now: RwLock<Option<Arc<Made>>>,
    making: Mutex<()>,
}

/// A suggester, with the day it is for and how far the log had come.
struct Made {
    suggester: Suggester,
    day: NaiveDate,
    seq: i64,
}

/// The likeliest things that somebody who has typed so far means, best first. The first who asks
/// waits for the first making; after that nobody waits.
pub async fn suggest(
    app: &App,
    typed: &str,
    region: Option<&Code>,
    limit: usize,
) -> Result<Vec<Suggestion>> {
    let made = match now(app) {
        Some(made) => made,
        None => renew(app).await?,
    };
    Ok(made.suggester.find(typed, region, limit))
}

/// Is it one of the words that can be suggested? Before the first making nothing is.
pub(crate) fn knows(app: &App, word: &str) -> bool {
    now(app).is_some_and(|made| made.suggester.knows(word))
}

fn now(app: &App) -> Option<Arc<Made>> {
    app.0.suggestions.now.read().ok().and_then(|now| now.clone())
}

/// Makes it anew for as long as the program runs, whenever there is news; never so often that the
/// making is more than a small part of what the machine does.
pub async fn follow(app: &App) {
    loop {
        let began = Instant::now();
        if let Err(error) = renew(app).await {
            tracing::warn!(%error, cause = ?error, "type-ahead does not follow the log");
        }
        tokio::time::sleep(PAUSE.max(began.elapsed() * TIMES)).await;
    }
}

/// Makes it anew if the log has grown or the day has changed; whoever asks meanwhile waits for it.
async fn renew(app: &App) -> Result<Arc<Made>> {
    let _pen = app.0.suggestions.making.lock().await;
    let (day, reference) = (app.today(), app.reference().await?);
    let seq = store::event::last(&mut app.db().read().await?).await?;
    if let Some(made) = now(app).filter(|made| made.seq == seq && made.day == day) {
        return Ok(made);
    }
    let items = items(app, &reference, day).await?;
    let suggester = blocking(move || Suggester::new(&items)).await?;
    let made = Arc::new(Made { suggester, day, seq });
    if let Ok(mut now) = app.0.suggestions.now.write() {
        *now = Some(Arc::clone(&made));
    }
    Ok(made)
}

/// Region and how many.
type Spread = Vec<(String, u64)>;

async fn items(app: &App, reference: &Reference, day: NaiveDate) -> Result<Vec<Item>> {
    let scope = Actor::program("suggester").scope();
    let mut r = app.db().read().await?;
    let mut skills: HashMap<String, Spread> = HashMap::new();
    for ((skill, region), count) in store::vacancy::open::by_skill(&mut r, &scope, day).await? {
        skills.entry(skill).or_default().push((region, count));
    }
    let open = store::vacancy::open::by_occupation(&mut r, &scope, day).await?;
    let mut items = of_tables(reference, &open, skills);
    let mut employers: HashMap<_, Item> = HashMap::new();
    for (id, name, region, count) in store::vacancy::open::by_employer(&mut r, &scope, day).await? {
        let fresh = || item(Kind::Employer, &id.to_string(), vec![name], None);
        employers.entry(id).or_insert_with(fresh).open.push((region, count.unsigned_abs()));
    }
    items.extend(employers.into_values());
    let (least, days) = crate::inquiry::terms(app).await?;
    let since = day.checked_sub_days(Days::new(days)).unwrap_or(day);
    let mut often: HashMap<String, Item> = HashMap::new();
    for (words, region, count) in store::inquiry::often(&mut r, &scope, since, least).await? {
        let fresh = || item(Kind::Words, &words, vec![words.clone()], None);
        let item = often.entry(words.clone()).or_insert_with(fresh);
        item.open.push((region, count.unsigned_abs()));
    }
    items.extend(often.into_values());
    Ok(items)
}

/// Occupations, places and skills without a vacancy: to measure with.
pub fn tables(reference: &Reference) -> Vec<Item> {
    of_tables(reference, &[], HashMap::new())
}

fn of_tables(
    reference: &Reference,
    open: &[(String, String, i64)],
    mut skills: HashMap<String, Spread>,
) -> Vec<Item> {
    let mut items = occupations(reference, open);
    items.extend(places(reference, open));
    let skill =
        |skill: &Skill| item(Kind::Skill, &skill.code, words(skill), skills.remove(&skill.code));
    items.extend(reference.skills.all().iter().map(skill));
    items
}

fn item(kind: Kind, id: &str, texts: Vec<String>, open: Option<Spread>) -> Item {
    Item { kind, id: id.to_owned(), texts, pinyin: String::new(), open: open.unwrap_or_default() }
}

fn split(aliases: &str) -> impl Iterator<Item = String> {
    aliases.split('|').filter(|alias| !alias.is_empty()).map(str::to_owned)
}

fn words(skill: &Skill) -> Vec<String> {
    let names = [skill.name_zh.clone(), skill.name_en.clone()];
    names.into_iter().chain(split(&skill.aliases)).filter(|name| !name.is_empty()).collect()
}

/// The occupations and groups that somebody would look for, each with what is open below it.
fn occupations(reference: &Reference, open: &[(String, String, i64)]) -> Vec<Item> {
    let mut below: HashMap<String, Spread> = HashMap::new();
    for (code, region, count) in open.iter().filter(|(code, ..)| !code.is_empty()) {
        let ends = code.match_indices('-').map(|(at, _)| at).chain([code.len()]);
        for node in ends.filter_map(|end| code.get(..end)) {
            below.entry(node.to_owned()).or_default().push((region.clone(), count.unsigned_abs()));
        }
    }
    let mut items = Vec::new();
    let mut nodes: Vec<&Occupation> = reference.occupations.children("");
    while let Some(node) = nodes.pop() {
        let inside = reference.occupations.children(&node.code);
        // a group of one is that one; "others of …" is looked for by nobody
        let doubled = inside.iter().any(|child| child.name == node.name);
        if node.level > 1 && !doubled && !node.name.starts_with("其他") {
            let texts = [node.name.clone()].into_iter().chain(split(&node.aliases)).collect();
            items.push(item(Kind::Occupation, &node.code, texts, below.remove(&node.code)));
        }
        nodes.extend(inside);
    }
    items
}

/// The places in force, each with what is open in it.
fn places(reference: &Reference, open: &[(String, String, i64)]) -> Vec<Item> {
    let mut inside: HashMap<Code, u64> = HashMap::new();
    for (_, region, count) in open {
        let Ok(code) = region.parse::<Code>() else { continue };
        for level in 1..=code.level() {
            *inside.entry(code.at_level(level)).or_default() += count.unsigned_abs();
        }
    }
    let mut items = Vec::new();
    let mut nodes: Vec<&Region> = reference.places.children("");
    while let Some(node) = nodes.pop() {
        let texts = [node.name.clone()].into_iter().chain(split(&node.aliases)).collect();
        let count = node.code.parse().ok().and_then(|code: Code| inside.remove(&code));
        let open = count.map(|count| vec![(node.code.clone(), count)]);
        let pinyin = node.pinyin.clone();
        items.push(Item { pinyin, ..item(Kind::Place, &node.code, texts, open) });
        nodes.extend(reference.places.children(&node.code));
    }
    items
}
