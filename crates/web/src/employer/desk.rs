//! The desk of an employer: what waits for it, its vacancies and how they stand, its papers.

use app::{
    App,
    employer::{
        self,
        desk::{Desk, Entry},
    },
    sheet::{Cell, Format, sheet},
};
use askama::Template;
use axum::{
    extract::{Multipart, Query, State},
    http::header,
    response::{Html, IntoResponse, Redirect, Response},
};
use model::{
    Id, Refusal,
    employer::verification::{self, Claim, Paper, Verification},
    vacancy::{State as Stage, Vacancy},
};
use serde::Deserialize;

use super::paper::{Shown, shown};
use crate::{
    actor::Office,
    error::{Error, Result},
    frame::{Fault, Frame, again, page, wording::Wording},
    vacancy::manage::Stand,
};

/// A vacancy as a line of the desk.
struct Line {
    id: Id<Vacancy>,
    title: String,
    place: String,
    pay: String,
    headcount: String,
    /// People can apply for it.
    public: bool,
    stand: Stand,
}

#[derive(Template)]
#[template(path = "employer/desk.html")]
struct Page {
    frame: Frame,
    name: String,
    verification: Verification,
    verified: bool,
    /// Until when, or empty.
    valid_to: String,
    answered: Option<u64>,
    tally: Vec<(Stage, i64)>,
    state: Option<Stage>,
    /// What waits for the employer itself.
    waiting: Vec<Line>,
    lines: Vec<Line>,
    next: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    pub(crate) state: String,
    pub(crate) before: Option<Id<Vacancy>>,
}

pub(super) async fn desk(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(Asked { state, before }): Query<Asked>,
) -> Result<Html<String>> {
    let state: Option<Stage> = state.parse().ok();
    let desk = employer::desk::look(&app, &actor, state, before).await?;
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let line = |entry: &Entry| Line::new(&app, &frame, entry, wording);
    let Desk { employer, verification, answered, tally, page: entries } = desk;
    let waits = |entry: &&Entry| {
        entry.ends || matches!(entry.vacancy.state, Stage::Draft | Stage::Rejected)
    };
    let shown = Page {
        name: employer.details.name.clone(),
        verified: verification.is_verified(app.today()),
        valid_to: verification
            .valid_to
            .map(|day| text::date::full(frame.lang, day))
            .unwrap_or_default(),
        verification,
        answered: answered.map(u64::from),
        tally,
        state,
        waiting: entries.items.iter().filter(waits).map(line).collect(),
        lines: entries.items.iter().map(line).collect(),
        next: entries.next,
        frame,
    };
    page(&shown)
}

impl Page {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a page hands over a reference")]
    fn chosen(&self, one: &Stage) -> bool {
        self.state.as_ref() == Some(one)
    }
}

impl Line {
    fn new(app: &App, frame: &Frame, entry: &Entry, wording: Wording<'_>) -> Self {
        let Entry { vacancy, standing, .. } = entry;
        let since = app.day_of(standing.since);
        Self {
            id: vacancy.id,
            title: vacancy.offer.title.clone(),
            place: wording.place(&vacancy.offer),
            pay: text::wage::full(frame.lang, vacancy.offer.wage.as_ref()),
            headcount: text::vacancy::places(frame.lang, vacancy),
            public: vacancy.is_open(wording.today),
            stand: Stand::new(frame, (vacancy, standing), wording, since),
        }
    }
}

/// All of it as a workbook.
pub(super) async fn workbook(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
) -> Result<Response> {
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let headings =
        ["title", "state", "since", "place", "wage", "headcount_name", "posted_on", "expires_on"];
    let headings = headings.map(|key| frame.t(&format!("vacancy.{}", heading(key))));
    let line = |entry: &Entry| {
        let one = Line::new(&app, &frame, entry, wording);
        let day = |day: Option<chrono::NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
        let offer = &entry.vacancy.offer;
        vec![
            one.title.into(),
            frame.t(&format!("vacancy.state-{}", one.stand.state)).into(),
            app.day_of(entry.standing.since).to_string().into(),
            one.place.into(),
            one.pay.into(),
            offer.headcount.map_or_else(|| one.headcount.into(), Cell::Number),
            day(offer.posted_on).into(),
            day(offer.expires_on).into(),
        ]
    };
    let entries = employer::desk::all(&app, &actor).await?;
    let rows: Vec<Vec<Cell>> = entries.iter().map(line).collect();
    let bytes = sheet(Format::Workbook, &headings, &rows)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let name = "attachment; filename=\"vacancies.xlsx\"";
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// The key of a column's heading.
fn heading(key: &str) -> &str {
    match key {
        "title" => "field-title",
        "state" => "column_state",
        "since" => "column_since",
        other => other,
    }
}

#[derive(Template)]
#[template(path = "employer/papers.html")]
struct Papers {
    frame: Frame,
    name: String,
    verification: Verification,
    files: Vec<Shown>,
    given: Claim,
    place: String,
    /// It can show papers now.
    can: bool,
    fault: Option<Fault>,
}

pub(super) async fn papers(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
) -> Result<Html<String>> {
    page(&Papers::new(&app, &actor, frame).await?)
}

impl Papers {
    async fn new(app: &App, actor: &model::access::Actor, frame: Frame) -> Result<Self> {
        let (id, scope) = (employer::own(actor)?, actor.scope());
        let reference = app.reference().await?;
        let mut r = app.db().read().await?;
        let known = store::employer::find(&mut r, &scope, id).await?;
        let verification = store::employer::verification::one(&mut r, &scope, id).await?;
        let files = store::employer::verification::files(&mut r, &scope, id).await?;
        let mut given = verification.claim.clone();
        if given.code.is_empty() {
            given.code.clone_from(&known.details.credit_code);
        }
        let path = reference.places.path(&given.region);
        let place = path.iter().map(|region| region.name.as_str()).collect::<String>();
        Ok(Self {
            name: known.details.name,
            can: verification::Act::Apply.begins(verification.state),
            files: shown(app, &frame, &files),
            given,
            place,
            verification,
            fault: None,
            frame,
        })
    }
}

/// Takes the form with its files, and shows it to the office.
pub(super) async fn apply(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    form: Multipart,
) -> Result<Response> {
    let sent = Sent::read(form).await?;
    let place = sent.place.clone();
    match kept(&app, &actor, &sent).await {
        Ok(()) => Ok(Redirect::to("/desk").into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let known = Papers::new(&app, &actor, frame).await?;
            Ok(again(page(&Papers { fault, given: sent.claim, place, ..known })?))
        }
    }
}

async fn kept(app: &App, actor: &model::access::Actor, sent: &Sent) -> app::Result<()> {
    let id = employer::own(actor)?;
    let region = super::region(app, &sent.place).await?;
    let until = match sent.agency_until.trim() {
        "" => None,
        day => Some(
            day.parse().map_err(|_| Refusal::new("vacancy.day_malformed").field("agency_until"))?,
        ),
    };
    let claim = Claim { region, agency_until: until, ..sent.claim.clone() };
    for (paper, bytes) in &sent.files {
        employer::attach(app, actor, (id, *paper), bytes).await?;
    }
    employer::apply(app, actor, id, &claim).await
}

/// The form as it was sent.
#[derive(Default)]
struct Sent {
    claim: Claim,
    place: String,
    agency_until: String,
    files: Vec<(Paper, Vec<u8>)>,
}

impl Sent {
    async fn read(mut form: Multipart) -> Result<Self> {
        let broken = |_| Error::malformed(Refusal::new("intake.upload_broken").field("file"));
        let mut sent = Self::default();
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            let paper: Option<Paper> = name.parse().ok();
            let bytes = field.bytes().await.map_err(broken)?;
            if let Some(paper) = paper {
                if !bytes.is_empty() {
                    sent.files.push((paper, bytes.to_vec()));
                }
                continue;
            }
            let text: String = String::from_utf8_lossy(&bytes).chars().take(200).collect();
            match name.as_str() {
                "credit_code" => sent.claim.code = text,
                "place" => sent.place = text,
                "agency" => sent.claim.agency = text == "yes",
                "agency_number" => sent.claim.agency_licence = text,
                "agency_issuer" => sent.claim.agency_issuer = text,
                "agency_until" => sent.agency_until = text,
                _ => {}
            }
        }
        Ok(sent)
    }
}
