//! Stories of backups: out of one database, into another, and files that are no backups.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Output, Stdio},
};

use store::{Deed, Note};
use uuid::Uuid;

use crate::world::{beginning, both, program::command};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

/// `backup FILE` of the program, of a database of either engine.
fn backup(data: &Path, database: &str, file: &Path) -> Output {
    let mut backup = command(data);
    backup.args(["--database", database, "backup"]).arg(file).output().unwrap()
}

fn restore(data: &Path, file: &Path, force: bool) -> Output {
    let mut restore = command(data);
    restore.arg("restore").arg(file);
    if force {
        restore.arg("--force");
    }
    restore.output().unwrap()
}

/// All lines of a backup but the head, which tells the hour.
fn lines(file: &Path) -> Vec<String> {
    let zcat = std::process::Command::new("zcat").arg("-f").arg(file).output().unwrap();
    assert!(zcat.status.success(), "{}", said(&zcat));
    let text = String::from_utf8(zcat.stdout).unwrap();
    let rows = text
        .lines()
        .filter(|line| !line.starts_with("{\"head\"") && !line.starts_with("{\"tail\""));
    rows.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_backup_of_either_engine_restores_into_a_new_folder() {
    both(async |world| {
        let (file, again) =
            (world.folder.path().join("all.gz"), world.folder.path().join("again.gz"));
        let data = world.folder.path().join("data");
        let database = world.app.settings().database.clone();
        let database = database.unwrap_or_else(|| store::Db::url_in(&data));
        let done = backup(&data, &database, &file);
        assert!(done.status.success(), "{}", said(&done));
        let new = world.folder.path().join("new");
        let done = restore(&new, &file, false);
        assert!(done.status.success(), "{}", said(&done));
        assert!(said(&done).contains("rows restored"), "{}", said(&done));
        let done = backup(&new, &store::Db::url_in(&new), &again);
        assert!(done.status.success(), "{}", said(&done));
        let (before, after) = (lines(&file), lines(&again));
        assert!(before.len() > 40_000, "{}", before.len());
        assert!(before == after, "{} and {} lines", before.len(), after.len());
    })
    .await;
}

#[tokio::test]
async fn a_damaged_backup_is_refused_and_nothing_changes() {
    both(async |world| {
        let (data, file) = (world.folder.path().join("data"), world.folder.path().join("all.gz"));
        let database = world.app.settings().database.clone();
        let database = database.unwrap_or_else(|| store::Db::url_in(&data));
        assert!(backup(&data, &database, &file).status.success());
        let whole = fs::read(&file).unwrap();
        let middle = whole.len() / 2;
        let mut flipped = whole.clone();
        flipped[middle] ^= 0x10;
        let new = world.folder.path().join("new");
        for damaged in [&whole[..middle], &whole[..whole.len() - 9], &flipped, &[], b"no backup"] {
            fs::write(&file, damaged).unwrap();
            let done = restore(&new, &file, true);
            assert_eq!(done.status.code(), Some(1), "{}", said(&done));
            assert!(said(&done).contains("not a whole backup"), "{}", said(&done));
            assert!(!new.exists());
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_with_something_in_it_is_overwritten_only_by_force() {
    both(async |world| {
        let (data, file) = (world.folder.path().join("data"), world.folder.path().join("all.gz"));
        let database = world.app.settings().database.clone();
        let database = database.unwrap_or_else(|| store::Db::url_in(&data));
        assert!(backup(&data, &database, &file).status.success());
        let (name, actor) = ("vacancy.import", "test".into());
        let mut w = world.app.db().write(Deed { name, actor, at: beginning() }).await.unwrap();
        let (region, change) = (String::new(), serde_json::json!({}));
        w.note(Note { noun: "vacancy", subject: Uuid::from_u128(1), region, change });
        w.commit().await.unwrap();
        let mut restore = command(&data);
        restore.args(["--database", &database, "restore"]).arg(&file);
        let refused = restore.output().unwrap();
        assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
        assert!(said(&refused).contains("add --force"), "{}", said(&refused));
        assert_eq!(store::event::newest(world.app.db()).await.unwrap(), 1);
        let done = restore.arg("--force").output().unwrap();
        assert!(done.status.success(), "{}", said(&done));
        let db = store::Db::connect(&database).await.unwrap();
        assert_eq!(store::event::newest(&db).await.unwrap(), 0);
        db.close().await;
    })
    .await;
}

/// Vacancies as an office writes them, `rows` of them.
fn vacancies(rows: u32) -> String {
    let mut text =
        String::from("岗位编号,单位名称,岗位名称,招聘人数,工作地点,月薪/工资待遇,学历要求\n");
    for n in 0..rows {
        let line = format!(
            "b{n},榆中第{}食品厂,包装工{n},2,甘肃省兰州市榆中县,{}元,不限\n",
            n % 40,
            3000 + n
        );
        text.push_str(&line);
    }
    text
}

/// What `reindex` says of a data folder: the vacancies and how many of them differ.
fn reindexed(data: &Path) -> String {
    let done = command(data).arg("reindex").output().unwrap();
    assert!(done.status.success(), "{}", said(&done));
    let told = said(&done);
    told.lines().find(|line| line.contains("published")).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_backup_of_a_running_import_is_whole_and_the_import_goes_on_from_it() {
    const ROWS: u32 = 4_000;
    both(async |world| {
        let data = world.folder.path().join("data");
        let database = world.app.settings().database.clone();
        let database = database.unwrap_or_else(|| store::Db::url_in(&data));
        let (file, posts) =
            (world.folder.path().join("all.gz"), world.folder.path().join("posts.csv"));
        fs::write(&posts, vacancies(ROWS)).unwrap();
        let import = |data: &Path, database: &str| {
            let mut import = command(data);
            import.args(["--database", database, "import", "vacancies"]).arg(&posts);
            import
        };
        let mut running = import(&data, &database).stdout(Stdio::piped()).spawn().unwrap();
        let mut committed = String::new();
        BufReader::new(running.stdout.as_mut().unwrap()).read_line(&mut committed).unwrap();
        let done = backup(&data, &database, &file);
        assert!(done.status.success(), "{}", said(&done));
        assert!(running.wait().unwrap().success());

        let new = world.folder.path().join("new");
        let done = restore(&new, &file, false);
        assert!(done.status.success(), "{}", said(&done));
        fs::copy(data.join("secret.key"), new.join("secret.key")).unwrap();
        let keys = world.folder.path().join("keys.gz");
        let copied = command(&data).args(["key", "backup"]).arg(&keys).output().unwrap();
        assert!(copied.status.success(), "{}", said(&copied));
        let put = command(&new).args(["key", "restore"]).arg(&keys).output().unwrap();
        assert!(put.status.success(), "{}", said(&put));
        let half = reindexed(&new);
        assert!(half.contains(": 0 missing in the index, 0 stale, 0 extra"), "{half}");
        let done = import(&new, &store::Db::url_in(&new)).output().unwrap();
        assert!(done.status.success(), "{}", said(&done));
        let whole = reindexed(&new);
        assert!(whole.starts_with(&format!("{ROWS} vacancies published: 0 missing")), "{whole}");
        println!("restored in the middle: {half}");
    })
    .await;
}

#[tokio::test]
async fn the_key_is_in_a_backup_only_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    app::App::open(app::Settings::in_folder(&data)).await.unwrap().db().close().await;
    let key = fs::read(data.join("secret.key")).unwrap();
    for (with_key, restored) in [(false, None), (true, Some(key))] {
        let file = folder.path().join(format!("{with_key}.gz"));
        let mut backup = command(&data);
        backup.arg("backup").arg(&file);
        if with_key {
            backup.arg("--with-key");
        }
        let done = backup.output().unwrap();
        assert!(done.status.success(), "{}", said(&done));
        let new = folder.path().join(format!("new-{with_key}"));
        assert!(restore(&new, &file, false).status.success());
        assert_eq!(fs::read(new.join("secret.key")).ok(), restored);
    }
}
