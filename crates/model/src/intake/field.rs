//! What a column may hold, and the headings by which it is known. Exact words first; a heading
//! that nobody thought of is known by a word in it.

mod words;

use super::Noun;
use crate::{cell, coded::coded, wage::Period};

coded! {
    /// What a column means. The code is what layouts and forms write.
    pub enum Field: "intake.field_unknown", "field" {
        /// The row's own id.
        Key = "key",
        Title = "title",
        Employer = "employer",
        /// Who takes the people on, where an agency offers the work.
        EndEmployer = "end_employer",
        CreditCode = "credit_code",
        Industry = "industry",
        Ownership = "ownership",
        Size = "size",
        /// Several of ownership, size, industry and benefits, separated by `|`.
        About = "about",
        /// Code or words for the occupation.
        Occupation = "occupation",
        Duties = "duties",
        /// What is asked for, in sentences.
        Requirements = "requirements",
        Headcount = "headcount",
        Place = "place",
        /// What narrows the place: district, street.
        PlaceDetail = "place_detail",
        /// A region code.
        PlaceCode = "place_code",
        /// Household register, where no place to live is given; a place like any other.
        Origin = "origin",
        Wage = "wage",
        WageMin = "wage_min",
        WageMax = "wage_max",
        WagePeriod = "wage_period",
        Education = "education",
        Experience = "experience",
        Contract = "contract",
        Benefits = "benefits",
        Skills = "skills",
        Contact = "contact",
        PostedOn = "posted_on",
        ExpiresOn = "expires_on",
        Name = "name",
        Number = "number",
        Phone = "phone",
        BornOn = "born_on",
        Wish = "wish",
        WishPlaces = "wish_places",
        /// Where the person would go if need be.
        MaybePlaces = "maybe_places",
        History = "history",
        NeedsLodging = "needs_lodging",
        NeedsBoard = "needs_board",
        ReachKm = "reach_km",
    }
}

impl Field {
    /// The fields among which a person chooses for a column.
    pub const fn of(noun: Noun) -> &'static [Self] {
        match noun {
            Noun::Vacancies => &[
                Self::Title,
                Self::Employer,
                Self::CreditCode,
                Self::Headcount,
                Self::Wage,
                Self::WageMin,
                Self::WageMax,
                Self::WagePeriod,
                Self::Place,
                Self::PlaceDetail,
                Self::PlaceCode,
                Self::Education,
                Self::Experience,
                Self::Contract,
                Self::Benefits,
                Self::Duties,
                Self::Requirements,
                Self::Skills,
                Self::Occupation,
                Self::Industry,
                Self::Ownership,
                Self::Size,
                Self::About,
                Self::Contact,
                Self::PostedOn,
                Self::ExpiresOn,
                Self::EndEmployer,
                Self::Key,
            ],
            Noun::Jobseekers => &[
                Self::Name,
                Self::Number,
                Self::Phone,
                Self::BornOn,
                Self::Place,
                Self::PlaceDetail,
                Self::PlaceCode,
                Self::Origin,
                Self::Education,
                Self::Wish,
                Self::Wage,
                Self::WishPlaces,
                Self::MaybePlaces,
                Self::Experience,
                Self::Skills,
                Self::History,
                Self::Contract,
                Self::NeedsLodging,
                Self::NeedsBoard,
                Self::ReachKm,
                Self::Key,
            ],
        }
    }

    /// Without these a row cannot be one: every inner list needs one of its fields.
    pub const fn needed(noun: Noun) -> &'static [&'static [Self]] {
        match noun {
            Noun::Vacancies => &[&[Self::Title], &[Self::Employer]],
            Noun::Jobseekers => {
                &[&[Self::Name], &[Self::Number, Self::Phone, Self::Key, Self::Wish, Self::Place]]
            }
        }
    }

    /// May several columns hold it? Their texts are joined then.
    pub(crate) const fn is_joined(self) -> bool {
        matches!(
            self,
            Self::Place
                | Self::PlaceDetail
                | Self::PlaceCode
                | Self::Benefits
                | Self::About
                | Self::Duties
                | Self::Requirements
                | Self::Skills
                | Self::Contact
                | Self::History
                | Self::Wish
                | Self::WishPlaces
                | Self::MaybePlaces
        )
    }

    /// The field of a heading, and whether the heading is a known one to the letter.
    pub(crate) fn by_heading(noun: Noun, heading: &str) -> Option<(Self, bool)> {
        let word = normal(heading);
        if word.is_empty() {
            return None;
        }
        let (exact, partial) = match noun {
            Noun::Vacancies => (words::VACANCY, words::IN_VACANCY),
            Noun::Jobseekers => (words::JOBSEEKER, words::IN_JOBSEEKER),
        };
        let holds = |words: &&str| words.split_whitespace().any(|w| w == word);
        if let Some((field, _)) = exact.iter().find(|(_, words)| holds(words)) {
            return Some((*field, true));
        }
        // a sentence is a cell, not a heading
        if word.chars().count() > 16 || words::NEVER.iter().any(|w| word.contains(w)) {
            return None;
        }
        let held = |words: &&str| words.split_whitespace().any(|w| word.contains(w));
        partial.iter().find(|(_, words)| held(words)).map(|(field, _)| (*field, false))
    }
}

/// A heading without brackets, stars, blanks and underscores: `*月薪（元/月）` is 月薪.
fn normal(heading: &str) -> String {
    let mut depth = 0_i32;
    let mut word = String::new();
    for c in cell::fold(heading).chars() {
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth -= 1,
            '*' | '※' | ':' | ' ' | '_' | '-' | '.' | '★' | '?' => {}
            c if depth <= 0 => word.push(c),
            _ => {}
        }
    }
    word
}

/// What a wage heading says of its numbers: 月薪（千元） gives 1000 a unit and a month.
pub(crate) fn wage_of_heading(heading: &str) -> (Option<f64>, Option<Period>) {
    let folded = cell::fold(heading);
    let bracket = folded.split(['(', '[']).nth(1).unwrap_or_default();
    let unit = match bracket {
        b if b.contains('万') => Some(10_000.0),
        b if b.contains('千') || b.starts_with('k') => Some(1000.0),
        _ => None,
    };
    let period = crate::wage::read::period(&folded);
    let period = period.or_else(|| folded.contains('月').then_some(Period::Month));
    (unit, period.or_else(|| folded.starts_with('年').then_some(Period::Year)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vacancy(heading: &str) -> Option<Field> {
        Field::by_heading(Noun::Vacancies, heading).map(|(field, _)| field)
    }

    #[test]
    fn headings_are_known_however_they_are_dressed() {
        for (heading, field) in [
            ("岗位名称", Field::Title),
            ("*招聘岗位（必填）", Field::Title),
            ("单位名称：", Field::Employer),
            ("统一社会信用代码", Field::CreditCode),
            ("月薪（元/月）", Field::Wage),
            ("薪资待遇", Field::Wage),
            ("学历要求", Field::Education),
            ("岗位要求", Field::Requirements),
            ("需求人数(人)", Field::Headcount),
            ("工作地点", Field::Place),
            ("Job Title", Field::Title),
            ("company_name", Field::Employer),
            ("Salary Range From", Field::WageMin),
            ("postedAt", Field::PostedOn),
            ("企业联系电话", Field::Contact),
            ("预计综合月薪", Field::Wage),
        ] {
            assert_eq!(vacancy(heading), Some(field), "{heading}");
        }
        for none in
            ["", "序号", "性别要求", "年龄要求", "3-5年", "北京埃可斯科技有限责任公司", "本科"]
        {
            assert_eq!(vacancy(none), None, "{none}");
        }
    }

    #[test]
    fn the_same_word_means_another_thing_in_another_file() {
        let jobseeker = |h| Field::by_heading(Noun::Jobseekers, h).map(|(f, _)| f);
        assert_eq!(jobseeker("联系电话"), Some(Field::Phone));
        assert_eq!(jobseeker("户籍/现居住地"), Some(Field::Place));
        assert_eq!(jobseeker("户籍所在地"), Some(Field::Origin));
        assert_eq!(jobseeker("期望月薪(元)"), Some(Field::Wage));
        assert_eq!(jobseeker("身份证号码"), Some(Field::Number));
        assert_eq!(jobseeker("是否需要住宿"), Some(Field::NeedsLodging));
    }

    #[test]
    fn a_wage_heading_says_what_its_numbers_are() {
        assert_eq!(wage_of_heading("月薪（千元）"), (Some(1000.0), Some(Period::Month)));
        assert_eq!(wage_of_heading("年薪(万元)"), (Some(10_000.0), Some(Period::Year)));
        assert_eq!(wage_of_heading("工资（元/天）"), (None, Some(Period::Day)));
        assert_eq!(wage_of_heading("薪资"), (None, None));
    }
}
