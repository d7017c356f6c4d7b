//! What to offer somebody who found nothing: the question with one thing less, places nearby, and
//! what the words may have been meant to be.

use std::sync::Arc;

use model::{
    access::Actor,
    region::Code,
    vacancy::{
        query::{Point, Sort, VacancyQuery},
        relax::{Change, Way, useful, ways},
        suggestion::Suggestion,
    },
};
use search::{Index, Want};

use super::understand;
use crate::{App, Result, blocking};

/// Everything that leads on from a question without an answer.
#[derive(Clone, Debug, Default)]
pub struct Relaxed {
    pub ways: Vec<Way>,
    /// The nearest places that have what was asked for.
    pub places: Vec<Way>,
    /// Other readings of what was typed.
    pub meant: Vec<Suggestion>,
    /// Where these are counted.
    pub meant_in: Option<Code>,
}

/// Places to offer, and the hits among which they are looked for.
const PLACES: usize = 3;
const NEAREST: usize = 60;
/// Readings to offer.
const MEANT: usize = 4;

/// Ways on from a question that found nothing, each with its exact total.
pub async fn relax(app: &App, actor: &Actor, query: &VacancyQuery) -> Result<Relaxed> {
    let index = app.index().await?;
    let centre = centre(app, query).await?;
    let counted = ways(query, &index.words(&query.words), centre);
    let ways = useful(count(app, &index, counted).await?);
    let places = places(app, actor, &index, query, centre).await?;
    let mut meant_in = query.region.clone();
    let mut meant = read_as(app, &query.words, meant_in.as_ref()).await?;
    if meant.is_empty() && meant_in.take().is_some() {
        meant = read_as(app, &query.words, None).await?;
    }
    Ok(Relaxed { ways, places, meant, meant_in })
}

async fn read_as(app: &App, words: &str, region: Option<&Code>) -> Result<Vec<Suggestion>> {
    let mut meant = super::suggest::suggest(app, words, region, MEANT).await?;
    meant.retain(|one| one.count > 0);
    Ok(meant)
}

/// Where the question looks: its point, or the middle of its region.
async fn centre(app: &App, query: &VacancyQuery) -> Result<Option<Point>> {
    let reference = app.reference().await?;
    let middle = query.region.as_ref().and_then(|code| reference.places.centroid(code.as_str()));
    Ok(query.near.or(middle.map(|(longitude, latitude)| Point { latitude, longitude })))
}

async fn count(app: &App, index: &Arc<Index>, mut ways: Vec<Way>) -> Result<Vec<Way>> {
    let (index, reference, today) = (Arc::clone(index), app.reference().await?, app.today());
    let counted = move || {
        for way in &mut ways {
            let one = VacancyQuery { limit: 1, ..way.query.clone() };
            way.count = understand::answer(&reference, &index, &one, (today, Want::List))?.0.total;
        }
        Ok(ways)
    };
    blocking(counted).await?
}

/// The counties of the nearest hits, nearest first.
async fn places(
    app: &App,
    actor: &Actor,
    index: &Arc<Index>,
    query: &VacancyQuery,
    centre: Option<Point>,
) -> Result<Vec<Way>> {
    let Some(near) = centre else { return Ok(Vec::new()) };
    let plain =
        VacancyQuery { region: None, near: None, within_km: None, cursor: None, ..query.clone() };
    let nearest =
        VacancyQuery { near: Some(near), sort: Sort::Distance, limit: NEAREST, ..plain.clone() };
    let (asked, today) = (Arc::clone(index), app.today());
    let found = blocking(move || asked.list(&nearest, today)).await??;
    let ids: Vec<_> = found.hits.iter().map(|hit| hit.id).collect();
    let mut r = app.db().read().await?;
    let vacancies = store::vacancy::of_ids(&mut r, &actor.scope(), &ids).await?;
    drop(r);
    let mut places: Vec<Way> = Vec::new();
    for hit in &found.hits {
        let vacancy = vacancies.iter().find(|vacancy| vacancy.id == hit.id);
        let region = vacancy.and_then(|v| v.offer.place.region.parse::<Code>().ok());
        let Some((county, km)) = region.map(|region| region.at_level(3)).zip(hit.distance_km)
        else {
            continue;
        };
        let known = places.iter().any(|way| way.query.region.as_ref() == Some(&county));
        if !known && Some(&county) != query.region.as_ref() {
            let sort = if plain.sort == Sort::Distance { Sort::Fit } else { plain.sort };
            let query = VacancyQuery { region: Some(county.clone()), sort, ..plain.clone() };
            places.push(Way { change: Change::Place(county, km), query, count: 0 });
        }
        if places.len() == PLACES {
            break;
        }
    }
    count(app, index, places).await
}
