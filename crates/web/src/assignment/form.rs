//! The form of a new assignment: posts are looked for and added one after the other, without script.

use app::{App, assignment::Asked};
use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use model::{
    Id, Refusal,
    access::Actor,
    assignment::{Seats, Way},
    vacancy::{Vacancy, query::VacancyQuery},
};

use crate::{
    actor::Office,
    error::Result,
    frame::{Fault, Frame, again, page, wording::Wording},
    vacancy::card::Card,
};

/// Names and values as they came, in their order: a post's seats follow the post.
type Pairs = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "assignment/new.html")]
struct New {
    frame: Frame,
    asked: Asked,
    posts: Vec<(Card, usize)>,
    words: String,
    found: Vec<Card>,
    fault: Option<Fault>,
}

/// How many posts a search shows.
const FOUND: usize = 20;

pub(super) async fn new(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(pairs): Query<Pairs>,
) -> Result<Html<String>> {
    form(&app, &actor, frame, (&pairs, None)).await
}

pub(super) async fn create(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(pairs): Form<Pairs>,
) -> Result<Response> {
    let made = match read(&pairs) {
        Ok(asked) => app::assignment::make(&app, &actor, &asked).await,
        Err(refusal) => Err(refusal.into()),
    };
    match made {
        Ok(made) => Ok(Redirect::to(&format!("/assignments/{}", made.id)).into_response()),
        // what was typed stands there still
        Err(error) => {
            let fault = Fault::of(&frame, error)?;
            Ok(again(form(&app, &actor, frame, (&pairs, Some(fault))).await?))
        }
    }
}

async fn form(
    app: &App,
    actor: &Actor,
    frame: Frame,
    (pairs, fault): (&Pairs, Option<Fault>),
) -> Result<Html<String>> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let value = |name: &str| {
        let found = pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let (asked, words) = (loosely(pairs, &value), value("q"));
    let ids: Vec<_> = asked.posts.iter().map(|post| post.vacancy).collect();
    let mut r = app.db().read().await?;
    let vacancies = store::vacancy::of_ids(&mut r, &actor.scope(), &ids).await?;
    drop(r);
    let posts = asked.posts.iter().filter_map(|post| {
        let vacancy: &Vacancy = vacancies.iter().find(|one| one.id == post.vacancy)?;
        let wanted = vacancy.offer.headcount.and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
        let seats = if post.seats == usize::MAX { wanted } else { post.seats };
        Some((Card::new(vacancy, "", wording), seats))
    });
    let posts = posts.collect();
    let found = if words.is_empty() {
        vec![]
    } else {
        let query = VacancyQuery { words: words.clone(), limit: FOUND, ..VacancyQuery::default() };
        let found = app::vacancy::list(app, actor, &query).await?.items;
        let new = found.iter().filter(|hit| !ids.contains(&hit.vacancy.id));
        new.map(|hit| Card::of_hit(hit, wording)).collect()
    };
    page(&New { frame, asked, posts, words, found, fault })
}

/// What was typed, as far as it can be understood, for the form to show again.
fn loosely(pairs: &Pairs, value: &dyn Fn(&str) -> String) -> Asked {
    let mut posts: Vec<Seats> = vec![];
    for (name, value) in pairs {
        match name.as_str() {
            "vacancy" => {
                let id = value.trim().parse::<Id<Vacancy>>();
                let known = |id| posts.iter().any(|post| post.vacancy == id);
                if let Some(vacancy) = id.ok().filter(|id| !known(*id)) {
                    posts.push(Seats { vacancy, seats: usize::MAX });
                }
            }
            "seats" => {
                if let (Some(post), Ok(seats)) = (posts.last_mut(), value.trim().parse()) {
                    post.seats = seats;
                }
            }
            _ => {}
        }
    }
    Asked {
        title: value("title"),
        way: value("way").parse().unwrap_or(Way::Stable),
        each: value("each").parse().unwrap_or(1),
        posts,
        quotas: value("quotas"),
        people: value("people"),
    }
}

/// What was typed; whatever is no number or no such thing is refused at its field.
fn read(pairs: &Pairs) -> Result<Asked, Refusal> {
    let number = |field: &'static str, value: &str| {
        let number = value.trim().parse::<usize>().ok().filter(|n| *n <= 1_000_000);
        number.ok_or_else(|| Refusal::new("assignment.number").field(field).arg("value", value))
    };
    let mut asked = Asked {
        title: String::new(),
        way: Way::Stable,
        each: 1,
        posts: vec![],
        quotas: String::new(),
        people: String::new(),
    };
    for (name, value) in pairs {
        match name.as_str() {
            "title" => value.trim().clone_into(&mut asked.title),
            "way" => asked.way = value.parse()?,
            "each" => asked.each = number("each", value)?,
            "vacancy" => asked.posts.push(Seats { vacancy: value.trim().parse()?, seats: 0 }),
            "seats" => {
                if let Some(post) = asked.posts.last_mut() {
                    post.seats = number("seats", value)?;
                }
            }
            "quotas" => asked.quotas.clone_from(value),
            "people" => asked.people.clone_from(value),
            _ => {}
        }
    }
    asked.posts.retain(|post| post.seats > 0);
    Ok(asked)
}
