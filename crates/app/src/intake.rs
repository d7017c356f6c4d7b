//! Files in: read apart, staged, applied a batch at a time, and the refused rows back. 导入

mod applying;
mod child;
mod forgetting;
mod own;
mod parsing;
mod people;
pub mod reading;
mod refused;
mod rehearsal;
mod staging;
mod table;
mod template;
pub mod unreadable;
mod vacancies;

use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use model::{
    Id,
    access::Actor,
    employer::{Details, Employer},
    intake::{
        Noun, Row, VacancyDraft,
        binding::Binding,
        field::Field,
        file::{Counts, Format, Head, Intake, State},
        jobposting,
    },
    page::Page,
};
use sha2::{Digest as _, Sha256};
use store::Writer;
use text::Lang;
use uuid::Uuid;

pub(crate) use self::{
    applying::place as refused_place,
    forgetting::{forget_rows, mark_rows},
    staging::place as staged_place,
};
use self::{own::Own, refused::Sheet, table::Table};
pub use self::{
    refused::{Told, kind},
    rehearsal::{Rehearsal, rehearse},
    table::{ASKED, Choice, layouts},
    template::template,
};
use crate::{App, Error, Result, deed};

/// How far an intake has come: rows staged, and of these, rows whose outcome is on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub staged: i64,
    pub done: i64,
}

/// Told after every batch; what it tells is true.
pub type Watch<'a> = &'a (dyn Fn(Progress) + Send + Sync);

/// Refused rows are kept for so many days.
const KEPT_DAYS: i64 = 30;

/// A file as a person gives it: what it holds, its name, and where it lies.
#[derive(Clone, Debug)]
pub struct Given<'a> {
    pub noun: Noun,
    pub name: &'a str,
    pub path: &'a Path,
}

/// Where an upload lies until it is done.
pub fn upload(app: &App, id: Id<Intake>) -> PathBuf {
    app.settings().data.join("intake").join(id.to_string())
}

/// Receives an upload: moves the file into the data folder and writes it into the list. The same
/// file that was begun and not ended is the same intake.
pub async fn receive(app: &App, actor: &Actor, given: Given<'_>) -> Result<Id<Intake>> {
    let intake = enlist(app, actor, &given, &Choice::Recognise).await?;
    let place = upload(app, intake.id);
    let folder = place.parent().unwrap_or(&place);
    std::fs::create_dir_all(folder).map_err(Error::broken)?;
    if std::fs::rename(given.path, &place).is_err() {
        // Another file system.
        std::fs::copy(given.path, &place).map_err(Error::broken)?;
    }
    Ok(intake.id)
}

/// What a person is shown where the columns are not known by their headings, or to look before.
pub struct Preview {
    pub head: Head,
    /// The first rows, with whatever stands above the headings.
    pub rows: Vec<Row>,
    /// What is proposed.
    pub binding: Binding,
    /// What must be found and was not.
    pub missing: Vec<Field>,
    /// The names of the layouts for such files.
    pub layouts: Vec<String>,
}

/// The first rows of a file and what its columns seem to be.
pub async fn preview(app: &App, actor: &Actor, noun: Noun, path: &Path) -> Result<Preview> {
    actor.may("intake.stage").map_err(Error::Forbidden)?;
    let table = Table::open(app, path).await?;
    let rows = table.first();
    let known = layouts(app);
    let named = known.iter().filter(|l| l.noun == noun).map(|l| l.name.clone()).collect();
    let postings = table.head.format == Format::JobPosting;
    let recognise = || Binding::recognise(noun, &rows, &known);
    let binding = if postings { jobposting::binding() } else { recognise() };
    let missing = binding.missing();
    Ok(Preview { head: table.head, rows, binding, missing, layouts: named })
}

/// Imports a received upload to its end. A refusal of the whole file is written down with it.
pub async fn run(
    app: &App,
    actor: &Actor,
    id: Id<Intake>,
    choice: &Choice,
    watch: Watch<'_>,
) -> Result<Intake> {
    let place = upload(app, id);
    let outcome = load(app, actor, id, &place, choice, watch).await;
    if let Err(Error::Refused(refusal)) = &outcome {
        // A person can still say what the columns are; anything else is the end of it.
        let ended = refusal.code != ASKED && refusal.field == Some("file");
        let state = if ended { State::Failed } else { State::Received };
        deed!(app, actor, "intake.stage", |w| {
            let intake = store::intake::lock(w, id).await?.ok_or(Error::Absent("intake"))?;
            let told = Some(refusal.into());
            store::intake::unstage(w, id).await?;
            store::intake::save(w, &Intake { state, refusal: told, updated_at: w.at(), ..intake })
                .await?;
            Ok(())
        })?;
        if ended {
            forget(&place);
        }
    } else if outcome.is_ok() {
        forget(&place);
    }
    outcome
}

/// Imports a file where it lies, or goes on where an earlier run of it was cut short. A file that
/// is refused as a whole leaves no trace.
pub async fn import(
    app: &App,
    actor: &Actor,
    given: Given<'_>,
    choice: &Choice,
    watch: Watch<'_>,
) -> Result<Intake> {
    let intake = enlist(app, actor, &given, choice).await?;
    let outcome = load(app, actor, intake.id, given.path, choice, watch).await;
    match outcome {
        // Another command had the same file, was told what is wrong with it and put it away.
        Err(Error::Absent("intake")) => Err(staging::taken_over()),
        Err(Error::Refused(refusal)) if refusal.code != "intake.taken_over" => {
            discard(app, actor, intake.id).await?;
            Err(Error::Refused(refusal))
        }
        outcome => outcome,
    }
}

async fn load(
    app: &App,
    actor: &Actor,
    id: Id<Intake>,
    path: &Path,
    choice: &Choice,
    watch: Watch<'_>,
) -> Result<Intake> {
    let found = find(app, actor, id).await?;
    let staged = match found.state {
        State::Done => return Ok(found),
        State::Applying => found,
        State::Received | State::Staging | State::Failed => {
            staging::stage(app, actor, id, path, choice, watch).await?
        }
    };
    Box::pin(applying::apply(app, actor, staged, watch)).await
}

/// Goes on with what was applying when the program ended. To be called when it begins.
pub async fn resume(app: &App, actor: &Actor) -> Result<()> {
    let unfinished = store::intake::all_unfinished(&mut app.db().read().await?).await?;
    for intake in unfinished.into_iter().filter(|i| upload(app, i.id).exists()) {
        let choice = serde_json::from_str(&intake.choice).unwrap_or_default();
        // What one file was refused for does not hold up the next.
        match run(app, actor, intake.id, &choice, &|_| ()).await {
            Ok(_) | Err(Error::Refused(_)) => {}
            Err(e) => return Err(e),
        }
    }
    let long_ago = app.now() - TimeDelta::days(KEPT_DAYS);
    let gone = deed!(app, actor, "intake.discard", |w| {
        Ok(store::intake::forget_refused(w, long_ago).await?)
    })?;
    // what old backups hold of these rows does not open any more
    app.secret().erase(&gone, app.now()).await
}

/// The intake of these bytes that was begun and not ended, or a new one.
async fn enlist(app: &App, actor: &Actor, given: &Given<'_>, choice: &Choice) -> Result<Intake> {
    let brings = match given.noun {
        Noun::Vacancies => "vacancy.import",
        Noun::Jobseekers => "jobseeker.import",
    };
    actor.may(brings).map_err(Error::Forbidden)?;
    let path = given.path.to_owned();
    let digest = tokio::task::spawn_blocking(move || digest(&path)).await.map_err(Error::broken)?;
    let name = given.name;
    let digest = digest
        .map_err(|_| model::Refusal::new("intake.no_file").field("file").arg("name", name))?;
    let choice = serde_json::to_string(choice).map_err(Error::broken)?;
    deed!(app, actor, "intake.stage", |w| {
        let (own, found) =
            (Own::of(actor), store::intake::unfinished(w, &digest, given.noun, &choice).await?);
        if let Some(intake) = found
            && store::intake::employer(w, intake.id).await? == own
        {
            return Ok(intake);
        }
        let intake = Intake {
            id: app.id(),
            noun: given.noun,
            name: name.to_owned(),
            digest: digest.clone(),
            choice: choice.clone(),
            state: State::Received,
            head: None,
            top: Vec::new(),
            binding: None,
            batches: 0,
            cursor: 0,
            staged: 0,
            counts: Counts::default(),
            refusal: None,
            holder: Uuid::nil(),
            created_at: w.at(),
            updated_at: w.at(),
        };
        store::intake::add(w, &intake).await?;
        if let Some(own) = own {
            store::intake::entrust(w, intake.id, own).await?;
        }
        if let Some(office) = actor.scope().office() {
            store::intake::assign(w, intake.id, office).await?;
        }
        Ok(intake)
    })
}

/// The employer of these details: known by its code, else by its name, else new.
pub(crate) async fn employer(
    app: &App,
    w: &mut Writer,
    details: &Details,
) -> Result<Option<Id<Employer>>> {
    let (key, offer) = Default::default();
    let draft = VacancyDraft { key, employer: details.clone(), offer };
    Ok(vacancies::employers(app, w, &[&draft]).await?.pop())
}

fn digest(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let (mut hasher, mut piece) = (Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match reading::encoding::fill(&mut file, &mut piece)? {
            0 => break,
            got => hasher.update(piece.get(..got).unwrap_or_default()),
        }
    }
    let digest: [u8; 32] = hasher.finalize().into();
    let (half, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
    Ok(format!("{:032x}", u128::from_be_bytes(*half)))
}

pub async fn find(app: &App, actor: &Actor, id: Id<Intake>) -> Result<Intake> {
    Ok(store::intake::find(&mut app.db().read().await?, &actor.scope(), id).await?)
}

/// The faults of an intake in words, and the place after which the next page begins.
pub async fn faults(
    app: &App,
    actor: &Actor,
    id: Id<Intake>,
    lang: Lang,
    after: i64,
) -> Result<Page<Told>> {
    const ROWS: usize = 50;
    let limit = i64::try_from(ROWS).unwrap_or(i64::MAX);
    let rows = applying::refused(app, actor, id, after, limit).await?;
    let next = (rows.len() == ROWS).then(|| rows.last().map(|(at, _)| at.to_string())).flatten();
    let items = rows.iter().flat_map(|(_, refused)| Told::of(lang, refused)).collect();
    Ok(Page { items, next })
}

/// Writes the refused rows to a file in the layout and format they came in; answers its format.
pub async fn refused(
    app: &App,
    actor: &Actor,
    id: Id<Intake>,
    lang: Lang,
    path: &Path,
) -> Result<Format> {
    const ROWS: i64 = 500;
    let intake = find(app, actor, id).await?;
    let head = intake.head.ok_or(Error::Absent("intake"))?;
    let mut sheet = Sheet::begin(path, &head, &intake.top, lang)?;
    let mut after = 0;
    loop {
        let rows = applying::refused(app, actor, id, after, ROWS).await?;
        let Some((last, _)) = rows.last() else { break };
        after = *last;
        for (_, row) in &rows {
            sheet.row(row)?;
        }
    }
    sheet.end()?;
    Ok(head.format)
}

/// Forgets an intake, its staged and refused rows and its upload. What it has brought stays.
pub async fn discard(app: &App, actor: &Actor, id: Id<Intake>) -> Result<()> {
    deed!(app, actor, "intake.discard", |w| {
        store::intake::remove(w, id).await?;
        Ok(())
    })?;
    forget(&upload(app, id));
    Ok(())
}

/// An upload that is gone already is gone.
fn forget(path: &Path) {
    drop(std::fs::remove_file(path));
}
