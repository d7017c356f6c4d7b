//! Somebody of whom there is everything that the program can keep, and then nothing: not in tables, not
//! in the bytes of the database's files, the index, files, messages, lists of refused rows, the store of
//! keys, a dump, or a backup made after; and what an older backup can be read of names nobody.

use std::{fs, path::Path, process::Command};

use model::{Id, access::Role, jobseeker::Jobseeker};
use serde_json::json;

use super::{database, everything, said};
use crate::{
    application::{JSON, applied, moved},
    jobseeker::register::person,
    world::{World, both, people::Member, program},
};

const NAME: &str = "欧阳旦旦";
const NUMBER: &str = "11010519491231002X";
const PHONE: &str = "13900000137";
/// What the person typed and nobody else: each as one would recognise it.
const WORDS: [&str; 10] = [
    NAME,
    NUMBER,
    PHONE,
    "祁连山下放过羊",
    "疏勒河第七小学",
    "羊圈沟十九号",
    "羊倌合作社",
    "dandan@example.org",
    "早胜镇羊毛厂",
    "会唱花儿",
];

fn found(bytes: &[u8]) -> Vec<&'static str> {
    let has = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    let hex = |word: &str| model::backup::hex(word.as_bytes());
    let in_address =
        |word: &str| word.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let escaped = |word: &str| {
        let unit = |unit: u16| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
            _ => format!("\\u{unit:04x}"),
        };
        word.encode_utf16().map(unit).collect::<String>()
    };
    WORDS
        .into_iter()
        .filter(|word| {
            let forms = [(*word).to_owned(), hex(word), in_address(word), escaped(word)];
            forms.iter().any(|form| has(form.as_bytes()))
        })
        .collect()
}

/// Every byte of every file below a folder, each with its name before it.
fn bytes(folder: &Path, out: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            bytes(&entry.path(), out);
        } else {
            out.extend(fs::read(entry.path()).unwrap_or_default());
        }
    }
}

fn unpacked(file: &Path) -> Vec<u8> {
    Command::new("zcat").arg(file).output().unwrap().stdout
}

fn backup(world: &World, name: &str) -> Vec<u8> {
    let (data, file) = (world.folder.path().join("data"), world.folder.path().join(name));
    let mut command = program::command(&data);
    let done =
        command.args(["--database", &database(world), "backup"]).arg(&file).output().unwrap();
    assert!(done.status.success(), "{}", said(&done));
    unpacked(&file)
}

/// Typed in at the counter; a row of the same person was refused before.
async fn registered(world: &World, clerk: &Member) -> Id<Jobseeker> {
    let csv = format!("姓名,身份证号,联系电话\n{NAME},110105194912310021,{PHONE}\n李四,xx,1391\n");
    let sent =
        world.by(clerk).upload("/intakes", &[("noun", "jobseekers")], "a.csv", csv.as_bytes());
    let intake = sent.await.is(303).location().split('?').next().unwrap().to_owned();
    let refused = world.by(clerk).get(&format!("{intake}/refused")).await.is(200).text();
    assert!(refused.contains(NAME), "{refused}");
    let typed = [
        ("name", NAME),
        ("number", NUMBER),
        ("phone", PHONE),
        ("place", "天水市秦州区玉泉镇羊圈沟十九号"),
        ("education", "疏勒河第七小学毕业"),
        ("experience", "三年"),
        ("history", "在祁连山下放过羊，欧阳旦旦自述"),
        ("skills", "电焊，会唱花儿"),
        ("wish", "电焊工，或者羊倌合作社里的活"),
        ("wish_places", "兰州"),
        ("wage", "4000"),
        ("visible", "yes"),
    ];
    let id = person(&world.by(clerk).form("/jobseekers", &typed).await.is(303));
    let shown = [
        ("about", "会唱花儿"),
        ("post.0.employer", "早胜镇羊毛厂"),
        ("post.0.title", "羊倌"),
        ("post.0.from", "2019.3"),
        ("school.0.school", "疏勒河第七小学"),
        ("email", "dandan@example.org"),
        ("version", "1"),
    ];
    world.by(clerk).form(&format!("/jobseekers/{id}/profile"), &shown).await.is(303);
    let proof = [
        ("version", "2"),
        ("category", "veteran"),
        ("evidence", "羊倌合作社证明"),
        ("from", "2026-01-01"),
    ];
    world.by(clerk).form(&format!("/jobseekers/{id}/categories"), &proof).await.is(303);
    id
}

/// What a person and those who deal with them do in a month.
async fn lives(world: &World, clerk: &Member, id: Id<Jobseeker>) -> Member {
    let own = world.herself(id).await;
    let (firm, post) = world.firm("甲公司", "620502").await;
    let (_, other) = world.firm("乙公司", "620502").await;
    let recruiter = world.firms(Role::Recruiter, firm).await;
    world.work().await;
    let wants = [("sms", "1"), ("phone", PHONE), ("mail", "1"), ("address", "dandan@example.org")];
    world.by(&own).form("/notices/preference", &wants).await.is(303);
    let kept = json!({ "query": "q=羊倌合作社", "name": "欧阳旦旦的" }).to_string();
    world.by(&own).post("/api/v1/subscriptions", JSON, kept).await.is(201);
    let agrees = [("purpose", "matching"), ("given", "true")];
    world.by(&own).form("/me/data/consent", &agrees).await.is(303);
    let asked = [("jobseeker", id.to_string())];
    let asked: Vec<_> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.by(&recruiter).form(&format!("/vacancies/{post}/shortlist"), &asked).await.is(303);
    let letter = [("vacancy", other.to_string())];
    let letter: Vec<_> = letter.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let path = format!("/jobseekers/{id}/referrals");
    let printed = world.by(clerk).form(&path, &letter).await.is(303).location().to_owned();
    assert!(world.by(clerk).get(&printed).await.is(200).text().contains(NAME));
    let mine = applied(world, &own, post).await;
    let meets = json!({ "act": "invite", "meets_at": "2026-11-25T09:30", "meets_where": "二楼",
        "note": "带证" });
    moved(world, &recruiter, &mine, meets).await.is(200);
    world.by(&recruiter).form(&format!("/applications/{mine}/open"), &[]).await.is(200);
    world.by(&recruiter).get(&format!("/vacancies/{post}/applications.xlsx")).await.is(200);
    moved(world, &recruiter, &mine, json!({ "act": "hire" })).await.is(200);
    app::notice::inbox::forward(&world.app).await.unwrap();
    let went = app::notice::mailbox(&world.app).await.unwrap();
    assert!(went.iter().any(|(_, letter)| letter.to == PHONE), "a message to the person");
    let spoke = [("person", id.to_string()), ("way", "phone".to_owned())];
    let spoke: Vec<_> = spoke.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.by(clerk).form("/workbench/contacts", &spoke).await.is(303);
    world.by(clerk).get(&format!("/jobseekers/{id}/cv")).await.is(200);
    world.by(clerk).get(&format!("/jobseekers/{id}/data.json")).await.is(200);
    let post = json!({ "vacancy_id": other, "seats": 1 });
    let wanted =
        json!({ "title": "周六", "way": "stable", "posts": [post], "people": [id.label()] });
    world.by(clerk).post("/api/v1/assignments", JSON, wanted.to_string()).await;
    own
}

/// The dump of a PostgreSQL database, where there is one.
fn dump(world: &World) -> Vec<u8> {
    let url = database(world);
    if !url.starts_with("postgres") {
        return vec![];
    }
    match Command::new("pg_dump").arg(&url).output() {
        Ok(done) => {
            assert!(done.status.success(), "{}", said(&done));
            done.stdout
        }
        Err(_) => vec![],
    }
}

#[tokio::test]
async fn somebody_with_everything_leaves_nothing() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let id = registered(world, &clerk).await;
        let own = lives(world, &clerk, id).await;
        world.work().await;
        let digests = [
            world.app.secret().digest("number", NUMBER),
            world.app.secret().digest("phone", PHONE),
            world.app.secret().digest("key", NUMBER),
        ];
        let before = everything(world).await;
        assert!(digests.iter().all(|digest| before.contains(digest)), "found by these");
        let old = backup(world, "old.gz");
        assert_eq!(found(&old), Vec::<&str>::new(), "readable in an old backup");

        let label = id.label();
        world.by(&own).form("/me/data/erase", &[("label", &label)]).await.is(200);
        world.work().await;
        app::erasure::finish(&world.app).await.unwrap();

        let left = everything(world).await;
        assert_eq!(found(left.as_bytes()), Vec::<&str>::new(), "in a table");
        let digest = digests.iter().find(|digest| left.contains(*digest));
        assert_eq!(digest, None, "a digest of the number or the telephone");
        assert_eq!(found(&dump(world)), Vec::<&str>::new(), "in a dump");
        let mut raw = vec![];
        bytes(&world.folder.path().join("data"), &mut raw);
        assert!(raw.len() > 10_000, "{}", raw.len());
        assert_eq!(found(&raw), Vec::<&str>::new(), "in the bytes of a file");
        assert!(!digests.iter().any(|d| raw.windows(d.len()).any(|part| part == d.as_bytes())));
        let new = backup(world, "new.gz");
        assert_eq!(found(&new), Vec::<&str>::new(), "in a backup made after");

        // nobody who dealt with the person comes to them by any page that is left
        let went = app::notice::mailbox(&world.app).await.unwrap();
        assert!(!went.iter().any(|(_, letter)| letter.to == PHONE), "{went:?}");
        for path in
            ["/jobseekers", "/counter?q=13900000137", "/workbench", "/intakes", "/placements"]
        {
            let page = world.by(&clerk).get(path).await.is(200).text();
            assert!(!page.contains(NAME) && !page.contains(&id.to_string()), "{path}");
        }
        let intakes = world.by(&clerk).get("/api/v1/intakes").await.is(200).json();
        let intake = intakes["items"][0]["id"].as_str().unwrap().to_owned();
        let refused =
            world.by(&clerk).get(&format!("/intakes/{intake}/refused")).await.is(200).text();
        assert!(refused.contains("李四") && !refused.contains(NAME), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn what_was_kept_before_it_bore_marks_is_found_and_forgotten_too() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let id = registered(world, &clerk).await;
        let own = lives(world, &clerk, id).await;
        // as an earlier version kept them
        let deed = store::Deed { name: "intake.stage", actor: "story".into(), at: world.app.now() };
        let mut w = world.app.db().write(deed).await.unwrap();
        for sql in [
            "delete from intake_refused_mark",
            "update intake_refused set marked = false",
            "update notice_out set to_index = null",
        ] {
            assert!(w.exec(sql, store::vals![]).await.unwrap() > 0, "{sql}");
        }
        w.commit().await.unwrap();
        let label = id.label();
        world.by(&own).form("/me/data/erase", &[("label", &label)]).await.is(200);
        let went = app::notice::mailbox(&world.app).await.unwrap();
        assert!(!went.iter().any(|(_, letter)| letter.to == PHONE), "{went:?}");
        let intakes = world.by(&clerk).get("/api/v1/intakes").await.is(200).json();
        let intake = intakes["items"][0]["id"].as_str().unwrap();
        let refused = world.by(&clerk).get(&format!("/intakes/{intake}/refused")).await.is(200);
        let refused = refused.text();
        assert!(refused.contains("李四") && !refused.contains(NAME), "{refused}");
        let mut r = world.app.db().read().await.unwrap();
        let sql = "select count(*) from intake_refused_mark";
        let (marks,): (i64,) = r.one("mark", sql, store::vals![]).await.unwrap();
        assert_eq!(marks, 3, "of the row that is left");
    })
    .await;
}
