//! Stories of what leaves as a file: each is opened again by another reader than the program's own
//! writer; nothing in it is a formula, nothing is lost, and a number is a number.

use std::{io::Cursor, time::Duration};

use calamine::{Data, Reader as _, Xlsx};
use model::{Id, access::Role, intake::Noun, jobseeker::Jobseeker};
use serde_json::{Value, json};

use crate::{
    application::{Cast, JSON, applied, cast, moved},
    matching::{import, people},
    world::{Answer, World, people::Member},
};

/// What a spreadsheet would work out, as names and titles.
const HOSTILE: [&str; 5] = [
    "=HYPERLINK(\"http://evil.example\",\"点\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1,2)",
    "＝1＋1",
];

/// The rows of a CSV file. It begins with the mark, and no cell would be worked out.
fn csv_rows(answer: &Answer) -> Vec<Vec<String>> {
    assert!(answer.header("content-type").starts_with("text/csv; charset=utf-8"));
    leaves_as_a_file(answer);
    let text = answer.text();
    let text = text.strip_prefix('\u{feff}').expect("the mark of Unicode");
    let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.into_records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    let rows: Vec<Vec<String>> = rows.collect();
    for cell in rows.iter().flatten().filter(|cell| cell.parse::<f64>().is_err()) {
        let sign = cell.trim_start().chars().next().unwrap_or('a');
        assert!(!"=+-@＝＋－＠\t\r\0".contains(sign), "{cell:?} is worked out");
    }
    rows
}

/// The rows of the only sheet of a workbook, in which nothing is a formula.
fn book_rows(answer: &Answer) -> Vec<Vec<Data>> {
    leaves_as_a_file(answer);
    let mut book = Xlsx::new(Cursor::new(&answer.body)).unwrap();
    let names = book.sheet_names();
    assert_eq!(names.len(), 1);
    let formulas = book.worksheet_formula(&names[0]).unwrap();
    assert!(formulas.cells().all(|(.., formula)| formula.is_empty()), "a formula");
    let range = book.worksheet_range(&names[0]).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn leaves_as_a_file(answer: &Answer) {
    assert!(answer.header("content-disposition").starts_with("attachment; filename=\""));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cache-control"), "no-store");
}

/// The cells of a column, without the heading.
fn column(rows: &[Vec<Data>], heading: &str) -> Vec<Data> {
    let at = rows[0].iter().position(|cell| *cell == Data::String(heading.into()));
    let at = at.unwrap_or_else(|| panic!("no column {heading} in {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

fn words(all: &[&str]) -> Vec<Data> {
    let mut cells: Vec<Data> = all.iter().map(|text| Data::String((*text).into())).collect();
    cells.sort_by_key(ToString::to_string);
    cells
}

fn sorted(mut cells: Vec<Data>) -> Vec<Data> {
    cells.sort_by_key(ToString::to_string);
    cells
}

/// People with such names, brought in as JSON.
async fn named(world: &World) -> Vec<Id<Jobseeker>> {
    let person = |(n, name): (usize, &&str)| {
        json!({ "姓名": name, "身份证号": "", "联系电话": format!("1540000000{n}"),
            "户籍/现居住地": "天水市秦州区", "文化程度": "初中", "求职工种": "电焊工",
            "期望工资": "4000", "工作经历": name })
    };
    let all: Vec<Value> = HOSTILE.iter().enumerate().map(person).collect();
    import(world, Noun::Jobseekers, "people.json", &json!(all).to_string()).await;
    people(world).await
}

#[tokio::test]
async fn an_employers_workbooks_hold_what_the_pages_hold() {
    let world = World::alone().await;
    let Cast { employer, vacancy, recruiter, .. } = cast(&world).await;
    crate::application::wanted(&world, vacancy, 20).await;
    let owner = world.firms(Role::Owner, employer).await;
    let items: Vec<Value> = HOSTILE
        .iter()
        .map(|title| json!({ "title": title, "headcount": "3", "wage": "6000-8000元/月", "place": "秦州区" }))
        .collect();
    let body = json!({ "items": items }).to_string();
    let all = world.by(&owner).post("/api/v1/vacancies/bulk", JSON, body).await.is(200).json();
    assert!(
        all["items"].as_array().unwrap().iter().all(|one| one["kept"]["id"].is_string()),
        "{all}"
    );
    let desk = world.by(&owner).get("/api/v1/desk").await.is(200).json();
    let mut titles: Vec<&str> = desk["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["title"].as_str().unwrap())
        .collect();
    titles.sort_unstable();
    let rows = book_rows(&world.by(&owner).get("/desk/vacancies.xlsx?lang=en").await.is(200));
    assert_eq!(rows.len(), titles.len() + 1);
    assert_eq!(sorted(column(&rows, "Job title")), words(&titles));
    let seats = column(&rows, "Openings");
    assert_eq!(seats.iter().filter(|cell| **cell == Data::Float(3.0)).count(), 5, "{seats:?}");

    for id in named(&world).await.iter().skip(1) {
        let somebody = world.jobseeker(*id).await;
        applied(&world, &somebody, vacancy).await;
    }
    let path = format!("/vacancies/{vacancy}/applications.xlsx?lang=en");
    let rows = book_rows(&world.by(&recruiter).get(&path).await.is(200));
    let names: Vec<String> = column(&rows, "Name").iter().map(ToString::to_string).collect();
    assert_eq!(names.len(), 5);
    for name in &names {
        assert!(HOSTILE.iter().any(|known| model::cell::line(known) == *name), "{name}");
    }
    let phones = column(&rows, "Telephone");
    assert!(phones.iter().all(|cell| matches!(cell, Data::String(phone) if phone.len() == 11)));
}

/// A file that an office sends in, when it is over.
async fn over(world: &World, by: &Member, name: &str, file: &[u8]) -> String {
    let sent = world.by(by).upload("/intakes", &[("noun", "vacancies")], name, file).await.is(303);
    let path = sent.location().split('?').next().unwrap().to_owned();
    for _ in 0..100 {
        let intake = world.by(by).get(&format!("/api/v1{path}")).await.is(200).json();
        assert!(intake["refusal"].is_null(), "{intake}");
        if intake["state"] == "done" {
            assert_eq!(intake["refused"], HOSTILE.len(), "{intake}");
            return path;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{name} does not end")
}

const HEADINGS: [&str; 5] = ["岗位编号", "单位名称", "岗位名称", "招聘人数", "工作地点"];

#[tokio::test]
async fn refused_rows_come_back_as_they_were_and_harm_nobody() {
    let world = World::alone().await;
    let network = world.network().await;
    let clerk = world.staff(Role::Clerk, network.qinzhou).await;
    // a row without a title is refused
    let lines: Vec<[&str; 5]> = HOSTILE.iter().map(|name| ["1", name, "", "2", "秦州区"]).collect();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(std::iter::once(&HEADINGS).chain(&lines)) {
        for (at, cell) in (0..).zip(cells) {
            sheet.write_string(row, at, *cell).unwrap();
        }
    }
    let path = over(&world, &clerk, "岗位.xlsx", &book.save_to_buffer().unwrap()).await;
    let refused = world.by(&clerk).get(&format!("{path}/refused")).await.is(200);
    let rows = book_rows(&refused);
    assert_eq!((rows.len(), rows[0].len()), (HOSTILE.len() + 1, HEADINGS.len() + 2));
    assert_eq!(sorted(column(&rows, "单位名称")), words(&HOSTILE));
    // quoted as a careful office does, it is taken; and it comes back quoted
    let text = |lines: &[[&str; 5]]| {
        let mut out = csv::Writer::from_writer(vec![]);
        out.write_record(HEADINGS).unwrap();
        for line in lines {
            out.write_record(line.map(|cell| model::cell::inert(cell).into_owned())).unwrap();
        }
        out.into_inner().unwrap()
    };
    let path = over(&world, &clerk, "岗位.csv", &text(&lines)).await;
    let rows = csv_rows(&world.by(&clerk).get(&format!("{path}/refused")).await.is(200));
    assert_eq!((rows.len(), rows[0].len()), (HOSTILE.len() + 1, HEADINGS.len() + 2));
    for (row, name) in rows[1..].iter().zip(HOSTILE) {
        assert_eq!((row[1].as_str(), row[4].as_str()), (&*format!("'{name}"), "秦州区"));
    }
    let object = |line: &[&str; 5]| -> Value {
        HEADINGS.iter().zip(line).map(|(head, cell)| (head.to_string(), json!(cell))).collect()
    };
    let json = json!(lines.iter().map(object).collect::<Vec<_>>()).to_string();
    let path = over(&world, &clerk, "岗位.json", json.as_bytes()).await;
    let back = world.by(&clerk).get(&format!("{path}/refused")).await.is(200);
    leaves_as_a_file(&back);
    let back = back.json();
    for (row, name) in back.as_array().unwrap().iter().zip(HOSTILE) {
        assert_eq!((&row["单位名称"], row.as_object().unwrap().len()), (&json!(name), 7));
    }
    for noun in ["vacancies", "jobseekers"] {
        let path = |format| format!("/intakes/template/{noun}?format={format}");
        let csv = csv_rows(&world.by(&clerk).get(&path("csv")).await.is(200));
        let book = book_rows(&world.by(&clerk).get(&path("xlsx")).await.is(200));
        assert_eq!((csv.len(), book.len()), (1, 1));
        assert_eq!(book[0].iter().map(ToString::to_string).collect::<Vec<_>>(), csv[0]);
    }
}

#[tokio::test]
async fn the_offices_tables_hold_what_the_pages_hold() {
    let world = World::alone().await;
    let network = world.network().await;
    let manager = world.staff(Role::Manager, network.qinzhou).await;
    let people = named(&world).await;
    let mut posts = vec![];
    for name in HOSTILE {
        posts.push(world.firm(name, "620502").await.1);
    }
    world.work().await;
    let ask = async |path: &str| world.by(&manager).get(path).await.is(200);

    world.by(&manager).form("/matching/unmatched", &[]).await.is(303);
    app::matching::unmatched::survey::catch_up(&world.app).await.unwrap();
    let said = ask("/api/v1/matching/unmatched").await.json();
    let rows = csv_rows(&ask("/matching/unmatched.csv?lang=en").await);
    assert_eq!(rows.len(), said["items"].as_array().unwrap().len() + 1);
    assert!(rows[1..].iter().all(|row| row.len() == 7 && row[4].parse::<i64>().is_ok()));

    for _ in 0..4 {
        world.stranger().get("/vacancies?q=潜水员&region=620502").await.is(200);
    }
    app::inquiry::write(&world.app).await.unwrap();
    let rows = csv_rows(&ask("/inquiries/table.csv?lang=en").await);
    let book = book_rows(&ask("/inquiries/table.xlsx?lang=en").await);
    assert_eq!((book.len(), book[0].len()), (rows.len(), rows[0].len()));
    assert!(
        rows[1].contains(&"潜水员".to_owned()) && rows[1].contains(&"4".to_owned()),
        "{rows:?}"
    );
    assert!(book[1].contains(&Data::Float(4.0)), "{book:?}");

    let wanted: Vec<Value> =
        posts.iter().map(|id| json!({ "vacancy_id": id, "seats": 1 })).collect();
    let body = json!({ "title": HOSTILE[0], "way": "stable", "posts": wanted }).to_string();
    let organiser = world.staff(Role::FairOrganiser, network.qinzhou).await;
    let made = world.by(&organiser).post("/api/v1/assignments", JSON, body).await.is(200).json();
    let path = format!("/assignments/{}/result?lang=en&format=", made["id"].as_str().unwrap());
    let rows = csv_rows(&ask(&format!("{path}csv")).await);
    let book = book_rows(&ask(&format!("{path}xlsx")).await);
    assert_eq!((rows.len(), book.len(), book[0].len()), (people.len() + 1, people.len() + 1, 7));
    let text = |cell: &Data| cell.to_string().trim_start_matches('\'').to_owned();
    for (line, row) in book.iter().zip(&rows).skip(1) {
        let same = line.iter().zip(row).all(|(one, other)| {
            text(one) == other.trim_start_matches('\'') || text(one).parse::<f64>() == other.parse()
        });
        assert!(same, "{line:?} {row:?}");
        assert!(matches!(line[4], Data::Float(_) | Data::Empty), "{line:?}");
    }
}

/// The lines of a calendar as whoever reads RFC 5545 puts them together again.
fn unfolded(text: &str) -> Vec<(String, String)> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let whole = text.replace("\r\n ", "");
    let lines = whole.trim_end().split("\r\n").map(|line| line.split_once(':').unwrap());
    lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[tokio::test]
async fn an_interview_goes_into_a_calendar_and_a_person_takes_along_what_is_kept() {
    let world = World::alone().await;
    let all = cast(&world).await;
    let people = named(&world).await;
    let person = world.jobseeker(*people.last().unwrap()).await;
    let id = applied(&world, &person, all.vacancy).await;
    let place = "=1+1 二楼;人事部,\\ END:VEVENT\r\nATTENDEE:mailto:x@evil.example";
    let invite = json!({ "act": "invite", "meets_at": "2026-11-25T09:30", "meets_where": place,
        "note": "带身份证\nATTACH:x" });
    moved(&world, &all.recruiter, &id, invite).await.is(200);
    let file = world.by(&person).get(&format!("/applications/{id}/interview.ics")).await.is(200);
    leaves_as_a_file(&file);
    let lines = unfolded(&file.text());
    let names: Vec<&str> = lines.iter().map(|(name, _)| name.as_str()).collect();
    for name in ["VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "SUMMARY", "LOCATION"] {
        assert_eq!(names.iter().filter(|known| **known == name).count(), 1, "{name} in {names:?}");
    }
    assert!(!names.iter().any(|name| name.starts_with("ATT")), "{names:?}");
    let ends = |name: &str| lines.iter().filter(|(known, _)| known == name).count();
    assert_eq!((ends("BEGIN"), ends("END")), (2, 2));
    let (_, place) = lines.iter().find(|(name, _)| name == "LOCATION").unwrap();
    assert!(place.contains("二楼\\;人事部\\,\\\\"), "{place}");

    let data = world.by(&person).get("/me/data.json").await.is(200);
    leaves_as_a_file(&data);
    let data = data.json().to_string();
    let own = HOSTILE.iter().filter(|name| {
        let quoted = json!(model::cell::line(name)).to_string();
        data.contains(&quoted)
    });
    assert_eq!(own.count(), 1, "her own name and nobody else's: {data}");
}
