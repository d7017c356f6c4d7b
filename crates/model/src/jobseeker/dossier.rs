//! What a person can show: skills with their level, papers, posts held, schools, and the categories
//! that call for help. Sealed like the name; no score ever sees it.

mod category;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Refusal,
    cell::{self, day::Side},
    coded::coded,
};

pub use category::{Category, Mature, mature};

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dossier {
    pub skills: Vec<Ability>,
    pub certificates: Vec<Certificate>,
    pub posts: Vec<Employment>,
    pub schools: Vec<Schooling>,
    pub categories: Vec<Standing>,
    /// What the form says of skills, word for word: not every word is in the table.
    pub said: String,
    /// A few sentences of the person's own, for the top of the CV.
    pub about: String,
}

coded! {
    /// How well something is mastered.
    pub enum Level: "jobseeker.level_unknown", "level" {
        Beginner = "beginner",
        Able = "able",
        Good = "good",
        Master = "master",
    }
}

/// A skill in the person's words. 技能
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ability {
    pub name: String,
    pub level: Option<Level>,
}

/// A paper. 证书
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub name: String,
    pub number: String,
    pub issuer: String,
    pub issued_on: Option<NaiveDate>,
    pub expires_on: Option<NaiveDate>,
}

/// A post held. 工作经历
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employment {
    pub employer: String,
    pub title: String,
    pub from: Option<NaiveDate>,
    /// `None`: still there, or not told.
    pub to: Option<NaiveDate>,
    pub what: String,
}

/// A school attended. 教育经历
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schooling {
    pub school: String,
    pub subject: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// A category that a person is in, on whose word, and for how long. 帮扶类别
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub category: Category,
    /// The paper that proves it: kind and number.
    pub evidence: String,
    pub from: NaiveDate,
    /// The last day; `None`: until further notice.
    pub to: Option<NaiveDate>,
}

impl Standing {
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.from <= on && self.to.is_none_or(|last| on <= last)
    }
}

/// The most entries of one kind.
pub const MOST: usize = 20;

/// Something wrong in a field of the form: its name, and what.
pub type Wrong = (String, Refusal);

/// What a form with several entries of each kind says: fields are `certificate.0.name`.
struct Entries<'a> {
    fields: &'a BTreeMap<String, String>,
    kind: &'static str,
    at: usize,
    today: NaiveDate,
    wrong: &'a mut Vec<Wrong>,
}

impl Entries<'_> {
    fn name(&self, field: &str) -> String {
        format!("{}.{}.{field}", self.kind, self.at)
    }

    fn line(&self, field: &str, most: usize) -> String {
        let text = self.fields.get(&self.name(field)).map_or("", String::as_str);
        cell::line(text).chars().take(most).collect()
    }

    fn body(&self, field: &str) -> String {
        let text = self.fields.get(&self.name(field)).map_or("", String::as_str);
        cell::body(text).chars().take(600).collect()
    }

    fn day(&mut self, field: &str) -> Option<NaiveDate> {
        let written = self.line(field, 40);
        let day = cell::day::read(&written, self.today, Side::Past).or_else(|| month(&written));
        if day.is_none() && !written.is_empty() && !is_now(&written) {
            let refusal = Refusal::new("jobseeker.day_not_understood").arg("value", written);
            self.wrong.push((self.name(field), refusal));
        }
        day
    }

    /// The later of two days may not come before the earlier.
    fn span(&mut self, from: &str, to: &str) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let days = (self.day(from), self.day(to));
        if let (Some(first), Some(last)) = days
            && last < first
        {
            self.wrong.push((self.name(to), Refusal::new("jobseeker.span_backwards")));
        }
        days
    }
}

/// 至今: it lasts.
fn is_now(written: &str) -> bool {
    ["至今", "现在", "今", "now", "present", "长期"].contains(&written)
}

/// "2019-03", "2019年3月" is its first day, "2019" that of the year.
fn month(written: &str) -> Option<NaiveDate> {
    let text = cell::figures(written);
    let mut groups = text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty());
    let year = groups.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let month = groups.next().map_or(Some(1), |m| m.parse().ok())?;
    NaiveDate::from_ymd_opt(year, month, 1).filter(|_| (1900..=2200).contains(&year))
}

/// Reads the form; what is wrong is answered with the names of the fields, all at once. Categories
/// are the office's to note and stay as they are `known`.
pub fn read(
    fields: &BTreeMap<String, String>,
    known: &Dossier,
    today: NaiveDate,
) -> Result<Dossier, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let about = fields.get("about").map(|text| cell::body(text)).unwrap_or_default();
    let mut read = Dossier {
        about: about.chars().take(300).collect(),
        categories: known.categories.clone(),
        said: known.said.clone(),
        ..Dossier::default()
    };
    for at in 0..MOST {
        let mut e = Entries { fields, kind: "skill", at, today, wrong: &mut wrong };
        read.skills.extend(ability(&e));
        e.kind = "certificate";
        read.certificates.extend(certificate(&mut e));
        e.kind = "post";
        read.posts.extend(employment(&mut e));
        e.kind = "school";
        read.schools.extend(schooling(&mut e));
    }
    if wrong.is_empty() { Ok(read) } else { Err(wrong) }
}

fn ability(e: &Entries<'_>) -> Option<Ability> {
    let name = e.line("name", 40);
    (!name.is_empty()).then(|| Ability { name, level: e.line("level", 20).parse().ok() })
}

fn certificate(e: &mut Entries<'_>) -> Option<Certificate> {
    let (name, number, issuer) = (e.line("name", 60), e.line("number", 60), e.line("issuer", 60));
    let (issued_on, expires_on) = e.span("issued_on", "expires_on");
    let one = Certificate { name, number, issuer, issued_on, expires_on };
    (!one.name.is_empty()).then_some(one)
}

fn employment(e: &mut Entries<'_>) -> Option<Employment> {
    let (employer, title, what) = (e.line("employer", 60), e.line("title", 60), e.body("what"));
    let (from, to) = e.span("from", "to");
    let said = !employer.is_empty() || !title.is_empty();
    said.then_some(Employment { employer, title, from, to, what })
}

fn schooling(e: &mut Entries<'_>) -> Option<Schooling> {
    let (school, subject) = (e.line("school", 60), e.line("subject", 60));
    let (from, to) = e.span("from", "to");
    (!school.is_empty()).then_some(Schooling { school, subject, from, to })
}

impl Dossier {
    /// The fields of the form that says this.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let mut fields = BTreeMap::from([("about".to_owned(), self.about.clone())]);
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut put = |kind: &str, at: usize, pairs: &[(&str, String)]| {
            for (name, value) in pairs {
                fields.insert(format!("{kind}.{at}.{name}"), value.clone());
            }
        };
        for (at, one) in self.skills.iter().enumerate() {
            let level = one.level.map(|level| level.code().to_owned()).unwrap_or_default();
            put("skill", at, &[("name", one.name.clone()), ("level", level)]);
        }
        for (at, one) in self.certificates.iter().enumerate() {
            let (name, number, issuer) = (&one.name, &one.number, &one.issuer);
            put("certificate", at, &[("name", name.clone()), ("number", number.clone())]);
            put(
                "certificate",
                at,
                &[("issuer", issuer.clone()), ("issued_on", day(one.issued_on))],
            );
            put("certificate", at, &[("expires_on", day(one.expires_on))]);
        }
        for (at, one) in self.posts.iter().enumerate() {
            put("post", at, &[("employer", one.employer.clone()), ("title", one.title.clone())]);
            put("post", at, &[("from", day(one.from)), ("to", day(one.to))]);
            put("post", at, &[("what", one.what.clone())]);
        }
        for (at, one) in self.schools.iter().enumerate() {
            put("school", at, &[("school", one.school.clone()), ("subject", one.subject.clone())]);
            put("school", at, &[("from", day(one.from)), ("to", day(one.to))]);
        }
        fields
    }

    /// All words in which skills may be named, for the table that matching reads.
    pub fn words(&self) -> String {
        let skills = self.skills.iter().map(|one| one.name.as_str());
        let papers = self.certificates.iter().map(|one| one.name.as_str());
        let posts = self.posts.iter().flat_map(|one| [one.title.as_str(), one.what.as_str()]);
        skills.chain(papers).chain(posts).collect::<Vec<_>>().join("\n")
    }
}
