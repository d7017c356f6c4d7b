//! The office sends files in, by the pages and by program: dirty ones, mended ones, bad ones.

use std::time::Duration;

use serde_json::Value;

use crate::world::{World, both};

const HEADINGS: &str = "单位名称,岗位名称,招聘人数,工作地点,月薪/工资待遇,学历要求";

/// Two good rows, and one without a title.
fn dirty() -> String {
    format!(
        "{HEADINGS}\n秦州区样例机械厂,电焊工,3,甘肃省天水市秦州区,6000-8000元/月,高中\n\
         秦州区样例机械厂,,2,甘肃省天水市秦州区,5000元,不限\n\
         麦积区样例服装厂,缝纫工,若干,甘肃省天水市麦积区,面议,不限\n"
    )
}

async fn upload(world: &World, fields: &[(&str, &str)], name: &str, file: &[u8]) -> String {
    let answer = world.office().upload("/intakes", fields, name, file).await.is(303);
    answer.location().to_owned()
}

/// The file as the interface tells of it, when it is over.
async fn over(world: &World, path: &str) -> Value {
    for _ in 0..100 {
        let intake = world.office().get(&format!("/api/v1{path}")).await.is(200).json();
        if intake["state"] == "done" || !intake["refusal"].is_null() {
            return intake;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{path} does not end")
}

#[tokio::test]
async fn a_dirty_file_is_mended_and_sent_again() {
    both(async |world| {
        let noun = [("noun", "vacancies")];
        let path = upload(world, &noun, "岗位.csv", dirty().as_bytes()).await;
        let intake = over(world, &path).await;
        assert_eq!((&intake["accepted"], &intake["refused"]), (&2.into(), &1.into()), "{intake}");
        assert_eq!(intake["faults"][0]["row"], 3);
        assert_eq!(intake["faults"][0]["column"], "岗位名称");
        assert_eq!(intake["understood"]["county"], 1.0);

        let report = world.office().get(&path).await.is(200).text();
        assert!(report.contains("岗位名称") && report.contains(&format!("{path}/refused")));
        let refused = world.office().get(&format!("{path}/refused")).await.is(200);
        assert!(refused.header("content-disposition").contains("filename*=UTF-8''"));
        assert_eq!(refused.header("cache-control"), "no-store");
        let text = refused.text();
        let mended = text.replace("秦州区样例机械厂,,2", "秦州区样例机械厂,钳工,2");
        assert_ne!(mended, text);

        let path = upload(world, &noun, "岗位-改.csv", mended.as_bytes()).await;
        let intake = over(world, &path).await;
        assert_eq!((&intake["accepted"], &intake["refused"]), (&1.into(), &0.into()), "{intake}");
        let path = upload(world, &noun, "岗位.csv", dirty().as_bytes()).await;
        assert_eq!(over(world, &path).await["unchanged"], 2);

        world.work().await;
        let found = world.stranger().get("/api/v1/vacancies?region=620500").await.is(200).json();
        assert_eq!(found["total"], 3);
        let list = world.office().get("/intakes").await.is(200).text();
        assert!(list.contains("岗位-改.csv"));
    })
    .await;
}

#[tokio::test]
async fn what_the_headings_do_not_say_a_person_does() {
    both(async |world| {
        let file = "甲,乙,丙\n保安,秦州区样例物业,3000元\n";
        let path = upload(world, &[("noun", "vacancies")], "表.csv", file.as_bytes()).await;
        assert_eq!(over(world, &path).await["refusal"]["code"], "intake.layout_asked");
        let columns = world.office().get(&path).await.is(303).location().to_owned();
        assert_eq!(columns, format!("{path}/columns"));
        let page = world.office().get(&columns).await.is(200).text();
        assert!(page.contains("保安") && page.contains("name=\"column\""));

        let looked = [("noun", "vacancies"), ("look", "1")];
        let first = upload(world, &looked, "看.csv", dirty().as_bytes()).await;
        let page = world.office().get(&first).await.is(200).text();
        assert!(page.contains("selected>岗位名称"), "what is known is not proposed");
        let picture = upload(world, &looked, "图.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").await;
        let picture = world.office().get(&picture).await.is(303).location().to_owned();
        assert_eq!(over(world, &picture).await["state"], "failed");

        let kind = "application/x-www-form-urlencoded";
        let twice = "row=1&column=title&column=title&column=wage";
        let refused = world.office().post(&columns, kind, twice).await.is(422).text();
        assert!(refused.contains("role=\"alert\"") && refused.contains("selected"));
        let right = "row=1&column=title&column=employer&column=wage";
        world.office().post(&columns, kind, right).await.is(303);
        assert_eq!(over(world, &path).await["accepted"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_program_sends_a_file_and_asks_how_it_went() {
    both(async |world| {
        let send = async |query: &str, kind: &str, body: &str| {
            let path = format!("/api/v1/intakes?{query}");
            world.office().post(&path, kind, body.to_owned()).await
        };
        let dry = send("noun=vacancies&dry_run=true", "text/csv", &dirty()).await.is(200).json();
        assert_eq!((&dry["accepted"], &dry["refused"]), (&2.into(), &1.into()), "{dry}");
        assert_eq!(
            world.office().get("/api/v1/intakes").await.json()["items"],
            Value::Array(vec![])
        );

        let name = "noun=vacancies&layout=county&name=posts.csv";
        let accepted = send(name, "text/csv", &dirty()).await.is(202);
        let path = accepted.location().trim_start_matches("/api/v1").to_owned();
        let intake = over(world, &path).await;
        assert_eq!((&intake["name"], &intake["accepted"]), (&"posts.csv".into(), &2.into()));

        let other =
            send("noun=vacancies&layout=nowhere", "text/csv", &dirty()).await.is(422).json();
        assert_eq!(other["code"], "intake.layout_unknown");
        let broken = send("noun=vacancies", "multipart/form-data", "x").await.is(400).json();
        assert_eq!(broken["code"], "intake.upload_broken");
        let empty = send("noun=vacancies&name=x.csv", "text/csv", "").await.is(400).json();
        assert_eq!(empty["code"], "intake.empty");
        let noun = send("noun=cats", "text/csv", "x").await;
        assert_eq!(noun.is(400).header("content-type"), "application/problem+json");
    })
    .await;
}

#[tokio::test]
async fn a_bad_file_is_refused_in_words_and_leaves_nothing() {
    both(async |world| {
        let files: [(&[u8], &str); 4] = [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "intake.not_a_table"),
            (b"PK\x03\x04garbage that is no archive", "intake.broken_workbook"),
            (b"<html><table><tr><td>1</td></tr></table></html>", "intake.web_page"),
            ("\u{feff}".as_bytes(), "intake.empty"),
        ];
        for (file, code) in files {
            let path = upload(world, &[("noun", "vacancies")], "坏.csv", file).await;
            assert_eq!(over(world, &path).await["refusal"]["code"], code);
            let page = world.office().get(&path).await.is(200).text();
            assert!(page.contains("notice bad"), "{code}");
        }
        let none = world.office().upload("/intakes", &[("noun", "vacancies")], "", b"").await;
        assert!(none.is(400).header("content-type").starts_with("text/html"));
        let folder = world.folder.path().join("data/intake");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0, "uploads are left behind");
    })
    .await;
}

#[tokio::test]
async fn files_and_people_are_the_offices_alone() {
    both(async |world| {
        let id = "00000000-0000-7000-8000-000000000000";
        let paths = [
            "/intakes".to_owned(),
            "/intakes/new".to_owned(),
            format!("/intakes/{id}"),
            format!("/intakes/{id}/refused"),
            "/api/v1/intakes".to_owned(),
            format!("/api/v1/intakes/{id}"),
            "/api/v1/jobseekers".to_owned(),
            format!("/api/v1/jobseekers/{id}/matches"),
            format!("/api/v1/vacancies/{id}/candidates"),
        ];
        for path in paths {
            // a program is asked for its token, a person to sign in
            let status = if path.starts_with("/api/") { 401 } else { 403 };
            let answer = world.stranger().get(&path).await.is(status);
            assert!(answer.text().contains("请先登录"), "{path} does not say why");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            let proxied = world.office().with("x-forwarded-for", "203.0.113.9").get(&path).await;
            drop(proxied.is(status));
            let rebound = world.office().with("host", "evil.example").get(&path).await;
            drop(rebound.is(status));
        }
        let noun = [("noun", "vacancies")];
        let sent = world.stranger().upload("/intakes", &noun, "a.csv", dirty().as_bytes()).await;
        drop(sent.is(403));
        let forged = world.office().with("origin", "https://evil.example");
        let forged = forged.with("sec-fetch-site", "cross-site");
        drop(forged.upload("/intakes", &noun, "a.csv", dirty().as_bytes()).await.is(403));
    })
    .await;
}

#[tokio::test]
async fn a_template_filled_in_is_recognised() {
    both(async |world| {
        for (noun, row) in [("vacancies", "样例厂,电工"), ("jobseekers", "样例人,,17000000001")]
        {
            let path = format!("/intakes/template/{noun}?format=csv");
            let empty = world.office().get(&path).await.is(200);
            assert!(empty.header("content-disposition").contains(&format!("{noun}.csv")));
            let file = format!("{}{row}\n", empty.text());
            let path = upload(world, &[("noun", noun)], "填好.csv", file.as_bytes()).await;
            assert_eq!(over(world, &path).await["rows"], 1, "{noun}");
        }
        let sheet = world.office().get("/intakes/template/vacancies?format=xlsx").await.is(200);
        assert!(sheet.header("content-disposition").contains("vacancies.xlsx"));
        assert!(sheet.body.starts_with(b"PK\x03\x04"));
        let other = world.office().get("/intakes/template/vacancies?format=jsonl").await.is(400);
        assert!(other.text().contains("xlsx"));
    })
    .await;
}

#[tokio::test]
async fn every_page_of_the_upload_speaks_both_languages() {
    both(async |world| {
        let path = upload(world, &[("noun", "vacancies")], "a.csv", dirty().as_bytes()).await;
        over(world, &path).await;
        let asked = upload(world, &[("noun", "vacancies")], "b.csv", b"a,b\n1,2\n").await;
        over(world, &asked).await;
        for page in ["/intakes", "/intakes/new", &path, &format!("{asked}/columns")] {
            for (lang, tag) in [("zh", "zh-CN"), ("en", "en")] {
                let text = world.office().get(&format!("{page}?lang={lang}")).await.is(200).text();
                assert!(text.contains(&format!("<html lang=\"{tag}\"")), "{page}");
                let unsaid =
                    text.split("intake.").nth(1).map(|t| t.chars().take(20).collect::<String>());
                assert_eq!(unsaid, None, "{page} in {lang}");
            }
        }
    })
    .await;
}
