//! A CV on one page of A4, with the contact that the person chooses.

use app::{App, jobseeker::mine};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Html,
};
use chrono::NaiveDate;
use model::{
    Id,
    access::{Actor, Role},
    jobseeker::{Identity, Jobseeker, dossier::Dossier},
};
use serde::Deserialize;

use super::{facts, mine::registered, told};
use crate::{
    actor::{Office, Signed},
    error::Result,
    frame::{Frame, page, wording::Wording},
    vacancy::card::Fact,
};

/// What fits on one page.
const MOST_POSTS: usize = 5;
const MOST_SCHOOLS: usize = 3;
const MOST_PAPERS: usize = 6;
const MOST_SKILLS: usize = 12;
const LONGEST: usize = 140;

/// Which contact is shown; without a choice the telephone.
#[derive(Clone, Copy, Default, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a box of the form")]
pub(super) struct Chosen {
    #[serde(default, rename = "chosen")]
    any: bool,
    #[serde(default)]
    phone: bool,
    #[serde(default)]
    email: bool,
    #[serde(default)]
    address: bool,
}

/// An entry with its time.
struct Entry {
    when: String,
    head: String,
    note: String,
    text: String,
}

/// A way to be reached: which it is, what it says, and whether it is shown.
struct Contact {
    name: &'static str,
    label: String,
    value: String,
    shown: bool,
}

#[derive(Template)]
#[template(path = "jobseeker/cv.html")]
struct Cv {
    frame: Frame,
    path: String,
    back: String,
    name: String,
    about: String,
    contacts: Vec<Contact>,
    sheet: Vec<Fact>,
    skills: Vec<(String, String)>,
    posts: Vec<Entry>,
    /// In the person's words, where no posts are told.
    history: String,
    papers: Vec<Entry>,
    schools: Vec<Entry>,
}

async fn shown(
    app: &App,
    actor: &Actor,
    frame: Frame,
    (id, chosen): (Id<Jobseeker>, Chosen),
) -> Result<Html<String>> {
    let identity = mine::identity(app, actor, id).await?;
    let mut person =
        store::jobseeker::find(&mut app.db().read().await?, &actor.scope(), id).await?;
    identity.give_words(&mut person.profile);
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let own = actor.role == Role::Jobseeker;
    let (path, back) = if own {
        ("/me/cv".to_owned(), "/me".to_owned())
    } else {
        (format!("/jobseekers/{id}/cv"), format!("/jobseekers/{id}"))
    };
    let contacts = contacts(&frame, &identity, chosen);
    let Identity { name, dossier, .. } = identity;
    let mut sheet = told(facts(&person.profile, wording), &dossier.said, &frame);
    let name_of = frame.t("jobseeker.skills");
    sheet.retain(|fact| dossier.skills.is_empty() || fact.name != name_of);
    let history = if dossier.posts.is_empty() { person.profile.history } else { String::new() };
    page(&Cv {
        path,
        back,
        name,
        contacts,
        sheet,
        skills: skills(&frame, &dossier),
        posts: posts(&frame, &dossier),
        history,
        papers: papers(&frame, &dossier),
        schools: schools(&frame, &dossier),
        about: dossier.about,
        frame,
    })
}

fn contacts(frame: &Frame, identity: &Identity, chosen: Chosen) -> Vec<Contact> {
    let all = [
        ("phone", &identity.phone, chosen.phone || !chosen.any),
        ("email", &identity.email, chosen.email),
        ("address", &identity.address, chosen.address),
    ];
    let told = all.into_iter().filter(|(_, value, _)| !value.is_empty());
    let contact = |(name, value, shown): (&'static str, &String, bool)| {
        let label = frame.t(&format!("jobseeker.{name}"));
        Contact { name, label, value: value.clone(), shown }
    };
    told.map(contact).collect()
}

fn skills(frame: &Frame, dossier: &Dossier) -> Vec<(String, String)> {
    let skill = |one: &model::jobseeker::dossier::Ability| {
        let level = one.level.map(|level| frame.t(&format!("jobseeker.level-{level}")));
        (one.name.clone(), level.unwrap_or_default())
    };
    dossier.skills.iter().take(MOST_SKILLS).map(skill).collect()
}

fn posts(frame: &Frame, dossier: &Dossier) -> Vec<Entry> {
    let mut posts: Vec<_> = dossier.posts.iter().collect();
    posts.sort_by_key(|one| std::cmp::Reverse(one.from));
    let entry = |one: &&model::jobseeker::dossier::Employment| Entry {
        when: span(frame, one.from, one.to),
        head: one.title.clone(),
        note: one.employer.clone(),
        text: one.what.chars().take(LONGEST).collect(),
    };
    posts.iter().take(MOST_POSTS).map(entry).collect()
}

fn schools(frame: &Frame, dossier: &Dossier) -> Vec<Entry> {
    let mut schools: Vec<_> = dossier.schools.iter().collect();
    schools.sort_by_key(|one| std::cmp::Reverse(one.from));
    let entry = |one: &&model::jobseeker::dossier::Schooling| Entry {
        when: span(frame, one.from, one.to),
        head: one.school.clone(),
        note: one.subject.clone(),
        text: String::new(),
    };
    schools.iter().take(MOST_SCHOOLS).map(entry).collect()
}

fn papers(frame: &Frame, dossier: &Dossier) -> Vec<Entry> {
    let entry = |one: &model::jobseeker::dossier::Certificate| Entry {
        when: month(one.issued_on),
        head: one.name.clone(),
        note: one.issuer.clone(),
        text: one
            .expires_on
            .map(|day| frame.s("jobseeker.valid_to", "day", &text::date::full(frame.lang, day)))
            .unwrap_or_default(),
    };
    dossier.certificates.iter().take(MOST_PAPERS).map(entry).collect()
}

/// "2019-03 – 2022-05"; without an end it lasts.
fn span(frame: &Frame, from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    let end = if to.is_some() { month(to) } else { frame.t("jobseeker.till_now") };
    if from.is_some() { format!("{} – {end}", month(from)) } else { month(to) }
}

fn month(day: Option<NaiveDate>) -> String {
    day.map(|day| day.format("%Y-%m").to_string()).unwrap_or_default()
}

pub(super) async fn show(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    Path(id): Path<Id<Jobseeker>>,
    Query(chosen): Query<Chosen>,
) -> Result<Html<String>> {
    shown(&app, &actor, frame, (id, chosen)).await
}

pub(super) async fn mine(
    State(app): State<App>,
    Signed { actor, .. }: Signed,
    frame: Frame,
    Query(chosen): Query<Chosen>,
) -> Result<Html<String>> {
    let id = registered(&actor)?;
    shown(&app, &actor, frame, (id, chosen)).await
}
