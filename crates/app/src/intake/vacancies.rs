//! A batch of vacancies and their employers, compared with the tables and written.

use std::collections::{HashMap, HashSet};

use model::{
    Id,
    access::Actor,
    compliance::{Finding, Strength, fact::Facts, verdict},
    employer::{Details, Employer},
    intake::{VacancyDraft, file::Intake},
    vacancy::{Source, State, Vacancy, life::Cause},
};
use serde_json::json;
use store::{Note, Reader, Writer, compliance::Found, employer::Known};

use super::{
    applying::Written,
    parsing::{Draft, Parser, Read},
};
use crate::{App, Result, compliance};

/// A row that is new or says something else than what is stored, with what is stored.
type Changed<'a> = (&'a Read, Option<Vacancy>);

/// The rows that are new or have changed, and the vacancies of which the others say that they are
/// still offered.
pub(super) async fn changed<'a>(
    r: &mut Reader,
    source: &str,
    reads: &'a [Read],
) -> Result<(Vec<Changed<'a>>, Vec<Id<Vacancy>>)> {
    let keys: Vec<&str> = reads.iter().map(|read| read.key.as_str()).collect();
    let stored = store::vacancy::of_source(r, source, &keys).await?;
    let mut stored: HashMap<String, Vacancy> =
        stored.into_iter().map(|v| (v.source.key.clone(), v)).collect();
    let (mut changed, mut same) = (Vec::new(), Vec::new());
    for read in reads {
        match stored.remove(&read.key) {
            Some(v) if v.source.fingerprint == read.fingerprint => same.push(v.id),
            known => changed.push((read, known)),
        }
    }
    Ok((changed, same))
}

/// The state that each of the changed rows comes into, and how many these are.
pub(super) async fn weigh(
    r: &mut Reader,
    parser: &Parser,
    changed: &[Changed<'_>],
) -> Result<(Vec<State>, Written)> {
    let settled = store::compliance::settled(r, &known(changed)).await?;
    let settled: HashSet<(Id<Vacancy>, &str, &str)> =
        settled.iter().map(|(id, rule, words)| (*id, rule.as_str(), words.as_str())).collect();
    let holds = compliance::holds(&parser.reference.terms);
    let mut states = Vec::with_capacity(changed.len());
    for (read, stored) in changed {
        let let_be = |finding: &Finding| {
            let of = |v: &Vacancy| (v.id, finding.rule.as_str(), finding.words.as_str());
            stored.as_ref().is_some_and(|v| settled.contains(&of(v)))
        };
        let open: Vec<Finding> = read.findings.iter().filter(|f| !let_be(f)).cloned().collect();
        let (verdict, holds) = match &parser.own {
            Some(own) if !own.trusted => (verdict(&open).max(Strength::Hold), true),
            _ => (verdict(&open), holds),
        };
        // what is offered again after its last day comes back
        let again = |v: &&Vacancy| {
            let last = draft(read).and_then(|draft| draft.offer.expires_on);
            v.state == State::Expired && last.is_none_or(|last| last >= parser.today)
        };
        let was = stored.as_ref().filter(|v| !again(v)).map(|v| v.state);
        states.push(State::screened(was, verdict, holds));
    }
    let count =
        |state| i64::try_from(states.iter().filter(|s| **s == state).count()).unwrap_or(i64::MAX);
    let accepted = i64::try_from(changed.len()).unwrap_or(i64::MAX);
    let (held, rejected) = (count(State::Submitted), count(State::Rejected));
    Ok((states, Written { accepted, held, rejected }))
}

/// Those that are in the table already.
fn known(changed: &[(&Read, Option<Vacancy>)]) -> Vec<Id<Vacancy>> {
    changed.iter().filter_map(|(_, stored)| stored.as_ref()).map(|v| v.id).collect()
}

/// Writes what is new or has changed, as the gate decides, with what it has found.
pub(super) async fn write(
    app: &App,
    w: &mut Writer,
    parser: &Parser,
    intake: Id<Intake>,
    reads: &[Read],
) -> Result<Written> {
    let source = parser.binding.source.as_str();
    let (changed, mut offered) = changed(w, source, reads).await?;
    let (mut states, mut written) = weigh(w, parser, &changed).await?;
    let drafts: Vec<&VacancyDraft> = changed.iter().filter_map(|(read, _)| draft(read)).collect();
    let employers = match &parser.own {
        Some(own) => vec![own.id; drafts.len()],
        None => employers(app, w, &drafts).await?,
    };
    let barred = barred(w, &employers, &mut states).await?;
    let brokered = brokered(w, parser, (&drafts, &employers), &mut states).await?;
    let at = w.at();
    let (mut new, mut ids) = (Vec::new(), Vec::new());
    for ((((read, stored), draft), employer), &state) in
        changed.iter().zip(drafts).zip(employers).zip(&states)
    {
        let (key, fingerprint) = (read.key.clone(), read.fingerprint.clone());
        let source = Source { name: source.to_owned(), key, fingerprint };
        let offer = draft.offer.clone();
        let vacancy = match stored {
            Some(v) => Vacancy {
                source,
                employer,
                offer,
                state,
                updated_at: at,
                version: v.version + 1,
                ..v.clone()
            },
            None => Vacancy {
                id: app.id(),
                source,
                employer,
                offer,
                state,
                created_at: at,
                updated_at: at,
                version: 1,
                hired: 0,
            },
        };
        w.note(told(&vacancy, stored.as_ref()));
        ids.push(vacancy.id);
        match stored {
            Some(_) => store::vacancy::save(w, &vacancy).await?,
            None => new.push(vacancy),
        }
    }
    store::vacancy::add(w, &new).await?;
    offered.extend_from_slice(&ids);
    store::vacancy::life::confirm(w, &offered, app.today()).await?;
    written.held += barred + brokered.held;
    written.rejected += brokered.rejected;
    explain(w, parser, &ids, &states).await?;
    found(w, intake, (&changed, &ids, &states), &brokered.findings).await?;
    Ok(written)
}

/// What is found of vacancies that an office brings in for agencies: that the licence is over, or that
/// nobody says who takes the people on.
struct Brokered {
    /// One list a vacancy.
    findings: Vec<Vec<Finding>>,
    held: i64,
    rejected: i64,
}

async fn brokered(
    w: &mut Writer,
    parser: &Parser,
    (drafts, employers): (&[&VacancyDraft], &[Id<Employer>]),
    states: &mut [State],
) -> Result<Brokered> {
    let mut found = Brokered { findings: vec![vec![]; drafts.len()], held: 0, rejected: 0 };
    // an employer's own file was read with its licence
    if parser.own.is_some() {
        return Ok(found);
    }
    let mut ids = employers.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let scope = Actor::program("intake").scope();
    let stands = store::employer::verification::of(w, &scope, &ids).await?;
    let holds = compliance::holds(&parser.reference.terms);
    for (at, (draft, employer)) in drafts.iter().zip(employers).enumerate() {
        let stand = stands.iter().find(|(id, stand)| id == employer && stand.claim.agency);
        let Some((_, stand)) = stand else { continue };
        let facts = Facts {
            day: parser.today,
            terms: &parser.reference.terms,
            usual: None,
            agency: Some(stand.may_broker(parser.today)),
        };
        let mut findings = parser.reference.gate.check(&draft.offer, &facts);
        findings.retain(|finding| finding.field == "end_employer");
        let Some(state) = states.get_mut(at).filter(|state| **state == State::Published) else {
            continue;
        };
        *state = State::screened(Some(*state), verdict(&findings), holds);
        found.held += i64::from(*state == State::Submitted);
        found.rejected += i64::from(*state == State::Rejected);
        if let Some(place) = found.findings.get_mut(at) {
            *place = findings;
        }
    }
    Ok(found)
}

/// Puts what was found of these, `more` of each included, in the place of what was found before.
async fn found(
    w: &mut Writer,
    intake: Id<Intake>,
    (changed, ids, states): (&[Changed<'_>], &[Id<Vacancy>], &[State]),
    more: &[Vec<Finding>],
) -> Result<()> {
    let said = changed.iter().zip(more);
    let said: Vec<Vec<Finding>> =
        said.map(|((read, _), more)| [read.findings.as_slice(), more].concat()).collect();
    let mut found = Vec::with_capacity(ids.len());
    for ((((read, _), &vacancy), state), said) in changed.iter().zip(ids).zip(states).zip(&said) {
        let (findings, source) = (said.as_slice(), Some((intake, read.line)));
        // what is public in spite of them has been let be, and stays so
        let settled = *state == State::Published;
        found.push(Found { vacancy, findings, settled, source });
    }
    Ok(store::compliance::replace(w, &found, &known(changed)).await?)
}

/// The event of a vacancy that was written over `stored`.
fn told(vacancy: &Vacancy, stored: Option<&Vacancy>) -> Note {
    let was = stored.map(Vacancy::twin).filter(|&was| was != vacancy.twin());
    let (version, state) = (vacancy.version, vacancy.state);
    let change = match was {
        // of what was the same vacancy until now another copy may be shown
        Some(was) => json!({ "version": version, "state": state, "twin": was }),
        None => json!({ "version": version, "state": state }),
    };
    let region = vacancy.offer.place.region.clone();
    Note { noun: "vacancy", subject: vacancy.id.uuid(), region, change }
}

/// What an employer offers that a clerk has turned away is not public; gives how many that are.
async fn barred(w: &mut Writer, employers: &[Id<Employer>], states: &mut [State]) -> Result<i64> {
    let mut ids = employers.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let scope = Actor::program("intake").scope();
    let stands = store::employer::verification::of(w, &scope, &ids).await?;
    let barred: HashSet<_> =
        stands.into_iter().filter(|(_, v)| v.is_barred()).map(|(id, _)| id).collect();
    let mut held = 0;
    for (employer, state) in employers.iter().zip(states) {
        if barred.contains(employer) && *state == State::Published {
            *state = State::Submitted;
            held += 1;
        }
    }
    Ok(held)
}

/// Says of what waits only for the employer's verification that it does.
async fn explain(
    w: &mut Writer,
    parser: &Parser,
    ids: &[Id<Vacancy>],
    states: &[State],
) -> Result<()> {
    if parser.own.as_ref().is_none_or(|own| own.trusted) {
        return Ok(());
    }
    for (id, _) in ids.iter().zip(states).filter(|(_, state)| **state == State::Submitted) {
        store::vacancy::life::explain(w, *id, Some(Cause::Unverified), "").await?;
    }
    Ok(())
}

fn draft(read: &Read) -> Option<&VacancyDraft> {
    match &read.draft {
        Draft::Vacancy(draft) => Some(draft),
        Draft::Jobseeker(_) => None,
    }
}

/// The employer of each draft: known by its credit code, else by its name, else new.
pub(super) async fn employers(
    app: &App,
    w: &mut Writer,
    drafts: &[&VacancyDraft],
) -> Result<Vec<Id<Employer>>> {
    let mut codes: Vec<&str> =
        drafts.iter().map(|d| d.employer.credit_code.as_str()).filter(|c| !c.is_empty()).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut names: Vec<String> =
        drafts.iter().map(|d| model::cell::fold(&d.employer.name)).collect();
    let name_of_draft = names.clone();
    names.sort_unstable();
    names.dedup();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut roll = Roll::default();
    for known in store::employer::known(w, &codes, &names).await? {
        roll.enter(known, Standing::Stored);
    }
    let at = w.at();
    let ids = drafts.iter().zip(name_of_draft).map(|(draft, name_key)| {
        let details = &draft.employer;
        roll.find(&details.credit_code, &name_key).unwrap_or_else(|| {
            let employer =
                Employer { id: app.id(), details: details.clone(), created_at: at, updated_at: at };
            roll.enter(Known { name_key, employer }, Standing::New)
        });
        roll.complete(details, &model::cell::fold(&details.name))
    });
    let ids: Vec<Option<Id<Employer>>> = ids.collect();
    roll.write(w).await?;
    Ok(ids.into_iter().flatten().collect())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Stored,
    Completed,
    New,
}

/// The employers that one batch speaks of.
#[derive(Default)]
struct Roll {
    entries: Vec<(Known, Standing)>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

impl Roll {
    fn enter(&mut self, known: Known, standing: Standing) -> usize {
        let at = self.entries.len();
        let code = &known.employer.details.credit_code;
        if !code.is_empty() {
            self.by_code.entry(code.clone()).or_insert(at);
        }
        self.by_name.entry(known.name_key.clone()).or_insert(at);
        self.entries.push((known, standing));
        at
    }

    /// A name alone means the employer of that name, whatever its code; a code means that code, or
    /// an employer of the name whose code was not known yet.
    fn find(&self, code: &str, name_key: &str) -> Option<usize> {
        let named = self.by_name.get(name_key).copied();
        if code.is_empty() {
            return named;
        }
        let uncoded = named.filter(|at| {
            let entry = self.entries.get(*at);
            entry.is_some_and(|(k, _)| k.employer.details.credit_code.is_empty())
        });
        self.by_code.get(code).copied().or(uncoded)
    }

    /// The employer's id, after it has learnt what it did not know of itself.
    fn complete(&mut self, details: &Details, name_key: &str) -> Option<Id<Employer>> {
        let at = self.find(&details.credit_code, name_key)?;
        let (known, standing) = self.entries.get_mut(at)?;
        let own = &mut known.employer.details;
        let mut learnt = false;
        for (mine, said) in [
            (&mut own.credit_code, &details.credit_code),
            (&mut own.industry, &details.industry),
            (&mut own.industry_text, &details.industry_text),
            (&mut own.ownership, &details.ownership),
            (&mut own.size, &details.size),
        ] {
            if mine.is_empty() && !said.is_empty() {
                mine.clone_from(said);
                learnt = true;
            }
        }
        if learnt && *standing == Standing::Stored {
            *standing = Standing::Completed;
        }
        if !details.credit_code.is_empty() {
            self.by_code.entry(details.credit_code.clone()).or_insert(at);
        }
        Some(known.employer.id)
    }

    async fn write(self, w: &mut Writer) -> Result<()> {
        let mut new = Vec::new();
        for (known, standing) in self.entries {
            if standing == Standing::Stored {
                continue;
            }
            let (id, change) = (known.employer.id, json!({ "new": standing == Standing::New }));
            let region = String::new();
            w.note(Note { noun: "employer", subject: id.uuid(), region, change });
            if standing == Standing::New {
                new.push(known);
            } else {
                store::employer::save(w, id, &known.name_key, &known.employer.details).await?;
            }
        }
        Ok(store::employer::add(w, &new).await?)
    }
}
