//! The vacancy as schema.org JobPosting, for search engines.

use model::{
    education::Education,
    employer::Employer,
    vacancy::{Form, Offer, Vacancy},
    wage::{Period, Wage},
};
use serde_json::{Map, Value, json};

use crate::frame::wording::Wording;

/// JSON-LD that can stand inside a script element: no `<` in it.
pub(super) fn json(v: &Vacancy, employer: &Employer, url: &str, wording: Wording<'_>) -> String {
    let offer = &v.offer;
    let mut posting = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        posting.extend(value.map(|value| (name.to_owned(), value)));
    };
    put("@context", Some("https://schema.org/".into()));
    put("@type", Some("JobPosting".into()));
    put("title", Some(offer.title.as_str().into()));
    put("description", Some(description(offer)));
    put("url", Some(url.into()));
    put("identifier", Some(identifier(v, employer)));
    put("datePosted", Some(posted(v).into()));
    put("validThrough", offer.expires_on.map(|day| format!("{day}T23:59:59+08:00").into()));
    put("employmentType", offer.form.map(|form| employment(form).into()));
    put("hiringOrganization", Some(organization(employer)));
    put("jobLocation", Some(location(offer, wording)));
    put("baseSalary", offer.wage.as_ref().and_then(salary));
    put("educationRequirements", offer.education.and_then(education));
    put("experienceRequirements", offer.experience_min.map(experience));
    put("totalJobOpenings", v.places_open().map(Into::into));
    put("directApply", Some(false.into()));
    Value::Object(posting).to_string().replace('<', "\\u003c")
}

/// HTML, as the vocabulary wants it; never empty, since engines refuse a posting without one.
fn description(offer: &Offer) -> Value {
    let escape = |s: &str| s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let lines = super::sheet::paragraphs(&offer.duties);
    let text = if lines.is_empty() { vec![offer.title.clone()] } else { lines };
    let lines: Vec<_> = text.iter().map(|line| escape(line)).collect();
    format!("<p>{}</p>", lines.join("</p><p>")).into()
}

fn posted(v: &Vacancy) -> String {
    v.offer.posted_on.unwrap_or_else(|| v.created_at.date_naive()).to_string()
}

fn identifier(v: &Vacancy, employer: &Employer) -> Value {
    json!({"@type": "PropertyValue", "name": employer.details.name, "value": v.id.to_string()})
}

fn organization(employer: &Employer) -> Value {
    let mut organization = json!({"@type": "Organization", "name": employer.details.name});
    let code = &employer.details.credit_code;
    if let (false, Some(fields)) = (code.is_empty(), organization.as_object_mut()) {
        fields.insert("identifier".into(), code.as_str().into());
    }
    organization
}

/// The names of the tree fill the address from the top; what is not understood stands as written.
fn location(offer: &Offer, wording: Wording<'_>) -> Value {
    let mut address = Map::new();
    address.insert("@type".into(), "PostalAddress".into());
    let path = wording.reference.places.path(&offer.place.region);
    // a file from abroad has places that the tree does not know and wages in another currency
    let abroad = path.is_empty() && offer.wage.as_ref().is_some_and(|w| w.currency != "CNY");
    if !abroad {
        address.insert("addressCountry".into(), "CN".into());
    }
    let named = |level| path.iter().find(|r| r.level == level).map(|r| r.name.as_str());
    let place = Some(offer.place.text.as_str()).filter(|text| !text.is_empty());
    for (name, value) in [
        ("addressRegion", named(1)),
        ("addressLocality", named(2).or(named(3))),
        ("streetAddress", place),
    ] {
        address.extend(value.map(|value| (name.to_owned(), value.into())));
    }
    json!({"@type": "Place", "address": address})
}

fn salary(wage: &Wage) -> Option<Value> {
    let unit = match wage.period {
        Period::Hour => "HOUR",
        Period::Day => "DAY",
        Period::Week => "WEEK",
        Period::Month => "MONTH",
        Period::Year => "YEAR",
        // the vocabulary has no word for it
        Period::Once => return None,
    };
    let sum = |cents: i64| {
        let sum = format!("{}.{:02}", cents / 100, cents % 100);
        sum.parse::<serde_json::Number>().map_or(Value::Null, Value::Number)
    };
    let value = json!({
        "@type": "QuantitativeValue", "minValue": sum(wage.min), "maxValue": sum(wage.max),
        "unitText": unit,
    });
    Some(json!({"@type": "MonetaryAmount", "currency": wage.currency, "value": value}))
}

const fn employment(form: Form) -> &'static str {
    match form {
        Form::FullTime => "FULL_TIME",
        Form::PartTime => "PART_TIME",
        Form::Temporary | Form::Seasonal => "TEMPORARY",
        Form::PublicWelfare => "OTHER",
        Form::Trainee => "INTERN",
    }
}

/// The words Google's documentation of JobPosting names; below them there is none.
fn education(level: Education) -> Option<Value> {
    let category = match level {
        Education::Primary | Education::JuniorHigh => return None,
        Education::SeniorHigh => "high school",
        Education::Vocational => "professional certificate",
        Education::College => "associate degree",
        Education::Bachelor => "bachelor degree",
        Education::Master | Education::Doctor => "postgraduate degree",
    };
    let kind = "EducationalOccupationalCredential";
    Some(json!({"@type": kind, "credentialCategory": category}))
}

fn experience(months: i64) -> Value {
    match months {
        0 => "no requirements".into(),
        _ => json!({"@type": "OccupationalExperienceRequirements", "monthsOfExperience": months}),
    }
}
