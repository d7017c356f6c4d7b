//! What lies near what: a table that everybody may look at and the office may correct.

pub mod api;

use app::App;
use askama::Template;
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use model::{
    Refusal,
    access::Actor,
    relation::{Correction, Known, Noun, Verdict},
};
use serde::Deserialize;
use store::relation::Learning;

use crate::{
    actor::Office,
    error::Result,
    frame::{Fault, Frame, again, page, wording::Wording},
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/relations", get(list))
        .route("/relations/{noun}/{code}", get(show).post(correct))
}

/// Codes on one page.
const LIMIT: usize = 40;

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    noun: Option<String>,
    #[serde(default)]
    q: String,
    /// The last code of the page before.
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "relation/list.html")]
struct List {
    frame: Frame,
    noun: Noun,
    words: String,
    learnt: String,
    entries: Vec<Entry>,
    next: String,
}

/// A skill or an occupation, and the names of what lies nearest.
struct Entry {
    code: String,
    name: String,
    related: String,
}

/// Everything a relation can be between: code and name, in the order of the codes.
fn names(noun: Noun, wording: Wording<'_>) -> Vec<(&str, String)> {
    match noun {
        Noun::Skill => {
            let all = wording.reference.skills.all().iter();
            all.map(|skill| (skill.code.as_str(), wording.skill(&skill.code))).collect()
        }
        Noun::Occupation => {
            let all = wording.reference.occupations.all().iter().filter(|node| node.level > 2);
            all.map(|node| (node.code.as_str(), wording.occupation(&node.code))).collect()
        }
    }
}

fn name(noun: Noun, code: &str, wording: Wording<'_>) -> String {
    match noun {
        Noun::Skill => wording.skill(code),
        Noun::Occupation => wording.occupation(code),
    }
}

async fn list(
    State(app): State<App>,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let noun: Noun = asked.noun.as_deref().unwrap_or("skill").parse()?;
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let mut r = app.db().read().await?;
    let relations = store::relation::all(&mut r, noun).await?;
    let mut learnt = learnt(&app, store::relation::last_learning(&mut r).await?.as_ref(), &frame);
    if !store::relation::moved(&mut r).await? {
        learnt = format!("{learnt} {}", frame.t("relation.moves_none"));
    }
    let words = model::cell::fold(asked.q.trim());
    let found = names(noun, wording).into_iter().filter(|(code, name)| {
        let named = model::cell::fold(name).contains(&words) || *code == words;
        named && *code > asked.after.as_str() && !relations.of(code).is_empty()
    });
    let joint = frame.t("frame.and");
    let entry = |(code, name): (&str, String)| {
        let counting = relations.of(code).iter().filter(|known| known.strength > 0).take(4);
        let related: Vec<_> =
            counting.map(|known| self::name(noun, &known.related, wording)).collect();
        Entry { code: code.to_owned(), name, related: related.join(&joint) }
    };
    let mut entries: Vec<_> = found.take(LIMIT + 1).map(entry).collect();
    let more = entries.len() > LIMIT;
    entries.truncate(LIMIT);
    let next = entries.last().filter(|_| more).map(|last| last.code.clone()).unwrap_or_default();
    page(&List { noun, words: asked.q, learnt, entries, next, frame })
}

/// When it was learnt, and from how many vacancies.
fn learnt(app: &App, learning: Option<&Learning>, frame: &Frame) -> String {
    let Some(learning) = learning else { return frame.t("relation.never_learnt") };
    let day = text::date::full(frame.lang, app.day_of(learning.at));
    let args = [
        ("day", day.into()),
        ("posts", text::number::whole(learning.posts).into()),
        ("skills", text::number::whole(learning.skills).into()),
        ("occupations", text::number::whole(learning.occupations).into()),
    ];
    text::t(frame.lang, "relation.learnt", &args)
}

#[derive(Template)]
#[template(path = "relation/show.html")]
struct Show {
    frame: Frame,
    noun: Noun,
    code: String,
    name: String,
    lines: Vec<Line>,
    /// Where people went, and how many; empty as long as nobody was seen to go.
    moves: Vec<(String, String)>,
    given: Given,
    fault: Option<Fault>,
}

/// One relation in words.
struct Line {
    code: String,
    name: String,
    percent: i64,
    support: i64,
    origin: &'static str,
    reason: String,
}

/// A correction as the form sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    /// A code, or the name.
    #[serde(default)]
    related: String,
    #[serde(default)]
    verdict: String,
    #[serde(default)]
    percent: String,
    #[serde(default)]
    reason: String,
}

async fn show(
    State(app): State<App>,
    frame: Frame,
    Path((noun, code)): Path<(String, String)>,
) -> Result<Html<String>> {
    page(&Show::new(&app, frame, noun.parse()?, code).await?)
}

impl Show {
    async fn new(app: &App, frame: Frame, noun: Noun, code: String) -> Result<Self> {
        let reference = app.reference().await?;
        let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
        let own = names(noun, wording).into_iter().find(|(known, _)| *known == code);
        let (_, name) = own.ok_or(app::Error::Absent("relation"))?;
        let mut r = app.db().read().await?;
        let relations = store::relation::all(&mut r, noun).await?;
        let lines = relations.of(&code).iter().map(|known| Line::new(known, noun, wording));
        let lines = lines.collect();
        let moves = match noun {
            Noun::Skill => vec![],
            Noun::Occupation => store::relation::moves(&mut r, &code).await?,
        };
        let people = |n: i64| text::t(frame.lang, "relation.moves_people", &[("count", n.into())]);
        let moves = moves.into_iter().map(|(goal, n)| (wording.occupation(&goal), people(n)));
        let moves = moves.collect();
        let (given, fault) = (Given::default(), None);
        Ok(Self { frame, noun, code, name, lines, moves, given, fault })
    }

    fn most(&self) -> &'static u64 {
        match self.noun {
            Noun::Skill => &50,
            Noun::Occupation => &90,
        }
    }
}

impl Line {
    fn new(known: &Known, noun: Noun, wording: Wording<'_>) -> Self {
        Self {
            name: name(noun, &known.related, wording),
            code: known.related.clone(),
            percent: known.strength / 10,
            support: known.support,
            origin: known.origin.code(),
            reason: known.reason.clone(),
        }
    }
}

async fn correct(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path((noun, code)): Path<(String, String)>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let noun = noun.parse()?;
    match said(&app, &actor, &frame, (noun, &code), &given).await {
        Ok(()) => Ok(Redirect::to(&format!("/relations/{noun}/{code}")).into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let show = Show { given, fault, ..Show::new(&app, frame, noun, code).await? };
            Ok(again(page(&show)?))
        }
    }
}

async fn said(
    app: &App,
    actor: &Actor,
    frame: &Frame,
    (noun, code): (Noun, &str),
    given: &Given,
) -> app::Result<()> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let wanted = given.related.trim();
    let named = names(noun, wording).into_iter().find(|(_, name)| name == wanted);
    let correction = Correction {
        noun,
        code: code.to_owned(),
        related: named.map_or_else(|| wanted.to_owned(), |(code, _)| code.to_owned()),
        verdict: verdict(&given.verdict, &given.percent)?,
        reason: given.reason.trim().to_owned(),
    };
    app::relation::correct(app, actor, &correction).await
}

/// The strength in percent, as people write it.
fn verdict(word: &str, percent: &str) -> Result<Verdict, Refusal> {
    match word {
        "forbid" => Ok(Verdict::Forbid),
        "free" => Ok(Verdict::Free),
        "pin" => {
            let digits = model::cell::fold(percent);
            let digits = digits.trim().trim_end_matches('%').trim();
            let percent: i64 = digits.parse().unwrap_or(0);
            Ok(Verdict::Pin(percent.saturating_mul(10)))
        }
        other => {
            let refusal = Refusal::new("relation.verdict_unknown").field("verdict");
            Err(refusal.arg("value", other).arg("valid", "pin, forbid, free"))
        }
    }
}
