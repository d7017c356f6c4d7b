//! The demonstration's files, each in a form that offices and boards really send.

use std::{fs, io, path::Path};

use encoding_rs::GB18030;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use serde_json::{Value, json};

use super::{dice::Dice, post::Post, table::Table};

/// A workbook with a merged title row above the headings.
pub(super) fn workbook(path: &Path, table: &Table) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    // a workbook carries the hour at which it was made; ours is the same whenever it is made
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    let last = u16::try_from(table.headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let middle = Format::new().set_bold().set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, last, &table.title, &middle)?;
    for (column, heading) in (0..).zip(table.headings) {
        sheet.write_with_format(1, column, *heading, &Format::new().set_bold())?;
    }
    for (row, cells) in (2..).zip(&table.rows) {
        for ((column, cell), heading) in (0..).zip(cells).zip(table.headings) {
            match cell.parse::<f64>() {
                // as a clerk types it: a number where it is one, and never a citizen's number
                Ok(number) if *heading == "招聘人数" => sheet.write(row, column, number)?,
                _ => sheet.write(row, column, cell)?,
            };
        }
    }
    book.save(path)
}

/// How the text of a file is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Gb18030,
    /// With a byte order mark, as spreadsheets save it.
    Utf8Mark,
}

pub(super) fn csv(path: &Path, table: &Table, encoding: Encoding) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(table.headings)?;
    for row in &table.rows {
        writer.write_record(row)?;
    }
    let text = writer.into_inner().map_err(io::Error::other)?;
    match encoding {
        Encoding::Utf8Mark => fs::write(path, ["\u{feff}".as_bytes(), &text].concat()),
        Encoding::Gb18030 => fs::write(path, GB18030.encode(&String::from_utf8_lossy(&text)).0),
    }
}

/// One object a line, with the columns of a job board's export.
pub(super) fn board(path: &Path, dice: &mut Dice, posts: &[Post]) -> io::Result<()> {
    let lines = posts.iter().map(|post| format!("{}\n", board_line(dice, post)));
    fs::write(path, lines.collect::<String>())
}

fn board_line(dice: &mut Dice, post: &Post) -> Value {
    let firm = &post.firm;
    let [low, high] = post.pay.map(|yuan| (yuan + 500) / 1_000);
    json!({
        "id": format!("GG{:05}", post.number),
        "title": post.title,
        "company": firm.name,
        "city": post.place.city_name(),
        "district": post.place.county,
        "education": post.education,
        "wage_text": post.wage(dice),
        "wage_min_k": low,
        "wage_max_k": high,
        "experience": post.experience,
        "industry": firm.industry,
        "welfare": post.benefits.join(","),
        "company_size": firm.size,
        "description": format!("{}\n要求：{}", post.duties, post.skills),
    })
}

/// `JobPosting` objects of schema.org, as a web site gives them to search engines.
pub(super) fn postings(path: &Path, posts: &[Post]) -> io::Result<()> {
    let all: Vec<_> = posts.iter().map(posting).collect();
    fs::write(path, serde_json::to_vec_pretty(&all)?)
}

fn posting(post: &Post) -> Value {
    let place = post.place;
    let [low, high] = post.pay;
    json!({
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "identifier": { "@type": "PropertyValue", "name": post.firm.name, "value": format!("GG{:05}", post.number) },
        "title": post.title,
        "description": post.duties,
        "skills": post.skills,
        "datePosted": post.posted.format("%Y-%m-%d").to_string(),
        "validThrough": post.expires.format("%Y-%m-%dT23:59:59+08:00").to_string(),
        "employmentType": employment_type(&post.form),
        "hiringOrganization": { "@type": "Organization", "name": post.firm.name },
        "industry": post.firm.industry,
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressCountry": "CN",
                "addressRegion": place.province,
                "addressLocality": format!("{}{}", place.city_name(), place.county),
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "CNY",
            "value": { "@type": "QuantitativeValue", "minValue": low, "maxValue": high, "unitText": "MONTH" },
        },
        "educationRequirements": post.education,
        "experienceRequirements": post.experience,
        "jobBenefits": post.benefits.join("、"),
        "totalJobOpenings": post.headcount.parse::<i64>().unwrap_or(1),
    })
}

fn employment_type(form: &str) -> &'static str {
    match form {
        "兼职" => "PART_TIME",
        "见习" => "INTERN",
        "季节工" => "TEMPORARY",
        _ => "FULL_TIME",
    }
}
