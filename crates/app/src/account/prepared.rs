//! An account on its way in: looked at and sealed before the deed that keeps it.

use model::{
    Id, Refusal,
    access::Actor,
    account::{Account, Person, login},
};
use store::{Writer, account::Indexes};

use super::{New, fresh, password, sealed};
use crate::{App, Error, Result};

/// An account that was looked at and sealed, to be kept in a deed.
pub(crate) struct Prepared {
    id: Id<Account>,
    sealed: Vec<u8>,
    hash: String,
    due: bool,
    by: Indexes,
}

impl Prepared {
    pub(crate) async fn new(app: &App, actor: &Actor, new: &New) -> Result<Self> {
        let name = new.name.trim();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(Refusal::new("account.name_missing").field("name").into());
        }
        let login = login(&new.login)?;
        password::strong(app, &new.password, &[&login, name])?;
        actor.may("account.create").map_err(Error::Forbidden)?;
        let hash = password::hashed(app, &new.password).await?;
        let id: Id<Account> = app.id();
        let (login_is, name) = (login.clone(), name.to_owned());
        let person = Person { login: login_is, name, ..Person::default() };
        let sealed = sealed(app, id, &person).await?;
        let by = Indexes { login: app.secret().digest("login", &login), phone: String::new() };
        Ok(Self { id, sealed, hash, due: new.due, by })
    }

    /// Adds it, without a membership yet.
    pub(crate) async fn keep(&self, w: &mut Writer) -> Result<Id<Account>> {
        let account = fresh(w, self.id, self.sealed.clone(), (&self.hash, self.due));
        store::account::add(w, &account, &self.by).await?;
        Ok(self.id)
    }
}
