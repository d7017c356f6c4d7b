//! The facts of a post in words: what is asked, how many are wanted, how far it is.

use model::{
    education::Education,
    vacancy::{Benefit, Form, Vacancy},
};

use crate::{Lang, t};

pub fn form(lang: Lang, form: Form) -> String {
    t(lang, &format!("vacancy.form-{form}"), &[])
}

pub fn benefit(lang: Lang, benefit: Benefit) -> String {
    t(lang, &format!("vacancy.benefit-{benefit}"), &[])
}

pub fn education(lang: Lang, level: Education) -> String {
    t(lang, &format!("education.{level}"), &[])
}

/// The least that is asked for: "大专及以上"; "学历不限" where nothing is.
pub fn education_asked(lang: Lang, level: Option<Education>) -> String {
    match level {
        None | Some(Education::Primary) => t(lang, "education.any", &[]),
        // nothing is above it
        Some(Education::Doctor) => education(lang, Education::Doctor),
        Some(level) => t(lang, "education.at_least", &[("level", education(lang, level).into())]),
    }
}

/// Months of experience asked for: "1–3 年经验", "无需经验", "经验不限".
pub fn experience_asked(lang: Lang, min: Option<i64>, max: Option<i64>) -> String {
    match (min, max) {
        (None, None) => t(lang, "vacancy.experience_any", &[]),
        (Some(0) | None, Some(0)) | (Some(0), None) => t(lang, "vacancy.experience_none", &[]),
        (Some(0) | None, Some(max)) => {
            t(lang, "vacancy.experience_up_to", &[("time", months(lang, max).into())])
        }
        (Some(min), Some(max)) if max > min && min % 12 == 0 && max % 12 == 0 => {
            let args = [("min", (min / 12).into()), ("max", (max / 12).into())];
            t(lang, "vacancy.experience_range", &args)
        }
        (Some(min), _) => t(lang, "vacancy.experience_from", &[("time", months(lang, min).into())]),
    }
}

/// A length of time in months: "8 个月", "3 年", "1 年 6 个月".
pub fn months(lang: Lang, months: i64) -> String {
    let (years, rest) = (months / 12, months % 12);
    match (years, rest) {
        (0, _) => t(lang, "date.months", &[("months", rest.into())]),
        (_, 0) => t(lang, "date.years", &[("years", years.into())]),
        _ => t(lang, "date.years_months", &[("years", years.into()), ("months", rest.into())]),
    }
}

/// "招 3 人"; "招若干人" where no number is given.
pub fn headcount(lang: Lang, count: Option<i64>) -> String {
    match count {
        Some(n) => t(lang, "vacancy.headcount", &[("count", n.into())]),
        None => t(lang, "vacancy.headcount_some", &[]),
    }
}

/// "招 3 人"; "招 3 人，还缺 1 人" once somebody was hired.
pub fn places(lang: Lang, vacancy: &Vacancy) -> String {
    match (vacancy.offer.headcount, vacancy.places_open()) {
        (Some(wanted), Some(open)) if open < wanted => {
            t(lang, "vacancy.headcount_open", &[("count", wanted.into()), ("open", open.into())])
        }
        (count, _) => headcount(lang, count),
    }
}

/// "约 6 公里", "800 米": as exact as a straight line deserves.
pub fn distance(lang: Lang, km: f64) -> String {
    if km < 1.0 {
        let metres = ((km * 10.0).ceil().max(1.0)) * 100.0;
        t(lang, "vacancy.distance_m", &[("metres", metres.into())])
    } else if km < 10.0 {
        t(lang, "vacancy.distance_km", &[("km", ((km * 10.0).round() / 10.0).into())])
    } else {
        t(lang, "vacancy.distance_km", &[("km", km.round().into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_said_plainly() {
        let asked = |min, max| experience_asked(Lang::Zh, min, max);
        assert_eq!(asked(None, None), "经验不限");
        assert_eq!(asked(Some(0), None), "无需经验");
        assert_eq!(asked(Some(12), Some(36)), "1–3 年经验");
        assert_eq!(asked(Some(60), None), "5 年以上经验");
        assert_eq!(asked(Some(6), Some(6)), "6 个月以上经验");
        assert_eq!(asked(Some(0), Some(12)), "1 年以内经验");
        assert_eq!(education_asked(Lang::Zh, Some(Education::College)), "大专及以上");
        assert_eq!(education_asked(Lang::En, None), "Any education");
    }

    #[test]
    fn english_counts_one_and_many() {
        assert_eq!(headcount(Lang::En, Some(1)), "1 opening");
        assert_eq!(headcount(Lang::En, Some(1200)), "1,200 openings");
        assert_eq!(months(Lang::En, 18), "1 year 6 months");
    }

    #[test]
    fn a_distance_is_no_more_exact_than_it_can_be() {
        assert_eq!(distance(Lang::Zh, 0.02), "100 米内");
        assert_eq!(distance(Lang::Zh, 5.96), "约 6 公里");
        assert_eq!(distance(Lang::En, 5.44), "about 5.4 km");
        assert_eq!(distance(Lang::Zh, 1234.5), "约 1,235 公里");
    }

    #[test]
    fn every_word_of_the_lists_exists_in_both_languages() {
        for &lang in Lang::ALL {
            let forms = Form::ALL.iter().map(|&f| form(lang, f));
            let benefits = Benefit::ALL.iter().map(|&b| benefit(lang, b));
            let levels = Education::ALL.iter().map(|&e| education(lang, e));
            for word in forms.chain(benefits).chain(levels) {
                assert!(!word.contains('.'), "{word} is a key, not a word");
            }
        }
    }
}
