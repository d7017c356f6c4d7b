//! People who look for work, as the office sees them without opening their files: no names.

pub mod api;
mod cv;
mod dossier;
mod field;
mod form;
mod link;
pub(crate) mod mine;

use app::{App, matching::Candidate};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    middleware::from_fn,
    response::Html,
    routing::{get, post},
};
use model::{
    Id,
    access::Actor,
    exposure::Order,
    jobseeker::{Identity, Jobseeker, Profile, Wish, citizen_number},
};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::Result,
    exposure::{Asked, Ordered},
    frame::{Frame, page, wording::Wording},
    guard::private,
    matching::{Somebody, Verdict, excluded, sentence::Reader, way},
    vacancy::card::{Card, Fact},
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/jobseekers", get(list).post(form::create))
        .route("/jobseekers/new", get(form::new))
        .route("/jobseekers/check", post(form::check))
        .route("/jobseekers/duplicates", get(link::list))
        .route("/jobseekers/{id}/link", post(link::decide))
        .route("/jobseekers/{id}/edit", get(form::edit).post(form::update))
        .route("/jobseekers/{id}", get(show))
        .route("/jobseekers/{id}/profile", get(dossier::show).post(dossier::keep))
        .route("/jobseekers/{id}/categories", post(dossier::categorise))
        .route("/jobseekers/{id}/cv", get(cv::show))
        .route("/me", get(mine::show))
        .route("/me/profile", get(dossier::mine).post(dossier::keep_mine))
        .route("/me/cv", get(cv::mine))
        .route("/me/new", get(mine::new))
        .route("/me/new/{step}", post(mine::answer))
        .route("/me/edit", get(mine::edit).post(mine::update))
        .route("/me/matches/{vacancy}", get(mine::pair))
        .route("/jobseekers/{id}/open", post(open))
        .layer(from_fn(private))
}

/// People, or posts, on one page.
const LIMIT: usize = 20;

#[derive(Deserialize)]
struct After {
    /// The last person of the page before.
    after: Option<Id<Jobseeker>>,
}

#[derive(Template)]
#[template(path = "jobseeker/list.html")]
struct List {
    frame: Frame,
    total: u64,
    /// Pairs of records that have to be decided.
    open: u64,
    people: Vec<Somebody>,
    next: Option<String>,
}

async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(After { after }): Query<After>,
) -> Result<Html<String>> {
    let (reference, scope) = (app.reference().await?, actor.scope());
    let mut r = app.db().read().await?;
    let total = store::jobseeker::count(&mut r, &scope).await?;
    let found = store::jobseeker::page(&mut r, &scope, after, LIMIT).await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let people = found.items.iter().map(|one| Somebody::new(&Candidate::of(one), wording));
    let (people, total) = (people.collect(), u64::try_from(total).unwrap_or(0));
    let open = store::jobseeker::link::open(&mut r, &scope).await?;
    let open = u64::try_from(open).unwrap_or(0);
    page(&List { frame, total, open, people, next: found.next })
}

#[derive(Template)]
#[template(path = "jobseeker/show.html")]
struct Show {
    frame: Frame,
    person: Somebody,
    /// What has just been done.
    done: Option<&'static str>,
    /// Other records that are, or may be, this person's.
    links: Vec<link::Pair>,
    /// Name, number and telephone, once they were opened.
    opened: Vec<Fact>,
    sheet: Vec<Fact>,
    matches: Vec<(Card, Verdict)>,
    /// What would open more posts.
    ways: way::Said,
    excluded: Vec<(String, String)>,
    order: Ordered,
}

async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
    Query(asked): Query<Asked>,
    Query(Done { done }): Query<Done>,
) -> Result<Html<String>> {
    let done = ["registered", "changed", "linked"].into_iter().find(|one| *one == done);
    page(&Show { done, ..Show::new(&app, &actor, frame, (id, asked.order())).await? })
}

/// What has just been done, said once.
#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

/// The same page with what is sealed. A post, because it leaves a trace.
async fn open(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
) -> Result<Html<String>> {
    let identity = app::jobseeker::open(&app, &actor, id).await?;
    let opened = opened(&identity, &frame);
    page(&Show { opened, ..Show::new(&app, &actor, frame, (id, Order::Fair)).await? })
}

impl Show {
    async fn new(
        app: &App,
        actor: &Actor,
        frame: Frame,
        (id, order): (Id<Jobseeker>, Order),
    ) -> Result<Self> {
        let (reference, scope) = (app.reference().await?, actor.scope());
        let jobseeker = store::jobseeker::find(&mut app.db().read().await?, &scope, id).await?;
        let (ranking, changed) = app::exposure::matches(app, actor, id, (LIMIT, order)).await?;
        let order = Ordered::new(&frame, "posts", order, changed);
        let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
        let matches = ranking.items.iter().map(|one| {
            let card = Card::new(&one.what.vacancy, &one.what.employer.details.name, wording);
            (card, Verdict::new(one, Reader::You, wording))
        });
        let (matches, excluded) = (matches.collect(), excluded(&ranking, &frame));
        let person = Somebody::new(&Candidate::of(&jobseeker), wording);
        let sheet = facts(&jobseeker.profile, wording);
        let links = link::of(app, actor, &frame, id).await?;
        let found = app::matching::unmatched::ways(app, actor, id).await?;
        let ways = way::Said::new(&found, Reader::You, wording);
        Ok(Self {
            opened: Vec::new(),
            done: None,
            links,
            sheet,
            person,
            matches,
            ways,
            excluded,
            order,
            frame,
        })
    }
}

/// Of the number only as much as tells two people apart at the window.
fn opened(identity: &Identity, frame: &Frame) -> Vec<Fact> {
    let number = citizen_number::masked(&identity.number);
    let all = [("name", &identity.name), ("number", &number), ("phone", &identity.phone)];
    let known = all.into_iter().filter(|(_, value)| !value.is_empty());
    let fact = |(key, value): (&str, &String)| {
        let name = frame.t(&format!("jobseeker.{key}"));
        Fact { name, value: value.clone(), note: String::new() }
    };
    known.map(fact).collect()
}

/// What the person can do and wants, as registered.
fn facts(profile: &Profile, wording: Wording<'_>) -> Vec<Fact> {
    let (lang, wish) = (wording.lang, &profile.wish);
    let joint = text::t(lang, "frame.and", &[]);
    let join = |words: Vec<String>| words.join(&joint);
    let trades = join(wish.occupations.iter().map(|code| wording.occupation(code)).collect());
    let all = [
        ("wish", if trades.is_empty() { wish.text.clone() } else { trades }),
        ("skills", join(profile.skills.iter().map(|code| wording.skill(code)).collect())),
        ("place", wording.region(&profile.place.region)),
        ("reach", reach(wish, wording)),
        ("pay", wish.pay_from.map(|cents| text::wage::floor(lang, cents)).unwrap_or_default()),
        ("form", join(wish.forms.iter().map(|form| text::vacancy::form(lang, *form)).collect())),
        (
            "education",
            profile.education.map(|e| text::vacancy::education(lang, e)).unwrap_or_default(),
        ),
        (
            "experience_name",
            profile.experience.map(|m| text::vacancy::months(lang, m)).unwrap_or_default(),
        ),
    ];
    let known = all.into_iter().filter(|(_, value)| !value.is_empty());
    let fact = |(key, value)| {
        let name = text::t(lang, &format!("jobseeker.{key}"), &[]);
        Fact { name, value, note: String::new() }
    };
    known.map(fact).collect()
}

/// The facts with skills in the person's own words, where there are such.
fn told(mut facts: Vec<Fact>, said: &str, frame: &Frame) -> Vec<Fact> {
    let name = frame.t("jobseeker.skills");
    if said.is_empty() {
        return facts;
    }
    let (value, note) = (said.to_owned(), String::new());
    match facts.iter_mut().find(|fact| fact.name == name) {
        Some(fact) => fact.value = value,
        None => facts.push(Fact { name, value, note }),
    }
    facts
}

/// Where the person would go.
fn reach(wish: &Wish, wording: Wording<'_>) -> String {
    let lang = wording.lang;
    let mut places: Vec<_> = wish.regions.iter().map(|code| wording.region(code)).collect();
    places.extend(wish.reach_km.map(|km| text::t(lang, "search.within", &[("km", km.into())])));
    if wish.anywhere {
        places.push(text::t(lang, "jobseeker.anywhere", &[]));
    }
    places.join(&text::t(lang, "frame.and", &[]))
}
