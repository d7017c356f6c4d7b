//! Referrals: a clerk sends a person to vacancies with a numbered letter each, and the employer at the
//! door answers with the code that is on it. 介绍信

use chrono::Datelike;
use model::{
    Id, Refusal,
    access::{Actor, Scope},
    application::{Application, Channel, Side, number},
    contact::{Contact, Way},
    employer::Employer,
    interest,
    jobseeker::{Identity, Jobseeker},
    look::What,
    notice::Kind,
    vacancy::Vacancy,
};
use qrcode::{QrCode, render::svg};
use sha2::{Digest as _, Sha256};
use store::Writer;

use super::{Step, go, looked, now, open_post, program, told};
use crate::{App, Error, Result, contact, deed, notice::inbox};

/// So many letters at once.
const MOST: usize = 20;

/// Sends a person to vacancies, one letter each: all of them, or none.
pub async fn refer(
    app: &App,
    actor: &Actor,
    person: Id<Jobseeker>,
    vacancies: &[Id<Vacancy>],
) -> Result<Vec<Application>> {
    if vacancies.is_empty() || vacancies.len() > MOST {
        let refusal = Refusal::new("application.choose_some").field("vacancy");
        return Err(refusal.arg("most", MOST.to_string()).into());
    }
    let (scope, clock) = (actor.scope(), now(app).await?);
    deed!(app, actor, "application.refer", |w| {
        let known = store::jobseeker::find(w, &scope, person).await?;
        let mut letters: Vec<Application> = vec![];
        for vacancy in vacancies {
            let post = open_post(app, w, &scope, *vacancy).await?;
            disinterested(w, actor, &post).await?;
            apart(w, &scope, person, &post).await?;
            let (office, year) = (scope.office(), clock.today.year());
            let (bureau, running) = store::application::letter::next(w, office, year).await?;
            let one = Application {
                channel: Channel::Referral,
                number: number::of(bureau, year, running),
                office,
                ..Application::submitted(app.id(), (person, &post), &actor.name, clock)
            };
            store::application::add(w, &one).await?;
            let digest = digest(&code(app, one.id));
            store::application::letter::keep(w, one.id, &digest).await?;
            told(w, &one, "refer", &post.offer.place.region);
            inbox::tell(app, w, (&one, &post.offer.title), Kind::Referred).await?;
            letters.push(one);
        }
        // whoever is handed a letter was spoken with
        let batch = app.id::<Contact>().uuid();
        contact::spoken(app, w, &[known], (Way::Counter, batch)).await?;
        Ok(letters)
    })
}

/// Refused where the clerk, or a relative, has to do with the employer.
async fn disinterested(w: &mut Writer, actor: &Actor, post: &Vacancy) -> Result<()> {
    let Some(account) = actor.account else { return Ok(()) };
    let interests = store::interest::of_account(w, account).await?;
    let firms = store::interest::firms_of(w, account).await?;
    Ok(interest::check(post.employer, &interests, &firms)?)
}

/// Refused where the person is on the way to the vacancy already.
async fn apart(w: &mut Writer, scope: &Scope, person: Id<Jobseeker>, post: &Vacancy) -> Result<()> {
    let open = store::application::open_between(w, scope, person, post.id).await?;
    let Some(open) = open else { return Ok(()) };
    let code = if open.number.is_empty() { "application.already" } else { "application.referred" };
    let refusal = Refusal::new(code).arg("title", &post.offer.title).arg("number", &open.number);
    Err(refusal.into())
}

/// The code on a letter: made from the letter's id with the program's key, so that a letter printed
/// again bears the same; 32 hexadecimal digits that nobody guesses.
fn code(app: &App, id: Id<Application>) -> String {
    app.secret().digest("letter", &id.to_string())
}

/// What is kept of a code.
fn digest(code: &str) -> String {
    model::backup::hex(&Sha256::digest(code.as_bytes()))
}

/// Everything that stands on a letter.
#[derive(Clone, Debug)]
pub struct Letter {
    pub application: Application,
    pub identity: Identity,
    pub vacancy: Vacancy,
    pub employer: Employer,
    /// The office's name; empty where the machine itself wrote it.
    pub office: String,
    /// The path of the page where the employer answers.
    pub path: String,
}

/// Letters to print, in the order of the ids. Each names a person, so each leaves a trace.
pub async fn letters(app: &App, actor: &Actor, ids: &[Id<Application>]) -> Result<Vec<Letter>> {
    if ids.is_empty() || ids.len() > MOST {
        return Err(Error::Absent("application"));
    }
    deed!(app, actor, "application.open", |w| {
        let mut letters = vec![];
        for id in ids {
            letters.push(letter(app, w, &actor.scope(), *id).await?);
        }
        Ok(letters)
    })
}

async fn letter(app: &App, w: &mut Writer, scope: &Scope, id: Id<Application>) -> Result<Letter> {
    let one = store::application::find(w, scope, id).await?;
    if one.number.is_empty() {
        return Err(Error::Absent("application"));
    }
    let identity = looked(app, w, (one.jobseeker, None), What::Contact).await?;
    let vacancy = store::vacancy::find(w, &program(), one.vacancy).await?;
    let employer = store::employer::find(w, &program(), one.employer).await?;
    let office = match one.office {
        Some(office) => store::organisation::find(w, &program(), office).await?.name,
        None => String::new(),
    };
    let code = code(app, id);
    // with another key in use the letter bears another code from now on
    store::application::letter::keep(w, id, &digest(&code)).await?;
    Ok(Letter {
        application: one,
        identity,
        vacancy,
        employer,
        office,
        path: format!("/letters/{code}"),
    })
}

/// A picture that a telephone reads: black on white, so that paper bears it.
pub fn picture(address: &str) -> Result<String> {
    let code = QrCode::new(address).map_err(Error::broken)?;
    Ok(code.render::<svg::Color<'_>>().quiet_zone(true).min_dimensions(160, 160).build())
}

/// What the holder of a letter sees: which letter it is, for which vacancy; nothing of the person.
pub async fn of_code(app: &App, code: &str) -> Result<(Application, Vacancy, Employer)> {
    let mut r = app.db().read().await?;
    let one = store::application::letter::of_code(&mut r, &digest(code)).await?;
    let one = one.ok_or(Error::Absent("letter"))?;
    let vacancy = store::vacancy::find(&mut r, &program(), one.vacancy).await?;
    let employer = store::employer::find(&mut r, &program(), one.employer).await?;
    Ok((one, vacancy, employer))
}

/// The employer at the door answers: the person came, was hired, was not.
pub async fn confirm(app: &App, code: &str, step: &Step) -> Result<Application> {
    let (program, clock) = (Actor::program("letter"), now(app).await?);
    let (known, ..) = of_code(app, code).await?;
    deed!(app, &program, "application.confirm", |w| {
        let one = super::locked(w, &program.scope(), known.id, &step.act).await?;
        go(app, w, &one, (Side::Employer, step), clock).await
    })
}
