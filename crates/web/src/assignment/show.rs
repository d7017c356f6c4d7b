//! What came of an assignment: who got which post, who got none and why, and the proof.

use std::collections::BTreeMap;

use app::{
    App,
    assignment::{
        Shown,
        sheet::{Line, percent},
    },
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Html,
};
use model::{
    Id,
    assignment::{Assignment, Way},
    jobseeker::Jobseeker,
    timetable::Timetable,
};
use serde::Deserialize;

use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page, wording::Wording},
    vacancy::card::Card,
};

/// People without a place that the page names; the file has all of them.
const NAMED: usize = 200;

#[derive(Template)]
#[template(path = "assignment/show.html")]
struct Show {
    frame: Frame,
    assignment: Assignment,
    when: String,
    counts: String,
    /// What was used, and what that promises, in sentences.
    promises: Vec<String>,
    posts: Vec<Post>,
    /// Why people got none, the most frequent reason first.
    reasons: Vec<(String, u64)>,
    without: Vec<(Id<Jobseeker>, String, String)>,
    without_count: u64,
    timetables: Vec<(Id<Timetable>, String)>,
    verified: Option<bool>,
    made_of: String,
    tomorrow: String,
}

struct Post {
    number: usize,
    card: Card,
    taken: usize,
    seats: usize,
    /// Of its quotas: the region, how many, of how many.
    quotas: Vec<(String, usize, usize)>,
    people: Vec<Placed>,
}

struct Placed {
    id: Id<Jobseeker>,
    label: String,
    /// The place among the person's wishes, from 1.
    wish: usize,
    score: String,
}

#[derive(Deserialize)]
pub(super) struct Looked {
    verify: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Assignment>>,
    Query(Looked { verify }): Query<Looked>,
) -> Result<Html<String>> {
    let shown = app::assignment::show(&app, &actor, id).await?;
    let verified = match verify {
        Some(_) => Some(app::assignment::verify(&app, &actor, id).await?),
        None => None,
    };
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let lines = shown.lines();
    let timetables = app::timetable::of_assignment(&app, &actor, id).await?;
    let timetables = timetables.into_iter().map(|one| (one.id, one.title)).collect();
    let ids: Vec<_> = shown.input.posts.iter().map(|post| post.vacancy).collect();
    let vacancies =
        store::vacancy::of_ids(&mut app.db().read().await?, &actor.scope(), &ids).await?;
    let card = |post: usize| {
        let id = ids.get(post)?;
        let vacancy = vacancies.iter().find(|one| one.id == *id)?;
        Some(Card::new(vacancy, "", wording))
    };
    let posts = (0..ids.len())
        .filter_map(|number| Some(Post::new(number, card(number)?, &shown, (&lines, wording))))
        .collect();
    let without = || lines.iter().filter(|line| line.got.is_none());
    let why = |line: &Line| shown.why(frame.lang, line, |code| wording.region(code));
    let mut counted: BTreeMap<String, u64> = BTreeMap::new();
    for line in without() {
        *counted.entry(shown.cause(frame.lang, line, |code| wording.region(code))).or_default() +=
            1;
    }
    let mut reasons: Vec<_> = counted.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named = without().take(NAMED).filter_map(|line| {
        Some((*shown.input.people.get(line.person)?, line.label.clone(), why(line)))
    });
    let tomorrow = app.today().succ_opt().unwrap_or(app.today()).to_string();
    page(&Show {
        when: text::date::full(frame.lang, app.day_of(shown.assignment.created_at)),
        counts: super::counts(&frame, &shown.assignment),
        promises: promises(&frame, &shown),
        posts,
        reasons,
        without: named.collect(),
        without_count: without().map(|_| 1).sum(),
        timetables,
        verified,
        made_of: made_of(&frame, &shown),
        tomorrow,
        assignment: shown.assignment,
        frame,
    })
}

fn promises(frame: &Frame, shown: &Shown) -> Vec<String> {
    let way = shown.input.way;
    let mut said = vec![frame.t(&format!("assignment.way-{way}_text"))];
    match (way, &shown.outcome.proof) {
        (Way::Stable, _) => {
            let key = if shown.input.market.each == 1 { "honest" } else { "several" };
            said.push(frame.t(&format!("assignment.{key}")));
        }
        (Way::Optimal, Some(proof)) => {
            let distance = proof.distance(&shown.input.market, &shown.outcome);
            let count = |n: usize| i64::try_from(n).unwrap_or_default().into();
            let points = |n: i64| text::Value::from(format!("{:.2}", percent(n)));
            let args = [
                ("placed", count(distance.placed)),
                ("most", count(distance.most)),
                ("sum", points(distance.sum)),
                ("gap", points(distance.gap())),
                ("permille", distance.permille().into()),
            ];
            let key = if distance.gap() == 0 { "exact" } else { "near" };
            said.push(text::t(frame.lang, &format!("assignment.proof-{key}"), &args));
        }
        (Way::Optimal, None) => {}
    }
    said
}

fn made_of(frame: &Frame, shown: &Shown) -> String {
    let input = &shown.input;
    let args = [
        ("day", text::date::full(frame.lang, input.day).into()),
        ("weights", input.weights.into()),
        ("event", input.event.into()),
        ("input", shown.assignment.input_digest.as_str().into()),
        ("outcome", shown.assignment.outcome_digest.as_str().into()),
    ];
    text::t(frame.lang, "assignment.made_of", &args)
}

impl Post {
    fn new(number: usize, card: Card, shown: &Shown, at: (&[Line], Wording<'_>)) -> Self {
        let (lines, wording) = at;
        let count = |limit: usize| {
            let seats = shown.input.market.limits.get(limit).map_or(0, |limit| limit.seats);
            (shown.outcome.taken.get(limit).copied().unwrap_or_default(), seats)
        };
        let (taken, seats) = count(number);
        let quota = |limit: usize| {
            let (post, code) = shown.drawn.quota(limit)?;
            let (taken, seats) = count(limit);
            (post == number).then(|| (wording.region(code.as_str()), taken, seats))
        };
        let placed = |line: &Line| {
            let (_, wish, score) = line.got.filter(|(post, ..)| *post == number)?;
            let id = *shown.input.people.get(line.person)?;
            let score = format!("{:.1}", percent(score));
            Some(Placed { id, label: line.label.clone(), wish, score })
        };
        Self {
            number: number + 1,
            card,
            taken,
            seats,
            quotas: (0..shown.input.market.limits.len()).filter_map(quota).collect(),
            people: lines.iter().filter_map(placed).collect(),
        }
    }
}
