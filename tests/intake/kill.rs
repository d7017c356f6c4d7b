//! Killed at any moment and begun again, an import ends as if it had never been killed, and what it
//! had called committed is there.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use tempfile::TempDir;

use super::{county, office, program::jinqiao, put};
use crate::world::{World, both, program};

const ROWS: usize = 3_300;

/// How many rounds: `JINQIAO_KILLS`, else six.
fn rounds() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a long run is asked for from outside")]
    let asked = std::env::var("JINQIAO_KILLS").ok();
    asked.map_or(6, |n| n.parse().unwrap())
}

/// When the program dies: so long after its start, or so long after it has called the n-th batch
/// committed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    After(Duration),
    Told(usize, Duration),
}

/// Runs the import and kills it at the moment, or lets it end: what it called committed last.
fn import(mut command: Command, moment: Option<Moment>) -> (i64, bool) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (tell, told) = mpsc::channel();
    let listening = std::thread::spawn(move || {
        let numbers = out.lines().map_while(Result::ok).filter_map(|line| {
            line.strip_prefix("committed ")?.split(' ').next()?.parse::<i64>().ok()
        });
        // when nobody listens any more, the program was killed at its start
        numbers.inspect(|_| tell.send(()).unwrap_or_default()).last().unwrap_or(0)
    });
    match moment {
        Some(Moment::After(delay)) => {
            let until = Instant::now() + delay;
            while Instant::now() < until && child.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_millis(2));
            }
        }
        Some(Moment::Told(batch, delay)) => {
            // at its end it tells no more
            (0..batch).for_each(|_| told.recv().unwrap_or_default());
            std::thread::sleep(delay);
        }
        None => drop(child.wait().unwrap()),
    }
    drop(child.kill());
    let ended = child.wait().unwrap().code().is_some();
    (listening.join().unwrap(), ended)
}

fn command(world: &World, program: Option<&Path>, file: &Path) -> Command {
    let mut ours = jinqiao(world, &["import", "vacancies", file.to_str().unwrap()]);
    let Some(program) = program else { return ours };
    let mut other = Command::new(program);
    other.args(ours.get_args()).env("LC_ALL", "C").stdin(Stdio::null());
    ours = other;
    ours
}

/// Rows whose outcome is on disk: of the last intake, since one that was killed after its last
/// commit is done, and the file then comes again.
async fn committed(world: &World) -> i64 {
    let mut r = world.app.db().read().await.unwrap();
    let listed = store::intake::page(&mut r, &office().scope(), None, 9).await.unwrap();
    listed.items.first().map_or(0, |intake| intake.counts.rows)
}

/// One round: kill as the dice say, begin again until it ends. Answers how often more was called
/// committed than was there.
async fn round(
    world: &World,
    program: Option<&Path>,
    dice: &mut ChaCha8Rng,
    whole: Duration,
) -> u32 {
    let file = put(world, "county.csv", county::posts(7, ROWS));
    let mut lies = 0;
    let mut below = |n: u64| dice.next_u64() % n;
    for _ in 0..=below(3) {
        let whole = u64::try_from(whole.as_millis()).unwrap();
        let moment = if below(2) == 0 {
            Moment::After(Duration::from_millis(below(whole)))
        } else {
            let batch = usize::try_from(1 + below(3)).unwrap();
            Moment::Told(batch, Duration::from_millis(below(4) * 15))
        };
        let (told, ended) = import(command(world, program, &file), Some(moment));
        lies += u32::from(told > committed(world).await);
        if ended {
            return lies;
        }
    }
    let (told, _) = import(command(world, program, &file), None);
    assert_eq!(told, i64::try_from(ROWS).unwrap());
    lies
}

/// What an undisturbed import leaves, and how long it takes.
async fn undisturbed(world: &World, program: Option<&Path>) -> (Vec<String>, Duration) {
    let file = put(world, "county.csv", county::posts(7, ROWS));
    let began = Instant::now();
    let (told, ended) = import(command(world, program, &file), None);
    assert!(ended && told == i64::try_from(ROWS).unwrap());
    (county::summary(world).await, began.elapsed())
}

#[tokio::test]
async fn an_import_that_is_killed_ends_as_if_it_had_not_been() {
    let mut dice = ChaCha8Rng::seed_from_u64(20_261_122);
    let calm = std::sync::Mutex::new(None);
    both(async |world| {
        let left = undisturbed(world, None).await;
        calm.lock().unwrap().get_or_insert(left);
    })
    .await;
    let (expected, whole) = calm.into_inner().unwrap().unwrap();
    let lies = std::sync::atomic::AtomicU32::new(0);
    for number in 0..rounds() {
        // each engine throws the same dice
        let seed = dice.next_u64();
        both(async |world| {
            let mut dice = ChaCha8Rng::seed_from_u64(seed);
            let found = round(world, None, &mut dice, whole).await;
            lies.fetch_add(found, std::sync::atomic::Ordering::Relaxed);
            assert!(county::summary(world).await == expected, "round {number} left something else");
        })
        .await;
    }
    println!("{} rounds of kills on each engine, nothing lost and nothing twice", rounds());
    assert_eq!(lies.into_inner(), 0, "something was called committed that was not there");
}

/// Builds the program that tells of a batch before its commit.
fn defective() -> (TempDir, PathBuf) {
    let build = |args: &[&str]| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--workspace", "--bin", "jinqiao", "--locked"]).args(args);
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        assert!(cargo.current_dir(root).status().unwrap().success());
    };
    let sound = program::path();
    build(&["--features", "app/planted-defect"]);
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("jinqiao");
    std::fs::copy(sound, &kept).unwrap();
    build(&[]);
    (folder, kept)
}

#[tokio::test]
#[ignore = "builds the program twice: run alone, with --ignored"]
async fn a_planted_defect_is_found_by_the_same_kills() {
    let (_folder, program) = defective();
    let mut dice = ChaCha8Rng::seed_from_u64(20_261_122);
    let lies = std::sync::atomic::AtomicU32::new(0);
    for _ in 0..rounds() {
        let seed = dice.next_u64();
        both(async |world| {
            let mut dice = ChaCha8Rng::seed_from_u64(seed);
            let whole = Duration::from_secs(4);
            let found = round(world, Some(&program), &mut dice, whole).await;
            lies.fetch_add(found, std::sync::atomic::Ordering::Relaxed);
        })
        .await;
    }
    let lies = lies.into_inner();
    println!("the planted defect showed {lies} times in {} rounds", rounds());
    assert!(lies > 0, "the harness does not see a batch that is told before its commit");
}
