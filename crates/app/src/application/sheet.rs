//! Those who applied for a vacancy, for the employer's workbook.

use model::{
    Id, access::Actor, application::Application, jobseeker::Identity, look::What, vacancy::Vacancy,
};

use super::looked;
use crate::{App, Result, deed, look::Day};

/// The most lines of a workbook.
pub const MOST: i64 = 500;

/// Everybody who applied for a vacancy, with name and telephone. Each of them is told that somebody
/// looked.
pub async fn people(
    app: &App,
    actor: &Actor,
    vacancy: Id<Vacancy>,
) -> Result<Vec<(Application, Identity)>> {
    let day = Day::of(app, actor).await?;
    let opened = deed!(app, actor, "application.open", |w| {
        let scope = actor.scope();
        store::vacancy::managed_by(w, &scope, vacancy).await?;
        let all = store::application::of_vacancy(w, &scope, vacancy, MOST).await?;
        let ids: Vec<_> = all.iter().map(|one| one.jobseeker).collect();
        day.room(w, &ids).await?;
        let mut people = vec![];
        for one in all {
            let identity = looked(app, w, (one.jobseeker, day.firm), What::List).await?;
            people.push((one, identity));
        }
        Ok(people)
    });
    day.told(app, opened).await
}
