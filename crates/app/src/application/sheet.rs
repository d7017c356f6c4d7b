//! Those who applied for a vacancy, as a workbook for the employer.

use model::{
    Id, access::Actor, application::Application, jobseeker::Identity, look::What, vacancy::Vacancy,
};
use rust_xlsxwriter::Workbook;

use super::looked;
use crate::{App, Error, Result, deed};

/// The most lines of a workbook.
pub const MOST: i64 = 500;

/// Everybody who applied for a vacancy, with name and telephone. Each of them is told that somebody
/// looked.
pub async fn people(
    app: &App,
    actor: &Actor,
    vacancy: Id<Vacancy>,
) -> Result<Vec<(Application, Identity)>> {
    deed!(app, actor, "application.open", |w| {
        let scope = actor.scope();
        store::vacancy::managed_by(w, &scope, vacancy).await?;
        let mut people = vec![];
        for one in store::application::of_vacancy(w, &scope, vacancy, MOST).await? {
            let identity = looked(app, w, one.jobseeker, What::List).await?;
            people.push((one, identity));
        }
        Ok(people)
    })
}

/// A workbook of texts: none of them is ever taken for a formula.
pub fn workbook(headings: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (line, row) in (0..).zip(std::iter::once(headings).chain(rows.iter().map(Vec::as_slice))) {
        for (column, cell) in (0..).zip(row) {
            page.write_string(line, column, cell).map_err(Error::broken)?;
        }
    }
    page.set_freeze_panes(1, 0).map_err(Error::broken)?;
    book.save_to_buffer().map_err(Error::broken)
}
