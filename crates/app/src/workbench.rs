//! Whom the box of the counter means.

use model::{access::Actor, jobseeker::Jobseeker, workbench::Sought};

use crate::{App, Error, Result};

/// The people of the actor's office whom this may mean.
pub async fn people(app: &App, actor: &Actor, sought: &Sought) -> Result<Vec<Jobseeker>> {
    actor.may("workbench.read").map_err(Error::Forbidden)?;
    let secret = app.secret();
    let (number, phone) = match sought {
        Sought::Citizen(number) => (secret.digest("number", number), String::new()),
        Sought::Phone(phone) => (String::new(), secret.digest("phone", phone)),
        Sought::Born(..) | Sought::Nothing | Sought::Letter(_) | Sought::Words(_) => {
            return Ok(vec![]);
        }
    };
    let mut r = app.db().read().await?;
    Ok(store::workbench::people(&mut r, &actor.scope(), &number, &phone).await?)
}
