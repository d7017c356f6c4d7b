//! Walks through records are told to those who administer: once an hour for each source, in their inbox
//! and, where they want that, out of the house.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use model::{
    Id,
    access::{Actor, Reach},
    alarm::Source,
    employer::Employer,
    notice::{About, Kind, Notice, To},
    organisation::Organisation,
};
use serde_json::json;
use store::{Note, Reader, notice::inbox};
use uuid::{Builder, Uuid};

use crate::{App, Result, deed, pace};

/// So long a source is not told of again.
const QUIET: TimeDelta = TimeDelta::hours(1);

/// The number of a record that there is not and that no person is shown: whoever asks for it follows
/// every address of a page. It touches no row, so it is in no figure, list, match or file.
pub fn trap(app: &App) -> Uuid {
    let digest = app.secret().digest("trap", "record");
    let bits = u128::from_str_radix(&digest, 16).unwrap_or_default();
    let last: [u8; 10] = bits.to_be_bytes().last_chunk().copied().unwrap_or_default();
    // looks as if made when this was written
    Builder::from_unix_timestamp_millis(1_774_000_000_000, &last).into_uuid()
}

/// Somebody asked for a record that is not there, or for another list than they may have yet.
pub async fn missed(
    app: &App,
    (actor, reader): (&Actor, pace::Reader),
    source: Source,
    trapped: bool,
) -> Result<()> {
    if reader == pace::Reader::Free {
        return Ok(());
    }
    if trapped {
        return raise(app, actor, source, Kind::Trapped).await;
    }
    if pace::miss(app, reader).await? {
        return raise(app, actor, source, Kind::Walked).await;
    }
    Ok(())
}

async fn raise(app: &App, actor: &Actor, source: Source, kind: Kind) -> Result<()> {
    let since = app.now() - QUIET;
    let mut r = app.db().read().await?;
    if inbox::told(&mut r, source, since).await? {
        return Ok(());
    }
    let office = office(&mut r, actor).await?;
    drop(r);
    let to = (To::Administrators(office), kind, source.label());
    tell(app, source, to, since).await
}

/// An employer was shown as many people as a day has: told to the office that looks after it, once a day.
pub(crate) async fn full(app: &App, id: Id<Employer>) -> Result<()> {
    let source = Source::Employer(id);
    let today = app.moment(app.today().and_time(NaiveTime::MIN));
    let mut r = app.db().read().await?;
    if inbox::told(&mut r, source, today).await? {
        return Ok(());
    }
    let scope = Actor::program("watch").scope();
    let name = store::employer::find(&mut r, &scope, id).await?.details.name;
    let office = looks_after(&mut r, id).await?;
    drop(r);
    tell(app, source, (To::Desk(office, id), Kind::Full, name), today).await
}

async fn tell(
    app: &App,
    source: Source,
    (to, kind, title): (To, Kind, String),
    since: DateTime<Utc>,
) -> Result<()> {
    let watch = Actor::program("watch");
    deed!(app, &watch, "alarm.raise", |w| {
        inbox::hold(w).await?;
        if inbox::told(w, source, since).await? {
            return Ok(());
        }
        let id: Id<Notice> = app.id();
        inbox::add(w, id, to, (kind, About::Source(source), &title)).await?;
        // the log is for ever: an address stands in the notice only
        let change = json!({ "kind": kind, "source": app.secret().digest("source", &title) });
        w.note(Note { noun: "alarm", subject: id.uuid(), region: String::new(), change });
        Ok(())
    })
}

/// Whose administrators are told of somebody: those of their office, of the office that looks after their
/// employer, or of the top.
async fn office(r: &mut Reader, actor: &Actor) -> Result<Option<Id<Organisation>>> {
    match actor.scope().reach() {
        Reach::Office(territory) => Ok(Some(territory.office)),
        Reach::Employer(id) => looks_after(r, *id).await,
        Reach::Public | Reach::All | Reach::Person(_) => top(r).await,
    }
}

async fn looks_after(r: &mut Reader, id: Id<Employer>) -> Result<Option<Id<Organisation>>> {
    let scope = Actor::program("watch").scope();
    let seat = store::employer::verification::one(r, &scope, id).await?.claim.region;
    let region = match seat.parse() {
        Ok(region) => Some(region),
        Err(_) => store::employer::posts_at(r, id).await?.parse().ok(),
    };
    match region {
        Some(region) => match store::organisation::serving(r, &region).await? {
            Some(office) => Ok(Some(office.id)),
            None => top(r).await,
        },
        None => top(r).await,
    }
}

async fn top(r: &mut Reader) -> Result<Option<Id<Organisation>>> {
    Ok(store::organisation::top(r).await?.map(|office| office.id))
}
