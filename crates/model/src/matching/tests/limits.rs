//! Each limit and each kind of sentence, on pairs made by hand.

use super::*;

/// A welder at home in Qinzhou district.
fn welder() -> Profile {
    Profile {
        born_on: NaiveDate::from_ymd_opt(1990, 5, 1),
        place: at(0),
        education: Some(Education::SeniorHigh),
        experience: Some(60),
        wish: Wish {
            occupations: vec!["6-18-02-04".into()],
            reach_km: Some(30),
            pay_from: Some(450_000),
            ..Wish::default()
        },
        skills: vec!["arc_welding".into()],
        ..Profile::default()
    }
}

fn welding() -> Offer {
    Offer {
        occupation: "6-18-02-04".into(),
        place: at(1),
        pay_from: Some(500_000),
        pay_to: Some(700_000),
        education: Some(Education::Vocational),
        experience_min: Some(36),
        form: Some(Form::FullTime),
        skills: vec![Need { code: "arc_welding".into(), must: true }],
        benefits: vec![Benefit::Lodging],
        posted_on: Some(day()),
        ..Offer::default()
    }
}

fn at(n: usize) -> Place {
    let (region, longitude, latitude) = PLACES[n];
    Place {
        text: String::new(),
        region: region.into(),
        longitude: Some(longitude),
        latitude: Some(latitude),
    }
}

fn limits(profile: &Profile, offer: &Offer) -> Vec<Limit> {
    match explain(&person(profile), &post(offer), &rule()) {
        Outcome::Excluded { limits, .. } => limits,
        Outcome::Score { .. } => Vec::new(),
    }
}

fn codes(profile: &Profile, offer: &Offer) -> Vec<&'static str> {
    match explain(&person(profile), &post(offer), &rule()) {
        Outcome::Excluded { reasons, .. } => reasons.iter().map(|r| r.code).collect(),
        Outcome::Score { parts, unknown, .. } => {
            parts.iter().flat_map(|p| &p.reasons).chain(&unknown).map(|r| r.code).collect()
        }
    }
}

#[test]
fn a_welder_fits_a_welders_post_and_is_told_why() {
    let expected = [
        "skills_had",
        "occupation_wished",
        "place_county",
        "pay_reaches",
        "experience_enough",
        "education_enough",
        "posted_lately",
    ];
    assert_eq!(codes(&welder(), &welding()), expected);
    assert!(total(&welder(), &welding()).unwrap() > 80_000);
}

#[test]
fn the_legal_age_is_the_terms_and_nothing_elses() {
    let child = Profile { born_on: NaiveDate::from_ymd_opt(2010, 3, 2), ..welder() };
    assert_eq!(limits(&child, &welding()), [Limit::UnderAge]);
    let birthday = Profile { born_on: NaiveDate::from_ymd_opt(2010, 3, 1), ..welder() };
    assert_eq!(limits(&birthday, &welding()), []);
    let unknown = Profile { born_on: None, ..welder() };
    assert_eq!(limits(&unknown, &welding()), []);
    let lawless = Person::new(&child, &Terms::default(), &rule());
    assert!(judge(&lawless, &post(&welding()), &rule()).is_ok());
}

#[test]
fn a_closed_post_is_nobodys() {
    let mut vacancy = vacancy(1, welding());
    vacancy.state = State::Filled;
    let post = Post::new(&Opening::new(&vacancy), &rule());
    let judged = judge(&person(&welder()), &post, &rule());
    assert_eq!(judged, Err(Limit::Closed));
}

#[test]
fn beyond_the_reach_is_too_far_unless_the_person_would_go_there() {
    let far = Offer { place: at(3), ..welding() };
    assert_eq!(limits(&welder(), &far), [Limit::TooFar]);
    let mut willing = welder();
    willing.wish.regions = vec!["320500".into()];
    assert!(codes(&willing, &far).contains(&"place_named"));
    // how gladly is told for each place, and counts
    let total = |willing: &Profile| total(willing, &far).unwrap();
    let gladly = total(&willing);
    willing.wish.reluctant = willing.wish.regions.clone();
    assert!(codes(&willing, &far).contains(&"place_reluctant"));
    assert!(total(&willing) < gladly);
    willing.wish.regions.push("320506".into());
    assert_eq!(total(&willing), gladly, "a part of it gladly");
    willing.wish.reluctant = Vec::new();
    willing.wish.regions = vec!["440000".into()];
    assert_eq!(limits(&willing, &far), [Limit::TooFar]);
    willing.wish = Wish { anywhere: true, regions: Vec::new(), ..willing.wish };
    assert!(codes(&willing, &far).contains(&"place_anywhere"));
    willing.wish = Wish { anywhere: false, reach_km: None, ..willing.wish };
    let told = codes(&willing, &far);
    assert!(told.contains(&"place_far") && told.contains(&"reach_untold"));
}

#[test]
fn a_licence_the_law_asks_for_excludes_and_a_greater_one_includes_it() {
    let mut driving = welding();
    driving.skills = vec![Need { code: "licence_c1".into(), must: true }];
    assert_eq!(limits(&welder(), &driving), [Limit::LicenceMissing]);
    let mut driver = welder();
    driver.skills = vec!["licence_b2".into()];
    assert!(codes(&driver, &driving).contains(&"licence_held"));
    driving.skills = vec![Need { code: "licence_c1".into(), must: false }];
    assert!(codes(&welder(), &driving).contains(&"paper_extra"));
}

#[test]
fn an_offer_that_cannot_reach_the_floor_is_below_it() {
    let poor = Offer { pay_from: Some(300_000), pay_to: Some(440_000), ..welding() };
    assert_eq!(limits(&welder(), &poor), [Limit::BelowFloor]);
    let touching = Offer { pay_from: Some(300_000), pay_to: Some(450_000), ..welding() };
    assert!(codes(&welder(), &touching).contains(&"pay_touches"));
    let silent = Offer { pay_from: None, pay_to: None, ..welding() };
    assert!(codes(&welder(), &silent).contains(&"post_pay_untold"));
}

#[test]
fn a_form_that_is_not_wanted_excludes_and_one_not_said_does_not() {
    let mut seasonal = welder();
    seasonal.wish.forms = vec![Form::Seasonal];
    assert_eq!(limits(&seasonal, &welding()), [Limit::FormUnwanted]);
    assert!(limits(&seasonal, &Offer { form: None, ..welding() }).is_empty());
}

#[test]
fn less_education_lowers_and_does_not_exclude() {
    let asked = Offer { education: Some(Education::Bachelor), ..welding() };
    assert!(codes(&welder(), &asked).contains(&"education_short"));
    assert!(total(&welder(), &asked) < total(&welder(), &welding()));
}

#[test]
fn every_limit_in_the_way_is_named_hardest_first() {
    let mut offer = Offer { place: at(3), pay_from: Some(1), pay_to: Some(2), ..welding() };
    offer.skills.push(Need { code: "licence_c1".into(), must: true });
    let expected = [Limit::LicenceMissing, Limit::TooFar, Limit::BelowFloor];
    assert_eq!(limits(&welder(), &offer), expected);
}

#[test]
fn somebody_who_said_nothing_is_asked_for_what_would_change_the_result() {
    let unknown = codes(&Profile::default(), &welding());
    for code in ["skills_untold", "occupation_untold", "home_untold", "pay_untold"] {
        assert!(unknown.contains(&code), "{code} in {unknown:?}");
    }
    let silent = codes(&welder(), &Offer::default());
    for code in ["post_skills_untold", "post_occupation_untold", "post_place_untold"] {
        assert!(silent.contains(&code), "{code} in {silent:?}");
    }
}

#[test]
fn board_and_lodging_count_where_they_are_needed() {
    let mut lodger = welder();
    (lodger.wish.needs_board, lodger.wish.needs_lodging) = (true, true);
    let told = codes(&lodger, &welding());
    assert!(told.contains(&"living_given") && told.contains(&"living_missing"));
    assert!(!codes(&welder(), &welding()).contains(&"living_given"));
}

#[test]
fn nobody_comes_first_by_saying_nothing() {
    let total = |profile: &Profile| i64::from(total(profile, &welding()).unwrap());
    let silent = total(&Profile::default());
    assert!(silent < total(&welder()));
    assert!(silent > 40 * BEST / 100, "nothing said is nothing against: {silent}");
    let mut unskilled = welder();
    unskilled.skills = vec!["cooking".into()];
    assert!(total(&unskilled) < total(&Profile { skills: Vec::new(), ..welder() }));
}

#[test]
fn a_post_abroad_is_nobodys_who_has_not_wished_for_it() {
    let text = "日本·东京".into();
    let abroad = Offer { place: Place { text, ..Place::default() }, ..welding() };
    assert_eq!(limits(&welder(), &abroad), [Limit::Abroad]);
    assert_eq!(limits(&Profile::default(), &abroad), [Limit::Abroad]);
    let mut willing = welder();
    willing.wish.abroad = true;
    assert!(codes(&willing, &abroad).contains(&"place_abroad"));
    let unclear = Place { text: "科技园".into(), ..Place::default() };
    let unclear = codes(&welder(), &Offer { place: unclear, ..welding() });
    assert!(unclear.contains(&"post_place_untold"));
}

#[test]
fn a_post_does_not_rise_by_saying_little() {
    let whole = total(&welder(), &welding()).unwrap();
    let placeless = Offer { place: Place::default(), ..welding() };
    let payless = Offer { pay_from: None, pay_to: None, ..welding() };
    let silent = Offer { skills: Vec::new(), ..placeless.clone() };
    for offer in [&placeless, &payless, &silent] {
        assert!(total(&welder(), offer).unwrap() < whole);
    }
    assert!(total(&welder(), &silent) < total(&welder(), &placeless));
}

#[test]
fn the_title_tells_apart_what_has_one_code() {
    let mut coder = welder();
    coder.wish.occupations = vec!["2-02-10-03".into()];
    coder.wish.text = "Java开发".into();
    let titled =
        |title: &str| Offer { occupation: "2-02-10-03".into(), title: title.into(), ..welding() };
    let (wished, other) = (titled("Java开发"), titled("餐厅服务员"));
    assert!(total(&coder, &wished) > total(&coder, &other));
    assert!(codes(&coder, &wished).contains(&"title_like"));
    assert!(codes(&coder, &other).contains(&"title_other"));
}

#[test]
fn more_than_the_person_has_is_clearly_lower_and_less_is_no_gain() {
    let total = |offer: Offer| total(&welder(), &offer).unwrap();
    let level = |education| total(Offer { education: Some(education), ..welding() });
    assert_eq!(level(Education::Primary), level(Education::SeniorHigh));
    assert!(level(Education::College) + 4_000 < level(Education::SeniorHigh));
    assert!(level(Education::Bachelor) < level(Education::College));
    let years = |months| total(Offer { experience_min: Some(months), ..welding() });
    assert_eq!(years(12), years(60));
    assert!(years(84) + 3_000 < years(60) && years(120) < years(84));
    let rank =
        |title: &str| total(Offer { title: title.into(), experience_min: None, ..welding() });
    assert!(rank("生产总监") < rank("生产主管"));
    let beginner = Offer { title: "焊工（实习）".into(), ..welding() };
    assert!(codes(&welder(), &beginner).contains(&"experience_beginner"));
    let mut learner = welder();
    learner.wish.text = "见习".into();
    assert!(!codes(&learner, &beginner).contains(&"experience_beginner"));
}
