//! What may not count does not: whoever somebody is, and whomever a post says that it wants, every
//! ranking stays as it was.

use super::*;

/// Of persons, as forms and advertisements say them.
const TRAITS: [&str; 14] = [
    "男，汉族",
    "女，回族",
    "农业户口",
    "乙肝携带",
    "残疾四级，低保",
    "信佛，已婚",
    "限男性",
    "女性优先",
    "35岁以下",
    "本地户籍，无乙肝",
    "仅限汉族",
    "未婚未育",
    "身体健康，非残疾",
    "female, 18-30, no disability",
];

/// The same person otherwise, with everything else told in another way.
fn twin(profile: &Profile, age: i32, words: &str, healthy: bool) -> Profile {
    let mut skills = profile.skills.clone();
    skills.retain(|skill| skill != "licence_health");
    skills.extend(healthy.then(|| "licence_health".to_owned()));
    Profile {
        skills,
        born_on: NaiveDate::from_ymd_opt(2026 - age, 1, 31),
        education_text: words.into(),
        history: words.into(),
        place: Place { text: words.into(), ..profile.place.clone() },
        wish: Wish { text: format!("{} {words}", profile.wish.text), ..profile.wish.clone() },
        ..profile.clone()
    }
}

/// The same post, saying besides whom it wants.
fn choosy(offer: &Offer, words: &str) -> Offer {
    let title = if offer.title.is_empty() {
        String::new()
    } else {
        format!("{}（{words}）", offer.title)
    };
    let mut skills = offer.skills.clone();
    skills.push(Need { code: "licence_health".into(), must: true });
    Offer {
        title,
        skills,
        duties: format!("{}{words}", offer.duties),
        contact: words.into(),
        education_text: offer.education_text.clone(),
        ..offer.clone()
    }
}

fn offers(twelve: &[Offer], words: &str) -> Vec<Offer> {
    twelve.iter().map(|offer| choosy(offer, words)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn whoever_somebody_is_the_posts_come_in_the_same_order(
        profile in profile(),
        offers in vec(offer(), 8),
        (age, other_age) in (16..90_i32, 16..90_i32),
        (words, other_words) in (select(&TRAITS), select(&TRAITS)),
    ) {
        let one = ranking(&person(&twin(&profile, age, words, true)), &offers);
        let other = ranking(&person(&twin(&profile, other_age, other_words, false)), &offers);
        prop_assert_eq!(one, other);
    }

    #[test]
    fn whomever_posts_say_that_they_want_their_order_is_the_same_for_everybody(
        profile in profile(),
        twelve in vec(offer(), 8),
        age in 16..90_i32,
        (own, words, other_words) in (select(&TRAITS), select(&TRAITS), select(&TRAITS)),
    ) {
        let person = person(&twin(&profile, age, own, true));
        let plain = ranking(&person, &twelve);
        prop_assert_eq!(&ranking(&person, &offers(&twelve, words)), &plain);
        prop_assert_eq!(&ranking(&person, &offers(&twelve, other_words)), &plain);
    }
}

/// Every field of what the rule sees, by name: a new one does not compile until somebody has thought
/// of it here. None is a person's sex, age, register, ethnicity, religion, health, disability or
/// category; of the age there is one bit, whether it is the legal one.
#[test]
fn what_the_rule_sees_of_a_person_has_no_place_for_what_may_not_count() {
    let Person { head, lists } = person(&twin(&Profile::default(), 40, TRAITS[0], true));
    let Head {
        point: _,
        home: _,
        floor: _,
        reach_km: _,
        experience: _,
        education: _,
        forms: _,
        flags,
        occupations,
        regions,
        reluctant,
        skills,
        words,
    } = head;
    let known =
        Head::OF_AGE | Head::ANYWHERE | Head::BOARD | Head::LODGING | Head::ABROAD | Head::BEGINS;
    assert_eq!((flags & !known, flags), (0, Head::OF_AGE));
    assert_eq!((occupations, regions, skills, words, lists.len()), (0, 0, 0, 0, 0));
    assert_eq!(reluctant, 0);
    for traits in TRAITS {
        assert!(rule().catalogue.words(traits).is_empty(), "{traits}");
    }
}
