//! The gate at work: what is usual, what an employer may try, what a clerk decides.

use std::collections::HashMap;

use model::{
    Id, Refusal,
    access::{Actor, Reach},
    compliance::{
        Finding, Strength,
        fact::{Facts, Usual},
    },
    education::Education,
    page::Page,
    term::Terms,
    vacancy::{
        Offer, State, Vacancy,
        form::Written,
        life::{Act, Cause},
    },
};
use serde_json::json;
use store::{
    Note, Reader, Writer,
    compliance::{Asked, Found},
};

use crate::{App, Result, deed};

/// What the published vacancies of each occupation ask for, as of one reading.
#[derive(Debug, Default)]
pub struct Customs {
    asked: HashMap<String, Vec<Asked>>,
    /// So many vacancies of an occupation say what is usual.
    least: Option<f64>,
}

impl Customs {
    /// Of all occupations.
    pub async fn load(app: &App, actor: &Actor) -> Result<Self> {
        Self::read(app, actor, None).await
    }

    /// Of one.
    pub async fn of_occupation(app: &App, actor: &Actor, occupation: &str) -> Result<Self> {
        Self::read(app, actor, Some(occupation)).await
    }

    async fn read(app: &App, actor: &Actor, occupation: Option<&str>) -> Result<Self> {
        let least = app.reference().await?.terms.find("over_specified_count", "").map(|t| t.value);
        let mut r = app.db().read().await?;
        let mut asked: HashMap<String, Vec<Asked>> = HashMap::new();
        for row in store::compliance::asked(&mut r, &actor.scope(), occupation).await? {
            asked.entry(row.occupation.clone()).or_default().push(row);
        }
        Ok(Self { asked, least })
    }

    /// How many of a hundred ask for less than this offer; `None` where too few are known.
    pub fn of(&self, offer: &Offer) -> Option<Usual> {
        let rows = self.asked.get(&offer.occupation)?;
        let count: i64 = rows.iter().map(|row| row.many).sum();
        #[expect(clippy::cast_precision_loss, reason = "vacancies of one occupation")]
        let enough = self.least.is_some_and(|least| count as f64 >= least);
        let share = |less: &dyn Fn(&Asked) -> bool| {
            let many: i64 = rows.iter().filter(|row| less(row)).map(|row| row.many).sum();
            many * 100 / count.max(1)
        };
        let education = |row: &Asked| row.education.as_deref().and_then(|e| e.parse().ok());
        let less_education =
            share(&|row| education(row).is_none_or(|e: Education| Some(e) < offer.education));
        let less_experience =
            share(&|row| row.experience_min.unwrap_or(0) < offer.experience_min.unwrap_or(0));
        enough.then_some(Usual { count, less_education, less_experience })
    }
}

/// Does the office hold what the gate holds? It may have reasons not to: vacancies that another
/// lawful source has published already.
pub fn holds(terms: &Terms) -> bool {
    terms.find("compliance_hold", "").is_none_or(|term| term.value > 0.0)
}

/// What the gate says today of a vacancy as it is written, and what was understood of it. Nothing
/// is kept.
pub async fn check(app: &App, actor: &Actor, tried: &Written) -> Result<(Offer, Vec<Finding>)> {
    let reference = app.reference().await?;
    let read = tried.read(&reference, app.today());
    let (offer, _) = read.map_err(|faults| {
        let missing = || Refusal::new("vacancy.title_missing");
        faults.into_iter().next().map_or_else(missing, |fault| fault.refusal)
    })?;
    let customs = Customs::of_occupation(app, actor, &offer.occupation).await?;
    let findings = found(app, &offer, &customs, None).await?;
    Ok((offer, findings))
}

/// What the rules of today say of an offer. `agency`: see [`Facts::agency`].
pub(crate) async fn found(
    app: &App,
    offer: &Offer,
    customs: &Customs,
    agency: Option<bool>,
) -> Result<Vec<Finding>> {
    let reference = app.reference().await?;
    let (day, usual, terms) = (app.today(), customs.of(offer), &reference.terms);
    Ok(reference.gate.check(offer, &Facts { day, terms, usual, agency }))
}

/// What the gate says of a vacancy that is about to be kept.
pub(crate) struct Screened {
    pub(crate) findings: Vec<Finding>,
    /// Of what nobody has let be yet.
    verdict: Strength,
    holds: bool,
    /// Written by an employer that nobody has verified: what is new in it a clerk reads first.
    pub(crate) unread: bool,
    /// Why a clerk looks at it first, where that is not in the text.
    pub(crate) cause: Option<Cause>,
}

/// Reads a vacancy with the rules of today. What a clerk has let be in it before counts no more. Of an
/// employer that was turned away a clerk reads everything first.
pub(crate) async fn screen(
    app: &App,
    r: &mut Reader,
    actor: &Actor,
    (vacancy, customs): (&Vacancy, &Customs),
) -> Result<Screened> {
    let (reference, scope, day) = (app.reference().await?, actor.scope(), app.today());
    let known = store::employer::verification::one(r, &scope, vacancy.employer).await?;
    let agency = known.claim.agency.then(|| known.may_broker(day));
    let findings = found(app, &vacancy.offer, customs, agency).await?;
    let settled = store::compliance::settled(r, &[vacancy.id]).await?;
    let verdict = model::compliance::verdict(&unsettled(&findings, vacancy.id, &settled));
    let holds = holds(&reference.terms);
    let own = matches!(scope.reach(), Reach::Employer(_));
    let unread = own && !known.is_verified(day);
    let mut screened = Screened { findings, verdict, holds, unread, cause: None };
    if known.is_barred() {
        screened.hold(Some(Cause::Unverified));
    }
    Ok(screened)
}

impl Screened {
    /// A clerk looks at it first, whatever the rules say.
    pub(crate) fn hold(&mut self, cause: Option<Cause>) {
        self.verdict = self.verdict.max(Strength::Hold);
        self.holds = true;
        self.cause = self.cause.or(cause);
    }

    /// The state it comes into who `was` in one.
    pub(crate) const fn state(&self, was: Option<State>) -> State {
        State::screened(was, self.verdict, self.holds)
    }

    /// Puts what was found in the place of what was found before.
    pub(crate) async fn keep(&self, w: &mut Writer, id: Id<Vacancy>, state: State) -> Result<()> {
        // what is public in spite of it has been let be, and stays so
        let (findings, settled) = (self.findings.as_slice(), state == State::Published);
        let found = Found { vacancy: id, findings, settled, source: None };
        Ok(store::compliance::replace(w, &[found], &[id]).await?)
    }
}

/// What was found and nobody has let be.
pub(crate) fn unsettled(
    findings: &[Finding],
    id: Id<Vacancy>,
    settled: &[(Id<Vacancy>, String, String)],
) -> Vec<Finding> {
    let let_be = |finding: &&Finding| {
        settled
            .iter()
            .any(|(of, rule, words)| *of == id && (rule, words) == (&finding.rule, &finding.words))
    };
    findings.iter().filter(|finding| !let_be(finding)).cloned().collect()
}

/// Vacancies in a state, the longest waiting first, each with what was found in it.
pub async fn queue(
    app: &App,
    actor: &Actor,
    state: State,
    after: Option<Id<Vacancy>>,
    limit: usize,
) -> Result<Page<(Vacancy, Vec<Finding>)>> {
    let (mut r, scope) = (app.db().read().await?, actor.scope());
    let Page { items, next } =
        store::compliance::queue(&mut r, &scope, state, after, limit).await?;
    let ids: Vec<_> = items.iter().map(|vacancy| vacancy.id).collect();
    let mut findings: HashMap<_, Vec<Finding>> = HashMap::new();
    for (id, finding) in store::compliance::of_all(&mut r, &scope, &ids).await? {
        findings.entry(id).or_default().push(finding);
    }
    let with = |vacancy: Vacancy| {
        let found = findings.remove(&vacancy.id).unwrap_or_default();
        (vacancy, found)
    };
    Ok(Page { items: items.into_iter().map(with).collect(), next })
}

/// Lets a vacancy into the open against what the gate has found, for a reason. The same words in
/// it are not held again.
pub async fn release(app: &App, actor: &Actor, id: Id<Vacancy>, reason: &str) -> Result<Vacancy> {
    deed!(app, actor, "vacancy.release", |w| {
        let released = decided(w, actor, id, Act::Release, (None, reason)).await?;
        store::compliance::settle(w, id).await?;
        Ok(released)
    })
}

/// Turns a vacancy away for good.
pub async fn reject(
    app: &App,
    actor: &Actor,
    id: Id<Vacancy>,
    why: (Option<Cause>, &str),
) -> Result<Vacancy> {
    deed!(app, actor, "vacancy.reject", |w| decided(w, actor, id, Act::Reject, why).await)
}

/// Gives a vacancy back to its employer, who mends the text and sends it again.
pub async fn give_back(app: &App, actor: &Actor, id: Id<Vacancy>, reason: &str) -> Result<Vacancy> {
    let why = (None, reason);
    deed!(app, actor, "vacancy.give_back", |w| decided(w, actor, id, Act::GiveBack, why).await)
}

/// Takes a public vacancy out of the open until it has been looked at.
pub async fn hold(
    app: &App,
    actor: &Actor,
    id: Id<Vacancy>,
    why: (Option<Cause>, &str),
) -> Result<Vacancy> {
    deed!(app, actor, "vacancy.hold", |w| decided(w, actor, id, Act::Hold, why).await)
}

async fn decided(
    w: &mut Writer,
    actor: &Actor,
    id: Id<Vacancy>,
    act: Act,
    (cause, reason): (Option<Cause>, &str),
) -> Result<Vacancy> {
    let vacancy = store::vacancy::managed_by(w, &actor.scope(), id).await?;
    let decided = vacancy.decide(act, reason, w.at())?;
    store::vacancy::save(w, &decided).await?;
    store::vacancy::life::explain(w, id, cause, reason.trim()).await?;
    let change =
        json!({ "version": decided.version, "state": decided.state, "reason": reason.trim() });
    let region = decided.offer.place.region.clone();
    w.note(Note { noun: "vacancy", subject: id.uuid(), region, change });
    Ok(decided)
}
