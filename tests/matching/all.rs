//! The best posts for everybody, by a program that is killed in the middle and begins again.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::MetadataExt,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use model::intake::Noun;

use super::{PEOPLE, POSTS, import};
use crate::world::{both, program::command};

/// People of one file.
const BLOCK: usize = 2;
const PERSONS: usize = 160;

/// People like those of the other stories, each with other wishes and another home.
fn everybody() -> String {
    let homes = ["甘谷县新兴镇", "天水市秦州区", "武山县"];
    let wishes = ["电焊工", "厨师", "货车司机"];
    let row = |n: usize| {
        let (home, wish, years) = (homes[n % 3], wishes[n / 3 % 3], n % 9);
        format!(
            "欧阳{n},,154{n:08},{home},高中,{wish},{},甘谷县,{years}年,,,,否,否",
            2_000 + n * 20
        )
    };
    let rows = (0..PERSONS).map(row);
    PEOPLE.lines().take(1).map(str::to_owned).chain(rows).collect::<Vec<_>>().join("\n")
}

/// The files of a run that are whole: what is in them, and which file it is on the disk.
fn blocks(out: &Path) -> BTreeMap<String, (String, u64)> {
    let Ok(entries) = fs::read_dir(out) else { return BTreeMap::new() };
    let named = entries.map(|entry| entry.unwrap());
    let whole = named.filter(|entry| entry.path().extension().is_some_and(|end| end == "csv"));
    let file = |entry: fs::DirEntry| {
        let (text, inode) =
            (fs::read_to_string(entry.path()).unwrap(), entry.metadata().unwrap().ino());
        (entry.file_name().into_string().unwrap(), (text, inode))
    };
    whole.map(file).collect()
}

#[tokio::test]
async fn a_run_that_was_killed_goes_on_and_ends_like_one_that_was_left_alone() {
    both(async |world| {
        import(world, Noun::Vacancies, "岗位.csv", POSTS).await;
        import(world, Noun::Jobseekers, "人员.csv", &everybody()).await;
        let data = world.folder.path().join("data");
        let database = world.app.settings().database.clone();
        let database = database.unwrap_or_else(|| store::Db::url_in(&data));
        let run = |out: &Path| {
            let mut run = command(&data);
            run.args(["--database", &database, "match", "--all", "--block", &BLOCK.to_string()]);
            run.arg("--out").arg(out).stdout(Stdio::piped()).stderr(Stdio::piped());
            run
        };
        let (alone, killed) =
            (world.folder.path().join("alone"), world.folder.path().join("killed"));
        let done = run(&alone).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));

        let (mut child, began) = (run(&killed).spawn().unwrap(), Instant::now());
        while blocks(&killed).len() < 5 {
            assert!(began.elapsed() < Duration::from_mins(1));
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let before = blocks(&killed);
        assert!((5..PERSONS / BLOCK).contains(&before.len()), "{} blocks", before.len());
        let done = run(&killed).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(said.contains(&format!("{} of them from before", before.len())), "{said}");

        let (whole, after) = (blocks(&alone), blocks(&killed));
        assert_eq!(whole.len(), PERSONS / BLOCK);
        let texts = |all: &BTreeMap<String, (String, u64)>| -> Vec<_> {
            all.iter().map(|(name, (text, _))| (name.clone(), text.clone())).collect()
        };
        assert_eq!(texts(&after), texts(&whole));
        // what was whole was not written again
        assert!(before.iter().all(|(name, file)| after.get(name) == Some(file)));
        assert!(whole.values().any(|(text, _)| text.lines().count() > BLOCK));
    })
    .await;
}
