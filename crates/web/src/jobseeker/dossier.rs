//! What a person can show: skills with their level, papers, posts held, schools; and for the person's
//! own office the categories that call for help.

use std::collections::BTreeMap;

use app::{
    App,
    jobseeker::{dossier, mine},
};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use model::{
    Id, Refusal,
    access::{Actor, Role},
    cell::day::{self, Side},
    jobseeker::{
        Identity, Jobseeker,
        citizen_number::CitizenNumber,
        dossier::{Category, Level, MOST, Standing, Wrong, mature},
    },
};
use serde::Deserialize;

use super::{field::Said, form::Sent, mine::registered};
use crate::{
    actor::{Office, Signed},
    error::Result,
    frame::{Fault, Frame, again, page},
};

/// The kinds of entries, and the fields of each.
const KINDS: [(&str, &[&str]); 4] = [
    ("skill", &["name", "level"]),
    ("certificate", &["name", "number", "issuer", "issued_on", "expires_on"]),
    ("post", &["employer", "title", "from", "to", "what"]),
    ("school", &["school", "subject", "from", "to"]),
];

/// One field of an entry.
struct Input {
    name: String,
    label: String,
    value: String,
    fault: Option<Said>,
    kind: &'static str,
}

struct Section {
    kind: &'static str,
    entries: Vec<Vec<Input>>,
}

/// A category in words.
struct CategoryLine {
    name: String,
    evidence: String,
    span: String,
    holds: bool,
}

#[derive(Template)]
#[template(path = "jobseeker/profile.html")]
struct Page {
    frame: Frame,
    id: Id<Jobseeker>,
    version: i64,
    /// Is it the person's own page?
    own: bool,
    action: String,
    fields: BTreeMap<String, String>,
    sections: Vec<Section>,
    levels: &'static [Level],
    faults: Vec<Said>,
    /// The person's own office, and the person: nobody else sees the categories.
    within: bool,
    categories: Vec<CategoryLine>,
    kinds: &'static [Category],
    fault: Option<Fault>,
}

impl Page {
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// Whose page, and what was wrong with what they sent.
struct Asked {
    id: Id<Jobseeker>,
    sent: Option<BTreeMap<String, String>>,
    wrong: Vec<Wrong>,
    fault: Option<Fault>,
}

async fn shown(app: &App, actor: &Actor, frame: Frame, asked: Asked) -> Result<Html<String>> {
    let Asked { id, sent, wrong, fault } = asked;
    let identity = mine::identity(app, actor, id).await?;
    let mut r = app.db().read().await?;
    let person = store::jobseeker::find(&mut r, &actor.scope(), id).await?;
    let within = dossier::own(&mut r, actor, id).await?;
    drop(r);
    let own = actor.role == Role::Jobseeker;
    let mut fields = identity.dossier.fields();
    fields.insert("email".into(), identity.email.clone());
    fields.insert("address".into(), identity.address.clone());
    let fields = sent.unwrap_or(fields);
    let said = |(name, refusal): &(String, Refusal)| Said::new(&frame, name, refusal);
    let faults: Vec<_> = wrong.iter().map(said).collect();
    let categories =
        if within { categories(app, &frame, &identity, &person).await? } else { vec![] };
    let action = if own { "/me/profile".to_owned() } else { format!("/jobseekers/{id}/profile") };
    page(&Page {
        id,
        version: person.version,
        own,
        action,
        sections: sections(&frame, &fields, &faults),
        fields,
        levels: Level::ALL,
        faults,
        within,
        categories,
        kinds: Category::ALL,
        fault,
        frame,
    })
}

/// What there is of each kind, and room for one more.
fn sections(frame: &Frame, fields: &BTreeMap<String, String>, faults: &[Said]) -> Vec<Section> {
    let entry = |kind: &str, at: usize, names: &[&str]| {
        let input = |name: &&str| {
            let full = format!("{kind}.{at}.{name}");
            Input {
                label: frame.t(&format!("jobseeker.entry-{kind}_{name}")),
                value: fields.get(&full).cloned().unwrap_or_default(),
                fault: faults.iter().find(|said| said.field == full).cloned(),
                kind: match *name {
                    "level" => "level",
                    "what" => "area",
                    _ => "text",
                },
                name: full,
            }
        };
        names.iter().map(input).collect::<Vec<_>>()
    };
    let section = |(kind, names): &(&'static str, &[&str])| {
        let filled = |at: &usize| {
            let start = format!("{kind}.{at}.");
            fields.iter().any(|(name, value)| name.starts_with(&start) && !value.is_empty())
        };
        let last = (0..MOST).filter(filled).max().map_or(0, |at| at + 1);
        let entries = (0..(last + 1).min(MOST)).map(|at| entry(kind, at, names)).collect();
        Section { kind, entries }
    };
    KINDS.iter().map(section).collect()
}

/// The categories noted, and the one that is reckoned.
async fn categories(
    app: &App,
    frame: &Frame,
    identity: &Identity,
    person: &Jobseeker,
) -> Result<Vec<CategoryLine>> {
    let (reference, today) = (app.reference().await?, app.today());
    let day = |day| text::date::full(frame.lang, day);
    let line = |one: &Standing| CategoryLine {
        name: frame.t(&format!("jobseeker.category-{}", one.category)),
        evidence: one.evidence.clone(),
        span: match one.to {
            Some(last) => format!("{} – {}", day(one.from), day(last)),
            None => frame.s("jobseeker.since", "day", &day(one.from)),
        },
        holds: one.holds(today),
    };
    let mut lines: Vec<_> = identity.dossier.categories.iter().map(line).collect();
    let region = &person.profile.place.region;
    let number = CitizenNumber::parse(&identity.number, today).ok();
    if let Some(found) = number.and_then(|n| mature(&n, &reference.terms, region, today)) {
        lines.push(CategoryLine {
            name: frame.t("jobseeker.category-mature"),
            evidence: found.basis,
            span: frame.s("jobseeker.since", "day", &day(found.since)),
            holds: true,
        });
    }
    Ok(lines)
}

fn asking(id: Id<Jobseeker>) -> Asked {
    Asked { id, sent: None, wrong: Vec::new(), fault: None }
}

pub(super) async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
) -> Result<Html<String>> {
    shown(&app, &actor, frame, asking(id)).await
}

pub(super) async fn mine(
    State(app): State<App>,
    Signed { actor, .. }: Signed,
    frame: Frame,
) -> Result<Html<String>> {
    let id = registered(&actor)?;
    shown(&app, &actor, frame, asking(id)).await
}

async fn kept(
    app: &App,
    actor: &Actor,
    frame: Frame,
    (id, sent): (Id<Jobseeker>, Sent),
) -> Result<Response> {
    let fields: BTreeMap<String, String> = sent.into_iter().collect();
    let version = fields.get("version").and_then(|v| v.parse().ok()).unwrap_or_default();
    match dossier::keep(app, actor, (id, version), &fields).await? {
        Ok(()) if actor.role == Role::Jobseeker => Ok(Redirect::to("/me/profile").into_response()),
        Ok(()) => Ok(Redirect::to(&format!("/jobseekers/{id}/profile")).into_response()),
        Err(wrong) => {
            let asked = Asked { sent: Some(fields), wrong, ..asking(id) };
            Ok(again(shown(app, actor, frame, asked).await?))
        }
    }
}

pub(super) async fn keep(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    kept(&app, &actor, frame, (id, sent)).await
}

pub(super) async fn keep_mine(
    State(app): State<App>,
    Signed { actor, .. }: Signed,
    frame: Frame,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let id = registered(&actor)?;
    kept(&app, &actor, frame, (id, sent)).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Noted {
    version: i64,
    category: Category,
    evidence: String,
    from: String,
    #[serde(default)]
    to: String,
}

impl Noted {
    fn standing(&self, app: &App) -> Result<Standing, Refusal> {
        let day = |written: &str, field| {
            day::read(written, app.today(), Side::Past).ok_or_else(|| {
                let refusal = Refusal::new("jobseeker.day_not_understood").field(field);
                refusal.arg("value", written)
            })
        };
        let to = if self.to.trim().is_empty() { None } else { Some(day(&self.to, "to")?) };
        let evidence = model::cell::line(&self.evidence).chars().take(120).collect();
        Ok(Standing { category: self.category, evidence, from: day(&self.from, "from")?, to })
    }
}

pub(super) async fn categorise(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
    Form(noted): Form<Noted>,
) -> Result<Response> {
    let done = match noted.standing(&app) {
        Ok(standing) => dossier::categorise(&app, &actor, (id, noted.version), standing).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/jobseekers/{id}/profile#categories")).into_response()),
        Err(error) => {
            let fault = Some(Fault::of(&frame, error)?);
            Ok(again(shown(&app, &actor, frame, Asked { fault, ..asking(id) }).await?))
        }
    }
}
