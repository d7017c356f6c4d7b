//! Records that may be of one person: the list that has to be decided, and what a person's page says.

use std::collections::HashMap;

use app::{App, matching::Candidate};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{Html, Redirect},
};
use model::{
    Id,
    access::Actor,
    jobseeker::{
        Jobseeker,
        link::{Link, State as Held},
    },
};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page, wording::Wording},
    matching::Somebody,
};

/// Pairs on one page.
const MOST: i64 = 200;

/// One of a pair: somebody of one's own, or only whose office's record it is.
pub(super) struct Side {
    pub(super) id: Id<Jobseeker>,
    pub(super) person: Option<Somebody>,
    pub(super) office: String,
}

/// A pair in words.
pub(super) struct Pair {
    pub(super) first: Side,
    pub(super) second: Side,
    pub(super) state: &'static str,
    pub(super) reason: &'static str,
    pub(super) on: String,
}

#[derive(Template)]
#[template(path = "jobseeker/duplicates.html")]
struct List {
    frame: Frame,
    pairs: Vec<Pair>,
}

pub(super) async fn list(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
) -> Result<Html<String>> {
    let mut r = app.db().read().await?;
    let links = store::jobseeker::link::page(&mut r, &actor.scope(), MOST).await?;
    drop(r);
    let pairs = pairs(&app, &actor, &frame, &links).await?;
    page(&List { frame, pairs })
}

/// The records that a person's record is linked with, or may be; this person's side first.
pub(super) async fn of(
    app: &App,
    actor: &Actor,
    frame: &Frame,
    id: Id<Jobseeker>,
) -> Result<Vec<Pair>> {
    let mut r = app.db().read().await?;
    let links = store::jobseeker::link::of(&mut r, &actor.scope(), id).await?;
    drop(r);
    let mut pairs = pairs(app, actor, frame, &links).await?;
    for pair in pairs.iter_mut().filter(|pair| pair.first.id != id) {
        std::mem::swap(&mut pair.first, &mut pair.second);
    }
    Ok(pairs)
}

async fn pairs(app: &App, actor: &Actor, frame: &Frame, links: &[Link]) -> Result<Vec<Pair>> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let ids: Vec<_> = links.iter().flat_map(|link| [link.first, link.second]).collect();
    let mut r = app.db().read().await?;
    let own = store::jobseeker::of_ids(&mut r, &actor.scope(), &ids).await?;
    let own: HashMap<_, _> = own.iter().map(|one| (one.id, one)).collect();
    let offices = store::jobseeker::link::offices(&mut r, &ids).await?;
    let offices: HashMap<_, _> = offices.into_iter().collect();
    let side = |id: Id<Jobseeker>| Side {
        id,
        person: own.get(&id).map(|one| Somebody::new(&Candidate::of(one), wording)),
        office: offices.get(&id).cloned().unwrap_or_else(|| frame.t("jobseeker.no_office")),
    };
    let pair = |link: &Link| Pair {
        first: side(link.first),
        second: side(link.second),
        state: link.state.code(),
        reason: link.reason.code(),
        on: text::date::full(frame.lang, app.day_of(link.at)),
    };
    Ok(links.iter().map(pair).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    other: Id<Jobseeker>,
    decision: Held,
    /// From the list, and back to it.
    #[serde(default)]
    list: bool,
}

pub(super) async fn decide(
    State(app): State<App>,
    Office(actor): Office,
    Path(id): Path<Id<Jobseeker>>,
    Form(Asked { other, decision, list }): Form<Asked>,
) -> Result<Redirect> {
    app::jobseeker::link::decide(&app, &actor, (id, other), decision).await?;
    let person = format!("/jobseekers/{id}?done=linked");
    Ok(Redirect::to(if list { "/jobseekers/duplicates" } else { &person }))
}
