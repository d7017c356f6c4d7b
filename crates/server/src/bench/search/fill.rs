//! The rows: made once, and written into the tables and into both other engines side by side.

use std::{sync::Arc, time::Instant};

use app::{App, vacancy::index::told};
use model::{reference::Reference, vacancy::Vacancy};
use search::{Entry, Index};
use store::{
    Db, Deed,
    bench::{COLUMNS, Document, Peer},
    employer::Known,
};
use tokio::{sync::mpsc, task::spawn_blocking};

use super::question::day;
use crate::{Outcome, bench::world::World};

/// Rows made and written at once.
const BATCH: usize = 5_000;

/// Rows on their way into all engines.
struct Batch {
    vacancies: Vec<Vacancy>,
    documents: Vec<Document>,
}

/// Fills the tables and the peers with `count` vacancies, and lets the peers make their indexes.
pub(super) async fn all(
    app: &App,
    world: &Arc<World>,
    count: usize,
    peers: Vec<Peer>,
) -> Outcome<Vec<Peer>> {
    employers(app.db(), world).await?;
    let (own, mut rows) = mpsc::channel::<Arc<Batch>>(2);
    let db = app.db().clone();
    let ours = tokio::spawn(async move {
        while let Some(batch) = rows.recv().await {
            vacancies(&db, &batch.vacancies).await?;
        }
        Ok::<_, store::Error>(())
    });
    let (mut sinks, mut theirs) = (vec![own], Vec::new());
    for mut peer in peers {
        let (sink, mut rows) = mpsc::channel::<Arc<Batch>>(2);
        sinks.push(sink);
        theirs.push(tokio::spawn(async move {
            while let Some(batch) = rows.recv().await {
                peer.fill(&batch.documents).await?;
            }
            peer.finish().await?;
            Ok::<_, store::Error>(peer)
        }));
    }
    let began = Instant::now();
    let (index, reference) = (app.index().await?, app.reference().await?);
    for first in (0..count).step_by(BATCH) {
        let (world, index, reference) = (world.clone(), index.clone(), reference.clone());
        let range = first..count.min(first + BATCH);
        let made = spawn_blocking(move || Batch::new(&world, &index, &reference, range)).await?;
        let batch = Arc::new(made);
        for sink in &sinks {
            sink.send(batch.clone()).await?;
        }
    }
    drop(sinks);
    ours.await??;
    let mut peers = Vec::new();
    for peer in theirs {
        peers.push(peer.await??);
    }
    tracing::info!(seconds = began.elapsed().as_secs(), "all rows are there");
    Ok(peers)
}

impl Batch {
    fn new(
        world: &World,
        index: &Index,
        reference: &Reference,
        range: std::ops::Range<usize>,
    ) -> Self {
        let vacancies: Vec<_> = range.clone().map(|n| world.vacancy(n)).collect();
        let document = |(n, vacancy): (usize, &Vacancy)| {
            let employer = world.employer_name(vacancy.employer);
            let (occupation, place) = told(reference, vacancy);
            let entry = Entry {
                vacancy,
                employer: &employer,
                occupation: &occupation,
                place: &place,
                answered: None,
            };
            document(n, vacancy, &index.tokens(&entry), world)
        };
        let documents = range.zip(&vacancies).map(document).collect();
        Self { vacancies, documents }
    }
}

fn document(n: usize, vacancy: &Vacancy, tokens: &str, world: &World) -> Document {
    let offer = &vacancy.offer;
    let mut kept: Vec<(String, usize)> = Vec::new();
    for token in tokens.split(' ').filter(|token| !token.is_empty()) {
        match kept.last_mut() {
            Some((last, count)) if last == token => *count += 1,
            _ => kept.push((token.to_owned(), 1)),
        }
    }
    // a token of the title stands there five times
    let tokens = kept.into_iter().map(|(token, count)| (token, count == 5)).collect();
    let digits = |text: &str, most: usize| -> i64 {
        let digits: String = text.chars().filter(char::is_ascii_digit).take(most).collect();
        digits.parse().unwrap_or(0)
    };
    let pay = offer.pay_to.unwrap_or(-1);
    let posted = offer.posted_on.map_or(0, day);
    let mut numbers = [0; COLUMNS.len()];
    let values = [
        digits(&offer.place.region, 4),
        digits(&offer.place.region, 6),
        digits(&offer.occupation, 3),
        offer.education.map_or(0, model::education::Education::step),
        offer.experience_min.unwrap_or(0),
        offer.form.map_or(0, |form| 1 + i64::from(form != model::vacancy::Form::FullTime)),
        pay,
        pay / 250_000,
        posted,
        (day(world.today) - posted).min(31),
        i64::try_from(offer.benefits.len()).unwrap_or_default(),
        offer.expires_on.map_or(i64::from(i32::MAX), day),
    ];
    numbers.iter_mut().zip(values).for_each(|(place, value)| *place = value);
    Document {
        id: i64::try_from(n).unwrap_or_default(),
        tokens,
        numbers,
        longitude: offer.place.longitude.unwrap_or_default(),
        latitude: offer.place.latitude.unwrap_or_default(),
    }
}

fn deed() -> Deed {
    Deed { name: "event.follow", actor: "bench".into(), at: chrono::DateTime::UNIX_EPOCH }
}

async fn employers(db: &Db, world: &World) -> Outcome<()> {
    let numbers: Vec<usize> = (0..world.firms).collect();
    for part in numbers.chunks(BATCH) {
        let known = |&n: &usize| {
            let employer = world.employer(n);
            Known { name_key: employer.details.name.clone(), employer }
        };
        let rows: Vec<_> = part.iter().map(known).collect();
        let mut w = db.write(deed()).await?;
        store::employer::add(&mut w, &rows).await?;
        w.commit().await?;
    }
    Ok(())
}

async fn vacancies(db: &Db, rows: &[Vacancy]) -> store::Result<()> {
    let mut w = db.write(deed()).await?;
    store::vacancy::add(&mut w, rows).await?;
    w.commit().await
}
