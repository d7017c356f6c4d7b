//! The one box: a number, a telephone, a name with a date of birth, a letter, or words of a vacancy;
//! then the person with the posts that fit, several ticked, a letter each.

use app::{App, matching::Candidate};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use model::{
    Id, access::Actor, exposure::Order, jobseeker::Jobseeker, look::What,
    vacancy::query::VacancyQuery, workbench::Sought,
};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::Result,
    exposure::Ordered,
    frame::{Frame, page, wording::Wording},
    matching::{Somebody, Verdict, sentence::Reader, way},
    vacancy::card::Card,
};

/// Posts for a person, and vacancies for words.
const LIMIT: usize = 20;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    /// A person of the list.
    person: Option<Id<Jobseeker>>,
    /// Of the posts that fit.
    order: Option<Order>,
}

#[derive(Template)]
#[template(path = "workbench/counter.html")]
struct Counter {
    frame: Frame,
    q: String,
    /// Several who may be meant.
    people: Vec<Somebody>,
    /// The one, with what fits.
    person: Option<(Somebody, Fitting)>,
    /// Vacancies that the words found.
    cards: Vec<Card>,
    /// Something was asked for, and nothing is there.
    nothing: bool,
}

pub(super) async fn counter(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Asked { q, person, order }): Query<Asked>,
) -> Result<Response> {
    let sought = Sought::read(&q, app.today());
    if let Sought::Letter(number) = &sought {
        let mut r = app.db().read().await?;
        let scope = actor.scope();
        if let Some(one) = store::application::letter::of_number(&mut r, &scope, number).await? {
            return Ok(Redirect::to(&format!("/applications/{}", one.id)).into_response());
        }
    }
    let order = order.unwrap_or(Order::Fair);
    Ok(shown(&app, &actor, frame, (q, sought, person, order)).await?.into_response())
}

async fn shown(
    app: &App,
    actor: &Actor,
    frame: Frame,
    (q, sought, person, order): (String, Sought, Option<Id<Jobseeker>>, Order),
) -> Result<Html<String>> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let somebody = |one: &Jobseeker| Somebody::new(&Candidate::of(one), wording);
    let asked = person.is_some() || sought != Sought::Nothing;
    let found = match person {
        Some(id) => {
            let mut r = app.db().read().await?;
            vec![store::jobseeker::find(&mut r, &actor.scope(), id).await?]
        }
        None => app::workbench::people(app, actor, &sought).await?,
    };
    let (mut people, mut one, mut cards) = (vec![], None, vec![]);
    match (found.as_slice(), &sought) {
        ([single], _) => {
            app::look::note(app, actor, &[single.id], What::Matching, "").await?;
            let fitting = Fitting::of(app, actor, &frame, (single.id, order)).await?;
            one = Some((somebody(single), fitting));
        }
        ([], Sought::Words(words)) => cards = vacancies(app, actor, words, wording).await?,
        (several, _) => people = several.iter().map(somebody).collect(),
    }
    let nothing = asked && one.is_none() && people.is_empty() && cards.is_empty();
    page(&Counter { q, people, person: one, cards, nothing, frame })
}

/// What fits somebody, and what would open more.
struct Fitting {
    matches: Vec<(Card, Verdict)>,
    order: Ordered,
    ways: way::Said,
}

impl Fitting {
    async fn of(
        app: &App,
        actor: &Actor,
        frame: &Frame,
        (id, order): (Id<Jobseeker>, Order),
    ) -> Result<Self> {
        let reference = app.reference().await?;
        let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
        let (ranking, changed) = app::exposure::matches(app, actor, id, (LIMIT, order)).await?;
        let line = |one: &app::matching::Ranked<app::matching::Offered>| {
            let card = Card::new(&one.what.vacancy, &one.what.employer.details.name, wording);
            (card, Verdict::new(one, Reader::Them, wording))
        };
        let matches = ranking.items.iter().map(line).collect();
        let ways = app::matching::unmatched::ways(app, actor, id).await?;
        let ways = way::Said::new(&ways, Reader::Them, wording);
        let mut ordered = Ordered::new(frame, "posts", order, changed);
        // the list is of this person, by whatever the box found them
        let plain = if order == Order::Fair { "&order=plain" } else { "" };
        ordered.link = format!("/counter?person={id}{plain}");
        Ok(Self { matches, order: ordered, ways })
    }
}

async fn vacancies(
    app: &App,
    actor: &Actor,
    words: &str,
    wording: Wording<'_>,
) -> Result<Vec<Card>> {
    let words: String = words.chars().take(VacancyQuery::LONGEST).collect();
    let query = VacancyQuery { words, limit: LIMIT, ..VacancyQuery::default() };
    let found = app::vacancy::list(app, actor, &query).await?.items;
    Ok(found.iter().map(|hit| Card::of_hit(hit, wording)).collect())
}
