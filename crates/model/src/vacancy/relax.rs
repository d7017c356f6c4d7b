//! Ways out of a question that found nothing: one thing less at a time, or a little farther.

use crate::{
    region::Code,
    vacancy::{
        Benefit,
        query::{Point, Sort, VacancyQuery},
    },
};

/// What is different from the question.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Without the filter of this parameter.
    Without(&'static str),
    WithoutBenefit(Benefit),
    WithoutWord(String),
    /// Only the filters are left.
    WithoutWords,
    /// Only the words are left.
    OnlyWords,
    /// Everything there is in the place.
    OnlyPlace(Code),
    /// So many kilometres around the same point.
    Within(f64),
    /// So many kilometres around the middle of the place, instead of in it.
    Around(Code, f64),
    /// The node of the classification above.
    Occupation(String),
    /// Another place, so many kilometres away.
    Place(Code, f64),
}

/// A changed question, and how many vacancies it finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub change: Change,
    pub query: VacancyQuery,
    pub count: u64,
}

/// Kilometres that people go: to work every day, or home at weekends.
const FARTHER: [f64; 4] = [20.0, 50.0, 100.0, 300.0];

/// Everything to try. `words` are those that the question was understood to have, `centre` is the
/// middle of its region. Nothing is counted yet.
pub fn ways(query: &VacancyQuery, words: &[String], centre: Option<Point>) -> Vec<Way> {
    let plain = VacancyQuery { cursor: None, ..query.clone() };
    let mut ways = farther(&plain, centre);
    ways.extend(fewer(&plain));
    if words.len() > 1 {
        ways.extend(words.iter().map(|word| {
            let others: Vec<&str> =
                words.iter().filter(|w| *w != word).map(String::as_str).collect();
            let query = VacancyQuery { words: others.join(" "), ..plain.clone() };
            (Change::WithoutWord(word.clone()), query)
        }));
    }
    let filters = VacancyQuery { words: String::new(), ..plain.clone() };
    let only = VacancyQuery { words: plain.words.clone(), ..VacancyQuery::default() };
    let narrowed = VacancyQuery { sort: Sort::Fit, limit: only.limit, ..filters.clone() };
    if !words.is_empty() && narrowed != VacancyQuery::default() {
        ways.push((Change::WithoutWords, filters));
        ways.push((Change::OnlyWords, only));
    }
    if let Some(region) = &query.region {
        let all = VacancyQuery { region: Some(region.clone()), ..VacancyQuery::default() };
        if all != plain {
            ways.push((Change::OnlyPlace(region.clone()), all));
        }
    }
    ways.into_iter().map(|(change, query)| Way { change, query, count: 0 }).collect()
}

type Changed = (Change, VacancyQuery);

/// The same a little farther away, or one step up the classification.
fn farther(plain: &VacancyQuery, centre: Option<Point>) -> Vec<Changed> {
    let mut ways = Vec::new();
    if let Some(km) = plain.within_km {
        for farther in FARTHER.into_iter().filter(|farther| *farther > km) {
            let query = VacancyQuery { within_km: Some(farther), ..plain.clone() };
            ways.push((Change::Within(farther), query));
        }
    } else if let (Some(region), Some(_), None) = (&plain.region, centre, plain.near)
        && region.level() > 2
    {
        for km in FARTHER {
            let (near, within_km) = (centre, Some(km));
            let query = VacancyQuery { region: None, near, within_km, ..plain.clone() };
            ways.push((Change::Around(region.clone(), km), query));
        }
    }
    let above = plain.occupation.as_ref().and_then(|code| code.rsplit_once('-'));
    if let Some((above, _)) = above {
        let query = VacancyQuery { occupation: Some(above.to_owned()), ..plain.clone() };
        ways.push((Change::Occupation(above.to_owned()), query));
    }
    ways
}

/// Without one of the filters.
fn fewer(plain: &VacancyQuery) -> Vec<Changed> {
    let q = || plain.clone();
    let nowhere = if plain.sort == Sort::Distance { Sort::Fit } else { plain.sort };
    let all = [
        ("region", plain.region.is_some(), VacancyQuery { region: None, ..q() }),
        ("occupation", plain.occupation.is_some(), VacancyQuery { occupation: None, ..q() }),
        ("wage_min", plain.pay_from.is_some(), VacancyQuery { pay_from: None, ..q() }),
        ("education", plain.education.is_some(), VacancyQuery { education: None, ..q() }),
        ("experience", plain.experience.is_some(), VacancyQuery { experience: None, ..q() }),
        ("contract", plain.form.is_some(), VacancyQuery { form: None, ..q() }),
        ("posted_since", plain.posted_since.is_some(), VacancyQuery { posted_since: None, ..q() }),
        (
            "within_km",
            plain.within_km.is_some(),
            VacancyQuery { within_km: None, near: None, sort: nowhere, ..q() },
        ),
    ];
    let mut ways: Vec<Changed> = all
        .into_iter()
        .filter(|(_, said, _)| *said)
        .map(|(name, _, query)| (Change::Without(name), query))
        .collect();
    ways.extend(plain.benefits.iter().map(|&benefit| {
        let benefits = plain.benefits.iter().copied().filter(|b| *b != benefit).collect();
        (Change::WithoutBenefit(benefit), VacancyQuery { benefits, ..q() })
    }));
    ways
}

/// Of the ways that were counted those that lead somewhere: of several distances the nearest, and
/// a filter less before a whole question less.
pub fn useful(mut ways: Vec<Way>) -> Vec<Way> {
    ways.retain(|way| way.count > 0);
    let mut far = false;
    ways.retain(|way| {
        let farther = matches!(way.change, Change::Within(_) | Change::Around(..));
        let first = !(farther && far);
        far |= farther;
        first
    });
    let whole = |way: &Way| {
        matches!(way.change, Change::WithoutWords | Change::OnlyWords | Change::OnlyPlace(_))
    };
    if ways.iter().filter(|way| !whole(way)).count() > 2 {
        ways.retain(|way| !whole(way));
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::education::Education;

    fn changes(query: &VacancyQuery, words: &[&str]) -> Vec<Change> {
        let words: Vec<String> = words.iter().map(|word| (*word).into()).collect();
        let centre = Some(Point { latitude: 34.5, longitude: 105.7 });
        let ways = ways(query, &words, centre);
        assert!(ways.iter().all(|way| way.query.check().is_ok() && way.query != *query));
        ways.into_iter().map(|way| way.change).collect()
    }

    #[test]
    fn each_thing_that_was_asked_is_left_out_once() {
        let query = VacancyQuery {
            words: "焊工 双休".into(),
            region: "620500".parse().ok(),
            occupation: Some("6-18-02".into()),
            pay_from: Some(900_000),
            education: Some(Education::Primary),
            benefits: vec![Benefit::Board, Benefit::Lodging],
            cursor: Some("x".into()),
            ..VacancyQuery::default()
        };
        let word = |word: &str| Change::WithoutWord(word.into());
        let expected = [
            Change::Occupation("6-18".into()),
            Change::Without("region"),
            Change::Without("occupation"),
            Change::Without("wage_min"),
            Change::Without("education"),
            Change::WithoutBenefit(Benefit::Board),
            Change::WithoutBenefit(Benefit::Lodging),
            word("焊工"),
            word("双休"),
            Change::WithoutWords,
            Change::OnlyWords,
            Change::OnlyPlace("620500".parse().unwrap()),
        ];
        assert_eq!(changes(&query, &["焊工", "双休"]), expected);
    }

    #[test]
    fn a_county_or_a_circle_is_widened_step_by_step() {
        let county = VacancyQuery { region: "620502".parse().ok(), ..VacancyQuery::default() };
        let around = |km| Change::Around("620502".parse().unwrap(), km);
        let found = changes(&county, &[]);
        assert_eq!(found.get(..3).unwrap(), [around(20.0), around(50.0), around(100.0)]);
        let near = Some(Point { latitude: 34.5, longitude: 105.7 });
        let circle = VacancyQuery {
            near,
            within_km: Some(50.0),
            sort: Sort::Distance,
            ..VacancyQuery::default()
        };
        let found = changes(&circle, &[]);
        let expected = [Change::Within(100.0), Change::Within(300.0), Change::Without("within_km")];
        assert_eq!(found, expected);
    }

    #[test]
    fn words_alone_have_no_filter_to_leave_out() {
        let query = VacancyQuery { words: "焊工".into(), ..VacancyQuery::default() };
        assert!(changes(&query, &["焊工"]).is_empty());
    }

    #[test]
    fn of_several_distances_the_nearest_is_offered_and_nothing_that_leads_nowhere() {
        let way = |change, count| Way { change, query: VacancyQuery::default(), count };
        let counted = vec![
            way(Change::Within(20.0), 0),
            way(Change::Within(50.0), 7),
            way(Change::Within(100.0), 90),
            way(Change::Without("wage_min"), 12),
            way(Change::Without("education"), 0),
            way(Change::OnlyWords, 800),
        ];
        let left: Vec<u64> = useful(counted).iter().map(|way| way.count).collect();
        assert_eq!(left, [7, 12, 800]);
    }
}
