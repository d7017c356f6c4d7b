//! The citizen number, GB 11643. 公民身份号码

use chrono::{Datelike, NaiveDate};

use crate::{Refusal, cell};

/// 18 characters, checked; the only way to one is [`CitizenNumber::parse`]. It has no `Display`,
/// and its `Debug` shows nothing, so that it is not printed by accident.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CitizenNumber {
    number: String,
    born_on: NaiveDate,
}

impl std::fmt::Debug for CitizenNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CitizenNumber(sealed)")
    }
}

/// Check characters by remainder: ISO 7064, MOD 11-2.
const CHECKS: &[u8; 11] = b"10X98765432";
/// Nobody is older.
const OLDEST: i32 = 150;

impl CitizenNumber {
    /// Reads what was typed: full-width digits, a small x, blanks, the 15 digits of before 1999.
    /// The region is that of the time of issue and may be gone since: only its shape is checked.
    pub fn parse(written: &str, today: NaiveDate) -> Result<Self, Refusal> {
        let typed: String = cell::fold(written)
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '\''))
            .collect::<String>()
            .to_uppercase();
        let number = match typed.len() {
            15 if digits_only(&typed) => lengthened(&typed),
            18 => typed,
            _ => {
                let length = typed.chars().count().to_string();
                return Err(refuse("jobseeker.number_length").arg("length", length));
            }
        };
        let (body, check) =
            number.split_at_checked(17).ok_or_else(|| refuse("jobseeker.number_character"))?;
        if !digits_only(body) || !check.starts_with(|c: char| c.is_ascii_digit() || c == 'X') {
            return Err(refuse("jobseeker.number_character"));
        }
        if !number.starts_with(|c: char| ('1'..='9').contains(&c)) {
            return Err(refuse("jobseeker.number_region"));
        }
        let born_on = birth(&number, today)?;
        if check.as_bytes() != [check_character(body)] {
            return Err(refuse("jobseeker.number_check"));
        }
        Ok(Self { number, born_on })
    }

    /// The number itself, to be sealed.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    pub fn born_on(&self) -> NaiveDate {
        self.born_on
    }

    /// For claims that the law gives by sex ("4050") and nothing else.
    pub(super) fn is_male(&self) -> bool {
        self.number.as_bytes().get(16).is_some_and(|b| b % 2 == 1)
    }
}

/// For showing a person which number is meant: the first six and the last two characters.
pub fn masked(written: &str) -> String {
    let typed: Vec<char> = written.trim().chars().collect();
    let hidden = typed.len().saturating_sub(8);
    let shown = |(i, c): (usize, &char)| if i < 6 || i >= 6 + hidden { *c } else { '*' };
    if typed.len() <= 8 {
        return "*".repeat(typed.len());
    }
    typed.iter().enumerate().map(shown).collect()
}

fn refuse(code: &'static str) -> Refusal {
    Refusal::new(code).field("number")
}

fn digits_only(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// GB 11643-1999: a number of 15 digits is one of the 20th century, without its check character.
fn lengthened(short: &str) -> String {
    let (region, rest) = short.split_at_checked(6).unwrap_or((short, ""));
    let body = format!("{region}19{rest}");
    let check = char::from(check_character(&body));
    format!("{body}{check}")
}

/// The weights are 2^(17-i) mod 11, which Horner's rule gives without a table.
fn check_character(body: &str) -> u8 {
    let sum = body.bytes().fold(0usize, |sum, b| (sum + usize::from(b - b'0')) * 2 % 11);
    CHECKS.get(sum).copied().unwrap_or_default()
}

fn birth(number: &str, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let written = number.get(6..14).unwrap_or_default();
    let day = NaiveDate::parse_from_str(written, "%Y%m%d")
        .map_err(|_| refuse("jobseeker.number_birth"))?;
    if day > today {
        return Err(refuse("jobseeker.number_birth_future"));
    }
    if today.year() - day.year() > OLDEST {
        return Err(refuse("jobseeker.number_birth_long_ago"));
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
    }

    fn fault(written: &str) -> &'static str {
        CitizenNumber::parse(written, today()).unwrap_err().code
    }

    /// A number with the right check character for a made-up body.
    fn made(body: &str) -> String {
        format!("{body}{}", char::from(check_character(body)))
    }

    #[test]
    fn the_standards_examples_are_right() {
        for right in [
            "11010519491231002X",
            "11010519491231002x",
            "１１０１０５１９４９１２３１００２Ｘ",
            " 110105 19491231 002X",
        ] {
            let number = CitizenNumber::parse(right, today()).unwrap();
            assert_eq!(number.as_str(), "11010519491231002X");
            assert_eq!(number.born_on(), NaiveDate::from_ymd_opt(1949, 12, 31).unwrap());
        }
        assert_eq!(
            CitizenNumber::parse(
                "440524188001010014",
                NaiveDate::from_ymd_opt(1999, 7, 1).unwrap()
            )
            .unwrap()
            .as_str(),
            "440524188001010014"
        );
    }

    #[test]
    fn fifteen_digits_become_eighteen() {
        let number = CitizenNumber::parse("110105491231002", today()).unwrap();
        assert_eq!(number.as_str(), "11010519491231002X");
    }

    #[test]
    fn each_fault_has_its_own_reason() {
        assert_eq!(fault("1101051949123100"), "jobseeker.number_length");
        assert_eq!(fault(""), "jobseeker.number_length");
        assert_eq!(fault("11010519491231O02X"), "jobseeker.number_character");
        assert_eq!(fault("110105194912310021"), "jobseeker.number_check");
        assert_eq!(fault(&made("11010519490231002")), "jobseeker.number_birth");
        assert_eq!(fault(&made("11010520991231002")), "jobseeker.number_birth_future");
        assert_eq!(fault(&made("11010518001231002")), "jobseeker.number_birth_long_ago");
        assert_eq!(fault(&made("01010519491231002")), "jobseeker.number_region");
        assert_eq!(fault("身份证号码身份"), "jobseeker.number_length");
    }

    #[test]
    fn a_region_that_is_gone_is_a_region_still() {
        // 5102xx was Chongqing before 1997
        assert!(CitizenNumber::parse(&made("51021219700101001"), today()).is_ok());
    }

    #[test]
    fn it_is_not_printed_by_accident() {
        let number = CitizenNumber::parse("11010519491231002X", today()).unwrap();
        assert!(!format!("{number:?}").contains("1949"));
        assert_eq!(masked("11010519491231002X"), "110105**********2X");
        assert_eq!(masked("1234"), "****");
    }

    proptest! {
        #[test]
        fn any_single_wrong_digit_is_caught(days in 0i64..36_000, sequence in 0u32..1000, at in 0usize..18, by in 1u8..10) {
            let born = NaiveDate::from_ymd_opt(1920, 1, 1).unwrap() + chrono::Days::new(u64::try_from(days).unwrap());
            let right = made(&format!("620102{}{sequence:03}", born.format("%Y%m%d")));
            prop_assert!(CitizenNumber::parse(&right, today()).is_ok());
            let mut wrong = right.into_bytes();
            wrong[at] = if wrong[at] == b'X' { b'0' + by } else { b'0' + (wrong[at] - b'0' + by) % 10 };
            prop_assert!(CitizenNumber::parse(std::str::from_utf8(&wrong).unwrap(), today()).is_err());
        }
    }
}
