//! Stories of being forgotten: what goes, what stays, what stands against it, and that nothing brings
//! anybody back.

mod everything;

use std::{fs, process::Output};

use model::{
    Id,
    access::{Actor, Role},
    jobseeker::{Identity, Jobseeker, Profile},
    vacancy::{Place, Source},
};

use crate::world::{World, both, people::Member, program};

const NAME: &str = "欧阳测试";
const NUMBER: &str = "11010519491231002X";
const PHONE: &str = "13900000137";
/// Whatever would tell of the person, as text and as the digits of its bytes.
const WORDS: [&str; 4] = [NAME, NUMBER, PHONE, "祁连山下放过羊"];

async fn registered(world: &World) -> (Id<Jobseeker>, Member) {
    let (app, at) = (&world.app, world.app.now());
    let id: Id<Jobseeker> = app.id();
    let place = Place { region: "620502100201".into(), text: NAME.into(), ..Place::default() };
    let history = "祁连山下放过羊，欧阳测试自述".to_owned();
    let jobseeker = Jobseeker {
        id,
        source: Source { name: "village".into(), key: PHONE.into(), ..Source::default() },
        profile: Profile { place, history, ..Profile::default() },
        seeking: true,
        visible: true,
        created_at: at,
        updated_at: at,
        version: 1,
    };
    let identity = serde_json::json!({ "name": NAME, "number": NUMBER, "phone": PHONE });
    let identity: Identity = serde_json::from_value(identity).unwrap();
    let seals = app::jobseeker::seal(app, id, &identity).await.unwrap();
    let app::jobseeker::Seals { identity, number_index, phone_index } = seals;
    let name_index = app.secret().digest("name", NAME);
    let sealed =
        store::jobseeker::Sealed { jobseeker, identity, number_index, phone_index, name_index };
    let deed = store::Deed { name: "jobseeker.import", actor: "story".into(), at };
    let mut w = app.db().write(deed).await.unwrap();
    store::jobseeker::add(&mut w, &[sealed]).await.unwrap();
    w.commit().await.unwrap();
    (id, world.herself(id).await)
}

/// Every text and every byte of every table, as the backup has it.
pub(crate) async fn everything(world: &World) -> String {
    let mut r = world.app.db().snapshot().await.unwrap();
    let mut all = String::new();
    for table in store::backup::tables(&mut r).await.unwrap() {
        let reference = ["region", "occupation", "synonym", "skill", "compliance_wording"];
        if reference.contains(&&*table.name) {
            continue;
        }
        let mut rows = store::backup::rows(&mut r, &table).unwrap();
        while let Some(row) = futures_util::TryStreamExt::try_next(&mut rows).await.unwrap() {
            all.push_str(&table.name);
            all.push_str(&serde_json::to_string(&row).unwrap());
            all.push('\n');
        }
    }
    all
}

fn found(text: &str) -> Vec<&str> {
    let bytes = |word: &str| model::backup::hex(word.as_bytes());
    let told = |word: &&str| text.contains(word) || text.contains(&bytes(word));
    WORDS.into_iter().filter(|word| told(word)).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

fn database(world: &World) -> String {
    let data = world.folder.path().join("data");
    let database = world.app.settings().database.clone();
    database.unwrap_or_else(|| store::Db::url_in(&data))
}

/// Every file below a folder of data but the database and the keys, one after the other.
fn files(folder: &std::path::Path, out: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), out);
        } else if !entry.file_name().to_string_lossy().contains(".sqlite") {
            out.extend(fs::read(entry.path()).unwrap());
        }
    }
}

/// The backup in a new place, with the key file and the keys that are left.
async fn restored(world: &World, old: &std::path::Path) -> app::App {
    let data = world.folder.path().join("data");
    let other = world.folder.path().join("restored");
    fs::create_dir(&other).unwrap();
    fs::copy(data.join("secret.key"), other.join("secret.key")).unwrap();
    let keys = world.folder.path().join("keys.gz");
    let copied = program::command(&data).args(["key", "backup"]).arg(&keys).output().unwrap();
    assert!(copied.status.success(), "{}", said(&copied));
    let restored = program::command(&other).arg("restore").arg(old).output().unwrap();
    assert!(restored.status.success(), "{}", said(&restored));
    let put = program::command(&other).args(["key", "restore"]).arg(&keys).output().unwrap();
    assert!(put.status.success(), "{}", said(&put));
    app::App::open(app::Settings::in_folder(&other)).await.unwrap()
}

#[tokio::test]
async fn whoever_is_forgotten_is_found_nowhere_and_an_old_backup_does_not_open() {
    both(async |world| {
        let network = world.network().await;
        let (id, own) = registered(world).await;
        let (_, vacancy) = world.firm("甲公司", "620502").await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        world.work().await;
        world.by(&clerk).get(&format!("/jobseekers/{id}/data")).await.is(200);
        let search = [("query", "q=祁连山下放过羊"), ("name", NAME)];
        world.by(&own).form("/me/subscriptions", &search).await.is(303);
        assert_eq!(found(&everything(world).await).len(), 3, "sealed: the number is in no column");
        let (old, new) = (world.folder.path().join("old.gz"), world.folder.path().join("new.gz"));
        let data = world.folder.path().join("data");
        let backup = |file: &std::path::Path| {
            let mut command = program::command(&data);
            command.args(["--database", &database(world), "backup"]).arg(file).output().unwrap()
        };
        assert!(backup(&old).status.success());

        let person = world.actor(&own).await;
        // the second step: the label as it stands there
        let wrong = world.by(&own).form("/me/data/erase", &[("label", "00000")]).await.is(422);
        assert!(wrong.text().contains(&id.label()), "{}", wrong.text());
        let label = id.label();
        let done = world.by(&own).form("/me/data/erase", &[("label", &label)]).await.is(200);
        assert!(done.text().contains("已删除"), "{}", done.text());

        let left = everything(world).await;
        assert_eq!(found(&left), Vec::<&str>::new(), "in a table");
        let mut bytes = vec![];
        world.work().await;
        files(&data, &mut bytes);
        assert_eq!(found(&String::from_utf8_lossy(&bytes)), Vec::<&str>::new(), "in a file");
        assert!(backup(&new).status.success());
        let text = std::process::Command::new("zcat").arg(&new).output().unwrap().stdout;
        assert_eq!(found(&String::from_utf8_lossy(&text)), Vec::<&str>::new(), "in a backup");

        // nobody finds the record, and the account is gone
        world.by(&clerk).get(&format!("/jobseekers/{id}")).await.is(404);
        assert_eq!(world.by(&clerk).get("/api/v1/jobseekers").await.json()["total"], 0);
        let candidates = format!("/api/v1/vacancies/{vacancy}/candidates");
        let list = world.by(&clerk).get(&candidates).await.is(200).text();
        assert!(!list.contains(&id.to_string()), "{list}");
        world.by(&own).get("/me/data").await.is(403);

        let past = restored(world, &old).await;
        let mut r = past.db().read().await.unwrap();
        let scope = Actor::office("test").scope();
        let sealed = store::jobseeker::identity(&mut r, &scope, id).await.unwrap();
        let account = store::account::find(&mut r, own.account).await.unwrap();
        let searches = store::subscription::of_person(&mut r, &scope, id).await.unwrap();
        assert_eq!((searches.len(), searches[0].name.as_str()), (1, ""));
        drop(r);
        let refused = app::subscription::mine(&past, &person).await.err().unwrap().to_string();
        assert!(refused.contains("secret.erased"), "{refused}");
        let refused = app::jobseeker::unseal(&past, id, &sealed).await.err().unwrap().to_string();
        assert!(refused.contains("secret.erased"), "{refused}");
        let refused = app::account::person(&past, &account).await.err().unwrap().to_string();
        assert!(refused.contains("secret.erased"), "{refused}");
        past.db().close().await;
    })
    .await;
}

#[tokio::test]
async fn a_hold_is_named_and_stands_against_it_until_it_ends() {
    both(async |world| {
        let network = world.network().await;
        let (id, own) = registered(world).await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let manager = world.staff(Role::Caseworker, network.qinzhou).await;
        let page = format!("/jobseekers/{id}/data");
        let hold = [("basis", "劳动争议仲裁 7 号案"), ("until", "2027-01-31")];
        world.by(&clerk).form(&format!("{page}/hold"), &hold).await.is(403);
        // the deed "jobseeker.hold"
        world.by(&manager).form(&format!("{page}/hold"), &hold).await.is(303);
        let short = [("basis", "x"), ("until", "2027-01-31")];
        world.by(&manager).form(&format!("{page}/hold"), &short).await.is(422);
        let label = id.label();
        let refused = world.by(&own).form("/me/data/erase", &[("label", &label)]).await.is(422);
        assert!(refused.text().contains("劳动争议仲裁 7 号案"), "{}", refused.text());
        world.by(&own).get("/me/data").await.is(200);
        let shown = world.by(&manager).get(&page).await.is(200).text();
        let end = shown.split(&format!("action=\"{page}/holds/")).nth(1).unwrap();
        let end = end.split('"').next().unwrap();
        world.by(&manager).form(&format!("{page}/holds/{end}"), &[]).await.is(303);
        // the deed "jobseeker.erase", at the counter
        let fields = [("label", label.as_str()), ("ground", "asked")];
        world.by(&clerk).form(&format!("{page}/erase"), &fields).await.is(200);
        world.by(&clerk).get(&page).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_is_read_and_taken_along() {
    both(async |world| {
        let network = world.network().await;
        let (id, own) = registered(world).await;
        let page = world.by(&own).get("/me/data?lang=en").await.is(200).text();
        for word in
            [NAME, NUMBER, PHONE, "祁连山下放过羊", "The register of people who look for work"]
        {
            assert!(page.contains(word), "{word}: {page}");
        }
        let file = world.by(&own).get("/me/data.json").await.is(200);
        assert!(file.header("content-disposition").contains(&id.label()));
        let file = file.json();
        let row = &file["tables"]["jobseeker"]["rows"][0];
        assert_eq!((row["name"].as_str(), row["number"].as_str()), (Some(NAME), Some(NUMBER)));
        assert!(row.get("number_index").is_none() && row.get("identity").is_none(), "{row}");
        // at the counter the same, and a look that the person reads
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        world.by(&clerk).get(&format!("/jobseekers/{id}/data.json")).await.is(200);
        let looks = world.by(&own).get("/me/looks?lang=en").await.text();
        assert!(looks.contains("Everything, as a document"), "{looks}");
        let other = world.staff(Role::Clerk, network.gangu).await;
        world.by(&other).get(&format!("/jobseekers/{id}/data")).await.is(404);
        let manager = world.staff(Role::Manager, network.qinzhou).await;
        world.by(&manager).get(&format!("/jobseekers/{id}/data.json")).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_consent_is_given_and_taken_back_and_what_depends_on_it_stops() {
    both(async |world| {
        let (id, own) = registered(world).await;
        let say = async |given: &str| {
            let fields = [("purpose", "matching"), ("given", given)];
            world.by(&own).form("/me/data/consent", &fields).await.is(303);
        };
        let seeking = async || {
            let mut r = world.app.db().read().await.unwrap();
            let scope = Actor::office("test").scope();
            store::jobseeker::find(&mut r, &scope, id).await.unwrap().seeking
        };
        // the deed "jobseeker.consent"
        say("true").await;
        assert!(seeking().await);
        say("false").await;
        assert!(!seeking().await);
        let page = world.by(&own).get("/me/data?lang=en").await.is(200).text();
        assert!(page.contains("Taken back on") && page.contains("Agreed on"), "{page}");
        let mut r = world.app.db().read().await.unwrap();
        let purpose = model::consent::Purpose::Matching;
        assert!(store::consent::withdrawn(&mut r, id, purpose).await.unwrap());
        drop(r);
        let wrong = [("purpose", "everything"), ("given", "true")];
        world.by(&own).form("/me/data/consent", &wrong).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn a_stop_between_rows_and_keys_is_made_good() {
    both(async |world| {
        let (id, _) = registered(world).await;
        let deed =
            store::Deed { name: "jobseeker.erase", actor: "story".into(), at: world.app.now() };
        let mut w = world.app.db().write(deed).await.unwrap();
        let ground = model::erasure::Ground::Asked;
        store::erasure::forget(&mut w, id, ground).await.unwrap();
        w.commit().await.unwrap();
        assert!(world.app.secret().keys(&[id.uuid()]).await.unwrap().has(id.uuid()));
        assert_eq!(app::erasure::finish(&world.app).await.unwrap(), 1);
        assert!(!world.app.secret().keys(&[id.uuid()]).await.unwrap().has(id.uuid()));
        assert_eq!(app::erasure::finish(&world.app).await.unwrap(), 0);
    })
    .await;
}
