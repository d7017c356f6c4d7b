//! Whatever is typed, and whatever stands in a vacancy: cut into words, looked for, marked. What
//! comes before the first line end is the question, what comes after it the text.
#![no_main]

use std::{path::Path, sync::LazyLock};

use chrono::{DateTime, NaiveDate};
use libfuzzer_sys::fuzz_target;
use model::{
    Id,
    vacancy::{Offer, Source, State, Vacancy, query::VacancyQuery},
};
use search::{Dictionary, Entry, Group, Index, Mark};
use tempfile::TempDir;
use uuid::Uuid;

static WORLD: LazyLock<(TempDir, Index)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let index = filled(folder.path()).expect("an index can be made");
    (folder, index)
});

fn filled(folder: &Path) -> Result<Index, search::Error> {
    let group = |words: &str, wider: &str, occupation: &str| Group {
        words: words.split('|').map(str::to_owned).collect(),
        wider: wider.split('|').map(str::to_owned).collect(),
        occupation: occupation.into(),
    };
    let groups = vec![
        group("焊工|电焊工|焊接工|welder", "氩弧焊|电焊", "6-18-02-04"),
        group("月嫂|母婴护理员|maternity nurse", "", ""),
        group("CNC|数控|CNC操作工", "加工中心", ""),
        group("forklift driver|forklift operator|叉车工", "", "6-30-01-00"),
        group("C++开发|C++|.NET", "c#", ""),
    ];
    let names = ["叉车工", "十八里店", "手把焊"].map(str::to_owned).to_vec();
    let index = Index::open(folder, Dictionary { names, groups })?;
    let rows = ["电焊工", "CNC编程", "Forklift drivers", "C++开发"].map(vacancy);
    let rebuild = index.rebuild(Mark::default())?;
    rebuild.put(&rows.iter().map(entry).collect::<Vec<_>>())?;
    rebuild.finish()?;
    index.refresh();
    Ok(index)
}

fn vacancy(title: &str) -> Vacancy {
    let offer = Offer { title: title.into(), duties: title.repeat(3), ..Offer::default() };
    let at = DateTime::from_timestamp(1_700_000_000, 0).unwrap_or_default();
    Vacancy {
        id: Id::new(Uuid::from_u128(title.len() as u128)),
        source: Source::default(),
        employer: Id::new(Uuid::from_u128(1)),
        offer,
        state: State::Published,
        created_at: at,
        updated_at: at,
        version: 1,
        hired: 0,
    }
}

fn entry(vacancy: &Vacancy) -> Entry<'_> {
    let (employer, occupation, place) = ("陇原机械厂", "焊工", "甘肃省 天水市");
    Entry { vacancy, employer, occupation, place, answered: None }
}

fuzz_target!(|data: &[u8]| {
    let index = &WORLD.1;
    let input = String::from_utf8_lossy(data);
    let (words, text) = input.split_once('\n').unwrap_or((&input, &input));
    index.fingerprint(&entry(&vacancy(text)));
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
    let query = VacancyQuery { words: words.into(), ..VacancyQuery::default() };
    match index.find(&query, today) {
        Ok(found) => {
            assert!(found.total <= 4 && found.hits.len() <= 4);
            let shown = search::snippet(text, &found.marks).into_iter().map(|(_, piece)| piece);
            let shown: String = shown.collect();
            assert!(shown.chars().count() <= 100, "{shown}");
        }
        Err(search::Error::Refused(_)) => assert!(words.chars().count() > VacancyQuery::LONGEST),
        Err(other) => panic!("{other}"),
    }
});
