//! Letters to print, one to a sheet, and the list of them in large type. 介绍信

use app::{
    App,
    application::letter::{Letter, letters as written, picture},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Html,
};
use model::jobseeker::citizen_number;

use super::step::chosen;
use crate::{
    actor::Office,
    error::Result,
    frame::{Frame, page, wording::Wording},
    vacancy::card::Card,
};

#[derive(Template)]
#[template(path = "application/letters.html")]
struct Letters {
    frame: Frame,
    sheets: Vec<Sheet>,
    person: String,
}

/// One letter in words.
struct Sheet {
    number: String,
    office: String,
    name: String,
    id_number: String,
    phone: String,
    card: Card,
    address: String,
    contact: String,
    day: String,
    until: String,
    link: String,
    /// An SVG of black squares.
    picture: String,
}

pub(super) async fn letters(
    State(app): State<App>,
    Office(actor): Office,
    frame: Frame,
    RawQuery(query): RawQuery,
) -> Result<Html<String>> {
    let ids = chosen(query.unwrap_or_default().as_bytes(), "id")?;
    let letters = written(&app, &actor, &ids).await?;
    let reference = app.reference().await?;
    let wording = Wording { lang: frame.lang, reference: &reference, today: app.today() };
    let person = letters.first().map(|one| one.application.jobseeker.to_string());
    let sheets: Result<Vec<Sheet>> =
        letters.into_iter().map(|letter| Sheet::new(&frame, &app, letter, wording)).collect();
    page(&Letters { sheets: sheets?, person: person.unwrap_or_default(), frame })
}

impl Sheet {
    fn new(frame: &Frame, app: &App, letter: Letter, wording: Wording<'_>) -> Result<Self> {
        let Letter { application, identity, vacancy, employer, office, path } = letter;
        let link = frame.full(&path);
        let day = |day| text::date::full(frame.lang, day);
        Ok(Self {
            picture: picture(&link)?,
            link,
            number: application.number,
            office,
            id_number: citizen_number::masked(&identity.number),
            name: identity.name,
            phone: identity.phone,
            address: vacancy.offer.place.text.clone(),
            contact: vacancy.offer.contact.clone(),
            day: day(app.day_of(application.created_at)),
            until: application.due_on.map(day).unwrap_or_default(),
            card: Card::new(&vacancy, &employer.details.name, wording),
        })
    }
}
