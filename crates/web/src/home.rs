//! The first page: search, places and trades with their counts, the newest posts.

use app::App;
use askama::Template;
use axum::{Router, extract::State, response::Html, routing::get};
use model::{
    access::Actor,
    region::Code,
    vacancy::query::{Count, Hit, Results, Sort, VacancyQuery},
};

use crate::{
    actor::Asker,
    error::Result,
    frame::{Frame, page, wording::Wording},
    vacancy::{
        card::Card,
        filter::{Choice, Filters},
    },
};

pub fn routes() -> Router<App> {
    Router::new().route("/", get(show))
}

#[derive(Template)]
#[template(path = "home/show.html")]
struct Show {
    frame: Frame,
    total: u64,
    kept: Vec<(&'static str, String)>,
    places: Vec<Choice>,
    trades: Vec<Choice>,
    cards: Vec<Card>,
    /// The search answers.
    ready: bool,
}

async fn show(State(app): State<App>, Asker(actor): Asker, frame: Frame) -> Result<Html<String>> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let filters = Filters::new(&VacancyQuery::default(), wording);
    let front = match Front::of(&app, &actor).await {
        // while the index is made for the first time there is nothing to count in
        Err(app::Error::Unready(_)) => Front::default(),
        front => front?,
    };
    page(&Show {
        frame,
        total: front.total,
        kept: Vec::new(),
        places: filters.choices("region", &front.places, ToString::to_string),
        trades: filters.choices("occupation", &named(front.trades, wording), Clone::clone),
        cards: front.newest.iter().map(|hit| Card::of_hit(hit, wording)).collect(),
        ready: front.ready,
    })
}

/// What the index has for this page.
#[derive(Default)]
struct Front {
    ready: bool,
    total: u64,
    places: Vec<Count<Code>>,
    trades: Vec<Count<String>>,
    newest: Vec<Hit>,
}

impl Front {
    async fn of(app: &App, actor: &Actor) -> app::Result<Self> {
        let query = VacancyQuery { sort: Sort::New, limit: 6, ..VacancyQuery::default() };
        let results = app::vacancy::search(app, actor, &query).await?;
        let places = places(app, actor, &results).await?;
        let trades = app::vacancy::trades(app, TRADES).await?;
        let Results { total, items: newest, .. } = results;
        Ok(Self { ready: true, total, places, trades, newest })
    }
}

/// Occupations to look at, and to offer.
const TRADES: usize = 20;
const OFFERED: usize = 12;

/// Steps down the tree: from the whole country to the counties of one city.
const STEPS: usize = 2;

/// The places to offer: as long as nearly everything lies in one of them, what lies in that one.
async fn places(app: &App, actor: &Actor, results: &Results) -> app::Result<Vec<Count<Code>>> {
    let mut places = results.facets.region.clone();
    for _ in 0..STEPS {
        let Some(largest) = places.iter().max_by_key(|place| place.count) else { break };
        if largest.count * 10 < results.total * 6 || largest.value.level() > 2 {
            break;
        }
        let region = Some(largest.value.clone());
        let inside = VacancyQuery { region, limit: 1, ..VacancyQuery::default() };
        let below = app::vacancy::search(app, actor, &inside).await?.facets.region;
        if below.is_empty() {
            break;
        }
        places = below;
    }
    Ok(places)
}

/// The first that have a name somebody would look for: "others of …" is not one.
fn named(trades: Vec<Count<String>>, wording: Wording<'_>) -> Vec<Count<String>> {
    let named = |trade: &Count<String>| !wording.occupation(&trade.value).starts_with("其他");
    trades.into_iter().filter(named).take(OFFERED).collect()
}
