//! The form in which a vacancy is written: what was understood stands beside each field, the words
//! that the law does not allow are marked under it, and how many people each condition keeps away.

pub(super) mod pattern;
mod sent;

use app::{
    App, Error as AppError,
    vacancy::form::{self, Read},
};
use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use model::{
    Id, Refusal,
    access::{Actor, Reach},
    compliance::{Strength, fact, verdict},
    employer::Employer,
    vacancy::{
        Benefit, Form as Contract, Vacancy,
        form::{Remark, Written},
        pattern::Pattern,
    },
};
use serde::Deserialize;

pub(super) use self::sent::whose;
use self::sent::{For, Sent};
use super::understood::{Heard, heard};
use crate::{
    actor::Office,
    compliance::said::{Part, Said, parts},
    error::Result,
    frame::{Frame, again, page, wording::Wording},
};

/// One field of the form.
struct Field {
    name: &'static str,
    /// `text`, `area`, `day`, `pick`, `checks`.
    kind: &'static str,
    label: String,
    hint: String,
    value: String,
    fault: Option<(String, String)>,
    heard: Heard,
    parts: Vec<Part>,
    said: Vec<Said>,
}

#[derive(Template)]
#[template(path = "vacancy/form.html")]
#[expect(clippy::struct_excessive_bools, reason = "each shows a part of the form or does not")]
struct Write {
    frame: Frame,
    /// Empty for a new one.
    id: String,
    version: i64,
    /// It is not a draft any more: whatever is kept goes through the gate.
    sent: bool,
    /// An office writes it for somebody.
    asks_employer: bool,
    agency: bool,
    /// Its licence is in force.
    brokers: bool,
    whose: For,
    fields: Vec<Field>,
    /// What the gate says of all of it; `None` before anything was looked at.
    verdict: Option<Strength>,
    /// Findings about no field.
    said: Vec<Said>,
    strict: Vec<String>,
    /// Texts that the employer keeps, to begin from: id and name.
    patterns: Vec<(String, String)>,
    /// What was refused that is no field's.
    fault: Option<(String, String)>,
}

impl Write {
    fn new(frame: Frame, actor: &Actor, sent: &Sent) -> Self {
        let own = matches!(actor.scope().reach(), Reach::Employer(_));
        Self {
            id: sent.id.map(|id| id.to_string()).unwrap_or_default(),
            version: sent.version.unwrap_or(0),
            sent: false,
            asks_employer: !own && sent.id.is_none(),
            agency: false,
            brokers: false,
            whose: sent.whose.clone(),
            fields: fields(&frame, &sent.written),
            verdict: None,
            said: vec![],
            strict: vec![],
            patterns: vec![],
            fault: None,
            frame,
        }
    }

    /// With what is known of whoever it is written for.
    async fn known(mut self, app: &App, actor: &Actor) -> Result<Self> {
        let (mut r, scope) = (app.db().read().await?, actor.scope());
        let kept = store::vacancy::pattern::all(&mut r, &scope).await?;
        self.patterns = kept.into_iter().map(|one| (one.id.to_string(), one.name)).collect();
        let mut employer: Option<Id<Employer>> = self.whose.id.parse().ok();
        if let Ok(id) = self.id.parse() {
            let vacancy = store::vacancy::managed_by(&mut r, &scope, id).await?;
            self.sent = vacancy.state != model::vacancy::State::Draft;
            employer = Some(vacancy.employer);
        }
        if let Reach::Employer(own) = scope.reach() {
            employer = Some(*own);
        }
        if let Some(id) = employer {
            let known = store::employer::find(&mut r, &scope, id).await?;
            let stand = store::employer::verification::one(&mut r, &scope, id).await?;
            self.agency = stand.claim.agency;
            self.brokers = stand.may_broker(app.today());
            self.whose.name = known.details.name;
        }
        if !self.agency {
            self.fields.retain(|field| field.name != "end_employer");
        }
        Ok(self)
    }

    /// What was understood, marked and counted.
    async fn look(mut self, app: &App, actor: &Actor, written: &Written) -> Result<Self> {
        let reference = app.reference().await?;
        let wording = Wording { lang: self.frame.lang, reference: &reference, today: app.today() };
        let agency = self.agency.then_some(self.brokers);
        match form::read(app, actor, written, agency).await? {
            Err(faults) => self.blame(&faults),
            Ok(Read { offer, remarks, findings }) => {
                self.verdict = Some(verdict(&findings));
                let texts = fact::texts(&offer);
                for field in &mut self.fields {
                    let text = texts.iter().find(|text| text.field == field.name);
                    let of = |f: &&model::compliance::Finding| f.field == field.name;
                    field.said =
                        findings.iter().filter(of).map(|f| Said::new(&self.frame, f)).collect();
                    let marked = findings.iter().filter(of).any(|f| f.ends > f.begins);
                    if let (Some(text), true) = (text, marked) {
                        field.parts = parts(*text, &findings);
                    }
                    field.heard = heard(field.name, &offer, wording);
                    let about = remarks.iter().find(|remark| remark.field == field.name);
                    if let Some(remark) = about {
                        field.heard.unsure = self.frame.say(&remark.refusal);
                    }
                }
                let fields: Vec<&str> = self.fields.iter().map(|field| field.name).collect();
                let rest = findings.iter().filter(|f| !fields.contains(&f.field.as_str()));
                self.said = rest.map(|f| Said::new(&self.frame, f)).collect();
                let strict = app::matching::strict(app, &offer).await?;
                self.strict = super::understood::strict(&self.frame, &offer, strict.as_ref());
            }
        }
        Ok(self)
    }

    fn blame(&mut self, faults: &[Remark]) {
        for fault in faults {
            let said = self.frame.say(&fault.refusal);
            let remedy = text::remedy(self.frame.lang, &fault.refusal).unwrap_or_default();
            match self.fields.iter_mut().find(|field| field.name == fault.field) {
                Some(field) => field.fault = Some((said, remedy)),
                None => self.fault = Some((said, remedy)),
            }
        }
    }

    fn faulty(&self) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.fault.is_some()).collect()
    }

    fn contracts(&self) -> Vec<(&'static str, String)> {
        let name = |c: &Contract| (c.code(), text::vacancy::form(self.frame.lang, *c));
        Contract::ALL.iter().map(name).collect()
    }

    fn benefits(&self) -> Vec<(&'static str, String)> {
        let name = |b: &Benefit| (b.code(), self.frame.t(&format!("vacancy.benefit-{b}")));
        Benefit::ALL.iter().map(name).collect()
    }

    #[expect(clippy::unused_self, reason = "a page asks itself")]
    fn has(&self, list: &str, code: &str) -> bool {
        list.split('、').any(|one| one == code)
    }
}

/// Name, kind, and whether it stands in the column of conditions.
const FIELDS: [(&str, &str); 13] = [
    ("title", "text"),
    ("end_employer", "text"),
    ("duties", "area"),
    ("headcount", "text"),
    ("place", "text"),
    ("wage", "text"),
    ("contract", "pick"),
    ("benefits", "checks"),
    ("education", "text"),
    ("experience", "text"),
    ("skills", "text"),
    ("contact", "text"),
    ("expires_on", "day"),
];

fn fields(frame: &Frame, written: &Written) -> Vec<Field> {
    let value = |name: &str| match name {
        "title" => &written.title,
        "end_employer" => &written.end_employer,
        "duties" => &written.duties,
        "headcount" => &written.headcount,
        "place" => &written.place,
        "wage" => &written.wage,
        "contract" => &written.contract,
        "benefits" => &written.benefits,
        "education" => &written.education,
        "experience" => &written.experience,
        "skills" => &written.skills,
        "contact" => &written.contact,
        _ => &written.expires_on,
    };
    let field = |(name, kind): &(&'static str, &'static str)| Field {
        name,
        kind,
        label: frame.t(&format!("vacancy.field-{name}")),
        hint: frame.t(&format!("vacancy.hint-{name}")),
        value: value(name).clone(),
        fault: None,
        heard: Heard::default(),
        parts: vec![],
        said: vec![],
    };
    FIELDS.iter().map(field).collect()
}

#[derive(Deserialize)]
pub(super) struct After {
    /// One to begin from.
    #[serde(default)]
    from: String,
    /// A text that the employer keeps.
    #[serde(default)]
    pattern: String,
    /// For whom, where an office writes.
    #[serde(default)]
    employer: String,
}

/// An empty form, or one filled like another vacancy.
pub(super) async fn blank(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Query(After { from, pattern, employer }): Query<After>,
) -> Result<Html<String>> {
    let mut sent = Sent::default();
    sent.whose.id = employer;
    if let Ok(id) = from.parse::<Id<Vacancy>>() {
        let (reference, scope) = (app.reference().await?, actor.scope());
        let mut r = app.db().read().await?;
        let like = store::vacancy::managed_by(&mut r, &scope, id).await?;
        sent.written =
            Written { expires_on: String::new(), ..Written::of(&like.offer, &reference) };
        sent.whose.id = like.employer.to_string();
    }
    if let Ok(id) = pattern.parse::<Id<Pattern>>() {
        let kept = app::vacancy::pattern::all(&app, &actor).await?;
        let kept = kept.into_iter().find(|one| one.id == id);
        sent.written = kept.ok_or(AppError::Absent("vacancy"))?.written;
    }
    page(&Write::new(frame, &actor, &sent).known(&app, &actor).await?)
}

/// The form with what is found in it; nothing is kept.
pub(super) async fn look(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Html<String>> {
    let sent = Sent::new(pairs);
    let shown = Write::new(frame, &actor, &sent).known(&app, &actor).await?;
    page(&shown.look(&app, &actor, &sent.written).await?)
}

/// Keeps a new vacancy.
pub(super) async fn create(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let sent = Sent::new(pairs);
    let kept = match sent.whose(&actor) {
        Ok(whose) => form::write(&app, &actor, (&whose, &sent.written), sent.act == "send").await,
        Err(refusal) => Err(refusal.into()),
    };
    answer(&app, &actor, frame, (sent, kept)).await
}

/// The form of a vacancy that is there.
pub(super) async fn edit(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
) -> Result<Html<String>> {
    let (reference, scope) = (app.reference().await?, actor.scope());
    let vacancy = store::vacancy::managed_by(&mut app.db().read().await?, &scope, id).await?;
    let written = Written::of(&vacancy.offer, &reference);
    let version = Some(vacancy.version);
    let sent = Sent { written, id: Some(id), version, ..Sent::default() };
    let shown = Write::new(frame, &actor, &sent).known(&app, &actor).await?;
    page(&shown.look(&app, &actor, &sent.written).await?)
}

/// Keeps what was changed.
pub(super) async fn update(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Vacancy>>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let sent = Sent { id: Some(id), ..Sent::new(pairs) };
    let which = (id, sent.version);
    let kept = form::change(&app, &actor, which, &sent.written, sent.act == "send").await;
    answer(&app, &actor, frame, (sent, kept)).await
}

/// To the vacancy, or the form again with what stands in the way.
async fn answer(
    app: &App,
    actor: &Actor,
    frame: Frame,
    (mut sent, kept): (Sent, app::Result<form::Kept>),
) -> Result<Response> {
    let refusal = match kept {
        Ok(kept) if !kept.refused => {
            let path = format!("/vacancies/{}/manage", kept.vacancy.id);
            return Ok(Redirect::to(&path).into_response());
        }
        Ok(kept) => {
            sent.id = Some(kept.vacancy.id);
            sent.version = Some(kept.vacancy.version);
            Refusal::new("vacancy.kept_as_draft")
        }
        Err(AppError::Refused(refusal)) => refusal,
        Err(AppError::Stale) => Refusal::new("vacancy.changed_meanwhile"),
        Err(other) => return Err(other.into()),
    };
    let shown = Write::new(frame, actor, &sent).known(app, actor).await?;
    let mut shown = shown.look(app, actor, &sent.written).await?;
    let field = refusal.field.unwrap_or_default();
    shown.blame(&[Remark { field, refusal }]);
    Ok(again(page(&shown)?))
}
