//! The place in an answer where the next page begins.

use model::{Refusal, fingerprint::fingerprint, vacancy::query::VacancyQuery};

use crate::ask::Plan;

/// Where a hit stands: smaller comes first. It depends on the document and the question alone,
/// never on other documents, so that a page cut here stays cut while others come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// By what the question sorts.
    pub(crate) first: i64,
    /// Then the newest, and of one day those whose employers answer.
    pub(crate) age: i64,
    /// And no two are equal.
    pub(crate) id: u128,
}

/// Bytes of a key and a plan.
const LONG: usize = 42;

impl Key {
    /// Opaque text that holds for this question only, as it was understood.
    pub(crate) fn write(self, plan: Plan, query: &VacancyQuery) -> String {
        let bytes = self.bytes(plan);
        let seal = seal(query, &bytes).to_be_bytes();
        bytes.iter().chain(&seal).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    pub(crate) fn read(text: &str, query: &VacancyQuery) -> Result<(Self, Plan), Refusal> {
        let refusal = || Refusal::new("search.cursor_malformed").field("cursor");
        let all = unhex(text).ok_or_else(refusal)?;
        let (bytes, kept) = all.split_first_chunk::<LONG>().ok_or_else(refusal)?;
        if kept != seal(query, bytes).to_be_bytes() {
            return Err(refusal());
        }
        let (first, rest) = bytes.split_first_chunk::<8>().ok_or_else(refusal)?;
        let (age, id) = rest.split_first_chunk::<8>().ok_or_else(refusal)?;
        let (id, rest) = id.split_first_chunk::<16>().ok_or_else(refusal)?;
        let (rarity, rest) = rest.split_first_chunk::<8>().ok_or_else(refusal)?;
        let [level, mended] = *rest.first_chunk::<2>().ok_or_else(refusal)?;
        let key = Self {
            first: i64::from_be_bytes(*first),
            age: i64::from_be_bytes(*age),
            id: u128::from_be_bytes(*id),
        };
        Ok((key, Plan { rarity: u64::from_be_bytes(*rarity), level, mended: mended > 0 }))
    }

    fn bytes(self, plan: Plan) -> [u8; LONG] {
        let mut bytes = [0; LONG];
        let parts = [self.first.to_be_bytes(), self.age.to_be_bytes()].concat();
        let plan = plan.rarity.to_be_bytes().into_iter().chain([plan.level, plan.mended.into()]);
        let all = parts.into_iter().chain(self.id.to_be_bytes()).chain(plan);
        bytes.iter_mut().zip(all).for_each(|(place, byte)| *place = byte);
        bytes
    }
}

/// Over the key and what was asked; how many are asked for may change from page to page.
fn seal(query: &VacancyQuery, key: &[u8]) -> u64 {
    let asked = VacancyQuery { limit: 0, cursor: None, ..query.clone() };
    fingerprint([format!("{asked:?}").as_bytes(), key])
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    let digits = digits.filter(|digits| digits.len() == 2 * (LONG + 8))?;
    let (pairs, _) = digits.as_chunks::<2>();
    Some(pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_holds_for_its_question_only() {
        let key = Key { first: -77, age: -12, id: 0xabcd };
        let query = VacancyQuery { words: "电工".into(), ..VacancyQuery::default() };
        let plan = Plan { rarity: 0x1234 << 40, level: 2, mended: true };
        let text = key.write(plan, &query);
        let smaller = VacancyQuery { limit: 5, cursor: Some(text.clone()), ..query.clone() };
        assert_eq!(Key::read(&text, &smaller), Ok((key, plan)));
        let other = VacancyQuery { words: "焊工".into(), ..query };
        assert_eq!(Key::read(&text, &other).unwrap_err().code, "search.cursor_malformed");
    }

    #[test]
    fn a_damaged_cursor_is_refused() {
        let query = VacancyQuery::default();
        let text = Key { first: 1, age: 2, id: 3 }.write(Plan::default(), &query);
        let mut damaged: Vec<String> = (0..text.len())
            .map(|i| text.char_indices().map(|(j, c)| if i == j { 'e' } else { c }).collect())
            .collect();
        damaged.extend(["", "电工", "0", "zz"].map(String::from));
        damaged.push(text.repeat(2));
        for bad in damaged.into_iter().filter(|bad| *bad != text) {
            assert!(Key::read(&bad, &query).is_err(), "{bad}");
        }
    }
}
