//! Properties over random pairs, and the limits one by one.

mod blind;
mod limits;

use std::{collections::BTreeSet, sync::LazyLock};

use chrono::{DateTime, NaiveDate};
use proptest::{collection::vec, option, prelude::*, sample::select, sample::subsequence};
use uuid::Uuid;

use super::*;
use crate::{
    Id,
    education::Education,
    jobseeker::{Profile, Wish},
    occupation::Occupation,
    region::{Code, Region},
    skill::{Need, Skill},
    term::{Term, Terms},
    vacancy::{Benefit, Form, Offer, Place, Source, State, Vacancy},
};

const SKILLS: [&str; 7] =
    ["arc_welding", "forklift", "cooking", "excel", "sewing", "licence_c1", "licence_health"];
const OCCUPATIONS: [&str; 5] =
    ["6-18-02-04", "6-18-02-07", "6-18-01-01", "4-03-02-01", "2-02-10-03"];
/// Code and degrees: two townships of one county, a county near, one far, a city.
const PLACES: [(&str, f64, f64); 5] = [
    ("620502001", 105.724, 34.580),
    ("620502100", 105.724, 34.580),
    ("620503", 105.897, 34.563),
    ("320506", 120.571, 31.264),
    ("620500", 105.724, 34.580),
];

/// What posts are called, and what people say that they want.
const TITLES: [&str; 6] =
    ["", "高级焊工", "Java开发工程师", "餐厅服务员（实习）", "车间主任", "会飞的鱼"];

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
}

fn terms() -> Terms {
    let age = Term {
        key: "minimum_working_age".into(),
        region: String::new(),
        value: 16.0,
        unit: "year".into(),
        valid_from: NaiveDate::MIN,
        valid_to: None,
        basis: "labour law, article 15".into(),
    };
    Terms::on(day(), [age])
}

fn catalogue() -> Catalogue {
    let upwards = |code: &str| {
        let code: Code = code.parse().unwrap();
        (1..=code.level()).map(|level| code.at_level(level)).collect::<Vec<_>>()
    };
    let mut codes: Vec<Code> = PLACES.iter().flat_map(|(code, ..)| upwards(code)).collect();
    codes.sort();
    codes.dedup();
    let region = |code: &Code| Region {
        code: code.to_string(),
        level: code.level(),
        name: String::new(),
        parent: String::new(),
        pinyin: String::new(),
        aliases: String::new(),
        longitude: None,
        latitude: None,
        valid_from: day(),
        valid_to: None,
        successor: String::new(),
    };
    let nodes: BTreeSet<&str> =
        OCCUPATIONS.iter().flat_map(|code| [1, 4, 7, 10].map(|end| code.split_at(end).0)).collect();
    let named = ["焊工|电焊工", "钳工", "铸造工", "餐厅服务员", "软件开发工程师|Java开发"];
    let name = |code: &str| OCCUPATIONS.iter().position(|known| *known == code).map(|n| named[n]);
    let occupation = |code: &&str| Occupation {
        code: (*code).into(),
        level: 0,
        name: name(code).unwrap_or_default().into(),
        parent: String::new(),
        definition: String::new(),
        aliases: String::new(),
        edition: String::new(),
    };
    let skill = |code: &str| Skill {
        code: code.into(),
        name_zh: String::new(),
        name_en: String::new(),
        aliases: String::new(),
        occupation: String::new(),
        licence: code.starts_with("licence"),
    };
    let regions: Vec<_> = codes.iter().map(region).collect();
    let occupations: Vec<_> = nodes.iter().map(occupation).collect();
    let skills = [&SKILLS[..], &["licence_b2", "tea_picking"]].concat();
    Catalogue::new(&regions, &occupations, &skills.into_iter().map(skill).collect::<Vec<_>>())
}

fn weights() -> Weights {
    Weights {
        version: 2,
        valid_from: day(),
        skills: 120,
        occupation: 320,
        place: 230,
        wage: 80,
        experience: 80,
        education: 90,
        freshness: 20,
        living: 30,
        form: 10,
        answer: 20,
        doubt: 150,
        untold: 1_000,
        title: 300,
        must: 200,
        half_km: 17,
        usual_reach_km: 30,
        fresh_days: 60,
        notice: 85_000,
        basis: String::new(),
    }
}

/// Skills asked for by some posts each, sewing related to cooking, wages of a group.
fn rule() -> Rule {
    static RULE: LazyLock<Rule> = LazyLock::new(|| {
        let catalogue = Arc::new(catalogue());
        let mut rule = Rule {
            weights: weights(),
            catalogue: Arc::clone(&catalogue),
            market: Arc::default(),
            legal_age: Some(16),
            day: day(),
        };
        let mut census = Census::default();
        for n in 0..30 {
            let needs =
                SKILLS[..=n % 7].iter().map(|code| Need { code: (*code).into(), must: true });
            let offer = Offer {
                skills: needs.collect(),
                occupation: OCCUPATIONS[0].into(),
                pay_from: Some(500_000),
                ..Offer::default()
            };
            census.count(&Post::new(&Opening::new(&vacancy(0, offer)), &rule), &catalogue);
        }
        let skill = |code| catalogue.skill(code);
        let related = Related::new([
            (skill("sewing"), skill("cooking"), 20),
            (skill("forklift"), skill("excel"), 32),
        ]);
        let to = catalogue.occupation(OCCUPATIONS[4]);
        let moves = Moves::new([(catalogue.occupation(OCCUPATIONS[3]), to, 600)]);
        rule.market = Arc::new(census.finish(&catalogue, related, moves));
        rule
    });
    RULE.clone()
}

fn place() -> impl Strategy<Value = Place> {
    option::weighted(0.9, select(&PLACES)).prop_map(|place| match place {
        None => Place::default(),
        Some((region, longitude, latitude)) => Place {
            text: String::new(),
            region: region.into(),
            longitude: Some(longitude),
            latitude: Some(latitude),
        },
    })
}

fn words(of: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    subsequence(of, 0..=of.len().min(3))
        .prop_map(|words| words.into_iter().map(str::to_owned).collect())
}

fn wish() -> impl Strategy<Value = Wish> {
    let places = (subsequence(&["320500", "620503"], 0..=2), 0..=2_usize);
    let wants = (words(&OCCUPATIONS), places, any::<bool>());
    let needs = (option::of(5..200_i64), option::of(0..900_000_i64), any::<[bool; 2]>());
    let rest = (subsequence(Form::ALL, 0..=2), select(&TITLES));
    (wants, needs, rest).prop_map(
        |(
            (occupations, (regions, glad), anywhere),
            (reach_km, pay_from, [board, lodging]),
            (forms, text),
        )| Wish {
            text: text.into(),
            occupations,
            reluctant: regions.iter().skip(glad).map(|&code| code.to_owned()).collect(),
            regions: regions.into_iter().map(str::to_owned).collect(),
            anywhere,
            abroad: false,
            reach_km,
            pay_from,
            forms,
            needs_board: board,
            needs_lodging: lodging,
        },
    )
}

prop_compose! {
    fn profile()(
        place in place(),
        education in option::of(select(Education::ALL)),
        experience in option::of(0..240_i64),
        wish in wish(),
        skills in words(&SKILLS),
    ) -> Profile {
        Profile { place, education, experience, wish, skills, ..Profile::default() }
    }
}

prop_compose! {
    fn offer()(
        (occupation, title) in (option::of(select(&OCCUPATIONS)), select(&TITLES)),
        place in place(),
        pay in option::of((200_000..900_000_i64, 0..400_000_i64)),
        education in option::of(select(Education::ALL)),
        experience_min in option::of(0..120_i64),
        form in option::of(select(Form::ALL)),
        needs in vec((select(&SKILLS), any::<bool>()), 0..4),
        benefits in subsequence(Benefit::ALL, 0..=4),
        age in option::of(0..90_i64),
    ) -> Offer {
        Offer {
            title: title.into(),
            occupation: occupation.unwrap_or_default().into(),
            place,
            pay_from: pay.map(|(from, _)| from),
            pay_to: pay.map(|(from, more)| from + more),
            education,
            experience_min,
            form,
            skills: needs.into_iter().map(|(code, must)| Need { code: code.into(), must }).collect(),
            benefits,
            posted_on: age.map(|days| day() - chrono::Days::new(days.unsigned_abs())),
            ..Offer::default()
        }
    }
}

fn vacancy(n: u128, offer: Offer) -> Vacancy {
    Vacancy {
        id: Id::new(Uuid::from_u128(n)),
        source: Source::default(),
        employer: Id::new(Uuid::nil()),
        offer,
        state: State::Published,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        version: 1,
        hired: 0,
    }
}

fn person(profile: &Profile) -> Person {
    Person::new(profile, &terms(), &rule())
}

fn post(offer: &Offer) -> Post {
    Post::new(&Opening::new(&vacancy(0, offer.clone())), &rule())
}

fn total(profile: &Profile, offer: &Offer) -> Result<u32, Limit> {
    judge(&person(profile), &post(offer), &rule()).map(|score| score.total)
}

/// Best first, with what was excluded and why.
fn ranking(person: &Person, offers: &[Offer]) -> (Vec<Id<Vacancy>>, Vec<Result<Score, Limit>>) {
    let mut top = Top::new(10);
    let judged = (0_u128..).zip(offers).map(|(n, offer)| {
        let vacancy = vacancy(n, offer.clone());
        let post = Post::new(&Opening::new(&vacancy), &rule());
        let judged = judge(person, &post, &rule());
        top.offer(vacancy.id, post.posted, judged);
        judged
    });
    let judged = judged.collect();
    (top.into_ranks().iter().map(Rank::of).collect(), judged)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn a_total_is_the_sum_of_its_parts_and_never_out_of_bounds(
        profile in profile(), offer in offer(),
    ) {
        let (person, post, rule) = (person(&profile), post(&offer), rule());
        match (judge(&person, &post, &rule), explain(&person, &post, &rule)) {
            (Ok(judged), Outcome::Score { total, parts, .. }) => {
                prop_assert_eq!(i64::from(judged.total), total);
                prop_assert!((0..=BEST).contains(&total));
                prop_assert_eq!(parts.iter().map(|part| part.points).sum::<i64>(), total);
                let room = parts.iter().map(|part| part.of).sum::<i64>();
                prop_assert!((BEST..BEST + 9).contains(&room));
                prop_assert!(parts.iter().all(|part| (0..=part.of).contains(&part.points)));
            }
            (Err(first), Outcome::Excluded { limits, reasons }) => {
                prop_assert_eq!(Some(&first), limits.first());
                prop_assert_eq!(limits.len(), reasons.len());
            }
            (judged, explained) => prop_assert!(false, "{:?} but {:?}", judged, explained),
        }
    }

    #[test]
    fn whichever_side_is_prepared_and_whatever_the_bar_the_score_is_the_same(
        profile in profile(), offer in offer(), bar in 0..100_000_u32,
    ) {
        let (person, post, rule) = (person(&profile), post(&offer), rule());
        let judged = judge(&person, &post, &rule);
        let call = Call::of(&rule, &post);
        prop_assert_eq!(judge_with(&call, person.view(), &post, &rule), judged);
        let above = judged.ok().filter(|score| score.total >= bar);
        let aim = Aim::of(&rule, &person);
        prop_assert_eq!(judge_above(&aim, person.view(), &post, &rule, (bar, FULL)), above);
        prop_assert_eq!(judge_above(&call, person.view(), &post, &rule, (bar, FULL)), above);
    }

    #[test]
    fn one_more_skill_that_is_asked_for_never_lowers(profile in profile(), offer in offer()) {
        prop_assume!(person(&profile).head.skills > 0);
        let before = total(&profile, &offer);
        for need in &offer.skills {
            let mut learned = profile.clone();
            learned.skills.push(need.code.clone());
            let after = total(&learned, &offer);
            prop_assert!(after >= before || before.is_err(), "{:?} {:?}", before, after);
        }
    }

    #[test]
    fn what_is_not_told_is_not_counted_as_nothing(profile in profile(), offer in offer()) {
        let silent = Profile { experience: None, ..profile.clone() };
        let little = offer.experience_min.is_some_and(|asked| asked < 12);
        let none = if little { None } else { Some(0) };
        let none = Profile { experience: none, ..profile.clone() };
        let silent_wish = Wish { occupations: Vec::new(), ..profile.wish.clone() };
        let other_wish = Wish { occupations: vec!["5-01-01-01".into()], ..profile.wish.clone() };
        let pairs = [
            (silent, none),
            (
                Profile { wish: silent_wish, ..profile.clone() },
                Profile { wish: other_wish, ..profile.clone() },
            ),
            (
                Profile { skills: Vec::new(), ..profile.clone() },
                Profile { skills: vec!["tea_picking".into()], ..profile.clone() },
            ),
        ];
        for (silent, nothing) in pairs {
            let silent = total(&silent, &offer);
            prop_assert!(silent >= total(&nothing, &offer) || silent.is_err());
        }
    }

    #[test]
    fn a_higher_education_or_longer_experience_never_lowers_but_for_beginners_posts(
        profile in profile(), offer in offer(), more in 1..60_i64,
    ) {
        prop_assume!(post(&offer).standing() != standing::Standing::Beginner);
        let before = total(&profile, &offer);
        for &education in Education::ALL.iter().filter(|e| Some(**e) > profile.education) {
            let risen = Profile { education: Some(education), ..profile.clone() };
            let after = total(&risen, &offer);
            prop_assert!(after >= before || profile.education.is_none());
        }
        let longer = Profile { experience: profile.experience.map(|m| m + more), ..profile.clone() };
        prop_assert!(total(&longer, &offer) >= before || before.is_err());
    }
}
