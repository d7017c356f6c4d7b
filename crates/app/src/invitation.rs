//! Shortlists for employers: who fits a vacancy of theirs, without a name, and asking them to apply.

use std::collections::HashMap;

use chrono::NaiveTime;
use model::{
    Id, Refusal,
    access::Actor,
    application::{Application, days},
    invitation::{Answer, Invitation, room},
    jobseeker::Jobseeker,
    look::What,
    matching::Outcome,
    notice::{Kind, To},
    vacancy::{Vacancy, life::Standing},
};
use serde_json::json;
use store::{Note, Reader, Writer};

use crate::{
    App, Error, Result, application, deed, look,
    matching::{self, Candidate, Ranked},
    notice::inbox,
};

/// Of so many that fit best is asked, for each that is shown, whether they let employers see them.
const POOL: usize = 5;

/// The most of those who applied that are shown beside it.
const APPLIED: i64 = 200;

/// A vacancy of the actor's own, those who fit it, who was asked and who applied.
#[derive(Clone, Debug)]
pub struct Shortlist {
    pub vacancy: Vacancy,
    pub standing: Standing,
    /// Are people wanted for it? Nobody is put forward for one that is not open.
    pub open: bool,
    /// Best first.
    pub people: Vec<Ranked<Candidate>>,
    pub asked: HashMap<Id<Jobseeker>, Invitation>,
    /// The newest first.
    pub applied: Vec<Application>,
}

/// Those who fit a vacancy of the actor's own best and let employers see them; each of them can read
/// that they were looked at.
pub async fn shortlist(
    app: &App,
    actor: &Actor,
    id: Id<Vacancy>,
    limit: usize,
) -> Result<Shortlist> {
    actor.may("invitation.list").map_err(Error::Forbidden)?;
    let (mut r, scope) = (app.db().read().await?, actor.scope());
    let vacancy = store::vacancy::managed_by(&mut r, &scope, id).await?;
    let standing = store::vacancy::life::standing(&mut r, &scope, &[id]).await?;
    let (_, standing) = standing.into_iter().next().ok_or(Error::Absent("vacancy"))?;
    let asked = store::invitation::of_vacancy(&mut r, &scope, id).await?;
    let asked = asked.into_iter().map(|one| (one.jobseeker, one)).collect();
    let applied = store::application::of_vacancy(&mut r, &scope, id, APPLIED).await?;
    drop(r);
    let open = vacancy.is_open(app.today());
    let people = if open { fitting(app, actor, &vacancy, limit).await? } else { vec![] };
    Ok(Shortlist { vacancy, standing, open, people, asked, applied })
}

async fn fitting(
    app: &App,
    actor: &Actor,
    vacancy: &Vacancy,
    limit: usize,
) -> Result<Vec<Ranked<Candidate>>> {
    let (id, program) = (vacancy.id, Actor::program("shortlist"));
    let mut people = matching::candidates(app, &program, id, limit * POOL).await?.items;
    let ids: Vec<_> = people.iter().map(|one| one.what.id).collect();
    let willing = store::invitation::willing(&mut app.db().read().await?, id, &ids).await?;
    people.retain(|one| willing.contains(&one.what.id));
    people.truncate(limit);
    let seen: Vec<_> = people.iter().map(|one| one.what.id).collect();
    look::note(app, actor, &seen, What::Record, &vacancy.offer.title).await?;
    Ok(people)
}

/// A vacancy of the actor's own that people are wanted for.
async fn open(app: &App, r: &mut Reader, actor: &Actor, id: Id<Vacancy>) -> Result<Vacancy> {
    let vacancy = store::vacancy::managed_by(r, &actor.scope(), id).await?;
    if vacancy.is_open(app.today()) {
        return Ok(vacancy);
    }
    Err(Refusal::new("application.vacancy_closed").into())
}

/// Asks somebody of the shortlist to apply. Asked twice, they are asked once.
pub async fn make(
    app: &App,
    actor: &Actor,
    (vacancy, person): (Id<Vacancy>, Id<Jobseeker>),
) -> Result<()> {
    actor.may("invitation.make").map_err(Error::Forbidden)?;
    let mut r = app.db().read().await?;
    open(app, &mut r, actor, vacancy).await?;
    drop(r);
    // whoever does not fit is on no shortlist, and an id alone tells nothing of who exists
    let pair = matching::pair(app, &Actor::program("shortlist"), person, vacancy).await?;
    if matches!(pair.outcome, Outcome::Excluded { .. }) {
        return Err(Error::Absent("jobseeker"));
    }
    let most = days(&app.reference().await?.terms, "invitation_day_most");
    let today = app.moment(app.today().and_time(NaiveTime::MIN));
    deed!(app, actor, "invitation.make", |w| {
        let post = open(app, w, actor, vacancy).await?;
        if store::invitation::willing(w, vacancy, &[person]).await?.is_empty() {
            return Err(Error::Absent("jobseeker"));
        }
        let one = Invitation {
            id: app.id(),
            vacancy,
            jobseeker: person,
            employer: post.employer,
            made_by: actor.name.clone(),
            made_at: w.at(),
            answer: None,
            answered_at: None,
        };
        if !store::invitation::add(w, &one).await? {
            return Ok(());
        }
        // counted with this one
        room(store::invitation::since(w, vacancy, today).await? - 1, most)?;
        told(w, &one, "make");
        inbox::tell_of(app, w, (To::Person(person), Kind::Asked), &post).await
    })
}

fn told(w: &mut Writer, one: &Invitation, act: &str) {
    w.note(Note {
        noun: "invitation",
        subject: one.id.uuid(),
        region: String::new(),
        change: json!({ "act": act, "vacancy": one.vacancy, "jobseeker": one.jobseeker }),
    });
}

/// An invitation that waits for the actor's answer, with its vacancy.
pub async fn waiting(app: &App, actor: &Actor) -> Result<Vec<(Invitation, Vacancy)>> {
    let scope = actor.scope();
    let Some(person) = scope.person() else { return Ok(vec![]) };
    let mut r = app.db().read().await?;
    let all = store::invitation::waiting(&mut r, &scope, person).await?;
    let ids: Vec<_> = all.iter().map(|one| one.vacancy).collect();
    let posts = store::vacancy::of_ids(&mut r, &scope, &ids).await?;
    let with = |one: Invitation| {
        let post = posts.iter().find(|post| post.id == one.vacancy)?.clone();
        Some((one, post)).filter(|(_, post)| post.is_open(app.today()))
    };
    Ok(all.into_iter().filter_map(with).collect())
}

/// The person says yes, which is applying: from then on the employer may see who it is.
pub async fn agree(app: &App, actor: &Actor, id: Id<Invitation>) -> Result<Application> {
    let (scope, clock) = (actor.scope(), application::now(app).await?);
    let one = store::invitation::find(&mut app.db().read().await?, &scope, id).await?;
    let between = (one.jobseeker, one.vacancy);
    let done = deed!(app, actor, "invitation.answer", |w| {
        application::put(app, w, actor, between, clock).await
    });
    application::once(app, &scope, between, done).await
}

/// The person says no; nobody learns who said so.
pub async fn decline(app: &App, actor: &Actor, id: Id<Invitation>) -> Result<()> {
    deed!(app, actor, "invitation.answer", |w| {
        let one = store::invitation::find(w, &actor.scope(), id).await?;
        let between = (one.jobseeker, one.vacancy);
        if store::invitation::answer(w, between, Answer::Declined).await? {
            told(w, &one, "decline");
        }
        Ok(())
    })
}
