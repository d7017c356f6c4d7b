//! Registering somebody at the counter, and changing what is registered.

use model::{
    Id, Refusal,
    access::{Actor, Reach},
    intake::{Fault, JobseekerDraft, Note as Remark, field::Field, typed::Typed},
    jobseeker::{Identity, Jobseeker, dossier::Dossier, link},
    organisation::Organisation,
    region::Code,
    vacancy::Source,
};
use serde_json::json;
use store::{
    Note, Reader, Writer,
    jobseeker::{Marks, Sealed},
};

use super::{
    Seals,
    link::{apart, notice},
    phone_index, seal, unseal,
};
use crate::{App, Error, Result, deed};

/// What became of a form.
#[derive(Debug)]
pub enum Answer {
    Kept(Id<Jobseeker>),
    /// Everything that is wrong in it, by the codes of the fields.
    Wrong(Vec<Fault>),
    /// Registered already, or perhaps: look at these first.
    Known(Vec<Jobseeker>),
}

/// A form as far as it is understood.
pub type Read = Result<(JobseekerDraft, Vec<Remark>), Vec<Fault>>;

/// Reads a form, with ambiguous names of places meant near the office.
pub async fn read(app: &App, actor: &Actor, typed: &Typed) -> Result<Read> {
    let (reference, today) = (app.reference().await?, app.today());
    let around = match actor.scope().reach() {
        Reach::Office(territory) => territory.ranges.first().map(|(from, _)| from.clone()),
        Reach::Public | Reach::All | Reach::Employer(_) | Reach::Person(_) => None,
    };
    let around = around.and_then(|code| code.get(..6).map(str::to_owned)).unwrap_or_default();
    Ok(typed.read(&reference, today, &around).map(|(draft, _, notes)| (draft, notes)))
}

/// By what somebody may be known.
pub(crate) fn marks(app: &App, draft: &JobseekerDraft) -> Marks {
    let JobseekerDraft { identity, profile, .. } = draft;
    Marks {
        number: app.secret().digest("number", &identity.number),
        phone: phone_index(app, &identity.phone),
        name: name_index(app, &identity.name, profile.born_on),
    }
}

pub(crate) fn name_index(app: &App, name: &str, born_on: Option<chrono::NaiveDate>) -> String {
    app.secret().digest("name", &link::name_key(name, born_on))
}

/// Who of the office's people this form may be about: by number, by telephone, by name and birth.
pub async fn known(app: &App, actor: &Actor, typed: &Typed) -> Result<Vec<Jobseeker>> {
    actor.may("jobseeker.find").map_err(Error::Forbidden)?;
    // what else is wrong does not hinder looking for somebody
    let Ok((draft, _)) = read(app, actor, &typed.clone().and_name("某")).await? else {
        return Ok(Vec::new());
    };
    let mut r = app.db().read().await?;
    Ok(store::jobseeker::of_marks(&mut r, &actor.scope(), &marks(app, &draft)).await?)
}

/// Registers somebody for the actor's office. With `anyway` the same name and date of birth are held to
/// be another person; the same number never is.
pub async fn register(app: &App, actor: &Actor, typed: &Typed, anyway: bool) -> Result<Answer> {
    let draft = match read(app, actor, typed).await? {
        Ok((draft, _)) => draft,
        Err(faults) => return Ok(Answer::Wrong(faults)),
    };
    let (id, visible) = (app.id(), typed.visible());
    deed!(app, actor, "jobseeker.register", |w| {
        let scope = actor.scope();
        if let Some(known) = same(app, w, actor, (&draft, anyway)).await? {
            return Ok(Answer::Known(known));
        }
        let office = match scope.office() {
            Some(office) => Some(office),
            None => serving(w, &draft.profile.place.region).await?,
        };
        add(app, w, (id, &draft, visible), office).await?;
        notice(w, actor, &[id]).await?;
        if anyway {
            apart(w, actor, id).await?;
        }
        Ok(Answer::Kept(id))
    })
}

/// Those within reach who are this person, or may be.
async fn same(
    app: &App,
    r: &mut Reader,
    actor: &Actor,
    (draft, anyway): (&JobseekerDraft, bool),
) -> Result<Option<Vec<Jobseeker>>> {
    let marks = marks(app, draft);
    let by_number = Marks { number: marks.number, ..Marks::default() };
    let by_name = Marks { name: marks.name, ..Marks::default() };
    let scope = actor.scope();
    let found = store::jobseeker::of_marks(r, &scope, &by_number).await?;
    if !found.is_empty() {
        return Ok(Some(found));
    }
    if anyway {
        return Ok(None);
    }
    let found = store::jobseeker::of_marks(r, &scope, &by_name).await?;
    Ok((!found.is_empty()).then_some(found))
}

/// The office that serves a region.
pub(super) async fn serving(r: &mut Reader, region: &str) -> Result<Option<Id<Organisation>>> {
    let Ok(code) = region.parse::<Code>() else { return Ok(None) };
    Ok(store::organisation::serving(r, &code).await?.map(|office| office.id))
}

/// A new row, with its event.
pub(super) async fn add(
    app: &App,
    w: &mut Writer,
    (id, draft, visible): (Id<Jobseeker>, &JobseekerDraft, bool),
    office: Option<Id<Organisation>>,
) -> Result<()> {
    let at = w.at();
    let person = Jobseeker {
        id,
        source: source(app, w, (id, draft), office).await?,
        profile: draft.profile.clone(),
        seeking: true,
        visible,
        created_at: at,
        updated_at: at,
        version: 1,
    };
    note(w, &person);
    let sealed = sealed(app, person, &draft.identity).await?;
    store::jobseeker::add(w, std::slice::from_ref(&sealed)).await?;
    if let Some(office) = office {
        store::jobseeker::assign(w, &[id], office).await?;
    }
    Ok(())
}

/// By what files know this record: the citizen number, unless another office's record has it.
async fn source(
    app: &App,
    r: &mut Reader,
    (id, draft): (Id<Jobseeker>, &JobseekerDraft),
    office: Option<Id<Organisation>>,
) -> Result<Source> {
    let fingerprint = "typed".to_owned();
    if draft.identity.number.is_empty() {
        return Ok(Source { name: "typed".into(), key: id.to_string(), fingerprint });
    }
    let key = app.secret().digest("key", &draft.key);
    let own = own_key(&key, office);
    let taken = store::jobseeker::of_source(r, "citizen", &[&key, &own]).await?;
    let is = |key: &String| taken.iter().any(|one| one.source.key == *key);
    let key = if is(&own) {
        id.to_string()
    } else if is(&key) {
        own
    } else {
        key
    };
    Ok(Source { name: "citizen".into(), key, fingerprint })
}

/// The key of an office's own record where another office's has the plain one.
pub(crate) fn own_key(key: &str, office: Option<Id<Organisation>>) -> String {
    office.map_or_else(|| format!("{key}@"), |office| format!("{key}@{office}"))
}

/// A person ready for the table.
pub(crate) async fn sealed(app: &App, person: Jobseeker, identity: &Identity) -> Result<Sealed> {
    let name_index = name_index(app, &identity.name, person.profile.born_on);
    let Seals { identity, number_index, phone_index } = seal(app, person.id, identity).await?;
    Ok(Sealed { jobseeker: person, identity, number_index, phone_index, name_index })
}

pub(super) fn note(w: &mut Writer, person: &Jobseeker) {
    let (noun, subject) = ("jobseeker", person.id.uuid());
    let region = person.profile.place.region.clone();
    w.note(Note { noun, subject, region, change: json!({ "version": person.version }) });
}

/// The form of somebody who is registered, and the version it shows. That somebody looked is told.
pub async fn form(app: &App, actor: &Actor, id: Id<Jobseeker>) -> Result<(Typed, Jobseeker)> {
    let identity = super::mine::identity(app, actor, id).await?;
    let person = store::jobseeker::find(&mut app.db().read().await?, &actor.scope(), id).await?;
    let reference = app.reference().await?;
    Ok((Typed::of(&reference, &identity, &person.profile, person.visible), person))
}

/// Changes what is registered of somebody, if nobody else has since the form was shown.
pub async fn edit(
    app: &App,
    actor: &Actor,
    (id, version): (Id<Jobseeker>, i64),
    typed: &Typed,
) -> Result<Answer> {
    deed!(app, actor, "jobseeker.edit", |w| {
        let scope = actor.scope();
        let person = store::jobseeker::find(w, &scope, id).await?;
        if person.version != version {
            return Err(Error::Changed(Refusal::new("jobseeker.changed")));
        }
        let sealed = store::jobseeker::identity(w, &scope, id).await?;
        let known = unseal(app, id, &sealed).await?;
        let typed = proved(actor, typed.clone().of_whom(&known), &known);
        let draft = match read(app, actor, &typed).await? {
            Ok((draft, _)) => draft,
            Err(faults) => return Ok(Answer::Wrong(faults)),
        };
        if draft.identity.number != known.number {
            let others = same(app, w, actor, (&draft, true)).await?.unwrap_or_default();
            let others: Vec<_> = others.into_iter().filter(|one| one.id != id).collect();
            if !others.is_empty() {
                return Ok(Answer::Known(others));
            }
        }
        let identity = kept(draft.identity, known);
        let mut profile = draft.profile;
        dossier_skills(app, &identity, &mut profile.skills).await?;
        let visible = typed.visible();
        save(app, w, Jobseeker { profile, visible, ..person }, &identity).await?;
        notice(w, actor, &[id]).await?;
        Ok(Answer::Kept(id))
    })
}

/// By number and telephone a person is told from everybody else: they change at the window, where
/// somebody looks at the papers, and not on a telephone.
fn proved(actor: &Actor, typed: Typed, known: &Identity) -> Typed {
    if !matches!(actor.scope().reach(), Reach::Person(_)) {
        return typed;
    }
    let typed = typed.and(Field::Phone, &known.phone);
    if known.number.is_empty() { typed } else { typed.and(Field::Number, &known.number) }
}

/// Who somebody is, newly told, with what the form does not ask for.
pub(crate) fn kept(new: Identity, known: Identity) -> Identity {
    let dossier = Dossier { said: new.dossier.said, ..known.dossier };
    Identity { dossier, email: known.email, address: known.address, ..new }
}

/// Skills that papers and posts name count as much as those of the form.
pub(super) async fn dossier_skills(
    app: &App,
    identity: &Identity,
    skills: &mut Vec<String>,
) -> Result<()> {
    let reference = app.reference().await?;
    for need in reference.skills.read(&identity.dossier.words()) {
        if !skills.contains(&need.code) {
            skills.push(need.code);
        }
    }
    Ok(())
}

/// The next version of a row, with its event.
pub(super) async fn save(
    app: &App,
    w: &mut Writer,
    person: Jobseeker,
    identity: &Identity,
) -> Result<()> {
    let (at, version) = (w.at(), person.version + 1);
    let next = Jobseeker { updated_at: at, version, ..person };
    note(w, &next);
    Ok(store::jobseeker::save(w, &sealed(app, next, identity).await?).await?)
}
