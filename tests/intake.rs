//! Files in: what becomes of their rows, and how the refused ones come back.

mod county;
mod kill;
mod malformed;
mod people;
mod program;
mod real;

use std::path::{Path, PathBuf};

use app::intake::{self, Choice, Given};
use model::{
    access::Actor,
    intake::{
        Noun,
        field::Field,
        file::{Counts, Format, Intake, State},
    },
};
use text::Lang;

use crate::world::{World, both};

/// Headings of the office's own layout, as far as these stories need them.
const HEADINGS: &str =
    "岗位编号,单位名称,岗位名称,招聘人数,工作地点,月薪/工资待遇,学历要求,发布日期";

fn office() -> Actor {
    Actor::office("window")
}

fn put(world: &World, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = world.folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

async fn import_as(world: &World, noun: Noun, path: &Path) -> app::Result<Intake> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let given = Given { noun, name, path };
    intake::import(&world.app, &office(), given, &Choice::Recognise, &|_| ()).await
}

async fn import(world: &World, path: &Path) -> Intake {
    import_as(world, Noun::Vacancies, path).await.unwrap()
}

/// Rows, accepted, unchanged, refused.
fn told(counts: Counts) -> [i64; 4] {
    [counts.rows, counts.accepted, counts.unchanged, counts.refused]
}

async fn vacancies(world: &World) -> i64 {
    let counts = store::vacancy::count(&mut world.app.db().read().await.unwrap()).await.unwrap();
    counts.iter().map(|(_, n)| n).sum()
}

async fn events(world: &World) -> i64 {
    store::event::last(&mut world.app.db().read().await.unwrap()).await.unwrap()
}

fn dirty() -> String {
    format!(
        "{HEADINGS}\r\n\
         1,清水县红叶机械厂,电焊工,3人,甘肃省天水市清水县,8千-1.2万,高中,2026-11-01\r\n\
         2,,保安,2人,天水市秦州区,3000-4000元/月,不限,2026-11-01\r\n\
         3,秦安县果品合作社,采摘工,若干,秦安县,180元/天,不限,2026-11-02\r\n\
         4,秦安县果品合作社,会计,1,秦安县,9000-3000元/月,大专,2026-11-02\r\n"
    )
}

#[tokio::test]
async fn refused_rows_come_back_and_go_in_when_they_are_mended() {
    both(async |world| {
        let file = put(world, "岗位.csv", dirty());
        let intake = import(world, &file).await;
        assert_eq!(told(intake.counts), [4, 2, 0, 2]);
        assert_eq!(intake.state, State::Done);
        let faults = intake::faults(&world.app, &office(), intake.id, Lang::Zh, 0).await.unwrap();
        let codes: Vec<_> = faults.items.iter().map(|t| (t.row, t.code.as_str())).collect();
        assert_eq!(codes[0], (3, "employer.name_missing"));
        assert!(codes.iter().any(|(row, _)| *row == 5), "{codes:?}");
        assert!(
            faults.items.iter().all(|t| !t.reason.is_empty() && !t.reason.contains("vacancy."))
        );

        let back = world.folder.path().join("退回.csv");
        let format = intake::refused(&world.app, &office(), intake.id, Lang::Zh, &back).await;
        assert_eq!(format.unwrap(), Format::Csv);
        let text = std::fs::read_to_string(&back).unwrap();
        assert!(text.starts_with('\u{feff}') && text.contains("结果,原因"), "{text}");
        assert!(!text.contains("电焊工") && text.contains("保安"));
        let mended =
            text.replace("2,,保安", "2,清水县保安公司,保安").replace("9000-3000", "3000-9000");
        let again = import(world, &put(world, "改好.csv", mended)).await;
        assert_eq!(told(again.counts), [2, 2, 0, 0]);
        assert_eq!(vacancies(world).await, 4);
    })
    .await;
}

#[tokio::test]
async fn refused_rows_come_back_in_the_format_they_came_in() {
    both(async |world| {
        let lines = "{\"岗位名称\":\"保安\",\"单位名称\":\"\"}\n{\"岗位名称\":\n\
                     {\"岗位名称\":\"电工\",\"单位名称\":\"红叶厂\"}\n";
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in
            (0..).zip([["岗位表", ""], ["岗位名称", "单位名称"], ["=保安", ""], ["电工", "红叶厂"]])
        {
            sheet.write_row(row, 0, cells).unwrap();
        }
        let files = [
            ("a.jsonl", lines.as_bytes().to_vec(), 2, "电工二"),
            ("a.xlsx", book.save_to_buffer().unwrap(), 1, "电工"),
        ];
        for (name, bytes, refused, _) in files {
            let intake = import(world, &put(world, name, bytes)).await;
            assert_eq!(intake.counts.refused, refused, "{name}");
            let back = world.folder.path().join(format!("back-{name}"));
            intake::refused(&world.app, &office(), intake.id, Lang::En, &back).await.unwrap();
            let again = import(world, &back).await;
            assert_eq!(told(again.counts), [refused, 0, 0, refused], "{name}");
        }
        let back = std::fs::read_to_string(world.folder.path().join("back-a.jsonl")).unwrap();
        assert!(back.lines().all(|l| l.contains("\"Reason\"")), "{back}");
    })
    .await;
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    both(async |world| {
        let file = put(world, "岗位.csv", dirty());
        import(world, &file).await;
        let before = (vacancies(world).await, events(world).await);
        world.at("2026-12-24T00:00:00Z");
        let again = import(world, &file).await;
        assert_eq!(told(again.counts), [4, 0, 2, 2]);
        assert_eq!((vacancies(world).await, events(world).await), before);
        let staged = store::intake::waiting(&mut world.app.db().read().await.unwrap()).await;
        assert_eq!(staged.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_tells_the_same_and_changes_nothing() {
    both(async |world| {
        let file = put(world, "岗位.csv", dirty());
        let back = world.folder.path().join("退回.csv");
        let rehearse = async || {
            let (file, told) = (
                (Noun::Vacancies, file.as_path(), &Choice::Recognise),
                (Lang::Zh, Some(back.as_path())),
            );
            intake::rehearse(&world.app, &office(), file, told, &|_| ()).await.unwrap()
        };
        let before = rehearse().await;
        assert_eq!(told(before.counts), [4, 2, 0, 2]);
        assert_eq!((vacancies(world).await, events(world).await), (0, 0));
        let mut r = world.app.db().read().await.unwrap();
        let listed = store::intake::page(&mut r, &office().scope(), None, 9).await.unwrap();
        assert!(listed.items.is_empty());
        assert_eq!(std::fs::read_to_string(&back).unwrap().lines().count(), 3);
        assert_eq!(before.counts, import(world, &file).await.counts);
        assert_eq!(told(rehearse().await.counts), [4, 0, 2, 2]);
    })
    .await;
}

#[tokio::test]
async fn a_changed_row_changes_its_vacancy_and_no_other() {
    both(async |world| {
        import(world, &put(world, "岗位.csv", dirty())).await;
        let before = events(world).await;
        let text = dirty().replace("8千-1.2万", "9千-1.2万");
        let again = import(world, &put(world, "岗位.csv", text)).await;
        assert_eq!(told(again.counts), [4, 1, 1, 2]);
        assert_eq!((vacancies(world).await, events(world).await), (2, before + 1));
        let mut r = world.app.db().read().await.unwrap();
        let stored = store::vacancy::of_source(&mut r, "county", &["1"]).await.unwrap();
        assert_eq!((stored[0].version, stored[0].offer.pay_from), (2, Some(900_000)));
    })
    .await;
}

#[tokio::test]
async fn two_posts_of_one_name_are_two_and_the_same_row_twice_is_one() {
    both(async |world| {
        let row = |wage| format!(",红叶厂,车工,1,天水市秦州区,{wage},不限,2026-11-01\n");
        let text = [format!("{HEADINGS}\n"), row("5千"), row("6千"), row("5千")].concat();
        let file = put(world, "岗位.csv", text);
        assert_eq!(told(import(world, &file).await.counts), [3, 2, 1, 0]);
        assert_eq!(told(import(world, &file).await.counts), [3, 0, 3, 0]);
        assert_eq!(vacancies(world).await, 2);
    })
    .await;
}

#[tokio::test]
async fn an_employer_is_known_by_its_code_or_its_name() {
    both(async |world| {
        let heads = "岗位名称,单位名称,统一社会信用代码\n";
        let code = "91350100M000100Y43";
        let text = format!(
            "{heads}车工,红叶厂,\n钳工,红叶厂,{code}\n电工,红叶厂 ,\n焊工,红叶机械厂,{code}\n"
        );
        import(world, &put(world, "a.csv", text)).await;
        let mut r = world.app.db().read().await.unwrap();
        let known = store::employer::known(&mut r, &[code], &[]).await.unwrap();
        assert_eq!(known.len(), 1);
        let id = known[0].employer.id;
        assert_eq!(known[0].employer.details.name, "红叶厂");
        let posts =
            store::vacancy::of_employer(&mut r, &office().scope(), id, None, 9).await.unwrap();
        assert_eq!(posts.items.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn columns_that_nobody_knows_are_asked_for() {
    both(async |world| {
        let file = put(world, "a.csv", "甲,乙,丙\n保安,红叶厂,3000元/月\n");
        let refusal = import_as(world, Noun::Vacancies, &file).await.unwrap_err();
        assert!(matches!(&refusal, app::Error::Refused(r) if r.code == intake::ASKED));
        let preview = intake::preview(&world.app, &office(), Noun::Vacancies, &file).await.unwrap();
        assert_eq!(preview.rows[1].cells, ["保安", "红叶厂", "3000元/月"]);
        assert_eq!(preview.missing, [Field::Title, Field::Employer]);
        assert!(preview.layouts.iter().any(|l| l == "county"));

        let given = Given { noun: Noun::Vacancies, name: "a.csv", path: &file };
        let id = intake::receive(&world.app, &office(), given).await.unwrap();
        let ask = intake::run(&world.app, &office(), id, &Choice::Recognise, &|_| ()).await;
        assert!(ask.is_err());
        let found = intake::find(&world.app, &office(), id).await.unwrap();
        assert_eq!(
            (found.state, found.refusal.unwrap().code.as_str()),
            (State::Received, intake::ASKED)
        );
        let fields = vec![Some(Field::Title), Some(Field::Employer), Some(Field::Wage)];
        let choice = Choice::Columns { row: 1, fields };
        let done = intake::run(&world.app, &office(), id, &choice, &|_| ()).await.unwrap();
        assert_eq!(told(done.counts), [1, 1, 0, 0]);
        assert!(!intake::upload(&world.app, id).exists());
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_refused_as_a_whole_leaves_no_trace() {
    both(async |world| {
        let good = "1,红叶厂,车工,1,天水市秦州区,5千,不限,2026-11-01\n".repeat(3_000);
        let megabyte = "x".repeat(1 << 20);
        let text = format!("{HEADINGS}\n{good}2,红叶厂,{megabyte},1,,,,\n");
        let file = put(world, "a.csv", text);
        let refusal = import_as(world, Noun::Vacancies, &file).await.unwrap_err();
        assert!(matches!(&refusal, app::Error::Refused(r) if r.code == "intake.row_too_long"));
        let mut r = world.app.db().read().await.unwrap();
        let listed = store::intake::page(&mut r, &office().scope(), None, 9).await.unwrap();
        assert!(listed.items.is_empty());
        assert_eq!(store::intake::waiting(&mut r).await.unwrap(), 0);
        assert_eq!((vacancies(world).await, events(world).await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_was_cut_short_goes_on_when_the_program_begins() {
    both(async |world| {
        let file = put(world, "岗位.csv", dirty());
        let given = Given { noun: Noun::Vacancies, name: "岗位.csv", path: &file };
        let id = intake::receive(&world.app, &office(), given).await.unwrap();
        let stop = |_| panic!("the light goes out");
        let app = world.app.clone();
        let run = tokio::spawn(async move {
            let choice = Choice::Recognise;
            drop(intake::run(&app, &office(), id, &choice, &stop).await);
        });
        assert!(run.await.is_err());
        intake::resume(&world.app, &office()).await.unwrap();
        let done = intake::find(&world.app, &office(), id).await.unwrap();
        assert_eq!((done.state, told(done.counts)), (State::Done, [4, 2, 0, 2]));
    })
    .await;
}

#[tokio::test]
async fn two_imports_of_one_file_at_once_do_not_double() {
    both(async |world| {
        let file = put(world, "岗位.csv", county::posts(1, 2_500));
        let import_it = || Box::pin(import_as(world, Noun::Vacancies, &file));
        let (first, second) = tokio::join!(import_it(), import_it());
        let taken = |r: &app::Result<Intake>| {
            r.as_ref().map_or(true, |i| i.counts.rows == 2_500 && i.state == State::Done)
        };
        assert!(taken(&first) && taken(&second) && (first.is_ok() || second.is_ok()));
        let once = county::summary(world).await;
        let again = import(world, &file).await;
        assert_eq!(again.counts.accepted, 0);
        assert_eq!(county::summary(world).await, once);
    })
    .await;
}
