//! One file: how far it has come, and the report when it is done.

use app::{App, intake::Told};
use askama::Template;
use axum::{
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use futures_util::stream;
use model::{
    Id,
    intake::{
        Tally,
        file::{Counts, Intake, State as Stage},
    },
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use text::{Value, t};
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, BufReader},
};

use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page},
};

#[derive(Deserialize)]
pub(super) struct After {
    /// The last row of the page before.
    #[serde(default)]
    after: i64,
}

#[derive(Template)]
#[template(path = "intake/show.html")]
struct Show {
    frame: Frame,
    intake: Intake,
    noun: String,
    when: String,
    /// It moves: the page asks again by itself.
    working: bool,
    /// It should move and does not.
    stuck: bool,
    counts: String,
    /// What was understood, in sentences.
    understood: Vec<String>,
    faults: Vec<Told>,
    next: Option<String>,
    /// Why the whole file was refused.
    refusal: Option<Told>,
    /// For each rule of the gate how many vacancies of the file it concerns.
    found: Vec<(String, i64)>,
    kept_back: String,
    /// Rows that the gate kept back: line, address, words and why.
    kept: Vec<Kept>,
}

/// A row that the gate kept back.
struct Kept {
    line: i64,
    vacancy: String,
    words: String,
    reason: String,
}

/// So many rows that were kept back stand on the page; the queue has them all.
const KEPT: i64 = 50;

pub(super) async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Intake>>,
    Query(After { after }): Query<After>,
) -> Result<Response> {
    let intake = app::intake::find(&app, &actor, id).await?;
    if intake.state == Stage::Received {
        // nobody works on it: a person has to say what the columns hold
        return Ok(Redirect::to(&format!("/intakes/{id}/columns")).into_response());
    }
    let faults = app::intake::faults(&app, &actor, id, frame.lang, after).await?;
    let going = match intake.state {
        Stage::Received | Stage::Staging | Stage::Applying => true,
        Stage::Done | Stage::Failed => false,
    };
    let still = app.now() - intake.updated_at > TimeDelta::minutes(1);
    let refusal = intake.refusal.as_ref().map(|told| Told::fault(frame.lang, 0, told));
    let mut r = app.db().read().await?;
    let rule = |code: &str| frame.t(&format!("compliance.name-{code}"));
    let found = store::compliance::by_rule(&mut r, &actor.scope(), id).await?;
    let found = found.into_iter().map(|(code, _, many)| (rule(&code), many)).collect();
    let kept = store::compliance::of_intake(&mut r, &actor.scope(), id, 0, KEPT).await?;
    drop(r);
    let kept = kept.into_iter().map(|told| Kept {
        line: told.line,
        vacancy: told.vacancy_id.to_string(),
        reason: rule(&told.rule),
        words: told.words,
    });
    let show = Show {
        found,
        kept_back: kept_back(&frame, &intake.counts),
        kept: kept.collect(),
        noun: frame.t(&format!("intake.noun-{}", intake.noun)),
        when: when(&app, &frame, &intake),
        working: going && !still,
        stuck: going && still,
        counts: counts(&frame, &intake.counts),
        understood: understood(&frame, &intake.counts),
        faults: faults.items,
        next: faults.next,
        refusal,
        intake,
        frame,
    };
    Ok(page(&show)?.into_response())
}

/// The refused rows as a file in the layout they came in, from disk piece by piece.
pub(super) async fn refused(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Intake>>,
) -> Result<Response> {
    let name = app::intake::find(&app, &actor, id).await?.name;
    let place = app::intake::upload(&app, app.id());
    if let Some(folder) = place.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(app::Error::broken)?;
    }
    let format = app::intake::refused(&app, &actor, id, frame.lang, &place).await;
    let file = File::open(&place).await;
    // whoever reads it holds it open
    drop(tokio::fs::remove_file(&place).await);
    let (ending, kind) = app::intake::kind(format?);
    let body = pieces(BufReader::new(file.map_err(app::Error::broken)?));
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let name = format!("{stem}-{}.{ending}", frame.t("intake.row_refused"));
    // as a header may carry it, RFC 8187
    let name = utf8_percent_encode(&name, NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename=\"refused.{ending}\"; filename*=UTF-8''{name}");
    let headers =
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, body).into_response())
}

fn pieces(file: BufReader<File>) -> Body {
    const PIECE: usize = 64 * 1024;
    Body::from_stream(stream::try_unfold(file, async |mut file| {
        let mut piece = vec![0; PIECE];
        let got = file.read(&mut piece).await?;
        piece.truncate(got);
        let more = (got > 0).then(|| (Bytes::from(piece), file));
        std::io::Result::Ok(more)
    }))
}

/// The day it was sent, as lists show it.
pub(super) fn when(app: &App, frame: &Frame, intake: &Intake) -> String {
    text::date::ago(frame.lang, intake.created_at.date_naive(), app.today())
}

/// "1,000 rows: 990 accepted, …".
pub(super) fn counts(frame: &Frame, counts: &Counts) -> String {
    let Counts { rows, accepted, unchanged, refused, .. } = *counts;
    let all =
        [("rows", rows), ("accepted", accepted), ("unchanged", unchanged), ("refused", refused)];
    t(frame.lang, "intake.imported", &all.map(|(name, n)| (name, Value::from(n))))
}

/// How many vacancies wait, and how many were turned away.
fn kept_back(frame: &Frame, counts: &Counts) -> String {
    let args = [("held", counts.held.into()), ("rejected", counts.rejected.into())];
    t(frame.lang, "intake.kept_back", &args)
}

fn understood(frame: &Frame, counts: &Counts) -> Vec<String> {
    let all = counts.understood;
    let all = [
        ("wage", all.wage),
        ("city", all.city),
        ("county", all.county),
        ("education", all.education),
    ];
    let said = all.into_iter().filter(|(_, tally)| tally.said > 0);
    said.map(|(what, Tally { said, understood })| {
        let what = frame.t(&format!("intake.what-{what}"));
        // rounded down: a hundred means all of them
        let percent = understood * 100 / said;
        let args = [("what", what.into()), ("said", said.into()), ("percent", percent.into())];
        t(frame.lang, "intake.understood", &args)
    })
    .collect()
}
