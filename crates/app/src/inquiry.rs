//! Counting what people look for. A page only notes it in memory; a task writes the counts, once
//! words that may be somebody's have been left out.

use std::{
    collections::{BTreeMap, HashMap},
    mem,
    sync::Mutex,
    time::Duration,
};

use chrono::{Days, NaiveDate};
use model::{
    Refusal,
    access::Actor,
    inquiry::{Inquiry, LONGEST, Span, kept},
    reference::Reference,
    region::{Code, Region},
    vacancy::query::{Point, VacancyQuery},
};

use search::Index;

use crate::{App, Result, blocking, deed, vacancy};

/// Questions noted and not written yet, each once with how often it was asked and missed.
pub(crate) type Noted = Mutex<Counted>;

/// How often each was asked and missed.
type Counted = HashMap<Asked, (i64, i64)>;

/// The most that is held: what comes after that is not counted.
const MOST: usize = 10_000;
const PAUSE: Duration = Duration::from_secs(15);
/// A guess at the occupation that is less sure than this is none.
const SURE: i64 = 60;

/// One question as it is held in memory: nothing of who asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    day: NaiveDate,
    region: Option<Code>,
    /// Tenths of degrees: the county is found later.
    near: Option<(i64, i64)>,
    occupation: Option<String>,
    words: String,
}

/// Notes a question and whether it found anything; never waits, never fails. Further pages of an
/// answer are the same question.
pub fn note(app: &App, query: &VacancyQuery, total: u64) {
    if query.cursor.is_some() || (query.words.is_empty() && total > 0) {
        return;
    }
    #[expect(clippy::cast_possible_truncation, reason = "degrees on earth are small numbers")]
    let tenths = |degrees: f64| (degrees * 10.0).round() as i64;
    let asked = Asked {
        day: app.today(),
        region: query.region.clone(),
        near: query.near.map(|point| (tenths(point.latitude), tenths(point.longitude))),
        occupation: query.occupation.clone(),
        words: query.words.clone(),
    };
    let Ok(mut noted) = app.0.inquiries.lock() else { return };
    if noted.len() < MOST || noted.contains_key(&asked) {
        let (times, missed) = noted.entry(asked).or_default();
        *times += 1;
        *missed += i64::from(total == 0);
    }
}

/// Writes what was noted, again and again, for as long as the program runs.
pub async fn follow(app: &App) {
    let mut settled = None;
    loop {
        tokio::time::sleep(PAUSE).await;
        let outcome = async {
            write(app).await?;
            if settled != Some(app.today()) {
                settle(app).await?;
                settled = Some(app.today());
            }
            Ok::<_, crate::Error>(())
        };
        if let Err(error) = outcome.await {
            tracing::warn!(%error, cause = ?error, "what people look for is not counted");
        }
    }
}

/// Writes what was noted so far, in one deed. What cannot be written is kept for the next time.
pub async fn write(app: &App) -> Result<()> {
    let (reference, index) = (app.reference().await?, app.index().await?);
    let noted = app.0.inquiries.lock().map(|mut noted| mem::take(&mut *noted)).unwrap_or_default();
    if noted.is_empty() {
        return Ok(());
    }
    let (program, at) = (Actor::program("inquiry"), app.clone());
    let counted = blocking(move || (rows(&at, &reference, &index, &noted), noted));
    let (rows, noted) = counted.await?;
    let done: Result<()> =
        deed!(app, &program, "inquiry.note", |w| Ok(store::inquiry::add(w, &rows).await?));
    if done.is_err()
        && let Ok(mut held) = app.0.inquiries.lock()
    {
        for (asked, (times, missed)) in noted {
            let sum = held.entry(asked).or_default();
            *sum = (sum.0 + times, sum.1 + missed);
        }
    }
    done
}

/// The rows to be added, in the order of their keys: so no two writers wait for each other.
fn rows(app: &App, reference: &Reference, index: &Index, noted: &Counted) -> Vec<Inquiry> {
    let counties = counties(reference);
    let mut rows: BTreeMap<(NaiveDate, String, String, String), (i64, i64)> = BTreeMap::new();
    for (asked, (times, missed)) in noted {
        let words = index.words(&asked.words);
        let known = |word: &str| vacancy::suggest::knows(app, word);
        let region = asked.region.as_ref().map(|code| code.at_level(3).to_string());
        let region = region.or_else(|| nearest(&counties, asked.near?));
        let guess = || reference.occupations.classify(&asked.words, 1).into_iter().next();
        let guess = || guess().filter(|guess| guess.confidence >= SURE).map(|guess| guess.code);
        let key = (
            asked.day,
            region.unwrap_or_default(),
            asked.occupation.clone().or_else(guess).unwrap_or_default(),
            kept(&asked.words, &words, known),
        );
        let sum = rows.entry(key).or_default();
        *sum = (sum.0 + times, sum.1 + missed);
    }
    let row = |((day, region, occupation, words), (asked, missed))| Inquiry {
        day,
        region,
        occupation,
        words,
        asked,
        missed,
    };
    rows.into_iter().map(row).collect()
}

/// The counties and where they lie.
fn counties(reference: &Reference) -> Vec<(String, Point)> {
    let mut counties = Vec::new();
    let mut nodes: Vec<&Region> = reference.places.children("");
    while let Some(node) = nodes.pop() {
        if node.level < 3 {
            nodes.extend(reference.places.children(&node.code));
        } else if let (Some(latitude), Some(longitude)) = (node.latitude, node.longitude) {
            counties.push((node.code.clone(), Point { latitude, longitude }));
        }
    }
    counties
}

fn nearest(counties: &[(String, Point)], near: (i64, i64)) -> Option<String> {
    #[expect(clippy::cast_precision_loss, reason = "tenths of degrees have 4 digits")]
    let degrees = |tenths: i64| tenths as f64 / 10.0;
    let here = Point { latitude: degrees(near.0), longitude: degrees(near.1) };
    let far = |at: &Point| here.metres(*at);
    let nearest = counties.iter().min_by(|(_, a), (_, b)| far(a).total_cmp(&far(b)));
    nearest.map(|(code, _)| code.clone())
}

/// How many must have asked for words before they are shown, and for how many days rare ones are
/// kept; where nothing is laid down no words are shown.
pub async fn terms(app: &App) -> Result<(i64, u64)> {
    let reference = app.reference().await?;
    let value = |key: &str| reference.terms.find(key, "").map(|term| term.value);
    #[expect(clippy::cast_possible_truncation, reason = "small counts")]
    let whole = |value: f64| value.round() as i64;
    let least = value("inquiry_words_least").map_or(i64::MAX, whole);
    let days = value("inquiry_words_kept").map_or(0, whole);
    Ok((least, days.unsigned_abs()))
}

/// Forgets the words that few have asked for.
pub async fn settle(app: &App) -> Result<()> {
    let (least, days) = terms(app).await?;
    let Some(before) = app.today().checked_sub_days(Days::new(days)) else { return Ok(()) };
    let program = Actor::program("inquiry");
    deed!(app, &program, "inquiry.settle", |w| {
        store::inquiry::forget_words(w, before, least).await?;
        Ok(())
    })
}

/// What was looked for in a span, one row for each day, place, work and words.
pub async fn of_span(app: &App, actor: &Actor, span: &Span) -> Result<Vec<Inquiry>> {
    let asked = VacancyQuery {
        region: span.region.clone(),
        occupation: span.occupation.clone(),
        ..VacancyQuery::default()
    };
    vacancy::check(&*app.reference().await?, &asked)?;
    let days = (span.to - span.from).num_days();
    if days < 0 {
        return Err(Refusal::new("inquiry.span_turned").field("from").into());
    }
    if days >= LONGEST {
        let refusal = Refusal::new("inquiry.span_too_long").field("from");
        return Err(refusal.arg("most", LONGEST.to_string()).into());
    }
    let (least, _) = terms(app).await?;
    Ok(store::inquiry::of_span(&mut app.db().read().await?, &actor.scope(), span, least).await?)
}
