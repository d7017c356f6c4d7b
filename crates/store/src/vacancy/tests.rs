//! Vacancies on both engines.

use chrono::NaiveDate;
use model::{
    access::Actor,
    education::Education,
    employer::Details,
    occupation::Guess,
    skill::Need,
    vacancy::{Benefit, Form, Offer, Place, Source},
    wage::{Period, Wage},
};
use uuid::Uuid;

use super::*;
use crate::{
    Db,
    both::{both, deed},
    employer::{self, Known},
};

pub(crate) fn vacancy(n: u128, employer: Id<Employer>) -> Vacancy {
    let at = deed("x").at;
    Vacancy {
        id: Id::new(Uuid::from_u128(n)),
        source: Source { name: "county".into(), key: n.to_string(), fingerprint: "f".into() },
        employer,
        offer: Offer {
            title: "电焊工".into(),
            occupation: "6-18-02-04".into(),
            guesses: vec![Guess { code: "6-18-02-04".into(), confidence: 90 }],
            headcount: Some(3),
            place: Place {
                text: "秦州区".into(),
                region: "620502".into(),
                longitude: Some(105.5),
                latitude: Some(34.0),
            },
            wage: Some(Wage {
                min: 600_000,
                max: 800_000,
                period: Period::Month,
                months: Some(13),
                currency: "CNY".into(),
            }),
            pay_from: Some(600_000),
            pay_to: Some(800_000),
            education: Some(Education::JuniorHigh),
            form: Some(Form::FullTime),
            skills: vec![Need { code: "arc_welding".into(), must: true }],
            benefits: vec![Benefit::Board, Benefit::Lodging],
            posted_on: NaiveDate::from_ymd_opt(2026, 11, 2),
            ..Offer::default()
        },
        state: State::Published,
        created_at: at,
        updated_at: at,
        version: 1,
        hired: 0,
    }
}

pub(crate) async fn with(db: &Db, vacancies: u128) -> Id<Employer> {
    let employer = Id::new(Uuid::from_u128(7));
    let details = Details { name: "天水某厂".into(), ..Details::default() };
    let at = deed("x").at;
    let row = Employer { id: employer, details, created_at: at, updated_at: at };
    let mut w = db.write(deed("vacancy.import")).await.unwrap();
    employer::add(&mut w, &[Known { name_key: "天水某厂".into(), employer: row }]).await.unwrap();
    let rows: Vec<Vacancy> = (1..=vacancies).map(|n| vacancy(n, employer)).collect();
    add(&mut w, &rows).await.unwrap();
    w.commit().await.unwrap();
    employer
}

#[tokio::test]
async fn a_vacancy_comes_back_as_it_went_in() {
    both(async |db| {
        let employer = with(&db, 40).await;
        let scope = Actor::public().scope();
        let mut r = db.read().await.unwrap();
        let sent = vacancy(40, employer);
        assert_eq!(find(&mut r, &scope, sent.id).await.unwrap(), sent);
        let keys = ["3", "39", "nobody"];
        assert_eq!(of_source(&mut r, "county", &keys).await.unwrap().len(), 2);
        let ids: Vec<_> = (39..44).map(|n| Id::new(Uuid::from_u128(n))).collect();
        assert_eq!(of_ids(&mut r, &scope, &ids).await.unwrap().len(), 2);
        assert!(of_ids(&mut r, &scope, &[]).await.unwrap().is_empty());
        assert_eq!(count(&mut r).await.unwrap(), [(State::Published, 40)]);
    })
    .await;
}

#[tokio::test]
async fn an_employers_vacancies_come_page_by_page() {
    both(async |db| {
        let employer = with(&db, 25).await;
        let (scope, mut r) = (Actor::public().scope(), db.read().await.unwrap());
        let (mut seen, mut before) = (vec![], None);
        loop {
            let page = of_employer(&mut r, &scope, employer, before, 10).await.unwrap();
            seen.extend(page.items.iter().map(|v| v.id));
            let Some(next) = page.next else { break };
            before = Some(next.parse().unwrap());
        }
        let all: Vec<_> = (1..=25).rev().map(|n| Id::new(Uuid::from_u128(n))).collect();
        assert_eq!(seen, all);
    })
    .await;
}

#[tokio::test]
async fn two_changes_of_the_same_version_do_not_both_win() {
    both(async |db| {
        let employer = with(&db, 1).await;
        let mut v = vacancy(1, employer);
        v.version = 2;
        v.state = State::Withdrawn;
        for expected in [true, false] {
            let mut w = db.write(deed("vacancy.close")).await.unwrap();
            assert_eq!(save(&mut w, &v).await.is_ok(), expected);
            w.commit().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn the_public_does_not_see_drafts() {
    both(async |db| {
        let employer = with(&db, 1).await;
        let mut v = vacancy(1, employer);
        (v.version, v.state) = (2, State::Draft);
        let mut w = db.write(deed("vacancy.close")).await.unwrap();
        save(&mut w, &v).await.unwrap();
        w.commit().await.unwrap();
        let mut r = db.read().await.unwrap();
        let public = find(&mut r, &Actor::public().scope(), v.id).await;
        assert!(matches!(public, Err(Error::Absent("vacancy"))));
        assert!(find(&mut r, &Actor::office("window").scope(), v.id).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_same_source_key_is_there_once() {
    both(async |db| {
        let employer = with(&db, 1).await;
        let mut again = vacancy(2, employer);
        again.source.key = "1".into();
        let mut w = db.write(deed("vacancy.import")).await.unwrap();
        assert!(matches!(add(&mut w, &[again]).await, Err(Error::Duplicate)));
    })
    .await;
}

#[tokio::test]
async fn the_open_ones_are_listed_part_by_part() {
    both(async |db| {
        with(&db, 25).await;
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let (scope, mut r) = (Actor::public().scope(), db.read().await.unwrap());
        let parts = parts(&mut r, &scope, day, 10).await.unwrap();
        assert_eq!(parts, [1, 11, 21].map(|n| Id::new(Uuid::from_u128(n))));
        let mut seen = vec![];
        for first in parts {
            let rows = part(&mut r, &scope, day, first, 10).await.unwrap();
            seen.extend(rows.into_iter().map(|(id, _)| id));
        }
        assert_eq!(seen, (1..=25).map(|n| Id::new(Uuid::from_u128(n))).collect::<Vec<_>>());
    })
    .await;
}
