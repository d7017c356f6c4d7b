//! The question as it stands in an address: the same names for the page and the API.

use app::App;
use axum::{
    extract::Query,
    http::{HeaderMap, Uri, header},
};
use chrono::{Days, NaiveDate};
use model::{
    Refusal,
    vacancy::query::{Point, Sort, VacancyQuery},
};

use crate::guard::encoded;

/// Names and values as they stand in the address.
pub type Pairs = Vec<(String, String)>;

/// Every name there is, in the order in which addresses are written.
pub const NAMES: [&str; 14] = [
    "q",
    "region",
    "occupation",
    "wage_min",
    "education",
    "experience",
    "contract",
    "benefit",
    "posted_since",
    "near",
    "within_km",
    "sort",
    "limit",
    "cursor",
];

/// Reads a question. An empty value says nothing, as an empty field of a form does.
pub fn read(pairs: &[(String, String)], today: NaiveDate) -> Result<VacancyQuery, Refusal> {
    let mut query = VacancyQuery::default();
    let mut said: Vec<&str> = Vec::new();
    for (name, value) in pairs {
        let value = value.trim();
        if said.contains(&name.as_str()) && name != "benefit" {
            return Err(Refusal::new("search.parameter_twice").arg("name", name));
        }
        if !value.is_empty() {
            set(&mut query, name, value, today)?;
            said.push(name);
        } else if !NAMES.contains(&name.as_str()) {
            return Err(unknown(name));
        }
    }
    query.check()?;
    Ok(query)
}

/// Reads a question out of what follows the question mark of an address; `None`: it is none.
pub fn of_text(text: &str, today: NaiveDate) -> Option<VacancyQuery> {
    // what people type into an address need not be encoded
    let plain: String = text
        .bytes()
        .map(|b| if b.is_ascii_graphic() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect();
    let address: Uri = format!("/vacancies?{plain}").parse().ok()?;
    let Query(pairs) = Query::<Pairs>::try_from_uri(&address).ok()?;
    let query = read(&pairs, today).ok()?;
    Some(VacancyQuery { cursor: None, ..query })
}

/// Reads a question; where a value is no code the refusal names those that may be meant.
pub async fn asked(
    app: &App,
    pairs: &[(String, String)],
) -> app::Result<Result<VacancyQuery, Refusal>> {
    let read = read(pairs, app.today());
    let reference = app.reference().await?;
    Ok(read.map_err(|refusal| app::vacancy::named(&reference, refusal)))
}

/// The list that a vacancy's page was opened from, or the whole list. The address is written anew
/// from what it asks: it cannot lead anywhere else.
pub fn back(headers: &HeaderMap, today: NaiveDate) -> String {
    let from = headers.get(header::REFERER).and_then(|from| from.to_str().ok());
    let from =
        from.and_then(|from| from.parse::<Uri>().ok()).filter(|uri| uri.path() == "/vacancies");
    let pairs = from.and_then(|uri| Query::<Pairs>::try_from_uri(&uri).ok());
    let mut pairs = pairs.map(|Query(pairs)| pairs).unwrap_or_default();
    pairs.retain(|(name, _)| NAMES.contains(&name.as_str()));
    address(&read(&pairs, today).unwrap_or_default(), today)
}

fn set(q: &mut VacancyQuery, name: &str, value: &str, today: NaiveDate) -> Result<(), Refusal> {
    match name {
        "q" => value.clone_into(&mut q.words),
        "region" => q.region = Some(value.parse()?),
        "occupation" => q.occupation = Some(value.to_owned()),
        "wage_min" => q.pay_from = Some(hundredths(value, "wage_min")?),
        "education" => q.education = Some(value.parse()?),
        "experience" => q.experience = Some((hundredths(value, "experience")? * 12 + 50) / 100),
        "contract" => q.form = Some(value.parse()?),
        "benefit" => {
            for one in value.split(',') {
                q.benefits.push(one.trim().parse()?);
            }
        }
        "posted_since" => q.posted_since = Some(day(value, today)?),
        "near" => q.near = Some(point(value)?),
        "within_km" => q.within_km = Some(decimal(value, "within_km")?),
        "sort" => q.sort = value.parse()?,
        "limit" => q.limit = value.parse().map_err(|_| number("limit", value))?,
        "cursor" => q.cursor = Some(value.to_owned()),
        _ => return Err(unknown(name)),
    }
    Ok(())
}

fn unknown(name: &str) -> Refusal {
    let refusal = Refusal::new("search.parameter_unknown").arg("value", name);
    refusal.arg("valid", NAMES.join(", "))
}

fn number(field: &'static str, value: &str) -> Refusal {
    Refusal::new("search.number_malformed").field(field).arg("field", field).arg("value", value)
}

/// A number that is not negative and not beyond all sense.
fn decimal(value: &str, field: &'static str) -> Result<f64, Refusal> {
    let read = value.parse::<f64>().ok();
    read.filter(|n| (0.0..1e9).contains(n)).ok_or_else(|| number(field, value))
}

fn hundredths(value: &str, field: &'static str) -> Result<i64, Refusal> {
    #[expect(clippy::cast_possible_truncation, reason = "below 1e11, see decimal")]
    decimal(value, field).map(|n| (n * 100.0).round() as i64)
}

/// A day, or how many days ago: `2026-11-02`, `7`.
fn day(value: &str, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let ago = value.parse::<u64>().ok().filter(|days| *days <= 36_500);
    let since = ago.and_then(|days| today.checked_sub_days(Days::new(days)));
    let malformed =
        || Refusal::new("search.posted_since_malformed").field("posted_since").arg("value", value);
    let day = since.or_else(|| value.parse().ok()).ok_or_else(malformed)?;
    let future =
        || Refusal::new("search.posted_since_future").field("posted_since").arg("value", value);
    if day > today { Err(future()) } else { Ok(day) }
}

/// `34.58,105.72`: latitude first, as people copy it from a map.
fn point(value: &str) -> Result<Point, Refusal> {
    let malformed = || Refusal::new("search.near_malformed").field("near").arg("value", value);
    let (latitude, longitude) = value.split_once(',').ok_or_else(malformed)?;
    let degrees = |s: &str| s.trim().parse::<f64>().map_err(|_| malformed());
    Ok(Point { latitude: degrees(latitude)?, longitude: degrees(longitude)? })
}

/// The question as names and values, without what says nothing.
pub fn pairs(query: &VacancyQuery, today: NaiveDate) -> Vec<(&'static str, String)> {
    let coordinates = |p: Point| format!("{},{}", p.latitude, p.longitude);
    let benefits: Vec<_> = query.benefits.iter().map(|b| b.code()).collect();
    let said = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    let all = [
        ("q", said(&query.words)),
        ("region", query.region.as_ref().map(ToString::to_string)),
        ("occupation", query.occupation.clone()),
        ("wage_min", query.pay_from.map(yuan)),
        ("education", query.education.map(|e| e.to_string())),
        ("experience", query.experience.map(years)),
        ("contract", query.form.map(|f| f.to_string())),
        ("benefit", said(&benefits.join(","))),
        ("posted_since", query.posted_since.map(|day| since(day, today))),
        ("near", query.near.map(coordinates)),
        ("within_km", query.within_km.map(|km| km.to_string())),
        ("sort", Some(query.sort.to_string()).filter(|_| query.sort != Sort::Fit)),
        ("limit", Some(query.limit.to_string()).filter(|_| query.limit != 20)),
        ("cursor", query.cursor.clone()),
    ];
    all.into_iter().filter_map(|(name, value)| value.map(|v| (name, v))).collect()
}

/// Cents as `wage_min` has them.
pub fn yuan(cents: i64) -> String {
    decimals(cents, 100)
}

/// Months as `experience` has them.
pub fn years(months: i64) -> String {
    decimals(months, 12)
}

/// A day as `posted_since` has it: how many days ago, or the day itself if it is still to come.
pub fn since(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        days @ 0.. => days.to_string(),
        _ => day.to_string(),
    }
}

/// A ratio with two decimals at most, and none where it has none.
fn decimals(part: i64, whole: i64) -> String {
    if part % whole == 0 {
        return (part / whole).to_string();
    }
    let hundredths = (part * 100 + whole / 2) / whole;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').to_owned()
}

/// The address of the list that answers the question.
pub fn address(query: &VacancyQuery, today: NaiveDate) -> String {
    write(pairs(query, today).iter().map(|(name, value)| (*name, value.as_str())))
}

/// The address of the list with these names and values.
pub fn write<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> String {
    let mut out = "/vacancies".to_owned();
    let mut joint = "?";
    for (name, value) in pairs {
        out.extend([joint, name, "="]);
        out.extend(encoded(value));
        joint = "&";
    }
    out
}

#[cfg(test)]
mod tests {
    use model::{education::Education, vacancy::Benefit, vacancy::Form};

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    fn asked(query: &str) -> Result<VacancyQuery, Refusal> {
        let pairs = query.split('&').filter_map(|p| p.split_once('='));
        read(&pairs.map(|(n, v)| (n.into(), v.into())).collect::<Pairs>(), today())
    }

    fn refused(query: &str) -> &'static str {
        asked(query).unwrap_err().code
    }

    #[test]
    fn an_address_says_what_is_asked() {
        let query = asked(
            "q= 电焊工 &region=620500&occupation=6-18&wage_min=4500.5&education=college\
             &experience=1.5&contract=full_time&benefit=board,lodging&posted_since=7\
             &near=34.58,105.72&within_km=20&sort=distance&limit=50&cursor=x",
        )
        .unwrap();
        assert_eq!(query.words, "电焊工");
        assert_eq!(query.pay_from, Some(450_050));
        assert_eq!(query.experience, Some(18));
        assert_eq!(query.education, Some(Education::College));
        assert_eq!(query.form, Some(Form::FullTime));
        assert_eq!(query.benefits, [Benefit::Board, Benefit::Lodging]);
        assert_eq!(query.posted_since, NaiveDate::from_ymd_opt(2026, 11, 15));
        assert_eq!((query.sort, query.limit), (Sort::Distance, 50));
    }

    #[test]
    fn a_question_written_as_an_address_is_the_same_question() {
        let text = "q=c%2B%2B&region=620502&wage_min=4500&experience=0.5&benefit=board,lodging\
                    &posted_since=3&near=34.5,105.25&within_km=7.5&sort=wage";
        let query = VacancyQuery { words: "c++".into(), ..asked(text).unwrap() };
        assert_eq!(address(&query, today()), format!("/vacancies?{text}"));
        assert_eq!(address(&VacancyQuery::default(), today()), "/vacancies");
    }

    #[test]
    fn the_way_back_is_the_list_one_came_from_and_nothing_else() {
        let from = |address: &'static str| {
            let referer = (header::REFERER, address.parse().unwrap());
            back(&HeaderMap::from_iter([referer]), today())
        };
        let list = "/vacancies?q=%E7%84%8A%E5%B7%A5&region=620500&sort=new";
        assert_eq!(
            from(
                "https://jobs.example/vacancies?region=620500&q=%E7%84%8A%E5%B7%A5&sort=new&lang=en"
            ),
            list
        );
        assert_eq!(from("/vacancies?benefit=board"), "/vacancies?benefit=board");
        for other in [
            "https://jobs.example/",
            "https://evil.example/vacancies/..%2F",
            "https://jobs.example/vacancies?sort=evil",
            "https://jobs.example/vacancies?q=%FF",
            "javascript:alert(1)",
            "//evil.example/vacancies",
        ] {
            let back = from(other);
            assert!(back == "/vacancies" || back.starts_with("/vacancies?q="), "{other}: {back}");
        }
        assert_eq!(back(&HeaderMap::new(), today()), "/vacancies");
    }

    #[test]
    fn empty_fields_of_a_form_say_nothing() {
        assert_eq!(asked("q=&region=&wage_min=&sort=").unwrap(), VacancyQuery::default());
    }

    #[test]
    fn what_cannot_be_meant_is_refused_by_name() {
        assert_eq!(refused("colour=red"), "search.parameter_unknown");
        assert_eq!(refused("colour="), "search.parameter_unknown");
        assert_eq!(refused("wage_min=a lot"), "search.number_malformed");
        assert_eq!(refused("wage_min=-1"), "search.number_malformed");
        assert_eq!(refused("wage_min=inf"), "search.number_malformed");
        assert_eq!(refused("experience=NaN"), "search.number_malformed");
        assert_eq!(refused("limit=1000000000000000000000"), "search.number_malformed");
        assert_eq!(refused("limit=0"), "search.limit_out_of_range");
        assert_eq!(refused("posted_since=yesterday"), "search.posted_since_malformed");
        assert_eq!(refused("posted_since=99999999999"), "search.posted_since_malformed");
        assert_eq!(refused("posted_since=2026-11-23"), "search.posted_since_future");
        assert_eq!(refused("region=620500&region=110000"), "search.parameter_twice");
        assert_eq!(refused("near=here"), "search.near_malformed");
        assert_eq!(refused("near=91,0"), "search.near_out_of_range");
        assert_eq!(refused("sort=distance"), "search.distance_without_near");
        assert_eq!(refused("contract=slavery"), "vacancy.form_unknown");
        assert_eq!(refused("education=phd"), "education.unknown");
        assert_eq!(refused("region=gansu"), "region.malformed");
    }
}
