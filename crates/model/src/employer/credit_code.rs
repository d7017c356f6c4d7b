//! The unified social credit code, GB 32100. 统一社会信用代码

use crate::{Refusal, cell};

/// 18 characters with a check character; the only way to one is [`CreditCode::parse`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CreditCode(String);

/// The characters in the order of their values: no I, O, S, V, Z, which look like others.
const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl CreditCode {
    /// Reads what was typed: blanks and dashes go, full-width and lower case are folded.
    pub fn parse(written: &str) -> Result<Self, Refusal> {
        let code: String = cell::fold(written)
            .chars()
            .filter(|c| *c != '-' && *c != ' ')
            .collect::<String>()
            .to_uppercase();
        let refuse = |code| Err(Refusal::new(code).field("credit_code"));
        if code.chars().count() != 18 {
            let length = code.chars().count().to_string();
            return Err(Refusal::new("employer.credit_code_length")
                .field("credit_code")
                .arg("length", length));
        }
        let Some(values) = code.bytes().map(value).collect::<Option<Vec<usize>>>() else {
            let odd: String = code.chars().filter(|c| !ALPHABET.contains(&byte(*c))).collect();
            return Err(Refusal::new("employer.credit_code_character")
                .field("credit_code")
                .arg("characters", odd));
        };
        let Some((last, body)) = values.split_last() else {
            return refuse("employer.credit_code_length");
        };
        // GB 32100, annex B: weights 3^(i-1) mod 31
        let (sum, _) =
            body.iter().fold((0, 1), |(sum, weight), v| (sum + v * weight, weight * 3 % 31));
        let check = (31 - sum % 31) % 31;
        if check == *last { Ok(Self(code)) } else { refuse("employer.credit_code_check") }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn value(character: u8) -> Option<usize> {
    ALPHABET.iter().position(|a| *a == character)
}

fn byte(c: char) -> u8 {
    u8::try_from(c).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(written: &str) -> &'static str {
        CreditCode::parse(written).unwrap_err().code
    }

    #[test]
    fn the_standards_example_is_right_and_the_copied_one_is_not() {
        assert_eq!(CreditCode::parse("91350100M000100Y43").unwrap().as_str(), "91350100M000100Y43");
        // found in many snippets: Z is not even in the alphabet
        assert_eq!(code("91350100M000100Y4Z"), "employer.credit_code_character");
        assert_eq!(code("91350100M000100Y44"), "employer.credit_code_check");
        assert_eq!(code("91350100M000100Y4"), "employer.credit_code_length");
        assert_eq!(code("无"), "employer.credit_code_length");
    }

    #[test]
    fn how_it_is_typed_does_not_matter() {
        for typed in [
            "91350100m000100y43",
            " 91350100-M000100Y-43 ",
            "９１３５０１００Ｍ０００１００Ｙ４３",
            "9135 0100 M000 100Y 43",
        ] {
            assert_eq!(CreditCode::parse(typed).unwrap().as_str(), "91350100M000100Y43", "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_single_wrong_character_is_caught(body in "[159][0-9]{7}[0-9A-HJ-NP-RTUWXY]{9}", at in 0usize..18, other in 0usize..31) {
            let right = ALPHABET.iter().map(|c| format!("{body}{}", char::from(*c))).find_map(|c| CreditCode::parse(&c).ok());
            let right = right.expect("one of the characters is the check").as_str().to_owned();
            let mut wrong: Vec<char> = right.chars().collect();
            let put = char::from(ALPHABET[other]);
            prop_assume!(wrong[at] != put);
            wrong[at] = put;
            prop_assert!(CreditCode::parse(&wrong.into_iter().collect::<String>()).is_err());
        }
    }
}
