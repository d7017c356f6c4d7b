//! Who has a claim to more help. For the office that serves the person, for subsidies and counts;
//! never for a score.

use chrono::{Datelike, NaiveDate};

use crate::{coded::coded, jobseeker::citizen_number::CitizenNumber, term::Terms};

coded! {
    /// As the rules of assistance name them.
    pub enum Category: "jobseeker.category_unknown", "category" {
        /// 下岗失业人员
        LaidOff = "laid_off",
        /// 零就业家庭成员
        ZeroEmployment = "zero_employment",
        /// 残疾人
        Disability = "disability",
        /// 失地农民
        Landless = "landless",
        /// 退役军人
        Veteran = "veteran",
        /// 未就业毕业生
        Graduate = "graduate",
        /// 农村富余劳动力
        RuralSurplus = "rural_surplus",
        /// 低保人员
        MinimumLiving = "minimum_living",
        /// 长期失业（一年以上）
        LongTerm = "long_term",
    }
}

/// "4050": reached an age from which the law helps more. Derived from the number, never ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mature {
    pub since: NaiveDate,
    /// The years that the rule asks for, and where it stands.
    pub years: i64,
    pub basis: String,
}

/// Whether somebody is among the "4050" on `day`, by the terms in force there.
pub fn mature(
    number: &CitizenNumber,
    terms: &Terms,
    region: &str,
    day: NaiveDate,
) -> Option<Mature> {
    let key = if number.is_male() { "mature_age_men" } else { "mature_age_women" };
    let term = terms.find(key, region)?;
    #[expect(clippy::cast_possible_truncation, reason = "an age in years")]
    let years = term.value as i32;
    let born = number.born_on();
    // who was born on 29 February is of age on 1 March
    let year = born.year() + years;
    let since = born.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))?;
    let (years, basis) = (i64::from(years), term.basis.clone());
    (since <= day).then_some(Mature { since, years, basis })
}
