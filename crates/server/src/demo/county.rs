//! The county as six files: four of vacancies, two of jobseekers, each in a form that offices and
//! boards really send.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use model::intake::Noun;

use super::{
    dice::Dice,
    file::{self, Encoding},
    person, post,
    table::Table,
    trade,
};
use crate::Outcome;

/// Any number will do; another one makes another county.
const SEED: u64 = 620_523;
/// So many posts go into each of the four files, and so many people into each of the two.
const POSTS: [usize; 4] = [1_200, 800, 700, 300];
const PEOPLE: [usize; 2] = [6_000, 4_000];

/// The files and what each holds, in the order in which they are imported.
const FILES: [(Noun, &str); 6] = [
    (Noun::Vacancies, "甘谷县岗位汇总.xlsx"),
    (Noun::Vacancies, "天水片区岗位.csv"),
    (Noun::Vacancies, "招聘网站导出.jsonl"),
    (Noun::Vacancies, "单位网站招聘.jsonld"),
    (Noun::Jobseekers, "村级劳动力摸底.xlsx"),
    (Noun::Jobseekers, "窗口求职登记.csv"),
];

/// Writes the files into `folder`, unless they are there: they are written beside it and moved, so
/// that they are there whole or not at all.
pub(super) fn files(folder: &Path, today: NaiveDate) -> Outcome<Vec<(Noun, PathBuf)>> {
    if !folder.exists() {
        let part = folder.with_extension("part");
        match fs::remove_dir_all(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => fs::create_dir_all(&part)?,
        }
        write(&part, today)?;
        fs::rename(&part, folder)?;
    }
    Ok(FILES.iter().map(|(noun, name)| (*noun, folder.join(name))).collect())
}

fn write(folder: &Path, today: NaiveDate) -> Outcome<()> {
    let [county, area, board, site, village, counter] = FILES.map(|(_, name)| folder.join(name));
    let trades = trade::all()?;
    let mut dice = Dice::new(SEED);
    let posts = post::all(&mut dice, &trades, POSTS.iter().sum(), today);
    let mut left = posts.as_slice();
    let [first, second, third, fourth] = POSTS.map(|n| take(&mut left, n));
    let sheet = Table::of_posts(&mut dice, "甘谷县用工岗位汇总表（演示数据）", first);
    file::workbook(&county, &sheet)?;
    let sheet = Table::of_posts(&mut dice, "", second);
    file::csv(&area, &sheet, Encoding::Gb18030)?;
    file::board(&board, &mut dice, third)?;
    file::postings(&site, fourth)?;
    let people: Vec<_> =
        (0..PEOPLE.iter().sum()).filter_map(|_| person::new(&mut dice, &trades, today)).collect();
    let mut left = people.as_slice();
    let [survey, desk] = PEOPLE.map(|n| take(&mut left, n));
    let sheet = Table::of_people(&mut dice, "甘谷县劳动力资源摸底表（演示数据）", survey);
    file::workbook(&village, &sheet)?;
    let sheet = Table::of_people(&mut dice, "", desk);
    file::csv(&counter, &sheet, Encoding::Utf8Mark)?;
    Ok(())
}

/// One large file in the office's own layout: for measuring.
pub(crate) fn large(path: &Path, noun: Noun, rows: usize, today: NaiveDate) -> Outcome<()> {
    let trades = trade::all()?;
    let mut dice = Dice::new(SEED);
    let sheet = match noun {
        Noun::Vacancies => {
            let posts = post::all(&mut dice, &trades, rows, today);
            Table::of_posts(&mut dice, "岗位汇总表", &posts)
        }
        Noun::Jobseekers => {
            let people: Vec<_> =
                (0..rows).filter_map(|_| person::new(&mut dice, &trades, today)).collect();
            Table::of_people(&mut dice, "求职登记表", &people)
        }
    };
    if path.extension().is_some_and(|e| e == "xlsx") {
        file::workbook(path, &sheet)?;
    } else {
        file::csv(path, &sheet, Encoding::Utf8Mark)?;
    }
    Ok(())
}

fn take<'a, T>(left: &mut &'a [T], n: usize) -> &'a [T] {
    let (taken, rest) = left.split_at(n.min(left.len()));
    *left = rest;
    taken
}

#[cfg(test)]
mod tests;
