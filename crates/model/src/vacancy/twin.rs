//! The same vacancy from several sources: one employer, title, place and wage.

use crate::{cell::fold, fingerprint::fingerprint, vacancy::Vacancy};

impl Vacancy {
    /// Those of other sources with the same number are the same vacancy. Never 0.
    pub fn twin(&self) -> i64 {
        let offer = &self.offer;
        let letters = |text: &str| -> String {
            fold(text).chars().filter(|c| c.is_alphanumeric() || "+#".contains(*c)).collect()
        };
        let place = &offer.place;
        let place =
            if place.region.is_empty() { letters(&place.text) } else { place.region.clone() };
        let wage = format!("{:?}-{:?}", offer.pay_from, offer.pay_to);
        let all = fingerprint([self.employer.to_string(), letters(&offer.title), place, wage]);
        all.max(1).cast_signed()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::{
        Id,
        vacancy::{Offer, Place, Source, State},
    };

    fn vacancy(title: &str, region: &str, pay: i64) -> Vacancy {
        let place = Place { region: region.into(), ..Place::default() };
        let offer = Offer {
            title: title.into(),
            place,
            pay_from: Some(pay),
            pay_to: Some(pay),
            ..Offer::default()
        };
        let at = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        Vacancy {
            id: Id::new(Uuid::from_u128(1)),
            source: Source::default(),
            employer: Id::new(Uuid::from_u128(1)),
            offer,
            state: State::Published,
            created_at: at,
            updated_at: at,
            version: 1,
            hired: 0,
        }
    }

    #[test]
    fn only_employer_title_place_and_wage_make_it_the_same() {
        let one = vacancy("电焊工（急聘）", "620502", 600_000);
        let mut written_otherwise = vacancy("电焊工 (急聘)", "620502", 600_000);
        written_otherwise.offer.duties = "包吃住".into();
        written_otherwise.offer.place.text = "天水市秦州区".into();
        assert_eq!(one.twin(), written_otherwise.twin());
        for other in [
            vacancy("车工", "620502", 600_000),
            vacancy("电焊工（急聘）", "620503", 600_000),
            vacancy("电焊工（急聘）", "620502", 650_000),
            vacancy("C++", "620502", 600_000),
            vacancy("C#", "620502", 600_000),
            Vacancy { employer: Id::new(Uuid::from_u128(2)), ..one.clone() },
        ] {
            assert_ne!(one.twin(), other.twin(), "{}", other.offer.title);
        }
        assert_ne!(vacancy("C++", "", 1).twin(), vacancy("C#", "", 1).twin());
    }
}
