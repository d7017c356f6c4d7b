//! The real files, where they are: in, and in again.

use std::path::{Path, PathBuf};

use super::{import, told, vacancies};
use crate::world::both;

const FILES: [&str; 7] = [
    "postings-zh/zhilian_2024_sample.csv",
    "postings-zh/gxrc_management_2022.csv",
    "postings-zh/51job_bigdata_2019.jsonl",
    "postings-zh/it_postings_2019_sample.jsonl",
    "postings-zh/tipdm_5iai_vacancies_2023.jsonl",
    "postings-en/nyc_jobs_2013_2019.csv",
    "postings-en/ats_new_postings_2026-08.json",
];

fn data() -> Option<PathBuf> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let above = root.canonicalize().unwrap();
    above.ancestors().map(|folder| folder.join("shared/data")).find(|folder| folder.exists())
}

#[tokio::test]
async fn every_real_file_goes_in_once() {
    let Some(data) = data() else {
        println!("there is no ../shared/data: the real files are not imported");
        return;
    };
    both(async |world| {
        for name in FILES {
            let file = data.join(name);
            let first = import(world, &file).await;
            let [rows, accepted, unchanged, refused] = told(first.counts);
            assert!(rows > 800 && accepted + unchanged + refused == rows, "{name}");
            let before = vacancies(world).await;
            let again = import(world, &file).await;
            assert_eq!(told(again.counts), [rows, 0, rows - refused, refused], "{name}");
            assert_eq!(vacancies(world).await, before, "{name}");
            println!("{name}: {rows} rows, {accepted} accepted, {refused} refused; again: none");
        }
    })
    .await;
}
