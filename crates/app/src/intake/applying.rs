//! The second half: staged rows into vacancies or jobseekers, a batch and its cursor in one deed.
//!
//! Killed at any moment, what was committed stays and what was not is done again: a batch counts
//! exactly once. All batches are walked from the first, those done before too, since what makes a
//! row the second of its name is what stands before it in the file.

use futures_util::{StreamExt as _, stream};
use model::{
    Id,
    access::Actor,
    intake::{
        Noun,
        file::{Counts, Intake, Refused, State},
    },
};
use store::Writer;

use super::{
    Progress, Watch,
    forgetting::marks,
    parsing::{Batch, Parsed, Parser, Seen},
    people, staging, vacancies,
};
use crate::{App, Error, Result, deed};

/// Batches that are read and understood while another one is being written.
const AHEAD: usize = 2;

/// Works off what is staged; answers the intake when it is done, by whomever.
pub(super) async fn apply(
    app: &App,
    actor: &Actor,
    intake: Intake,
    watch: Watch<'_>,
) -> Result<Intake> {
    let binding = intake.binding.clone().ok_or(Error::Absent("intake"))?;
    let day = app.day_of(intake.created_at);
    let own = store::intake::employer(&mut app.db().read().await?, intake.id).await?;
    let parser = Parser::new(app, actor, (intake.noun, binding), (day, own)).await?;
    let (id, staged) = (intake.id, intake.staged);
    let parsed = (0..intake.batches).map(|number| {
        let parser = parser.clone();
        async move { Ok::<_, Error>((number, parsed(&parser, id, number).await?)) }
    });
    let mut parsed = stream::iter(parsed).buffered(AHEAD);
    let mut seen = Seen::default();
    while let Some(next) = parsed.next().await {
        let (number, Some(rows)) = next? else { break };
        let batch = seen.settle(parser.noun, rows);
        let done = |counts: Counts| watch(Progress { staged, done: counts.rows });
        #[cfg(feature = "planted-defect")]
        done(Counts { rows: number * 1_000 + batch.rows, ..Counts::default() });
        let counts = commit(app, actor, &parser, id, number, &batch).await?;
        done(counts);
    }
    let done = finish(app, actor, id).await?;
    let Counts { accepted, unchanged, refused, .. } = done.counts;
    tracing::info!(target: "intake", accepted, unchanged, refused, "imported");
    Ok(done)
}

async fn parsed(parser: &Parser, id: Id<Intake>, number: i64) -> Result<Option<Vec<Parsed>>> {
    let Some(rows) = staging::batch(&parser.app, id, number).await? else { return Ok(None) };
    let parser = parser.clone();
    let parsed = tokio::task::spawn_blocking(move || parser.parse(rows)).await;
    parsed.map(Some).map_err(Error::broken)
}

/// Writes one batch, unless it is done already; answers the counts so far.
async fn commit(
    app: &App,
    actor: &Actor,
    parser: &Parser,
    id: Id<Intake>,
    number: i64,
    batch: &Batch,
) -> Result<Counts> {
    /// Two imports of the same posts may meet: the second then finds what the first has written.
    const TRIES: usize = 5;
    let mut last = Error::Stale;
    for _ in 0..TRIES {
        let done = match parser.noun {
            Noun::Vacancies => deed!(app, actor, "vacancy.import", |w| {
                write(app, w, parser, id, number, batch).await
            }),
            Noun::Jobseekers => deed!(app, actor, "jobseeker.import", |w| {
                write(app, w, parser, id, number, batch).await
            }),
        };
        match done {
            Err(e) if e.is_collision() => last = e,
            done => return done,
        }
    }
    Err(last)
}

async fn write(
    app: &App,
    w: &mut Writer,
    parser: &Parser,
    id: Id<Intake>,
    number: i64,
    batch: &Batch,
) -> Result<Counts> {
    let intake = store::intake::lock(w, id).await?.ok_or(Error::Absent("intake"))?;
    if intake.cursor != number || intake.state != State::Applying {
        return Ok(intake.counts);
    }
    let written = match parser.noun {
        Noun::Vacancies => vacancies::write(app, w, parser, id, &batch.reads).await?,
        Noun::Jobseekers => {
            let source = &parser.binding.source;
            let accepted = people::write(app, w, (&parser.actor, source, id), &batch.reads).await?;
            Written { accepted, ..Written::default() }
        }
    };
    let keys = app.secret().make(&[id.uuid()], app.now()).await?;
    let refused = batch.refused.iter().map(|(position, refused)| {
        let plain = serde_json::to_vec(refused).map_err(Error::broken)?;
        let sealed = keys.seal(id.uuid(), &place(id, *position), &plain)?;
        let marks = match parser.noun {
            Noun::Vacancies => vec![],
            Noun::Jobseekers => marks(app, refused),
        };
        Ok((*position, sealed, marks))
    });
    store::intake::refuse(w, id, refused.collect::<Result<_>>()?).await?;
    let mut counts = intake.counts;
    counts += tally(batch, written);
    let next = Intake { cursor: number + 1, counts, updated_at: w.at(), ..intake };
    store::intake::save(w, &next).await?;
    Ok(counts)
}

/// How many rows of a batch were new or had changed, and how many of these the gate kept back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) accepted: i64,
    pub(super) held: i64,
    pub(super) rejected: i64,
}

/// What a batch adds to the counts.
pub(super) fn tally(batch: &Batch, written: Written) -> Counts {
    let Written { accepted, held, rejected } = written;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Counts {
        rows: batch.rows,
        accepted,
        unchanged: count(batch.reads.len()) - accepted + batch.repeated,
        refused: count(batch.refused.len()),
        held,
        rejected,
        understood: batch.understood,
    }
}

async fn finish(app: &App, actor: &Actor, id: Id<Intake>) -> Result<Intake> {
    let done = deed!(app, actor, "intake.apply", |w| {
        let intake = store::intake::lock(w, id).await?.ok_or(Error::Absent("intake"))?;
        if intake.state != State::Applying || intake.cursor < intake.batches {
            return Ok(intake);
        }
        let done = Intake { state: State::Done, updated_at: w.at(), ..intake };
        store::intake::unstage(w, id).await?;
        store::intake::save(w, &done).await?;
        Ok(done)
    })?;
    let over = done.state == State::Done && done.counts.refused == 0;
    if over && done.noun == Noun::Jobseekers {
        // what old backups hold of its rows does not open any more
        app.secret().erase(&[id.uuid()], app.now()).await?;
    }
    Ok(done)
}

pub(crate) fn place(id: Id<Intake>, position: i64) -> Vec<u8> {
    [id.uuid().as_bytes().as_slice(), b"refused", &position.to_le_bytes()].concat()
}

/// Refused rows in the order of the file, opened: their positions and what they say.
pub(super) async fn refused(
    app: &App,
    actor: &Actor,
    id: Id<Intake>,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Refused)>> {
    let mut r = app.db().read().await?;
    let rows = store::intake::refused(&mut r, &actor.scope(), id, after, limit).await?;
    let keys = app.secret().keys(&[id.uuid()]).await?;
    let open = |(position, sealed): (i64, Vec<u8>)| {
        let plain = keys.unseal(id.uuid(), &place(id, position), &sealed)?;
        Ok((position, serde_json::from_slice(&plain).map_err(Error::broken)?))
    };
    rows.into_iter().map(open).collect()
}
