//! The place in an answer where the next page begins.

use model::{Refusal, fingerprint::fingerprint, vacancy::query::VacancyQuery};

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

impl Key {
    /// Opaque text that holds for this question only.
    pub(crate) fn write(self, query: &VacancyQuery) -> String {
        let bytes = self.bytes();
        let seal = seal(query, &bytes);
        let Self { first, age, id } = self;
        format!("{first:016x}{age:016x}{id:032x}{seal:016x}")
    }

    pub(crate) fn read(text: &str, query: &VacancyQuery) -> Result<Self, Refusal> {
        let refusal = || Refusal::new("search.cursor_malformed").field("cursor");
        let all = unhex(text).ok_or_else(refusal)?;
        let (bytes, kept) = all.split_first_chunk::<32>().ok_or_else(refusal)?;
        if kept != seal(query, bytes).to_be_bytes() {
            return Err(refusal());
        }
        let (first, rest) = bytes.split_first_chunk::<8>().ok_or_else(refusal)?;
        let (age, id) = rest.split_first_chunk::<8>().ok_or_else(refusal)?;
        let id = id.first_chunk::<16>().ok_or_else(refusal)?;
        Ok(Self {
            first: i64::from_be_bytes(*first),
            age: i64::from_be_bytes(*age),
            id: u128::from_be_bytes(*id),
        })
    }

    fn bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let parts = [self.first.to_be_bytes(), self.age.to_be_bytes()].concat();
        let all = parts.into_iter().chain(self.id.to_be_bytes());
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
    let digits = digits.filter(|digits| digits.len() == 80)?;
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
        let text = key.write(&query);
        let smaller = VacancyQuery { limit: 5, cursor: Some(text.clone()), ..query.clone() };
        assert_eq!(Key::read(&text, &smaller), Ok(key));
        let other = VacancyQuery { words: "焊工".into(), ..query };
        assert_eq!(Key::read(&text, &other).unwrap_err().code, "search.cursor_malformed");
    }

    #[test]
    fn a_damaged_cursor_is_refused() {
        let query = VacancyQuery::default();
        let text = Key { first: 1, age: 2, id: 3 }.write(&query);
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
