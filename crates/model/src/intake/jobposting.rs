//! schema.org `JobPosting`, as pages and feeds carry it in JSON-LD. Its properties are laid out as
//! the columns of a row, so that what is wrong with one is said in the same way as anywhere else.

use std::borrow::Cow;

use serde_json::Value;

use super::{Fault, Noun, Row, binding::Binding, field::Field};
use crate::Refusal;

/// The one heading of a file whose rows have one cell each: the text of a `JobPosting` object.
pub const HEADING: &str = "JobPosting";
/// The source of its rows.
pub const SOURCE: &str = "jobposting";

type Property = (&'static str, Field, fn(&Value) -> String);

/// Property, field, and how its value becomes the text of a cell.
const PROPERTIES: &[Property] = &[
    ("identifier", Field::Key, |p| text(&p["identifier"], &["value", "@id", "name"])),
    ("title", Field::Title, |p| first(&[text(&p["title"], &[]), text(&p["name"], &[])])),
    ("hiringOrganization", Field::Employer, |p| {
        text(&p["hiringOrganization"], &["name", "legalName"])
    }),
    ("taxID", Field::CreditCode, credit_code),
    ("industry", Field::Industry, |p| text(&p["industry"], &["name"])),
    ("occupationalCategory", Field::Occupation, |p| {
        text(&p["occupationalCategory"], &["codeValue", "name"])
    }),
    ("totalJobOpenings", Field::Headcount, |p| text(&p["totalJobOpenings"], &["value"])),
    ("jobLocation", Field::Place, place),
    ("baseSalary", Field::Wage, wage),
    ("educationRequirements", Field::Education, |p| {
        text(&p["educationRequirements"], &["credentialCategory", "educationalLevel", "name"])
    }),
    ("experienceRequirements", Field::Experience, experience),
    ("employmentType", Field::Contract, |p| text(&p["employmentType"], &[])),
    ("jobBenefits", Field::Benefits, |p| text(&p["jobBenefits"], &["name"])),
    ("description", Field::Duties, |p| text(&p["description"], &[])),
    ("responsibilities", Field::Duties, |p| text(&p["responsibilities"], &[])),
    ("qualifications", Field::Requirements, |p| {
        text(&p["qualifications"], &["name", "credentialCategory"])
    }),
    ("skills", Field::Skills, |p| text(&p["skills"], &["name"])),
    ("applicationContact", Field::Contact, |p| {
        let contact = text(&p["applicationContact"], &["telephone", "email", "url", "name"]);
        first(&[contact, text(&p["url"], &[])])
    }),
    ("datePosted", Field::PostedOn, |p| text(&p["datePosted"], &[])),
    ("validThrough", Field::ExpiresOn, |p| text(&p["validThrough"], &[])),
];

/// How rows of `JobPosting` objects are read.
pub fn binding() -> Binding {
    let headings = PROPERTIES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let columns = PROPERTIES.iter().map(|(_, field, _)| Some(*field)).collect();
    let headings = Row { number: 0, cells: headings };
    let mut binding = Binding::chosen(Noun::Vacancies, &headings, columns);
    SOURCE.clone_into(&mut binding.source);
    binding
}

/// Lays the object in a row's one cell out as a row of [`binding`].
pub(super) fn laid_out<'r>(binding: &Binding, row: &'r Row) -> Result<Cow<'r, Row>, Vec<Fault>> {
    let [cell] = row.cells.as_slice() else { return Ok(Cow::Borrowed(row)) };
    if binding.source != SOURCE {
        return Ok(Cow::Borrowed(row));
    }
    let posting: Value = serde_json::from_str(cell).map_err(|error| {
        let refusal = Refusal::new("intake.posting_malformed").arg("reason", error.to_string());
        let value = cell.chars().take(80).collect();
        vec![Fault { column: HEADING.to_owned(), value, refusal }]
    })?;
    let cells = PROPERTIES.iter().map(|(_, _, read)| read(&posting)).collect();
    Ok(Cow::Owned(Row { number: row.number, cells }))
}

/// The text of a value: of an object by the first of these properties that says something; of a
/// list all of them. (An absent property reads as `null`.)
fn text(value: &Value, within: &[&str]) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Array(parts) => {
            let mut texts: Vec<String> = parts.iter().map(|p| text(p, within)).collect();
            texts.retain(|t| !t.is_empty());
            texts.join(", ")
        }
        Value::Object(_) => {
            first(&within.iter().map(|name| text(&value[*name], within)).collect::<Vec<_>>())
        }
    }
}

fn first(texts: &[String]) -> String {
    texts.iter().find(|t| !t.trim().is_empty()).cloned().unwrap_or_default()
}

/// Tax numbers of other countries are none of ours.
fn credit_code(posting: &Value) -> String {
    let organisation = &posting["hiringOrganization"];
    let code =
        first(&[text(&organisation["taxID"], &[]), text(&organisation["identifier"], &["value"])]);
    if code.trim().len() == 18 { code } else { String::new() }
}

/// `jobLocation` is a place, its address, a text, or a list of them: the first that says something.
fn place(posting: &Value) -> String {
    let location = &posting["jobLocation"];
    let places = location.as_array().map_or(std::slice::from_ref(location), Vec::as_slice);
    let address = |place: &Value| {
        let address = if place["address"].is_null() { place } else { &place["address"] };
        let parts = ["addressRegion", "addressLocality", "streetAddress"]
            .map(|name| text(&address[name], &["name"]));
        let joined = parts.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        first(&[joined, text(address, &["name"]), text(&place["name"], &[])])
    };
    let found = first(&places.iter().map(address).collect::<Vec<_>>());
    let remote = posting["jobLocationType"] == "TELECOMMUTE" && found.is_empty();
    if remote { "remote".to_owned() } else { found }
}

/// `{"currency": "CNY", "value": {"minValue": 4000, "maxValue": 6000, "unitText": "MONTH"}}` as
/// people write it: `4000-6000CNY/MONTH`.
fn wage(posting: &Value) -> String {
    let salary = &posting["baseSalary"];
    if let Value::String(text) = salary {
        return text.clone();
    }
    let value = if salary["value"].is_object() { &salary["value"] } else { salary };
    let one =
        |names: &[&str]| first(&names.iter().map(|n| text(&value[*n], &[])).collect::<Vec<_>>());
    let (low, high) = (one(&["minValue", "value", "price"]), one(&["maxValue"]));
    let low = if salary.is_number() { salary.to_string() } else { low };
    let sum = match (low.is_empty(), high.is_empty()) {
        (true, true) => return String::new(),
        (false, false) => format!("{low}-{high}"),
        _ => format!("{low}{high}"),
    };
    let currency = first(&[
        text(&salary["currency"], &[]),
        text(&salary["priceCurrency"], &[]),
        text(&value["currency"], &[]),
        text(&posting["salaryCurrency"], &[]),
    ]);
    let unit = first(&[one(&["unitText"]), text(&salary["unitText"], &[])]);
    let per = if unit.is_empty() { String::new() } else { format!("/{unit}") };
    format!("{sum}{currency}{per}")
}

fn experience(posting: &Value) -> String {
    let asked = &posting["experienceRequirements"];
    let months = text(&asked["monthsOfExperience"], &["value"]);
    if months.is_empty() {
        text(asked, &["description", "name"])
    } else {
        format!("{months}个月")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(posting: &str) -> Vec<(String, String)> {
        let binding = binding();
        let row = Row { number: 1, cells: vec![posting.to_owned()] };
        let laid_out = laid_out(&binding, &row).unwrap();
        let named = binding.headings.iter().cloned().zip(laid_out.cells.clone());
        named.filter(|(_, cell)| !cell.is_empty()).collect()
    }

    fn cell(posting: &str, property: &str) -> String {
        cells(posting)
            .into_iter()
            .find(|(name, _)| name == property)
            .map(|(_, cell)| cell)
            .unwrap_or_default()
    }

    #[test]
    fn wages_in_every_form_that_pages_use() {
        for (salary, written) in [
            (
                r#"{"@type":"MonetaryAmount","currency":"CNY","value":{"minValue":4000,"maxValue":6000,"unitText":"MONTH"}}"#,
                "4000-6000CNY/MONTH",
            ),
            (r#"{"currency":"USD","value":{"value":25.5,"unitText":"HOUR"}}"#, "25.5USD/HOUR"),
            (
                r#"{"currency":"USD","minValue":80000,"maxValue":120000,"unitText":"YEAR"}"#,
                "80000-120000USD/YEAR",
            ),
            (r#""8千-1.2万""#, "8千-1.2万"),
            ("5000", "5000"),
            ("null", ""),
        ] {
            assert_eq!(cell(&format!(r#"{{"baseSalary":{salary}}}"#), "baseSalary"), written);
        }
    }

    #[test]
    fn places_are_the_parts_of_an_address() {
        let address = r#"{"@type":"PostalAddress","addressRegion":"甘肃省","addressLocality":"天水市","streetAddress":"秦州区民主路"}"#;
        for location in [
            format!(r#"{{"@type":"Place","address":{address}}}"#),
            format!(r#"[{{"address":{address}}},{{"address":"兰州"}}]"#),
            address.to_owned(),
        ] {
            assert_eq!(
                cell(&format!(r#"{{"jobLocation":{location}}}"#), "jobLocation"),
                "甘肃省 天水市 秦州区民主路"
            );
        }
        assert_eq!(cell(r#"{"jobLocation":"武汉"}"#, "jobLocation"), "武汉");
        assert_eq!(cell(r#"{"jobLocationType":"TELECOMMUTE"}"#, "jobLocation"), "remote");
    }

    #[test]
    fn requirements_may_be_words_or_objects() {
        assert_eq!(
            cell(
                r#"{"experienceRequirements":{"monthsOfExperience":36}}"#,
                "experienceRequirements"
            ),
            "36个月"
        );
        assert_eq!(
            cell(r#"{"experienceRequirements":"no requirements"}"#, "experienceRequirements"),
            "no requirements"
        );
        let credential = r#"{"educationRequirements":[{"credentialCategory":"bachelor degree"}]}"#;
        assert_eq!(cell(credential, "educationRequirements"), "bachelor degree");
        assert_eq!(
            cell(r#"{"employmentType":["FULL_TIME","CONTRACTOR"]}"#, "employmentType"),
            "FULL_TIME, CONTRACTOR"
        );
        assert_eq!(
            cell(
                r#"{"identifier":{"@type":"PropertyValue","name":"MagsRUs","value":"1234567"}}"#,
                "identifier"
            ),
            "1234567"
        );
        assert_eq!(cell(r#"{"hiringOrganization":{"name":"某厂","taxID":"DE123"}}"#, "taxID"), "");
    }

    #[test]
    fn what_is_no_json_is_refused() {
        let row = Row { number: 7, cells: vec!["{\"title\":".into()] };
        let faults = laid_out(&binding(), &row).unwrap_err();
        assert_eq!(faults[0].refusal.code, "intake.posting_malformed");
    }
}
