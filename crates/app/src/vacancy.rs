//! Vacancies: searching them. The index says which, the tables say what.

pub(crate) mod dictionary;
pub mod form;
pub mod index;
pub mod life;
pub mod pair;
pub mod pattern;
pub mod relax;
pub mod suggest;
mod understand;

use std::collections::HashMap;

use model::{
    Refusal,
    access::Actor,
    reference::Reference,
    region::Code,
    title::likeness::Likeness,
    vacancy::{
        Vacancy,
        query::{Count, Hit, Results, Sort, VacancyQuery},
    },
};
use search::{Marker, Want};
use tokio::runtime::Handle;

use crate::{App, Error, Result, blocking};

/// How many valid codes a refusal names.
const NAMED: usize = 12;

/// Answers a question about the open vacancies. A hit that has closed since the index last looked
/// is left out of the page, though it still counts.
pub async fn search(app: &App, actor: &Actor, query: &VacancyQuery) -> Result<Results> {
    answer(app, actor, query, Want::Facets).await
}

/// The list that [`search()`] gives, without what other filters would give: for less.
pub async fn list(app: &App, actor: &Actor, query: &VacancyQuery) -> Result<Results> {
    answer(app, actor, query, Want::List).await
}

async fn answer(app: &App, actor: &Actor, query: &VacancyQuery, want: Want) -> Result<Results> {
    let (reference, index) = (app.reference().await?, app.index().await?);
    check(&reference, query)?;
    let (asked, today) = (query.clone(), app.today());
    let (db, reach, runtime) = (app.db().clone(), actor.scope(), Handle::current());
    let work = move || {
        let (found, understood) = understand::answer(&reference, &index, &asked, (today, want))?;
        let ids: Vec<_> = found.hits.iter().map(|hit| hit.id).collect();
        let rows = async { store::vacancy::named(&mut db.read().await?, &reach, &ids).await };
        // rows come one after the other, and this thread is woken for each with less work than the
        // runtime, which would look around for more to do
        let rows = runtime.block_on(rows)?;
        Ok::<_, Error>((found, understood, rows))
    };
    let (found, understood, rows) = blocking(work).await??;
    let mut rows: HashMap<_, _> = rows.into_iter().map(|row| (row.0.id, row)).collect();
    let marker = Marker::new(&found.marks);
    let hit = |hit: &search::Hit| {
        let (vacancy, employer) = rows.remove(&hit.id).filter(|(row, _)| row.is_open(today))?;
        let snippet = marker.snippet(&vacancy.offer.duties);
        let (score, distance_km) = (hit.score, hit.distance_km);
        Some(Hit { vacancy, employer, score, distance_km, snippet })
    };
    let items = found.hits.iter().filter_map(hit).collect();
    Ok(Results {
        total: found.total,
        items,
        facets: found.facets,
        also: found.also,
        understood,
        next: found.next,
    })
}

/// The occupations that most of the open vacancies are for, with how many, as the index knows them.
pub async fn trades(app: &App, limit: usize) -> Result<Vec<Count<String>>> {
    let (index, today) = (app.index().await?, app.today());
    let trades = blocking(move || index.trades(today, limit)).await??;
    Ok(trades.into_iter().map(|(value, count)| Count { value, count }).collect())
}

/// So many vacancies of the same kind of work are compared with one.
const COMPARED: usize = 60;

/// Open vacancies like another, the most alike first, with how alike their titles are, 0 … 100: of
/// the same group of occupations, in the same city where there are enough, else anywhere.
pub async fn similar(
    app: &App,
    actor: &Actor,
    vacancy: &Vacancy,
    most: usize,
) -> Result<Vec<(Hit, i64)>> {
    let offer = &vacancy.offer;
    let group = offer.occupation.rsplit_once('-').map(|(group, _)| group.to_owned());
    let words = if group.is_none() { offer.title.clone() } else { String::new() };
    let city = offer.place.region.parse::<Code>().ok().map(|code| code.at_level(2));
    let sort = if group.is_none() { Sort::Fit } else { Sort::New };
    let base =
        VacancyQuery { words, occupation: group, sort, limit: COMPARED, ..VacancyQuery::default() };
    let near = VacancyQuery { region: city, ..base.clone() };
    let mut found = list(app, actor, &near).await?.items;
    if found.len() <= most && near.region.is_some() {
        let known: Vec<_> = found.iter().map(|hit| hit.vacancy.id).collect();
        let more = list(app, actor, &base).await?.items;
        found.extend(more.into_iter().filter(|hit| !known.contains(&hit.vacancy.id)));
    }
    // the same vacancy from another source is no other
    found.retain(|hit| {
        let other = &hit.vacancy;
        other.id != vacancy.id
            && (other.employer != vacancy.employer || other.offer.title != offer.title)
    });
    let (reference, title) = (app.reference().await?, offer.title.clone());
    blocking(move || alike(&reference, &title, found, most)).await
}

/// The hits whose titles are most like `title`.
fn alike(reference: &Reference, title: &str, hits: Vec<Hit>, most: usize) -> Vec<(Hit, i64)> {
    let titles: Vec<&str> = hits.iter().map(|hit| hit.vacancy.offer.title.as_str()).collect();
    let scores = Likeness::by_words(reference.occupations.space(), &titles).all(title);
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100")]
    let hundredths = |score: f32| (score / Likeness::BY_WORDS * 100.0).round() as i64;
    let mut alike: Vec<_> = hits.into_iter().zip(scores.into_iter().map(hundredths)).collect();
    alike.sort_by_key(|(_, likeness)| std::cmp::Reverse(*likeness));
    alike.truncate(most);
    alike
}

/// Are the codes in the tables? A refusal names the valid ones nearby.
pub fn check(reference: &Reference, query: &VacancyQuery) -> Result<(), Refusal> {
    query.check()?;
    if let Some(code) = &query.region
        && reference.places.find(code.as_str()).is_none()
    {
        let above = (1..code.level()).rev().map(|level| code.at_level(level).to_string());
        let known = above.into_iter().find(|code| reference.places.find(code).is_some());
        let valid = reference.places.children(&known.unwrap_or_default());
        let valid = valid.iter().map(|region| (region.code.as_str(), region.name.as_str()));
        return Err(unknown("search.region_unknown", "region", code.as_str(), valid));
    }
    if let Some(code) = &query.occupation
        && reference.occupations.find(code).is_none()
    {
        // a name where a code belongs: the codes that it may mean
        let guesses = reference.occupations.classify(code, NAMED);
        let meant: Vec<_> =
            guesses.iter().filter_map(|guess| reference.occupations.find(&guess.code)).collect();
        if !meant.is_empty() && !code.starts_with(|c: char| c.is_ascii_digit()) {
            let valid = meant.iter().map(|node| (node.code.as_str(), node.name.as_str()));
            return Err(unknown("search.occupation_unknown", "occupation", code, valid));
        }
        let mut known = code.as_str();
        while !known.is_empty() && reference.occupations.find(known).is_none() {
            known = known.rsplit_once('-').map_or("", |(above, _)| above);
        }
        let valid = reference.occupations.children(known);
        let valid = valid.iter().map(|node| (node.code.as_str(), node.name.as_str()));
        return Err(unknown("search.occupation_unknown", "occupation", code, valid));
    }
    Ok(())
}

/// The refusal of a region that is no code, with the codes that its name may mean.
pub fn named(reference: &Reference, refusal: Refusal) -> Refusal {
    let value = refusal.args.iter().find(|(name, _)| *name == "value").map(|(_, value)| value);
    let Some(value) = value.filter(|_| refusal.code == "region.malformed") else { return refusal };
    let meant = reference.places.suggest(value, NAMED);
    let places = if meant.is_empty() { reference.places.children("") } else { meant };
    let valid = places.iter().map(|region| (region.code.as_str(), region.name.as_str()));
    unknown("search.region_unknown", "region", value, valid)
}

fn unknown<'a>(
    refusal: &'static str,
    field: &'static str,
    value: &str,
    valid: impl Iterator<Item = (&'a str, &'a str)>,
) -> Refusal {
    let named = valid.take(NAMED).map(|(code, name)| format!("{code} {name}"));
    let valid = named.collect::<Vec<_>>().join(", ");
    Refusal::new(refusal).field(field).arg("value", value).arg("valid", valid)
}

impl From<search::Error> for Error {
    fn from(error: search::Error) -> Self {
        match error {
            search::Error::Refused(refusal) => Self::Refused(refusal),
            search::Error::Rebuilding => Self::Unready(Refusal::new("search.rebuilding")),
            search::Error::Busy => Self::Unready(Refusal::new("search.busy")),
            broken @ search::Error::Broken(_) => Self::broken(broken),
        }
    }
}
