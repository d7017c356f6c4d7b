//! A vacancy as somebody writes it, every field in words, and what is understood of it: read by the
//! same readers as a row of the office's own file.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Benefit, Form, Offer};
use crate::{
    Refusal, cell,
    intake::{Noun, Row, binding::Binding, layout, vacancy},
    reference::Reference,
    skill::Need,
};

/// Every field in words; a form of contract and a benefit may be given by its code as well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Written {
    pub title: String,
    pub duties: String,
    pub headcount: String,
    pub wage: String,
    pub place: String,
    pub education: String,
    pub experience: String,
    pub contract: String,
    pub benefits: String,
    pub skills: String,
    pub contact: String,
    /// A day.
    pub expires_on: String,
    /// For an agency: who takes the people on.
    pub end_employer: String,
}

/// Something about one field of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// As the form names it; empty where it is about the whole.
    pub field: &'static str,
    pub refusal: Refusal,
}

/// The fields of the form, and the headings under which a file would have them.
const FIELDS: [(&str, &str); 12] = [
    ("title", "岗位名称"),
    ("headcount", "招聘人数"),
    ("place", "工作地点"),
    ("wage", "月薪/工资待遇"),
    ("education", "学历要求"),
    ("experience", "工作经验"),
    ("contract", "用工形式"),
    ("benefits", "福利待遇"),
    ("duties", "岗位职责"),
    ("skills", "技能要求"),
    ("contact", "联系方式"),
    ("expires_on", "截止日期"),
];

/// The longest text of a field, in characters.
const LONGEST: usize = 500;
const LONGEST_DUTIES: usize = 20_000;

impl Written {
    fn cell(&self, field: &str) -> &str {
        match field {
            "title" => &self.title,
            "headcount" => &self.headcount,
            "place" => &self.place,
            "wage" => &self.wage,
            "education" => &self.education,
            "experience" => &self.experience,
            "contract" => &self.contract,
            "benefits" => &self.benefits,
            "duties" => &self.duties,
            "skills" => &self.skills,
            "contact" => &self.contact,
            "expires_on" => &self.expires_on,
            _ => "",
        }
    }

    /// What is understood of it, with what was not; or everything that stands in the way.
    pub fn read(
        &self,
        reference: &Reference,
        today: NaiveDate,
    ) -> Result<(Offer, Vec<Remark>), Vec<Remark>> {
        self.short()?;
        let row = |number, cells| Row { number, cells };
        let headings: Vec<String> = FIELDS.iter().map(|(_, heading)| (*heading).into()).collect();
        let cells = FIELDS.iter().map(|(field, _)| self.cell(field).to_owned());
        // nobody asks here who offers it: the employer is known
        let headings = row(1, [vec!["单位名称".into()], headings].concat());
        let words = row(2, std::iter::once("本单位".to_owned()).chain(cells).collect());
        let binding = Binding::recognise(Noun::Vacancies, &[headings], layout::builtin());
        let said = vacancy::read(reference, &binding, &words, today);
        let (draft, _, notes) = said.map_err(|faults| {
            let remark =
                |f: crate::intake::Fault| Remark { field: of(&f.column), refusal: f.refusal };
            faults.into_iter().map(remark).collect::<Vec<_>>()
        })?;
        let mut offer = draft.offer;
        self.codes(&mut offer);
        offer.end_employer = cell::line(&self.end_employer);
        let remark = |n: crate::intake::Note| Remark { field: of(&n.column), refusal: n.remark };
        let known = |remark: &Remark| match remark.field {
            "contract" => offer.form.is_none(),
            _ => true,
        };
        let remarks = notes.into_iter().map(remark).filter(known).collect();
        Ok((offer, remarks))
    }

    fn short(&self) -> Result<(), Vec<Remark>> {
        let most = |field: &str| if field == "duties" { LONGEST_DUTIES } else { LONGEST };
        let cells = FIELDS.iter().map(|(field, _)| (*field, self.cell(field)));
        let all = cells.chain([("end_employer", self.end_employer.as_str())]);
        let long = all.filter(|(field, text)| text.chars().count() > most(field));
        let remark = |(field, _): (&'static str, &str)| {
            let refusal = Refusal::new("vacancy.text_too_long").field(field);
            Remark { field, refusal: refusal.arg("most", most(field).to_string()) }
        };
        let long: Vec<_> = long.map(remark).collect();
        if long.is_empty() { Ok(()) } else { Err(long) }
    }

    /// What is given by code instead of words.
    fn codes(&self, offer: &mut Offer) {
        if let Ok(form) = self.contract.trim().parse() {
            offer.form = Some(form);
        }
        let codes = self.benefits.split([',', '，', '、', ' ', '|']);
        offer.benefits.extend(codes.filter_map(|code| code.parse::<Benefit>().ok()));
        offer.benefits.sort_unstable();
        offer.benefits.dedup();
    }

    /// The words of an offer that is there: what the form shows for changing it, or for another like
    /// it. Skills are named that the text does not name already.
    pub fn of(offer: &Offer, reference: &Reference) -> Self {
        let text = format!("{}\n{}", offer.title, offer.duties);
        let said = reference.skills.read(&text);
        let unsaid = offer.skills.iter().filter(|n: &&Need| said.iter().all(|s| s.code != n.code));
        let skills: Vec<&str> = unsaid
            .filter_map(|need| Some(reference.skills.find(&need.code)?.name_zh.as_str()))
            .collect();
        let benefits: Vec<&str> = offer.benefits.iter().map(|benefit| benefit.code()).collect();
        Self {
            title: offer.title.clone(),
            duties: offer.duties.clone(),
            headcount: offer.headcount.map(|n| n.to_string()).unwrap_or_default(),
            wage: offer.wage_text.clone(),
            place: offer.place.text.clone(),
            education: offer.education_text.clone(),
            experience: offer.experience_text.clone(),
            contract: offer.form.map(Form::code).unwrap_or_default().to_owned(),
            benefits: benefits.join("、"),
            skills: skills.join("、"),
            contact: offer.contact.clone(),
            expires_on: offer.expires_on.map(|day| day.to_string()).unwrap_or_default(),
            end_employer: offer.end_employer.clone(),
        }
    }
}

/// The field of a heading.
fn of(column: &str) -> &'static str {
    FIELDS.iter().find(|(_, heading)| *heading == column).map_or("", |(field, _)| field)
}

impl Offer {
    /// Is this so different from what a clerk has let through that it must be looked at again? A
    /// higher wage, another telephone, a later day or a comma are not.
    pub fn differs_materially(&self, read: &Self) -> bool {
        let plain = |text: &str| -> String {
            cell::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let lower = |now: Option<i64>, then: Option<i64>| match (now, then) {
            (Some(now), Some(then)) => now < then,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        plain(&self.title) != plain(&read.title)
            || plain(&self.duties) != plain(&read.duties)
            || plain(&self.end_employer) != plain(&read.end_employer)
            || self.form != read.form
            || (self.place.region != read.place.region || self.place.text != read.place.text)
            || lower(self.pay_from, read.pay_from)
            || self.education > read.education
            || self.experience_min.unwrap_or(0) > read.experience_min.unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post() -> Offer {
        Offer {
            title: "电焊工".into(),
            duties: "焊接钢结构，包吃住。".into(),
            pay_from: Some(600_000),
            wage_text: "6000元".into(),
            headcount: Some(3),
            form: Some(Form::FullTime),
            contact: "0938-1234567".into(),
            ..Offer::default()
        }
    }

    #[test]
    fn what_matters_is_looked_at_again_and_what_does_not_is_not() {
        let was = post();
        for same in [
            Offer { pay_from: Some(650_000), ..post() },
            Offer { headcount: Some(9), contact: "13800000000".into(), ..post() },
            Offer { duties: "焊接钢结构、包吃住".into(), ..post() },
            Offer { expires_on: NaiveDate::from_ymd_opt(2027, 1, 1), ..post() },
        ] {
            assert!(!same.differs_materially(&was), "{same:?}");
        }
        for other in [
            Offer { pay_from: Some(500_000), ..post() },
            Offer { pay_from: None, ..post() },
            Offer { title: "普工".into(), ..post() },
            Offer { duties: "焊接钢结构，不包吃住。".into(), ..post() },
            Offer { form: Some(Form::Temporary), ..post() },
            Offer { end_employer: "另一家".into(), ..post() },
            Offer { experience_min: Some(12), ..post() },
        ] {
            assert!(other.differs_materially(&was), "{other:?}");
        }
    }

    #[test]
    fn a_field_that_nobody_can_have_typed_is_refused_by_name() {
        let reference = &vacancy::tests::reference();
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let long = Written { title: "焊工".into(), wage: "6".repeat(501), ..Written::default() };
        let faults = long.read(reference, today).unwrap_err();
        assert_eq!((faults[0].field, faults[0].refusal.code), ("wage", "vacancy.text_too_long"));
        let none = Written::default().read(reference, today).unwrap_err();
        assert_eq!((none[0].field, none[0].refusal.code), ("title", "vacancy.title_missing"));
    }

    #[test]
    fn what_was_written_is_understood_and_can_be_written_again() {
        let reference = &vacancy::tests::reference();
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let written = Written {
            title: "电焊工".into(),
            wage: "六千到八千".into(),
            headcount: "３".into(),
            education: "高中及以上".into(),
            contract: "part_time".into(),
            benefits: "board、包住".into(),
            expires_on: "2026-12-31".into(),
            end_employer: " 陇原机械厂 ".into(),
            ..Written::default()
        };
        let (offer, _) = written.read(reference, today).unwrap();
        assert_eq!((offer.headcount, offer.form), (Some(3), Some(Form::PartTime)));
        assert_eq!(offer.benefits, [Benefit::Board, Benefit::Lodging]);
        assert_eq!(offer.end_employer, "陇原机械厂");
        let again = Written::of(&offer, reference);
        assert_eq!(again.read(reference, today).unwrap().0, offer);
    }
}
