//! Stories of keys: turned beside a running service, copied apart from the rows, asked after by whoever
//! watches.

use std::{fs, path::Path, process::Output};

use model::access::Role;

use crate::world::{World, both, people::PASSWORD, program};

const FORM: &str = "application/x-www-form-urlencoded";

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

/// A command of the program on a world's data and database.
fn key(world: &World, args: &[&str]) -> Output {
    let data = world.folder.path().join("data");
    let database = world.app.settings().database.clone();
    let database = database.unwrap_or_else(|| store::Db::url_in(&data));
    let mut command = program::command(&data);
    command.args(["--database", &database, "key"]).args(args).output().unwrap()
}

#[tokio::test]
async fn the_key_file_is_turned_beside_a_running_service() {
    both(async |world| {
        let network = world.network().await;
        let id = world.registered_in("620502").await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let open = format!("/jobseekers/{id}/open");
        let before = fs::read(world.folder.path().join("data/secret.key")).unwrap();
        // the deed "secret.rotate"
        let turned = key(world, &["rotate"]);
        assert!(turned.status.success(), "{}", said(&turned));
        assert!(said(&turned).contains("number 2 of the key file"), "{}", said(&turned));
        assert_ne!(fs::read(world.folder.path().join("data/secret.key")).unwrap(), before);
        let opened = world.by(&clerk).post(&open, FORM, "").await.is(200).text();
        assert!(opened.contains("测试甲"), "{opened}");
        // somebody registered now has a key that the new one wraps; names are found as before
        let next = world.registered_in("620502").await;
        world.by(&clerk).post(&format!("/jobseekers/{next}/open"), FORM, "").await.is(200);
        let fields = [("login", clerk.login.as_str()), ("password", PASSWORD)];
        world.stranger().form("/sign-in", &fields).await.is(303);
        let status = key(world, &["status"]);
        assert!(status.status.success(), "{}", said(&status));
        assert!(said(&status).contains(" 0 missing"), "{}", said(&status));
    })
    .await;
}

#[tokio::test]
async fn a_service_with_another_store_of_keys_says_so() {
    both(async |world| {
        world.registered_in("620502").await;
        assert_eq!(world.app.missing_keys().await.unwrap(), 0);
        let data = world.folder.path().join("data");
        let elsewhere = world.folder.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        fs::copy(data.join("secret.key"), elsewhere.join("secret.key")).unwrap();
        let settings = world.app.settings().clone();
        let key = Some(elsewhere.join("secret.key"));
        let other = app::App::open(app::Settings { key, ..settings }).await.unwrap();
        assert_eq!(other.missing_keys().await.unwrap(), 1);
        other.db().close().await;
    })
    .await;
}

#[tokio::test]
async fn a_copy_of_the_keys_does_not_bring_an_erased_one_back() {
    both(async |world| {
        let (one, other) =
            (world.registered_in("620502").await, world.registered_in("620502").await);
        let file = world.folder.path().join("keys.gz");
        let copied = key(world, &["backup", file.to_str().unwrap()]);
        assert!(copied.status.success(), "{}", said(&copied));
        world.app.secret().erase(&[one.uuid()], world.app.now()).await.unwrap();
        let refused = key(world, &["restore", file.to_str().unwrap()]);
        assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
        let put = key(world, &["restore", file.to_str().unwrap(), "--force"]);
        assert!(put.status.success(), "{}", said(&put));
        let keys = world.app.secret().keys(&[one.uuid(), other.uuid()]).await.unwrap();
        assert!(!keys.has(one.uuid()) && keys.has(other.uuid()));
        // a backup of the rows is no copy of the keys
        assert!(!holds(&file, b"jobseeker"));
    })
    .await;
}

fn holds(file: &Path, word: &[u8]) -> bool {
    let text = std::process::Command::new("zcat").arg("-f").arg(file).output().unwrap().stdout;
    text.windows(word.len()).any(|part| part == word)
}
