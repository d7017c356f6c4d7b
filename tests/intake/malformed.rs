//! A thousand files that are none, or almost none: each is refused in words or taken whole. Nothing
//! panics, nothing ends the program, nothing is left half done.

mod hostile;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::{
    App, Error,
    intake::{self, Choice, Given},
};
use model::intake::{Noun, file::State};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use tokio::sync::Semaphore;

use super::{county, office, vacancies};
use crate::world::{World, both};

/// Good files, to be spoilt.
fn sound() -> Vec<(&'static str, Vec<u8>)> {
    let csv = county::posts(3, 40);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let object = |row: &csv::StringRecord| -> serde_json::Value {
        headings.iter().zip(row).map(|(h, c)| (h.to_owned(), serde_json::Value::from(c))).collect()
    };
    let objects: Vec<serde_json::Value> = rows.iter().map(object).collect();
    let lines = objects.iter().map(|o| format!("{o}\n")).collect::<Vec<_>>().concat();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, headings.iter()).unwrap();
    for (at, row) in (1..).zip(&rows) {
        sheet.write_row(at, 0, row.iter()).unwrap();
    }
    vec![
        ("csv", csv.clone().into_bytes()),
        ("gb.csv", encoding_rs::GB18030.encode(&csv).0.into_owned()),
        ("xlsx", book.save_to_buffer().unwrap()),
        ("json", serde_json::to_vec(&objects).unwrap()),
        ("jsonl", lines.into_bytes()),
    ]
}

/// The file with one thing done to it that a bad line, a bad disk or a bad person does.
fn spoilt(dice: &mut ChaCha8Rng, bytes: &[u8]) -> Vec<u8> {
    let mut below = |n: usize| usize::try_from(dice.next_u64()).unwrap() % n.max(1);
    let (at, length) = (below(bytes.len()), below(200));
    let end = (at + length).min(bytes.len());
    let (head, tail) = bytes.split_at(at);
    match below(7) {
        0 => head.to_vec(),
        1 => [head, &bytes[end..]].concat(),
        2 => [head, &bytes[at..end], tail].concat(),
        3 => [head, &vec![0; length], tail].concat(),
        4 => [head, &vec![0xFF; length], &bytes[end..]].concat(),
        5 => [tail, head].concat(),
        _ => {
            let mut flipped = bytes.to_vec();
            for _ in 0..=below(8) {
                let at = below(flipped.len());
                flipped[at] ^= 1 << below(8);
            }
            flipped
        }
    }
}

fn files() -> Vec<(String, Vec<u8>)> {
    let mut dice = ChaCha8Rng::seed_from_u64(1_048_576);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (kind, bytes) in sound() {
        let spoils = (0..170).map(|n| (format!("{n}.{kind}"), spoilt(&mut dice, &bytes)));
        files.extend(spoils);
    }
    for n in 0..200 {
        let (name, part) = [("sheet", hostile::SHEET), ("strings", hostile::STRINGS)][n % 2];
        let part = spoilt(&mut dice, part.as_bytes());
        let (sheet, strings) = if name == "sheet" {
            (part.as_slice(), hostile::STRINGS.as_bytes())
        } else {
            (hostile::SHEET.as_bytes(), part.as_slice())
        };
        files.push((format!("{name}{n}.xlsx"), hostile::workbook(sheet, strings)));
    }
    files.extend(hostile::files());
    // The same bytes at the same time are one intake: that is another story.
    let mut seen = BTreeSet::new();
    files.retain(|(_, bytes)| seen.insert(bytes.clone()));
    files
}

/// What became of one file: rows accepted, or the code of its refusal.
async fn outcome(app: &App, path: &std::path::Path) -> Result<i64, String> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let given = Given { noun: Noun::Vacancies, name, path };
    match intake::import(app, &office(), given, &Choice::Recognise, &|_| ()).await {
        Ok(intake) => {
            assert_eq!(intake.state, State::Done, "{name}");
            Ok(intake.counts.accepted)
        }
        Err(Error::Refused(refusal)) => {
            let words = text::say(text::Lang::Zh, &refusal);
            assert!(words != refusal.code, "{name}: {} has no words", refusal.code);
            Err(refusal.code.to_owned())
        }
        Err(error) => panic!("{name}: {error}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_bad_files_are_refused_in_words_or_taken_whole() {
    let files = files();
    assert!(files.len() >= 1_000, "{}", files.len());
    // what a file is refused for does not depend on the database: once is enough
    let world = World::alone().await;
    let at_once = Arc::new(Semaphore::new(4));
    let mut running = Vec::new();
    for (name, bytes) in files {
        let path = super::put(&world, &name, bytes);
        let (app, at_once) = (world.app.clone(), Arc::clone(&at_once));
        running.push(tokio::spawn(async move {
            let _turn = at_once.acquire_owned().await.unwrap();
            (name, outcome(&app, &path).await)
        }));
    }
    let (mut accepted, mut told) = (0, BTreeMap::<String, usize>::new());
    for task in running {
        let (_, outcome) = task.await.unwrap();
        accepted += outcome.as_ref().unwrap_or(&0);
        *told.entry(outcome.err().unwrap_or("taken".into())).or_default() += 1;
    }
    println!("{told:#?}");
    let mut r = world.app.db().read().await.unwrap();
    let all = store::event::after(&mut r, 0, i64::MAX).await.unwrap();
    let brought = all.iter().filter(|event| event.noun == "vacancy").count();
    assert_eq!(i64::try_from(brought).unwrap(), accepted, "each accepted row, and nothing else");
    assert_eq!(store::intake::waiting(&mut r).await.unwrap(), 0);
    assert!(store::intake::all_unfinished(&mut r).await.unwrap().is_empty());
    assert!(told.len() > 10 && told.contains_key("intake.zip_bomb"));
}

/// What two imports of one file at the same time are told.
async fn twice(world: &World, path: &std::path::Path) -> [Result<i64, String>; 2] {
    Box::pin(async {
        let (one, other) = tokio::join!(outcome(&world.app, path), outcome(&world.app, path));
        [one, other]
    })
    .await
}

#[tokio::test]
async fn the_same_file_sent_twice_at_once_is_answered_twice_and_taken_once() {
    both(async |world| {
        for n in 0..8 {
            let broken = super::put(world, "b.xlsx", format!("PK\u{3}\u{4}{n}").into_bytes());
            let told = twice(world, &broken).await.map(Result::unwrap_err);
            let known = |code: &String| code == "intake.broken_workbook" || code.ends_with("over");
            assert!(told.iter().all(known), "{told:?}");
            let sound = super::put(world, "a.csv", county::posts(n, 5));
            let told = twice(world, &sound).await;
            assert!(told.iter().any(Result::is_ok), "{told:?}");
        }
        assert!(vacancies(world).await > 0);
        let mut r = world.app.db().read().await.unwrap();
        assert_eq!(store::intake::waiting(&mut r).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_reader_that_dies_is_told_of_and_ends_nobody_else() {
    both(async |world| {
        let path = super::put(world, "a.csv", county::posts(3, 5));
        for reader in ["/bin/true", "/usr/bin/yes"] {
            let reader = Some(reader.into());
            let settings = app::Settings { reader, ..world.app.settings().clone() };
            let app = App::open(settings).await.unwrap();
            assert_eq!(outcome(&app, &path).await, Err("intake.reader_died".to_owned()));
            app.db().close().await;
        }
        assert_eq!(vacancies(world).await, 0);
    })
    .await;
}
