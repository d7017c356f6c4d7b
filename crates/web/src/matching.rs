//! Who fits a post, and why a post fits a person, in the words of whoever reads it.

pub mod api;
pub mod sentence;
pub mod unmatched;
pub mod way;
pub mod weight;

use app::{
    App,
    matching::{Candidate, Pair, Ranked, Ranking},
};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    middleware::from_fn,
    response::Html,
    routing::get,
};
use model::{
    Id,
    access::Actor,
    jobseeker::Jobseeker,
    matching::{BEST, Outcome, Part},
    vacancy::Vacancy,
};

use crate::{
    actor::Office,
    error::Result,
    exposure::{Asked, Ordered},
    frame::{Frame, page, wording::Wording},
    guard::private,
    vacancy::card::Card,
};
use sentence::{Reader, Sentence};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/vacancies/{id}/candidates", get(candidates))
        .route("/jobseekers/{jobseeker}/matches/{vacancy}", get(pair))
        .route("/matching/weights", get(weight::list).post(weight::add))
        .route("/matching/unmatched", get(unmatched::list).post(unmatched::survey))
        .route("/matching/unmatched.csv", get(unmatched::file))
        .layer(from_fn(private))
}

/// The most people that a list shows.
const LIMIT: usize = 20;

/// Sentences below an entry of a list; the page of the pair has them all.
const FEW: usize = 4;

/// A person without a name, in words.
#[derive(Clone, Debug)]
pub struct Somebody {
    pub id: Id<Jobseeker>,
    pub label: String,
    pub facts: Vec<String>,
}

impl Somebody {
    pub fn new(who: &Candidate, wording: Wording<'_>) -> Self {
        let lang = wording.lang;
        let experience = who.experience.map(|months| {
            if months == 0 {
                return text::t(lang, "jobseeker.experience_none", &[]);
            }
            let time = text::vacancy::months(lang, months);
            text::t(lang, "jobseeker.experience", &[("time", time.into())])
        });
        let facts = [
            Some(wording.occupation(&who.occupation)),
            Some(wording.region(&who.region)),
            who.education.map(|level| text::vacancy::education(lang, level)),
            experience,
        ];
        let label = [("label", who.label.as_str().into())];
        Self {
            id: who.id,
            label: text::t(lang, "matching.candidate", &label),
            facts: facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect(),
        }
    }
}

/// What speaks for and against one of a list, weightiest first, and the score last.
pub struct Verdict {
    pub score: i64,
    pub reasons: Vec<Sentence>,
}

impl Verdict {
    pub fn new<T>(ranked: &Ranked<T>, reader: Reader, wording: Wording<'_>) -> Self {
        let reasons = ranked.parts.iter().flat_map(|part| &part.reasons).take(FEW);
        let reasons = reasons.map(|reason| Sentence::new(reason, reader, wording)).collect();
        Self { score: percent(ranked.score, BEST), reasons }
    }
}

/// How many were left out for each reason, in words.
pub fn excluded<T>(ranking: &Ranking<T>, frame: &Frame) -> Vec<(String, String)> {
    let counts = ranking.excluded.iter();
    let words = counts.map(|(limit, count)| {
        let name = frame.t(&format!("matching.limit-{}", limit.code()));
        (name, text::number::whole(*count))
    });
    words.collect()
}

pub(crate) fn percent(points: i64, of: i64) -> i64 {
    (points * 100 + of / 2).checked_div(of).unwrap_or(0)
}

#[derive(Template)]
#[template(path = "matching/candidates.html")]
struct Candidates {
    frame: Frame,
    card: Card,
    people: Vec<(Somebody, Verdict)>,
    excluded: Vec<(String, String)>,
    order: Ordered,
}

async fn candidates(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let reference = app.reference().await?;
    let vacancy = store::vacancy::find(&mut app.db().read().await?, &actor.scope(), id).await?;
    let order = asked.order();
    let (ranking, changed) = app::exposure::candidates(&app, &actor, id, (LIMIT, order)).await?;
    let order = Ordered::new(&frame, "people", order, changed);
    let order = order.promising(&app, &frame, LIMIT).await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let people = ranking
        .items
        .iter()
        .map(|one| (Somebody::new(&one.what, wording), Verdict::new(one, Reader::Them, wording)));
    let (people, excluded) = (people.collect(), excluded(&ranking, &frame));
    page(&Candidates { card: Card::new(&vacancy, "", wording), people, excluded, order, frame })
}

#[derive(Template)]
#[template(path = "matching/pair.html")]
struct Why {
    frame: Frame,
    card: Card,
    person: Somebody,
    /// What makes it impossible; then there is no score.
    limits: Vec<Sentence>,
    fits: Vec<Sentence>,
    lacks: Vec<Sentence>,
    unknown: Vec<Sentence>,
    /// What would open more posts, as far as this one asks for it.
    ways: way::Said,
    score: i64,
    parts: Vec<Row>,
    version: i64,
}

/// One part of the score.
struct Row {
    name: String,
    points: i64,
    of: i64,
}

async fn pair(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(pair): Path<(Id<Jobseeker>, Id<Vacancy>)>,
) -> Result<Html<String>> {
    why(&app, &actor, frame, pair).await
}

/// Why a post fits somebody, or does not: for the office, and for the person.
pub(crate) async fn why(
    app: &App,
    actor: &Actor,
    frame: Frame,
    (jobseeker, vacancy): (Id<Jobseeker>, Id<Vacancy>),
) -> Result<Html<String>> {
    let reference = app.reference().await?;
    let pair = app::matching::pair(app, actor, jobseeker, vacancy).await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let mut ways = app::matching::unmatched::ways(app, actor, jobseeker).await?;
    let asked = &pair.offered.vacancy.offer.skills;
    ways.ways.retain(|way| way.skill().is_some_and(|skill| asked.iter().any(|n| n.code == skill)));
    // of this post only what it asks for is said
    ways.untold = false;
    let ways = way::Said::new(&ways, Reader::You, wording);
    page(&Why::new(frame, &pair, ways, wording))
}

impl Why {
    fn new(frame: Frame, pair: &Pair, ways: way::Said, wording: Wording<'_>) -> Self {
        let say = |reason: &_| Sentence::new(reason, Reader::You, wording);
        let mut why = Self {
            card: Card::new(&pair.offered.vacancy, &pair.offered.employer.details.name, wording),
            person: Somebody::new(&pair.candidate, wording),
            limits: vec![],
            fits: vec![],
            lacks: vec![],
            unknown: vec![],
            ways,
            version: pair.version,
            score: 0,
            parts: vec![],
            frame,
        };
        match &pair.outcome {
            Outcome::Excluded { reasons, .. } => why.limits = reasons.iter().map(say).collect(),
            Outcome::Score { total, parts, unknown } => {
                let told = parts.iter().flat_map(|part| &part.reasons).map(say);
                (why.fits, why.lacks) = told.partition(Sentence::fits);
                why.unknown = unknown.iter().map(say).collect();
                why.score = percent(*total, BEST);
                why.parts = parts.iter().map(|part| Row::new(part, &why.frame)).collect();
            }
        }
        why
    }
}

impl Row {
    fn new(part: &Part, frame: &Frame) -> Self {
        let name = frame.t(&format!("matching.part-{}", part.kind.code()));
        Self { name, points: percent(part.points, BEST), of: percent(part.of, BEST) }
    }
}
