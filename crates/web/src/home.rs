//! The first page: search, places and trades with their counts, the newest posts.

use app::App;
use askama::Template;
use axum::{Router, extract::State, response::Html, routing::get};
use model::vacancy::query::{Results, Sort, VacancyQuery};

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
}

async fn show(State(app): State<App>, Asker(actor): Asker, frame: Frame) -> Result<Html<String>> {
    let reference = app.reference().await?;
    let query = VacancyQuery { sort: Sort::New, limit: 6, ..VacancyQuery::default() };
    let results = app::vacancy::search(&app, &actor, &query).await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    page(&Show::new(frame, &results, wording))
}

impl Show {
    fn new(frame: Frame, results: &Results, wording: Wording<'_>) -> Self {
        let filters = Filters::new(&VacancyQuery::default(), wording);
        let places = filters.choices("region", &results.facets.region, ToString::to_string);
        let trades = filters.choices("occupation", &results.facets.occupation, Clone::clone);
        let cards = results.items.iter().map(|hit| Card::of_hit(hit, wording)).collect();
        Self { frame, total: results.total, kept: Vec::new(), places, trades, cards }
    }
}
