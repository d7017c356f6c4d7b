//! A file of an employer's own: its rows are that employer's vacancies, and nobody else's.

use model::{
    Id, Refusal,
    access::{Actor, Reach},
    cell,
    employer::Employer,
    intake::{Fault, VacancyDraft},
};

use crate::{App, Result};

/// Whose the file is.
#[derive(Clone, Debug)]
pub(super) struct Own {
    pub(super) id: Id<Employer>,
    name: String,
    code: String,
    /// What it writes is public without a clerk's look.
    pub(super) trusted: bool,
    /// See [`model::compliance::fact::Facts::agency`].
    pub(super) agency: Option<bool>,
}

impl Own {
    pub(super) async fn load(app: &App, id: Id<Employer>) -> Result<Self> {
        let (mut r, scope) = (app.db().read().await?, Actor::program("intake").scope());
        let details = store::employer::find(&mut r, &scope, id).await?.details;
        let stand = store::employer::verification::one(&mut r, &scope, id).await?;
        let day = app.today();
        let code = match stand.claim.code.as_str() {
            "" => details.credit_code,
            claimed => claimed.to_owned(),
        };
        let agency = stand.claim.agency.then(|| stand.may_broker(day));
        Ok(Self { id, name: details.name, code, trusted: stand.is_verified(day), agency })
    }

    /// The employer of whoever gives the file.
    pub(super) fn of(actor: &Actor) -> Option<Id<Employer>> {
        match actor.scope().reach() {
            Reach::Employer(id) => Some(*id),
            Reach::Public | Reach::All | Reach::Office(_) | Reach::Person(_) => None,
        }
    }

    /// A row that names another employer is refused.
    pub(super) fn check(&self, draft: &VacancyDraft, column: String) -> Result<(), Vec<Fault>> {
        let said = &draft.employer;
        let named = cell::fold(&said.name) == cell::fold(&self.name);
        let coded = !self.code.is_empty() && said.credit_code == self.code;
        let other = !said.credit_code.is_empty() && !coded && !self.code.is_empty();
        if (named && !other) || coded {
            return Ok(());
        }
        let refusal = Refusal::new("employer.not_yours").field("employer");
        let refusal = refusal.arg("name", &self.name);
        Err(vec![Fault { column, value: said.name.chars().take(40).collect(), refusal }])
    }

    /// The key of a row among everything that employers have written: nobody can name another's.
    pub(super) fn key(&self, key: &str) -> String {
        format!("{}:{key}", self.id)
    }
}
