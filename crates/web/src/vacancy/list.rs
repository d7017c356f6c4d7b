//! The list of vacancies with its filters.

use app::App;
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use model::{
    Refusal,
    vacancy::query::{Facets, Results, Understood, VacancyQuery},
};

use super::{
    card::Card,
    filter::{Choice, Filters, Group},
    params::{self, Pairs},
    relax::Instead,
};
use crate::{
    actor::Asker,
    error::Result,
    frame::{Fault, Frame, again, page, wording::Wording},
};

#[derive(Template)]
#[template(path = "vacancy/list.html")]
struct List {
    frame: Frame,
    title: String,
    words: String,
    /// Filters that new words keep.
    kept: Vec<(&'static str, String)>,
    /// What was not understood; then there is nothing else.
    fault: Option<Fault>,
    narrowed: bool,
    total: u64,
    /// Other words that were looked for too, and the way to look for those typed only.
    also: String,
    only: String,
    /// Conditions that the words were understood to say.
    heard: Vec<Choice>,
    /// Too little meets them all.
    nearly: bool,
    missing: String,
    /// Words that were not looked for as they were typed.
    slips: Vec<String>,
    /// A name that several places have, and these.
    unsure: String,
    places: Vec<Choice>,
    chips: Vec<Choice>,
    groups: Vec<Group>,
    sorts: Vec<Choice>,
    cards: Vec<Card>,
    next: Option<String>,
    /// Not the first page.
    later: bool,
    first: String,
    cleared: String,
    /// The question, to be told of new answers.
    asked: String,
    /// Where nothing was found.
    instead: Instead,
}

pub(super) async fn list(
    State(app): State<App>,
    Asker(actor): Asker,
    frame: Frame,
    Query(pairs): Query<Pairs>,
) -> Result<Response> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let query = match params::asked(&app, &pairs).await? {
        Ok(query) => query,
        Err(refusal) => return refused(frame, &pairs, wording, &refusal),
    };
    match app::vacancy::search(&app, &actor, &query).await {
        Ok(results) => {
            app::inquiry::note(&app, &query, results.found());
            let nothing = results.total == 0;
            let mut list = List::new(frame, &query, results, wording);
            if nothing {
                let relaxed = app::vacancy::relax::relax(&app, &actor, &query).await?;
                list.instead = Instead::new(relaxed, wording);
            }
            Ok(page(&list)?.into_response())
        }
        Err(app::Error::Refused(refusal)) => refused(frame, &pairs, wording, &refusal),
        Err(other) => Err(other.into()),
    }
}

/// The list page of a question that was not understood: says what is wrong, keeps the words.
fn refused(
    frame: Frame,
    pairs: &[(String, String)],
    wording: Wording<'_>,
    refusal: &Refusal,
) -> Result<Response> {
    let words = pairs.iter().find(|(name, _)| name == "q").map(|(_, v)| v.clone());
    let words: String = words.unwrap_or_default().chars().take(VacancyQuery::LONGEST).collect();
    let query = VacancyQuery { words, ..VacancyQuery::default() };
    let fault = Some(Fault::new(&frame, refusal));
    let (items, facets, also) = (vec![], Facets::default(), vec![]);
    let understood = Understood::default();
    let none = Results { total: 0, items, facets, also, understood, next: None };
    let list = List { fault, narrowed: true, ..List::new(frame, &query, none, wording) };
    Ok(again(page(&list)?))
}

impl List {
    fn new(frame: Frame, query: &VacancyQuery, results: Results, wording: Wording<'_>) -> Self {
        let filters = Filters::new(query, wording);
        let cards = results.items.iter().map(|hit| Card::of_hit(hit, wording)).collect();
        let (lang, understood) = (frame.lang, results.understood);
        let slip = |(typed, meant): (String, String)| {
            text::t(lang, "search.slip", &[("typed", typed.into()), ("meant", meant.into())])
        };
        let slips = understood.slips.into_iter().map(slip).collect();
        let unsure = understood.unsure.as_ref();
        // what is asked back is not also said to be nowhere
        let asked_back = |word: &String| unsure.is_some_and(|unsure| unsure.typed.contains(word));
        let missing: Vec<String> =
            understood.missing.iter().filter(|word| !asked_back(word)).cloned().collect();
        let title = if query.words.is_empty() {
            frame.t("search.title")
        } else {
            frame.s("search.title_words", "words", &query.words)
        };
        Self {
            frame,
            title,
            words: query.words.clone(),
            kept: filters.kept(),
            fault: None,
            narrowed: *query != VacancyQuery::default(),
            total: results.total,
            also: results.also.join(lang.comma()),
            only: filters.with("q", &format!("\"{}\"", query.words)),
            heard: filters.heard(&understood.wishes),
            nearly: !understood.wishes.is_empty() && !understood.strict,
            missing: missing.join(lang.comma()),
            unsure: unsure.map(|unsure| unsure.typed.clone()).unwrap_or_default(),
            places: unsure.map(|unsure| filters.places(unsure)).unwrap_or_default(),
            slips,
            chips: filters.chips(),
            groups: filters.groups(&results.facets),
            sorts: filters.sorts(),
            cards,
            next: results.next.map(|cursor| filters.with("cursor", &cursor)),
            later: query.cursor.is_some(),
            first: filters.with("cursor", ""),
            cleared: filters.cleared(),
            asked: filters
                .with("cursor", "")
                .split_once('?')
                .map(|(_, q)| q.to_owned())
                .unwrap_or_default(),
            instead: Instead::default(),
        }
    }
}
