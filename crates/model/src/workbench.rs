//! A clerk's table: what is looked for in the one box, and what waits. 工作台

use chrono::NaiveDate;

use crate::{account, application::number, jobseeker::citizen_number::CitizenNumber};

/// What somebody at the counter may have typed, by its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    Nothing,
    /// A person by citizen number, in its plain form.
    Citizen(String),
    /// A person by telephone.
    Phone(String),
    /// A person by name and date of birth.
    Born(String, NaiveDate),
    /// A letter by its number.
    Letter(String),
    /// Vacancies by words.
    Words(String),
}

impl Sought {
    pub fn read(typed: &str, today: NaiveDate) -> Self {
        let typed = typed.trim();
        if typed.is_empty() {
            return Self::Nothing;
        }
        if let Some(letter) = number::read(typed) {
            return Self::Letter(letter);
        }
        if let Ok(citizen) = CitizenNumber::parse(typed, today) {
            return Self::Citizen(citizen.as_str().to_owned());
        }
        if let Ok(phone) = account::phone(typed) {
            return Self::Phone(phone);
        }
        if let Some((name, day)) = born(typed) {
            return Self::Born(name, day);
        }
        Self::Words(typed.to_owned())
    }
}

/// "王芳 1990-02-03", "王芳 19900203".
fn born(typed: &str) -> Option<(String, NaiveDate)> {
    let (name, day) = typed.rsplit_once(|c: char| c.is_whitespace())?;
    let digits: String = day.chars().filter(char::is_ascii_digit).collect();
    let plain = day.chars().all(|c| c.is_ascii_digit() || "-./".contains(c));
    if !plain || digits.len() != 8 || name.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let day = NaiveDate::parse_from_str(&digits, "%Y%m%d").ok()?;
    let name = name.trim();
    (!name.is_empty()).then(|| (name.to_owned(), day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_box_takes_whatever_a_clerk_holds_in_hand() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let read = |typed| Sought::read(typed, today);
        assert_eq!(read("  "), Sought::Nothing);
        assert_eq!(read("11010519491231002x"), Sought::Citizen("11010519491231002X".into()));
        assert_eq!(read("138 0013 8000"), Sought::Phone("13800138000".into()));
        assert_eq!(read("3-2026-12"), Sought::Letter("003-2026-00012".into()));
        let day = NaiveDate::from_ymd_opt(1990, 2, 3).unwrap();
        assert_eq!(read("王芳 1990-02-03"), Sought::Born("王芳".into(), day));
        assert_eq!(read("王 芳 19900203"), Sought::Born("王 芳".into(), day));
        for words in ["电焊工 秦州", "110105194912310021", "焊工 5000", "王芳 19901303"] {
            assert_eq!(read(words), Sought::Words(words.into()), "{words}");
        }
    }
}
