//! Killed at any moment while it makes the index, or while the index follows the tables, the program
//! begins again with what is whole, mends the rest by itself, and index and tables agree.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

use super::Office;
use crate::world::{
    World, both,
    program::{self, Serving},
};

const ROUNDS: usize = 4;

fn jinqiao(world: &World, args: &[&str]) -> Command {
    let settings = world.app.settings();
    let mut command = program::command(&settings.data);
    if let Some(url) = &settings.database {
        command.args(["--database", url]);
    }
    command.args(args);
    command
}

fn serving(world: &World) -> Serving {
    let settings = world.app.settings();
    let database: Vec<&str> =
        settings.database.iter().flat_map(|url| ["--database", url]).collect();
    Serving::start(&settings.data, &database)
}

/// Compares every row with its document: what it says, if the two differ.
fn difference(world: &World) -> Option<String> {
    let done = jinqiao(world, &["reindex", "--check"]).output().unwrap();
    let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    (!done.status.success()).then_some(said)
}

/// Lets the service follow until nothing is left.
fn followed(world: &World) -> Serving {
    let (serving, began) = (serving(world), Instant::now());
    let done = |page: String| page.contains("jinqiao_index_lag_events 0\n");
    while !serving.get("/metrics").is_some_and(done) {
        assert!(began.elapsed() < Duration::from_mins(1), "{}", serving.lines());
        std::thread::sleep(Duration::from_millis(20));
    }
    serving
}

#[tokio::test]
async fn killed_while_it_makes_the_index_it_has_the_old_one_or_makes_another() {
    both(async |world| {
        let office = Office::open(world).await;
        let rows: Vec<_> = (0..1_200).map(|n| office.vacancy(&format!("电焊工{n}号"))).collect();
        office.publish(&rows).await;
        let began = Instant::now();
        assert!(jinqiao(world, &["reindex"]).output().unwrap().status.success());
        let whole = u64::try_from(began.elapsed().as_millis()).unwrap();
        let dice = &mut ChaCha8Rng::seed_from_u64(41);
        for round in 0..ROUNDS {
            let mut making = jinqiao(world, &["reindex"]);
            let mut making = making.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(dice.next_u64() % whole));
            drop(making.kill());
            drop(making.wait());
            // there was a whole one before: no moment is left without one
            assert_eq!(difference(world), None, "round {round}");
        }
        // and where there is none, a service that is killed over its first is no obstacle to the next
        let data = &world.app.settings().data;
        for _ in 0..2 {
            std::fs::remove_dir_all(data.join("index")).unwrap();
            let mut first = jinqiao(world, &["serve", "--listen", "127.0.0.1:0"]);
            let mut first = first.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            while !data.join("index").exists() {
                std::thread::sleep(Duration::from_millis(2));
            }
            std::thread::sleep(Duration::from_millis(dice.next_u64() % whole));
            drop(first.kill());
            drop(first.wait());
            let serving = followed(world);
            let page = serving.get("/api/v1/vacancies?q=%E7%94%B5%E7%84%8A%E5%B7%A5").unwrap();
            assert!(page.contains("\"total\":1200"), "{page}");
            drop(serving);
            assert_eq!(difference(world), None);
        }
    })
    .await;
}

#[tokio::test]
async fn killed_while_the_index_follows_it_goes_on_where_it_was() {
    both(async |world| {
        let office = Office::open(world).await;
        let dice = &mut ChaCha8Rng::seed_from_u64(42);
        let mut rows = Vec::new();
        for _ in 0..ROUNDS {
            let mut serving = serving(world);
            let kill = Duration::from_millis(dice.next_u64() % 500);
            let killed = std::thread::spawn(move || {
                std::thread::sleep(kill);
                serving.child.kill().unwrap();
                serving.child.wait().unwrap();
            });
            while !killed.is_finished() {
                // no two of them are the same vacancy from two sources
                let titles = (0..20).map(|n| format!("车工{}号", rows.len() + n));
                let fresh: Vec<_> = titles.map(|title| office.vacancy(&title)).collect();
                office.publish(&fresh).await;
                rows.extend(fresh);
                let at = usize::try_from(dice.next_u64()).unwrap() % rows.len();
                rows[at].offer.title += "急聘";
                office.change(&mut rows[at], true).await;
            }
            killed.join().unwrap();
        }
        let serving = followed(world);
        let page = serving.get("/api/v1/vacancies?q=%E8%BD%A6%E5%B7%A5").unwrap();
        assert!(page.contains(&format!("\"total\":{}", rows.len())), "{} {page}", rows.len());
        assert_eq!(serving.stop().0, Some(0));
        assert_eq!(difference(world), None);
        println!("{} rows, killed {ROUNDS} times", rows.len());
    })
    .await;
}
