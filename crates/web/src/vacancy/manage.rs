//! A vacancy for those who look after it: how it stands, whose turn it is, what may be done, and what
//! has been done.

use app::{App, vacancy::life::Said as Wish};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use model::{
    Id, Refusal,
    access::Actor,
    compliance::Finding,
    employer::Employer,
    event::Event,
    vacancy::{
        self, Vacancy,
        life::{self, Act, Cause, Standing, Turn},
    },
};
use serde::Deserialize;

use super::{card::Fact, sheet};
use crate::{
    actor::Office,
    compliance::{Field, fields, said::Said},
    error::Result,
    frame::{Fault, Frame, again, page, wording::Wording},
};

/// How it stands, in words.
pub(crate) struct Stand {
    pub(crate) state: &'static str,
    /// Kind of tag: `good`, `wait`, `bad` or nothing.
    pub(crate) kind: &'static str,
    pub(crate) since: String,
    /// Whose turn it is, in a sentence.
    pub(crate) turn: String,
    /// The day by which, or empty.
    pub(crate) by: String,
    /// Why, in a sentence, or empty.
    pub(crate) why: String,
    /// Its employer should say that it is still offered.
    pub(crate) ends: bool,
}

#[derive(Template)]
#[template(path = "vacancy/manage.html")]
struct Manage {
    frame: Frame,
    id: Id<Vacancy>,
    title: String,
    employer: Employer,
    stand: Stand,
    state: vacancy::State,
    open: bool,
    pay: String,
    sheet: Vec<Fact>,
    /// What the law asks for and the text does not say.
    unsaid: Vec<String>,
    fields: Vec<Field>,
    said: Vec<Said>,
    acts: Vec<Act>,
    /// What may be chosen as the last day.
    days: (String, String, String),
    history: Vec<(String, String)>,
    fault: Option<Fault>,
}

impl Stand {
    pub(crate) fn new(
        frame: &Frame,
        (vacancy, standing): (&Vacancy, &Standing),
        wording: Wording<'_>,
        since: NaiveDate,
    ) -> Self {
        use vacancy::State as S;
        let terms = &wording.reference.terms;
        let lasts = vacancy.lasts(standing, terms);
        let decided = life::days(terms, "vacancy_decision_days").map(|days| since + days);
        let (kind, by) = match vacancy.state {
            S::Published => ("good", lasts),
            S::Submitted => ("wait", decided),
            S::Rejected => ("bad", None),
            S::Paused => ("wait", vacancy.offer.expires_on),
            S::Draft | S::Filled | S::Expired | S::Withdrawn => ("", None),
        };
        let turn = match vacancy.state.turn() {
            Turn::Nobody => String::new(),
            Turn::Clerk | Turn::Employer => frame.t(&format!("vacancy.turn-{}", vacancy.state)),
        };
        let cause = standing.cause.map(|cause| frame.t(&format!("vacancy.cause-{cause}")));
        let why = [cause.unwrap_or_default(), standing.reason.clone()];
        let why: Vec<_> = why.into_iter().filter(|part| !part.is_empty()).collect();
        Self {
            state: vacancy.state.code(),
            kind,
            since: text::date::ago(frame.lang, since, wording.today),
            turn,
            by: by.map(|day| text::date::full(frame.lang, day)).unwrap_or_default(),
            why: why.join(&frame.t("vacancy.why_joint")),
            ends: vacancy.nears_end(standing, terms, wording.today),
        }
    }
}

impl Manage {
    async fn new(app: &App, actor: &Actor, frame: Frame, id: Id<Vacancy>) -> Result<Self> {
        let (reference, scope) = (app.reference().await?, actor.scope());
        let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
        let mut r = app.db().read().await?;
        let vacancy = store::vacancy::managed_by(&mut r, &scope, id).await?;
        let employer = store::employer::find(&mut r, &scope, vacancy.employer).await?;
        let standing = store::vacancy::life::standing(&mut r, &scope, &[id]).await?;
        let (_, standing) = standing.into_iter().next().ok_or(app::Error::Absent("vacancy"))?;
        let findings = store::compliance::of(&mut r, &scope, id).await?;
        let events = store::event::of_subject(&mut r, id.uuid(), HISTORY).await?;
        let since = app.day_of(standing.since);
        let history = events.iter().filter_map(|event| did(&frame, app, event)).collect();
        let acts = Act::ALL.iter().copied().filter(|act| may(actor, &vacancy, *act));
        Ok(Self {
            id,
            title: vacancy.offer.title.clone(),
            employer,
            stand: Stand::new(&frame, (&vacancy, &standing), wording, since),
            state: vacancy.state,
            open: vacancy.is_open(wording.today),
            pay: text::wage::full(frame.lang, vacancy.offer.wage.as_ref()),
            sheet: sheet::facts(&vacancy, wording),
            unsaid: sheet::unsaid(&vacancy.offer, wording),
            fields: shown(&frame, &vacancy, &findings),
            said: findings.iter().map(|finding| Said::new(&frame, finding)).collect(),
            acts: acts.collect(),
            days: days(&reference.terms, wording.today),
            history,
            fault: None,
            frame,
        })
    }

    /// May the text be changed? What has ended is offered again first.
    fn editable(&self) -> bool {
        let over = matches!(
            self.state,
            vacancy::State::Filled | vacancy::State::Expired | vacancy::State::Withdrawn
        );
        !over && self.frame.may("vacancy.change")
    }

    fn can(&self, act: &str) -> bool {
        self.acts.iter().any(|one| one.code() == act)
    }

    /// The causes among which is chosen, with their words.
    fn causes(&self, clerk: bool) -> Vec<(&'static str, String)> {
        let all = if clerk { Cause::OF_CLERK } else { Cause::OF_EMPLOYER };
        all.iter().map(|c| (c.code(), self.frame.t(&format!("vacancy.cause-{c}")))).collect()
    }
}

/// So many of the last deeds are shown.
const HISTORY: i64 = 20;

/// The text with its marks, where there are any.
fn shown(frame: &Frame, vacancy: &Vacancy, findings: &[Finding]) -> Vec<Field> {
    let marked = findings.iter().any(|finding| finding.ends > finding.begins);
    if marked { fields(frame, &vacancy.offer, findings) } else { vec![] }
}

/// The first, the usual and the farthest last day.
fn days(terms: &model::term::Terms, today: NaiveDate) -> (String, String, String) {
    let ahead = |key| life::days(terms, key).map_or(today, |days| today + days).to_string();
    (today.to_string(), ahead("vacancy_usual_days"), ahead("vacancy_longest_days"))
}

/// Is this an act for this page: possible, and this actor's?
pub(crate) fn may(actor: &Actor, vacancy: &Vacancy, act: Act) -> bool {
    let deed = match act {
        Act::Pause => "vacancy.pause",
        Act::Resume => "vacancy.resume",
        Act::Renew => "vacancy.renew",
        Act::Fill | Act::Withdraw => "vacancy.close",
        Act::Reopen => "vacancy.reopen",
        Act::Hold => "vacancy.hold",
        // decided where the findings are shown
        Act::Submit | Act::Release | Act::Reject | Act::GiveBack | Act::Expire => return false,
    };
    act.begins(vacancy.state) && actor.may(deed).is_ok()
}

/// A deed and its time in words; deeds of the machinery are nobody's business.
fn did(frame: &Frame, app: &App, event: &Event) -> Option<(String, String)> {
    const TOLD: &[&str] = &[
        "import",
        "write",
        "change",
        "submit",
        "close",
        "release",
        "reject",
        "give_back",
        "hold",
        "pause",
        "resume",
        "renew",
        "reopen",
        "expire",
    ];
    let deed = match event.deed.as_str() {
        "employer.verify" => "release",
        "employer.suspend" => "hold",
        deed => deed.strip_prefix("vacancy.").filter(|deed| TOLD.contains(deed))?,
    };
    let when = app.local(event.at).format("%Y-%m-%d %H:%M").to_string();
    let who = match event.actor.as_str() {
        actor if actor.starts_with("account:") || actor.starts_with("token:") => "",
        "calendar" => "vacancy.by_calendar",
        _ => "vacancy.by_office",
    };
    let who = if who.is_empty() { String::new() } else { frame.t(who) };
    Some((when, [frame.t(&format!("vacancy.did-{deed}")), who].concat()))
}

pub(super) async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
) -> Result<Html<String>> {
    page(&Manage::new(&app, &actor, frame, id).await?)
}

/// What a form or a program says with an act.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Given {
    pub(super) until: String,
    pub(super) cause: String,
    pub(super) reason: String,
}

impl Given {
    pub(super) fn wish(&self) -> Result<Wish, Refusal> {
        let malformed = |_| Refusal::new("vacancy.day_malformed").field("until");
        let until = self.until.trim();
        let until = if until.is_empty() { None } else { Some(until.parse().map_err(malformed)?) };
        let cause = if self.cause.is_empty() { None } else { Some(self.cause.parse()?) };
        let reason: String = self.reason.trim().chars().take(LONGEST).collect();
        Ok(Wish { until, cause, reason })
    }
}

/// Characters of a reason.
const LONGEST: usize = 300;

pub(super) async fn act(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path((id, act)): Path<(Id<Vacancy>, String)>,
    Form(given): Form<Given>,
) -> Result<Response> {
    match done(&app, &actor, id, (&act, &given)).await {
        Ok(_) => Ok(Redirect::to(&format!("/vacancies/{id}/manage")).into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            let shown = Manage { fault, ..Manage::new(&app, &actor, frame, id).await? };
            Ok(again(page(&shown)?))
        }
    }
}

/// Does the act of that name.
pub(super) async fn done(
    app: &App,
    actor: &Actor,
    id: Id<Vacancy>,
    (act, given): (&str, &Given),
) -> app::Result<Vacancy> {
    let act: Act = act.parse()?;
    app::vacancy::life::act(app, actor, id, act, &given.wish()?).await
}
