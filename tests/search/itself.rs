//! A text finds itself: whatever word stands in a vacancy, asking for it finds the vacancy.

use std::{collections::BTreeSet, path::Path};

use aho_corasick::AhoCorasick;
use model::{
    Id,
    intake::{Noun, binding::Binding, layout, vacancy},
    reference::Reference,
    vacancy::{Offer, Source, State, Vacancy, query::VacancyQuery},
};
use search::{Entry, Index, Mark};
use uuid::Uuid;

use crate::{
    real_files::{data, rows},
    world::{World, beginning, demonstration},
};

const FILES: [&str; 5] = [
    "postings-zh/zhilian_2024_sample.csv",
    "postings-zh/51job_bigdata_2019.jsonl",
    "postings-zh/it_postings_2019_sample.jsonl",
    "postings-zh/tipdm_5iai_vacancies_2023.jsonl",
    "postings-en/nyc_jobs_2013_2019.csv",
];

/// Each vacancy is alone in an occupation of its own, so that one question says whether it is found.
fn code(n: usize) -> String {
    format!("9-{:02}-{:02}-{:02}", n / 10_000, n / 100 % 100, n % 100)
}

fn offers(reference: &Reference, path: &Path) -> Vec<Offer> {
    let rows = rows(path);
    let binding = Binding::recognise(Noun::Vacancies, &rows, layout::builtin());
    let today = beginning().date_naive();
    let read = |row| vacancy::read(reference, &binding, row, today).ok();
    let drafts = rows.iter().filter(|row| binding.is_data(row)).filter_map(read);
    drafts.map(|(draft, ..)| draft.offer).collect()
}

/// The words that are asked for: names of occupations and skills, and all titles.
fn words(reference: &Reference, offers: &[Offer]) -> Vec<String> {
    let mut words: BTreeSet<String> =
        offers.iter().map(|offer| offer.title.to_lowercase()).collect();
    for skill in reference.skills.all() {
        words.extend(skill.aliases.split('|').map(str::to_lowercase));
        words.extend([skill.name_zh.to_lowercase(), skill.name_en.to_lowercase()]);
    }
    let mut codes = vec![String::new()];
    while let Some(code) = codes.pop() {
        for node in reference.occupations.children(&code) {
            words.extend(node.aliases.split('|').map(str::to_lowercase));
            words.insert(node.name.to_lowercase());
            codes.push(node.code.clone());
        }
    }
    words.retain(|word| (1..=40).contains(&word.chars().count()));
    words.into_iter().collect()
}

/// Asks for words that stand in each vacancy; prints and counts those that do not find it.
pub(crate) async fn found(world: &World, offers: &[Offer]) -> (usize, usize) {
    let (reference, index) =
        (world.app.reference().await.unwrap(), world.app.index().await.unwrap());
    let words = words(&reference, offers);
    fill(&index, offers);
    let finder = AhoCorasick::new(&words).unwrap();
    let (mut asked, mut missed) = (0, 0);
    for (n, offer) in offers.iter().enumerate() {
        let text = format!("{}\n{}", offer.title, offer.duties).to_lowercase();
        let mut contained: BTreeSet<&str> = finder
            .find_overlapping_iter(&text)
            .filter(|found| stands(&text, found.start(), found.end()))
            .map(|found| text.get(found.range()).unwrap())
            .collect();
        contained.extend(text.char_indices().step_by(29).filter_map(|(at, c)| {
            let character = text.get(at..at + c.len_utf8());
            character.filter(|_| ('\u{4e00}'..'\u{9fff}').contains(&c))
        }));
        for word in contained.into_iter().take(12) {
            let occupation = Some(code(n));
            let query = VacancyQuery { words: word.into(), occupation, ..VacancyQuery::default() };
            asked += 1;
            if index.list(&query, beginning().date_naive()).unwrap().total != 1 {
                missed += 1;
                println!("missed: {word}");
            }
        }
    }
    println!("{asked} words of {} vacancies: {missed} missed", offers.len());
    (asked, missed)
}

/// Is it a word there, and not a part of a longer one of letters?
fn stands(text: &str, start: usize, end: usize) -> bool {
    let letter = |c: Option<char>| {
        c.is_some_and(|c| c.is_alphanumeric() && !('\u{3400}'..'\u{a000}').contains(&c))
    };
    let (before, after) = (text.get(..start).unwrap(), text.get(end..).unwrap());
    let word = text.get(start..end).unwrap();
    if word.len() == 1 && after.starts_with(['+', '#']) {
        return false; // C++ is another language than C
    }
    !(letter(before.chars().next_back()) && letter(word.chars().next())
        || letter(word.chars().next_back()) && letter(after.chars().next()))
}

fn fill(index: &Index, offers: &[Offer]) {
    let vacancy = |(n, offer): (usize, &Offer)| Vacancy {
        id: Id::new(Uuid::from_u128(n as u128 + 1)),
        source: Source::default(),
        employer: Id::new(Uuid::from_u128(1)),
        offer: Offer { occupation: code(n), expires_on: None, ..offer.clone() },
        state: State::Published,
        created_at: beginning(),
        updated_at: beginning(),
        version: 1,
        hired: 0,
    };
    let vacancies: Vec<Vacancy> = offers.iter().enumerate().map(vacancy).collect();
    let entry =
        |vacancy| Entry { vacancy, employer: "", occupation: "", place: "", answered: None };
    let rebuild = index.rebuild(Mark::default()).unwrap();
    rebuild.put(&vacancies.iter().map(entry).collect::<Vec<_>>()).unwrap();
    rebuild.finish().unwrap();
    index.refresh();
}

#[tokio::test]
async fn words_of_ten_thousand_real_vacancies_find_them() {
    if !data().is_dir() {
        println!("skipped: there is no ../shared/data beside the project");
        return;
    }
    let world = World::alone().await;
    let reference = world.app.reference().await.unwrap();
    let paths = FILES.map(|file| data().join(file));
    let mut all: Vec<Offer> = paths.iter().flat_map(|path| offers(&reference, path)).collect();
    all.truncate(10_000);
    let (asked, missed) = found(&world, &all).await;
    assert!(asked > 50_000 && missed * 10_000 <= asked, "{missed} of {asked}");
}

#[tokio::test]
async fn words_of_the_demonstrations_vacancies_find_them() {
    let folder = demonstration::copied();
    let url = store::Db::url_in(&folder.path().join("data"));
    let db = store::Db::connect(&url).await.unwrap();
    let all =
        store::vacancy::all_after(&mut db.read().await.unwrap(), None, 100_000).await.unwrap();
    let offers: Vec<Offer> = all.into_iter().map(|vacancy| vacancy.offer).collect();
    let (asked, missed) = found(&World::alone().await, &offers).await;
    assert!(asked > 10_000 && missed * 10_000 <= asked, "{missed} of {asked}");
}
