//! Who looks at whose record: told to the person, and to the office. An employer is shown so many people
//! a day and no more.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveTime};
use model::{
    Id, Refusal,
    access::{Actor, Reach, Role},
    account::{Account, Membership},
    jobseeker::Jobseeker,
    look::{Look, What, Who},
};
use store::{Writer, look::Firm};

use crate::{App, Error, Result, alarm, deed};

/// Notes that the actor has looked at these people's records. What somebody sees of themselves is no
/// look. Nothing is shown before this has answered.
pub async fn note(
    app: &App,
    actor: &Actor,
    people: &[Id<Jobseeker>],
    what: What,
    reason: &str,
) -> Result<()> {
    if actor.role == Role::Jobseeker || people.is_empty() {
        return Ok(());
    }
    let day = Day::of(app, actor).await?;
    let noted = deed!(app, actor, "look.note", |w| {
        day.room(w, people).await?;
        for id in people {
            store::look::note(w, app.id(), (*id, day.firm), what, reason).await?;
        }
        Ok(())
    });
    day.told(app, noted).await
}

/// What a day has for whoever looks: read before the deed in which they do.
pub(crate) struct Day {
    /// Of an employer's people only: others look as often as their work asks for.
    pub(crate) firm: Option<Firm>,
    /// So many people; 0: no bound.
    most: u64,
    /// Seconds until the next day.
    left: u64,
}

impl Day {
    pub(crate) async fn of(app: &App, actor: &Actor) -> Result<Self> {
        let employer = match actor.scope().reach() {
            Reach::Employer(id) => *id,
            Reach::Public | Reach::All | Reach::Office(_) | Reach::Person(_) => {
                return Ok(Self { firm: None, most: 0, left: 0 });
            }
        };
        let today = app.today();
        let mut r = app.db().read().await?;
        let scope = Actor::program("look").scope();
        let stand = store::employer::verification::one(&mut r, &scope, employer).await?;
        drop(r);
        let reference = app.reference().await?;
        let term = reference.terms.find("employer_day_people", &stand.claim.region);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some people")]
        let most = term.map_or(0, |term| term.value.max(0.0) as u64);
        let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
        let left = app.moment(tomorrow.and_time(NaiveTime::MIN)) - app.now();
        let left = u64::try_from(left.num_seconds()).unwrap_or(0) + 1;
        Ok(Self { firm: Some((employer, today)), most, left })
    }

    /// May these be shown, besides those whom the employer was shown today? Whoever was, may again.
    pub(crate) async fn room(&self, w: &mut Writer, people: &[Id<Jobseeker>]) -> Result<()> {
        let Some(firm) = self.firm.filter(|_| self.most > 0) else { return Ok(()) };
        let most = i64::try_from(self.most).unwrap_or(i64::MAX);
        let shown = store::look::shown(w, firm, most).await?;
        let new: HashSet<_> = people.iter().filter(|id| !shown.contains(id)).collect();
        if new.is_empty() || (shown.len() + new.len()) as u64 <= self.most {
            return Ok(());
        }
        let refusal = Refusal::new("look.enough").arg("most", self.most.to_string());
        let refusal = refusal.arg("shown", shown.len().to_string());
        Err(Error::Enough(refusal.arg("asked", new.len().to_string()), self.left))
    }

    /// The answer; of a day that is full, the office is told.
    pub(crate) async fn told<T>(&self, app: &App, done: Result<T>) -> Result<T> {
        if let (Err(Error::Enough(..)), Some((employer, _))) = (&done, self.firm) {
            alarm::full(app, employer).await?;
        }
        done
    }
}

/// One look in words that a person understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub look: Look,
    /// Name of the member of staff; empty where another program or the machine itself looked.
    pub name: String,
    pub role: Option<Role>,
    /// The office or the firm.
    pub place: String,
}

/// Looks at one person's record, newest first, with whoever looked.
pub async fn of(
    app: &App,
    actor: &Actor,
    jobseeker: Id<Jobseeker>,
    before: Option<Id<Look>>,
    limit: i64,
) -> Result<Vec<Told>> {
    actor.may("look.list").map_err(Error::Forbidden)?;
    let mut r = app.db().read().await?;
    store::jobseeker::find(&mut r, &actor.scope(), jobseeker).await?;
    let looks = store::look::of(&mut r, &actor.scope(), jobseeker, before, limit).await?;
    drop(r);
    let known = Known::of(app, &looks).await?;
    Ok(looks.into_iter().map(|look| known.told(look)).collect())
}

/// Everybody who looked, read at once.
struct Known {
    tokens: HashMap<uuid::Uuid, Id<Membership>>,
    memberships: HashMap<Id<Membership>, Membership>,
    names: HashMap<Id<Account>, String>,
    places: HashMap<uuid::Uuid, String>,
}

impl Known {
    async fn of(app: &App, looks: &[Look]) -> Result<Self> {
        let who: Vec<Who> = looks.iter().map(|look| Who::of(&look.actor)).collect();
        let token = |who: &Who| match who {
            Who::Token(id) => Some(*id),
            Who::Member(..) | Who::Machine => None,
        };
        let tokens: Vec<_> = who.iter().filter_map(token).collect();
        let mut r = app.db().read().await?;
        let tokens: HashMap<_, _> =
            store::account::token::memberships(&mut r, &tokens).await?.into_iter().collect();
        let members = who.iter().filter_map(|who| match who {
            Who::Member(_, membership) => Some(*membership),
            Who::Token(_) | Who::Machine => None,
        });
        let ids: Vec<_> = members.chain(tokens.values().copied()).collect();
        let memberships = store::account::memberships_of_ids(&mut r, &ids).await?;
        let accounts: Vec<_> = memberships.iter().map(|one| one.account_id).collect();
        let accounts = store::account::of_ids(&mut r, &accounts).await?;
        let offices: Vec<_> = memberships.iter().filter_map(|one| one.organisation_id).collect();
        let offices = store::organisation::of_ids(&mut r, &offices).await?;
        let firms: Vec<_> = memberships.iter().filter_map(|one| one.employer_id).collect();
        let firms = store::employer::of_ids(&mut r, &Actor::public().scope(), &firms).await?;
        drop(r);
        let mut names = HashMap::new();
        for account in accounts {
            let person = crate::account::person(app, &account).await?;
            names.insert(account.id, person.name);
        }
        let offices = offices.into_iter().map(|office| (office.id.uuid(), office.name));
        let firms = firms.into_iter().map(|firm| (firm.id.uuid(), firm.details.name));
        let memberships = memberships.into_iter().map(|one| (one.id, one)).collect();
        Ok(Self { tokens, memberships, names, places: offices.chain(firms).collect() })
    }

    fn told(&self, look: Look) -> Told {
        let (id, named) = match Who::of(&look.actor) {
            Who::Member(_, id) => (Some(id), true),
            Who::Token(token) => (self.tokens.get(&token).copied(), false),
            Who::Machine => (None, false),
        };
        let one = id.and_then(|id| self.memberships.get(&id));
        let name = one.filter(|_| named).and_then(|one| self.names.get(&one.account_id));
        let place = one.and_then(|one| {
            let office = one.organisation_id.map(Id::uuid);
            self.places.get(&office.or(one.employer_id.map(Id::uuid))?)
        });
        let role = one.map(|one| if named { one.role } else { Role::Integrator });
        let (name, place) = (name.cloned(), place.cloned());
        Told { name: name.unwrap_or_default(), role, place: place.unwrap_or_default(), look }
    }
}
