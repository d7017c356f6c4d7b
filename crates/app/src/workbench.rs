//! Whom the box of the counter means.

use model::{access::Actor, jobseeker::Jobseeker, workbench::Sought};
use store::jobseeker::Marks;

use crate::{
    App, Error, Result,
    jobseeker::{phone_index, register::name_index},
};

/// The people of the actor's office whom this may mean.
pub async fn people(app: &App, actor: &Actor, sought: &Sought) -> Result<Vec<Jobseeker>> {
    actor.may("workbench.read").map_err(Error::Forbidden)?;
    let none = Marks::default();
    let marks = match sought {
        Sought::Citizen(number) => Marks { number: app.secret().digest("number", number), ..none },
        Sought::Phone(phone) => Marks { phone: phone_index(app, phone), ..none },
        Sought::Born(name, born_on) => {
            Marks { name: name_index(app, name, Some(*born_on)), ..none }
        }
        Sought::Nothing | Sought::Letter(_) | Sought::Words(_) => return Ok(vec![]),
    };
    let mut r = app.db().read().await?;
    Ok(store::jobseeker::of_marks(&mut r, &actor.scope(), &marks).await?)
}
